"""Articles -> the names in them: annotate, and re-match with what people and other articles say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from glossator.config import AnnotateSettings
from glossator.content import decisions, gazetteers
from glossator.content.own_texts import read_notes, readable
from glossator.files import Unusable
from glossator.files import read_text as read_file
from glossator.incremental.memo import run_memoised
from glossator.incremental.schema import ARTICLE_NAMES, ArticleState
from glossator.incremental.spooled_rows import SpooledValues
from glossator.model import Analysis, ArticleId, ArticleNames, Decisions, Digest, Note, Problem, Split
from glossator.naming.languages import advice, is_tagged, main_language
from glossator.pipeline import stage_runs, stage_work
from glossator.pipeline.context import BuildContext, Problems, timed
from glossator.pipeline.stage_work import ArticleFile, RematchItem
from glossator.stages.resolve import OfferedNames, article_names, confirmed_names, offered_names
from glossator.translate import language_name

if TYPE_CHECKING:
    from glossator.stages.annotate import TypedNames


class Decided(NamedTuple):
    """Decisions and notes of people about entities."""

    decisions: Decisions
    notes: tuple[Note, ...]
    """Notes, and the entries of lists of names."""


def without_private(decided: Decided) -> Decided:
    """Return the decisions of an archive that its owner alone reads, in which no entity is private."""
    return decided._replace(decisions=replace(decided.decisions, private=()))


class Memoised(NamedTuple):
    """Analysis of an article, and the key under which it is memoised."""

    analysis: Analysis
    key: str
    """Key under which the analysis is memoised; empty if there is no cache."""
    at_limit: bool = False
    """True if a limit was reached before the names were found."""


Analyses = Mapping[ArticleId, Memoised]


def read_decided(context: BuildContext, text: str | None = None) -> tuple[Decided, Problems]:
    """Return what people said about entities; `text` stands in for `entities.toml`, which is read if there is none."""
    content = context.paths.content
    notes, problems = read_notes(content / "entities", whole=context.config.private)
    entries, list_problems = gazetteers.read_gazetteers(content)
    parsed, decision_problems = decisions.read_decisions(content) if text is None else decisions.parse_decisions(text)
    kept, unreadable = readable(
        [*notes, *entries], lambda note: (note.listed or f"entities/{note.slug}.md", note.markdown)
    )
    return Decided(parsed, kept), (*problems, *list_problems, *unreadable, *decision_problems)


def find_names(
    context: BuildContext, files: Sequence[ArticleFile], decided: Decided, shared: Mapping[ArticleId, TypedNames]
) -> tuple[Analyses, Problems]:
    """Annotate articles and re-match them with the names that other articles share; nothing is resolved.

    Articles in which the model failed are left out, and reported.
    """
    annotated, problems = annotate(context, files)
    rematched, more = rematch(context, files, annotated, decided, shared)
    return rematched, (*problems, *more)


def annotate(context: BuildContext, files: Sequence[ArticleFile]) -> tuple[Analyses, Problems]:
    """Return what the model finds in each article; those in which it failed are left out, and reported."""
    stage = stage_runs.annotate_stage(context.config.annotate)
    return _collect(run_memoised(context.cache, context.workers, stage, files, context.progress))


@timed("rematch")
def rematch(
    context: BuildContext,
    files: Sequence[ArticleFile],
    annotated: Analyses,
    decided: Decided,
    shared: Mapping[ArticleId, TypedNames],
) -> tuple[Analyses, Problems]:
    """Search articles again for the names that people confirmed or other articles share, and apply decisions.

    An article that nobody has a say in keeps its analysis, and so does one in which re-matching fails.
    """
    confirmed, splits = confirmed_names(*decided), decided.decisions.splits
    items = [
        RematchItem(file, annotated[file.head.id].analysis, shared.get(file.head.id, ()), _splits_of(file, splits))
        for file in files
        if file.head.id in annotated
        and not annotated[file.head.id].at_limit
        and needs_rematch(file, decided, shared.get(file.head.id, ()))
    ]
    stage = stage_runs.rematch_stage(context.config.annotate, confirmed)
    rematched, problems = _collect(run_memoised(context.cache, context.workers, stage, items, context.progress))
    return {**annotated, **rematched}, problems


def needs_rematch(file: ArticleFile, decided: Decided, shared: TypedNames) -> bool:
    """True if anything but the model has a say in the names of an article."""
    return bool(shared or file.marked or _splits_of(file, decided.decisions.splits) or confirmed_names(*decided))


def _splits_of(file: ArticleFile, splits: Sequence[Split]) -> tuple[Split, ...]:
    return tuple(
        msgspec.structs.replace(split, articles=(), line=None)
        for split in splits
        if not split.articles or file.head.id in split.articles
    )


def _collect(results: Iterable[stage_runs.AnalysisResult]) -> tuple[Analyses, Problems]:
    analyses: dict[ArticleId, Memoised] = {}
    problems: list[Problem] = []
    for result in results:
        if isinstance(result.value, Problem):
            problems.append(result.value)
        else:
            problems += [result.problem] if result.problem else []
            analyses[result.value.article] = Memoised(result.value, result.key, result.problem is not None)
    return analyses, tuple(problems)


def check_splits(context: BuildContext, files: Iterable[ArticleFile], decided: Decided) -> Problems:
    """Return a problem for each split whose article does not hold the name, and the problems met in looking."""
    splits = decided.decisions.splits
    named = {article for split in splits for article in split.articles}
    everywhere = not all(split.articles for split in splits)
    some = [file for file in files if everywhere or file.head.id in named] if splits else []
    if not some:
        return ()
    from glossator.stages.annotate import misplaced_splits  # noqa: PLC0415 -- see `stage_runs`

    annotated, problems = annotate(context, some)
    texts = {file.head.id: stage_work.read_text(file) for file in some if file.head.id in annotated}
    analyses = {key: memoised.analysis for key, memoised in annotated.items()}
    return (*misplaced_splits(splits, texts, analyses), *problems)


def located(problems: Problems, files: Mapping[ArticleId, ArticleFile]) -> Problems:
    """Return the problems with the line of each that is about a mark in the text of an article."""
    return tuple(_located(problem, files) if problem.path.startswith("articles/") else problem for problem in problems)


def _located(problem: Problem, files: Mapping[ArticleId, ArticleFile]) -> Problem:
    file = files.get(ArticleId(Path(problem.path).stem))
    target = re.escape(problem.message.partition(" names nobody")[0].removeprefix("entity="))
    try:
        lines = read_file(Path(file.path)).splitlines() if file and file.markdown is None else []
    except Unusable:
        return problem
    mark = re.compile(rf"\bentity=[\"']?{target}[\"'\s}}]")
    return msgspec.structs.replace(
        problem, line=next((number for number, line in enumerate(lines, 1) if mark.search(line)), None)
    )


@dataclass(slots=True)
class NameResults:
    """Results for the articles of one build, by id. State: they grow as articles are read; analyses are dropped."""

    names: SpooledValues[ArticleId, ArticleNames]
    """Names of each article, as resolve is given them."""
    annotated: int = 0
    """Number of articles that the model read anew."""
    gone: AbstractSet[ArticleId] = frozenset()
    """Articles that the archive had and has no more."""
    failed: set[ArticleId] = field(default_factory=set)
    """Articles in which the model failed: they have no names until it succeeds."""
    unmatched: set[ArticleId] = field(default_factory=set)
    """Articles in which re-matching failed, or a limit was reached: the next build tries again."""
    files: dict[ArticleId, ArticleFile] = field(default_factory=dict)
    offered: dict[ArticleId, OfferedNames] = field(default_factory=dict)
    """Names that the articles that the model read offer to others."""
    analyses: dict[ArticleId, tuple[Digest, str]] = field(default_factory=dict)
    """Digest of the analysis, and the key under which it is memoised."""
    problems: list[Problem] = field(default_factory=list)

    def add_read(self, file: ArticleFile, memoised: Memoised) -> None:
        """Record the analysis of an article that the model read."""
        self.add(file, memoised)
        self.offered[file.head.id] = offered_names(memoised.analysis)

    def add(self, file: ArticleFile, memoised: Memoised) -> None:
        """Record the analysis of an article, in place of an earlier one."""
        key = file.head.id
        self.files[key] = file
        self.names.put(key, article_names(file.head, memoised.analysis))
        self.analyses[key] = memoised.analysis.digest, memoised.key

    def states(self) -> dict[ArticleId, ArticleState]:
        """Return the state of each article that was read or re-matched."""
        return {
            key: ArticleState(Digest("") if key in self.unmatched else file.text, *self.analyses[key])
            for key, file in self.files.items()
        }


@timed("annotate")
def annotate_changed(context: BuildContext, todo: Sequence[ArticleFile]) -> NameResults:
    """Read the articles that changed, one after the other, because all analyses together would fill the memory."""
    results = NameResults(SpooledValues(ARTICLE_NAMES, context.paths.cache.parent))
    stage = stage_runs.annotate_stage(context.config.annotate)
    for result in run_memoised(context.cache, context.workers, stage, todo, context.progress):
        file = todo[result.index]
        results.annotated += result.fresh
        if result.problem and not isinstance(result.value, Problem):
            results.problems.append(result.problem)
            results.unmatched.add(file.head.id)
        if isinstance(result.value, Problem):
            results.problems.append(result.value)
            results.failed.add(file.head.id)
            continue
        results.add_read(file, Memoised(result.value, result.key))
    return results


def read_languages(settings: AnnotateSettings) -> tuple[str, ...]:
    """Return the languages that have a pipeline."""
    return tuple(language for language, model in settings.models if model)


def unread_languages(settings: AnnotateSettings, files: Iterable[ArticleFile]) -> tuple[Problem, ...]:
    """Return a notice for each language of the articles that no model reads, and how to install a pipeline."""
    read = {*read_languages(settings), *(language for language, model in settings.models if not model)}
    counts = Counter(main_language(file.language) for file in files)
    return tuple(
        Problem("annotate", f"{_articles(count)} in {language_name('en', language)}", _message(language), fatal=False)
        for language, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if language not in read and not is_tagged(language)
    )


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"


def _message(language: str) -> str:
    return f"no names were looked for, except by their form and in lists. {advice(language)}"
