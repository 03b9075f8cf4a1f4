"""Entities of a survey: by what people call them, the sentences that mention one, and the reasons for it in words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

from glossator.config import SiteError
from glossator.content.decisions import FILE
from glossator.incremental.schema import RESOLVED
from glossator.model import ArticleId, Entity, EntityId
from glossator.naming.normalise import without_elided_article
from glossator.pipeline.review.kept_back_names import kept_back_names
from glossator.pipeline.review.questions import type_votes
from glossator.pipeline.review.survey import Survey
from glossator.pipeline.stage_work import read_text
from glossator.stages.annotate import MissingModel, deciding_noun, explain_names
from glossator.stages.resolve import PAGE_REASONS

MOST_HINTS = 3
"""Largest number of similar names in a hint."""
REMOVING = ("ignore", "private")
"""Kinds of decisions after which a name is no entity of the archive."""
_WEIGHTIEST = re.compile(r" a name.*?: for: ([^;()]+?) \(")
"""The first reason that speaks for a name; the reasons are sorted by their weights."""
HIDE_IT = "`entity private` keeps it private all the same."
WANT_IT_BACK = "If it shall be one again, remove it there."


def find_entity(survey: Survey, word: str) -> Entity:
    """Return the entity with an id, a name or an alias. Raises SiteError if there is none, or more than one."""
    folded, called = word.casefold(), survey.called(word) or survey.called(without_elided_article(word))
    for matches in (
        list(survey.entities([EntityId(word)]).values()),
        [entity for entity in called if entity.name.casefold() == folded],
        called,
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            ids = ", ".join(entity.id for entity in matches)
            raise SiteError(f"“{word}” is the name of several: {ids}.", "Write the id.")
    redirected = survey.entities(filter(None, [survey.found.redirects.get(EntityId(word))]))
    if redirected:
        return next(iter(redirected.values()))
    if survey.site and (shown := survey.site.entities([EntityId(word)])):
        return find_entity(survey, shown[EntityId(word)].name)  # its page has another id than the whole archive gives
    raise _reason_against(survey, word)


def _reason_against(survey: Survey, word: str) -> SiteError:
    """Return the error that says why a word is the name of no entity, and what can be done."""
    folded = word.casefold()
    for kind in REMOVING:
        if folded in map(str.casefold, getattr(survey.decided.decisions, kind)):
            return SiteError(f"“{word}” is no entity, because {FILE} has it under {kind}.", WANT_IT_BACK)
    if folded in map(str.casefold, survey.decisions.private):
        fact = f"“{word}” is no entity, because {FILE} has nearly this name, or its surname, under private."
        return SiteError(fact, f'To show it nevertheless: glossator entity confirm "{word}".')
    if kept_back_names(survey.context.paths.content, survey.store, [word]).held:
        return SiteError(f"“{word}” is only in text that is not published.", "`rights` says how much of a text is.")
    if survey.site and kept_back_names(survey.context.paths.content, survey.site.store, [word]).held:
        return SiteError(f"“{word}” is in text that is kept back, but no name was found there.", HIDE_IT)
    return SiteError(f"“{word}” is not a name in any article.", _similar_names(survey.archive.entities, folded))


def form_on_site(survey: Survey, entity: Entity) -> str:
    """Return the first form of an entity of the whole archive by which the site knows one entity; empty if none."""
    site = survey.site
    if site is None:
        return ""
    own = (form for form in entity.forms if [bearer.id for bearer in survey.called(form)] == [entity.id])
    return next((form for form in own if len(site.called(form)) == 1), "")


def namesakes(survey: Survey, entity: Entity) -> list[Entity]:
    """Return the other entities that have an entity's name, such as another town of it."""
    folded = entity.name.casefold()
    return [
        bearer for bearer in survey.called(entity.name) if bearer.name.casefold() == folded and bearer.id != entity.id
    ]


def _similar_names(entities: Sequence[Entity], folded: str) -> str:
    """Return a hint with the names most like one in lower case: the most similar form of each entity, no id."""
    owners = {form.casefold(): (form, entity.id) for entity in entities for form in entity.forms}
    similar: dict[EntityId, str] = {}
    for match in difflib.get_close_matches(folded, sorted(owners), 2 * MOST_HINTS):
        form, owner = owners[match]
        similar.setdefault(owner, form)
    names = " or ".join(f"“{form}”" for form in list(similar.values())[:MOST_HINTS])
    return f"Did you mean {names}?" if names else "`entity list` prints the names."


def sentences(survey: Survey, entity: Entity, most: int) -> tuple[tuple[ArticleId, str], ...]:
    """Return sentences that mention an entity: the first of each article, for the `most` newest articles."""
    positions = {head.id: position for position, head in enumerate(survey.heads)}
    files = {file.head.id: file for file in survey.public}
    quoted = []
    for appearance in sorted(entity.appearances, key=lambda appearance: positions[appearance.article])[:most]:
        analysis = survey.analysis(appearance.article)
        content = read_text(files[appearance.article]).content
        start = next(mention.start for mention in analysis.mentions if mention.name in appearance.names)
        containing = ((begin, end) for begin, end in analysis.sentences if begin <= start < end)
        begin, end = next(containing, (start, start + 80))
        quoted.append((appearance.article, " ".join(content[begin:end].split())))
    return tuple(quoted)


def why_page(entity: Entity) -> str:
    """Return why an entity has a page; or why it has none, and what gives it one."""
    reason = PAGE_REASONS[entity.page_rule]
    if entity.page:
        return f"has a page, because {reason}"
    place = "the glossary of its article" if len(entity.appearances) == 1 else "the glossaries of its articles"
    remedy = "`entity retype` says what it is" if reason == PAGE_REASONS["type"] else "`entity confirm` gives it a page"
    return f"no page of its own, because {reason}: it stands in {place}; {remedy}"


def reasons_for_entity(survey: Survey, entity: Entity, most: int) -> Iterator[str]:
    """Yield a sentence for each thing that decided about an entity; the models' for its `most` newest articles.

    Raises SiteError if a pipeline is missing.
    """
    yield from _decisions(survey, entity)
    if entity.origin == "list" and entity.note:
        yield f"{entity.note.listed} lists it."
    votes = type_votes(entity, survey.names(appearance.article for appearance in entity.appearances))
    ranked = sorted(votes.items(), key=lambda pair: (-pair[1], pair[0]))
    yield f"Types of its mentions: {', '.join(f'{kind} {count}×' for kind, count in ranked)}."
    newest = [head.id for head in survey.heads]
    appearances = {appearance.article: appearance.names for appearance in entity.appearances}
    for article in [key for key in newest if key in appearances][:most]:
        yield from _of_article(survey, article, appearances[article][:1])


def reasons_in_article(survey: Survey, article: ArticleId) -> Iterator[str]:
    """Yield a sentence for each name of an article: its entity, and what decided. Raises SiteError if it is unknown."""
    names = survey.names([article]).get(article)
    if names is None:
        raise SiteError(
            f"No names are known of the article {article}.",
            "Name a file of content/articles/, or the page of an article or an entity.",
        )
    yield from _of_article(survey, article, tuple(range(len(names))))


def _of_article(survey: Survey, article: ArticleId, names: tuple[int, ...]) -> Iterator[str]:
    file = next(file for file in survey.public if file.head.id == article)
    analysis, text = survey.analysis(article), read_text(file)
    first_spans = {mention.name: (mention.start, mention.end) for mention in reversed(analysis.mentions)}
    spans = {name: first_spans[name] for name in names if name in first_spans}
    try:
        explained = explain_names(text, file.language, survey.context.config.annotate, list(spans.values()))
    except MissingModel as error:
        raise SiteError(str(error)) from None
    owners = survey.found.namespace.read(RESOLVED, [article])[article]
    for (name, (start, end)), reasons in zip(spans.items(), explained, strict=True):
        owner = owners[name] or "no entity"
        form = " ".join(text.content[start:end].split())
        marked = " You or a decision assigned it." if analysis.names[name].said else ""
        yield f"“{form}” in {article} ({owner}):{marked}{_in_words(reasons.name)} {reasons.name}."
        if reasons.type:
            yield f"  {reasons.type}."
        descriptors = [descriptor for descriptor in analysis.descriptors if descriptor.name == name]
        kind = analysis.names[name].type
        if reasons.likeliest and (noun := deciding_noun(analysis.names[name], reasons.likeliest, descriptors)):
            yield f"  {kind}, because of the noun “{noun}”, its own or that which introduces it."
        elif reasons.likeliest and kind != reasons.likeliest and analysis.names[name].chances:
            yield f"  {kind}, because of its other mentions, those that it is listed with, or the list of known names."


def _in_words(reasons: str) -> str:
    """Return the weightiest of the models’ reasons as a sentence; empty if there are none."""
    weightiest = _WEIGHTIEST.search(reasons)
    return f" Mostly because of {weightiest[1]}." if weightiest else ""


def _decisions(survey: Survey, entity: Entity) -> Iterator[str]:
    """Yield the decisions that name the entity, with the lines of the file."""
    names = {name.casefold() for name in (entity.id, *entity.forms)}
    yielded = set()
    for (kind, *words), line in sorted(survey.decisions.lines.items(), key=lambda pair: pair[1]):
        if names & {word.casefold() for word in words} and (kind, line) not in yielded:
            yielded.add((kind, line))
            yield f"You decided: {kind} {' / '.join(f'“{word}”' for word in words)} (entities.toml, line {line})."
    if entity.note and not entity.note.listed:
        yield f"You wrote a note on it (entities/{entity.note.slug}.md)."
