"""Lines above an article's text, and a date below it, that its front matter repeats and that are therefore removed."""

from __future__ import annotations

import re

import msgspec

from glossator.stages.extract.date_parsing import find_day, is_date_line
from glossator.stages.extract.html.choice.shingles import words
from glossator.stages.extract.html.form.elements import text_of
from glossator.stages.extract.html.parse_page import HEADINGS
from glossator.stages.extract.html.text_blocks import TextBlock

_STANDFIRST = re.compile(
    r"\b(?:stand-?first|sub-?(?:title|head\w*)|de[ck]k?|strap-?line|summary|excerpt|description)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:written|posted|published|reported|words|text|story) )?(?:by|von|par|por|di|door|av|af) ", re.IGNORECASE
)
_HEAD = 6
"""Blocks above and at the beginning of a text that may repeat the front matter."""
_LONGEST_BYLINE = 20
"""Words of a byline at most."""
_FIRST = 2
"""Blocks of which one may say the day with other words."""
_LONGEST_STAMP = 14
"""Words of a line with the day of the article, and where or for whom it appeared."""
_ENDS = frozenset(".!?:,;。！？")
_SEPARATED = re.compile(r"[|·•/–—]|(?<=\s)-(?=\s)")
"""Marks between the day and the section or the paper."""
_FIELDS = re.compile(r"\s+[-–—]\s+|\s*[|·•]\s*")
"""Marks between the fields of a line with facts about the article."""
_FEWEST_FIELDS = 3
_IN_NUMBERS = re.compile(
    r"(?:(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|[12]\d|3[01])\1(?:19|20)\d\d|"
    r"(?:19|20)\d\d([./-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01]))(?:,? \d{1,2}[:h]\d{2})?"
)
_LABELLED = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?:\s")
"""Beginning of a field that says what it is."""
_FEWEST_LABELLED = 2
_AND = r"(?:\s*[,&]\s*|\s+(?:and|und|et|y|e|og|och|en)\s+)"
"""Separator of two authors' names."""
_REPEATED = "said in the front matter"


class HtmlHead(msgspec.Struct, frozen=True):
    """Parts of the front matter that the text may repeat."""

    title: str
    description: str
    authors: tuple[str, ...]
    published: str
    """ISO date or moment; empty if it is not known."""


def without_head(blocks: list[TextBlock], head: HtmlHead) -> None:
    """Remove headline, standfirst, byline and date above the text, and a date below it."""
    title, description = words(head.title), words(head.description)
    retained = [block for block in blocks if block.stays]
    headline = max((n for n, block in enumerate(retained[:_HEAD]) if _is_headline(block, title)), default=-1)
    if len(retained) > 1 and is_date_line(retained[-1].text) and _is_day(retained[-1], head, retained[:-1]):
        retained[-1].drop(_REPEATED)
    for number, block in enumerate(retained[:_HEAD]):
        # An element around the end of the text as well is the text, though its class may have such a word.
        near = [tag for tag in (block.tag, *block.around[:2]) if tag not in retained[-1].around]
        named = any(_STANDFIRST.search(tag.get("class", "")) for tag in near)
        apart = named or any(tag.tag == "header" for tag in block.around)
        if block.tokens and (
            block.tokens == title
            or (apart and block.tokens == description)
            or _is_byline(block, head)
            or ((number < _FIRST or is_date_line(block.text)) and _is_day(block, head, retained[number + 1 :]))
        ):
            block.drop(_REPEATED)
        elif len(block.tokens) > _LONGEST_BYLINE and number > headline:  # what is above the headline is a caption
            return


def _is_headline(block: TextBlock, title: list[str]) -> bool:
    return block.tag.tag == "h1" and bool(title) and block.tokens == title


def _is_byline(block: TextBlock, head: HtmlHead) -> bool:
    """True if a line only says who wrote the article and when."""
    if len(block.tokens) > _LONGEST_BYLINE or not block.tokens:
        return False
    if block.tag.tag in HEADINGS:
        return _is_only_names(block.text, head.authors)
    names = {token for author in head.authors for token in words(author)}
    named = _BYLINE.match(block.text) is not None and not names.isdisjoint(block.tokens)
    stamp = block.tag.find(".//time")
    dated = stamp is not None and len(words(text_of(stamp))) * 2 > len(block.tokens)
    return named or dated


def _is_only_names(text: str, authors: tuple[str, ...]) -> bool:
    """True if a line says by whom an article is, perhaps with the day, and does not go on as a sentence would."""
    names = "|".join(re.escape(author) for author in authors if len(words(author)) > 1)
    line = rf"{_BYLINE.pattern}(?:{names})(?:{_AND}(?:{names}))*(?!\w)(?P<rest>.*)"
    said = re.match(line, text, re.IGNORECASE) if names else None
    return said is not None and (not words(said["rest"]) or is_date_line(said["rest"]))


def _is_day(block: TextBlock, head: HtmlHead, after: list[TextBlock]) -> bool:
    """True if a line says little but on which day the article was published; not in a diary, which has more of them."""
    captioned = any(tag.tag in ("figure", "figcaption") for tag in block.around[:3])
    quoted = block.tag.tag in ("li", "td", "th", "dd") or any(tag.tag == "blockquote" for tag in block.around[:2])
    is_stamp = len(block.tokens) <= _LONGEST_STAMP and block.text[-1] not in _ENDS and _SEPARATED.search(block.text)
    apart = not captioned and not quoted
    if block.tag.tag in HEADINGS or not ((apart and (is_stamp or _days(block))) or is_date_line(block.text)):
        return False
    same = head.published[:10] == find_day(block.text) or (apart and _is_of_fields(block, head))
    return same and not any(
        is_date_line(other.text) or (_days(other) and not _is_of_fields(other, head)) for other in after
    )


def _days(block: TextBlock) -> list[str]:
    """Return the fields that are days, of a line with three fields or more."""
    fields = _FIELDS.split(block.text) if block.text and len(block.tokens) <= _LONGEST_BYLINE else []
    if len(fields) < _FEWEST_FIELDS or block.text[-1] in _ENDS:
        return []
    return [field for field in fields if _IN_NUMBERS.fullmatch(field) or is_date_line(field)]


def _is_of_fields(block: TextBlock, head: HtmlHead) -> bool:
    """True if a line says in three fields or more when the article appeared, by whom, and under which heads.

    A day in numbers is compared without its order, because day and month may be exchanged.
    """
    days, fields = _days(block), _FIELDS.split(block.text)
    if published := head.published[:10]:
        numbers = sorted(map(int, published.split("-")))
        return bool(days) and all(
            published == find_day(day) or numbers == sorted(map(int, re.findall(r"\d+", day)[:3])) for day in days
        )
    labelled = sum(_LABELLED.match(field) is not None for field in fields)
    authors = {" ".join(words(author)) for author in head.authors}
    return bool(days) and (labelled >= _FEWEST_LABELLED or any(" ".join(words(field)) in authors for field in fields))
