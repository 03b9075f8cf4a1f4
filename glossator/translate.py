"""Texts, amounts and dates in the language of the interface.

The texts are `Messages`; everything else is from the Unicode CLDR, through Babel. English needs neither.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from gettext import c2py
from typing import TYPE_CHECKING

from glossator import dates
from glossator.model import Messages, in_context

if TYPE_CHECKING:
    from babel import Locale

SCRIPT = "script"
"""Context of the texts that scripts show."""
STYLE = "style"
"""Context of the texts that style sheets show."""
WORDS = "words.js"
"""Static file with the texts of scripts; a site in English has none."""
SAMPLES = (*range(201), 1_000_000)
"""Amounts among which each category of a language, as the CLDR has them, occurs."""

SHOWN = re.compile(r'(content: ?")([^"\\]*[A-Za-z]{2}[^"\\]*)"')
"""A text that a style sheet shows."""


def translate(words: Messages, text: str, **values: object) -> str:
    """Return an English text in the language of the words, with values in place of `%(name)s`."""
    translated = words.texts.get(text, text)
    return translated % values if values else translated


def amount(words: Messages, number: int, one: str, many: str = "") -> str:
    """Return an amount with its noun: 1 article, 1,204 articles. `one` and `many` are the noun's forms in English."""
    forms = words.amounts.get(f"%(num)s {one}")
    if forms is None:
        return english_amount(number, one, many)
    return forms[_rule(words.plural)(number)] % {"num": decimal(words.language, number)}


def english_amount(number: int, one: str, many: str = "") -> str:
    """Return an amount with its noun in English."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def plural(words: Messages, one: str, many: str, number: int) -> str:
    """Return the form of a text for an amount; `one` and `many` are the English forms."""
    forms = words.amounts.get(one)
    return forms[_rule(words.plural)(number)] if forms else one if number == 1 else many


def decimal(language: str, number: int) -> str:
    """Return a number as a language writes it, with European digits."""
    if is_english(language):
        return f"{number:,}"
    return str(number) if number < 1000 else _decimal(language, number)


@lru_cache(maxsize=4096)
def _decimal(language: str, number: int) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415 -- an English build needs no Babel

    return format_decimal(number, locale=locale_of(language))


def is_english(language: str) -> bool:
    return language.partition("-")[0].lower() == "en"


def day(language: str, moment: str) -> str:
    """Return a date in words: `2025-11-11` is 11 November 2025, `2025-11` November 2025; anything else as it is."""
    return dates.day(moment) if is_english(language) else _day(language, moment)


def month(language: str, label: str) -> str:
    """Return `2025-11` as November 2025; anything else, such as a year, as it is."""
    return dates.month(label) if is_english(language) else _month(language, label)


def month_name(language: str, label: str) -> str:
    """Return `2025-11` as November; anything else, such as a year, as it is."""
    return dates.month_name(label) if is_english(language) else _month_name(language, label, "wide")


def month_short(language: str, label: str) -> str:
    """Return `2025-11` as Nov; anything else, such as a year, as it is."""
    return dates.month_short(label) if is_english(language) else _month_name(language, label, "abbreviated")


def day_of_year(language: str, label: str) -> str:
    """Return `03-14` as 14 March, `03` as March and `03-14-2024` as 14 March 2024; anything else as it is."""
    return dates.day_of_year(label) if is_english(language) else _day_of_year(language, label)


@lru_cache(maxsize=256)
def language_name(language: str, tag: str) -> str:
    """Return the name of the language of a BCP 47 tag, in a language; the tag itself if the CLDR has no name for it."""
    names: Mapping[str, str] = locale_of(language).languages
    return names.get(tag) or names.get(tag.partition("-")[0].lower(), tag)


def other_language(language: str, tag: str) -> str:
    """Return the name of the language of a BCP 47 tag, in a language; empty if that is the language itself."""
    main, other = (each.partition("-")[0].lower() for each in (language, tag))
    return "" if main == other else language_name(language, tag)


@lru_cache(maxsize=4096)
def _day_of_year(language: str, label: str) -> str:
    from babel.dates import format_skeleton  # noqa: PLC0415 -- an English build needs no Babel

    number, _, rest = label.partition("-")
    date_in_month, _, year = rest.partition("-")
    if year:
        return _day(language, f"{year}-{number}-{date_in_month}")
    leap = f"2024-{label}"  # a year with every day
    if not date_in_month:
        return _month_name(language, leap, "wide")
    try:
        return format_skeleton("MMMMd", date.fromisoformat(leap), locale=locale_of(language))
    except ValueError:
        return label


@lru_cache(maxsize=4096)
def _day(language: str, moment: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 -- an English build needs no Babel

    try:
        parsed = date.fromisoformat(moment[:10])
    except ValueError:
        return _month(language, moment)
    return format_date(parsed, "long", locale_of(language))


@lru_cache(maxsize=4096)
def _month(language: str, label: str) -> str:
    from babel.dates import format_skeleton  # noqa: PLC0415 -- an English build needs no Babel

    parsed = _first_day(label)
    return format_skeleton("yMMMM", parsed, locale=locale_of(language)) if parsed else label


@lru_cache(maxsize=4096)
def _month_name(language: str, label: str, width: str) -> str:
    # Copies, because Babel writes what it finds by an alias into data that languages share.
    names = locale_of(language).months.copy()["stand-alone"].copy()[width]
    parsed = _first_day(label)
    return names[parsed.month] if parsed else label


def _first_day(label: str) -> date | None:
    """Return the first day of a month; None for what is no month."""
    parts = re.fullmatch(r"(\d{1,4})-(\d{1,2})(-.*)?", label)
    try:
        return date(int(parts[1]), int(parts[2]), 1) if parts else None
    except ValueError:
        return None


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Return the locale of a BCP 47 tag; that of English if the CLDR knows none."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 -- an English build needs no Babel

    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


@lru_cache(maxsize=64)
def _rule(plural: str) -> Callable[[int], int]:
    """Return the rule that chooses the form of an amount. Raises ValueError for what is no rule."""
    return c2py(plural)


def check_rule(plural: str, forms: int) -> None:
    """Raise ValueError for a rule that gettext would refuse, or that names a form beyond the number of `forms`."""
    rule = _rule(plural)
    if any(rule(number) >= forms for number in SAMPLES):
        raise ValueError(plural)


def translate_statics(words: Messages, statics: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the static files of a theme in the language of the words: with texts for scripts, and in style sheets."""
    files = {name: styles(words, content) if name.endswith(".css") else content for name, content in statics.items()}
    return files | ({WORDS: texts} if (texts := script(words)) else {})


def script(words: Messages) -> bytes:
    """Return the script that sets the texts of all other scripts; empty for English ones."""
    texts, amounts = _of_scripts(words.texts), _of_scripts(words.amounts)
    if not (texts or amounts):
        return b""
    category, rule = locale_of(words.language).plural_form, _rule(words.plural)
    forms = {category(number): rule(number) for number in reversed(SAMPLES)}
    value = {"amounts": amounts, "forms": dict(sorted(forms.items())), "texts": texts}
    return f"globalThis.glossatorWords={json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n".encode()


def _of_scripts(entries: Mapping[str, object]) -> dict[str, object]:
    start = in_context(SCRIPT, "")
    return {key.removeprefix(start): value for key, value in entries.items() if key.startswith(start)}


def styles(words: Messages, css: bytes) -> bytes:
    """Return a style sheet that shows its texts in the language of the words."""
    if not words.texts:
        return css
    return SHOWN.sub(
        lambda shown: f'{shown[1]}{words.texts.get(in_context(STYLE, shown[2]), shown[2])}"', css.decode()
    ).encode()
