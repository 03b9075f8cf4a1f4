"""A draft as text: blocks, quotations, links and footnotes, with the place of every character in what was given.

Quotation marks of every language become those that the rules on speakers know, one character for one. A block quotation
is set between two of them, so that the words before it say who speaks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

import msgspec

from glossator.model import Block, BlockKind, Text
from glossator.stages.proof.markdown_markup import DraftLink, Line, Markup, read_markup

_QUOTED = re.compile(
    r"“(?:[^“”\n]|\n\n“)+?”"  # a quotation of several paragraphs has a mark at the beginning of each
    r"|„[^„“”\n]+[“”]|«[^«»\n]+»|»[^«»\n]+«|‹[^‹›\n]+›|「[^「」\n]+」|『[^『』\n]+』"
    r"|(?<![\w\"])\"(?=\S)[^\"\n]+(?<=\S)\"(?!\w)"
    r"|‘(?:[^‘’\n]|(?<=\w)’(?=\w)|(?<=s)’(?=\s))+’(?!\w)"
    r"|‚[^‚‘’\n]+[‘’](?!\w)"
    r"|(?<![\w'])'(?=\w)(?:[^'\n]|(?<=\w)'(?=\w))+(?<=\S)'(?![\w'])"
)
_DASH = re.compile(r"\s*(?:[—–―~]|--+|-(?=\s))\s*(?P<by>[^\n]{2,160}?)\s*$")
_SIGNED = re.compile(r"[.,]?\s*[—–―]\s*(?P<by>[A-ZÀ-Þ][^\n.;:“”\"]{1,100})\.?(?=\n|\Z)")
_LETTER_IN_BRACKETS = re.compile(r"\[(\w)\](?=\w)")
_OPENING, _CLOSING = "“„«»‹「『\"‘‚'", "”“»«›」』\"’‘'"


class DraftQuotation(msgspec.Struct, frozen=True):
    """Words that a draft quotes: bounds in its text, without the marks."""

    start: int
    end: int
    by: str = ""
    """Words outside the paragraph that say who said it, or where: a line below a block quotation, footnotes."""
    block: bool = False


class ProofDraft(msgspec.Struct, frozen=True):
    """A draft, read."""

    text: Text
    offsets: tuple[int, ...]
    """Offset of each character of the text in what was given, and the end of what was given."""
    quotations: tuple[DraftQuotation, ...]
    links: tuple[DraftLink, ...]
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
    group: int = 0
    """Number that the paragraphs of one block quotation share."""
    characters: list[str] = msgspec.field(default_factory=list)
    offsets: list[int] = msgspec.field(default_factory=list)

    def add(self, character: str, offset: int) -> None:
        if character.isspace():
            if not self.characters or self.characters[-1] == " ":
                return
            character = " "
        self.characters.append(character)
        self.offsets.append(offset)

    def trimmed(self) -> _Part:
        """Return the block without white space at its end."""
        length = len("".join(self.characters).rstrip())
        return _Part(self.kind, self.note, self.group, self.characters[:length], self.offsets[:length])


def read_draft(source: str, plain: bool = False) -> ProofDraft:
    """Read a draft in Markdown, or as plain text; offsets are those of `source`."""
    markup = read_markup(source, plain)
    parts = [trimmed for part in _parts(source, markup) if (trimmed := part.trimmed()).characters]
    noted = {part.note: part for part in parts if part.note}
    shown = [part for part in parts if not part.note]
    return _assembled(source, markup, shown, noted)


def _parts(source: str, markup: Markup) -> Iterator[_Part]:
    """Yield the blocks of a draft. A line that repeats the sign of a list or heading begins a new one."""
    open_part: _Part | None = None
    group = 0
    brackets = {at for found in _LETTER_IN_BRACKETS.finditer(source) for at in (found.start(), found.end() - 1)}
    for line in markup.lines:
        fresh = open_part is None or _begins(line, open_part)
        if fresh and open_part:
            yield open_part
            open_part = None
        if line.kind == "blank" or line.start == line.end:
            group += line.kind == "blank"
            continue
        if open_part is None:
            open_part = _Part(line.kind, line.note, group)
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


class _Assembly:
    """A draft while its blocks are put together. State: the characters with their offsets, blocks and quotations."""

    def __init__(self) -> None:
        self.characters: list[str] = []
        self.offsets: list[int] = []
        self.blocks: list[Block] = []
        self.quoted: list[DraftQuotation] = []

    def add(self, part: _Part) -> None:
        """Add a block that is no quotation."""
        if self.blocks:
            self._put("\n\n", part.offsets[0])
        start = len(self.characters)
        self._take(part)
        kind: BlockKind = "heading" if part.kind == "heading" else "item" if part.kind == "item" else "paragraph"
        self.blocks.append(Block(start, len(self.characters), kind, ""))

    def quote(self, parts: Sequence[_Part]) -> None:
        """Add the paragraphs of one block quotation, in the block of the words that introduce it, if any do."""
        by, words = "", "".join(parts[-1].characters)
        if len(parts) > 1 and (dash := _DASH.fullmatch(words)):
            by, parts = dash["by"], parts[:-1]
        introduced = self.characters[-1:] in ([":"], [","])
        if self.blocks:
            self._put(" “" if introduced else "\n“", parts[0].offsets[0])
        else:
            self._put("“", parts[0].offsets[0])
        start = len(self.characters)
        for part in parts[:-1]:
            self._take(part)
            self._put("\n\n", part.offsets[-1] + 1)
        words = "".join(parts[-1].characters)
        text, signed = _without_attribution(words)
        last = len(self.characters) + len(text)
        self._take(parts[-1])
        end = min(last, len(self.characters))
        whole = "".join(self.characters[start:end])
        self.quoted.append(DraftQuotation(*_inside_marks(whole, start), by or signed, block=True))
        self.characters[end:end] = "”"
        self.offsets[end:end] = [self.offsets[end - 1]]
        begun = self.blocks.pop().start if introduced and self.blocks else start
        self.blocks.append(Block(begun, len(self.characters), "paragraph", ""))

    def _take(self, part: _Part) -> None:
        self.characters += part.characters
        self.offsets += part.offsets

    def _put(self, characters: str, offset: int) -> None:
        self.characters += characters
        self.offsets += [offset] * len(characters)


def _assembled(source: str, markup: Markup, parts: Sequence[_Part], noted: dict[str, _Part]) -> ProofDraft:
    assembly = _Assembly()
    for (kind, _), group in groupby(parts, key=lambda part: (part.kind, part.kind == "quote" and part.group)):
        if kind == "quote":
            assembly.quote(list(group))
        else:
            for part in group:
                assembly.add(part)
    content, quoted = "".join(assembly.characters), assembly.quoted
    inline = [new for new in _quotations(content) if not any(old.start <= new.start < old.end for old in quoted)]
    quotations = sorted([*quoted, *(_signed(new, content) for new in inline)], key=attrgetter("start"))
    ends = (*assembly.offsets, len(source))
    links = tuple(
        DraftLink(bisect_right(ends, link.start - 1), bisect_right(ends, link.end - 1), link.address)
        for link in markup.links
    )
    notes = tuple(
        (bisect_right(ends, at - 1), "".join(noted[label].characters), tuple(_addresses(noted[label], markup.links)))
        for at, label in markup.notes
        if label in noted
    )
    text = Text(_with_plain_marks(content, quotations), tuple(assembly.blocks))
    return ProofDraft(text, ends, tuple(quotations), links, notes)


def _signed(quotation: DraftQuotation, content: str) -> DraftQuotation:
    """Return a quotation with the words after a dash, up to the end of its paragraph, that say who said it."""
    signature = _SIGNED.match(content, quotation.end + 1)
    return msgspec.structs.replace(quotation, by=signature["by"]) if signature else quotation


def _without_attribution(words: str) -> tuple[str, str]:
    """Split a block quotation from the words after a dash at its end that say who said it."""
    signature = re.search(r"(?<=[.!?…”\"»])\s*(?:[—–―]|--+)\s*(?P<by>[^\n]{2,160})$", words)
    if signature and len(signature["by"].split()) <= 15:
        return words[: signature.start()].rstrip(), signature["by"]
    return words, ""


def _inside_marks(words: str, start: int) -> tuple[int, int]:
    """Return the bounds of a block quotation without quotation marks around the whole of it."""
    whole = words.strip()
    if (
        len(whole) > 2
        and whole[0] in _OPENING
        and whole[-1] in _CLOSING
        and not set(whole[1:-1]) & {whole[0], whole[-1]}
    ):
        return start + 1, start + len(words) - 1
    return start, start + len(words)


def _quotations(content: str) -> Iterator[DraftQuotation]:
    for found in _QUOTED.finditer(content):
        yield DraftQuotation(found.start() + 1, found.end() - 1)


def _with_plain_marks(content: str, quotations: Iterable[DraftQuotation]) -> str:
    """Return the text with “ and ” around each quotation, whatever marks it has."""
    characters = list(content)
    for quotation in quotations:
        for at in range(quotation.start, quotation.end):
            if characters[at] in '“”"„«»':
                characters[at] = "'"
        if quotation.start and characters[quotation.start - 1] in _OPENING:
            characters[quotation.start - 1] = "“"
        if quotation.end < len(characters) and characters[quotation.end] in _CLOSING:
            characters[quotation.end] = "”"
    return "".join(characters)


def _addresses(part: _Part, links: Sequence[DraftLink]) -> Iterator[str]:
    if part.offsets:
        yield from (link.address for link in links if part.offsets[0] <= link.start <= part.offsets[-1] + 200)
