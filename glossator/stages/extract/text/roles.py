"""Which units of a text copy are what: masthead, title, standfirst, byline, body."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import takewhile

from glossator.stages.extract.days import find_day
from glossator.stages.extract.text.leftovers import without_leftovers
from glossator.stages.extract.text.lines import LONG, Unit, byline_names
from glossator.stages.extract.text.stretch import body_stretch

_TAIL_LINES = 5
"""Headlines in a row that no note ends with."""
_STANDFIRST = 80
"""Words: a standfirst has one to three sentences."""
_LABELS = 3
"""Short lines between title and body that are a page's buttons and no text of its article."""
_WINDOW = 12
"""Units after the title among which its byline and date are looked for."""

_SITE_BEHIND = re.compile(r"(?P<title>.{12,}?)\s+[|–—-]\s+(?P<site>[^|–—]{2,40})")
_OWNER = re.compile(r"(?:©|Copyright)\W*(?:\d{4}\W*)?(?!all rights)([^.|,]{3,40}?)(?:[.|,]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parts:
    """Which units of a text are what."""

    site: str | None
    title: str
    title_origin: str
    description: str | None
    byline: str | None
    published: str | None
    saved: str | None
    body: tuple[Unit, ...]


def assign(found: Sequence[Unit], known_title: str | None, stem: str) -> Parts:
    """The roles of the units of a text. `stem` is the title where nothing better is known."""
    start, end = body_stretch(found)
    furnished = _is_furnished(found, end)
    title_at, title, origin = _title(found, start, furnished)
    if known_title:
        title, origin = known_title, "header lines"
        # Above the first prose, a text whose title is known has only what repeats it.
        title_at = next((at for at in range(start + 1) if found[at].text == known_title), -1)
    if title_at < 0:
        title_at, title, origin = -1, title or stem.replace("-", " ").replace("_", " "), origin or "file name"
    after = title_at + 1
    begin, standfirst = _opening(found, after, max(start, after))
    end = end if furnished else len(found)
    body = tuple(found[begin:end]) or tuple(found[after:])
    introduction = frozenset(standfirst)
    above, between = found[: max(title_at, 0)], [unit for unit in found[after:begin] if unit not in introduction]
    saved = next((find_day(unit.text) for unit in above if unit.kind == "date"), None)
    if body and body[0].text == title:
        body = body[1:]
    title, suffix = _without_site(title, found)
    byline = next((byline_names(unit.text) for unit in between if unit.kind == "byline"), None)
    return Parts(
        site=_site(found, title_at, saved, furnished) or suffix,
        title=title,
        title_origin=origin,
        description=" ".join(unit.text for unit in standfirst) or None,
        byline=byline,
        published=_published(between),
        saved=saved or _retrieved(found),
        body=without_leftovers(body, title, byline) if furnished else body,
    )


def _is_furnished(found: Sequence[Unit], end: int) -> bool:
    """Whether the text has anything of a page in it besides the article."""
    if any(unit.kind in ("control", "box", "tail", "repeated") and re.search(r"[^\W_]|×", unit.text) for unit in found):
        return True
    tail = list(takewhile(lambda unit: unit.kind == "line" and unit.words > 3, found[end:]))
    return len(tail) >= _TAIL_LINES


def _title(found: Sequence[Unit], start: int, furnished: bool) -> tuple[int, str, str]:
    """Place and text of the headline, and where it was found; place -1 if there is none."""
    head = found[: start + 1] if start < len(found) and _is_title(found[start]) else found[:start]
    texts = {unit.text for unit in head}
    candidates = [at for at, unit in enumerate(head) if _is_title(unit) and not _is_tab_title(unit, texts)]
    if not candidates:
        return -1, "", ""
    if not furnished and not any(unit.kind == "date" for unit in head[: candidates[-1]]):
        # In a text without anything of a page, the title is on top, or right above who wrote it and when.
        candidates = [at for at in candidates[:2] if _is_signed(found, at)] or candidates[:1]
    chosen = max(candidates, key=lambda at: (min(found[at].words, 6), at))
    # A headline and a standfirst without a full stop, one below the other; with more, it is a list of headlines.
    above = chosen - 1
    if above in candidates and found[above].words >= 5 and above - 1 not in candidates and found[chosen].words >= 6:
        chosen = above
    return chosen, found[chosen].text, "visible text"


def _is_signed(found: Sequence[Unit], at: int) -> bool:
    return at + 1 < len(found) and found[at + 1].kind in ("byline", "date")


def _is_title(unit: Unit) -> bool:
    if unit.kind in ("line", "repeated"):
        return True
    return (
        unit.kind == "prose" and unit.words < LONG - 4 and unit.text[-1] in "?!" and not re.search(r"[.!?] ", unit.text)
    )


def _is_tab_title(unit: Unit, texts: Collection[str]) -> bool:
    """Whether a line is what a browser shows as title, the headline and the site, and the headline stands there too."""
    parts = _SITE_BEHIND.fullmatch(unit.text)
    return parts is not None and parts["title"] in texts


def _opening(found: Sequence[Unit], after: int, start: int) -> tuple[int, tuple[Unit, ...]]:
    """Where the body begins, and the standfirst between it and the title."""
    window = found[after : after + _WINDOW]
    meta = [at for at, unit in enumerate(window, after) if unit.kind in ("byline", "date")]
    for at in reversed(meta):
        before = [unit for unit in found[after:at] if unit.kind in ("prose", "line") and unit.words >= 5]
        if len(before) <= 3 and sum(unit.words for unit in before) <= _STANDFIRST:
            return _skip(found, at + 1), tuple(before)
    begin = _skip(found, after)
    lines = [unit for unit in found[begin:start] if unit.kind == "line" and unit.words >= 6]
    below = [unit for unit in found[begin:start] if unit.kind != "control"]
    begin = max(begin, start) if lines or begin > start or len(below) >= _LABELS else begin
    group = [found[begin], *takewhile(lambda unit: not unit.gap, found[begin + 1 :])] if begin < len(found) else []
    if 2 <= len(group) <= 3 and _is_standfirst(group, found[begin + len(group) :]):
        return begin + len(group), (*lines, *group)
    return begin, tuple(lines)


def _is_standfirst(group: Sequence[Unit], rest: Sequence[Unit]) -> bool:
    """Sentences on adjoining lines, above a body whose paragraphs have blank lines between them."""
    following = [unit for unit in rest if unit.kind == "prose"]
    apart = sum(bool(unit.gap) for unit in following)
    return (
        all(unit.kind == "prose" for unit in group)
        and sum(unit.words for unit in group) <= _STANDFIRST
        and len(following) > 1
        and apart >= 0.8 * len(following)
    )


def _skip(found: Sequence[Unit], at: int) -> int:
    """The next unit that may be the article's."""
    while at < len(found) and found[at].kind in ("control", "credit", "byline", "date", "box", "tail", "repeated"):
        at += 1
    return at


def _site(found: Sequence[Unit], title_at: int, saved: str | None, furnished: bool) -> str | None:
    """The masthead: a short line above the title that the page repeats, or that stands above its date."""
    title = found[title_at].text if title_at >= 0 else ""
    above = [
        unit
        for unit in found[: max(title_at, 0)]
        if unit.kind in ("line", "repeated") and unit.words <= 6 and unit.text != title
    ]
    repeated = [unit for unit in above if unit.kind == "repeated"]
    owner = next((owned[1] for unit in found if (owned := _OWNER.match(unit.text))), None)
    if repeated:
        return repeated[0].text
    if owner and furnished:
        return owner.strip()
    return above[0].text if above and (saved or (len(above) == 1 and _is_signed(found, title_at))) else None


def _without_site(title: str, found: Sequence[Unit]) -> tuple[str, str | None]:
    """A browser's title without the name of the site behind it, and that name."""
    for unit in found:
        parts = _SITE_BEHIND.fullmatch(unit.text)
        if parts and parts["title"] == title:
            return title, parts["site"]
    parts = _SITE_BEHIND.fullmatch(title)
    if parts and (" | " in title or any(parts["site"] in unit.text for unit in found if unit.text != title)):
        return parts["title"], parts["site"]
    return title, None


def _published(between: Sequence[Unit]) -> str | None:
    """The day in the lines between title and body; one that says "published" before any other, "updated" never."""
    days = [unit.text for unit in between if unit.kind in ("date", "byline") and find_day(unit.text)]
    fresh = [
        text
        for text in days
        if not re.match(r"\W*(?:last|updated|modified|aktualisiert|actualizado)", text, re.IGNORECASE)
    ]
    said = [
        text
        for text in fresh
        if re.match(r"\W*(?:first )?(?:published|posted|veröffentlicht|publicado)", text, re.IGNORECASE)
    ]
    return next((find_day(text) for text in (*said, *fresh)), None)


def _retrieved(found: Sequence[Unit]) -> str | None:
    stated = (
        unit.text
        for unit in found
        if re.match(r"\W*(?:saved|retrieved|accessed|abgerufen|consultado)\b", unit.text, re.IGNORECASE)
    )
    return next((day for text in stated if (day := find_day(text))), None)
