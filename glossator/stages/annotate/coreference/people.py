"""People: which short or misspelt form is whose, and whom a surname means that several bear."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from glossator.model import EntityType, Text
from glossator.naming.acronyms import are_in_order
from glossator.naming.likeness import SHORTEST_MISSPELT, is_one_letter_apart
from glossator.stages.annotate import demonyms, well_known_places
from glossator.stages.annotate.coreference.forms import Form, Groups
from glossator.stages.annotate.lexicon import GENERIC
from glossator.stages.annotate.mentions.spans import Span


def people(forms: Mapping[str, Form], home: Groups) -> Iterator[tuple[str, str]]:
    """Yield a part of a person's name and the only full name that it fits."""
    people = [form for form in forms.values() if form.type is EntityType.PERSON]
    full = [form for form in people if len(form.words) > 1]
    full += [form for form in forms.values() if form.type is not EntityType.PERSON and _looks_personal(form)]
    for form in sorted(full, key=lambda form: len(form.words)):
        longer = [other for other in full if len(other.words) > len(form.words)]
        longer = [other for other in longer if are_in_order(form.words, other.words)]
        if len({home.of(other.text) for other in longer}) == 1 and _one_is_person(form, longer[0]):
            yield form.text, longer[0].text
    for form in forms.values():
        if len(form.words) == 1 and _may_be_surname(form):
            sure = (other for other in full if other.type is EntityType.PERSON and form.words[0] in other.words)
            ending = (other for other in full if form.words[0] == other.words[-1])
            groups = {home.of(other.text): other for other in (*sure, *ending)}
            longer_form = next(iter(groups.values()), form)
            if len(groups) == 1 and _one_is_person(form, longer_form):
                yield form.text, longer_form.text


def misspelt(forms: Mapping[str, Form], home: Groups) -> Iterator[tuple[str, str]]:
    """Yield a surname, alone or after its first name, and the only person whose surname differs by a letter."""
    people = [form for form in forms.values() if form.type is EntityType.PERSON]
    full = [form for form in people if len(form.words) > 1]
    for form in people:
        name = form.words[-1]
        if len(name) < SHORTEST_MISSPELT or home.of(form.text) != form.text:
            continue
        groups = {
            home.of(other.text): other
            for other in full
            if other is not form
            and other.words[-1][0] == name[0]
            and (len(form.words) == 1 or form.words[:-1] == other.words[:-1])
            and is_one_letter_apart(name, other.words[-1])
        }
        groups.pop(home.of(form.text), None)
        if len(groups) == 1:
            yield form.text, next(iter(groups.values())).text


def _one_is_person(first: Form, second: Form) -> bool:
    """True if one of two forms is a person's: of a product or a place, another rule knows the parts."""
    return EntityType.PERSON in (first.type, second.type)


def _looks_personal(form: Form) -> bool:
    """True if two or three words that the model took for something else may be a person's name."""
    words = form.text.split()
    return (
        2 <= len(words) <= 3
        and all(
            re.fullmatch(r"[^\W\d_][^\W\d_]+(?:-[^\W\d_]+)?", word) and word.istitle() for word in (words[0], words[-1])
        )
        and not any(word in GENERIC or well_known_places.is_place(word) or demonyms.is_demonym(word) for word in words)
        and not well_known_places.is_place(form.text)
        and form.type in (EntityType.ORGANISATION, EntityType.PLACE, EntityType.PRODUCT)
    )


def _may_be_surname(form: Form) -> bool:
    if form.type is EntityType.PERSON:
        return True
    return form.type not in (EntityType.LAW, EntityType.EVENT) and not (
        well_known_places.is_place(form.text)
        or demonyms.is_demonym(form.text)
        or form.text.isupper()
        or form.text in GENERIC
    )


def bearers_meant(
    text: Text, spans: Sequence[Span], forms: Mapping[str, Form], home: Groups
) -> Iterator[tuple[int, str]]:
    """Yield for a surname of several people the only one whom the paragraph, or else the text, mentioned before.

    If there are several, that is the main one.
    """
    full = [form for form in forms.values() if form.type is EntityType.PERSON and len(form.words) > 1]
    bearers: dict[str, list[Form]] = defaultdict(list)
    for form in full:
        for word in dict.fromkeys(form.words):
            bearers[word].append(form)
    times = Counter(home.of(text.content[span.start : span.end]) for span in spans)
    starts = [block.start for block in text.blocks]
    inside: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        inside[bisect_right(starts, span.start) - 1].append(span)
    for index, block in enumerate(text.blocks):
        met = set[str]()
        for span in inside[index]:
            if span.start >= block.end:
                continue
            form = forms[text.content[span.start : span.end]]
            if form.type is EntityType.PERSON and len(form.words) == 1:
                candidates = dict.fromkeys(home.of(bearer.text) for bearer in bearers[form.words[0]])
                near = [group for group in candidates if group in met]
                if len(candidates) > 1 and len(near) != 1:
                    so_far = [group for group in candidates if forms[group].first < span.start]
                    near = so_far if len(so_far) == 1 else _main_bearer(form, list(candidates), forms, times)
                if len(candidates) > 1 and near:
                    yield span.start, near[0]
            else:
                met.add(home.of(form.text))


def _main_bearer(
    surname: Form, bearers: Sequence[str], forms: Mapping[str, Form], times: Mapping[str, int]
) -> list[str]:
    """Return the bearer of a surname whom a text is about: introduced before the others and before the surname alone.

    No other bearer is mentioned as often in full. Otherwise nobody is meant for certain.
    """
    first, *others = sorted(bearers, key=lambda group: forms[group].first)
    introduced = forms[first].first < surname.first and times[first] > max(times[group] for group in others)
    return [first] if introduced else []
