"""The archive as a person looks at it to put it right: who is meant, what a decision would change, and writing it."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from glossator.config import Config, SiteError
from glossator.content import corrections, decisions
from glossator.content.article_store import read_article_store
from glossator.disk import Unusable, read_text
from glossator.disk import replace as write
from glossator.incremental.cache import Cache
from glossator.incremental.executors import Workers
from glossator.incremental.memo import Progress
from glossator.model import (
    Analysis,
    Archive,
    ArticleId,
    Decision,
    Decisions,
    Entity,
    Problem,
    PublishedId,
)
from glossator.pipeline.context import ArchivePaths, BuildContext
from glossator.pipeline.find_entities import find_all_entities
from glossator.pipeline.find_names import Analyses, read_decided
from glossator.pipeline.ingest import article_versions
from glossator.pipeline.review import model_diff
from glossator.pipeline.review.questions import Question, decision_keys, questions
from glossator.pipeline.stage_runs import ArticleFile, article_file
from glossator.pipeline.stage_runs import read_text as read_article

NEAR = 3
WHOLE = frozenset({"rename", "type", "confirm", "private"})
"""Decisions that are about an entity, by whichever of its names it is called; the others are about a name."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The archive as it stands, and what it was made of."""

    context: BuildContext
    public: tuple[ArticleFile, ...]
    annotated: Analyses
    """What the model found, before re-matching."""
    analyses: Mapping[ArticleId, Analysis]
    published: tuple[PublishedId, ...]
    text: str
    """Of `entities.toml`."""
    decisions: Decisions
    archive: Archive
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision that is not written yet."""

    decision: Decision
    text: str
    """Of `entities.toml`, with it."""
    lines: tuple[str, ...]
    """What changes in the file: lines that begin with + or -."""
    touched: tuple[ArticleId, ...]
    """Articles whose pages change, by id."""
    problems: tuple[Problem, ...]
    """What there was no reason to complain of before."""


@contextmanager
def open_survey(paths: ArchivePaths, config: Config, progress: Progress) -> Iterator[Survey]:
    """Resolve the articles that there are; saved files are not converted. Raises SiteError for a wrong set-up."""
    if not paths.content.is_dir():
        raise SiteError(f"There is no folder {paths.content}.", "Name the archive: --content PATH.")
    with Cache(paths.cache) as cache, Workers(config.build) as workers:
        context = BuildContext(paths, config, cache, workers, progress)
        store = read_article_store(paths.content / "articles")
        public, _ = article_versions.part(one for one in store.kept if one.head.rights != "private")
        files = tuple(article_file(store, article, config.site.language) for article in public)
        yield _survey(context, files, decisions.read_lock(paths.content), _text(paths))


def _survey(
    context: BuildContext,
    public: tuple[ArticleFile, ...],
    published: tuple[PublishedId, ...],
    text: str,
    annotated: Analyses | None = None,
) -> Survey:
    """Return the archive as it is with a text of `entities.toml`; `annotated` is what the model found, if known."""
    decided, problems = read_decided(context, text)
    whole, more = find_all_entities(context, public, decided, published, annotated)
    return Survey(
        context=context,
        public=public,
        annotated=whole.annotated,
        analyses=whole.analyses,
        published=published,
        text=text,
        decisions=decided.decisions,
        archive=whole.archive,
        problems=(*problems, *more),
    )


def _with(survey: Survey, text: str) -> Survey:
    return _survey(survey.context, survey.public, survey.published, text, survey.annotated)


def _text(paths: ArchivePaths) -> str:
    path = paths.content / decisions.FILE
    try:
        return read_text(path) if path.exists() else ""
    except Unusable as error:
        raise SiteError(f"{decisions.FILE} {error}.") from None


def propose(survey: Survey, decision: Decision) -> Proposal:
    """What a decision would change. Its names are those that a person uses: ids, names, aliases.

    Raises SiteError for a name that nobody has, or that several have.
    """
    decision = _in_words_of_the_file(survey, decision)
    text = corrections.add(survey.text, decision)
    after = _with(survey, text)
    before = {replace(one, line=None) for one in survey.problems}
    changed = difflib.unified_diff(survey.text.splitlines(), text.splitlines(), n=0, lineterm="")
    return Proposal(
        decision,
        text,
        tuple(line for line in changed if line[:3] not in ("+++", "---") and _says_something(line)),
        _touched(survey.archive, after.archive),
        tuple(one for one in after.problems if replace(one, line=None) not in before),
    )


def _says_something(line: str) -> bool:
    return line[:1] in "+-" and line[1:].strip()[:1] not in ("", "#")


def accept(survey: Survey, proposal: Proposal) -> Survey:
    """Write a decision; the archive as it is with it. Raises SiteError if the file was changed in between."""
    paths = survey.context.paths
    if _text(paths) != survey.text:
        raise SiteError(f"{decisions.FILE} was changed in the meantime.", "Nothing was written; say it again.")
    write(paths.content / decisions.FILE, proposal.text.encode())
    return _with(survey, proposal.text)


def ask(survey: Survey) -> tuple[Question, ...]:
    return questions(survey.archive, survey.analyses, survey.decisions)


def model_changes(survey: Survey) -> model_diff.Changes | None:
    """What is new, gone, or of another type since the last build with another model."""
    context = survey.context
    return model_diff.changes(context.paths.snapshot, model_diff.model_key(context.config), survey.archive)


def entity(survey: Survey, word: str) -> Entity:
    """The entity that a person means by its id, its name or an alias. Raises SiteError."""
    folded = word.casefold()
    entities = survey.archive.entities
    for fits in (
        [one for one in entities if one.id == word],
        [one for one in entities if one.name.casefold() == folded],
        [one for one in entities if any(form.casefold() == folded for form, _ in one.aliases)],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise SiteError(f"“{word}” is the name of several: {', '.join(one.id for one in fits)}.", "Write the id.")
    led_on = dict(survey.archive.redirects)
    found = next((one for one in entities for old in led_on if old == word and one.id == led_on[old]), None)
    if found:
        return found
    forms = {form.casefold(): form for one in entities for form in (one.name, *dict(one.aliases), one.id)}
    near = [forms[form] for form in difflib.get_close_matches(folded, sorted(forms), NEAR)]
    hint = f"Did you mean {' or '.join(f'“{form}”' for form in near)}?" if near else "`entity list` prints the names."
    raise SiteError(f"“{word}” is not a name in any article.", hint)


def sentences(survey: Survey, one: Entity, most: int) -> tuple[tuple[ArticleId, str], ...]:
    """Sentences that mention an entity, one of each article, the newest article first."""
    order = {head.id: index for index, head in enumerate(survey.archive.heads)}
    texts = {one.head.id: one for one in survey.public}
    found = []
    for appearance in sorted(one.appearances, key=lambda one: order[one.article])[:most]:
        analysis = survey.analyses[appearance.article]
        content = read_article(texts[appearance.article]).content
        start = next(mention.start for mention in analysis.mentions if mention.name in appearance.names)
        first, last = next((span for span in analysis.sentences if span[0] <= start < span[1]), (start, start + 80))
        found.append((appearance.article, " ".join(content[first:last].split())))
    return tuple(found)


def _in_words_of_the_file(survey: Survey, decision: Decision) -> Decision:
    """The decision with the names that `entities.toml` is to hold, and that stay what they are."""
    known = {one.casefold() for one in (*survey.decisions.ignore, *survey.decisions.private)}
    keys = decision_keys(survey.archive)

    def key(word: str) -> str:
        if word.casefold() in known:
            return word
        one = entity(survey, word)
        alias = next((form for form, _ in one.aliases if form.casefold() == word.casefold()), None)
        return keys[one.id] if alias is None or decision.kind in WHOLE else alias

    heads = {head.id for head in survey.archive.heads}
    for article in decision.articles:
        if article not in heads:
            near = difflib.get_close_matches(article, sorted(heads), NEAR)
            hint = f"Did you mean {' or '.join(near)}?" if near else "Write the end of its page's address."
            raise SiteError(f"There is no article {article}.", hint)
    names = tuple(dict.fromkeys(key(name) for name in decision.names))
    if len(names) < min(2, len(decision.names)):
        raise SiteError(f"{' and '.join(f'“{name}”' for name in decision.names)} are names of one entity already.")
    return replace(decision, names=names)


def _touched(before: Archive, after: Archive) -> tuple[ArticleId, ...]:
    """The articles in which somebody is somebody else, or is called or shown otherwise."""
    shown = [_shown(before), _shown(after)]
    return tuple(sorted(one for one in {*shown[0], *shown[1]} if shown[0].get(one) != shown[1].get(one)))


def _shown(archive: Archive) -> dict[ArticleId, list[tuple[object, ...]]]:
    found: dict[ArticleId, list[tuple[object, ...]]] = defaultdict(list)
    for one in archive.entities:
        for appearance in one.appearances:
            found[appearance.article].append((one.name, one.type, one.origin, appearance.mentions))
    return {article: sorted(shown, key=repr) for article, shown in found.items()}
