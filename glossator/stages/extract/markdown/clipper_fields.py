"""Front matter of clippers and read-later services -> metadata with our names and notation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from glossator.addresses import web_address
from glossator.stages.extract.metadata.date_parsing import iso
from glossator.text import one_line
from glossator.word_lists import lines

SYNONYMS = {name: keys for name, (keys,) in lines("clipper_fields").items()}
"""Keys of clippers by field, the more certain first."""
_OWN_TAGS = frozenset(("clippings", "clipping"))
"""Tags that a clipper adds to everything it saves."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_OFFSET = re.compile(r"\(?UTC\s*([+-]\d\d:?\d\d)\)?", re.IGNORECASE)
"""Time zone as MarkDownload writes it."""


def values(fields: Mapping[str, object]) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Yield the fields of an article that the front matter contains."""
    values_by_key = {key.lower().replace(" ", "_"): value for key, value in fields.items()}
    for name, keys in SYNONYMS.items():
        for key in keys.split():
            if value := _value(name, values_by_key.get(key)):
                yield name, value
                break


def _value(name: str, value: object) -> str | tuple[str, ...]:  # noqa: PLR0911 -- one for each kind
    if name == "authors":
        return tuple(dict.fromkeys(_people(value)))
    if name == "aliases":
        separators = r"\s*,\s*" if isinstance(value, str) else r"(?!)"
        names = (name for text in _texts(value) for name in re.split(separators, _unlinked(one_line(text))))
        return tuple(dict.fromkeys(name for name in names if name))
    if name == "tags":
        return tuple(dict.fromkeys(tag for tag in _tags(value) if tag.lower() not in _OWN_TAGS))
    text = " ".join(_unlinked(next(iter(_texts(value)), "")).split())
    if name in ("published", "saved"):
        return iso(_OFFSET.sub(r"\1", text))
    if name in ("source", "image"):
        return web_address(_target(text))
    if name == "language":
        return text.replace("_", "-") if _LANGUAGE.fullmatch(text) else ""
    return text


def _texts(value: object) -> Iterator[str]:
    """Yield the texts in a value: each text of a list, also of a nested one (`[[Name]]` without quotes is one)."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
        yield str(value).strip()


def _unlinked(text: str) -> str:
    """Remove the brackets of wiki links."""
    return re.sub(r"\[\[(?:[^\[\]|]*+\|)?([^\[\]]++)\]\]", r"\1", text)


def _target(text: str) -> str:
    """Return the address in `[words](address)` or `<address>`; any other text unchanged."""
    match = re.fullmatch(r"!?\[[^\]]*\]\((\S+)\)|<(\S+)>", text)
    return (match[1] or match[2]) if match else text


def _people(value: object) -> Iterator[str]:
    for text in _texts(value):
        separators = r"\s*[;,]\s*|\s+(?:and|&)\s+" if isinstance(value, str) else r"\s*;\s*"
        for name in re.split(separators, _unlinked(one_line(text)).removeprefix("By ").removeprefix("by ")):
            if name.strip() and not re.match(r"https?://", name):
                yield name.strip()


def _tags(value: object) -> Iterator[str]:
    for text in _texts(value):
        separators = r"[,;]|\s+(?=#)" if isinstance(value, str) else r"(?!)"
        yield from (
            tag for part in re.split(separators, one_line(text)) if (tag := _unlinked(part).strip().lstrip("#"))
        )
