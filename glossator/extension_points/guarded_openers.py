"""An opener of another package under guard: what it returns is cleaned, and what it does wrong is a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from glossator.extension_points.lookup import Extension
from glossator.extension_points.openers import Opener
from glossator.incremental.workers.article_limits import LimitReached
from glossator.model import ImportedHighlight, LinkListEntry, Problem
from glossator.stages.extract import READERS
from glossator.stages.extract.containers.exported_metadata import Record, fields
from glossator.stages.extract.imported_highlights import imported
from glossator.stages.extract.opened_file import Opened, OpenedFile, Part, Unreadable
from glossator.text import cut, error_in_words, one_line

Value = TypeVar("Value")

LONGEST_NAME = 200
"""Characters of the name of a page within a file."""
LONGEST_MESSAGE = 500
"""Characters of a problem."""
_OTHERS_FILE = OpenedFile("", b"", "")
"""Stands for the file of a part while the part is checked, since the file may be large."""


def guarded(extension: Extension, opener: Opener) -> Callable[[OpenedFile], Opened]:
    """Return the function of an opener; pages that came before a fault stay."""

    def opened(file: OpenedFile) -> Opened:
        try:
            for result in opener.open(file):
                yield _checked(extension, result, file)
        except Unreadable as error:
            line = error.line if isinstance(error.line, int) else None
            raise Unreadable(cut(one_line(str(error.message)), LONGEST_MESSAGE), line) from None
        except (LimitReached, MemoryError):
            raise
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- whatever the code of somebody else does
            raise Unreadable(f"The extension {extension} could not read it ({error_in_words(error)}).") from None

    return opened


def _checked(
    extension: Extension, result: object, file: OpenedFile
) -> Part | LinkListEntry | ImportedHighlight | Problem:
    """Return a result with cleaned metadata. Raises TypeError or ValueError if it is none."""
    if isinstance(result, Part):
        part = _as_typed(msgspec.structs.replace(result, file=_OTHERS_FILE))
        if part.format not in READERS:
            raise ValueError(f'a page of the format "{part.format}", not one of {", ".join(READERS)}')
        return msgspec.structs.replace(
            part,
            file=file,
            recognised=extension.name,
            entry=cut(one_line(part.entry), LONGEST_NAME),
            known=part.known and _cleaned(part.known),
            hints=part.hints and _cleaned(part.hints),
        )
    if isinstance(result, LinkListEntry):
        return _cleaned(_as_typed(result))
    if isinstance(result, ImportedHighlight):
        return _cleaned_highlight(extension, _as_typed(result))
    if isinstance(result, Problem):
        problem = _as_typed(result)
        message = cut(one_line(problem.message), LONGEST_MESSAGE)
        return Problem("extract", file.path, message, problem.line, fatal=problem.fatal)
    raise TypeError(f"it returned {type(result).__name__}, which is no Part, LinkListEntry, highlight or Problem")


def _as_typed(value: Value) -> Value:
    """Return a value whose fields have the types that they should have. Raises ValidationError, TypeError."""
    return msgspec.msgpack.decode(msgspec.msgpack.encode(value), type=type(value))


_FIELDS = fields("", **{name: name for name in LinkListEntry.__struct_fields__ if name != "origin"})


def _cleaned(entry: LinkListEntry) -> LinkListEntry:
    """Return metadata as they are read of a service's export: addresses of the web, times, names, texts of a line."""
    fields_of_origin = _FIELDS._replace(origin=cut(one_line(entry.origin), LONGEST_NAME))
    return fields_of_origin.read(Record.of(msgspec.to_builtins(entry)))


def _cleaned_highlight(extension: Extension, highlight: ImportedHighlight) -> ImportedHighlight:
    """Return a highlight as one of our own openers reads it; its source is the extension, whatever it says."""
    record = Record.of(msgspec.to_builtins(highlight) | {"url": highlight.address, "created": highlight.made})
    page = None if highlight.page is None else cut(one_line(highlight.page), LONGEST_NAME)
    return msgspec.structs.replace(imported(extension.name, record, page=page), accepted=highlight.accepted)
