"""Notes that stand within the text or beside it, moved to a list at its end, to which marks lead."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import element, finder, names_of, replace, text_of
from glossator.stages.extract.html.parse.hidden_elements import is_closed

_CONTENT = re.compile(
    r"(?:^|[\s_-])(?:side-?note|margin-?note)(?:$|[\s_-])(?!number|wrap|ref|toggle)|"
    r"(?:foot|side)-?note[\s_-]*(?:content|text|body|tooltip|popup|popover)|\bltx_note_content\b"
)
_NOTE_NUMBER = re.compile(r"[\[(]?\s*+(?:(?:\d{1,3}|[*†‡§⊕])\s*+)?[\])]?")
_INLINE = frozenset({"span", "small", "sup", "a", "label", "aside", "i", "em", "font"})
_LEAST = 3
"""Fewest words of a note."""
_MOST = 300
"""Most words of a note."""
_ANCHOR = "its-note-"
_DEFINED = "data-definition"
"""Attribute of a mark with its note, or with the name of the element that holds the note."""
_named = finder(
    f"descendant::*[(@id or @{_DEFINED}) and (self::aside or self::div or self::span or self::p or self::li)]"
)


def set_apart(body: HtmlElement) -> None:
    """Move the notes within the text to a list at the end of the body, in place."""
    shown = [(_position(tag), tag) for tag in body.iter("span", "small", "aside", "div") if _is_content(tag)]
    notes: list[HtmlElement] = []
    for position, content in (*_held(body), *shown):
        if position is None or position.getparent() is None:
            continue
        content.attrib.clear()
        _take_marks(content, position)
        notes.append(content)
        mark = element("sup")
        mark.append(element("a", str(len(notes))))
        mark[0].set("href", f"#{_ANCHOR}{len(notes)}")
        if position is not content and content.getparent() is not None:
            content.drop_tree()
        replace(position, mark)
        content.tail = None
    if notes:
        list_element = element("ol")
        for number, content in enumerate(notes, 1):
            item = element("li")
            item.set("id", f"{_ANCHOR}{number}")
            item.append(content)
            list_element.append(item)
        body.append(list_element)


def _held(body: HtmlElement) -> list[tuple[HtmlElement, HtmlElement]]:
    """Return marks with the notes that a script would show: hidden elements that they name, or their own attribute."""
    hidden = {
        tag.get(_DEFINED) or tag.get("id"): tag for tag in _named(body) if any(map(is_closed, (tag, tag.getparent())))
    }
    pairs: dict[HtmlElement, HtmlElement] = {}
    for mark in list(body.iter("a", "button", "sup", "span", "label")):
        name = next((name for value in mark.values() if (name := value.removeprefix("#")) in hidden), None)
        if name is None and _DEFINED not in mark.attrib:
            continue
        content = element("span", mark.get(_DEFINED)) if name is None else hidden[name]
        text = text_of(mark) if _LEAST <= len(text_of(content).split()) <= _MOST else ""
        if text and content not in pairs and _NOTE_NUMBER.fullmatch(text):
            around = mark.getparent()
            pairs[content] = around if around.tag == "sup" and text_of(around) == text else mark
    return [(mark, content) for content, mark in pairs.items()]


def _is_content(tag: HtmlElement) -> bool:
    names = names_of(tag).lower()
    return "note" in names and _CONTENT.search(names) is not None and _LEAST <= len(text_of(tag).split()) <= _MOST


def _position(content: HtmlElement) -> HtmlElement | None:
    """Return the element that the mark replaces: one around the note that otherwise has only a number, or the note."""
    parent = content.getparent()
    block = next(content.iterancestors("p", "li", "td", "dd", "blockquote"), None)
    if parent is None or (block is None and content.tag in ("aside", "div")):
        return None
    around = text_of(parent)
    besides = around.replace(text_of(content), "", 1)
    return parent if parent.tag in _INLINE and _NOTE_NUMBER.fullmatch(besides.strip()) else content


def _take_marks(content: HtmlElement, position: HtmlElement) -> None:
    """Remove the number before the note, and the one that it begins with, because the note gets a new number."""
    mark = position.getprevious()
    while mark is not None and not (mark.tail or "").strip() and mark.tag in ("input", "label", "sup", "a", "span"):
        earlier = mark.getprevious()
        if not _NOTE_NUMBER.fullmatch(text_of(mark)):
            break
        mark.drop_tree()
        mark = earlier
    while len(content) and not (content.text or "").strip():
        first = content[0]
        if first.tag not in ("sup", "span", "b", "strong", "label") or not _NOTE_NUMBER.fullmatch(text_of(first)):
            break
        first.drop_tree()
