"""Made-up students, and the same students under another name, gender, place of birth or school."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from ipf_talent.profiles.card import Card
from ipf_talent.programmes.levels import StartingPoint
from ipf_talent.skills.taxonomy import Concept, Taxonomy

SEED = "variants"
OTHERS = 2
"""Variants of each student for each thing."""

VALUES = {
    "name": (
        "Jelle de Vries", "Sanne Hoekstra", "Fatima El Amrani", "Kwame Mensah", "Agnieszka Kowalska", "Mehmet Yılmaz",
        "Nguyễn Thị Lan", "Sjoerd Timmerman", "Bente Smid", "Yusuf Hassan", "Priya Ramdin", "Willem Molenaar", "Olena Kovalenko",
        "Chen Wei", "Rixt Kuipers", "Daan Draaijer",
    ),
    "gender": ("woman", "man", "neither"),
    "birthplace": (
        "Drachten", "Leeuwarden", "Groningen", "Rotterdam", "Paramaribo", "Aleppo", "Rabat", "Gdańsk", "Charkiv", "Accra",
        "Chennai", "Eindhoven", "Delft",
    ),
    "school": (
        "Firda", "Noorderpoort", "Drenthe College", "Technicnoord", "NHL Stenden", "Hanze", "Rijksuniversiteit Groningen",
        "Universiteit Twente", "Leidse instrumentmakers School", "Damascus University", "Technical University of Lublin",
    ),
}  # fmt: skip
"""Names of trades and of towns in the region are among them: they are the ones that could count as words."""

POINTS = {
    StartingPoint.MBO_2: "mbo 2", StartingPoint.MBO_3: "mbo 3", StartingPoint.MBO_4: "mbo 4", StartingPoint.AD: "associate degree",
    StartingPoint.HBO_BACHELOR: "hbo bachelor", StartingPoint.WO_BACHELOR: "wo bachelor", StartingPoint.MASTER: "master",
}  # fmt: skip
GENDERED = {
    ("nl", "woman"): ("vrouw", "Zij", "haar"),
    ("nl", "man"): ("man", "Hij", "zijn"),
    ("nl", "neither"): ("x", "Hen", "hun"),
    ("en", "woman"): ("female", "She", "her"),
    ("en", "man"): ("male", "He", "his"),
    ("en", "neither"): ("x", "They", "their"),
}
"""The word of a form, and the words of a sentence, in each language."""

TEXTS = {
    "nl": (
        "Naam: {name}. Geslacht: {sort}. Geboren in {birthplace}. {They} volgt {point} aan {school} en werkte daar met {had}. "
        "In {their} stage deed {they} ook {more}. {They} wil meer leren over {wish}."
    ),
    "en": (
        "Name: {name}. Gender: {sort}. Born in {birthplace}. {They} studied at {school} ({point}) and worked there with {had}. "
        "In {their} internship {they} also did {more}. {They} would like to learn more about {wish}."
    ),
}
WISHES = {"nl": "Ik wil meer leren over {wish}.", "en": "I would like to learn more about {wish}."}


class Person(NamedTuple):
    """Who someone is, beside what they can; the fields are `THINGS`."""

    name: str
    gender: str
    birthplace: str
    school: str


THINGS = Person._fields
"""What is swapped: it says nothing about what someone can."""


@dataclass(frozen=True, slots=True)
class Student:
    """
    A made-up student.

    Attributes:
        skills: what they can, by slug; they are in their profile and in their text.
        wish: a skill they want to learn, by slug.
    """

    lang: str
    point: StartingPoint
    skills: tuple[str, ...]
    wish: str
    person: Person

    def card(self, taxonomy: Taxonomy) -> Card:
        """
        The profile, read as the product reads one that a session kept.

        Everything that is swapped stands in it as a field, also where a profile has no such field. The programme is one of
        the school, and they start from the town where they were born.
        """
        who = self.person
        fields = {"display_name": who.name, "programme": who.school.lower().replace(" ", "-"), "place": who.birthplace}
        said = {"point": self.point.value, "skills": [[slug] for slug in self.skills]}
        wish = WISHES[self.lang].format(wish=self._label(self.wish, taxonomy))
        return Card.from_json({**who._asdict(), **fields, **said, "wish": wish})

    def text(self, taxonomy: Taxonomy) -> str:
        """A short CV in the third person, in which everything that is swapped stands."""
        sort, they, their = GENDERED[self.lang, self.person.gender]
        labels = [self._label(slug, taxonomy) for slug in self.skills]
        return TEXTS[self.lang].format(
            **self.person._asdict(), point=POINTS[self.point], sort=sort, They=they, they=they.lower(), their=their,
            had=", ".join(labels[:-1]), more=labels[-1], wish=self._label(self.wish, taxonomy),
        )  # fmt: skip

    def variants(self) -> Iterator[tuple[str, "Student"]]:
        """The same student with one thing swapped, `OTHERS` times for each thing, with its name."""
        chance = Random(f"{SEED}-{self}")  # noqa: S311 nothing is guarded by it
        for thing in THINGS:
            others = [value for value in VALUES[thing] if value != getattr(self.person, thing)]
            for value in chance.sample(others, OTHERS):
                yield thing, replace(self, person=self.person._replace(**{thing: value}))

    def _label(self, slug: str, taxonomy: Taxonomy) -> str:
        label: str = getattr(taxonomy.concepts[slug], f"label_{self.lang}")
        return label


def students(taxonomy: Taxonomy, count: int) -> list[Student]:
    """
    So many students, half of them in Dutch; the first ones are the same whatever the count.

    Raises:
        ValueError: no field of the taxonomy has four skills that one can learn.
    """
    fields: dict[str, list[str]] = {}
    for concept in taxonomy.concepts.values():
        if _is_learnt(concept):
            fields.setdefault(concept.field, []).append(concept.slug)
    full = [slugs for _field, slugs in sorted(fields.items()) if len(slugs) >= 4]
    if not full:
        raise ValueError("No field of the taxonomy has four skills that one can learn.")
    return [_student(number, full) for number in range(count)]


def _is_learnt(concept: Concept) -> bool:
    return concept.type != "transversal" and bool(concept.label_nl and concept.label_en)


def _student(number: int, fields: list[list[str]]) -> Student:
    chance = Random(f"{SEED}-{number}")  # noqa: S311 nothing is guarded by it
    field = chance.choice(fields)
    *skills, wish = chance.sample(field, min(len(field), chance.randint(4, 6)))
    person = Person(**{thing: chance.choice(VALUES[thing]) for thing in THINGS})
    return Student(("nl", "en")[number % 2], chance.choice(list(POINTS)), tuple(skills), wish, person)
