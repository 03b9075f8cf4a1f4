"""MathML -> TeX: by a library, and what it does not know: matrices, cases, aligned equations and binomials."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import element, replace, text_of

_LONGEST = 20_000
"""Characters of a formula at most."""
_ENVIRONMENTS = {
    "()": "pmatrix",
    "[]": "bmatrix",
    "{}": "Bmatrix",
    "||": "vmatrix",
    "∣∣": "vmatrix",
    "‖‖": "Vmatrix",
    "{": "cases",
}
"""Environments of tables by the signs around them."""
_GROUPS = ("mrow", "mstyle")
_FIRST = 0xE000
"""Private character that holds the place of the first structure while the library converts what is around it."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_NO_LINE = re.compile(r"0+(?:\.0+)?[a-z%]*")
"""Thickness of the line of what is no fraction."""
_SIGN = re.compile(r"\\left(.)\\right\.|\\left\.\\right(.)")
"""Bracket as the library writes it: it takes each for a pair of which the other is missing."""


def tex_of(formula: HtmlElement) -> str:
    """Return the TeX that MathML means; empty if it cannot be written so."""
    source = etree.tostring(formula, encoding="unicode", with_tail=False)
    # With private characters of its own, a page would have structures repeated within structures.
    if len(source) > _LONGEST or _PRIVATE.search(source):
        return ""
    try:
        return _tex(deepcopy(formula))
    except Exception:  # noqa: BLE001 -- a formula that the library cannot read is left as the page shows it
        return ""


def _tex(formula: HtmlElement) -> str:
    """Convert a formula, the innermost of its structures first; the tree is consumed."""
    for fenced in [tag for tag in formula.iter("mfenced") if len(tag) == 1]:
        fenced.tag = "mrow"
        fenced.insert(0, element("mo", fenced.get("open", "(")))
        fenced.append(element("mo", fenced.get("close", ")")))
    structures: list[str] = []
    for tag in reversed(list(formula.iter("mtable", "mfrac"))):
        if tag.tag == "mtable":
            tex = _grid(tag)
        elif len(tag) > 1 and _NO_LINE.fullmatch(tag.get("linethickness", "")):
            upper, lower = _converted(tag[0]), _converted(tag[1])
            binomial = _take_signs(tag, ("()",)) == "()"
            tex = f"\\binom{{{upper}}}{{{lower}}}" if binomial else f"{{{upper} \\atop {lower}}}"
        else:
            continue
        tag.tail = None
        replace(tag, element("mi", chr(_FIRST + len(structures))))
        structures.append(tex)
    tex = _converted(formula)
    for number, structure in reversed(list(enumerate(structures))):
        tex = tex.replace(chr(_FIRST + number), structure)
    return tex


def _grid(table: HtmlElement) -> str:
    """Write a table by the environment that its surroundings and its columns mean; a label is the last cell."""
    rows = [[*row[1:], row[0]] if row.tag == "mlabeledtr" else list(row) for row in table if len(row)]
    signs = _take_signs(table, tuple(_ENVIRONMENTS))
    alone = all(len(above) == 1 for above in table.iterancestors())
    aligned = "right left" in table.get("columnalign", "") or (alone and max(map(len, rows), default=0) <= 2)
    name = _ENVIRONMENTS.get(signs, "aligned" if aligned else "matrix")
    lines = " \\\\ ".join(" & ".join(map(_converted, row)) for row in rows)
    return f"\\begin{{{name}}} {lines} \\end{{{name}}}"


def _take_signs(tag: HtmlElement, pairs: tuple[str, ...]) -> str:
    """Return the signs around an element, and remove them; empty if they are none of `pairs`."""
    while (above := tag.getparent()).tag in _GROUPS and len(above) == 1:
        tag = above
    beside = [sign for sign in (tag.getprevious(), tag.getnext()) if sign is not None and _is_sign(sign)]
    signs = "".join(map(text_of, beside))
    if signs not in pairs or (len(signs) == 1 and tag.getprevious() is not beside[0]):
        return ""
    for sign in beside:
        sign.drop_tree()
    return signs


def _is_sign(tag: HtmlElement) -> bool:
    return tag.tag == "mo" or (tag.tag in _GROUPS and len(tag) == 1 and _is_sign(tag[0]))


def _converted(tag: HtmlElement) -> str:
    """Return what the library makes of an element, or of the contents of a cell."""
    from mathml_to_latex.converter import MathMLToLaTeX  # noqa: PLC0415 -- few pages hold MathML without its TeX

    formula = element("math")
    formula.extend([deepcopy(tag)] if tag.tag not in ("math", "mtd") else map(deepcopy, tag))
    tex = MathMLToLaTeX().convert(etree.tostring(formula, encoding="unicode")) if text_of(formula) else ""
    return _SIGN.sub(lambda sign: re.sub(r"([{}])", r"\\\1", sign[1] or sign[2]), str(tex))
