"""The page of an article: `article.html`."""

from __future__ import annotations

from itertools import pairwise

from glossator.model import Html, Origin
from glossator.views.common import ArticleLink, EntityLink, Frame, Link, TemplateValue
from glossator.views.events import EventRow
from glossator.views.lineage import BodyPiece, ChangedPiece, Correction, MostlyShared, SharedSign


class KeySentence(TemplateValue, frozen=True):
    """A sentence of the archive about an entity."""

    text: str
    article: ArticleLink | None
    """Article of the sentence; None if it is the article of the page."""


class ListedFact(TemplateValue, frozen=True):
    """Fact that a list says of an entity."""

    text: str
    source: str
    """Name of the list."""
    address: str
    """Address of the entity in the list; empty if the list has none."""


class ArticleSpread(TemplateValue, frozen=True):
    """The articles in which an entity appears, from the first year to the last."""

    articles: int
    over: bool
    """True if there are more articles than the number says."""
    first: str
    """Year, or empty."""
    last: str
    """Year, or empty."""
    company: tuple[EntityLink, ...]
    """Entities that appear most closely with the entity: two at most."""


class GlossaryEntry(TemplateValue, frozen=True):
    """An entity of an article: a line of the glossary and the content of its card."""

    id: str
    name: str
    type: str
    """Type, or UNTYPED if it is a guess."""
    href: str
    """Address of the entity's page; empty if the entity has none."""
    descriptor: str
    """Words with which the archive's articles introduce the entity, or empty."""
    year: str
    """Year of the descriptor if it is old news, else empty."""
    listed: ListedFact | None
    """Fact that a list says of an entity without descriptor, or None."""
    sentence: KeySentence | None
    """Sentence about an entity without descriptor, or None."""
    note: Html
    """First paragraph of the person's note, or empty."""
    aliases: tuple[str, ...]
    origin: Origin
    first: str
    """Fragment of the first mark in this article, such as `#p3`; empty if nothing is marked."""
    mentions: int
    """Number of mentions in this article."""
    spread: ArticleSpread | None
    """Articles of an entity that appears in several; None for the others."""
    has_card: bool = True
    """True if the names are marked and have a card, as those of every entity with a page."""
    bearers: tuple[EntityLink, ...] = ()
    """People whose surname it is, likeliest first, if the articles leave open whose; else none."""
    fetched: bool = False
    """True if the page has no space for what the card says: the card fetches it from the entity's page."""


class GlossaryGroup(TemplateValue, frozen=True):
    type: str | None
    """Type, or UNTYPED if it is a guess; None for the group of those that the article is about."""
    entries: tuple[GlossaryEntry, ...]
    """Entries, those that the article mentions most first."""


class LaterArticles(TemplateValue, frozen=True):
    """The later articles that name what an article names most."""

    entity: EntityLink
    articles: int
    last: str
    """ISO day of the last one; empty if there are more articles than the number says."""


class Related(TemplateValue, frozen=True):
    article: ArticleLink
    shared: tuple[EntityLink, ...] = ()
    """Entities that both articles mention: a reason to go on with the article."""
    topic: Link | None = None
    """Topic of both articles, if that is the reason."""


class CitingArticle(TemplateValue, frozen=True):
    """An article that links to another one."""

    article: ArticleLink
    sentence: str
    """Sentence with the link; empty if none is known."""
    href: str
    """Address of the sentence's paragraph, else of the article."""


class VersionLink(TemplateValue, frozen=True):
    """A save of this page at another time."""

    date: str
    """ISO moment of the save, as far as it is known; or empty."""
    href: str
    older: bool = True
    """True if there is a sign that the version is older than the newest."""
    compared: bool = False
    """True if its page shows what differs from the newest."""


class Change(TemplateValue, frozen=True):
    """A sentence that was removed, added or reworded."""

    pieces: tuple[ChangedPiece, ...]


class Comparison(TemplateValue, frozen=True):
    """The differences of a version from the newest one."""

    changes: tuple[Change, ...]
    more: int
    """Number of changes that are not shown."""


class OutlineLink(TemplateValue, frozen=True):
    """A heading of the article, as its list of contents has it."""

    text: str
    href: str
    """Fragment of the heading, such as `#p7`."""
    level: int
    """0 for the highest level that the article has, 1 for a lower one."""


class ShownHighlight(TemplateValue, frozen=True):
    """A passage that the owner of the archive marked."""

    text: str
    note: str
    """Words of the owner, as text; or empty."""
    href: str
    """Address of the passage's paragraph."""
    colour: str = ""
    """Name of the colour that the passage has in the program in which it was marked; or empty."""
    program: str = ""
    """Name of the program from which it was imported; empty if it was marked here."""
    of_page: bool = False
    """True if the saved page had it, which the owner accepted."""


class ArticlePage(TemplateValue, frozen=True):
    frame: Frame
    standfirst: str
    """Description of the article; empty if the text begins with it."""
    language: str
    direction: str
    """Direction of the writing: `ltr` or `rtl`."""
    source: str
    """Address of the original (http or https), or empty."""
    source_name: str
    """Name of the publication, else its host, or empty."""
    site_href: str
    """Address of the publication in the list of sources, or empty."""
    authors: tuple[str, ...]
    by: tuple[Link, ...]
    """Authors, each with an address if the author has a page."""
    published: str
    """ISO date, or empty."""
    published_guessed: bool
    """True if that date is a guess."""
    unloaded: bool
    """True if the page was saved before its text was there, so that the text is what the page says of itself."""
    saved: str
    """ISO date on which the article was saved, or empty."""
    minutes: int
    """Reading time; 0 if only a part of the text is shown."""
    tags: tuple[Link, ...]
    """Tags, cut; without address if the tag has no page."""
    body: Html
    """The text with marked mentions."""
    glossary: tuple[GlossaryGroup, ...]
    """Entities that the article is about, and the others by type, each with the content of its card."""
    related: tuple[Related, ...]
    """Articles on the same subject."""
    topic: Link | None
    """Topic of an article without related ones; else None."""
    also: tuple[Related, ...]
    """Other articles, if fewer than three are related."""
    before: tuple[EventRow, ...]
    """Events of related articles before the day of this one, the oldest first."""
    since: tuple[EventRow, ...]
    """Events of related articles after that day, or to come."""
    cited_by: tuple[CitingArticle, ...]
    """Articles of the archive that link here."""
    newer: ArticleLink | None
    """The next article by date."""
    older: ArticleLink | None
    """The article before by date."""
    versions: tuple[VersionLink, ...]
    """Other saves of this page that had another text: older ones, newest first."""
    newest: ArticleLink | None
    """Newest version, on the page of an older one; else None."""
    superseded: bool = True
    """False if nothing says that this version is older than the newest."""
    comparison: Comparison | None = None
    """Differences from the newest version; None on any other page, and if rights keep a part of a text back."""
    also_in: tuple[Link, ...] = ()
    """Other publications of this text, each with the address of its copy."""
    outline: tuple[OutlineLink, ...] = ()
    """Headings of a long article; empty for a short one."""
    highlights: tuple[ShownHighlight, ...] = ()
    """Passages that the owner marked, in their order; empty unless the owner publishes them."""
    excerpt: bool = False
    """True if only the beginning of the text is published."""
    later: LaterArticles | None = None
    """Later articles; None if there are none, or the article has no day."""
    shared: tuple[SharedSign, ...] = ()
    """Signs behind the paragraphs that other articles have, too."""
    mostly: MostlyShared | None = None
    """The article that has most of the text, too; None if none has."""
    copy_of: str = ""
    """Address of the earlier article of which it is mostly a copy, under which search folds it; or empty."""
    correction: Correction | None = None
    """Correction or withdrawal of the article after it had been saved; None if it was not corrected."""

    @property
    def pieces(self) -> tuple[BodyPiece, ...]:
        """The body in pieces, a sign behind each but the last."""
        cuts = [0, *(sign.at for sign in self.shared), len(self.body)]
        parts = (Html(self.body[start:end]) for start, end in pairwise(cuts))
        return tuple(BodyPiece(part, sign) for part, sign in zip(parts, (*self.shared, None), strict=True))
