"""Sentences of a draft that restate one of the archive: do their numbers agree?

Only what is tied by two names, or by a name and three rarer words, is compared; what is not plain is no fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
from rapidfuzz.distance import Levenshtein

from glossator.model import Analysis, Mention
from glossator.stages.proof.draft import DraftQuotation, ProofDraft
from glossator.stages.proof.findings import DraftFinding, FindingKind, WordChange
from glossator.stages.proof.quantities import Quantity, agree, is_same_kind, quantities, rounds
from glossator.stages.proof.sources import SearchableArticle, SearchedArchive
from glossator.stages.proof.words import SHORT, FoldedWords, base, hashes, words_of

MOST_ARTICLES = 5
FEWEST_RARE = 3
RARE_LETTERS = 5
"""Letters of a word that is no name and yet says what a sentence is about, at least."""
SHARED_RARE = 0.5
"""Part of a sentence's rarer words that the other one has, if they share one name."""
SHARED_BESIDE_NAMES = 0.34
"""Part of a sentence's rarer words that the other one has, if they share two names."""
MUTUAL = 0.5
"""Part of the rarer words of both sentences that are shared, from which numbers in other places are compared. In 107
pairs of related articles the right ones have 0.55, wrong ones 0.33 and less."""
NEARLY_EQUAL = 0.7
"""Part of the words of the shorter sentence that are equal and in order in the other one, from which a number in the
place of another one is the number that was restated."""
FEWEST_NEAR = 10
"""Words of a sentence of the archive that a longer one of the draft may contain, nearly equal."""
LONGEST = 120
"""Words of a sentence that is compared."""

Sentences = Mapping[str, Sequence[tuple[int, int]]]


class Own(msgspec.Struct, frozen=True):
    """A sentence of the draft's own, without what it quotes."""

    start: int
    end: int
    words: FoldedWords
    names: tuple[frozenset[str], ...]
    """The words of each name in the sentence."""
    rare: frozenset[str]
    quantities: tuple[Quantity, ...]


class Tied(NamedTuple):
    """A sentence of the archive that the draft restates."""

    share: float
    """Part of the rarer words of the draft's sentence that it has."""
    mutual: float
    """Part of the rarer words of both that they share."""
    article: SearchableArticle
    start: int
    end: int
    quantities: Sequence[Quantity]


def check_restatements(draft: ProofDraft, analysis: Analysis, archive: SearchedArchive) -> Iterator[DraftFinding]:
    """Yield the numbers of the draft's own sentences that a sentence of the archive contradicts."""
    for own in own_sentences(draft, analysis):
        if own.quantities and own.names:
            yield from _contradicted(draft, own, list(tied_sentences(own, archive)))


def own_sentences(draft: ProofDraft, analysis: Analysis) -> Iterator[Own]:
    content = draft.text.content
    for start, end in analysis.sentences:
        quoted = [one for one in draft.quotations if one.start < end and start < one.end]
        words = words_of(_without(content, quoted, start, end), start, end)
        if not 4 <= len(words) <= LONGEST:
            continue
        mentions = [one for one in analysis.mentions if start <= one.start and one.end <= end]
        mentions = [one for one in mentions if not any(q.start < one.end and one.start < q.end for q in quoted)]
        named = {one.name: frozenset(_key_words(content[one.start : one.end])) for one in mentions}
        names = (*(words for words in named.values() if words), *_overlooked(words, mentions))
        inside = frozenset(word for name in names for word in name)
        rare = (
            frozenset(word for word in map(base, words.folded) if len(word) >= RARE_LETTERS and word.isalpha()) - inside
        )
        yield Own(start, end, words, names, rare, tuple(quantities(words.content, start, end)))


def _overlooked(words: FoldedWords, mentions: Sequence[Mention]) -> Iterator[frozenset[str]]:
    """Yield the capitalised words within a sentence that are in no mention: names that the model overlooked."""
    for index in range(1, len(words)):
        written, start = words.written(index), words.starts[index]
        if written[0].isupper() and len(written) > SHORT and not any(one.start <= start < one.end for one in mentions):
            yield frozenset([base(words.folded[index])])


def _without(content: str, quoted: Iterable[DraftQuotation], start: int, end: int) -> str:
    """Return the text with blanks in the place of quotations."""
    for one in quoted:
        first, last = max(start, one.start), min(end, one.end)
        content = content[:first] + " " * (last - first) + content[last:]
    return content


def _key_words(form: str) -> list[str]:
    """Return the words by which a name is known in another sentence: the last of a person's, long ones of others."""
    return [base(word) for word in words_of(form).folded if len(word) > SHORT or word.isdigit()]


def tied_sentences(own: Own, archive: SearchedArchive) -> Iterator[Tied]:
    """Yield the sentences of the archive that share two names, or a name and most of the rarer words."""
    keys = hashes(own.words.content, own.start, own.end)
    for candidate in archive.candidates(keys.tolist(), MOST_ARTICLES):
        article = archive.article(candidate.article)
        if article is None:
            continue
        for start, end, vocabulary in article.sentences:
            names = sum(bool(name & vocabulary) for name in own.names)
            if not names:
                continue
            shared = len(own.rare & vocabulary)
            share = shared / max(1, len(own.rare))
            if (names >= 2 and share >= SHARED_BESIDE_NAMES) or (shared >= FEWEST_RARE and share >= SHARED_RARE):
                theirs = {word for word in vocabulary if len(word) >= RARE_LETTERS and word.isalpha()}
                mutual = shared / max(1, len(theirs | own.rare))
                yield Tied(share, mutual, article, start, end, quantities(article.words.content, start, end))


def _contradicted(draft: ProofDraft, own: Own, tied: Sequence[Tied]) -> Iterator[DraftFinding]:
    ranked = sorted(tied, key=lambda one: (-one.share, one.article.head.id, one.start))
    for quantity in own.quantities:
        placed = [(one, other) for one in ranked for other in _in_its_place(own, quantity, one)]
        if any(other is quantity or rounds(quantity, other) for _, other in placed):
            continue
        if not placed and any(_says(quantity, other) for one in ranked for other in one.quantities):
            continue
        against = placed or [(one, other) for one in ranked if (other := _against(own, quantity, one))]
        if not against:
            continue
        (one, other), rest = against[0], against[1:]
        yield _finding(draft, quantity, one, other, "number")
        differing = next(((more, theirs) for more, theirs in rest if _differ(one, other, more, theirs)), None)
        if differing:
            yield _finding(draft, quantity, *differing, "disputed")


def _says(quantity: Quantity, other: Quantity) -> bool:
    """True if a sentence of the archive says the number, whatever it counts there if the draft does not say."""
    if quantity.value == other.value:
        return True
    dates = ("day", "month", "year")
    same = is_same_kind(quantity, other) or (quantity.unit in dates and other.unit in dates)
    return same and agree(quantity, other)


def _against(own: Own, quantity: Quantity, tied: Tied) -> Quantity | None:
    """Return the one number of a sentence that counts what one of the draft counts; None if that is not plain."""
    if tied.mutual < MUTUAL:
        return None
    free = [other for other in tied.quantities if is_same_kind(quantity, other)]
    free = [other for other in free if not any(_says(one, other) for one in own.quantities)]
    alike = [one for one in own.quantities if is_same_kind(one, quantity)]
    return free[0] if len(free) == 1 and len(alike) == 1 and quantity.unit not in ("year", "month") else None


def _in_its_place(own: Own, quantity: Quantity, tied: Tied) -> list[Quantity]:
    """Return the number in the place of the draft's, if both sentences are nearly equal.

    It is the draft's own one if the words of the place are equal.
    """
    theirs = words_of(tied.article.words.content, tied.start, tied.end)
    codes = Levenshtein.opcodes(own.words.folded, theirs.folded)
    equal = sum(code.src_end - code.src_start for code in codes if code.tag == "equal")
    if equal < NEARLY_EQUAL * min(len(own.words), max(len(theirs), FEWEST_NEAR)):
        return []
    inside = [
        index
        for index in range(len(own.words))
        if own.words.starts[index] < quantity.end and quantity.start < own.words.ends[index]
    ]
    at = [code for code in codes if any(code.src_start <= index < code.src_end for index in inside)]
    if all(code.tag == "equal" for code in at):
        return [quantity]
    replaced = [code for code in at if code.tag == "replace"]
    if not replaced:
        return []
    first, last = theirs.starts[replaced[0].dest_start], theirs.ends[replaced[-1].dest_end - 1]
    found = [other for other in tied.quantities if first < other.end and other.start < last]
    return found if len(found) == 1 else []


def _differ(one: Tied, other: Quantity, more: Tied, theirs: Quantity) -> bool:
    elsewhere = one.article.article.known.publication != more.article.article.known.publication
    return elsewhere and one.article is not more.article and not _says(other, theirs)


def _finding(draft: ProofDraft, quantity: Quantity, tied: Tied, other: Quantity, kind: FindingKind) -> DraftFinding:
    place = tied.article.place(tied.start, tied.end)
    theirs = tied.article.words.content[other.start : other.end]
    start, end = draft.source_span(quantity.start, quantity.end)
    said = draft.text.content[quantity.start : quantity.end]
    differs = kind == "disputed"
    message = f"{'The archive differs: ' if differs else ''}{place.named} has {theirs}."
    change = () if differs else (WordChange("number", said, theirs, start, end),)
    return DraftFinding(start, end, said, kind, message, place, difference=change, confidence=round(tied.share, 2))
