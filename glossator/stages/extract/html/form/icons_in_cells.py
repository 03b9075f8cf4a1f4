"""Icons that are the whole content of a table's cell: they stay, however small; small ones beside text go."""

from __future__ import annotations

from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import text_of


def keep_icons(tree: HtmlElement) -> None:
    """Remove the sizes of pictures in cells without text, because small pictures are left out by their sizes."""
    for cell in tree.iter("td", "th"):
        if not text_of(cell):
            for image in cell.iter("img"):
                image.attrib.pop("width", None)
                image.attrib.pop("height", None)
