"""Formats of files that hold highlights of articles and no articles, told by content."""

from __future__ import annotations

import re
from collections.abc import Mapping

from glossator.stages.extract.containers.exported_metadata import Key, Record

CLIPPING_END = re.compile(r"^={10}[ \t]*$\n?", re.MULTILINE)
"""Line behind each entry of Kindle's `My Clippings.txt`."""
_CLIPPING = re.compile(r"\s*\S[^\n]*\n- [^\n]*\d[^\n]*\|[^\n]*\d{4}")
"""Beginning of an entry: title, and a line of where it is and when it was made."""
ZOTERO_ANNOTATION = re.compile(r"zotero://open[^\s)\"'<>]{0,300}\bannotation=[A-Z0-9]+|\bdata-annotation=[\"']%7B")
"""Link of Zotero to an annotation, in Markdown and HTML; or what its notes hold of one."""
_ZOTERO_NOTE = re.compile(r"<div\b[^>]{0,200}(?:zotero-note|data-schema-version)")
_START = 2_000
"""Characters within which a note in HTML says that it is one."""
READWISE_COLUMNS = frozenset({"highlight", "booktitle"})


def highlights_in_text(text: str) -> str | None:
    """Return the format of a text that holds highlights, by its beginning; None for any other text."""
    if _CLIPPING.match(text) and CLIPPING_END.search(text):
        return "kindle"
    # Fast: the pattern, which begins in two ways, is tried at each character of a long page.
    cites = ("zotero://open" in text or "data-annotation=" in text) and ZOTERO_ANNOTATION.search(text)
    return "zotero-note" if cites and _is_zotero_note(text) else None


def _is_zotero_note(text: str) -> bool:
    """True if a text is a note of Zotero's, or half of its paragraphs cite annotations: notes of people cite few."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text) if part.strip() and not part.lstrip().startswith("#")]
    cited = sum(bool(ZOTERO_ANNOTATION.search(part)) for part in paragraphs)
    return bool(_ZOTERO_NOTE.search(text[:_START])) or (
        not text.lstrip().startswith("<") and 2 * cited >= len(paragraphs)
    )


def highlights_in_json(value: object) -> str | None:
    """Return the format of JSON that holds highlights; None for any other JSON."""
    first = Record.of(next((entry for entry in annotations_in(value) if isinstance(entry, dict)), None))
    if "target" in first.fields and ("uri" in first.fields or _is_annotation(first.fields)):
        return "annotations"
    return "clipper-highlights" if isinstance(value, list) and first.raw("url") and first.values("highlights") else None


def _is_annotation(fields: Mapping[Key, object]) -> bool:
    return "Annotation" in str(fields.get(Key("type")))[:100]


def annotations_in(value: object) -> list[object]:
    """Return the annotations in a page or collection of them, in an answer of Hypothesis's API, or in a list."""
    record = Record.of(value)
    lists = (*map(record.values, ("rows", "annotations", "items")), record.record("first").values("items"))
    return value if isinstance(value, list) else next(filter(None, lists), [value])
