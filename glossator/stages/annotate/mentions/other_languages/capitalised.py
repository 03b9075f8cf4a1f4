"""Names that their capitals tell: capitalised words within a sentence, and Latin words among other letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from glossator.model import Block, EntityType
from glossator.naming.languages import CYRILLIC, OTHER_LETTERS, UNCASED
from glossator.naming.lexicon import EVERYDAY
from glossator.naming.name_lists import is_listed
from glossator.stages.annotate.mentions.other_languages.form_types import (
    GERMAN_BODIES,
    is_acronym,
    is_ordinary_in_english,
    is_word_for_organisation,
    with_type,
)
from glossator.stages.annotate.mentions.other_languages.german_nouns import is_of_city
from glossator.stages.annotate.mentions.other_languages.german_words import is_german_word
from glossator.stages.annotate.mentions.other_languages.persons import FORMS_OF_ADDRESS, NO_NAMES, is_given
from glossator.stages.annotate.mentions.other_languages.places import AMBIGUOUS
from glossator.stages.annotate.mentions.spans import Span
from glossator.stages.annotate.prose import capitals_tell, small_words
from glossator.word_lists import stop_words, word_lists

NOUNS_HAVE_CAPITALS = frozenset({"de", "lb"})
"""Languages that write every noun with a capital."""
INFLECTED = CYRILLIC | frozenset("bs cs el et eu fi hr hu is ka la lt lv pl sk sl".split())
"""Languages in which a name changes with its case: one that is there once may be no name in any list."""
MEANINGLESS = UNCASED | {"en"}
"""Languages in which a capital tells nothing; English has one for days, languages and peoples, and in headings."""
LONGEST = 5
"""Words of a name, at most: more are a title, or a sentence."""
COMMON = frozenset().union(*AMBIGUOUS.values())
"""Words of one language or another that are a place as well."""
SHORTEST = 3
"""Letters of a single word that is a name."""
TWICE = 2

GENITIVE_IN_S = frozenset("da de lb nb nl nn no sv".split())
"""Languages in which a name has an s if something is the name's."""

_ADJECTIVE = {"nl": re.compile(r"\w+se"), "tr": re.compile(r"\w+(?<!oğ)l[iıuü]")}
"""Adjectives of places, in languages that write these with a capital."""
EVERYDAY_GERMAN = word_lists("annotate")["everyday_acronyms_of_german"]
_BODY = re.compile("Akademie|Gesellschaft|Gymnasium|Institute?s?|Kliniku?m?|Museum|Schule|Stiftung|Universität|Zeitung")
"""The last word of a German name that hyphens join: Paul-Ehrlich-Institut."""
_REST = r"[\w\u0300-\u036f]*"
"""Letters of a word after the first, and the signs that combine with them: accents may be characters of their own."""
_TOKEN = re.compile(rf"(?:[DO]['’](?=[^\W\d_a-z]))?[^\W\d_]{_REST}(?:[-&.‑][^\W_]{_REST})*")
_NORWEGIAN = {"no": "nb", "nn": "nb"}
_UNIT = re.compile("[kMGT]?(?:W|Wh|Hz|B|bit|V|A|N|J)")
_PARTS = re.compile("[-‑.]")
_OPENING = "¿¡ \u00a0«»„“”\"'‘’‹(["
"""Characters between the end of a sentence and the first word of the next."""
_ADDRESS = re.compile(rf"(?<!\w)(?:M\.|(?:{'|'.join(sorted(FORMS_OF_ADDRESS - {'M'}))})\.?)[ \u00a0]$")
"""A form of address before the name of a person; its full stop ends no sentence."""
_ADDRESS_REACH = 12
_ENDS = ".!?:;•|–—…\n*>-"
"""Characters after which a capital tells nothing."""
_CONNECTOR = re.compile(r" (?:de l[ao]s?|del?|dell[ae]|di|d[ao]|dos|du|des|et|e|y|of|van|von|für|der|en) | d['’]")
_PARTICLE = re.compile(r" (?:(?:de|van|von) (?:la|las|los|den|der)|del?|della|di|d[ao]s?|du|van|von|zu) | d['’]")
"""Words between a given name and the surname: Lula da Silva."""
_LATIN = re.compile(r"(?<![\w+/@=.-])[A-Za-z]\w*(?:[.&-]\w+)*(?: [A-Z0-9]\w*(?:[.&-]\w+)*)*(?![\w+/@=(])", re.ASCII)


class _CapitalisedRun(NamedTuple):
    """Capitalised words beside one another."""

    start: int
    end: int
    opens: bool
    """True if a sentence or a quotation may begin with the first word."""

    def of(self, content: str) -> str:
        return content[self.start : self.end]


def capitalised_names(content: str, blocks: Sequence[Block], language: str) -> Iterator[Span]:
    """Yield the names in the blocks of an article that capitals or Latin letters tell."""
    readable = [block for block in blocks if capitals_tell(content[block.start : block.end])]
    if language not in MEANINGLESS:
        yield from _capitalised(content, readable, language)
    if language in OTHER_LETTERS:
        yield from _in_latin_letters(content, readable, language)


def _capitalised(content: str, blocks: Iterable[Block], language: str) -> Iterator[Span]:
    runs = [run for block in blocks for run in _runs(content, block, language)]
    firm = Counter(run.of(content) for run in runs if not run.opens)
    settled = _settled(Counter(run.of(content) for run in runs)) if language in INFLECTED else None
    for run in runs:
        kept = _without_opening(content, run, firm, language) if run.opens else run
        if kept is None or _is_genitive(kept.of(content), firm, language):
            continue
        form = kept.of(content)
        # What has two words, or capitals only, is seldom anything but a name: once is enough.
        is_certain = settled is None or form in settled or " " in form or is_acronym(form) or is_listed(form)
        if is_certain and _is_name(form, content, language):
            is_person = _is_addressed(content, kept.start)
            yield Span(kept.start, kept.end, EntityType.PERSON) if is_person else _span(kept, form, language, firm)


def _is_genitive(form: str, firm: Container[str], language: str) -> bool:
    return language in GENITIVE_IN_S and form.endswith("s") and form[:-1] in firm


def _span(run: _CapitalisedRun, form: str, language: str, singles: Container[str] = ()) -> Span:
    kind, chances = with_type(form, singles, language)
    return Span(run.start, run.end, kind, chances=chances)


def _without_opening(content: str, run: _CapitalisedRun, firm: Counter[str], language: str) -> _CapitalisedRun | None:
    """Return a run that may open a sentence if it is a name elsewhere, or without its first word if the rest is."""
    form = run.of(content)
    first, _, rest = form.partition(" ")
    if form in firm or (rest and is_given(first)):
        return run
    if rest and _is_small(first, content, language):
        return run._replace(start=run.start + len(first) + 1)
    # "Annelies Verlinden zegt", if the text has "Verlinden" as well.
    return run if rest in firm and len(first) >= SHORTEST else None


def _is_small(word: str, content: str, language: str) -> bool:
    """True if a word is one of grammar, or one that the text writes small."""
    return word.lower() in small_words(content) or word.lower() in stop_words(_NORWEGIAN.get(language, language))


def _settled(times: Counter[str]) -> frozenset[str]:
    """Return the forms that are there twice at least, and no less often than another case of the name."""
    most = Counter[tuple[str, int]]()  # by the stem that another case has, and the letters of the form
    for form, count in times.items():
        for length in _nearly(len(form)):
            key = form[: _stem(length)], len(form)
            most[key] = max(most[key], count)

    def is_settled(form: str) -> bool:
        return all(most[form[: _stem(len(form))], length] <= times[form] for length in _nearly(len(form)))

    return frozenset(form for form, count in times.items() if count >= TWICE and is_settled(form))


def _nearly(length: int) -> range:
    """Return the lengths of the cases of a name of so many letters."""
    return range(length - SHORTEST + 1, length + SHORTEST)


def _stem(length: int) -> int:
    """Return how many letters of a form of a length are the same in all its cases."""
    return max(SHORTEST, length - SHORTEST)


def _is_name(form: str, content: str, language: str) -> bool:
    """True if words that have capitals are a name: none that the text writes small, or that is everyday."""
    words = form.split()
    if len(words) > LONGEST:
        return False
    if len(words) > 1:
        return not all(word.isupper() and len(word) < SHORTEST for word in words)
    if len(form) < SHORTEST or form in EVERYDAY or form in COMMON:
        return form in GERMAN_BODIES
    if form.lower() in small_words(content) or (language in NOUNS_HAVE_CAPITALS and is_of_city(form)):
        return is_acronym(form)
    return is_listed(form) or is_given(form) or not is_ordinary_in_english(form)


def _runs(content: str, block: Block, language: str) -> Iterator[_CapitalisedRun]:
    run: _CapitalisedRun | None = None
    for token in _TOKEN.finditer(content, block.start, block.end):
        word = token.group()
        joins = run is not None and _joins(content, run, token.start())
        if run and joins and word not in FORMS_OF_ADDRESS and _may_continue(word, language):
            run = run._replace(end=token.end())
        elif _has_capital(word):
            # A German noun beside a name is another word, or makes a longer name of it.
            if run and not (joins and language in NOUNS_HAVE_CAPITALS):
                yield run
            named = _may_be_of_name(word, language) and word not in NO_NAMES
            opens = language not in NOUNS_HAVE_CAPITALS and may_open(content, block.start, token.start())
            run = _CapitalisedRun(token.start(), token.end(), opens) if named else None
    if run:
        yield run


def _joins(content: str, run: _CapitalisedRun, start: int) -> bool:
    between = content[run.end : start]
    if between in (" ", "\u00a0"):
        return True
    first = run.of(content).partition(" ")[0]
    if is_word_for_organisation(first):
        return _CONNECTOR.fullmatch(between) is not None
    return _PARTICLE.fullmatch(between) is not None and is_given(first)


def _has_capital(word: str) -> bool:
    return word[0].isupper() or word[1:] != word[1:].lower()


def _may_continue(word: str, language: str) -> bool:
    in_german = language in NOUNS_HAVE_CAPITALS and word[0].isupper() and is_word_for_organisation(word)
    return in_german or _may_be_of_name(word, language)


def may_open(content: str, begin: int, start: int) -> bool:
    """True if a word may open a sentence or a quotation; the text is read from `begin` on."""
    before = content[max(begin, start - 10) : start].rstrip(_OPENING)
    return not before or (before[-1] in _ENDS and not _is_addressed(content, start))


def _is_addressed(content: str, start: int) -> bool:
    return _ADDRESS.search(content[max(0, start - _ADDRESS_REACH) : start]) is not None


def _may_be_of_name(word: str, language: str) -> bool:
    """True if a word has a capital that its language does not explain."""
    *parts, last = _PARTS.split(word)
    if max(map(len, (*parts, last))) < TWICE or not _has_capital(word) or is_adjective(word, language):
        return False
    if parts and (last[0].islower() or parts[0].islower()):
        return False
    if language not in NOUNS_HAVE_CAPITALS or word in GERMAN_BODIES:
        return True
    if is_acronym(word) or _UNIT.fullmatch(word):
        is_short = len(word) < SHORTEST or word in EVERYDAY_GERMAN
        return word.isupper() and not is_short and not is_german_word(word)
    if parts and is_german_word(last):
        return bool(_BODY.fullmatch(last)) and all(part[:1].isupper() for part in parts)
    return not all(len(part) < TWICE or is_german_word(part) for part in (*parts, last))


def is_adjective(word: str, language: str) -> bool:
    """True if a word is an adjective of a place, in a language that writes these with a capital."""
    pattern = _ADJECTIVE.get(language)
    return pattern is not None and pattern.fullmatch(word) is not None


def _in_latin_letters(content: str, blocks: Iterable[Block], language: str) -> Iterator[Span]:
    """Yield the names in Latin letters within text in others."""
    matches = [match for block in blocks for match in _LATIN.finditer(content, block.start, block.end)]
    times = Counter(match.group() for match in matches)
    for match in matches:
        form = match.group()
        if _is_name_in_latin_letters(form, times[match.group()]):
            yield _span(_CapitalisedRun(*match.span(), opens=False), form, language)


def _is_name_in_latin_letters(form: str, times: int) -> bool:
    words = form.split()
    if len(form) < SHORTEST or len(words) > LONGEST or form.islower() or form in EVERYDAY:
        return False
    if is_listed(form):
        return times >= TWICE or not is_ordinary_in_english(form)
    if is_acronym(form):
        return times >= TWICE
    return not all(map(is_ordinary_in_english, words))
