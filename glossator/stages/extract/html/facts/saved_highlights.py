"""Marks that SingleFile leaves in a page that a person annotated -> highlights; the page's author could forge them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from glossator.model import SAVED_PAGE, Colour, ImportedHighlight
from glossator.stages.extract.html.parse.parse_page import opened
from glossator.stages.extract.imported_highlights import colour_of, plain

SIGN = b"single-file-"
"""Bytes without which a page has neither highlights nor notes."""
MOST = 500
"""Highlights of a page."""
LONGEST = 2_000
"""Characters of a passage or a note."""
CONTEXT = 150
"""Characters on either side by which a passage is told from another of the same words."""
_CLASS = re.compile(r"(?:^|\s)single-file-highlight-(yellow|pink|blue|green)(?=\s|$)")
_NOTE = "single-file-note"
_REFERENCES = "data-single-file-note-refs"
_UNSEEN = frozenset(("script", "style", "template", "noscript", "head", "title", _NOTE))
_WITHIN_LINES = frozenset("a abbr b bdi cite code em font i mark q s small span strong sub sup time u wbr".split())


class _Span(NamedTuple):
    """A stretch of the page's text that is marked, or that a note belongs to."""

    start: int
    end: int
    colour: Colour = ""
    notes: tuple[str, ...] = ()


def saved_highlights(text: str, page: str) -> Iterator[ImportedHighlight]:
    """Yield the highlights and notes in a page; `page` is its name within the saved file."""
    tree = opened(text)
    if tree is None:
        return
    words, marked, anchors = _walked(tree)
    spans = _joined(words, marked)[:MOST]
    notes = {note.get("data-note-id", ""): _words_of(note) for note in islice(tree.iter(_NOTE), MOST)}
    unbound = {number: note for number, note in notes.items() if note}
    for start, end, numbers in anchors:
        belonging = [unbound.pop(number) for number in numbers if number in unbound]
        if belonging:
            at = next((index for index, span in enumerate(spans) if start <= span.start < end), None)
            if at is None:
                spans.append(_Span(start, min(end, start + LONGEST), notes=tuple(belonging)))
            else:
                spans[at] = spans[at]._replace(notes=(*spans[at].notes, *belonging))
    spans = [*sorted(spans), *(_Span(0, 0, notes=(note,)) for note in unbound.values())]
    highlights = (_highlight(words, span, page) for span in spans)
    yield from islice((item for item in highlights if item.exact or item.note), MOST)


def _highlight(words: str, span: _Span, page: str) -> ImportedHighlight:
    return ImportedHighlight(
        exact=plain(words[span.start : span.end], LONGEST),
        source=SAVED_PAGE,
        page=page,
        note="\n\n".join(span.notes)[:LONGEST],
        colour=span.colour,
        prefix=words[max(0, span.start - CONTEXT) : span.start].strip(),
        suffix=words[span.end : span.end + CONTEXT].strip() if span.end else "",
        accepted=False,
    )


def _walked(tree: HtmlElement) -> tuple[str, list[_Span], list[tuple[int, int, list[str]]]]:
    """Return the text of a page, what is marked in it, and the elements that notes belong to, innermost first."""
    pieces: list[str] = []
    marked: list[_Span] = []
    anchors: list[tuple[int, int, list[str]]] = []
    starts: list[int] = []
    position = unseen = 0

    def add(text: str | None) -> None:
        nonlocal position
        if text and not unseen:
            pieces.append(text)
            position += len(text)

    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if not isinstance(element.tag, str):
            add(element.tail)
        elif event == "start":
            if element.tag not in _WITHIN_LINES:
                add("\n")
            unseen += element.tag in _UNSEEN
            starts.append(position)
            add(element.text)
        else:
            start = starts.pop()
            if (match := _CLASS.search(element.get("class", ""))) and start < position:
                marked.append(_Span(start, position, colour_of(match[1])))
            if element.get(_REFERENCES) and element.tag not in ("html", "body"):
                anchors.append((start, position, re.findall(r"\d+", element.get(_REFERENCES)[:LONGEST])))
            unseen -= element.tag in _UNSEEN
            if element.tag not in _WITHIN_LINES:
                add("\n")
            add(element.tail)
    return "".join(pieces), sorted(marked), anchors


def _joined(words: str, marked: list[_Span]) -> list[_Span]:
    """Return the spans in order: SingleFile marks each piece of a passage by itself, and they are joined again."""
    joined: list[_Span] = []
    for span in marked:
        last = joined[-1] if joined else None
        if last and span.end <= last.end:
            continue  # within another
        if last and last.colour == span.colour and not words[last.end : span.start].strip():
            joined[-1] = last._replace(end=span.end)
        else:
            joined.append(span)
    return joined


def _words_of(note: HtmlElement) -> str:
    """Return what a person wrote into a note."""
    field = next(note.iter("textarea"), None)
    return "" if field is None else plain(field.text or "", LONGEST)
