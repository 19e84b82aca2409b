"""Made-up students: the same every time, and variants that differ in one thing alone."""

import pytest

from ipf_talent.matching.variants import OTHERS, THINGS, VALUES, students
from ipf_talent.profiles.card import LONGEST_WISH
from ipf_talent.skills.files import read_subset, taxonomy_of
from ipf_talent.skills.taxonomy import Concept, Taxonomy

TAXONOMY = taxonomy_of(read_subset())
FORTY = students(TAXONOMY, 40)


def test_they_are_the_same_every_time_whatever_their_number():
    assert students(TAXONOMY, 20) == FORTY[:20]
    assert len(set(FORTY)) == 40
    assert [one.lang for one in FORTY[:4]] == ["nl", "en", "nl", "en"]


def test_a_variant_differs_in_one_thing_alone():
    for student in FORTY:
        seen = []
        for thing, other in student.variants():
            changed = [name for name in THINGS if getattr(other.person, name) != getattr(student.person, name)]
            assert changed == [thing]
            assert (other.lang, other.point, other.skills, other.wish) == (
                student.lang,
                student.point,
                student.skills,
                student.wish,
            )
            seen.append(other)
        assert len(set(seen)) == OTHERS * len(THINGS)


@pytest.mark.parametrize("thing", THINGS)
def test_every_swap_changes_the_text(thing):
    for student in FORTY:
        assert all(other.text(TAXONOMY) != student.text(TAXONOMY) for name, other in student.variants() if name == thing)


def test_what_is_swapped_and_what_they_can_stands_in_the_text():
    for student in FORTY:
        text, who = student.text(TAXONOMY), student.person
        assert all(word in text for word in (who.name, who.birthplace, who.school))
        assert all(getattr(TAXONOMY.concepts[slug], f"label_{student.lang}") in text for slug in (*student.skills, student.wish))


def test_the_words_of_a_gender_are_those_of_the_language():
    for student in FORTY:
        words = {"nl": {"woman": "Zij", "man": "Hij", "neither": "Hen"}, "en": {"woman": "She", "man": "He", "neither": "They"}}
        said = {word for word in ("Zij", "Hij", "Hen", "She", "He", "They") if word in student.text(TAXONOMY).split()}
        assert said == {words[student.lang][student.person.gender]}


def test_the_profile_is_read_whole_and_the_school_stands_in_it():
    for student in FORTY:
        card = student.card(TAXONOMY)
        assert card.slugs == student.skills
        assert card.wish and card.point is student.point and card.place == student.person.birthplace
        others = [other.card(TAXONOMY) for thing, other in student.variants() if thing == "school"]
        assert len({card.programme, *(other.programme for other in others)}) == OTHERS + 1


def test_every_text_is_one_that_a_student_could_write_as_a_wish():
    assert max(len(one.text(TAXONOMY)) for one in students(TAXONOMY, 200)) <= LONGEST_WISH


def test_every_thing_has_enough_other_values():
    assert all(len(set(VALUES[thing])) == len(VALUES[thing]) > OTHERS for thing in THINGS)


def test_a_taxonomy_without_a_full_field_gives_no_students():
    few = [Concept(f"s{n}", "skill", "production", f"kunnen {n}", f"skill {n}") for n in range(3)]
    soft = [Concept(f"t{n}", "transversal", "production", f"houding {n}", f"attitude {n}") for n in range(3)]
    with pytest.raises(ValueError, match="four skills"):
        students(Taxonomy.of([*few, *soft], [], []), 1)
