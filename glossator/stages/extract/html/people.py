"""Bylines -> the names of authors."""

from __future__ import annotations

import re

_BY = re.compile(
    r"^\W*(?:(?:written|posted|published|reported|story|words|text|article|review(?:ed)?) )?"
    r"(?:by|von|par|por|di|door|av|af|przez|author|authors|autor|autore|auteur)\b\s*:?\s+",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:[;|•·\n]|,|\s&\s|\band\b|\bund\b|\bet\b(?= [A-Z])|\by\b(?= [A-Z])|\bwith\b)\s*")
_ROLES = re.compile(
    r"\b(?:staff|editors?|editorial|reporters?|correspondents?|writers?|contributors?|columnists?|updated|published|"
    r"posted|admin|administrator|follow|read more|minutes?|comments?|https?:|www\.|@|©)",
    re.IGNORECASE,
)
_ROLE_TAIL = re.compile(r"\s*(?:\(.*\)|/.*|\s[-–—]\s.*)$")
_LONGEST = 60


def authors(bylines: list[str], *others: str) -> tuple[str, ...]:
    """Clean names in order, none twice. `others` are names of the site, which is no author of its own articles."""
    barred = {_key(other) for other in others if other}
    found: dict[str, str] = {}
    for byline in [byline for byline in bylines if "://" not in byline]:
        for part in _AND.split(_BY.sub("", " ".join(byline.split()), count=1)):
            name = _ROLE_TAIL.sub("", _BY.sub("", part)).strip(" ,.:;-–—")
            key = _key(name)
            if key and key not in barred and key not in found and _is_name(name):
                found[key] = name
    return tuple(found.values())


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()


def _is_name(name: str) -> bool:
    return len(name) <= _LONGEST and any(mark.isalpha() for mark in name) and not _ROLES.search(name)
