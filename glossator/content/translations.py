"""Message catalogues of a theme -> the words of the interface."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence

from glossator.config import SiteError
from glossator.model import Messages, in_context
from glossator.translate import SCRIPT, check_rule, is_english, locale_of

_PLACE = re.compile(r"%\((\w+)\)s|%%")
_LIST_TEXTS = {", ": ("standard", "middle"), " and ": ("standard", "end"), " or ": ("or", "end")}
"""Texts between the items of a list, with their pattern in the CLDR."""


def read_words(catalogues: Mapping[str, Sequence[bytes]], language: str) -> Messages | None:
    """Return the words of a language from the catalogues of a theme, by language; None if there are none.

    English needs no catalogue. Raises SiteError for a catalogue that cannot be used.
    """
    main = language.partition("-")[0].lower()
    found = [(tag, content) for tag in dict.fromkeys((main, language.lower())) for content in catalogues.get(tag, ())]
    if not found:
        return Messages(language) if is_english(language) else None
    texts: dict[str, str] = {}
    amounts: dict[str, tuple[str, ...]] = {}
    if not is_english(language):
        texts |= _between_items(language)
    rule = Messages().plural
    for tag, content in found:
        rule = _read(f"templates/locale/{tag}.po", content, texts, amounts)
    direction = "ltr" if is_english(language) else locale_of(language).text_direction
    return Messages(language, direction, dict(sorted(texts.items())), dict(sorted(amounts.items())), rule)


def _between_items(language: str) -> dict[str, str]:
    patterns = locale_of(language).list_patterns
    between = {text: re.sub(r"\{\d\}", "", patterns[kind][place]) for text, (kind, place) in _LIST_TEXTS.items()}
    return between | {in_context(SCRIPT, text): found for text, found in between.items()}


def _read(name: str, content: bytes, texts: dict[str, str], amounts: dict[str, tuple[str, ...]]) -> str:
    """Add the entries of a catalogue, and return its rule of plurals. Entries that are empty or fuzzy are left out."""
    # Imported here because an English build needs no Babel.
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    try:
        catalogue = read_po(io.BytesIO(content), abort_invalid=True)
        rule = catalogue.plural_expr
        check_rule(rule, catalogue.num_plurals)
    except (PoFileError, ValueError, LookupError) as error:
        raise SiteError(f"{name} is no message catalogue: {error}.", "The page on themes has an example.") from None
    for message in catalogue:
        ids, forms = _all(message.id), _all(message.string)
        if not message.id or message.fuzzy or not all(forms):
            continue
        _check(f"{name}, line {message.lineno}", ids, forms)
        key = in_context(message.context or "", ids[0])
        if len(ids) > 1:
            amounts[key] = forms
        else:
            texts[key] = forms[0]
    return rule


def _all(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the forms of a text: one, or several if it has an amount."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _check(where: str, ids: Iterable[str], forms: Iterable[str]) -> None:
    """Raise SiteError for a text that would break a page."""
    known = {found for text in ids for found in _PLACE.findall(text)}
    for form in forms:
        if wrong := re.search(r'[<>&"]', form):
            raise SiteError(
                f"{where}: a text may not hold {wrong[0]}.", "Write words, and quotation marks such as “ ”."
            )
        if unknown := {*_PLACE.findall(form)} - known or re.search("%", _PLACE.sub("", form)):
            said = f"%({min(unknown)})s" if isinstance(unknown, set) else "%"
            raise SiteError(f"{where}: the text has {said}, which the English one has not.", "Correct it.")
