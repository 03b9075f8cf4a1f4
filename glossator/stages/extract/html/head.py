"""What stands above an article's text and in its front matter: not said twice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from glossator.stages.extract.html.choice.shingles import words
from glossator.stages.extract.html.form.elements import text_of
from glossator.stages.extract.html.page import HEADINGS
from glossator.stages.extract.html.text_blocks import Leaf

_STANDFIRST = re.compile(
    r"\b(?:stand-?first|sub-?(?:title|head\w*)|de[ck]k?|lead|lede|intro\w*|strap-?line|summary|excerpt|description)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:written|posted|published|reported|words|text|story) )?(?:by|von|par|por|di|door|av|af) ", re.IGNORECASE
)
_LINE = 20
"""Words of a byline at most."""
_REPEATED = "said in the front matter"


@dataclass(frozen=True, slots=True)
class Head:
    """What the front matter says already."""

    title: str
    description: str
    authors: tuple[str, ...]


def without_head(found: list[Leaf], head: Head) -> None:
    """Drops headline, standfirst and byline above the text."""
    title, description = words(head.title), words(head.description)
    for leaf in [leaf for leaf in found if leaf.kept][:6]:
        named = any(_STANDFIRST.search(tag.get("class", "")) for tag in (leaf.tag, *leaf.around[:2]))
        apart = named or any(tag.tag == "header" for tag in leaf.around)
        if leaf.tokens and (leaf.tokens == title or (apart and leaf.tokens == description) or _is_byline(leaf, head)):
            leaf.drop(_REPEATED)
        elif len(leaf.tokens) > _LINE:
            return


def _is_byline(leaf: Leaf, head: Head) -> bool:
    """Whether a line only says who wrote the article and when."""
    if len(leaf.tokens) > _LINE or leaf.tag.tag in HEADINGS or not leaf.tokens:
        return False
    names = {token for author in head.authors for token in words(author)}
    named = _BYLINE.match(leaf.text) is not None and not names.isdisjoint(leaf.tokens)
    stamp = leaf.tag.find(".//time")
    dated = stamp is not None and len(words(text_of(stamp))) * 2 > len(leaf.tokens)
    return named or dated
