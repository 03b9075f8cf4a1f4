"""Closed panels of prose, which readers of a page opened."""

from __future__ import annotations

from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import FRAME, finder, names_of, text_of
from glossator.stages.extract.html.parse.hidden_elements import is_closed, open_element
from glossator.stages.extract.text_comparison import SENTENCE_ENDS

_BELOW_TITLE = ("h2", "h3", "h4", "h5", "h6")
_FEWEST = 80
"""Characters of a panel with text of an article; in it are fields of forms or links otherwise."""
_MOST = 500
"""Panels of a page, at most: each is looked for in the whole text, and more are data for a script."""
_LINKED = 0.3
"""Share of links in a panel above which it is a menu."""
_maybe_closed = finder("descendant::*[@hidden or @aria-hidden or @style]")
_opens = finder("descendant-or-self::*[self::button or @aria-expanded or @aria-controls]")
_is_of_frame = finder(
    "(self::*[@role='dialog' or @role='menu' or @role='navigation' or descendant::input or descendant::select"
    " or ancestor::nav or ancestor::header or ancestor::footer or ancestor::form or ancestor::dialog])"
)


def show_panels(tree: HtmlElement) -> None:
    """Show closed panels of prose, in place: readers of the page opened them."""
    panels = [
        tag
        for tag in _maybe_closed(tree)
        if is_closed(tag) and _is_below_opener(tag) and _is_prose(tag) and not _is_of_frame(tag)
    ]
    if not 0 < len(panels) <= _MOST:
        return
    whole = text_of(tree)
    for tag in panels:
        if whole.count(text_of(tag)) == 1:  # else it may be the copy for windows of another width
            open_element(tag)


def _is_below_opener(tag: HtmlElement) -> bool:
    """True if the element above is a heading, is what opens this one, or holds what names this one."""
    above = tag.getprevious()
    if above is None or above.tag in _BELOW_TITLE:
        return above is not None
    label = text_of(above)
    return any(tag.get("id") in _opened_by(opener) or text_of(opener) == label for opener in _opens(above))


def _opened_by(opener: HtmlElement) -> list[str]:
    """Return the ids of the elements that an opener says it opens."""
    return [*opener.get("aria-controls", "").split(), opener.get("href", "").removeprefix("#")]


def _is_prose(tag: HtmlElement) -> bool:
    text = text_of(tag)
    if len(text) < _FEWEST or text[-1] not in SENTENCE_ENDS or FRAME.search(names_of(tag).lower()):
        return False
    return sum(len(text_of(link)) for link in tag.iter("a")) <= _LINKED * len(text)
