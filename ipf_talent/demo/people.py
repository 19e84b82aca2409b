"""Example people: made from a seed, so that they are the same everywhere, and plainly made up."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from ipf_talent.demo.files import Region, Row
from ipf_talent.profiles.card import Card, KnownSkill
from ipf_talent.programmes.edges import DIPLOMAS
from ipf_talent.programmes.levels import Level, Standing, StartingPoint
from ipf_talent.skills.fields import Field

ACCOUNTS = {
    "student": "student@voorbeeld.example",
    "company": "bedrijf@voorbeeld.example",
    "school": "school@voorbeeld.example",
    "cluster": "cluster@voorbeeld.example",
    "colleague": "collega@voorbeeld.example",
    "hbo": "hogeschool@voorbeeld.example",
}
"""The example accounts one can look around as."""

TRAINER = "praktijkopleider@voorbeeld.example"
"""An example trainer without an account, who acts by links in mail."""

SEED = "ipf-talent"
FIRST_NAMES = (
    "Aukje", "Baukje", "Douwe", "Eelke", "Fardau", "Froukje", "Gerben", "Hanna", "Hylke", "Ilse", "Jelle", "Jildou", "Jorrit",
    "Karim", "Lieuwe", "Lotte", "Maaike", "Marrit", "Mila", "Nynke", "Oene", "Pytsje", "Rixt", "Roos", "Ruben", "Sanne", "Sietse",
    "Sjoerd", "Sytske", "Thijs", "Tsjerk", "Wietske", "Wytse", "Yara", "Ymkje",
)  # fmt: skip
LAST_NAMES = ("Hoekstra", "Dijkstra", "de Vries", "Postma", "van der Meer", "Wiersma", "Kooistra", "Bakker", "Veenstra", "Jansen")
TOWNS = (
    "Drachten", "Drachten", "Drachten", "Leeuwarden", "Leeuwarden", "Groningen", "Groningen", "Heerenveen", "Surhuisterveen",
    "Gorredijk", "Burgum", "Buitenpost", "Leek", "Roden", "Oosterwolde", "Sneek", "Dokkum", "Assen", "Ureterp", "Joure",
)  # fmt: skip
LEVELS = {
    Level.MBO_2: 4,
    Level.MBO_3: 7,
    Level.MBO_4: 12,
    Level.AD: 2,
    Level.HBO_BACHELOR: 8,
    Level.WO_BACHELOR: 3,
    Level.MASTER: 4,
}
"""How often each level comes, beside the others."""
GENERAL = ("work-in-teams", "english", "attend-to-detail", "show-initiative", "work-independently", "problem-solving", "planning")
WISHES = {
    Field.MECHATRONICS: "Ik wil leren hoe mechanica, elektro en besturing in een machine samenkomen.",
    Field.MECHANICS: "Ik wil een onderdeel zelf ontwerpen en het daarna in mijn hand houden.",
    Field.ELECTRONICS: "Ik wil een printplaat van idee tot werkend apparaat meemaken.",
    Field.AUTOMATION: "Ik wil een machine leren programmeren en haar zien draaien.",
    Field.ROBOTICS: "Ik wil met echte robots werken en ze veilig leren instellen.",
    Field.SOFTWARE: "Ik wil software schrijven die iets laat bewegen of meten.",
    Field.DATA_AI: "Ik wil met data uit een fabriek laten zien wat er beter kan.",
    Field.VISION_OPTICS: "Ik wil leren hoe camera's fouten vinden die mensen missen.",
    Field.PRODUCTION: "Ik wil nauwkeurig leren werken en een eigen machine bedienen.",
    Field.MATERIALS: "Ik wil weten waarom een materiaal breekt, en welk materiaal het wel houdt.",
    Field.QUALITY: "Ik wil leren meten tot op een duizendste millimeter.",
    Field.ENERGY: "Ik wil werken aan waterstof, batterijen of slimme netten.",
    Field.PROCESS: "Ik wil een productielijn begrijpen en hem rustig laten lopen.",
    Field.LOGISTICS: "Ik wil een magazijn slimmer laten werken.",
    Field.DESIGN: "Ik wil tekenen in 3D en zien hoe het gemaakt wordt.",
    Field.RESEARCH: "Ik wil een proef opzetten en er iets nieuws uit leren.",
    Field.MANAGEMENT: "Ik wil leren hoe je een team en een planning bij elkaar houdt.",
    Field.COMMUNICATION: "Ik wil techniek uitleggen aan mensen die er nog niets van weten.",
    Field.SAFETY: "Ik wil leren hoe je een werkplek veilig maakt.",
}


@dataclass(frozen=True)
class Student:
    """An example student: an account, and what they say of themselves."""

    email: str
    name: str
    card: Card


def guide(region: Region) -> Student:
    """The student that a visitor looks around as: mbo 4 mechatronics, third year, with a filled profile."""
    slugs = (
        "mechatronics", "plc-programming", "cad", "assembly", "read-electrical-diagrams", "troubleshooting", "pneumatics",
        "work-in-teams", "dutch",
    )  # fmt: skip
    known = {slug for row in region.vacancies for slug in (*row["must"], *row["nice"])} | set(slugs)
    card = Card(
        point=StartingPoint.MBO_4,
        programme="mbo-technicus-mechatronica-systemen",
        year=3,
        skills=tuple(KnownSkill(slug) for slug in slugs if slug in known),
        wish="Ik wil een robotcel leren programmeren en meebouwen aan een echte machine. Daarna wil ik naar het hbo.",
        kinds=("bol_internship",),
        languages=("nl", "fy", "en"),
        hours_per_week=32,
        place="Surhuisterveen",
        travel_km=40,
    )
    return Student(ACCOUNTS["student"], "Sytse Voorbeeld", card)


def students(region: Region, count: int) -> list[Student]:
    """So many students; the first ones are the same whatever the count."""
    return [_student(region, number) for number in range(1, count + 1)]


def _student(region: Region, number: int) -> Student:
    chance = Random(f"{SEED}-{number}")  # noqa: S311 nothing is guarded by it
    level = chance.choices(list(LEVELS), list(LEVELS.values()))[0]
    programme = chance.choice(_programmes(region, level))
    field = Field(chance.choice(programme["fields"]))
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    card = Card(
        point=StartingPoint(level.value),
        programme=programme["slug"],
        year=chance.randint(1, max(1, (programme["duration_months"] or 36) // 12)),
        skills=tuple(KnownSkill(slug) for slug in _skills(region, programme, level, chance)),
        wish=WISHES[field],
        languages=tuple(dict.fromkeys(("nl", *chance.sample(("fy", "en", "de"), chance.randint(0, 2))))),
        hours_per_week=chance.choice((24, 32, 32, 36, 40)),
        place=chance.choice(TOWNS),
        travel_km=chance.choice((15, 25, 30, 40, 50, 75)),
    )
    return Student(f"{first.lower()}.{number}@leerling.voorbeeld.example", f"{first} Voorbeeld-{last}", card)


def _programmes(region: Region, level: Level) -> Sequence[Row]:
    """Programmes one can be following: those that run, and national qualifications."""
    rows = [row for row in region.programmes if row["level"] is level and row["type"] in DIPLOMAS]
    return [row for row in rows if row["national"] or row["status"] is Standing.RUNNING]


def _skills(region: Region, programme: Row, level: Level, chance: Random) -> list[str]:
    """Some of what the programme teaches, some of what places of its level and field ask, and something general."""
    taught = sorted({slug for term in programme["skills_taught"] for slug in region.terms[term]})
    fields = set(programme["fields"])
    near = [row for row in region.vacancies if row["level"] is level and fields & set(row["fields"])]
    asked = sorted({slug for row in near for slug in row["must"]} - set(taught))
    chosen = chance.sample(taught, min(len(taught), chance.randint(3, 5)))
    chosen += chance.sample(asked, min(len(asked), chance.randint(1, 3)))
    return list(dict.fromkeys((*chosen, *chance.sample(GENERAL, 2))))
