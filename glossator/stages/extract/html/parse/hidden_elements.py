"""Elements that readers of a page do not see, and their removal; those that scripts have closed, and their opening."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import HEADINGS, finder

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_NAME = r"(?:sf-hidden|visually-?hidden|sr-only|screen-?reader(?:-text|-only)?|off-?screen)(?:\s|$)"
_HIDDEN_CLASS = re.compile(rf"(?:^|\s){_HIDDEN_NAME}", re.IGNORECASE)
"""Classes of what SingleFile saw hidden, and of words for screen readers alone."""
_PREFIXED = re.compile(rf"(?<!\bnot)(?<!\bno)(?<!\bun)[_-]{_HIDDEN_NAME}", re.IGNORECASE)
"""Classes of these names behind a site's prefix, and of articles on the topic `tag-screen-reader`."""
_LONGEST_LABEL = 200
"""Characters of words for screen readers, at most."""
_HIDDEN_PARTS = ("hidden", "sr-only", "screen")
"""Parts of which each of these names has one."""
MOST_HIDDEN = 0.6
"""Share of a page's text: hidden elements with more are hidden only until a script has run."""
_NEVER_TEXT = tuple(
    """script style template svg canvas iframe object embed audio video input button select textarea dialog link meta
    base title noscript datalist map single-file-infobar""".split()
)
_LONG_FORM = 2000
"""Characters of a form that is put around a text, as that by which moderators of a forum choose posts."""
_SHOWN = ("img", "figcaption")
"""Elements that are hidden, with what is in them, from screen readers alone: the alternative text repeats them."""
_buttons = finder("descendant::a[@role='button' and not(@href or @aria-controls or @aria-expanded)]")
"""Links that lead nowhere and open nothing: `Click to expand` below the quotations of a forum."""
_dialogues = finder("descendant::*[@role='dialog' or @role='alertdialog']")


def is_hidden(tag: HtmlElement) -> bool:
    """True if an attribute, a style or a common class hides an element from readers."""
    style, classes = tag.get("style"), tag.get("class")
    if tag.get("hidden") is not None or (style and _HIDDEN.search(style)):
        return True
    hides, is_prefixed = _hiding(classes) if classes else (False, False)
    return hides or (is_prefixed and len(tag.text_content()) <= _LONGEST_LABEL)


def is_closed(tag: HtmlElement) -> bool:
    """True if an attribute or a style hides an element, as scripts do that show it again."""
    return (
        tag.get("hidden") is not None or tag.get("aria-hidden") == "true" or bool(_HIDDEN.search(tag.get("style", "")))
    )


def open_element(tag: HtmlElement) -> None:
    """Remove what hides an element from readers."""
    for name in ("hidden", "aria-hidden"):
        tag.attrib.pop(name, None)
    if style := tag.get("style"):
        tag.set("style", _HIDDEN.sub("", style))


def _hiding(classes: str) -> tuple[bool, bool]:
    """Return whether classes hide an element, and whether one with a prefix does."""
    folded = classes.lower()
    if not any(map(folded.__contains__, _HIDDEN_PARTS)):  # most classes, and the patterns take ten times as long
        return False, False
    return _HIDDEN_CLASS.search(classes) is not None, _PREFIXED.search(classes) is not None


def drop_dialogues(tree: HtmlElement) -> None:
    """Remove what lies over a page, such as a question about consent, unless it is most of the page's text."""
    dialogues = _dialogues(tree)
    whole = len(tree.text_content()) if dialogues else 0
    for tag in dialogues:
        if tag.getparent() is not None and len(tag.text_content()) < MOST_HIDDEN * whole:
            tag.drop_tree()


def drop_scripts(tree: HtmlElement) -> None:
    """Remove scripts, style sheets and drawings, in place."""
    etree.strip_elements(tree, "script", "style", "svg", with_tail=False)


def drop_never_text(body: HtmlElement) -> None:
    """Remove the elements that hold no text of an article, in place."""
    etree.strip_elements(body, *_NEVER_TEXT, with_tail=False)
    for tag in _buttons(body):
        if next(tag.iterancestors(*HEADINGS), None) is None:
            tag.drop_tree()


def drop_hidden(body: HtmlElement) -> None:
    """Remove what readers do not see, unless it is so much of the page that a script would have shown it."""
    whole = len(body.text_content())
    for tag in [tag for tag in body.iterdescendants() if _is_unseen(tag)]:
        if len(tag.text_content()) < MOST_HIDDEN * whole:
            tag.drop_tree()


def _is_unseen(tag: HtmlElement) -> bool:
    if is_hidden(tag) or (tag.tag == "form" and len(tag.text_content()) < _LONG_FORM):
        return True
    if tag.get("aria-hidden") != "true" or tag.tag in _SHOWN or tag.find(".//img") is not None:
        return False
    return next(tag.iterancestors("figcaption"), None) is None
