"""Alternative texts of pictures: those that say something about the picture, and none for the others."""

from __future__ import annotations

import re
from urllib.parse import unquote

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
    if _EMPTY.fullmatch(text) or _FILE.fullmatch(text) or _CODE.fullmatch(text) or folded(text) in names:
        return ""
    return "" if " " not in text and _is_file_name(text, address) else text


def _is_file_name(text: str, address: str) -> bool:
    """True if a single word is the name of the picture's file, and no word of a language."""
    stem = _EXTENSION.sub("", unquote(address).partition("?")[0].rpartition("/")[2])
    marked = any(mark in "-_" or mark.isdigit() for mark in text)
    return marked and folded(stem).startswith(folded(text))


def folded(text: str) -> str:
    """Return the form of a name in which its spellings are equal."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()
