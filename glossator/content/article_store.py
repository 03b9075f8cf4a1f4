"""content/articles/ -> what is known of every article without its text, and the texts of those that are asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from glossator import markup, urls
from glossator.config import SiteError
from glossator.content import articles
from glossator.content.files import misnamed
from glossator.content.stamps import stamp
from glossator.digest import digest
from glossator.disk import Unusable
from glossator.frontmatter import FrontMatterError
from glossator.model import Article, ArticleHead, ArticleId, ArticleLinks, Conversion, Digest, Problem
from glossator.pictures import shown


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article's file, and what it says besides its text."""

    file: str
    """Its path below the folder, with forward slashes."""
    head: ArticleHead
    digest: Digest
    """Of the article with its text."""
    text: Digest
    """Of the text alone."""
    about: Digest
    """Of the head alone; `line`, of what a link to the article shows of it."""
    line: Digest
    conversion: Conversion | None
    edited: bool
    """Whether a person changed it after it was converted; true for what was not converted."""
    article_links: ArticleLinks


@dataclass(frozen=True, slots=True)
class ArticleFileRecord:
    """What was found when a file was last read, for as long as its size and times are the same."""

    stamp: str
    """Empty where they prove nothing, for the file was touched just before."""
    kept: StoredArticle | None
    problems: tuple[Problem, ...] = ()
    blocked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleStore:
    """What `content/articles/` holds."""

    folder: Path
    kept: tuple[StoredArticle, ...]
    """Sorted by id; private ones too."""
    blocked: frozenset[str]
    """Saved files whose article is there but cannot be read: it is a person's to mend, and no other is made."""
    problems: tuple[Problem, ...]
    looked: Mapping[str, ArticleFileRecord]
    """By file, for the next time."""

    def open(self, one: StoredArticle) -> Article:
        """The article with its text. Raises SiteError where its file is gone since."""
        try:
            return articles.reread(self.folder / one.file, one.head)
        except Unusable as error:
            raise SiteError(f"articles/{one.file} {error}.", "It was there a moment ago: build again.") from None


def read_article_store(folder: Path, known: Mapping[str, ArticleFileRecord] | None = None) -> ArticleStore:
    """Every article of `content/articles/`; files that are as they were when they became known are not read again."""
    kept: dict[ArticleId, StoredArticle] = {}
    looked: dict[str, ArticleFileRecord] = {}
    blocked: list[str] = []
    problems: list[Problem] = []
    for name, found in sorted(_files(folder), key=lambda one: one[0].split("/")):
        if wrong := misnamed("articles", f"articles/{name}"):
            problems.append(wrong)
            blocked += articles.converted_from(folder / name)
            continue
        before = (known or {}).get(name)
        one = before if before and found and before.stamp == found else read_article_file(folder, name, found)
        looked[name] = one
        problems += one.problems
        blocked += one.blocked
        if one.kept and (other := kept.setdefault(one.kept.head.id, one.kept)) is not one.kept:
            text = f"would have the address of {other.file.rpartition('/')[2]}: rename one of them"
            problems.append(Problem("articles", f"articles/{name}", text))
    return ArticleStore(folder, tuple(kept[key] for key in sorted(kept)), frozenset(blocked), tuple(problems), looked)


def read_article_file(folder: Path, name: str, found: str = "") -> ArticleFileRecord:
    """What a file of the folder says now."""
    path, shown_as = folder / name, f"articles/{name}"
    try:
        file = articles.read(path, shown_as)
    except Unusable as error:
        return ArticleFileRecord(found, None, (Problem("articles", shown_as, str(error)),))
    except FrontMatterError as error:
        problem = Problem("articles", shown_as, error.message, error.line)
        return ArticleFileRecord(found, None, (problem,), tuple(articles.converted_from(path)))
    article = file.article
    head = article.head
    text, about = digest(article.markdown), digest(repr(head))
    line = digest(repr((head.id, head.title, head.published, head.saved, head.description, head.language)))
    kept = StoredArticle(
        name, head, article.digest, text, about, line, file.conversion, file.edited, article_links(article)
    )
    return ArticleFileRecord(found, kept, file.problems)


def article_links(article: Article) -> ArticleLinks:
    """What the articles of an archive find each other by."""
    head, text = article.head, article.markdown
    return ArticleLinks(
        address=urls.canonical(head.source) if head.source else "",
        headline=urls.fold_headline(head.title),
        addresses=tuple(dict.fromkeys(map(urls.canonical, markup.addresses(text)))),
        headlines=tuple(dict.fromkeys(map(urls.fold_headline, markup.headlines(text)))),
        pictures=shown(text),
        marked=markup.has_marks(text),
    )


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """Each Markdown file below the folder, with its stamp."""
    start = len(os.path.join(folder, ""))  # noqa: PTH118 -- ends with a separator, as no Path does
    for entry in _walk(folder):
        try:
            found = stamp(entry.stat(follow_symlinks=False))
        except OSError:
            continue  # gone since
        yield entry.path[start:].replace(os.sep, "/"), found


def _walk(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.endswith(".md"):
            yield entry
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)
