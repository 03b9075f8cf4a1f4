"""Buttons that hold text of a page: headings that open what is below them, and buttons without an end."""

from __future__ import annotations

from lxml.html import HtmlElement

from glossator.stages.extract.html.choice.shingles import words
from glossator.stages.extract.html.form.elements import finder, text_of

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_holds_page = finder("(self::*[descendant::button or descendant::main or descendant::article])")
"""Elements that a button cannot hold (HTML standard, "phrasing content"), unless a parser missed the button's end."""
_QUESTION = 5
"""Words of a question that opens its answer, at least."""


def show_buttons(tree: HtmlElement) -> None:
    """Make text of buttons that fill a heading, hold one, ask a question, or hold what comes after them, in place."""
    # By headings, so that many buttons in one heading cost no more than one.
    for heading in tree.iter(*_HEADINGS):
        button = heading.find(".//button")
        if button is not None and text_of(heading) == text_of(button):
            button.tag = "span"
    for button in list(tree.iter("button")):
        if _holds_page(button) or next(button.iter(*_HEADINGS), None) is not None or _asks(button):
            button.tag = "div"


def _asks(button: HtmlElement) -> bool:
    text = text_of(button)
    return text[-1:] in ("?", "？") and len(words(text)) >= _QUESTION
