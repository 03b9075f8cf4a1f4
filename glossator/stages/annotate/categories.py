"""The nouns beside a name that say what it is: "the web browser Chrome", "banks such as Chime", "Ada Lund, engineer".

The patterns of lists are those of Hearst, Automatic acquisition of hyponyms from large text corpora, 1992.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from glossator.model import EntityType
from glossator.naming.heads import ALIKE, HEADS_BY_TYPE, TYPES_BY_HEAD, head_noun
from glossator.stages.annotate.lexicon.doing import PAST, PRESENT
from glossator.stages.annotate.lexicon.function_words import FUNCTION_WORDS
from glossator.stages.annotate.lexicon.roles import COURTESIES, OFFICES
from glossator.stages.annotate.lexicon.words import ROLE_ENDINGS, TITLES

MOST_MODIFIERS = 8
"""Words before a head noun that belong to it, at most."""

LONG_ROLE = 5
"""Letters of a word that tells a role by its ending, more than these."""

LONGEST_PHRASE = 240
"""Characters before a name among which its noun is looked for."""

_STOPS = FUNCTION_WORDS | frozenset(
    """these those some many other several all any no using including said says told called named use used uses try
    see saw get got make made even such then just only though although me you we they he she it i""".split()
)
"""Words before which a noun phrase begins."""

_BEFORE = re.compile(r"(?P<phrase>(?:[\w’'/&.-]+\s){1,9})[“\"‘']?$")
_LAST = re.compile(r"([\w’'/&.-]+)\s[“\"‘']?$")
"""The last word before a name."""
_LONGEST_WORD = 60
"""Characters before a name among which that word begins."""
_ROLE = re.compile(
    r"(?:,?\s\([^()]{1,20}\))?(?:,\s\d{1,2})?,\s(?:an?\s|the\s|its\s|his\s|her\s|their\s)?(?P<phrase>[^,.;:()“”\"\n]{3,80})"
)
_VERB_ENDING = re.compile(r"[^sui]s$")
"""The ending of a verb after its subject; before a noun few words have it."""

_PLURALS = frozenset("arms communications graphics news operations sales sports systems".split())
"""Plurals that stand before a noun."""

_VAGUE = frozenset("brand company name thing service program programme line part side set star one".split())
"""Heads that say little alone."""


class Category(NamedTuple):
    """Words that say what a name is, and their bounds in the text."""

    start: int
    end: int
    words: str


def categories(content: str, sentence: tuple[int, int], name: tuple[int, int], kind: EntityType) -> Iterator[Category]:
    """Yield what the words around a name say it is, the surest first.

    `sentence` are the bounds of its sentence, `name` those of the mention, `kind` is its type.
    """
    start, end = sentence
    left = content[max(start, name[0] - LONGEST_PHRASE) : name[0]]
    offset = name[0] - len(left)
    if (role := _ROLE.match(content, name[1], end)) and kind is EntityType.PERSON:
        yield from _role(role)
    if _may_tell(left, kind) and (before := _BEFORE.search(left)):
        yield from _phrase(before, offset, kind)


def _may_tell(left: str, kind: EntityType) -> bool:
    """True if the last word before a name may say what the name is; few do, and a phrase takes long to be found."""
    last = _LAST.search(left[-_LONGEST_WORD:])
    return last is not None and (last[1] in COURTESIES or _tells(last[1].lower(), kind))


def _role(role: re.Match[str]) -> Iterator[Category]:
    """Yield the words after a comma if their noun is a person's: "Ada Lund, CEO of Tollan Mill"."""
    words = role.group("phrase").strip()
    if words.split()[0].endswith(("'s", "’s")) and words[0].islower():
        return
    if _tells(head_noun(words).lower(), EntityType.PERSON):
        kept = " ".join(words.split()[:12])
        yield Category(role.start("phrase"), role.start("phrase") + len(kept), kept)


def _phrase(match: re.Match[str], offset: int, kind: EntityType) -> Iterator[Category]:
    """Yield the noun phrase at the end of the matched words, if its head tells the type of the name."""
    words = list(re.finditer(r"\S+", match.group("phrase")))
    while words and (words[-1].group() in COURTESIES):
        words.pop()
    if not words:
        return
    last = words[-1].group()
    head = last.lower()
    capital = last[0].isupper()
    if not _tells(head, kind) or (capital and (kind is not EntityType.PERSON or last not in TITLES)):
        return
    first = len(words) - 1
    while first > 0 and len(words) - first <= MOST_MODIFIERS and _modifies(words, first - 1):
        first -= 1
    chosen = words[first:]
    if capital and len(chosen) == 1 and last not in OFFICES:
        return
    if len(chosen) == 1 and head in _VAGUE:
        return
    begin = offset + match.start("phrase")
    yield Category(begin + chosen[0].start(), begin + chosen[-1].end(), " ".join(word.group() for word in chosen))


def _modifies(words: list[re.Match[str]], index: int) -> bool:
    """True if a word belongs to the noun phrase after it; "and" does between two nouns of one type."""
    word, after = words[index].group(), words[index + 1].group()
    low = word.lower()
    if low in ("and", "of", "for") and index > 0:
        before = words[index - 1].group()
        titled = before in TITLES or before.lower() in HEADS_BY_TYPE[EntityType.PERSON]
        return titled and (after[0].isupper() == before[0].isupper() or low == "and")
    if low.endswith(("'s", "’s")) and word == low:
        return False
    if word == low and _VERB_ENDING.search(word) and word not in _PLURALS:
        return False
    if low in _STOPS or low in PRESENT or low in PAST or word.endswith((".", ":")):
        return False
    return not (low.endswith("ing") and "-" not in low and index == 0)


def _tells(head: str, kind: EntityType) -> bool:
    told = TYPES_BY_HEAD.get(head, frozenset())
    if not told and kind is EntityType.PERSON:
        return len(head) > LONG_ROLE and head.endswith(ROLE_ENDINGS)
    return kind in told or (kind in ALIKE and bool(told & ALIKE))
