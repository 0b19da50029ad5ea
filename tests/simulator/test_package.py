"""The simulator is independent: of Django, and of the code that it tests."""

import subprocess
import sys

PROBE = """
import sys
import clickcall.simulator.cli
print([name for name in sys.modules if name.startswith(("django", "requests", "clickcall."))])
"""


def test_it_runs_on_the_standard_library_alone() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    modules = {name.strip(" '[]\n") for name in done.stdout.split(",")}
    assert {name for name in modules if not name.startswith("clickcall.simulator")} == set()
    assert "clickcall.simulator.server" in modules
