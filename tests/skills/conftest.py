"""What tests of skills share."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A copy of the made-up ESCO release that a test may spoil."""
    return Path(shutil.copytree(Path(__file__).parent / "data" / "esco_release", tmp_path / "release"))
