"""Character references, such as `&lt;`, as the characters that they stand for: text, and no HTML."""

from __future__ import annotations

import html
import re

from markdown import Markdown
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER
from markdown.inlinepatterns import ENTITY_RE, InlineProcessor
from markdown.util import AMP_SUBSTITUTE, AtomicString

_LESS = "\x02lt\x03"


class _CharacterReference(InlineProcessor):
    """The character for `&copy;`, which is no piece of raw HTML."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 -- Python-Markdown's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 -- and its arguments
    ) -> tuple[str, int, int]:
        # If the text of an element is parsed once more, they would begin an entity or an address.
        character = html.unescape(m.group(1)).replace("&", AMP_SUBSTITUTE).replace("<", _LESS)
        return AtomicString(character), m.start(0), m.end(0)


def register(parser: Markdown) -> None:
    """Put the reader in the place of the parser's own."""
    parser.inlinePatterns.register(_CharacterReference(ENTITY_RE, parser), "entity", 80)


def restored(text: str | None) -> str | None:
    """Return a text with the characters in place of the parser's signs for them."""
    if not text or "\x02" not in text:
        return text
    return (
        text.replace(FN_BACKLINK_TEXT, "↩")
        .replace(NBSP_PLACEHOLDER, "\u00a0")
        .replace(AMP_SUBSTITUTE, "&")
        .replace(_LESS, "<")
    )
