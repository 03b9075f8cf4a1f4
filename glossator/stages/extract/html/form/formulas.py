"""Formulas of a page as TeX, if the page contains their TeX, MathML, or a picture that states its TeX."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from glossator.stages.extract.html.form.mathml import tex_of
from glossator.stages.extract.html.form.regular_tree import BLOCKS
from glossator.stages.extract.html.parse.elements import HEADINGS, element, finder, replace, text_of
from glossator.stages.extract.text_comparison import SENTENCE_ENDS

FORMULA = "Formula"
"""Attribute of an element that holds TeX between dollar signs. The capital makes it differ from every attribute of a
page."""
_DRAWN = re.compile(r"(?:^|\s)(?:MathJax(?:_\w+)?|mjx-chtml|katex(?:-display)?)(?:\s|$)")
"""Classes of what MathJax and KaTeX show of a formula."""
_AROUND = ("div", "p", "span")
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
    _show_scripts(body)
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
    # All are looked up before any is replaced: an element with another formula in it is no drawing of this one.
    for formula, drawn in [(formula, _drawn(formula)) for formula in body.iter("math")]:
        _show_mathml(formula, drawn)
    for formula in [tag for tag in body.iter("span") if FORMULA in tag.attrib and not text_of(tag).startswith("$$")]:
        _put_in_line(formula)


def _show_scripts(body: HtmlElement) -> None:
    """Replace the scripts of MathJax 2 and what it shows beside each."""
    scripts = [tag for tag in body.iter("script") if tag.get("type", "").startswith("math/tex")]
    for drawn in [tag for tag in body.iter("span", "div") if scripts and _is_drawn(tag)]:
        for script in list(drawn.iter("script")):
            script.tail = None
            drawn.addprevious(script)
        drawn.drop_tree()
    for script in scripts:
        _show(script, script.text or "", block="display" in script.get("type", ""))


def _show_mathml(formula: HtmlElement, drawn: HtmlElement) -> None:
    note = next((tag for tag in formula.iter("annotation") if "tex" in tag.get("encoding", "").lower()), None)
    tex = (note.text if note is not None else None) or formula.get("alttext") or tex_of(formula)
    _show(drawn, tex, block=formula.get("display") == "block")


def _drawn(formula: HtmlElement) -> HtmlElement:
    """Return the element that a script shows of a formula, or the formula."""
    return [formula, *filter(_is_drawn, formula.iterancestors())][-1]


def _is_drawn(tag: HtmlElement) -> bool:
    """True if an element is what a script shows of one formula, and holds nothing else."""
    named = tag.tag == "mjx-container" or _DRAWN.search(tag.get("class", "")) is not None
    return named and next(islice(tag.iter("math"), 1, None), None) is None and tag.find(".//p") is None


def _put_in_line(formula: HtmlElement) -> None:
    """Join the two halves of a text between which a formula of its line stands in a block, in place."""
    block = formula
    while (above := block.getparent()) is not None and above.tag in _AROUND and len(above) == 1:
        if f"{above.text or ''}{block.tail or ''}".strip():
            break
        block = above
    text = block.getprevious()
    if text is None or text.tag not in (*HEADINGS, "p") or not (block.tail or "").strip():
        return
    if text_of(text)[-1:] in SENTENCE_ENDS:
        return
    following, tail = block.getnext(), block.tail
    if len(text):
        text[-1].tail = f"{text[-1].tail or ''} "
    else:
        text.text = f"{text.text or ''} "
    block.tail = None
    text.append(formula)
    if block is not formula:
        block.drop_tree()
    formula.tail = f" {tail}" if tail[0].isalnum() else tail
    while following is not None and following.tag not in BLOCKS and not text_of(following).startswith("$$"):
        inline, following = following, following.getnext()
        text.append(inline)


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
        if (tag.tail or "")[:1].isalnum():  # else the dollar sign would be one of money
            tag.tail = f" {tag.tail}"
        replace(tag, _formula(tex, block=block and next(tag.iterancestors(*HEADINGS), None) is None))
