"""Text -> Markdown in which Python-Markdown and CommonMark renderers find no markup.

Only characters that would be read as Markdown are escaped, so that ordinary prose stays readable for people who edit
it; of dollar signs, those that could end a formula, as no sign before a number does. `<` and `&` become character
references, because Python-Markdown knows no backslash before them; the rest gets a backslash.
"""

from __future__ import annotations

import re

_INLINE = re.compile(
    r"""
      (?P<backslash> \\ (?= [!-/:-@\[-`{-~] | \Z ) )
    | (?P<dollar> (?<! \s ) \$ (?! \w ) )
    | (?P<tick> ` )
    | (?P<less> < (?! \s ) )
    | (?P<amp> & (?= \#?[0-9A-Za-z]+; | \Z ) )
    | (?P<kept> \[ (?!\^) [^\[\]\\`<&*_\n]+ \] (?! [(\[:{\s] | \Z ) | \[ (?!\^) [^\[\]\\`<&*_\n]+ \] (?= \ [^(\[] ) )
    | (?P<bracket> [\[\]] )
    | (?P<tilde> ~{2,} )
    | (?P<equals> (?<![\w=]) ={2,} (?=[^\s=]) )
    | (?P<run> [*_]+ )
    """,
    re.VERBOSE,
)
_SPECIAL = re.compile(r"[\\$`<&\[\]~=*_]")
"""Every character that a pattern of _INLINE begins with; most text has none."""
_REFERENCES = {"less": "&lt;", "amp": "&amp;"}
_START = re.compile(r"#{1,6}|[-+*](?=\s|$)|>|[-*_](?=[ \t]*[-*_](?:[ \t]*[-*_])+[ \t]*$)|-+[ \t]*$")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_REFERENCED_START = re.compile(r"~{3,}|=+[ \t]*$|:(?=\s)|[|:][|: \t-]*$")


def escape(text: str) -> str:
    """Return text from within a block as inline Markdown; `escape_start` treats the beginning of a line."""
    return _INLINE.sub(_escaped, text) if _SPECIAL.search(text) else text


def escape_start(line: str) -> str:
    """Escape the beginning of a paragraph's line, so that it is no heading, list, quote, rule, fence, table or code.

    White space before the line is dropped. The line has been through `escape` already, or is Markdown made otherwise.
    """
    line = line.lstrip()
    if number := _NUMBER.match(line):
        return f"{number[1]}\\{line[number.start(2) :]}"
    if _REFERENCED_START.match(line):
        return f"&#{ord(line[0])};{line[1:]}"
    return "\\" + line if _START.match(line) else line


def _escaped(match: re.Match[str]) -> str:
    kind, text = match.lastgroup or "", match[0]
    if kind == "run":
        return text if _inert(match) else "".join("\\" + mark for mark in text)
    if kind == "tilde":
        return "&#126;" * len(text)
    if kind == "equals":
        return "&#61;" * len(text)
    if kind == "kept":
        return text
    return _REFERENCES.get(kind, "\\" + text)


def _inert(match: re.Match[str]) -> bool:
    """True if a run of `*` or `_` opens and closes nothing: underscores within a word, marks with space around them."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if set(match[0]) == {"_"}:
        return before.isalnum() and after.isalnum()
    return before.isspace() and after.isspace()
