"""The descriptors of an entity's articles -> those that introduce the entity on its page and on cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from glossator.model import ArticleId, ChosenDescriptor, EntityType
from glossator.naming.head_nouns import contradicts, head_noun
from glossator.naming.normalise import words
from glossator.stages.resolve.blocking.occurrences import DescriptorSpan, Occurrence, OccurrenceTable

KINDS = ("phrase", "gloss", "remark")
"""Kinds of a descriptor that introduces, the most telling first.

A remark introduces no entity of several articles: what one text says of it is seldom what the others mean.
"""

SHORTEST = 12
"""Characters of a descriptor that says enough, at least; "the firm" does not."""

LONGEST = 140
"""Characters of a descriptor at most; more is a sentence of its own."""

SENTENCES = 2
"""Sentences that are chosen: the page of one article shows that of the other."""


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
    kinds = KINDS if len({table.articles[occurrence] for occurrence in occurrences}) == 1 else KINDS[:2]
    introducing = [
        candidate for candidate in candidates if candidate.span.kind in kinds and _fits(candidate.span, kind, forms)
    ]
    if introducing:
        return _newest(introducing).chosen(), ()
    return None, tuple(candidate.chosen() for candidate in _key_sentences(candidates, forms))


def _candidates(table: OccurrenceTable, occurrences: Iterable[Occurrence]) -> Iterator[Candidate]:
    for occurrence in occurrences:
        if occurrence in table.descriptors:
            dated = table.descriptors[occurrence]
            for span in dated.spans:
                yield Candidate(dated.published or "", table.articles[occurrence], span)


def _fits(span: DescriptorSpan, kind: EntityType, forms: Collection[str]) -> bool:
    """True if a descriptor says more than the entity's names, and its noun does not contradict the entity's type."""
    said = frozenset(words(span.text)) - {"the"}
    if any(said.issubset(words(form)) for form in forms):
        return False
    return span.kind == "remark" or not contradicts(head_noun(span.text), kind)


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
