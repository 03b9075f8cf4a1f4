"""Addresses of links and pictures of a page, absolute or of pictures saved with it; and alternative texts."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, unquote_to_bytes, urljoin, urlsplit

from bs4.element import Tag

from glossator.local_pictures import BESIDE, FOLDER, LARGEST, page_of, picture
from glossator.model import Picture
from glossator.stages.extract.escape_markdown import escape
from glossator.text import bare_words

_DATA = re.compile(r"data:([\w.+/-]*)((?:;[^,;]*)*),(.*)", re.DOTALL | re.IGNORECASE)


@dataclass(slots=True)
class Pictures:
    """Collection of the pictures that an article shows. State: the pictures requested so far."""

    files: Mapping[str, bytes]
    """Resources saved with the page: Part.files."""
    collected: dict[str, Picture] = field(default_factory=dict)
    left_out: int = 0
    """Pictures that were left out because the article's pictures would have been larger than LARGEST together."""

    def address(self, source: str, absolute: str = "") -> str:
        """Return the address for Markdown of a picture that the saved file holds; empty if the file does not hold it.

        `source` is the address as the page writes it, `absolute` the address resolved against the page's, if that is
        known. A path that leads to a file beside the saved one becomes `saved:` and the path, quoted.
        """
        source = source.strip()
        if source[:5].lower() == "data:":
            return self._collect(_embedded(source))
        for name in (absolute, source, unquote(source).removeprefix("./")):
            if name in self.files:
                return self._collect(self.files[name])
        path = unquote(source)
        local = not absolute or page_of(path.removeprefix("./").partition("/")[0])
        return BESIDE + quote(path) if local and _is_beside(source) else ""

    def _collect(self, data: bytes) -> str:
        image = picture(data)
        if image is None:
            return ""
        if image.name not in self.collected:
            if sum(len(other.data) for other in self.collected.values()) + len(data) > LARGEST:
                self.left_out += 1
                return ""
            self.collected[image.name] = image
        return FOLDER + image.name


def _embedded(source: str) -> bytes:
    parts = _DATA.match(source)
    if not parts:
        return b""
    if "base64" not in parts[2].lower():
        return unquote_to_bytes(parts[3])
    try:
        return base64.b64decode(unquote(parts[3]))
    except (binascii.Error, ValueError):
        return b""


def _is_beside(source: str) -> bool:
    """True if an address is a path below the folder that the saved file lies in."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    path = unquote(parts.path)
    return bool(path) and not (parts.scheme or parts.netloc or path.startswith("/") or ".." in path.split("/"))


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
PICTURE = re.compile(r"\.(?:avif|gif|jpe?g|png|webp)\b", re.IGNORECASE)
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


_KIND = (
    r"images?|img|pictures?|pics?|photos?|photographs?|bild(?:er)?|foto(?:s|grafie|grafia|grafía)?|imagen|imagem|"
    r"immagine|afbeelding|figure|figur|abbildung|illustration|graphic|thumbnail|screenshot|screen ?shot|banner|icon|"
    r"logo|avatar|placeholder|untitled|unnamed|null|undefined|none|alt(?: text)?|article image|featured image|"
    r"hero image|lead image|header image|cover image|post image|blog image|image description|default"
)
_EMPTY = re.compile(rf"\W*(?:{_KIND})\W*\d*\W*(?:of \d+)?\W*", re.IGNORECASE)
"""Text that only says that there is a picture, perhaps with its number."""
_FORMATS = "avif|bmp|gif|jpe?g|png|svg|tiff?|webp"
_FILE = re.compile(rf"\S*\.(?:{_FORMATS})(?:\W.*)?|.*\.(?:{_FORMATS})", re.IGNORECASE)
_CODE = re.compile(
    r"(?:IMG|DSC[FN]?|DCIM|PXL|MVI|P|Screenshot|image|photo|shutterstock|istock|adobestock)?[\d_x-]{4,}\w{0,3}",
    re.IGNORECASE,
)
"""Name that a camera or an agency gives."""
_EXTENSION = re.compile(r"\.\w{2,5}$")


def said(alt: str, address: str, names: frozenset[str]) -> str:
    """Return an alternative text in one line; empty if it says nothing of the picture.

    It says nothing if it is a word for pictures, the name of a file, or one of `names` (in folded form): those of the
    site and the authors.
    """
    text = " ".join(alt.split())
    if _EMPTY.fullmatch(text) or _FILE.fullmatch(text) or _CODE.fullmatch(text) or bare_words(text) in names:
        return ""
    return "" if " " not in text and _is_file_name(text, address) else text


def _is_file_name(text: str, address: str) -> bool:
    """True if a single word is the name of the picture's file, and no word of a language."""
    stem = _EXTENSION.sub("", unquote(address).partition("?")[0].rpartition("/")[2])
    marked = any(mark in "-_" or mark.isdigit() for mark in text)
    return marked and bare_words(stem).startswith(bare_words(text))
