"""Meaning that a page gives its text by other means than elements: boxes of tasks, classes of captions, anchors."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from glossator.stages.extract.html.form.elements import text_of
from glossator.stages.extract.html.page import CAPTION, HEADINGS, TEXT_BLOCK

DONE = "\u2611 "
"""Sign before a task that is done."""
OPEN = "\u2610 "
_CAPTIONED = re.compile(r"(?:^|[\s_-])caption(?:$|[\s_-])", re.IGNORECASE)
_ANCHOR = re.compile(r"[#\u00b6\u00a7\U0001f517\ufe0e\ufe0f\s]+")
"""Text of a link to the heading that holds it."""
_LONGEST = 60
"""Words of a caption."""


def mark_tasks(body: HtmlElement) -> None:
    """Replace the box at the beginning of a list item by the sign of a task, in place."""
    for box in [tag for tag in body.iter("input") if tag.get("type", "").lower() == "checkbox"]:
        item = next(box.iterancestors("li"), None)
        if item is not None and _begins(item, box):
            box.tail = (OPEN if box.get("checked") is None else DONE) + (box.tail or "").lstrip()
            box.drop_tree()


def _begins(item: HtmlElement, box: HtmlElement) -> bool:
    """True if nothing is before the box in its item, whatever elements are around the box."""
    tag = box
    while tag is not item:
        parent = tag.getparent()
        if parent is None or parent[0] is not tag or (parent.text or "").strip():
            return False
        tag = parent
    return True


def without_anchors(body: HtmlElement) -> None:
    """Remove the signs in headings that lead to the heading itself, in place."""
    for link in [link for heading in body.iter(*HEADINGS) for link in heading.iter("a")]:
        if "#" in link.get("href", "") and _ANCHOR.fullmatch("".join(link.itertext())) and link.find(".//img") is None:
            link.drop_tree()


def mark_captions(body: HtmlElement) -> None:
    """Mark paragraphs that a class calls captions and that stand directly below a picture, in place."""
    for paragraph in body.iter("p"):
        parent = paragraph.getparent()
        if paragraph.get(TEXT_BLOCK) is None or parent is None:
            continue
        named = next((tag for tag in (paragraph, parent) if _CAPTIONED.search(tag.get("class", ""))), None)
        if named is None or len(text_of(paragraph).split()) > _LONGEST:
            continue
        before = next((tag.getprevious() for tag in (paragraph, parent) if tag.getprevious() is not None), None)
        if before is not None and _is_picture(before):
            paragraph.set(CAPTION, "")


def _is_picture(tag: HtmlElement) -> bool:
    return (tag.tag == "img" or tag.find(".//img") is not None) and not text_of(tag)
