"""A form that a browser sent -> the page in it, its name and its address. It is read in a process that can be ended."""

from __future__ import annotations

import hashlib
import html
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from urllib.parse import quote, urldefrag

import msgspec
from tornado.httputil import HTTPFile, HTTPInputError, parse_body_arguments

from glossator.addresses import host, web_address
from glossator.config import InboxSettings
from glossator.incremental.workers.article_limits import Limits, limited
from glossator.slugs import slug
from glossator.stages.extract.decode import decode
from glossator.stages.extract.html.facts.head_and_marked_elements import HEAD, loaded_from
from glossator.stages.extract.recognise_format import recognise

SUFFIXES = {"html": ".html", "zipped-html": ".html", "mhtml": ".mhtml"}
"""Ends of names, by the formats in which browsers save a page."""
_TITLE = re.compile(r"<title\b[^<>]*>([^<]*)", re.IGNORECASE)
TITLE_WITHIN = 1_000_000
"""Bytes within which a page has its title: SingleFile puts the styles before it."""


class Upload(msgspec.Struct, frozen=True):
    """Page that was taken out of a form; `refusal` is a sentence if there is none."""

    refusal: str = ""
    stem: str = ""
    """Title as the stem of a file's name."""
    suffix: str = ""
    sha256: str = ""


def load_readers() -> None:
    """Do nothing: a process that runs this has loaded the module."""


def unpack(body: Path, content_type: str, fields: InboxSettings, page: Path, limits: Limits) -> Upload:
    """Take the page out of a form, and write it to the file `page`, headed by the address that the browser sent.

    `body` holds the form as it was sent with `content_type`.
    """
    with limited(limits):
        values: dict[str, list[bytes]] = {}
        files: dict[str, list[HTTPFile]] = {}
        try:
            parse_body_arguments(content_type, body.read_bytes(), values, files)
        except HTTPInputError as error:
            return Upload(f"The form cannot be read: {error}.")
        sent = [file["body"] for file in files.get(fields.file, [])] or values.get(fields.file, [])
        if not sent:
            return Upload(f'The form has no field "{fields.file}" with the page: see [inbox] in glossator.toml.')
        data = sent[0]
        address = web_address(next(iter(values.get(fields.url, [])), b"").decode("utf-8", "replace"))
        recognised = recognise(data, "page.html")
        if recognised not in SUFFIXES:
            return Upload("What was sent is no page that a browser saved.")
        if recognised == "html":
            data = _headed(data, address)
        page.write_bytes(data)
        stem = slug(_title(data) or host(address) or "page")
        return Upload("", stem, SUFFIXES[recognised], hashlib.sha256(data).hexdigest())


def _headed(data: bytes, address: str) -> bytes:
    """Return a page that names the address, in a comment like SingleFile's, unless its first one does already."""
    if not address or data.startswith((BOM_UTF16_BE, BOM_UTF16_LE)):
        return data
    if urldefrag(loaded_from(decode(data[:HEAD]))).url == urldefrag(address).url:
        return data
    written = re.sub(r'[\s<>"]', lambda sign: quote(sign[0]), address)
    comment = f"<!--\n Page saved with SingleFile\n url: {written}\n-->\n".encode()
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    return mark + comment + data[len(mark) :]


def _title(data: bytes) -> str:
    title = _TITLE.search(decode(data[:TITLE_WITHIN]))
    return " ".join(html.unescape(title[1]).split()) if title else ""
