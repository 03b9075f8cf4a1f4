"""What a clipping's body begins with besides the article's text: its title, an excerpt, links to a service."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4.element import Tag

from glossator.stages.extract.html.form.structure import leaves, text_of

_LONGEST_TITLE = 20
"""Words that a first line may have as a title."""
_SERVICE_LINKS = re.compile(
    r"#omnivore|(?:#\w+ )?(?:read on omnivore|read original|view original)(?: read original)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Opening:
    title: str
    origin: str
    """Where the title was found."""
    excerpt: str
    source: str
    """The article's address, where a link says that it leads to the original."""


def take_opening(body: Tag, title: str, stem: str) -> Opening:
    """Takes the opening out of a regular tree. `title` is the front matter's, `stem` what is left where none is."""
    origin = "front matter"
    if not title:
        title, origin = _own_title(body)
    elif (first := next(iter(leaves(body)), None)) is not None and folded(text_of(first)) == folded(title):
        first.extract()
    source = _service_links(body)
    return Opening(title or stem.replace("-", " ").replace("_", " "), origin or "file name", _excerpt(body), source)


def folded(text: str) -> str:
    """A title without what differs between two ways to write it."""
    return re.sub(r"\W+", "", text).casefold()


def _own_title(body: Tag) -> tuple[str, str]:
    """The first heading of the first level, or a short first line that ends like no sentence."""
    found = leaves(body)
    heading = next((leaf for leaf in found if leaf.name == "h1" and text_of(leaf)), None)
    if heading is not None:
        heading.extract()
        return text_of(heading), "heading"
    text = text_of(found[0]) if found and found[0].name == "p" and found[0].parent is body else ""
    if (
        re.match(r"[\w\"“‘'«¿¡(]", text)
        and len(text.split()) <= _LONGEST_TITLE
        and text[-1] not in ".,;:。．，；："
        and "\n" not in found[0].get_text().strip()
        and found[0].find("img") is None
    ):
        found[0].extract()
        return text, "first line"
    return "", ""


def _excerpt(body: Tag) -> str:
    """The quotation headed "Excerpt" that MarkDownload puts on top, and the rule under it."""
    quote = next((tag for tag in body.children if isinstance(tag, Tag)), None)
    found = leaves(quote) if quote is not None and quote.name == "blockquote" else []
    if quote is None or not found or text_of(found[0]).lower() != "excerpt" or not found[0].name.startswith("h"):
        return ""
    rule = quote.find_next_sibling()
    if rule is not None and rule.name == "hr":
        rule.extract()
    quote.extract()
    return " ".join(text_of(leaf) for leaf in found[1:])


def _service_links(body: Tag) -> str:
    """The address that Omnivore's "Read Original" leads to; its lines go."""
    source = ""
    for leaf in leaves(body)[:3]:
        if _SERVICE_LINKS.fullmatch(text_of(leaf)):
            links = leaf.find_all("a", href=True)
            source = next((str(link["href"]) for link in links if "original" in link.get_text().lower()), source)
            leaf.extract()
    return source
