"""Notations beside those of Python-Markdown: wiki links and highlights; and a person's links, taken out or told."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from xml.etree.ElementTree import Element

import msgspec
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from glossator.addresses import WIKI, name_key, web_address
from glossator.local_pictures import FOLDER

BARE = "bare"
"""Attribute of a link that has no text of its own."""
HEADINGS = frozenset({f"h{level}" for level in range(1, 7)})

_LINK = r"(?<!\\)(!?)\[\[([^\[\]|\\\n]+)(?:\\?\|([^\[\]\n]+))?\]\](?!\(|\[(?!\[))"
"""A link by name. In a table its bar is escaped."""
_HIGHLIGHT = r"(?<![\w=])==(?=[^\s=])([^\n]{1,2000}?)(?<=[^\s=])==(?![\w=])"
_CODE_OR_NAME = re.compile(
    r"^(`{3,}+)[^\n]*+\n.*?^\1|(?<!`)(`+)(?!`)[^\n]{0,500}?(?<!`)\2(?!`)"
    r"|!?\[\[(?P<name>[^\[\]|\\\n]+)(?:\\?\|(?P<label>[^\[\]\n]+))?\]\](?!\(|\[(?!\[))",
    re.MULTILINE | re.DOTALL,
)
_INLINE = re.compile(
    r"(?<!\\)!?\[((?:[^\[\]\\]|\\.)*+)\]\(\s*+(<[^>\n]*>|[^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+)[^()\n]*+\)"
)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n^]+\]:[ \t]*(\S+).*$\n?", re.MULTILINE)
_CODE = r"^(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n.*?^(?P=fence)|(?<!`)(?P<tick>`+)(?!`)[^\n]{0,500}?(?<!`)(?P=tick)(?!`)"
_LABEL = r"\[(?P<label>(?:[^\[\]\\]|\\.|\[[^\[\]\n]*\](?:\([^()\n]*\))?)*+)\]"
_CODE_OR_REFERENCE = re.compile(
    rf"{_CODE}|(?<!\\)!?{_LABEL}\(\s*+(?P<address><[^>\n]*>|[^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+)"
    r"""(?:\s*+(?:"[^"]*+"|'[^']*+'|[^()\s]++))*+\s*+\)"""
    r"|^(?P<definition> {0,3}\[(?P<id>[^\]\n^][^\]\n]*)\]:[ \t]*(?P<target><[^>\n]*>|\S+)[^\n]*$\n?)",
    re.MULTILINE | re.DOTALL,
)
"""Code, a link or picture, or the definition of an address."""
_BY_ID = re.compile(
    rf"{_CODE}|!?\[(?P<label>[^\[\]\n]+)\](?:\[(?P<id>[^\[\]\n]*)\])?(?![(:])", re.MULTILINE | re.DOTALL
)
_PRIORITY = 185
"""Priority after code, before escaped characters, marks, links and references."""
_AFTER_LINKS = 75
"""Priority after links, references and character references, before emphasis."""
_TAKEN = frozenset({"display", "main", "q"})
"""Anchors that the layout of a page has."""
_OF_BLOCKS = re.compile(r"p\d+")


class InlinePattern(InlineProcessor):
    """Reader of a pattern that becomes an element, or text, by what it matches alone; None if it is no notation."""

    def __init__(self, pattern: str, parser: Markdown, make: Callable[[re.Match[str]], Element | str | None]) -> None:
        super().__init__(pattern, parser)
        self._make = make

    def handleMatch(  # type: ignore[override]  # noqa: N802 -- Python-Markdown's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 -- and its arguments
    ) -> tuple[Element | str | None, int | None, int | None]:
        made = self._make(m)
        return (None, None, None) if made is None else (made, m.start(0), m.end(0))


class OwnReferences(msgspec.Struct, frozen=True):
    """The references of a person's text that lead to no other site, as they are written, each once."""

    links: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


def _wiki_link(match: re.Match[str]) -> Element:
    target, label = match[2].strip(), (match[3] or "").strip()
    if match[1]:
        width = label.replace("x", "").isdigit()
        return Element("img", {"src": target, "alt": "" if width else label})
    element = Element("a", {"href": WIKI + target} | ({} if label else {BARE: BARE}))
    element.text = label or AtomicString(target)
    return element


def _highlight(match: re.Match[str]) -> Element:
    element = Element("mark")
    element.text = match[1]
    return element


def is_notation(markdown: str) -> bool:
    """True if a text may hold links by name or highlights, which cost time to look for."""
    return "[[" in markdown or "==" in markdown


def register(parser: Markdown) -> None:
    """Register the notation of links by name, and of highlights, with a parser."""
    parser.inlinePatterns.register(InlinePattern(_LINK, parser, _wiki_link), "wiki_link", _PRIORITY)
    parser.inlinePatterns.register(InlinePattern(_HIGHLIGHT, parser, _highlight), "highlight", _AFTER_LINKS)


def may_refer(markdown: str) -> bool:
    """True if a text may hold a link or a picture."""
    return "](" in markdown or "[[" in markdown or "]:" in markdown


def without_links(markdown: str, kept_back: Callable[[str], bool]) -> str:
    """Return a person's Markdown in which links within the site are words, for use outside of the site.

    `kept_back` says of a name between double brackets whether nobody may read it.
    """

    def words(match: re.Match[str]) -> str:
        shown = match[3] or ("…" if kept_back(match[2].strip()) else match[2])
        return "" if match[1] else shown.strip()

    def text(match: re.Match[str]) -> str:
        address = match[2].strip("<>")
        return match[0] if web_address(address) or address.startswith(("mailto:", "#fn")) else match[1]

    plain = _INLINE.sub(text, re.sub(_LINK, words, markdown))
    return _DEFINITION.sub(lambda match: match[0] if web_address(match[1].strip("<>")) else "", plain)


def names(markdown: str) -> list[str]:
    """Return the keys of the names that an article links to."""
    if "[[" not in markdown:
        return []
    return list(dict.fromkeys(key for link in re.finditer(_LINK, markdown) if (key := name_key(link[2]))))


def with_names_as_words(markdown: str) -> str:
    """Return an article in which links by name are words."""
    if "[[" not in markdown:
        return markdown
    return _CODE_OR_NAME.sub(lambda match: match["label"] or match["name"] or match[0], markdown)


def without_paths(markdown: str, pictures: Container[str] | None = None) -> str:
    """Return an article in which links to files are words, because its page shows no path that leads nowhere.

    Of pictures those stay that are among `pictures`, given by their paths; all of the archive's own if that is None.
    """
    gone: set[str] = set()

    def stays(address: str) -> bool:
        address = address.strip("<>")
        if address.startswith(FOLDER):
            return pictures is None or address in pictures
        return bool(web_address(address)) or address.startswith("mailto:")

    def words(match: re.Match[str]) -> str:
        if match["definition"] is not None and not stays(match["target"]):
            gone.add(match["id"].casefold())
            return ""
        if match["address"] is None:
            return match[0]
        label = _CODE_OR_REFERENCE.sub(words, match["label"])  # in which a picture may be
        start, end = (place - match.start() for place in match.span("label"))
        return match[0][:start] + label + match[0][end:] if stays(match["address"]) else label

    def named(match: re.Match[str]) -> str:
        return match["label"] if match["label"] and (match["id"] or match["label"]).casefold() in gone else match[0]

    if "](" not in markdown and "]:" not in markdown:
        return markdown
    plain = _CODE_OR_REFERENCE.sub(words, markdown)
    return _BY_ID.sub(named, plain) if gone else plain


def without_names(markdown: str, hidden: Container[str]) -> str:
    """Return an article without its links to what is kept back, given by the keys of its names.

    A link's own words stay unless they tell the name. Code is searched, too: what looks like code may be shown as text.
    """

    def words(link: re.Match[str]) -> str:
        key, label = name_key(link[2]), (link[3] or "").strip()
        if key not in hidden:
            return link[0]
        return "…" if not label or key.rpartition("/")[2] in name_key(label) else label

    return re.sub(_LINK, words, markdown)


def references(root: Element) -> OwnReferences:
    """Return the references of an element tree."""
    links = (element.get("href", "") for element in root.iter("a") if "footnote" not in element.get("class", ""))
    pictures = (element.get("src", "") for element in root.iter("img"))
    return OwnReferences(_within(links), _within(pictures))


def _within(addresses: Iterable[str]) -> tuple[str, ...]:
    within = (
        address for address in addresses if address and not web_address(address) and not address.startswith("mailto:")
    )
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
    return anchor if anchor not in taken else next(candidate for candidate in numbered if candidate not in taken)
