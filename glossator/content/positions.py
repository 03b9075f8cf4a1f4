"""Where the entries of a TOML file stand: what tomllib and tomlkit read, they do not place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|\#[^\n]*|\n|[\w-]+|.', re.DOTALL
)
_HEADER = re.compile(r'[ \t]*(\[\[?)[ \t]*("(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[\w.-]+)[ \t]*\]\]?')


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value, or the header of a table (its key is empty)."""

    table: str
    """Empty for the top of the file."""
    number: int
    """Which of the tables of that name, from 0."""
    key: str
    line: int
    end: int
    """The last line of the value."""
    texts: tuple[tuple[str, int], ...] = ()
    """Strings within the value, each with its line."""


@dataclass(slots=True)
class _Open:
    """An entry whose end has not come yet."""

    key: str
    line: int
    texts: list[tuple[str, int]] = field(default_factory=list)


def entries(text: str) -> tuple[Entry, ...]:
    """Every entry of a file that tomllib can read, in order; of others as far as it can be told."""
    return tuple(_entries(text))


def _entries(text: str) -> Iterator[Entry]:
    table, counts, line, position, depth = "", {"": 0}, 1, 0, 0
    entry: _Open | None = None
    words: list[str] = []
    while position < len(text):
        if entry is None and not words and (header := _HEADER.match(text, position)):
            table = _decoded(header[2])
            counts[table] = counts.get(table, -1) + 1
            yield Entry(table, counts[table], "", line, line)
            position = _end_of_line(text, header.end())
            continue
        token = _TOKEN.match(text, position)
        assert token is not None, "the last alternative takes anything"
        position, found = token.end(), token[0]
        if found == "\n" and depth == 0:
            if entry is not None:
                yield Entry(table, counts[table], entry.key, entry.line, line, tuple(entry.texts))
            entry, words = None, []
        elif entry is None and found == "=":
            entry = _Open("".join(words), line)
        elif entry is None and found.strip() and not found.startswith("#"):
            words.append(_decoded(found))
        elif entry is not None and found[0] in "\"'":
            entry.texts.append((_decoded(found), line))
        elif entry is not None:
            depth += (found in "[{") - (found in "]}")
        line += found.count("\n")
    if entry is not None:
        yield Entry(table, counts[table], entry.key, entry.line, line, tuple(entry.texts))


def _end_of_line(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _decoded(token: str) -> str:
    """What a key or string says."""
    if token[0] not in "\"'":
        return token
    try:
        return str(tomllib.loads(f"x = {token}")["x"])
    except tomllib.TOMLDecodeError:
        return token
