"""A draft as text: blocks, quotations, links and footnotes, with the place of every character in what was given.

Quotation marks of every language become those that the rules on speakers know, one character for one; a block quotation
is set between two of them, so that the words before it say who speaks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from glossator.model import Block, Text
from glossator.stages.proof.markdown_markup import Line, Link, Markup, read_markup

_QUOTED = re.compile(
    r"“(?:[^“”\n]|\n\n“)+?”"  # a quotation of several paragraphs has a mark at the beginning of each
    r"|„[^„“”\n]+[“”]|«[^«»\n]+»|»[^«»\n]+«|‹[^‹›\n]+›|「[^「」\n]+」|『[^『』\n]+』"
    r"|(?<![\w\"])\"(?=\S)[^\"\n]+(?<=\S)\"(?!\w)"
    r"|‘(?:[^‘’\n]|(?<=\w)’(?=\w)|(?<=s)’(?=\s))+’(?!\w)"
    r"|‚[^‚‘’\n]+[‘’](?!\w)"
    r"|(?<![\w'])'(?=\w)(?:[^'\n]|(?<=\w)'(?=\w))+(?<=\S)'(?![\w'])"
)
_DASH = re.compile(r"\s*(?:[—–―~]|--+|-(?=\s))\s*(?P<by>[^\n]{2,160}?)\s*$")
_LETTER_IN_BRACKETS = re.compile(r"\[(\w)\](?=\w)")
_OPENING, _CLOSING = "“„«»‹「『\"‘‚'", "”“»«›」』\"’‘'"


class Quotation(msgspec.Struct, frozen=True):
    """Words that a draft quotes: bounds in its text, without the marks."""

    start: int
    end: int
    by: str = ""
    """Words outside the paragraph that say who said it, or where: a line below a block quotation, footnotes."""
    block: bool = False


class Draft(msgspec.Struct, frozen=True):
    """A draft, read."""

    text: Text
    offsets: tuple[int, ...]
    """Offset of each character of the text in what was given, and the end of what was given."""
    quotations: tuple[Quotation, ...]
    links: tuple[Link, ...]
    """Links, in offsets of the text."""
    notes: tuple[tuple[int, str, tuple[str, ...]], ...] = ()
    """Offset of each reference to a footnote, the text of the footnote, and the addresses in it."""

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return a stretch of the text in offsets of what was given."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


class _Part(msgspec.Struct):
    """A block while it is read: its characters with their offsets. State: both lists."""

    kind: str
    note: str = ""
    characters: list[str] = msgspec.field(default_factory=list)
    offsets: list[int] = msgspec.field(default_factory=list)

    def add(self, character: str, offset: int) -> None:
        if character.isspace():
            if not self.characters or self.characters[-1] == " ":
                return
            character = " "
        self.characters.append(character)
        self.offsets.append(offset)


def read_draft(source: str, plain: bool = False) -> Draft:
    """Read a draft in Markdown, or as plain text; offsets are those of `source`."""
    markup = read_markup(source, plain)
    parts = list(_parts(source, markup))
    noted = {part.note: part for part in parts if part.note}
    shown = [part for part in parts if not part.note]
    return _assembled(source, markup, shown, noted)


def _parts(source: str, markup: Markup) -> Iterator[_Part]:
    """Yield the blocks of a draft. A line that repeats the sign of a list or heading begins a new one."""
    open_part: _Part | None = None
    brackets = {at for found in _LETTER_IN_BRACKETS.finditer(source) for at in (found.start(), found.end() - 1)}
    for line in markup.lines:
        fresh = open_part is None or _begins(line, open_part)
        if fresh and open_part:
            yield open_part
            open_part = None
        if line.kind == "blank" or line.start == line.end:
            continue
        if open_part is None:
            open_part = _Part(line.kind, line.note)
        for offset in range(line.start, line.end):
            if not markup.hidden[offset] and offset not in brackets:
                open_part.add(source[offset], offset)
        open_part.add(" ", line.end)
    if open_part:
        yield open_part


def _begins(line: Line, part: _Part) -> bool:
    if line.kind == "blank" or line.kind in ("heading", "item") or line.start == line.end:
        return True
    return (line.kind, line.note) != (part.kind, part.note) and part.kind != "item"


def _assembled(source: str, markup: Markup, parts: Sequence[_Part], noted: dict[str, _Part]) -> Draft:
    characters: list[str] = []
    offsets: list[int] = []
    blocks: list[Block] = []
    quoted: list[Quotation] = []
    for index, part in enumerate(parts):
        while part.characters and part.characters[-1] == " ":
            part.characters.pop()
            part.offsets.pop()
        if not part.characters:
            continue
        words = "".join(part.characters)
        after = index + 1 < len(parts) and parts[index + 1].kind == "quote"
        if part.kind == "quote" and (dash := _DASH.fullmatch(words)) and quoted and quoted[-1].block:
            quoted[-1] = msgspec.structs.replace(quoted[-1], by=dash["by"])
            continue
        same = part.kind == "quote" and blocks and _goes_on(blocks[-1], quoted, parts[index - 1])
        joined = part.kind == "quote" and bool(blocks) and characters[-1:] in ([":"], [","])
        separator = " “" if joined and not same else "\n“" if part.kind == "quote" and not same else "\n\n"
        if blocks:
            place = part.offsets[0]
            characters += separator
            offsets += [place, place]
        elif part.kind == "quote":
            characters.append("“")
            offsets.append(part.offsets[0])
        start = len(characters)
        characters += part.characters
        offsets += part.offsets
        if part.kind == "quote":
            text, by = _without_attribution(words)
            end = start + len(text)
            quotation = Quotation(*_inside_marks("".join(characters[start:end]), start), by, block=True)
            if same and quoted:
                quoted[-1] = msgspec.structs.replace(quoted[-1], end=quotation.end, by=by)
            else:
                quoted.append(quotation)
            if not after:
                characters[end:end] = "”"
                offsets[end:end] = [offsets[end - 1]]
        kind = "heading" if part.kind == "heading" else "item" if part.kind == "item" else "paragraph"
        begun = blocks.pop().start if joined and blocks else start
        blocks.append(Block(begun, len(characters), kind, ""))
    content = "".join(characters)
    inline = [found for found in _quotations(content) if not any(one.start <= found.start < one.end for one in quoted)]
    quotations = sorted([*quoted, *inline], key=lambda one: one.start)
    ends = (*offsets, len(source))
    starts = list(ends)
    links = tuple(
        Link(bisect_right(starts, link.start - 1), bisect_right(starts, link.end - 1), link.address)
        for link in markup.links
    )
    notes = tuple(
        (bisect_right(starts, at - 1), "".join(noted[label].characters), tuple(_addresses(noted[label], markup.links)))
        for at, label in markup.notes
        if label in noted
    )
    text = Text(_with_plain_marks(content, quotations), tuple(blocks))
    return Draft(text, ends, tuple(quotations), links, notes)


def _goes_on(_: Block, quoted: Sequence[Quotation], before: _Part) -> bool:
    """True if a block quotation goes on from the block before."""
    return before.kind == "quote" and bool(quoted) and quoted[-1].block and not quoted[-1].by


def _without_attribution(words: str) -> tuple[str, str]:
    """Split a block quotation from the words after a dash at its end that say who said it."""
    found = re.search(r"(?<=[.!?…”\"»])\s*(?:[—–―]|--+)\s*(?P<by>[^\n]{2,160})$", words)
    if found and len(found["by"].split()) <= 15:
        return words[: found.start()].rstrip(), found["by"]
    return words, ""


def _inside_marks(words: str, start: int) -> tuple[int, int]:
    """Return the bounds of a block quotation without quotation marks around the whole of it."""
    whole = words.strip()
    if len(whole) > 2 and whole[0] in _OPENING and whole[-1] in _CLOSING and not set(whole[1:-1]) & {whole[0], whole[-1]}:
        return start + 1, start + len(words) - 1
    return start, start + len(words)


def _quotations(content: str) -> Iterator[Quotation]:
    for found in _QUOTED.finditer(content):
        yield Quotation(found.start() + 1, found.end() - 1)


def _with_plain_marks(content: str, quotations: Iterable[Quotation]) -> str:
    """Return the text with “ and ” around each quotation, whatever marks it has."""
    characters = list(content)
    for quotation in quotations:
        for at in range(quotation.start, quotation.end):
            if characters[at] in "“”\"„«»":
                characters[at] = "'"
        if quotation.start and characters[quotation.start - 1] in _OPENING:
            characters[quotation.start - 1] = "“"
        if quotation.end < len(characters) and characters[quotation.end] in _CLOSING:
            characters[quotation.end] = "”"
    return "".join(characters)


def _addresses(part: _Part, links: Sequence[Link]) -> Iterator[str]:
    if part.offsets:
        yield from (link.address for link in links if part.offsets[0] <= link.start <= part.offsets[-1] + 200)
