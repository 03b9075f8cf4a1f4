"""Articles -> the chronology: sentences with a date in them, read anew for what changed since the last build.

The sentences are stored by article, which is how pages of names and articles look them up. A second book holds the
months that each article has sentences in, those with private names left out: what a page counts is public. A month has
a page if a sentence tells of an event in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from glossator.incremental.increments import Contribution, Derivation, follow
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import CHRONOLOGY, DATED, ArticleState
from glossator.model import ArticleHead, ArticleId, DatedSentence, Digest
from glossator.pipeline.analysis.stored_archive import stored_table
from glossator.pipeline.context import BuildContext, timed
from glossator.stages.chronology import NamesAndTimes, dated_sentences
from glossator.stages.plan.catalogue.private_names import public_dated
from glossator.text import digest

_NAMES_AND_TIMES = msgspec.msgpack.Decoder(NamesAndTimes)
Sentences = tuple[DatedSentence, ...]
EVENTS = "events "
"""Before a month, in the book of months: the sentences that tell of an event in it, as far as an article shows that."""


class FoundDates(msgspec.Struct, frozen=True):
    """The chronology after `find_dates`. Its rows are in the namespace, not committed yet."""

    namespace: Namespace
    parts: Mapping[str, tuple[Digest, int]]
    """Month, or year of sentences that tell no month -> digest of what its sentences are from, and how many of them
    tell of an event."""
    articles: Mapping[str, tuple[ArticleId, ...]]
    """Month, or year of sentences that tell no month -> the articles with sentences of it."""
    digests: Mapping[ArticleId, Digest]
    """Article -> digest of what its sentences are from, for the articles that have any."""
    sentences: Mapping[ArticleId, Sentences]


@timed("chronology")
def find_dates(
    context: BuildContext, heads: Iterable[ArticleHead], states: Mapping[ArticleId, ArticleState]
) -> FoundDates:
    """Bring the chronology up to date; `heads` are those of the articles that are shown, `states` what was found."""
    namespace, shown = Namespace(context.cache, CHRONOLOGY), {head.id: head for head in heads}
    private = context.config.plan.private_names

    def dates_of(articles: Sequence[ArticleId]) -> Iterator[tuple[ArticleId, Contribution[Sentences]]]:
        for article in articles:
            row = context.cache.result(states[article].key)
            sentences = tuple(dated_sentences(shown[article], _NAMES_AND_TIMES.decode(row))) if row else ()
            yield article, Contribution([(article, sentences)] if sentences else (), again=row is None)

    def months_of(articles: Sequence[ArticleId]) -> Iterator[tuple[ArticleId, Contribution[str]]]:
        stored = namespace.read(DATED, articles)
        for article in articles:
            public = list(public_dated(stored.get(article, ()), private))
            events = [f"{EVENTS}{sentence.part}" for sentence in public if sentence.subject in sentence.mentioned]
            yield article, Contribution([(row, "") for row in (*(sentence.part for sentence in public), *events)])

    inputs = {article: _digest(head, states[article]) for article, head in shown.items()}
    dated = follow(namespace, Derivation(dates_of, DATED), inputs)
    # An empty digest is of an article that is asked for again.
    whole = {article: entry.input and digest(entry.input, repr(private)) for article, entry in dated.now.items()}
    by_month: Derivation[ArticleId, Sentences] = Derivation(months_of, book="months")
    months = follow(namespace, by_month, whole)
    articles: dict[str, list[ArticleId]] = defaultdict(list)
    for article, entry in sorted(months.now.items()):
        for part in dict.fromkeys(entry.rows):
            articles[part].append(article)
    sources = months.sources()
    parts = {
        part: (source, sources[f"{EVENTS}{part}"][1])
        for part, (source, _) in sources.items()
        if f"{EVENTS}{part}" in sources
    }
    digests = {article: entry.input for article, entry in dated.now.items() if entry.rows}
    members = {part: tuple(articles[part]) for part in parts}
    return FoundDates(namespace, parts, members, digests, stored_table(namespace.read, DATED, digests))


def _digest(head: ArticleHead, state: ArticleState) -> Digest:
    """Return a digest of all that the dates of an article are read from."""
    about = (head.title, head.site, head.published, "published" in head.guessed)
    return digest(state.analysis, repr(about))
