"""Extracted articles -> files in content/articles/: one for each text, and every edit is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain
from pathlib import Path

import msgspec

from glossator import addresses, slugs
from glossator.atomic_files import FileBatch
from glossator.content import article_files
from glossator.content.article_front_matter import is_edited
from glossator.content.article_store import ArticleStore, StoredArticle
from glossator.content.conversions import ConvertedEntry, EntryKey, key_of
from glossator.link_list_metadata import filled
from glossator.local_pictures import referenced
from glossator.model import Extracted, ImportedHighlight, LinkListEntry, Problem
from glossator.pipeline.ingest.article_images import PictureFolder
from glossator.pipeline.ingest.duplicates_and_versions import Duplicate, KnownTexts, known_texts
from glossator.rights import strictest_of
from glossator.text import list_first

Lists = Mapping[str, tuple[LinkListEntry, ...]]
"""Entries of lists of links, by the path of the saved file."""


class ReadFiles(msgspec.Struct, frozen=True):
    """Articles and lists of links of the files that were read."""

    articles: tuple[Extracted, ...]
    """Articles without the bytes of their pictures, which wait in a PictureFolder."""
    lists: Lists
    problems: tuple[Problem, ...]
    wanted: AbstractSet[EntryKey] = frozenset()
    """Articles that a person asked for: they are written even if they are copies."""
    copied: AbstractSet[str] = frozenset()
    """Canonical addresses of the copies that were passed over before."""
    moved: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Former path of each file that was moved since its articles were made, by path."""
    highlights: Mapping[str, tuple[ImportedHighlight, ...]] = msgspec.field(default_factory=dict)
    """Highlights of other programs, by the path of the saved file."""


class WrittenArticles(msgspec.Struct, frozen=True):
    """Result of writing articles."""

    written: int
    """Number of files written."""
    problems: tuple[Problem, ...]
    unsaved: tuple[str, ...] = ()
    """Addresses in lists of links of which there is no article."""
    copies: tuple[ConvertedEntry, ...] = ()
    """Articles that were passed over as copies."""


def write_articles(
    folder: Path, saved: Path, read: ReadFiles, store: ArticleStore, pictures: PictureFolder
) -> WrittenArticles:
    """Write each article to its file in `folder`, with its pictures, completed by the lists of links.

    An article that is there already, by its address and text or by nearly the same text, is reported and not written
    again; another text of the same address is another version, in a file of its own. The article that was saved last
    is written first, so that it gets the plain name. `saved` is the folder of the saved files, `store` holds the
    articles that are there, `pictures` the pictures of the articles that were read.
    """
    if not read.articles and not read.lists:
        return WrittenArticles(0, ())
    by_entry = {key_of(article): article for article in store.kept if article.conversion}
    archive = known_texts(store)
    pictures = msgspec.structs.replace(pictures, kept_back=cache(partial(_kept_back, saved, read, store, pictures)))
    entries = _by_address(read.lists)
    taken = {slugs.slug(path.stem) for path in folder.rglob("*.md")}
    with FileBatch() as batch:
        placed = _Placed(store, batch)
        for extracted in _ranked(read.articles):
            article = filled(extracted, entries.get(addresses.canonical(extracted.source or "")))
            conversion = article.conversion
            key = EntryKey(conversion.file, conversion.entry)
            stored = by_entry.get(key) or by_entry.get(key._replace(file=read.moved.get(key.file, "")))
            if not stored and key not in read.wanted and (duplicate := archive.duplicate(article)):
                placed.pass_over(article, duplicate)
                continue
            path = folder / stored.file if stored else folder / f"{_free_stem(article, taken, archive)}.md"
            if is_edited(path):  # perhaps while the saved files were being read
                if not stored or (stored.conversion and stored.conversion.sha256 != conversion.sha256):
                    text = f"changed, but articles/{path.name} was edited and stays; delete that to convert anew"
                    placed.problems.append(Problem("convert", conversion.file, text, fatal=False))
                continue
            article, notices = pictures.copy_beside(article, saved / conversion.file, folder, batch.replace, saved)
            placed.problems += notices
            placed.write(path, article)
            archive.add(f"articles/{path.name}", addresses.canonical(article.source or ""), article)
        batch.flush()
        written = placed.written + _complete(store, entries, batch)
    copied = {addresses.canonical(row.source) for row in placed.copies if row.source}
    unsaved, notices = _unsaved(read.lists, {*archive.by_source, *copied, *read.copied})
    return WrittenArticles(written, (*placed.problems, *notices), unsaved, tuple(placed.copies))


def _kept_back(saved: Path, read: ReadFiles, store: ArticleStore, pictures: PictureFolder) -> frozenset[str]:
    """Return the names of the pictures that articles show which are kept back, stored or just read."""
    stored = (referenced(store.open_whole(article).markdown) for article in store.kept if article.head.rights != "full")
    fresh = (
        pictures.shown_by(article, saved / article.conversion.file, saved)
        for article in read.articles
        if article.rights != "full"
    )
    return frozenset(chain.from_iterable((*stored, *fresh)))


@dataclass(slots=True)
class _Placed:
    """Articles that were written or passed over so far, which is the state."""

    store: ArticleStore
    batch: FileBatch
    by_name: dict[str, tuple[Path, Extracted]] = field(default_factory=dict)
    written: int = 0
    problems: list[Problem] = field(default_factory=list)
    copies: list[ConvertedEntry] = field(default_factory=list)

    def write(self, path: Path, article: Extracted) -> None:
        """Write an article to its file."""
        self.written += article_files.write(path, article, self.batch.replace)
        self.by_name[f"articles/{path.name}"] = path, article

    def pass_over(self, article: Extracted, duplicate: Duplicate) -> None:
        """Report an article that is a copy. If it states stricter rights, they are those of the original, too."""
        conversion, name = article.conversion, duplicate.original.name
        reason = f"has the same {duplicate.shared} as {name}"
        self.problems.append(duplicate_notice(conversion.file, reason, conversion.entry))
        source, site = self._other_source(article, name)
        self.copies.append(
            ConvertedEntry(
                file=conversion.file,
                entry=conversion.entry,
                sha256=conversion.sha256,
                fate="copy",
                article=name.removeprefix("articles/"),
                shared=duplicate.shared,
                source=source,
                site=site,
            )
        )
        if name in self.by_name:
            path, original = self.by_name[name]
            if original.rights != (strictest := strictest_of((original.rights, article.rights))):
                self.batch.flush()
                self.write(path, msgspec.structs.replace(original, rights=strictest))
        else:
            self._restrict_stored(article, self._stored(name))

    def _other_source(self, article: Extracted, name: str) -> tuple[str, str]:
        """Return address and publication of a copy; empty if the address is the original's, or not all is public."""
        if name in self.by_name:
            original = self.by_name[name][1]
            rights, address = original.rights, addresses.canonical(original.source or "")
        else:
            stored = self._stored(name)
            rights, address = stored.own, stored.article_links.address
        source = article.source or ""
        if strictest_of((rights, article.rights)) != "full" or not source or addresses.canonical(source) == address:
            return "", ""
        return source, article.site or ""

    def _stored(self, name: str) -> StoredArticle:
        return next(stored for stored in self.store.kept if name == f"articles/{Path(stored.file).name}")

    def _restrict_stored(self, article: Extracted, stored: StoredArticle) -> None:
        strictest = strictest_of((stored.own, article.rights))
        if strictest == stored.own:
            return
        if stored.edited or not stored.conversion:
            name = f"articles/{Path(stored.file).name}"
            text = f"says `rights: {article.rights}`, but {name}, which has the same text, publishes more: edit it"
            self.problems.append(Problem("convert", article.conversion.file, text))
            return
        original = article_files.as_extracted(self.store.open_whole(stored), stored.conversion)
        self.write(self.store.folder / stored.file, msgspec.structs.replace(original, rights=strictest))


def _ranked(articles: Iterable[Extracted]) -> list[Extracted]:
    """Return articles with an address first and among them the last saved first, whatever order they come in."""
    ranked = sorted(articles, key=lambda article: (article.conversion.file, article.conversion.entry))
    ranked.sort(key=lambda article: article.saved or "", reverse=True)
    return sorted(ranked, key=lambda article: not article.source)


def _free_stem(article: Extracted, taken: set[str], archive: KnownTexts) -> str:
    """Return a slug for the article that no other article has, and add it to `taken`."""
    for stem in _candidate_stems(article, archive):
        if stem not in taken:
            taken.add(stem)
            return stem
    raise AssertionError("a digest of the article's file and entry is unique")


def _candidate_stems(article: Extracted, archive: KnownTexts) -> Iterator[str]:
    plain = slugs.title_slug(article.title, article.language, article.source, article.published)
    yield plain
    if article.saved and archive.same_address(article):
        yield f"{plain}-{article.saved[:10]}"
    yield f"{plain}-{slugs.short_digest(article.conversion.file + article.conversion.entry)}"


def _by_address(lists: Lists) -> dict[str, LinkListEntry]:
    """Return the entry for each canonical address; if several lists have one, that of the first list by path."""
    by_address: dict[str, LinkListEntry] = {}
    for _, entries in sorted(lists.items()):
        for entry in entries:
            if entry.source:
                by_address.setdefault(addresses.canonical(entry.source), entry)
    return by_address


def _complete(store: ArticleStore, entries: Mapping[str, LinkListEntry], batch: FileBatch) -> int:
    """Fill in what unedited articles lack and a list knows; return the number of files written."""
    written = 0
    for stored in store.kept if entries else ():
        entry = entries.get(stored.article_links.address)
        if entry and not stored.edited and stored.conversion:
            article = article_files.as_extracted(store.open_whole(stored), stored.conversion)
            written += article_files.write(store.folder / stored.file, filled(article, entry), batch.replace)
    return written


def _unsaved(lists: Lists, has_article: AbstractSet[str]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return the listed addresses of which the archive has no article, and a notice for each list that has some.

    `has_article` are the canonical addresses of articles and of their copies.
    """
    unsaved: list[str] = []
    notices = []
    for file, entries in sorted(lists.items()):
        sources = dict.fromkeys(entry.source for entry in entries if entry.source)
        missing = [source for source in sources if addresses.canonical(source) not in has_article]
        unsaved += missing
        if missing:
            counts = f"{len(missing)} of {len(sources)}"
            text = f"addresses in this list without an article: {counts}: {list_first(missing)}"
            notices.append(Problem("convert", file, text, fatal=False))
    return tuple(dict.fromkeys(unsaved)), tuple(notices)


def duplicate_notice(path: str, why: str, entry: str = "") -> Problem:
    """Return the notice that no article was made of a file, or of its `entry`; `why` says what it is a copy of."""
    if entry:
        return Problem("convert", path, f"{entry} {why}: no second article was made", fatal=False)
    return Problem(
        "convert", path, f"{why}: no second article was made; delete the file that is not needed", fatal=False
    )
