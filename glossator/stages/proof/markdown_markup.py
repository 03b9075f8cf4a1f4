"""Markdown -> which of its characters are read as text, so that every offset stays one of the file.

`markup` makes pages and forgets where its input stood; here each character of the text keeps its place in the draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

import msgspec

LineKind = Literal["paragraph", "heading", "item", "quote", "note", "blank"]

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n.*?\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_INLINE = re.compile(
    r"(?P<escape>\\(?=[!-/:-@\[-`{-~]))"
    r"|(?P<code>(?P<ticks>`+)(?!`).{1,2000}?(?<!`)(?P=ticks)(?!`))"
    r"|!\[[^\[\]\n]*\]\([^()\n]*\)"
    r"|\[\^(?P<note>[^\[\]\s]+)\](?!:)"
    r"|\[\[(?:[^\[\]|\n]*\|)?(?P<wiki>[^\[\]|\n]+)\]\]"
    r"|(?<!\\)\[(?P<linked>(?:[^\[\]\\]|\\.|\[[^\[\]\n]{0,80}\](?!\())+)\](?:\((?P<address><[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)|\[(?P<label>[^\[\]\n]+)\])"
    r"|<(?P<auto>https?://[^\s<>]+)>"
    r"|</?[A-Za-z][^<>]{0,2000}>"
    r"|(?P<bare>https?://[^\s<>()\[\]]+)"
    r"|(?P<emphasis>\*+|(?<![^\W_])_+(?=\S)|(?<=\S)_+(?![^\W_])|~~|==)",
    re.DOTALL,
)
_PREFIX = re.compile(
    r"(?P<quote>(?: {0,3}> ?)*+)[ \t]*+"
    r"(?:(?P<heading>#{1,6}[ \t]+)|(?P<item>(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\] )?)"
    r"|(?P<note>\[\^(?P<name>[^\[\]\s]+)\]:[ \t]*)|(?P<defined>\[[^\[\]\n]+\]:[ \t]*\S+.*)|(?P<callout>\[![^\]\n]*\].*)"
    r"|(?P<rule>(?:[-*_=][ \t]*){3,}$)|(?P<row>\|?[ \t:|-]*\|[ \t:|-]*$))?"
)
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)([^\[\]\n]+)\]:[ \t]*<?(\S+?)>?(?:[ \t]|$)", re.MULTILINE)


class Line(NamedTuple):
    """A line of the file without its prefix."""

    start: int
    end: int
    kind: LineKind
    note: str = ""
    """Label of the footnote that the line defines."""


class DraftLink(msgspec.Struct, frozen=True):
    """A stretch of a draft that leads somewhere, in offsets of the file."""

    start: int
    end: int
    address: str


class Markup(msgspec.Struct, frozen=True):
    """A file with all that is markup in it."""

    lines: tuple[Line, ...]
    hidden: bytes
    """One byte for each character of the file: zero if it is read."""
    links: tuple[DraftLink, ...]
    notes: tuple[tuple[int, str], ...]
    """Offset and label of each reference to a footnote."""


def read_markup(source: str, plain: bool = False) -> Markup:
    """Return the markup of a draft. In a plain text only the signs of quoted lines are markup."""
    hidden = bytearray(len(source))
    links: list[DraftLink] = []
    notes: list[tuple[int, str]] = []
    if not plain:
        for start, end in _blocks_without_text(source):
            hidden[start:end] = b"\1" * (end - start)
        addresses = {name.casefold(): address for name, address in _DEFINITION.findall(source)}
        _mark_inline(source, hidden, (links, notes), addresses)
    return Markup(tuple(_lines(source, hidden, plain)), bytes(hidden), tuple(links), tuple(notes))


def _blocks_without_text(source: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of front matter, comments and code listings."""
    if front := _FRONT_MATTER.match(source):
        yield front.span()
    elif source.startswith("\ufeff"):
        yield 0, 1
    yield from (comment.span() for comment in _COMMENT.finditer(source))
    at = 0
    while opened := _FENCE.search(source, at):
        closing = re.compile(rf"^ {{0,3}}{re.escape(opened[1])}[`~]*[ \t]*$", re.MULTILINE).search(source, opened.end())
        at = closing.end() if closing else len(source)
        yield opened.start(), at


def _mark_inline(
    source: str, hidden: bytearray, parts: tuple[list[DraftLink], list[tuple[int, str]]], addresses: dict[str, str]
) -> None:
    links, notes = parts
    at = 0
    while match := _INLINE.search(source, at):
        start, end = match.span()
        label, at = match["label"], end
        if hidden[start]:
            continue
        if label and label.casefold() not in addresses:  # words in brackets, twice
            at = start + 1
            continue
        if match["linked"] is not None:
            address = addresses[label.casefold()] if label else match["address"].strip("<>")
            links.append(DraftLink(*match.span("linked"), address))
            at = match.start("linked")
        elif match["note"] is not None:
            notes.append((start, match["note"]))
        elif address := match["auto"] or match["bare"]:
            links.append(DraftLink(start, end, address.rstrip(".,;:!?”\"'")))
        elif match["escape"] is not None:
            at = end + 1
        hidden[start:end] = b"\1" * (end - start)
        first, last = _kept(match)
        hidden[first:last] = bytes(last - first)


def _kept(match: re.Match[str]) -> tuple[int, int]:
    """Return the bounds of what is read of a piece of markup."""
    if match["code"] is not None:
        return match.start() + len(match["ticks"]), match.end() - len(match["ticks"])
    group = next((name for name in ("linked", "wiki") if match[name] is not None), None)
    return match.span(group) if group else (match.end(), match.end())


def _lines(source: str, hidden: bytearray, plain: bool) -> Iterator[Line]:
    at, in_note, quoted = 0, "", False
    for text in source.splitlines(keepends=True):
        start, end = at, at + len(text.rstrip("\r\n"))
        at += len(text)
        prefix = _PREFIX.match(source, start, end)
        assert prefix
        quote = bool(prefix["quote"])
        if all(hidden[start:end]) or not source[prefix.end("quote") : end].strip():
            yield Line(end, end, "quote" if quote and quoted else "blank")
            in_note = ""
            continue
        if plain:
            yield Line(prefix.end("quote"), end, "quote" if quote else "paragraph")
            quoted = quote
            continue
        if prefix["defined"] or prefix["callout"] or prefix["rule"] or prefix["row"]:
            yield Line(end, end, "blank")
            quoted = False
            continue
        # A line without a sign goes on with the quoted paragraph before it.
        kind: LineKind = "heading" if prefix["heading"] else "item" if prefix["item"] else "paragraph"
        in_note = prefix["name"] or in_note
        quoted = quote and not prefix["callout"]
        kind = "quote" if quoted else "note" if in_note else kind
        hidden[start : prefix.end()] = b"\1" * (prefix.end() - start)
        yield Line(prefix.end(), end, kind, in_note)
