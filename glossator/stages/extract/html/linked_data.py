"""What a page's JSON-LD says about its article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|Recipe|HowTo)$")
_PAGE = frozenset({"WebPage", "ItemPage", "VideoObject", "CreativeWork", "MedicalWebPage", "FAQPage", "QAPage"})
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)


def article_object(page: BeautifulSoup) -> dict[str, Any]:
    """The object that describes the article, its references to others resolved; empty if there is none."""
    objects = list(_objects(page))
    named = {str(thing["@id"]): thing for thing in objects if "@id" in thing and len(thing) > 2}
    articles = [thing for thing in objects if any(_ARTICLE.search(kind) for kind in _kinds(thing))]
    pages = [thing for thing in objects if not _PAGE.isdisjoint(_kinds(thing))]
    best = max(articles, key=lambda thing: ("headline" in thing) + ("author" in thing), default=None)
    chosen = best or next(iter(pages), {})
    return {key: _resolved(value, named) for key, value in chosen.items()}


def names(value: Any) -> list[str]:
    """The names in an author, a publisher or a list of them."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [name for part in value[:50] for name in names(part)]
    if isinstance(value, dict):
        return names(value.get("name"))
    return []


def text(value: Any) -> str:
    """The first text in a value."""
    if isinstance(value, list):
        return text(value[0]) if value else ""
    if isinstance(value, dict):
        return text(value.get("url") or value.get("@id") or value.get("name"))
    return value if isinstance(value, str) else ""


def _objects(page: BeautifulSoup) -> Iterator[dict[str, Any]]:
    for script in page.find_all("script", type=re.compile(r"ld\+json", re.IGNORECASE)):
        source = _WRAPPING.sub("", script.get_text())
        try:
            waiting: list[Any] = [json.loads(source, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            thing = waiting.pop(0)
            if isinstance(thing, list):
                waiting = thing + waiting
            elif isinstance(thing, dict):
                yield thing
                waiting = [thing[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in thing] + waiting


def _kinds(thing: dict[str, Any]) -> list[str]:
    kinds = thing.get("@type")
    return [kind.rsplit("/")[-1] for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _resolved(value: Any, named: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_resolved(part, named) for part in value]
    if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
        return named.get(str(value.get("@id")), value)
    return value
