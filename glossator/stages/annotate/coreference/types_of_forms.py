"""The type of each form in an article: by votes of its mentions, titles before it, gazetteers, and results of games."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from glossator.model import EntityType
from glossator.naming import countries
from glossator.naming.head_nouns import BUILDINGS
from glossator.stages.annotate import well_known_places
from glossator.stages.annotate.coreference import aliases
from glossator.stages.annotate.coreference.aliases import Form
from glossator.stages.annotate.lexicon.titles_and_heads import TITLES
from glossator.stages.annotate.spans import Span

_TITLED = re.compile(rf"\b(?:{'|'.join(sorted(TITLES - {'By', 'Former', 'Foreign', 'Health', 'Interior'}))})\.?\s$")
_TELLS = re.compile(r"(?:,[^,.]{1,100},)?\s(?:said|told|added|explained)\b")
_MADE = (EntityType.WORK, EntityType.PRODUCT, EntityType.EVENT)
"""Types of works, products and events, which never speak; a speaker of these types was misclassified."""
_RUN = frozenset("Air Hotel Radio Team".split())
SCORES = 3
"""Results from which an article is on sport, where a town is a club that plays."""
_SCORE = re.compile(r"\b\d{1,3}-\d{1,3}\b(?!-)")
_PLAYS = re.compile(
    r"(?:['’]s?)?\s(?:beat|drew|won|lost|defeated|scored|thrashed|hosted|striker|midfielder|defender|goalkeeper|keeper|"
    r"coach|captain|fans|side|players?|\d{1,3}\b(?![-,]))"
)
_PLAYED = re.compile(r"\b(?:beat|beating|against|over|defeated|past|versus|v|thrashed|\d{1,3})\s$")


def typed_forms(content: str, spans: Sequence[Span]) -> dict[str, Form]:
    """Return the forms of an article, each with its likeliest type."""
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
