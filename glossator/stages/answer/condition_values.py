"""Names and keywords of a question, as a person writes them -> those that the archive has."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from glossator.model import EntityId, Question
from glossator.stages.answer.read_question import FIELDS, Fault
from glossator.text import one_line

NAMES = ("of", "with", "about")
"""Keys whose values are names."""
MOST_NAMESAKES = 6
"""Ids in a message at most."""
MOST_VALUES = 6
"""Values that a message lists if none is near, at most."""
_RELATIONS: Mapping[str, str] = {
    "topic": "No topic is called",
    "tag": "No article has the tag",
    "publication": "No article is of the publication",
    "author": "No article has the author",
    "language": "No article is in the language",
}


class KnownValues(NamedTuple):
    """Everything that questions may ask for in an archive."""

    called: Callable[[str], tuple[EntityId, ...]]
    """Name or id -> the entities that are called so."""
    names_like: Callable[[str], tuple[str, ...]]
    """Word -> the names most like it."""
    keywords: Mapping[str, Mapping[str, str]]
    """Key of a question -> folded spelling -> how an article is compared with it, for topics and words of heads."""


def resolved(
    question: Question, lines: Mapping[str, int], archive: KnownValues
) -> tuple[Question | None, tuple[Fault, ...]]:
    """Return a question whose names are ids, and whose keywords are as articles have them; or what is wrong.

    `lines` has the line of each key.
    """
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    for key in (*NAMES, *_RELATIONS):
        field = FIELDS.get(key, key)
        written: tuple[str, ...] = getattr(question, field)
        if written:
            of_key: list[str] = []
            for word in _whole(key, written, archive):
                value = _entity(word, archive) if key in NAMES else _keyword(key, word, archive)
                faults += [Fault(lines.get(key, 0), str(value))] if isinstance(value, _Message) else ()
                of_key.append(value)
            values[field] = tuple(dict.fromkeys(of_key))
    return (None, tuple(faults)) if faults else (msgspec.structs.replace(question, **values), ())


class _Message(str):
    """Sentence about a value that the archive has not."""

    __slots__ = ()


def _whole(key: str, values: tuple[str, ...], archive: KnownValues) -> Iterable[str]:
    """Return values, as one if the archive has that: a name may have a comma."""
    whole = ", ".join(values)
    if len(values) == 1 or (archive.called(whole) if key in NAMES else folded(whole) in archive.keywords[key]):
        return (whole,)
    return values


def _entity(word: str, archive: KnownValues) -> str:
    called = archive.called(word)
    if len(called) == 1:
        return called[0]
    if called:
        ids = ", ".join(called[:MOST_NAMESAKES]) + (", ..." if len(called) > MOST_NAMESAKES else "")
        return _Message(f"“{word}” is the name of several: write the id of one: {ids}")
    return _Message(f"“{word}” is not a name in any article{_meant(archive.names_like(word))}")


def _keyword(key: str, word: str, archive: KnownValues) -> str:
    values, spelt = archive.keywords[key], folded(word)
    spelt = spelt.partition("-")[0] if key == "language" else spelt  # en-GB is English
    if spelt in values:
        return values[spelt]
    other = next((name for name, others in archive.keywords.items() if spelt in others), "")
    if other:
        return _Message(f"{_RELATIONS[key]} “{word}”, but `{other}: {word}` finds some")
    near = difflib.get_close_matches(spelt, values, 3)
    there = ", ".join(sorted(values)[:MOST_VALUES])
    return _Message(f"{_RELATIONS[key]} “{word}”{_meant(near) if near else there and f'; the archive has {there}'}")


def _meant(near: Iterable[str]) -> str:
    names = " or ".join(f"“{name}”" for name in near)
    return f": did you mean {names}?" if names else ""


def folded(word: str) -> str:
    """Return a keyword as it is compared."""
    return one_line(word).casefold()
