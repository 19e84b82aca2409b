"""The colours keep their contrasts in both modes (WCAG 1.4.3, 1.4.11); axe does not look at control borders."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "static" / "css"
CSS = (FOLDER / "tokens.css").read_text(encoding="utf-8")
TEXT_ON = [
    ("text", "bg"), ("text", "surface"), ("text", "sunken"), ("text", "raised"), ("muted", "bg"), ("muted", "surface"),
    ("muted", "sunken"),
    ("link", "bg"), ("link", "surface"), ("link", "sunken"), ("link-hover", "surface"), ("on-primary", "primary"),
    ("on-primary", "primary-hover"), ("demo-text", "demo-bg"), ("signal-text", "bg"), ("signal-text", "surface"), ("ok", "surface"),
    ("ok", "ok-bg"), ("warn", "surface"), ("warn", "warn-bg"), ("bad", "surface"), ("bad", "bad-bg"), ("text", "info-bg"),
    ("info", "info-bg"),
]  # fmt: skip
LEVELS = ["mbo-1", "mbo-2", "mbo-3", "mbo-4", "ad", "hbo", "wo", "master", "engd", "none"]


def block(start: str) -> dict[str, str]:
    body = CSS[CSS.index(start) :]
    return dict(re.findall(r"--((?:ipf|level)-[\w-]+): ([^;]+);", body[: body.index("}")]))


LIGHT = block(":root,\n[data-bs-theme]")
DARK = block('[data-bs-theme="dark"]')
SYSTEM = block('[data-bs-theme="system"]')


def luminance(colour: str) -> float:
    parts = [int(colour.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_dark_colours_are_the_same_by_choice_and_by_device():
    assert DARK == SYSTEM
    assert set(DARK) == set(LIGHT)


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", TEXT_ON, ids="-on-".join)
def test_text_can_be_read(mode, pair):
    assert contrast(mode[f"ipf-{pair[0]}"], mode[f"ipf-{pair[1]}"]) >= 4.5


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["bg", "surface"])
def test_borders_of_controls_and_the_signs_of_levels_can_be_seen(mode, ground):
    seen = {
        name: contrast(mode[name], mode[f"ipf-{ground}"])
        for name in ("ipf-control", "ipf-checked", *(f"level-{x}" for x in LEVELS))
    }
    assert {name: round(value, 2) for name, value in seen.items() if value < 3} == {}


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
def test_no_two_levels_share_a_colour(mode):
    assert len({mode[f"level-{level}"] for level in LEVELS}) == len(LEVELS)


def test_no_sheet_of_a_domain_writes_in_the_ink_that_stays_dark_in_the_dark():
    shared = {"layout.css", "home.css", "theme.css", "tokens.css"}
    own = [path for path in FOLDER.glob("*.css") if path.name not in shared]
    assert len(own) > 5
    assert [path.name for path in own if re.search(r"[ {;]color: var\(--ipf-ink\)", path.read_text(encoding="utf-8"))] == []
