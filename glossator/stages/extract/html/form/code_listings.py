"""Listings of code: their unchanged text, without the controls around it, and their language."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from glossator.word_lists import code_languages

LANGUAGE = "Language"
"""Attribute of a plain listing. The capital makes it differ from every attribute of a page."""

_NUMBERS = re.compile(
    r"(?:^|[\s_-])(?:line-?no?s?|line-?numbers?(?:-rows)?|lnt|ln|gutter|blob-num|rouge-gutter)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BESIDE = 2
"""Elements before a listing among which VitePress names its language."""
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
    language = _language(listing)
    for label in islice(listing.itersiblings(preceding=True), _BESIDE):
        if label.tag == "span" and label.get("class") == "lang":  # VitePress shows the language
            label.drop_tree()
            break
    for tag in list(listing.iterdescendants()):
        names = tag.get("class", "")
        numbers = _NUMBERS.search(names) or "data-line-number" in tag.attrib
        if numbers or (tag.tag == "a" and _CONTROL.search(names)) or names == _BORING:
            tag.drop_tree()
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
