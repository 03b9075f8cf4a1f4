"""The values on the way from a saved file to an article: files, extractions, heads and texts."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from glossator.model.highlights import ImportedHighlight
from glossator.model.kinds import ArticleId, Digest, Rights
from glossator.model.outcomes import Problem
from glossator.model.questions import AskedQuestion


class SavedFile(msgspec.Struct, frozen=True):
    """A file below `content/saved/`, as found."""

    path: str
    """Path relative to `saved/`, with forward slashes."""
    digest: Digest
    size: int
    """Size in bytes."""
    about: SavedFile | None = None
    """Description that the saving program wrote beside the file: the index of an ArchiveBox snapshot."""


class ArticleHead(msgspec.Struct, frozen=True):
    """The metadata of an article. Dates are ISO, to the day or to the second."""

    id: ArticleId
    title: str
    source: str | None = None
    """Address at which the article was published."""
    site: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    saved: str | None = None
    language: str | None = None
    """BCP 47 tag such as `en` or `pt-BR`."""
    description: str | None = None
    image: str | None = None
    tags: tuple[str, ...] = ()
    rights: Rights = "full"
    aliases: tuple[str, ...] = ()
    """Other names by which links of other articles may call it."""
    guessed: tuple[str, ...] = ()
    """Fields whose value the conversion could only guess."""

    @property
    def date(self) -> str | None:
        """The day to sort by: published if known, else saved."""
        moment = self.published or self.saved
        return moment[:10] if moment else None

    @property
    def stated_day(self) -> str:
        """The ISO day that the page states; empty if it states none."""
        return "" if "published" in self.guessed else (self.published or "")[:10]


class Article(msgspec.Struct, frozen=True):
    """An article: the content of `content/articles/<id>.md`."""

    head: ArticleHead
    markdown: str
    """Body, without front matter and without the title."""
    digest: Digest


class ArticleLinks(msgspec.Struct, frozen=True):
    """The addresses and headlines of an article and those that it refers to: keys by which articles find each other."""

    address: str = ""
    """Canonical address of the article; empty if it has none."""
    headline: str = ""
    """Folded title of the article."""
    addresses: tuple[str, ...] = ()
    """Canonical addresses in the text."""
    headlines: tuple[str, ...] = ()
    """Folded headlines in the text that may be those of other articles: standing alone, or quoted."""
    openings: bytes = b""
    """Digests of the words, 64 bits each, with which headlines may begin in prose without quotation marks."""
    pictures: tuple[str, ...] = ()
    """File names of the pictures in the text that are stored beside the articles."""
    paths: tuple[str, ...] = ()
    """Keys of the names of the note that the article was made of: the path of its file, and every end of that path."""
    named: tuple[str, ...] = ()
    """Keys of the names that the text links to."""
    marked: bool = False
    """True if a person may have marked mentions in the text."""
    listings: bool = False
    """True if the text may have listings whose language is named."""
    highlighted: bool = False
    """True if the text may have highlights, as `==words==`."""
    revision: int = 0
    """Number of the revision that the article says it is; 0 if it does not say."""
    correction: str = ""
    """`corrected` or `withdrawn` if the article says that it was; else empty."""


class OtherSource(msgspec.Struct, frozen=True):
    """Another publication of an article's text, of which a copy was saved and passed over."""

    address: str
    site: str
    """Name of the publication, or empty."""


UNLOADED = "unloaded"
"""Kind of a page that was saved before its text was there."""


class Conversion(msgspec.Struct, frozen=True):
    """The origin of an article: the `conversion` table of its front matter."""

    file: str
    """Path of the saved file below `saved/`."""
    sha256: str
    """SHA-256 digest of the saved file's bytes."""
    format: str
    """Format that the saved file was recognised as: `html`, `text`, `markdown`, ..."""
    reader: str
    """Version of the rules that converted the file."""
    origins: tuple[tuple[str, str], ...] = ()
    """Origin of each field of the head: `json-ld`, `meta`, `visible text`, `guess`, ..."""
    entry: str = ""
    """Key of the article within the saved file; empty if the file is one article."""
    likeness: str = ""
    """SimHash of the text, in hexadecimal: near-identical texts differ in few bits."""
    reading: str = ""
    """Reading of the page that a person chose; empty if the program chose."""
    doubt: str = ""
    """Estimate, from 0 to 1 with two decimals, of how much of the text is wrong or missing; empty if it is low."""
    kind: str = ""
    """Kind of the page if it is no article: `thread`, `documentation`, `listing`, or UNLOADED."""


class Picture(msgspec.Struct, frozen=True):
    """An image in a saved file that its article shows."""

    name: str
    """File name below `content/articles/images/`: the digest of the bytes, and the suffix of the image's type."""
    data: bytes


class LinkListEntry(msgspec.Struct, frozen=True):
    """The metadata of an article in a list of links, or in an export; a field is empty if it is not given."""

    origin: str
    """Name of the list in front matter: `pocket list`, `wallabag export`, ..."""
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


class Extracted(msgspec.Struct, frozen=True):
    """An article as the extract stage makes it. The id is chosen later, when the other articles are known."""

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
    aliases: tuple[str, ...] = ()
    rights: Rights = "full"
    pictures: tuple[Picture, ...] = ()
    """Pictures that the Markdown refers to as `images/<name>`."""
    left_out: int = 0
    """Number of pictures that exceed what an article may hold."""
    notices: tuple[str, ...] = ()
    """Notices about the conversion for the user, a sentence each."""
    unclear: tuple[Problem, ...] = ()
    """Statements about rights that cannot be understood, because of which the article is private."""


class Extraction(msgspec.Struct, frozen=True):
    """The result of extracting a saved file. A refused file is a problem, memoised like any other result."""

    format: str
    """Format that the file was recognised as."""
    articles: tuple[Extracted, ...] = ()
    listed: tuple[LinkListEntry, ...] = ()
    """Articles that the file only lists."""
    problems: tuple[Problem, ...] = ()
    highlights: tuple[ImportedHighlight, ...] = ()
    """Passages that a person marked in another program."""


class PageReadings(msgspec.Struct, frozen=True):
    """The articles that a saved page can become."""

    taken: str = "judged"
    """Reading that the program takes if nobody chooses one."""
    articles: Mapping[str, Extracted] = msgspec.field(default_factory=dict)
    """Article by each reading that finds one, by name of the reading."""


class OwnPage(msgspec.Struct, frozen=True):
    """A page of the site's own: a Markdown file below `content/pages/`."""

    name: str
    """Path of the page on the site, without `.html`."""
    title: str
    markdown: str
    file: str = ""
    """Path of the file below `content/`."""
    first_line: int = 1
    """Line of the file in which `markdown` begins."""
    questions: tuple[AskedQuestion, ...] = ()
    """Blocks that ask, in their order."""
    proof: bool = False
    """True if the preview underlines what the articles do not have: `proof: yes`."""
