"""Regular form of a page's tree: what is never text is removed, and every stretch of text is in a separate block.

Afterwards a block contains either blocks or text, so that the text of an article can be chosen block by block.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from glossator.stages.extract.html.form import marked_meaning
from glossator.stages.extract.html.form.callouts import mark_callouts
from glossator.stages.extract.html.form.code_listings import make_plain
from glossator.stages.extract.html.form.embedded_media import show_embedded
from glossator.stages.extract.html.form.margin_notes import set_apart
from glossator.stages.extract.html.parse.elements import HEADINGS, element, has_content, text_of, whole_number
from glossator.stages.extract.html.parse.hidden_elements import drop_hidden, drop_never_text
from glossator.stages.extract.html.parse.parse_page import TEXT_BLOCK

BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td
    tfoot th thead tr ul""".split()
)
TEXT_TAGS = frozenset({*HEADINGS, "p", "li", "td", "th", "dt", "dd", "figcaption", "caption", "pre", "summary"})
"""Elements that are text blocks unless they contain other blocks."""

_CONTAINERS = tuple(sorted(BLOCKS - TEXT_TAGS - {"hr"}))
"""Elements without text of their own."""


def regular(tree: HtmlElement) -> HtmlElement:
    """Make the page's body regular, in place, once its formulas are text; its text blocks are marked."""
    body: HtmlElement | None = tree.find("body")
    body = tree if body is None else body
    show_embedded(tree)
    marked_meaning.mark_tasks(body)
    marked_meaning.without_anchors(body)
    mark_callouts(body)
    set_apart(body)
    drop_never_text(body)
    drop_hidden(body)
    # A listing may contain listings: of its line numbers, and of its lines.
    for tag in [tag for tag in body.iter("pre") if next(tag.iterancestors("pre"), None) is None]:
        make_plain(tag)
    marked_meaning.mark_headings(body)
    _flatten_headings(body)
    marked_meaning.mark_styles(body)
    join_lists(body)
    holders = _wrap_loose_text(body)
    for tag in body.iter(*TEXT_TAGS):
        if tag not in holders:
            tag.set(TEXT_BLOCK, "")
    marked_meaning.mark_captions(body)
    return body


def block_elements(tree: HtmlElement) -> list[HtmlElement]:
    """Return the blocks that contain text, in the order of the page."""
    return [tag for tag in tree.iter(*TEXT_TAGS) if is_text_block(tag)]


def is_text_block(tag: HtmlElement) -> bool:
    return tag.get(TEXT_BLOCK) is not None


def _flatten_headings(body: HtmlElement) -> None:
    """Make one text of a heading that contains boxes, as some do around the sign that leads to the heading."""
    for heading in body.iter(*HEADINGS):
        for box in list(heading.iter("div", "p", "section", "header")):
            box.tag = "span"
            box.text, box.tail = " " + (box.text or ""), " " + (box.tail or "")


def _wrap_loose_text(body: HtmlElement) -> dict[HtmlElement, None]:
    """Put text beside blocks into paragraphs, separated by two line breaks; return the elements that contain blocks."""
    for line in body.iter("br"):
        line.tail = " " + (line.tail or "")  # so that the text in one line has a space here
    holders = _holders(body)
    broken = [tag for tag in body.iter("p") if any(map(_is_doubled, tag.iterchildren("br")))]
    for container in dict.fromkeys((*holders, *body.iter(*_CONTAINERS), *broken)):
        _wrap_loose_text_of(container, holders)
    return holders


def _wrap_loose_text_of(container: HtmlElement, holders: dict[HtmlElement, None]) -> None:
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
    """Wrap text in a paragraph. Elements without content stay outside, because one may be an anchor."""
    if (not lead or lead.isspace()) and not any(has_content(node) or (node.tail or "").strip() for node in run):
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
    """Return the elements that contain blocks at any depth."""
    holders = {body: None}
    for block in body.iter(*BLOCKS):
        for above in block.iterancestors():
            if above in holders:
                break
            holders[above] = None
    return holders


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
