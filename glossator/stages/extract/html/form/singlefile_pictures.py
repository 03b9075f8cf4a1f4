"""Pictures that SingleFile keeps in a style, because the page shows them several times."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_VARIABLE = re.compile(r"(--sf-img-\d+)\s*:\s*url\(\s*[\"']?(data:[^\"')]+)")
"""Variable of the style with the picture."""
_SHOWN = re.compile(r"var\(\s*(--sf-img-\d+)\s*\)")


def show_variables(tree: HtmlElement) -> None:
    """Restore the addresses of pictures that a style shows, in place."""
    variables = {name: value for style in tree.iter("style") for name, value in _VARIABLE.findall(style.text or "")}
    for image in tree.iter("img") if variables else ():
        reference = _SHOWN.search(image.get("style", ""))
        if reference and reference[1] in variables:
            image.set("src", variables[reference[1]])
