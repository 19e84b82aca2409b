"""Keep the catalogues: `update` after a text has changed, `compile` after translating, `check` in the checks.

Texts are English in the code. nl and fy are translated in `ipf_talent/translations/LANGUAGE/LC_MESSAGES/messages.po`; English needs
no catalogue. The compiled `.mo` files are kept in the repository, so that a fresh clone speaks three languages.
"""

import io
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "ipf_talent" / "translations"
LANGUAGES = ("nl", "fy")
KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "lazy": None, "ngettext": (1, 2), "lazy_ngettext": (1, 2)}
MOVING = re.compile(rb'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team)[^\n]*\n')
"""Lines of a catalogue that would change with every run."""

NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
SKIP = (".venv", "node_modules", "instance")


def extracted() -> Catalog:
    """Every text in code and templates."""
    with (ROOT / "tools" / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    catalog = Catalog(project="IPF Talent", charset="utf-8", fuzzy=False)
    for folder in ("ipf_talent", "templates"):
        mapping = [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods if pattern.startswith(folder)]
        found = extract_from_dir(
            str(ROOT / folder),
            method_map=mapping,
            options_map={pattern.removeprefix(f"{folder}/"): option for pattern, option in options.items()},
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
        )
        for filename, _line, message, comments, context in sorted(found, key=lambda item: (item[0], item[1])):
            catalog.add(message, None, [(f"{folder}/{filename}", 0)], auto_comments=comments, context=context)
    return catalog


def path_of(language: str, kind: str = "po") -> Path:
    """The catalogue of a language."""
    return FOLDER / language / "LC_MESSAGES" / f"messages.{kind}"


def read(language: str) -> Catalog:
    """The catalogue as it is kept; empty where there is none yet."""
    if not path_of(language).exists():
        return Catalog(locale=language, project="IPF Talent", charset="utf-8", fuzzy=False)
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str, template: Catalog) -> Catalog:
    """The catalogue with new texts added and old ones left out; nothing is guessed."""
    kept = read(language)
    kept.update(template, no_fuzzy_matching=True, keep_user_comments=True)
    kept.obsolete.clear()
    return kept


def written(catalog: Catalog) -> bytes:
    """The file of a catalogue: sorted by text, without line numbers, so that a change shows what changed."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=0, sort_output=True, include_lineno=False, ignore_obsolete=True, omit_header=False)
    return MOVING.sub(b"", buffer.getvalue())


def compiled(catalog: Catalog) -> bytes:
    """The binary form of a catalogue; its dates are fixed, so that the same texts give the same bytes."""
    catalog.creation_date = catalog.revision_date = NO_DATE
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def faults(language: str, catalog: Catalog) -> list[str]:
    """Texts without a translation, or with other placeholders than the original."""
    found = []
    for message in catalog:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        if not all(strings):
            found.append(f"{language}: not translated: {message.id!r}")
        elif not _same_placeholders(message, strings):
            found.append(f"{language}: other placeholders: {message.id!r} -> {message.string!r}")
    return found


def _same_placeholders(message: Message, strings: Sequence[Any]) -> bool:
    originals = message.id if isinstance(message.id, (list, tuple)) else [message.id]
    wanted = set().union(*(PLACEHOLDER.findall(text) for text in originals))
    needed = wanted - {"num"} if len(originals) > 1 else wanted
    return all(needed <= set(PLACEHOLDER.findall(text)) <= wanted for text in strings)


def check() -> list[str]:
    """What is wrong with the catalogues as they are kept."""
    template = extracted()
    found = []
    for language in LANGUAGES:
        catalog = updated(language, template)
        found += faults(language, catalog)
        if not path_of(language).exists() or path_of(language).read_bytes() != written(catalog):
            found.append(f"{language}: messages.po is not up to date; run: tools/translations.py update")
        with_mo = path_of(language, "mo")
        if not with_mo.exists() or with_mo.read_bytes() != compiled(read(language)):
            found.append(f"{language}: messages.mo is not up to date; run: tools/translations.py compile")
    return found


def update() -> None:
    """Write the catalogues anew, and compile them."""
    template = extracted()
    for language in LANGUAGES:
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_bytes(written(updated(language, template)))
    compile_all()


def compile_all() -> None:
    """Write the binary form of each catalogue."""
    for language in LANGUAGES:
        path_of(language, "mo").write_bytes(compiled(read(language)))


def main() -> None:
    """Do what the first argument says."""
    match sys.argv[1:]:
        case ["update"]:
            update()
        case ["compile"]:
            compile_all()
        case ["check"]:
            if found := check():
                sys.exit("\n".join([*found, f"{len(found)} faults"]))
            print("The catalogues are whole.")
        case _:
            sys.exit("update, compile or check?")


if __name__ == "__main__":
    main()
