"""Notes and pages that people wrote themselves: those that can be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from glossator import markup
from glossator.markup import markdown_tree
from glossator.model import Problem

Text = TypeVar("Text")


def readable(
    texts: Iterable[Text], describe: Callable[[Text], tuple[str, str]]
) -> tuple[tuple[Text, ...], tuple[Problem, ...]]:
    """Return the texts whose Markdown can be read, and a problem for each of the others.

    `describe` gives the path below `content/` and the Markdown of a text.
    """
    kept: list[Text] = []
    problems: list[Problem] = []
    for text in texts:
        path, markdown = describe(text)
        try:
            markup.read(markdown)
        except markdown_tree.TooDeep as error:
            problems.append(Problem("pages", path, str(error)))
        else:
            kept.append(text)
    return tuple(kept), tuple(problems)
