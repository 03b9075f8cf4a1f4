"""Numbers, amounts, shares, ranges and dates in a sentence, in words and figures, in English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

import msgspec

from glossator.stages.proof.dates_in_text import TextSpan, dates
from glossator.stages.proof.quantity import PER_CENT, TIME, Hedge, Quantity

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_SCALE_SIGNS = {
    "k": _SCALES["thousand"],
    **dict.fromkeys(("m", "mn"), _SCALES["million"]),
    **dict.fromkeys(("b", "bn"), _SCALES["billion"]),
    "tn": _SCALES["trillion"],
}
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
_PARTS = {"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10}
_UNITS = dict(
    pair.split(":")
    for pair in (
        "km:kilometer kilometre:kilometer m:meter metre:meter cm:centimeter mm:millimeter mi:mile ft:foot feet:foot "
        "kg:kilogram kilo:kilogram g:gram mg:milligram tonne:ton litre:liter l:liter hp:horsepower hr:hour min:minute "
        "sec:second yr:year people:person human:person children:child men:man women:woman traveller:traveler"
    ).split()
)
"""Other forms of nouns and units."""

_NUMBER_WORD = "|".join([*_WORDS, *_SCALES])
_FIGURE = re.compile(
    r"(?:(?P<sign>[$€£¥₹]|\b(?:US|A|C|AU|CA)\$)\s?)?(?<![\w.,])"
    r"(?P<figure>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<suffix>k|bn|mn|tn|m|b)?(?![\w]|[.,:]\d)"
    r"(?:[\s-](?P<scale>hundred|thousand|million|billion|trillion|dozen|bn|mn)\b)?"
    r"|\bhalf\s+an?\s+(?P<half>thousand|million|billion|trillion|dozen)\b"
    rf"|(?<!\w-)\b(?P<words>(?:\ban?\s+(?=(?:hundred|thousand|million|billion|trillion|dozen)\b))?"
    rf"(?:(?:{_NUMBER_WORD})(?:[\s-]+(?:and\s+(?!a\b))?)?)+)\b(?<![\s-])(?P<more>\s+and\s+a\s+half\b"
    r"(?:\s+(?P<times>thousand|million|billion|trillion)\b)?)?",
    re.IGNORECASE,
)
_OF_WHICH = r"(?=\s+(?:of|the|its|his|her|their|all)\b)"
_PART = re.compile(
    rf"\b(?:(?P<count>a|{'|'.join(_ONES[1:10])})[\s-](?P<part>(?:third|quarter|fourth|fifth|sixth|tenth)s?){_OF_WHICH}"
    rf"|(?<!first )(?<!second )(?<!other )(?<!last )(?<!latter )(?P<half>half){_OF_WHICH}"
    rf"|(?P<some>\d|10|{'|'.join(_ONES[1:11])})\s+(?:out\s+of|of|in)\s+"
    rf"(?P<all>[2-9]|10|100|{'|'.join(_ONES[2:11])})\b(?![.,]?\d))",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?P<percent>%|per\s?cent(?:age points?)?\b)"
    r"|(?P<nouns>(?:[\s-]+[A-Za-z][\w’'-]*){1,5})"
)
_TO = re.compile(r"\s?[-–—]\s?|\s+(?:to|or|through|until|and)\s+", re.IGNORECASE)
_BOUNDARY = frozenset(
    """of the a an in on at to for by from with as than about who that which were was is are have had has will would
    could can said says per its his her their our my your this those these during since until after before while if
    when where so or but be been being did do does into out up down each every""".split()
)
"""Words at which the words that are counted end."""
_NO_NOUNS = frozenset({"and", "more", "less", "other", "others", "over", "under", "people's", "new"}) | _WORDS.keys()
_HEDGES: dict[str, Hedge] = {
    **dict.fromkeys(("about", "around", "roughly", "approximately", "some", "circa", "estimated"), "about"),
    **dict.fromkeys(("more than", "over", "at least", "above", "upwards of", "exceeding", "beyond"), "more"),
    **dict.fromkeys(
        ("almost", "nearly", "close to", "under", "just under", "less than", "fewer than", "below"), "less"
    ),
}
_HEDGE = re.compile(
    rf"(?<!\bno )(?<!\bnot )\b(?P<hedge>{'|'.join(sorted(_HEDGES, key=len, reverse=True))})\s+(?:an?\s+)?$",
    re.IGNORECASE,
)


def quantities(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """Return the quantities of a stretch of text, in order."""
    end = len(text) if end is None else end
    stretch = TextSpan(text, start, end)
    read: list[Quantity] = []
    for quantity in sorted(
        (*dates(stretch), *_parts(stretch), *_numbers(stretch)), key=lambda quantity: quantity.start
    ):
        if not read or read[-1].end <= quantity.start:
            read.append(quantity)
    return _joined(text, read)


def _numbers(stretch: TextSpan) -> Iterator[Quantity]:
    for match in _FIGURE.finditer(*stretch):
        if quantity := _number(stretch, match):
            yield quantity


def _number(stretch: TextSpan, match: re.Match[str]) -> Quantity | None:
    text, _, end = stretch
    after = _AFTER.match(text, match.end(), end)
    read = _value(match)
    if read is None:
        return None
    value, precision = read
    hedge = _hedge(text[max(stretch.start, match.start() - 20) : match.start()])
    if after and after["percent"]:
        return Quantity(match.start(), after.end(), PER_CENT, value, precision, hedge=hedge)
    if match["sign"]:
        unit = _CURRENCIES.get(match["sign"][-1], "")
        return Quantity(match.start(), match.end(), unit, value, precision, hedge=hedge)
    nouns = tuple(_nouns(after["nouns"])) if after else ()
    money = next((_CURRENCIES[form] for noun in nouns for form in (noun, f"{noun}s") if form in _CURRENCIES), "")
    unit = money or next(iter(nouns), "")
    is_range = (to := _TO.match(text, match.end(), end)) and _FIGURE.match(text, to.end(), end)
    if match["words"] and not unit and after and not is_range:
        return None  # "one of the": a pronoun
    return Quantity(match.start(), match.end(), unit, value, precision, () if money else nouns, hedge=hedge)


def _value(match: re.Match[str]) -> tuple[Fraction, Fraction] | None:
    """Return a number and the size of the last place that is written; None of a word that is no number alone."""
    if match["half"]:
        value = Fraction(_SCALES[match["half"].lower()], 2)
        return value, value / 5
    if match["words"]:
        read = _in_words(match["words"])
        scale = _SCALES.get((match["times"] or "").lower(), 1)
        half = Fraction(scale, 10) if scale > 1 else Fraction(1)
        return ((read[0] + Fraction(1, 2)) * scale, half) if read and match["more"] else read
    figure = re.sub("[, ]", "", match["figure"])
    scale = _SCALES.get((match["scale"] or "").lower()) or _SCALE_SIGNS.get(
        (match["scale"] or match["suffix"] or "").lower(), 1
    )
    places = len(figure.partition(".")[2])
    zeros = 0 if places else len(figure) - len(figure.rstrip("0"))
    precision = Fraction(scale) / 10**places if places else Fraction(scale) * (10**zeros if zeros >= 2 else 1)
    return Fraction(figure) * scale, precision


def _in_words(words: str) -> tuple[Fraction, Fraction] | None:
    """Return the number that words say, and the size of its last place."""
    total, part, is_number, last = 0, 0, False, 1
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in ("a", "an"):
            part, is_number = 1, True
        elif word in _WORDS:
            part += _WORDS[word]
            is_number, last = True, 1
        elif word in ("hundred", "dozen"):
            part = (part or 1) * _SCALES[word]
            last = 100 if word == "hundred" else 1
        elif word in _SCALES:
            total += (part or 1) * _SCALES[word]
            part, last = 0, _SCALES[word]
            is_number = is_number or total > 0
    return (Fraction(total + part), Fraction(last)) if is_number or part == 12 else None


def _parts(stretch: TextSpan) -> Iterator[Quantity]:
    """Yield the parts of a whole, as per cent: "two thirds of", "four of five"."""
    for match in _PART.finditer(*stretch):
        if match["half"]:
            part = Fraction(1, 2)
        elif match["part"]:
            count = match["count"].lower()
            part = Fraction(_WORDS.get(count, 1), _PARTS[match["part"].lower().rstrip("s")])
        else:
            some, whole = (_small(match[name]) for name in ("some", "all"))
            part = Fraction(some, whole)
        if part < 1:
            yield Quantity(*match.span(), PER_CENT, Fraction(round(part * 100)), Fraction(1), hedge="about")


def _small(number: str) -> int:
    return int(number) if number.isdigit() else _WORDS[number.lower()]


def _hedge(before: str) -> Hedge:
    hedge = _HEDGE.search(before)
    return _HEDGES[hedge["hedge"].lower()] if hedge else ""


def _nouns(words: str) -> Iterator[str]:
    """Yield the words after a number of which any may be what is counted."""
    for word in re.split(r"[\s-]+", words.strip(" -\n\t")):
        if word.lower() in _BOUNDARY:
            return
        if word.lower() not in _NO_NOUNS and (len(word) > 2 or word.lower() in _UNITS):
            yield singular(word)


def singular(noun: str) -> str:
    """Return a noun as it is compared."""
    word = noun.lower().replace("’", "'").removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    word = _UNITS.get(word, word)
    word = word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
    return _UNITS.get(word, word)


def _joined(text: str, quantities_read: Sequence[Quantity]) -> list[Quantity]:
    """Return quantities with the two ends of each range as one: "between $373 and $400", "three or four cups"."""
    joined: list[Quantity] = []
    for quantity in quantities_read:
        if joined and (range_ := _range(text, joined[-1], quantity)):
            joined[-1] = range_
        else:
            joined.append(quantity)
    return joined


def _range(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    """Return two quantities as a range, if they are one."""
    between = text[low.end : high.start]
    if low.upper is not None or not _TO.fullmatch(between) or low.date or high.date:
        return None
    if between.strip().lower() == "and" and not re.search(
        r"(?i)\bbetween\s*$", text[max(0, low.start - 12) : low.start]
    ):
        return None
    first = low.value
    scale = high.value / high.precision
    if low.unit in ("", high.unit) and first < 1000 <= high.precision and scale >= first:
        first *= high.precision  # $2 to 3 million
    if (low.unit not in ("", high.unit) and (low.unit, high.unit) != ("$", "")) or first >= high.value:
        return None
    if between.strip().lower() in ("or", "-") and low.unit != TIME and high.value > first * 4:
        return None
    unit = high.unit or low.unit
    return msgspec.structs.replace(high, start=low.start, value=first, upper=high.value, unit=unit, hedge=low.hedge)
