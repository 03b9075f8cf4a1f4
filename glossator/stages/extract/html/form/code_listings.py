"""Listings of code: their unchanged text, without the controls around it, and their language."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import HEADINGS, has_content, text_of
from glossator.word_lists import code_languages

LANGUAGE = "Language"
"""Attribute of a plain listing. The capital makes it differ from every attribute of a page."""

_NUMBERS = re.compile(
    r"(?:^|[\s_-])(?:line-?no?s?|line-?numbers?(?:-rows)?|lnt|ln|gutter|blob-num|rouge-gutter)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BESIDE = 3
"""Levels from a listing up to an element beside which its language may be named."""
_NAME = 3
"""Words of a label that names a language, and of the controls beside it, at most."""
_OF_TEXT = (*HEADINGS, "dt", "li", "summary", "td", "th")
"""Elements whose text is more than the label of a listing, as the cell of a table that compares languages."""
_UNSELECTED = re.compile(r"user-select\s*:\s*none", re.IGNORECASE)
_BORING = "boring"
"""Class of lines that mdBook hides."""
_CONTROL = re.compile(r"copy|clipboard|toolbar", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:^|\s)(?:lang(?:uage)?|highlight(?:-source)?|brush:?|sourceCode|code)[-:]\s?(?!highlight)([\w+#-]{1,20})",
    re.IGNORECASE,
)
_AROUND = re.compile(r"(?:^|\s)highlight-([\w+#]{1,20})")
_ALONE = frozenset(
    """bash c clojure cpp csharp css diff elixir go golang graphql haskell html java javascript js json jsx kotlin lua
    makefile markdown objc ocaml perl php powershell python r ruby rust scala scss sh shell sql svelte swift toml ts tsx
    typescript vim vue xml yaml zig zsh""".split()
)
"""Languages that a class may name without a prefix such as `language-`."""
_LINES = ("div", "li", "tr", "p")
"""Elements that begin a new line in a listing."""


def make_plain(listing: HtmlElement) -> None:
    """Reduce a `pre` to its text and its language, in place; remove a column of line numbers."""
    language = _take_label(listing, _language(listing))
    drop_controls(listing)
    for tag in listing.iter("br"):
        tag.tail = "\n" + (tag.tail or "")
    for tag in listing.iter(*_LINES):
        if not (tag.tail or "").startswith("\n") and not "".join(tag.itertext()).endswith("\n"):
            tag.tail = "\n" + (tag.tail or "")
    text = "".join(listing.itertext())
    if _counts(text):
        listing.drop_tree()
        return
    for child in list(listing):
        listing.remove(child)
    listing.text = text
    listing.set(LANGUAGE, language)


def drop_controls(tree: HtmlElement) -> None:
    """Remove the numbers of lines and the controls from the listings of a tree, in place."""
    # A listing may contain another, whose elements are no reason to look twice.
    for tag in dict.fromkeys(tag for listing in tree.iter("pre") for tag in listing.iterdescendants()):
        names = tag.get("class", "")
        named = _NUMBERS.search(names) or "data-line-number" in tag.attrib
        numbers = named or (_UNSELECTED.search(tag.get("style", "")) and text_of(tag).isdigit())
        if numbers or (tag.tag == "a" and _CONTROL.search(names)) or names == _BORING:
            tag.drop_tree()


def _take_label(listing: HtmlElement, language: str) -> str:
    """Remove the label above a listing that names its language; return the language that listing or label states."""
    code = listing.findall(".//code")
    beside = text_of(listing).replace(text_of(code[0]), "", 1).lower().split() if len(code) == 1 else []
    if not (listing.text or "").strip() and len(beside) <= _NAME and not code_languages().isdisjoint(beside):
        listing.text, code[0].tail, listing[:] = None, None, code
    first = next(filter(text_of, listing.iterdescendants("div")), None)
    if first is not None and text_of(first).lower() == language and text_of(listing).lower().startswith(language):
        first.drop_tree()
    tag: HtmlElement | None = listing
    for _ in range(_BESIDE):
        label = None if tag is None else next(filter(has_content, tag.itersiblings(preceding=True)), None)
        if tag is None or (tag.tag != "pre" and text_of(tag) != text_of(listing)):
            return language
        if label is not None:
            name = text_of(label).lower()
            named = name in code_languages() and not (label.tail or "").strip()
            named = named and next(label.iter(*_OF_TEXT), None) is None
            if named and (language or tag.getparent()[0] is label):
                label.drop_tree()
            return language or (name if named and label.getparent() is None else "")
        tag = tag.getparent()
    return language


def _counts(text: str) -> bool:
    """True if a listing only numbers the lines of the one beside it."""
    lines = text.split()
    return (
        len(lines) > 1
        and all(map(str.isdigit, lines))
        and [int(line) for line in lines] == list(range(int(lines[0]), int(lines[0]) + len(lines)))
    )


def _language(listing: HtmlElement) -> str:
    """Return the first language that a highlighter knows; any other word, as `dataviewjs`, may make a program of it."""
    inner = listing.find(".//code")
    above = list(listing.iterancestors())[:2]
    for holder in (inner, listing, *above):
        if holder is None:
            continue
        names = holder.get("class", "")
        named = _NAMED.search(names)
        stated = (
            holder.get("data-lang")
            or holder.get("data-language")
            or holder.get("data-syntaxhighlighter-params", "").partition("brush:")[2].partition(";")[0]
            or holder.get("lang" if holder in (inner, listing) else "data-code-language")
        )
        alone = next((name for name in names.lower().split() if name in _ALONE), "") if holder not in above else ""
        name = re.sub(r"[^\w+#-]", "", stated or (named[1] if named else "") or alone).lower()
        if name in code_languages():
            return name
    # Sphinx names the language around the table that numbers the lines.
    table = next(listing.iterancestors("table"), None)
    holder = None if table is None else table.getparent()
    named = None if holder is None else _AROUND.search(holder.get("class", ""))
    return named[1].lower() if named and named[1].lower() in code_languages() else ""
