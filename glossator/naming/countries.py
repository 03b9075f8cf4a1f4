"""Country names and what else they are called, from GeoNames; in other languages than English, from the CLDR."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from babel import Locale, UnknownLocaleError

from glossator.naming import geonames
from glossator.naming.languages import ENGLISH, main_language
from glossator.naming.lexicon import EVERYDAY

UNLISTED = {
    "America": "US",
    "Great Britain": "GB",
    "Britain": "GB",
    "Burma": "MM",
    "Cape Verde": "CV",
    "Czech Republic": "CZ",
    "East Timor": "TL",
    "Macau": "MO",
    "Macedonia": "MK",
    "Russian Federation": "RU",
    "Swaziland": "SZ",
    "Vatican City": "VA",
}
"""Names in use that GeoNames' table of countries leaves out."""

_TERRITORIES = {
    "AU": "CC CX HM NF",
    "CN": "HK MO",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "GB": "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG",
    "NL": "AW BQ CW SX",
    "NO": "BV SJ",
    "NZ": "CK NU TK",
    "US": "AS GU MP PR UM VI",
}
"""Codes of ISO 3166 for lands that belong to a state, by the state; GeoNames' table does not tell them from states."""

_CONTINENTS = {
    "002": """AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW
    MZ NA NE NG RW SC SD SL SN SO SS ST SZ TD TG TN TZ UG ZA ZM ZW""",
    "003": "AG BB BS BZ CA CR CU DM DO GD GT HN HT JM KN LC MX NI PA SV TT US VC",
    "005": "AR BO BR CL CO EC GY PE PY SR UY VE",
    "009": "AU FJ FM KI MH NR NZ PG PW SB TL TO TV VU WS",
    "142": """AE AF AM AZ BD BH BN BT CN GE ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MV MY NP OM
    PH PK QA SA SG SY TH TJ TM TR UZ VN YE""",
    "150": """AD AL AT BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO
    PL PT RO RS RU SE SI SK SM UA VA""",
}
"""Codes of ISO 3166 for the members of the United Nations and the Vatican, by the UN's numbers of continents."""

GENERIC_DOMAINS = frozenset("ac ai cc co fm gg gl io la ly me sh so to tv vc ws".split())
"""Top-level domains of countries that firms of all countries use."""

MENTIONED_POPULATION = 1_000_000
"""Inhabitants of a country that a name of two initials may mean, at least."""

FAMILIAR_POPULATION = 50_000_000
"""Inhabitants of a country that two initials in a text mean without further sign, at least."""


def code(form: str) -> str | None:
    """Return the ISO code of the country that a form names: a name in any case, initials in capitals only."""
    parts = form.replace(".", "").replace("’s", "").replace("'s", "").split()
    bare = " ".join(part for part in parts if part not in ("the", "The"))
    by_initials = _codes(MENTIONED_POPULATION).get(bare) if bare.isupper() and len(bare) < 5 else None
    return by_initials or _names().get(bare.casefold())


def name(code: str, language: str = "en") -> str:
    """Return a country's name by its ISO code, without article; in English if the language has none."""
    return _names_in(language).get(code) or geonames.countries()[code].name.strip().removeprefix("The ")


def code_of_domain(domain: str) -> str:
    """Return the ISO code of the country of a top-level domain; empty for one that firms of all countries use."""
    if domain in GENERIC_DOMAINS:
        return ""
    code = "GB" if domain == "uk" else domain.upper()
    return code if code in geonames.countries() else ""


def in_english(form: str, language: str) -> str:
    """Return the English name of the country that a language calls so; the form itself if it calls none so."""
    country = next((country for country, translated in _names_in(language).items() if translated == form), "")
    return name(country) if country else form


@cache
def _names_in(language: str) -> dict[str, str]:
    """Return the names of countries in a language by ISO code; nothing for English, and for an unknown language."""
    locale = _locale(language) if main_language(language) != ENGLISH else None
    territories = locale.territories if locale else {}
    return {code: str(territories[code]) for code in geonames.countries() if code in territories}


def _locale(language: str) -> Locale | None:
    """Return what the CLDR says of a language; None if it does not have it."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def sovereign(code: str) -> str:
    """Return the ISO code of the state to which a territory belongs; empty for a state of its own."""
    return next((state for state, territories in _TERRITORIES.items() if code in territories.split()), "")


def continent(code: str, language: str = "en") -> str:
    """Return the name of a state's continent in a language; empty for any other land."""
    number = next((number for number, states in _CONTINENTS.items() if code in states.split()), "")
    return str((_locale(language) or Locale.parse(ENGLISH)).territories[number]) if number else ""


def names_by_code() -> dict[str, str]:
    """Return the name of every country, without article, by its ISO code."""
    return {code: name(code) for code in geonames.countries()}


@cache
def written_forms() -> dict[str, str]:
    """Return the ISO code of a country by each form that names it in any text: names, initials, dotted initials."""
    forms = dict(UNLISTED)
    for code in geonames.countries():
        full = name(code)
        forms[full] = forms[f"{full} of America" if code == "US" else full] = code
    for short, code in _codes(FAMILIAR_POPULATION).items():
        forms.setdefault(short, code)
        forms.setdefault(".".join(short) + ".", code)
    return forms


def may_name_land(form: str) -> bool:
    """True if a form may name a country or one of the United States: Congo, which is two; Mississippi."""
    return form.casefold() in _lands()


@cache
def _lands() -> frozenset[str]:
    states = (state.name.casefold() for state in geonames.states().values())
    return frozenset((*states, *_names(), *(word for name in _names() for word in name.split())))


@cache
def _names() -> dict[str, str]:
    names = {form.casefold(): code for form, code in UNLISTED.items()}
    for code in geonames.countries():
        full = name(code).casefold().replace(" the ", " ").replace(".", "")
        for form in (full, f"{full} of america", _short_point(full), full.replace("democratic republic of", "dr")):
            names[form] = code
    return names


def _short_point(name: str) -> str:
    """Return a name with its point of the compass abbreviated: N. Korea, S. Africa."""
    point, _, rest = name.partition(" ")
    return f"{point[0]} {rest}" if point in {"north", "south", "east", "west"} else name


@cache
def _codes(population: int) -> dict[str, str]:
    """Return country codes by initials of names of several words, and by the longer codes that begin with them.

    Two initials need to be a code of the country, and the country at least `population` inhabitants; the longer codes
    need a familiar country. Initials of several countries or of one of the United States are left out, and acronyms of
    everyday use: PNG.
    """
    codes_by_initials: dict[str, set[str]] = defaultdict(set)
    for code, country in geonames.countries().items():
        initials = "".join(word[0] for word in name(code).split() if word[0].isupper())
        forms = {initials} if len(initials) > 2 else set()
        if len(initials) == 2 and initials in {code, country.fips} and country.population >= population:
            forms.add(initials)
        if len(initials) > 1 and country.population >= FAMILIAR_POPULATION and country.iso3.startswith(initials):
            forms.add(country.iso3)
        for short in forms:
            codes_by_initials[short].add(code)
    others = geonames.states().keys() | EVERYDAY
    return {short: codes.pop() for short, codes in codes_by_initials.items() if len(codes) == 1 and short not in others}
