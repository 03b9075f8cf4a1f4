"""Numbers, amounts, shares and days in a sentence, in words and figures, in English.

A quantity is compared with another one only if both count the same: the same currency, the same noun, a day with a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import msgspec

from glossator.dates import MONTHS

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SCALE_SIGNS = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
_WORDS = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_CURRENCIES = {
    **dict.fromkeys(("$", "dollar", "dollars", "usd"), "$"),
    **dict.fromkeys(("€", "euro", "euros", "eur"), "€"),
    **dict.fromkeys(("£", "pound", "pounds", "sterling", "gbp"), "£"),
    **dict.fromkeys(("¥", "yen"), "¥"),
    **dict.fromkeys(("₹", "rupee", "rupees"), "₹"),
}
_PER_CENT = "%"

_MONTH = "|".join(f"{name}|{name[:3]}\\.?" for name in MONTHS) + r"|Sept\.?"
_NUMBER_WORD = "|".join([*_WORDS, *_SCALES])
_DAY = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<year>[12]\d{{3}}))?"
    rf"|(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year2>[12]\d{{3}}))?"
    rf"|(?P<month3>{_MONTH})\s+(?P<year3>[12]\d{{3}})"
    r"|(?P<iso>[12]\d{3}-[01]\d-[0-3]\d))\b"
)
_IN_MONTH = re.compile(
    rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Dd]uring)\s+(?P<month>{'|'.join(MONTHS)})\b(?!['’]|\s+\d)"
)
_YEAR = re.compile(r"(?<![\d.,$€£-])(?P<year>1[5-9]\d\d|20\d\d)(?![\d%]|[.,]\d|-\d{2}-)")
_FIGURE = re.compile(
    r"(?:(?P<sign>[$€£¥₹]|\b(?:US|A|C|AU|CA)\$)\s?)?(?<![\w.,])"
    r"(?P<figure>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<suffix>k|bn|mn|tn|m|b)?(?![\w]|[.,:]\d)(?:[\s-](?P<scale>hundred|thousand|million|billion|trillion|bn|mn)\b)?"
    rf"|\b(?P<words>(?:(?:{_NUMBER_WORD})(?:[\s-]+(?:and\s+)?)?)+)\b(?<![\s-])",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?P<percent>%|per\s?cent(?:age points?)?\b)"
    r"|[\s-]+(?P<noun>[A-Za-z][\w’'-]*)(?:\s+(?P<next>[A-Za-z][\w’'-]*))?(?:\s+(?P<third>[A-Za-z][\w’'-]*))?"
)
_NO_NOUNS = (
    frozenset(
        """of the a an in on at to for and or by from with as than more less other over under about who that which were
        was is are have had has will would could can people's said per its his her their our my your this those these
        new""".split()
    )
    | _WORDS.keys()
)


class Quantity(msgspec.Struct, frozen=True):
    """A number with what it counts; offsets in code points of the text that it was read from."""

    start: int
    end: int
    unit: str
    """Currency, `%`, `day`, `month`, `year`, or the noun in its singular; empty if nothing says."""
    value: Fraction
    precision: Fraction
    """Size of the last place that is written: 100,000 of 4.2 million."""
    nouns: tuple[str, ...] = ()
    """The words after it, of which any may be what is counted."""


def quantities(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """Return the quantities of a stretch of text, in order."""
    end = len(text) if end is None else end
    taken: list[tuple[int, int]] = []
    found: list[Quantity] = []
    for day in (*_days(text, start, end), *_months(text, start, end)):
        found.append(day)
        taken.append((day.start, day.end))
    for match in _FIGURE.finditer(text, start, end):
        if any(left < match.end() and match.start() < right for left, right in taken):
            continue
        year = _YEAR.match(text, match.start(), end)
        if year and not match["sign"] and not match["scale"] and "," not in match[0]:
            number = int(year["year"])
            found.append(Quantity(match.start(), year.end(), "year", Fraction(number), Fraction(1)))
        elif quantity := _number(text, match, end):
            found.append(quantity)
    return sorted(found, key=lambda one: one.start)


def _days(text: str, start: int, end: int) -> Iterator[Quantity]:
    for match in _DAY.finditer(text, start, end):
        if match["iso"]:
            year, month, day = (int(part) for part in match["iso"].split("-"))
        else:
            name = match["month"] or match["month2"] or match["month3"]
            month = next(number for number, full in enumerate(MONTHS, 1) if full[:3] == name[:3])
            day = int(match["day"] or match["day2"] or 0)
            year = int(match["year"] or match["year2"] or match["year3"] or 0)
        if not 0 <= day <= 31:
            continue
        unit = "day" if day else "month"
        # Without a year, days are compared within any year: the year is a number of its own.
        yield Quantity(match.start(), match.end(), unit, Fraction(year * 10_000 + month * 100 + day), Fraction(1))


def _months(text: str, start: int, end: int) -> Iterator[Quantity]:
    for match in _IN_MONTH.finditer(text, start, end):
        yield Quantity(*match.span("month"), "month", Fraction(100 * (1 + MONTHS.index(match["month"]))), Fraction(1))


def _number(text: str, match: re.Match[str], end: int) -> Quantity | None:
    after = _AFTER.match(text, match.end(), end)
    if match["figure"]:
        figure = re.sub("[, ]", "", match["figure"])
        scale = _SCALES.get((match["scale"] or "").lower()) or _SCALE_SIGNS.get(
            (match["scale"] or match["suffix"] or "").lower(), 1
        )
        value = Fraction(figure) * scale
        places = len(figure.partition(".")[2])
        zeros = 0 if places else len(figure) - len(figure.rstrip("0"))
        precision = Fraction(scale) / 10**places if places else Fraction(scale) * (10**zeros if zeros >= 2 else 1)
    else:
        words = match["words"]
        number = _in_words(words)
        if number is None:
            return None
        value, precision = Fraction(number), Fraction(1)
    if after and after["percent"]:
        return Quantity(match.start(), after.end(), _PER_CENT, value, precision)
    if match["sign"]:
        unit = _CURRENCIES.get(match["sign"][-1], "")
        return Quantity(match.start(), match.end(), unit, value, precision)
    nouns = _nouns(after) if after else ()
    money = next((_CURRENCIES[form] for noun in nouns for form in (noun, f"{noun}s") if form in _CURRENCIES), "")
    unit = money or next(iter(nouns), "")
    if match["words"] and after and not unit:
        return None  # "one of the": a pronoun
    return Quantity(match.start(), match.end(), unit, value, precision, nouns)


def _nouns(after: re.Match[str]) -> tuple[str, ...]:
    """Return the words after a number of which any may be what is counted."""
    words = (after["noun"], after["next"], after["third"])
    return tuple(singular(word) for word in words if word and word.lower() not in _NO_NOUNS and len(word) > 2)


def _in_words(words: str) -> int | None:
    """Return the number that words say; None for a word that is no number alone."""
    total, part, said = 0, 0, False
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _WORDS:
            part += _WORDS[word]
            said = True
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in _SCALES:
            total += (part or 1) * _SCALES[word]
            part = 0
            said = said or total > 0
    return total + part if said else None


def singular(noun: str) -> str:
    """Return a noun as it is compared."""
    word = noun.lower().replace("’", "'").removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def is_same_kind(first: Quantity, second: Quantity) -> bool:
    """True if two quantities count the same."""
    if first.unit == second.unit:
        return bool(first.unit)
    plain = first.nouns and second.nouns
    return bool(plain and (first.unit in second.nouns or second.unit in first.nouns))


def rounds(said: Quantity, precise: Quantity) -> bool:
    """True if a quantity is another one, exactly or rounded to the places that it writes, or without its year."""
    if "day" in (said.unit, precise.unit) or "month" in (said.unit, precise.unit):
        return _dates_agree(said, precise)
    if said.value == precise.value:
        return True
    # 4 million is 4.2 million rounded; 40 is not 42 rounded, because a count is a count.
    coarser = said.precision > precise.precision and (said.precision >= 1000 or said.precision < 1 or said.unit == "%")
    return coarser and abs(said.value - precise.value) * 2 <= said.precision


def agree(first: Quantity, second: Quantity) -> bool:
    """True if one quantity says the other, perhaps rounded, or without its year."""
    return rounds(first, second) or rounds(second, first)


def _dates_agree(first: Quantity, second: Quantity) -> bool:
    parts = [_date_parts(one) for one in (first, second)]
    return all(a == b or not a or not b for a, b in zip(*parts, strict=True))


def _date_parts(quantity: Quantity) -> tuple[int, int, int]:
    value = int(quantity.value)
    return (value, 0, 0) if quantity.unit == "year" else (value // 10_000, value // 100 % 100, value % 100)
