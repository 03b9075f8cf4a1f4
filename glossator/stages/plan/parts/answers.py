"""Own pages with the answers to the questions in them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from glossator import markup
from glossator.addresses import text_fragment
from glossator.model import USUAL_COLUMNS, Answer, AnswerRow, AskedQuestion, EntityId, OwnPage, Question, SitePath
from glossator.stages.plan.catalogue import Catalogue, article_link, entity_link
from glossator.stages.plan.catalogue.private_names import public_head
from glossator.stages.plan.parts.cards import listed_line
from glossator.stages.plan.parts.corrections import correction
from glossator.stages.plan.parts.own_texts import links_from, page_key
from glossator.stages.plan.parts.shared_passages import independent_texts
from glossator.views import AnswerBlock, AnswerEntry, EntityLink, OwnText


def own_text(catalogue: Catalogue, page: OwnPage, path: SitePath) -> OwnText:
    """Return the text of an own page with its answers, as the page at `path` shows it."""
    content, key = catalogue.content, page_key(page)
    parts = markup.weave_own(page.markdown, links_from(content, key, path), content.listings.get(key, {}))
    return OwnText(parts, answer_blocks(catalogue, page, path))


def answer_blocks(catalogue: Catalogue, page: OwnPage, path: SitePath) -> tuple[AnswerBlock, ...]:
    """Return the answers to the questions of an own page; one without rows or key for each that has no answer."""
    if not page.questions:
        return ()
    answers = catalogue.content.answers.get(page.name, ())
    return tuple(_block(catalogue, asked, answer, path) for asked, answer in zip(page.questions, answers, strict=True))


def _block(catalogue: Catalogue, asked: AskedQuestion, answer: Answer | None, path: SitePath) -> AnswerBlock:
    question = asked.question
    if question is None or answer is None:
        return AnswerBlock("", asked.line)
    columns = question.columns or USUAL_COLUMNS[question.find]
    rows = [_entry(catalogue, question, row, path) for row in answer.rows if question.show != "count"]
    if question.show == "table":
        rows = [_in_columns(row, columns) for row in rows]
    return AnswerBlock(
        key=answer.question,
        line=asked.line,
        find=question.find,
        show=question.show,
        columns=columns if question.show == "table" else (),
        rows=tuple(rows),
        total=answer.total,
        independent=_independent(catalogue, question, answer),
        limited=answer.limited,
    )


def _independent(catalogue: Catalogue, question: Question, answer: Answer) -> int:
    if question.find != "articles" or len(answer.rows) < answer.total:
        return 0
    return independent_texts(catalogue, [row.article for row in answer.rows])


def _entry(catalogue: Catalogue, question: Question, row: AnswerRow, path: SitePath) -> AnswerEntry:
    if question.find == "names":
        return _name(catalogue, question, row, path)
    link = replace(article_link(catalogue, row.article, path), description="", thumbnail=None)  # nothing shows them
    head = public_head(catalogue.heads[row.article], catalogue.settings.private_names)
    place = f"#{row.anchor}{text_fragment(row.text)}" if row.text and row.anchor else ""
    return AnswerEntry(
        key=row.key,
        href=link.href + place,
        text=row.text,
        day=row.day,
        article=link,
        entity=entity_link(catalogue, row.entity, path) if row.entity else None,
        line=row.attribution,
        until=row.until,
        reckoned=row.reckoned,
        ahead=row.ahead,
        correction=correction(catalogue, row.article, path) if question.find == "quotations" else None,
        note=row.note or _notes(catalogue, row),
        names=tuple(_links(catalogue, row.names, path)) if "names" in question.columns else (),
        authors=head.authors if "authors" in question.columns else (),
        tags=head.tags if "tags" in question.columns else (),
    )


def _notes(catalogue: Catalogue, row: AnswerRow) -> str:
    """Return the notes of the highlights that the site shows in the passage of a row."""
    placed = catalogue.content.highlights.get(row.article, ())
    notes = (each.note for each in placed if each.note and each.touches(row))
    return " · ".join(notes) if row.text else ""


def _name(catalogue: Catalogue, question: Question, row: AnswerRow, path: SitePath) -> AnswerEntry:
    assert row.entity is not None, "a name is an entity"
    link = entity_link(catalogue, row.entity, path)
    line = listed_line(catalogue, catalogue.profiles[row.entity])
    day = row.day if question.show == "table" else ""  # a list shows none
    return AnswerEntry(row.key, link.href, "", day, entity=link, line=line, articles=row.articles)


def _in_columns(entry: AnswerEntry, columns: tuple[str, ...]) -> AnswerEntry:
    """Return a row of a table without what no column shows: a change of that would render the page for nothing."""
    link, entity = entry.article, entry.entity
    shown = {column: column in columns for column in ("day", "title", "publication", "line", "type", "articles")}
    return replace(
        entry,
        day=entry.day * shown["day"],
        until=entry.until * shown["day"],
        reckoned=entry.reckoned and shown["day"],
        ahead=entry.ahead and shown["day"],
        article=link
        and replace(
            link,
            title=link.title * shown["title"],
            site=link.site * shown["publication"],
            date="",
            date_kind="",
        ),
        entity=entity and replace(entity, type=entity.type * shown["type"]),
        line=entry.line * shown["line"],
        correction=None,
        articles=entry.articles * shown["articles"],
    )


def _links(catalogue: Catalogue, entities: tuple[EntityId, ...], path: SitePath) -> Iterator[EntityLink]:
    yield from (entity_link(catalogue, entity, path) for entity in entities)
