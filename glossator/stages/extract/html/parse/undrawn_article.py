"""The article of a page that was saved before its scripts drew it: text without scripts, or HTML in a script's data."""

from __future__ import annotations

import json
import re
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import text_of

_STRING = re.compile(r'\\.|("[^"\\]*+(?:\\.[^"\\]*+)*+")', re.DOTALL)
"""A string, or an escaped character outside of one, so that no quotation mark is tried twice."""
_PARAGRAPH = re.compile(r"(?:<|\\u003c)p\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\$\$[A-Z_]{4,}\$\$")
"""Mark of what a script inserts, such as an advertisement."""
_FEWEST = 3
"""Paragraphs of an article."""
_BARE = 200
"""Characters of text on a page that its scripts have not drawn: a menu, and a word for those without scripts."""
_UNSEEN = frozenset({"script", "style", "noscript", "template", "title"})
_MOST = 60_000
"""Elements that are searched for text."""
_MOST_MARKS = 30_000
"""Tags of an article: they are not among those by which a page is found too large."""


def show_without_scripts(tree: HtmlElement) -> None:
    """Show, in place, what a page holds for readers without scripts, if it holds nothing else: so does Discourse."""
    body = tree.find("body")
    parts = [] if body is None else [part for part in body.iter("noscript") if len(text_of(part)) > _BARE]
    if not parts or _has_text(body):
        return
    for part in parts:
        part.tag = "div"


def undrawn_article(tree: HtmlElement) -> str:
    """Return the HTML that holds most paragraphs among a bare page's data; empty if the page has text of its own."""
    body = tree.find("body")
    if body is None or _has_text(body):
        return ""
    scripts = [script.text or "" for script in tree.iter("script")]
    strings = (
        string[1] or "" for script in scripts if _PARAGRAPH.search(script) for string in _STRING.finditer(script)
    )
    return max((text for string in strings if (text := _html(string))), key=len, default="")


def _has_text(body: HtmlElement) -> bool:
    length = 0
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, tag in islice(walk, 2 * _MOST):
        if event == "end":
            length += len((tag.tail or "").strip()) if tag is not body else 0
        elif tag.tag in _UNSEEN:
            walk.skip_subtree()
        else:
            length += len((tag.text or "").strip())
        if length > _BARE:
            return True
    return False


def _html(string: str) -> str:
    """Return what a string of JSON says if it is the HTML of several paragraphs; else empty."""
    if len(_PARAGRAPH.findall(string)) < _FEWEST:
        return ""
    try:
        text = str(json.loads(string, strict=False))
    except ValueError:
        return ""
    if text.count("<") > _MOST_MARKS:
        return ""
    # A string within a string, as in data that hold the page's own data, is no HTML yet.
    return _PLACEHOLDER.sub("", text) if text.lstrip().startswith("<") and '\\"' not in text else ""
