"""From what someone types to skills of the taxonomy: a list with commas, or a whole text."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ipf_talent.profiles.card import KnownSkill
from ipf_talent.skills.recognition import Recognised
from ipf_talent.skills.taxonomy import Concept

_BETWEEN = re.compile(r"[,;\n\u2022]+")
LONGEST_WORDS = 60
"""Characters of typed words that are kept beside a skill."""

MOST_PIECES = 60
"""Pieces of one list; further ones count as not known."""


@dataclass(frozen=True)
class Understood:
    """What a list was read as: skills, and the pieces of which we know none."""

    skills: tuple[KnownSkill, ...]
    unknown: tuple[str, ...]


def pieces(text: str) -> list[str]:
    """The pieces of a list, each once, in order."""
    cleaned = (" ".join(piece.split()) for piece in _BETWEEN.split(text))
    return list(dict.fromkeys(piece for piece in cleaned if piece))


def understand(text: str, find: Callable[[str], Sequence[Recognised]], suggest: Callable[[str], Sequence[Concept]]) -> Understood:
    """
    Read a list of skills.

    A piece that is the name of a skill is that skill; otherwise every skill that is recognised in it counts.

    Args:
        find: recognises skills in a text.
        suggest: skills by name, best first.
    """
    skills: list[KnownSkill] = []
    unknown: list[str] = []
    for number, piece in enumerate(pieces(text)):
        found = _skills_of(piece, find, suggest) if number < MOST_PIECES else []
        skills += found
        if not found:
            unknown.append(piece)
    return Understood(tuple({skill.slug: skill for skill in reversed(skills)}.values())[::-1], tuple(unknown))


def _skills_of(
    piece: str, find: Callable[[str], Sequence[Recognised]], suggest: Callable[[str], Sequence[Concept]]
) -> list[KnownSkill]:
    named = next((concept for concept in suggest(piece) if is_name(piece, concept)), None)
    if named is not None:
        return [KnownSkill(named.slug, piece[:LONGEST_WORDS])]
    return [KnownSkill(one.slug, " ".join(one.words)[:LONGEST_WORDS]) for one in find(piece)]


def is_name(piece: str, concept: Concept) -> bool:
    """Whether the piece is a label or synonym of the skill, in any language and any case."""
    return piece.casefold() in {word.casefold() for _lang, word in concept.words()}
