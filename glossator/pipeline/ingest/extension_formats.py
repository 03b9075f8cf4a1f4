"""Saved files of formats that extensions of other packages open: they are asked before a format is recognised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import msgspec

from glossator.config import ExtensionFormat, FileOpeners
from glossator.files import Unusable, read_bytes
from glossator.incremental.workers.article_limits import LimitReached, Limits, limited
from glossator.model import Problem
from glossator.pipeline.stage_work import SavedFileInput
from glossator.text import error_in_words

START = 4096
"""First bytes of a file that an extension is shown when it is asked whether it opens the file."""
LIMITS = Limits(seconds=1)
"""Limits for its answer."""


def with_openers(
    items: Sequence[SavedFileInput], openers: FileOpeners
) -> tuple[list[SavedFileInput], tuple[Problem, ...]]:
    """Return the files with the openers of other packages that take them, and a problem for each that cannot say.

    Without files, no package is imported.
    """
    if not (items and openers.packages):
        return list(items), ()
    formats, unusable = openers.formats()
    problems = list(unusable)
    return [_with_opener(item, formats, problems) for item in items], tuple(problems)


def _with_opener(item: SavedFileInput, formats: Iterable[ExtensionFormat], problems: list[Problem]) -> SavedFileInput:
    @cache
    def start() -> bytes:
        return read_bytes(Path(item.path), START)

    for form in formats:
        try:
            if item.path.lower().endswith(form.suffixes or "") and (form.accepts is None or _accepts(form, start())):
                return msgspec.structs.replace(item, opener=form.name, opener_code=form.code)
        except Unusable:
            return item  # the stage reports it
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- whatever the code of somebody else does
            reason = "it takes too long" if isinstance(error, LimitReached) else error_in_words(error)
            package = form.code.rpartition(" ")[0]
            message = f"the extension {form.name} of {package} was passed over: it cannot say whether it opens the file"
            problems.append(Problem("extract", item.file.path, f"{message} ({reason})", fatal=False))
    return item


def _accepts(form: ExtensionFormat, start: bytes) -> bool:
    assert form.accepts is not None
    with limited(LIMITS):
        return bool(form.accepts(start))
