"""What a page states of itself: its head's declarations and its marked elements, found in one walk over its tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from glossator import urls
from glossator.stages.extract.html.facts import linked_data
from glossator.stages.extract.html.facts.seen import LONGEST, LONGEST_CLASS, SILENT, is_menu, read, tidy

Found = Iterable[tuple[str, str]]
"""Candidates with their origins, best first."""

_SINGLEFILE = re.compile(r"<!--\s*(?:Page saved with SingleFile|Archive processed by SingleFile)(.*?)-->", re.DOTALL)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_HEAD = 8192
"""Characters in which a saving program's comment stands."""
_MOST = 100_000
"""Elements that are walked over: an article's head stands before them."""
_HEADINGS, _MOST_HEADINGS = ("h1", "h2", "h3"), 200
_NAMES = ("property", "name", "itemprop", "http-equiv")
_SMALL = re.compile(r"\b[^\W\d_A-Z]{2,}\b")


class Statements:
    """A page's statements by name. State: the page, and what was looked up once.

    What is seen on the page is kept as places among its elements, for what stands near the headline belongs to it.
    """

    def __init__(self, page: HtmlElement, text: str, address: str) -> None:
        self.language = str(page.get("lang") or page.get("xml:lang") or "")
        self.header = _header(text[:_HEAD])
        if address:
            self.header["url"] = _original(address)
        self.meta: dict[str, list[str]] = {}
        self.canonical: list[str] = []
        self.base = ""
        self.title = ""
        self.elements: list[HtmlElement] = list(islice(page.iter(etree.Element), _MOST))
        self.tagged: dict[str, list[int]] = {tag: [] for tag in (*_HEADINGS, "time", "a", "article", "main")}
        self.items: dict[str, list[int]] = {}
        self.classes: list[tuple[int, str]] = []
        self._scripts: list[str] = []
        for place, element in enumerate(self.elements):
            self._note(place, element)
        self.data = linked_data.article_object(self._scripts, next(iter(self.meta.get("og:title", ())), self.title))

    def _note(self, place: int, element: HtmlElement) -> None:
        tag, attributes = element.tag, element.attrib
        if tag in self.tagged:
            self.tagged[tag].append(place)
        elif tag == "meta":
            self._declare(element)
        elif tag == "link" and "canonical" in attributes.get("rel", "").lower().split():
            self.canonical.append(attributes.get("href", ""))
        elif tag == "script" and "ld+json" in attributes.get("type", "").lower():
            self._scripts.append(element.text or "")
        elif tag == "title":
            self.title = self.title or tidy(element.text or "")
        elif tag == "base":
            self.base = self.base or attributes.get("href", "")
        if "class" in attributes:
            self.classes.append((place, attributes["class"][:LONGEST_CLASS]))
        if "itemprop" in attributes:
            for prop in attributes["itemprop"].split()[:5]:
                self.items.setdefault(prop, []).append(place)

    def _declare(self, element: HtmlElement) -> None:
        if not (value := tidy(element.get("content", ""))):
            return
        for key in _NAMES:
            for name in element.get(key, "").lower().split()[:5]:
                self.meta.setdefault(name.replace("og:article:", "article:"), []).append(value)

    @property
    def format(self) -> str:
        return self.header.get("format", "html")

    @cached_property
    def host(self) -> str:
        stated = (self.header.get("url", ""), *self.canonical, *self.meta.get("og:url", ()))
        return next((host for address in stated if (host := urls.host(address))), "")

    @cached_property
    def small(self) -> frozenset[str]:
        """The words that the page's text writes small somewhere."""
        spoken = (element for element in self.elements if element.tag not in SILENT)
        texts = (text for element in spoken for text in (element.text, element.tail) if text)
        return frozenset(word for text in texts for word in _SMALL.findall(text, 0, LONGEST))

    @cached_property
    def headings(self) -> list[tuple[int, str]]:
        """The headings that are seen outside menus: where they stand, and what they say."""
        places = sorted(place for tag in _HEADINGS for place in self.tagged[tag][:_MOST_HEADINGS])
        seen = ((place, self.elements[place]) for place in places[:_MOST_HEADINGS])
        return [(place, read(element)) for place, element in seen if not is_menu(element)]

    def named(self, *names: str) -> Iterator[tuple[str, str]]:
        """What the page's `meta` elements of these names say."""
        for name in names:
            for value in self.meta.get(name, ()):
                yield value, "meta"

    def item(self, prop: str) -> Iterator[tuple[str, str]]:
        """What the elements say that are marked as this property, in microdata."""
        for element in (self.elements[place] for place in self.items.get(prop, ())[:10]):
            yield tidy(element.get("content") or element.get("datetime") or read(element)), "microdata"


def saving_program(head: str) -> str:
    """The name of the format in which a program says at the top that it saved the page; empty where none does."""
    return _header(head).get("format", "")


def _header(head: str) -> dict[str, str]:
    """What a saving program wrote into a comment at the top."""
    if comment := _SINGLEFILE.search(head):
        lines = dict(re.findall(r"^\s*(url|saved date):\s*(.+?)\s*$", comment[1], re.MULTILINE))
        return {"format": "singlefile", "url": _original(lines.get("url", "")), "saved": lines.get("saved date", "")}
    if comment := _SAVED_FROM.search(head):
        # A comment may not hold two hyphens, so that browsers write the second in another way.
        return {"format": "browser save", "url": _original(urls.web_address(comment[1].replace("-%2D", "--")))}
    return {}


def _original(address: str) -> str:
    """The address that a copy in the Wayback Machine was made of; any other as it is."""
    return re.sub(r"^https?://web\.archive\.org/web/\d+[a-z_]*/(?=https?:/)", "", address)
