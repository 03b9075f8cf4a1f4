"""The words of an article's file, folded so that a text which stands in it is found however it is broken into lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from glossator import frontmatter, markup
from glossator.text import one_line, xml_text

OURS = re.compile("[¶↩…\ufffd\\s]+|\\.{3}")
"""Signs that pages and exports add or put for characters that HTML cannot hold, and white space."""

ESCAPED = re.compile(r"\\([^\w\s])")
"""A character that means something in Markdown, written so that it does not."""


def folded(text: str) -> str:
    """Return a text without white space and invisible characters, and without the signs that pages add."""
    return "".join(OURS.sub(" ", xml_text(one_line(text))).split())


def told_words(file: Path) -> str:
    """Return the text of an article with its title and description, folded. Raises OSError."""
    fields, body = frontmatter.split(file.read_text("utf-8-sig"))
    told = (str(fields.get(name) or "") for name in ("title", "description"))
    return folded(" ".join([*told, *(markup.read(text).content for text in _shown(body))]))


def all_words(file: Path) -> str:
    """Return all that an article's file says, folded: name, fields, Markdown, and what the Markdown shows.

    Raises OSError.
    """
    text = file.read_text("utf-8-sig").replace("\r\n", "\n")
    fields, body = frontmatter.split(text)
    # A file without a title is called by its name.
    names = (file.stem, file.stem.replace("-", " "))
    parts = [*names, *_values(fields), body]
    for shown in _shown(body):
        markdown = markup.published_markdown(shown)
        described = ESCAPED.sub(r"\1", markdown)  # the words of a picture are no part of the text
        parts += [markdown, described, markup.read(shown).content]
    return "\n".join(map(folded, parts))


class _Every:
    def __contains__(self, key: object) -> bool:
        return True


def _shown(body: str) -> Iterator[str]:
    """Yield the text of an article, and the text without the names of notes, which are hidden if these are private."""
    yield body
    if (hidden := markup.without_names(body, _Every())) != body:
        yield hidden


def _values(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner)
    else:
        yield str(value)
