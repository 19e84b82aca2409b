"""Agreements as tagged PDF (PDF/UA-1): layout in `data/agreement.typ`, words as JSON that is never read as markup."""

import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

TEMPLATE = Path(__file__).parent / "data" / "agreement.typ"
KNOWN = ((0x20, 0x250), (0x300, 0x500), (0x1E00, 0x1F00), (0x2010, 0x2041), (0x2070, 0x2100), (0x2190, 0x2270))
"""Signs that the font can show, first and one past the last: Latin, Greek and Cyrillic letters, punctuation, currencies, sums."""
UNKNOWN = "?"
"""What stands for another sign: a PDF for everybody may not show nothing in its place."""


def render(data: Mapping[str, Any], *, at: datetime) -> bytes:
    """
    A PDF of what `agreement_page.told` gives.

    Args:
        at: the moment that the document gives as its own, so that the same words give the same bytes.
    """
    return typst.compile(
        TEMPLATE,
        format="pdf",
        sys_inputs=_inputs(data),
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        timestamp=int(at.timestamp()),
    )


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    return {"data": json.dumps(_printable(data), ensure_ascii=False)}


def _printable(value: Any) -> Any:
    """The same with only signs that can be shown; line ends stay."""
    if isinstance(value, str):
        return "".join(sign if sign == "\n" or _shows(sign) else UNKNOWN for sign in unicodedata.normalize("NFC", value))
    if isinstance(value, Mapping):
        return {name: _printable(one) for name, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list) else value


def _shows(sign: str) -> bool:
    code = ord(sign)
    return any(first <= code < end for first, end in KNOWN) and unicodedata.category(sign)[0] != "C"
