"""Parts of a page that its scripts show: what came late, closed panels, and text in buttons.

`_RULES`, at the end, is the order in which they run.
"""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import FRAME, HEADINGS, finder, names_of, text_of
from glossator.stages.extract.html.parse.hidden_elements import is_closed, open_element
from glossator.stages.extract.text_comparison import SENTENCE_ENDS, words

_holds_page = finder("(self::*[descendant::button or descendant::main or descendant::article])")
"""Elements that a button cannot hold (HTML standard, "phrasing content"), unless a parser missed the button's end."""
_QUESTION = 5
"""Words of a question that opens its answer, at least."""
_ANSWER = 6
"""Words of an answer, at least."""
_AROUND = 2
"""Elements around a button of which it may be the last part, before the answer."""
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


def put_in_place(tree: HtmlElement) -> None:
    """Move each part that the server sent late to its placeholder, where the page's scripts would have put it.

    React streams slow parts after the end of the page, in a hidden element `S:n`, and leaves a template `B:n` or `P:n`
    as a placeholder; a page that was saved before its scripts ran is still in that state.
    """
    waiting = {
        placeholder.get("id", "")[2:]: placeholder
        for placeholder in tree.iter("template")
        if placeholder.get("id", "")[:2] in ("B:", "P:")
    }
    late = [part for part in tree.iter("div") if part.get("id", "").startswith("S:")] if waiting else []
    for part in late:
        placeholder = waiting.pop(part.get("id", "")[2:], None)
        parent = placeholder.getparent() if placeholder is not None else None
        if placeholder is None or parent is None or any(above is part for above in placeholder.iterancestors()):
            continue
        part.attrib.pop("hidden", None)
        part.drop_tree()
        part.tail = placeholder.tail
        parent.replace(placeholder, part)


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
    if above is None or above.tag in HEADINGS[1:]:
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


def show_buttons(tree: HtmlElement) -> None:
    """Make text of buttons that fill a heading, hold one, ask a question, or hold what comes after them, in place."""
    # By headings, so that many buttons in one heading cost no more than one.
    for heading in tree.iter(*HEADINGS):
        button = next((candidate for candidate in heading.iter("button") if candidate.text_content().strip()), None)
        if button is not None and text_of(heading) == text_of(button):
            button.tag = "span"
    for button in list(tree.iter("button")):
        if _holds_page(button) or next(button.iter(*HEADINGS), None) is not None or _asks(button):
            button.tag = "div"


def _asks(button: HtmlElement) -> bool:
    """True if a button asks a question that is answered below it, so that it is no prompt of the page."""
    text = text_of(button)
    return text[-1:] in ("?", "？") and len(words(text)) >= _QUESTION and _is_answered(button)


def _is_answered(button: HtmlElement) -> bool:
    holders = (button, *islice(button.iterancestors(), _AROUND))
    answer = next((after for holder in holders if (after := holder.getnext()) is not None), None)
    words_of_answer = 0
    for text in () if answer is None or answer.tag == "button" else answer.itertext():
        words_of_answer += len(text.split())
        if words_of_answer >= _ANSWER:
            return True
    return False


_RULES = (put_in_place, show_panels, show_buttons)


def show_scripted_parts(tree: HtmlElement) -> None:
    """Show, in place, what readers of a page saw by its scripts."""
    for rule in _RULES:
        rule(tree)
