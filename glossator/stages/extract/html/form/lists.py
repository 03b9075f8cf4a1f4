"""Lists that a page writes in pieces: one list for each item, as Notion does, or one for each level, as Google Docs."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_LEVEL = re.compile(r"\blst-kix_\w+-(\d)\b")


def join_lists(body: HtmlElement) -> None:
    """Join neighbouring lists of one item each, and take what opens and closes out of lists, in place."""
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


def _level(tag: HtmlElement) -> int:
    """Return the level that Google Docs gives a list; zero for other lists."""
    match = _LEVEL.search(tag.get("class", ""))
    return int(match[1]) if match else 0


def _put_below(inner: HtmlElement) -> None:
    """Put a list of a lower level into the last item before it."""
    outer = inner.getprevious()
    while outer is not None and outer.tag in ("ul", "ol") and len(outer) and outer[-1].tag == "li":
        if _level(outer) < _level(inner):
            tail, inner.tail = inner.tail, None
            outer[-1].append(inner)
            outer.tail = (outer.tail or "") + (tail or "")
            return
        outer = outer.getprevious()


def _continues(first: HtmlElement, following: HtmlElement) -> bool:
    """True if a list of one item has the class of the list before it, and continues its numbers."""
    classes = first.get("class", "")
    if following.tag != first.tag or not classes or following.get("class") != classes or (first.tail or "").strip():
        return False
    start = following.get("start")
    numbered = first.tag == "ul" or start == str(int(first.get("start", "1") or 1) + len(first))
    return numbered and len(following) == 1 and following[0].tag == "li"
