"""Audit of what a site says of entities: every text stands verbatim in the article that it names.

Read from the finished pages. Left out are the words of the interface, numbers, dates, names, and the user's own notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lxml import html
from lxml.html import HtmlElement

from glossator import frontmatter, markup
from glossator.check.findings import Finding
from glossator.model import SitePath

SECTIONS = "//section[@aria-labelledby='{}-title']"
QUOTATIONS = (
    SECTIONS.format("introduced") + "//blockquote",
    SECTIONS.format("quotations") + "//blockquote",
)
"""Elements of an entity's page that quote an article, which their footer names."""
SENTENCES = "//aside[contains(@class, 'glossary')]//*[@class='sentence']"
"""Elements of an article's page that quote a sentence of an article, which they name."""
OURS = re.compile(r"[¶…\s]+|\.{3}")
QUOTED = re.compile(r"^“(.*)”$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Claim:
    """A text that a page says, and the article in which it is to stand."""

    page: SitePath
    text: str
    article: str
    """Path of the article's page."""


def unfounded_claims(site: Path, paths: Iterable[SitePath], articles: Mapping[str, Path]) -> Iterator[Finding]:
    """Yield the texts on pages of entities and on cards that do not stand in the article that they name.

    `paths` are the files of the site, `articles` the Markdown files of the articles by the path of their page. Raises
    OSError.
    """
    words: dict[str, str] = {}
    for path in sorted(paths):
        if path.startswith(("entities/", "articles/")) and path.endswith(".html"):
            page = html.document_fromstring((site / path).read_bytes())
            for claim in _claims(path, page):
                if claim.article not in words:
                    words[claim.article] = _words(articles[claim.article]) if claim.article in articles else ""
                if _folded(claim.text) not in words[claim.article]:
                    yield Finding("claims", path, f'says "{claim.text}", which does not stand in {claim.article}')


def _claims(path: SitePath, page: HtmlElement) -> Iterator[Claim]:
    introduced = ""
    for quotation in (element for expression in QUOTATIONS for element in _elements(page, expression)):
        article = _article(path, quotation, ".//footer")
        introduced = introduced or (
            article if quotation.xpath("boolean(ancestor::section[h2/@id='introduced-title'])") else ""
        )
        for text in map(_text, _elements(quotation, "./p")):
            yield Claim(path, text, article)
    for standfirst in _elements(page, "//div[@class='entity-head']/p[@class='standfirst']") if introduced else ():
        yield Claim(path, _text(standfirst), introduced)
    for group in _elements(page, "//article[@class='passages']"):
        for passage in _elements(group, "./p[@class='passage']"):
            yield Claim(path, _text(passage), _article(path, group, "./h3"))
    for sentence in _elements(page, SENTENCES):
        if article := _article(path, sentence, "./p[@class='facts']"):
            yield Claim(path, _text(_elements(sentence, "./p")[0]), article)


def _elements(page: HtmlElement, expression: str) -> list[HtmlElement]:
    found = page.xpath(expression)
    assert isinstance(found, list)
    return [element for element in found if isinstance(element, HtmlElement)]


def _article(path: SitePath, element: HtmlElement, where: str) -> str:
    """Return the path of the article's page that an element names."""
    for link in _elements(element, f"{where}//a[@href]"):
        target = unquote((link.get("href") or "").partition("#")[0])
        return normpath(join(dirname(path), target))
    return ""


def _text(element: HtmlElement) -> str:
    """Return what an element says, without the quotation marks and signs that are ours."""
    said = " ".join(OURS.sub(" ", str(element.text_content())).split())
    quoted = QUOTED.match(said)
    return quoted[1] if quoted else said


def _words(file: Path) -> str:
    """Return the text of an article with its title and description, folded."""
    fields, body = frontmatter.split(file.read_text("utf-8-sig"))
    told = (str(fields.get(name) or "") for name in ("title", "description"))
    return _folded(" ".join([*told, markup.read(body).content]))


def _folded(text: str) -> str:
    return "".join(OURS.sub(" ", text).split())
