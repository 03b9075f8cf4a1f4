"""Formulas of a page as TeX, if the page contains their TeX, MathML, or a picture that states its TeX."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import element, finder, replace

FORMULA = "Formula"
"""Attribute of an element that holds TeX between dollar signs. The capital makes it differ from every attribute of a
page."""
_rendered = finder(
    "descendant::*[contains(concat(' ', @class, ' '), ' MathJax_Preview ') or"
    " contains(concat(' ', @class, ' '), ' MathJax ') or contains(concat(' ', @class, ' '), ' MathJax_Display ')]"
)
"""Elements that MathJax 2 shows beside the script with the TeX."""
_STATED = ("data-math", "data-latex", "data-tex")
"""Attributes that hold the TeX of an element that a script has drawn."""
_stated = finder(f"descendant::*[{' or '.join(f'@{name}' for name in _STATED)}]")
_PICTURE = re.compile(r"(?:^|\s)(?:latex|tex|mwe-math-fallback-image-(?:inline|display))(?:\s|$)")
"""Classes of pictures of formulas, whose alternative text is their TeX."""
_LOADED = re.compile(r"mathjax|katex", re.IGNORECASE)
_DOLLARS = re.compile(r"""["']\$["']""")
"""Setting of MathJax and KaTeX by which a single dollar sign delimits TeX, which neither of them assumes."""
_COMMAND = re.compile(r"\\[A-Za-z]")
"""Command of TeX, which between such signs says that a page sets so in a file that is not saved with it."""
_LONGEST = 2_000
"""Characters of a formula at most."""
_TEX = rf"(?:[^$\\]|\\[^()\[\]]){{1,{_LONGEST}}}?"
"""TeX without a delimiter within, so that a search never looks beyond the next one."""
_NAMES = r"(?:equation|align|gather|multline|eqnarray)\*?"
_DELIMITED = (
    rf"\\\((?P<inline>{_TEX})\\\)|\\\[(?P<block>{_TEX})\\\]|\$\$(?P<display>[^$]{{1,{_LONGEST}}})\$\$"
    rf"|(?P<environment>\\begin\{{{_NAMES}\}}(?:[^$\\]|\\(?!begin\{{{_NAMES}\}})){{1,{_LONGEST}}}?\\end\{{{_NAMES}\}})"
)
_SETTLED = re.compile(_DELIMITED)
"""TeX between the delimiters that MathJax and KaTeX look for."""
_CHOSEN = re.compile(
    rf"{_DELIMITED}|(?<![\\$\w])\$(?P<dollars>(?=\S)(?:[^$\\]|\\.){{1,{_LONGEST}}}?(?<=\S))\$(?![\w$])", re.DOTALL
)
"""Besides, TeX between single dollar signs by Pandoc's rule, on a page that sets so."""
_WITHIN_TEXT = ("inline", "dollars")


def show_mathematics(body: HtmlElement) -> None:
    """Replace formulas by elements with their TeX between dollar signs, in place.

    The TeX is that of MathJax's scripts, the annotation of MathML or its alternative text, that which MathML means, an
    attribute, the alternative text of a picture, or a text that a script on the page would have set.
    """
    _show_texts(body)
    scripts = [tag for tag in body.iter("script") if tag.get("type", "").startswith("math/tex")]
    if scripts:
        for rendered in _rendered(body):
            rendered.drop_tree()
    for script in scripts:
        _show(script, script.text or "", block="display" in script.get("type", ""))
    for drawn in _stated(body):
        tex = next(filter(None, map(drawn.get, _STATED)), "")
        _show(drawn, tex, block=drawn.tag == "div" or "block" in drawn.get("class", ""))
    for picture in list(body.iter("img")):
        if _PICTURE.search(picture.get("class", "")) and (tex := picture.get("alt", "")):
            around = picture.getparent()
            if around is not None and around.tag == "span" and next(around.iter("math"), None) is not None:
                picture.drop_tree()  # MediaWiki shows it in the place of the MathML beside it
            else:
                _show(picture, tex, block=False)
    for formula in list(body.iter("math")):
        note = next((tag for tag in formula.iter("annotation") if "tex" in tag.get("encoding", "").lower()), None)
        tex = (note.text if note is not None else None) or formula.get("alttext") or _tex_of(formula)
        _show(formula, tex, block=formula.get("display") == "block")


def _tex_of(formula: HtmlElement) -> str:
    """Return the TeX that MathML means; empty if it cannot be written so."""
    from mathml_to_latex.converter import MathMLToLaTeX  # noqa: PLC0415 -- few pages hold MathML without its TeX

    source = etree.tostring(formula, encoding="unicode", with_tail=False)
    if len(source) > 10 * _LONGEST:
        return ""
    try:
        return str(MathMLToLaTeX().convert(source))
    except Exception:  # noqa: BLE001 -- a formula that the library cannot read is left as the page shows it
        return ""


def _show_texts(body: HtmlElement) -> None:
    """Show the TeX in the text of a page: in all that is no code if a script would set it, or in elements named so."""
    scripts = list(body.getroottree().getroot().iter("script"))
    everywhere = any(_LOADED.search(tag.get("src", "")) for tag in scripts)
    chosen = everywhere and (
        any(_DOLLARS.search(tag.text or "") for tag in scripts)
        or any(part == part.strip() and _COMMAND.search(part) for part in body.text_content().split("$")[1:-1])
    )
    delimited = _CHOSEN if chosen else _SETTLED
    silent = frozenset(("script", "style", "pre", "code", "textarea"))
    for tag in list(body.iter() if everywhere else body.iter("span", "div", "p")):
        if tag.tag in silent or not (everywhere or "math" in tag.get("class", "").split()):
            continue
        for child in list(tag):
            child.tail, formulas = _parted(child.tail, delimited)
            for formula in reversed(formulas):
                child.addnext(formula)
        tag.text, formulas = _parted(tag.text, delimited)
        for formula in reversed(formulas):
            tag.insert(0, formula)


def _parted(text: str | None, delimited: re.Pattern[str]) -> tuple[str | None, list[HtmlElement]]:
    """Return a text up to its first formula, and the formulas, each with the text behind it."""
    if not text or ("\\" not in text and "$" not in text):
        return text, []
    matches = list(delimited.finditer(text))
    starts = [match.start() for match in matches] + [len(text)]
    formulas = []
    for match, end in zip(matches, starts[1:], strict=True):
        kind = match.lastgroup or "inline"
        formula = _formula(match[kind], block=kind not in _WITHIN_TEXT)
        formula.tail = text[match.end() : end]
        formulas.append(formula)
    return text[: starts[0]], formulas


def _formula(tex: str, *, block: bool) -> HtmlElement:
    mark = "$$" if block else "$"
    shown = element("span", mark + " ".join(tex.split()) + mark)
    shown.set(FORMULA, FORMULA)
    return shown


def _show(tag: HtmlElement, tex: str, *, block: bool) -> None:
    if tex.strip() and len(tex) <= _LONGEST:
        replace(tag, _formula(tex, block=block))
