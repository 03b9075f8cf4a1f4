"""Fields beside the texts of posts: who wrote each, and when.

A field is told by what it holds from post to post, not by its name alone: an author's name differs between posts, and
is the same wherever it leads to the same profile; the day of a post rises through the thread, that of joining does not.
A name that is not sure is none: nobody is to speak for another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, pairwise

import msgspec
from lxml import etree
from lxml.html import HtmlElement

from glossator.stages.extract.html.parse.elements import names_of
from glossator.stages.extract.metadata.date_parsing import is_date_line, iso
from glossator.stages.extract.text_comparison import words
from glossator.word_lists import any_of

Place = tuple[str, ...]
"""Tag and first class of the element around one, then its own, with its property."""

_AUTHOR = re.compile(any_of("element_names", "author"), re.IGNORECASE)
_NO_AUTHOR = re.compile(any_of("element_names", "no_author"), re.IGNORECASE)
"""Words in the class of what stands beside a name."""
_PROFILE = re.compile(r"member|user|profile|people|author|account|/u/|[@~]", re.IGNORECASE)
"""Words in the address of a profile."""
_DECLARED = frozenset(("author", "creator", "name"))
_CREATED = frozenset(("datecreated", "datepublished"))
_BEHIND_NAME = re.compile(r"\s+(?:posted|said|wrote)\b", re.IGNORECASE)
_INITIAL = re.compile(r"^(\w) (?=\1)", re.IGNORECASE)
"""Letter that stands for a portrait before the name."""
_NAME = 5
"""Words of a name at most."""
_LONGEST_NAME = 40
_NAMED = re.compile(r"^[^:]*[^\W\d_][^:]*$")
_DAY = 10
"""Words of a line that says when a post was written."""
_SHORT_DAY = 4
"""Words of a day without anything beside it."""
_LONGEST = 2000
"""Characters of an element that are read: more than a field has, with the spaces that stand in its source."""
_USUAL = 0.6
"""Share of the posts that have a field."""
_PIECES = 20
"""Pieces of text in an element that is a field, so that those of large elements are not read."""
_SEVERAL = 4
"""Posts of which one author has not written nearly all."""
_NEAR = 3
"""Elements around one that may have the class by which its place is told."""
_SCOPE = 5
"""Elements around a link to a profile that may declare it to be the author's."""
_NUMBER = re.compile(r"#\d+")
"""Number of a post, which many write beside the day."""
_MOMENTS = ("datetime", "content", "title", "data-time")
"""Attributes that state a moment where the text says `an hour ago`."""


class FieldValue(msgspec.Struct, frozen=True):
    """Value of a field in one post."""

    text: str
    key: str
    """Value by which posts are compared: the address that a name links to, the ISO form of a day."""
    signs: tuple[bool, ...]
    """Flags: the element declares the value, links to it, or is named for it; the strongest first."""


Reader = Callable[[HtmlElement], FieldValue | None]
PostAndText = tuple[Sequence[HtmlElement], HtmlElement]
"""Elements of a post, its own the first, and the element within one of them that holds its text."""
Values = Mapping[int, FieldValue]
"""Values of one field, by the number of the post."""


def authors(posts: Sequence[PostAndText], read: Reader) -> list[str]:
    """Return the author of each post by what stands in the post's own element; empty if none is sure.

    `read` is `author_in`, perhaps with a memory: posts of several sorts have the same elements.
    """
    stated = [_stated(post[0], body) for post, body in posts]
    own = [(post[:1], body) for post, body in posts]
    fields = sorted(filter(_tells_authors, _fields(own, read)), key=_rank_of_authors, reverse=True)
    linked = list(filter(_leads_to_authors, fields))
    named = [value.text if value else "" for value in _values(own, [*fields[:1], *linked])]
    return [first or second for first, second in zip(stated, named, strict=True)]


def days(posts: Sequence[PostAndText]) -> list[str]:
    """Return the day of each post, as the page writes all of them or in ISO form; empty if none is found."""
    fields = sorted(_fields(posts, _day), key=_rank_of_days, reverse=True)
    dated = _values(posts, [field for field in fields if _rising(field) == _rising(fields[0])])
    as_written = all(value is None or value.text for value in dated)
    return [(value.text if as_written else value.key) if value else "" for value in dated]


def _values(posts: Sequence[PostAndText], fields: Sequence[Values]) -> list[FieldValue | None]:
    """Return the value of each post in the first of the fields that has one."""
    return [next((field[number] for field in fields if number in field), None) for number in range(len(posts))]


def _fields(posts: Sequence[PostAndText], read: Reader) -> list[Values]:
    """Return the fields that most posts have, each with the first value of a post, in the order of the page."""
    fields: dict[Place, dict[int, FieldValue]] = {}
    for number, (post, body) in enumerate(posts):
        for tag in _beside(post, body):
            if value := read(tag):
                fields.setdefault(_place(tag), {}).setdefault(number, value)
    return [field for field in fields.values() if len(field) >= _USUAL * len(posts)]


def _beside(post: Sequence[HtmlElement], body: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements of a post outside its text and comments on it; all if the text has no element to itself."""
    holders = set(body.iterancestors())
    for root in post:
        walk = etree.iterwalk(root, events=("start",))
        for _, tag in walk:
            if tag is not root and (tag is body or (tag.get("itemprop") == "comment" and tag not in holders)):
                walk.skip_subtree()
            elif tag is not root:
                yield tag


def _place(tag: HtmlElement) -> Place:
    """Return the form of an element, and of the nearest element around it that has a class."""
    return (*_form(_around(tag))[:2], *_form(tag))  # the post that opens a thread has another property


def _around(tag: HtmlElement) -> HtmlElement:
    return next((above for above in islice(tag.iterancestors(), _NEAR) if above.get("class")), tag.getparent())


def _form(tag: HtmlElement) -> Place:
    return tag.tag, tag.get("class", "").partition(" ")[0], tag.get("itemprop", "")


def _stated(post: HtmlElement, body: HtmlElement) -> str:
    """Return the author whom an attribute of XenForo states, at the text, around it or within."""
    for tag in (body, *body.iterancestors()):
        if author := " ".join(tag.get("data-author", "").split()):
            return author
        if tag is post:
            break
    inside = {" ".join(author.split()) for author in body.xpath(".//@data-author")} - {""}
    return inside.pop() if len(inside) == 1 else ""


def author_in(tag: HtmlElement) -> FieldValue | None:
    """Return the name in an element that is a link to a profile, or declared or named as an author's."""
    link = tag if tag.tag == "a" else tag.getparent() if tag.getparent().tag == "a" else None
    address = "" if link is None else link.get("href", "")
    declared = tag.get("itemprop") in _DECLARED or (
        address and any(above.get("itemprop") == "author" for above in islice(tag.iterancestors(), _SCOPE))
    )
    named = _is_named(f"{names_of(tag)} {names_of(_around(tag))}")
    if not (declared or named or _PROFILE.search(address)):
        return None
    text = _INITIAL.sub("", _BEHIND_NAME.split(_line(tag))[0])
    if not (0 < len(words(text)) <= _NAME and 1 < len(text) <= _LONGEST_NAME and _NAMED.search(text)) or _iso(text):
        return None
    return FieldValue(text, address, (bool(declared), bool(address), named, "//" not in address))


@lru_cache(maxsize=4096)
def _is_named(names: str) -> bool:
    return _AUTHOR.search(names) is not None and not _NO_AUTHOR.search(names)


def _line(tag: HtmlElement) -> str:
    """Return the text of an element in one line, cut off; empty if it has more pieces than a field has."""
    pieces = list(islice(tag.itertext(), _PIECES + 1))
    return " ".join("".join(pieces)[:_LONGEST].split()) if len(pieces) <= _PIECES else ""


def _iso(text: str) -> str:
    return iso(text) if any(map(str.isnumeric, text)) else ""


def _tells_authors(field: Values) -> bool:
    """True if the values differ, and each leads to one address; one of most posts must be an author's for certain."""
    names = Counter(value.text for value in field.values())
    name, number = names.most_common(1)[0]
    if len(names) == 1 or (len(field) >= _SEVERAL and number > _USUAL * len(field)):
        most = {key: value for key, value in field.items() if value.text == name}
        return all(value.signs[0] for value in most.values()) or (
            _leads_to_authors(most) and len({value.key for value in most.values()}) == 1
        )
    # A label such as `Copy link` may have another form in the first post.
    return len({(value.text, value.key) for value in field.values()}) == len(names)


def _leads_to_authors(field: Values) -> bool:
    """True if all values are links that are named as an author's."""
    return all(all(value.signs[1:3]) for value in field.values())


def _rank_of_authors(field: Values) -> tuple[object, ...]:
    """Rank by what the elements are, then by how finely the values tell posts apart: a rank or a place is shared."""
    declared, linked, named, inner = (all(value.signs[number] for value in field.values()) for number in range(4))
    texts = [value.text for value in field.values()]
    # Of an element and one within that holds the name alone, the text of the latter is shorter.
    return declared, linked + 2 * named, len(field), len(set(texts)), inner, -sum(map(len, texts))


def _day(tag: HtmlElement) -> FieldValue | None:
    """Return the day in a line that may say when the post was written; its text is empty if it says more than a day."""
    line = _NUMBER.sub("", _line(tag)).strip(" ,.·•|-–")
    size = len(words(line))
    if size > _DAY:
        return None
    day = _iso(line)
    shown = line if day and size <= _SHORT_DAY and is_date_line(line) else ""
    day = day or next((day for name in _MOMENTS if (day := _iso(tag.get(name, "")))), "")
    declared = tag.get("itemprop", "").lower() in _CREATED
    return FieldValue(shown, day[:10], (declared, tag.tag == "time")) if day else None


def _rank_of_days(field: Values) -> tuple[object, ...]:
    """Rank by what is declared, then by whether the days rise or fall from post to post, as those of joining do not."""
    declared, timed = (all(value.signs[number] for value in field.values()) for number in range(2))
    written = all(value.text for value in field.values())
    return declared, _rising(field), timed, len(field), written, len({value.key for value in field.values()})


def _rising(field: Values) -> float:
    """Return in what share of neighbouring posts the days rise, or fall, to a tenth."""
    pairs = list(pairwise(field[number].key for number in sorted(field)))
    rises = max(sum(a <= b for a, b in pairs), sum(a >= b for a, b in pairs))
    return round(rises / max(1, len(pairs)), 1)
