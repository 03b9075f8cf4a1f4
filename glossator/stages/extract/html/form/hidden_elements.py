"""Removal of what readers of a page do not see, and of elements that never hold text of an article."""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

from glossator.stages.extract.html.form.elements import MOST_HIDDEN, finder, is_hidden

_NEVER_TEXT = tuple(
    """script style template svg canvas iframe object embed audio video input button select textarea dialog link meta
    base title noscript datalist map single-file-infobar""".split()
)
_SHOWN = ("img", "figcaption")
"""Elements that are hidden from screen readers only because the picture's alternative text repeats them."""
_maybe_hidden = finder(
    "descendant::*[@hidden or @aria-hidden='true' or self::form or contains(@style, 'none')"
    " or contains(@style, 'hidden') or contains(@class, 'idden') or contains(@class, 'sr-only')"
    " or contains(@class, 'creen')]"
)


def drop_never_text(body: HtmlElement) -> None:
    """Remove the elements that hold no text of an article, in place."""
    etree.strip_elements(body, *_NEVER_TEXT, with_tail=False)


def drop_hidden(body: HtmlElement) -> None:
    """Remove what readers do not see, unless it is so much of the page that a script would have shown it."""
    whole = sum(map(len, body.itertext()))
    for tag in _maybe_hidden(body):
        hidden = (
            tag.tag == "form"
            or is_hidden(tag)
            or (tag.get("aria-hidden") == "true" and tag.tag not in _SHOWN and tag.find(".//img") is None)
        )
        if hidden and sum(map(len, tag.itertext())) < MOST_HIDDEN * whole:
            tag.drop_tree()
