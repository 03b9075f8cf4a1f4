"""Highlights as other programs write them -> values: texts of a bounded length, colours by our names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from glossator.model import COLOURS, Colour, ImportedHighlight
from glossator.stages.extract.containers.exported_metadata import Record

LONGEST = 20_000
"""Characters of a passage or a note: as the site's own script reads them."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_EMPTY_LINES = re.compile(r"[ \t]*\n\s*\n\s*")
_HEX = re.compile(r"#([0-9a-fA-F]{6})")
_SHADES: Mapping[Colour, bytes] = {
    "yellow": bytes.fromhex("ffd400"),
    "red": bytes.fromhex("ff6666"),
    "green": bytes.fromhex("5fb236"),
    "blue": bytes.fromhex("2ea8e5"),
    "purple": bytes.fromhex("a28ae5"),
    "pink": bytes.fromhex("e56eee"),
    "orange": bytes.fromhex("f19837"),
    "grey": bytes.fromhex("aaaaaa"),
}
"""The colours of Zotero, which has eight, in red, green and blue."""
_SYNONYMS: Mapping[str, Colour] = {"gray": "grey", "magenta": "pink", "violet": "purple"}


def imported(
    source: str,
    record: Record,
    about: Record | None = None,
    *,
    page: str | None = None,
    **more: str,
) -> ImportedHighlight:
    """Return the highlight of a record, whose fields are read by the names that programs use.

    `about` is the record of the article, if it is another; `more` replaces fields that are written otherwise.
    """
    of_article = record if about is None else about
    tags = " ".join(f"#{tag.lstrip('#')}" for tag in record.words("tags", "labels", apart=","))
    notes = (more["note"] if "note" in more else _first(record, _NOTES), tags)
    return ImportedHighlight(
        exact=plain(more["exact"] if "exact" in more else _first(record, _PASSAGES)),
        source=source,
        address=more.get("address") or of_article.address("url", "uri", "source", "originalarticleurl") or "",
        title=more.get("title") or of_article.text("title", "booktitle") or "",
        page=page,
        note=plain("\n\n".join(filter(None, notes))),
        colour=colour_of(more.get("colour") or record.raw("color") or record.raw("colour")),
        made=more.get("made") or record.moment("created", "createdat", "highlightedat", "timestamp") or "",
        prefix=plain(more.get("prefix", record.raw("prefix"))),
        suffix=plain(more.get("suffix", record.raw("suffix"))),
    )


_PASSAGES = ("exact", "quote", "highlight", "text")
_NOTES = ("note", "comment", "annotation")


def _first(record: Record, names: Sequence[str]) -> str:
    return next(filter(None, (record.raw(name).strip() for name in names)), "")


def plain(text: str, longest: int = LONGEST) -> str:
    """Return a text without control characters, its lines kept, cut to a number of characters."""
    lines = text[: 2 * longest].replace("\r\n", "\n").replace("\r", "\n")
    return _EMPTY_LINES.sub("\n\n", _CONTROLS.sub(" ", lines)).strip()[:longest]


def colour_of(written: str) -> Colour:
    """Return the colour that a program names, or the nearest to one that it writes as `#rrggbb`; empty for others."""
    if match := _HEX.fullmatch(written.strip()):
        shade = bytes.fromhex(match[1])
        return min(_SHADES, key=lambda name: sum((a - b) ** 2 for a, b in zip(_SHADES[name], shade, strict=True)))
    name = written.strip().lower()
    return next((colour for colour in COLOURS if colour == _SYNONYMS.get(name, name)), "")
