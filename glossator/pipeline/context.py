"""Context that the steps of one build share (paths, settings, workers, timings), and the report of a build."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import msgspec

from glossator.errors import BuildInterrupted
from glossator.model import Disclosure, Extracted, Problem, SitePath
from glossator.rights import KNOWN, RightsPolicy, strictest_of

if TYPE_CHECKING:
    # The cache and the executors are loaded by those who open them: a build that finds nothing changed needs neither.
    from glossator.config import Config
    from glossator.content.archive_paths import ArchivePaths
    from glossator.incremental.cache import Cache
    from glossator.incremental.memo import Progress
    from glossator.incremental.workers.executors import Workers

Value = TypeVar("Value")
Context = TypeVar("Context", bound="BuildContext")
Given = ParamSpec("Given")
Problems = tuple[Problem, ...]


class Overtaken(BuildInterrupted):
    """A build gave up because something newer has to be built."""


class StageCost(msgspec.Struct, frozen=True):
    """Cost of one stage in one build. A stage without memoised results counts as run once."""

    stage: str
    seconds: float
    hits: int
    """Results that were memoised."""
    runs: int
    """Results that were made."""


class StageTimes:
    """Seconds and counts by stage. State: the totals so far; time spent in a nested stage counts for that one only."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self._counts: dict[str, tuple[int, int]] = {}
        self._nested = 0.0

    @contextmanager
    def step(self, stage: str) -> Iterator[None]:
        """Count the time until the end of the block for the stage."""
        self._seconds.setdefault(stage, 0.0)
        begun, outer = time.perf_counter(), self._nested
        self._nested = 0.0
        try:
            yield
        finally:
            took = time.perf_counter() - begun
            self._seconds[stage] += took - self._nested
            self._nested = outer + took

    def count(self, stage: str, hits: int, runs: int) -> None:
        """Record how many of a stage's results were memoised, and how many were made."""
        self._counts[stage] = (hits, runs)

    def costs(self) -> tuple[StageCost, ...]:
        """Return the cost of each stage, in the order in which the stages began."""
        return tuple(
            StageCost(stage, round(seconds, 3), *self._counts.get(stage, (0, 1)))
            for stage, seconds in self._seconds.items()
        )


@dataclass(frozen=True, slots=True)
class Report:
    """Result of a build: counts, changed pages and problems."""

    articles: int
    entities: int
    """Number of entities with a page, as on the home page."""
    converted: int
    annotated: int
    """Number of articles that the model read anew."""
    rendered: tuple[SitePath, ...]
    written: tuple[SitePath, ...]
    removed: tuple[SitePath, ...]
    problems: Problems
    named: int = 0
    """Number of entities that articles name, with or without a page."""
    suggestions: int = 0
    """Number of pairs of entities that may be one."""
    unsaved: tuple[str, ...] = ()
    """Addresses in lists of links of which the archive has no article."""
    passing: bool = False
    """True if some of the problems are told once, so that the next build may not have them."""
    disclosure: Disclosure = field(default_factory=Disclosure)
    """Account of what the site makes public, and what is kept back."""
    told: Problems = field(default=(), compare=False)
    """Notices among the problems that the last build has told already."""
    costs: tuple[StageCost, ...] = field(default=(), compare=False)

    @property
    def failed(self) -> bool:
        return any(problem.fatal for problem in self.problems)

    @property
    def news(self) -> Problems:
        """Problems that cost something, notices that no build has told yet, and those that every build tells."""
        repeated = set(self.told)
        return tuple(problem for problem in self.problems if problem.lasting or problem not in repeated)


def rights_policy(config: Config) -> RightsPolicy:
    """Return what the site of these settings makes of the rights that articles state."""
    return RightsPolicy(strictest_of(known for known in KNOWN if known == config.site.rights), config.private)


def unheard(article: Extracted) -> None:
    """Tell nobody of an article."""


class BuildContext(msgspec.Struct, frozen=True):
    """Context that the steps of one build share. Steps return their problems; only times are recorded here."""

    paths: ArchivePaths
    config: Config
    cache: Cache
    workers: Workers
    progress: Progress
    index: bool = True
    """True if a search index that is out of date is made again by this build."""
    intact: bool = False
    """True if nobody touched the site since the last build, its search index aside."""
    index_intact: bool = False
    """True if nobody touched the search index either."""
    overtaken: Callable[[], bool] = lambda: False
    """True if there is something newer to build already."""
    extracted: Callable[[Extracted], None] = unheard
    """Called with each article as soon as it is read; the first build of a preview shows them."""
    times: StageTimes = msgspec.field(default_factory=StageTimes)

    def give_way(self) -> None:
        """Stop if there is something newer to build; called where nothing was stored yet. Raises Overtaken."""
        if self.overtaken():
            raise Overtaken


def timed(
    stage: str,
) -> Callable[[Callable[Concatenate[Context, Given], Value]], Callable[Concatenate[Context, Given], Value]]:
    """Return a decorator that counts the time of a step for the stage."""

    def decorate(step: Callable[Concatenate[Context, Given], Value]) -> Callable[Concatenate[Context, Given], Value]:
        @wraps(step)
        def timed_step(context: Context, /, *given: Given.args, **named: Given.kwargs) -> Value:
            with context.times.step(stage):
                return step(context, *given, **named)

        return timed_step

    return decorate
