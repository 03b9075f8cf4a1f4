"""Markdown -> Python-Markdown's element tree, complete with raw blocks and entities as elements and text."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER
from markdown.inlinepatterns import ENTITY_RE, SimpleTagInlineProcessor
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE, AtomicString

from glossator.errors import FileError
from glossator.markup import formulas, long_blocks, notations, question_fences
from glossator.markup.entity_marks import register_marks
from glossator.markup.layout_events import LANGUAGE
from glossator.markup.notations import InlinePattern

EXTENSIONS = ("tables", "fenced_code", "footnotes", "sane_lists")
RELATED = "[!related]"
"""Beginning of the block quote that holds the headline of another article."""

CALLOUT = "callout"
"""Class of the element around a callout."""
_CALLOUT = re.compile(r"\[!(?P<kind>[\w-]+)\][+-]?[ \t]*")
_LISTING = re.compile(
    r"<pre><code(?: class=\"language-(?P<language>[^\"]*)\")?[^>]*>(?P<code>.*)</code></pre>\s*", re.DOTALL
)
_TASKS = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}

_STRUCK = r"(~~)(?=\S)((?:(?!~~).)+)(?<=\S)~~"

_LESS = "\x02lt\x03"
"""Sign of Python-Markdown's kind for `<`, which it has none for."""


def _character(match: re.Match[str]) -> str:
    """Return the character for `&copy;`, which is no piece of raw HTML."""
    # If the text of an element is parsed once more, they would begin an entity or an address.
    return AtomicString(html.unescape(match[1]).replace("&", AMP_SUBSTITUTE).replace("<", _LESS))


def restored(text: str | None) -> str | None:
    """Return a text with the characters in place of the parser's signs for them."""
    if not text or "\x02" not in text:
        return text
    return (
        text.replace(FN_BACKLINK_TEXT, "↩")
        .replace(NBSP_PLACEHOLDER, "\u00a0")
        .replace(AMP_SUBSTITUTE, "&")
        .replace(_LESS, "<")
    )


@lru_cache(maxsize=2)
def _parser(notation: bool) -> Markdown:
    """Build a parser, reset before each use: building it costs as much as rendering an article.

    `notation` is true for one that reads links by name and highlights.
    """
    parser = Markdown(extensions=list(EXTENSIONS))
    # HTML in an article is text: the tags of a saved page mean nothing here.
    parser.preprocessors.deregister("html_block")
    parser.inlinePatterns.deregister("html")
    # It would write an address as character references, against spam.
    parser.inlinePatterns.deregister("automail")
    parser.inlinePatterns.register(InlinePattern(ENTITY_RE, parser, _character), "entity", 80)
    parser.inlinePatterns.register(SimpleTagInlineProcessor(_STRUCK, "del"), "struck", 70)
    question_fences.register(parser)
    register_marks(parser)
    formulas.register(parser)
    if notation:
        notations.register(parser)
    long_blocks.register(parser)
    # The serialiser writes the line breaks between blocks.
    parser.treeprocessors.deregister("prettify")
    return parser


def _parse(markdown: str, own: bool) -> Element:
    parser = _parser(own or notations.is_notation(markdown)).reset()
    parser.parser.state.clear()  # `reset` leaves it as the last article left it, whole or not
    lines = markdown.replace("\x02", "").replace("\x03", "").split("\n")
    for preprocessor in parser.preprocessors:
        lines = preprocessor.run(lines)
    root: Element = parser.parser.parseDocument(lines).getroot()  # type: ignore[assignment]  # the stubs allow for none
    for treeprocessor in parser.treeprocessors:
        replaced = treeprocessor.run(root)
        root = root if replaced is None else replaced
    _restore_stash(root, [str(block) for block in parser.htmlStash.rawHtmlBlocks])
    if own:
        notations.name_headings(root)
    return root


def _restore_stash(element: Element, stash: list[str]) -> None:
    """Restore as elements and text what Python-Markdown restores as strings, once HTML is written."""
    for child in element:
        placeholder = HTML_PLACEHOLDER_RE.fullmatch((child.text or "").strip()) if child.tag == "p" else None
        if placeholder and not len(child):
            _code_block(child, stash[int(placeholder.group(1))])
        elif child.tag == "p" and (child.text or "").lstrip().startswith("[!"):
            if (child.text or "").lstrip().startswith(RELATED):
                _related(child, element)
            elif element.tag == "blockquote" and element[0] is child:
                _callout(child, element)
        elif child.tag == "li":
            _task(child)
        child.text = restored(child.text)
        if child.tag == "code":  # it is escaped already, because Python-Markdown's serialiser does not escape it
            child.text = AtomicString(html.unescape(child.text or ""))
        child.tail = restored(child.tail)
        for name, value in child.items():
            child.set(name, restored(value) or "")
        _restore_stash(child, stash)


def _code_block(element: Element, block: str) -> None:
    """Replace a fenced block, stored as finished HTML: `<pre><code class="language-x">...</code></pre>`."""
    listing = _LISTING.fullmatch(block)
    element.tag = "pre"
    element.text = None
    stated = {LANGUAGE: listing["language"]} if listing and listing["language"] else {}
    SubElement(element, "code", stated).text = AtomicString(listing["code"] if listing else html.escape(block))


def _callout(paragraph: Element, quote: Element) -> None:
    """Turn `> [!note] Title` into a callout, which is no quotation: the first line is its title, in bold."""
    opening = _CALLOUT.match((paragraph.text or "").lstrip())
    if not opening:
        return
    paragraph.text = (paragraph.text or "").lstrip()[opening.end() :]
    body = _second_line(paragraph)
    if body is not None:
        quote.insert(1, body)
    strong = Element("strong")
    strong.text = paragraph.text or ("" if len(paragraph) else opening["kind"].replace("-", " ").capitalize())
    strong.extend(list(paragraph))
    for child in list(paragraph):
        paragraph.remove(child)
    paragraph.text = None
    paragraph.append(strong)
    quote.tag = "div"
    quote.set("class", CALLOUT)


def _second_line(paragraph: Element) -> Element | None:
    """Move what follows the first line of a paragraph to a paragraph of its own; None if there is nothing."""
    rest = Element("p")
    first, newline, after = (paragraph.text or "").partition("\n")
    children = list(paragraph)
    if newline:
        paragraph.text, moved = first, children
    else:
        ends = (number for number, child in enumerate(children) if "\n" in (child.tail or ""))
        last = next(ends, -1)
        if last < 0:
            return None
        children[last].tail, _, after = (children[last].tail or "").partition("\n")
        moved = children[last + 1 :]
    rest.text = after
    for child in moved:
        paragraph.remove(child)
        rest.append(child)
    return rest


def _task(item: Element) -> None:
    """Turn `[ ]` and `[x]` at the beginning of an item into signs."""
    paragraph = next(iter(item), None)
    holder = paragraph if paragraph is not None and paragraph.tag == "p" and not (item.text or "").strip() else item
    text = (holder.text or "").lstrip()
    if sign := _TASKS.get(text[:4]):
        holder.text = sign + text[4:]


def _related(paragraph: Element, parent: Element) -> None:
    """Turn `> [!related] Headline` into the headline of another article; it is not a quotation."""
    headline = Element("p")
    headline.text = (paragraph.text or "").lstrip().removeprefix(RELATED).lstrip()
    headline.extend(list(paragraph))
    aside = parent if parent.tag == "blockquote" and len(parent) == 1 else paragraph
    for child in list(aside):
        aside.remove(child)
    aside.tag, aside.text = "aside", None
    aside.append(headline)


NESTED = "has lists or quotes nested too deeply to be shown: make them flatter"


class TooDeep(FileError):
    """Markdown that is nested too deeply. The message is a sentence that follows the file's name."""


def tree_of(markdown: str, own: bool) -> Element:
    """Return the tree of an article, by Python-Markdown's own steps up to the one that would write HTML.

    `own` is true for a text that a person writes beside the articles: it has links by name, and anchors of headings.
    Raises TooDeep.
    """
    try:
        return _parsed(markdown, own)
    except RecursionError:
        raise TooDeep(NESTED) from None


@lru_cache(maxsize=1)
def _parsed(markdown: str, own: bool) -> Element:
    """Parse an article once to read and to weave it: the walk leaves its tree as it is."""
    try:
        return _parse(markdown, own)
    except BaseException:
        _parser.cache_clear()  # a reader that was interrupted still holds what it had found
        raise
