import doctest
import subprocess
import sys
from pathlib import Path

from ipf_talent.matching import engine


def test_the_example_in_the_docstring_is_true():
    found = doctest.testmod(engine)
    assert found.attempted > 5
    assert found.failed == 0


def test_the_public_names_are_there():
    assert all(hasattr(engine, name) for name in engine.__all__)


def test_the_engine_needs_neither_flask_nor_a_database():
    code = (
        "import sys, types; package = types.ModuleType('ipf_talent'); package.__path__ = ['ipf_talent'];"
        "sys.modules['ipf_talent'] = package; import ipf_talent.matching.engine;"
        "print(sorted({'flask', 'sqlalchemy', 'werkzeug'} & sys.modules.keys()))"
    )
    root = Path(engine.__file__).parents[3]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True).stdout == b"[]\n"
