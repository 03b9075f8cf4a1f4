"""Notes that stand within the text or beside it, moved to a list at its end, to which marks lead."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import element, names_of, replace, text_of

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


def set_apart(body: HtmlElement) -> None:
    """Move the notes within the text to a list at the end of the body, in place."""
    contents = [tag for tag in body.iter("span", "small", "aside", "div") if _is_content(tag)]
    notes: list[HtmlElement] = []
    for content in contents:
        position = _position(content)
        if position is None or content.getparent() is None:
            continue
        content.attrib.clear()
        _take_marks(content, position)
        notes.append(content)
        mark = element("sup")
        mark.append(element("a", str(len(notes))))
        mark[0].set("href", f"#{_ANCHOR}{len(notes)}")
        if position is content:
            replace(content, mark)
        else:
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
