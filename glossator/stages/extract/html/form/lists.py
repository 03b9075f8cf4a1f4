"""Lists in pieces: one for each item, as in Notion, or for each level, as in Google Docs; or paragraphs, as by Word."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import element, text_of, whole_number

_SIGN = re.compile(r"[·•o§\-–▪●]|\(?(?:\d{1,2}|[a-z])[.)]")
"""Sign before an item in a document by Word; its bullets are letters of fonts for symbols."""
_LEVEL = re.compile(r"\blst-kix_\w+-(\d)\b")


def join_lists(body: HtmlElement) -> None:
    """Join neighbouring lists of one item each, and take what opens and closes out of lists, in place."""
    for first in [tag for tag in body.iter("p") if _is_word_item(tag)]:
        _make_list(first)
    for inner in [tag for tag in body.iter("ul", "ol") if _level(tag)]:
        _put_below(inner)
    for first in list(body.iter("ul", "ol")):
        if len(first) != 1 or first[0].tag != "li" or first.getparent() is None:
            continue
        if len(first[0]) == 1 and first[0][0].tag == "details" and not (first[0].text or "").strip():
            first[0].drop_tag()
            first.drop_tag()
            continue
        while (following := first.getnext()) is not None and _continues(first, following):
            first.append(following[0])
            first.tail = following.tail
            following.getparent().remove(following)


def _is_word_item(tag: HtmlElement) -> bool:
    """True if a paragraph is an item of a list, as Word writes them: its first element is the sign of the item."""
    named = tag.get("class", "").startswith("MsoListParagraph")
    return named and len(tag) > 0 and not (tag.text or "").strip() and _SIGN.fullmatch(text_of(tag[0])) is not None


def _make_list(first: HtmlElement) -> None:
    """Make a list of a paragraph and those that follow it."""
    if first.getparent() is None or first.tag != "p":
        return
    numbered = text_of(first[0])[:1].isalnum() and text_of(first[0]) != "o"
    items = element("ol" if numbered else "ul")
    first.addprevious(items)
    item: HtmlElement | None = first
    while item is not None and item.tag == "p" and _is_word_item(item):
        following = item.getnext()
        item[0].drop_tree()
        item.tag, item.tail = "li", None
        items.append(item)
        item = following


def _level(tag: HtmlElement) -> int:
    """Return the level that Google Docs gives a list; zero for other lists."""
    match = _LEVEL.search(tag.get("class", ""))
    return int(match[1]) if match else 0


def _put_below(inner: HtmlElement) -> None:
    """Put a list into the last item of the lower level in the list before it, if that is of a lower level."""
    item, outer = None, inner.getprevious()
    while outer is not None and outer.tag in ("ul", "ol") and len(outer) and _level(outer) < _level(inner):
        item = outer[-1]
        outer = item[-1] if item.tag == "li" and len(item) else None
    if item is not None and item.tag == "li":
        inner.drop_tree()
        inner.tail = None
        item.append(inner)


def _continues(first: HtmlElement, following: HtmlElement) -> bool:
    """True if a list of one item has the class of the list before it, and continues its numbers."""
    classes = first.get("class", "")
    if following.tag != first.tag or not classes or following.get("class") != classes or (first.tail or "").strip():
        return False
    numbered = first.tag == "ul" or _number(following) == _number(first) + len(first)
    return numbered and len(following) == 1 and following[0].tag == "li"


def _number(items: HtmlElement) -> int:
    """Return the number of the first item of a list; 1 if the page does not say one."""
    return whole_number(items.get("start", ""), 1)
