"""The draft's own sentences, without what it quotes: their words, names and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from glossator.model import Analysis, Mention
from glossator.passages.words import SHORT, FoldedWords, base, words_of
from glossator.stages.proof.attribution import Publications
from glossator.stages.proof.content_words import content_words, stems
from glossator.stages.proof.draft import DraftQuotation, ProofDraft
from glossator.stages.proof.statements import Figure, figures

FEWEST = 4
"""Words of a sentence that is compared, at least."""
LONGEST = 120
"""Words of a sentence that is compared, at most."""


class OwnName(msgspec.Struct, frozen=True):
    """A name in a sentence of the draft."""

    form: str
    words: frozenset[str]
    """Words by which it is known in another sentence."""


class Own(msgspec.Struct, frozen=True):
    """A sentence of the draft's own, without what it quotes."""

    start: int
    end: int
    words: FoldedWords
    names: tuple[OwnName, ...]
    content: frozenset[str]
    """Content words of the sentence, without those of the publication that it names."""
    figures: tuple[Figure, ...]
    named: frozenset[int]
    """Offsets of the numbers that are part of a name."""


def own_sentences(draft: ProofDraft, analysis: Analysis, publications: Publications) -> Iterator[Own]:
    """Yield the draft's own sentences."""
    content = draft.text.content
    for start, end in analysis.sentences:
        quoted = [quotation for quotation in draft.quotations if quotation.start < end and start < quotation.end]
        words = words_of(_without(content, quoted, start, end), start, end)
        if not FEWEST <= len(words) <= LONGEST:
            continue
        mentions = [mention for mention in analysis.mentions if start <= mention.start and mention.end <= end]
        mentions = [
            mention for mention in mentions if not any(q.start < mention.end and mention.start < q.end for q in quoted)
        ]
        named = {mention.name: content[mention.start : mention.end] for mention in mentions}
        names = [OwnName(form, key) for form in named.values() if (key := frozenset(_key_words(form)))]
        stated = tuple(figures(words.content, start, end))
        inside = frozenset(
            figure.quantity.start
            for figure in stated
            if any(name.start <= figure.quantity.start and figure.quantity.end <= name.end for name in mentions)
        )
        overlooked = _overlooked(words, mentions, stated)
        sources = [stems(words_of(name.form).folded) for name in names if publications.has(name.form)]
        about = content_words(words.content, start, end).difference(*sources)
        yield Own(start, end, words, (*names, *overlooked), about, stated, inside)


def _overlooked(words: FoldedWords, mentions: Sequence[Mention], stated: Sequence[Figure]) -> Iterator[OwnName]:
    """Yield the capitalised words within a sentence that are in no mention: names that the model overlooked."""
    taken = [(mention.start, mention.end) for mention in mentions]
    taken += [(figure.quantity.start, figure.quantity.end) for figure in stated]
    for index in range(1, len(words)):
        written, start = words.written(index), words.starts[index]
        if written[0].isupper() and len(written) > SHORT and not any(first <= start < last for first, last in taken):
            yield OwnName(written, frozenset([base(words.folded[index])]))


def _without(content: str, quoted: Iterable[DraftQuotation], start: int, end: int) -> str:
    """Return the text with blanks in the place of quotations."""
    for quotation in quoted:
        first, last = max(start, quotation.start), min(end, quotation.end)
        content = content[:first] + " " * (last - first) + content[last:]
    return content


def _key_words(form: str) -> list[str]:
    """Return the words by which a name is known in another sentence: the last of a person's, long ones of others."""
    return [base(word) for word in words_of(form).folded if len(word) > SHORT or word.isdigit()]
