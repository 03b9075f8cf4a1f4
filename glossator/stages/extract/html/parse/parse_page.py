"""A page's text -> its tree, parsed once for all uses; levels too deep for recursion are flattened; pages too large."""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import is_normalized, normalize

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from glossator.stages.extract.html.parse.scripted_parts import show_scripted_parts
from glossator.stages.extract.html.parse.undrawn_article import show_without_scripts, undrawn_article
from glossator.stages.extract.opened_file import Unreadable

# Names with a capital, which no attribute of a page can have: its parser writes them all in small letters.
TEXT_BLOCK = "TextBlock"
RELATED = "Related"
NOTE = "Note"
CALLOUT = "Callout"
HIGHLIGHT = "Highlight"
CAPTION = "Caption"

_DEEPEST = 200
"""Levels; real pages have less than a hundred, and libxml2 gives up at 256."""
_FLAT = 60
"""Levels that remain of a flattened page, not counting elements without an end tag: one in four is enough of a
table."""
_CLOSED = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_REFUSED = bytes((*range(9), 11, 12, *range(14, 32)))
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_REFERENCES = re.compile(
    r"&\#(?:[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])(?![0-9a-fA-F])"
    r"|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45])(?![0-9]));?"
)
"""References to the characters that libxml2 lets into a tree and refuses in a text that is written to it."""
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*+)[^<>]*+>")
_UNCOUNTED = frozenset(
    """area base br col embed hr img input link meta param source track wbr
    p li td th tr dt dd option optgroup thead tbody tfoot colgroup rp rt html head body""".split()
)
"""Elements without an end, and those that the next of their kind ends."""
_OF_HEAD = frozenset("base basefont bgsound link meta noframes noscript script style template title".split())
_OF_WORDS = frozenset({"alt", "content", "title"})
"""Attributes that hold words."""
_ALIKE = etree.ElementDefaultClassLookup(element=HtmlElement)
"""One class for all elements: lxml's own look-up asks Python for the class each time that it meets an element."""
_is_deep = etree.XPath(f"boolean({'/*' * (_DEEPEST + 1)})")
_MOST = 60_000
"""Elements of a page: reading takes time in proportion, half a minute for twice as many."""
_LONGEST = 10_000_000
"""Characters of text, not counting pictures and scripts: the Bible has half as many."""
_MOST_MARKS = 20 * _MOST
"""Tag openings above which a page is not even parsed: a tree needs a kilobyte for each."""
_TOO_LARGE = f"The page has more than {_MOST:,} elements or {_LONGEST:,} characters; save a part of its text instead."


def opened(text: str) -> HtmlElement | None:
    """Parse a page as forgivingly as lxml does, without external entities. None if the page has no element."""
    tree = _placed(text)
    if tree is not None:
        show_without_scripts(tree)
    article = "" if tree is None else undrawn_article(tree)
    drawn = _placed(article) if article else None
    if tree is not None and drawn is not None:
        tree.find("body").extend(drawn.iterfind("body/*"))
    if tree is not None and not is_normalized("NFC", text):
        _compose_letters(tree)
    return tree


def _compose_letters(tree: HtmlElement) -> None:
    """Join letters with the accents that follow them, as readers type them; addresses keep the names of their files."""
    for tag in tree.iter():
        tag.text, tag.tail = tag.text and normalize("NFC", tag.text), tag.tail and normalize("NFC", tag.tail)
        for name in _OF_WORDS.intersection(tag.attrib):
            tag.set(name, normalize("NFC", tag.get(name)))


def _placed(text: str) -> HtmlElement | None:
    """Return the tree of a text, with the parts that its server sent late in their places."""
    # Elements after the end of the body belong to the body (HTML standard, "after body"); libxml2 drops them.
    text = _without_refused(_CLOSED.sub("", text))
    tree, whole = _parsed(text)
    if tree is not None and (not whole or _is_deep(tree)):
        tree, _ = _parsed(_flattened(text))
    if tree is not None:
        _end_head(tree)
        # Readers saw the shadow tree that a script would have attached to an element, in place of its contents.
        for shadow in tree.iter("template"):
            if shadow.get("shadowrootmode") or shadow.get("shadowroot"):
                shadow.tag = "div"
        show_scripted_parts(tree)
    return tree


def _without_refused(text: str) -> str:
    """Remove characters that libxml2 refuses in a text, and references to them; by way of bytes, which is faster."""
    text = _REFERENCES.sub("", text)
    whole = text.encode("utf-8", "surrogatepass")
    rest = whole.translate(None, _REFUSED)
    for character in _NO_CHARACTERS:
        rest = rest.replace(character, b"")
    return text if len(rest) == len(whole) else rest.decode("utf-8", "surrogatepass")


def _end_head(tree: HtmlElement) -> None:
    """Move to the body what is in the head and may not be there (HTML standard, "in head").

    On a page without the tags of the body, libxml2 ends the head at the elements that it knows, and knows no `article`.
    """
    head = tree.find("head")
    strangers = [] if head is None else [child for child in head if child.tag not in _OF_HEAD]
    if head is None or not strangers:
        return
    body = tree.find("body")
    if body is None:
        body = tree.makeelement("body")
        head.addnext(body)
    body[0:0] = head[head.index(strangers[0]) :]


def _parsed(text: str) -> tuple[HtmlElement | None, bool]:
    """Return the tree, and whether all of the text is in it."""
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ALIKE)
    try:
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None, True
    return tree, all(error.type_name != "ERR_RESOURCE_LIMIT" for error in parser.error_log)


def _flattened(text: str) -> str:
    """Keep only the outer levels of a page: further in, tags become a break between their texts."""
    levels: list[str] = []
    counted: Counter[str] = Counter()
    end = -1

    def replacement(tag: re.Match[str]) -> str:
        nonlocal end
        name, deep = tag[2].lower(), len(levels) > _FLAT
        if name in _UNCOUNTED:
            return tag[0]
        if not tag[1]:
            levels.append(name)
            counted[name] += 1
            deep = len(levels) > _FLAT
        elif counted[name]:
            while (last := levels.pop()) != name:
                counted[last] -= 1
            counted[name] -= 1
        elif deep:
            return ""
        if not deep:
            return tag[0]
        adjoining, end = tag.start() == end, tag.end()
        return "" if adjoining else "<br><br>"

    return _TAG.sub(replacement, text)


def opened_page(text: str) -> HtmlElement | None:
    """Parse a page; None if it has no element. Raises Unreadable if it is too large to be parsed, or to be read."""
    if text.count("<") > _MOST_MARKS:
        raise Unreadable(_TOO_LARGE)
    tree = opened(text) if text.strip() else None
    if tree is not None and _is_too_large(text, tree):
        raise Unreadable(_TOO_LARGE)
    return tree


def _is_too_large(text: str, tree: HtmlElement) -> bool:
    """True if a page, given by its text and as a tree, is too large to be read."""
    # A tag makes at most two elements (in a flattened page), so that most pages need not be counted.
    if 2 * text.count("<") <= _MOST and len(text) <= _LONGEST:
        return False
    elements, length = 0, 0
    for tag in tree.iter():
        elements += 1
        length += len(tag.tail or "") + (len(tag.text or "") if tag.tag not in ("script", "style") else 0)
    return elements > _MOST or length > _LONGEST
