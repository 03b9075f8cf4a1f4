"""Notices that many files have in common: one sentence, and the list of the files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from glossator.model import Problem


class _Kind(NamedTuple):
    """A kind of notice that may concern many files."""

    message: re.Pattern[str]
    """Pattern of the message; its group is what is told of each file."""
    sentence: str
    """Sentence about all of the files."""
    advice: str


KINDS = (
    _Kind(
        re.compile(r"(“.*?”) may lack a part of the article, or hold other text of its page; .*", re.DOTALL),
        "These may lack a part of the article, or hold other text of their pages",
        "compare and edit them, or have a page read otherwise: “Compare readings” in the preview, or convert --reading",
    ),
    _Kind(
        re.compile(r"has (the same .*?): no second article was made(?:;.*)?", re.DOTALL),
        "These files are copies, of which no second article was made",
        "delete those that are not needed",
    ),
)
FEW = 2
"""Files from which on they are listed below one sentence."""


class Group(NamedTuple):
    """Problems that are told together: a sentence, and what is told of each file; no sentence for a single problem."""

    sentence: str
    files: Sequence[tuple[Problem, str]]


def grouped(notices: Iterable[Problem], advise: bool) -> list[Group]:
    """Return the notices in groups, those of a kind together at the place of the first.

    `advise` is true if the reader can follow the advice: who only looks at files has nothing to edit.
    """
    groups: dict[object, list[tuple[Problem, str]]] = {}
    for notice in notices:
        matches = ((kind, kind.message.fullmatch(notice.message)) for kind in KINDS)
        kind, match = next((pair for pair in matches if pair[1]), (None, None))
        groups.setdefault(kind or notice, []).append((notice, match[1] if match else notice.message))
    return [_group(kind, files, advise) for kind, files in groups.items()]


def _group(kind: object, files: Sequence[tuple[Problem, str]], advise: bool) -> Group:
    if isinstance(kind, _Kind) and len(files) >= FEW:
        return Group(f"{kind.sentence}{f' ({kind.advice})' if advise else ''}:", files)
    whole = [(problem, problem.message if advise else problem.message.partition("; ")[0]) for problem, _ in files]
    return Group("", whole)
