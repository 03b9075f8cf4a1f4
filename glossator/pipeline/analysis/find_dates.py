"""Articles -> the chronology: sentences with a date in them, read anew for what changed since the last build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import CHRONOLOGY, CHRONOLOGY_STATE, DATED, ArticleState
from glossator.model import ArticleHead, ArticleId, DatedSentence, Digest
from glossator.pipeline.analysis.stored_archive import stored_table
from glossator.pipeline.context import BuildContext, timed
from glossator.stages.chronology import ChronologyState, DatedArticle, NamesAndTimes, PartDigest, dated_sentences
from glossator.text import digest

_NAMES_AND_TIMES = msgspec.msgpack.Decoder(NamesAndTimes)


class FoundDates(msgspec.Struct, frozen=True):
    """The chronology after `find_dates`. Its rows are in the namespace, not committed yet."""

    namespace: Namespace
    parts: Mapping[str, PartDigest]
    sentences: Mapping[str, tuple[DatedSentence, ...]]


@timed("chronology")
def find_dates(
    context: BuildContext, heads: Iterable[ArticleHead], states: Mapping[ArticleId, ArticleState]
) -> FoundDates:
    """Bring the chronology up to date; `heads` are those of the articles that are shown, `states` what was found."""
    namespace = Namespace(context.cache, CHRONOLOGY)
    state = namespace.value(CHRONOLOGY_STATE, ChronologyState())
    before, parts = state.articles, dict(state.parts)
    articles: dict[ArticleId, DatedArticle] = {}
    fresh: dict[str, list[DatedSentence]] = {}
    for head in heads:
        key, known = _digest(head, states[head.id]), before.get(head.id)
        if known and known.digest == key:
            articles[head.id] = known
            continue
        row = context.cache.result(states[head.id].key)
        sentences = tuple(dated_sentences(head, _NAMES_AND_TIMES.decode(row))) if row else ()
        for sentence in sentences:
            fresh.setdefault(sentence.part, []).append(sentence)
        articles[head.id] = DatedArticle(key, tuple(sorted({sentence.part for sentence in sentences})))
    stale: dict[str, set[ArticleId]] = {}
    for article, known in before.items():
        if articles.get(article) is not known:
            for part in known.parts:
                stale.setdefault(part, set()).add(article)
    touched = fresh.keys() | stale.keys()
    rows = namespace.read(DATED, touched)
    for part in sorted(touched):
        kept = [one for one in rows.get(part, ()) if one.article not in stale.get(part, ())]
        now = tuple(sorted([*kept, *fresh.get(part, ())], key=lambda one: (one.date, one.article, one.start)))
        namespace.write(DATED, {part: now or None})
        parts.pop(part, None)
        if now:
            parts[part] = PartDigest(digest(repr(now)), len(now))
    if articles != before:
        namespace.set_value(CHRONOLOGY_STATE, ChronologyState(articles, parts))
    return FoundDates(namespace, parts, stored_table(namespace.read, DATED, parts))


def _digest(head: ArticleHead, state: ArticleState) -> Digest:
    """Return a digest of all that the dates of an article are read from."""
    about = (head.title, head.site, head.published, "published" in head.guessed)
    return digest(state.analysis, repr(about))
