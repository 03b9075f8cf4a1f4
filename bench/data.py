"""The data folder that some benches score against: collected texts and scoring programs, not part of the repository."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

DEFAULT = Path(__file__).resolve().parents[2] / "shared"


def add_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, default=DEFAULT, help="the data folder, which is not part of the repository"
    )


def require(path: Path) -> Path:
    """Return the path of something in the data folder; end the program with a sentence if it does not exist."""
    if not path.exists():
        sys.exit(
            f"{Path(sys.argv[0]).name} needs the data folder, which is not in the repository: give it with --data. "
            f"({path} does not exist.)"
        )
    return path


def scorer(data: Path, name: str = "score_clusters") -> ModuleType:
    """Load a program of the data folder that scores, that of entities if none is named.

    Ends with a sentence if the folder does not exist.
    """
    spec = importlib.util.spec_from_file_location(name, require(data / "tools" / f"{name}.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
