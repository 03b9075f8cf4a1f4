"""What a page says about its article, each value with where it was found.

Structured data come first, for they are precise; what is only read off the page later; guesses last and named as such.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from bs4 import BeautifulSoup
from lxml.html import HtmlElement

from glossator.config import ExtractSettings
from glossator.stages.extract.html.statements import Statements
from glossator.stages.extract.language import guess_language


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


def read_metadata(page: HtmlElement, text: str, address: str = "") -> Metadata:
    """Everything that the page itself says. The tree must be the page's own, with its scripts.

    `address` is where it was loaded from, if what holds it says so.
    """
    stated = Statements(BeautifulSoup(text, "lxml"), text, address)
    source, site = stated.first("source", stated.sources()), stated.first("site", stated.sites())
    title = stated.first("title", stated.titles(site))
    return Metadata(
        title=title,
        source=source,
        site=site,
        authors=stated.authors(site, source),
        published=stated.first("published", stated.dates(source)),
        saved=stated.first("saved", stated.saved()),
        language=stated.first("language", stated.languages()),
        description=stated.first("description", stated.descriptions()),
        image=stated.first("image", stated.images(source)),
        tags=stated.tags(),
        base=stated.base(source),
        body=stated.body(),
        format=stated.format,
        origins=tuple(stated.origins),
    )
