"""The archive for a person who corrects it: find an entity, propose a decision, write it."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import UTC, datetime

import msgspec

from glossator.config import Config, SiteError
from glossator.content import decision_edits, decisions, published_ids
from glossator.content.archive_paths import ArchivePaths
from glossator.content.missing_archive import check_archive
from glossator.content.undo import forget_last, last_text, record_undo
from glossator.files import Unusable, read_text, write_whole
from glossator.incremental.cache import Cache, DamagedRow
from glossator.incremental.executors import Workers
from glossator.incremental.memo import Progress
from glossator.model import (
    Analysis,
    Archive,
    ArticleId,
    Decision,
    Decisions,
    Problem,
    PublishedId,
)
from glossator.naming.private_names import private_names
from glossator.pipeline.context import BuildContext
from glossator.pipeline.find_entities import find_all_entities
from glossator.pipeline.find_names import Analyses, read_decided, without_private
from glossator.pipeline.ingest import article_versions
from glossator.pipeline.ingest.convert import read_articles
from glossator.pipeline.review import model_diff
from glossator.pipeline.review.entity_lookup import MOST_HINTS, find_entity
from glossator.pipeline.review.private_remains import private_remains, whole_names
from glossator.pipeline.review.questions import Question, decision_keys, questions
from glossator.pipeline.stage_runs import ArticleFile, article_file

ENTITY_DECISIONS = frozenset({"rename", "type", "confirm", "private"})
"""Kinds of decisions that apply to an entity, whichever of its names is given; the other kinds apply to a name."""


class Survey(msgspec.Struct, frozen=True):
    """The resolved archive, and what it was resolved from."""

    context: BuildContext
    public: tuple[ArticleFile, ...]
    annotated: Analyses
    """Analyses as the model made them, before re-matching."""
    analyses: Mapping[ArticleId, Analysis]
    published: tuple[PublishedId, ...]
    text: str
    """Text of `entities.toml`."""
    decisions: Decisions
    archive: Archive
    problems: tuple[Problem, ...]


class Proposal(msgspec.Struct, frozen=True):
    """Decisions that are not written yet, and their consequences."""

    text: str
    """Text of `entities.toml` with the decision."""
    lines: tuple[str, ...]
    """Changed lines of the file, which begin with + or -."""
    touched: tuple[ArticleId, ...]
    """Articles whose pages change, by id."""
    problems: tuple[Problem, ...]
    """Problems that the decision would cause."""
    undoes: bool = False
    """True if it takes the latest decision back."""
    added: tuple[Decision, ...] = ()
    """The decisions, with the names of articles' files."""


@contextmanager
def open_survey(
    paths: ArchivePaths, config: Config, progress: Progress, kept: Executor | None = None
) -> Iterator[Survey]:
    """Resolve the articles of the archive, without converting saved files; for a private site, also the private ones.

    `kept` is a process that reads articles if they are few. Raises SiteError for a wrong set-up.
    """
    check_archive(paths.content)
    with Cache(paths.cache) as cache, Workers(config.build, kept) as workers:
        context = BuildContext(paths, config, cache, workers, progress)
        try:
            survey = _first_survey(context)
        except DamagedRow:
            cache.begin_anew()
            survey = _first_survey(context)
        yield survey


def _first_survey(context: BuildContext) -> Survey:
    """Resolve the public articles as they are. Raises DamagedRow."""
    store, paths = read_articles(context), context.paths
    articles = (article for article in store.kept if article.head.rights != "private")
    public = article_versions.split_versions(articles).newest
    files = tuple(article_file(store, article, context.config.site.language) for article in public)
    return _survey(context, files, published_ids.read_lock(paths.content), _text(paths))


def _survey(
    context: BuildContext,
    public: tuple[ArticleFile, ...],
    published: tuple[PublishedId, ...],
    text: str,
    annotated: Analyses | None = None,
) -> Survey:
    """Resolve the public articles with a text of `entities.toml`.

    `published` are the ids that are given out; `annotated` are the analyses that the model made, if they are known.
    """
    decided, decision_problems = read_decided(context, text)
    if context.config.private:
        decided = without_private(decided)
    found, entity_problems = find_all_entities(context, public, decided, published, annotated)
    private = private_names(decided.decisions.private, published)
    return Survey(
        context=context,
        public=public,
        annotated=found.annotated,
        analyses=found.analyses,
        published=published,
        text=text,
        decisions=decided.decisions,
        archive=found.archive,
        problems=(*decision_problems, *entity_problems, *private_remains(found.archive.entities, private)),
    )


def _with(survey: Survey, text: str, added: Sequence[Decision]) -> Survey:
    """Resolve again with another text of `entities.toml`, which has the added decisions."""
    return _survey(survey.context, survey.public, _published(survey, added), text, survey.annotated)


def _published(survey: Survey, added: Sequence[Decision]) -> tuple[PublishedId, ...]:
    """Return the ids that are given out once decisions are written: an id that one of them has is among them."""
    ids = {published_id.id: published_id for published_id in survey.published}
    said = {word for decision in added for word in (*decision.names, decision.value)}
    named = [entity for entity in survey.archive.entities if entity.id in said]
    ids |= {entity.id: PublishedId(entity.id, entity.name, entity.type) for entity in named if entity.id not in ids}
    return tuple(ids[entity_id] for entity_id in sorted(ids))


def _text(paths: ArchivePaths) -> str:
    path = paths.content / decisions.FILE
    try:
        return read_text(path) if path.exists() else ""
    except Unusable as error:
        raise SiteError(f"{decisions.FILE} {error}.") from None


def propose(survey: Survey, *several: Decision) -> Proposal:
    """Return what decisions would change. They may name entities by id, name or alias.

    Raises SiteError if no entity has a name, or if several have it.
    """
    text, known, by = survey.text, [], survey.context.config.verified_by
    at = datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for decision in (one for given in several for one in _with_whole_names(survey, given)):
        known.append(_with_file_names(survey, decision))
        text = decision_edits.add(text, known[-1])
        text = decision_edits.record(text, known[-1], by, at) if by else text
    return _proposal(survey, text, known)


def _with_whole_names(survey: Survey, decision: Decision) -> Iterator[Decision]:
    """Yield a decision, and if it makes somebody private those on the names that have the whole private name."""
    yield decision
    if decision.kind == "private":
        (private,) = _with_file_names(survey, decision).names
        for name in whole_names(survey.archive.entities, private):
            yield msgspec.structs.replace(decision, names=(name,))


def propose_undo(survey: Survey) -> Proposal:
    """Return what changes if the latest decision is taken back. Raises SiteError if that is not possible."""
    text = last_text(survey.context.paths.undo, survey.text)
    if text is None:
        hint = f"Those of commands and of the preview can be, until {decisions.FILE} is edited by hand."
        raise SiteError("There is no decision that can be taken back.", hint)
    return msgspec.structs.replace(_proposal(survey, text, ()), undoes=True)


def _proposal(survey: Survey, text: str, added: Sequence[Decision]) -> Proposal:
    """Return the proposal of another text of `entities.toml`, which has the added decisions."""
    after = _with(survey, text, added)
    before = {msgspec.structs.replace(problem, line=None) for problem in survey.problems}
    diff = difflib.unified_diff(survey.text.splitlines(), text.splitlines(), n=0, lineterm="")
    return Proposal(
        text,
        tuple(line for line in diff if line[:3] not in ("+++", "---") and _is_content(line)),
        _touched_articles(survey.archive, after.archive),
        tuple(problem for problem in after.problems if msgspec.structs.replace(problem, line=None) not in before),
        added=tuple(added),
    )


def _is_content(line: str) -> bool:
    """True if a line of a diff is neither empty nor a comment."""
    return line[:1] in "+-" and line[1:].strip()[:1] not in ("", "#")


def accept(survey: Survey, proposal: Proposal) -> Survey:
    """Write a proposal and return the survey with it. Raises SiteError if the file was changed since the proposal."""
    paths = survey.context.paths
    if _text(paths) != survey.text:
        raise SiteError(f"{decisions.FILE} was changed in the meantime.", "Nothing was written; say it again.")
    write_whole(paths.content / decisions.FILE, proposal.text.encode())
    if proposal.undoes:
        forget_last(paths.undo)
    else:
        record_undo(paths.undo, survey.text, proposal.text)
    after = _with(survey, proposal.text, proposal.added)
    if after.published != survey.published:
        published_ids.write_lock(paths.content, after.published)
    return after


def open_questions(survey: Survey) -> tuple[Question, ...]:
    """Return the open questions about the archive, most useful first."""
    return questions(survey.archive, survey.analyses, survey.decisions)


def model_changes(survey: Survey) -> model_diff.ModelChanges | None:
    """Return the differences from the last build with another model; None if there was no such build."""
    context = survey.context
    return model_diff.changes(context.paths.snapshot, model_diff.model_key(context.config), survey.archive)


def _with_file_names(survey: Survey, decision: Decision) -> Decision:
    """Return the decision with the names that `entities.toml` uses, which later builds still understand."""
    decided = {name.casefold() for name in (*survey.decisions.ignore, *survey.decisions.private)}
    keys = decision_keys(survey.archive)

    def file_name(word: str) -> str:
        if word.casefold() in decided:
            return word
        found = find_entity(survey, word)
        alias = next((form for form, _ in found.aliases if form.casefold() == word.casefold()), None)
        return keys[found.id] if alias is None or decision.kind in ENTITY_DECISIONS else alias

    heads = {head.id for head in survey.archive.heads}
    for article in decision.articles:
        if article not in heads:
            containing = [head for head in sorted(heads) if article in head][:MOST_HINTS]
            similar = containing or difflib.get_close_matches(article, sorted(heads), MOST_HINTS)
            hint = f"Did you mean {' or '.join(similar)}?" if similar else "Write the end of its page's address."
            raise SiteError(f"There is no article {article}.", hint)
    names = tuple(dict.fromkeys(file_name(name) for name in decision.names))
    if len(names) < min(2, len(decision.names)):
        raise SiteError(f"{' and '.join(f'“{name}”' for name in decision.names)} are names of one entity already.")
    return msgspec.structs.replace(decision, names=names)


def _touched_articles(before: Archive, after: Archive) -> tuple[ArticleId, ...]:
    """Return the articles with an entity whose name, type, origin, page or mentions differ."""
    old, new = _entities_by_article(before), _entities_by_article(after)
    return tuple(sorted(article for article in {*old, *new} if old.get(article) != new.get(article)))


def _entities_by_article(archive: Archive) -> dict[ArticleId, list[tuple[object, ...]]]:
    rows: dict[ArticleId, list[tuple[object, ...]]] = defaultdict(list)
    for found in archive.entities:
        for appearance in found.appearances:
            fields = (found.name, found.type, found.origin, found.page, appearance.mentions)
            rows[appearance.article].append(fields)
    return {article: sorted(article_rows, key=repr) for article, article_rows in rows.items()}
