"""The descriptors of an entity's articles -> those that introduce the entity on its page and on cards."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from glossator.model import ArticleId, ChosenDescriptor, EntityType, NamedRegion
from glossator.naming.head_nouns import ALIKE, DEFINITION, contradicts, head_noun, types_told
from glossator.naming.languages import main_language
from glossator.naming.lexicon import EMBEDDING_WORDS, STOP_WORDS, UNINITIALLED
from glossator.naming.normalise import words
from glossator.naming.regions import Region
from glossator.stages.resolve.blocking import DescriptorSpan, Occurrence, OccurrenceTable
from glossator.well_known import region_told

FEW = 3
"""Articles of an entity at most of which one may introduce it by itself."""

MANY = 10
"""Articles of an entity beyond which everybody knows it, so that only what several say of it introduces it.

Of the sentences, only one that says what it is counts then."""

VOICES = 3
"""Articles that say of a well-known entity what introduces it, at least."""

SHORTEST = 12
"""Characters of a descriptor that says enough, at least; "the firm" does not."""

LONGEST = 140
"""Characters of a descriptor at most; more is a sentence of its own."""

SENTENCES = 3
"""Sentences that are chosen, of different articles."""

SHOWN = frozenset({"phrase"})
DESCRIBING = frozenset({"phrase", "gloss"})
"""Kinds of descriptors that are shown, and those that show that an article describes an entity."""
QUOTED = frozenset({"sentence", "definition"})
"""Kinds of descriptors that are whole sentences."""
REGIONS = frozenset({"region", "setting"})
"""Kinds of descriptors that tell where a place may be."""

_CONTENT_WORD = re.compile(r"\w{3,}")
_WORDS_OF_GRAMMAR = STOP_WORDS | EMBEDDING_WORDS | UNINITIALLED


class Candidate(NamedTuple):
    """A descriptor of one article."""

    published: str
    """Date of the article, or empty."""
    article: ArticleId
    span: DescriptorSpan
    is_in_site_language: bool

    @property
    def year(self) -> str:
        return self.published[:4]

    def chosen(self) -> ChosenDescriptor:
        return ChosenDescriptor(self.span.text, self.article, self.span.start, self.span.end, self.span.kind)


def choose_descriptors(
    table: OccurrenceTable, occurrences: Iterable[Occurrence], kind: EntityType, forms: Collection[str]
) -> tuple[ChosenDescriptor | None, tuple[ChosenDescriptor, ...]]:
    """Return the descriptor that introduces an entity, if one does, and the sentences that tell most of it.

    `occurrences` are those of the entity, `kind` is its type, `forms` are its names.
    """
    occurrences = list(occurrences)
    candidates = list(_candidates(table, occurrences)) if table.descriptors else []
    introducing = list(_fitting(candidates, kind, forms))
    articles = len({table.articles[occurrence] for occurrence in occurrences})
    if introducing and articles > FEW:
        introducing = list(_trusted(introducing, articles, kind, forms))
    quoted = [candidate for candidate in candidates if candidate.span.kind in QUOTED]
    fit = [candidate for candidate in quoted if articles <= MANY or _defines(candidate, kind)]
    sentences = tuple(candidate.chosen() for candidate in _key_sentences(fit))
    return _newest(introducing).chosen() if introducing else None, sentences


def named_regions(table: OccurrenceTable, occurrences: Iterable[Occurrence]) -> tuple[NamedRegion, ...]:
    """Return the regions that the articles of a place name in which it may be, sorted."""
    naming: dict[Region, dict[ArticleId, bool]] = defaultdict(lambda: defaultdict(bool))
    for candidate in _candidates(table, occurrences) if table.descriptors else ():
        if candidate.span.kind in REGIONS and (region := region_told(candidate.span.text)):
            naming[region][candidate.article] |= candidate.span.kind == "region"
    return tuple(NamedRegion(*region, len(behind), sum(behind.values())) for region, behind in sorted(naming.items()))


def is_child(table: OccurrenceTable, occurrences: Sequence[Occurrence]) -> bool:
    """True if half of the articles with a name, or more, give an age below 16 beside it."""
    ages = {candidate.article for candidate in _candidates(table, occurrences) if candidate.span.kind == "age"}
    return bool(ages) and 2 * len(ages) >= len({table.articles[occurrence] for occurrence in occurrences})


def is_described(
    table: OccurrenceTable, occurrences: Iterable[Occurrence], kind: EntityType, forms: Iterable[str]
) -> bool:
    """True if an article says in any words who or what an entity is, too vague though they may be to be shown."""
    candidates = _candidates(table, occurrences) if table.descriptors else ()
    return any(_fitting(candidates, kind, forms, DESCRIBING))


def _candidates(table: OccurrenceTable, occurrences: Iterable[Occurrence]) -> Iterator[Candidate]:
    for occurrence in occurrences:
        if occurrence in table.descriptors:
            dated = table.descriptors[occurrence]
            language = table.name(occurrence).language
            is_own = not language or language == main_language(table.site_language)
            for span in dated.spans:
                yield Candidate(dated.published or "", table.articles[occurrence], span, is_own)


def _fitting(
    candidates: Iterable[Candidate], kind: EntityType, forms: Iterable[str], said_as: Collection[str] = SHOWN
) -> Iterator[Candidate]:
    """Yield the descriptors that say more than the entity's names, and whose noun does not contradict its type."""
    names = [frozenset(words(form)) for form in forms]
    for candidate in candidates:
        if candidate.span.kind in said_as and not contradicts(head_noun(candidate.span.text), kind):
            phrase_words = frozenset(words(candidate.span.text)) - {"the"}
            if not any(map(phrase_words.issubset, names)):
                yield candidate


def _trusted(
    candidates: Sequence[Candidate], articles: int, kind: EntityType, forms: Iterable[str]
) -> Iterator[Candidate]:
    """Yield the descriptors that may introduce an entity of several articles; `articles` is their number.

    What one text says of a name is seldom what the others mean by it, and the more articles have the name, the better
    is it known, and the less needs it an odd phrase. So words count that other articles confirm, or whose noun tells
    the entity's type; of what everybody knows, only words that several articles confirm.
    """
    own = frozenset(word for form in forms for word in _content(form))
    content_words = {text: _content(text) - own for text in {candidate.span.text for candidate in candidates}}
    by_article: dict[ArticleId, set[str]] = defaultdict(set)
    for candidate in candidates:
        by_article[candidate.article] |= content_words[candidate.span.text]
    # Articles that copy each other speak with one voice.
    times = Counter(word for content in set(map(frozenset, by_article.values())) for word in content)
    for candidate in candidates:
        text = candidate.span.text
        if articles > MANY:
            trusted = _is_confirmed(content_words[text], times, VOICES)
        else:
            trusted = _is_confirmed(content_words[text], times, 2) or _tells_type(text, kind)
        if trusted:
            yield candidate


def _is_confirmed(content: Collection[str], times: Mapping[str, int], voices: int) -> bool:
    """True if so many articles have most words of a descriptor."""
    return bool(content) and 2 * sum(times[word] >= voices for word in content) >= len(content)


def _content(text: str) -> frozenset[str]:
    return frozenset(_CONTENT_WORD.findall(text.casefold())) - _WORDS_OF_GRAMMAR


def _tells_type(text: str, kind: EntityType) -> bool:
    """True if the noun of a descriptor tells the entity's type, or one that texts call by the same names."""
    types = types_told(text)
    return bool(types & ALIKE) if kind in ALIKE else kind in types


def _newest(candidates: Sequence[Candidate]) -> Candidate:
    """Return the most telling descriptor of the newest year that has one, in the wording of most articles.

    A year, because otherwise every new article about a president would change all pages that mention him.
    """

    def says_enough(candidate: Candidate) -> bool:
        return SHORTEST <= len(candidate.span.text) <= LONGEST

    enough = [candidate for candidate in candidates if says_enough(candidate)] or candidates
    year = max(candidate.year for candidate in enough)
    fit = [candidate for candidate in enough if candidate.year == year]
    votes = Counter(candidate.span.text.casefold() for candidate in fit)
    return min(
        fit,
        key=lambda candidate: (
            -votes[candidate.span.text.casefold()],
            candidate.published,
            candidate.article,
            candidate.span.start,
        ),
    )


def _defines(candidate: Candidate, kind: EntityType) -> bool:
    """True if a sentence says what an entity is by a noun that tells the entity's type."""
    definition = DEFINITION.search(candidate.span.text)
    return candidate.span.kind == "definition" and definition is not None and _tells_type(definition["phrase"], kind)


def _key_sentences(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the sentences that tell most: of different articles, if possible of different years.

    Those in the site's language are first, of these the ones that say what the entity is, then the newest.
    """

    def rank(candidate: Candidate) -> tuple[bool, bool, str, int, ArticleId, int]:
        span = candidate.span
        defines = span.kind == "definition"
        return candidate.is_in_site_language, defines, candidate.year, len(span.text), candidate.article, span.start

    sentences = sorted(candidates, key=rank, reverse=True)
    newest = {candidate.year: candidate for candidate in reversed(sentences)}
    ordered = [*sorted(newest.values(), key=rank, reverse=True), *sentences]
    by_article = {candidate.article: candidate for candidate in reversed(ordered)}
    chosen = sorted(by_article.values(), key=ordered.index)[:SENTENCES]
    return sorted(chosen, key=rank, reverse=True)
