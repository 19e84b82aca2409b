import pytest

from ipf_talent.programmes.rules import MONTHS_MEANING, RULE_LABELS, RuleKind, months_text

pytestmark = pytest.mark.usefixtures("app_context")


@pytest.mark.parametrize("language, a_right", [("en", "right"), ("nl", "recht op"), ("fy", "rjocht op")])
def test_every_kind_has_words_and_only_a_right_speaks_of_a_right(app, language, a_right):
    with app.test_request_context(f"/?lang={language}"):
        words = {kind: str(RULE_LABELS[kind]).lower() for kind in RuleKind}
    assert [kind for kind, text in words.items() if a_right in text] == [RuleKind.RIGHT]
    assert len(set(words.values())) == len(RuleKind)


def test_months_say_what_they_count():
    assert set(MONTHS_MEANING) == {"total", "added", "saved"}
    assert len({months_text(6, meaning) for meaning in MONTHS_MEANING}) == 3


def test_no_time_in_the_source_gives_no_words():
    assert months_text(None, "added") == ""
    assert months_text(6, None) == ""
    assert months_text(0, "total") == ""
    assert months_text(0, "added") != ""
