"""Posts of a thread: each becomes a section, whose heading says who wrote it, and when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lxml.html import HtmlElement

from glossator.stages.extract.html.choice.blocks.text_blocks import TextBlock
from glossator.stages.extract.html.parse.elements import element, names_of, text_of
from glossator.stages.extract.html.parse.parse_page import TEXT_BLOCK
from glossator.stages.extract.metadata.date_parsing import iso
from glossator.stages.extract.text_comparison import words

_FEWEST = 2
"""Posts of a thread."""
_POST = 8
"""Words that stay of a post."""
_MOST = 0.7
"""Share of the text that must be in elements alike for them to be the posts."""
_AUTHOR = re.compile(r"user-?_?name|author|poster|creator|nick|display-?_?name|member|\buser\b|\bfn\b", re.IGNORECASE)
_BEHIND_NAME = re.compile(r"\s+(?:posted|said|wrote)\b", re.IGNORECASE)
_NAME = 5
"""Words of a name at most."""
_DAY = 10
"""Words of a line that says when a post was written."""
_SHORT_DAY = 4
"""Words of a day without anything beside it."""
_NUMBERED = (*map(str, range(1, 100)), "ip", "posted", "said", "wrote", "on")
"""Words beside author and day that say nothing else."""
_QUOTED = 0.7
"""Share of a post that is in one quotation, as some programs write the text of each post."""
_LAID_OUT = frozenset("table tbody thead tr td ol ul li dl dd dt".split())
_HEADED = "the heading of the post has it"
_IN_POST = "who wrote the post, and when"


def head_posts(blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """Give each post a heading, in place, if its author is found; return the blocks with the headings among them."""
    posts = _posts(blocks)
    if len(posts) < _FEWEST:
        return list(blocks)
    for around in {tag for post in posts for tag in (post, *post.iterancestors(), *post) if tag.tag in _LAID_OUT}:
        around.tag = "div"
    inside: dict[HtmlElement, list[TextBlock]] = {post: [] for post in posts}
    result: list[TextBlock] = []
    headed: set[HtmlElement] = set()
    for block in blocks:
        for post in (tag for tag in block.around if tag in inside):
            inside[post].append(block)
    for own in inside.values():
        _unquote(own)
    for block in blocks:
        post = next((tag for tag in block.around if tag in inside), None) if block.stays else None
        if post is not None and post not in headed:
            headed.add(post)
            if heading := _heading(block, post, inside[post]):
                result.append(heading)
        result.append(block)
    return result


def _posts(blocks: Sequence[TextBlock]) -> list[HtmlElement]:
    """Return the elements alike that hold most of the text, the outermost ones that are several."""
    whole = sum(len(block.tokens) for block in blocks if block.stays)
    held: dict[tuple[str, str, HtmlElement | None], dict[HtmlElement, int]] = {}
    for block in blocks:
        for tag in block.around if block.stays else ():
            kind = (tag.tag, tag.get("class", "").partition(" ")[0], _place(tag))
            own = held.setdefault(kind, {})
            own[tag] = own.get(tag, 0) + len(block.tokens)
    for own in sorted(held.values(), key=lambda own: min(map(_depth, own))):
        posts = [tag for tag, size in own.items() if size >= _POST]
        if len(posts) >= _FEWEST and _MOST * whole <= sum(own.values()) <= whole:  # more, if one holds another
            return posts
    return []


def _unquote(inside: Sequence[TextBlock]) -> None:
    """Make text of a quotation that is the post."""
    held: Counter[HtmlElement] = Counter()
    for block in inside:
        for tag in block.around if block.stays else ():
            if tag.tag == "blockquote":
                held[tag] += len(block.tokens)
    whole = sum(len(block.tokens) for block in inside if block.stays)
    for quotation, size in held.items():
        if size >= _QUOTED * whole:
            quotation.tag = "div"


def _place(tag: HtmlElement) -> HtmlElement | None:
    """Return the element that holds a post, or what holds it if each post has its own."""
    above = tag.getparent()
    return above if above is None or len(above) > 1 else above.getparent()


def _depth(tag: HtmlElement) -> int:
    return sum(1 for _ in tag.iterancestors())


def _heading(first: TextBlock, post: HtmlElement, inside: Sequence[TextBlock]) -> TextBlock | None:
    """Return the heading above the first block that stays; what it repeats is dropped."""
    author = post.get("data-author", "") or _named_author(post)
    if not author:
        return None
    lines = [text_of(tag) for tag in post.iter("time")] + [block.text for block in inside]
    day = next((day for line in lines if (day := _day(line, author))), "")
    text = f"{author}, {day}" if day else author
    heading = element("h2", text)
    heading.set(TEXT_BLOCK, "")
    part = next(tag for tag in (first.tag, *first.around) if tag.getparent() is post)
    part.addprevious(heading)
    block = TextBlock(heading, text, words(text), (post, *post.iterancestors()), 0.0)
    block.keep(_IN_POST)
    stated = {*words(text), *_NUMBERED}
    for other in inside:
        if other.stays and other.tokens and stated.issuperset(other.tokens):
            other.drop(_HEADED)
    return block


def _day(line: str, author: str) -> str:
    """Return the day in a line that says when the post was written, as the page writes it; empty if it does not."""
    line = line.replace(author, "").strip(" ,.·•|-–")
    if len(words(line)) > _DAY or not (day := iso(line)):
        return ""
    return line if len(words(line)) <= _SHORT_DAY else day[:10]


def _named_author(post: HtmlElement) -> str:
    """Return the first name, as its innermost element has it: those around it have the author's rank as well."""
    author, within = "", post
    while (inner := next((tag for tag in within.iterdescendants() if _author(tag)), None)) is not None:
        author, within = _author(inner), inner
    return author


def _author(tag: HtmlElement) -> str:
    """Return the name in an element that says who wrote a post; empty if it does not."""
    if tag.get("itemprop") not in ("author", "creator", "name") and not _AUTHOR.search(names_of(tag)):
        return ""
    text = _BEHIND_NAME.split(text_of(tag))[0]
    named = 0 < len(words(text)) <= _NAME and ":" not in text and not text[0].isdigit() and not iso(text)
    return text if named else ""
