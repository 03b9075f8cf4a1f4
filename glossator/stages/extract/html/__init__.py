"""A saved page -> article: its text with the page's own form, and what the page says about itself."""

from __future__ import annotations

from glossator.config import ExtractSettings
from glossator.model import Conversion, Extracted
from glossator.stages.extract.escape import escape, escape_start
from glossator.stages.extract.html.addresses import Addresses
from glossator.stages.extract.html.body import article_text, words
from glossator.stages.extract.html.charset import page_text
from glossator.stages.extract.html.metadata import Metadata, read_metadata
from glossator.stages.extract.html.notes import take_notes
from glossator.stages.extract.html.page import is_deep, opened, parse, regular
from glossator.stages.extract.html.selection import Head, blocks, mark_related, prune, select
from glossator.stages.extract.html.structure import Writer
from glossator.stages.extract.part import Part
from glossator.stages.extract.unreadable import Unreadable

READER = "html 2"
"""Raised when the rules change what comes out."""

_NO_TEXT = "The page holds no article text; save it again once it has loaded, or save its text."
_TOO_DEEP = "The page is nested too deeply to be read; save its text instead."
_LOST = 0.5
"""Of the article's words that its blocks must hold."""


def read(part: Part, settings: ExtractSettings) -> Extracted:
    """The article in a saved page.

    Raises:
        Unreadable: no text of an article is in it, or it is nested deeper than can be followed.
    """
    try:
        return _read(page_text(part.data, part.charset), part, settings)
    except RecursionError:
        raise Unreadable(_TOO_DEEP) from None


def _read(text: str, part: Part, settings: ExtractSettings) -> Extracted:
    if not text.strip():
        raise Unreadable(_NO_TEXT)
    if is_deep(text.encode()):
        raise Unreadable(_TOO_DEEP)
    page, tree = parse(text), opened(text)
    if tree is None:
        raise Unreadable(_NO_TEXT)
    metadata = read_metadata(tree, text, part.address)
    chosen = article_text(tree, metadata.body)
    body = regular(page)
    notes = take_notes(body)
    found = blocks(body)
    select(found, chosen, Head(metadata.title, metadata.description, metadata.authors))
    mark_related(found)
    prune(found)
    markdown = Writer(Addresses(metadata.base)).markdown(body, notes)
    if len(words(markdown)) < _LOST * len(words(chosen)):
        # The extractors saw another page than the tree shows; their text has no form, but is the article.
        markdown = "\n\n".join(escape_start(escape(line)) for line in chosen.splitlines() if line.strip())
    if not markdown.strip():
        raise Unreadable(_NO_TEXT)
    first = next((leaf.text for leaf in found if leaf.kept and leaf.tag.name == "p"), "")
    return _extracted(metadata.completed(first, chosen, part.entry or part.file.path, settings), markdown, part)


def _extracted(metadata: Metadata, markdown: str, part: Part) -> Extracted:
    conversion = Conversion(part.file.path, part.file.sha256, metadata.format, READER, metadata.origins)
    return Extracted(
        title=metadata.title,
        markdown=markdown,
        conversion=conversion,
        source=metadata.source or None,
        site=metadata.site or None,
        authors=metadata.authors,
        published=metadata.published or None,
        saved=metadata.saved or None,
        language=metadata.language or None,
        description=metadata.description or None,
        image=metadata.image or None,
        tags=metadata.tags,
    )
