"""The rows of an own page's answers as words, each with the number of its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import PurePath

import msgspec

from glossator.addresses import web_address
from glossator.export.tables import BETWEEN
from glossator.extension_points.exports import AnsweredData, AnswerRow, ArticleData, OwnPageData, Question
from glossator.model import USUAL_COLUMNS
from glossator.text import one_line

_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
NAMES = ("of", "beside", "about")
"""Fields of a question that hold ids of names."""
SEVERAL = ("type", "topic", "tag", "publication", "author", "language")
"""Further fields with several values."""
OTHERS = ("words", "since", "until", "saved_since")
KEYS = {"beside": "with", "saved_since": "saved since"}
"""Fields whose key in a question is another word."""
WORDS = {"articles": "article", "names": "name", "dates": "dated sentence"}
"""Kind of rows -> what one of them is called, if that is not the word without its last letter."""


class CitedPage(msgspec.Struct, frozen=True, dict=True):
    """A page, and how its sources are numbered and cited."""

    page: OwnPageData

    @property
    def title(self) -> str:
        """The title, which says so if this is a private copy."""
        return f"{self.page.title} (private copy)" if self.page.archive.private else self.page.title

    @cached_property
    def articles(self) -> dict[str, ArticleData]:
        return {article.id: article for article in self.page.archive.articles}

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {article: number for number, article in enumerate(self.articles, 1)}

    @cached_property
    def saved(self) -> dict[str, str]:
        """Path in the pack of each saved file that it holds, by its SHA-256."""
        paths: dict[str, str] = {}
        for source in self.page.sources:
            if source.content is not None and source.sha256 not in paths:
                suffix = PurePath(source.file).suffix.lower()
                paths[source.sha256] = f"sources/{source.article}{suffix if _SUFFIX.fullmatch(suffix) else ''}"
        return paths

    @cached_property
    def cells(self) -> Mapping[str, Callable[[AnswerRow], str]]:
        """Words of a row in each column; a name that the archive does not have is left out."""
        entities = self.page.archive.by_id()
        names = {key: entity.name for key, entity in entities.items()}
        lines = {key: entity.descriptor.text for key, entity in entities.items() if entity.descriptor}
        types = {key: entity.type for key, entity in entities.items()}

        def of_article(cell: Callable[[ArticleData], str | None]) -> Callable[[AnswerRow], str]:
            return lambda row: (cell(self.articles[row.article]) or "") if row.article in self.articles else ""

        def day(row: AnswerRow) -> str:
            days = f"{row.day} – {row.until}" if row.until else row.day
            article = self.articles.get(row.article)
            if row.day and article and not article.published and row.day == (article.saved or "")[:10]:
                return f"saved {days}"
            return f"{days}{' *' * row.reckoned}{' (said ahead)' * row.ahead}"

        return {
            "day": day,
            "title": of_article(lambda article: article.title),
            "publication": of_article(lambda article: article.site),
            "authors": of_article(lambda article: BETWEEN.join(article.authors)),
            "tags": of_article(lambda article: BETWEEN.join(article.tags)),
            "speaker": lambda row: names.get(row.entity or "", ""),
            "name": lambda row: names.get(row.entity or "", ""),
            "names": lambda row: BETWEEN.join(names[key] for key in row.names if key in names),
            "line": lambda row: lines.get(row.entity or "", ""),
            "type": lambda row: types.get(row.entity or "", ""),
            "articles": lambda row: f"{row.articles:,}",
            "text": lambda row: f"“{row.text}”" if row.entity else row.text,
            "note": lambda row: row.note,
        }


def citation(article: ArticleData, *, address: bool = True) -> str:
    """Return an article as a reference: authors, title, publication, day, and its address if asked for."""
    authors, title = " and ".join(article.authors), f"“{one_line(article.title)}”"
    where = address_of(article) if address else ""
    date = (article.published or "")[:10] or (article.saved and f"saved {article.saved[:10]}")
    return ", ".join(filter(None, (authors, title, article.site, date, where)))


def address_of(article: ArticleData) -> str:
    """Return the address of the original, which is on the web; empty if there is none."""
    return web_address(article.source or "")


RECKONED = "* worked out from the day of the article, because the sentence says no full date"


def columns_of(question: Question) -> tuple[str, ...]:
    return question.columns or USUAL_COLUMNS[question.find]


def total_of(cited: CitedPage, answered: AnsweredData) -> str:
    """Return how many rows there are, how many stand here if not all, what was asked, and what an asterisk means."""
    total, shown, find = answered.answer.total, len(answered.answer.rows), answered.question.find
    word = WORDS.get(find, find.removesuffix("s")) + ("" if total == 1 else "s")
    cut = shown < total and answered.question.show != "count"
    reckoned = any(row.reckoned for row in answered.answer.rows) and answered.question.show != "count"
    count = f"{total:,} {word}{f', of which {shown:,} are here' if cut else ''}"
    return " · ".join(filter(None, (count, asked(cited, answered), RECKONED if reckoned else "")))


def asked(cited: CitedPage, answered: AnsweredData) -> str:
    """Return what rows had to be, as the question says it: "of: Petra Lindqvar; since: 2024-01-01".

    Names that the pack does not have are left out.
    """
    question, entities = answered.question, cited.page.archive.by_id()
    names = {key: entity.name for key, entity in entities.items()}
    values = {field: ", ".join(names[one] for one in getattr(question, field) if one in names) for field in NAMES}
    values |= {field: ", ".join(getattr(question, field)) for field in SEVERAL}
    values |= {field: getattr(question, field) for field in OTHERS}
    values["independent"] = "yes" if question.independent else ""
    return "; ".join(f"{KEYS.get(field, field)}: {value}" for field, value in values.items() if value)


def notes_of(answered: AnsweredData, row: AnswerRow) -> tuple[str, ...]:
    """Return the notes of the owner that stand beside a row."""
    return answered.notes.get(row.key) or tuple(filter(None, (row.note,)))
