"""Formulas of a page as TeX between dollar signs, if the page contains their TeX."""

from __future__ import annotations

from lxml.html import HtmlElement

from glossator.stages.extract.html.form.elements import element, finder, replace

_rendered = finder(
    "descendant::*[contains(concat(' ', @class, ' '), ' MathJax_Preview ') or"
    " contains(concat(' ', @class, ' '), ' MathJax ') or contains(concat(' ', @class, ' '), ' MathJax_Display ')]"
)
"""Elements that MathJax 2 shows beside the script with the TeX."""


def show_mathematics(body: HtmlElement) -> None:
    """Replace formulas by their TeX: from MathJax's scripts, the annotation of MathML, or its alternative text."""
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


def _show(tag: HtmlElement, tex: str, *, block: bool) -> None:
    mark = "$$" if block else "$"
    if tex.strip():
        replace(tag, element("span", mark + " ".join(tex.split()) + mark))
