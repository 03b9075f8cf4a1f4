"""content/articles/ -> the metadata of every article, and the texts of those that are requested."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from glossator import addresses, markup, slugs
from glossator.config import SiteError
from glossator.content import article_files
from glossator.content.file_stamps import stamp
from glossator.content.revisions import correction_of, revision_of
from glossator.content.saved_files import LOCKED, name_problem
from glossator.files import Unusable, Vanished, scan_folder
from glossator.frontmatter import FrontMatterError
from glossator.local_pictures import referenced
from glossator.model import Article, ArticleHead, ArticleId, ArticleLinks, Conversion, Digest, Problem, Rights
from glossator.rights import RightsPolicy
from glossator.text import bare_words, digest

PUBLIC = RightsPolicy()
"""Policy of a site that publishes what its articles say."""


class StoredArticle(msgspec.Struct, frozen=True):
    """File of an article, and its contents without the text."""

    file: str
    """Path below the folder, with forward slashes."""
    head: ArticleHead
    digest: Digest
    """Digest of the article with its text."""
    text: Digest
    """Digest of the text alone."""
    about: Digest
    """Digest of the head alone."""
    conversion: Conversion | None
    edited: bool
    """True if a person changed the file after its conversion, or it was not converted."""
    article_links: ArticleLinks
    own: Rights = "full"
    """Rights that the file states, whatever the site makes of them."""
    withheld: str = ""
    """The statement that keeps the article or a part of it back; empty if all is published."""
    hidden: tuple[str, ...] = ()
    """Keys of the names in the text that are those of private articles only: they are not shown."""


class ArticleFileRecord(msgspec.Struct, frozen=True):
    """Result of the last reading of a file, valid while the file's size and times are unchanged."""

    stamp: str
    """Size and times; empty if they prove nothing because the file was changed just before."""
    kept: StoredArticle | None
    problems: tuple[Problem, ...] = ()
    blocked: tuple[str, ...] = ()


class ArticleStore(msgspec.Struct, frozen=True):
    """Contents of `content/articles/`."""

    folder: Path
    kept: tuple[StoredArticle, ...]
    """Articles sorted by id, including private ones."""
    blocked: frozenset[str]
    """Saved files whose article exists but cannot be read: a person must mend it, and no other is made."""
    problems: tuple[Problem, ...]
    looked: Mapping[str, ArticleFileRecord]
    """Records by file, for the next reading."""

    def open(self, article: StoredArticle) -> Article:
        """Read the article with its text. Raises SiteError if its file has disappeared."""
        try:
            return article_files.reread(self.folder / article.file, article.head, article.hidden)
        except Unusable as error:
            raise SiteError(f"articles/{article.file} {error}.", "It was there a moment ago: build again.") from None

    def open_whole(self, article: StoredArticle) -> Article:
        """Read the article as its file has it: with its own rights, and the text that is not published.

        Raises SiteError if its file has disappeared.
        """
        try:
            read = article_files.read(self.folder / article.file, article.file, RightsPolicy(whole=True))
            return msgspec.structs.replace(
                read.article, head=msgspec.structs.replace(read.article.head, rights=read.own)
            )
        except (Unusable, FrontMatterError) as error:
            raise SiteError(f"articles/{article.file} {error}.", "It was there a moment ago: build again.") from None


def read_article_store(
    folder: Path, last_read: Mapping[str, ArticleFileRecord] | None = None, policy: RightsPolicy = PUBLIC
) -> ArticleStore:
    """Read every article of `content/articles/`, except files that are unchanged since they were `last_read`.

    `policy` says how much of them the site may show; it must be that with which the `last_read` files were read.
    """
    kept: dict[ArticleId, StoredArticle] = {}
    looked: dict[str, ArticleFileRecord] = {}
    blocked: list[str] = []
    problems: list[Problem] = []
    for name, file_stamp in sorted(_files(folder, problems), key=lambda file: file[0].split("/")):
        if wrong := name_problem("articles", f"articles/{name}"):
            problems.append(wrong)
            blocked += article_files.converted_from(folder / name)
            continue
        last = (last_read or {}).get(name)
        record = (
            last
            if last and file_stamp and last.stamp == file_stamp
            else read_article_file(folder, name, policy, file_stamp)
        )
        looked[name] = record
        problems += record.problems
        blocked += record.blocked
        if record.kept and (other := kept.setdefault(record.kept.head.id, record.kept)) is not record.kept:
            problems.append(_clash(name, other.file))
    shown = _with_hidden_names(folder, [kept[key] for key in sorted(kept)])
    return ArticleStore(folder, shown, frozenset(blocked), tuple(problems), looked)


def read_one_article(folder: Path, article: ArticleId) -> ArticleStore:
    """Read one article of `content/articles/`; the store is empty if the article is not there or cannot be read."""
    name: str | None = f"{article}.md"
    if slugs.article_id(article) != article or not (folder / f"{article}.md").is_file():  # moved, or of another case
        names = sorted(name for name, _ in _files(folder, []))
        name = next((name for name in names if slugs.article_id(Path(name).stem) == article), None)
    record = read_article_file(folder, name, PUBLIC) if name else None
    kept = (record.kept,) if record and record.kept else ()
    return ArticleStore(folder, kept, frozenset(), (), {})


def names_of(article: StoredArticle) -> set[str]:
    """Return the keys of all names by which links may call an article."""
    head = article.head
    return {*article.article_links.paths, *map(addresses.name_key, (head.id, head.title, *head.aliases))}


def _with_hidden_names(folder: Path, kept: list[StoredArticle]) -> tuple[StoredArticle, ...]:
    """Return the articles, each with the names that it may not show, and with the digest of what it shows."""
    linking = {key for article in kept for key in article.article_links.named}
    secret = (article for article in kept if linking and article.head.rights == "private")
    private = {key for article in secret for key in names_of(article)} & linking
    if private:
        private -= {key for article in kept if article.head.rights != "private" for key in names_of(article)}
    return tuple(_hiding(folder, article, private) for article in kept) if private else tuple(kept)


def _hiding(folder: Path, article: StoredArticle, private: set[str]) -> StoredArticle:
    hidden = tuple(sorted(private.intersection(article.article_links.named)))
    if not hidden:
        return article
    try:
        shown = article_files.reread(folder / article.file, article.head, hidden)
    except Unusable:  # whoever opens it reports that it is gone
        return msgspec.structs.replace(article, hidden=hidden)
    return msgspec.structs.replace(article, hidden=hidden, digest=shown.digest, text=digest(shown.markdown))


def read_article_file(folder: Path, name: str, policy: RightsPolicy, file_stamp: str = "") -> ArticleFileRecord:
    """Read a file of the folder. `name` is its path below the folder, `file_stamp` its stamp."""
    path, shown_as = folder / name, f"articles/{name}"
    try:
        file = article_files.read(path, shown_as, policy)
    except Unusable as error:
        problem = Problem("articles", shown_as, str(error), fatal=not isinstance(error, Vanished))
        return ArticleFileRecord(file_stamp, None, (problem,))
    except FrontMatterError as error:
        problem = Problem("articles", shown_as, error.message, error.line)
        return ArticleFileRecord(file_stamp, None, (problem,), tuple(article_files.converted_from(path)))
    article = file.article
    head = article.head
    text, about = digest(article.markdown), digest(repr(head))
    kept = StoredArticle(
        name,
        head,
        article.digest,
        text,
        about,
        file.conversion,
        file.edited,
        article_links(article, file.conversion),
        file.own,
        file.withheld,
    )
    return ArticleFileRecord(file_stamp, kept, file.problems)


def article_links(article: Article, conversion: Conversion | None = None) -> ArticleLinks:
    """Collect the data by which the articles of an archive find each other; `conversion` says what it was made of."""
    head, text = article.head, article.markdown
    return ArticleLinks(
        address=addresses.canonical(head.source) if head.source else "",
        headline=bare_words(head.title),
        addresses=tuple(dict.fromkeys(map(addresses.canonical, markup.addresses(text)))),
        headlines=tuple(dict.fromkeys(map(bare_words, markup.headlines(text)))),
        openings=markup.openings(text),
        pictures=referenced(text),
        paths=_note_paths(conversion),
        named=tuple(markup.names(text)),
        marked=markup.has_marks(text),
        listings=markup.may_have_listings(text),
        highlighted="==" in text,
        revision=revision_of(head.title, text),
        correction=correction_of(head.title, text),
    )


def _note_paths(conversion: Conversion | None) -> tuple[str, ...]:
    """Return the keys by which links may call the note that an article was made of, the longest first."""
    if conversion is None or conversion.format != "markdown":
        return ()
    parts = (conversion.entry or conversion.file).split("/")
    return tuple(addresses.name_key("/".join(parts[index:])) for index in range(len(parts)))


def _files(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield each Markdown file below the folder, with its stamp; folders that may not be read become problems."""
    start = len(os.path.join(folder, ""))  # noqa: PTH118 -- ends with a separator, as no Path does
    for entry in _walk(folder, f"{folder.name}/", problems):
        try:
            file_stamp = stamp(entry.stat(follow_symlinks=False))
        except OSError:
            continue  # deleted since
        yield entry.path[start:].replace(os.sep, "/"), file_stamp


def _walk(folder: Path | str, name: str, problems: list[Problem]) -> Iterator[os.DirEntry[str]]:
    try:
        entries = scan_folder(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:
        problems.append(Problem("articles", name, LOCKED))
        return
    for entry in entries:
        if entry.name.endswith(".md"):
            yield entry
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, f"{name}{entry.name}/", problems)


def _clash(file: str, other: str) -> Problem:
    """Return the problem that two article files, given by their paths below `content/articles/`, have one address."""
    text = f"would have the address of {other.rpartition('/')[2]}: rename one of them"
    return Problem("articles", f"articles/{file}", text)
