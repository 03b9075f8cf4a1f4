"""Removal of what readers of a page do not see, and of elements that never hold text of an article."""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

from glossator.stages.extract.html.form.elements import MOST_HIDDEN, is_hidden

_NEVER_TEXT = tuple(
    """script style template svg canvas iframe object embed audio video input button select textarea dialog link meta
    base title noscript datalist map single-file-infobar""".split()
)
_SHOWN = ("img", "figcaption")
"""Elements that are hidden from screen readers only because the picture's alternative text repeats them."""


def drop_scripts(tree: HtmlElement) -> None:
    """Remove scripts, style sheets and drawings, in place."""
    etree.strip_elements(tree, "script", "style", "svg", with_tail=False)


def drop_never_text(body: HtmlElement) -> None:
    """Remove the elements that hold no text of an article, in place."""
    etree.strip_elements(body, *_NEVER_TEXT, with_tail=False)


def drop_hidden(body: HtmlElement) -> None:
    """Remove what readers do not see, unless it is so much of the page that a script would have shown it."""
    whole = len(body.text_content())
    for tag in [tag for tag in body.iterdescendants() if _is_unseen(tag)]:
        if len(tag.text_content()) < MOST_HIDDEN * whole:
            tag.drop_tree()


def _is_unseen(tag: HtmlElement) -> bool:
    if tag.tag == "form" or is_hidden(tag):
        return True
    return tag.get("aria-hidden") == "true" and tag.tag not in _SHOWN and tag.find(".//img") is None
