"""Saved file -> articles: what the file is, what is in it, and the reader for each page of it.

An opener is one function, `open(file) -> pages, links and problems`, for one format that holds pages; a file that is a
page needs none. A reader is one function, `read(part, settings) -> Extracted`. Both raise Unreadable.
"""

from __future__ import annotations

from glossator.stages.extract.read_file import OPENERS, READERS, explain, extract, readings

__all__ = ["OPENERS", "READERS", "explain", "extract", "readings"]
