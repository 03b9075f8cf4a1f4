"""A person's marks of mentions: words in brackets, with the entity that they name."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.attr_list import get_attrs_and_remainder

from glossator.markup.notations import InlinePattern
from glossator.model import EntityType

TAG = "span"
_MARK = r"\[([^\[\]\n]+)\]\{:?([^{}\n]*\bentity=[^{}\n]*)\}"
_ANY = re.compile(_MARK)
_MARK_PRIORITY = 175
"""Priority after code and escaped characters, before links and references."""


def _mark(match: re.Match[str]) -> Element | None:
    attributes = _attributes(match)
    if attributes is None:
        return None
    element = Element(TAG, attributes)
    element.text = match[1]
    return element


def _attributes(mark: re.Match[str]) -> dict[str, str] | None:
    """Return the attributes of a mark; None if it deviates from the notation."""
    pairs, remainder = get_attrs_and_remainder(mark[2].strip())
    attributes = {str(key): str(value).strip() for key, value in pairs}
    kind = attributes.get("type", EntityType.PERSON)
    is_notation = set(attributes) <= {"entity", "type"} and kind in list(EntityType)
    return None if remainder or not is_notation or not attributes.get("entity") else attributes


def register_marks(parser: Markdown) -> None:
    """Register the notation with a parser, which makes elements of the tag with an attribute `entity`."""
    parser.inlinePatterns.register(InlinePattern(_MARK, parser, _mark), "entity_mark", _MARK_PRIORITY)


def without_marks(markdown: str) -> str:
    """Return an article without its marks: with their words alone."""
    return _ANY.sub(lambda mark: mark[0] if _attributes(mark) is None else mark[1], markdown)


def has_marks(markdown: str) -> bool:
    """True if an article may contain a mark."""
    return _ANY.search(markdown) is not None
