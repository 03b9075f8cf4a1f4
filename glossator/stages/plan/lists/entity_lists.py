"""Names from A to Z, of one type or of all: whole lists, and the parts of long ones."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable

from glossator import site_paths
from glossator.collation import heading, in_own_script, sort_key
from glossator.model import Entity, EntityId, EntityType, Fingerprint, SitePath
from glossator.stages.plan.catalogue import TYPES, Catalogue, entity_link, fingerprint_of, frame
from glossator.stages.plan.catalogue.cut_long_lists import Tree, name_key
from glossator.stages.plan.catalogue.list_pages import ListPage, label_of_names, page_path, part_href
from glossator.stages.plan.lists.navigation import contents_of, in_order, section, title, trail
from glossator.stages.plan.parts.cards import other_names
from glossator.views import EntityIndexPage, EntityRow, Letter, Link, TypeTab

FOREMOST = 30
"""Entities that a table of contents shows besides the parts."""

GROUPED = 60
"""Names in a part, beyond which it is grouped by one more letter."""


def page_fingerprint(catalogue: Catalogue, page: ListPage) -> Fingerprint:
    """Return the fingerprint of a list's page: of its rows, and of the lists that it links to."""
    trees, name = catalogue.lists.names, page.name
    tree = trees[page.of]
    narrower = [(part, tree.counts[part]) for part in tree.cuts.get(name, ())]
    listed = _foremost(catalogue, page) if narrower else sorted(entity for _, entity in tree.members_of(name))
    rows = [(entity, catalogue.lists.rows[entity].digest) for entity in listed]
    types = sorted((kind, 0 if name else tree.counts[""]) for kind, tree in trees.items())
    return fingerprint_of(
        entities=(rows, narrower, types, tree.ancestors(name), tree.siblings(name), tree.counts[name])
    )


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
    lists = catalogue.lists
    # If enough of them appear in very many articles, the others need not be compared.
    known = [entity for entity in lists.appearances if not page.of or lists.rows[entity].type == page.of]
    enough = not page.name and len(known) >= FOREMOST
    members = known if enough else [entity for _, entity in lists.names[page.of].members_of(page.name)]
    most = heapq.nsmallest(FOREMOST, [(-lists.rows[entity].articles, entity) for entity in members])
    return [entity for _, entity in most]


def _letters(catalogue: Catalogue, tree: Tree[EntityId], name: str, path: SitePath) -> tuple[Letter, ...]:
    language = catalogue.site.words.language
    entities = (catalogue.content.entities[key] for _, key in tree.members_of(name))
    members = sorted((sort_key(language, entity.name), entity.id, entity.name) for entity in entities)
    length = len(name) + 1 if not name or len(members) > GROUPED else len(name)
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
    return EntityRow(link, row.articles, row.mentions, row.first, row.last, other_names(entity))
