"""Articles -> the chronology: sentences with a date in them, read anew for what changed since the last build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from glossator.incremental.increments import Contribution, Derivation, Parts, follow
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import CHRONOLOGY, DATED, ArticleState
from glossator.model import ArticleHead, ArticleId, DatedSentence, Digest
from glossator.pipeline.analysis.stored_archive import stored_table
from glossator.pipeline.context import BuildContext, timed
from glossator.stages.chronology import NamesAndTimes, dated_sentences
from glossator.text import digest

_NAMES_AND_TIMES = msgspec.msgpack.Decoder(NamesAndTimes)


class FoundDates(msgspec.Struct, frozen=True):
    """The chronology after `find_dates`. Its rows are in the namespace, not committed yet."""

    namespace: Namespace
    parts: Mapping[str, tuple[Digest, int]]
    """Month, or year of sentences that tell no month -> digest of what its sentences are from, and their number."""
    sentences: Mapping[str, tuple[DatedSentence, ...]]


@timed("chronology")
def find_dates(
    context: BuildContext, heads: Iterable[ArticleHead], states: Mapping[ArticleId, ArticleState]
) -> FoundDates:
    """Bring the chronology up to date; `heads` are those of the articles that are shown, `states` what was found."""
    namespace, shown = Namespace(context.cache, CHRONOLOGY), {head.id: head for head in heads}

    def dates_of(articles: Sequence[ArticleId]) -> Iterator[tuple[ArticleId, Contribution[DatedSentence]]]:
        for article in articles:
            row = context.cache.result(states[article].key)
            sentences = dated_sentences(shown[article], _NAMES_AND_TIMES.decode(row)) if row else ()
            yield article, Contribution([(sentence.part, sentence) for sentence in sentences], again=row is None)

    inputs = {article: _digest(head, states[article]) for article, head in shown.items()}
    parts = follow(namespace, Derivation(dates_of, DATED, _in_order), inputs).sources()
    return FoundDates(namespace, parts, stored_table(namespace.read, DATED, parts))


def _in_order(
    stored: tuple[DatedSentence, ...] | None,
    leaving: AbstractSet[ArticleId],
    new: Parts[ArticleId, DatedSentence],
) -> tuple[DatedSentence, ...] | None:
    """Return the sentences of a month or year by date, without those of articles that leave it."""
    kept = [sentence for sentence in stored or () if sentence.article not in leaving]
    sentences = [*kept, *(sentence for _, sentence in new)]
    return tuple(sorted(sentences, key=lambda sentence: (sentence.date, sentence.article, sentence.start))) or None


def _digest(head: ArticleHead, state: ArticleState) -> Digest:
    """Return a digest of all that the dates of an article are read from."""
    about = (head.title, head.site, head.published, "published" in head.guessed)
    return digest(state.analysis, repr(about))
