"""Pages that are too large to be read."""

from __future__ import annotations

from lxml.html import HtmlElement

MOST = 60_000
"""Elements of a page: reading takes time in proportion, half a minute for twice as many."""
LONGEST = 10_000_000
"""Characters of text, not counting pictures and scripts: the Bible has half as many."""
_MOST_MARKS = 20 * MOST
"""Tag openings above which a page is not even parsed: a tree needs a kilobyte for each."""

TOO_LARGE = f"The page has more than {MOST:,} elements or {LONGEST:,} characters; save a part of its text instead."


def is_too_large(text: str) -> bool:
    """True if the text of a page is too large to be parsed."""
    return text.count("<") > _MOST_MARKS


def is_too_large_when_parsed(text: str, tree: HtmlElement) -> bool:
    """True if a page, given by its text and as a tree, is too large to be read."""
    # A tag makes at most two elements (in a flattened page), so that most pages need not be counted.
    if 2 * text.count("<") <= MOST and len(text) <= LONGEST:
        return False
    elements, length = 0, 0
    for tag in tree.iter():
        elements += 1
        length += len(tag.tail or "") + (len(tag.text or "") if tag.tag not in ("script", "style") else 0)
    return elements > MOST or length > LONGEST
