"""Patterns for the lines around an article that remain in a text copy of a page, one for each kind of line."""

from __future__ import annotations

import re

from glossator.word_lists import any_of

BOX = re.compile(rf"\W*(?:{any_of('boilerplate', 'box')})\W*", re.IGNORECASE)
"""Line that opens a box of other articles; the article may continue below."""

TAIL = re.compile(rf"\W*(?:{any_of('boilerplate', 'tail')})\W*", re.IGNORECASE)
"""Line that opens a part of the page after the article, which does not continue below."""

LEGAL = re.compile(rf"\W*(?:{any_of('boilerplate', 'legal')})", re.IGNORECASE)

CONTROL = re.compile(rf"\W*(?:{any_of('boilerplate', 'control')})\W*", re.IGNORECASE)
"""Buttons, players, advertisements, navigation links."""

APPEAL = re.compile(rf"\b(?:{any_of('boilerplate', 'appeal')})", re.IGNORECASE)
"""Sentences that ask the reader for something, and so look like prose."""
COOKIES = re.compile(
    r"\W*(?:we|our partners|(?:this|our) (?:web)?site|wir|diese (?:web)?seite|este sitio|ce site|nous|este site)\b"
    r".{0,40}\bcookies\b",
    re.IGNORECASE,
)
"""Beginning of a notice on cookies, of any length."""
LONGEST_APPEAL = 40
"""Words: a longer paragraph that mentions newsletters is part of the article."""

TEASER = re.compile(rf"\W*(?:{any_of('boilerplate', 'teaser')})\s*[:|»›>–—]\s*(?P<headline>\S.+)", re.IGNORECASE)
"""Line within the text that leads to another article."""

CREDIT = re.compile(any_of("boilerplate", "credit"), re.IGNORECASE)
CAPTION = re.compile(any_of("boilerplate", "caption"), re.IGNORECASE)
"""Credit of a picture at the end of its caption."""
