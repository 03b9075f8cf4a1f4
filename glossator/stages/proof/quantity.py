"""A quantity as a value, and whether two of them agree.

A quantity is compared with another one only if both count the same: the same currency, the same noun, a day with a day.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, NamedTuple

import msgspec

PER_CENT, DATE, TIME, WEEKDAY = "%", "#date", "#time", "#weekday"
ALIKE = Fraction(1, 8)
"""Part by which a rounded number may be off."""
HEDGED = Fraction(1, 20)
"""Part by which a number that is called a rough one may be off, however many digits it has."""
FEWEST_DIGITS = 3
"""Digits of a number that tell it from others."""
MOST = 10**15
SEASONS = dict(zip(("spring", "summer", "autumn", "winter"), range(21, 25), strict=True))
"""Season -> its number in the place of a month, as ISO 8601-2 has it."""

Hedge = Literal["", "about", "more", "less"]


class Date(NamedTuple):
    """A date; 0 stands for what is not said."""

    year: int
    month: int
    """1 to 12, or a season: 21 to 24."""
    day: int
    decade: bool = False
    """True if the year is the first one of a decade that is meant."""


class Quantity(msgspec.Struct, frozen=True):
    """A number with what it counts; offsets in code points of the text that it was read from."""

    start: int
    end: int
    unit: str
    """Currency, `%`, `#date`, `#time`, `#weekday`, or the first noun in its singular; empty if nothing says."""
    value: Fraction
    """The number; of a time its minutes, of a range its lower end."""
    precision: Fraction
    """Size of the last place that is written: 100,000 of 4.2 million."""
    nouns: tuple[str, ...] = ()
    """The words after it, of which any may be what is counted."""
    upper: Fraction | None = None
    """Upper end of a range."""
    hedge: Hedge = ""
    """Meaning of the words before the number: a rough number, more than a number, or nearly one."""
    date: Date | None = None

    @property
    def is_bare(self) -> bool:
        """True if nothing says what is counted."""
        return not self.unit


def is_same_kind(first: Quantity, second: Quantity) -> bool:
    """True if two quantities count the same."""
    if first.date and second.date:
        return has_common_part(first.date, second.date)
    if first.unit == second.unit:
        return bool(first.unit)
    return not set(first.nouns).isdisjoint(second.nouns)


def counts_things(first: Quantity, second: Quantity) -> bool:
    """True if two quantities count what a noun says, whatever it is."""
    return all(quantity.unit[:1].isalpha() for quantity in (first, second))


def has_common_part(first: Date, second: Date) -> bool:
    """True if two dates say something of which they could differ."""
    return any(a and b for a, b in zip(first[:3], second[:3], strict=True))


def agree(given: Quantity, written: Quantity) -> bool:
    """True if a quantity of the draft says one of the archive, perhaps rounded, or without its year, or the reverse."""
    return rounds(given, written) or rounds(msgspec.structs.replace(written, hedge=""), given)


def rounds(given: Quantity, precise: Quantity) -> bool:
    """True if a quantity is another one, exactly or rounded to the places that it writes, or without its year."""
    if given.date and precise.date:
        return _dates_agree(given.date, precise.date)
    if given.date or precise.date:
        return False
    if given.upper is not None and precise.upper is not None:
        return _is_near(given, given.value, precise.value) and _is_near(given, given.upper, precise.upper)
    if given.upper is not None:
        return precise.value in (given.value, given.upper)
    if precise.upper is not None:
        return precise.value <= given.value <= precise.upper
    return _is_near(given, given.value, precise.value)


def is_written_alike(first: Quantity, second: Quantity) -> bool:
    """True if two numbers differ as slips of the pen do: by one digit, or by the order of the digits."""
    digits, other = (_digits(each) for each in (first, second))
    if len(digits) != len(other) or len(digits) < (2 if is_same_kind(first, second) else FEWEST_DIGITS):
        return False
    return sorted(digits) == sorted(other) or sum(a != b for a, b in zip(digits, other, strict=True)) == 1


def _digits(quantity: Quantity) -> str:
    """Return the digits of a number without the zeros at its end; of a date none."""
    if quantity.date:
        return ""
    value = quantity.value
    while value.denominator > 1:
        value *= 10
    return f"{int(value)}{int(quantity.upper or 0) or ''}" if value < MOST else ""


def is_exactly(given: Quantity, written: Quantity) -> bool:
    """True if the archive has a quantity just so; the year of a day may be missing."""
    if given.date and written.date:
        return agree(given, written) and all(
            b or not a for a, b in zip(given.date[1:3], written.date[1:3], strict=True)
        )
    return (given.value, given.upper) == (written.value, written.upper) and (given.date is None) == (
        written.date is None
    )


def is_distinct(quantity: Quantity) -> bool:
    """True if another number is hardly equal by chance: it has three digits, or says a day."""
    if quantity.date:
        return bool(quantity.date.day)
    return quantity.upper is not None or len(_digits(quantity).rstrip("0")) >= FEWEST_DIGITS


def _is_near(given: Quantity, value: Fraction, precise: Fraction) -> bool:
    """True if a number says a more precise one: rounded, or with the words before it."""
    if value == precise:
        return True
    off = abs(value - precise)
    is_close = off <= max(value, precise) * ALIKE
    # 4 million is 4.2 million rounded; 40 is not 42 rounded, because a count is a count.
    is_rounded = given.precision >= 1000 or given.precision < 1 or given.unit == PER_CENT
    if is_rounded and off * 2 <= given.precision and (is_close or given.unit == PER_CENT):
        return True
    place = _last_place(value)
    if given.hedge == "about":
        return off * 2 <= place or off <= value * HEDGED
    if given.hedge == "more":
        return 0 <= precise - value <= value
    return given.hedge == "less" and 0 <= value - precise < place and is_close


def _last_place(value: Fraction) -> Fraction:
    """Return the size of the last digit that is not zero."""
    place = Fraction(1)
    while value and (value / place).denominator > 1:
        place /= 10
    while value and (value / (place * 10)).denominator == 1:
        place *= 10
    return place


def _dates_agree(first: Date, second: Date) -> bool:
    years = first.year and second.year
    if first.decade or second.decade:
        same_year = not years or first.year // 10 == second.year // 10
    else:
        same_year = not years or first.year == second.year
    months, days = (first.month, second.month), (first.day, second.day)
    return same_year and (not all(months) or _months_agree(*months)) and (not all(days) or days[0] == days[1])


def _months_agree(first: int, second: int) -> bool:
    season, month = max(first, second), min(first, second)
    if season in SEASONS.values() and month not in SEASONS.values():
        return month % 12 // 3 == (season - min(SEASONS.values()) + 1) % 4  # winter is December to February
    return first == second
