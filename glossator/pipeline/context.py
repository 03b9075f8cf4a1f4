"""Articles -> the archive: the steps that a build shares with what asks the archive and makes no pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from glossator import markup
from glossator.config import Config
from glossator.content import decisions, gazetteers
from glossator.errors import BuildInterrupted
from glossator.incremental.cache import Cache
from glossator.incremental.executors import Workers
from glossator.incremental.memo import Progress, StageResult, run_memoised
from glossator.model import Analysis, ArticleId, Decisions, Note, Problem, Split
from glossator.pipeline import stage_runs
from glossator.pipeline.places import ArchivePaths
from glossator.pipeline.profile import Profile
from glossator.pipeline.stage_runs import ArticleFile
from glossator.stages.annotate import Names, misplaced
from glossator.stages.resolve import confirmed_names

Value = TypeVar("Value")
Given = ParamSpec("Given")
Decided = tuple[Decisions, tuple[Note, ...]]
"""What people said about entities: their decisions, and their notes and lists of names."""


class Overtaken(BuildInterrupted):
    """The build was given up, for there is something newer to build."""


@dataclass(frozen=True, slots=True)
class BuildContext:
    """What every step of one build shares."""

    paths: ArchivePaths
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


def timed(
    stage: str,
) -> Callable[[Callable[Concatenate[BuildContext, Given], Value]], Callable[Concatenate[BuildContext, Given], Value]]:
    """Counts the time of a step of the build for the stage."""

    def counting(
        step: Callable[Concatenate[BuildContext, Given], Value],
    ) -> Callable[Concatenate[BuildContext, Given], Value]:
        @wraps(step)
        def counted(context: BuildContext, /, *given: Given.args, **named: Given.kwargs) -> Value:
            with context.profile.step(stage):
                return step(context, *given, **named)

        return counted

    return counting


Found = dict[ArticleId, tuple[Analysis, str]]
"""What was found in articles, and the key under which the memory has it."""


def annotate(context: BuildContext, files: Sequence[ArticleFile]) -> Iterator[StageResult[Analysis]]:
    """What the model finds in each article, one after the other."""
    return run_memoised(
        context.cache, context.workers, stage_runs.annotate_stage(context.config.annotate), files, context.progress
    )


@timed("annotate")
def annotated(context: BuildContext, files: Sequence[ArticleFile]) -> Found:
    """The same, of all at once; those in which the model failed are left out, which is a problem of the context's."""
    return _collected(context, annotate(context, files))


def _collected(context: BuildContext, made: Iterable[StageResult[Analysis]]) -> Found:
    found: Found = {}
    for one in made:
        if isinstance(one.value, Problem):
            context.problems.append(one.value)
        else:
            found[one.value.article] = one.value, one.key
    return found


def read_decided(context: BuildContext, text: str | None = None) -> Decided:
    """What people said; `text` is what the file of decisions would say, else it is read."""
    found = context.collect(decisions.read_notes(context.paths.content / "entities"))
    found = (*found, *context.collect(gazetteers.read_gazetteers(context.paths.content)))
    notes = tuple(one for one in found if shown(context, one.listed or f"entities/{one.slug}.md", one.markdown))
    made = decisions.read_decisions(context.paths.content) if text is None else decisions.parse_decisions(text)
    return context.collect(made), notes


def speaks(file: ArticleFile, decided: Decided, theirs: Names) -> bool:
    """Whether anything but the model has a say in the names of an article."""
    return bool(theirs or file.marked or _splits(file, decided[0].splits) or confirmed_names(*decided))


@timed("recall")
def recall(
    context: BuildContext,
    files: Sequence[ArticleFile],
    found: Found,
    decided: Decided,
    theirs: Mapping[ArticleId, Names],
) -> Found:
    """What was found, with the names that other articles have, and as people put it right."""
    known, splits = confirmed_names(*decided), decided[0].splits
    items = [
        (file, found[file.head.id][0], theirs.get(file.head.id, ()), _splits(file, splits))
        for file in files
        if file.head.id in found and speaks(file, decided, theirs.get(file.head.id, ()))
    ]
    stage = stage_runs.recall_stage(context.config.annotate, known)
    return found | _collected(context, run_memoised(context.cache, context.workers, stage, items, context.progress))


def misplaced_splits(
    splits: Sequence[Split], files: Iterable[ArticleFile], analyses: Mapping[ArticleId, Analysis]
) -> Sequence[Problem]:
    """Names that decisions speak of and that their articles do not hold."""
    texts = {file.head.id: markup.read(stage_runs.markdown(file)) for file in files if file.head.id in analyses}
    return misplaced(splits, texts, analyses) if splits else ()


def named_by(splits: Sequence[Split], files: Iterable[ArticleFile]) -> list[ArticleFile]:
    """The articles that splits speak of."""
    named = {article for split in splits for article in split.articles}
    return [file for file in files if file.head.id in named or not all(split.articles for split in splits)]


def shown(context: BuildContext, path: str, markdown: str) -> bool:
    """Whether the Markdown of a note or a page can be shown; if not, that is a problem."""
    try:
        markup.read(markdown)
    except markup.TooDeep as error:
        context.problems.append(Problem("pages", path, str(error)))
        return False
    return True


def _splits(file: ArticleFile, splits: Sequence[Split]) -> tuple[Split, ...]:
    return tuple(
        replace(split, articles=(), line=None)
        for split in splits
        if not split.articles or file.head.id in split.articles
    )
