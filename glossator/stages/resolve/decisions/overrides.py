"""Names that a person spoke of one by one -> names under which they join the entity that was meant."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from glossator.model import NOBODY, ArticleId, Decisions, EntityType, Name, Problem, PublishedId
from glossator.stages.resolve.blocking import keys
from glossator.stages.resolve.blocking.columns import Names
from glossator.stages.resolve.decisions.conflicts import PATH
from glossator.stages.resolve.entities.canonical_name import vote


@dataclass(frozen=True, slots=True)
class Targets:
    """Whom single names are said to be."""

    names: tuple[str, ...] = ()
    """Under which their clusters are found, sorted."""
    taken: tuple[tuple[str, str], ...] = ()
    """Names that the articles do not use, each with one that they do use for what it was taken from; sorted."""


NO_TARGETS = Targets()


def retarget(names: Names, decisions: Decisions, published: Sequence[PublishedId]) -> tuple[Names, Targets]:
    """The names, of which each that a person spoke of has the name of what it was said to be as its best form.

    From then on it is a name like any other, and goes where the archive's names of that key go.
    """
    if not any(name.said for name in names.known):
        return names, NO_TARGETS
    types: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for number, times in Counter(names.numbers).items():
        name = names.known[number]
        if not name.said:
            types[keys.general(name.form)][name.type] += times * sum(count for _, count in name.forms)
    ids = {str(one.id): one for one in published}
    decided = {name.casefold(): kind for name, kind in decisions.types}
    targets: set[str] = set()
    taken: set[tuple[str, str]] = set()

    def meant(name: Name) -> Name:
        if not name.said:
            return name
        one = ids.get(name.said)
        target = target_of(name, ids)
        targets.add(target)
        known = types.get(keys.general(target))
        if known is None and keys.general(target) != keys.general(name.form):
            taken.add((target, name.form))
        kind = decided.get(target.casefold()) or (one.type if one else None) or (vote(known) if known else name.type)
        return replace(name, form=target, type=kind)

    known = tuple(map(meant, names.known))
    return replace(names, known=known), Targets(tuple(sorted(targets)), tuple(sorted(taken)))


def target_of(name: Name, ids: Mapping[str, PublishedId]) -> str:
    """The name of what a name was said to be; its own where nothing was."""
    one = ids.get(name.said)
    return one.name if one else name.said or name.form


def unknown_articles(decisions: Decisions, articles: Collection[ArticleId]) -> Iterator[Problem]:
    """Articles that decisions name and the archive has not."""
    for split in decisions.splits:
        kind = "ignore-in" if split.entity == NOBODY else "split"
        for article in split.articles:
            if ArticleId(article) not in articles:
                near = difflib.get_close_matches(article, sorted(articles), 1)
                hint = f"Did you mean {near[0]}?" if near else "Write the end of its page's address, without .html."
                yield Problem("resolve", PATH, f"{kind}: there is no article {article}. {hint}", split.line, False)
