"""The references of an article's Markdown, found without parsing it: addresses, and headlines of other articles."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]+(?:\([^\s<>()]*\)[^\s<>()\[\]]*)*")
_HEADLINE = re.compile(r"^> \[!related\] (.+)$", re.MULTILINE)


def addresses(markdown: str) -> list[str]:
    """Return every web address in the text, as it is written."""
    return _ADDRESS.findall(markdown)


def headlines(markdown: str) -> list[str]:
    """Return the headlines of other articles that stand alone in the text."""
    return _HEADLINE.findall(markdown)
