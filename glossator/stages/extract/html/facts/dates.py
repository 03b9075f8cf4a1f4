"""When a page's article was published: as its structured data say, else as it is seen beside the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from glossator.stages.extract.days import find_day, is_date_line, iso
from glossator.stages.extract.html.facts import linked_data
from glossator.stages.extract.html.facts.seen import Head, is_beside, read, tidy
from glossator.stages.extract.html.facts.statements import Found, Statements

_META = (
    *("article:published_time", "og:published_time", "article:published", "article.published", "datepublished"),
    *("date", "pubdate", "publishdate", "publish-date", "publish_date", "published_date", "publication_date"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "citation_publication_date"),
    *("citation_date", "dc.date", "dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.date"),
    *("dcterms.issued", "datecreated", "last-publish-date", "originalpublicationdate", "article_date_original"),
)
_CHANGED = re.compile(
    r"updat|modif|chang|edited|review|aktualis|geändert|mis à jour|actualiz|atualiz|aggiorn|bijgewerkt|uppdater|"
    r"opdater|oppdater|aktualiz|güncel",
    re.IGNORECASE,
)
"""What is said of a day on which an article was changed."""
_DATED = re.compile(r"(?:[dD]ate|[tT]ime|datum|fecha|publi|[pP]osted)(?![a-z]*[-_]?(?:zone|line-|out))")
"""Classes of what holds a day."""
_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_AT_END = re.compile(r"\s[|–—-]\s|,\s(?=\d)")
_ABOVE, _BELOW = 40, 60
"""Elements around the headline within which its date stands."""
_MOST = 100
"""Elements that are looked at."""
_LONGEST, _PARTS = 100, 8
"""Characters of a line that says when, and by whom perhaps; elements in it."""
_NO_LINE = ("h1", "h2", "h3", "script", "style", "a", "title", "noscript", "option")


def published(stated: Statements, head: Head, source: str) -> Found:
    """The moment or the day, the surest first.

    The page's address and a line beside the headline give a guess only, for the day in them may be another's.
    """
    declared = [
        (linked_data.text(stated.data.get("datePublished")), "json-ld"),
        *stated.named(*_META),
        *stated.item("datePublished"),
        (linked_data.text(stated.data.get("dateCreated") or stated.data.get("uploadDate")), "json-ld"),
    ]
    for value, origin in declared:
        yield iso(value, stated.language), origin
    for part in _AT_END.split(stated.title)[1:]:
        yield iso(part) if is_date_line(part) else "", "title element"
    for value in (*_timed(stated, head), *_classed(stated, head)):
        yield value, "visible text"
    lines = list(_lines(stated, head))
    days = [(find_day(line, stated.language), _CHANGED.search(line)) for line in lines]
    yield next((day for day, changed in days if day and not changed), ""), "guess"
    yield _in_path(source), "guess"
    yield next((day for day, _ in days if day), ""), "guess"


def _timed(stated: Statements, head: Head) -> Iterator[str]:
    """What the page's `time` elements say: those beside the headline, else a single one."""
    places = stated.tagged["time"][:_MOST]
    times = {place: element for place in places if not is_beside(element := stated.elements[place], head)}
    near = [element for place, element in times.items() if head.near(place, _ABOVE, _BELOW)]
    unchanged = [element for element in near if not _CHANGED.search(_around(element))]
    for element in unchanged or near or (times.values() if len(times) == 1 else ()):
        yield iso(element.get("datetime", ""), stated.language) or iso(read(element), stated.language)


def _around(element: HtmlElement) -> str:
    """A `time` element's classes, its text, and what stands before it."""
    before, parent = element.getprevious(), element.getparent()
    told = [element.get("class"), element.get("itemprop"), read(element)[:_LONGEST]]
    if before is not None:
        told.append(before.tail or (before.text if isinstance(before.tag, str) else ""))
    elif parent is not None:
        told += [parent.text, parent.get("class")]
    return " ".join(part for part in told if part)


def _classed(stated: Statements, head: Head) -> list[str]:
    """The day in lines whose classes say that they hold one: beside the headline, else where all say the same."""
    places = [place for place, classes in stated.classes if _DATED.search(classes)][:_MOST]
    found = {}
    for place in places:
        element = stated.elements[place]
        line = "" if is_beside(element, head) else read(element)
        if 0 < len(line) <= _LONGEST and not _CHANGED.search(line) and (day := find_day(line, stated.language)):
            found[place] = day
    near = [day for place, day in found.items() if head.near(place, _ABOVE, _BELOW)]
    return near[:1] or (list(found.values())[:1] if len(set(found.values())) == 1 else [])


def _lines(stated: Statements, head: Head) -> Iterator[str]:
    """Short lines beside the headline: those below it first."""
    if head.place < 0:
        return
    below = stated.elements[head.place : head.place + _BELOW]
    above = stated.elements[max(0, head.place - _ABOVE) : head.place]
    for element in (*below, *above):
        if element.tag not in _NO_LINE and len(element) < _PARTS and not is_beside(element, head):
            for line in (read(element), tidy(element.tail or "")):
                if 0 < len(line) <= _LONGEST:
                    yield line


def _in_path(source: str) -> str:
    found = _IN_PATH.search(urlsplit(source).path)
    return iso("-".join(found.groups())) if found else ""
