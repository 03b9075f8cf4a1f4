"""Fields of a front matter -> the rights that they state. The forms in which people say it are the tables here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import get_args

import msgspec

from glossator.dates import MONTHS
from glossator.model import Rights
from glossator.text import bare_words

KEY = "rights"
KNOWN: tuple[Rights, ...] = get_args(Rights)
"""Every value of `rights`, from all to nothing."""
_PUBLIC_IF = {"draft": False, "private": False, "publish": True, "published": True}
"""Fields of other programs (Obsidian, Hugo, Jekyll) that say whether a text is published, and the value if it is."""
_TRUE = frozenset(("true", "yes", "on", "y", "1"))
_FALSE = frozenset(("false", "no", "off", "n", "0"))
_KEPT = frozenset(("private", "draft", "hidden", "unlisted", "unpublished", "secret", "confidential"))
_PRIVATE = frozenset(("private",))
TAGS = frozenset(("tags", "tag", "keywords", "labels", "categories"))
_HINTS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("visibility", "access", "status", "poststatus"), _KEPT),
    **dict.fromkeys(("sharing", "copyright", "license", "licence"), _PRIVATE),
    **dict.fromkeys(("public", "listed", "share", "dgpublish"), _FALSE | _PRIVATE),
    **dict.fromkeys(("hidden", "unlisted", "secret", "confidential"), _TRUE | _PRIVATE),
    **dict.fromkeys(TAGS, _PRIVATE),
}
"""Fields of other programs (WordPress, Ghost, Digital Garden), and the values with which they keep a text back."""
KEYS = frozenset({KEY, *_PUBLIC_IF, *_HINTS} - TAGS)
"""Fields that state rights."""
_OWN_TABLE = "conversion"
"""Field that the program writes itself, and which tells where the rights come from."""
_DAY = re.compile(rf"\d|\b(?:{'|'.join(name[:3] for name in MONTHS)})[a-z]*\b", re.IGNORECASE)
"""Sign that a value is meant as a day, readable or not."""


class Unclear(msgspec.Struct, frozen=True):
    """A statement that cannot be understood."""

    key: str
    """Name of the field, as it is written."""
    message: str
    """Beginning of a sentence that says what is wrong and what to write."""


class Hint(msgspec.Struct, frozen=True):
    """A field of another program that keeps a text back, and that `rights` in an own text overrules."""

    key: str
    """Name of the field, as it is written."""
    said: str
    """The field with its value."""


Stated = Rights | Unclear | Hint | None


def statements(fields: Mapping[str, object]) -> Iterator[tuple[str, object, Stated]]:
    """Yield the fields that state rights, each with its value and what it states, also those within others."""
    for key, value in fields.items():
        if (found := one(key, value)) is not None:
            yield key, value, found
        elif key != _OWN_TABLE:
            yield from _within(value)


def _within(value: object) -> Iterator[tuple[str, object, Stated]]:
    """Yield the statements in a table or list that is a value; a key that is only nearly ours is somebody else's."""
    if isinstance(value, list):
        for item in value:
            yield from _within(item) if isinstance(item, dict | list) else ()
    elif isinstance(value, dict):
        for key, inner in value.items():
            if is_known(key) and (found := one(key, inner)) is not None:
                yield key, inner, found
            else:
                yield from _within(inner)


def one(key: str, value: object) -> Stated:
    """Return the rights that one field states; None if it is about something else."""
    name = plain(key)
    if key == KEY:
        known = next((known for known in KNOWN if value == known), None)
        return known or Unclear(key, f"{key} {_quoted(value)} is none of {', '.join(KNOWN)}")
    if name in _PUBLIC_IF:
        return _of_switch(key, name, value)
    if name in _HINTS:
        kept = any(not _HINTS[name].isdisjoint(_forms(text, name)) for text in _texts(value))
        return Hint(key, f"{key}: {shown(value)}") if kept else None
    meant = _meant(name)
    if meant == KEY or (meant and _boolean(value) is not None):
        return Unclear(key, f'"{key}" is no field, but nearly {meant}: write {meant}, or another name')
    return None


def _of_switch(key: str, name: str, value: object) -> Stated:
    """Return the rights that a field states which is true or false."""
    if name == "published" and _is_date(value):
        return None
    said = _boolean(value)
    if said is None:
        return Unclear(key, f"{key} {_quoted(value)} is neither true nor false")
    return "full" if said == _PUBLIC_IF[name] else "private"


@lru_cache(maxsize=4096)
def plain(key: str) -> str:
    """Return the letters of a key: `dg-publish`, `isPrivate` and `#+RIGHTS` are fields without signs and without is."""
    letters = bare_words(unicodedata.normalize("NFKC", key)).replace(" ", "")
    stem = letters.removeprefix("is")
    return stem if stem in _PUBLIC_IF or stem in _HINTS else letters


def is_known(key: str) -> bool:
    """True if a key is that of a field which may state rights, whatever its case and signs."""
    name = plain(key)
    return name == KEY or name in _PUBLIC_IF or name in _HINTS


def is_about_rights(key: str) -> bool:
    """True if a field of this name may say, or be meant to say, whether a text is published."""
    return is_known(key) or _meant(plain(key)) is not None


@lru_cache(maxsize=4096)
def _meant(key: str) -> str | None:
    """Return the field that a key is nearly; None for a key of its own. `published` is a day first, and left out."""
    return next((field for field in (KEY, "private", "draft", "publish") if is_nearly(field, key)), None)


def _boolean(value: object) -> bool | None:
    if not isinstance(value, str | bool | int):
        return None
    said = str(value).strip().casefold()
    return True if said in _TRUE else False if said in _FALSE else None


def _texts(value: object) -> Iterator[str]:
    """Yield the texts in a value, also those of lists and tables, and those that commas part."""
    if isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
    elif isinstance(value, str | bool | int):
        yield from re.split(r"[,;]", str(value))


def _forms(text: str, key: str) -> set[str]:
    """Return the forms of a value: without case and signs around it, and of a tag also the first part."""
    said = re.sub(r"^[\W_]+|[\W_]+$", "", unicodedata.normalize("NFKC", text).casefold())
    return {said, said.partition("/")[0]} if key in TAGS else {said}


def _is_date(value: object) -> bool:
    """True if `published` holds a day, or nothing: clippers write the field empty if they found no day."""
    if value is None or value in ("", []):
        return True
    if isinstance(value, bool | dict) or _boolean(str(value)) is not None:
        return False
    return bool(_DAY.search(str(value)))


def is_nearly(word: str, other: str) -> bool:
    """True if two words differ in case or in one letter at most: one more, less, another, or two exchanged."""
    first, second = word.casefold(), other.casefold()
    if first == second:
        return True
    if abs(len(first) - len(second)) > 1:
        return False
    start = next((index for index, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(first))
    rest, others = first[start:], second[start:]
    exchanged = rest[:2] == others[:2][::-1] and rest[2:] == others[2:]
    return rest[1:] == others[1:] or rest[1:] == others or rest == others[1:] or (len(rest) > 1 and exchanged)


def _quoted(value: object) -> str:
    return f'"{shown(value)}"' if shown(value) else "without a value"


def shown(value: object) -> str:
    """Return a value as YAML has it, short enough for a message."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else f"{text[:40]}..."
