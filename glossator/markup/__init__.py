"""Markdown <-> plain text with offsets <-> HTML with mentions woven in.

`read` and `weave` walk over Python-Markdown's element tree in one way, so an offset has one meaning for both.
"""

from collections.abc import Container
from functools import lru_cache

from glossator.addresses import WIKI, without_userinfo
from glossator.markup.article_html import link_marks, serialise
from glossator.markup.article_layout import lay_out
from glossator.markup.entity_marks import has_marks, without_marks
from glossator.markup.layout_events import ARCHIVED, ArticleLayout, Open
from glossator.markup.links import ArchiveLinks, addresses
from glossator.markup.listings import NO_COLOURS, Colours, listings, may_have_listings
from glossator.markup.markdown_tree import NESTED, TooDeep, tree_of
from glossator.markup.marked_mentions import Mark, sparse
from glossator.markup.notations import (
    HEADINGS,
    OwnReferences,
    may_refer,
    names,
    references,
    with_names_as_words,
    without_links,
    without_names,
    without_paths,
)
from glossator.markup.question_fences import QuestionFence, between_questions, question_fences
from glossator.markup.quoted_headlines import headlines, opening_of, openings
from glossator.model import Html, Text

NO_LINKS = ArchiveLinks()

__all__ = [
    "WIKI",
    "ArchiveLinks",
    "Colours",
    "Mark",
    "OwnReferences",
    "QuestionFence",
    "TooDeep",
    "addresses",
    "anchors",
    "citing_places",
    "first_paragraph",
    "has_marks",
    "headlines",
    "link_marks",
    "listings_of",
    "may_have_listings",
    "may_refer",
    "names",
    "opening",
    "opening_of",
    "openings",
    "own_references",
    "published_markdown",
    "question_fences",
    "read",
    "weave",
    "weave_apart",
    "weave_own",
    "without_links",
    "without_names",
]


def read(markdown: str) -> Text:
    """Return the article's text as its readers see it, with its blocks; offsets in code points. Raises TooDeep."""
    return _layout(markdown, NO_LINKS).text


def weave(
    markdown: str,
    marks: tuple[Mark, ...] = (),
    links: ArchiveLinks = NO_LINKS,
    highlights: tuple[tuple[int, int], ...] = (),
    colours: Colours = NO_COLOURS,
) -> Html:
    """Return the article as sanitised HTML in which one mark of each entity and section is a link. Raises TooDeep.

    `marks` have offsets into the text that `read` returns; they are sorted and do not overlap. A mark inside code or a
    heading is left out, and so are all but the first of an entity in a section. One inside a link is told by a sign
    behind the link. A mark that crosses emphasis stays one mark if the tree allows it; if not, its further pieces carry
    the class `part`. `links` are the addresses of articles and pictures in the archive, `highlights` the bounds of
    passages to be marked, sorted; `colours` those of the listings, which are plain without them.
    """
    layout = _layout(markdown, links)
    return serialise(layout, sparse(marks, layout), highlights=highlights, colours=colours)


def listings_of(markdown: str, own: bool = False) -> list[tuple[str, str]]:
    """Return language and code of each listing of a text that may have colours. Raises TooDeep.

    `own` is true for a page or note that a person wrote.
    """
    return list(listings(_layout(markdown, NO_LINKS, own)))


def citing_places(markdown: str, links: ArchiveLinks) -> list[int]:
    """Return the offsets at which an article links to articles of the archive, by `links`. Raises TooDeep."""
    events = _layout(markdown, links).events
    return [event.start for event in events if isinstance(event, Open) and ARCHIVED in event.attributes]


def weave_own(markdown: str, links: ArchiveLinks = NO_LINKS, colours: Colours = NO_COLOURS) -> tuple[Html, ...]:
    """Return a page that a person wrote, as sanitised HTML with anchors at its headings. Raises TooDeep.

    It is in the parts before, between and behind its questions.
    """
    layout = _layout(markdown, links, own=True)
    return tuple(serialise(part, ids="headings", colours=colours) for part in between_questions(layout))


def weave_apart(markdown: str, links: ArchiveLinks = NO_LINKS, colours: Colours = NO_COLOURS) -> Html:
    """Return a text beside an article, such as a note, as sanitised HTML; without anchors, which are the article's."""
    return serialise(_layout(markdown, links, own=True), ids="none", colours=colours)


def own_references(markdown: str) -> OwnReferences:
    """Return the links and pictures of a page or note that lead to no other site. Raises TooDeep."""
    return references(tree_of(markdown, own=True)) if may_refer(markdown) else OwnReferences()


def anchors(markdown: str) -> frozenset[str]:
    """Return the anchors of the headings of a page. Raises TooDeep."""
    return frozenset(element.get("id", "") for element in tree_of(markdown, own=True).iter() if element.tag in HEADINGS)


def _layout(markdown: str, links: ArchiveLinks, own: bool = False) -> ArticleLayout:
    try:
        return _unlinked_layout(markdown) if links == NO_LINKS and not own else lay_out(tree_of(markdown, own), links)
    except RecursionError:
        raise TooDeep(NESTED) from None


@lru_cache(maxsize=1)
def _unlinked_layout(markdown: str) -> ArticleLayout:
    """Return the layout of an article without links to the archive: most are woven as they were read."""
    return lay_out(tree_of(markdown, own=False), NO_LINKS)


def published_markdown(markdown: str, pictures: Container[str] | None = None) -> str:
    """Return the Markdown of an article for other programs: links by name are words, and what its page hides is gone.

    A page hides a person's marks, passwords in addresses, and paths that lead nowhere on the site: those of files, and
    of pictures that are not among `pictures`.
    """
    return without_paths(without_userinfo(without_marks(with_names_as_words(markdown))), pictures)


def opening(markdown: str) -> str:
    """Return the Markdown of the first paragraph of a note; empty if there is none."""
    paragraphs = (part for part in markdown.strip().split("\n\n") if part and not part.startswith("#"))
    return next(paragraphs, "")


def first_paragraph(markdown: str, links: ArchiveLinks = NO_LINKS, colours: Colours = NO_COLOURS) -> Html:
    """Return the first paragraph of a note, as sanitised HTML without a block around it."""
    return Html(weave_apart(opening(markdown), links, colours).removeprefix("<p>").removesuffix("</p>"))
