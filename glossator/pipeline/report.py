"""What a build did, for whoever asked for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from glossator.model import Problem, SitePath
from glossator.pipeline.profile import Cost


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    articles: int
    entities: int
    converted: int
    annotated: int
    """How many articles were read for names anew."""
    rendered: tuple[SitePath, ...]
    written: tuple[SitePath, ...]
    removed: tuple[SitePath, ...]
    problems: tuple[Problem, ...]
    suggestions: int = 0
    """Pairs of entities that may be one."""
    unsaved: tuple[str, ...] = ()
    """Addresses in lists of links of which the archive has no article."""
    passing: bool = False
    """Whether some of the problems are told once, and the next build may not have them."""
    costs: tuple[Cost, ...] = field(default=(), compare=False)

    @property
    def failed(self) -> bool:
        return any(problem.fatal for problem in self.problems)
