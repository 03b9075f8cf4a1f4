"""A book for reading devices: the articles as chapters, and the glossary as end matter. Source: EPUB 3.3, W3C."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from lxml import etree, html

from glossator import markup
from glossator.extension_points.exports import ArchiveData, ArticleData, EntityData, Export
from glossator.local_pictures import FOLDER, referenced
from glossator.text import digest, xml_text

CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 lang="{language}" xml:lang="{language}">
<head><title>{title}</title></head>
<body>{body}</body></html>
"""
PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:glossator:{identifier}</dc:identifier>
<dc:title>{title}</dc:title><dc:language>{language}</dc:language>
<meta property="dcterms:modified">{modified}T00:00:00Z</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
{manifest}</manifest>
<spine>{spine}</spine></package>
"""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time of every file in the book, so that the same archive gives the same bytes."""
OLDEST = "2000-01-01"
"""Date of a book none of whose articles has a date."""
NOT_IN_BOOKS = ("img", "picture", "source", "video", "audio", "iframe", "script", "style")
"""Elements that need files or programs that a book does not have."""
KEPT = ("href", "id", "lang", "dir", "title", "colspan")
"""Attributes that a book keeps."""
MATHML = "http://www.w3.org/1998/Math/MathML"
PICTURE = "picture"
"""Class of the words in the place of a picture."""


class Chapter(NamedTuple):
    """A page of a book."""

    title: str
    page: str
    """XHTML."""


def book(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return the book. Pictures are left out, and links lead to the originals."""
    language = next((article.language for article in archive.articles if article.language), "en")
    chapters = {
        f"chapter-{number}": Chapter(article.title, _chapter(article))
        for number, article in enumerate(archive.articles, 1)
    }
    glossary = _glossary(archive, dict(zip((article.id for article in archive.articles), chapters, strict=True)))
    if archive.entities:
        chapters["glossary"] = Chapter("Glossary", page("Glossary", language, glossary))
    identifier = digest(archive.title, *(article.id for article in archive.articles))
    modified = max((article.date or OLDEST for article in archive.articles), default=OLDEST)
    return {"": bound(archive.title, language, identifier, modified, chapters)}


def bound(title: str, language: str, identifier: str, modified: str, chapters: Mapping[str, Chapter]) -> bytes:
    """Return the file of a book.

    `identifier` tells the book from others, `modified` is an ISO day, `chapters` are by the names of their files.
    """
    package = PACKAGE.format(
        language=escape(language),
        title=escape(title),
        identifier=identifier[:32],
        modified=modified,
        manifest="\n".join(
            f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"{_properties(chapter.page)}/>'
            for name, chapter in chapters.items()
        ),
        spine="".join(f'<itemref idref="{name}"/>' for name in chapters),
    )
    navigation = "".join(
        f'<li><a href="{name}.xhtml">{escape(chapter.title)}</a></li>' for name, chapter in chapters.items()
    )
    return _zipped(
        {
            "META-INF/container.xml": CONTAINER,
            "book/package.opf": package,
            "book/nav.xhtml": page("Contents", language, f'<nav epub:type="toc"><ol>{navigation}</ol></nav>'),
            **{f"book/{name}.xhtml": chapter.page for name, chapter in chapters.items()},
        }
    )


def _properties(page: str) -> str:
    return ' properties="mathml"' if "<math " in page else ""


def _zipped(pages: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        # The type comes first and uncompressed: EPUB 3.3, section 4.2.4.
        packed.writestr(zipfile.ZipInfo("mimetype", EPOCH), "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in pages.items():
            packed.writestr(zipfile.ZipInfo(name, EPOCH), xml_text(text).encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def page(title: str, language: str, body: str) -> str:
    """Return a page of a book around XHTML."""
    return PAGE.format(title=escape(title), language=escape(language), body=body)


def _chapter(article: ArticleData) -> str:
    facts = " · ".join(
        f"<span>{escape(fact)}</span>" for fact in (article.site, *article.authors, article.date) if fact
    )
    original = f'<p><a href="{escape(article.source)}">{escape(article.source)}</a></p>' if article.source else ""
    # With an address a picture becomes an element, in whose place the book has its description.
    pictures = {address: address for address in (f"{FOLDER}{name}" for name in referenced(article.markdown))}
    woven = markup.weave(article.markdown, links=markup.ArchiveLinks(pictures=pictures))
    text = f"{xhtml(woven)}{original}"
    body = f'<h1>{escape(article.title)}</h1><p class="facts">{facts}</p>{text}'
    return page(article.title, article.language or "en", f'<article id="article-{escape(article.id)}">{body}</article>')


def xhtml(woven: str) -> str:
    """Return HTML as XML, without what a book cannot show."""
    tree = html.fragment_fromstring(woven, create_parent="div")
    for element in list(tree.iter(*NOT_IN_BOOKS)):
        if element.tag == "img" and element.get("alt"):
            element.tag, element.text = "span", f"[{element.get('alt')}]"
            element.attrib.clear()
            element.set("class", PICTURE)
        else:
            element.drop_tree()
    for link in tree.xpath("//p[@class='not-kept']/a"):
        link.set("class", PICTURE)
        link.text = f"[{link.text}]"
    formulas = list(tree.iter("math"))
    within = {element for formula in formulas for element in formula.iter()}
    for formula in formulas:
        formula.set("xmlns", MATHML)
    for element in (element for element in tree.iter() if element not in within):
        for name in [name for name in element.attrib if name not in KEPT and element.get(name) != PICTURE]:
            del element.attrib[name]
    for link in tree.iter("a"):
        if not (link.get("href") or "").startswith(("http:", "https:", "mailto:", "#")):
            link.attrib.pop("href", None)
    return etree.tostring(tree, encoding="unicode", method="xml")


def _glossary(archive: ArchiveData, chapters: Mapping[str, str]) -> str:
    titles = {article.id: article.title for article in archive.articles}
    by_name = sorted(archive.entities, key=lambda entity: (entity.name.casefold(), entity.id))
    entries = (_entry(entity, chapters, titles) for entity in by_name)
    return f"<h1>Glossary</h1><dl>{''.join(entries)}</dl>"


def _entry(entity: EntityData, chapters: Mapping[str, str], titles: Mapping[str, str]) -> str:
    about = f"<dd>{escape(entity.descriptor.text)}</dd>" if entity.descriptor else ""
    links = ", ".join(f'<a href="{chapters[key]}.xhtml">{escape(titles[key])}</a>' for key in entity.articles)
    return f"<dt>{escape(entity.name)}</dt>{about}<dd>{links}</dd>"


EPUB = Export(contract=2, help="A book: a chapter for each article, and a glossary", of_archive=book)
