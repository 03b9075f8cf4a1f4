"""Resolve what a change of articles, decisions or published ids affects, exactly as resolving everything would."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from glossator import inverse_frequency
from glossator.model import (
    ArchiveUpdate,
    ArticleId,
    ArticleNames,
    Decisions,
    Entity,
    EntityId,
    Note,
    Problem,
    PublishedId,
    RowReader,
    Suggestion,
)
from glossator.naming.languages import ENGLISH
from glossator.naming.private_names import private_names
from glossator.stages.resolve.blocking import tabulate
from glossator.stages.resolve.clustering.co_occurrence import ArticleContext
from glossator.stages.resolve.decisions.state import SIMILAR_NAME
from glossator.stages.resolve.decisions.statements import DecidedNames
from glossator.stages.resolve.small_words import SmallCount, SmallWords
from glossator.stages.resolve.update.blocking_keys import ID_MARK, SPELLING_MARK
from glossator.stages.resolve.update.closure import Closure
from glossator.stages.resolve.update.resolution import Resolution, components_of
from glossator.stages.resolve.update.similar_names import similar_names
from glossator.stages.resolve.update.stored_rows import (
    NOTHING_FOUND,
    STATE_KEY,
    Component,
    Findings,
    KeyEntries,
    KeyIndex,
    Resolved,
    ResolveState,
)


def resolve_changes(
    read: RowReader,
    changed: Mapping[ArticleId, ArticleNames | None],
    decided: tuple[Decisions, Sequence[Note]],
    published: Sequence[PublishedId],
    site_language: str = ENGLISH,
) -> ArchiveUpdate:
    """Resolve the components that are not as they were when the rows were stored that `read` gives.

    `changed` are articles that may differ, and None for one that is gone; `decided` are all decisions and notes,
    `published` the ids that were given out before. Everything is resolved if nothing was stored, if other names are
    private, and if the archive has doubled in size or has another main language. The rows must be those of a site in
    `site_language`.
    """
    state = read(ResolveState, (STATE_KEY,)).get(STATE_KEY, ResolveState())
    before = read(ArticleNames, sorted(changed))
    sizes = _sizes(changed, before)
    gone, there = [before[article] for article in sizes if article in before], _Present(changed, sizes)
    languages = _languages(state.languages, gone, there)
    table = tabulate(there, _main(languages), site_language)
    closure = Closure(
        read=read,
        table=table,
        changed=sizes,
        decided=DecidedNames(*decided, site_language),
        ids={published_id.id: published_id for published_id in published},
        private=private_names(decided[0].private, published),
        languages=languages,
        index=KeyIndex(read),
        small=SmallWords(read, gone, there, _main(languages)),
    )
    if _depends_on(state.languages, state.private) != _depends_on(languages, closure.private.whole):
        closure.loaded = dict(read(Component, None))
    closure.load_affected(chain(table.names, *(row.names for row in gone)), state)
    return _update(closure, state)


def _sizes(
    changed: Mapping[ArticleId, ArticleNames | None], stored: Mapping[ArticleId, ArticleNames]
) -> dict[ArticleId, int | None]:
    """Return the number of names of each article that differs from `stored`, or None if it is gone; sorted by id."""
    pairs = ((article, changed[article]) for article in sorted(changed))
    return {
        article: None if names is None else len(names.names) for article, names in pairs if names != stored.get(article)
    }


@dataclass(frozen=True, slots=True)
class _Present:
    """The articles of some sizes that are there. They are looked up at each iteration, and not held together."""

    articles: Mapping[ArticleId, ArticleNames | None]
    sizes: Mapping[ArticleId, int | None]

    def __iter__(self) -> Iterator[ArticleNames]:
        return filter(None, (self.articles[article] for article, size in self.sizes.items() if size is not None))


def _languages(
    stored: Mapping[str, int], gone: Iterable[ArticleNames], there: Iterable[ArticleNames]
) -> dict[str, int]:
    """Return the number of articles in each language, by those that were `stored`."""
    counts = Counter(stored)
    counts.subtract(Counter(names.language for names in gone))
    counts.update(names.language for names in there)
    return {language: count for language, count in sorted(counts.items()) if count}


def _main(languages: Mapping[str, int]) -> str:
    """Return the language of most articles, of those that state one."""
    stated = [language for language in languages if language]
    return min(stated, key=lambda language: (-languages[language], language), default="")


def _depends_on(languages: Mapping[str, int], private: tuple[str, ...]) -> tuple[int, str, tuple[str, ...]]:
    """Return what every component depends on; `languages` has the number of articles in each."""
    return inverse_frequency.scale(sum(languages.values())), _main(languages), private


def _update(closure: Closure, former: ResolveState) -> ArchiveUpdate:
    """Resolve, and return what differs, and the rows that the next update needs."""
    made, contexts = closure.resolve()
    parts = components_of(made)
    components = {name: component for name, (component, _) in parts.items()}
    closure.index.replace(closure.loaded, components)
    before = {entity.id: entity.digest for component in closure.loaded.values() for entity in component.entities}
    now = {entity.id: entity for entity in made.entities}
    entities: dict[EntityId, Entity | None] = {key: None for key in before if key not in now}
    entities |= {key: entity for key, entity in now.items() if before.get(key) != entity.digest}
    spread = former.spread | {key: len(entity.appearances) for key, entity in entities.items() if entity}
    resolved = _resolved(closure, made)
    published = {**closure.ids, **{published_id.id: published_id for published_id in made.published}}
    kept = {name: about for name, about in former.findings.items() if name not in closure.loaded}
    findings = kept | {name: about for name, (_, about) in parts.items() if about != NOTHING_FOUND}
    state = ResolveState(
        languages=dict(closure.languages),
        lines=closure.decided.lines,
        statements={statement: ID_MARK + names[0].casefold() for statement, names in closure.decided.names.items()},
        published={key: (published_id.name, published_id.type) for key, published_id in published.items()},
        private=closure.private.whole,
        findings=findings,
        spread={key: count for key, count in spread.items() if entities.get(key, count)},
    )
    rows = {name: new for name, new in components.items() if new != closure.loaded.get(name)}
    problems = _problems(closure, components, findings.values())
    return ArchiveUpdate(
        writes={
            ArticleContext: contexts,
            Resolved: resolved,
            Component: {**dict.fromkeys(closure.loaded.keys() - components), **rows},
            KeyEntries: closure.index.writes(),
            Entity: entities,
            ResolveState: {STATE_KEY: state},
            SmallCount: closure.small.writes(),
        },
        entities=entities,
        resolved=resolved,
        suggestions=tuple(Suggestion(*pair) for pair in sorted(_all(about.suggestions for about in findings.values()))),
        redirects=tuple(sorted(_all(about.redirects.items() for about in findings.values()))),
        problems=tuple(problems),
        unmatched={problem: name for problem, name in problems.items() if name},
        published=tuple(published[key] for key in sorted(published)),
        spread=state.spread,
    )


_all = chain.from_iterable


def _forms(components: Iterable[Component]) -> set[str]:
    return {name.spelling for component in components for name in component.names}


def _forms_with(closure: Closure, new: Mapping[str, Component], prefixes: Collection[str]) -> set[str]:
    """Return all forms of the components that have a form with one of the prefixes; `new` are those resolved now."""
    keys = {SPELLING_MARK + prefix for prefix in prefixes}
    closure.index.load(keys)
    names = {name for key in keys for name in closure.index.components(key)}
    stored = closure.read(Component, sorted(names - new.keys())) if names - new.keys() else {}
    return _forms(chain(stored.values(), (new[name] for name in names & new.keys())))


def _resolved(closure: Closure, made: Resolution) -> dict[ArticleId, Resolved | None]:
    """Return the entity of each name for the articles in which one differs."""
    batch, changed = made.prepared.batch, closure.changed
    moved: dict[ArticleId, dict[int, EntityId | None]] = defaultdict(dict)
    for occurrence, (owner, before) in enumerate(zip(made.owners, batch.owners, strict=True)):
        if owner != before:
            moved[batch.table.articles[occurrence]][batch.table.indices[occurrence]] = owner
    resolved: dict[ArticleId, Resolved] = {
        article: (None,) * names for article, names in changed.items() if names is not None
    }
    resolved |= closure.read(Resolved, sorted(moved.keys() - changed.keys()))
    for article, ids in moved.items():
        resolved[article] = tuple(ids.get(index, entity_id) for index, entity_id in enumerate(resolved[article]))
    return {**dict.fromkeys(changed), **resolved}


def _problems(closure: Closure, new: Mapping[str, Component], findings: Iterable[Findings]) -> dict[Problem, str]:
    """Return the problems in their order, each with the name that it is about if no article has that.

    `new` are the components that were resolved now.
    """
    problems = [*_all(about.problems for about in findings)]
    wanted = (problem.unmatched[0] for problem in problems if problem.unmatched)
    similar = similar_names(wanted, lambda prefixes: _forms_with(closure, new, prefixes))
    names: dict[Problem, str] = {}
    for path, message, line, unmatched in problems:
        name = similar.get(unmatched[0]) if unmatched else ""
        text = unmatched[1].replace(SIMILAR_NAME, name) if unmatched and name else message
        names[Problem("resolve", path, text, line, fatal=False)] = unmatched[0] if unmatched else ""
    ordered = sorted(names, key=lambda problem: (problem.path, problem.line or 0, problem.message))
    return {problem: names[problem] for problem in ordered}
