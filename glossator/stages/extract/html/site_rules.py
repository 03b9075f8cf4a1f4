"""Rules of a person for the pages of one site: which elements are the article, and which never are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar, cast
from urllib.parse import urlsplit

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from glossator.config import SiteRule
from glossator.stages.extract.html.choice.blocks.text_blocks import TextBlock
from glossator.text import bare_words

KEPT = "Kept"
"""Attribute of an element that a rule keeps. The capital makes it differ from every attribute of a page."""
_RULED = "a rule for the site keeps it"
_UNRULED = "no rule for the site keeps it"
_LISTED = "a rule for the site lists this line"


def rule_for(address: str, rules: tuple[SiteRule, ...]) -> SiteRule | None:
    """Return the rule for the site of an address; the one with the longest domain if several match."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return None
    fitting = [rule for rule in rules if host == rule.domain or host.endswith(f".{rule.domain}")]
    return max(fitting, key=lambda rule: len(rule.domain), default=None)


def follow(rule: SiteRule, tree: HtmlElement) -> bool:
    """True if a rule keeps anything on this page, after removing what it drops and marking what it keeps."""
    for tag in _matching(rule.drop, tree):
        if tag.getparent() is not None and tag.tag != "body":
            tag.drop_tree()
    kept_tags = [tag for tag in _matching(rule.keep, tree) if tag.getparent() is not None]
    for tag in kept_tags:
        tag.set(KEPT, "")
    return bool(kept_tags)


def keep_marked(blocks: list[TextBlock]) -> None:
    """Decide by a rule which blocks stay: those in, or around, the elements that it keeps."""
    for block in blocks:
        if any(tag.get(KEPT) is not None for tag in (*block.around, *block.tag.iter())):
            block.keep(_RULED)
        else:
            block.drop(_UNRULED)


def drop_lines(rule: SiteRule, blocks: list[TextBlock]) -> None:
    """Drop the lines that a rule lists from the edges of the text, until none is left there."""
    listed = set(map(bare_words, rule.lines)) - {""}
    dropped = bool(listed)
    while dropped:
        at_edges = edges([block for block in blocks if block.stays and block.tokens])
        listed_blocks = [block for block in at_edges if bare_words(block.text) in listed]
        dropped = 0 < len(listed_blocks) < len(at_edges)
        for block in listed_blocks if dropped else ():
            block.drop(_LISTED)


def _matching(selectors: tuple[str, ...], tree: HtmlElement) -> Iterator[HtmlElement]:
    for selector in selectors:
        try:
            yield from cast("list[HtmlElement]", CSSSelector(selector, translator="html")(tree))
        except SelectorError:  # settings refuse such a selector; a rule made in code matches nothing
            continue


FIRST = 3
"""Blocks at the beginning of a text that are its edge."""
LAST = 6
"""Blocks at the end of a text that are its edge."""

Block = TypeVar("Block")


def edges(blocks: Sequence[Block]) -> list[Block]:
    """Return the first and the last blocks of a text, all if it has few."""
    return [*blocks] if len(blocks) <= FIRST + LAST else [*blocks[:FIRST], *blocks[-LAST:]]
