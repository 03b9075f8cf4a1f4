"""Formulas of a page as TeX between dollar signs, if the page contains their TeX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import element, finder, replace

_rendered = finder(
    "descendant::*[contains(concat(' ', @class, ' '), ' MathJax_Preview ') or"
    " contains(concat(' ', @class, ' '), ' MathJax ') or contains(concat(' ', @class, ' '), ' MathJax_Display ')]"
)
"""Elements that MathJax 2 shows beside the script with the TeX."""

_LOADED = re.compile(r"mathjax|katex", re.IGNORECASE)
_TEX = r"(?:[^$\\]|\\[^()\[\]])+?"
"""TeX without a delimiter within, so that a search never looks beyond the next one."""
_DELIMITED = re.compile(rf"\\\((?P<inline>{_TEX})\\\)|\\\[(?P<block>{_TEX})\\\]")
"""TeX between the delimiters that MathJax and KaTeX look for."""


def show_mathematics(body: HtmlElement) -> None:
    """Replace formulas by their TeX between dollar signs, in place.

    The TeX is that of MathJax's scripts, the annotation of MathML, its alternative text, or a text that a script on
    the page would have set.
    """
    for tag in _with_tex(body):
        tag.text = _DELIMITED.sub(_dollars, tag.text) if tag.text else tag.text
        for child in tag:
            child.tail = _DELIMITED.sub(_dollars, child.tail) if child.tail else child.tail
    scripts = [tag for tag in body.iter("script") if tag.get("type", "").startswith("math/tex")]
    if scripts:
        for rendered in _rendered(body):
            rendered.drop_tree()
    for script in scripts:
        _show(script, script.text or "", block="display" in script.get("type", ""))
    for formula in list(body.iter("math")):
        note = next((tag for tag in formula.iter("annotation") if "tex" in tag.get("encoding", "").lower()), None)
        tex = (note.text if note is not None else None) or formula.get("alttext") or ""
        _show(formula, tex, block=formula.get("display") == "block")


def _with_tex(body: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements whose text a script would have set: all that are no code, or only those named so."""
    scripts = body.getroottree().getroot().iter("script")
    everywhere = any(_LOADED.search(tag.get("src", "")) for tag in scripts)
    silent = frozenset(("script", "style", "pre", "code", "textarea"))
    tags = body.iter() if everywhere else body.iter("span", "div", "p")
    for tag in tags:
        if tag.tag not in silent and (everywhere or "math" in tag.get("class", "").split()):
            yield tag


def _dollars(match: re.Match[str]) -> str:
    mark = "$" if match.lastgroup == "inline" else "$$"
    return mark + " ".join(match[match.lastgroup or 0].split()) + mark


def _show(tag: HtmlElement, tex: str, *, block: bool) -> None:
    mark = "$$" if block else "$"
    if tex.strip():
        replace(tag, element("span", mark + " ".join(tex.split()) + mark))
