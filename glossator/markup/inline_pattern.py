"""Pattern within a text that becomes an element, or text, by what it matches alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

Made = Element | str | None


class InlinePattern(InlineProcessor):
    """Reader of a pattern; what is made of a match is None if the text deviates from the notation."""

    def __init__(self, pattern: str, parser: Markdown, make: Callable[[re.Match[str]], Made]) -> None:
        super().__init__(pattern, parser)
        self._make = make

    def handleMatch(  # type: ignore[override]  # noqa: N802 -- Python-Markdown's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 -- and its arguments
    ) -> tuple[Made, int | None, int | None]:
        made = self._make(m)
        return (None, None, None) if made is None else (made, m.start(0), m.end(0))
