"""To which level a text points, by verbs of the framework and by where its skills are taught."""

from ipf_talent.programmes.levels import Level
from ipf_talent.vacancies.level_words import Sign, pointed, verb_signs

RESEARCH = "Je werkt een onderzoeksvraag uit, gaat modelleren, simuleren en valideren, en schrijft een thesis."
HANDS = "Je gaat lassen, monteren en een machine bedienen, en leert solderen."


def test_hard_verbs_point_above_mbo_and_name_their_words():
    read = pointed(verb_signs(RESEARCH), Level.MBO_3)
    assert read.doubtful
    assert Level.MASTER in read.levels and Level.MBO_4 not in read.levels
    assert {sign.words for sign in read.signs} >= {"onderzoeksvraag", "modelleren", "thesis"}


def test_the_same_verbs_suit_a_master():
    assert not pointed(verb_signs(RESEARCH), Level.MASTER).doubtful


def test_work_of_the_hands_points_below_hbo():
    read = pointed(verb_signs(HANDS), Level.HBO_BACHELOR)
    assert read.doubtful
    assert read.levels == [Level.MBO_2, Level.MBO_3]
    assert not pointed(verb_signs(HANDS), Level.MBO_2).doubtful


def test_too_few_words_say_nothing():
    assert pointed(verb_signs("Je gaat lassen en monteren."), Level.MASTER) is None
    assert pointed(verb_signs(RESEARCH), Level.NONE) is None


def test_where_skills_are_taught_counts_like_a_verb():
    taught = [Sign("PLC", 3, 4), Sign("pneumatiek", 3, 4), Sign("storing", 3, 4)]
    assert pointed(taught, Level.MASTER).doubtful
    assert not pointed(taught, Level.MBO_4).doubtful


def test_a_word_counts_once_and_inside_another_word_not_at_all():
    assert [sign.words for sign in verb_signs("Lassen, lassen en LASSEN; verplassen niet.")] == ["Lassen"]
