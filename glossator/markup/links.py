"""Links of an article: the addresses and headlines that its Markdown holds, and where they lead."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from xml.etree.ElementTree import Element

import msgspec

from glossator.addresses import WIKI, canonical, name_key, web_address
from glossator.markup.notations import BARE
from glossator.text import bare_words


class ArchiveLinks(msgspec.Struct, frozen=True):
    """The addresses of articles and pictures in the archive that an article refers to."""

    addresses: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Link to the archived article, by canonical address, or by `wiki:` and the key of a name."""
    headlines: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Link to the archived article, by folded headline."""
    titles: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Link to the archived article, by a folded headline that stands in prose without quotation marks."""
    pictures: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Link to the picture on the site, by address in the Markdown."""
    sizes: Mapping[str, tuple[int, int]] = msgspec.field(default_factory=dict)
    """Width and height of the picture in pixels, by address in the Markdown: a browser leaves the room for it."""
    copies: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Smaller copies of the picture as HTML's `srcset`, by address in the Markdown."""
    within: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Link by address in the Markdown, in a text of a person; empty if the address leads nowhere."""
    kept_back: frozenset[str] = frozenset()
    """Addresses in the Markdown of what is kept back."""


class LinkTarget(msgspec.Struct, frozen=True):
    """Target of a link: the attributes of the element on the page, and the original if it leads to an article."""

    attributes: Mapping[str, str]
    original: str = ""
    is_note: bool = False
    """True for a footnote's number, which is no part of the text."""


def is_kept_back(element: Element, links: ArchiveLinks) -> bool:
    """True if a link of a person's text has words that would name what is kept back."""
    written = element.get("href", "")
    return links.within.get(written) == "" and written in links.kept_back and bool(element.get(BARE))


def link_target(element: Element, links: ArchiveLinks) -> LinkTarget | None:
    """Return the target of a link; None if it leads nowhere."""
    href = element.get("href", "")
    if href.startswith("#") and "footnote" in element.get("class", ""):
        return LinkTarget({"href": href}, is_note=True)
    if href in links.within:
        target = links.within[href]
        return LinkTarget({"href": target}) if target else None
    if href.startswith(WIKI):
        target = links.addresses.get(WIKI + name_key(href.removeprefix(WIKI)), "")
        return LinkTarget({"href": target, "class": "archived"}) if target else None
    address = web_address(href) or (href if href.startswith("mailto:") else "")
    if not address:
        return None
    archived = links.addresses.get(canonical(address), "") if links.addresses else ""
    if archived:
        return LinkTarget({"href": archived, "class": "archived"}, address)
    return LinkTarget({"href": address, "rel": "noopener noreferrer nofollow"})


_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]+(?:\([^\s<>()]*\)[^\s<>()\[\]]*)*")
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


def addresses(markdown: str) -> list[str]:
    """Return every web address in the text, as it is written."""
    return _ADDRESS.findall(markdown)


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
        for found in re.finditer(rf"(?<![^\W_]){pattern}(?![^\W_])", text, re.IGNORECASE):
            if found[0][0].isupper():
                yield found.start(), found.end(), headline


def cited_in(text: str, links: ArchiveLinks) -> list[tuple[int, int, str]]:
    """Return the places of headlines of other articles in a text, in order: start, end, and the link to the article."""
    quoted = ((start, end, links.headlines.get(bare_words(words), "")) for start, end, words in quotations(text))
    unquoted = ((start, end, links.titles[headline]) for start, end, headline in titles(text, links.titles))
    found: list[tuple[int, int, str]] = []
    for place in sorted(place for place in chain(quoted, unquoted) if place[2]):
        if not found or place[0] >= found[-1][1]:
            found.append(place)
    return found


def quotations(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the quotations that may be headlines: start and end inside the quotation marks, and the words.

    A comma or full stop before the closing mark is the sentence's, as American typography has it.
    """
    for found in QUOTED.finditer(text):
        kind = next(number for number in range(1, 5) if found.group(number))
        inside = found.group(kind)
        quoted = inside.rstrip(",.").strip()
        if HEADLINE_WORDS <= len(quoted.split()) <= HEADLINE_WORDS_AT_MOST:
            start = found.start(kind) + len(inside) - len(inside.lstrip())
            yield start, start + len(quoted), quoted
