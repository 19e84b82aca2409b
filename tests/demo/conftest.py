"""The region's files: as they are, and as copies that a test may break."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ipf_talent.demo.files import REGION, SHEETS, Region, read_region
from ipf_talent.skills.files import read_subset


@pytest.fixture(scope="session")
def skill_slugs() -> set[str]:
    """The skills that there are."""
    return {row["slug"] for row in read_subset().skills}


@pytest.fixture(scope="session")
def region(skill_slugs: set[str]) -> Region:
    """The rows of the real files."""
    return read_region(skill_slugs)


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """A folder with copies of the files."""
    for sheet in SHEETS.values():
        shutil.copy(REGION / sheet.file, tmp_path)
    return tmp_path


@pytest.fixture
def write_cell(copies: Path) -> Callable[[str, int, str, str], None]:
    """Change one cell of a copy: file, row as a spreadsheet counts it, column, text."""

    def write(file: str, row: int, column: str, text: str) -> None:
        path = copies / file
        with path.open(encoding="utf-8", newline="") as lines:
            table = list(csv.reader(lines))
        table[row - 1][table[0].index(column)] = text
        with path.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows(table)

    return write
