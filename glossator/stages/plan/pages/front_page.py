"""Articles -> the front of the home page: a lead, others beside it, those that came last, and names in the news."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from glossator.dates import utc
from glossator.model import ArticleHead, EntityId, SitePath
from glossator.stages.plan.catalogue import Catalogue, article_link, entities_of, entity_link, wide_picture
from glossator.stages.plan.catalogue.keywords import SEVERAL
from glossator.stages.plan.parts.cards import listed_line
from glossator.text import whole_sentences_of
from glossator.views import ArticleLink, ProminentEntity

CANDIDATES = 12
"""Newest articles among which those at the top are chosen."""
BESIDE = 3
"""Articles beside the lead; one more if it is the only other one."""
_SENTENCE_END = re.compile(r"\w[.!?…。！？؟।][”\"’'»)]*(?:\s|$)")
"""The end of a sentence: the line above a comment, with its author and age, has none."""
BRIEF = 160
"""Characters of a description beside the lead, if its first sentence is not longer."""
UNDATED = 4
"""Articles without a day that are shown at the end of a list."""
NEWS_DAYS = 60
"""Days before the newest article that count as news."""
NEWS = 6
NEWS_SHARE = 0.6
"""Share of the archive's articles that the news may be: of an archive that is all news, everything is in the news."""
DESCRIBED = 4
"""Entities of a list of which one has to have a line, at least: a single line among many reads as a slip."""


class Front(NamedTuple):
    """The articles at the top of the home page, each once, and the lists of those that came last."""

    lead: ArticleLink | None
    beside: tuple[ArticleLink, ...]
    published: tuple[ArticleLink, ...]
    saved: tuple[ArticleLink, ...]


def front(catalogue: Catalogue, path: SitePath) -> Front:
    """Return the front of the page at `path`: those of the newest articles with a source and a text of their own.

    They are in the language of most articles; what is newer leads the list of those published last. What has no date is
    at the top only if nothing has one: what was published last and saved last have lists. A clipping without any day is
    seen as well, after what was saved last, or after the others if there is no such list.
    """
    heads = [head for head in catalogue.heads.values() if head.date] or list(catalogue.heads.values())
    newest = heads[: CANDIDATES + catalogue.settings.newest]
    candidates = [head for head in newest[:CANDIDATES] if _is_sourced(catalogue, head)] or newest[: 1 + BESIDE]
    main = _main_language(catalogue)
    own = [head for head in candidates if _language(head) == main] or candidates
    lead = _lead(catalogue, own, path)
    beside = [head for head in dict.fromkeys((*own, *candidates, *newest)) if head is not lead][:BESIDE]
    beside.sort(key=newest.index)
    rest = [head for head in newest if head is not lead and head not in beside and (head.published or not head.saved)]
    rest = rest[: catalogue.settings.newest]
    saved = [head for head in latest_articles(catalogue, catalogue.settings.newest) if head.saved]
    undated = [head for head in catalogue.heads.values() if not (head.date or head.saved or head in newest)][:UNDATED]
    (saved if len(saved) + len(undated) >= SEVERAL else rest).extend(undated)
    if len(rest) < SEVERAL:  # no list of its own
        beside, rest = [*beside, *rest], []
    return Front(
        replace(article_link(catalogue, lead.id, path), thumbnail=wide_picture(catalogue, lead.id, path))
        if lead
        else None,
        tuple(_in_brief(_listed(catalogue, head, path)) for head in beside),
        tuple(_listed(catalogue, head, path) for head in rest),
        tuple(_saved_link(catalogue, head, path) for head in saved) if len(saved) >= SEVERAL else (),
    )


def _is_sourced(catalogue: Catalogue, head: ArticleHead) -> bool:
    """True if it is known when and where an article was published, and it has words of its own for the front."""
    sourced = head.published and (head.site or head.source) and _SENTENCE_END.search(head.description or "")
    return bool(sourced) and head.id not in catalogue.wordless


def _listed(catalogue: Catalogue, head: ArticleHead, path: SitePath) -> ArticleLink:
    """Return an article for a list, without the words of one that says nothing: a text that fills a page."""
    link = article_link(catalogue, head.id, path)
    return replace(link, description="") if head.id in catalogue.wordless else link


def _lead(catalogue: Catalogue, candidates: Sequence[ArticleHead], path: SitePath) -> ArticleHead | None:
    """Return the newest candidate, rather one whose page states its day, and that has a picture."""
    candidates = [head for head in candidates if head.stated_day] or candidates
    pictured = (head for head in candidates[: 1 + BESIDE] if article_link(catalogue, head.id, path).thumbnail)
    return next(pictured, None) or next(iter(candidates), None)


def _main_language(catalogue: Catalogue) -> str:
    """Return the language of most articles; empty if that is not known."""
    languages = Counter(_language(head) for head in catalogue.heads.values())
    return next((language for language, _ in languages.most_common(1)), "")


def _language(head: ArticleHead) -> str:
    """Return the primary subtag of an article's language."""
    return (head.language or "").partition("-")[0].lower()


def latest_articles(catalogue: Catalogue, most: int) -> list[ArticleHead]:
    """Return the articles that came last: by the moment when each was saved, or else published."""
    heads = catalogue.heads.values()
    # Moments are compared as texts first, which is quick; those of other time zones are among a few more.
    some = heapq.nlargest(2 * most, heads, key=lambda head: head.saved or head.published or "")
    return sorted(some, key=lambda head: (utc(head.saved or head.published or ""), head.id), reverse=True)[:most]


def _in_brief(link: ArticleLink) -> ArticleLink:
    """Return an article for a narrow column, with the sentences of its description that fit a few lines."""
    return replace(link, description=whole_sentences_of(link.description, BRIEF))


def _saved_link(catalogue: Catalogue, head: ArticleHead, path: SitePath) -> ArticleLink:
    link = article_link(catalogue, head.id, path)
    return replace(link, date=head.saved[:10], date_kind="saved") if head.saved else link


def in_the_news(catalogue: Catalogue, path: SitePath) -> tuple[ProminentEntity, ...]:
    """Return the entities that the newest articles name more often than all do; new is what is near the newest one."""
    heads = [head for head in catalogue.heads.values() if head.date]
    if not heads:
        return ()
    try:
        since = str(date.fromisoformat((heads[0].date or "")[:10]) - timedelta(days=NEWS_DAYS))
    except (ValueError, OverflowError):
        return ()
    recent = [head for head in heads if (head.date or "") >= since]
    if len(recent) > NEWS_SHARE * len(heads):
        return ()
    counts = Counter(entity for head in recent for entity in entities_of(catalogue, head.id))
    profiles, rows = catalogue.profiles, catalogue.lists.rows
    paged = {key: count for key, count in counts.items() if count >= SEVERAL and profiles[key].page}
    rise = {key: count - rows[key].articles * len(recent) / len(heads) for key, count in paged.items()}
    ranked = heapq.nsmallest(NEWS, ((-more, key) for key, more in rise.items() if more > 0))
    named = tuple(
        ProminentEntity(entity_link(catalogue, key, path), listed_line(catalogue, profiles[key]), counts[key])
        for _, key in ranked
    )
    if len(named) < SEVERAL:
        return ()
    return named if are_described(named) else tuple(without_line(catalogue, each) for each in named)


def are_described(entities: Collection[ProminentEntity]) -> bool:
    """True if enough entities of a list have a line."""
    return DESCRIBED * sum(bool(each.descriptor) for each in entities) >= len(entities)


def without_line(catalogue: Catalogue, entity: ProminentEntity) -> ProminentEntity:
    """Return an entity without its line, unless that says whose surname it may be."""
    return entity if catalogue.profiles[EntityId(entity.entity.id)].bearers else replace(entity, descriptor="")
