"""Articles -> the archive: the steps that a build shares with what asks the archive and makes no pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from glossator import markup
from glossator.cache import Cache
from glossator.config import Config
from glossator.content import decisions, gazetteers
from glossator.executors import Workers
from glossator.model import Analysis, Archive, Article, ArticleId, Decisions, Note, Problem, PublishedId, Split
from glossator.pipeline import work
from glossator.pipeline.places import Places
from glossator.pipeline.profile import Profile
from glossator.pipeline.remember import Progress, remember
from glossator.stages.annotate import misplaced
from glossator.stages.resolve import borrowed, confirmed, resolve

Value = TypeVar("Value")
Given = ParamSpec("Given")
Decided = tuple[Decisions, tuple[Note, ...]]
"""What people said about entities: their decisions, and their notes and lists of names."""


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
    problems: list[Problem] = field(default_factory=list)
    profile: Profile = field(default_factory=Profile)

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


@timed("annotate")
def annotate(kit: Kit, public: Sequence[Article]) -> tuple[dict[ArticleId, Analysis], int]:
    """What the model finds in each article, and in how many it had to be asked."""
    language = kit.config.site.language
    stage = work.annotate_stage(kit.config.annotate, language)
    done = remember(kit.cache, kit.workers, stage, [(one, language) for one in public], kit.progress)
    kit.problems.extend(done.problems)
    found = zip(public, done.results, strict=True)
    return {article.head.id: analysis for article, analysis in found if analysis}, done.runs


def read_decided(kit: Kit, text: str | None = None) -> Decided:
    """What people said; `text` is what the file of decisions would say, else it is read."""
    found = kit.collect(decisions.read_notes(kit.places.content / "entities"))
    found = (*found, *kit.collect(gazetteers.read_gazetteers(kit.places.content)))
    notes = tuple(one for one in found if shown(kit, one.listed or f"entities/{one.slug}.md", one.markdown))
    made = decisions.read_decisions(kit.places.content) if text is None else decisions.parse_decisions(text)
    return kit.collect(made), notes


@timed("recall")
def recall(
    kit: Kit, public: Sequence[Article], analyses: Mapping[ArticleId, Analysis], decided: Decided
) -> Mapping[ArticleId, Analysis]:
    """The analyses with the names that other articles have, and as people put them right."""
    known, splits = confirmed(*decided), decided[0].splits
    borrowing = borrowed(tuple(analyses.values()))
    items = []
    for one in public:
        mine = tuple(
            replace(split, articles=(), line=None)
            for split in splits
            if not split.articles or one.head.id in split.articles
        )
        theirs = borrowing.get(one.head.id, ())
        if one.head.id in analyses and (known or theirs or mine or markup.has_marks(one.markdown)):
            items.append((one, analyses[one.head.id], theirs, mine))
    kit.problems.extend(_misplaced(splits, public, analyses))
    if not items:
        return analyses
    done = remember(kit.cache, kit.workers, work.recall_stage(kit.config.annotate, known), items, kit.progress)
    kit.problems.extend(done.problems)
    return {**analyses, **{analysis.article: analysis for analysis in done.results if analysis}}


@timed("resolve")
def resolve_articles(
    kit: Kit,
    public: Sequence[Article],
    analyses: Mapping[ArticleId, Analysis],
    decided: Decided,
    published: tuple[PublishedId, ...],
) -> Archive:
    """Which entity each name of the articles is. Writes nothing."""
    heads = [article.head for article in public if article.head.id in analyses]
    return kit.collect(resolve(heads, tuple(analyses.values()), *decided, published))


def shown(kit: Kit, path: str, markdown: str) -> bool:
    """Whether the Markdown of a note or a page can be shown; if not, that is a problem."""
    try:
        markup.read(markdown)
    except markup.TooDeep as error:
        kit.problems.append(Problem("pages", path, str(error)))
        return False
    return True


def _misplaced(
    splits: Sequence[Split], public: Sequence[Article], analyses: Mapping[ArticleId, Analysis]
) -> Sequence[Problem]:
    """Names that decisions speak of and that their articles do not hold."""
    named = {article for split in splits for article in split.articles}
    texts = {
        one.head.id: markup.read(one.markdown)
        for one in public
        if one.head.id in analyses and (one.head.id in named or not all(split.articles for split in splits))
    }
    return misplaced(splits, texts, analyses) if splits else ()
