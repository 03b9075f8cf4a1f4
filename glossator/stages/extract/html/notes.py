"""Footnotes of a page: marks in the text that lead to blocks further down become `[^n]` and their definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from bs4.element import NavigableString, Tag

from glossator.stages.extract.html.page import HEADINGS, NOTE

_HOLDERS = ("li", "p", "dd", "div", "aside")
_MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z]|note \d{1,3})\s*[\])]?\.?", re.IGNORECASE)
_BACK = re.compile(r"\W*|[\[(]?(?:\d{1,3}|[a-z])[\])]?\.?|(?:jump (?:up|back)|back|return)\b.{0,30}", re.IGNORECASE)
_NAMED = re.compile(r"foot-?note|note-?ref|fn-?ref|\breference\b|\bcitation\b|doc-noteref|\bfn\b", re.IGNORECASE)
_TARGET = re.compile(r"foot|note|\bfn|cite|ref", re.IGNORECASE)
_LONGEST = 300
"""Words; what is longer is a section that a table of contents leads to."""


@dataclass(frozen=True, slots=True)
class Notes:
    """The definitions by their numbers, taken out of the page's tree."""

    definitions: dict[str, Tag] = field(default_factory=dict)


def take_notes(body: Tag) -> Notes:
    """Marks the references in a regular tree and takes their definitions out of it."""
    numbers: dict[int, str] = {}
    notes = Notes()
    for mark, holder in (*_linked(body), *_unlinked(body)):
        if id(holder) not in numbers:
            if not _is_note(holder, notes):
                continue
            numbers[id(holder)] = str(len(numbers) + 1)
            notes.definitions[numbers[id(holder)]] = holder
        mark.attrs[NOTE] = numbers[id(holder)]
    for definition in notes.definitions.values():
        _tidy(definition)
        definition.extract()
    return notes


def _linked(body: Tag) -> Iterator[tuple[Tag, Tag]]:
    """Marks that link to an anchor further down, with the blocks that these name."""
    order = {id(tag): number for number, tag in enumerate(body.find_all(True))}
    targets = {str(tag.get("id") or tag.get("name")): tag for tag in reversed(body.find_all(_is_target))}
    for link in body.find_all("a", href=re.compile("#.")):
        target = targets.get(unquote(str(link["href"]).partition("#")[2]))
        holder = _holder(target) if target is not None and _is_reference(link) else None
        # A link back from a note leads up the page.
        below = target is not None and order[id(target)] > order[id(link)]
        if holder is not None and below and not any(inner is link for inner in holder.find_all("a")):
            yield link, holder


def _unlinked(body: Tag) -> Iterator[tuple[Tag, Tag]]:
    """Raised numbers without links, and the blocks further down that begin with the same numbers."""
    waiting: dict[str, list[Tag]] = {}
    for mark in body.find_all("sup"):
        number = mark.get_text(strip=True)
        if not re.fullmatch(r"\d{1,3}", number) or mark.find_parent(["a", "table"]) or mark.find("a"):
            continue
        holder = mark.find_parent(_HOLDERS)
        if holder is not None and holder.get_text(strip=True).startswith(number) and _is_first(mark, holder):
            yield from ((earlier, holder) for earlier in waiting.pop(number, []))
        else:
            waiting.setdefault(number, []).append(mark)


def _is_first(mark: Tag, holder: Tag) -> bool:
    return next((tag for tag in holder.find_all("sup")), None) is mark


def _is_target(tag: Tag) -> bool:
    return tag.has_attr("id") or (tag.name == "a" and tag.has_attr("name"))


def _is_reference(link: Tag) -> bool:
    text = link.get_text(strip=True)
    if not _MARK.fullmatch(text):
        return False
    around = (link, *list(link.parents)[:2], *link.find_all(True))
    named = any(tag.name == "sup" or _NAMED.search(_names(tag)) for tag in around)
    return named or text[0] in "[(" or _TARGET.search(str(link["href"]).partition("#")[2]) is not None


def _names(tag: Tag) -> str:
    return " ".join((*(tag.get("class") or ()), str(tag.get("id") or ""), str(tag.get("role") or "")))


def _holder(target: Tag) -> Tag | None:
    """The block that is the note: the target, what an anchor at its beginning lies in, or what its number is above."""
    holder = target if target.name in (*_HOLDERS, *HEADINGS) else target.find_parent((*_HOLDERS, *HEADINGS))
    if holder is not None and holder.name in HEADINGS:
        below = holder.find_next_sibling() if _MARK.fullmatch(holder.get_text(strip=True)) else None
        return below if below is not None and below.name in _HOLDERS else None
    if holder is not None and _MARK.fullmatch(holder.get_text(strip=True)):
        return holder.parent if holder.parent is not None and holder.parent.name in _HOLDERS else None
    return holder


def _is_note(holder: Tag, notes: Notes) -> bool:
    words = len(holder.get_text(" ").split())
    claimed = {id(tag) for tag in notes.definitions.values()}
    nested = any(id(tag) in claimed for tag in (*holder.parents, *holder.find_all(_HOLDERS)))
    return 0 < words <= _LONGEST and not nested and holder.find(re.compile("^h[1-6]$")) is None


def _tidy(definition: Tag) -> None:
    """Takes the links back to the text, and the note's own number, out of it."""
    for link in definition.find_all("a", href=re.compile("#.")):
        if _BACK.fullmatch(link.get_text(" ", strip=True)) and NOTE not in link.attrs:
            holder = link.parent if link.parent is not None and link.parent.name == "sup" else link
            holder.extract()
    number = definition.find("sup")
    if number is not None and definition.get_text(strip=True).startswith(number.get_text(strip=True)):
        number.extract()
    for text in definition.find_all(string=True):
        if text.strip():
            text.replace_with(NavigableString(re.sub(r"^\s*(?:[\[(]\d{1,3}[\])]|\d{1,3}[.):]|\^)\s*", "", text)))
            return
