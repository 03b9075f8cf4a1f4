"""Statements about rights in lines that no reader of front matter reads: damaged YAML, TOML, Org, Logseq, bare lines.

A person who wrote them meant them. Only the head of a text is searched: what is said in prose, in a comment or in a
code block is no statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from glossator.rights.fields import KEY, TAGS, Hint, Stated, Unclear, is_about_rights, is_known, one, plain

LONGEST = 64 * 1024
"""Characters that are searched for statements: real front matter has a few hundred."""
_LONG_LINE = re.compile(r"([^\r\n]{2000})[^\r\n]++")
"""Line of which only the beginning is searched: clippers write whole pictures into a field."""
_LARGEST = 4_000_000
"""Characters in which long lines are cut before they are searched."""
_MOST_LINES = 40
"""Lines of fields without a fence."""
_MOST_WORDS = 2
"""Words of a value in lines without a fence: more are prose."""

_UNSEEN = "\ufeff\u200b-\u200f\u2060"
"""Characters without width, which editors leave behind."""
_LEAD = re.compile(rf"(?:[ \t]*(?:\r\n|\r|\n)|[{_UNSEEN}]|<!--(?:(?!-->).)*+-->|%[A-Z]+ [^\n]*\n)*+", re.DOTALL)
"""Blank lines, comments and directives of YAML above a front matter."""
_FENCE = re.compile(r"(?:(?P<sign>[-+;])(?P=sign){2,}|(?P<brace>\{))[ \t]*\w*[ \t]*(?:\r\n|\r|\n|(?=\"))")
_CLOSING = {"-": r"(?:-{3,}|\.\.\.)", "+": r"\+{3,}", ";": r";{3,}", "{": r"\}"}
_RULE = re.compile(r"[^\w\n`~<|#>]+(?:\r\n|\r|\n)")
"""A line of signs that is no code block, table, heading or quotation."""
_FIELD = re.compile(
    rf"""(?P<before>^[ \t{_UNSEEN}*+-]*(?:\#\+)?:?|[{{,][ \t]*)(?P<quote>["']?)"""
    r"""(?P<key>[^\W\d_][^"':=：,{}\[\]\n]{0,40}?)(?P=quote)"""
    r"""[ \t]*(?P<sign>::?|：|=)(?=(?P<value>.{0,500}))"""
)
_PRECEDES = re.compile(r"\s*+(?:$|#(?!\+)|[-*][ \t]++[^:=：]*+$)")
"""A blank line, a comment, or an item of a list that is no field."""
_ITEM = re.compile(r"\s*[-*][ \t]+(.+)")
_MARKED = re.compile(r"(?:[-*] )?[\w-]+::[ \t]|#\+\w|:\w+:|---")
"""Beginning of lines of fields below a front matter: of Logseq or Org, or a second front matter."""


def overlooked(text: str, fields: Mapping[str, object] | None = None) -> tuple[Unclear, ...]:
    """Return the statements that keep back in front matter which cannot be read as YAML.

    `fields` are those that were read of it line by line.
    """
    text = text[_LEAD.match(text).end() :]  # type: ignore[union-attr]  # the pattern matches nothing, too
    fence = _FENCE.match(text)
    block = _fenced(text, fence) if fence else None
    text = _LONG_LINE.sub(r"\1", text[:_LARGEST])[:LONGEST]
    if block and len(block) > LONGEST and _has_field(block[:_LARGEST]):
        return (Unclear("front matter", f"the front matter is longer than {LONGEST // 1024} kB, and was not read"),)
    if block is None or len(block) > LONGEST:
        bare = _bare(text[fence.end() :] if fence else text, marked=bool(fence))
        return _told(bare, "lines that are no front matter")
    read = {plain(key): one(key, value) for key, value in (fields or {}).items()}
    statements = (
        (key, statement) for key, _, statement in _pairs(block.splitlines()) if statement != read.get(plain(key))
    )
    return _told(statements, "front matter that cannot be read")


def overlooked_below(body: str) -> tuple[Unclear, ...]:
    """Return the statements that keep back in the first lines below a front matter, as Org and Logseq write them."""
    body = body[:_LARGEST].lstrip()
    return overlooked(body) if _MARKED.match(body) else ()


def may_state(text: str) -> bool:
    """True if a file has a line that says something about rights, in its front matter or elsewhere."""
    return any(is_about_rights(key) for key, _, _ in _pairs(text[:LONGEST].splitlines()))


def _fenced(text: str, fence: re.Match[str]) -> str | None:
    """Return the lines between a fence and the line that closes it; None if none does."""
    closing = re.compile(rf"^{_CLOSING[fence['sign'] or '{']}[ \t]*$", re.MULTILINE)
    end = closing.search(text, fence.end())
    if end is None and fence["brace"] is None:
        return None
    return text[fence.end() : end.start() if end else len(text)]


def _has_field(block: str) -> bool:
    """True if the first lines of a block, besides those that may precede the fields, have a field."""
    lines = (line for line in block.splitlines() if not _PRECEDES.match(line))
    return any(map(_FIELD.match, islice(lines, _MOST_LINES)))


def _bare(text: str, *, marked: bool) -> Iterator[tuple[str, Stated]]:
    """Yield the statements in lines of fields without fences; a line by itself counts if it is `marked`."""
    if rule := _RULE.match(text):
        text, marked = text[rule.end() :], True
    lines: list[str] = []
    for line in text.splitlines()[:_MOST_LINES]:
        if not lines and line.startswith(("    ", "\t")):  # a block of code
            break
        if not _FIELD.match(line) and not (lines and (_ITEM.match(line) or line[:1].isspace())):
            break
        lines.append(line)
    marked = marked or len(lines) > 1 or bool(lines and _MARKED.match(lines[0]))
    for key, value, statement in _pairs(lines):
        clear = not isinstance(statement, Unclear) or (plain(key) == KEY and len(value.split()) <= _MOST_WORDS)
        if clear and (marked or not isinstance(statement, Hint)) and is_known(key):
            yield key, statement


def _pairs(lines: Iterable[str]) -> Iterator[tuple[str, str, Stated]]:
    """Yield the key and value of every field in lines, with what it states."""
    last = ""
    for line in lines:
        if line.lstrip().startswith("#") and not line.lstrip().startswith("#+"):
            continue
        fields = list(_FIELD.finditer(line))
        for field in fields:
            last = field["key"].strip()
            value = _value(field["value"], in_flow=field["before"][:1] in "{," and bool(field["before"]))
            yield last, value, _stated(last, value)
        if not fields and plain(last) in TAGS and (item := _ITEM.match(line)):
            yield last, item[1], one(last, _value(item[1], in_flow=False))


def _stated(key: str, value: str) -> Stated:
    statement = one(key, value)
    if isinstance(statement, Unclear) and plain(key) == KEY:
        return one(KEY, value.casefold())  # in another case, or with signs around it, it is meant as well
    return statement


def _value(text: str, *, in_flow: bool) -> str:
    """Return a value without quotes, comment, and what follows it on its line."""
    text = re.sub(r"(?:^|\s)#(?=\s).*", "", text).strip()
    if text[:1] in ("'", '"'):
        return text[1:].partition(text[0])[0]
    return re.split(r"[,}\]]", text)[0].strip() if in_flow else text.rstrip(",} \t").strip("[]")


def _told(statements: Iterable[tuple[str, Stated]], where: str) -> tuple[Unclear, ...]:
    keys = dict.fromkeys(key for key, statement in statements if statement not in (None, "full"))
    return tuple(Unclear(key, f"{key} stands in {where}") for key in keys)
