"""Articles by date and by source, and those of one entity: whole lists, and the parts of long ones."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable

from glossator import urls
from glossator.model import ArticleId, EntityId, Fingerprint, SitePath
from glossator.stages.plan.catalogue import Catalogue, article_link, entity_link, facts, fingerprint, frame
from glossator.stages.plan.cutting import Tree
from glossator.stages.plan.lists import UNDATED, Part, href, label_of, path, tree, worded
from glossator.views import ArticleGroup, ArticleIndexPage, ArticleLink, Link, ListPart

NEWEST = 20
"""Articles that the table of contents of a whole list shows besides."""

BY_DATE = "Articles by date"
BY_SOURCE = "Articles by source"
UNKNOWN_SOURCE = "Unknown source"


def shows(catalogue: Catalogue, part: Part) -> Fingerprint:
    """The fingerprint of a part's page. Tables of contents are short: they are their own."""
    found = tree(catalogue.lists, part)
    if part.kind == "sources" and not catalogue.lists.sources_apart:
        return fingerprint(articles=_lines(catalogue, catalogue.heads))
    if part.kind == "sources" or part.name in found.cuts:
        return fingerprint(articles=page(catalogue, part))
    members = _lines(catalogue, (article for _, article in found.within(part.name)))
    whose = catalogue.stock.entities[EntityId(part.of)].type if part.kind == "appearances" else ""
    return fingerprint(articles=(members, whose, _trail(catalogue, part), _neighbours(found, part)))


def _lines(catalogue: Catalogue, articles: Iterable[ArticleId]) -> str:
    """What each article's line says."""
    return facts(catalogue, sorted(articles))


def page(catalogue: Catalogue, part: Part) -> ArticleIndexPage:
    if part.kind == "sources":
        return _sources(catalogue, part)
    place, found = path(part), tree(catalogue.lists, part)
    newer, older = (_link(part, name, place) for name in _neighbours(found, part))
    contents = part.name in found.cuts
    return ArticleIndexPage(
        frame=frame(catalogue, place, _title(catalogue, part), _section(part)),
        entity=entity_link(catalogue, EntityId(part.of), place) if part.kind == "appearances" else None,
        grouped_by="date",
        trail=_trail(catalogue, part),
        newer=newer,
        older=older,
        parts=contents_of(found, part, place) if contents else (),
        newest=_newest(catalogue, part, place) if contents and not part.name else (),
        groups=() if contents else _months(catalogue, found, part.name, place),
        count=found.counts[part.name],
    )


def contents_of(found: Tree[ArticleId], part: Part, page: SitePath) -> tuple[ListPart, ...]:
    """The parts that a list by date is cut into, newest first; what has no date comes last."""
    months = found.tally(len("2024-03")) if part == Part("articles", "", "") else {}
    return tuple(
        ListPart(
            label=label_of(name),
            anchor=f"m{name}",
            count=found.counts[name],
            href=urls.relative(path(Part(part.kind, part.of, name)), page),
            months=tuple(
                ListPart(month, f"m{month}", months[month], href(found, part, month, page), ())
                for month in sorted(months)
                if len(name) == len("2024") and month.startswith(f"{name}-") and not month.startswith(UNDATED)
            ),
        )
        for name in _newest_first(found.cuts[part.name])
    )


def _sources(catalogue: Catalogue, part: Part) -> ArticleIndexPage:
    """By publication, A to Z; what has none comes last."""
    place, lists = path(part), catalogue.lists
    names = sorted(lists.sources, key=lambda name: (not name, name.casefold(), name))
    counted = ((name, urls.source_anchor(name), lists.sources[name].counts[""]) for name in names)
    apart = lists.sources_apart
    return ArticleIndexPage(
        frame=frame(catalogue, place, BY_SOURCE, "sources"),
        entity=None,
        grouped_by="source",
        trail=(),
        newer=None,
        older=None,
        parts=tuple(
            ListPart(name, anchor, count, urls.relative(urls.source_path(name), place), ())
            for name, anchor, count in (counted if apart else ())
        ),
        newest=(),
        groups=tuple(
            ArticleGroup(name, anchor, _links(catalogue, lists.sources[name], "", place))
            for name, anchor, _ in (() if apart else counted)
        ),
        count=len(catalogue.heads),
    )


def _months(catalogue: Catalogue, found: Tree[ArticleId], name: str, page: SitePath) -> tuple[ArticleGroup, ...]:
    """The articles of a part by month, newest first; what has no date comes last."""
    groups: dict[str, list[ArticleLink]] = defaultdict(list)
    for link in _links(catalogue, found, name, page):
        groups[link.date[:7]].append(link)
    return tuple(
        ArticleGroup(label, f"m{label}" if label else "undated", tuple(groups[label]))
        for label in sorted(groups, reverse=True)
    )


def _links(catalogue: Catalogue, found: Tree[ArticleId], name: str, page: SitePath) -> tuple[ArticleLink, ...]:
    members = sorted((article for _, article in found.within(name)), key=catalogue.places.__getitem__)
    return tuple(article_link(catalogue, article, page) for article in members)


def _newest(catalogue: Catalogue, part: Part, page: SitePath) -> tuple[ArticleLink, ...]:
    every = (article for _, article in tree(catalogue.lists, part).within(""))
    newest = (
        [head.id for head in catalogue.stock.heads[:NEWEST]]
        if part.kind == "articles"
        else heapq.nsmallest(NEWEST, every, key=catalogue.places.__getitem__)
    )
    return tuple(article_link(catalogue, article, page) for article in newest)


def _title(catalogue: Catalogue, part: Part) -> str:
    if part.kind == "articles":
        undated = part.name.startswith(UNDATED)
        return (worded(part.name) if undated else f"Articles of {worded(part.name)}") if part.name else BY_DATE
    name = catalogue.stock.entities[EntityId(part.of)].name if part.kind == "appearances" else part.of or UNKNOWN_SOURCE
    return f"{name}: {worded(part.name)}" if part.name else name


def _section(part: Part) -> str:
    return {"articles": "articles", "source": "sources"}.get(part.kind, "entities")


def _trail(catalogue: Catalogue, part: Part) -> tuple[Link, ...]:
    place = path(part)
    above = (Link(BY_SOURCE, urls.relative(urls.SOURCES, place)),) if part.kind == "source" else ()
    wider = (Part(part.kind, part.of, name) for name in tree(catalogue.lists, part).wider(part.name))
    links = (
        Link(worded(one.name) if one.name else _title(catalogue, one), urls.relative(path(one), place)) for one in wider
    )
    return *above, *links


def _neighbours(found: Tree[ArticleId], part: Part) -> tuple[str, str]:
    """The parts before and after one, newest first, by name; empty where there is none."""
    names = _newest_first(found.beside(part.name))
    place = names.index(part.name) if part.name else 0
    return (names[place - 1] if place else ""), (names[place + 1] if place + 1 < len(names) else "")


def _newest_first(names: Collection[str]) -> list[str]:
    undated = [name for name in names if name.startswith(UNDATED)]
    return [*sorted(set(names).difference(undated), reverse=True), *sorted(undated)]


def _link(part: Part, name: str, page: SitePath) -> Link | None:
    return Link(worded(name), urls.relative(path(Part(part.kind, part.of, name)), page)) if name else None
