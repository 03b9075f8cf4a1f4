"""A question to the archive as it is, outside of a build; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from glossator.config import SiteError
from glossator.content.theme import read_theme
from glossator.incremental.schema import ENTITIES, RESOLVED
from glossator.model import Answer, AnswerRow, ArticleHead, ArticleId, EntityId, PrivateNames, Question, Topic
from glossator.naming.private_names import private_names, with_evidence
from glossator.pipeline.analysis.answer_questions import answer
from glossator.pipeline.analysis.asked_archive import AskedArchive
from glossator.pipeline.analysis.find_highlights import find_highlights
from glossator.pipeline.analysis.find_related import find_related
from glossator.pipeline.analysis.find_shared_passages import find_shared_passages
from glossator.pipeline.analysis.find_topics import find_topics
from glossator.pipeline.analysis.stored_archive import stored_table
from glossator.pipeline.rendering.site_wide import site_facts
from glossator.pipeline.review.survey import Survey
from glossator.stages.answer import read_question, resolved
from glossator.stages.plan import SiteContent, descriptor_of, public_head


class Answered(msgspec.Struct, frozen=True):
    """An answer, and all that is needed to show it."""

    question: Question
    answer: Answer
    heads: Mapping[ArticleId, ArticleHead]
    names: Mapping[EntityId, tuple[str, str, str]]
    """Name, type and descriptor of each entity in the answer."""


def ask(survey: Survey, text: str) -> Answered:
    """Answer a question, written as in a page. Raises SiteError if it cannot be read."""
    read = read_question(text)
    faults, question = read.faults, read.question
    if question is not None:
        archive = _archive(survey, question)
        question, faults = resolved(question, read.lines, archive.known)
    if question is None:
        raise SiteError("\n".join(f"{fault.message.rstrip('.')}." for fault in faults).replace("?.", "?"))
    given = answer(archive, question)
    entities = {key for row in given.rows for key in (row.entity, *row.names) if key}
    names = {key: archive.entities[key] for key in sorted(entities)}
    return Answered(
        question,
        given,
        {row.article: public_head(archive.heads[row.article], archive.private) for row in given.rows},
        {
            key: (entity.name, str(entity.stated_type), descriptor_of(entity, archive.private))
            for key, entity in names.items()
        },
    )


def answer_data(answered: Answered) -> dict[str, Any]:
    """Return an answer as plain values, for JSON: the keys of a row depend on what was asked for alone."""
    find, given = answered.question.find, answered.answer
    return {
        "find": find,
        "total": given.total,
        "limited": given.limited,
        "rows": [] if answered.question.show == "count" else [_row(answered, find, row) for row in given.rows],
    }


def _row(answered: Answered, find: str, row: AnswerRow) -> dict[str, Any]:
    head = answered.heads[row.article]
    article = {
        "id": head.id,
        "title": head.title,
        "date": (head.published or head.saved or "")[:10] or None,
        "publication": head.site,
        "source": head.source,
    }
    data: dict[str, Any] = {"key": row.key, "day": row.day or None, "article": article}
    if find == "articles":
        return data | {"authors": list(head.authors), "tags": list(head.tags)}
    if find == "names":
        return data | {"name": _name(answered, row.entity), "articles": row.articles}
    data |= {"text": row.text, "start": row.start, "end": row.end, "anchor": row.anchor}
    data["names"] = [_name(answered, key) for key in row.names]
    match find:
        case "quotations":
            data |= {"speaker": _name(answered, row.entity), "attribution": row.attribution}
        case "dates":
            data |= {"until": row.until or None, "reckoned": row.reckoned, "ahead": row.ahead}
        case "highlights":
            data["note"] = row.note
    return data


def _name(answered: Answered, key: EntityId | None) -> dict[str, str | None]:
    assert key is not None, "names and speakers are entities"
    name, kind, descriptor = answered.names[key]
    return {"id": key, "name": name, "type": kind, "descriptor": descriptor or None}


def _archive(survey: Survey, question: Question) -> AskedArchive:
    """Return the archive of a survey, with topics and highlights if the question asks for them."""
    context, found = survey.context, survey.found
    files = {file.head.id: file for file in survey.public}
    private = _private(survey)
    of_articles = (context, survey.heads, files)
    return AskedArchive(
        heads={head.id: head for head in survey.heads},
        files=files,
        entities=stored_table(found.namespace.read, ENTITIES, found.article_counts),
        resolved=stored_table(found.namespace.read, RESOLVED, found.states),
        found=found,
        topics=_topics(survey) if question.topic else (),
        shared=find_shared_passages(*of_articles).shared if question.independent else {},
        highlights=find_highlights(*of_articles, private).placed if question.find == "highlights" else {},
        private=private,
        words=site_facts(context, read_theme(context.paths.templates))[0].words,
        analysis=survey.analysis,
    )


def _private(survey: Survey) -> PrivateNames:
    """Return the private names, with what the archive says of them; none in the owner's own copy."""
    if survey.context.config.private:
        return PrivateNames()
    private = private_names(survey.decisions.private, survey.published)
    return with_evidence(private, survey.archive.entities, survey.found.names_in) if private else private


def _topics(survey: Survey) -> tuple[Topic, ...]:
    """Return the topics of the archive, brought up to date."""
    context, found = survey.context, survey.found
    files = {file.head.id: file for file in survey.public}
    content = SiteContent(
        heads=survey.heads,
        entities=stored_table(found.namespace.read, ENTITIES, found.article_counts),
        resolved=stored_table(found.namespace.read, RESOLVED, found.states),
        spread=found.article_counts,
        redirects=found.redirects,
        article_links={},
        text_digests={},
        head_digests={},
    )
    return find_topics(context, content, found.change, find_related(context, files, survey.heads), {}).topics
