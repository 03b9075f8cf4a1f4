"""Links that a browser or a service wrote as HTML: Netscape's bookmark file and Pocket's list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from glossator.model import LinkListEntry
from glossator.stages.extract.opened_file import OpenedFile
from glossator.stages.extract.openers.exported_metadata import Key, Record, key
from glossator.stages.extract.text_decoding import decode

_NETSCAPE = re.compile(r"\s*<!doctype\s+netscape-bookmark", re.IGNORECASE)
_POCKET = re.compile(r"<title>Pocket Export</title>|<a\s[^<>]*\btime_added=", re.IGNORECASE)


def bookmark_format(start: str) -> str | None:
    """Return `bookmarks` or `pocket-html` according to the beginning of a file; None for other files."""
    if _NETSCAPE.match(start):
        return "bookmarks"
    return "pocket-html" if _POCKET.search(start) else None


def open_bookmarks(file: OpenedFile) -> Iterator[LinkListEntry]:
    """Yield the links in the order of the file, each with the description that follows it."""
    text = decode(file.data)
    origin = "bookmarks" if _NETSCAPE.match(text) else "pocket list"
    links: list[Record] = []
    # No tree is built: elements in these files are never closed, so that a tree would be as deep as the file is long.
    target: Any = _Links(links)  # the stubs ask for methods that lxml does without
    parser = etree.HTMLParser(target=target, huge_tree=True, encoding="utf-8")
    parser.feed(text.encode("utf-8", "replace"))
    parser.close()
    for link in links:
        if source := link.address("href"):
            title = link.text("title")
            yield LinkListEntry(
                origin,
                source=source,
                title=None if title in (source, link.raw("href")) else title,
                saved=link.moment("adddate", "timeadded"),
                description=link.text("dd"),
                tags=link.words("tags", apart=","),
            )


@dataclass(slots=True)
class _Links:
    """Target of lxml's parser, called for each element. State: the element whose text is being collected."""

    records: list[Record]
    fields: dict[Key, object] = field(default_factory=dict)
    into: Key | None = None
    gathered: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in ("a", "dd", "dt", "dl", "h3", "li", "ul"):
            self._finish()
        if tag == "a":
            self.fields = {key(name): value for name, value in attributes.items()}
            self.records.append(Record(self.fields))
            self.into = Key("title")
        elif tag == "dd":
            self.into = Key("dd")
        elif tag == "h3":
            self.fields = {}  # a description that follows belongs to a folder

    def end(self, tag: str) -> None:
        if tag in ("a", "dd", "dl"):
            self._finish()

    def data(self, data: str) -> None:
        if self.into:
            self.gathered.append(data)

    def close(self) -> None:
        self._finish()

    def _finish(self) -> None:
        if self.into:
            self.fields[self.into] = "".join(self.gathered)
        self.into = None
        self.gathered.clear()
