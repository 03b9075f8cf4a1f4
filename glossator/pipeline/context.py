"""Articles -> the archive: the steps that a build shares with what asks the archive and makes no pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from glossator import markup
from glossator.config import Config
from glossator.content import decisions, gazetteers
from glossator.incremental.cache import Cache
from glossator.incremental.executors import Workers
from glossator.incremental.memo import Made, Progress, each
from glossator.model import Analysis, ArticleId, Decisions, Note, Problem, Split
from glossator.pipeline import stage_runs
from glossator.pipeline.places import Places
from glossator.pipeline.profile import Profile
from glossator.pipeline.stage_runs import Leaf
from glossator.stages.annotate import Names, misplaced
from glossator.stages.resolve import confirmed

Value = TypeVar("Value")
Given = ParamSpec("Given")
Decided = tuple[Decisions, tuple[Note, ...]]
"""What people said about entities: their decisions, and their notes and lists of names."""


class Overtaken(Exception):
    """The build was given up, for there is something newer to build."""


@dataclass(frozen=True, slots=True)
class Kit:
    """What every step of one build shares."""

    places: Places
    config: Config
    cache: Cache
    workers: Workers
    progress: Progress
    index: bool = True
    """Whether a search index that is out of date is made anew now; else it stays for `indexing`."""
    intact: bool = False
    """Whether nobody touched the site since the last build, its search index apart; `indexed`: nor that."""
    indexed: bool = False
    overtaken: Callable[[], bool] = lambda: False
    """Whether there is something newer to build already."""
    problems: list[Problem] = field(default_factory=list)
    """Told by each build until they are mended; `passing`, told once."""
    passing: list[Problem] = field(default_factory=list)
    profile: Profile = field(default_factory=Profile)

    def give_way(self) -> None:
        """For a step after which nothing was left yet that the next build would have to know. Raises Overtaken."""
        if self.overtaken():
            raise Overtaken

    def collect(self, found: tuple[Value, tuple[Problem, ...]]) -> Value:
        """The value; the problems that came with it are kept for the report."""
        self.problems.extend(found[1])
        return found[0]


def timed(stage: str) -> Callable[[Callable[Concatenate[Kit, Given], Value]], Callable[Concatenate[Kit, Given], Value]]:
    """Counts the time of a step of the build for the stage."""

    def counting(step: Callable[Concatenate[Kit, Given], Value]) -> Callable[Concatenate[Kit, Given], Value]:
        @wraps(step)
        def counted(kit: Kit, /, *given: Given.args, **named: Given.kwargs) -> Value:
            with kit.profile.step(stage):
                return step(kit, *given, **named)

        return counted

    return counting


Found = dict[ArticleId, tuple[Analysis, str]]
"""What was found in articles, and the key under which the memory has it."""


def annotate(kit: Kit, leaves: Sequence[Leaf]) -> Iterator[Made[Analysis]]:
    """What the model finds in each article, one after the other."""
    return each(kit.cache, kit.workers, stage_runs.annotate_stage(kit.config.annotate), leaves, kit.progress)


@timed("annotate")
def annotated(kit: Kit, leaves: Sequence[Leaf]) -> Found:
    """The same, of all at once; those in which the model failed are left out, which is a problem of the kit's."""
    return _collected(kit, annotate(kit, leaves))


def _collected(kit: Kit, made: Iterable[Made[Analysis]]) -> Found:
    found: Found = {}
    for one in made:
        if isinstance(one.value, Problem):
            kit.problems.append(one.value)
        else:
            found[one.value.article] = one.value, one.key
    return found


def read_decided(kit: Kit, text: str | None = None) -> Decided:
    """What people said; `text` is what the file of decisions would say, else it is read."""
    found = kit.collect(decisions.read_notes(kit.places.content / "entities"))
    found = (*found, *kit.collect(gazetteers.read_gazetteers(kit.places.content)))
    notes = tuple(one for one in found if shown(kit, one.listed or f"entities/{one.slug}.md", one.markdown))
    made = decisions.read_decisions(kit.places.content) if text is None else decisions.parse_decisions(text)
    return kit.collect(made), notes


def speaks(leaf: Leaf, decided: Decided, theirs: Names) -> bool:
    """Whether anything but the model has a say in the names of an article."""
    return bool(theirs or leaf.marked or _splits(leaf, decided[0].splits) or confirmed(*decided))


@timed("recall")
def recall(
    kit: Kit, leaves: Sequence[Leaf], found: Found, decided: Decided, theirs: Mapping[ArticleId, Names]
) -> Found:
    """What was found, with the names that other articles have, and as people put it right."""
    known, splits = confirmed(*decided), decided[0].splits
    items = [
        (leaf, found[leaf.head.id][0], theirs.get(leaf.head.id, ()), _splits(leaf, splits))
        for leaf in leaves
        if leaf.head.id in found and speaks(leaf, decided, theirs.get(leaf.head.id, ()))
    ]
    stage = stage_runs.recall_stage(kit.config.annotate, known)
    return found | _collected(kit, each(kit.cache, kit.workers, stage, items, kit.progress))


def misplaced_splits(
    splits: Sequence[Split], leaves: Iterable[Leaf], analyses: Mapping[ArticleId, Analysis]
) -> Sequence[Problem]:
    """Names that decisions speak of and that their articles do not hold."""
    texts = {leaf.head.id: markup.read(stage_runs.markdown(leaf)) for leaf in leaves if leaf.head.id in analyses}
    return misplaced(splits, texts, analyses) if splits else ()


def named_by(splits: Sequence[Split], leaves: Iterable[Leaf]) -> list[Leaf]:
    """The articles that splits speak of."""
    named = {article for split in splits for article in split.articles}
    return [leaf for leaf in leaves if leaf.head.id in named or not all(split.articles for split in splits)]


def shown(kit: Kit, path: str, markdown: str) -> bool:
    """Whether the Markdown of a note or a page can be shown; if not, that is a problem."""
    try:
        markup.read(markdown)
    except markup.TooDeep as error:
        kit.problems.append(Problem("pages", path, str(error)))
        return False
    return True


def _splits(leaf: Leaf, splits: Sequence[Split]) -> tuple[Split, ...]:
    return tuple(
        replace(split, articles=(), line=None)
        for split in splits
        if not split.articles or leaf.head.id in split.articles
    )
