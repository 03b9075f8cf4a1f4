"""An article as Mozilla Readability or the Mercury parser gives it: Linkwarden's `<id>_readability.json` and others."""

from __future__ import annotations

from collections.abc import Iterator

from glossator.model import LinkListEntry
from glossator.stages.extract.openers.kept import article
from glossator.stages.extract.openers.records import Record, parsed
from glossator.stages.extract.part import File, Part
from glossator.stages.extract.unreadable import Unreadable

ORIGIN = "readability"


def open_readability(file: File) -> Iterator[Part]:
    """The article, with its form where the file holds that, else its text.

    Raises:
        Unreadable: the JSON is damaged, or the article's text is not in it.
    """
    found = Record.of(parsed(file.data))
    known = _known(found)
    content, text = found.raw("content"), found.raw("textcontent")
    if content.strip():
        yield article(file, content, known, "readability")
    elif text.strip():
        yield Part(file, text.encode("utf-8", "replace"), "text", recognised="readability", known=known)
    else:
        raise Unreadable("The file tells of an article and does not hold its text; add the page that lies beside it.")


def _known(found: Record) -> LinkListEntry:
    return LinkListEntry(
        ORIGIN,
        source=found.address("url"),
        title=found.text("title"),
        site=found.text("sitename", "domain"),
        authors=found.people("byline", "author"),
        published=found.moment("publishedtime", "datepublished"),
        language=found.language("lang"),
        description=found.text("excerpt", "dek"),
        image=found.address("leadimageurl", "image"),
    )
