"""Cards that a page shows while the pointer is on a link or a term, within the sentence that holds it."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from glossator.stages.extract.html.form.elements import finder, text_of

_FEWEST = 2
"""Links in a card."""
_explained = finder("descendant::p//*[@aria-describedby or @aria-labelledby]")


def drop_hover_cards(tree: HtmlElement) -> None:
    """Drop the cards of a page, in place.

    A card follows its link in a paragraph at once and begins with the link's first word, or follows the term that names
    it as its description.
    """
    for link in list(tree.iter("a")):
        card = link.getnext()
        if card is not None and card.tag in ("span", "div") and not (link.tail or "").strip() and _is_card(card, link):
            card.drop_tree()
    for term in _explained(tree):
        card = term.getnext()
        named = f"{term.get('aria-describedby', '')} {term.get('aria-labelledby', '')}".split()
        if card is not None and card.tag in ("span", "div") and card.get("id", "") in named and text_of(term):
            card.drop_tree()


def _is_card(card: HtmlElement, link: HtmlElement) -> bool:
    first = text_of(link).split()[:1]
    if not first or next(link.iterancestors("p"), None) is None:
        return False
    said = next((words for text in card.itertext() if (words := text.split(maxsplit=1))), [""])
    return said[0] == first[0] and len(list(islice(card.iter("a"), _FEWEST))) == _FEWEST
