"""Statements of a page about itself: declarations in its head and marked elements, found in one walk over its tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from glossator import addresses
from glossator.stages.extract.html.facts import linked_data
from glossator.stages.extract.html.facts.visible_text import LONGEST_CLASS, is_menu, read, tidy
from glossator.text import bare_words

Candidates = Iterable[tuple[str, str]]
"""Candidates with their origins, best first."""

_SINGLEFILE = re.compile(r"<!--\s*(?:Page saved with SingleFile|Archive processed by SingleFile)(.*?)-->", re.DOTALL)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
HEAD = 8192
"""Characters within which a saving program's comment is."""
_MOST = 100_000
"""Elements that are visited: an article's head comes before them."""
_HEADINGS, _MOST_HEADINGS = ("h1", "h2", "h3"), 200
_NAMES = ("property", "name", "itemprop", "http-equiv")
_HOME = re.compile(r"\.?/|/?index\.html?|https?://[^/?#]+/?")
"""Address of a home page."""


class Statements:
    """Statements of a page by name. State: the page, and cached look-ups.

    Visible elements are stored as indices among the page's elements, so that those near the headline can be found.
    """

    def __init__(self, page: HtmlElement, text: str, address: str) -> None:
        self.language = str(page.get("lang") or page.get("xml:lang") or "")
        self.header = _header(text[:HEAD])
        if address:
            self.header["url"] = _original(address)
        self.meta: dict[str, list[str]] = {}
        self.canonical: list[str] = []
        self.base = ""
        self.title = ""
        self.elements: list[HtmlElement] = list(islice(page.iter(etree.Element), _MOST))
        self.tagged: dict[str, list[int]] = {tag: [] for tag in (*_HEADINGS, "time", "a", "article", "main")}
        self.items: dict[str, list[int]] = {}
        self._item_types: list[str] = []
        """Types of items that are no property of another, in microdata."""
        self.classes: list[tuple[int, str]] = []
        self._scripts: list[str] = []
        for index, element in enumerate(self.elements):
            self._note(index, element)
        objects = list(linked_data.objects(self._scripts))
        self.data = linked_data.article_object(objects, next(iter(self.meta.get("og:title", ())), self.title))
        self.websites = linked_data.websites(objects)
        """Names of the site in structured data."""
        self._linked_types = linked_data.types(objects)

    def _note(self, index: int, element: HtmlElement) -> None:
        tag, attributes = element.tag, element.attrib
        if tag in self.tagged:
            self.tagged[tag].append(index)
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
            self.classes.append((index, attributes["class"][:LONGEST_CLASS]))
        if "itemprop" in attributes or "itemtype" in attributes:
            self._note_item(index, attributes.get("itemprop", ""), attributes.get("itemtype", ""))

    def _note_item(self, index: int, properties: str, kinds: str) -> None:
        for prop in properties.split()[:5]:
            self.items.setdefault(prop, []).append(index)
        if not properties:
            self._item_types += [kind.rpartition("/")[2] for kind in kinds.split()[:5]]

    def _declare(self, element: HtmlElement) -> None:
        if not (value := tidy(element.get("content", ""))):
            return
        for key in _NAMES:
            for name in element.get(key, "").lower().split()[:5]:
                self.meta.setdefault(name.replace("og:article:", "article:"), []).append(value)

    @property
    def types(self) -> str:
        """Types of what the page is about and of its preview, in small letters; one twice if it is about two such."""
        linked = self._linked_types
        marked = (kind for kind in self._item_types if kind not in linked)
        return " ".join((*linked, *marked, *self.meta.get("og:type", ()))).lower()

    @property
    def format(self) -> str:
        return self.header.get("format", "html")

    @property
    def _addresses(self) -> tuple[str, ...]:
        return (self.header.get("url", ""), *self.canonical, *self.meta.get("og:url", ()))

    @cached_property
    def host(self) -> str:
        return next((host for address in self._addresses if (host := addresses.host(address))), "")

    @cached_property
    def banners(self) -> list[int]:
        """Indices of main headings that lead home: the site's name, unless the page's title says nothing else."""
        title = bare_words(self.title)
        mains = [(index, self.elements[index]) for index in self.tagged["h1"][:_MOST_HEADINGS]]
        return [index for index, heading in mains if _leads_home(heading) and bare_words(read(heading)) != title]

    @cached_property
    def headings(self) -> list[tuple[int, str]]:
        """Visible headings outside menus, each with its index and text."""
        banners = set(self.banners)
        indices = sorted({index for tag in _HEADINGS for index in self.tagged[tag][:_MOST_HEADINGS]} - banners)
        elements = ((index, self.elements[index]) for index in indices[:_MOST_HEADINGS])
        visible = ((index, element) for index, element in elements if not is_menu(element))
        return [(index, tidy(read(element, own=False) or read(element))) for index, element in visible]

    def named(self, *names: str) -> Iterator[tuple[str, str]]:
        """Yield the contents of the page's `meta` elements of these names."""
        for name in names:
            for value in self.meta.get(name, ()):
                yield value, "meta"

    def item(self, prop: str) -> Iterator[tuple[str, str]]:
        """Yield the values of the elements marked as this property, in microdata."""
        for element in (self.elements[index] for index in self.items.get(prop, ())[:10]):
            yield tidy(element.get("content") or element.get("datetime") or read(element)), "microdata"


def is_home(address: str) -> bool:
    """True if an address is that of a home page."""
    return _HOME.fullmatch(address) is not None


def _leads_home(heading: HtmlElement) -> bool:
    """True if a heading is a link to a home page, or all its text is in one."""
    link, holder = next(heading.iter("a"), None), heading.getparent()
    if link is None and holder is not None and holder.tag == "a":
        link = holder
    return link is not None and is_home(link.get("href", "")) and read(link) == read(heading) != ""


def saving_program(head: str) -> str:
    """Return the name of the format, if a program says at the top that it saved the page; else empty."""
    return _header(head).get("format", "")


def loaded_from(head: str) -> str:
    """Return the address that a saving program wrote at the top of a page; empty if it wrote none."""
    return _header(head).get("url", "")


def _header(head: str) -> dict[str, str]:
    """Return what a saving program wrote into a comment at the top."""
    if comment := _SINGLEFILE.search(head):
        lines = dict(re.findall(r"^\s*(url|saved date):\s*(.+?)\s*$", comment[1], re.MULTILINE))
        return {"format": "singlefile", "url": _original(lines.get("url", "")), "saved": lines.get("saved date", "")}
    if comment := _SAVED_FROM.search(head):
        # A comment may not contain two hyphens, so browsers encode the second.
        return {"format": "browser save", "url": _original(addresses.web_address(comment[1].replace("-%2D", "--")))}
    return {}


def _original(address: str) -> str:
    """Return the address of which the Wayback Machine made a copy; any other unchanged."""
    return re.sub(r"^https?://web\.archive\.org/web/\d+[a-z_]*/(?=https?:/)", "", address)
