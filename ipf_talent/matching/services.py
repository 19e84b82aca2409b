"""Building the match index and keeping it as new as the tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ipf_talent.matching import background, documents
from ipf_talent.matching.engine import Document, IndexProblem, load, read_versions, save
from ipf_talent.matching.engine.versions import digest
from ipf_talent.skills import queries as skills
from ipf_talent.skills.taxonomy import Taxonomy

if TYPE_CHECKING:
    from ipf_talent.matching.engine import Matcher

KINDS = ("places", "programmes")
"""What is indexed; each in a folder of its own below the one that is given."""

Step = Callable[[str], None]


@dataclass(frozen=True)
class Rebuilt:
    """What one index holds now, and whether it had to be built."""

    kind: str
    documents: int
    why: str
    """Why it was built: missing, damaged, stale, changed or asked; empty when it was left as it was."""


def rebuild(folder: Path, today: date, *, step: Step = lambda _text: None) -> list[Rebuilt]:
    """
    Build both indexes from the tables and put each in place in one step; readers go on with the old one until then.

    Args:
        folder: where the indexes lie; made if absent.
        step: told what is going on, for a terminal.
    """
    taxonomy = skills.taxonomy()
    return [_build(kind, found, folder, taxonomy, "asked", step) for kind, found in documents_now(today).items()]


def rebuild_if_stale(folder: Path, today: date, *, step: Step = lambda _text: None, quick: bool = False) -> list[Rebuilt]:
    """
    Build what is missing, damaged, made with other versions, or made of other places and programmes than there are now.

    Args:
        quick: believe what the index says of itself and do not read it; who opens it later finds out the rest.
    """
    taxonomy = skills.taxonomy()
    done = []
    for kind, found in documents_now(today).items():
        why = (claimed_fault if quick else fault)(folder / kind, taxonomy, found)
        done.append(_build(kind, found, folder, taxonomy, why, step) if why else Rebuilt(kind, len(found), ""))
    return done


def fault(folder: Path, taxonomy: Taxonomy, found: Sequence[Document] | None = None) -> str:
    """
    What is wrong with an index: missing, damaged, stale or changed; empty where nothing is.

    Args:
        found: the documents as they are now; without them, a change among them is not looked for.
    """
    try:
        matcher = open_index(folder, taxonomy)
    except IndexProblem as problem:
        return name_of(problem)
    return "changed" if found is not None and matcher.versions_.corpus != corpus_version(found) else ""


def claimed_fault(folder: Path, taxonomy: Taxonomy, found: Sequence[Document]) -> str:
    """The same by the versions that the index names, without opening it: damage and another model stay unseen."""
    try:
        versions = read_versions(folder)
    except IndexProblem as problem:
        return name_of(problem)
    if (versions.taxonomy, versions.background) != (taxonomy.version, background.frozen_version()):
        return "stale"
    return "changed" if versions.corpus != corpus_version(found) else ""


def open_index(folder: Path, taxonomy: Taxonomy) -> "Matcher":
    """
    The index in a folder, checked, if it was made with this taxonomy, this model and the shipped background.

    Raises:
        IndexProblem: it is missing, damaged or stale.
    """
    return load(folder, expected={"taxonomy": taxonomy.version, "background": background.frozen_version()})


def fitted(found: Sequence[Document], taxonomy: Taxonomy) -> "Matcher":
    """A matcher of these documents as every index has it, in memory."""
    from ipf_talent.matching.engine import Matcher  # takes seconds the first time

    return Matcher().fit(found, background=background.frozen(), relations=taxonomy.relations)


def name_of(problem: IndexProblem) -> str:
    """missing, damaged or stale."""
    return type(problem).__name__.removeprefix("Index").lower()


def corpus_version(found: Sequence[Document]) -> str:
    """A digest of the documents, as the engine makes it."""
    return digest(str(document.as_json()) for document in found)


def documents_now(today: date) -> dict[str, list[Document]]:
    """The documents of each index as the tables have them now, in five statements."""
    return dict(zip(KINDS, (documents.of_places(today), documents.of_programmes()), strict=True))


def _build(kind: str, found: Sequence[Document], folder: Path, taxonomy: Taxonomy, why: str, step: Step) -> Rebuilt:
    step(kind)
    save(fitted(found, taxonomy), folder / kind, taxonomy=taxonomy.version)
    return Rebuilt(kind, len(found), why)
