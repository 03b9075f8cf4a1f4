"""Addresses of links and pictures of a page, absolute or of pictures saved with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bs4.element import Tag

from glossator.stages.extract.escape_markdown import escape
from glossator.stages.extract.html.writer.pictures import Pictures, said

_ENCODED = {ord(mark): f"%{ord(mark):02X}" for mark in " ()<>\"'\\`[]|*{}^"}
"""Characters that would end or change an address in Markdown, percent-encoded."""
LAZY = tuple(
    "data-src data-original data-lazy-src data-lazy data-hi-res-src data-full-src data-image nitro-lazy-src".split()
)
"""Attributes from which a script would have taken the address of a picture."""
LAZY_SETS = ("data-srcset", "data-lazy-srcset", "nitro-lazy-srcset", "srcset")
_PLACEHOLDER = re.compile(
    r"(?:^|[/_.-])(?:blank|placeholder|spacer|pixel|transparent|loading|grey|1x1)(?:[_-][\w-]*|\d*)\.(?:gif|png|svg)",
    re.IGNORECASE,
)
PICTURE = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)\b", re.IGNORECASE)
"""End of a picture's name in an address."""
_SMALLEST = 33
"""Pixels: a picture with less is an icon or counts readers."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Resolver against the page's own address; if that is empty, relative addresses stay relative."""

    base: str
    pictures: Pictures = field(default_factory=lambda: Pictures({}))
    embedded: tuple[str, ...] = ()
    """Pictures that the page's addresses contained as data: `data:0` is the first."""
    names: frozenset[str] = frozenset()
    """Names of the site and the authors in folded form, which say nothing of a picture."""

    def link(self, href: str) -> str:
        """Return an address for Markdown; empty for schemes other than web and mail."""
        return self._resolved("".join(href.split()), ("http", "https", "mailto"))

    def image(self, tag: Tag) -> str:
        """Return an `img` as Markdown; empty if it shows no picture of the article."""
        if any(_pixels(tag.get(side)) < _SMALLEST for side in ("width", "height")):
            return ""
        address = next(filter(None, map(self._picture, _sources(tag))), "")
        alt = escape(said(str(tag.get("alt") or ""), address, self.names)).replace("\\_", "_")
        return f"![{alt}]({address})" if address else ""

    def _picture(self, source: str) -> str:
        """Return the address of a picture: in the saved file, beside it, or on the web."""
        if source[:5].lower() == "data:":
            return self.pictures.address(self.embedded[int(source[5:])]) if source[5:].isdigit() else ""
        absolute = self._resolved(source, ("http", "https"))
        web = urlsplit(absolute).scheme != ""
        return self.pictures.address(source, urljoin(self.base, source) if web else "") or absolute

    def _resolved(self, address: str, schemes: tuple[str, ...]) -> str:
        address = address.strip()
        try:
            whole = urljoin(self.base, address)
            parts = urlsplit(whole)
        except ValueError:
            return ""
        if not address or (_SCHEME.match(whole) and parts.scheme not in schemes):
            return ""
        if parts.scheme in ("http", "https") and not parts.netloc:
            return ""
        if not parts.scheme and whole.startswith("//"):
            whole = f"https:{whole}"
        # A semicolon would turn an ampersand and the letters after it into a character reference.
        return re.sub(r"(&#?\w+);", r"\1%3B", whole.translate(_ENCODED))


def _pixels(value: object) -> int:
    number = re.match(r"\d{1,6}", str(value or ""))
    return int(number[0]) if number else _SMALLEST


def _sources(tag: Tag) -> list[str]:
    """Return the possible addresses of a picture, best first: scripts would have replaced a placeholder by its data."""
    own = str(tag.get("src") or "").strip()
    lazy = [str(tag.get(name) or "").strip() for name in LAZY]
    sets = [_largest(str(tag.get(name) or "")) for name in LAZY_SETS]
    picture = tag.find_parent("picture")
    if picture:
        sets += [_largest(str(source.get("srcset") or source.get("data-srcset") or "")) for source in picture("source")]
    others = [source for source in (*lazy, *sets) if source and not source.startswith("data:")]
    if own and not own.startswith("data:") and not _PLACEHOLDER.search(own):
        preferred = [source for source in lazy if PICTURE.search(source)]
        return [*preferred, own]
    return [*others, own] if own.startswith("data:") else others


def _largest(srcset: str) -> str:
    """Return the candidate with the greatest width or density; commas may be part of an address."""
    candidates = re.findall(r"(\S*[^,\s])(?:\s+([\d.]+)[wx])?\s*(?:,|$)", srcset)
    return max(candidates, key=lambda pair: _number(pair[1]), default=("", ""))[0]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
