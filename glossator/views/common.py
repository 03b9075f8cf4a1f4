"""Values that several kinds of page show: the site, the frame of a page, links, timelines and parts of lists."""

from __future__ import annotations

import msgspec

from glossator.model import Messages


class TemplateValue(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A frozen value of plain values. It is stored as an array, without the names of its fields.

    No view leads back to itself, so that Python's search for cycles need not look at the millions of them.
    """


class Site(TemplateValue, frozen=True):
    """The few slow facts that every page may show."""

    title: str
    description: str
    language: str
    """Language of the archive, a BCP 47 tag: of its articles that state none, and of the interface if it has words."""
    url: str
    """Address that the site is published at, with a final slash; empty if not known."""
    indexed: bool = True
    """True if search engines may list the site."""
    touch: str = "card"
    """Effect of a first touch of a name: `card` shows the card, `follow` opens the entity's page."""
    feeds: bool = False
    """True if the site has feeds and a description of its search: its address is known, and others may read it."""
    data: tuple[str, ...] = ()
    """Files for programs besides the pages: `markdown`, `json`, `llms` and `api`, sorted."""
    empty: bool = False
    """True if the site has no articles, only pages of its own."""
    topics: bool = False
    """True if there is a list of topics."""
    pages: bool = False
    """True if there is a list of own pages that ask."""
    words: Messages = Messages()
    """Texts of the interface, with their `language` and `direction`; templates translate with `_("...")`."""


class Link(TemplateValue, frozen=True):
    text: str
    href: str


class Frame(TemplateValue, frozen=True):
    """The part of a page that the layout needs; the first field of every page."""

    title: str
    description: str
    root: str
    """Relative path to the top of the site, such as `../`, or empty; on the 404 page the path of the site's address."""
    section: str
    """Section of the site: `home`, `articles`, `entities`, `sources`, `authors`, `topics`, `tags`, `days`, `map`,
    `pages`, `search`, `about` or empty."""
    canonical: str = ""
    """Address of the original, or of this page if the site's address is known."""
    indexed: bool = True
    """True if search engines may list the page."""
    feeds: tuple[Link, ...] = ()
    """Feeds of what the page is about, each with its name; that of all articles first."""
    data: tuple[Link, ...] = ()
    """Files with the data of the page, each with its media type."""
    picture: str = ""
    """Address of the page's first picture, if the site's address is known."""


class EntityLink(TemplateValue, frozen=True):
    id: str
    name: str
    type: str
    """Type, or UNTYPED if it is a guess."""
    href: str


class Thumbnail(TemplateValue, frozen=True):
    """A small picture of an article."""

    href: str
    width: int
    """Pixels."""
    height: int


class ArticleLink(TemplateValue, frozen=True):
    title: str
    href: str
    date: str
    """ISO day, or empty."""
    date_kind: str
    """Meaning of the date: `published`, `guess` (perhaps published then), `saved` or empty."""
    site: str
    """Publication, or empty."""
    description: str
    language: str
    """Language of the article; empty if it is the site's."""
    thumbnail: Thumbnail | None = None


class Bar(TemplateValue, frozen=True):
    """A column of a timeline."""

    label: str
    """Month such as `2026-03`, or year."""
    count: int
    href: str
    """Address of the column's articles, or empty."""


class ListPart(TemplateValue, frozen=True):
    """A part of a list that is too long for one page; the part has a page of its own."""

    label: str
    """ISO year, month or day, the beginning of ids (undated articles) or of names, a tag, an author; or a publication,
    possibly empty."""
    anchor: str
    count: int
    href: str
