"""Boxes at the end of a text whose classes call them an author's note, a disclaimer, or a call to act or subscribe.

A class alone proves little: the last section of an article may be called so too. A box must also be short, and name the
author or the site, or lead elsewhere if it is a call; a box that resembles the parts of the text above is one of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from lxml.html import HtmlElement

from glossator.stages.extract.html.choice.shingles import words
from glossator.stages.extract.html.parse_page import HEADINGS
from glossator.stages.extract.html.text_blocks import NOTED, SOURCES, TextBlock

_PARTS = (
    "(?:[_-]*(?:box|card|block|banner|form|bio|info|note|notice|line|text|details|profile|description|section|widget|"
    "wrap|wrapper|container|inner|content|about|footer|area))"
)
_OF_CALLS = re.compile(
    rf"(?:.*[_-])?(?:newsletters?|cta|call-?to-?action|disclaimers?|(?:affiliate|full)[_-]?disclosure){_PARTS}*|"
    rf"(?:.*[_-])?(?:subscribe|subscription|sign[_-]?up|opt[_-]?in){_PARTS}+"
)
"""Names of boxes that ask or warn the reader."""
_OF_NAMES = re.compile(
    rf"(?:.*[_-])?(?:(?:(?:post|article|entry|about)?authors?|bio|copyright){_PARTS}*|contributors?{_PARTS}+)|"
    r"abh_.*|saboxplugin.*"
)
"""Names of boxes about the author or the owner, among them those that two plugins of WordPress give."""
_OF_KIND = re.compile(r"(?:category|tag|has)-")
"""Beginnings of classes that say what a box is about or how it looks."""
_LAST = 0.25
"""Share of a text, at its end, in which a whole box must be."""
_MOST = 60
"""Words of a box; a longer one may be a section of the article."""
_QUOTED = ("blockquote", "figure", "figcaption")
"""Elements in which the author is that of a quotation or a picture."""
_LISTINGS = ("pre", "code", "dl")
_BELOW = "in a box below the text that its class calls no part of an article"


class _Above(NamedTuple):
    """Text above the boxes."""

    tags: set[HtmlElement]
    """Elements of and around the text."""
    usual: set[str]
    """Classes of these elements, which say nothing."""
    beside: dict[HtmlElement | None, set[str]]
    """Classes of the children of an element."""
    headings: set[str]


def drop_boxes_below(blocks: list[TextBlock], names: tuple[str, ...]) -> None:
    """Drop such boxes from the last quarter of the text, and a heading that is left at the end.

    `names` are those of the authors and of the site.
    """
    retained = [block for block in blocks if block.stays]
    left = _LAST * sum(len(block.tokens) for block in retained)
    first = len(retained)
    while first > 0 and (left := left - len(retained[first - 1].tokens)) >= 0:
        first -= 1
    above = _above(retained[:first])
    boxes: dict[HtmlElement, list[TextBlock]] = defaultdict(list)
    for block in retained[first:]:
        if block.reason not in (NOTED, SOURCES) and (box := _box(block, above)) is not None:
            boxes[box].append(block)
    known = [f" {' '.join(spoken)} " for name in names if (spoken := words(name))]
    dropped = [block for box, inside in boxes.items() if _is_apart(box, inside, above, known) for block in inside]
    for block in dropped:
        block.drop(_BELOW)
    for block in reversed(retained) if dropped else ():
        if block.stays and block.tag.tag not in HEADINGS:
            break
        block.drop(_BELOW)


def _above(blocks: list[TextBlock]) -> _Above:
    tags = {tag for block in blocks for tag in (block.tag, *block.around)}
    beside: dict[HtmlElement | None, set[str]] = defaultdict(set)
    for tag in tags:
        beside[tag.getparent()] |= _classes(tag)
    headings = {block.tag.tag for block in blocks if block.tag.tag in HEADINGS}
    return _Above(tags, set().union(*beside.values()), beside, headings)


def _box(block: TextBlock, above: _Above) -> HtmlElement | None:
    """Return the outermost element with such a name that a block is, or is in, below the text; None without one."""
    box = None
    for tag in (block.tag, *block.around):
        classes = _classes(tag)  # an id may be made of the words of a heading
        if tag in above.tags:
            if box is not None and any(map(_is_named, classes)):
                return None  # all of the text is in such a box, such as the issue of a newsletter
            continue
        if tag.tag in _QUOTED or not classes.isdisjoint(above.beside.get(tag.getparent(), ())):
            return None  # what is quoted, or one of the entries or posts of which the text consists
        if any(map(_is_named, classes - above.usual)):
            box = tag
    return box


def _is_named(name: str) -> bool:
    return _OF_CALLS.fullmatch(name) is not None or _OF_NAMES.fullmatch(name) is not None


def _is_apart(box: HtmlElement, inside: list[TextBlock], above: _Above, known: list[str]) -> bool:
    """True if a box is short, names the author or the site or is a call with a link, and is no section like others."""
    if sum(len(block.tokens) for block in inside) > _MOST or next(box.iter(*_LISTINGS), None) is not None:
        return False
    if any(block.tag.tag in above.headings for block in inside):
        return False
    said = f" {' '.join(token for block in inside for token in block.tokens)} "
    is_call = any(map(_OF_CALLS.fullmatch, _classes(box)))
    return (is_call and any(block.linked for block in inside)) or any(name in said for name in known)


def _classes(tag: HtmlElement) -> set[str]:
    """Return the classes of an element in small letters without digits, which only number the entries of a list."""
    classes = re.sub(r"\d+", "", tag.get("class", "").lower()).split()
    return {name for name in classes if not _OF_KIND.match(name)}
