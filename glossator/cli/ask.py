"""`ask`: a question to the archive, as pages of one's own ask them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click
import msgspec

from glossator.cli.json_output import json_option, print_json
from glossator.cli.messages import count, printable, progress
from glossator.cli.options import ArchiveOptions, archive_options
from glossator.config import SiteError
from glossator.dates import day

if TYPE_CHECKING:
    from glossator.model import AnswerRow
    from glossator.pipeline.review.ask import Answered

NOUNS = {"dates": "dated sentence"}
"""Noun for a row, if that is not its kind without an s."""


@click.command()
@archive_options
@click.argument("conditions", nargs=-1, required=True, metavar="KEY=VALUE...")
@click.option(
    "--private", "own_copy", is_flag=True, help="Ask your own copy, with all that is kept back from the site."
)
@json_option
def ask(options: ArchiveOptions, conditions: tuple[str, ...], own_copy: bool, as_json: bool) -> None:
    """Ask the archive, as a page in content/pages/ does, and print the answer.

    The keys are find (articles, sentences, quotations, dates, names, highlights); of, with, about; type, topic, tag,
    publication, author, language, words, since, until, "saved since", independent; order, limit, show, columns. A
    table is printed with a tab between its columns.
    """
    from glossator.pipeline.review.ask import answer_data
    from glossator.pipeline.review.ask import ask as ask_archive
    from glossator.pipeline.review.published_answers import PublishedAnswers
    from glossator.pipeline.review.survey import open_survey

    question = "\n".join(map(_line, conditions))
    own = msgspec.structs.replace(options, private=own_copy)
    shown = progress(quiet=not sys.stderr.isatty())
    with shown as reported, open_survey(own.paths(own_copy), own.read_config(), reported) as survey:
        answered = ask_archive(survey, question)
    news = None if own_copy else PublishedAnswers(own.paths().cache.parent).new_rows(answered.answer)
    if as_json:
        print_json(answer_data(answered) | {"new": news})
        return
    for cells in _lines(answered):
        click.echo("\t".join(map(printable, cells)))
    if news:
        click.echo(f"{len(news):,} new since your last publication.")


def _line(condition: str) -> str:
    """Return a condition as a page has it. Raises SiteError if it has no sign of equality."""
    key, sign, value = condition.partition("=")
    if not sign:
        raise SiteError(f'"{condition}" has no =.', "Write each condition as KEY=VALUE, such as find=quotations.")
    return f"{key}: {' '.join(value.split())}"


def _lines(answered: Answered) -> Iterator[Sequence[str]]:
    """Yield the lines that show an answer, each as its cells: one, or those of a table."""
    from glossator.model import USUAL_COLUMNS

    question, answer = answered.question, answered.answer
    if question.show == "table":
        columns = question.columns or USUAL_COLUMNS[question.find]
        yield columns
        for row in answer.rows:
            cells = _cells(answered, row)
            yield [cells[column] for column in columns]
    elif question.show == "list":
        for row in answer.rows:
            yield from ([line] for line in _row(answered, row))
    number = count(answer.total, NOUNS.get(question.find, question.find.removesuffix("s")))
    shown = len(answer.rows)
    yield [f"{shown} of {number}." if question.show != "count" and shown < answer.total else f"{number}."]


def _cells(answered: Answered, row: AnswerRow) -> dict[str, str]:
    """Return what a row has in each column of a table."""
    head = answered.heads[row.article]
    name, kind, line = answered.names[row.entity] if row.entity else ("", "", "")
    days = f"{row.day} – {row.until}" if row.until else row.day
    return {
        "day": f"{days}{_marks(row)}",
        "title": head.title,
        "publication": head.site or "",
        "authors": ", ".join(head.authors),
        "tags": ", ".join(head.tags),
        "speaker": name,
        "name": name,
        "type": kind,
        "line": line,
        "articles": str(row.articles),
        "text": row.text,
        "note": row.note,
        "names": ", ".join(answered.names[key][0] for key in row.names),
    }


def _marks(row: AnswerRow) -> str:
    """Return what stands behind the date of a row."""
    return f"{' *' * row.reckoned}{' (said ahead)' * row.ahead}"


def _row(answered: Answered, row: AnswerRow) -> Iterator[str]:
    """Yield the lines that show a row."""
    head = answered.heads[row.article]
    published, saved = day((head.published or "")[:10]), day((head.saved or "")[:10])
    about = ", ".join(filter(None, (head.title, head.site, published or (saved and f"saved {saved}"))))
    match answered.question.find:
        case "articles":
            yield about
        case "names":
            assert row.entity, "a name is an entity"
            name, _, descriptor = answered.names[row.entity]
            yield f"{name} ({count(row.articles, 'article')})" + (f": {descriptor}" if descriptor else "")
        case find:
            speaker = f"{answered.names[row.entity][0]}: " if row.entity else ""
            dated = f"{day(row.day)}{_marks(row)}: " if find == "dates" else ""
            yield f"{dated}{speaker}“{row.text}”" if find == "quotations" else f"{dated}{row.text}"
            if row.note:
                yield f"  note: {row.note}"
            yield f"  {about}"
