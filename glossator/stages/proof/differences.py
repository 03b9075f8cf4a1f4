"""Differences of quoted words and a passage: words, negations, numbers, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from glossator.passages.words import FoldedWords, fold
from glossator.stages.proof.align import Alignment, Gap
from glossator.stages.proof.findings import What, WordChange
from glossator.stages.proof.quantities import quantities

NEGATIONS = frozenset(
    """not no never none nobody nothing nor neither without cannot cant wont dont doesnt didnt isnt arent wasnt werent
    nicht kein keine keinen keinem keiner nie niemals niemand nichts ohne ne pas jamais rien aucun aucune personne sans
    nunca jamas nada nadie ninguno ninguna sin non mai niente nessuno senza nao nem niet geen nooit ikke aldrig inte
    aldrig nie nigdy bez""".split()
)
_INTERRUPTED = re.compile(r"^[,.?!…;—–-]*\s*[\"”’»“].{0,240}[\"“‘«”]\s*$", re.DOTALL)
"""The end of a quotation, words of the article, and the beginning of the rest of it."""


def is_negation(folded: str) -> bool:
    return folded in NEGATIONS or folded.endswith("n't")


def changes(draft: FoldedWords, article: FoldedWords, first: int, alignment: Alignment) -> Iterator[WordChange]:
    """Yield what differs; `first` is the word of the draft with which the aligned words begin."""
    for difference in differing(alignment, article):
        yield _change(draft, article, first, difference)


def _change(draft: FoldedWords, article: FoldedWords, first: int, difference: Gap) -> WordChange:
    begin, end = first + difference.first, first + difference.last
    start = draft.starts[begin] if begin < len(draft) else draft.ends[-1]
    return WordChange(
        _what(_tokens(draft, begin, end), _tokens(article, difference.there, difference.until)),
        draft.text(begin, end),
        article.text(difference.there, difference.until),
        start,
        draft.ends[end - 1] if end > begin else start,
    )


def differing(alignment: Alignment, article: FoldedWords) -> tuple[Gap, ...]:
    """Return the differences that count: not the words of an article that interrupt a quotation."""
    return tuple(gap for gap in alignment.differences if not _is_interruption(article, gap))


def _is_interruption(article: FoldedWords, difference: Gap) -> bool:
    """True if the words that the draft lacks stand outside the quotation marks of the article."""
    if difference.first != difference.last or not 0 < difference.there < difference.until < len(article):
        return False
    return is_interruption(article, difference.there, difference.until)


def is_interruption(article: FoldedWords, first: int, last: int) -> bool:
    """True if the words of an article from `first` up to `last` stand between two parts of one quotation."""
    between = article.content[article.ends[first - 1] : article.starts[last]]
    return _INTERRUPTED.match(between) is not None


def _tokens(words: FoldedWords, first: int, last: int) -> list[tuple[str, str]]:
    """Return words as they are compared, and as they are written."""
    return [(words.folded[index], words.written(index)) for index in range(first, last)]


def _what(draft: Sequence[tuple[str, str]], article: Sequence[tuple[str, str]]) -> What:
    negated = [sum(is_negation(word) for word, _ in words) for words in (draft, article)]
    if negated[0] != negated[1]:
        return "negation"
    if _is_number(draft) and _is_number(article) and draft and article:
        return "number"
    if any(written[0].isupper() for _, written in draft) and any(written[0].isupper() for _, written in article):
        return "name"
    return "word"


def _is_number(words: Iterable[tuple[str, str]]) -> bool:
    text = " ".join(written for _, written in words)
    return any(character.isdigit() for character in text) or bool(quantities(f"{text} things"))


def hides_negation(article: FoldedWords, after: int, before: int) -> str:
    """Return a negation that was left out between two words of an article, in the sentence of either; else nothing."""
    left_out = article.content[article.ends[after] : article.starts[before]]
    sentences = re.split(r"(?<=[.!?…])[\"”’»)]*\s+", left_out)
    for part in {sentences[0], sentences[-1]}:
        for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", part):
            if is_negation(fold(word)):
                return str(word)
    return ""
