"""Articles -> the passages that each shares with others, as far as the site publishes the texts of both.

An index of its own, of published text alone, proposes which articles are compared; see `stages/lineage`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial

import msgspec
import numpy as np

from glossator.files import Unusable
from glossator.incremental.increments import changes, record
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import (
    COMMON_HASHES,
    LINEAGE,
    LINEAGE_BUCKETS,
    LINEAGE_STATE,
    SHARED_PASSAGES,
    BookEntry,
)
from glossator.model import ArticleHead, ArticleId, Digest, PrivateNames, SharedPassage, SharedPassages
from glossator.naming.private_names import has_whole_name, names_private
from glossator.passages.postings import IndexedArticle, PassageIndex, PassageIndexState, packed, unpacked, updated
from glossator.passages.words import Hashes
from glossator.pipeline.analysis.stored_archive import stored_table
from glossator.pipeline.context import BuildContext, timed
from glossator.pipeline.stage_work import ArticleFile, read_markdown, read_text
from glossator.stages.lineage import (
    ComparedText,
    credited_agency,
    fingerprints,
    is_agency,
    passages_of,
    propose,
    stretches,
    turned,
)
from glossator.text import digest

TEXTS_KEPT = 200
"""Texts kept in memory while pairs of articles are compared."""
Pairs = dict[tuple[ArticleId, ArticleId], frozenset[int]]
Passages = dict[ArticleId, list[SharedPassage]]
NO_HASHES: Hashes = np.empty(0, np.uint32)


class FoundSharedPassages(msgspec.Struct, frozen=True):
    """The shared passages after `find_shared_passages`. Their rows are in the namespace, not committed yet."""

    namespace: Namespace
    shared: Mapping[ArticleId, SharedPassages]
    """Passages of each article that shares any."""
    changed: frozenset[ArticleId]
    """Articles whose shared passages are others than before, or may be."""


@timed("lineage")
def find_shared_passages(
    context: BuildContext, heads: Iterable[ArticleHead], files: Mapping[ArticleId, ArticleFile]
) -> FoundSharedPassages:
    """Bring the shared passages up to date; `heads` are those of the articles that are shown, `files` their files."""
    private = context.config.plan.private_names
    namespace = Namespace(context.cache, LINEAGE, private_names=digest(repr(private)))
    return bring_up_to_date(namespace, {head.id: files[head.id] for head in heads}, private)


def bring_up_to_date(
    namespace: Namespace, files: Mapping[ArticleId, ArticleFile], private: PrivateNames
) -> FoundSharedPassages:
    """Bring the rows of a namespace up to date with the articles that are shown, given by their files."""
    inputs = {key: digest(file.text, file.head.site or "", *file.head.authors) for key, file in files.items()}
    book, kept = changes(namespace, inputs)
    new, gone = inputs.keys() - kept.keys(), book.keys() - inputs.keys()
    if not new and not gone:
        return FoundSharedPassages(namespace, _stored(namespace, book), frozenset())
    index = _Index(namespace, files, new, gone)
    pairs, renewed = index.pairs(new, gone | (new & book.keys()))
    compared = _compared(pairs, files, private)
    rows = _rows(namespace, compared, renewed | gone, files)
    namespace.write(SHARED_PASSAGES, rows)
    read_again = {key: Digest("") if key in index.unread else inputs[key] for key in new | index.unread}
    stored = {key: book[key].rows if key in book else () for key in read_again}  # of a row that stays as it was, too
    now = {**kept, **{key: BookEntry(given, stored[key]) for key, given in read_again.items()}}
    for key in inputs.keys() & rows.keys():
        now[key] = msgspec.structs.replace(now[key], rows=(key,) if rows[key] else ())
    record(namespace, now)
    return FoundSharedPassages(
        namespace, _stored(namespace, now), frozenset(inputs) if namespace.fresh else frozenset(rows)
    )


def _stored(namespace: Namespace, book: Mapping[ArticleId, BookEntry]) -> Mapping[ArticleId, SharedPassages]:
    return stored_table(namespace.read, SHARED_PASSAGES, {key: entry for key, entry in book.items() if entry.rows})


class _Index:
    """The index of published texts, brought up to date. State: the articles that could not be read."""

    def __init__(
        self,
        namespace: Namespace,
        files: Mapping[ArticleId, ArticleFile],
        new: Iterable[ArticleId],
        gone: Iterable[ArticleId],
    ) -> None:
        self.unread: set[ArticleId] = set()
        self._namespace, self._files = namespace, files
        state = namespace.value(LINEAGE_STATE, PassageIndexState())
        self._hashes = {key: self._read(key) for key in sorted(new)}
        indexed = {
            key: IndexedArticle(state.following + place, "", packed(hashes))
            for place, (key, hashes) in enumerate(self._hashes.items())
        }
        self._state, rows = updated(state, indexed, set(gone), partial(namespace.read_all, LINEAGE_BUCKETS))
        namespace.write(LINEAGE_BUCKETS, rows)
        namespace.set_value(LINEAGE_STATE, self._state)

    def _read(self, article: ArticleId) -> Hashes:
        try:
            return fingerprints(read_markdown(self._files[article]))
        except Unusable:  # the page that shows the text reports it
            self.unread.add(article)
            return NO_HASHES

    def pairs(self, new: Iterable[ArticleId], left: Iterable[ArticleId]) -> tuple[Pairs, frozenset[ArticleId]]:
        """Return the pairs that may share a passage, each with its rare hashes, and all articles asked for.

        These are the new ones, and those for which a passage has become common or is common no more.
        """
        postings = PassageIndex(self._state, partial(self._namespace.read, LINEAGE_BUCKETS)).postings
        numbers = {key: article.number for key, article in self._state.articles.items()}
        names = {number: key for key, number in numbers.items()}
        common_before = map(unpacked, self._namespace.read(COMMON_HASHES, sorted(left)).values())
        first = propose(
            postings, {numbers[key]: self._hashes[key] for key in new}, np.concatenate([NO_HASHES, *common_before])
        )
        again = {number: self._read(names[number]) for number in sorted(first.concerned)}
        second = propose(postings, again, NO_HASHES)
        renewed = frozenset(new) | {names[number] for number in again}
        common = {names[number]: packed(hashes) for number, hashes in {**first.common, **second.common}.items()}
        self._namespace.write(COMMON_HASHES, {**dict.fromkeys({*renewed, *left}), **common})
        proposed = {**first.pairs, **second.pairs}
        return {(names[pair[0]], names[pair[1]]): hashes for pair, hashes in sorted(proposed.items())}, renewed


def _compared(pairs: Pairs, files: Mapping[ArticleId, ArticleFile], private: PrivateNames) -> Passages:
    """Return the passages of each article that the pairs share, without those that hold a private name."""
    opened = lru_cache(maxsize=TEXTS_KEPT)(lambda key: _opened(files[key]))
    shares: Passages = defaultdict(list)
    for pair, rare_hashes in pairs.items():
        try:
            text, other = sorted((opened(key) for key in pair), key=lambda compared: compared.article)
        except Unusable:
            continue
        shared = stretches(text, other, rare_hashes)
        if private:
            hides = [_hides(side, private) for side in (text, other)]
            shared = [
                stretch
                for stretch in shared
                if not any(hidden(stretch[0][side], stretch[-1][side]) for side, hidden in enumerate(hides))
            ]
        shares[text.article] += passages_of(text, other, shared)
        shares[other.article] += passages_of(other, text, turned(shared))
    return shares


def _opened(file: ArticleFile) -> ComparedText:
    return ComparedText(file.head.id, read_text(file))


def _hides(text: ComparedText, private: PrivateNames) -> Callable[[int, int], bool]:
    """Return a function that is true of a stretch of a text, given in words, if its blocks name somebody private."""
    whole = (text.article,) if has_whole_name(text.text.content, private) else ()
    names = msgspec.structs.replace(private, articles=(*private.articles, *whole))
    return lambda first, last: names_private(
        text.text.content[text.block(first).start : text.block(last).end], names, text.article
    )


def _named_agency(head: ArticleHead) -> str:
    """Return the news agency that published or wrote an article, by the name of the publication or of an author."""
    return next((name for name in (head.site or "", *head.authors) if is_agency(name)), "")


def _rows(
    namespace: Namespace, compared: Passages, renewed: frozenset[ArticleId], files: Mapping[ArticleId, ArticleFile]
) -> dict[ArticleId, SharedPassages | None]:
    """Return the rows that differ: those of the `renewed` articles, and of the articles that shared or share any."""
    before = namespace.read(SHARED_PASSAGES, sorted(renewed))
    partners = {passage.other for row in before.values() for passage in row.passages}
    touched = renewed | partners | compared.keys()
    stored = namespace.read(SHARED_PASSAGES, sorted(touched))
    rows: dict[ArticleId, SharedPassages | None] = {}
    for key in sorted(touched):
        row = stored.get(key)
        stays = () if row is None or key in renewed else row.passages
        passages = [passage for passage in stays if passage.other not in renewed] + compared.get(key, [])
        ordered = tuple(sorted(passages, key=lambda passage: (passage.start, passage.other, passage.end)))
        if not ordered or key not in files:
            now = None
        elif row is None or key in renewed:
            text = read_text(files[key]).content
            now = SharedPassages(len(text), ordered, credited_agency(text) or _named_agency(files[key].head))
        else:
            now = msgspec.structs.replace(row, passages=ordered)
        if now != row:
            rows[key] = now
    return rows
