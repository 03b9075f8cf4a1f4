"""Date of publication of a page's article: from its structured data, else from the text beside the headline."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import islice, pairwise

from htmldate import find_date
from lxml.html import HtmlElement

from glossator.stages.extract.html.facts import linked_data
from glossator.stages.extract.html.facts.head_and_marked_elements import Candidates, Statements
from glossator.stages.extract.html.facts.visible_text import INLINE, VisibleHead, in_order, is_beside, read, tidy
from glossator.stages.extract.metadata.date_parsing import find_day, is_date_line, iso
from glossator.word_lists import any_of, lines

_META = lines("metadata")["day_names"]
_CHANGED = re.compile(any_of("metadata", "changed"), re.IGNORECASE)
"""Words beside a day on which an article was changed."""
_PUBLISHING = re.compile(
    r"(?:publi[sc]|pub[_-]?date|posted|date[_-]?(?:posted|created)|creat(?:ed|ion)[_-]?(?:timestamp|date|time|at|on))"
    r"[\w-]{0,30}(?=(.{0,90}))",
    re.IGNORECASE | re.DOTALL,
)
"""Name of an element, an attribute or a value in a script that holds a day of publishing, and what follows the name."""
_ASSIGNED = re.compile(r"[\"'\\]*(?:&quot;)?\s*[:=]\s*(?:&quot;|[\"'\\])+")
"""Sign of a value behind its name; the value is quoted, because prose may say `published: 3 May 1999`."""
_QUOTE = re.compile(r"[\"'&<\\]")
_TAG = re.compile(r"<[^>]*>?")
_FEW = 3
"""Times that a source has the day of its own page; those of others stand in lists."""
_NUMBER = re.compile(r"\d{1,4}")
_THREE_NUMBERS = re.compile(r"\D{0,20}\d{1,4}\D+\d{1,2}\D+\d{1,4}\D{0,20}")
_DIGITS = re.compile(r"(?:19|20)\d\d[01]\d[0-3]\d")
"""Digits of a day in an address."""
_LONGEST_SOURCE = 3_000_000
"""Characters of a page's source in which a day is looked for."""
_EARLIEST = "1995-01-01"
"""First day that is guessed from a page's source: the web is not older."""
_LATEST = "2100-01-01"
_PUBLISHED = re.compile(rf"\b(?:{any_of('metadata', 'published')})", re.IGNORECASE)
"""Beginning of a word that says before a day that it is of publishing."""
_AT_END = re.compile(r"\s[|–—-]\s|,\s(?=\d)")
_ABOVE = 40
"""Elements before the headline within which its date may be."""
_BELOW = 60
"""Elements after the headline within which its date may be."""
_MOST = 100
"""Elements that are examined."""
_LONGEST = 100
"""Characters of a line with a date, and perhaps a byline."""
_PARTS = 8
"""Elements in such a line."""
_DATELINE = re.compile(r"\s(?:--?|[–—])\s")
"""Dash behind the day with which a text begins."""
_NIGHT = dt.timedelta(days=1)
"""Difference that two time zones make."""
_LONGEST_LABEL = 40
"""Characters of a label before a day."""
_OF_STORY = re.compile(rf"\b(?:{any_of('metadata', 'of_story')})", re.IGNORECASE)
"""Words beside a day of what the page is about: of a firm, a person, a place."""
_BLOCKS = frozenset(("article", "body", "main", "section", "header", "table", "tr"))
"""Elements whose neighbours are no labels of what is in them."""
_LEVELS = 3
"""Elements around a day, beside which its label may stand."""
_NO_LINE = ("h1", "h2", "h3", "script", "style", "a", "title", "noscript", "option")


class _Page:
    """Page whose day is looked for. State: cached look-ups."""

    def __init__(self, stated: Statements, head: VisibleHead) -> None:
        self.stated = stated
        self.head = head

    @cached_property
    def declared(self) -> tuple[str, str]:
        """Day that the page declares, and its origin; an encyclopaedia declares that of its first version."""
        day, origin = declared_day(self.stated)
        return day, "guess" if _is_of_wiki(self.stated) else origin

    @cached_property
    def lines(self) -> list[str]:
        """Short lines beside the headline: those below first."""
        return list(_lines(self.stated, self.head))

    @cached_property
    def days(self) -> list[tuple[str, bool]]:
        """Days in lines beside the headline, each with whether its line says that it is of a change."""
        lines = ((find_day(line, self.stated.language), line) for line in self.lines)
        return [(day, _CHANGED.search(line) is not None) for day, line in lines if day]


def published(stated: Statements, head: VisibleHead) -> Candidates:
    """Yield candidates for the date or moment, the most reliable first.

    A line beside the headline yields a guess only: its day may be another's.
    """
    page = _Page(stated, head)
    for origin, days in _KINDS:
        yield from ((day, origin or page.declared[1]) for day in days(page))


def declared_day(stated: Statements) -> tuple[str, str]:
    """Return the day or moment that a page declares for programs, and its origin; empty if it declares none."""
    values = [
        (linked_data.text(stated.data.get("datePublished")), "json-ld"),
        *stated.named(*_META),
        *stated.item("datePublished"),
        (linked_data.text(stated.data.get("dateCreated") or stated.data.get("uploadDate")), "json-ld"),
    ]
    return next(((day, origin) for value, origin in values if (day := iso(value, stated.language))), ("", ""))


def _in_title(page: _Page) -> Iterator[str]:
    yield from (iso(part) for part in _AT_END.split(page.stated.title)[1:] if is_date_line(part))


def _labelled(page: _Page) -> Iterable[str]:
    """Return the day behind a label that says that it is of publishing, if the page has one outside running prose."""
    days = set()
    for (label, _), (text, element) in pairwise(in_order(page.stated.elements)):
        if _PUBLISHED.search(label[-_LONGEST_LABEL:]) and is_date_line(text):
            line = _line_of(element)
            if is_date_line(line) or _PUBLISHED.match(line):
                days.add(find_day(text, page.stated.language) or "")
    return days if len(days) == 1 else ()


def _named(page: _Page) -> Iterable[str]:
    """Return the day behind a name of publishing in the source: of a value in a script, an attribute or an element."""
    values = (match[1] for match in _PUBLISHING.finditer(page.stated.source[:_LONGEST_SOURCE]))
    days = [day for day in map(_day_of_value, values) if day >= _EARLIEST]
    return {*days} if len(days) <= _FEW and len({*days}) == 1 else ()


def _by_library(page: _Page) -> Iterator[str]:
    """Yield the day that htmldate guesses if the address or a line beside the headline states it, perhaps in slashes.

    It never stands in running prose only, and is none of the bare years of which htmldate makes days.
    """
    addresses = [address for address in page.stated.addresses if address]
    digits = re.sub(r"\D", "", " ".join(addresses))
    lines = [sorted(map(int, _NUMBER.findall(line))) for line in page.lines if _THREE_NUMBERS.fullmatch(line)]
    if len(page.stated.source) > _LONGEST_SOURCE or not (lines or _DIGITS.search(digits)):
        return  # nothing that it may guess would be believed
    try:
        day = find_date(
            page.stated.elements[0],
            extensive_search=False,
            original_date=True,
            min_date=_EARLIEST,
            max_date=_LATEST,
            url=next(iter(addresses), None),
        )
    except Exception:  # noqa: BLE001 -- whatever the library makes of a page, the page has a text
        return
    if day and (day.replace("-", "") in digits or sorted(map(int, day.split("-"))) in lines):
        yield day


def _day_of_value(value: str) -> str:
    """Return the day at the beginning of what follows a name in a page's source; empty if there is none."""
    if stated := _ASSIGNED.match(value):
        return iso(_QUOTE.split(value[stated.end() :], maxsplit=1)[0])[:10]
    attributes, _, content = value.partition(">")
    pieces = filter(None, map(str.strip, _TAG.split("" if "<" in attributes else content)))
    line = next(pieces, "")
    return (find_day(line) or "") if is_date_line(line) else ""


def _is_of_wiki(stated: Statements) -> bool:
    """True if a page is of an encyclopaedia, which declares the day of its first version: the text is of today."""
    return any("mediawiki" in value.lower() for value, _ in stated.named("generator"))


def _shown_before(page: _Page) -> Iterator[str]:
    """Yield a day beside the headline that is earlier than the declared one, which is of a change then.

    Of ten pages that show such a day, it is the right one on nine; a later one is the right one on 14 of 43.
    """
    declared, language = page.declared[0], page.stated.language
    if not declared:
        return
    lines = (find_day(line, language) or "" for line in page.lines if is_date_line(line))
    shown = next(filter(None, (*_timed(page), *lines)), "")
    if shown and dt.date.fromisoformat(shown[:10]) < dt.date.fromisoformat(declared[:10]) - _NIGHT:
        yield shown


def _lone(page: _Page) -> Iterator[str]:
    """Yield the day of the only line of the page that is nothing else, and not of a change."""
    pieces = [("", None), *in_order(page.stated.elements)]
    lines = [
        (text, element)
        for (before, _), (text, element) in pairwise(pieces)
        if is_date_line(text) and not _CHANGED.search(f"{before[-_LONGEST_LABEL:]} {text}")
    ]
    for text, element in lines if len(lines) == 1 else ():
        is_own = not (is_beside(element, page.head) or _is_of_story(element))
        if is_own and is_date_line(_line_of(element)):
            yield find_day(text, page.stated.language) or ""


def _line_of(element: HtmlElement) -> str:
    """Return the text of the block that an element is in; empty if the block is too large for a line."""
    block = next((holder for holder in (element, *element.iterancestors()) if holder.tag not in INLINE), element)
    return read(block) if _is_small(block) else ""


def _is_small(element: HtmlElement) -> bool:
    """True if an element may be a line. Otherwise all of a long page would be read once for each of its lines."""
    return next(islice(element.iterdescendants(), _MOST, None), None) is None


def _timed(page: _Page) -> Iterator[str]:
    """Yield the dates of the page's `time` elements: of those beside the headline, else of a single one."""
    stated, head = page.stated, page.head
    indices = stated.tagged["time"][:_MOST]
    shown = ((index, stated.elements[index]) for index in indices)
    times = {index: element for index, element in shown if not (is_beside(element, head) or _is_of_story(element))}
    near = [element for index, element in times.items() if head.near(index, _ABOVE, _BELOW)]
    unchanged = [element for element in near if not _CHANGED.search(_around(element))]
    for element in unchanged or near or (times.values() if len(times) == 1 else ()):
        yield iso(element.get("datetime", ""), stated.language) or iso(read(element), stated.language)


def _is_of_story(element: HtmlElement) -> bool:
    """True if the label beside a day says that it is a day of what the page is about."""
    around = (element, *islice(element.iterancestors(), _LEVELS))
    labels = (holder.getprevious() for holder in around if holder.tag not in _BLOCKS)
    return any(label is not None and _is_label(label) for label in labels)


def _is_label(element: HtmlElement) -> bool:
    """True if an element is short and says that a day of what the page is about follows."""
    if not isinstance(element.tag, str) or not _is_small(element):
        return False
    text = read(element)
    return len(text) <= _LONGEST_LABEL and _OF_STORY.search(text) is not None


def _around(element: HtmlElement) -> str:
    """Return a `time` element's classes, its text, and the text before it."""
    before, parent = element.getprevious(), element.getparent()
    context = [element.get("class"), element.get("itemprop"), read(element)[:_LONGEST]]
    if before is not None:
        context.append(before.tail or (before.text if isinstance(before.tag, str) else ""))
    elif parent is not None:
        context += [parent.text, parent.get("class")]
    return " ".join(part for part in context if part)


def _lines(stated: Statements, head: VisibleHead) -> Iterator[str]:
    """Yield short lines beside the headline: those below first."""
    if head.index < 0:
        return
    below = stated.elements[head.index : head.index + _BELOW]
    above = stated.elements[max(0, head.index - _ABOVE) : head.index]
    for element in (*below, *above):
        if element.tag in _NO_LINE or len(element) >= _PARTS or is_beside(element, head):
            continue
        if not _is_of_story(element):
            opening = _DATELINE.split((element.text or "")[:_LONGEST].strip(), maxsplit=1)
            for line in (read(element), tidy(element.tail or ""), *opening[: len(opening) - 1]):
                if 0 < len(line) <= _LONGEST and not _OF_STORY.search(line[:_LONGEST_LABEL]):
                    yield line


_KINDS: tuple[tuple[str, Callable[[_Page], Iterable[str]]], ...] = (
    ("visible text", _shown_before),
    ("", lambda page: [page.declared[0]]),
    ("title element", _in_title),
    ("visible text", _timed),
    ("guess", _labelled),
    ("guess", lambda page: [day for day, is_changed in page.days if not is_changed]),
    ("guess", _lone),
    ("guess", lambda page: [day for day, _ in page.days]),
    ("guess", _named),
    ("guess", _by_library),
)
"""Candidates for the day: origin (that of the declaration if empty) and what finds days, the likeliest first.

The first that finds a day gives it. Of what each gave at hand, right were 6 of 6, 427 of 455, 1 of 1, 20 of 26, 3 of 3,
75 of 80, 3 of 3, 7 of 10, 2 of 2 and 3 of 4.
"""
