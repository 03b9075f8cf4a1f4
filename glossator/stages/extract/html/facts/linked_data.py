"""Structured data of a page, and the values that it states as text for readers, without markup and internal labels."""

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
_STRING_OR_COMMA = re.compile(r'"(?:[^"\\]|\\.)*+"?|,(?=\s*+[\]}])', re.DOTALL)
"""A string, without its end as well, so that its quotation marks are tried once; or a comma before a bracket."""
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage")
_MOST = 2000
"""Objects of a page that are examined."""
_DEEPEST = 8
"""Levels of lists and objects around a name."""


def objects(scripts: Iterable[str]) -> list[Object]:
    """Return the objects that a page's scripts state."""
    return list(_objects(scripts))


def websites(stated: Iterable[Object]) -> list[str]:
    """Return the names of the site among the objects of a page."""
    return [name for thing in stated if "WebSite" in _kinds(thing) and (name := text(thing.get("name")))]


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


def _objects(scripts: Iterable[str]) -> Iterator[Object]:
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
    for text in (source, _mended(source)):
        try:
            return [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
    return []


def _mended(source: str) -> str:
    """Remove the commas before closing brackets, which JSON forbids."""
    return _STRING_OR_COMMA.sub(lambda match: "" if match[0] == "," else match[0], source)


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


_ESCAPED = 2
"""Times that a page may escape a value besides the escape that its parser undoes."""
_LONGEST_TAG, _MOST_TAGS = 60, 20
_SLUGS = 3
"""Tags from which a list of words with hyphens is a list of slugs."""
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|\[/?[a-z_]+(?: [^\[\]]{0,200})?\](?!\()")
"""Tags of HTML, and shortcodes of WordPress."""
_CUT = re.compile(r" ?(?:\[(?:…|\.{3}|&hellip;)\]|\.{3}|…)$")
_INTERNAL = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|[0-9a-f]{16,}|\d{5,}|[_#@$].*|.*[:<>{}=\[\]|\\].*|(?-i:[a-z0-9_-]+/.*)|https?.*|\W*",
    re.IGNORECASE,
)
"""Tags that are not for readers: identifiers, numbers, labels with a prefix, paths, code."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EDGES = " \t|·•»«/–—-:"
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})/?", re.IGNORECASE)


def unescaped(value: str) -> str:
    """Return a value without the entities of pages that escape what is escaped already, some of them twice."""
    for _ in range(_ESCAPED):
        value = html.unescape(value) if "&" in value else value
    return value


def plain(value: str) -> str:
    """Return a text in one line, without tags, shortcodes and entities; one that was cut ends with an ellipsis."""
    text = " ".join(_MARKUP.sub(" ", unescaped(value)).split())
    return _CUT.sub("…", text)


def plain_tags(values: Iterable[str]) -> tuple[str, ...]:
    """Return the tags that are meant for readers, in their first spelling, without duplicates."""
    tags: dict[str, str] = {}
    for tag in map(plain, values):
        if 1 < len(tag) <= _LONGEST_TAG and not _INTERNAL.fullmatch(tag):
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
