"""Links around more than words: the teaser of another article, with its headline and its picture."""

from __future__ import annotations

from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import text_of


def in_teaser_link(around: tuple[HtmlElement, ...]) -> bool:
    """True if a block lies in a link that has a text, as the headline and the picture of a teaser do."""
    return any(tag.tag == "a" and tag.get("href") and text_of(tag) for tag in around)
