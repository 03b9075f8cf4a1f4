"""Formulas in TeX as MathML; what cannot be shown so is shown as it is written."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from xml.etree.ElementTree import Element, fromstring

from markdown import Markdown
from markdown.util import AtomicString

from glossator.markup.notations import InlinePattern

FORMULA = "math"
"""Element of a formula, with its TeX between dollar signs as its text."""
_LONGEST_FORMULA = 2_000
"""Characters of a formula that is shown as one; 30 ms of work at most. Longer ones are text."""
_FORMULA = (
    rf"(?<![\\$\w])(?:\$\$(?P<block>(?:[^$\\\x02]|\\[^\x02]){{1,{_LONGEST_FORMULA}}}?)\$\$(?!\$)"
    rf"|\$(?P<inline>(?=\S)(?:[^$\\\x02]|\\[^\x02]){{1,{_LONGEST_FORMULA}}}?(?<=\S))\$(?![\w$]))"
)
"""TeX by Pandoc's rule: no space within the dollar signs, and no letter or digit outside, as names and prices have."""
_LONGEST_MATHML = 40_000
"""Characters of a formula as MathML; some signs become forty."""
_PRIORITY = 187
"""Priority after code, before links by name and escaped characters."""

_BARE = (
    "menclose merror mmultiscripts mn mpadded mphantom mprescripts mroot mrow msqrt msub msubsup msup mtd mtext mtr "
    "munderover"
).split()
MATHEMATICS: dict[str, set[str]] = {
    **{tag: set[str]() for tag in _BARE},
    "math": {"display", "alttext"},
    "mfrac": {"linethickness"},
    "mi": {"mathvariant"},
    "mo": {"accent", "fence", "form", "largeop", "movablelimits", "separator", "stretchy"},
    "mover": {"accent"},
    "mspace": {"width"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mtable": {"columnalign"},
    "munder": {"accentunder"},
}
"""Elements of MathML with their attributes, none of which leads or loads anything, or sets a colour."""
MATHEMATICAL_VALUE = re.compile(
    r"[a-zA-Z][a-zA-Z -]{0,39}|-?\d|\d(?:\.\d{1,9})?(?:em|ex|cm|mm)|\d\d?(?:\.\d{1,9})?(?:mu|pt|px)"
)
"""Value of an attribute of these elements, save the alternative text: words, a digit, or a small length that moves no
formula over the text beside it."""


def _formula(match: re.Match[str]) -> Element:
    element = Element(FORMULA, {"display": "block"} if match["block"] else {})
    element.text = AtomicString(match[0])
    return element


def register(parser: Markdown) -> None:
    """Make a parser read formulas, and a dollar sign behind a backslash as one."""
    parser.inlinePatterns.register(InlinePattern(_FORMULA, parser, _formula), "formula", _PRIORITY)
    parser.ESCAPED_CHARS = [*parser.ESCAPED_CHARS, "$"]


@lru_cache(maxsize=1024)
def mathml(written: str) -> str:
    """Return the MathML of TeX between dollar signs, which is to be sanitised; empty if it cannot be read."""
    from latex2mathml import converter  # noqa: PLC0415 -- few articles have formulas, and it imports much

    block = written.startswith("$$")
    tex = written.strip("$").strip()
    try:
        # The library knows these environments by the names of those that stand alone.
        readable = re.sub(r"\\(begin|end)\{(align|gather)ed\}", r"\\\1{\2*}", tex)
        shown = str(converter.convert(readable, display="block" if block else "inline"))
        tags = {element.tag.rpartition("}")[2] for element in fromstring(shown).iter()}  # noqa: S314 -- no declarations
    except Exception:  # noqa: BLE001 -- a formula that the library cannot read is shown as it is written
        return ""
    if not tags <= MATHEMATICS.keys() or len(shown) > _LONGEST_MATHML:  # words within TeX may be HTML
        return ""
    return shown.replace("<math ", f'<math alttext="{escape(tex)}" ', 1)
