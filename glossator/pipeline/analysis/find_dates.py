"""Articles -> the chronology: sentences with a date in them, read anew for what changed since the last build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from glossator.files import Unusable
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import CHRONOLOGY, CHRONOLOGY_PARTS, DATED, DATED_ARTICLES, ArticleState
from glossator.model import Analysis, ArticleHead, ArticleId, DatedSentence, Digest
from glossator.pipeline.analysis.stored_archive import StoredTable
from glossator.pipeline.context import BuildContext, timed
from glossator.pipeline.stage_work import ArticleFile, read_markdown, text_of
from glossator.stages.chronology import DatedArticle, PartDigest, dated_sentences, may_have_dates
from glossator.text import digest

_ANALYSIS = msgspec.msgpack.Decoder(Analysis)


class FoundDates(msgspec.Struct, frozen=True):
    """The chronology after `find_dates`. Its rows are in the namespace, not committed yet."""

    namespace: Namespace
    parts: Mapping[str, PartDigest]
    sentences: Mapping[str, tuple[DatedSentence, ...]]


class DatedSources(msgspec.Struct, frozen=True):
    """The articles that are shown: what dates are read from."""

    heads: Iterable[ArticleHead]
    files: Mapping[ArticleId, ArticleFile]
    states: Mapping[ArticleId, ArticleState]


@timed("chronology")
def find_dates(context: BuildContext, shown: DatedSources) -> FoundDates:
    """Bring the chronology up to date."""
    namespace = Namespace(context.cache, CHRONOLOGY)
    before = namespace.value(DATED_ARTICLES, {})
    none: dict[str, PartDigest] = {}
    listed = namespace.value(CHRONOLOGY_PARTS, none)
    parts = dict(listed)
    articles: dict[ArticleId, DatedArticle] = {}
    fresh: dict[str, list[DatedSentence]] = {}
    stale: dict[str, set[ArticleId]] = {}
    for head in shown.heads:
        key, known = _digest(head, shown), before.get(head.id)
        if known and known.digest == key:
            articles[head.id] = known
            continue
        sentences = _read(context, head, shown)
        for sentence in sentences:
            fresh.setdefault(sentence.part, []).append(sentence)
        articles[head.id] = DatedArticle(key, tuple(sorted({sentence.part for sentence in sentences})))
    for article, known in before.items():
        if articles.get(article) is not known:
            for part in known.parts:
                stale.setdefault(part, set()).add(article)
    touched = fresh.keys() | stale.keys()
    if touched or articles != before:
        rows = namespace.read(DATED, touched)
        for part in sorted(touched):
            kept = [one for one in rows.get(part, ()) if one.article not in stale.get(part, ())]
            now = tuple(sorted([*kept, *fresh.get(part, ())], key=lambda one: (one.date, one.article, one.start)))
            namespace.write(DATED, {part: now or None})
            parts.pop(part, None)
            if now:
                parts[part] = PartDigest(digest(repr(now)), len(now))
        namespace.set_value(DATED_ARTICLES, articles)
        namespace.set_value(CHRONOLOGY_PARTS, parts)
    return FoundDates(namespace, parts, StoredTable(namespace.read, DATED, parts))


def _digest(head: ArticleHead, shown: DatedSources) -> Digest:
    """Return a digest of all that the dates of an article are read from."""
    about = (head.title, head.site, head.published, "published" in head.guessed, shown.files[head.id].language)
    return digest(shown.files[head.id].text, shown.states[head.id].analysis, repr(about))


def _read(context: BuildContext, head: ArticleHead, shown: DatedSources) -> tuple[DatedSentence, ...]:
    """Return the sentences of an article; none if its file was changed meanwhile, which the page reports."""
    file = shown.files[head.id]
    row = context.cache.result(shown.states[head.id].key)
    try:
        markdown = read_markdown(file)
    except Unusable:
        return ()
    if row is None or not may_have_dates(markdown):
        return ()
    return tuple(dated_sentences(head, text_of(file, markdown), _ANALYSIS.decode(row), file.language))
