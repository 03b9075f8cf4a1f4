"""An article as Mozilla Readability or the Mercury parser gives it: Linkwarden's `<id>_readability.json` and others."""

from __future__ import annotations

from collections.abc import Iterator

from glossator.model import LinkListEntry
from glossator.stages.extract.opened_file import OpenedFile, Part
from glossator.stages.extract.openers.article_page import article_page
from glossator.stages.extract.openers.exported_metadata import Record, parsed
from glossator.stages.extract.unreadable import Unreadable

ORIGIN = "readability"


def open_readability(file: OpenedFile) -> Iterator[Part]:
    """Yield the article as HTML if the file holds that, else as text.

    Raises Unreadable if the JSON is damaged, or does not contain the article's text.
    """
    record = Record.of(parsed(file.data))
    known = _known(record)
    content, text = record.raw("content"), record.raw("textcontent")
    if content.strip():
        yield article_page(file, content, known, "readability")
    elif text.strip():
        yield Part(file, text.encode("utf-8", "replace"), "text", recognised="readability", known=known)
    else:
        raise Unreadable("The file tells of an article and does not hold its text; add the page that lies beside it.")


def _known(record: Record) -> LinkListEntry:
    return LinkListEntry(
        ORIGIN,
        source=record.address("url"),
        title=record.text("title"),
        site=record.text("sitename", "domain"),
        authors=record.people("byline", "author"),
        published=record.moment("publishedtime", "datepublished"),
        language=record.language("lang"),
        description=record.text("excerpt", "dek"),
        image=record.address("leadimageurl", "image"),
    )
