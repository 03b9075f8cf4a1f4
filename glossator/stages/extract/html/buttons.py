"""Buttons that hold text of a page: headings that open what is below them, and buttons without an end."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from glossator.stages.extract.html.form.elements import finder, text_of
from glossator.stages.extract.text_comparison import words

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_holds_page = finder("(self::*[descendant::button or descendant::main or descendant::article])")
"""Elements that a button cannot hold (HTML standard, "phrasing content"), unless a parser missed the button's end."""
_QUESTION = 5
"""Words of a question that opens its answer, at least."""
_ANSWER = 6
"""Words of an answer, at least."""
_AROUND = 2
"""Elements around a button of which it may be the last part, before the answer."""


def show_buttons(tree: HtmlElement) -> None:
    """Make text of buttons that fill a heading, hold one, ask a question, or hold what comes after them, in place."""
    # By headings, so that many buttons in one heading cost no more than one.
    for heading in tree.iter(*_HEADINGS):
        button = next((one for one in heading.iter("button") if one.text_content().strip()), None)
        if button is not None and text_of(heading) == text_of(button):
            button.tag = "span"
    for button in list(tree.iter("button")):
        if _holds_page(button) or next(button.iter(*_HEADINGS), None) is not None or _asks(button):
            button.tag = "div"


def _asks(button: HtmlElement) -> bool:
    """True if a button asks a question that is answered below it, so that it is no prompt of the page."""
    text = text_of(button)
    return text[-1:] in ("?", "？") and len(words(text)) >= _QUESTION and _is_answered(button)


def _is_answered(button: HtmlElement) -> bool:
    holders = (button, *islice(button.iterancestors(), _AROUND))
    answer = next((after for holder in holders if (after := holder.getnext()) is not None), None)
    said = 0
    for text in () if answer is None or answer.tag == "button" else answer.itertext():
        said += len(text.split())
        if said >= _ANSWER:
            return True
    return False
