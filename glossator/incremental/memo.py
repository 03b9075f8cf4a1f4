"""Memoised stage runs: a result is looked up by a key of every input, else made, in this process or by workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic

import msgspec

from glossator.incremental.cache import Cache, Key, RowDecoder
from glossator.incremental.stage import Item, Result, Stage
from glossator.incremental.workers.article_limits import Limits
from glossator.incremental.workers.batches import Exceeded, run_in_workers
from glossator.incremental.workers.executors import Workers
from glossator.model import Digest, Problem
from glossator.text import digest

KEYS_PER_LOOKUP = 64
"""Keys that are looked up together; few, because an article with its pictures may have megabytes."""

Progress = Callable[[str, int, int], None]
"""Function that is called with a stage's name, the number of finished items, and the number of all."""


def no_progress(stage: str, done: int, total: int) -> None:
    """Show nothing of a run."""


class StageResult(msgspec.Struct, Generic[Result], frozen=True):
    """Result of the item at an index, or the problem that prevented one."""

    index: int
    value: Result | Problem
    key: str
    """Digest of the key of the result; empty without a cache."""
    fresh: bool = False
    """True if the result was made now."""
    problem: Problem | None = None
    """Problem because of which the value only stands in for a result."""
    exceeded: Exceeded | None = None
    """The limit that was exceeded, which the problem is about."""


def run_memoised(
    cache: Cache | None, workers: Workers, stage: Stage[Item, Result], items: Sequence[Item], progress: Progress
) -> Iterator[StageResult[Result]]:
    """Yield the stage's result for each item, the memoised ones first.

    The caller need not hold all results in memory. Without a cache every result is made.
    """
    stored: RowDecoder[Result] = RowDecoder(stage.result)
    made = msgspec.msgpack.Decoder(stage.result)
    keys = _keys(stage, items) if cache else ()
    missing: list[int] = [] if cache else list(range(len(items)))
    at_limit = LimitMemory(cache, stage, workers.limits)
    for start in range(0, len(keys), KEYS_PER_LOOKUP):
        indexes = range(start, min(start + KEYS_PER_LOOKUP, len(keys)))
        memoised = cache.get(keys[index] for index in indexes) if cache else {}
        for index in indexes:
            if keys[index] not in memoised:
                remembered = at_limit.remembered(index, items[index], keys[index])
                if remembered:
                    yield remembered
                else:
                    missing.append(index)
        yield from (
            StageResult(index, stored.decode(memoised[keys[index]]), keys[index].digest)
            for index in indexes
            if keys[index] in memoised
        )
    done = 0
    for outcomes in run_in_workers(workers, stage, items, missing):
        done += len(outcomes)
        if cache:
            results = {keys[index]: outcome for index, outcome in outcomes.items() if isinstance(outcome, bytes)}
            cache.put(results, {stage.label(items[index]): keys[index] for index in outcomes})
        for index, outcome in outcomes.items():
            if isinstance(outcome, Exceeded):
                yield at_limit.result(index, items[index], keys[index] if cache else None, outcome)
                continue
            value = outcome if isinstance(outcome, Problem) else made.decode(outcome)
            yield StageResult(index, value, keys[index].digest if cache else "", fresh=True)
        progress(stage.name, done, len(missing))


_EXCEEDED: RowDecoder[Exceeded] = RowDecoder(Exceeded)


class LimitMemory(msgspec.Struct, Generic[Item, Result], frozen=True):
    """Memory of items that exceeded a limit, valid until their text, the code, the settings or the limits change.

    Without it a build would give one result or another, as the machine is fast or slow.
    """

    cache: Cache | None
    stage: Stage[Item, Result]
    limits: Limits

    def remembered(self, index: int, item: Item, key: Key) -> StageResult[Result] | None:
        """Return the result of an item that exceeded the limits before; None if it did not."""
        row = self.cache.result(self._key(key, "exceeded").digest) if self.cache else None
        return None if row is None else self.result(index, item, key, _EXCEEDED.decode(row))

    def result(self, index: int, item: Item, key: Key | None, exceeded: Exceeded) -> StageResult[Result]:
        """Return the result that stands in for that of an item, or the problem; remember what there is to remember."""
        stage = self.stage
        stands_in = stage.at_limit(item) if stage.at_limit and not exceeded.essential else None
        lost = stage.lost if stands_in is not None else "was left out"
        problem = Problem(stage.name, stage.label(item), f"{lost}: {exceeded.reason}")
        value_key = self._key(key, "instead") if key else None
        if self.cache and key and value_key:
            rows = {value_key: msgspec.msgpack.encode(stands_in)} if stands_in is not None else {}
            if exceeded.remember:
                rows[self._key(key, "exceeded")] = msgspec.msgpack.encode(exceeded)
            self.cache.put(rows)
        value: Result | Problem = problem if stands_in is None else stands_in
        return StageResult(index, value, value_key.digest if value_key else "", problem=problem, exceeded=exceeded)

    def _key(self, key: Key, what: str) -> Key:
        return msgspec.structs.replace(key, settings=digest(key.settings, repr(self.limits), what))


def _keys(stage: Stage[Item, Result], items: Iterable[Item]) -> list[Key]:
    digests: dict[Any, tuple[Digest, Digest]] = {}
    keys: list[Key] = []
    for item in items:
        settings = stage.settings_for(item) if stage.settings_for else None
        if settings not in digests:
            relevant = stage.settings if settings is None else settings
            digests[settings] = stage.code(relevant), digest(repr(relevant))
        code, settings_digest = digests[settings]
        keys.append(Key(stage.name, code, stage.input(item), settings_digest))
    return keys
