"""An own page with its answers as Markdown: each row with a footnote that cites its article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossator.extension_points.exports import AnsweredData, AnswerRow, ArticleData, Question
from glossator.extensions.exports.cited_rows import CitedPage, address_of, citation, columns_of, notes_of, total_of
from glossator.text import one_line

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|^~$&]|=(?==))")
"""Characters that mean something in Markdown."""


def markdown(cited: CitedPage) -> bytes:
    """Return the page as Markdown."""
    answers = ["\n".join(_answer(cited, answered)) if answered else "" for answered in cited.page.answers]
    parts = [part for pair in zip(cited.page.markdown, [*answers, ""], strict=True) for part in pair]
    notes = (f"[^source-{number}]: {_reference(article)}" for number, article in enumerate(cited.articles.values(), 1))
    every = (f"# {_plain(cited.title)}", *(part.strip("\n") for part in parts), "\n".join(notes))
    return ("\n\n".join(filter(None, every)) + "\n").encode()


def _answer(cited: CitedPage, answered: AnsweredData) -> Iterator[str]:
    yield f"*{_plain(total_of(cited, answered))}*\n"
    for row in answered.answer.rows if answered.question.show != "count" else ():
        words = " · ".join(
            _plain(cell) for column in _columns(answered.question, row) if (cell := cited.cells[column](row))
        )
        number = cited.numbers.get(row.article)
        yield f"- {words}{f'[^source-{number}]' if number else ''}"
        yield from (f"    - Note: {_plain(note)}" for note in notes_of(answered, row))


def _columns(question: Question, row: AnswerRow) -> tuple[str, ...]:
    """Return the columns of a table, else those that a list shows."""
    if question.show == "table":
        return columns_of(question)
    if question.find == "names":
        return ("name", "line", "articles")
    return ("day", "speaker", "text") if row.text else ("day", "title")


def _reference(article: ArticleData) -> str:
    words = _plain(citation(article, address=False))
    return f"{words}, <{address}>" if (address := address_of(article)) else words


def _plain(text: str) -> str:
    """Return a text as Markdown that shows it as it is."""
    return _MARKUP.sub(r"\\\1", one_line(text))
