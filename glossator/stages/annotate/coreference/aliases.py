"""The rules by which two forms of an article are one name; each yields pairs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from glossator.model import EntityType
from glossator.naming import countries
from glossator.naming.acronyms import LONGEST_ACRONYM, initials, is_acronym, is_general, may_abbreviate
from glossator.naming.head_nouns import FIRMS, types_of_noun
from glossator.naming.lexicon import (
    BRANCH_PREPOSITIONS,
    EMBEDDING_WORDS,
    FIRM_WORDS,
    GENERIC_HEADS,
)
from glossator.naming.name_lists import bits, kinds_of
from glossator.naming.name_parts import Surroundings, is_generic, is_phrase, is_slogan, part_of, without_version
from glossator.naming.normalise import singular, without_firm_words, words
from glossator.stages.annotate import demonyms, well_known_places
from glossator.stages.annotate.coreference.forms import Form, Groups
from glossator.stages.annotate.mentions.spans import Span

FIRM = FIRM_WORDS | frozenset("technology technologies industries systems motors".split())
_KINDS_OF_BODY = FIRM | FIRMS | GENERIC_HEADS | frozenset({"and"})
_LISTED_BODIES = bits("organisation", "chain", "institution", "firm", "press")
_LISTED_PRODUCTS = bits("brand", "software", "title")
_BRANCHES = frozenset("music news radio sport sports store tv".split())
"""Words after a firm's name for a part of it: Apple is not Apple Music."""
_EMBEDDING = re.compile(rf"\b(?:{'|'.join(sorted(EMBEDDING_WORDS))})\b")
_BRANCH = re.compile(rf" (?:{'|'.join(sorted(BRANCH_PREPOSITIONS))})\b")
_ALIAS = re.compile(
    r"\s?\((?:the\s)?[“\"']?$|,?\s\(?(?:officially|formally|formerly|also|better|commonly)?\s?(?:known|called)\sas\s(?:the\s)?[“\"']?$"
)


def same_words(forms: Mapping[str, Form]) -> Iterator[tuple[str, str]]:
    """Yield forms that differ in case, accents or hyphens, and groups in singular and plural: Uygur, Uygurs."""
    seen: dict[tuple[str, ...], str] = {}
    for form in forms.values():
        words = form.words
        if form.type is EntityType.GROUP:
            words = (*words[:-1], singular(words[-1]))
        elif form.type is EntityType.ORGANISATION:
            words = without_firm_words(words)
        other = seen.setdefault(("".join(words),), form.text)
        # Porsche SE is not the Porsche who owns it, nor the Velm Company the town of Velm.
        if other != form.text and (form.words == forms[other].words or not _are_firm_and_bearer(form, forms[other])):
            yield other, form.text


def _are_firm_and_bearer(first: Form, second: Form) -> bool:
    """True if one is a firm and the other a person or place after whom it may be called; other rules join those."""
    types = {first.type, second.type}
    return EntityType.ORGANISATION in types and not types.isdisjoint((EntityType.PERSON, EntityType.PLACE))


def aliases(content: str, spans: Sequence[Span], forms: Mapping[str, Form]) -> Iterator[tuple[str, str]]:
    """Yield two names that the text equates: in brackets, or "officially known as"."""
    for left, right in pairwise(spans):
        between = content[left.end : right.start]
        if _ALIAS.match(between):
            long, short = forms[content[left.start : left.end]], forms[content[right.start : right.end]]
            if (
                long.text in countries.written_forms()
                or short.text in countries.written_forms()
                or EntityType.PLACE is short.type
            ):
                continue
            known_as = "as" in between.split()
            if known_as:
                fits = bool(set(long.words) & set(short.words))
            else:
                names_thing = long.type is not EntityType.PERSON
                fits = (names_thing and may_abbreviate(short.text, long.words)) or _is_translated(
                    content, right, short, long
                )
            if fits:
                yield long.text, short.text


def _is_translated(content: str, span: Span, short: Form, long: Form) -> bool:
    """True if initials alone in brackets are those of an organisation's name in its own language."""
    letters = [letter for letter in short.text if letter.isalpha()]
    return (
        long.type is EntityType.ORGANISATION
        and short.type is not EntityType.PERSON
        and len(long.words) > 1
        and content[span.end : span.end + 1] == ")"
        and 2 < len(letters) <= LONGEST_ACRONYM
        and sum(map(str.isupper, letters)) * 2 > len(letters)
    )


_THINGS = (EntityType.ORGANISATION, EntityType.LAW, EntityType.EVENT, EntityType.WORK, EntityType.PRODUCT)


def organisations(forms: Mapping[str, Form], home: Groups) -> Iterator[tuple[str, str]]:
    """Yield a shorter form of an organisation's or another thing's name and the only longer one that it fits."""
    people = {home.of(form.text) for form in forms.values() if form.type is EntityType.PERSON and len(form.words) > 1}
    things = [form for form in forms.values() if form.type in _THINGS and home.of(form.text) not in people]
    by_word: dict[str, list[Form]] = defaultdict(list)
    for form in things:
        for word in dict.fromkeys(form.words):
            by_word[word].append(form)
    for form in things:
        if well_known_places.is_place(form.text) or demonyms.is_demonym(form.text):
            continue
        longer = [
            longer_form
            for longer_form in by_word[form.words[0]]
            if len(longer_form.words) > len(form.words)
            and longer_form.type is form.type
            and _is_run(without_firm_words(form.words), longer_form.words)
        ]
        groups = {home.of(fuller.text): fuller for fuller in longer}
        if len(groups) == 1 and _stands_for(form, longer[0]) and not _has_other_head(form, longer[0], by_word):
            yield form.text, longer[0].text


def _has_other_head(short: Form, long: Form, by_word: Mapping[str, Sequence[Form]]) -> bool:
    """True if a long name begins with a short one and ends with another: GitHub Copilot is Copilot, not GitHub."""
    return any(
        other.type is long.type
        and long.words[-len(other.words) :] == other.words
        and set(other.words).isdisjoint(short.words)
        and not is_generic(other.text)
        for other in by_word[long.words[-1]]
    )


def _stands_for(short: Form, long: Form) -> bool:
    """True if the article may call a thing by a part of its name."""
    part = part_of(short.text, long.text)
    if part is not None and (is_phrase(part) or is_slogan(part) or _is_named_after(short, long, part)):
        return False
    if short.type in (EntityType.PRODUCT, EntityType.WORK):
        # Chrome is Google Chrome if that stands before it; what comes first alone is another: Windows, Windows XP.
        # Tollan is the Tollan app, but only the maker of the Tollan Pro.
        ends = part is not None and (part.ends or (part.begins and bool(types_of_noun(long.words[-1]))))
        named = ends and long.first < short.first
        return named or words(without_version(long.text)) == words(short.text)
    return _tells(short, long) and (long.first < short.first or is_generic(short.text) or not _is_division(short, long))


def _is_named_after(short: Form, long: Form, part: Surroundings) -> bool:
    """True if everybody knows a short name by itself, and the longer name is of something else that is called after it.

    Microsoft is not Microsoft Office, nor Reuters the Thomson Reuters Trust; but Stanford may be Stanford University.
    """
    if part.ends or not part.after.split()[-1:] or not part.after.split()[-1][0].isupper():
        return False
    if not _is_body_or_brand(short.text):
        return False
    return bool(part.before) or _is_product(long.text) or not _KINDS_OF_BODY.issuperset(words(part.after))


def _is_division(short: Form, long: Form) -> bool:
    """True if several words follow the name of a body: the Stanford Graduate School of Business."""
    rest = without_firm_words(long.words)
    return rest[: len(short.words)] == short.words and len(rest) > len(short.words) + 1


def _is_run(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _tells(short: Form, long: Form) -> bool:
    """True if a part can stand for the whole.

    "Bank of China" does not for "Industrial and Commercial Bank of China Ltd", nor the UN for "UN Women", the Council
    of Europe for its assembly, Al Qaeda for its branch in Iraq or a broadcaster for its programme in Africa.
    """
    bare, few = without_firm_words(long.words), without_firm_words(short.words)
    rest = bare[len(short.words) :] if bare[: len(short.words)] == short.words else ()
    if rest and (" ".join(rest).title() in well_known_places.lands() or _BRANCHES.issuperset(rest)):
        return False
    start = long.text.find(short.text)
    if start >= 0 and (
        (short.text.isupper() and long.words[-1] not in FIRM)
        or _EMBEDDING.search(long.text, 0, start)
        or _BRANCH.match(long.text, start + len(short.text))
    ):
        return False
    if bare[-2:-1] == ("of",) and bare[-1].title() in well_known_places.lands():
        bare = bare[:-2]
    return bare[: len(short.words)] == short.words or bare[-len(few) :] == few or len(short.words) == 1


def acronyms(forms: Mapping[str, Form], home: Groups) -> Iterator[tuple[str, str]]:
    """Yield capitals and the only name whose initials they are.

    Everyday capitals are short for a name of their own type only, and for a place only if it is known: LA.
    """
    longer = [form for form in forms.values() if form.type in (*_THINGS, EntityType.PLACE) and len(form.words) > 1]
    for form in forms.values():
        letters = "".join(words(form.text))
        if not is_acronym(form.text) or form.text in countries.written_forms():
            continue
        groups: dict[str, Form] = {}
        everyday = is_general(form.text)
        for other in longer:
            if everyday and (other.type is not form.type or _is_unknown_place(other)):
                continue
            if letters in initials(other.text):
                groups.setdefault(home.of(other.text), other)
        if len(groups) == 1:
            yield form.text, next(iter(groups.values())).text


def _is_unknown_place(form: Form) -> bool:
    return form.type is EntityType.PLACE and not well_known_places.is_place(form.text)


def firms_taken_for_people(forms: Mapping[str, Form], home: Groups) -> Iterator[tuple[str, str]]:
    """Yield a word that the model took for a person, and the only firm that has it in its name: Dahua."""
    organisations = (form for form in forms.values() if form.type is EntityType.ORGANISATION)
    firms = [form for form in organisations if FIRM.intersection(form.words[1:])]
    people = [form for form in forms.values() if form.type is EntityType.PERSON]
    in_full_names = {word for form in people if len(form.words) > 1 for word in form.words}
    for form in people:
        if len(form.words) == 1 and form.words[0] not in in_full_names:
            groups = {home.of(firm.text): firm for firm in firms if form.words[0] in firm.words}
            if len(groups) == 1:
                yield form.text, next(iter(groups.values())).text


def _is_body_or_brand(name: str) -> bool:
    """True if a list has a name as that of a body, a firm, a brand or a program."""
    return bool(kinds_of(name) & (_LISTED_BODIES | bits("brand", "software")))


def _is_product(name: str) -> bool:
    """True if a list has a name as that of a brand, a program or a work, and none as that of a body."""
    kinds = kinds_of(name)
    return bool(kinds & _LISTED_PRODUCTS) and not kinds & _LISTED_BODIES
