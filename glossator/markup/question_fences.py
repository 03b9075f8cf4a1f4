"""Fences with the word `glossator` in the Markdown of an own page: the places of its questions.

A fence begins at the beginning of a line, as every fence that Python-Markdown reads. One of `glossator example`, or
within a longer fence, is a listing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from markdown import Markdown
from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.extensions.fenced_code import FencedBlockPreprocessor

from glossator.markup.layout_events import LANGUAGE, ArticleLayout, Close, Event, Open

WORD = "glossator"
"""Word behind the fence of a question."""
_LANGUAGE = r"(?P<lang>"
_FENCE = re.compile(
    FencedBlockPreprocessor.FENCED_BLOCK_RE.pattern.replace(_LANGUAGE, rf"{_LANGUAGE}{WORD}[ ]+example|"),
    FencedBlockPreprocessor.FENCED_BLOCK_RE.flags,
)
"""Python-Markdown's own pattern, which reads one word behind a fence."""


class QuestionFence(NamedTuple):
    """A fence that holds a question."""

    start: int
    """Offset of the fence in the Markdown, in code points."""
    end: int
    line: int
    """Line of the Markdown in which the question begins, below the fence; the first is 1."""
    text: str


class _Fences(FencedBlockPreprocessor):
    FENCED_BLOCK_RE = _FENCE


def register(parser: Markdown) -> None:
    """Let a parser read fences of `glossator example`."""
    parser.preprocessors.register(_Fences(parser, {"lang_prefix": "language-"}), "fenced_code_block", 25)


def question_fences(markdown: str) -> Iterator[QuestionFence]:
    """Yield the questions of an own page, in their order."""
    for match in _FENCE.finditer(markdown):
        if _language(match) == WORD:
            line = markdown.count("\n", 0, match.start("code")) + 1
            yield QuestionFence(match.start(), match.end(), line, match["code"])


def _language(fence: re.Match[str]) -> str | None:
    """Return the word behind a fence, or the first class within braces, which Python-Markdown reads as one."""
    if not fence["attrs"]:
        return fence["lang"]
    stated, rest = get_attrs_and_remainder(fence["attrs"])
    return None if rest else next((value for key, value in stated if key == "."), None)


def between_questions(layout: ArticleLayout) -> list[ArticleLayout]:
    """Return the parts of an own page before, between and behind its questions."""
    parts: list[list[Event]] = [[]]
    events = iter(layout.events)
    for event in events:
        if isinstance(event, Open) and event.tag == "code" and (LANGUAGE, WORD) in event.attributes:
            parts[-1].pop()  # the element around it
            next(event for event in events if isinstance(event, Close) and event.tag == "pre")
            parts.append([])
        else:
            parts[-1].append(event)
    return [ArticleLayout(layout.text, tuple(part)) for part in parts]
