"""Meaning that a page gives its text by other means than elements: tasks, captions, headings, styles, anchors."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import HEADINGS, element, finder, has_content, text_of, whole_number
from glossator.stages.extract.html.parse.parse_page import CAPTION, TEXT_BLOCK

DONE = "\u2611 "
"""Sign before a task that is done."""
OPEN = "\u2610 "
_CAPTIONED = re.compile(r"caption(?:$|[\s_-])", re.IGNORECASE)
"""Class of a caption."""
_ANCHOR = re.compile(r"[#\u00b6\u00a7\U0001f517\ufe0e\ufe0f\u200b\s]+")
"""Text of a link to the heading that holds it."""
_LONGEST = 60
"""Words of a caption."""
_NEAR = 3
"""Levels between a caption's element and its paragraph."""
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SLANTED = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_SUBHEADED = re.compile(r"(?:^|[\s_-])sub-?head(?:line|ing|er)?(?:$|\s)", re.IGNORECASE)
_SUBHEADING = 3
"""Level of a heading that only a class calls one."""
_USUAL_LEVEL = 2
"""Level of a heading whose role states none (WAI-ARIA 1.2)."""
_LONGEST_HEADING = 15
"""Words."""
_SET_APART = ("a", "code", "label", "small", "span", "time")
_NAMED = re.compile(r"[A-Za-z]{3,}")
"""Word in a class: `c12` only says that a word processor has another style from there on."""
_TWO_WORDS = re.compile(r"[^\W\d_](?:[a-zà-ÿ0-9)]\|[A-Za-zÀ-ÿ]|\.\|[A-ZÀ-Þ])[a-zà-ÿ]")
"""Last two characters of one element and the first two of the next."""
_SHORTCODE = re.compile(r"\[(/?)(?:vc|et_pb|fusion|av|mk|cs|ux|wpb|elementor)_[a-z]\w*[^\[\]]{0,500}\]")
"""Mark of the page builders that are used most on WordPress; `[cs_CZ]` is a language."""
_headed = finder(
    "descendant::*[self::div or self::p]"
    "[@role='heading' or contains(@class, 'subhead') or contains(@class, 'sub-head')]"
)
_styled = finder("descendant::span[contains(@style, 'font-')]")
_editing = finder(
    "descendant::span[contains(concat(' ', @class, ' '), ' mw-editsection ')]"
    " | descendant::sup[contains(concat(' ', @class, ' '), ' Inline-Template ')]"
)
"""Links that MediaWiki shows for editing a page."""
_tasks = finder("descendant::li[@data-inline-task-id]")
"""Tasks in Confluence."""
_boxes = finder("descendant::div[contains(@class, 'checkbox-o')]")
"""Boxes of tasks as Notion draws them."""


def part_words(body: HtmlElement) -> None:
    """Put a space between elements in one line that have a name each, which a style sheet would have set apart."""
    for tag in body.iter(*_SET_APART):
        following = None if tag.tail else tag.getnext()  # no XPath: it looks at all siblings of each element
        if following is None or following.tag not in _SET_APART:
            continue
        kinds = [(part.tag, *_NAMED.findall(part.get("class", ""))) for part in (tag, following)]
        differ = kinds[0] != kinds[1] and (tag.tag != following.tag or min(map(len, kinds)) > 1)
        if (
            differ
            and next(tag.iterancestors("pre", "code", "dt"), None) is None
            and _TWO_WORDS.fullmatch(f"{text_of(tag)[-2:]}|{text_of(following)[:2]}")
        ):
            tag.tail = " "


def drop_shortcodes(body: HtmlElement) -> None:
    """Remove the marks of a page builder that no longer runs from texts that are no code, in place."""
    closed = any(mark[1] for mark in _SHORTCODE.finditer(body.text_content()))
    for tag in body.iter() if closed else ():
        if tag.tag not in ("script", "style", "pre", "code") and next(tag.iterancestors("pre", "code"), None) is None:
            tag.text = tag.text and _SHORTCODE.sub("", tag.text)
            for child in tag:
                child.tail = child.tail and _SHORTCODE.sub("", child.tail)


def mark_tasks(body: HtmlElement) -> None:
    """Replace the box at the beginning of a list item by the sign of a task, in place."""
    for box in [tag for tag in body.iter("input") if tag.get("type", "").lower() == "checkbox"]:
        item = next(box.iterancestors("li"), None)
        if item is not None and _begins(item, box):
            box.tail = (OPEN if box.get("checked") is None else DONE) + (box.tail or "").lstrip()
            box.drop_tree()
    for task in _tasks(body):
        task.text = (DONE if "checked" in task.get("class", "").split() else OPEN) + (task.text or "").lstrip()
    for box in _boxes(body):
        item = box.getparent()
        if item.tag == "li" and item[0] is box and not (item.text or "").strip():
            box.tail = (DONE if "checkbox-on" in box.get("class", "") else OPEN) + (box.tail or "").lstrip()
            box.drop_tree()


def _begins(item: HtmlElement, box: HtmlElement) -> bool:
    """True if nothing is before the box in its item, whatever elements are around the box."""
    tag = box
    while tag is not item:
        parent = tag.getparent()
        if parent is None or parent[0] is not tag or (parent.text or "").strip():
            return False
        tag = parent
    return True


def without_anchors(body: HtmlElement) -> None:
    """Remove the signs in headings and terms that lead to the place itself, and links to edit a section, in place."""
    for tag in _editing(body):
        tag.drop_tree()
    # A heading may contain another, so that what both contain would be removed twice.
    for link in dict.fromkeys(link for heading in body.iter(*HEADINGS, "dt") for link in heading.iter("a")):
        if "#" in link.get("href", "") and _ANCHOR.fullmatch("".join(link.itertext())) and link.find(".//img") is None:
            link.drop_tree()
    for title in body.iter(*HEADINGS):
        for link in title.iter("a"):
            # mdBook makes a link of the whole heading, to itself, and docutils one to the table of contents.
            if link.get("href", "")[:1] == "#" and text_of(link) == text_of(title):
                link.attrib.pop("href")


def mark_headings(body: HtmlElement) -> None:
    """Make headings of what a role, or the class of a sub-heading, calls one, in place."""
    for tag in _headed(body):
        text = text_of(tag)
        if tag.get("role") == "heading":
            level = min(max(whole_number(tag.get("aria-level", ""), _USUAL_LEVEL), 1), len(HEADINGS))
        else:
            level = _SUBHEADING if _SUBHEADED.search(tag.get("class", "")) else 0
        short = level and len(text.split()) <= _LONGEST_HEADING and text[-1:] not in (".", ":", ",", ";")
        # The class of a number of votes may have such a name.
        if (
            short
            and any(map(str.isalpha, text))
            and next(tag.iterdescendants(*HEADINGS, "p", "div", "li", "img"), None) is None
        ):
            tag.tag = HEADINGS[level - 1]


def mark_styles(body: HtmlElement) -> None:
    """Make bold and emphasised text of what only a style makes so, as Google Docs and Word write it, in place."""
    for span in _styled(body):
        style = span.get("style", "")
        names = [name for name, pattern in (("b", _BOLD), ("i", _SLANTED)) if pattern.search(style)]
        if names and text_of(span) and next(span.iterchildren(*HEADINGS, "p", "div"), None) is None:
            span.tag = names[0]
            if len(names) > 1:
                inner = element(names[1], span.text or "")
                inner.extend(list(span))
                span.text = None
                span.append(inner)


def mark_captions(body: HtmlElement) -> None:
    """Mark paragraphs that a class calls captions and that stand directly below a picture, in place."""
    for paragraph in body.iter("p"):
        parent = paragraph.getparent()
        if paragraph.get(TEXT_BLOCK) is None or parent is None:
            continue
        if any(tag.tag == "figcaption" for tag in islice(paragraph.iterancestors(), _NEAR)):
            paragraph.set(CAPTION, "")
        if not _is_named_caption(paragraph, parent) or len(text_of(paragraph).split()) > _LONGEST:
            continue
        above = next((tag for start in (paragraph, parent) if (tag := _content_before(start)) is not None), None)
        if above is not None and _is_picture(above):
            paragraph.set(CAPTION, "")


def _is_named_caption(paragraph: HtmlElement, parent: HtmlElement) -> bool:
    if any(_CAPTIONED.search(tag.get("class", "")) for tag in (paragraph, parent)):
        return True
    # Asciidoctor calls it the title of a block of a picture.
    block = parent.getparent()
    return block is not None and parent.get("class") == "title" and "imageblock" in block.get("class", "").split()


def _content_before(tag: HtmlElement) -> HtmlElement | None:
    return next((sibling for sibling in tag.itersiblings(preceding=True) if has_content(sibling)), None)


def _is_picture(tag: HtmlElement) -> bool:
    return (tag.tag == "img" or tag.find(".//img") is not None) and not text_of(tag)
