"""Names from A to Z, of one type or of all: whole lists, and the parts of long ones."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable

from glossator import site_paths
from glossator.collation import heading, in_own_script, sort_key
from glossator.model import Entity, EntityId, EntityType, SitePath
from glossator.stages.plan.catalogue import LONG_LIST, TYPES, Catalogue, entity_link, frame, group
from glossator.stages.plan.catalogue.cut_long_lists import Tree, name_key
from glossator.stages.plan.catalogue.list_pages import ListPage, label_of_names, page_path, part_href
from glossator.stages.plan.catalogue.profiles import listed_names
from glossator.stages.plan.lists.navigation import contents_of, in_order, section, title, trail
from glossator.stages.plan.parts.cards import listed_line
from glossator.views import EntityIndexPage, EntityRow, Letter, Link, TypeTab

FOREMOST = 30
"""Entities that a table of contents shows besides the parts."""


def compose(catalogue: Catalogue, page: ListPage) -> EntityIndexPage:
    path, tree = page_path(page), catalogue.lists.names[page.of]
    contents = page.name in tree.cuts
    return EntityIndexPage(
        frame=frame(catalogue, path, title(catalogue, page), section(page)),
        type=EntityType(page.of) if page.of else None,
        tabs=_tabs(catalogue, page),
        trail=trail(catalogue, page, path),
        beside=_beside(catalogue, page),
        parts=contents_of(catalogue, page, path) if contents else (),
        foremost=_rows(catalogue, _foremost(catalogue, page) if contents else (), path),
        letters=() if contents else _letters(catalogue, tree, page.name, path),
        count=tree.counts[page.name],
    )


def _foremost(catalogue: Catalogue, page: ListPage) -> list[EntityId]:
    """Return the entities of a list that appear in most articles."""
    rows, tree = group(catalogue, "rows").lists.rows, catalogue.lists.names[page.of]
    members = (entity for _, entity in tree.members_of(page.name))
    most = heapq.nsmallest(FOREMOST, ((-rows[entity].articles, entity) for entity in members))
    return [entity for _, entity in most]


def _letters(catalogue: Catalogue, tree: Tree[EntityId], name: str, path: SitePath) -> tuple[Letter, ...]:
    language = catalogue.site.words.language
    entities = (catalogue.content.entities[key] for _, key in tree.members_of(name))
    members = sorted((sort_key(language, entity.name), entity.id, entity.name) for entity in entities)
    length = len(name) + 1 if not name or len(members) > LONG_LIST else len(name)
    letters: dict[tuple[int, str, str], list[EntityRow]] = defaultdict(list)
    for (place, *_), entity, known_as in members:
        own = "" if in_own_script(language, known_as) else heading(language, known_as)
        beginning = "" if own else name_key(known_as, language)[:length]
        letters[place, beginning, own].append(_row(catalogue, catalogue.content.entities[entity], path))
    # Letters of other scripts than the Latin keep the order of their names.
    ordered = sorted(letters, key=lambda letter: (letter[0], letter[1] if letter[0] == 1 else ""))
    return tuple(Letter(letter[2] or label_of_names(letter[1]), tuple(letters[letter])) for letter in ordered)


def _beside(catalogue: Catalogue, page: ListPage) -> tuple[Link, ...]:
    path = page_path(page)
    return tuple(
        Link(label_of_names(name), "" if name == page.name else part_href(page, name, path))
        for name in in_order(catalogue, catalogue.lists.names[page.of].siblings(page.name))
    )


def _tabs(catalogue: Catalogue, page: ListPage) -> tuple[TypeTab, ...]:
    trees = catalogue.lists.names
    return tuple(
        TypeTab(
            type=EntityType(kind) if kind else None,
            count=0 if page.name else trees[kind].counts[""],
            href=site_paths.relative(page_path(ListPage(page.kind, kind, "")), page_path(page)),
            current=kind == page.of,
        )
        for kind in ("", *TYPES)
        if kind in trees
    )


def _rows(catalogue: Catalogue, entities: Iterable[EntityId], path: SitePath) -> tuple[EntityRow, ...]:
    return tuple(_row(catalogue, catalogue.content.entities[entity], path) for entity in entities)


def _row(catalogue: Catalogue, entity: Entity, path: SitePath) -> EntityRow:
    row, link = catalogue.lists.rows[entity.id], entity_link(catalogue, entity.id, path)
    line = listed_line(catalogue, catalogue.profiles[entity.id])
    aliases = listed_names(entity, catalogue.site.words.language)
    return EntityRow(link, row.articles, row.mentions, row.first, row.last, line, aliases)
