"""HTML that a service stores of an article -> a page for the reader."""

from __future__ import annotations

import re
from html import escape

import msgspec
from courlan import normalize_url

from glossator import web_addresses
from glossator.model import LinkListEntry
from glossator.stages.extract.opened_file import OpenedFile, Part

_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)?<(?:!doctype|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_START = 2_000


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
        known=msgspec.structs.replace(known, source=_cleaned(source) or None),
    )


def _page(content: str, title: str) -> bytes:
    if not _PAGE.match(content[:_START]):
        head = f"<head><title>{escape(title)}</title></head>"
        content = f"<html>{head}<body><article>{content}</article></body></html>"
    return content.encode("utf-8", "replace")


def _cleaned(source: str) -> str:
    try:
        return web_addresses.web_address(normalize_url(source)) if source else ""
    except ValueError:
        return source
