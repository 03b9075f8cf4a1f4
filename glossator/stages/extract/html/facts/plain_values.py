"""Values that a page states, as text for readers: without markup, escapes and labels of its own."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable

from glossator import rights
from glossator.text import one_line

_ESCAPED = 2
"""Times that a page may escape a value besides the escape that its parser undoes."""
_LONGEST_TAG, _MOST_TAGS = 60, 20
_SLUGS = 3
"""Tags from which a list of words with hyphens is a list of slugs."""
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|\[/?[a-z_]+(?: [^\[\]]{0,200})?\](?!\()")
"""Tags of HTML, and shortcodes of WordPress."""
_CODED = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_CUT = re.compile(r" ?(?:\[(?:…|\.{3}|&hellip;)\]|\.{3}|…)$")
_INTERNAL = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|[0-9a-f]{16,}|\d{5,}|[#@$].*|.*[_:<>{}=\[\]|\\].*|(?-i:[a-z0-9_-]+/.*)|https?.*|\W*",
    re.IGNORECASE,
)
"""Tags that are not for readers: identifiers, numbers, labels with a prefix or an underscore, paths, code."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EDGES = " \t|·•»«/–—-:"
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})/?", re.IGNORECASE)


def unescaped(value: str) -> str:
    """Return a value without the entities of pages that escape what is escaped already, some of them twice."""
    for _ in range(_ESCAPED):
        value = html.unescape(value) if "&" in value else value
    return value


def decoded(value: str) -> str:
    """Return a value in one line, with the characters for which a page shows escapes of JSON."""
    return one_line(_CODED.sub(lambda match: json.loads(f'"{match[0]}"'), value))


def plain(value: str) -> str:
    """Return a text in one line, without tags, shortcodes and entities; one that was cut ends with an ellipsis."""
    text = " ".join(_MARKUP.sub(" ", unescaped(value)).split())
    return _CUT.sub("…", text)


def plain_tags(values: Iterable[str]) -> tuple[str, ...]:
    """Return the tags that are meant for readers, in their first spelling, without duplicates."""
    tags: dict[str, str] = {}
    for tag in map(plain, values):
        # A tag such as `do_not_publish` keeps the article back, and must not be lost.
        if 1 < len(tag) <= _LONGEST_TAG and (not _INTERNAL.fullmatch(tag) or rights.stated({"tags": tag}).reason):
            tags.setdefault(tag.casefold(), tag)
    kept = list(tags.values())[:_MOST_TAGS]
    if len(kept) >= _SLUGS and all(map(_SLUG.fullmatch, kept)):
        kept = [tag.replace("-", " ") for tag in kept]
    return tuple(kept)


def site_label(value: str) -> str:
    """Return the name of a site without markup and separators at its ends; of an address, only the domain."""
    name = plain(value).strip(_EDGES).lstrip("@")
    address = _ADDRESS.fullmatch(name)
    return address[1] if address else name


def is_address(name: str) -> bool:
    """True if the name of a site is only its domain, in small letters."""
    return name.islower() and _ADDRESS.fullmatch(name) is not None
