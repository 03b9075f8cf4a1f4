"""What templates see: one frozen class per kind of page, complete, with every link already relative to the page.

A template is given `page` (one of the classes below that end in `Page`), `site` (the `Site`) and nothing else; it asks
the archive nothing. Strings are text, to be escaped; `Html` is markup that was sanitised.

Longer than other modules, for it is the whole reference of a theme, and holds nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from glossator.model import EntityType, Html, Origin


@dataclass(frozen=True, slots=True)
class Site:
    """The few slow facts that every page may show."""

    title: str
    description: str
    language: str
    """Of the interface, a BCP 47 tag."""
    url: str
    """Where the site is published, with a final slash; empty when not known."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the layout needs of a page; the first field of every page."""

    title: str
    description: str
    root: str
    """Relative way to the top of the site, such as `../`; empty at the top. On the 404 page the path of the address."""
    section: str
    """The current entry of the navigation: `home`, `articles`, `entities`, `sources`, `search`, `about` or empty."""
    canonical: str = ""
    """The address of the original, or of this page where the site's address is known."""
    indexed: bool = True
    """Whether search engines may list the page."""


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class EntityLink:
    id: str
    name: str
    type: EntityType
    href: str


@dataclass(frozen=True, slots=True)
class ArticleLink:
    title: str
    href: str
    date: str
    """Day as ISO, or empty."""
    date_kind: str
    """`published`, `saved` or empty: what the date is."""
    site: str
    """The publication, or empty."""
    description: str
    language: str
    """Empty where it is the site's."""


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """An entity of an article: a line of the glossary and the content of its card."""

    id: str
    name: str
    type: EntityType
    href: str
    descriptor: str
    """The words with which the archive's articles introduce it, or empty."""
    note: Html
    """First paragraph of the person's note, or empty."""
    aliases: tuple[str, ...]
    origin: Origin
    first: str
    """Fragment of the first mark in this article, such as `#p3`; empty where nothing is marked."""


@dataclass(frozen=True, slots=True)
class GlossaryGroup:
    type: EntityType
    entries: tuple[GlossaryEntry, ...]


@dataclass(frozen=True, slots=True)
class Related:
    article: ArticleLink
    shared: tuple[EntityLink, ...]
    """The entities that both speak of: the reason."""


@dataclass(frozen=True, slots=True)
class VersionLink:
    """A save of the same page at another time."""

    date: str
    """When it was saved, as far as that is known: ISO, or empty."""
    href: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    frame: Frame
    standfirst: str
    """The description, where the text itself does not begin with it; else empty."""
    language: str
    direction: str
    """`ltr` or `rtl`."""
    source: str
    """Address of the original (http or https), or empty."""
    source_name: str
    """The publication's name, else the host, or empty."""
    site_href: str
    """Of the publication in the list of sources, or empty."""
    authors: tuple[str, ...]
    published: str
    published_guessed: bool
    saved: str
    minutes: int
    tags: tuple[str, ...]
    body: Html
    glossary: tuple[GlossaryGroup, ...]
    related: tuple[Related, ...]
    cited_by: tuple[ArticleLink, ...]
    newer: ArticleLink | None
    older: ArticleLink | None
    versions: tuple[VersionLink, ...]
    """Other saves of the same page that had another text: older ones, newest first."""
    newest: ArticleLink | None
    """On the page of an older version, the newest; else none."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that mentions the entity."""

    before: str
    name: str
    after: str
    href: str
    """To the very paragraph."""


@dataclass(frozen=True, slots=True)
class PassageGroup:
    article: ArticleLink
    passages: tuple[Passage, ...]
    more: int
    """How many further mentions the article has."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A column of a timeline."""

    label: str
    """A month such as `2026-03`, or a year."""
    count: int
    href: str
    """Where a reader is led, or empty."""


@dataclass(frozen=True, slots=True)
class Companion:
    """Another entity that keeps appearing in the same articles."""

    entity: EntityLink
    articles: tuple[ArticleLink, ...]
    """Shared articles, newest first, cut."""
    count: int


@dataclass(frozen=True, slots=True)
class Quotation:
    text: str
    article: ArticleLink
    href: str
    """To the very paragraph."""


@dataclass(frozen=True, slots=True)
class Introduced:
    """A descriptor with the sentence it was taken from."""

    text: str
    sentence: str
    article: ArticleLink


@dataclass(frozen=True, slots=True)
class ListPart:
    """A part of a list that is too long for one page; the part has a page of its own."""

    label: str
    """A year, month or day as ISO, or of what has no date how it begins; a publication, or empty; how names begin."""
    anchor: str
    count: int
    href: str
    months: tuple[ListPart, ...]
    """Of a year among the articles by date; else none."""


@dataclass(frozen=True, slots=True)
class EntityPage:
    frame: Frame
    id: str
    name: str
    type: EntityType
    origin: Origin
    aliases: tuple[tuple[str, int], ...]
    introduced: Introduced | None
    note: Html
    links: tuple[Link, ...]
    mentions: int
    articles: int
    first: str
    last: str
    timeline: tuple[Bar, ...]
    passages: tuple[PassageGroup, ...]
    more: tuple[ArticleLink, ...]
    """Further articles, of which no sentences are shown; none where the years are."""
    years: tuple[ListPart, ...]
    """Where the articles are too many for the page: all of them, by year."""
    companions: tuple[Companion, ...]
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class EntityRow:
    entity: EntityLink
    articles: int
    mentions: int
    first: str
    last: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    letter: str
    rows: tuple[EntityRow, ...]


@dataclass(frozen=True, slots=True)
class TypeTab:
    """The way to the index of one type."""

    type: EntityType | None
    """None for the index of all types."""
    count: int
    """0 on the pages of parts, which do not say it."""
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class EntityIndexPage:
    """A to Z, of one type or of all: the whole, or a part of it."""

    frame: Frame
    type: EntityType | None
    tabs: tuple[TypeTab, ...]
    trail: tuple[Link, ...]
    """The wider lists that this is a part of, the widest first."""
    beside: tuple[Link, ...]
    """On the page of a part, it and the others of its kind; the address of the page itself is left out."""
    parts: tuple[ListPart, ...]
    """Where there are too many for one page: the parts. Then there are no letters."""
    foremost: tuple[EntityRow, ...]
    """Beside the parts: those that appear in most articles."""
    letters: tuple[Letter, ...]
    count: int


@dataclass(frozen=True, slots=True)
class ArticleGroup:
    label: str
    """A month such as `2026-03`, a publication; empty for what has none."""
    anchor: str
    articles: tuple[ArticleLink, ...]


@dataclass(frozen=True, slots=True)
class ArticleIndexPage:
    """Articles by date or by source: all, those of one source, those of one entity, or a part of such a list."""

    frame: Frame
    entity: EntityLink | None
    """Whose articles they are, or none."""
    grouped_by: str
    """`date` or `source`."""
    trail: tuple[Link, ...]
    """The wider lists that this is a part of, the widest first."""
    newer: Link | None
    older: Link | None
    """The parts before and after this one."""
    parts: tuple[ListPart, ...]
    """Where there are too many for one page: the parts. Then there are no groups."""
    newest: tuple[ArticleLink, ...]
    """Beside the parts of the whole."""
    groups: tuple[ArticleGroup, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Prominent:
    """The entities of one type that the newest articles speak of most."""

    type: EntityType
    entities: tuple[EntityLink, ...]
    index_href: str


@dataclass(frozen=True, slots=True)
class HomePage:
    frame: Frame
    newest: tuple[ArticleLink, ...]
    prominent: tuple[Prominent, ...]
    timeline: tuple[Bar, ...]
    sources: tuple[tuple[Link, int], ...]
    articles: int
    entities: int


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page of the site's own: `content/pages/*.md`."""

    frame: Frame
    body: Html


@dataclass(frozen=True, slots=True)
class SearchPage:
    frame: Frame


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    frame: Frame


@dataclass(frozen=True, slots=True)
class RedirectPage:
    """Left at the address of an entity that was renamed or merged."""

    frame: Frame
    target: EntityLink


AnyPage = (
    ArticlePage
    | EntityPage
    | EntityIndexPage
    | ArticleIndexPage
    | HomePage
    | TextPage
    | SearchPage
    | NotFoundPage
    | RedirectPage
)
