"""Exports of read-later services in JSON, by themselves or in a ZIP archive -> articles, and links without a text.

`FIELDS` says in which fields each service writes what is known of an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import PurePosixPath

import msgspec

from glossator.addresses import web_address
from glossator.extension_points.openers import Opener
from glossator.extensions.openers.highlights import highlights_of, quoted_lines
from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.containers.exported_metadata import Fields, Record, entries, fields, link, parsed
from glossator.stages.extract.containers.zip_formats import OMNIVORE_LIST, READECK_ARTICLE, READECK_BOOKMARK
from glossator.stages.extract.containers.zip_members import FilesBeside, Zipped, opened
from glossator.stages.extract.decode import decode
from glossator.stages.extract.html.facts.site_and_address import without_tracking
from glossator.stages.extract.opened_file import Opened, OpenedFile, Part, Unreadable

FIELDS: Mapping[str, Fields] = {
    "omnivore": fields(
        "omnivore export",
        source="url originalarticleurl",
        title="title",
        site="sitename",
        authors="author",
        published="publishedat",
        saved="savedat",
        description="description",
        image="thumbnail image",
        tags="labels",
    ),
    "wallabag": fields(
        "wallabag export",
        source="url givenurl",
        title="title",
        authors="publishedby",
        published="publishedat",
        saved="createdat",
        language="language",
        image="previewpicture",
        tags="tags",
        apart=",",
    ),
    "readeck": fields(
        "readeck export",
        source="url initialurl",
        title="title",
        site="sitename site",
        authors="authors",
        published="published",
        saved="created",
        language="lang",
        description="description",
        tags="labels tags",
    ),
    "karakeep": fields(
        "karakeep list",
        source="content.url content.sourceurl",
        title="title content.title",
        authors="content.author",
        published="content.datepublished",
        saved="createdat",
        description="content.description",
        tags="tags",
    ),
    "pinboard": fields(
        "pinboard list",
        source="href",
        title="description",
        saved="time",
        description="extended",
        tags="tags",
        apart=" ",
    ),
    "linkwarden": fields(
        "linkwarden list",
        source="url",
        title="name",
        saved="importdate createdat",
        description="description",
        tags="tags",
    ),
    "readability": fields(
        "readability",
        source="url",
        title="title",
        site="sitename domain",
        authors="byline author",
        published="publishedtime datepublished",
        language="lang",
        description="excerpt dek",
        image="leadimageurl image",
    ),
}
"""Fields of a record, by service; in Karakeep's, those of its `content` have this name before their own."""

_CONTENT = re.compile(r"(?:[^/]+/)?content/([^/]+)\.(html|pdf)")
"""Text of an article in Omnivore's export."""
_MARKED = re.compile(r"(?:[^/]+/)?highlights/([^/]+)\.md")
"""Highlights of an article in Omnivore's export."""
UNTITLED = "No title found"
_FAILED = re.compile(r"wallabag can.{1,6}t retrieve contents for this article", re.IGNORECASE)
"""Text that replaces an article that could not be fetched, in versions that have no field to say so."""
_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)?<(?:!doctype|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_START = 2_000


def open_pinboard(file: OpenedFile) -> Opened:
    """Yield the links of a Pinboard export in the order of the file.

    Raises Unreadable if the JSON is damaged.
    """
    for number, value in enumerate(entries(file.data), 1):
        yield from link(value, FIELDS["pinboard"], file, f"Link {number}")


def open_linkwarden(file: OpenedFile) -> Opened:
    """Yield the links of a Linkwarden account, collection by collection; neither the account nor copies are read.

    Raises Unreadable if the JSON is damaged.
    """
    for row, collection in enumerate(Record.of(parsed(file.data)).values("collections"), 1):
        for number, value in enumerate(Record.of(collection).values("links"), 1):
            yield from link(value, FIELDS["linkwarden"], file, f"Link {number} of collection {row}")


def open_karakeep(file: OpenedFile) -> Opened:
    """Yield the bookmarks in the order of the file, and the texts that were written into Karakeep directly.

    Notes are the person's own and are not read. Raises Unreadable if the JSON is damaged.
    """
    for number, value in enumerate(Record.of(parsed(file.data)).values("bookmarks"), 1):
        bookmark = Record.of(value)
        content = bookmark.record("content")
        flat = bookmark.joined("content.", content)
        if text := content.raw("text").strip():
            data, known = text.encode("utf-8", "replace"), FIELDS["karakeep"].read(flat)
            yield Part(file, data, "markdown", recognised="karakeep", entry=f"bookmark {number}", known=known)
        else:
            yield from link(flat, FIELDS["karakeep"], file, f"Bookmark {number}")


def open_readability(file: OpenedFile) -> Iterator[Part]:
    """Yield an article that Mozilla Readability or the Mercury parser found: as HTML if the file holds that, or text.

    Linkwarden's `<id>_readability.json` is one. Raises Unreadable if the JSON is damaged, or does not contain the
    article's text.
    """
    record = Record.of(parsed(file.data))
    known = FIELDS["readability"].read(record)
    content, text = record.raw("content"), record.raw("textcontent")
    if content.strip():
        yield article_page(file, content, known, "readability")
    elif text.strip():
        yield Part(file, text.encode("utf-8", "replace"), "text", recognised="readability", known=known)
    else:
        raise Unreadable("The file tells of an article and does not hold its text; add the page that lies beside it.")


def open_wallabag(file: OpenedFile) -> Opened:
    """Yield the entries of a wallabag export in the order of the file. The account is not read.

    Raises Unreadable if the JSON is damaged.
    """
    names: set[str] = set()
    for number, value in enumerate(entries(file.data), 1):
        entry = Record.of(value)
        content = entry.raw("content")
        if is_text(content) and not entry.flag("isnotparsed"):
            name = entry.text("id") or f"entry {number}"
            name = f"{name} ({number})" if name in names else name
            names.add(name)
            yield article_page(file, content, _titled(FIELDS["wallabag"].read(entry)), "wallabag", name)
            yield from highlights_of(entry, FIELDS["wallabag"].read(entry), "wallabag", name)
        else:
            for listed in link(entry, FIELDS["wallabag"], file, f"Entry {number}"):
                yield _titled(listed) if isinstance(listed, LinkListEntry) else listed
            yield from highlights_of(entry, FIELDS["wallabag"].read(entry), "wallabag")


def is_text(content: str) -> bool:
    """True if `content`, which wallabag stored, is an article's text, rather than empty or an apology."""
    return bool(content.strip()) and not _FAILED.search(content[:500])


def _titled(known: LinkListEntry) -> LinkListEntry:
    """Return the metadata without the title that wallabag gives to a page of which it found none."""
    return msgspec.structs.replace(known, title=None) if known.title == UNTITLED else known


def open_omnivore(file: OpenedFile) -> Opened:
    """Yield the items of an Omnivore export in the order of the batches, then the texts that no item names.

    Raises Unreadable if the archive is damaged.
    """
    archive = opened(file.data)
    stored = (name for name, member in archive.members.items() if member.file_size)
    contents = {match[1]: name for name in stored if (match := _CONTENT.fullmatch(name))}
    marked = {PurePosixPath(name).stem: name for name in archive.members if _MARKED.fullmatch(name)}
    for batch in filter(OMNIVORE_LIST.fullmatch, archive.members):
        try:
            values = entries(archive.read(batch))
        except Unreadable as error:
            yield Problem("extract", file.path, f"{batch}: {error.message}", error.line)
            continue
        for number, value in enumerate(values, 1):
            item = Record.of(value)
            name, marks = (files.pop(item.raw("slug"), "") for files in (contents, marked))
            if name:
                yield from _omnivore_text(file, archive, name, FIELDS["omnivore"].read(item))
            else:
                yield from link(item, FIELDS["omnivore"], file, f"Item {number} of {batch}")
            if marks:
                page = PurePosixPath(name).stem if name.endswith(".html") else None
                yield from quoted_lines(decode(archive.read(marks)), FIELDS["omnivore"].read(item), "omnivore", page)
    for name in contents.values():
        yield from _omnivore_text(file, archive, name, LinkListEntry(FIELDS["omnivore"].origin))


def open_omnivore_items(file: OpenedFile) -> Opened:
    """Yield the items of one batch that was taken out of its Omnivore export.

    Raises Unreadable if the JSON is damaged.
    """
    for number, value in enumerate(entries(file.data), 1):
        yield from link(value, FIELDS["omnivore"], file, f"Item {number}")


def _omnivore_text(file: OpenedFile, archive: Zipped, name: str, known: LinkListEntry) -> Opened:
    entry = name.rpartition("/")[2]
    try:
        data = _omnivore_data(archive, name)
    except Unreadable as error:
        yield Problem("extract", file.path, f"{entry}: {error.message}")
        if known.source:
            yield known
        return
    yield article_page(file, data.decode("utf-8", "replace"), known, "omnivore", entry.removesuffix(".html"))


def _omnivore_data(archive: Zipped, name: str) -> bytes:
    if name.endswith(".pdf"):
        raise Unreadable("The article is a PDF document, which Glossator does not read yet; save its text.")
    return archive.read(name)


def open_readeck(file: OpenedFile) -> Opened:
    """Yield the bookmarks of either of Readeck's archives: the Markdown export, and the backup with a page for each.

    Raises Unreadable if the archive is damaged.
    """
    archive = opened(file.data)
    for name in archive.members:
        try:
            if READECK_ARTICLE.fullmatch(name):
                yield _readeck_markdown(file, archive, name)
            elif READECK_BOOKMARK.fullmatch(name):
                yield from _readeck_backup(file, archive, name)
        except Unreadable as error:
            yield Problem("extract", file.path, f"{name}: {error.message}", error.line)


def _readeck_markdown(file: OpenedFile, archive: Zipped, name: str) -> Part:
    """Read a text of the Markdown export, whose front matter holds all metadata; its pictures lie beside it."""
    data, folder = archive.read(name), name.removesuffix("index.md")
    entry = folder.rstrip("/").rpartition("/")[2]
    files = FilesBeside(archive, folder.rstrip("/"), within=folder)
    return Part(file, data, "markdown", recognised="readeck", entry=entry, charset="utf-8", files=files)


def _readeck_backup(file: OpenedFile, archive: Zipped, name: str) -> Opened:
    value = parsed(archive.read(name))
    folder = name.removesuffix("info.json")
    text = f"{folder}container/index.html"
    if isinstance(value, dict) and text in archive.members and archive.members[text].file_size:
        content, known = archive.read(text).decode("utf-8", "replace"), FIELDS["readeck"].read(Record.of(value))
        part = article_page(file, content, known, "readeck", folder.rstrip("/").rpartition("/")[2])
        yield msgspec.structs.replace(
            part, files=FilesBeside(archive, f"{folder}container", within=f"{folder}container/")
        )
        yield from highlights_of(Record.of(value), known, "readeck", part.entry)
    else:
        yield from link(value, FIELDS["readeck"], file, name)


def article_page(file: OpenedFile, content: str, known: LinkListEntry, recognised: str, entry: str = "") -> Part:
    """Wrap an article, which services store without a page around it, in a page; tracking is removed from its address.

    `content` is the article's HTML; `recognised` is the format's name in the front matter, `entry` the name within
    `file`.
    """
    source = known.source or ""
    return Part(
        file,
        _page(content, known.title or ""),
        "html",
        recognised=recognised,
        entry=entry,
        charset="utf-8",
        address=source,
        known=msgspec.structs.replace(known, source=web_address(without_tracking(source)) or known.source),
    )


def _page(content: str, title: str) -> bytes:
    if not _PAGE.match(content[:_START]):
        head = f"<head><title>{escape(title)}</title></head>"
        content = f"<html>{head}<body><article>{content}</article></body></html>"
    return content.encode("utf-8", "replace")


KARAKEEP = Opener(contract=2, open=open_karakeep)
LINKWARDEN = Opener(contract=2, open=open_linkwarden)
OMNIVORE = Opener(contract=2, open=open_omnivore)
OMNIVORE_ITEMS = Opener(contract=2, open=open_omnivore_items)
PINBOARD = Opener(contract=2, open=open_pinboard)
READABILITY = Opener(contract=2, open=open_readability)
READECK = Opener(contract=2, open=open_readeck)
WALLABAG = Opener(contract=2, open=open_wallabag)
