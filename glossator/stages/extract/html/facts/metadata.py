"""Metadata that a page states about its article, each value with its origin.

Structured data come first, because they are precise; then what readers see; guesses last and marked as guesses.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import msgspec
from bs4 import BeautifulSoup
from lxml.html import HtmlElement

from glossator import addresses
from glossator.config import ExtractSettings
from glossator.stages.extract.html.facts import linked_data
from glossator.stages.extract.html.facts.authors import credited, is_handle
from glossator.stages.extract.html.facts.dates import published
from glossator.stages.extract.html.facts.head_and_marked_elements import Candidates, Statements
from glossator.stages.extract.html.facts.headlines import locate_headline, titles
from glossator.stages.extract.html.facts.plain_values import decoded, plain, plain_tags
from glossator.stages.extract.html.facts.site_and_address import base, fold, joined, sources
from glossator.stages.extract.html.facts.site_name import site_names, sites
from glossator.stages.extract.metadata.article_metadata import title_of_file
from glossator.stages.extract.metadata.date_parsing import iso
from glossator.stages.extract.metadata.language import contradicted, guess_language, language_tag


class Metadata(msgspec.Struct, frozen=True):
    """Head of an article as its page states it; missing values are empty."""

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
    """Address against which addresses within the page are resolved."""
    body: str
    """Text of the article in structured data, without markup."""
    format: str
    origins: tuple[tuple[str, str], ...]
    types: str = ""
    """Types of the page's structured data and of its preview, in small letters."""
    generator: str = ""
    """Program that made the page, in small letters."""

    def completed(self, paragraph: str, body: str, path: str, settings: ExtractSettings) -> Metadata:
        """Fill missing values from the article's text and its file's name, and correct a language that is surely wrong.

        `paragraph` is the first with a sentence, `body` a text by which a language is guessed, `path` the file's path.
        """
        filled: dict[str, tuple[str, str]] = {}
        if not self.title:
            filled["title"] = (title_of_file(PurePosixPath(path).stem) or path, "file name")
        if not self.description and paragraph:
            filled["description"] = (paragraph, "first paragraph")
        if language := contradicted(self.language, body) if self.language else guess_language(body, settings.languages):
            filled["language"] = (language, "guess")
        stated = (pair for pair in self.origins if pair[0] not in filled)
        origins = (*stated, *((name, origin) for name, (_, origin) in filled.items()))
        values = {name: value for name, (value, _) in filled.items()}
        return msgspec.structs.replace(self, origins=origins, **values)

    def of_listing(self) -> Metadata:
        """Leave out the authors of a listing, which are those of its entries, and a day that it does not declare."""
        return self.without("authors", *(() if self.declares("published") else ("published",)))

    def of_article(self) -> Metadata:
        """Leave out a handle with digits that is the only author: it names nobody, except in a thread."""
        return self.without("authors") if len(self.authors) == 1 and is_handle(self.authors[0]) else self

    def declares(self, field: str) -> bool:
        return dict(self.origins).get(field) in ("json-ld", "meta")

    def without(self, *fields: str) -> Metadata:
        origins = tuple(pair for pair in self.origins if pair[0] not in fields)
        empty = {name: type(getattr(self, name))() for name in fields}
        return msgspec.structs.replace(self, origins=origins, **empty)

    def opened_by(self, author: str) -> Metadata:
        """Take the author of a thread's first post for the thread's, unless the page declares another.

        If the author is not known, or the page cut the name off, others that it shows are those of replies.
        """
        if self.declares("authors") and not (author and any(author in name for name in self.authors)):
            return self
        if not author or author.endswith(("...", "…")):
            return self.without("authors")
        others = (pair for pair in self.origins if pair[0] != "authors")
        return msgspec.structs.replace(self, authors=(author,), origins=(*others, ("authors", "visible text")))


def read_metadata(page: HtmlElement, text: str, address: str = "") -> Metadata:
    """Read all metadata in a page. The tree must be the page's own, with its scripts; it is not changed.

    `text` is the page's source; `address` is where the page was loaded from, if its container says so.
    """
    stated = Statements(page, text, address)
    origins: list[tuple[str, str]] = []

    def first(field: str, candidates: Candidates) -> str:
        for value, origin in candidates:
            if line := " ".join(value.split()):
                origins.append((field, origin))
                return line
        return ""

    source, names = first("source", sources(stated)), site_names(stated)
    site = first("site", sites(stated))
    title = first("title", titles(stated, names, site))
    head = locate_headline(stated, title)
    authors, credited_by = credited(stated, head, (*names, site))
    tags, tagged_by = _tags(stated)
    origins += [(field, origin) for field, origin in (("authors", credited_by), ("tags", tagged_by)) if origin]
    return Metadata(
        title=title,
        source=source,
        site=site,
        authors=authors,
        published=first("published", published(stated, head)),
        saved=first("saved", [(iso(stated.header.get("saved", "")), "header comment")]),
        language=first("language", _languages(stated)),
        description=first("description", _descriptions(stated, title, names)),
        image=first("image", _images(stated, source)),
        tags=tags,
        base=base(stated, source),
        body=_body(stated),
        format=stated.format,
        origins=tuple(origins),
        types=stated.types,
        generator=" ".join(stated.meta.get("generator", ())).lower(),
    )


def _languages(stated: Statements) -> Candidates:
    declared = [
        (stated.language, "html element"),
        (linked_data.text(stated.data.get("inLanguage")), "json-ld"),
        *stated.named("content-language", "og:locale", "dc.language", "language"),
    ]
    for value, origin in declared:
        yield language_tag(value), origin


def _descriptions(stated: Statements, title: str, sites: tuple[str, ...]) -> Candidates:
    """Yield what the page says of the article, but not its titles again, or the names of the site."""
    repeated = f" {fold(title)} {' '.join(map(fold, sites))} {fold(stated.title)} "
    for value, origin in (
        *stated.named("og:description", "description", "twitter:description", "dc.description"),
        (linked_data.text(stated.data.get("description")), "json-ld"),
    ):
        text = plain(decoded(value)).lstrip("| ")
        if f" {fold(text)} " not in repeated:
            yield text, origin


def _images(stated: Statements, source: str) -> Candidates:
    shared = [*stated.named("og:image", "og:image:url", "twitter:image", "twitter:image:src")]
    for value, origin in (*shared, (linked_data.text(stated.data.get("image")), "json-ld")):
        yield addresses.web_address(joined(source, value)) if value.strip() else "", origin


def _tags(stated: Statements) -> tuple[tuple[str, ...], str]:
    """Return the tags, and their origin."""
    keywords = stated.data.get("keywords")
    linked = [linked_data.text(tag) for tag in (keywords if isinstance(keywords, list) else [keywords])[:100]]
    for values, origin in (
        (linked if len(linked) > 1 else re.split(r"[,;]", linked[0] if linked else ""), "json-ld"),
        ([tag for tag, _ in stated.named("article:tag")], "meta"),
        ([tag for value, _ in stated.named("keywords", "news_keywords") for tag in value.split(",")], "meta"),
    ):
        if tags := plain_tags(values):
            return tags, origin
    return (), ""


def _body(stated: Statements) -> str:
    body = stated.data.get("articleBody")
    return BeautifulSoup(body, "lxml").get_text(" ") if isinstance(body, str) else ""
