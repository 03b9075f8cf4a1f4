"""Date of publication of a page's article: from its structured data, else from the text beside the headline."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice, pairwise

from lxml.html import HtmlElement

from glossator.stages.extract.html.facts import linked_data
from glossator.stages.extract.html.facts.head_and_marked_elements import Candidates, Statements
from glossator.stages.extract.html.facts.visible_text import INLINE, VisibleHead, in_order, is_beside, read, tidy
from glossator.stages.extract.metadata.date_parsing import find_day, is_date_line, iso

_META = (
    *("article:published_time", "og:published_time", "article:published", "article.published", "datepublished"),
    *("date", "pubdate", "publishdate", "publish-date", "publish_date", "published_date", "publication_date"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "citation_publication_date"),
    *("citation_date", "dc.date", "dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.date"),
    *("dcterms.issued", "datecreated", "last-publish-date", "originalpublicationdate", "article_date_original"),
    *("published", "published_on"),
)
_CHANGED = re.compile(
    r"updat|modif|chang|edited|(?<!p)review|aktualis|geändert|mis à jour|actualiz|atualiz|aggiorn|bijgewerkt|uppdater|"
    r"opdater|oppdater|aktualiz|güncel",
    re.IGNORECASE,
)
"""Words beside a day on which an article was changed."""
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
_BEFORE = 2
"""Words before that of a change."""
_OF_PAGE = re.compile(r"\bpage\b", re.IGNORECASE)
"""Word in a line on a change of the whole page."""
_LONGEST_LABEL = 40
"""Characters of a label before a day."""
_OF_STORY = re.compile(
    r"\b(?:found(?:ed|ation)|establish|incorporated|inception|formed|born|died|opens?\b|opened|opening|open\s(?:today|now)|"
    r"gegründet|gründung|geboren|geöffnet|fondée?|création|ouvert|nacid[oa]|fundad[oa]|fondat[oa]|opgericht|założon)",
    re.IGNORECASE,
)
"""Words beside a day of what the page is about: of a firm, a person, a place."""
_BLOCKS = frozenset(("article", "body", "main", "section", "header", "table", "tr"))
"""Elements whose neighbours are no labels of what is in them."""
_LEVELS = 3
"""Elements around a day, beside which its label may stand."""
_NO_LINE = ("h1", "h2", "h3", "script", "style", "a", "title", "noscript", "option")


def published(stated: Statements, head: VisibleHead) -> Candidates:
    """Yield candidates for the date or moment, the most reliable first.

    A line beside the headline yields a guess only: its day may be another's.
    """
    declared = [
        (linked_data.text(stated.data.get("datePublished")), "json-ld"),
        *stated.named(*_META),
        *stated.item("datePublished"),
        (linked_data.text(stated.data.get("dateCreated") or stated.data.get("uploadDate")), "json-ld"),
    ]
    stands = next(((day, origin) for value, origin in declared if (day := iso(value, stated.language))), ("", ""))
    yield _shown_before(stated, head, stands[0]), "visible text"
    yield stands[0], "guess" if _is_of_wiki(stated) else stands[1]
    for part in _AT_END.split(stated.title)[1:]:
        yield iso(part) if is_date_line(part) else "", "title element"
    yield from ((value, "visible text") for value in _timed(stated, head))
    lines = list(_lines(stated, head))
    days = [(find_day(line, stated.language), _CHANGED.search(line)) for line in lines]
    yield next((day for day, changed in days if day and not changed), ""), "guess"
    yield next(_lone(stated, head), ""), "guess"
    yield next((day for day, _ in days if day), ""), "guess"
    changes = dict(_days_of_change(stated))
    own = [day for day, line in changes.items() if _OF_PAGE.search(line)]
    yield next(iter(own or changes), "") if len(own or changes) == 1 else "", "guess"


def _is_of_wiki(stated: Statements) -> bool:
    """True if a page is of an encyclopaedia, which declares the day of its first version: the text is of today."""
    return any("mediawiki" in value.lower() for value, _ in stated.named("generator"))


def _shown_before(stated: Statements, head: VisibleHead, declared: str) -> str:
    """Return a day beside the headline that is earlier than the declared one, which is of a change then.

    Of ten pages that show such a day, it is the right one on nine; a later one is the right one on 14 of 43.
    """
    if not declared:
        return ""
    lines = (find_day(line, stated.language) or "" for line in _lines(stated, head) if is_date_line(line))
    shown = next(filter(None, (*_timed(stated, head), *lines)), "")
    return shown if shown and dt.date.fromisoformat(shown[:10]) < dt.date.fromisoformat(declared[:10]) - _NIGHT else ""


def _lone(stated: Statements, head: VisibleHead) -> Iterator[str]:
    """Yield the day of the only line of the page that is nothing else, and not of a change."""
    pieces = [("", None), *in_order(stated.elements)]
    lines = [
        (text, element)
        for (before, _), (text, element) in pairwise(pieces)
        if is_date_line(text) and not _CHANGED.search(f"{before[-_LONGEST_LABEL:]} {text}")
    ]
    for text, element in lines if len(lines) == 1 else ():
        block = next((holder for holder in (element, *element.iterancestors()) if holder.tag not in INLINE), element)
        if _is_small(block) and is_date_line(read(block)) and not (is_beside(element, head) or _is_of_story(element)):
            yield find_day(text, stated.language) or ""


def _days_of_change(stated: Statements) -> Iterator[tuple[str, str]]:
    """Yield the days in lines that say when the page was changed, and the lines, wherever they stand."""
    changes = [(text, element) for text, element in in_order(stated.elements) if _CHANGED.search(text[:_LONGEST])]
    for text, element in ((text, element) for text, element in changes if element.tag not in _NO_LINE):
        parts = (element, element.getparent())  # the words may be in an element of their own
        for line in (text, *(read(part) for part in parts if part is not None and _is_small(part))):
            if len(line) <= _LONGEST and _tells_of_change(line) and (day := find_day(line, stated.language)):
                yield day, line
                break


def _tells_of_change(line: str) -> bool:
    """True if a line begins with a word of change, or says "last edited"; "The law was changed" tells a story."""
    changed = _CHANGED.search(line)
    before = line[: changed.start()].split() if changed else []
    return changed is not None and (len(before) <= _BEFORE or before[-1].lower() == "last")


def _is_small(element: HtmlElement) -> bool:
    """True if an element may be a line. Otherwise all of a long page would be read once for each of its lines."""
    return next(islice(element.iterdescendants(), _MOST, None), None) is None


def _timed(stated: Statements, head: VisibleHead) -> Iterator[str]:
    """Yield the dates of the page's `time` elements: of those beside the headline, else of a single one."""
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
