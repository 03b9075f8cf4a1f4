"""The spaCy pipelines that are installed, of which those of an archive's languages are used by themselves."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from glossator.config import Config
from glossator.naming.languages import pipelines_by_language

_INFORMATION = ".dist-info"


def with_installed(config: Config, folders: Iterable[str] | None = None) -> Config:
    """Return the settings with the installed pipeline of every language that they say nothing of.

    `folders` are those in which packages are looked for; by default those of Python.
    """
    installed = pipelines_by_language(_distributions(sys.path if folders is None else folders))
    models = {**installed, **dict(config.annotate.models)}
    return replace(config, annotate=replace(config.annotate, models=tuple(sorted(models.items()))))


def _distributions(folders: Iterable[str]) -> Iterator[str]:
    """Yield the names of the distributions that are installed in the folders, as packages are called.

    The standard library would read a file of each, which takes ten times as long.
    """
    for folder in dict.fromkeys(filter(None, folders)):
        with suppress(OSError):  # Python's own list holds files and folders that do not exist
            for path in Path(folder).iterdir():
                if path.name.endswith(_INFORMATION):
                    yield path.name.partition("-")[0]
