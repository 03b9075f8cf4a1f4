"""The surface forms of an article: their words, likeliest types by votes and by results of games, and groups."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from glossator.model import EntityType
from glossator.naming import countries
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.normalise import ARTICLE_PREFIX, person_words_in_article, words
from glossator.stages.annotate import well_known_places
from glossator.stages.annotate.mentions.spans import Span

SCORES = 3
"""Results from which an article is on sport, where a town is a club that plays."""
_SCORE = re.compile(r"\b\d{1,3}-\d{1,3}\b(?!-)")
_PLAYS = re.compile(
    r"(?:['’]s?)?\s(?:beat|drew|won|lost|defeated|scored|thrashed|hosted|striker|midfielder|defender|goalkeeper|keeper|"
    r"coach|captain|fans|side|players?|\d{1,3}\b(?![-,]))"
)
_PLAYED = re.compile(r"\b(?:beat|beating|against|over|defeated|past|versus|v|thrashed|\d{1,3})\s$")


class Form(msgspec.Struct, frozen=True):
    """A surface form of the article."""

    text: str
    type: EntityType
    first: int
    """Offset of its first occurrence."""
    words: tuple[str, ...]
    """Words of the form, as keys."""


class Groups:
    """Forms that are one name: disjoint sets, each represented by its first form in the text."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self._forms = sorted(forms, key=lambda form: forms[form].first)
        self._index = {form: index for index, form in enumerate(self._forms)}
        self._sets = DisjointSets(len(self._forms))

    def of(self, form: str) -> str:
        """Return the form that represents the name of a form."""
        return self._forms[self._sets.find(self._index[form])]

    def join(self, first: str, second: str) -> None:
        self._sets.join(self._index[first], self._index[second])


def words_of(form: str, kind: EntityType) -> tuple[str, ...]:
    parts = person_words_in_article(form) if kind is EntityType.PERSON else words(ARTICLE_PREFIX.sub("", form))
    return tuple(part for part in parts if part not in ("the", "and")) or (form,)


def typed_forms(content: str, spans: Sequence[Span]) -> dict[str, Form]:
    """Return the forms of an article, each with its likeliest type."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    first: dict[str, int] = {}
    played: Counter[str] = Counter()
    sport = len(_SCORE.findall(content)) >= SCORES
    for span in spans:
        form = content[span.start : span.end]
        votes[form][span.type] += 1
        if sport and (_PLAYS.match(content, span.end) or _PLAYED.search(content, max(0, span.start - 16), span.start)):
            played[form] += 1
        first.setdefault(form, span.start)
    forms = {}
    for form, types in votes.items():
        kind = types.most_common(1)[0][0]
        if kind is EntityType.PLACE and 2 * played[form] >= types.total() and not _is_land(form):
            kind = EntityType.ORGANISATION
        forms[form] = Form(form, kind, first[form], words_of(form, kind))
    return forms


def _is_land(form: str) -> bool:
    """True if a name is that of a country, which is also the name of its team."""
    return well_known_places.places().get(form, form) in countries.written_forms()
