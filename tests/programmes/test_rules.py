import pytest

from ipf_talent.programmes.models import RuleKind
from ipf_talent.programmes.rules import MONTHS_MEANING, RULE_LABELS, months_text

pytestmark = pytest.mark.usefixtures("app_context")


def test_every_kind_has_words_and_only_a_right_speaks_of_a_right():
    words = {kind: str(RULE_LABELS[kind]).lower() for kind in RuleKind}
    assert [kind for kind, text in words.items() if "right" in text] == [RuleKind.RIGHT]


def test_months_say_what_they_count():
    assert set(MONTHS_MEANING) == {"total", "added", "saved"}
    assert len({months_text(6, meaning) for meaning in MONTHS_MEANING}) == 3


def test_no_time_in_the_source_gives_no_words():
    assert months_text(None, "added") == ""
    assert months_text(6, None) == ""
    assert months_text(0, "total") == ""
    assert months_text(0, "added") != ""
