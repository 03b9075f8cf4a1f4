"""Names from A to Z, of one type or of all: whole lists, and the parts of long ones."""

from __future__ import annotations

import heapq
from collections import defaultdict

from anyascii import anyascii

from glossator import urls
from glossator.model import Entity, EntityId, EntityType, Fingerprint, SitePath
from glossator.stages.plan.catalogue import TYPES, Catalogue, entity_link, fingerprint, frame
from glossator.stages.plan.lists import Part, name_key, path
from glossator.stages.plan.parts import Tree
from glossator.views import EntityIndexPage, EntityRow, Letter, Link, ListPart, TypeTab

FOREMOST = 30
"""Entities that a table of contents shows besides."""

GROUPED = 60
"""A part of more names than this is grouped by one letter more."""

PLURALS = {kind: "People" if kind == EntityType.PERSON else f"{kind.capitalize()}s" for kind in TYPES}


def shows(catalogue: Catalogue, part: Part) -> Fingerprint:
    """The fingerprint of a part's page. Tables of contents are short: they are their own."""
    found = catalogue.lists.names[part.of]
    if part.name in found.cuts:
        return fingerprint(entities=page(catalogue, part))
    rows = [_facts(catalogue, catalogue.entities[one]) for _, one in sorted(found.within(part.name))]
    return fingerprint(entities=(rows, _tabs(catalogue, part), _trail(catalogue, part), _beside(catalogue, part)))


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
        foremost=_foremost(catalogue, found, part.name, place) if contents else (),
        letters=() if contents else _letters(catalogue, found, part.name, place),
        count=found.counts[part.name],
    )


def _contents(part: Part, found: Tree[EntityId], page: SitePath) -> tuple[ListPart, ...]:
    named = ((name, path(Part(part.kind, part.of, name))) for name in found.cuts[part.name])
    return tuple(
        ListPart(_label(name), f"part-{name}", found.counts[name], urls.relative(to, page), ()) for name, to in named
    )


def _foremost(catalogue: Catalogue, found: Tree[EntityId], name: str, page: SitePath) -> tuple[EntityRow, ...]:
    every = (catalogue.entities[one] for _, one in found.within(name))
    first = heapq.nsmallest(FOREMOST, every, key=lambda entity: (-len(entity.appearances), entity.id))
    return tuple(_row(catalogue, entity, page) for entity in first)


def _letters(catalogue: Catalogue, found: Tree[EntityId], name: str, page: SitePath) -> tuple[Letter, ...]:
    members = sorted((catalogue.entities[one] for _, one in found.within(name)), key=_sort_key)
    length = len(name) + 1 if not name or len(members) > GROUPED else len(name)
    letters: dict[str, list[EntityRow]] = defaultdict(list)
    for entity in members:
        letters[name_key(entity.name)[:length]].append(_row(catalogue, entity, page))
    return tuple(Letter(_label(beginning), tuple(letters[beginning])) for beginning in sorted(letters))


def _label(name: str) -> str:
    """The beginning of names as a heading; `#` stands for all that begin with no letter."""
    return name.lstrip("_").replace("-", " ").strip().capitalize() or "#"


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


def _facts(catalogue: Catalogue, entity: Entity) -> tuple[object, ...]:
    """What an entity's row says."""
    times = (len(entity.appearances), entity.mentions, *catalogue.lists.spans[entity.id])
    return entity.id, entity.name, entity.type, times, entity.aliases


def _row(catalogue: Catalogue, entity: Entity, page: SitePath) -> EntityRow:
    aliases = tuple(form for form, _ in entity.aliases)
    link, span = entity_link(catalogue, entity.id, page), catalogue.lists.spans[entity.id]
    return EntityRow(link, len(entity.appearances), entity.mentions, *span, aliases)
