"""Addresses: those of the web that are safe to follow, slugs of names, and keys under which links name pages."""

from __future__ import annotations

import hashlib
import re
from unicodedata import normalize
from urllib.parse import quote, urlsplit

from anyascii import anyascii

from glossator.model import ArticleId

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


LONGEST_SLUG = 80
"""Code points of a slug: suffixes still fit into the 255 bytes of a file name, and addresses stay readable."""
_KANA = re.compile(r"[\u3041-\u30ff\uff66-\uff9f]")
_NATIVE = re.compile(r"[\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆]+")
"""Japanese words that are no loan words: hiragana, and characters with several readings."""
_FEWEST_LETTERS = 6
"""Letters of loan words and Latin words that tell one Japanese title from others, at least."""
RESERVED = frozenset(
    {"index", "con", "prn", "aux", "nul", "once", *(f"com{i}" for i in range(1, 10)), "date", "source"}
)
"""Names with a meaning of their own: an index page of ours, a device of Windows."""
NO_SOURCE = "unknown-source"
"""Anchor of the articles whose publication is not known."""


def slug(name: str) -> str:
    """Return a name in lower-case ASCII letters, digits and single hyphens; a digest if nothing else is left of it."""
    words = re.sub(r"[^a-z0-9]+", "-", anyascii(name.replace("'", "").replace("’", "")).lower()).strip("-")
    if len(words) > LONGEST_SLUG:
        words = words[:LONGEST_SLUG].rsplit("-", 1)[0]
    if not words:
        return "x-" + short_digest(name)
    return words + "-" + short_digest(name) if words in RESERVED else words


def title_slug(title: str, language: str | None, source: str | None, day: str | None) -> str:
    """Return the slug of an article's title, as `slug` does; for a Japanese one, of what can be read without a lexicon.

    Chinese readings of its characters would be wrong. Loan words, Latin letters and numbers stay; if these are few, the
    host of the `source` and the `day` come first.
    """
    if not (_KANA.search(title) or (language or "").partition("-")[0].lower() == "ja"):
        return slug(title)
    words = _NATIVE.sub(" ", title)
    if len("".join(re.findall(r"[^\W\d]", words))) < _FEWEST_LETTERS:
        words = " ".join(filter(None, (host(source or "").replace(".", " "), (day or "")[:10], words)))
    return slug(words) if re.search(r"\w", words) else slug(title)


def source_anchor(publication: str) -> str:
    """Return the anchor of a publication in the list of sources; those of `A & B` and `A / B` differ, unlike slugs."""
    if not publication:
        return NO_SOURCE
    plain = slug(publication)
    return (
        plain
        if plain != NO_SOURCE and plain.replace("-", " ") == publication.casefold()
        else f"{plain}-{short_digest(publication)}"
    )


def short_digest(text: str) -> str:
    """Return eight hexadecimal digits, the beginning of the text's digest."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def article_id(stem: str) -> ArticleId:
    """Return the id of the article in a file of this name, without `.md`."""
    return ArticleId(slug(stem))


WIKI = "wiki:"
"""Beginning of the address of a link that names what it leads to."""


def name_key(written: str) -> str:
    """Return a key under which two ways to write the name of a note are equal: no case, heading or suffix counts."""
    name = re.sub(r"^(?:\.{0,2}/)+|\.md$", "", written.partition("#")[0].strip(), flags=re.IGNORECASE)
    return normalize("NFC", " ".join(name.split())).casefold()
