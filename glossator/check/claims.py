"""Audit of what a site says of entities: every text stands verbatim in the article that it names.

Read from the finished pages. Left out are the words of the interface, numbers, dates, names, and the user's own notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import msgspec
from lxml import html
from lxml.html import HtmlElement

from glossator import frontmatter, markup, rights
from glossator.check.findings import Finding
from glossator.model import SitePath
from glossator.text import one_line, xml_text

INTRODUCED = "//section[@aria-labelledby='introduced-title']//blockquote"
"""Element of an entity's page that quotes the article from which its descriptor is."""
QUOTATIONS = " | ".join(
    (INTRODUCED, *(f"//section[@aria-labelledby='{title}-title']//blockquote" for title in ("lead", "quotations")))
)
"""Elements of an entity's page that quote an article, which their footer names."""
TIES = "//ul[@class='companions']//li[p[@class='passage']]"
"""Elements of an entity's page that quote a sentence about two entities, after a link to its article."""
CITING = "//section[@aria-labelledby='cited-title']//li[p[@class='passage']]"
"""Elements of an article's page that quote how another one links to it, after a link to that article."""
CARDS = "//aside[contains(@class, 'glossary')]//li[a[@class='name']][p[@class='descriptor']]"
"""Elements of an article's page that show the descriptor of an entity, after a link to the entity's page.

Words that count the articles, in the place of a descriptor, have a further class.
"""
SENTENCES = "//aside[contains(@class, 'glossary')]//*[@class='sentence']"
"""Elements of an article's page that quote a sentence of an article, which they name."""
QUOTED = re.compile(r"^“(.*)”$", re.DOTALL)


class Claim(msgspec.Struct, frozen=True):
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
    described: dict[str, str] = {}
    pages = [path for path in paths if path.startswith(("entities/", "articles/")) and path.endswith(".html")]
    # Entities come first: their pages name the articles that describe them, of which the cards say nothing.
    for path in sorted(pages, key=lambda path: (not path.startswith("entities/"), path)):
        page = html.document_fromstring((site / path).read_bytes())
        for quotation in _elements(page, INTRODUCED):
            described[path] = _article(path, quotation, ".//footer")
        for claim in _claims(path, page, described):
            if claim.article not in words:
                words[claim.article] = told_words(articles[claim.article]) if claim.article in articles else ""
            if folded(claim.text) not in words[claim.article]:
                yield Finding("claims", path, f'says "{claim.text}", which does not stand in {claim.article}')


def _claims(path: SitePath, page: HtmlElement, described: Mapping[str, str]) -> Iterator[Claim]:
    """Yield what a page says; `described` are the articles that describe entities, by the path of the entity's page."""
    yield from _claims_of_entity(path, page, described.get(path, ""))
    for citing in _elements(page, CITING):
        article = _article(path, citing, ".")
        yield from (Claim(path, _text(passage), article) for passage in _elements(citing, "./p[@class='passage']"))
    yield from _claims_of_cards(path, page, described)


def _claims_of_entity(path: SitePath, page: HtmlElement, described: str) -> Iterator[Claim]:
    for quotation in _elements(page, QUOTATIONS):
        article = _article(path, quotation, ".//footer")
        yield from (Claim(path, _text(said), article) for said in _elements(quotation, "./p"))
    for standfirst in _elements(page, "//div[@class='entity-head']/p[@class='standfirst']"):
        yield Claim(path, _descriptor(standfirst), described)
    for group in _elements(page, "//article[@class='passages']"):
        article = _article(path, group, "./h3")
        yield from (Claim(path, _text(passage), article) for passage in _elements(group, "./p[@class='passage']"))
    for tie in _elements(page, TIES):
        article = _article(path, tie, ".")
        yield from (Claim(path, _text(passage), article) for passage in _elements(tie, "./p[@class='passage']"))


def _claims_of_cards(path: SitePath, page: HtmlElement, described: Mapping[str, str]) -> Iterator[Claim]:
    for sentence in _elements(page, SENTENCES):
        if article := _article(path, sentence, "./p[@class='facts']"):
            yield Claim(path, _text(_elements(sentence, "./p")[0]), article)
    for card in _elements(page, CARDS):
        target = _target(path, _elements(card, "./a[@class='name']")[0])
        # A name without a page leads to its own entry: the article of the page is the only one that has the name.
        article = path if target == path else described.get(target, "")
        for descriptor in _elements(card, "./p[@class='descriptor']"):
            yield Claim(path, _descriptor(descriptor), article)


def _descriptor(element: HtmlElement) -> str:
    """Return the words of a descriptor without its year, which is the article's date."""
    return "".join(map(str, element.xpath("text()"))).strip()


def _elements(page: HtmlElement, expression: str) -> list[HtmlElement]:
    found = page.xpath(expression)
    assert isinstance(found, list)
    return [element for element in found if isinstance(element, HtmlElement)]


def _article(path: SitePath, element: HtmlElement, where: str) -> str:
    """Return the path of the article's page that an element names."""
    return next((_target(path, link) for link in _elements(element, f"{where}//a[@href]")), "")


def _target(path: SitePath, link: HtmlElement) -> str:
    """Return the path of the page that a link leads to."""
    address = unquote((link.get("href") or "").partition("#")[0])
    return normpath(join(dirname(path), address)) if address else path


def _text(element: HtmlElement) -> str:
    """Return what an element says, without the quotation marks and signs that are ours."""
    said = " ".join(OURS.sub(" ", str(element.text_content())).split())
    quoted = QUOTED.match(said)
    return quoted[1] if quoted else said


OURS = re.compile("[¶↩…\ufffd\\s]+|\\.{3}")
"""Signs that pages and exports add or put for characters that HTML cannot hold, and white space."""

ESCAPED = re.compile(r"\\([^\w\s])")
"""A character that means something in Markdown, written so that it does not."""


def folded(text: str) -> str:
    """Return a text without white space and invisible characters, and without the signs that pages add."""
    return "".join(OURS.sub(" ", xml_text(one_line(text))).split())


def told_words(file: Path) -> str:
    """Return the text of an article with its title and description, folded. Raises OSError."""
    fields, body = frontmatter.split(file.read_text("utf-8-sig"))
    told = (str(fields.get(name) or "") for name in ("title", "description"))
    return folded(" ".join([*told, *(markup.read(text).content for text in _shown(body))]))


def all_words(file: Path) -> str:
    """Return all that an article's file says, folded: name, fields, Markdown, and what the Markdown shows.

    Raises OSError.
    """
    text = file.read_text("utf-8-sig").replace("\r\n", "\n")
    fields, body = frontmatter.split(text)
    # A file without a title is called by its name.
    names = (file.stem, file.stem.replace("-", " "))
    parts = [*names, *_values(fields), body]
    for shown in _shown(body):
        markdown = markup.published_markdown(shown)
        described = ESCAPED.sub(r"\1", markdown)  # the words of a picture are no part of the text
        parts += [markdown, described, markup.read(shown).content, rights.without_footnotes(shown, body)]
    return "\n".join(map(folded, parts))


class _Every:
    def __contains__(self, key: object) -> bool:
        return True


def _shown(body: str) -> Iterator[str]:
    """Yield the text of an article, and the text without the names of notes, which are hidden if these are private."""
    yield body
    if (hidden := markup.without_names(body, _Every())) != body:
        yield hidden


def _values(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner)
    else:
        yield str(value)
