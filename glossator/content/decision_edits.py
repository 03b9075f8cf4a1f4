"""A decision added to `entities.toml`: comments and layout of the file stay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tomlkit
from tomlkit.items import Array

from glossator.config import SiteError
from glossator.model import Decision
from glossator.toml import entries

RECORDED = frozenset({"confirm", "rename", "type", "merge"})
"""Kinds of decisions by which a person vouches for an entity, the first of their names."""
BEGINNING = """\
# Your decisions about names; correcting.md in the documentation explains them. A decision holds for the whole archive,
# now and for every article that is still to come.
"""


def add(text: str, decision: Decision) -> str:
    """Add a decision to the text. An earlier decision that contradicts it is removed.

    Raises SiteError if an entry that must be changed has the wrong type.
    """
    document = tomlkit.parse(text or BEGINNING)
    try:
        _withdraw(document, decision)
        return _add(tomlkit.dumps(document), decision)
    except (TypeError, AttributeError, KeyError):
        raise SiteError(
            f"entities.toml has a {decision.kind} that cannot be understood.", "Put it right by hand first."
        ) from None


def record(text: str, decision: Decision, by: str, at: str) -> str:
    """Record in the text who decided about an entity, and `at` which ISO time. Other decisions leave no record."""
    if decision.kind in RECORDED:
        return _set(text, "verified", decision.names[0], f"{by}, {at}")
    return text


def _add(text: str, decision: Decision) -> str:
    names, value = decision.names, decision.value
    match decision.kind:
        case "ignore" if decision.articles:
            return _extended(text, "ignore-in", names[0], decision.articles)
        case "ignore" | "private" | "confirm":
            return _extended(text, "", decision.kind, names)
        case "not-the-same":
            return _grouped(text, names)
        case "rename" | "type":
            return _set(text, decision.kind, names[0], value)
        case "merge":
            return _extended(text, "merge", names[0], names[1:])
        case "split":
            where = f"in = {_list(decision.articles)}\n" if decision.articles else ""
            table = f"[[split]]\nname = {_quoted(names[0])}\nas = {_quoted(value)}\n{where}"
            return f"{text.rstrip()}\n\n{table}".lstrip("\n")
    raise AssertionError(decision.kind)


def _withdraw(document: Any, decision: Decision) -> None:
    """Remove what a decision contradicts."""
    names = decision.names
    match decision.kind:
        case "ignore" if not decision.articles:
            _take_out(document.get("confirm", []), names)
            _forget_record(document, names)
        case "confirm":
            _take_out(document.get("ignore", []), names)
        case "private":
            _take_out(document.get("confirm", []), names)
            _forget_record(document, names)
        case "merge":
            _let_join(document, names)
        case "not-the-same":
            _keep_apart(document.get("merge", {}), names)
        case "rename" | "type":
            table = document.get(decision.kind, {})
            for key in [key for key in table if _same(key, names[0]) and key != names[0]]:
                del table[key]
        case "split":
            _forget_split(document, decision)


def _let_join(document: Any, names: tuple[str, ...]) -> None:
    _take_out_groups(document.get("not-the-same", []), names)
    merges = document.get("merge", {})
    for survivor in [name for name in merges if not _same(name, names[0])]:
        _take_out_of_table(merges, survivor, names[1:])


def _keep_apart(merges: Any, names: tuple[str, ...]) -> None:
    for survivor in list(merges):
        joined = [name for name in names if _same(name, survivor) or _holds(merges[survivor], name)]
        if len(joined) > 1:
            _take_out_of_table(merges, survivor, joined[1:])


def _forget_split(document: Any, decision: Decision) -> None:
    splits = document.get("split", [])
    for number in reversed(range(len(splits))):
        split = splits[number]
        if _same(split["name"], decision.names[0]) and set(split.get("in", [])) == set(decision.articles):
            del splits[number]
    if "split" in document and not splits:
        del document["split"]


def _forget_record(document: Any, names: tuple[str, ...]) -> None:
    records = document.get("verified", {})
    for key in [key for key in records if _holds(names, key)]:
        del records[key]


def _take_out(names: Any, gone: Iterable[str]) -> None:
    for name in gone:
        for listed in [listed for listed in names if _same(listed, name)]:
            names.remove(listed)


def _take_out_of_table(table: Any, key: str, gone: Iterable[str]) -> None:
    _take_out(table[key], gone)
    if not table[key]:
        del table[key]


def _take_out_groups(groups: Any, names: tuple[str, ...]) -> None:
    """Stop keeping the other names apart from the first."""
    for number in reversed(range(len(groups))):
        group = groups[number]
        if _holds(group, names[0]) and any(_holds(group, name) for name in names[1:]):
            _take_out(group, names[1:])
            if len(group) < 2:
                del groups[number]


def _extended(text: str, table: str, key: str, names: Iterable[str]) -> str:
    """Add names at the end of a list, which is made if it is missing."""
    document: Any = tomlkit.parse(text)
    holder = document.get(table, {}) if table else document
    mine = next((listed_key for listed_key in holder if _same(listed_key, key)), None)
    if mine is None:
        return _inserted(text, table, f"{_quoted(key) if table else key} = {_list(names)}")
    if not isinstance(holder[mine], Array):
        raise TypeError(key)
    for name in names:
        if not _holds(holder[mine], name):
            holder[mine].append(name)
    return tomlkit.dumps(document)


def _grouped(text: str, names: tuple[str, ...]) -> str:
    document: Any = tomlkit.parse(text)
    if "not-the-same" not in document:
        return _inserted(text, "", f"not-the-same = [{_list(names)}]")
    if not any(all(_holds(group, name) for name in names) for group in document["not-the-same"]):
        document["not-the-same"].append(list(names))
    return tomlkit.dumps(document)


def _set(text: str, table: str, key: str, value: str) -> str:
    document: Any = tomlkit.parse(text)
    if key not in document.get(table, {}):
        return _inserted(text, table, f"{_quoted(key)} = {_quoted(value)}")
    document[table][key] = value
    return tomlkit.dumps(document)


def _inserted(text: str, table: str, line: str) -> str:
    """Insert a line at the end of a table; tomlkit would put it after the comments on the next one."""
    lines = text.splitlines(keepends=True)
    existing = entries(text)
    mine = [entry for entry in existing if entry.table == table]
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    if mine:
        lines.insert(mine[-1].end, f"{line}\n" if table else f"\n{line}\n")
    elif table:
        lines.append(f"\n[{table}]\n{line}\n")
    else:
        index = existing[0].line - 1 if existing else len(lines)
        while existing and index > 0 and lines[index - 1].startswith("#"):
            index -= 1  # the comment belongs to the table
        lines.insert(index, f"{line}\n\n" if existing else f"\n{line}\n")
    return "".join(lines)


def _holds(names: Iterable[str], name: str) -> bool:
    return any(_same(listed, name) for listed in names)


def _same(first: str, second: str) -> bool:
    return first.casefold() == second.casefold()


def _quoted(text: str) -> str:
    return tomlkit.string(text).as_string()


def _list(names: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, names))}]"
