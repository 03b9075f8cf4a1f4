"""Notation of pages and notes that articles do not have: `[[name]]`, and addresses of headings.

`[[name]]`, `[[name|text]]` and `![[picture.png]]` are the links of Obsidian and of wikis. Headings have the anchors
that GitHub gives them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from glossator.urls import web_address

WIKI = "wiki:"
"""Beginning of the address of a link that names what it leads to."""
BARE = "bare"
"""Attribute of a link that has no text of its own."""
HEADINGS = frozenset({f"h{level}" for level in range(1, 7)})

_LINK = r"(!?)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]"
_INLINE = re.compile(r"!?\[((?:[^\[\]\\]|\\.)*)\]\(\s*(<[^>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)[^()\n]*\)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n^]+\]:[ \t]*(\S+).*$\n?", re.MULTILINE)
_PRIORITY = 176
"""Priority after code and escaped characters, before marks, links and references."""
_TAKEN = frozenset({"display", "main", "q"})
"""Anchors that the layout of a page has."""
_OF_BLOCKS = re.compile(r"p\d+")


@dataclass(frozen=True, slots=True)
class OwnReferences:
    """The references of a person's text that lead to no other site, as they are written, each once."""

    links: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


class _WikiLink(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802 -- Python-Markdown's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 -- and its arguments
    ) -> tuple[Element, int, int]:
        target, label = m[2].strip(), (m[3] or "").strip()
        if m[1]:
            width = label.replace("x", "").isdigit()
            return Element("img", {"src": target, "alt": "" if width else label}), m.start(0), m.end(0)
        element = Element("a", {"href": WIKI + target} | ({} if label else {BARE: BARE}))
        element.text = label or AtomicString(target)
        return element, m.start(0), m.end(0)


def register(parser: Markdown) -> None:
    """Register the notation of links by name with a parser."""
    parser.inlinePatterns.register(_WikiLink(_LINK, parser), "wiki_link", _PRIORITY)


def may_refer(markdown: str) -> bool:
    """True if a text may hold a link or a picture."""
    return "](" in markdown or "[[" in markdown or "]:" in markdown


def without_links(markdown: str, kept_back: Callable[[str], bool]) -> str:
    """Return a person's Markdown in which links within the site are words, for use outside of the site.

    `kept_back` says of a name between double brackets whether nobody may read it.
    """

    def words(found: re.Match[str]) -> str:
        shown = found[3] or ("…" if kept_back(found[2].strip()) else found[2])
        return "" if found[1] else shown.strip()

    def text(found: re.Match[str]) -> str:
        address = found[2].strip("<>")
        return found[0] if web_address(address) or address.startswith(("mailto:", "#fn")) else found[1]

    plain = _INLINE.sub(text, re.sub(_LINK, words, markdown))
    return _DEFINITION.sub(lambda found: found[0] if web_address(found[1].strip("<>")) else "", plain)


def references(root: Element) -> OwnReferences:
    """Return the references of an element tree."""
    links = (element.get("href", "") for element in root.iter("a") if "footnote" not in element.get("class", ""))
    pictures = (element.get("src", "") for element in root.iter("img"))
    return OwnReferences(_within(links), _within(pictures))


def _within(addresses: Iterable[str]) -> tuple[str, ...]:
    within = (found for found in addresses if found and not web_address(found) and not found.startswith("mailto:"))
    return tuple(dict.fromkeys(within))


def name_headings(root: Element) -> tuple[str, ...]:
    """Give each heading of an element tree an anchor, as GitHub does; return the anchors in the order of the text."""
    taken = set(_TAKEN)
    anchors = []
    for element in root.iter():
        if element.tag in HEADINGS:
            anchor = _free(_anchor("".join(element.itertext())), taken)
            taken.add(anchor)
            anchors.append(anchor)
            element.set("id", anchor)
    return tuple(anchors)


def _anchor(heading: str) -> str:
    words = re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
    return f"{words}-" if not words or _OF_BLOCKS.fullmatch(words) else words


def _free(anchor: str, taken: set[str]) -> str:
    """Return the anchor with the first number that makes it another than those that are taken."""
    numbered = (f"{anchor}-{number}" for number in range(1, len(taken) + 2))
    return anchor if anchor not in taken else next(found for found in numbered if found not in taken)
