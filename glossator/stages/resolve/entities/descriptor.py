"""The descriptors of an entity's articles -> those that introduce the entity on its page and on cards."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from glossator.model import ArticleId, ChosenDescriptor, EntityType
from glossator.naming.head_nouns import ALIKE, contradicts, head_noun, types_told
from glossator.naming.lexicon import EMBEDDING_WORDS, STOP_WORDS, UNINITIALLED
from glossator.naming.normalise import words
from glossator.stages.resolve.blocking import DescriptorSpan, Occurrence, OccurrenceTable

KINDS = ("phrase", "gloss", "remark")
"""Kinds of a descriptor that introduces, the most telling first."""

FEW = 3
"""Articles of an entity at most of which one may introduce it by itself."""

CONFIRMING = 0.25
"""Share of the articles with descriptors of an entity, at least, that have a word of one that they confirm."""

SHORTEST = 12
"""Characters of a descriptor that says enough, at least; "the firm" does not."""

LONGEST = 140
"""Characters of a descriptor at most; more is a sentence of its own."""

SENTENCES = 2
"""Sentences that are chosen: the page of one article shows that of the other."""


_CONTENT_WORD = re.compile(r"\w{3,}")
_WORDS_OF_GRAMMAR = STOP_WORDS | EMBEDDING_WORDS | UNINITIALLED


class Candidate(NamedTuple):
    """A descriptor of one article."""

    published: str
    """Date of the article, or empty."""
    article: ArticleId
    span: DescriptorSpan

    @property
    def year(self) -> str:
        return self.published[:4]

    def chosen(self) -> ChosenDescriptor:
        return ChosenDescriptor(self.span.text, self.article, self.span.start, self.span.end, self.span.kind)


def choose_descriptors(
    table: OccurrenceTable, occurrences: Iterable[Occurrence], kind: EntityType, forms: Collection[str]
) -> tuple[ChosenDescriptor | None, tuple[ChosenDescriptor, ...]]:
    """Return the descriptor that introduces an entity, and if there is none the sentences that tell most.

    `occurrences` are those of the entity, `kind` is its type, `forms` are its names.
    """
    occurrences = list(occurrences)
    candidates = list(_candidates(table, occurrences)) if table.descriptors else []
    introducing = list(_fitting(candidates, kind, forms))
    articles = len({table.articles[occurrence] for occurrence in occurrences})
    if introducing and articles > 1:
        introducing = list(_trusted(introducing, articles, kind, forms))
    if introducing:
        return _newest(introducing).chosen(), ()
    return None, tuple(candidate.chosen() for candidate in _key_sentences(candidates, forms))


def _candidates(table: OccurrenceTable, occurrences: Iterable[Occurrence]) -> Iterator[Candidate]:
    for occurrence in occurrences:
        if occurrence in table.descriptors:
            dated = table.descriptors[occurrence]
            for span in dated.spans:
                yield Candidate(dated.published or "", table.articles[occurrence], span)


def _fitting(candidates: Iterable[Candidate], kind: EntityType, forms: Iterable[str]) -> Iterator[Candidate]:
    """Yield the descriptors that say more than the entity's names, and whose noun does not contradict its type."""
    names = [frozenset(words(form)) for form in forms]
    introducing = [candidate for candidate in candidates if candidate.span.kind in KINDS]
    said = {text: frozenset(words(text)) - {"the"} for text in {candidate.span.text for candidate in introducing}}
    saying_more = {text for text, content in said.items() if not any(map(content.issubset, names))}
    fitting = {text for text in saying_more if not contradicts(head_noun(text), kind)}
    for candidate in introducing:
        if candidate.span.text in (saying_more if candidate.span.kind == "remark" else fitting):
            yield candidate


def _trusted(
    candidates: Sequence[Candidate], articles: int, kind: EntityType, forms: Iterable[str]
) -> Iterator[Candidate]:
    """Yield the descriptors that may introduce an entity of several articles; `articles` is their number.

    What one text says of a name is seldom what the others mean by it, and the more articles have the name, the better
    is it known, and the less needs it an odd phrase. So words count that other articles confirm, and else a phrase if
    its noun tells the entity's type or the articles are few, a gloss if both are true.
    """
    own = frozenset(word for form in forms for word in _content(form))
    said = {text: _content(text) - own for text in {candidate.span.text for candidate in candidates}}
    by_article: dict[ArticleId, set[str]] = defaultdict(set)
    for candidate in candidates:
        by_article[candidate.article] |= said[candidate.span.text]
    # Articles that copy each other speak with one voice.
    times = Counter(word for content in set(map(frozenset, by_article.values())) for word in content)
    enough = max(1, CONFIRMING * len(by_article))
    few = articles <= FEW
    signs = {
        text: len(KINDS) if _is_confirmed(content, times, enough) else few + _tells_type(text, kind)
        for text, content in said.items()
    }
    for candidate in candidates:
        if KINDS.index(candidate.span.kind) < signs[candidate.span.text]:
            yield candidate


def _is_confirmed(content: Collection[str], times: Mapping[str, int], enough: float) -> bool:
    """True if most words of a descriptor are in other articles, and on average in enough of them."""
    others = [times[word] - 1 for word in content]
    is_shared = 2 * sum(map(bool, others)) >= max(1, len(others))
    return is_shared and sum(others) >= enough * len(others)


def _content(text: str) -> frozenset[str]:
    return frozenset(_CONTENT_WORD.findall(text.casefold())) - _WORDS_OF_GRAMMAR


def _tells_type(text: str, kind: EntityType) -> bool:
    """True if the noun of a descriptor tells the entity's type, or one that texts call by the same names."""
    told = types_told(text)
    return bool(told & ALIKE) if kind in ALIKE else kind in told


def _newest(candidates: Sequence[Candidate]) -> Candidate:
    """Return the most telling descriptor of the newest year that has one, in the wording of most articles.

    A year, because otherwise every new article about a president would change all pages that mention him.
    """

    def grade(candidate: Candidate) -> tuple[bool, int]:
        return not SHORTEST <= len(candidate.span.text) <= LONGEST, KINDS.index(candidate.span.kind)

    best = min(map(grade, candidates))
    year = max(candidate.year for candidate in candidates if grade(candidate) == best)
    fit = [candidate for candidate in candidates if grade(candidate) == best and candidate.year == year]
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


def _key_sentences(candidates: Iterable[Candidate], forms: Collection[str]) -> Iterator[Candidate]:
    """Yield the sentences that tell most: those about the entity, then the newest, then the longest."""
    beginnings = tuple(forms)

    def rank(candidate: Candidate) -> tuple[bool, int, int, ArticleId, int]:
        about = candidate.span.text.removeprefix("The ").startswith(beginnings)
        return (
            not about,
            -int(candidate.year) if candidate.year.isdigit() else 0,
            -len(candidate.span.text),
            candidate.article,
            candidate.span.start,
        )

    articles: set[ArticleId] = set()
    for candidate in sorted((candidate for candidate in candidates if candidate.span.kind == "sentence"), key=rank):
        if len(articles) < SENTENCES and candidate.article not in articles:
            articles.add(candidate.article)
            yield candidate
