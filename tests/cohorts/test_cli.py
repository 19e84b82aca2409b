"""The command that checks a certificate."""

from pathlib import Path

import pytest
from flask import Flask

from ipf_talent.cohorts import certificate
from ipf_talent.cohorts.assignment import assign
from tests.cohorts.test_checker import PROBLEM


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "certificate.json"
    written.write_bytes(certificate.written(PROBLEM, assign(PROBLEM)))
    return written


def test_a_true_certificate_is_called_sound(app: Flask, file: Path) -> None:
    result = app.test_cli_runner().invoke(args=["cohorts", "check", str(file)])
    assert result.exit_code == 0
    assert result.output.startswith("sound: ")


def test_a_spoilt_one_is_named_and_ends_with_1(app: Flask, file: Path) -> None:
    file.write_text(file.read_text().replace('["S2","Q"]', '["S2","P"]'))
    result = app.test_cli_runner().invoke(args=["cohorts", "check", str(file)])
    assert result.exit_code == 1
    assert "seats P" in result.output
