"""Markdown <-> plain text with offsets <-> HTML with mentions woven in.

`read` and `weave` walk over Python-Markdown's element tree in one way, so an offset has one meaning for both.
"""

from functools import lru_cache
from xml.etree.ElementTree import Element

from glossator.errors import FileError
from glossator.markup.density import sparse
from glossator.markup.manual_marks import has_marks, without_marks
from glossator.markup.references import addresses, headlines
from glossator.markup.tree import parse
from glossator.markup.walk import ArchiveLinks, ArticleLayout, Mark, lay_out
from glossator.markup.weave import serialise
from glossator.model import Html, Text
from glossator.urls import without_userinfo

NO_LINKS = ArchiveLinks()

__all__ = [
    "ArchiveLinks",
    "Mark",
    "TooDeep",
    "addresses",
    "first_paragraph",
    "has_marks",
    "headlines",
    "published_markdown",
    "read",
    "weave",
    "weave_apart",
]


class TooDeep(FileError):
    """Markdown that is nested too deeply. The message is a sentence that follows the file's name."""


def read(markdown: str) -> Text:
    """Return the article's text as its readers see it, with its blocks; offsets in code points. Raises TooDeep."""
    return _layout(markdown, NO_LINKS).text


def weave(markdown: str, marks: tuple[Mark, ...] = (), links: ArchiveLinks = NO_LINKS) -> Html:
    """Return the article as sanitised HTML in which one mark of each entity and section is a link. Raises TooDeep.

    `marks` have offsets into the text that `read` returns; they are sorted and do not overlap. A mark inside a link,
    code or a heading is left out, and so are all but the first of an entity in a section; see `density`. A mark that
    crosses emphasis stays one mark if the tree allows it; if not, its further pieces carry the class `part`. `links`
    are the addresses of articles and pictures in the archive.
    """
    layout = _layout(markdown, links)
    return serialise(layout, sparse(marks, layout))


def weave_apart(markdown: str) -> Html:
    """Return a text beside an article, such as a note, as sanitised HTML; without anchors, which are the article's."""
    return serialise(_layout(markdown, NO_LINKS), (), anchors=False)


def _layout(markdown: str, links: ArchiveLinks) -> ArticleLayout:
    try:
        return lay_out(_parsed(markdown), links)
    except RecursionError:
        raise TooDeep("has lists or quotes nested too deeply to be shown: make them flatter") from None


@lru_cache(maxsize=1)
def _parsed(markdown: str) -> Element:
    """Parse an article once to read and to weave it: the walk leaves its tree as it is."""
    return parse(markdown)


def published_markdown(markdown: str) -> str:
    """Return the Markdown of an article without what its page hides: a person's marks, passwords in addresses."""
    return without_userinfo(without_marks(markdown))


def first_paragraph(markdown: str) -> Html:
    """Return the first paragraph of a note, as sanitised HTML without a block around it."""
    for paragraph in markdown.strip().split("\n\n"):
        if paragraph and not paragraph.startswith("#"):
            return Html(weave_apart(paragraph).removeprefix("<p>").removesuffix("</p>"))
    return Html("")
