"""Decisions of people about entities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from glossator import toml
from glossator.config import SiteError
from glossator.files import Unusable, copies_beside, read_optional
from glossator.model import (
    NOBODY,
    Decisions,
    EntityType,
    Problem,
    Split,
    Verified,
)
from glossator.text import bare_words, nearest, one_line
from glossator.toml import Entry, entries

FILE = "entities.toml"
KEYS = ("ignore", "private", "confirm", "not-the-same", "rename", "merge", "type", "ignore-in", "split", "verified")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
"""Time of a decision: ISO notation, in UTC."""
_ELSEWHERE = ("..", "entities", "saved", "articles", "pages", "gazetteers")
"""Folders, seen from the content, into which people put the file by mistake."""
_PRIVATE = re.compile("priv|hid|secret|confiden|anonym|withh")
"""Part of a word by which an unknown key is known to be about names that nobody shall see."""
_NOTATION = "See correcting.md in the documentation for the notation."
SPLIT_FIELDS = ("name", "as", "in")


def read_decisions(content: Path) -> tuple[Decisions, tuple[Problem, ...]]:
    """Read `content/entities.toml`: the decisions, and the entries that cannot be used; none if there is no file.

    Raises SiteError if continuing would publish what a person took back: for a file that cannot be read at all, and for
    a `private` that cannot be understood.
    """
    decisions, problems = parse_decisions(decisions_text(content))
    copies = (
        Problem("decisions", name, f"is not read, but {FILE} beside it: compare them, and delete it", fatal=False)
        for name in copies_beside(content / FILE)
    )
    return decisions, (*problems, *copies)


def decisions_text(content: Path) -> str:
    """Return the text of `content/entities.toml`; empty if there is none. Raises SiteError if it cannot be read."""
    path = content / FILE
    try:
        return read_optional(path, *(path.parent / place / FILE for place in _ELSEWHERE)) or ""
    except Unusable as error:
        raise SiteError(f"{FILE} {error}.") from None


def parse_decisions(text: str) -> tuple[Decisions, tuple[Problem, ...]]:
    """Parse the text of `content/entities.toml`; raises SiteError as `read_decisions` does."""
    try:
        tables = toml.parse(text)
    except ValueError as error:
        raise SiteError(f"{FILE} is not valid TOML: {error}.", _NOTATION) from None
    parser = _DecisionParser(entries(text))
    for key, value in tables.items():
        if key not in KEYS:
            parser.unknown(key, value)
        elif key != "private":
            parser.refuse_private_within(key, value)
    decisions = Decisions(
        ignore=parser.names("ignore", tables.get("ignore", [])),
        private=parser.names("private", tables.get("private", [])),
        confirm=parser.names("confirm", tables.get("confirm", [])),
        not_the_same=tuple(parser.groups(tables.get("not-the-same", []))),
        rename=tuple(parser.renamed(tables)),
        merge=tuple((into, parser.names("merge", names, into)) for into, names in parser.table(tables, "merge")),
        types=tuple(parser.types(tables)),
        splits=(*parser.ignored(tables), *parser.splits(tables.get("split", []))),
        verified=tuple(parser.verified(tables)),
        lines=_lines(parser.entries, tables.get("not-the-same", [])),
    )
    return decisions, tuple(parser.problems)


def _lines(toml_entries: Iterable[Entry], groups: object) -> dict[tuple[str, ...], int]:
    """Return the lines of decisions: a name by kind, each name of a merge by its survivor, a group by all its names."""
    lines: dict[tuple[str, ...], int] = {}
    for entry in toml_entries:
        kind = entry.table or entry.key
        names = () if entry.table == "" else (entry.key,)
        lines.setdefault((kind, *names), entry.line)
        for text, line in entry.texts if kind != "split" else ():
            lines.setdefault((kind, *names, text), line)
        texts = iter(entry.texts)
        for group in groups if kind == "not-the-same" and isinstance(groups, list) else ():
            text_lines = [next(texts, ("", entry.line))[1] for _ in group] if isinstance(group, list) else []
            if text_lines:
                lines.setdefault((kind, *map(str, group)), text_lines[0])
    return lines


class _DecisionParser(msgspec.Struct, frozen=True):
    """Parser of the decisions. State: the positions of the entries, and the problems."""

    entries: tuple[Entry, ...]
    problems: list[Problem] = msgspec.field(default_factory=list)

    def unknown(self, key: str, value: object) -> None:
        """Report a key that is no kind of decision. Raises SiteError if names that nobody shall see may stand there."""
        hint = nearest(key, KEYS)
        line = self.line(key, "") or self.line("", key)
        about = _PRIVATE.search(bare_words(key))
        meant = hint == nearest("private", KEYS)
        if about or meant or any(map(_PRIVATE.search, _keys(value))):
            line = (line if about else None) or self._line_of_private() or line
            hint = hint if meant else 'write private = ["One name", "Another"] above the first table.'
        elif isinstance(value, list) and any(isinstance(name, str) for name in value):
            hint = f"{hint} Names that nobody shall see stand in private."
        else:
            self.say(f'"{key}" is not a kind of decision: {hint}', line)
            return
        raise SiteError(f'{_place(line)}: "{key}" is not a kind of decision: {hint}')

    def refuse_private_within(self, kind: str, value: object) -> None:
        """Raise SiteError if a list of private names stands below the header of a table, which takes it for its own."""
        for key in _keys(value):
            if key.replace(" ", "") == "private":
                message = f"private stands below [{kind}] and is taken for a part of it: move it above the first table."
                raise SiteError(f"{_place(self._line_of_private())}: {message}")

    def _line_of_private(self) -> int | None:
        """Return the last line of another key or table that has `private` in its name."""
        others = (entry for entry in self.entries if (entry.table, entry.key) != ("", "private"))
        return max(
            (entry.line for entry in others if _PRIVATE.search(bare_words(f"{entry.table} {entry.key}"))), default=None
        )

    def names(self, kind: str, names: object, of: str = "") -> tuple[str, ...]:
        """Return the names in the list of a decision of this kind; `of` is the key of the list, in a table."""
        line = self.line(kind, of) if of else self.line("", kind)
        if isinstance(names, list) and all(isinstance(name, str) and name.strip() for name in names):
            return tuple(names)
        quoted = f'"{of}"' if of else kind
        message = f'{quoted} is not a list of names: write {quoted} = ["One name", "Another"].'
        if kind == "private":
            raise SiteError(f"{_place(line)}: {message}")
        self.say(message, line)
        return ()

    def verified(self, tables: Mapping[str, Any]) -> Iterator[Verified]:
        for name, value in self.table(tables, "verified"):
            by, _, at = value.rpartition(", ") if isinstance(value, str) else ("", "", "")
            if by.strip() and TIME.fullmatch(at):
                yield Verified(name, one_line(by), at)
            else:
                hint = f'write "{name}" = "Your Name, 2026-05-01T12:00:00Z", or delete the line.'
                self.say(f'verified "{name}" does not say who decided and when: {hint}', self.line("verified", name))

    def groups(self, groups: object) -> Iterator[tuple[str, ...]]:
        for group in groups if isinstance(groups, list) else [groups]:
            if isinstance(group, list) and len(group) > 1 and all(isinstance(name, str) for name in group):
                yield tuple(group)
            else:
                hint = 'write lists of names within a list: not-the-same = [["A", "B"]].'
                self.say(f"not-the-same is not a list of lists of names: {hint}", self.line("", "not-the-same"))

    def table(self, tables: Mapping[str, Any], kind: str) -> Iterator[tuple[str, Any]]:
        """Yield key and value of each entry, without lists that TOML adds to the table as they are below its header."""
        table = tables.get(kind, {})
        if not isinstance(table, dict):
            hint = f"write [{kind}] on a line of its own, a name on each line below."
            self.say(f"{kind} is not a table: {hint}", self.line("", kind))
            return
        for key, value in table.items():
            if key in KEYS and isinstance(value, list):
                message = f"{key} stands below [{kind}] and is taken for a name: move it above the first table."
                self.say(message, self.line(kind, key))
            else:
                yield key, value

    def renamed(self, tables: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for old, new in self.table(tables, "rename"):
            if isinstance(new, str) and new.strip():
                yield old, one_line(new)
            else:
                self.say(
                    f'the new name of "{old}" is not a text: write "{old}" = "New name".', self.line("rename", old)
                )

    def types(self, tables: Mapping[str, Any]) -> Iterator[tuple[str, EntityType]]:
        for name, kind in self.table(tables, "type"):
            if kind in list(EntityType):
                yield name, EntityType(kind)
            else:
                self.say(f'"{kind}" is not a type: {nearest(str(kind), EntityType)}', self.line("type", name))

    def ignored(self, tables: Mapping[str, Any]) -> Iterator[Split]:
        for name, articles in self.table(tables, "ignore-in"):
            articles_of_name = self.names("ignore-in", articles, name)
            if articles_of_name:
                yield Split(name, NOBODY, articles_of_name, self.line("ignore-in", name))

    def splits(self, tables: object) -> Iterator[Split]:
        if not isinstance(tables, list):
            self.say("split is not a list of tables: write [[split]] on a line of its own.", self.line("split", ""))
            return
        headers = [entry.line for entry in self.entries if (entry.table, entry.key) == ("split", "")]
        for number, table in enumerate(tables):
            line = headers[number] if number < len(headers) else self.line("", "split")
            message = _split_mistake(table)
            if message:
                self.say(message, line)
            else:
                articles = table.get("in", [])
                yield Split(
                    table["name"], table["as"], tuple([articles] if isinstance(articles, str) else articles), line
                )

    def line(self, table: str, key: str) -> int | None:
        return next((entry.line for entry in self.entries if (entry.table, entry.key) == (table, key)), None)

    def say(self, message: str, line: int | None) -> None:
        problem = Problem("decisions", FILE, message, line)
        if problem not in self.problems:
            self.problems.append(problem)


def _split_mistake(table: object) -> str:
    """Return what is wrong with a table of `split`; empty if nothing is."""
    if not isinstance(table, dict):
        return "split is not a list of tables: write [[split]] on a line of its own."
    for key in table:
        if key not in SPLIT_FIELDS:
            return f'"{key}" is not a field of a split: {nearest(key, SPLIT_FIELDS)}'
    for key in ("name", "as"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            return f'a split has no {key}: write {key} = "..." below [[split]].'
    articles = table.get("in", [])
    if not isinstance(articles, str) and not (isinstance(articles, list) and all(isinstance(a, str) for a in articles)):
        return 'in is not a list of articles: write in = ["the-article"], as in their addresses.'
    return ""


def _place(line: int | None) -> str:
    return f"{FILE}, line {line}" if line else FILE


def _keys(value: object) -> Iterator[str]:
    """Yield the words of the keys in a value, at any depth."""
    if isinstance(value, dict):
        yield from map(bare_words, value)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _keys(inner)
