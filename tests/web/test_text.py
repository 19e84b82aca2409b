import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.errors import DomainError
from ipf_talent.web.text import clean, local_path

HOSTILE = [
    "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "/\t/evil.example",
    "/\n/evil.example", " /start", "javascript:alert(1)", "data:text/html,x", "evil.example", "", "/a\\b", "/a b", "/a\x7f",
    "/" + "a" * 2001,
]  # fmt: skip


@pytest.mark.parametrize("target", HOSTILE)
def test_only_paths_of_this_site_may_follow(target):
    assert local_path(target) is None


@pytest.mark.parametrize("target", ["/", "/start", "/programmes?level=master&page=2", "/routes?to=a#b"])
def test_paths_of_this_site_are_kept(target):
    assert local_path(target) == target


@given(st.text())
def test_what_is_kept_is_in_one_shape(text):
    try:
        once = clean(text)
    except DomainError:
        return
    assert clean(once) == once
    assert "\x00" not in once and once == once.strip()


@pytest.mark.parametrize("text", ["a\x00b", "user\u202egnp.exe", "half \ud800"])
def test_marks_that_mislead_are_refused_and_control_characters_vanish(app_context, text):
    with pytest.raises(DomainError):
        clean(text)
    assert clean(" a\x07  b\r\n c ") == "a b c"
    assert clean("a\r\nb\rc", lines=True) == "a\nb\nc"
    assert clean("e\u0301") == "\u00e9"
