"""Part of a page's tree that is the article, converted to Beautiful Soup for the writer."""

from __future__ import annotations

from bs4 import BeautifulSoup
from bs4.element import Tag
from lxml import etree
from lxml.html import HtmlElement

from glossator.stages.extract.html.form.code_listings import LANGUAGE
from glossator.stages.extract.html.form.embedded_media import show_variables
from glossator.stages.extract.html.form.formulas import FORMULA
from glossator.stages.extract.html.parse.elements import element, text_of
from glossator.stages.extract.html.parse.parse_page import CALLOUT, CAPTION, HIGHLIGHT, NOTE, RELATED, TEXT_BLOCK
from glossator.stages.extract.html.writer.addresses import LAZY, LAZY_SETS

HELD = "data-note"
"""Attribute of an element that contains the definition of the note with that number."""
PLACEHOLDER = 2000
"""Characters of an embedded picture, at least, if its element waits for a script."""
_ELEMENTS = frozenset(
    """a abbr b blockquote body br caption cite code dd del dfn dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img
    kbd li math ol p picture pre q s samp source strike strong sub summary sup table tbody td tfoot th thead tr tt ul
    var""".split()
)
"""Elements that mean something to the writer; of others, only the contents matter."""
_ATTRIBUTES = frozenset("href title src alt width height colspan rowspan start value".split()) | {
    *LAZY,
    *LAZY_SETS,
    HELD,
    TEXT_BLOCK,
    NOTE,
    RELATED,
    CALLOUT,
    CAPTION,
    HIGHLIGHT,
    LANGUAGE,
}


def soup(tree: HtmlElement) -> Tag:
    """Convert a regular tree to Beautiful Soup, without what means nothing to the writer."""
    for tag in tree.iter():
        if FORMULA in tag.attrib:
            tag.tag = "math"
        if tag.tag not in _ELEMENTS and tag.get(HELD) is None:
            tag.tag = "span"
        attributes = tag.attrib.items()
        kept = [(name, value) for name, value in attributes if name in _ATTRIBUTES]
        if len(kept) < len(attributes):  # one by one, lxml does not find an attribute whose name begins with a brace
            tag.attrib.clear()
            tag.attrib.update(kept)
    keep_icons(tree)
    etree.strip_tags(tree, "span")
    # As XML, so that the nesting of elements is not changed to what HTML allows.
    parsed = BeautifulSoup(etree.tostring(tree, encoding="unicode", with_tail=False), "xml")
    root = parsed.find(True)
    assert isinstance(root, Tag)
    return root


def held_notes(tree: Tag) -> dict[str, Tag]:
    """Take the definitions of the notes out of the tree; return them by their numbers."""
    return {str(tag[HELD]): tag.extract() for tag in tree.find_all(attrs={HELD: True})}


def whole(container: HtmlElement, definitions: dict[str, HtmlElement]) -> HtmlElement:
    """Join the article's container and the notes that it refers to in one tree."""
    tree = element("div")
    tree.append(container)
    for number, definition in definitions.items():
        note = element("div")
        note.set(HELD, number)
        note.append(definition)
        tree.append(note)
    return tree


def set_aside(tree: HtmlElement) -> tuple[str, ...]:
    """Take pictures embedded in addresses out of the tree: `data:0` replaces the first.

    The dot or blur that a script would have replaced by a picture is none.
    """
    show_variables(tree)
    pictures: list[str] = []
    for image in tree.iter("img", "source", "image"):
        waits = "lazy" in image.get("class", "").lower()
        for name, value in image.attrib.items():
            if value.lstrip()[:5].lower() != "data:":
                continue
            if waits and len(value) < PLACEHOLDER:
                del image.attrib[name]
            else:
                image.set(name, f"data:{len(pictures)}")
                pictures.append(value)
    return tuple(pictures)


def keep_icons(tree: HtmlElement) -> None:
    """Remove the sizes of pictures in cells without text, because small pictures are left out by their sizes."""
    for cell in tree.iter("td", "th"):
        if not text_of(cell):
            for image in cell.iter("img"):
                image.attrib.pop("width", None)
                image.attrib.pop("height", None)
