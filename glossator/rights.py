"""Front matter -> how much of a text the site may show. A statement that cannot be understood publishes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

import msgspec

from glossator.model import Rights

KEY = "rights"
KNOWN: tuple[Rights, ...] = get_args(Rights)
"""Every value of `rights`, from all to nothing."""
_PUBLIC_IF = {"draft": False, "private": False, "publish": True, "published": True}
"""Fields of other programs (Obsidian, Hugo, Jekyll) that say whether a text is published, and the value if it is."""
KEYS = frozenset({KEY, *_PUBLIC_IF})
"""Fields that state rights."""
_BOOLEANS = {
    **dict.fromkeys(("true", "yes", "on", "y", "1"), True),
    **dict.fromkeys(("false", "no", "off", "n", "0"), False),
}
_FENCE = re.compile(r"\s*(---|\+\+\+|;;;|\{)[ \t]*(?:\r\n|\r|\n|(?=\"))")
_CLOSING = {"{": "}"}
_FIELD = re.compile(
    r"""(?:^|(?<=[{,]))[ \t>-]*(["']?)(\w[^"':=,{}\n]{0,40}?)\1[ \t]*[:=](?:\s|["'\[{]|$)""", re.MULTILINE
)
_DAY = re.compile(r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
"""Sign that a value is meant as a day, readable or not."""
LONGEST = 64 * 1024
"""Characters that are searched for statements: real front matter has a few hundred."""


EXCERPT_PARAGRAPHS = 2
"""Paragraphs of an excerpt."""


class Unclear(msgspec.Struct, frozen=True):
    """A statement that cannot be understood."""

    key: str
    """Name of the field, as it is written."""
    message: str
    """Beginning of a sentence that says what is wrong and what to write."""


class StatedRights(msgspec.Struct, frozen=True):
    """The rights that a front matter states."""

    rights: Rights = "full"
    reason: str = ""
    """The statement that keeps something back, such as `draft: true`; empty if all is published."""
    unclear: tuple[Unclear, ...] = ()


class RightsPolicy(msgspec.Struct, frozen=True):
    """Rules by which a site applies the rights that articles state."""

    sourced: Rights = "full"
    """Rights of articles that have a source and state none: `[site] rights`."""
    whole: bool = False
    """True for a private site, which shows everything."""

    def applied(self, stated: StatedRights, says: bool, sourced: bool) -> StatedRights:
        """Return the rights that count. `says` is true if the article states rights, `sourced` if it has a source."""
        if self.whole:
            return StatedRights("full", stated.reason, stated.unclear)
        strictest = strictest_of((stated.rights, self.sourced))
        if says or not sourced or strictest == stated.rights:
            return stated
        return StatedRights(strictest, f"[site] rights: {self.sourced}", stated.unclear)


def stated(fields: Mapping[str, object]) -> StatedRights:
    """Return the strictest rights among the statements of a front matter."""
    strictest: Rights = "full"
    reason = ""
    unclear: list[Unclear] = []
    for key, value in fields.items():
        found = _one(key, value)
        if isinstance(found, Unclear):
            unclear.append(found)
            found = "private"
        if found and strictest != (stricter := strictest_of((strictest, found))):
            strictest, reason = stricter, f"{key}: {_shown(value)}".strip()
    return StatedRights(strictest, reason, tuple(unclear))


def excerpt_of(markdown: str) -> str:
    """Return the first paragraphs of a text: what is published of an article with the rights `excerpt`."""
    return "\n\n".join(re.split(r"\n\s*\n", markdown)[:EXCERPT_PARAGRAPHS])


def strictest_of(every: Iterable[Rights]) -> Rights:
    """Return the rights that publish least; `full` if there are none."""
    return max(every, key=KNOWN.index, default="full")


def overlooked(text: str, fields: Mapping[str, object] | None = None) -> tuple[Unclear, ...]:
    """Return the statements about rights in front matter that cannot be read as YAML.

    Front matter below a blank line, in another notation (TOML between lines of `+++`, JSON), or with damaged YAML is
    text for a reader; a person who wrote it meant the rights nevertheless. `fields` are those that were read of it
    line by line.
    """
    text = text[:LONGEST].removeprefix("\ufeff")
    if not (fence := _FENCE.match(text)):
        return ()
    closing = re.escape(_CLOSING.get(fence[1], fence[1]))
    end = re.compile(rf"^{closing}[ \t]*$", re.MULTILINE).search(text, fence.end())
    found = list(_statements(text[fence.end() : end.start() if end else len(text)]))
    read = sum(any(True for _ in _statements(f"{key}: ")) for key in fields or ())
    if len(found) <= read:
        return ()
    return tuple(Unclear(key, f"{key} stands in front matter that cannot be read") for key in dict.fromkeys(found))


def _statements(block: str) -> Iterator[str]:
    for field in _FIELD.finditer(block):
        if _is_about_rights(key := field[2].strip()):
            yield key


def may_state(text: str) -> bool:
    """True if a file has a line that says something about rights, in its front matter or elsewhere."""
    return any(True for _ in _statements(text[:LONGEST]))


def _is_about_rights(key: str) -> bool:
    """True if a field of this name may say, or be meant to say, whether a text is published."""
    return key.casefold() in _PUBLIC_IF or _meant(key) is not None


def _meant(key: str) -> str | None:
    """Return the field that a key is nearly; None for a key of its own. `published` is a day first, and left out."""
    return next((field for field in (KEY, "private", "draft", "publish") if is_nearly(field, key)), None)


def states_rights(key: str, value: object) -> bool:
    """True if a field says, understood or not, whether a text is published."""
    return key.casefold() in _PUBLIC_IF or _one(key, value) is not None


def _one(key: str, value: object) -> Rights | Unclear | None:
    """Return the rights that one field states; None if it is about something else."""
    if key == KEY:
        for known in KNOWN:
            if value == known:
                return known
        return Unclear(key, f"{key} {_quoted(value)} is none of {', '.join(KNOWN)}")
    public_if = _PUBLIC_IF.get(key.casefold())
    said = _BOOLEANS.get(str(value).strip().casefold()) if isinstance(value, str | bool | int) else None
    if public_if is None:
        meant = _meant(key)
        nearly = meant == KEY or (meant and said is not None)
        said_of = f'"{key}" is no field, but nearly {meant}: write {meant}, or another name'
        return Unclear(key, said_of) if nearly else None
    if key.casefold() == "published" and _is_date(value):
        return None
    if said is None:
        return Unclear(key, f"{key} {_quoted(value)} is neither true nor false")
    return "full" if said == public_if else "private"


def _is_date(value: object) -> bool:
    """True if `published` holds a day, or nothing: clippers write the field empty if they found no day."""
    if value is None or value in ("", []):
        return True
    if isinstance(value, bool | dict) or str(value).strip() in _BOOLEANS:
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
    return f'"{_shown(value)}"' if _shown(value) else "without a value"


def _shown(value: object) -> str:
    """Return a value as YAML has it, short enough for a message."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else f"{text[:40]}..."
