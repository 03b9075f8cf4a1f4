"""Saved code in notes, made harmless: it is shown as it was, and no plug-in of Obsidian runs it."""

from __future__ import annotations

import re

from glossator.word_lists import code_languages

WORD_JOINER = "\u2060"
"""An invisible character that is no white space."""
_LABEL = re.compile(r"^([ \t>]*+(?:[-*+][ \t]++)?+(?:`{3,}+|~{3,}+)[ \t]*+)([^\s`~]++)", re.MULTILINE)
_TICKS = re.compile("`++")
_INLINE = re.compile(r"\s*+(?=\$?=)")
_FENCED = re.compile(r"[^`\n]*+\n[\s>]*+(?=\$?=)")
_OTHER_BLOCK = re.compile(
    r"""
    ( (?: \A | ^[ \t>]*+\n ) (?: [ ]{0,3}>[ ]? )*+ (?: [ ]{4} | [ ]{0,3}\t ) [ \t]*+    # indented below a blank line
    | ^[ \t>]*+ (?: [-*+] | \d+[.)] ) [ \t]{5,}+                                         # indented in an item of a list
    | ^[ \t>]*+ ~{3,}+ [^\n]*+ \n [\s>]*+                                                # between tildes
    ) (?=\$?=)""",
    re.MULTILINE | re.VERBOSE,
)
"""Beginning of a block of code by its indentation, or between tildes."""


def without_programs(markdown: str) -> str:
    """Return Markdown without anything that Obsidian would run.

    Dataview runs code that begins with `=` or `$=`, white space aside, in lines and in blocks; other plug-ins run
    blocks that have a word of their own behind the fence.
    """
    fenced = _LABEL.sub(_fence_of_a_language, markdown)
    return _OTHER_BLOCK.sub(rf"\1{WORD_JOINER}", _break_up(fenced))


def _fence_of_a_language(fence: re.Match[str]) -> str:
    return fence[0] if fence[2].lower() in code_languages() else fence[1].rstrip(" \t")


def _break_up(markdown: str) -> str:
    """Return Markdown in which no code between backticks begins with `=` or `$=`."""
    runs = list(_TICKS.finditer(markdown))
    closing: dict[int, int | None] = {}
    last: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        length = len(runs[number][0])
        closing[number] = last.get(length)
        last[length] = number
    parts, written, number = [], 0, 0
    while number < len(runs):
        end = runs[number].end()
        begins = _INLINE.match(markdown, end) or (len(runs[number][0]) >= 3 and _FENCED.match(markdown, end))
        if begins:
            parts += [markdown[written : begins.end()], WORD_JOINER]
            written = begins.end()
        closed = closing[number]
        number = (number if closed is None else closed) + 1
    return "".join((*parts, markdown[written:]))
