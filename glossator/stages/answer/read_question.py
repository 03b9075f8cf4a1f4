"""The lines of a question -> the question, or what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from glossator.errors import UserError
from glossator.model import COLUMNS, FINDS, MOST_ROWS, ORDERS, SHOWS, EntityType, Question
from glossator.stages.answer.words import wanted_words
from glossator.text import nearest, one_line

LISTED = ("of", "with", "about", "type", "topic", "tag", "publication", "author", "language")
"""Keys that may have several values, with commas between them."""
KEYS = ("find", *LISTED, "words", "since", "until", "saved since", "independent", "order", "limit", "show", "columns")
FIELDS = {"with": "beside", "saved since": "saved_since"}
"""Fields of a question that are called otherwise than their keys."""
MOST_LINES = 50
MOST_CHARACTERS = 5_000
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_VALUE = re.compile(r'"([^"]*)"|([^,]+)')
_NOT_FOR_NAMES = (
    'says who speaks, or is named, in a passage: for names write "with" (same sentence) or "about" (article)'
)


class Fault(NamedTuple):
    """A mistake in a question."""

    line: int
    """Line of the question, the first of which is 0."""
    message: str
    """Sentence without its full stop, with the remedy."""


class ReadQuestion(NamedTuple):
    """A question as it was read."""

    question: Question | None
    """None if there are faults."""
    lines: Mapping[str, int]
    """Line of each key, the first of which is 0."""
    faults: tuple[Fault, ...]


class WrongLine(UserError):
    """A value that cannot be read. The message is a sentence."""


def read_question(text: str) -> ReadQuestion:
    """Read a question: a key and its value on each line. Blank lines, and those that begin with #, are passed over."""
    faults: list[Fault] = []
    lines: dict[str, int] = {}
    fields: dict[str, Any] = {}
    written = text.splitlines()
    if len(written) > MOST_LINES or len(text) > MOST_CHARACTERS:
        message = f"the question is too long: it may have {MOST_LINES} lines and {MOST_CHARACTERS:,} characters"
        return ReadQuestion(None, {}, (Fault(0, message),))
    for number, line in enumerate(written):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            key, value = _key_and_value(line, lines)
            lines[key] = number
            fields[FIELDS.get(key, key)] = _value(key, value)
        except WrongLine as error:
            faults.append(Fault(number, str(error)))
    if not faults and "find" not in fields:
        faults.append(Fault(0, f"the question does not say what to find: add a line find: {' or '.join(FINDS)}"))
    if faults:
        return ReadQuestion(None, lines, tuple(faults))
    implied = {"order": "most"} if fields["find"] == "names" else {}
    if "columns" in fields:
        implied["show"] = "table"
    return _checked(Question(**implied | fields), lines)


def _key_and_value(line: str, lines: Mapping[str, int]) -> tuple[str, str]:
    written, colon, value = (one_line(part) for part in line.partition(":"))
    key = re.sub(r"[ _-]+", " ", written).casefold()
    if not colon:
        raise WrongLine(f'"{written}" has no colon: write a key, a colon and a value, such as find: quotations')
    if key not in KEYS:
        raise WrongLine(f'"{written}" is no key of a question: {nearest(key, KEYS)}')
    if not value:
        raise WrongLine(f'"{key}" has no value: write one behind the colon, or take the line away')
    if key in lines:
        more = (
            ": write both values on one line, with a comma between them" if key in LISTED else ": keep one of the lines"
        )
        raise WrongLine(f'"{key}" stands twice{more}')
    return key, value


def _value(key: str, value: str) -> Any:
    if key in LISTED:
        values = _several(value)
        return _types(values) if key == "type" else values
    if key == "columns":
        return tuple(column.casefold() for column in _several(value))
    return _READERS[key](value)


def _several(value: str) -> tuple[str, ...]:
    """Return values between commas; a comma within quotation marks divides nothing."""
    values = (one_line(quoted or plain) for quoted, plain in _VALUE.findall(value))
    return tuple(dict.fromkeys(filter(None, values)))


def _types(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(_one_of("type", tuple(map(str, EntityType)))(value) for value in values)


def _one_of(key: str, words: tuple[str, ...]) -> Callable[[str], str]:
    def read(value: str) -> str:
        word = value.casefold()
        if word not in words:
            meant = (
                f"write {', '.join(words[:-1])} or {words[-1]}"
                if key in ("order", "independent")
                else nearest(word, words)
            )
            raise WrongLine(f'"{value}" is no value of {key}: {meant}')
        return word

    return read


def _first_day(value: str) -> str:
    """Return a day, month or year as it is written."""
    try:
        if _DAY.fullmatch(value):
            date.fromisoformat(value + "0000-01-01"[len(value) :])
            return value
    except ValueError:
        pass
    raise WrongLine(f'"{value}" is no day: write it as 2024-05-01, or 2024-05 or 2024')


def _last_day(value: str) -> str:
    return _first_day(value).ljust(10, "9")  # a year or a month ends with its last day


def _limit(value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value) or not int(value):
        raise WrongLine(f'"{value}" is no number of rows: write one from 1 to {MOST_ROWS}')
    return int(value)


def _yes(value: str) -> bool:
    return _one_of("independent", ("yes", "no"))(value) == "yes"


def _words(value: str) -> str:
    if not wanted_words(value).have:
        raise WrongLine(
            f"{value} has no word that must be there: write one, or a sign such as $ or %, without a hyphen before it"
        )
    return value


_READERS: Mapping[str, Callable[[str], Any]] = {
    "find": _one_of("find", FINDS),
    "words": _words,
    "since": _first_day,
    "until": _last_day,
    "saved since": _first_day,
    "independent": _yes,
    "order": _one_of("order", ORDERS),
    "limit": _limit,
    "show": _one_of("show", SHOWS),
}


def _checked(question: Question, lines: Mapping[str, int]) -> ReadQuestion:
    """Return a question, or its faults if values do not go together."""
    find, faults = question.find, []
    if question.of and find == "names":
        faults.append(Fault(lines["of"], f'"of" {_NOT_FOR_NAMES}'))
    if question.order == "most" and find != "names":
        faults.append(Fault(lines["order"], f'"most" orders names only: order {find} by newest or oldest'))
    if question.order == "name" and find not in ("names", "articles"):
        faults.append(Fault(lines["order"], f'"name" orders names and articles only: order {find} by newest or oldest'))
    for column in sorted(set(question.columns) - {*COLUMNS[find]}):
        hint = nearest(column, COLUMNS[find])
        faults.append(Fault(lines["columns"], f'"{column}" is no column of {find}: {hint}'))
    if question.columns and question.show != "table":
        faults.append(
            Fault(lines["columns"], f'"columns" are those of a table: take the line show: {question.show} away')
        )
    if question.since and question.until and question.since > question.until:
        faults.append(Fault(lines["until"], '"until" is before "since": nothing has such a day'))
    return ReadQuestion(None if faults else question, lines, tuple(faults))
