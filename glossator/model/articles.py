"""What travels on the way from a saved file to an article: files as found, what was extracted, heads and texts."""

from __future__ import annotations

from dataclasses import dataclass

from glossator.model.kinds import ArticleId, Digest, Rights
from glossator.model.outcomes import Problem


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
class ArticleHead:
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

    head: ArticleHead
    markdown: str
    """The body, without front matter and without the title."""
    digest: Digest


@dataclass(frozen=True, slots=True)
class ArticleLinks:
    """What leads to an article, and where its text leads: keys under which articles of one archive find each other."""

    address: str = ""
    """Its own address, canonical; empty without one."""
    headline: str = ""
    """Its own title, folded."""
    addresses: tuple[str, ...] = ()
    """The canonical addresses in its text."""
    headlines: tuple[str, ...] = ()
    """The folded headlines of other articles that stand alone in its text."""
    pictures: tuple[str, ...] = ()
    """The names of the pictures that it shows from beside the articles."""
    marked: bool = False
    """Whether a person may have marked mentions in it."""


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
class LinkListEntry:
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
    listed: tuple[LinkListEntry, ...] = ()
    """Addresses that the file only names."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page of the site's own: `content/pages/<name>.md`."""

    name: str
    title: str
    markdown: str
