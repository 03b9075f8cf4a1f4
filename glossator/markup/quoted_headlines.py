"""Headlines of other articles in a text: in quotation marks, in prose, and in marked quotations."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterable, Iterator
from itertools import chain

from glossator.markup.links import ArchiveLinks
from glossator.text import bare_words

_HEADLINE = re.compile(r"^> \[!related\] (.+)$", re.MULTILINE)
QUOTED = re.compile(r'“([^“”\n]{10,200})”|„([^„“”\n]{10,200})[“”]|«([^«»\n]{10,200})»|"([^"\n]{10,200})"')
"""A quotation that is as long as a headline, in one of four kinds of quotation marks."""
HEADLINE_WORDS = 4
"""Words from which a quotation can be a headline; shorter ones are too often only a phrase."""
HEADLINE_WORDS_AT_MOST = 20
"""Words to which a quotation can be a headline; longer ones are what somebody said."""
OPENING_WORDS = 6
"""Words from which a headline is taken for one without quotation marks; a shorter one may be any part of a sentence."""
_WORD = re.compile(r"[^\W_]+")


def headlines(markdown: str) -> list[str]:
    """Return what may be headlines of other articles: those that stand alone in the text, and quotations."""
    return _HEADLINE.findall(markdown) + [quoted for _, _, quoted in quotations(markdown)]


def openings(text: str) -> bytes:
    """Return digests of what may be the first words of headlines in prose: all runs that begin with a capital."""
    words = _WORD.findall(text)
    runs = (words[at : at + OPENING_WORDS] for at, word in enumerate(words) if word[0].isupper())
    return array("Q", sorted({_opening(run) for run in runs if len(run) == OPENING_WORDS})).tobytes()


def opening_of(headline: str) -> int:
    """Return the digest of the first words of a folded headline; 0 if it is found in quotation marks only."""
    words = headline.split()
    return _opening(words[:OPENING_WORDS]) if OPENING_WORDS <= len(words) <= HEADLINE_WORDS_AT_MOST else 0


def _opening(words: list[str]) -> int:
    """Return a digest of 64 bits, never 0."""
    text = " ".join(words).casefold().encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little") or 1


def titles(text: str, headlines: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the places of folded headlines in prose: start, end and the headline. One begins with a capital."""
    for headline in headlines:
        pattern = r"[\W_]+".join(map(re.escape, headline.split()))
        for match in re.finditer(rf"(?<![^\W_]){pattern}(?![^\W_])", text, re.IGNORECASE):
            if match[0][0].isupper():
                yield match.start(), match.end(), headline


def cited_in(text: str, links: ArchiveLinks) -> list[tuple[int, int, str]]:
    """Return the places of headlines of other articles in a text, in order: start, end, and the link to the article."""
    quoted = ((start, end, links.headlines.get(bare_words(words), "")) for start, end, words in quotations(text))
    unquoted = ((start, end, links.titles[headline]) for start, end, headline in titles(text, links.titles))
    places: list[tuple[int, int, str]] = []
    for place in sorted(place for place in chain(quoted, unquoted) if place[2]):
        if not places or place[0] >= places[-1][1]:
            places.append(place)
    return places


def quotations(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the quotations that may be headlines: start and end inside the quotation marks, and the words.

    A comma or full stop before the closing mark is the sentence's, as American typography has it.
    """
    for quotation in QUOTED.finditer(text):
        kind = next(number for number in range(1, 5) if quotation.group(number))
        inside = quotation.group(kind)
        quoted = inside.rstrip(",.").strip()
        if HEADLINE_WORDS <= len(quoted.split()) <= HEADLINE_WORDS_AT_MOST:
            start = quotation.start(kind) + len(inside) - len(inside.lstrip())
            yield start, start + len(quoted), quoted
