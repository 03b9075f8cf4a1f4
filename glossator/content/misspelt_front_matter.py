"""Keys of an article's front matter that are nearly ones that are read: `titel` for `title`."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from glossator import frontmatter, rights
from glossator.model import Problem

_READ = (
    *("title", "source", "site", "authors", "published", "saved"),
    *("language", "description", "image", "tags", "aliases", "conversion"),
)
"""Keys that are read, besides those that state rights."""
_NEIGHBOURS = frozenset({"publisher"})
"""Keys of other programs that are spelt nearly like one of ours, and mean something else."""
_ALIKE = 0.8
"""Likeness of two keys of which one is probably meant for the other: that of `titel` and `title`."""


def misspelt_keys(name: str, text: str, fields: Mapping[str, object]) -> Iterator[Problem]:
    """Yield a notice for each key that is probably meant for one which the front matter lacks.

    `text` is the whole file, `fields` its front matter; problems call the file by `name`.
    """
    missing = [key for key in _READ if key not in fields]
    for key in fields:
        if key not in _READ and key not in rights.KEYS and key not in _NEIGHBOURS:
            for near in difflib.get_close_matches(key, missing, 1, _ALIKE):
                line = frontmatter.line_of(text, key)
                yield Problem("articles", name, f"{key} is not read: did you mean {near}?", line, fatal=False)
