"""Addresses of the web that are safe to follow, and keys under which links name pages."""

from __future__ import annotations

import re
from unicodedata import normalize
from urllib.parse import quote, urlsplit

_PLAIN_ADDRESS = re.compile(
    r"https?://[a-z0-9][a-z0-9.-]*(?::\d+)?(?:/[\w!$%&'()*+,./:;=@~-]*)?(?:\?[\w!$%&'()*+,./:;=@~-]+)?", re.ASCII
)
"""A web address as nearly all are: nothing in it has to be left out or written otherwise."""
_CLEAN_ADDRESS = re.compile(
    r"https?://(?:www\.)?(?!www\.)(?![a-z0-9.-]*xn--)([a-z0-9][a-z0-9.-]*)(?!/\.\.)((?:/[\w!,.:=~-]+)*)/?", re.ASCII
)
"""A web address that needs no cleaning: its host without `www.`, and its path without a slash at the end."""
_FRAGMENT_WORDS = 5
"""Words at the beginning and the end of a passage by which a browser finds it."""
_USERINFO = re.compile(r"(https?://)[^\s/?#()\[\]<>\"']*@", re.IGNORECASE)
WIKI = "wiki:"
"""Beginning of the address of a link that names what it leads to."""


def without_userinfo(text: str) -> str:
    """Return a text whose web addresses have no name and password."""
    return _USERINFO.sub(r"\1", text) if "@" in text else text


def web_address(address: str | None) -> str:
    """Return the address if it is safe for readers to follow (http or https, with a host), else an empty string.

    A name and password before the host are left out, because they are somebody's.
    """
    if address and _PLAIN_ADDRESS.fullmatch(address):
        return address
    try:
        parts = urlsplit((address or "").strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def text_fragment(text: str) -> str:
    """Return the fragment of an address by which a browser finds a passage on a page.

    Source: wicg.github.io/scroll-to-text-fragment.
    """
    paragraphs = [part for part in text.split("\n") if part.strip()] or [""]
    first, last = paragraphs[0].split(), paragraphs[-1].split()
    if len(paragraphs) == 1 and len(first) <= 2 * _FRAGMENT_WORDS:
        return f":~:text={_encoded(first)}"
    return f":~:text={_encoded(first[:_FRAGMENT_WORDS])},{_encoded(last[-_FRAGMENT_WORDS:])}"


def _encoded(words: list[str]) -> str:
    return quote(" ".join(words), safe="").replace("-", "%2D")


def host(address: str) -> str:
    """Return the host of a web address without `www.`; empty if there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def canonical(address: str) -> str:
    """Return a key under which spellings of an address are equal: no scheme, `www.`, fragment, tracking parameters."""
    if clean := _CLEAN_ADDRESS.fullmatch(address):
        return f"{clean[1]}{clean[2]}"
    # Imported here because it loads a network library, a tenth of a second; most archives have clean addresses alone.
    from courlan import normalize_url  # noqa: PLC0415

    try:
        cleaned = normalize_url(address) if address else ""
        parts = urlsplit(cleaned)
    except ValueError:
        return address
    return f"{host(cleaned)}{parts.path.rstrip('/')}{'?' + parts.query if parts.query else ''}"


def name_key(written: str) -> str:
    """Return a key under which two ways to write the name of a note are equal: no case, heading or suffix counts."""
    name = re.sub(r"^(?:\.{0,2}/)+|\.md$", "", written.partition("#")[0].strip(), flags=re.IGNORECASE)
    return normalize("NFC", " ".join(name.split())).casefold()
