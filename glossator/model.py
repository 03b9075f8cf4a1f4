"""Every value that travels between the stages: frozen, slotted, made of plain values.

A value is complete when it exists: nothing is filled in later. Offsets are code points in the text that `markup` makes
of an article (or in a text file as it stands), end exclusive, so that `text.content[m.start : m.end]` is the mention.

Longer than other modules, for it holds every type and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NewType

Digest = NewType("Digest", str)
"""A hexadecimal BLAKE2 digest of a result, never of the way it was reached."""

ArticleId = NewType("ArticleId", str)
"""The stem of the article's file below `content/articles/`, which is also its slug on the site."""

EntityId = NewType("EntityId", str)
"""The slug of an entity; once published it stands in `entities.lock.json`."""

SitePath = NewType("SitePath", str)
"""A file's path below `site/`, with forward slashes and no leading one."""


class Html(str):
    """HTML that `markup` made and sanitised. Templates print it as it is; every other string they escape."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


class EntityType(StrEnum):
    """What an entity is. The order is the order in which readers meet the types."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    GROUP = "group"
    LAW = "law"
    WORK = "work"
    EVENT = "event"
    PRODUCT = "product"


Origin = Literal["machine", "list", "person"]
"""Who says that an entity is what it is: the model, a person's list of names, or a person by a decision or a note."""

NOBODY = "none"
"""What a mark in an article's text says of a name that is no entity's."""

Rights = Literal["full", "excerpt", "metadata", "private"]
"""How much of an article is published."""


# ---- saved files and articles -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file below `content/saved/`, as found."""

    path: str
    """Relative to `saved/`, with forward slashes."""
    digest: Digest
    size: int
    """In bytes."""
    about: SavedFile | None = None
    """What the program that saved it wrote beside it: the index of an ArchiveBox snapshot."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is known about an article besides its text. Dates are ISO, to the day or to the second."""

    id: ArticleId
    title: str
    source: str | None = None
    """The address the article was published at."""
    site: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    saved: str | None = None
    language: str | None = None
    """A BCP 47 tag such as `en` or `pt-BR`."""
    description: str | None = None
    image: str | None = None
    tags: tuple[str, ...] = ()
    rights: Rights = "full"
    guessed: tuple[str, ...] = ()
    """Fields whose value the conversion could only guess."""

    @property
    def date(self) -> str | None:
        """The day to sort by: published if known, else saved."""
        moment = self.published or self.saved
        return moment[:10] if moment else None


@dataclass(frozen=True, slots=True)
class Article:
    """One article: what `content/articles/<id>.md` says."""

    head: Head
    markdown: str
    """The body, without front matter and without the title."""
    digest: Digest


@dataclass(frozen=True, slots=True)
class Conversion:
    """Where an article came from: the `conversion` table of its front matter."""

    file: str
    """The saved file's path below `saved/`."""
    sha256: str
    """Of the saved file's bytes."""
    format: str
    """What the saved file was recognised as: `html`, `text`, `markdown`, ..."""
    reader: str
    """Version of the rules that read it."""
    origins: tuple[tuple[str, str], ...] = ()
    """For each field of the head, where its value was found: `json-ld`, `meta`, `visible text`, `guess`, ..."""
    entry: str = ""
    """Which of the articles within the saved file; empty where the file is one article."""
    likeness: str = ""
    """The SimHash of the text, in hexadecimal: near-identical texts differ in few bits."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that a saved file holds and its article shows."""

    name: str
    """Its file's name below `content/articles/images/`: the digest of its bytes, and the suffix of its kind."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list of links, or the program that kept an article, says about it; empty where it says nothing."""

    origin: str
    """Who says so, as the front matter names it: `pocket list`, `wallabag export`, ..."""
    source: str | None = None
    title: str | None = None
    site: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    saved: str | None = None
    language: str | None = None
    description: str | None = None
    image: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article as the extract stage makes it. The id is chosen later, where the other articles are known."""

    title: str
    markdown: str
    conversion: Conversion
    source: str | None = None
    site: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    saved: str | None = None
    language: str | None = None
    description: str | None = None
    image: str | None = None
    tags: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    """Those that the Markdown refers to as `images/<name>`."""
    left_out: int = 0
    """Pictures that the saved file holds and the article has no room for."""
    notices: tuple[str, ...] = ()
    """What a person should know of the conversion, a sentence each."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What became of a saved file. A file that is refused is a problem, to be remembered like any other result."""

    format: str
    """What the file was recognised as."""
    articles: tuple[Extracted, ...] = ()
    listed: tuple[Listed, ...] = ()
    """Addresses that the file only names."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page of the site's own: `content/pages/<name>.md`."""

    name: str
    title: str
    markdown: str


# ---- text and what is found in it ---------------------------------------------------------------------------------

BlockKind = Literal["paragraph", "heading", "item", "quote", "cell", "caption", "code", "related"]
"""`related`: the headline of another article that stands alone in the text."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article's text that no mention may leave."""

    start: int
    end: int
    kind: BlockKind
    anchor: str
    """The `id` of the block on the article's page; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of one stretch of a text, by a mark in its Markdown."""

    start: int
    end: int
    entity: str
    """Id or name; NOBODY for what is no name."""
    type: EntityType | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """An article as plain text: blocks in order, with something that belongs to none of them between."""

    content: str
    blocks: tuple[Block, ...]
    said: tuple[Said, ...] = ()
    """In the order of the text, none overlapping another."""


@dataclass(frozen=True, slots=True)
class Name:
    """An entity as one article speaks of it."""

    form: str
    """The best of its forms: the fullest that the article uses."""
    type: EntityType
    forms: tuple[tuple[str, int], ...]
    """Every form with its number of mentions, most frequent first."""
    said: str = ""
    """The entity that a person says it is, by id or name; empty where nobody did."""


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    name: int
    """Index into the analysis' names."""


@dataclass(frozen=True, slots=True)
class Descriptor:
    """The words with which the text itself introduces someone: "a research fellow at ..."."""

    start: int
    end: int
    text: str
    name: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Something that the article has someone say."""

    start: int
    end: int
    text: str
    name: int | None
    """The speaker; None where the article does not plainly say who it is."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the annotate stage finds in one article."""

    article: ArticleId
    names: tuple[Name, ...]
    mentions: tuple[Mention, ...]
    """In the order of the text, none overlapping another."""
    sentences: tuple[tuple[int, int], ...]
    """Start and end of each sentence, in order; none crosses a block."""
    descriptors: tuple[Descriptor, ...]
    quotes: tuple[Quote, ...]
    digest: Digest
    overlooked: tuple[str, ...] = ()
    """Capitalised words in no mention, each once, among which names of other articles may be."""


# ---- what people say about entities -------------------------------------------------------------------------------


DecisionKind = Literal["ignore", "private", "confirm", "rename", "type", "merge", "not-the-same", "split"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, as a verb of the command line or a click states it."""

    kind: DecisionKind
    names: tuple[str, ...]
    """Whom it is about; of a merge the survivor first."""
    value: str = ""
    """The new name, the type, or the entity that a name is split off to."""
    articles: tuple[str, ...] = ()
    """Where it holds, of `ignore` and `split`; everywhere if empty."""


@dataclass(frozen=True, slots=True)
class Split:
    """A name that means another entity, or none, than the archive would have it."""

    name: str
    entity: str
    """Id or name; NOBODY where the name is ignored."""
    articles: tuple[str, ...] = ()
    """Where it does; everywhere if empty."""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """What `content/entities.toml` says. Names are matched without regard to case; an entity's id will do as well."""

    ignore: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    rename: tuple[tuple[str, str], ...] = ()
    merge: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Survivor, and the names that are merged into it."""
    not_the_same: tuple[tuple[str, ...], ...] = ()
    types: tuple[tuple[str, EntityType], ...] = ()
    confirm: tuple[str, ...] = ()
    splits: tuple[Split, ...] = ()
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict, compare=False)
    """Kind of decision and its names -> line of the file, for messages."""


@dataclass(frozen=True, slots=True)
class Note:
    """A person's note on an entity, `content/entities/<slug>.md`, or an entry of one of their lists of names."""

    slug: EntityId
    name: str
    type: EntityType | None
    aliases: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    """Label and address."""
    markdown: str
    digest: Digest
    listed: str = ""
    """The file of the list, below `content/`; empty for a note of its own."""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PublishedId:
    """An id that has been given out: one entry of `content/entities.lock.json`."""

    id: EntityId
    name: str
    type: EntityType


# ---- the archive ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Appearance:
    """An entity in one article."""

    article: ArticleId
    names: tuple[int, ...]
    """Indices of the article's names that are this entity."""
    mentions: int


@dataclass(frozen=True, slots=True)
class Introduction:
    """The descriptor chosen for an entity, and the article it was taken from."""

    text: str
    article: ArticleId
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entity:
    """What mentions across the archive refer to."""

    id: EntityId
    name: str
    type: EntityType
    aliases: tuple[tuple[str, int], ...]
    """Every form other than the name with its number of mentions, most frequent first."""
    appearances: tuple[Appearance, ...]
    """Sorted by article id."""
    origin: Origin
    introduction: Introduction | None
    note: Note | None
    digest: Digest

    @property
    def mentions(self) -> int:
        return sum(appearance.mentions for appearance in self.appearances)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that may be one: for a person to decide."""

    first: EntityId
    second: EntityId
    reason: str


@dataclass(frozen=True, slots=True)
class Archive:
    """All of it, resolved. It holds no bodies and no offsets of mentions, so its size follows the number of names."""

    heads: tuple[Head, ...]
    """Newest first; without a date last; then by id."""
    entities: tuple[Entity, ...]
    """Sorted by id."""
    resolved: Mapping[ArticleId, tuple[EntityId | None, ...]]
    """For each article the entity of each of its names; None where a decision says to ignore the name."""
    suggestions: tuple[Suggestion, ...]
    redirects: tuple[tuple[EntityId, EntityId], ...]
    """Ids given out earlier, and the entity that they lead to now."""


# ---- pages, troubles and the outcome --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Of all that a page shows."""

    whole: Digest
    parts: str = ""
    """Its parts, to say which of them changed: `name:checksum`, with blanks between."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Expected trouble with one input: shown to a person, never raised."""

    stage: str
    path: str
    message: str
    """What happened and what to do about it, as a sentence."""
    line: int | None = None
    fatal: bool = True
    """Whether something was left out because of it; a build with a fatal problem ends with exit code 1."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site."""

    path: SitePath
    content: bytes
