"""Openers by format."""

from __future__ import annotations

from collections.abc import Iterator

from glossator.extensions.openers import (
    docx,
    epub,
    link_lists,
    mail,
    pdf,
    services,
    web_archives,
    webarchive,
    zip_archives,
)
from glossator.model import LinkListEntry, Problem
from glossator.stages.extract import CORE_OPENERS, OpenedFile, Openers
from glossator.stages.extract.opened_file import Part


def _open_zip(file: OpenedFile) -> Iterator[Part | LinkListEntry | Problem]:
    return zip_archives.open_zip(file, {**CORE_OPENERS, **OPENERS})


OPENERS: Openers = {
    "bookmarks": link_lists.open_bookmarks,
    "karakeep": services.open_karakeep,
    "linkwarden": services.open_linkwarden,
    "docx": docx.open_word,
    "email": mail.open_mail,
    "epub": epub.open_epub,
    "mbox": mail.open_mailbox,
    "omnivore": services.open_omnivore,
    "omnivore-json": services.open_omnivore_items,
    "pdf": pdf.open_pdf,
    "pinboard": services.open_pinboard,
    "pocket-html": link_lists.open_bookmarks,
    "pocket-zip": link_lists.open_pocket,
    "readability": services.open_readability,
    "readeck": services.open_readeck,
    **dict.fromkeys(("desktop", "url", "webloc"), link_lists.open_shortcut),
    "wacz": web_archives.open_wacz,
    "wallabag": services.open_wallabag,
    "warc": web_archives.open_warc,
    "webarchive": webarchive.open_webarchive,
    "zip": _open_zip,
    "zipped-html": zip_archives.open_packed,
    **dict.fromkeys(link_lists.FORMATS, link_lists.open_table),
}
"""Format of a file that holds pages or links -> its opener."""
