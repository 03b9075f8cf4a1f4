"""Names from A to Z, of one type or of all: whole lists, and the parts of long ones."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable

from anyascii import anyascii

from glossator import urls
from glossator.model import Entity, EntityId, EntityType, Fingerprint, SitePath
from glossator.stages.plan.catalogue import TYPES, Catalogue, entity_link, fingerprint, frame
from glossator.stages.plan.cutting import Tree
from glossator.stages.plan.lists import Part, name_key, path
from glossator.views import EntityIndexPage, EntityRow, Letter, Link, ListPart, TypeTab

FOREMOST = 30
"""Entities that a table of contents shows besides."""

GROUPED = 60
"""A part of more names than this is grouped by one letter more."""

PLURALS = {kind: "People" if kind == EntityType.PERSON else f"{kind.capitalize()}s" for kind in TYPES}


def shows(catalogue: Catalogue, part: Part) -> Fingerprint:
    """The fingerprint of a part's page: of what it lists, and of the lists that it leads to."""
    trees, name = catalogue.lists.names, part.name
    found = trees[part.of]
    narrower = [(one, found.counts[one]) for one in found.cuts.get(name, ())]
    listed = _foremost(catalogue, part) if narrower else sorted(one for _, one in found.within(name))
    rows = [(entity, catalogue.lists.rows[entity].digest) for entity in listed]
    types = sorted((kind, 0 if name else tree.counts[""]) for kind, tree in trees.items())
    return fingerprint(entities=(rows, narrower, types, found.wider(name), found.beside(name), found.counts[name]))


def page(catalogue: Catalogue, part: Part) -> EntityIndexPage:
    place, found = path(part), catalogue.lists.names[part.of]
    contents = part.name in found.cuts
    return EntityIndexPage(
        frame=frame(catalogue, place, _title(part), "entities"),
        type=EntityType(part.of) if part.of else None,
        tabs=_tabs(catalogue, part),
        trail=_trail(catalogue, part),
        beside=_beside(catalogue, part),
        parts=_contents(part, found, place) if contents else (),
        foremost=_rows(catalogue, _foremost(catalogue, part) if contents else (), place),
        letters=() if contents else _letters(catalogue, found, part.name, place),
        count=found.counts[part.name],
    )


def _contents(part: Part, found: Tree[EntityId], page: SitePath) -> tuple[ListPart, ...]:
    named = ((name, path(Part(part.kind, part.of, name))) for name in found.cuts[part.name])
    return tuple(
        ListPart(_label(name), f"part-{name}", found.counts[name], urls.relative(to, page), ()) for name, to in named
    )


def _foremost(catalogue: Catalogue, part: Part) -> list[EntityId]:
    """The entities of a list that appear in most articles."""
    lists = catalogue.lists
    # Where enough of them appear in very many articles, the others need not be looked through.
    known = [one for one in lists.appearances if not part.of or lists.rows[one].type == part.of]
    enough = not part.name and len(known) >= FOREMOST
    members = known if enough else [entity for _, entity in lists.names[part.of].within(part.name)]
    most = heapq.nsmallest(FOREMOST, [(-lists.rows[entity].articles, entity) for entity in members])
    return [entity for _, entity in most]


def _letters(catalogue: Catalogue, found: Tree[EntityId], name: str, page: SitePath) -> tuple[Letter, ...]:
    members = sorted((catalogue.stock.entities[one] for _, one in found.within(name)), key=_sort_key)
    length = len(name) + 1 if not name or len(members) > GROUPED else len(name)
    letters: dict[str, list[EntityRow]] = defaultdict(list)
    for entity in members:
        letters[name_key(entity.name)[:length]].append(_row(catalogue, entity, page))
    return tuple(Letter(_label(beginning), tuple(letters[beginning])) for beginning in sorted(letters))


def _label(name: str) -> str:
    """The beginning of names as a heading; `#` stands for all that begin with no letter."""
    return name.lstrip("_").replace("-", " ").strip().title() or "#"


def _title(part: Part) -> str:
    whole = PLURALS[EntityType(part.of)] if part.of else "Names"
    return f"{whole}: {_label(part.name)}" if part.name else f"{whole}, A to Z"


def _trail(catalogue: Catalogue, part: Part) -> tuple[Link, ...]:
    wider = (Part(part.kind, part.of, name) for name in catalogue.lists.names[part.of].wider(part.name))
    return tuple(
        Link(_label(one.name) if one.name else _title(one), urls.relative(path(one), path(part))) for one in wider
    )


def _beside(catalogue: Catalogue, part: Part) -> tuple[Link, ...]:
    names = catalogue.lists.names[part.of].beside(part.name)
    hrefs = (urls.relative(path(Part(part.kind, part.of, name)), path(part)) for name in names)
    return tuple(Link(_label(name), "" if name == part.name else href) for name, href in zip(names, hrefs, strict=True))


def _tabs(catalogue: Catalogue, part: Part) -> tuple[TypeTab, ...]:
    trees = catalogue.lists.names
    return tuple(
        TypeTab(
            type=EntityType(kind) if kind else None,
            count=0 if part.name else trees[kind].counts[""],
            href=urls.relative(path(Part(part.kind, kind, "")), path(part)),
            current=kind == part.of,
        )
        for kind in ("", *TYPES)
        if kind in trees
    )


def _sort_key(entity: Entity) -> tuple[str, str]:
    return anyascii(entity.name).casefold(), entity.id


def _rows(catalogue: Catalogue, entities: Iterable[EntityId], page: SitePath) -> tuple[EntityRow, ...]:
    return tuple(_row(catalogue, catalogue.stock.entities[entity], page) for entity in entities)


def _row(catalogue: Catalogue, entity: Entity, page: SitePath) -> EntityRow:
    row, aliases = catalogue.lists.rows[entity.id], tuple(form for form, _ in entity.aliases)
    link = entity_link(catalogue, entity.id, page)
    return EntityRow(link, row.articles, row.mentions, row.first, row.last, aliases)
