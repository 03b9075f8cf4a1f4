"""Boxes beside the running text, such as a warning, as quotations that begin with a title."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import HEADINGS, element, finder, text_of
from glossator.stages.extract.html.parse.parse_page import CALLOUT

_KINDS = (
    "abstract attention bug caution danger error example failure hint important info information note question seealso "
    "success tip todo warning".split()
)
_BOX = re.compile(
    r"(?:^|\s)(?:(?:theme-)?admonition|admonitionblock|markdown-alert|custom-block|callout|confluence-information-macro)(?:$|\s)",
    re.IGNORECASE,
)
"""Classes by Sphinx and MkDocs, Docusaurus, Asciidoctor, GitHub, VitePress, Quarto and Confluence."""
_KIND = re.compile(rf"(?:^|[\s-])({'|'.join(_KINDS)})(?:$|\s)", re.IGNORECASE)
_TITLE = re.compile(r"title|heading|header", re.IGNORECASE)
_LONGEST_TITLE = 100
"""Characters."""
_callouts = finder(
    "descendant::div[contains(@class, 'admonition') or contains(@class, 'markdown-alert')"
    " or contains(@class, 'custom-block') or contains(@class, 'callout') or contains(@class, 'information-macro')]"
    " | descendant::aside[contains(@class, 'admonition')] | descendant::dl[contains(@class, 'section')][count(dt)=1]"
)


def mark_callouts(body: HtmlElement) -> None:
    """Turn the boxes into marked quotations that begin with a title, in place."""
    for box in _callouts(body):
        names = box.get("class", "")
        kind = _KIND.search(names) if _BOX.search(names) or box.tag == "dl" else None
        if kind is None or any(CALLOUT in above.attrib for above in box.iterancestors("blockquote")):
            continue
        if box.tag == "dl":  # by Doxygen
            for part in box:
                part.tag = "div"
            box[0].set("class", "title")
        title = _take_title(box) or kind[1].capitalize()
        if not text_of(box):
            box.text = title  # the box has nothing but its title
            continue
        cell = box.find(".//table//td[@class='content']")
        if cell is not None:  # Asciidoctor lays the box out as a table
            box.text, box[:] = cell.text, list(cell)
        box.tag = "blockquote"
        box.set(CALLOUT, kind[1].lower())
        box.insert(0, element("p", title))
        box[0].tail, box.text = box.text, None


def _take_title(box: HtmlElement) -> str:
    """Take the title out of a box, and return its text; empty if the box has none."""
    for tag in box.iterdescendants("p", "div", "span", *HEADINGS[1:]):
        if _TITLE.search(tag.get("class", "")):
            title = text_of(tag)
            if not 0 < len(title) <= _LONGEST_TITLE:
                return ""
            tag.drop_tree()
            return title[0].upper() + title[1:]
    return ""
