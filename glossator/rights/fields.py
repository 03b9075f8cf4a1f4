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
_TRUE = frozenset("true yes on y 1 ja oui sí si sim tak да".split())
_FALSE = frozenset("false no off n 0 nein non nee não nie нет".split())
_PRIVATE = frozenset(
    """private privat privée privee privé prive privado privada privato privata privaat prywatne prywatny частное
    приватно 私有 非公開 nopublish donotpublish dontpublish""".split()
)
_KEPT = _PRIVATE | frozenset(
    """draft hidden unlisted unpublished secret confidential notpublished nonpublic notpublic notforpublication
    embargoed encrypted restricted members internal personal onlyme justme me myself nobody geheim
    vertraulich""".split()
)
_UNSAID = frozenset(("none", "null", "nil", ""))
TAGS = frozenset(("tags", "tag", "keywords", "labels", "categories", "filetags"))
_OTHERS = frozenset(("state", "type", "class", "render", "permalink"))
"""Fields that are mostly about something else."""
_COMMANDS = frozenset(("donotpublish", "dontpublish", "nopublish", "donotshare", "dontshare", "noexport"))
"""Fields that keep a text back also without a value."""
_GIVEN = _COMMANDS | frozenset(
    """password passphrase passwort motdepasse contraseña embargo embargoed embargodate embargountil embargoeduntil
    encrypted encrypt""".split()
)
"""Fields that keep a text back with any value but `false`."""
_HINTS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("visibility", "access", "status", "poststatus", "privacy", "permission", "permissions"), _KEPT),
    **dict.fromkeys(("state", "audience", "confidentiality", "classification", "sensitivity"), _KEPT),
    **dict.fromkeys(("sharing", "copyright", "license", "licence", "type", "class"), _PRIVATE),
    **dict.fromkeys(("rechte", "droits", "derechos", "diritti", "direitos", "rechten"), _KEPT),
    **dict.fromkeys(("public", "listed", "share", "dgpublish", "öffentlich", "veröffentlicht"), _FALSE | _KEPT),
    **dict.fromkeys(("publié", "publicado", "publicada", "pubblicato", "público"), _FALSE | _KEPT),
    **dict.fromkeys(("render", "permalink", "visible", "publishable", "shareable", "publishtoweb"), _FALSE | {"never"}),
    **dict.fromkeys(("hidden", "unlisted", "secret", "confidential", "unpublished", "unpublish"), _TRUE | _KEPT),
    **dict.fromkeys(("notpublished", "nonpublic", "notpublic", "excludefromsite", "locked"), _TRUE | _KEPT),
    **dict.fromkeys(
        ("protected", "passwordprotected", "personal", "onlyme", "hide", "exclude", "sensitive", "wip"), _TRUE | _KEPT
    ),
    **dict.fromkeys(("privée", "privé", "privado", "privada", "entwurf", "brouillon", "borrador"), _TRUE | _KEPT),
    **dict.fromkeys(_GIVEN, _TRUE),
    **dict.fromkeys(TAGS, _PRIVATE),
}
"""Fields of other programs (WordPress, Ghost, Hexo, Eleventy, Digital Garden), and the values that keep back."""
KEYS = frozenset({KEY, *_PUBLIC_IF, *_HINTS} - TAGS - _OTHERS)
"""Fields that state rights."""
_OWN_TABLE = "conversion"
"""Field that the program writes itself, and which tells where the rights come from."""
_DAY = re.compile(rf"\d|\b(?:{'|'.join(name[:3] for name in MONTHS)})[a-z]*\b", re.IGNORECASE)
"""Sign that a value is meant as a day, readable or not."""
_NEVER = re.compile(r"\s*(?:2[1-9]|[3-9]\d)\d\d(?:-|$)")
"""Beginning of a day that means never: Hugo publishes on the day that is given."""
_IS_LATIN = re.compile("[a-z]")
_LATIN = str.maketrans("авекмнорстухѕіјԁ", "abekmhopctyxsijd")
"""Cyrillic letters that look like Latin ones; some stand on the same key of a keyboard."""


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
        if (statement := one(key, value)) is not None:
            yield key, value, statement
        elif key != _OWN_TABLE:
            yield from _within(value)


def _within(value: object) -> Iterator[tuple[str, object, Stated]]:
    """Yield the statements in a table or list that is a value; a key that is only nearly ours is somebody else's."""
    if isinstance(value, list):
        for item in value:
            yield from _within(item) if isinstance(item, dict | list) else ()
    elif isinstance(value, dict):
        for key, inner in value.items():
            if is_known(key) and (statement := one(key, inner)) is not None:
                yield key, inner, statement
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
        kept = any(_keeps(name, text) for text in _texts(value))
        return Hint(key, f"{key}: {shown(value)}") if kept else None
    meant = _meant(name)
    if meant == KEY or (meant and _boolean(value) is not None):
        return Unclear(key, f'"{key}" is no field, but nearly {meant}: write {meant}, or another name')
    return None


def _of_switch(key: str, name: str, value: object) -> Stated:
    """Return the rights that a field states which is true or false."""
    if name == "published" and _is_date(value):
        return None
    switch = _boolean(value)
    if switch is None:
        return Unclear(key, f"{key} {_quoted(value)} is neither true nor false")
    return "full" if switch == _PUBLIC_IF[name] else "private"


@lru_cache(maxsize=4096)
def plain(key: str) -> str:
    """Return the letters of a key: `dg-publish`, `isPrivate` and `#+RIGHTS` are fields without signs and without is."""
    letters = _letters(key)
    stem = letters.removeprefix("is")
    return stem if stem in _PUBLIC_IF or stem in _HINTS else letters


def _letters(text: str) -> str:
    """Return the letters of a text without case and signs, Cyrillic ones among Latin ones as what they look like."""
    letters = bare_words(unicodedata.normalize("NFKC", text)).replace(" ", "")
    return letters.translate(_LATIN) if _IS_LATIN.search(letters) else letters


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
    word = str(value).strip().casefold()
    return True if word in _TRUE else False if word in _FALSE else None


def _texts(value: object) -> Iterator[str]:
    """Yield the texts in a value, also those of lists and tables, and those that commas part."""
    if isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
    else:
        yield from re.split(r"[,;]", "" if value is None else str(value))


def _keeps(name: str, text: str) -> bool:
    """True if a field keeps the text of a person back with this value."""
    first = text.partition("/")[0] if name in TAGS else text
    words = {_letters(text), _letters(first)}
    if name in _GIVEN:
        return words.isdisjoint(_FALSE | _UNSAID) if text.strip() else name in _COMMANDS
    return not _HINTS[name].isdisjoint(words)


def _is_date(value: object) -> bool:
    """True if `published` holds a day, or nothing: clippers write the field empty if they found no day."""
    if value is None or value in ("", []):
        return True
    if isinstance(value, bool | dict) or _boolean(str(value)) is not None or _NEVER.match(str(value)):
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
