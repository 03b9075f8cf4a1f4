"""What a person has laid down for the pages of one site: which elements are the article, and which never are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast
from urllib.parse import urlsplit

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from glossator.config import SiteRule
from glossator.stages.extract.html.text_blocks import Leaf

KEPT = "Kept"
"""Attribute of an element that a rule keeps. With a capital: no attribute of a page."""
_RULED = "a rule for the site keeps it"
_UNRULED = "no rule for the site keeps it"


def rule_for(address: str, rules: tuple[SiteRule, ...]) -> SiteRule | None:
    """The rule for the site that an address is on: of several the one with the longest domain."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return None
    fitting = [rule for rule in rules if host == rule.domain or host.endswith(f".{rule.domain}")]
    return max(fitting, key=lambda rule: len(rule.domain), default=None)


def follow(rule: SiteRule, tree: HtmlElement) -> bool:
    """Drops in the tree what a rule drops and marks what it keeps. Whether it keeps anything on this page."""
    for tag in _matching(rule.drop, tree):
        if tag.getparent() is not None and tag.tag != "body":
            tag.drop_tree()
    kept = [tag for tag in _matching(rule.keep, tree) if tag.getparent() is not None]
    for tag in kept:
        tag.set(KEPT, "")
    return bool(kept)


def keep_marked(found: list[Leaf]) -> None:
    """Decides by a rule which blocks stay: those in, or around, the elements that it keeps."""
    for leaf in found:
        if any(tag.get(KEPT) is not None for tag in (*leaf.around, *leaf.tag.iter())):
            leaf.keep(_RULED)
        else:
            leaf.drop(_UNRULED)


def _matching(selectors: tuple[str, ...], tree: HtmlElement) -> Iterator[HtmlElement]:
    for selector in selectors:
        try:
            yield from cast("list[HtmlElement]", CSSSelector(selector, translator="html")(tree))
        except SelectorError:  # refused where the settings are read; a rule made otherwise matches nothing
            continue
