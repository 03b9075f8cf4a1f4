"""Markdown <-> plain text with offsets <-> HTML with mentions woven in.

`read` and `weave` take the same walk over Python-Markdown's element tree, so an offset means the same to both.
"""

from glossator.markup.tree import parse
from glossator.markup.walk import Links, Mark, lay_out
from glossator.markup.weave import serialise
from glossator.model import Html, Text

NO_LINKS = Links()

__all__ = ["Links", "Mark", "first_paragraph", "read", "weave"]


def read(markdown: str) -> Text:
    """The article's text as its readers see it, with its blocks; offsets in code points."""
    return lay_out(parse(markdown), Links()).text


def weave(markdown: str, marks: tuple[Mark, ...] = (), links: Links = NO_LINKS) -> Html:
    """The article as sanitised HTML in which every mark that may stand is a link.

    `marks` have offsets into the text that `read` returns; they are sorted and do not overlap. A mark inside a link,
    code or a heading is left out. A mark that crosses emphasis stays one mark where the tree allows it; where it does
    not, its further pieces carry the class `part`.
    """
    return serialise(lay_out(parse(markdown), links), marks)


def first_paragraph(markdown: str) -> Html:
    """The first paragraph of a note, as sanitised HTML without a block around it."""
    for paragraph in markdown.strip().split("\n\n"):
        if paragraph and not paragraph.startswith("#"):
            return Html(weave(paragraph).removeprefix('<p id="p1">').removesuffix("</p>"))
    return Html("")
