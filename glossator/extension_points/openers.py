"""The contract of openers: a saved file -> the pages and links in it, and what a person highlighted in articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from glossator.model import ImportedHighlight, LinkListEntry, Problem
from glossator.stages.extract.opened_file import OpenedFile, Part, Unreadable

__all__ = ["ImportedHighlight", "LinkListEntry", "OpenedFile", "Opener", "Part", "Problem", "Unreadable"]


@dataclass(frozen=True, kw_only=True)
class Opener:
    """A format of saved files that hold pages or links."""

    contract: int
    """Version of the contract that the extension was written for."""
    open: Callable[[OpenedFile], Iterable[Part | LinkListEntry | ImportedHighlight | Problem]]
    """file -> its pages, links, highlights and problems; raises Unreadable if nothing can be made of the file."""
    noun: str = ""
    """Noun for a file in sentences, such as "a screenplay"."""
    suffixes: tuple[str, ...] = ()
    """Ends of names in lower case, such as `.fountain`, that the files have; empty for any."""
    accepts: Callable[[bytes], bool] | None = None
    """first bytes of a file -> True if it is one; None if the suffix says so alone."""
