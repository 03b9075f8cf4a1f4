"""Tags in the text of a note: `#harbour`, `#harbour/tools`."""

from __future__ import annotations

import re

from bs4.element import NavigableString, Tag

_TAG = re.compile(r"(?:(?<=[\s(])|^)#(?=[\w/-]*[^\W\d_])([\w-]+(?:/[\w-]+)*)(?![\w#])")
"""A tag as Obsidian has it: letters, digits, `_`, `-` and `/`, and not digits alone."""
_MOST = 50
_LONGEST = 60


def written_tags(body: Tag) -> tuple[str, ...]:
    """Return the tags in a tree outside of code and links, each once.

    A person's own notes are tagged so. In the text of others it is their hashtags, which say little about it.
    """
    found: dict[str, None] = {}
    for text in body.find_all(string=True):
        if isinstance(text, NavigableString) and "#" in text and not text.find_parent(("pre", "code", "a")):
            found |= dict.fromkeys(tag for tag in _TAG.findall(text) if len(tag) <= _LONGEST)
    return tuple(found)[:_MOST]
