"""Records of what was kept back when a site was last published, so that no change of it passes unnoticed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from glossator.files import write_whole
from glossator.model import Disclosure

RECORD = "publications.json"
"""File beside the cache: for each destination, the texts and names that were kept back."""


def newly_public(stored: Path, destination: str, now: Disclosure, files: Iterable[str]) -> tuple[str, ...]:
    """Return what was kept back at the last publication and would become public now, sorted.

    `stored` is the folder of what is stored between builds; `files` are the texts of the archive, by their path below
    `content/`.
    """
    before = set(_recorded(stored / RECORD).get(destination, ()))
    texts = (before & set(files)) - {text.file for text in now.kept_back}
    names = {text for text in before if _is_name(text)} - _names(now)
    return tuple(sorted(texts | names))


def record_publication(stored: Path, destination: str, now: Disclosure) -> None:
    """Write down what was kept back. Raises OSError."""
    held = sorted({text.file for text in now.kept_back} | _names(now))
    recorded = _recorded(stored / RECORD) | {destination: held}
    write_whole(stored / RECORD, msgspec.json.encode(recorded, order="sorted"))


def _names(now: Disclosure) -> set[str]:
    return {f'"{name}"' for name in now.private_names}


def _is_name(text: str) -> bool:
    return text.startswith('"')


def _recorded(path: Path) -> dict[str, list[str]]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, list[str]])
    except (OSError, msgspec.MsgspecError):
        return {}
