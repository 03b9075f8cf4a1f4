"""Decisions of a person: proposed with their consequences, and written."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain

import msgspec

from glossator.atomic_files import write_whole
from glossator.config import SiteError
from glossator.content import decision_edits, decisions, published_ids
from glossator.content.undo_log import forget_last, last_text, record_undo
from glossator.incremental.schema import WHOLE_ARCHIVE
from glossator.model import ArticleId, Decision, Entity, EntityId, PrivateNames, Problem
from glossator.naming.private_names import is_part_of
from glossator.pipeline.review import model_diff
from glossator.pipeline.review.disclosure import whole_names
from glossator.pipeline.review.entity_lookup import MOST_HINTS, find_entity, form_on_site, namesakes
from glossator.pipeline.review.kept_back_names import kept_back_names, without_held_names
from glossator.pipeline.review.questions import ReviewQuestion, decision_key, questions
from glossator.pipeline.review.site_effect import SiteEffect, revealed, site_effect
from glossator.pipeline.review.survey import Effect, Survey, effect, store_whole, with_text

ENTITY_DECISIONS = frozenset({"rename", "type", "confirm", "private"})
"""Kinds of decisions that apply to an entity, whichever of its names is given; the other kinds apply to a name."""


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
    site: SiteEffect | None = None
    """Effect on the site, if the articles are those of the whole archive."""
    revealed: tuple[str, ...] = ()
    """Names that the site would show, and that only text has which is kept back, or that are private."""
    held: tuple[str, ...] = ()
    """Names in the decisions that only text has which is kept back."""

    @property
    def is_pointless(self) -> bool:
        """True if the decisions cause problems and change nothing, in the archive or on its site."""
        on_site = self.site is not None and self.site.is_pointless
        return not self.undoes and (on_site or bool(self.problems and not self.touched))


def propose(survey: Survey, *several: Decision) -> Proposal:
    """Return what decisions would change. They may name entities by id, name or alias.

    Raises SiteError if no entity has a name, or if several have it.
    """
    text, added, by = survey.text, [], survey.context.config.verified_by
    at = datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for decision in chain.from_iterable(_with_whole_names(survey, given) for given in several):
        written = _with_file_names(survey, decision)
        if decision.kind == "private" and (typed := _typed_name(survey, decision.names[0], written.names)):
            text = decision_edits.add(text, Decision("private", (typed,)))
        text = decision_edits.add(text, written)
        text = decision_edits.record(text, written, by, at) if by else text
        added.append(written)
    return _proposal(survey, text, added)


def _with_whole_names(survey: Survey, decision: Decision) -> Iterator[Decision]:
    """Yield a decision, and if it makes somebody private those on the names that have the whole private name."""
    yield decision
    if decision.kind == "private":
        private, *_ = _with_file_names(survey, decision).names
        for name in whole_names(survey.archive.entities, private):
            yield msgspec.structs.replace(decision, names=(name,))


def _typed_name(survey: Survey, typed: str, written: Sequence[str]) -> str:
    """Return the words by which a person made somebody private, if the names `written` are others; else nothing.

    The name shown may be a wrong guess, of which a later build knows nothing. A surname is none of these words: it is
    private with the whole name, and by itself would be that of everybody who bears it.
    """
    is_id = bool(survey.entities([EntityId(typed)]))
    is_covered = " " not in typed and is_part_of(typed, PrivateNames(tuple(written)))
    return "" if is_id or is_covered or typed.casefold() in map(str.casefold, written) else typed


def propose_undo(survey: Survey) -> Proposal:
    """Return what changes if the latest decision is taken back. Raises SiteError if that is not possible."""
    text = last_text(survey.context.paths.undo, survey.text)
    if text is None:
        hint = f"Those of commands and of the preview can be, until {decisions.FILE} is edited by hand."
        raise SiteError("There is no decision that can be taken back.", hint)
    return msgspec.structs.replace(_proposal(survey, text, ()), undoes=True)


def _proposal(survey: Survey, text: str, added: Sequence[Decision]) -> Proposal:
    """Return the proposal of another text of `entities.toml`, which has the added decisions."""
    after = with_text(survey, text, added)
    changes = effect(survey, after)
    beside = (survey.site, after.site) if survey.site and after.site else None
    on_site = effect(*beside) if beside else changes
    site = site_effect(on_site, beside[1]) if beside else None
    problems = changes.problems
    if after.site:  # a name may stand in the text of the whole archive and not have been found there
        problems = without_held_names(survey.context.paths.content, after.site.store, after.found, problems)
        problems += site.problems if site else ()
    diff = difflib.unified_diff(survey.text.splitlines(), text.splitlines(), n=0, lineterm="")
    return Proposal(
        text,
        tuple(line for line in diff if line[:3] not in ("+++", "---") and _is_content(line)),
        _touched_articles(changes),
        tuple(dict.fromkeys(problems)),
        added=tuple(added),
        site=site,
        revealed=revealed(survey, beside[1] if beside else after, on_site, added),
        held=_held(survey, added),
    )


def _held(survey: Survey, added: Sequence[Decision]) -> tuple[str, ...]:
    words = {
        word for decision in added for word in (*decision.names, decision.value if decision.kind != "type" else "")
    }
    if not survey.site:
        return ()
    return tuple(sorted(kept_back_names(survey.context.paths.content, survey.site.store, words).only))


def _is_content(line: str) -> bool:
    """True if a line of a diff is neither empty nor a comment."""
    return line[:1] in "+-" and line[1:].strip()[:1] not in ("", "#")


def accept(survey: Survey, proposal: Proposal) -> Survey:
    """Write a proposal and return the survey with it. Raises SiteError if the file was changed since the proposal."""
    paths = survey.context.paths
    if decisions.decisions_text(paths.content) != survey.text:
        raise SiteError(f"{decisions.FILE} was changed in the meantime.", "Nothing was written; say it again.")
    write_whole(paths.content / decisions.FILE, proposal.text.encode())
    if proposal.undoes:
        forget_last(paths.undo)
    else:
        record_undo(paths.undo, survey.text, proposal.text)
    after = with_text(survey, proposal.text, proposal.added)
    if after.published != survey.published:
        published_ids.write_lock(paths.content, after.published)
    if after.site and after.found.namespace.schema == WHOLE_ARCHIVE:
        store_whole(after)
    return after


def open_questions(survey: Survey) -> tuple[ReviewQuestion, ...]:
    """Return the open questions about the archive, most useful first."""
    return questions(survey.archive, survey.names(survey.found.states), survey.decisions)


def model_changes(survey: Survey) -> model_diff.ModelChanges | None:
    """Return the differences from the last build with another model; None if there was no such build."""
    survey = survey.site or survey  # builds record the entities of the site
    context = survey.context
    return model_diff.changes(context.paths.snapshot, model_diff.model_key(context.config), survey.archive)


def _with_file_names(survey: Survey, decision: Decision) -> Decision:
    """Return the decision with the names that `entities.toml` uses, which later builds still understand."""
    decided = {name.casefold() for name in (*survey.decisions.ignore, *survey.decisions.private)}

    def file_name(word: str) -> str:
        if word.casefold() in decided:
            return word
        if decision.kind == "private" and not survey.called(word) and _is_kept_back(survey, word):
            return word  # no name was found there, and it is one
        entity = find_entity(survey, word)
        alias = next((form for form, _ in entity.aliases if form.casefold() == word.casefold()), None)
        if alias is not None and decision.kind not in ENTITY_DECISIONS:
            return alias
        key = decision_key(entity, 1 + len(namesakes(survey, entity)))
        site = survey.site if decision.kind != "private" else None  # the whole name protects its parts
        on_site = site is None or site.called(key) or site.entities([EntityId(key)])
        return key if on_site else form_on_site(survey, entity) or key

    heads = {head.id for head in survey.heads}
    for article in decision.articles:
        if article not in heads:
            containing = [head for head in sorted(heads) if article in head][:MOST_HINTS]
            similar = containing or difflib.get_close_matches(article, sorted(heads), MOST_HINTS)
            hint = f"Did you mean {' or '.join(similar)}?" if similar else "Write the end of its page's address."
            raise SiteError(f"There is no article {article}.", hint)
    names = tuple(dict.fromkeys(file_name(name) for name in decision.names))
    if decision.kind == "private" and survey.site and not survey.site.called(names[0]):
        names += tuple(form for bearer in survey.called(names[0]) if (form := form_on_site(survey, bearer)))
    if len(names) < min(2, len(decision.names)):
        raise SiteError(f"{' and '.join(f'“{name}”' for name in decision.names)} are names of one entity already.")
    if decision.kind == "split":
        return _split_of_namesake(survey, msgspec.structs.replace(decision, names=names))
    return msgspec.structs.replace(decision, names=names)


def _is_kept_back(survey: Survey, name: str) -> bool:
    site, content = survey.site, survey.context.paths.content
    return site is not None and name in kept_back_names(content, site.store, [name]).held


def _split_of_namesake(survey: Survey, decision: Decision) -> Decision:
    """Return a split of an entity given by its id, because others have its name, as one of the name in its articles."""
    (word,) = decision.names
    entity = survey.entities([EntityId(word)]).get(EntityId(word))
    if entity is None or not namesakes(survey, entity):
        return decision
    own = tuple(str(appearance.article) for appearance in entity.appearances)
    if others := [article for article in decision.articles if article not in own]:
        raise SiteError(f"{word} is not in {', '.join(others)}.", "Name articles of its page, or none for all of them.")
    return msgspec.structs.replace(decision, names=(entity.name,), articles=decision.articles or own)


def _touched_articles(changes: Effect) -> tuple[ArticleId, ...]:
    """Return the articles with an entity whose name, type, origin, page or mentions differ."""
    old, new = _entities_by_article(changes.before.values()), _entities_by_article(changes.after.values())
    hidden = {seen.article for key in changes.private for seen in changes.after[key].appearances}
    return tuple(sorted(key for key in {*old, *new} if key in hidden or old.get(key) != new.get(key)))


def _entities_by_article(entities: Iterable[Entity]) -> dict[ArticleId, list[tuple[object, ...]]]:
    rows: dict[ArticleId, list[tuple[object, ...]]] = defaultdict(list)
    for entity in entities:
        for appearance in entity.appearances:
            fields = (entity.name, entity.type, entity.origin, entity.page, appearance.mentions)
            rows[appearance.article].append(fields)
    return {article: sorted(article_rows, key=repr) for article, article_rows in rows.items()}
