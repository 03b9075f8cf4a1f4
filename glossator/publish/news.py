"""The articles that are public and new since the last time that somebody was told of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from glossator.atomic_files import write_whole
from glossator.files import read_record
from glossator.model import ArticleHead
from glossator.site_paths import article_path

RECORD = "announced.json"
"""File beside the cache: the ids of the articles that were public."""
LISTED = 100
"""Addresses in a summary at most."""


def newly_announced(stored: Path, heads: Iterable[ArticleHead]) -> tuple[ArticleHead, ...]:
    """Return the articles that were not there the last time, and remember them. Raises OSError.

    `stored` is the folder of what is stored between builds; `heads` are those of public articles.
    """
    public = {head.id: head for head in heads}
    announced = read_record(stored / RECORD, set[str])
    write_whole(stored / RECORD, msgspec.json.encode(sorted(public)))
    return tuple(head for key, head in sorted(public.items()) if key not in announced)


def summary(heads: Iterable[ArticleHead], address: str) -> str:
    """Return the articles as Markdown, each with its address below that of the site."""
    lines = [f"- {_plain(head.title)}: <{address}{article_path(head.id)}>" for head in heads]
    if not lines:
        return "No article is new.\n"
    more = [f"- and {len(lines) - LISTED:,} more"] if len(lines) > LISTED else []
    return "\n".join(("New and public:\n", *lines[:LISTED], *more)) + "\n"


def _plain(title: str) -> str:
    """Escape what Markdown would read as more than words."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]<>()#!|" else sign for sign in title)
