from ipf_talent.demo import people
from ipf_talent.skills.files import read_subset


def test_the_same_people_are_made_every_time(region):
    assert people.students(region, 40) == people.students(region, 40)


def test_the_first_people_stay_the_same_when_there_are_more(region):
    assert people.students(region, 5) == people.students(region, 40)[:5]


def test_people_differ_and_are_plainly_made_up(region):
    made = people.students(region, 40)
    assert len({one.email for one in made}) == 40
    assert len({one.card for one in made}) == 40
    assert all("Voorbeeld" in one.name and one.email.endswith("voorbeeld.example") for one in [*made, people.guide(region)])


def test_everyone_stands_at_the_level_of_a_programme_that_can_be_followed(region):
    programmes = {row["slug"]: row for row in region.programmes}
    for one in people.students(region, 40):
        programme = programmes[one.card.programme]
        assert one.card.level is programme["level"]
        assert programme["national"] or programme["status"] == "running"


def test_everyone_has_skills_that_their_programme_teaches(region):
    known = {row["slug"] for row in read_subset().skills}
    programmes = {row["slug"]: row for row in region.programmes}
    for one in people.students(region, 40):
        taught = {slug for term in programmes[one.card.programme]["skills_taught"] for slug in region.terms[term]}
        assert set(one.card.slugs) <= known
        assert not taught or taught & set(one.card.slugs)
        assert 3 <= len(one.card.skills) <= 12


def test_levels_from_mbo_2_to_master_occur(region):
    levels = {one.card.level for one in people.students(region, 40)}
    assert {"mbo_2", "mbo_3", "mbo_4", "hbo_bachelor", "master"} <= levels


def test_the_guide_brings_the_skills_of_the_story(region):
    card = people.guide(region).card
    assert {"plc-programming", "cad", "mechatronics"} <= set(card.slugs)
    assert (card.level, card.programme) == ("mbo_4", "mbo-technicus-mechatronica-systemen")
