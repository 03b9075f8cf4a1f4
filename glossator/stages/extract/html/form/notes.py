"""Notes of a page, as `[^n]` and definitions: footnotes that a link or a raised number leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import msgspec
from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import HEADINGS, finder, names_of, text_of, whole_number
from glossator.stages.extract.html.parse.parse_page import NOTE
from glossator.word_lists import any_of

_HOLDERS = ("li", "p", "dd", "div", "aside")
_NUMBER = re.compile(r"\d{1,3}")
_MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z]|note \d{1,3})\s*[\])]?\.?", re.IGNORECASE)
_BACK = re.compile(r"\W*|[\[(]?(?:\d{1,3}|[a-z])[\])]?\.?|(?:jump (?:up|back)|back|return)\b.{0,30}", re.IGNORECASE)
_NAMED = re.compile(r"foot-?note|note-?ref|fn-?ref|\breference\b|\bcitation\b|doc-noteref|\bfn\b", re.IGNORECASE)
_TARGET = re.compile(r"foot|note|\bfn|cite|ref|\bbib", re.IGNORECASE)
_SECTION = re.compile(r"foot-?notes?|end-?notes?|\brefs?\b|references", re.IGNORECASE)
_HEADED = re.compile(any_of("metadata", "notes"), re.IGNORECASE)
_LONGEST = 300
"""Words; a longer block is a section that a table of contents leads to."""
_EMPTY_LABELS = ("[]", "[ ]", "()", "( )")
"""Texts of a note's label from which the number was taken."""
_BEGINS = re.compile(r"^\s*(?:[\[(]\d{1,3}[\])]|\d{1,3}[.):]|\^|[.:](?=\s))\s*")
_ITS_NUMBER = re.compile(r"^\s*[\[(]?(\d{1,3})[\])]?[.:)]?\s")


class Notes(msgspec.Struct, frozen=True):
    """Definitions of notes by number, taken out of the page's tree."""

    definitions: dict[str, HtmlElement] = msgspec.field(default_factory=dict)


def take_notes(body: HtmlElement) -> Notes:
    """Mark the references in a regular tree and take the definitions out."""
    numbers: dict[HtmlElement, str] = {}
    notes = Notes()
    for mark, holder in (*_linked(body), *_unlinked(body)):
        if holder not in numbers:
            if not _is_note(holder, numbers):
                continue
            numbers[holder] = str(len(numbers) + 1)
            notes.definitions[numbers[holder]] = holder
        mark.set(NOTE, numbers[holder])
        _unbracket(mark)
    for holder in notes.definitions.values():
        _tidy(holder)
        holder.drop_tree()
        holder.tail = None
    return notes


def _unbracket(mark: HtmlElement) -> None:
    """Remove the brackets that a raised element, or a citation, has around a mark."""
    parent = mark.getparent()
    if parent is not None and parent.tag in ("sup", "cite") and len(parent) == 1 and text_of(parent)[:1] in ("[", "("):
        parent.text = mark.tail = None


# ---- marks with a link --------------------------------------------------------------------------------------------

_within = finder("descendant::a[contains(@href, '#')]")
_anchors = finder("descendant::*[@id] | descendant::a[@name]")


def _linked(body: HtmlElement) -> Iterator[tuple[HtmlElement, HtmlElement]]:
    """Yield marks that link to an anchor further down, each with the block that is its note."""
    links = [link for link in _within(body) if _is_reference(link)]
    if not links:
        return
    order = {tag: number for number, tag in enumerate(body.iter())}
    targets: dict[str, HtmlElement] = {}
    for tag in _anchors(body):
        for name in (tag.get("id"), tag.get("name") if tag.tag == "a" else None):
            targets.setdefault(name or "", tag)
    for back in _within(body):  # Word's anchors go where a page takes its text over, and the links back stay
        name = back.get("href").partition("#")[2]
        targets.setdefault(name.replace("ref", "") if "ref" in name else "", back)
    for link in links:
        target = targets.get(unquote(link.get("href", "").partition("#")[2]) or " ")
        holder = _holder(target) if target is not None else None
        # A link back from a note leads up the page.
        below = target is not None and order[target] > order[link]
        if holder is not None and below and all(above is not holder for above in link.iterancestors()):
            yield link, holder


def _is_reference(link: HtmlElement) -> bool:
    text = text_of(link)
    if not _MARK.fullmatch(text):
        return False
    around = (link, *list(link.iterancestors())[:2], *link.iterdescendants())
    named = any(tag.tag == "sup" or _NAMED.search(names_of(tag)) for tag in around)
    return named or text[0] in "[(" or _TARGET.search(link.get("href", "").partition("#")[2]) is not None


def _holder(target: HtmlElement) -> HtmlElement | None:
    """Return the block that is the note: the target, the container of an anchor at its start, or the block below."""
    holder = _nearest(target, (*_HOLDERS, *HEADINGS))
    if holder is not None and holder.tag in HEADINGS:
        below = holder.getnext() if _MARK.fullmatch(text_of(holder)) else None
        return below if below is not None and below.tag in _HOLDERS else None
    if holder is not None and _MARK.fullmatch(text_of(holder)):
        parent = holder.getparent()
        return parent if parent is not None and parent.tag in _HOLDERS else None
    return holder


def _nearest(tag: HtmlElement, names: tuple[str, ...]) -> HtmlElement | None:
    return tag if tag.tag in names else next(iter(tag.iterancestors(*names)), None)


# ---- marks without a link --------------------------------------------------------------------------------------------


def _unlinked(body: HtmlElement) -> Iterator[tuple[HtmlElement, HtmlElement]]:
    """Yield raised numbers without links, each with the block further down that begins with the number."""
    raised = [mark for mark in body.iter("sup") if _is_bare(mark)]
    if not raised:
        return
    wanted = {text_of(mark) for mark in raised}
    numbered = list(_numbered(body, wanted))
    order = {tag: number for number, tag in enumerate(body.iter())}
    own = {number for number, _ in numbered}
    for mark in raised:
        number = text_of(mark)
        if number not in own or any(mark is holder or mark in holder.iter("sup") for _, holder in numbered):
            continue
        # The nearest below, because a page may have several texts, each with its notes.
        below = [holder for other, holder in numbered if other == number and order[holder] > order[mark]]
        if below:
            yield mark, below[0]


def _is_bare(mark: HtmlElement) -> bool:
    if not _NUMBER.fullmatch(text_of(mark)) or NOTE in mark.attrib or mark.find(".//a") is not None:
        return False
    return next(mark.iterancestors("a", "table"), None) is None


def _numbered(body: HtmlElement, wanted: set[str]) -> Iterator[tuple[str, HtmlElement]]:
    """Yield blocks that begin with a raised number; in a section of notes also a bold or plain one, or as items."""
    notes = False
    for tag in body.iter(*HEADINGS, "hr", "p", "li", "dd", "div"):
        if tag.tag in HEADINGS or tag.tag == "hr":
            notes = tag.tag == "hr" or _HEADED.fullmatch(text_of(tag).rstrip(":")) is not None
            ruled = tag.tag == "hr"
            continue
        number = _first_number(tag, ("sup", "strong", "b") if notes else ("sup",))
        if not number and tag.tag == "li":
            number = _item_number(tag) if (notes and not ruled) or _is_aside(tag) else ""
        elif not number and notes and not ruled and tag.tag == "p" and (match := _ITS_NUMBER.match(text_of(tag))):
            number = match[1]
        if number in wanted:
            yield number, tag


def _first_number(tag: HtmlElement, marks: tuple[str, ...]) -> str:
    """Return the number that a block begins with, if one of the elements `marks` sets it apart."""
    if (tag.text or "").strip() or not len(tag):
        return ""
    first: HtmlElement = tag[0]
    while (
        first.tag not in marks
        and len(first)
        and not (first.text or "").strip()
        and first.tag in ("span", "a", "small", "strong", "b")
    ):
        first = first[0]
    text = text_of(first).rstrip(".")
    return text if first.tag in marks and _NUMBER.fullmatch(text) and len(text_of(tag)) > len(text) + 1 else ""


def _item_number(item: HtmlElement) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    return str(whole_number(parent.get("start", ""), 1) + parent.index(item))


def _is_aside(tag: HtmlElement) -> bool:
    return any(above.tag == "aside" or _SECTION.search(names_of(above)) for above in list(tag.iterancestors())[:3])


# ---- notes and their text ----------------------------------------------------------------------


def _is_note(holder: HtmlElement, claimed: dict[HtmlElement, str]) -> bool:
    words = len(" ".join(holder.itertext()).split())
    nested = any(tag in claimed for tag in (*holder.iterancestors(), *holder.iter(*_HOLDERS)))
    return 0 < words <= _LONGEST and not nested and next(holder.iter(*HEADINGS), None) is None


def _tidy(definition: HtmlElement) -> None:
    """Remove the links back to the text, and the note's own number, from a definition."""
    for link in list(definition.iter("a")):
        if "#" in link.get("href", "") and _BACK.fullmatch(text_of(link)) and NOTE not in link.attrib:
            parent = link.getparent()
            is_raised = parent is not None and parent.tag == "sup" and parent is not definition
            (parent if is_raised else link).drop_tree()
    for label in [tag for tag in definition.iter("p", "span") if text_of(tag) in _EMPTY_LABELS]:
        if label is not definition and label.getparent() is not None:
            label.drop_tree()
    raised = (tag for tag in definition.iter("sup", "strong", "b") if _NUMBER.fullmatch(text_of(tag).rstrip(".")))
    first = next(raised, definition)
    if first is not definition and text_of(definition).startswith(text_of(first)):
        first.drop_tree()
    for tag in definition.iter():
        if (tag.text or "").strip():
            tag.text = _BEGINS.sub("", tag.text or "")
            return
        if tag is not definition and (tag.tail or "").strip():
            tag.tail = _BEGINS.sub("", tag.tail or "")
            return
