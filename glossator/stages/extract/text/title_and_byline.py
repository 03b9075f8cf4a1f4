"""Roles of the units of a text copy: masthead, title, standfirst, byline, body."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import takewhile

import msgspec

from glossator.stages.extract.metadata.article_metadata import title_of_file
from glossator.stages.extract.metadata.date_parsing import find_day
from glossator.stages.extract.metadata.header_lines import day_of_dateline, names_in_opening
from glossator.stages.extract.text.body import body_stretch, without_leftovers
from glossator.stages.extract.text.paragraphs_and_lines import LONG, Unit, byline_names
from glossator.word_lists import any_of

_TAIL_LINES = 5
"""Headlines in a row that show a page: no note ends with so many."""
_STANDFIRST = 80
"""Words: a standfirst has one to three sentences."""
_LABELS = 3
"""Short lines between title and body that are a page's buttons and no text of its article."""
_BESIDE = frozenset("control credit byline date box tail repeated".split())
"""Kinds of units that are no text of the article."""
_WINDOW = 12
"""Units after the title among which the byline and the date may be."""

_SITE_BEHIND = re.compile(r"(?P<title>.{12,}?)\s+[|–—-]\s+(?P<site>[^|–—]{2,40})")
_UPDATED = re.compile(rf"\W*(?:{any_of('metadata', 'line_updated')})", re.IGNORECASE)
_PUBLISHED = re.compile(rf"\W*(?:first )?(?:{any_of('metadata', 'line_published')})", re.IGNORECASE)
_OWNER = re.compile(r"(?:©|Copyright)\W*(?:\d{4}\W*)?(?!all rights)([^.|,]{3,40}?)(?:[.|,]|$)", re.IGNORECASE)


class Roles(msgspec.Struct, frozen=True):
    """Units of a text, by role."""

    site: str | None
    title: str
    title_origin: str
    description: str | None
    byline: str | None
    published: str | None
    saved: str | None
    body: tuple[Unit, ...]


def assign(units: Sequence[Unit], known_title: str | None, stem: str) -> Roles:
    """Assign roles to the units of a text.

    `known_title` is a header line's; `stem` (of the file) replaces a missing title.
    """
    start, end = body_stretch(units)
    furnished = _is_furnished(units, end)
    title_index, title, origin = _title(units, start, furnished)
    if known_title:
        title, origin = known_title, "header lines"
        # In a text whose title is known, only a repetition of it can precede the first prose.
        title_index = next((index for index in range(start + 1) if units[index].text == known_title), -1)
    if title_index < 0:
        title_index, title, origin = -1, title or title_of_file(stem), origin or "file name"
    after = title_index + 1
    begin, standfirst = _opening(units, after, max(start, after))
    end = end if furnished else len(units)
    body = tuple(units[begin:end]) or tuple(units[after:])
    introduction = frozenset(standfirst)
    above, between = units[: max(title_index, 0)], [unit for unit in units[after:begin] if unit not in introduction]
    saved = next((find_day(unit.text) for unit in above if unit.kind == "date"), None)
    if body and body[0].text == title:
        body = body[1:]
    title, suffix = _without_site(title, units)
    byline = next((byline_names(unit.text) for unit in between if unit.kind == "byline"), None)
    first = next((unit.text for unit in body if unit.kind == "prose"), "")
    return Roles(
        site=_site(units, title_index, saved, furnished) or suffix,
        title=title,
        title_origin=origin,
        description=" ".join(unit.text for unit in standfirst) or None,
        byline=byline or names_in_opening(first),
        published=_published(between) or day_of_dateline(first),
        saved=saved or _retrieved(units),
        body=without_leftovers(body, title, byline) if furnished else body,
    )


def _is_furnished(units: Sequence[Unit], end: int) -> bool:
    """True if the text has remains of a page besides the article."""
    if any(unit.kind in ("control", "box", "tail", "repeated") and re.search(r"[^\W_]|×", unit.text) for unit in units):
        return True
    tail = list(takewhile(lambda unit: unit.kind == "line" and unit.words > 3, units[end:]))
    return len(tail) >= _TAIL_LINES


def _title(units: Sequence[Unit], start: int, furnished: bool) -> tuple[int, str, str]:
    """Return index and text of the headline, and its origin; index -1 if there is none."""
    head = units[: start + 1] if start < len(units) and _is_title(units[start]) else units[:start]
    texts = {unit.text for unit in head}
    candidates = [index for index, unit in enumerate(head) if _is_title(unit) and not _is_tab_title(unit, texts)]
    if not candidates:
        return -1, "", ""
    if not furnished and not any(unit.kind == "date" for unit in head[: candidates[-1]]):
        # In a text without remains of a page, the title is on top, or directly above the byline and date.
        candidates = [index for index in candidates[:2] if _is_signed(units, index)] or candidates[:1]
    chosen = max(candidates, key=lambda index: (min(units[index].words, 6), index))
    # A headline with a standfirst without a full stop below; with more lines, it is a list of headlines.
    above = chosen - 1
    if above in candidates and units[above].words >= 5 and above - 1 not in candidates and units[chosen].words >= 6:
        chosen = above
    return chosen, units[chosen].text, "visible text"


def _is_signed(units: Sequence[Unit], index: int) -> bool:
    return index + 1 < len(units) and units[index + 1].kind in ("byline", "date")


def _is_title(unit: Unit) -> bool:
    if unit.kind in ("line", "repeated"):
        return True
    return (
        unit.kind == "prose" and unit.words < LONG - 4 and unit.text[-1] in "?!" and not re.search(r"[.!?] ", unit.text)
    )


def _is_tab_title(unit: Unit, texts: Collection[str]) -> bool:
    """True if a line is a browser's title (headline and site), and the headline is also among the lines."""
    parts = _SITE_BEHIND.fullmatch(unit.text)
    return parts is not None and parts["title"] in texts


def _opening(units: Sequence[Unit], after: int, start: int) -> tuple[int, tuple[Unit, ...]]:
    """Return the index at which the body begins, and the standfirst between title and body."""
    window = units[after : after + _WINDOW]
    meta = [index for index, unit in enumerate(window, after) if unit.kind in ("byline", "date")]
    for index in reversed(meta):
        standfirst = [unit for unit in units[after:index] if unit.kind in ("prose", "line") and unit.words >= 5]
        if len(standfirst) <= 3 and sum(unit.words for unit in standfirst) <= _STANDFIRST:
            return _skip(units, index + 1), tuple(standfirst)
    begin = _skip(units, after)
    lines = [unit for unit in units[begin:start] if unit.kind == "line" and unit.words >= 6]
    below = [unit for unit in units[begin:start] if unit.kind != "control"]
    begin = max(begin, start) if lines or begin > start or len(below) >= _LABELS else begin
    group = [units[begin], *takewhile(lambda unit: not unit.gap, units[begin + 1 :])] if begin < len(units) else []
    if 2 <= len(group) <= 3 and _is_standfirst(group, units[begin + len(group) :]):
        return begin + len(group), (*lines, *group)
    return begin, tuple(lines)


def _is_standfirst(group: Sequence[Unit], rest: Sequence[Unit]) -> bool:
    """True if sentences are on adjoining lines, above a body whose paragraphs have blank lines between them."""
    following = [unit for unit in rest if unit.kind == "prose"]
    apart = sum(bool(unit.gap) for unit in following)
    return (
        all(unit.kind == "prose" for unit in group)
        and sum(unit.words for unit in group) <= _STANDFIRST
        and len(following) > 1
        and apart >= 0.8 * len(following)
    )


def _skip(units: Sequence[Unit], index: int) -> int:
    """Return the index of the next unit that may be the article's."""
    while index < len(units) and units[index].kind in _BESIDE:
        index += 1
    return index


def _site(units: Sequence[Unit], title_index: int, saved: str | None, furnished: bool) -> str | None:
    """Return the masthead: a short line above the title that the page repeats, or that stands above its date."""
    title = units[title_index].text if title_index >= 0 else ""
    above = [
        unit
        for unit in units[: max(title_index, 0)]
        if unit.kind in ("line", "repeated") and unit.words <= 6 and unit.text != title
    ]
    repeated = [unit for unit in above if unit.kind == "repeated"]
    owner = next((owned[1] for unit in units if (owned := _OWNER.match(unit.text))), None)
    if repeated:
        return repeated[0].text
    if owner and furnished:
        return owner.strip()
    return above[0].text if above and (saved or (len(above) == 1 and _is_signed(units, title_index))) else None


def _without_site(title: str, units: Sequence[Unit]) -> tuple[str, str | None]:
    """Split a browser's title into the headline and the name of the site after it."""
    for unit in units:
        parts = _SITE_BEHIND.fullmatch(unit.text)
        if parts and parts["title"] == title:
            return title, parts["site"]
    parts = _SITE_BEHIND.fullmatch(title)
    if parts and (" | " in title or any(parts["site"] in unit.text for unit in units if unit.text != title)):
        return parts["title"], parts["site"]
    return title, None


def _published(between: Sequence[Unit]) -> str | None:
    """Return the day in the lines between title and body: one marked "published" first, one marked "updated" never."""
    days = [unit.text for unit in between if unit.kind in ("date", "byline") and find_day(unit.text)]
    not_updated = [text for text in days if not _UPDATED.match(text)]
    marked = [text for text in not_updated if _PUBLISHED.match(text)]
    return next((find_day(text) for text in (*marked, *not_updated)), None)


def _retrieved(units: Sequence[Unit]) -> str | None:
    stated = (
        unit.text
        for unit in units
        if re.match(r"\W*(?:saved|retrieved|accessed|abgerufen|consultado)\b", unit.text, re.IGNORECASE)
    )
    return next((day for text in stated if (day := find_day(text))), None)
