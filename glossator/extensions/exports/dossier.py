"""A page of a person's own, to hand on: what it shows, each passage with its citation, and the list of its sources.

The place that a person names says what is written: a folder with checksums, one HTML file, or a book (EPUB).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from html import escape

from glossator.config import SiteError
from glossator.export.tables import BETWEEN, Columns, table
from glossator.extension_points.exports import ArticleData, Export, OwnPageData, SourceData
from glossator.extensions.exports import epub
from glossator.extensions.exports.bibliography import csl
from glossator.extensions.exports.cited_html import sources, text, whole_page
from glossator.extensions.exports.cited_markdown import markdown
from glossator.extensions.exports.cited_rows import CitedPage
from glossator.text import digest

SUMS = "SHA256SUMS"
"""File with the checksums of the others, as `sha256sum --check` reads it."""


def pack(page: OwnPageData) -> Mapping[str, bytes]:
    """Return the files of the page in the form that its suffix names. Raises SiteError for a suffix of no form."""
    forms: dict[str, Callable[[CitedPage], Mapping[str, bytes]]] = {"": _folder, ".html": _one_file, ".epub": _book}
    if page.suffix not in forms:
        raise SiteError(
            f"A dossier is no file that ends in {page.suffix}.", "Name a folder, or a file that ends in .html or .epub."
        )
    return forms[page.suffix](CitedPage(page))


def _folder(cited: CitedPage) -> Mapping[str, bytes]:
    """Return the page, the tables of its sources, their saved files, and the checksums of all of these."""
    page = cited.page
    files = {
        "index.html": whole_page(cited),
        "page.md": markdown(cited),
        "sources.csv": table(_columns(cited), page.sources),
        "references.json": csl(page.archive)[""],
    }
    files |= {cited.saved[source.sha256]: source.content for source in page.sources if source.content is not None}
    sums = (f"{sha256(content).hexdigest()}  {path}\n" for path, content in sorted(files.items()))
    return {**files, SUMS: "".join(sums).encode()}


def _columns(cited: CitedPage) -> Columns[SourceData]:
    def of_article(cell: Callable[[ArticleData], str | None]) -> Callable[[SourceData], str | None]:
        return lambda source: cell(cited.articles[source.article])

    return {
        "number": lambda source: cited.numbers[source.article],
        "title": of_article(lambda article: article.title),
        "authors": of_article(lambda article: BETWEEN.join(article.authors)),
        "publication": of_article(lambda article: article.site),
        "day": of_article(lambda article: (article.published or "")[:10]),
        "address": of_article(lambda article: article.source),
        "saved": of_article(lambda article: (article.saved or "")[:10]),
        "file": lambda source: cited.saved.get(source.sha256, source.file),
        "sha256": lambda source: source.sha256,
        "versions": lambda source: BETWEEN.join(source.versions),
    }


def _one_file(cited: CitedPage) -> Mapping[str, bytes]:
    return {"": whole_page(cited)}


def _book(cited: CitedPage) -> Mapping[str, bytes]:
    """Return a book of two chapters: the page, and its sources."""
    page = cited.page
    texts = {"page": (cited.title, text(cited, "sources.xhtml")), "sources": ("Sources", sources(cited))}
    chapters = {
        name: epub.Chapter(title, epub.page(title, page.language, f"<h1>{escape(title)}</h1>{epub.xhtml(html)}"))
        for name, (title, html) in texts.items()
    }
    newest = max((article.date or "" for article in page.archive.articles), default="") or epub.OLDEST
    return {"": epub.bound(cited.title, page.language, digest(page.name, cited.title), newest, chapters)}


DOSSIER = Export(
    contract=2,
    help="A page of your own with its answers: a folder with checksums, one HTML file, or a book",
    of_page=pack,
)
