"""Saved file -> articles: what the file is, what is in it, and the reader for each page of it.

An opener is one function, `open(file) -> pages, links and problems`, for one format that holds pages; a file that is a
page needs none. The core opens MHTML; openers of other formats are handed to it. A reader is one function,
`read(part, settings) -> Extracted`. Both raise Unreadable.
"""

from __future__ import annotations

from glossator.stages.extract.opened_file import OpenedFile, saved_file
from glossator.stages.extract.read_file import CORE_OPENERS, READERS, Openers, explain, extract, readings

__all__ = ["CORE_OPENERS", "READERS", "OpenedFile", "Openers", "explain", "extract", "readings", "saved_file"]
