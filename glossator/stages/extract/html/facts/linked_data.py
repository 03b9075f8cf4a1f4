"""Structured data of a page (JSON-LD): the object that describes its article, and the names and texts within."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

Object = dict[str, Any]

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|Recipe|HowTo)$")
_OTHERS = frozenset({"ClaimReview", "UserReview"})
"""Types whose author did not write the article."""
_PAGE = frozenset({"WebPage", "ItemPage", "VideoObject", "CreativeWork", "MedicalWebPage", "FAQPage", "QAPage"})
_OPENING = re.compile(r"\s*+(?:<!--|(?:(?://|/\*)\s*+)?<!\[CDATA\[\s*+(?:\*/)?)")
_CLOSING = re.compile(r"(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)?\s*;?\s*$")
_END = 40
"""Characters at a script's end within which a wrapping is closed."""
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage")
_MOST = 2000
"""Objects of a page that are examined."""
_DEEPEST = 8
"""Levels of lists and objects around a name."""


def websites(stated: Iterable[Object]) -> list[str]:
    """Return the names of the site among the objects of a page."""
    return [name for thing in stated if "WebSite" in _kinds(thing) and (name := text(thing.get("name")))]


def types(stated: Iterable[Object]) -> list[str]:
    """Return the types of a page's objects: what it is about, but not what these contain."""
    return [kind for thing in stated for kind in _kinds(thing)]


def article_object(stated: list[Object], title: str = "") -> Object:
    """Return the object that describes the article, its references to others resolved; empty if there is none.

    Missing properties are taken from the object of the page. `title` is the page's, which tells the article's object
    from those of other articles on the page.
    """
    named = {thing["@id"]: thing for thing in stated if isinstance(thing.get("@id"), str) and len(thing) > 2}
    articles = [thing for thing in stated if _is_article(thing)]
    pages = [thing for thing in stated if not _PAGE.isdisjoint(_kinds(thing))]
    heading = text(title).casefold()

    def fit(thing: Object) -> int:
        headline = text(thing.get("headline")).casefold()
        return 4 * bool(headline and headline in heading) + 2 * bool(headline) + ("author" in thing)

    empty: Object = {}
    best = max(articles, key=fit, default=empty)
    page = next(iter(pages), empty)
    # The name of a page is its title, site and all; its author may be the person who set it up.
    defaults: Object = page if not best else {key: page[key] for key in ("datePublished", "inLanguage") if key in page}
    return {key: _resolved(value, named) for key, value in (defaults | best).items()}


def names(value: Any, depth: int = _DEEPEST) -> list[str]:
    """Return the names in an author, a publisher or a list of them, down to `depth` levels."""
    if isinstance(value, str):
        return [_plain(value)]
    if isinstance(value, list) and depth:
        return [name for part in value[:50] for name in names(part, depth - 1)]
    if isinstance(value, dict) and depth:
        parts = [text(value.get(part)) for part in ("givenName", "familyName")]
        return names(value.get("name"), depth - 1) or ([" ".join(parts)] if all(parts) else [])
    return []


def text(value: Any) -> str:
    """Return the first text in a value."""
    for _ in range(_DEEPEST):
        if isinstance(value, list):
            value = value[0] if value else ""
        elif isinstance(value, dict):
            value = value.get("@value") or value.get("url") or value.get("@id") or value.get("name")
        else:
            break
    return _plain(value) if isinstance(value, str) else ""


def _plain(value: str) -> str:
    """Return text without the entities and tags that some pages write into JSON-LD."""
    value = html.unescape(value)
    return re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", value) if "<" in value else value


def objects(scripts: Iterable[str]) -> Iterator[Object]:
    """Yield the objects that a page's scripts state."""
    waiting = [parsed for script in scripts for parsed in _parsed(script)][::-1]
    for _ in range(_MOST):
        if not waiting:
            return
        thing = waiting.pop()
        if isinstance(thing, list):
            waiting += thing[_MOST::-1]
        elif isinstance(thing, dict):
            yield thing
            waiting += [thing[key] for key in _INSIDE[::-1] if key in thing]


def _parsed(script: str) -> list[Any]:
    opening = _OPENING.match(script)
    script = script[opening.end() :] if opening else script
    source = script[:-_END] + _CLOSING.sub("", script[-_END:])
    try:
        return [json.loads(source, strict=False)]
    except (ValueError, RecursionError):
        return []


def _is_article(thing: Object) -> bool:
    return any(_ARTICLE.search(kind) and kind not in _OTHERS for kind in _kinds(thing))


def _kinds(thing: Object) -> list[str]:
    kinds = thing.get("@type")
    return [kind.rsplit("/")[-1] for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _resolved(value: Any, named: dict[str, Object]) -> Any:
    if isinstance(value, list):
        return [_resolved(part, named) if isinstance(part, dict) else part for part in value]
    if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
        return named.get(str(value.get("@id")), value)
    return value
