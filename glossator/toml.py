"""TOML that a person, or somebody else, wrote: plain values, and where in the file they stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

_GIVES = re.compile(r"""\s*(?:[\w-]+|"[^"]*"|'[^']*')(?:\.(?:[\w-]+|"[^"]*"|'[^']*'))*\s*=""")
"""Beginning of a line that gives a key a value."""
LONGEST_NUMBER = 128
"""Bits. No setting needs more, and Python refuses to print thousands of digits."""


def parse(text: str) -> dict[str, Any]:
    """Return the tables of a TOML file. Raises ValueError, which says as the rest of a sentence what is wrong."""
    try:
        tables = tomllib.loads(text)
    except RecursionError:
        raise ValueError("brackets are nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        raise ValueError(_sentence(text, str(error))) from None
    except ValueError:
        raise ValueError("a number has too many digits") from None
    waiting: list[object] = [tables]
    while waiting:
        match waiting.pop():
            case dict() as table:
                waiting += table.values()
            case list() as values:
                waiting += values
            case int() as number if number.bit_length() > LONGEST_NUMBER:
                raise ValueError("a number has too many digits")
    return tables


def _sentence(text: str, error: str) -> str:
    """Return what is wrong with a text, in the words of people where tomllib's are those of its grammar."""
    if twice := re.fullmatch(r"Cannot (?:overwrite a value|declare .* twice) \(at line (\d+), .*", error):
        repeated = text.splitlines()[int(twice[1]) - 1].partition("=")[0].strip()
        return f"{repeated} stands twice, the second time in line {twice[1]}"
    if invalid := re.fullmatch(r"Invalid value \(at line (\d+), .*", error):
        expected = "a text in quotes, a number, a list in brackets, true or false"
        return f"the value in line {invalid[1]} is not {expected}"
    if error.endswith("(at end of document)"):
        return f"what begins in line {_last_begun(text, error)} has no end"
    return error


def _last_begun(text: str, error: str) -> int:
    """Return the line of what a text that ends too early leaves open: a list or text of many lines, else the last."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    long = not error.startswith("Expected")
    return max((number for number, line in lines if not long or _GIVES.match(line)), default=1)


_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|\#[^\n]*|\n|[\w-]+|.', re.DOTALL
)
_HEADER = re.compile(r'[ \t]*(\[\[?)[ \t]*("(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[\w.-]+)[ \t]*\]\]?')


class Entry(msgspec.Struct, frozen=True):
    """Key with its value, or the header of a table (its key is empty)."""

    table: str
    """Empty for the top of the file."""
    number: int
    """Index among the tables of that name, from 0."""
    key: str
    line: int
    end: int
    """Last line of the value."""
    texts: tuple[tuple[str, int], ...] = ()
    """Strings within the value, each with its line."""


@dataclass(slots=True)
class _Open:
    """Entry whose end is still to come."""

    key: str
    line: int
    texts: list[tuple[str, int]] = field(default_factory=list)


def entries(text: str) -> tuple[Entry, ...]:
    """Return every entry of a file that tomllib can read, in order; of other files, as far as they can be parsed."""
    return tuple(_entries(text))


def _entries(source: str) -> Iterator[Entry]:
    table, counts, line, position, depth = "", {"": 0}, 1, 0, 0
    entry: _Open | None = None
    words: list[str] = []
    while position < len(source):
        if entry is None and not words and (header := _HEADER.match(source, position)):
            table = _decoded(header[2])
            counts[table] = counts.get(table, -1) + 1
            yield Entry(table, counts[table], "", line, line)
            position = _end_of_line(source, header.end())
            continue
        token = _TOKEN.match(source, position)
        assert token is not None, "the last alternative takes anything"
        position, text = token.end(), token[0]
        if text == "\n" and depth == 0:
            if entry is not None:
                yield Entry(table, counts[table], entry.key, entry.line, line, tuple(entry.texts))
            entry, words = None, []
        elif entry is None and text == "=":
            entry = _Open("".join(words), line)
        elif entry is None and text.strip() and not text.startswith("#"):
            words.append(_decoded(text))
        elif entry is not None and text[0] in "\"'":
            entry.texts.append((_decoded(text), line))
        elif entry is not None:
            depth += (text in "[{") - (text in "]}")
        line += text.count("\n")
    if entry is not None:
        yield Entry(table, counts[table], entry.key, entry.line, line, tuple(entry.texts))


def _end_of_line(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _decoded(token: str) -> str:
    """Return the text of a key or string."""
    if token[0] not in "\"'":
        return token
    try:
        return str(tomllib.loads(f"x = {token}")["x"])
    except ValueError:
        return token
