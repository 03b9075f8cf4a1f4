"""Days and moments as people and programs write them -> ISO dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from glossator.stages.extract.metadata.month_names import is_weekday, month_of
from glossator.word_lists import word_lists

_MONTH = r"(?P<month>[^\W\d_]{2,12}(?: ال[^\W\d_]{3,6})?)\.?(?:\s?[/(]\s?[^\W\d_a-z]{2,8}(?: ال[^\W\d_]{3,6})?\)?)?"
"""A month; in Arabic perhaps of two words, or followed by the name that the Levant has for it."""
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NOTATIONS = tuple(
    re.compile(rf"(?<![\w/.-]){notation}(?![\w/]|[.-]\d)", re.IGNORECASE)
    for notation in (
        rf"{_YEAR}[-/.]\s?(?P<month>\d{{1,2}})[-/.]\s?(?P<day>\d{{1,2}})(?:T[\d:.+Z-]+)?",
        rf"{_DAY}[\s-]+(?:de\s+|d'|من\s+)?{_MONTH}[,،\s-]\s*(?:del?\s+)?{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
    )
)
_CJK = re.compile(rf"{_YEAR}\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日일]")
"""Chinese, Japanese or Korean date: no space separates it from the words around it."""
_NUMERAL = r"[〇零○一二三四五六七八九十]"
_WRITTEN_OUT = re.compile(rf"(?P<year>{_NUMERAL}{{4}})年(?P<month>{_NUMERAL}{{1,2}})月(?P<day>{_NUMERAL}{{1,3}})日")
_OF_AN_ERA = re.compile(
    rf"(?P<era>令和|平成|昭和|民[國国])\s?(?P<year>\d{{1,3}}|元|{_NUMERAL}{{1,3}})年"
    rf"\s?(?P<month>\d{{1,2}}|{_NUMERAL}{{1,2}})月\s?(?P<day>\d{{1,2}}|{_NUMERAL}{{1,3}})日"
)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""Year before the first of an era, in Japan and in Taiwan."""
_NUMERALS = {numeral: number for number, numeral in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_PLAIN = {
    **{ord(zero) + digit: str(digit) for zero in "٠۰０" for digit in range(10)},
    **dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), " "),
}
"""Digits of Arabic, Persian and of the width of Chinese characters; and marks of the direction of the text."""
_SLASHED = re.compile(rf"(?<![\w/.-])(?P<first>\d{{1,2}})([/-])(?P<second>\d{{1,2}})\2{_YEAR}(?![\w/]|[.-]\d)")
_LAST_MONTH = 12
_LONGEST_LINE = 120
"""Characters of a line that says a day and nothing else."""
_AROUND = word_lists("extract")["around_days"]
"""Words that may stand beside a day without saying anything else."""

_NAMED_SOURCE = re.compile(r"(?:来源|來源|稿源|出典|Источник|المصدر|Kaynak)\s*[:：]\s*[^.。]{1,30}\Z")
"""The publication, which stands behind the day in China and elsewhere."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SECONDS = re.compile(r"1\d{9}(?:\d{3})?")
"""Seconds since 1970, or thousandths of them."""
_SCRIPTED = ("%a %b %d %Y %H:%M:%S GMT%z", "%a %b %d %Y %H:%M:%S")
"""A date as JavaScript writes it."""
_WRITTEN = re.compile(r"[A-Z][a-z]{2},? .*\d:\d\d|\d{1,2} [A-Z][a-z]{2} \d{4} \d")
"""A date as JavaScript or electronic mail write it."""
_LONGEST_MOMENT = 60


def find_day(text: str, language: str = "") -> str | None:
    """Return the first day that a text names, as an ISO date; None if it names none.

    3/4/2024 is a different day in Europe and in America: it is read only if `language`, a BCP 47 tag, tells which.
    """
    first_day = _first(_plain(text), language)
    return first_day[0] if first_day else None


def is_date_line(text: str) -> bool:
    """True if a line names a day and nothing but what goes with one: weekday, time, "Published on"."""
    if len(text) > _LONGEST_LINE:
        return False
    plain = _plain(text)
    return (rest := without_days(plain)) != plain and not _says(_NAMED_SOURCE.sub("", rest))


def without_days(text: str) -> str:
    """Return a text without the days in it."""
    text = _plain(text)
    while first_day := _first(text):
        text = text[: first_day[1].start()] + " " + text[first_day[1].end() :]
    return text


def iso(text: str, language: str = "") -> str:
    """Return the ISO form of a date that a program or a person wrote: to the day or, with a time, to the second.

    An offset is kept if one is stated. Empty for text that is no date. `language` is a BCP 47 tag.
    """
    text = " ".join(text.split())
    moment = _moment(text[:_LONGEST_MOMENT])
    if moment is None:
        return find_day(text[:_LONGEST_LINE], language) or ""
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return ""
    return moment.isoformat(timespec="seconds") if isinstance(moment, dt.datetime) else moment.isoformat()


def _says(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", re.sub("[\u064b-\u0652]", "", text).replace("İ", "i").lower())
    return any(word not in _AROUND and not is_weekday(word) for word in words)


def _plain(text: str) -> str:
    """Return a text of the same length with Western digits."""
    return text if text.isascii() else text.translate(_PLAIN)


def _first(text: str, language: str = "") -> tuple[str, re.Match[str]] | None:
    days = [(day, match) for match in _matches(text) if (day := _day(match, language))]
    return min(days, key=lambda candidate: candidate[1].start(), default=None)


def _matches(text: str) -> Iterator[re.Match[str]]:
    for notation in (*_NOTATIONS, *(() if text.isascii() else (_CJK, _WRITTEN_OUT, _OF_AN_ERA)), _SLASHED):
        yield from notation.finditer(text)


def _day(match: re.Match[str], language: str) -> str | None:
    try:
        return dt.date(_year(match), *_month_and_day(match, language)).isoformat()
    except ValueError:
        return None


def _year(match: re.Match[str]) -> int:
    return _number(match["year"]) + (_ERAS[match["era"]] if match.re is _OF_AN_ERA else 0)


def _number(text: str) -> int:
    """Return a number in Western digits, or in Chinese numerals. Raises ValueError for another word."""
    if text.isdigit():
        return int(text)
    if text == "元":
        return 1
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(_NUMERALS[numeral]) for numeral in text))
    return 10 * _NUMERALS.get(tens, 1) + _NUMERALS.get(ones, 0)


def _month_and_day(match: re.Match[str], language: str) -> tuple[int, int]:
    if match.re is not _SLASHED:
        month, day = match["month"], _number(match["day"])
        return _number(month) if match.re in (_WRITTEN_OUT, _OF_AN_ERA) or month.isdigit() else month_of(month), day
    first, second = int(match["first"]), int(match["second"])
    primary, _, region = language.lower().partition("-")
    if first > _LAST_MONTH or (primary not in ("", "en")) or (region and region not in ("us", "ph", "ca")):
        return second, first
    return (first, second) if second > _LAST_MONTH or region == "us" or first == second else (0, 0)


def _moment(text: str) -> dt.datetime | dt.date | None:
    if _SECONDS.fullmatch(text):
        return dt.datetime.fromtimestamp(int(text[:10]), dt.UTC)
    if re.match(r"\d{4}[-/]?\d\d[-/]?\d\d", text):
        return _stamp(text)
    if not _WRITTEN.match(text):
        return None
    # A JavaScript date ends in its zone's name, in the language of the browser.
    scripted = re.sub(r"\s*\([^)]*\)?$", "", text)
    for form in _SCRIPTED:
        try:
            return dt.datetime.strptime(scripted, form)  # noqa: DTZ007 -- what states no offset leaves it open
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None


def _stamp(text: str) -> dt.datetime | dt.date | None:
    """Parse ISO 8601 as programs really write it: with slashes, spaces before the offset, a zone's name, or cut off."""
    text = re.sub(r"^(\d{4})/(\d\d)/(\d\d)", r"\1-\2-\3", text)
    offset = re.sub(r"\s*(?:UTC|GMT|Z)$", "+00:00", re.sub(r"\s+([+-]\d)", r"\1", text))
    moment = re.match(r"[\d-]{8,10}[T ]\d\d:\d\d(?::\d\d)?", text)
    for form in (offset, moment[0]) if moment else ():
        try:
            return dt.datetime.fromisoformat(form)
        except ValueError:
            continue
    try:
        return dt.date.fromisoformat(text[:10] if "-" in text[:8] else text[:8])
    except ValueError:
        return None
