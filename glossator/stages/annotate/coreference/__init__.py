"""Coreference within one document: which forms are one name, and its canonical form."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from glossator.config import AnnotateSettings
from glossator.model import EntityType, Mention, Name, Text
from glossator.naming import countries
from glossator.naming.head_nouns import BUILDINGS
from glossator.stages.annotate import well_known_places
from glossator.stages.annotate.coreference import aliases, misspelt_places_and_things, short_and_misspelt_people
from glossator.stages.annotate.coreference.aliases import Form, Groups
from glossator.stages.annotate.coreference.firms_taken_for_people import firms_taken_for_people
from glossator.stages.annotate.lexicon.titles_and_heads import TITLES
from glossator.stages.annotate.spans import Span

_TITLED = re.compile(rf"\b(?:{'|'.join(sorted(TITLES - {'By', 'Former', 'Foreign', 'Health', 'Interior'}))})\.?\s$")
_TELLS = re.compile(r"(?:,[^,.]{1,100},)?\s(?:said|told|added|explained)\b")
_MADE = (EntityType.WORK, EntityType.PRODUCT, EntityType.EVENT)
"""Types of works, products and events, which never speak; a speaker of these types was misclassified."""

_ORDER = {kind: number for number, kind in enumerate(EntityType)}

_RUN = frozenset("Air Hotel Radio Team".split())

SCORES = 3
"""Results from which an article is on sport, where a town is a club that plays."""

_SCORE = re.compile(r"\b\d{1,3}-\d{1,3}\b(?!-)")
_PLAYS = re.compile(
    r"(?:['’]s?)?\s(?:beat|drew|won|lost|defeated|scored|thrashed|hosted|striker|midfielder|defender|goalkeeper|keeper|"
    r"coach|captain|fans|side|players?|\d{1,3}\b(?![-,]))"
)
_PLAYED = re.compile(r"\b(?:beat|beating|against|over|defeated|past|versus|v|thrashed|\d{1,3})\s$")

_QUARTER = re.compile(r"^(?:North|South|East|West|Central|Latin)(?:ern)?[\s-]+(?=\w)")


def link(text: Text, spans: Sequence[Span], settings: AnnotateSettings) -> tuple[tuple[Name, ...], tuple[Mention, ...]]:
    """Return the names of an article, in the order of their first mention, and its mentions."""
    content = text.content
    forms = _forms(content, spans)
    home = Groups(forms)
    for first, second in chain(
        aliases.same_words(forms),
        aliases.same_countries(forms),
        aliases.places(forms),
        aliases.aliases(content, spans, forms),
    ):
        home.join(first, second)
    for rule in (
        short_and_misspelt_people.people,
        short_and_misspelt_people.misspelt,
        misspelt_places_and_things.misspelt_things,
        aliases.organisations,
        aliases.acronyms,
        firms_taken_for_people,
    ):
        # Each pair is joined before the rule looks further, so that a short form meets one name, not its spellings.
        for first, second in rule(forms, home):
            home.join(first, second)
    nearest = dict(_nearest(text, spans, forms, home))
    return _names(content, spans, settings, (forms, home, nearest))


def _forms(content: str, spans: Sequence[Span]) -> dict[str, Form]:
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    first: dict[str, int] = {}
    told = set()
    played: Counter[str] = Counter()
    sport = len(_SCORE.findall(content)) >= SCORES
    for span in spans:
        form = content[span.start : span.end]
        votes[form][span.type] += 1
        if _TITLED.search(content, max(0, span.start - 24), span.start):
            votes[form][EntityType.PERSON] += 2
        if span.type in _MADE and _TELLS.match(content, span.end):
            told.add(form)
        if sport and (_PLAYS.match(content, span.end) or _PLAYED.search(content, max(0, span.start - 16), span.start)):
            played[form] += 1
        first.setdefault(form, span.start)
    forms = {}
    for form, types in votes.items():
        kind = (
            EntityType.PLACE
            if well_known_places.is_place(form) and _is_known_place(form, types)
            else types.most_common(1)[0][0]
        )
        if kind in _MADE and form in told:
            kind = EntityType.PERSON
        elif kind is EntityType.PERSON:
            kind = _built_or_run(form) or kind
        if kind is EntityType.PLACE and 2 * played[form] >= types.total() and not _is_land(form):
            kind = EntityType.ORGANISATION
        forms[form] = Form(form, kind, first[form], aliases.words_of(form, kind))
    return forms


def _is_known_place(form: str, types: Counter[EntityType]) -> bool:
    """True if the gazetteer overrules the model: for a country, and for a city that is no club here."""
    name = well_known_places.places()[form]
    state = name in countries.written_forms() or name in well_known_places.regions()
    return state or types[EntityType.PLACE] > 0 or types[EntityType.GROUP] > 0


def _built_or_run(form: str) -> EntityType | None:
    """Return the type of a name that contains a word which no person's name has; None if there is no such word."""
    first, *_, last = form.split() if " " in form else (form, form)
    if first in _RUN:
        return EntityType.ORGANISATION
    return EntityType.PLACE if last.lower() in BUILDINGS and last.istitle() else None


def _is_land(form: str) -> bool:
    """True if a name is that of a country, which is also the name of its team."""
    return well_known_places.places().get(form, form) in countries.written_forms()


def _nearest(text: Text, spans: Sequence[Span], forms: Mapping[str, Form], home: Groups) -> Iterator[tuple[int, str]]:
    """Yield for a surname of several people the only one whom the paragraph mentioned before, or else the main one."""
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
        met: list[str] = []
        for span in inside[index]:
            if span.start >= block.end:
                continue
            form = forms[text.content[span.start : span.end]]
            if form.type is EntityType.PERSON and len(form.words) == 1:
                candidates = dict.fromkeys(home.of(one.text) for one in bearers[form.words[0]])
                near = [one for one in candidates if one in met]
                if len(candidates) > 1 and len(near) != 1:
                    near = _main_bearer(form, list(candidates), forms, times)
                if len(candidates) > 1 and near:
                    yield span.start, near[0]
            else:
                met.append(home.of(form.text))


def _main_bearer(
    surname: Form, bearers: Sequence[str], forms: Mapping[str, Form], times: Mapping[str, int]
) -> list[str]:
    """Return the bearer of a surname whom a text is about: introduced before the others and before the surname alone.

    No other bearer is mentioned as often in full. Otherwise nobody is meant for certain.
    """
    first, *others = sorted(bearers, key=lambda one: forms[one].first)
    introduced = forms[first].first < surname.first and times[first] > max(times[one] for one in others)
    return [first] if introduced else []


_Linked = tuple[Mapping[str, Form], Groups, Mapping[int, str]]


def _names(
    content: str, spans: Sequence[Span], settings: AnnotateSettings, linked: _Linked
) -> tuple[tuple[Name, ...], tuple[Mention, ...]]:
    forms, home, nearest = linked
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    certainties: dict[str, int] = defaultdict(int)
    chances: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    grouped: list[tuple[Span, str]] = []
    for span in spans:
        form = content[span.start : span.end]
        group = nearest.get(span.start) or home.of(form)
        counts[group][form] += 1
        certainties[group] = max(certainties[group], span.certainty)
        if span.chances:
            chances[form].append(span.chances)
        grouped.append((span, group))
    names: dict[str, Name] = {}
    for group, found in counts.items():
        name = _name(forms, found)
        if name.type in settings.types and (settings.demonyms or not _is_demonym(name)):
            told = [one for form in _best_forms(forms, found) for one in chances[form]]
            mean = _mean_chances(name.type, told)
            names[group] = msgspec.structs.replace(name, certainty=certainties[group], chances=mean)
    index = {group: position for position, group in enumerate(names)}
    mentions = (Mention(span.start, span.end, index[group]) for span, group in grouped if group in index)
    return tuple(names.values()), tuple(mentions)


def _is_demonym(name: Name) -> bool:
    return name.type is EntityType.GROUP and all(
        all(well_known_places.is_demonym(word) for word in re.split(r"[\s-]+", _QUARTER.sub("", form)))
        for form, _ in name.forms
    )


def _name(forms: Mapping[str, Form], found: Counter[str]) -> Name:
    votes: Counter[EntityType] = Counter()
    for form in _best_forms(forms, found):
        votes[forms[form].type] += found[form]
    ordered = sorted(found.items(), key=lambda one: (-one[1], forms[one[0]].first))
    best = max(
        found, key=lambda form: (not form.isupper() or len(form) < 5, len(forms[form].words), len(form), found[form])
    )
    return Name(" ".join(best.split()), votes.most_common(1)[0][0], tuple((" ".join(f.split()), n) for f, n in ordered))


def _best_forms(forms: Mapping[str, Form], found: Counter[str]) -> list[str]:
    """Return the forms of several words, which tell the type better than a surname or an acronym; all if none has."""
    return [form for form in found if len(forms[form].words) > 1] or list(found)


def _mean_chances(kind: EntityType, told: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Return the mean probabilities of the types, in tenths; nothing if they favour another type than a rule chose."""
    mean = tuple(round(sum(column) / len(told)) for column in zip(*told, strict=True))
    return mean if mean and mean[_ORDER[kind]] == max(mean) else ()
