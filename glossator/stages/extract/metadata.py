"""What a page says about its article, each value with where it was found.

Structured data come first, for they are precise; what is only read off the page later; guesses last and named as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag
from courlan import normalize_url
from htmldate import find_date

from glossator import urls
from glossator.config import ExtractSettings
from glossator.stages.extract import linked_data
from glossator.stages.extract.dates import iso
from glossator.stages.extract.language import guess_language
from glossator.stages.extract.people import authors

_SINGLEFILE = re.compile(r"<!--\s*(?:Page saved with SingleFile|Archive processed by SingleFile)(.*?)-->", re.DOTALL)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_HEAD = 8192
"""Characters in which a saving program's comment stands."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?", re.ASCII)
_SEPARATOR = re.compile(r"\s+[|–—·»:•\-]+\s+|\s*[|»]\s*")
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

Found = Iterable[tuple[str, str]]
"""Candidates with their origins, best first."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The head of an article as its page states it; empty where it says nothing."""

    title: str
    source: str
    site: str
    authors: tuple[str, ...]
    published: str
    saved: str
    language: str
    description: str
    image: str
    tags: tuple[str, ...]
    base: str
    """What addresses within the page are relative to."""
    body: str
    """The article's text as structured data give it, without their markup."""
    format: str
    origins: tuple[tuple[str, str], ...]

    def completed(self, paragraph: str, body: str, path: str, settings: ExtractSettings) -> Metadata:
        """What the page left open, from its text and its file's name."""
        made: dict[str, tuple[str, str]] = {}
        if not self.title:
            made["title"] = (PurePosixPath(path).stem.replace("_", " ").strip() or path, "file name")
        if not self.description and paragraph:
            made["description"] = (paragraph, "first paragraph")
        if not self.language and (language := guess_language(body, settings.languages)):
            made["language"] = (language, "guess")
        origins = (*self.origins, *((name, origin) for name, (_, origin) in made.items()))
        values = {name: value for name, (value, _) in made.items()}
        return replace(
            self,
            title=values.get("title", self.title),
            description=values.get("description", self.description),
            language=values.get("language", self.language),
            origins=origins,
        )


def read_metadata(page: BeautifulSoup, text: str) -> Metadata:
    """Everything that the page itself says. The tree must be the page's own, with its scripts."""
    reader = _Reader(page, text[:_HEAD], text)
    source, site = reader.first("source", reader.sources()), reader.first("site", reader.sites())
    title = reader.first("title", reader.titles(site))
    return Metadata(
        title=title,
        source=source,
        site=site,
        authors=reader.authors(site, source),
        published=reader.first("published", reader.dates(source)),
        saved=reader.first("saved", reader.saved()),
        language=reader.first("language", reader.languages()),
        description=reader.first("description", reader.descriptions()),
        image=reader.first("image", reader.images(source)),
        tags=reader.tags(),
        base=reader.base(source),
        body=reader.body(),
        format=reader.format,
        origins=tuple(reader.origins),
    )


class _Reader:
    """Looks a page's values up. State: the page, what was looked up once, and where each value came from."""

    def __init__(self, page: BeautifulSoup, head: str, text: str) -> None:
        self.page = page
        self.text = text
        self.data: dict[str, Any] = linked_data.article_object(page)
        self.meta = _meta(page)
        self.header = _header(head)
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

    def item(self, prop: str) -> Iterator[tuple[str, str]]:
        for tag in self.page.find_all(itemprop=re.compile(rf"\b{prop}\b"), limit=10):
            yield str(tag.get("content") or tag.get("datetime") or tag.get_text(" ", strip=True)), "microdata"

    # ---- where it was published ------------------------------------------------------------------------------------

    def sources(self) -> Found:
        saved_from = self.header.get("url", "")
        link = self.page.find("link", rel="canonical", href=True)
        candidates = [
            (str(link["href"]) if isinstance(link, Tag) else "", "canonical link"),
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
        tag = self.page.find("base", href=True)
        return urls.web_address(
            urljoin(source or self.header.get("url", ""), str(tag["href"]) if isinstance(tag, Tag) else "")
        )

    def body(self) -> str:
        text = self.data.get("articleBody")
        return BeautifulSoup(text, "lxml").get_text(" ") if isinstance(text, str) else ""

    def sites(self) -> Found:
        yield from self.named("og:site_name")
        yield next(iter(linked_data.names(self.data.get("publisher"))), ""), "json-ld"
        yield from self.named("application-name", "al:ios:app_name", "twitter:app:name:iphone")

    # ---- its head --------------------------------------------------------------------------------------------------

    def titles(self, site: str) -> Found:
        headings = [" ".join(tag.get_text(" ").split()) for tag in self.page.find_all("h1", limit=8)]
        tag = self.page.find("title")
        whole = tag.get_text() if isinstance(tag, Tag) else ""
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
                _fold(heading) == _fold(_cut(value, site, headings)) for value, _ in candidates
            ):
                yield heading, "visible text"
        for value, origin in candidates:
            yield _cut(value, site, headings), origin
        for heading in headings:
            yield heading, "visible text"

    def authors(self, site: str, source: str) -> tuple[str, ...]:
        for bylines, origin in self._bylines():
            names = authors(bylines, site, urls.host(source), *linked_data.names(self.data.get("publisher")))
            if names:
                self.origins.append(("authors", origin))
                return names
        return ()

    def _bylines(self) -> Iterator[tuple[list[str], str]]:
        yield linked_data.names(self.data.get("author")), "json-ld"
        for name in _AUTHORS:
            yield list(self.meta.get(name, ())), "meta"
        for tag in self.page.find_all(itemprop="author", limit=3):
            inner = tag.find(itemprop="name")
            yield [str((inner or tag).get("content") or (inner or tag).get_text(" ", strip=True))], "microdata"
        yield [tag.get_text(" ", strip=True) for tag in self.page.find_all(rel="author", limit=4)], "visible text"
        for tag in self.page.find_all(class_=_BYLINES, limit=6):
            yield [tag.get_text(" ", strip=True)], "visible text"

    def dates(self, source: str) -> Found:
        stated = [
            (linked_data.text(self.data.get("datePublished")), "json-ld"),
            *self.named(*_DATES),
            *self.item("datePublished"),
            *((str(tag["datetime"]), "visible text") for tag in self.page.find_all("time", datetime=True, limit=1)),
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
        root = self.page.find("html")
        stated = [
            (str(root.get("lang") or root.get("xml:lang") or "") if isinstance(root, Tag) else "", "html element"),
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


def _meta(page: BeautifulSoup) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in page.find_all("meta", content=True):
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


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def _cut(title: str, site: str, headings: list[str]) -> str:
    """`Headline | Site` without the site: at a heading of the page, or where a part is the site's name."""
    for heading in headings:
        if len(heading) > 8 and title.startswith(heading):
            return heading
    parts = list(_SEPARATOR.finditer(title))
    for last in reversed(parts):
        rest = _fold(title[last.end() :])
        if site and rest and (rest == _fold(site) or rest in _fold(site) or _fold(site) in rest):
            return title[: last.start()]
    return title


def _guessed_date(text: str, source: str) -> str:
    try:
        return find_date(text, url=source or None, original_date=True) or ""
    except Exception:  # noqa: BLE001 -- a guess that fails is no guess
        return ""
