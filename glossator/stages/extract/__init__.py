"""Saved file -> article: what the file is, and the reader for it.

A reader is one function, `read(data, path, settings) -> Extracted`; it raises Unreadable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from glossator.config import ExtractSettings
from glossator.model import Extracted, Problem
from glossator.stages.extract import html, markdown, text
from glossator.stages.extract.detect import FOREIGN, recognise
from glossator.stages.extract.unreadable import Unreadable

Reader = Callable[[bytes, str, ExtractSettings], Extracted]


READERS: Mapping[str, Reader] = {"html": html.read, "markdown": markdown.read, "text": text.read}
"""Format -> its reader."""

_REMEDY = "save the article as HTML, plain text or Markdown"
_REFUSED = {
    "empty": "The file is empty; save the article again.",
    "binary": f"The file is neither text nor any format that Glossator knows; {_REMEDY}.",
    **{name: f"The file is {noun}, which Glossator does not read yet; {_REMEDY}." for name, noun in FOREIGN.items()},
}


def extract(data: bytes, path: str, settings: ExtractSettings) -> Extracted | Problem:
    """The article in a saved file, or why there is none. `path` is the file's path below `saved/`."""
    recognised = recognise(data, path)
    if recognised in _REFUSED:
        return Problem("extract", path, _REFUSED[recognised])
    try:
        return READERS[recognised](data, path, settings)
    except Unreadable as error:
        return Problem("extract", path, error.message, error.line)
