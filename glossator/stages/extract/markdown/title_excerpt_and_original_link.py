"""Opening of a clipping's body before the article's text: the title, an excerpt, links to a service."""

from __future__ import annotations

import re

import msgspec
from bs4.element import Tag

from glossator.stages.extract.html.writer.markdown_writer import block_tags, text_of
from glossator.stages.extract.metadata.article_metadata import title_of_file

_LONGEST_TITLE = 20
"""Words that a first line may have if it is to be the title."""
_SERVICE_LINKS = re.compile(
    r"#omnivore|(?:#\w+ )?(?:read on omnivore|read original|view original)(?: read original)?", re.IGNORECASE
)


class Opening(msgspec.Struct, frozen=True):
    title: str
    origin: str
    """Origin of the title."""
    excerpt: str
    source: str
    """The article's address, if a link says that it leads to the original."""


def take_opening(body: Tag, title: str, stem: str) -> Opening:
    """Take the opening out of a regular tree.

    `title` is the front matter's; `stem` of the file's name is the last resort.
    """
    origin = "front matter"
    if not title:
        title, origin = _own_title(body)
    elif (first := next(iter(block_tags(body)), None)) is not None and folded(text_of(first)) == folded(title):
        first.extract()
    source = _service_links(body)
    return Opening(title or title_of_file(stem), origin or "file name", _excerpt(body), source)


def folded(text: str) -> str:
    """Return a title without what differs between two ways to write it."""
    return re.sub(r"\W+", "", text).casefold()


def _own_title(body: Tag) -> tuple[str, str]:
    """Take out the first heading of the first level, or a short first line that does not end like a sentence."""
    blocks = block_tags(body)
    heading = next((block for block in blocks if block.name == "h1" and text_of(block)), None)
    if heading is not None:
        heading.extract()
        return text_of(heading), "heading"
    text = text_of(blocks[0]) if blocks and blocks[0].name == "p" and blocks[0].parent is body else ""
    if (
        re.match(r"[\w\"“‘'«¿¡(]", text)
        and len(text.split()) <= _LONGEST_TITLE
        and text[-1] not in ".,;:。．，；："
        and "\n" not in blocks[0].get_text().strip()
        and blocks[0].find("img") is None
    ):
        blocks[0].extract()
        return text, "first line"
    return "", ""


def _excerpt(body: Tag) -> str:
    """Take out the quotation headed "Excerpt" that MarkDownload puts on top, and the rule below."""
    quote = next((tag for tag in body.children if isinstance(tag, Tag)), None)
    blocks = block_tags(quote) if quote is not None and quote.name == "blockquote" else []
    if quote is None or not blocks or text_of(blocks[0]).lower() != "excerpt" or not blocks[0].name.startswith("h"):
        return ""
    rule = quote.find_next_sibling()
    if rule is not None and rule.name == "hr":
        rule.extract()
    quote.extract()
    return " ".join(text_of(block) for block in blocks[1:])


def _service_links(body: Tag) -> str:
    """Take out Omnivore's lines of links; return the address that its "Read Original" leads to."""
    source = ""
    for block in block_tags(body)[:3]:
        if _SERVICE_LINKS.fullmatch(text_of(block)):
            links = block.find_all("a", href=True)
            source = next((str(link["href"]) for link in links if "original" in link.get_text().lower()), source)
            block.extract()
    return source
