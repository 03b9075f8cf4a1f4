"""Names that the tagger of other languages finds, joined with those that form and lists tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.model import Block, EntityType
from glossator.naming.name_lists import kinds_of
from glossator.stages.annotate.mentions.other_languages.capitalised import (
    GENITIVE_IN_S,
    NOUNS_HAVE_CAPITALS,
    is_adjective,
    may_open,
)
from glossator.stages.annotate.mentions.other_languages.german_words import is_german_word
from glossator.stages.annotate.mentions.other_languages.persons import FORMS_OF_ADDRESS, is_given
from glossator.stages.annotate.mentions.spans import Span, overlapping, without_overlap
from glossator.stages.annotate.models.pipelines import Pipeline, entity_type
from glossator.stages.annotate.models.tagger.component import LABELS
from glossator.stages.annotate.prose import is_in_compound, small_words
from glossator.word_lists import stop_words

UNTOLD = (1,) * len(EntityType)
"""Probabilities of the types where nothing tells one yet."""
LIKELY = 0.5
"""Probability from which a word is of a name."""
DENIED = 0.2
"""Probability below which what form tells is no name."""
SURE_AT_OPENING = 0.9
"""Probability from which a single word is a name whose capital the beginning of a sentence may explain."""
SURE = 0.8
"""Probability from which a type is stated."""
RARE = frozenset({EntityType.GROUP, EntityType.LAW, EntityType.WORK, EntityType.EVENT, EntityType.PRODUCT})
"""Types that pages seldom name, so that the tagger learned to expect them seldom."""
WEIGHTS = np.array([2 if kind in RARE else 1 for kind in EntityType], np.float32)
"""Factors of the probabilities of the types, which give .9 more of 100 names the right type."""
OWNER = 6
"""Letters of a name in the genitive, at least: shorter words in s are given names, as Mats and Klaas are."""
STATED = 7
"""Tenths from which the type of a name counts as stated."""

Floats = NDArray[np.float32]

_PLACES = [list(EntityType).index(kind) for kind in map(entity_type, LABELS) if kind]
"""Places of the tagger's labels in the order of the types."""
_WORD = re.compile(r"\w+")
_CLOSING = " \u00a0,;:-‑–—'’\"“”„‚‘«»(["
_SUFFIX = re.compile(r"['’][^\W\d_]+$")


class Tagged(NamedTuple):
    """Probabilities that the tagger gives the words of a text, and the names that follow from them."""

    starts: NDArray[np.int64]
    chances: Floats
    """A row for each word: the probabilities of the types, which sum to that of a name."""
    names: Sequence[Span]

    def of(self, span: Span) -> Floats:
        """Return the mean probabilities of the types of the words in a span."""
        words = self.chances[slice(*np.searchsorted(self.starts, (span.start, span.end)))]
        return words.mean(axis=0) if len(words) else np.zeros(len(_PLACES), np.float32)


def is_ordinary_in(content: str, language: str, named: Container[str] = ()) -> Callable[[str], bool]:
    """Return what tells of a word that its capital is no sign of a name: the lexicon in German, else the text itself.

    Words that are `named` otherwise are worth reading.
    """
    if language in NOUNS_HAVE_CAPITALS:
        return lambda word: is_german_word(word) and word not in named
    small = stop_words(language).union(small_words(content))
    return lambda word: word.lower() in small and word not in named


def read(tagger: Pipeline, text: tuple[str, str], blocks: Sequence[Block], by_form: Sequence[Span]) -> Tagged:
    """Return what the tagger says of the words in blocks of a text, of which the content and the language are given.

    `by_form` are the names that form tells.
    """
    content, language = text
    named = {word for span in by_form for word in _WORD.findall(content, span.start, span.end)}
    is_ordinary = is_ordinary_in(content, language, named)
    starts, chances = [np.zeros(0, np.int64)], [np.zeros((0, len(_PLACES)), np.float32)]
    names: list[Span] = []
    contents = (content[block.start : block.end] for block in blocks)
    readings = tagger.names_without(contents, is_ordinary)
    for block, reading in zip(blocks, readings, strict=True):
        assert reading.vectors is not None
        first, further = reading.vectors[:, 1::2], reading.vectors[:, 2::2]
        of_types = np.zeros_like(first)
        of_types[:, _PLACES] = first + further
        starts.append(block.start + reading.starts)
        chances.append(of_types)
        begins = first.sum(axis=1) >= further.sum(axis=1)
        names += _names(content, block, starts[-1], (of_types.sum(axis=1) >= LIKELY, begins))
    return Tagged(np.concatenate(starts), np.concatenate(chances), names)


def _names(
    content: str, block: Block, starts: NDArray[np.int64], words: tuple[NDArray[np.bool_], NDArray[np.bool_]]
) -> Iterator[Span]:
    """Yield the runs of words that are of a name, until one that begins another; their types are not told yet."""
    named, begins = words
    ends = [*starts[1:].tolist(), block.end]
    run: Span | None = None
    for at in np.flatnonzero(named).tolist():
        start, end = int(starts[at]), int(ends[at])
        if run and run.end == start and not begins[at]:
            run = msgspec.structs.replace(run, end=end)
        else:
            if run:
                yield _without_space(content, run)
            run = Span(start, end, EntityType.ORGANISATION, chances=UNTOLD)
    if run:
        yield _without_space(content, run)


def _without_space(content: str, span: Span) -> Span:
    return msgspec.structs.replace(span, end=span.start + len(content[span.start : span.end].rstrip()))


def joined(content: str, language: str, by_form: Sequence[Span], tagged: Tagged) -> list[Span]:
    """Return the names that form or the tagger tell: of those that overlap the longer, of equals that of form.

    What form tells is left out if the tagger denies it.
    """
    forms = {content[span.start : span.end] for span in (*by_form, *tagged.names)}
    kept = [span for span in without_overlap(by_form) if tagged.of(span).sum() >= DENIED]
    added = [
        span
        for name in tagged.names
        if (span := _repaired(content, name, language, forms))
        and (overlapping(kept, span) or _is_credible(content, span, language, tagged))
        and not (language in NOUNS_HAVE_CAPITALS and _has_german_noun(content, span, kept))
    ]
    return [_typed(span, tagged.of(span)) for span in without_overlap([*kept, *added])]


def _is_credible(content: str, span: Span, language: str, tagged: Tagged) -> bool:
    """True if the tagger is to be believed: not of German words alone, nor in doubt where a sentence may begin."""
    words = _WORD.findall(content, span.start, span.end)
    if language in NOUNS_HAVE_CAPITALS:
        return not all(map(is_german_word, words))
    return len(words) > 1 or not may_open(content, 0, span.start) or float(tagged.of(span).sum()) >= SURE_AT_OPENING


def _has_german_noun(content: str, span: Span, by_form: Sequence[Span]) -> bool:
    """True if a name is part of a compound, or has nothing but German words besides a person whom form tells."""
    if is_in_compound(content, span.start, span.end):
        return True
    within = [other for other in overlapping(by_form, span) if other.type is EntityType.PERSON and not other.chances]
    if len(within) != 1:
        return False
    rest = content[span.start : within[0].start] + content[max(within[0].end, span.start) : span.end]
    return all(map(is_german_word, _WORD.findall(rest)))


def _repaired(content: str, span: Span, language: str, forms: Container[str]) -> Span | None:
    """Return a name without what its language puts beside it; None if nothing is left.

    `forms` are those of all names.
    """
    start, end = span.start, span.end
    if language == "tr" and (suffix := _SUFFIX.search(content, start, end)):
        end = suffix.start()
    words = list(_WORD.finditer(content, start, end))
    while words and _is_before_name(content, words[0], language):
        del words[0]
    if language in NOUNS_HAVE_CAPITALS and len(words) > 1 and _has_possession(words):
        return Span(words[0].start(), words[-2].end() - 1, span.type, chances=UNTOLD)
    last = len(words)
    while last and words[last - 1].group().islower():
        last -= 1
    if not last or (len(words) == 1 and is_adjective(words[0].group(), language)):
        return None
    start = words[0].start()
    end = words[last - 1].end() if last < len(words) else start + len(content[start:end].rstrip(_CLOSING))
    form = content[start:end]
    if language in GENITIVE_IN_S and form.endswith("s") and form[:-1] in forms:
        end -= 1
    return Span(start, end, span.type, chances=UNTOLD)


def _has_possession(words: Sequence[re.Match[str]]) -> bool:
    """True if a name in the genitive has a German noun behind it, which is no part of the name: Quists Boote."""
    owner, noun = (word.group() for word in words[-2:])
    is_genitive = len(owner) >= OWNER and owner.endswith("s") and not (is_given(owner) or kinds_of(owner))
    return is_genitive and not is_german_word(owner) and is_german_word(noun)


def _is_before_name(content: str, word: re.Match[str], language: str) -> bool:
    """True if a word is no part of the name after it: in small letters, an address, or opening a sentence."""
    form = word.group()
    if form.islower() or form in FORMS_OF_ADDRESS:
        return True
    return may_open(content, 0, word.start()) and form.lower() in stop_words(language)


def _typed(span: Span, of_types: Floats) -> Span:
    """Return a name with the likeliest type, unless form states one; it is stated from `SURE` on."""
    weighed = of_types * WEIGHTS
    if not weighed.any() or not span.chances or max(span.chances) >= STATED:
        return span
    shares = weighed / weighed.sum()
    kind = int(shares.argmax())
    most = 10 if shares[kind] >= SURE else STATED - 1
    chances = tuple(min(most, round(10 * float(share))) for share in shares)
    return Span(span.start, span.end, tuple(EntityType)[kind], span.certainty, chances)
