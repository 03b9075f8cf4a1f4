"""The chosen text projected onto the page's tree: which blocks stay, so that the form is the page's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lxml.html import HtmlElement

from glossator.stages.extract.html.choice.shingles import SIZE, wording
from glossator.stages.extract.html.edges import CAPTION, is_thumbnail, keep_pictures
from glossator.stages.extract.html.page import HEADINGS, LEAF, NOTE, RELATED
from glossator.stages.extract.html.text_blocks import BETWEEN, CHOSEN, ELSEWHERE, NOTED, Leaf

_NEARLY = 0.9
"""Of the text that must lie in an element for it to be the article's place."""
_LINKS = 0.6
"""Of a block's text in links from which it leads elsewhere."""
_TABLE = 0.3
"""Of the words of a table that are in the chosen text, or in no link, for it to stay."""
_CELL = 60
"""Words of the longest block in a cell of a table that holds data."""
_CONTENTS = 3
"""Entries of a table of contents at least."""
_CAPTIONED = re.compile(r"(?:^|[\s_-])caption(?:$|[\s_-])", re.IGNORECASE)
_CREDIT = 12
"""Words of a picture's credit."""
_GROUPS = ("table", "ul", "ol", "dl")
_PARTS = ("td", "th", "li", "dt", "dd")
_RELATED = re.compile(
    r"(?:(?:read (?:more|also|next)|related|see also|also read|more on this|don.t miss|recommended|lesen sie auch|"
    r"lire aussi|lee también|leia (?:também|mais)|leggi anche)\s*:\s*)(?P<headline>.+)",
    re.IGNORECASE,
)
_HEADLINE = (4, 30)
"""Words of a headline, at least and at most."""


def select(found: list[Leaf], chosen: str) -> None:
    """Decides which blocks stay: those of the chosen text, and what belongs to the form around them."""
    known = wording(chosen)
    for leaf in found:
        if known.has(leaf.tokens):
            leaf.keep(CHOSEN)
    for group in _groups(found):
        if known.has([token for leaf in group for token in leaf.tokens]):
            for leaf in group:
                leaf.keep(CHOSEN)
    _confine(found)


def _groups(found: list[Leaf]) -> list[list[Leaf]]:
    """The blocks of each table and list, whose words may be too few to be found one by one."""
    groups: dict[HtmlElement, list[Leaf]] = {}
    for leaf in found:
        for tag in leaf.around:
            if tag.tag in _GROUPS:
                groups.setdefault(tag, []).append(leaf)
                break
    return [group for group in groups.values() if len(group) > 1]


def _confine(found: list[Leaf]) -> None:
    """Blocks that stay lie in the article's place: the smallest element around nearly all of the text."""
    kept = [leaf for leaf in found if leaf.kept]
    weight: Counter[HtmlElement] = Counter()
    for leaf in kept:
        for parent in leaf.around:
            weight[parent] += len(leaf.tokens)
    total = sum(len(leaf.tokens) for leaf in kept)
    if not total:
        return
    longest = max(kept, key=lambda leaf: len(leaf.tokens))
    place = next(parent for parent in longest.around if weight[parent] >= _NEARLY * total)
    for leaf in kept:
        if place not in leaf.around:
            leaf.drop(ELSEWHERE)
    _extend([leaf for leaf in found if place in leaf.around])
    keep_pictures(found, place)


def _extend(inside: list[Leaf]) -> None:
    """Headings, captions, code, pictures, cells and items between blocks that stay, stay with them."""
    for leaf in inside:
        if not leaf.kept and leaf.tokens and any(NOTE in tag.attrib for tag in leaf.tag.iter()):
            leaf.keep(NOTED)
    _keep_tables(inside)
    _keep_contents(inside)
    kept = [number for number, leaf in enumerate(inside) if leaf.kept]
    groups = {parent for leaf in inside if leaf.kept and leaf.tag.tag in _PARTS for parent in leaf.around[:4]}
    # Backwards, so that a heading above a heading sees whether that one stays.
    for number in range(kept[-1] - 1, kept[0], -1) if kept else ():
        leaf, before, after = inside[number], inside[number - 1], inside[number + 1]
        credited = _credits(leaf, before, after)
        if not leaf.kept and (credited or (leaf.linked <= _LINKS and _belongs(leaf, before, after, groups))):
            leaf.keep(BETWEEN)


def _belongs(leaf: Leaf, before: Leaf, after: Leaf, groups: set[HtmlElement]) -> bool:
    name = leaf.tag.tag
    if name in HEADINGS:
        return after.kept
    if name in ("pre", "figcaption"):
        return True
    if not leaf.tokens:
        return (before.kept or after.kept) and not is_thumbnail(leaf.tag)
    if name in _PARTS:
        return not groups.isdisjoint(leaf.around[:3])
    if _is_caption(leaf, before):
        return True
    beside = leaf.around[0] is after.around[0] is before.around[0]
    return name == "p" and len(leaf.tokens) < SIZE and before.kept and after.kept and beside


def _keep_tables(inside: list[Leaf]) -> None:
    """A table of data within the text stays whole: its short cells are too short to be found in a text."""
    kept = [number for number, leaf in enumerate(inside) if leaf.kept]
    tables: dict[HtmlElement, list[Leaf]] = {}
    for leaf in inside[kept[0] : kept[-1] + 1] if kept else ():
        table = next((tag for tag in leaf.around if tag.tag == "table"), None)
        if table is not None:
            tables.setdefault(table, []).append(leaf)
    for table, cells in tables.items():
        whole = sum(len(leaf.tokens) for leaf in cells)
        said = sum(len(leaf.tokens) for leaf in cells if leaf.kept or leaf.linked <= _LINKS)
        if said >= _TABLE * whole and _holds_data(table, cells):
            for leaf in cells:
                if not leaf.kept:
                    leaf.keep(BETWEEN)


def _keep_contents(inside: list[Leaf]) -> None:
    """The article's table of contents, a list of links to places in its own text, stays whole."""
    kept = [number for number, leaf in enumerate(inside) if leaf.kept]
    lists: dict[HtmlElement, list[Leaf]] = {}
    for leaf in inside[kept[0] : kept[-1] + 1] if kept else ():
        outermost = next((tag for tag in reversed(leaf.around) if tag.tag in ("ul", "ol")), None)
        if outermost is not None and leaf.tokens:
            lists.setdefault(outermost, []).append(leaf)
    for entries in lists.values():
        within = [leaf for leaf in entries if leaf.linked > _LINKS and _leads_within(leaf.tag)]
        if len(within) >= _CONTENTS and len(within) > _NEARLY * len(entries):
            for leaf in entries:
                if not leaf.kept:
                    leaf.keep(BETWEEN)


def _leads_within(tag: HtmlElement) -> bool:
    return all(len(link.get("href", "")) > 1 and link.get("href", "")[0] == "#" for link in tag.iter("a"))


def _is_caption(leaf: Leaf, before: Leaf) -> bool:
    """Whether a paragraph is the caption of the picture before it, in an element that is named so."""
    together = not before.tokens and leaf.around[0] in before.around and leaf.tag.tag == "p"
    return together and len(leaf.tokens) <= CAPTION and _CAPTIONED.search(leaf.around[0].get("class", "")) is not None


def _credits(leaf: Leaf, before: Leaf, after: Leaf) -> bool:
    """Whether a line in brackets below a picture in the text, though a link, says where that is from."""
    return (
        leaf.tag.tag == "p"
        and len(leaf.tokens) <= _CREDIT
        and leaf.text[:1] in "([\uff08"
        and leaf.text[-1:] in ")]\uff09"
        and not before.tokens
        and after.kept
    )


def _holds_data(table: HtmlElement, cells: list[Leaf]) -> bool:
    """Whether a table is none for the layout: several rows of short cells."""
    rows = [row for row in table.iter("tr") if len(row) > 1]
    nested = table.find(".//table") is not None
    return len(rows) > 1 and not nested and max(len(leaf.tokens) for leaf in cells) <= _CELL


def mark_related(found: list[Leaf]) -> None:
    """Headlines of other articles within the text become `related` blocks."""
    kept = [leaf for leaf in found if leaf.kept and leaf.tokens]
    for number, leaf in enumerate(kept):
        if leaf.tag.tag != "p" or any(tag.tag in ("li", "td", "blockquote", "figure") for tag in leaf.around):
            continue
        if not _HEADLINE[0] <= len(leaf.tokens) <= _HEADLINE[1] or not 0 < number < len(kept) - 1:
            continue
        alone = leaf.linked > 0.9 and leaf.text[-1] not in '.!?…:"”'
        labelled = _RELATED.match(leaf.text) and leaf.tag.find(".//a") is not None
        if alone or labelled:
            leaf.tag.set(RELATED, "")


def prune(found: Sequence[Leaf]) -> HtmlElement | None:
    """Takes out of the tree what does not stay; the smallest element around what does."""
    kept = [leaf for leaf in found if leaf.kept]
    if not kept:
        return None
    place = next(tag for tag in kept[0].around if all(tag in leaf.around for leaf in kept))
    alive = {tag for leaf in kept for tag in leaf.around} | {leaf.tag for leaf in kept}
    for tag in [tag for tag in place.iterdescendants() if tag not in alive]:
        above = tag.getparent()
        if above in alive and above.get(LEAF) is None and tag.tag != "hr":
            above.remove(tag)
    return place
