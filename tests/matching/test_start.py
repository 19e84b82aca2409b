import subprocess
import sys


def test_a_start_does_not_load_what_takes_seconds():
    code = "import sys, config; from ipf_talent import create_app; create_app(config.Test); print('sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
