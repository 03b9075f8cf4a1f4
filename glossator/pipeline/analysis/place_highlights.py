"""Highlights of other programs -> those of articles: what has a certain place is written to the article's file.

The article is the one of the same saved file, else the one with the address; without an address, the one with the title
or, for a longer passage, the only one in which it stands. The others wait in `content/highlights/unplaced/`, and are
looked for again when articles come or change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from uuid import UUID

import msgspec
from msgspec.structs import replace

from glossator import addresses, markup
from glossator.config import SiteError
from glossator.content.article_store import ArticleStore, StoredArticle
from glossator.content.highlights import (
    ArticleHighlights,
    read_highlights,
    read_imported,
    read_unplaced,
    unplaced_file,
    write_highlights,
    write_imported,
    write_unplaced,
)
from glossator.content.lock_files import HIGHLIGHTS_LOCK, record_lock
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import BUCKETS, LOOKED_FOR, PASSAGE_STATE, UNPLACED
from glossator.markup.find_quotation import Letters, find_quotation, letters_of
from glossator.markup.quote_selectors import select_passage, words_in
from glossator.model import SAVED_PAGE, ArticleId, Digest, Highlight, ImportedHighlight, UnplacedHighlight
from glossator.passages.postings import PassageIndex, PassageIndexState
from glossator.passages.words import hashes
from glossator.pipeline.analysis.index_passages import whole_text
from glossator.pipeline.context import BuildContext, Problems
from glossator.rights import in_inbox
from glossator.text import bare_words, digest

Imported = Mapping[str, tuple[ImportedHighlight, ...]]
"""Highlights in saved files, by path below `saved/`."""
UNMISTAKABLE = 8
"""Words of a passage that is looked for in all articles, if nothing says in which one it stands."""
KEPT_SHARE = 0.7
"""Share of the shingles of a passage that an article has in which it may stand: spaces and dashes change some."""


class PlacedImports(msgspec.Struct, frozen=True):
    """Result of placing imported highlights. The rows are in the namespace, not committed yet."""

    namespace: Namespace
    problems: Problems = ()


def place_highlights(
    context: BuildContext, store: ArticleStore, imported: Imported, passages: Namespace
) -> PlacedImports:
    """Find the places of new highlights, and of those that have none yet; write them to the files of articles.

    Raises OSError if the disk fails; SiteError for a damaged record.
    """
    content, namespace = context.paths.content, Namespace(context.cache, UNPLACED)
    files, problems = read_unplaced(content)
    known = read_imported(content) if imported or files else frozenset()
    articles = _Articles(store, passages)
    new = {
        item.highlight.id: item
        for file, highlights in sorted(imported.items())
        for item in (_item(file, highlight, articles) for highlight in highlights)
        if item and item.highlight.id not in known
    }
    if not new and (not files or _looked_for(files, store) == namespace.value(LOOKED_FOR, Digest(""))):
        return PlacedImports(namespace, problems)
    damaged = {problem.path.rpartition("/")[2] for problem in problems}
    waiting: dict[str, list[UnplacedHighlight]] = defaultdict(list)
    placed: dict[ArticleId, list[Highlight]] = defaultdict(list)
    unplaced = [(file, item) for file, items in files.items() for item in items]
    for file, item in (*unplaced, *((_file_of(item.highlight, damaged), item) for item in new.values())):
        if found := articles.place(item):
            placed[found[0]].append(found[1])
        else:
            waiting[file].append(item)

    def write() -> None:
        for article, highlights in placed.items():
            for item in _added(content, store, article, highlights):
                waiting[_file_of(item.highlight, damaged)].append(item)
        for file in files.keys() | waiting.keys():
            if tuple(waiting[file]) != files.get(file, ()):
                write_unplaced(content, file, waiting[file])
        if new:
            write_imported(content, known | new.keys())

    unrecorded = record_lock(HIGHLIGHTS_LOCK, write)
    namespace.set_value(LOOKED_FOR, _looked_for(waiting, store))
    return PlacedImports(namespace, (*problems, *unrecorded))


def _file_of(highlight: Highlight, damaged: Collection[str]) -> str:
    """Return the name of the file for a highlight without a place; one that cannot be read stays as it is."""
    file = unplaced_file(highlight.source)
    while file in damaged:
        file = f"more-{file}"
    return file


def _looked_for(waiting: Mapping[str, Sequence[UnplacedHighlight]], store: ArticleStore) -> Digest:
    """Return a digest of highlights without a place, and of the articles that may have it."""
    ids = sorted(item.highlight.id for item in chain.from_iterable(waiting.values()))
    return digest(*ids, *sorted(f"{article.head.id} {article.text}" for article in store.kept))


def _added(
    content: Path, store: ArticleStore, article: ArticleId, highlights: Sequence[Highlight]
) -> Iterator[UnplacedHighlight]:
    """Add highlights to the file of an article, but those that are there already, from whatever program.

    Yield them if the file is damaged, which `find_highlights` says: they wait until it is mended.
    """
    title = next(stored.head.title for stored in store.kept if stored.head.id == article)
    try:
        there = read_highlights(content, article) or ArticleHighlights(title, ())
    except SiteError:
        yield from (UnplacedHighlight(highlight, title, article=article) for highlight in highlights)
        return
    ids = {item.id for item in there.items}
    passages = {_passage(item) for item in there.items}
    coloured = sorted(highlights, key=lambda item: bool(item.colour))
    fresh = {_passage(item): item for item in coloured if item.id not in ids}
    items = [item for passage, item in fresh.items() if passage not in passages]
    if items:
        write_highlights(content, article, replace(there, items=(*there.items, *items)))


def _passage(item: Highlight) -> tuple[str, str, str]:
    """Return what two programs have in common that know one highlight."""
    return bare_words(item.exact), bare_words(item.prefix), item.note


def _item(file: str, imported: ImportedHighlight, articles: _Articles) -> UnplacedHighlight | None:
    """Return a highlight with its id; None for one of a saved page of which there is no article."""
    article = None if imported.page is None else articles.of_file.get((file, imported.page))
    own = imported.source == SAVED_PAGE
    if own and article is None:
        return None
    of = article if own and article else addresses.canonical(imported.address) or bare_words(imported.title)
    parts = (imported.source, of, bare_words(imported.exact), bare_words(imported.prefix)[-40:])
    note = () if bare_words(imported.exact) else (imported.note,)
    highlight = Highlight(
        str(UUID(hex=digest(*parts, *note))),
        imported.exact,
        imported.prefix,
        imported.suffix,
        note=imported.note,
        made=imported.made,
        colour=imported.colour,
        source=imported.source,
        accepted=imported.accepted and not in_inbox(file),
    )
    return UnplacedHighlight(highlight, imported.title, imported.address, article)


class _Articles:
    """The articles of the archive, in which highlights are looked for. State: what was read of them."""

    def __init__(self, store: ArticleStore, passages: Namespace) -> None:
        self._store = store
        self._passages = passages
        self._by_id = {article.head.id: article for article in store.kept}
        self._letters = lru_cache(maxsize=64)(self._read)

    @cached_property
    def of_file(self) -> dict[tuple[str, str], ArticleId]:
        """Article of each page of the saved files."""
        converted = ((article.conversion, article.head.id) for article in self._store.kept if article.conversion)
        return {(conversion.file, conversion.entry): article for conversion, article in converted}

    @cached_property
    def _by_address(self) -> dict[str, list[ArticleId]]:
        return self._grouped((article.article_links.address, article) for article in self._store.kept)

    @cached_property
    def _by_title(self) -> dict[str, list[ArticleId]]:
        return self._grouped((article.article_links.headline, article) for article in self._store.kept)

    def _grouped(self, keyed: Iterable[tuple[str, StoredArticle]]) -> dict[str, list[ArticleId]]:
        """Return the articles by key; of several saves of one page, the newest is the first."""
        groups: dict[str, list[ArticleId]] = defaultdict(list)
        for key, article in sorted(keyed, key=lambda pair: pair[1].head.saved or "", reverse=True):
            groups[key].append(article.head.id)
        return groups

    @cached_property
    def _index(self) -> PassageIndex:
        state = self._passages.value(PASSAGE_STATE, PassageIndexState())
        return PassageIndex(state, lambda keys: self._passages.read(BUCKETS, keys))

    def place(self, item: UnplacedHighlight) -> tuple[ArticleId, Highlight] | None:
        """Return the article of a highlight, and the highlight with a selector of its place there."""
        highlight = item.highlight
        found = []
        for article in self._candidates(item):
            letters = self._letters(article)
            bounds = find_quotation(letters, highlight.exact, highlight.prefix, highlight.suffix)
            if bounds:
                found.append((article, select_passage(letters.content, *bounds)))
        if not found or (len(found) > 1 and not (item.address or item.article)):
            return None
        article, place = found[0]
        changes = {"exact": place.exact, "prefix": place.prefix, "suffix": place.suffix, "rival": place.rival}
        return article, replace(highlight, **changes)

    def _candidates(self, item: UnplacedHighlight) -> Sequence[ArticleId]:
        if item.article in self._by_id or item.highlight.source == SAVED_PAGE:
            return [item.article] if item.article in self._by_id else []
        if item.address:
            return self._by_address.get(addresses.canonical(item.address), [])
        titled = self._by_title.get(bare_words(item.title), []) if item.title else []
        return titled or list(self._with_passage(item.highlight.exact))

    def _with_passage(self, exact: str) -> Iterator[ArticleId]:
        """Yield the articles that have most shingles of a long passage."""
        keys = [int(key) for key in hashes(exact)] if words_in(exact) >= UNMISTAKABLE else []
        if not keys:
            return
        self._index.load(keys)
        counts: dict[int, int] = defaultdict(int)
        for key in keys:
            for number in self._index.articles(key).tolist():
                counts[number] += 1
        numbers = {number for number, count in counts.items() if count >= KEPT_SHARE * len(keys)}
        if numbers:
            yield from (key for key, article in self._index.state.articles.items() if article.number in numbers)

    def _read(self, article: ArticleId) -> Letters:
        """Return the letters of the whole text of an article; none if its file cannot be read."""
        stored = self._by_id.get(article)
        markdown = whole_text(self._store, stored) if stored else None
        try:
            return letters_of(markup.read(markdown or "").content)
        except markup.TooDeep:  # the build says so
            return letters_of("")
