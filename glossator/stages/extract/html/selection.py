"""The chosen text projected onto the page's tree: which blocks stay, so that the form is the page's own."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from bs4.element import Tag

from glossator.stages.extract.html.body import shingles, words
from glossator.stages.extract.html.page import HEADINGS, RELATED, leaves, text_of

_SIZE = 4
"""Words that make a shingle."""
_NEARLY = 0.9
"""Of the text that must lie in an element for it to be the article's place."""
_LINKS = 0.6
"""Of a block's text in links from which it leads elsewhere."""
_PARTS = ("td", "th", "li", "dt", "dd")
_SHARE = 0.6
"""Of a block's shingles that must lie in the chosen text for the block to stay."""
_RELATED = re.compile(
    r"(?:(?:read (?:more|also|next)|related|see also|also read|more on this|don.t miss|recommended|lesen sie auch|"
    r"lire aussi|lee también|leia (?:também|mais)|leggi anche)\s*:\s*)(?P<headline>.+)",
    re.IGNORECASE,
)
_STANDFIRST = re.compile(
    r"\b(?:stand-?first|sub-?(?:title|head\w*)|de[ck]k?|lead|lede|intro\w*|strap-?line|summary|excerpt|description)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:written|posted|published|reported|words|text|story) )?(?:by|von|par|por|di|door|av|af) ", re.IGNORECASE
)
_LINE = 20
"""Words of a byline at most."""
_HEADLINE = (4, 30)
"""Words of a headline, at least and at most."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the front matter says already."""

    title: str
    description: str
    authors: tuple[str, ...]


@dataclass(slots=True)
class Leaf:
    """A block of text with what the choice depends on."""

    tag: Tag
    text: str
    tokens: list[str]
    around: tuple[int, ...]
    """Identities of the elements that it lies in, innermost first."""
    linked: float
    """The share of its text that is links."""
    kept: bool = False


def blocks(body: Tag) -> list[Leaf]:
    """The leaves of a regular tree that say or show something."""
    found = []
    for tag in leaves(body):
        text = text_of(tag)
        if tokens := words(text):
            linked = sum(len(text_of(link)) for link in tag.find_all("a")) / len(text)
            found.append(Leaf(tag, text, tokens, tuple(id(parent) for parent in tag.parents), min(linked, 1.0)))
        elif tag.find("img"):
            found.append(Leaf(tag, "", [], tuple(id(parent) for parent in tag.parents), 0.0))
    return found


def select(found: list[Leaf], chosen: str, head: Head) -> None:
    """Decides which blocks stay: those of the chosen text, and what belongs to the form around them."""
    known = shingles(words(chosen))
    lines = {tuple(words(line)) for line in chosen.splitlines()}
    for leaf in found:
        leaf.kept = _lies_in(leaf.tokens, known, lines)
    _confine(found)
    for leaf in found:
        leaf.kept = leaf.kept and not _is_contents(leaf)
    _without_head(found, head)


def _lies_in(tokens: list[str], known: Counter[tuple[str, ...]], lines: set[tuple[str, ...]]) -> bool:
    if len(tokens) < 4:  # too short for a shingle: it must be a line of the text by itself
        return tuple(tokens) in lines
    own = shingles(tokens)
    return sum(number for shingle, number in own.items() if shingle in known) >= _SHARE * own.total()


def _confine(found: list[Leaf]) -> None:
    """Blocks that stay lie in the article's place: the smallest element around nearly all of the text."""
    kept = [leaf for leaf in found if leaf.kept]
    weight: Counter[int] = Counter()
    for leaf in kept:
        for parent in leaf.around:
            weight[parent] += len(leaf.tokens)
    total = sum(len(leaf.tokens) for leaf in kept)
    if not total:
        return
    longest = max(kept, key=lambda leaf: len(leaf.tokens))
    place = next(parent for parent in longest.around if weight[parent] >= _NEARLY * total)
    for leaf in kept:
        leaf.kept = place in leaf.around
    _extend([leaf for leaf in found if place in leaf.around])


def _extend(inside: list[Leaf]) -> None:
    """Headings, captions, code, pictures, cells and items between blocks that stay, stay with them."""
    kept = [number for number, leaf in enumerate(inside) if leaf.kept]
    groups = {parent for leaf in inside if leaf.kept and leaf.tag.name in _PARTS for parent in leaf.around[:4]}
    # Backwards, so that a heading above a heading sees whether that one stays.
    for number in range(kept[-1] - 1, kept[0], -1) if kept else ():
        leaf, before, after = inside[number], inside[number - 1], inside[number + 1]
        if leaf.kept or leaf.linked > _LINKS:
            continue
        name = leaf.tag.name
        if name in HEADINGS:
            leaf.kept = after.kept
        elif name in ("pre", "figcaption") or _is_cell(leaf.tag):
            leaf.kept = True
        elif not leaf.tokens:
            leaf.kept = before.kept or after.kept
        elif name in _PARTS:
            leaf.kept = not groups.isdisjoint(leaf.around[:3])
        elif name == "p" and len(leaf.tokens) < _SIZE:
            leaf.kept = before.kept and after.kept and leaf.around[0] == after.around[0] == before.around[0]


def _without_head(found: list[Leaf], head: Head) -> None:
    """What stands in the front matter is not repeated above the text: headline, standfirst, byline."""
    title, description = words(head.title), words(head.description)
    for leaf in [leaf for leaf in found if leaf.kept][:6]:
        named = any(_STANDFIRST.search(" ".join(tag.get("class") or ())) for tag in (leaf.tag, *leaf.tag.parents))
        apart = named or leaf.tag.find_parent("header") is not None
        if leaf.tokens and (leaf.tokens == title or (apart and leaf.tokens == description) or _is_byline(leaf, head)):
            leaf.kept = False
        elif len(leaf.tokens) > _LINE:
            return


def _is_byline(leaf: Leaf, head: Head) -> bool:
    """Whether a line only says who wrote the article and when."""
    if len(leaf.tokens) > _LINE or leaf.tag.name in HEADINGS or not leaf.tokens:
        return False
    names = {token for author in head.authors for token in words(author)}
    named = _BYLINE.match(leaf.text) is not None and not names.isdisjoint(leaf.tokens)
    stamp = leaf.tag.find("time")
    dated = isinstance(stamp, Tag) and len(words(text_of(stamp))) * 2 > len(leaf.tokens)
    return named or dated


def mark_related(found: list[Leaf]) -> None:
    """Headlines of other articles within the text become `related` blocks."""
    kept = [leaf for leaf in found if leaf.kept]
    for number, leaf in enumerate(kept):
        if leaf.tag.name != "p" or leaf.tag.find_parent(("li", "td", "blockquote", "figure")):
            continue
        if not _HEADLINE[0] <= len(leaf.tokens) <= _HEADLINE[1] or not 0 < number < len(kept) - 1:
            continue
        alone = leaf.linked > 0.9 and leaf.text[-1] not in '.!?…:"”'
        labelled = _RELATED.match(leaf.text) and leaf.tag.find("a") is not None
        if alone or labelled:
            leaf.tag.attrs[RELATED] = ""


def prune(found: list[Leaf]) -> None:
    """Takes out of the tree what does not stay."""
    for leaf in found:
        if not leaf.kept:
            leaf.tag.extract()


def _is_cell(tag: Tag) -> bool:
    return tag.name in ("td", "th") or (tag.parent is not None and tag.parent.name in ("td", "th"))


def _is_contents(leaf: Leaf) -> bool:
    """Whether a block only leads to other places of the page: a line of its table of contents."""
    links = leaf.tag.find_all("a") if leaf.linked > _LINKS else []
    return bool(links) and all(str(link.get("href") or "").startswith("#") for link in links)
