"""What a page states about its article, field by field: candidates with where they stand, best first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag
from courlan import normalize_url
from htmldate import find_date

from glossator import urls
from glossator.stages.extract.html import linked_data
from glossator.stages.extract.html.dates import iso
from glossator.stages.extract.html.headlines import fold, headline
from glossator.stages.extract.html.people import authors

_SINGLEFILE = re.compile(r"<!--\s*(?:Page saved with SingleFile|Archive processed by SingleFile)(.*?)-->", re.DOTALL)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_HEAD = 8192
"""Characters in which a saving program's comment stands."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?", re.ASCII)
_DATES = (
    *("article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publish-date", "publishdate"),
    *("published_date", "parsely-pub-date", "sailthru.date", "dc.date", "dc.date.issued", "dcterms.created"),
    *(
        "dcterms.date",
        "article.published",
        "citation_publication_date",
        "cxenseparse:recs:publishtime",
        "publication_date",
    ),
)
_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "citation_author",
)
_BYLINES = re.compile(
    r"^(?:[\w-]*[-_])?(?:by-?line|author|contributor)s?(?:[-_]*(?:names?|links?|text|info|title))?$", re.IGNORECASE
)

_MARKING = ("itemprop", "rel", "class")

Found = Iterable[tuple[str, str]]
"""Candidates with their origins, best first."""


class Statements:
    """Looks a page's values up. State: the page, what was looked up once, and where each value came from."""

    def __init__(self, page: BeautifulSoup, text: str, address: str) -> None:
        self.tags_of: dict[str, list[Tag]] = {}
        self.marked: list[Tag] = []
        for tag in page.find_all(True):
            self.tags_of.setdefault(tag.name, []).append(tag)
            if not tag.attrs.keys().isdisjoint(_MARKING):
                self.marked.append(tag)
        self.text = text
        self.data: dict[str, Any] = linked_data.article_object(page)
        self.meta = _meta(self.tags_of.get("meta", []))
        self.header = _header(text[:_HEAD])
        self.header |= {"url": address} if address else {}
        self.origins: list[tuple[str, str]] = []

    @property
    def format(self) -> str:
        return self.header.get("format", "html")

    def first(self, field: str, found: Found) -> str:
        for stated, origin in found:
            if value := " ".join(stated.split()):
                self.origins.append((field, origin))
                return value
        return ""

    def named(self, *names: str) -> Iterator[tuple[str, str]]:
        for name in names:
            for value in self.meta.get(name, ()):
                yield value, "meta"

    def _with(self, attribute: str, wanted: re.Pattern[str]) -> list[Tag]:
        return [tag for tag in self.marked if any(wanted.search(word) for word in _words(tag, attribute))]

    def item(self, prop: str) -> Iterator[tuple[str, str]]:
        for tag in self._with("itemprop", re.compile(rf"\b{prop}\b"))[:10]:
            yield str(tag.get("content") or tag.get("datetime") or tag.get_text(" ", strip=True)), "microdata"

    # ---- where it was published ------------------------------------------------------------------------------------

    def sources(self) -> Found:
        saved_from = self.header.get("url", "")
        links = [tag for tag in self.tags_of.get("link", []) if "canonical" in _words(tag, "rel") and tag.get("href")]
        candidates = [
            (str(links[0]["href"]) if links else "", "canonical link"),
            *self.named("og:url", "twitter:url"),
            (saved_from, "header comment"),
            (linked_data.text(self.data.get("url") or self.data.get("mainEntityOfPage")), "json-ld"),
        ]
        for value, origin in candidates:
            address = urls.web_address(_clean(urljoin(saved_from, value.strip()) if value.strip() else ""))
            # A page that names another site's address, or the home page, does not name its own.
            foreign = saved_from and urls.host(saved_from) != urls.host(address)
            if address and not foreign and (urlsplit(address).path.strip("/") or urlsplit(address).query):
                yield address, origin

    def base(self, source: str) -> str:
        stated = next((str(tag["href"]) for tag in self.tags_of.get("base", []) if tag.get("href")), "")
        return urls.web_address(_joined(source or self.header.get("url", ""), stated))

    def body(self) -> str:
        text = self.data.get("articleBody")
        return BeautifulSoup(text, "lxml").get_text(" ") if isinstance(text, str) else ""

    def sites(self) -> Found:
        yield from self.named("og:site_name")
        yield next(iter(linked_data.names(self.data.get("publisher"))), ""), "json-ld"
        yield from self.named("application-name", "al:ios:app_name", "twitter:app:name:iphone")

    # ---- its head --------------------------------------------------------------------------------------------------

    def titles(self, site: str) -> Found:
        headings = [" ".join(tag.get_text(" ").split()) for tag in self.tags_of.get("h1", [])[:8]]
        whole = next((tag.get_text() for tag in self.tags_of.get("title", [])), "")
        candidates = [
            *self.named("og:title"),
            (linked_data.text(self.data.get("headline")), "json-ld"),
            *self.named("twitter:title", "dc.title", "citation_title", "parsely-title"),
            *self.item("headline"),
            (whole, "title element"),
        ]
        candidates = [(" ".join(value.split()), origin) for value, origin in candidates if value.strip()]
        for heading in headings:
            if len(heading) > 8 and any(
                fold(heading) == fold(headline(value, site, headings)) for value, _ in candidates
            ):
                yield heading, "visible text"
        for value, origin in candidates:
            yield headline(value, site, headings), origin
        for heading in headings:
            yield heading, "visible text"

    def authors(self, site: str, source: str) -> tuple[str, ...]:
        for bylines, origin in self._bylines():
            names = authors(bylines, site, urls.host(source), *linked_data.names(self.data.get("publisher")))
            if names:
                self.origins.append(("authors", origin))
                return names
        # A publisher is the author only where the structured data name nobody else.
        if names := authors(linked_data.names(self.data.get("author"))):
            self.origins.append(("authors", "json-ld"))
        return names

    def _bylines(self) -> Iterator[tuple[list[str], str]]:
        yield linked_data.names(self.data.get("author")), "json-ld"
        for name in _AUTHORS:
            yield list(self.meta.get(name, ())), "meta"
        for tag in self._with("itemprop", re.compile("author$"))[:3]:
            inner = next((part for part in tag.find_all(itemprop="name")), tag)
            yield [str(inner.get("content") or inner.get_text(" ", strip=True))], "microdata"
        linked = self._with("rel", re.compile("author$"))[:4]
        yield [tag.get_text(" ", strip=True) for tag in linked], "visible text"
        for tag in self._with("class", _BYLINES)[:6]:
            yield [tag.get_text(" ", strip=True)], "visible text"

    def dates(self, source: str) -> Found:
        stated = [
            (linked_data.text(self.data.get("datePublished")), "json-ld"),
            *self.named(*_DATES),
            *self.item("datePublished"),
            *((str(tag["datetime"]), "visible text") for tag in self.tags_of.get("time", []) if tag.get("datetime")),
            (linked_data.text(self.data.get("dateCreated") or self.data.get("uploadDate")), "json-ld"),
        ]
        for value, origin in stated:
            yield iso(value), origin
        guess = _guessed_date(self.text, source)
        # The guess may have found the day on which the page was saved.
        yield guess if guess != iso(self.header.get("saved", ""))[:10] else "", "guess"

    def saved(self) -> Found:
        yield iso(self.header.get("saved", "")), "header comment"

    def languages(self) -> Found:
        root = next(iter(self.tags_of.get("html", [])), None)
        stated = [
            (str(root.get("lang") or root.get("xml:lang") or "") if root else "", "html element"),
            (linked_data.text(self.data.get("inLanguage")), "json-ld"),
            *self.named("content-language", "og:locale", "dc.language", "language"),
        ]
        for value, origin in stated:
            tag = _LANGUAGE.match(value.strip().replace("_", "-"))
            yield _cased(tag[0]) if tag and tag[0] != "und" else "", origin

    def descriptions(self) -> Found:
        yield from self.named("og:description", "description", "twitter:description", "dc.description")
        yield linked_data.text(self.data.get("description")), "json-ld"

    def images(self, source: str) -> Found:
        candidates = [*self.named("og:image", "og:image:url", "twitter:image", "twitter:image:src")]
        candidates.append((linked_data.text(self.data.get("image")), "json-ld"))
        for value, origin in candidates:
            yield urls.web_address(_joined(source, value)) if value.strip() else "", origin

    def tags(self) -> tuple[str, ...]:
        stated = self.data.get("keywords")
        listed = stated if isinstance(stated, list) else re.split(r"[,;]", str(stated or ""))
        found = [(linked_data.text(tag), "json-ld") for tag in listed] + list(self.named("article:tag"))
        if not any(tag.strip() for tag, _ in found):
            found = [(tag, "meta") for value, _ in self.named("keywords", "news_keywords") for tag in value.split(",")]
        kept = {" ".join(tag.split()).casefold(): (" ".join(tag.split()), origin) for tag, origin in reversed(found)}
        tags = [(tag, origin) for tag, origin in reversed(kept.values()) if 0 < len(tag) <= 60 and ":" not in tag][:20]
        if tags:
            self.origins.append(("tags", tags[0][1]))
        return tuple(tag for tag, _ in tags)


def _words(tag: Tag, attribute: str) -> list[str]:
    value = tag.get(attribute) or ()
    return value.split() if isinstance(value, str) else [str(word) for word in value]


def _meta(tags: list[Tag]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in [tag for tag in tags if tag.get("content")]:
        for key in ("property", "name", "http-equiv"):
            if name := str(tag.get(key) or "").strip().lower():
                found.setdefault(name, []).append(str(tag["content"]))
    return found


def _header(head: str) -> dict[str, str]:
    """What a saving program wrote into a comment at the top."""
    if comment := _SINGLEFILE.search(head):
        lines = dict(re.findall(r"^\s*(url|saved date):\s*(.+?)\s*$", comment[1], re.MULTILINE))
        return {"format": "singlefile", "url": lines.get("url", ""), "saved": lines.get("saved date", "")}
    if comment := _SAVED_FROM.search(head):
        return {"format": "browser save", "url": urls.web_address(comment[1])}
    return {}


def _clean(address: str) -> str:
    try:
        return normalize_url(address) if address else ""
    except ValueError:
        return ""


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return ""


def _cased(tag: str) -> str:
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def _guessed_date(text: str, source: str) -> str:
    try:
        return find_date(text, url=source or None, original_date=True) or ""
    except Exception:  # noqa: BLE001 -- a guess that fails is no guess
        return ""
