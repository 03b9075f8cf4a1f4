"""Every module can be the first of ours to be imported: no hidden order, no circle."""

import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import glossator

ROOT = Path(__file__).parents[1]

# Other people's modules stay loaded between two of ours, so that all of them together take a few seconds.
IMPORT_EACH_ALONE = """
import importlib, sys
for name in sys.argv[1:]:
    for loaded in [module for module in sys.modules if module.partition(".")[0] == "glossator"]:
        del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except Exception as error:
        print(f"{name}: {error!r}")
"""


MODULES = [*pkgutil.walk_packages(glossator.__path__, "glossator.")]


def import_each_alone(names: list[str]) -> None:
    command = [sys.executable, "-c", IMPORT_EACH_ALONE, *names]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ("", 0) == (said.stdout, said.returncode), said.stderr


@pytest.mark.slow
def test_every_package_imports_alone() -> None:
    import_each_alone(["glossator", *(module.name for module in MODULES if module.ispkg)])


@pytest.mark.slow
def test_every_module_imports_alone() -> None:
    import_each_alone([module.name for module in MODULES if not module.ispkg])
