"""Types of names in languages without a pipeline: what lists and the words of a name tell, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache

from glossator.model import EntityType
from glossator.naming import countries
from glossator.naming.lexicon import EVERYDAY
from glossator.naming.name_lists import OF_ORGANISATIONS, OF_PRODUCTS, bits, kinds_of
from glossator.stages.annotate.mentions.other_languages.persons import is_given
from glossator.stages.annotate.mentions.other_languages.places import AMBIGUOUS, BRANDS, is_place_in
from glossator.stages.annotate.models.classify.tables import packaged
from glossator.word_lists import word_lists

_ORGANISATION = re.compile(
    r"\w*(?:univers|institu|minister|akadem|academ|accadem|instytut|federa|föderation|confedera|associa|asocia|"
    r"gesellschaft|stiftung|gericht|behörde|kommission|commissi|comisi|komis|comité|comitato|komitet|konzern|agentur|"
    r"agenc|parlament|consejo|conseil|consiglio|fundaci|fondation|fondazione|organiza|organisa|gewerkschaft|sindica|"
    r"syndica|stichting|vereniging|bakanl|başkanl|kulüb|assembl|tribun)\w*|"
    r"\w*(?:amt|bank|club|klub|partei|polizei|raad|rådet|spor|team|verband|verein|verlag|zeitung|direktorat)s?|"
    r"Ajans\w*|Allgemeine\w*|Banc[ao]|Banque|City|Corte|Cour|Dern\w*|Guardia|Motors|Parti(?:do|to)?|Poli[czs]\w*|Press|"
    r"Racing|Real|Riksdag\w*|Sporting|Stortinget|Unidad|Unie|Unit[àé]|United|Vakf\w*|(?-i:AG|GmbH|SE|AB|AS)",
    re.IGNORECASE,
)
"""Words for organisations in the languages of Europe: their middles, their ends, and whole ones."""
GERMAN_BODIES = word_lists("annotate")["german_bodies"]
LONGEST_ACRONYM = 6
"""Letters of an acronym."""
LONGEST_WORD = 60
"""Letters of a word for an organisation: the pattern takes the square of their number."""
TWO = 2
MOST = 3
"""Words of a person's name, at most."""

_MODEL = re.compile(r"(?!(?:COP|G|U)-)[A-Z]{1,4}-\d{1,3}[A-Z]?")
"""Letters, a hyphen and digits, as machines are called: CF-18; but not G-20, U-21 or COP-30."""
PERHAPS_NO_PLACE = bits("person", "given", "brand", "common")
"""Kinds of list whose names are no places in a language that calls the place differently: Jordan."""
NO_NAMES = bits("common", "unit", "role", "calendar")

# Probabilities of the types in tenths, in their order.
Chances = tuple[int, ...]
_ORDER = tuple(EntityType)


def chances_of(**tenths: int) -> Chances:
    """Return probabilities of the types, in tenths."""
    return tuple(tenths.get(kind.value, 0) for kind in _ORDER)


LIKELY_ORGANISATION = chances_of(organisation=9, product=1)
LIKELY_PERSON = chances_of(person=9, organisation=1)
PERHAPS_PERSON = chances_of(person=5, organisation=2, place=2, work=1)
UNKNOWN = chances_of(person=2, organisation=3, place=2, work=1, product=2)
"""A type that nothing tells."""


def with_type(form: str, singles: Container[str], language: str) -> tuple[EntityType, Chances]:
    """Return the likeliest type of a name, and the probabilities of all types.

    `singles` are the names of one word in the text: a person is called by the surname alone, too.
    """
    words = form.split()
    flags = kinds_of(form)
    if _is_place(form, flags, language):
        return EntityType.PLACE, chances_of(place=9, organisation=1)
    is_model = _MODEL.fullmatch(form) is not None
    if (
        form in GERMAN_BODIES
        or any(map(is_word_for_organisation, words))
        or (is_acronym(form) and not is_model)
        or flags & OF_ORGANISATIONS
    ):
        return EntityType.ORGANISATION, LIKELY_ORGANISATION
    names = [word for word in words if not word.islower()]
    has_particles = len(names) < len(words)
    if len(names) <= MOST + has_particles and any(map(is_given, names)) and all(map(_is_plain, names)):
        return EntityType.PERSON, LIKELY_PERSON
    if is_model or flags & OF_PRODUCTS:
        return EntityType.PRODUCT, chances_of(product=7, organisation=3)
    if TWO <= len(words) <= MOST and all(map(_is_plain, words)) and not any(map(is_ordinary_in_english, words)):
        return EntityType.PERSON, LIKELY_PERSON if words[-1] in singles else PERHAPS_PERSON
    return EntityType.ORGANISATION, UNKNOWN


def _is_place(form: str, flags: int, language: str) -> bool:
    """True if a form is a place of the lists, which a team or a firm may have its name from: Florida, Italia."""
    if is_place_in(form, language):
        return True
    is_listed = countries.code(form) is not None or bool(flags & bits("place"))
    return is_listed and not flags & PERHAPS_NO_PLACE and form not in BRANDS | AMBIGUOUS.get(language, frozenset())


def _is_plain(word: str) -> bool:
    """True if a word has one capital, and letters alone."""
    return word.replace("-", "").isalpha() and word[0].isupper() and word[1:] == word[1:].lower()


@cache
def is_word_for_organisation(word: str) -> bool:
    last = word.rpartition("-")[2]
    return word[0].isupper() and len(last) <= LONGEST_WORD and _ORGANISATION.fullmatch(last) is not None


def is_acronym(form: str) -> bool:
    """True if a form is an acronym, but none of everyday use."""
    return 1 < len(form) <= LONGEST_ACRONYM and form.isupper() and form not in EVERYDAY


@cache
def is_ordinary_in_english(word: str) -> bool:
    words = packaged().words
    return bool(int(words.flags[words.index.row(word.lower())]) & NO_NAMES)
