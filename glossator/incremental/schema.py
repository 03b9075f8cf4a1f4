"""Every stored table, declared once: its namespace, its name, the types of key and value, and what invalidates it.

A namespace is valid for one basis: the code named here, the versions of the libraries, and the inputs, which are given
by these names when the namespace is opened. Anything else that a row depends on has to be in its key or its value.

The module is long because it is one list: the author of a new table reads in it what makes the others invalid.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from glossator.content.article_store import ArticleFileRecord
from glossator.content.saved_files import SavedFileRecord
from glossator.incremental.cache.rows import NamespaceSchema, StoredValue, Table
from glossator.local_pictures import PictureCopy
from glossator.model import (
    Answer,
    AnswerRow,
    ArticleId,
    ArticleNames,
    DatedSentence,
    Digest,
    Entity,
    EntityId,
    PlacedHighlight,
    RelatedArticle,
    SharedPassages,
    SitePath,
)
from glossator.passages.postings import PassageIndexState
from glossator.stages.plan import KnownRows, PlannedPage
from glossator.stages.relate import StrongWords, WordState
from glossator.stages.resolve import OfferedNames
from glossator.stages.resolve.clustering.co_occurrence import ArticleContext
from glossator.stages.resolve.shared_names import FormUse
from glossator.stages.resolve.small_words import SmallCount
from glossator.stages.resolve.update.stored_rows import Component, KeyEntries, Resolved, ResolveState
from glossator.stages.topics import TopicsState
from glossator.views import Site

INCREMENTS = "incremental/increments"
"""The source that keeps the books: what every row depends on that follows from a book."""
PLAN_CODE = (
    *("stages/plan", "dates", "translate", "collation", "views", "inverse_frequency"),
    *("outlines", "well_known", "naming/countries", "naming/geonames", "naming/regions", "pipeline/rendering/plan"),
)
"""The source that decides which pages there are and what each shows."""


# ---- what was found in files ---------------------------------------------------------------------------------------
SOURCES = NamespaceSchema(
    "sources", code=("content", "local_pictures", "rights"), libraries=("py3langid",), inputs=("rights",)
)
"""Records of the files of `content/`. A row is valid as long as its file has the stamp that the row holds."""
ARTICLE_FILES: Table[str, ArticleFileRecord] = Table(SOURCES, "articles", str, ArticleFileRecord)
"""Path below `content/articles/` -> what the file says besides its text."""
SAVED_FILES: Table[str, SavedFileRecord] = Table(SOURCES, "saved", str, SavedFileRecord)
"""Path below `content/saved/` -> digest and stamp of the file."""


PICTURES = NamespaceSchema(
    "pictures",
    code=("picture_metadata", "pipeline/ingest/article_images", "pipeline/ingest/picture_copies"),
    libraries=("pillow",),
)
"""Pictures of the content, as they were examined. A row is valid as long as its file has the row's stamp."""


class PictureRecord(msgspec.Struct, frozen=True, array_like=True):
    """A picture as it was examined."""

    stamp: str
    """Size and times of the file; empty if they prove nothing."""
    size: int
    """Bytes of the picture as it is published."""
    described: bool = False
    """True if the file has metadata that are not published."""
    refused: str = ""
    """Reason for which the picture is not published."""
    name: str = ""
    """File name on the site, of a picture beside own pages or notes; empty for a picture of an article."""
    width: int = 0
    """Pixels of the picture as it is published."""
    height: int = 0
    copies: tuple[PictureCopy, ...] | None = None
    """Smaller copies of a picture of an article, the widest first; None if none were made yet."""


PICTURE_FILES: Table[str, PictureRecord] = Table(PICTURES, "files", str, PictureRecord)
"""Path of a picture below `content/` -> result of its examination."""


# ---- entities ------------------------------------------------------------------------------------------------------
ARCHIVE = NamespaceSchema(
    "archive",
    code=(
        *("stages/resolve", "naming", "inverse_frequency"),
        *("pipeline/analysis/find_entities", "pipeline/analysis/near_names", "pipeline/review/kept_back_names"),
        INCREMENTS,
    ),
    libraries=("babel",),
    inputs=("annotate code", "annotate settings", "confirmed names and splits", "site language"),
)
"""The archive as the last build resolved it."""
WHOLE_ARCHIVE = msgspec.structs.replace(ARCHIVE, name="whole archive")
"""The whole archive of its owner as commands resolved it last, beside that of the private site, whose pages follow its
own rows alone. It has the tables of ARCHIVE."""


class ArticleState(msgspec.Struct, frozen=True, array_like=True):
    """Result of the last build for the names in an article."""

    text: Digest
    """Empty if re-matching the article failed."""
    analysis: Digest
    """Digest of the analysis after re-matching."""
    key: str
    """Key under which the analysis is memoised."""


ARTICLE_STATES: StoredValue[dict[ArticleId, ArticleState]] = StoredValue(
    ARCHIVE, "article states", dict[ArticleId, ArticleState]
)
"""Every article in which names were looked for, as the last build left it."""
ENTITIES: Table[EntityId, Entity] = Table(ARCHIVE, "entities", EntityId, Entity)
RESOLVED: Table[ArticleId, Resolved] = Table(ARCHIVE, "resolved", ArticleId, Resolved)
ARTICLE_NAMES: Table[ArticleId, ArticleNames] = Table(ARCHIVE, "article names", ArticleId, ArticleNames)
"""Names of each article, as resolve was given them."""
ARTICLE_CONTEXT: Table[ArticleId, ArticleContext] = Table(ARCHIVE, "article contexts", ArticleId, ArticleContext)
"""Subject of each article, for the rules that compare the context of names."""
COMPONENTS: Table[str, Component] = Table(ARCHIVE, "components", str, Component)
"""Connected components of names, each with all that is needed to resolve the component again."""
COMPONENT_KEYS: Table[str, KeyEntries] = Table(ARCHIVE, "component keys", str, KeyEntries)
"""Bucket of blocking keys -> for each key the component that holds it and those that look it up."""
RESOLVE_STATE: Table[str, ResolveState] = Table(ARCHIVE, "state", str, ResolveState)
"""One row: what is true of the archive as a whole."""
OFFERED_NAMES: Table[ArticleId, OfferedNames] = Table(ARCHIVE, "offered names", ArticleId, OfferedNames)
"""The names that each article offers to others, and those of others that it is searched for."""
FORM_USES: Table[str, FormUse] = Table(ARCHIVE, "form uses", str, FormUse)
"""Surface form, or capitalised word -> the articles that mark it and those that overlook it."""


SMALL_WORDS: Table[str, SmallCount] = Table(ARCHIVE, "small words", str, SmallCount)
"""Language and word -> how often all articles in the language write it in small letters."""

_OF_RESOLVE = (ENTITIES, RESOLVED, ARTICLE_NAMES, ARTICLE_CONTEXT, COMPONENTS, COMPONENT_KEYS, RESOLVE_STATE)
RESOLVE_TABLES: Mapping[Any, Table[Any, Any]] = {
    table.value: table for table in (*_OF_RESOLVE, OFFERED_NAMES, FORM_USES, SMALL_WORDS)
}
"""Type of rows -> table: resolve names its rows by their type and knows no tables."""


# ---- related articles ----------------------------------------------------------------------------------------------
RELATION = NamespaceSchema(
    "relation",
    code=("stages/relate", "inverse_frequency", "pipeline/analysis/find_related", INCREMENTS),
    libraries=("numpy", "spacy"),
)
"""Which articles are on one subject, by their words, as the last build left it."""
WORD_STATES: StoredValue[dict[ArticleId, WordState]] = StoredValue(RELATION, "word states", dict[ArticleId, WordState])
"""Every article whose words were counted."""
STRONG_WORDS: Table[ArticleId, StrongWords] = Table(RELATION, "strong words", ArticleId, StrongWords)
POSTINGS: Table[str, bytes] = Table(RELATION, "postings", str, bytes)
"""Language and word -> the articles that have the word among their strongest."""
RELATED: Table[ArticleId, tuple[RelatedArticle, ...]] = Table(
    RELATION, "related", ArticleId, tuple[RelatedArticle, ...]
)
"""Article -> the articles related to it, the strongest relation first."""


# ---- passages --------------------------------------------------------------------------------------------------------
PASSAGES = NamespaceSchema(
    "passages",
    code=("passages/words", "passages/postings", "pipeline/analysis/index_passages", "folding", INCREMENTS),
    libraries=("numpy",),
)
"""The index by which passages of all articles are found, those that are kept back included: it is never in the site."""
PASSAGE_STATE: StoredValue[PassageIndexState] = StoredValue(PASSAGES, "state", PassageIndexState)
BUCKETS: Table[str, bytes] = Table(PASSAGES, "buckets", str, bytes)
"""Bucket of hashes -> the articles that have each of them."""


# ---- lineage ---------------------------------------------------------------------------------------------------------
LINEAGE = NamespaceSchema(
    "lineage",
    code=(
        *("stages/lineage", "passages", "pipeline/analysis/find_shared_passages", "folding", "data/words/lineage.toml"),
        *("markup", "naming/private_names", INCREMENTS),
    ),
    libraries=("numpy", "rapidfuzz"),
    inputs=("private names",),
)
"""Passages that several articles share, by what the site publishes of them alone."""
LINEAGE_STATE: StoredValue[PassageIndexState] = StoredValue(LINEAGE, "state", PassageIndexState)
LINEAGE_BUCKETS: Table[str, bytes] = Table(LINEAGE, "buckets", str, bytes)
"""Bucket of hashes -> the articles that have each of them."""
COMMON_HASHES: Table[ArticleId, bytes] = Table(LINEAGE, "common hashes", ArticleId, bytes)
"""Article -> those of its hashes that more than a few articles have."""
SHARED_PASSAGES: Table[ArticleId, SharedPassages] = Table(LINEAGE, "shared passages", ArticleId, SharedPassages)


# ---- chronology ------------------------------------------------------------------------------------------------------
CHRONOLOGY = NamespaceSchema(
    "chronology", code=("stages/chronology", "pipeline/analysis/find_dates", "dates", INCREMENTS)
)
"""Sentences with a date in them, of the articles that are shown."""
DATED: Table[ArticleId, tuple[DatedSentence, ...]] = Table(
    CHRONOLOGY, "sentences", ArticleId, tuple[DatedSentence, ...]
)
"""Article -> its sentences, in the order of its text. Which articles a month has, the book of months says."""


# ---- imported highlights ---------------------------------------------------------------------------------------------
UNPLACED = NamespaceSchema("unplaced", code=("markup", "content/highlights", "pipeline/analysis/place_highlights"))
"""The search for highlights without a place."""
LOOKED_FOR: StoredValue[Digest] = StoredValue(UNPLACED, "looked for", Digest)
"""Digest of the highlights without a place, and of the articles in which they were looked for."""


# ---- highlights ------------------------------------------------------------------------------------------------------
HIGHLIGHTS = NamespaceSchema(
    "highlights",
    code=("markup", "naming/private_names", "content/highlights", "pipeline/analysis/find_highlights", INCREMENTS),
    inputs=("which", "private names"),
)
"""The highlights that the site shows, in the articles that have any."""


HIGHLIGHTED: Table[ArticleId, tuple[PlacedHighlight, ...]] = Table(
    HIGHLIGHTS, "articles", ArticleId, tuple[PlacedHighlight, ...]
)


# ---- answers -------------------------------------------------------------------------------------------------------
ANSWERS = NamespaceSchema(
    "answers",
    code=(
        "stages/answer",
        "stages/chronology",
        "markup",
        "folding",
        "naming/private_names",
        "pipeline/analysis/answer",
    ),
    inputs=("private names",),
)
"""The answers to the questions of own pages, and what each article contributes to them."""


class AnswerState(msgspec.Struct, frozen=True, array_like=True):
    """Everything that the answers were made of."""

    articles: dict[ArticleId, Digest]
    """Digest of all that is asked of each article, besides the entities of its names."""
    questions: frozenset[Digest]


ANSWER_STATE: StoredValue[AnswerState] = StoredValue(ANSWERS, "state", AnswerState)
ANSWER_RANKS: Table[Digest, dict[ArticleId, tuple[str, ...]]] = Table(
    ANSWERS, "ranks", Digest, dict[ArticleId, tuple[str, ...]]
)
"""Question -> the articles that answer it, and what each of their rows is sorted by."""
ANSWER_PARTS: Table[str, tuple[AnswerRow, ...]] = Table(ANSWERS, "parts", str, tuple[AnswerRow, ...])
"""Question and article -> the rows of the article."""
ANSWER_ROWS: Table[Digest, Answer] = Table(ANSWERS, "answers", Digest, Answer)


# ---- listings --------------------------------------------------------------------------------------------------------
LISTINGS = NamespaceSchema(
    "listings", code=("markup", "data/code", "pipeline/analysis/find_colours", INCREMENTS), libraries=("pygments",)
)
"""The colours of listings, in the texts that have any."""


LISTING_COLOURS: Table[str, dict[str, str]] = Table(LISTINGS, "colours", str, dict[str, str])
"""Id of an article, or key of an own page or note -> the colours of its listings."""


# ---- topics ----------------------------------------------------------------------------------------------------------
TOPICS = NamespaceSchema(
    "topics",
    code=("stages/topics", "stages/relate", "inverse_frequency", "pipeline/analysis/find_topics"),
    libraries=("networkx", "numpy", "spacy"),
)
"""Topics, and ties between entities, as the last build left them."""
TOPICS_STATE: StoredValue[TopicsState] = StoredValue(TOPICS, "state", TopicsState)


# ---- pages ---------------------------------------------------------------------------------------------------------
SITE = NamespaceSchema(
    "site", code=PLAN_CODE, libraries=("babel", "latex2mathml", "pygments"), inputs=("plan settings", "site")
)
"""The pages as they were planned and composed last."""


class ComposedPage(msgspec.Struct, frozen=True, array_like=True):
    """A page as it was composed last, so that a template composes no page again."""

    view: str
    """Digest of the view."""
    content: bytes
    """The view, the data of the page and the targets of its marks, compressed; without the text of an article."""
    reads: tuple[str, ...]
    """Table and key of each row that its composer looked up."""
    text: bytes = b""
    """The text of an article as it was woven, compressed; empty for a page of another kind."""
    excerpt: bytes = b""
    """The sentences of an article that pages of entities quote, encoded; empty for a page of another kind."""


class StoredInputs(msgspec.Struct, frozen=True, array_like=True):
    """Values that workers make pages from, besides rows."""

    composing: bytes
    """Values for composing, encoded: few workers need them."""
    site: Site
    templates: Mapping[str, str]


class SiteState(msgspec.Struct, frozen=True, array_like=True):
    """The site as a whole."""

    rows: KnownRows
    """The rows of the catalogue that pages may have read."""
    pages: tuple[PlannedPage, ...] = ()
    notes: Mapping[EntityId, str] = {}
    """Entity -> name of the file of its note."""
    former: tuple[EntityId, ...] = ()
    """The entities that had a page and have none any more."""
    inputs: StoredInputs | None = None
    """The inputs of the workers, if the build had any."""


SITE_STATE: StoredValue[SiteState] = StoredValue(SITE, "state", SiteState)
COMPOSED_PAGES: Table[SitePath, ComposedPage] = Table(SITE, "composed pages", SitePath, ComposedPage)
READERS: Table[str, tuple[SitePath, ...]] = Table(SITE, "readers", str, tuple[SitePath, ...])
"""Table and key of a row -> the pages that read it: the inverse of COMPOSED_PAGES."""
UNCOMPOSED = "uncomposed"
"""The row of READERS with the pages that read a row that has changed since they were composed."""

PAGE_LIMITS = NamespaceSchema(
    "page limits",
    code=(*PLAN_CODE, "stages/render", "pipeline/rendering"),
    libraries=("jinja2", "markupsafe"),
    inputs=("limits", "templates"),
)
"""Articles whose pages exceeded a limit. A row is valid as long as the article has the row's text."""


class PageLimit(msgspec.Struct, frozen=True, array_like=True):
    """Fate of an article whose page exceeded a limit."""

    text: Digest
    reason: str
    """End of a sentence that says which limit was exceeded."""
    bare: bool
    """True if the page is shown without marks, False if the article is left out."""


LIMITED_PAGES: Table[ArticleId, PageLimit] = Table(PAGE_LIMITS, "articles", ArticleId, PageLimit)

TEMPLATES = NamespaceSchema("templates", code=("stages/render",), libraries=("jinja2",), inputs=("templates",))
TEMPLATE_DIGESTS: StoredValue[dict[str, Digest]] = StoredValue(TEMPLATES, "digests", dict[str, Digest])
"""Digest of each template with all that it can reach: to parse all templates takes a twentieth of a small build."""


# ---- books ---------------------------------------------------------------------------------------------------------
class BookEntry(msgspec.Struct, frozen=True, array_like=True):
    """An article, or another input of a step, as the last build left it."""

    input: Digest
    """Digest of all that the step makes of it; if it is empty, the next build asks again."""
    rows: tuple[str, ...] = ()
    """Key of the row of each part that it contributed."""
    problem: str = ""
    """Sentence about it for people; empty if there is nothing to tell."""


def book_of(namespace: NamespaceSchema, name: str = "") -> StoredValue[dict[Any, BookEntry]]:
    """Return a book of a namespace: input -> its entry. Only `increments` reads and writes books."""
    return StoredValue(namespace, f"book {name}".rstrip(), dict[str, BookEntry])


def tables() -> Mapping[str, Table[Any, Any] | StoredValue[Any]]:
    """Return every declaration of this module by its name."""
    return {name: declared for name, declared in globals().items() if isinstance(declared, Table | StoredValue)}
