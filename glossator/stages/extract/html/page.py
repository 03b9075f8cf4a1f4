"""A page's tree made regular: what is never text removed, every stretch of text in a block of its own.

Afterwards a block holds either blocks or text, so that the text of an article can be chosen leaf by leaf.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    {
        *HEADINGS,
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div"),
        *(
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "header",
            "hgroup",
            "hr",
            "legend",
            "li",
            "main",
        ),
        *("nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    }
)
TEXT_BLOCKS = frozenset({*HEADINGS, "p", "li", "td", "th", "dt", "dd", "figcaption", "caption", "pre", "summary"})
"""Blocks that are a leaf whenever no block is within them."""

# Names with a space, which no attribute of a page can have.
LEAF = "its leaf"
RELATED = "its related"
NOTE = "its note"

_NEVER_TEXT = frozenset(
    {
        *(
            "script",
            "style",
            "template",
            "svg",
            "canvas",
            "iframe",
            "object",
            "embed",
            "audio",
            "video",
            "input",
        ),
        *("button", "select", "textarea", "dialog", "link", "meta", "base", "title", "noscript", "single-file-infobar"),
    }
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DEEPEST = 400
"""Levels; real pages stay below a hundred."""
_MOST = 0.3
"""Of the page's text, scripts included."""
_HIDDEN_CLASSES = frozenset({"sf-hidden", "visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text"})


def opened(text: str) -> HtmlElement | None:
    """The page's tree as lxml reads it, for whoever only looks things up; None where there is no element in it."""
    try:
        return document_fromstring(text.encode("utf-8"), parser=HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return None


def parse(text: str) -> BeautifulSoup:
    """The page's tree as lxml reads it: forgiving, without entities from outside."""
    return BeautifulSoup(text, "lxml")


def is_deep(data: bytes) -> bool:
    """Whether elements are nested deeper than the walks over a tree can follow in reasonable time."""
    root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    if root is None:  # nothing but comments
        return False
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False


def regular(page: BeautifulSoup) -> Tag:
    """The page's body made regular, in place; its leaves are marked."""
    body = page.body or page
    _rescue_lazy_images(body)
    whole = len(body.get_text())
    waiting: list[Tag] = [body]
    while waiting:
        for node in list(waiting.pop().children):
            if isinstance(node, PreformattedString):
                node.extract()
            elif isinstance(node, Tag):
                if node.name in _NEVER_TEXT or _is_hidden(node, whole):
                    node.extract()
                else:
                    waiting.append(node)
    _wrap_runs(page, body)
    _mark_leaves(body)
    return body


def leaves(tree: Tag) -> list[Tag]:
    """The blocks that hold text, in the order of the page."""
    return [tag for tag in tree.descendants if isinstance(tag, Tag) and is_leaf(tag)]


def is_leaf(tag: Tag) -> bool:
    return LEAF in tag.attrs


def _mark_leaves(body: Tag) -> None:
    holders = {id(tag) for tag in _containers(body, whole=True)}
    for tag in body.descendants:
        if isinstance(tag, Tag) and tag.name in TEXT_BLOCKS and (tag.name == "pre" or id(tag) not in holders):
            tag.attrs[LEAF] = ""


def text_of(tag: Tag) -> str:
    """The text of a leaf in one line."""
    return " ".join("".join(" " if isinstance(node, Tag) else node for node in _pieces(tag)).split())


def _pieces(tag: Tag) -> Iterator[Tag | NavigableString]:
    for node in tag.descendants:
        if isinstance(node, NavigableString) or (isinstance(node, Tag) and node.name == "br"):
            yield node


def _rescue_lazy_images(body: Tag) -> None:
    """Pictures that the page shows only without scripts take the place of their stand-ins."""
    for tag in body.find_all("noscript"):
        image = tag.find("img")
        if image is None:
            continue
        stand_in = tag.find_previous_sibling()
        if stand_in is not None and stand_in.name == "img" and _is_blank(stand_in):
            stand_in.extract()
        tag.replace_with(image)


def _is_blank(image: Tag) -> bool:
    return str(image.get("src", "")).startswith("data:") or not image.get("src")


def _is_hidden(tag: Tag, whole: int) -> bool:
    """Whether readers do not see it; what holds most of the page's text is hidden only until a script has run."""
    attributes = tag.attrs
    hidden = (
        tag.name == "form"
        or "hidden" in attributes
        or (attributes.get("aria-hidden") == "true" and tag.name != "img" and tag.find("img") is None)
        or ("style" in attributes and _HIDDEN.search(str(attributes["style"])))
        or ("class" in attributes and not _HIDDEN_CLASSES.isdisjoint(attributes["class"]))
    )
    return bool(hidden) and len(tag.get_text()) < _MOST * whole


def _wrap_runs(page: BeautifulSoup, body: Tag) -> None:
    """Text that stands beside blocks gets a paragraph of its own; two line breaks begin another."""
    containers = _containers(body)
    held = {id(container) for container in containers}
    for container in containers:
        run: list[PageElement] = []
        for child in list(container.children):
            if isinstance(child, Tag) and (child.name in BLOCKS or id(child) in held):
                _wrap(page, run)
                run = []
            else:
                run.append(child)
        _wrap(page, run)


def _containers(body: Tag, *, whole: bool = False) -> list[Tag]:
    """What holds blocks, or would hold text beside them; with `whole` only what does hold blocks."""
    found, seen = [body], {id(body)}
    for block in [tag for tag in body.descendants if isinstance(tag, Tag) and tag.name in BLOCKS]:
        own = [block] if not whole and (block.name not in TEXT_BLOCKS or _breaks(block)) else []
        for tag in (*own, *block.parents):
            if id(tag) in seen or not isinstance(tag, Tag):
                break
            seen.add(id(tag))
            found.append(tag)
    return [tag for tag in found if tag.name not in ("hr", "pre")]


def _breaks(block: Tag) -> bool:
    """Whether a paragraph is several, parted by two line breaks."""
    return block.name == "p" and any(_doubled(tag) for tag in block.find_all("br", recursive=False))


def _doubled(tag: Tag) -> bool:
    after = tag.next_sibling
    while isinstance(after, NavigableString) and not after.strip():
        after = after.next_sibling
    return isinstance(after, Tag) and after.name == "br"


def _split(run: list[PageElement]) -> Iterator[list[PageElement]]:
    part: list[PageElement] = []
    for node in run:
        if isinstance(node, Tag) and node.name == "br" and _doubled(node):
            yield part
            part = []
        else:
            part.append(node)
    yield part


def _wrap(page: BeautifulSoup, run: list[PageElement]) -> None:
    for part in _split(run):
        if any(_says(node) for node in part):
            paragraph = page.new_tag("p")
            part[0].insert_before(paragraph)
            for node in part:
                paragraph.append(node)


def _says(node: PageElement) -> bool:
    if isinstance(node, NavigableString):
        return bool(node.strip())
    return isinstance(node, Tag) and (node.name == "img" or bool(node.get_text(strip=True)) or bool(node.find("img")))
