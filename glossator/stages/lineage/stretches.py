"""Two texts -> the stretches of words that both have: runs of equal words, and what differs between them.

See Altschul, Gish, Miller, Myers and Lipman, Basic local alignment search tool, 1990.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from glossator.passages.words import LONG as LONG_ALONE
from glossator.stages.lineage.compared_text import ComparedText
from glossator.stages.lineage.fingerprints import LONG, is_long

GAP = 12
"""Words that may differ between two runs of equal words."""
FEWEST_WORDS = 10
FEWEST_LONG = 4
"""Equal words of a stretch, and those among them that say something: fewer are a turn of phrase."""
SENTENCE = 16
FEWEST_LONG_ALONE = 3
"""Equal words of a part of a sentence, and those among them that say something by themselves if it is shorter."""
FEWEST_SAID = 3
"""Equal words of a quotation that are long."""
AMISS = 1.5
"""Equal words that outweigh one that is not."""
AMISS_AGAIN = 0.5
"""Equal words that outweigh each further one beside it (Gotoh, 1982)."""
LEAST_ALIKE = 0.7
"""Share of the words of a stretch, and of a quotation, that are equal."""

Pairs = Sequence[tuple[int, int]]
"""Equal words in order, each by its index in either text."""


def stretches(text: ComparedText, other: ComparedText, rare_hashes: AbstractSet[int] = frozenset()) -> list[Pairs]:
    """Return the stretches that two texts share, in the order of the first.

    If there are `rare_hashes`, one of the stretches must hold one of them: else all stretches are what many have.
    """
    chained = (_trimmed(_filled(text, other, chain)) for chain in _chains(sorted(_runs(text, other))))
    candidates = [*(pairs for pairs in chained if _is_enough(text, other, pairs)), *_quoted(text, other)]
    apart: list[Pairs] = []
    for pairs in sorted(candidates, key=lambda pairs: (-len(pairs), pairs[0])):
        if not any(_overlap(pairs, stretch) for stretch in apart):
            apart.append(pairs)
    if rare_hashes and not any(_holds(text, pairs, rare_hashes) for pairs in apart):
        return []
    return sorted(apart, key=lambda pairs: pairs[0])


def _holds(text: ComparedText, pairs: Pairs, hashes: AbstractSet[int]) -> bool:
    """True if a stretch holds the shingle, or the end of the quotation, of one of some hashes."""
    starts = (start for key in hashes & text.places.keys() for start in text.places[key])
    quoted = (end - 1 for key in hashes & text.quotations.keys() for _, end in text.quotations[key])
    return any(pairs[0][0] <= word <= pairs[-1][0] for word in (*starts, *quoted))


Run = tuple[int, int, int]
"""First word in either text, and number of equal words."""


def _runs(text: ComparedText, other: ComparedText) -> Iterator[Run]:
    """Yield the longest runs of equal words around each seed that both have."""
    here, there = text.words.folded, other.words.folded
    ends: dict[int, int] = {}
    shared = text.seeds.keys() & other.seeds.keys()
    for start, at in sorted((start, at) for key in shared for start in text.seeds[key] for at in other.seeds[key]):
        if ends.get(at - start, -1) >= start:
            continue
        first, place, last, end = start, at, start, at
        while first and place and here[first - 1] == there[place - 1]:
            first, place = first - 1, place - 1
        while last < len(here) and end < len(there) and here[last] == there[end]:
            last, end = last + 1, end + 1
        ends[at - start] = last
        if last > first:
            yield first, place, last - first


def _chains(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs, sorted, in chains: each follows the one before in both texts, after a few words at most."""
    chains: list[list[Run]] = []
    ending: list[list[Run]] = []
    for run in runs:
        ending = [chain for chain in ending if run[0] <= chain[-1][0] + chain[-1][2] + GAP]
        for chain in reversed(ending):
            first, place, length = chain[-1]
            if run[0] >= first + length and 0 <= run[1] - place - length <= GAP:
                chain.append(run)
                break
        else:
            ending.append([run])
            chains.append(ending[-1])
    return chains


def _filled(text: ComparedText, other: ComparedText, chain: Sequence[Run]) -> list[tuple[int, int]]:
    """Return the equal words of a chain, with those before, between and after its runs."""
    first, place, _ = chain[0]
    pairs = _aligned(text, other, (_reach(text, first)[0], first), (_reach(other, place)[0], place))
    pairs += _run_pairs(chain[0])
    for (start, at, length), run in pairwise(chain):
        pairs += _aligned(text, other, (start + length, run[0]), (at + length, run[1]))
        pairs += _run_pairs(run)
    start, at, length = chain[-1]
    last, end = start + length, at + length
    return pairs + _aligned(text, other, (last, _reach(text, last - 1)[1]), (end, _reach(other, end - 1)[1]))


def _reach(text: ComparedText, word: int) -> tuple[int, int]:
    """Return the bounds, in words, of what is looked at before and after a word: some words of its block."""
    block = text.block(word)
    first, last = text.words.between(block.start, block.end)
    return max(first, word - GAP), min(last, word + 1 + GAP)


def _run_pairs(run: Run) -> list[tuple[int, int]]:
    start, at, length = run
    return [(start + step, at + step) for step in range(length)]


def _aligned(
    text: ComparedText, other: ComparedText, here: tuple[int, int], there: tuple[int, int]
) -> list[tuple[int, int]]:
    """Return the equal words of two short stretches, given by their bounds."""
    words, others = text.words.folded[slice(*here)], other.words.folded[slice(*there)]
    if not words or not others:
        return []
    return [
        (here[0] + code.src_start + step, there[0] + code.dest_start + step)
        for code in Levenshtein.opcodes(words, others)
        if code.tag == "equal"
        for step in range(code.src_end - code.src_start)
    ]


def _trimmed(pairs: Pairs) -> Pairs:
    """Return the part in which equal words outweigh the others most (Bentley, Programming pearls, 1984)."""
    best, total, begun, bounds = 0.0, 0.0, 0, (0, 0)
    for index, (start, at) in enumerate(pairs):
        if index:
            left_out = max(start - pairs[index - 1][0], at - pairs[index - 1][1]) - 1
            total -= AMISS + AMISS_AGAIN * (left_out - 1) if left_out else 0
        if total < 0:
            total, begun = 0.0, index
        total += 1
        if total > best:
            best, bounds = total, (begun, index + 1)
    return pairs[slice(*bounds)]


def _is_enough(text: ComparedText, other: ComparedText, pairs: Pairs) -> bool:
    """True if the equal words, those by which somebody is introduced aside, are enough to be of one origin."""
    own = [here for here, there in pairs if here not in text.introductions and there not in other.introductions]
    if len(own) < FEWEST_WORDS or _alike(pairs) < LEAST_ALIKE:
        return False
    if sum(is_long(text.words.written(word)) for word in own) < FEWEST_LONG:
        return False
    if len(pairs) >= SENTENCE or sum(len(text.words.folded[word]) >= LONG_ALONE for word in own) >= FEWEST_LONG_ALONE:
        return True
    return all(side.is_whole(pairs[0][at], pairs[-1][at]) for at, side in enumerate((text, other)))


def _alike(pairs: Pairs) -> float:
    """Return the share of equal words."""
    return len(pairs) / (1 + max(pairs[-1][side] - pairs[0][side] for side in (0, 1)))


def _quoted(text: ComparedText, other: ComparedText) -> Iterator[Pairs]:
    """Yield the equal words of quotations that begin or end alike, and are alike in most words."""
    for key in sorted(text.quotations.keys() & other.quotations.keys()):
        for here in text.quotations[key]:
            for there in other.quotations[key]:
                pairs = _aligned(text, other, here, there)
                longest = max(here[1] - here[0], there[1] - there[0])
                said = sum(len(text.words.folded[start]) >= LONG for start, _ in pairs)
                if len(pairs) >= LEAST_ALIKE * longest and said >= FEWEST_SAID:
                    yield pairs


def _overlap(pairs: Pairs, others: Pairs) -> bool:
    """True if two stretches have words of either text in common."""
    return any(pairs[0][side] <= others[-1][side] and others[0][side] <= pairs[-1][side] for side in (0, 1))
