"""Lists that a page writes as one list for each item, as Notion does."""

from __future__ import annotations

from lxml.html import HtmlElement


def join_lists(body: HtmlElement) -> None:
    """Join neighbouring lists of one item each, and take what opens and closes out of lists, in place."""
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


def _continues(first: HtmlElement, following: HtmlElement) -> bool:
    """True if a list of one item has the class of the list before it, and continues its numbers."""
    classes = first.get("class", "")
    if following.tag != first.tag or not classes or following.get("class") != classes or (first.tail or "").strip():
        return False
    start = following.get("start")
    numbered = first.tag == "ul" or start == str(int(first.get("start", "1") or 1) + len(first))
    return numbered and len(following) == 1 and following[0].tag == "li"
