"""What the archive held before its language model changed, kept beside the memory of builds, and what is different now.

The rules of the annotate stage count as part of the model. Deleting the file loses the comparison and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glossator.config import Config
from glossator.digest import digest
from glossator.disk import Unusable, read_text, replace
from glossator.model import Archive, PublishedId
from glossator.pipeline import stage_runs

Known = Mapping[str, tuple[str, str]]
"""Id -> name and type."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a change of model did. Each entity with its id, its name and its type; sorted by id."""

    new: tuple[tuple[str, str, str], ...]
    gone: tuple[tuple[str, str, str], ...]
    retyped: tuple[tuple[str, str, str, str], ...]
    """With the type now as the last."""


def model_key(config: Config) -> str:
    """Equal for equal models, settings and rules."""
    stage = stage_runs.annotate_stage(config.annotate)
    return digest(stage.code(stage.settings), repr(stage.settings))


def keep(path: Path, key: str, entities: Iterable[PublishedId]) -> None:
    """Write down what the archive holds; what it held under another model is kept as it last was."""
    old = _read(path)
    before = old.get("before") if old.get("model") == key else {k: old[k] for k in ("model", "entities") if k in old}
    held = {one.id: [one.name, one.type] for one in entities}
    now = {"model": key, "entities": held, "before": before or None}
    if old != now and not path.is_dir():  # a comparison is not worth a build
        replace(path, json.dumps(now, ensure_ascii=False).encode())


def changes(path: Path, key: str, archive: Archive) -> Changes | None:
    """What is different since the last build with another model; nothing where there was none."""
    old = _read(path)
    before = old.get("before") if old.get("model") == key else old
    if not before:
        return None
    was: Known = {one: (name, kind) for one, (name, kind) in before["entities"].items()}
    now: Known = {one.id: (one.name, one.type) for one in archive.entities}
    led_on = {old for old, _ in archive.redirects}
    return Changes(
        new=tuple((one, *now[one]) for one in sorted(now.keys() - was.keys())),
        gone=tuple((one, *was[one]) for one in sorted(was.keys() - now.keys() - led_on)),
        retyped=tuple(
            (one, *was[one], now[one][1]) for one in sorted(was.keys() & now.keys()) if was[one][1] != now[one][1]
        ),
    )


def _read(path: Path) -> dict[str, Any]:
    """What is kept; nothing where there is no such file, or one that is no use."""
    try:
        found = json.loads(read_text(path)) if path.exists() else {}
        for held in (found, found.get("before") or {}):
            if held and not all(len(one) == 2 for one in held["entities"].values()):
                return {}
    except (Unusable, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return dict(found)
