"""Numbers of the archive that a number of a draft may restate, with how much the words around both have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from glossator.passages.words import base, is_indexed, single
from glossator.stages.proof.attribution import Publications
from glossator.stages.proof.content_words import says_something, stems
from glossator.stages.proof.match import MOST_CANDIDATES
from glossator.stages.proof.own_sentences import Own, OwnName
from glossator.stages.proof.quantity import Quantity
from glossator.stages.proof.sources import SearchableArticle, SearchedArchive
from glossator.stages.proof.statements import Figure, NumberSentence

HALF = 0.5
"""Part that is enough: of the likeliest article's weight, of the best score, of what a sentence says."""
OWN = 3
"""Times that the words of the sentence itself count, beside those of the sentences around it."""
ABOUT = 0.55
"""Part of what the words of a sentence, and of those around it, say that an article has if they are about it. Right
articles have 0.6 and more; in drafts on other things the likeliest one has 0.4, and one in twenty 0.65."""
IN_SENTENCE = 0.85
"""Weight of a word that the archive has in another clause, or in the heading above."""
NEARBY = 0.4
"""Weight of a word that the archive has in a sentence beside it."""


class Likely(NamedTuple):
    """An article that a sentence is about."""

    article: SearchableArticle
    weight: float
    """Part of what the words of the sentence, and of those around it, say that it has."""
    names: tuple[frozenset[str], ...]
    """The names of the sentence as content words, if it has all of them."""
    is_first: bool
    """True if no other article has more of it."""
    is_subject: bool
    """True if the sentence is plainly about what the article is about, by most of the words, and by names."""


class Counterpart(NamedTuple):
    """A number of the archive that one of the draft may restate."""

    likely: Likely
    statement: NumberSentence
    quantity: Quantity
    has_names: bool
    """True if the names of the draft's sentence stand in it, beside it or in the heading above."""
    score: float
    """Information of the shared words, in bits."""
    coverage: float
    """Part of what those of the draft's words say that the article has, that is shared."""
    shared: int
    """Content words that both sentences share."""


def likely_articles(
    own: Own, context: Sequence[Own], archive: SearchedArchive, publications: Publications
) -> list[Likely]:
    """Return the articles that a sentence may be about, by its words and those of the sentences around it."""
    keys = _keys(own) * OWN + [key for other in context for key in _keys(other)]
    candidates = archive.candidates(keys, MOST_CANDIDATES)
    whole = sum(map(archive.index.weight, keys)) or 1
    shares = [each.weight / whole for each in candidates]
    names = [name for name in own.names if _is_in(name, archive)]
    likely = []
    for each, share in zip(candidates, shares, strict=True):
        article = archive.article(each.article)
        if article is None or share < HALF * shares[0]:
            continue
        fits = all(_names(article, name) or publications.has(name.form) for name in names)
        held = tuple(stems(name.words) for name in names if _names(article, name)) if fits else ()
        around = any(_names(article, name) for other in context for name in other.names)
        first = share == shares[0]
        is_subject = fits and share >= ABOUT and (bool(held) or (first and around))
        likely.append(Likely(article, share, held, first, is_subject))
    return likely


def _keys(own: Own) -> list[int]:
    """Return the hashes of the words of a sentence that say something by themselves."""
    words = own.words
    return [
        single(word)
        for at, word in enumerate(words.folded)
        if is_indexed(words.written(at)) and says_something(base(word))
    ]


def _is_in(name: OwnName, archive: SearchedArchive) -> bool:
    """True if the archive has any word of a name: one that it does not know is a fault of its own."""
    return any(archive.holders([single(word)]) for word in name.words)


def _names(article: SearchableArticle, name: OwnName) -> bool:
    """True if an article has any word of a name: in its text or title, as its author or publication."""
    return not (name.words.isdisjoint(article.vocabulary) and name.words.isdisjoint(article.head_words))


def counterparts(own: Own, likely: Sequence[Likely]) -> list[Counterpart]:
    """Return the numbers of the likely articles, those first whose words have most in common with the draft's."""
    others = [other for each in likely for other in _in_article(own, each)]
    return sorted(others, key=lambda other: (-other.score, other.likely.article.head.id, other.quantity.start))


def _in_article(own: Own, likely: Likely) -> Iterator[Counterpart]:
    stated = likely.article.statements
    focus = {word: stated.weights.get(word, 0.0) for word in own.content}
    whole = sum(focus.values()) or 1
    for statement in stated.sentences:
        for other in statement.figures:
            score = _score(focus, other, statement)
            around = statement.words | statement.near
            has_names = all(not name.isdisjoint(around) for name in likely.names)
            shared = len(own.content & around)
            yield Counterpart(likely, statement, other.quantity, has_names, score, score / whole, shared)


def _score(focus: Mapping[str, float], figure: Figure, statement: NumberSentence) -> float:
    score = 0.0
    for word, weight in focus.items():
        if word in figure.clause:
            score += weight
        elif word in statement.words:
            score += weight * IN_SENTENCE
        elif word in statement.near:
            score += weight * NEARBY
    return score
