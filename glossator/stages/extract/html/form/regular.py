"""A page's tree made regular: what is never text removed, every stretch of text in a block of its own.

Afterwards a block holds either blocks or text, so that the text of an article can be chosen leaf by leaf.
"""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

from glossator.stages.extract.html.form.code import make_plain
from glossator.stages.extract.html.form.elements import MOST_HIDDEN, element, finder, is_hidden, says
from glossator.stages.extract.html.form.embedded import show_embedded
from glossator.stages.extract.html.form.mathematics import show_mathematics
from glossator.stages.extract.html.form.sidenotes import set_apart
from glossator.stages.extract.html.page import HEADINGS, LEAF

BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td
    tfoot th thead tr ul""".split()
)
TEXT_BLOCKS = frozenset({*HEADINGS, "p", "li", "td", "th", "dt", "dd", "figcaption", "caption", "pre", "summary"})
"""Blocks that are a leaf whenever no block is within them."""

_CONTAINERS = tuple(sorted(BLOCKS - TEXT_BLOCKS - {"hr"}))
"""What holds no text of its own."""
_NEVER_TEXT = tuple(
    """script style template svg canvas iframe object embed audio video input button select textarea dialog link meta
    base title noscript datalist map single-file-infobar""".split()
)
_maybe_hidden = finder(
    "descendant::*[@hidden or @aria-hidden='true' or self::form or contains(@style, 'none')"
    " or contains(@style, 'hidden') or contains(@class, 'hid') or contains(@class, 'sr-only')"
    " or contains(@class, 'screen-reader')]"
)


def regular(tree: HtmlElement) -> HtmlElement:
    """The page's body made regular, in place; its leaves are marked."""
    body: HtmlElement | None = tree.find("body")
    body = tree if body is None else body
    show_mathematics(body)
    show_embedded(tree)
    etree.strip_elements(body, *_NEVER_TEXT, with_tail=False)
    set_apart(body)
    _drop_hidden(body)
    for tag in list(body.iter("pre")):
        make_plain(tag)
    holders = _part(body)
    for tag in body.iter(*TEXT_BLOCKS):
        if tag not in holders:
            tag.set(LEAF, "")
    return body


def leaves(tree: HtmlElement) -> list[HtmlElement]:
    """The blocks that hold text, in the order of the page."""
    return [tag for tag in tree.iter(*TEXT_BLOCKS) if is_leaf(tag)]


def is_leaf(tag: HtmlElement) -> bool:
    return tag.get(LEAF) is not None


def _drop_hidden(body: HtmlElement) -> None:
    """Takes out what readers do not see, unless it holds so much of the page that a script was to show it."""
    whole = sum(map(len, body.itertext()))
    for tag in _maybe_hidden(body):
        hidden = (
            tag.tag == "form"
            or is_hidden(tag)
            or (tag.get("aria-hidden") == "true" and tag.tag != "img" and tag.find(".//img") is None)
        )
        if hidden and sum(map(len, tag.itertext())) < MOST_HIDDEN * whole:
            tag.drop_tree()


def _part(body: HtmlElement) -> dict[HtmlElement, None]:
    """Gives text that stands beside blocks a paragraph of its own; two line breaks begin another. What holds blocks."""
    for line in body.iter("br"):
        line.tail = " " + (line.tail or "")  # its text in one line has a space there
    holders = _holders(body)
    broken = [tag for tag in body.iter("p") if any(map(_is_doubled, tag.iterchildren("br")))]
    for container in dict.fromkeys((*holders, *body.iter(*_CONTAINERS), *broken)):
        _part_one(container, holders)
    return holders


def _part_one(container: HtmlElement, holders: dict[HtmlElement, None]) -> None:
    run: list[HtmlElement] = []
    lead, container.text = container.text, None
    for child in list(container):
        ends = child.tag in BLOCKS or child in holders
        if ends or (child.tag == "br" and _is_doubled(child)):
            _wrap(container, lead, run, before=child)
            run, lead, child.tail = [], child.tail, None
        else:
            run.append(child)
    _wrap(container, lead, run, before=None)
    if len(container):
        holders[container] = None


def _wrap(container: HtmlElement, lead: str | None, run: list[HtmlElement], *, before: HtmlElement | None) -> None:
    """What says nothing stays outside: there may be an anchor among it."""
    if (not lead or lead.isspace()) and not any(says(node) or (node.tail or "").strip() for node in run):
        return
    paragraph = element("p", lead or "")
    if run:
        run[0].addprevious(paragraph)
    elif before is not None:
        before.addprevious(paragraph)
    else:
        container.append(paragraph)
    paragraph.extend(run)


def _is_doubled(line: HtmlElement) -> bool:
    after = line.getnext()
    return after is not None and after.tag == "br" and not (line.tail or "").strip()


def _holders(body: HtmlElement) -> dict[HtmlElement, None]:
    """What holds blocks, in one way or another."""
    found = {body: None}
    for block in body.iter(*BLOCKS):
        for above in block.iterancestors():
            if above in found:
                break
            found[above] = None
    return found
