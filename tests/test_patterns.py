"""No text of a stranger keeps a pattern busy for ever: a pattern holds the interpreter, so that nothing else runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CPU_SECONDS = 120
"""The work takes 3; a pattern that is exponential would take years."""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of CPU time")
def test_no_pattern_of_the_package_is_exponential() -> None:
    command = [sys.executable, "-m", "tests.patterns", str(CPU_SECONDS)]
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stdout + done.stderr)
