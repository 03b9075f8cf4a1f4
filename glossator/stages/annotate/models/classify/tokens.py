"""Text -> tokens as arrays: where each stands, how it is written, which row of the word vectors it has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.naming.name_lists import bits
from glossator.stages.annotate.models.classify.find_tokens import find_tokens
from glossator.stages.annotate.models.classify.words import Words

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float32]

_TOKEN = re.compile(r"((?:[^\W\d_]\.){2,}|['’]s\b|\w+(?:[.&]\w+)*(?:['’](?!s\b)\w+)*[+#]*|[^\w\s])")

CONNECTORS = frozenset(
    """of the and for on in at to a
    de la le du des del di da dos van von der den y e et und & - – / ' ’ 's ’s : .""".split()
)
"""Tokens that may stand between the capitalised words of one name."""

# How a token is written: begins with a capital; has no small letter; has no capital; a digit; a capital within; is a
# punctuation mark; letters alone; may stand between the words of one name.
CAPITAL, UPPER, LOWER, DIGIT, INNER, SIGN, LETTERS, LINK = (1 << bit for bit in range(8))

ENDS = frozenset(".!?:;•|\"“”‘'’«»()[]…—–*>-")
"""Marks after which a capital says nothing."""


class Tokens(msgspec.Struct, frozen=True, eq=False):
    """The tokens of a text, in order; `paragraph` numbers the stretch that each is in."""

    text: str
    forms: Sequence[str]
    starts: Ints
    ends: Ints
    shape: Ints
    paragraph: Ints
    rows: Ints
    """Rows of the table of words; 0 is a word that it does not have."""
    unusual: Bools
    """True for a word in small letters that the dictionary has not, or that is a name as well."""
    opens: Bools
    """True for a token that may begin a sentence, a quotation or a bracket."""
    lines: Floats
    """Three numbers for each paragraph: tokens, share of words with a capital, 1 if a mark ends it."""

    def __len__(self) -> int:
        return len(self.forms)


def tokenise(text: str, stretches: Sequence[tuple[int, int]], words: Words) -> Tokens:
    """Tokenise the stretches of a text."""
    matches = find_tokens(_TOKEN, text, stretches)
    forms, different, number, counts = matches.forms, matches.different, matches.number, np.diff(matches.borders)
    shape = np.fromiter(map(shape_of, different), np.int32, len(different))[number]
    is_end = np.fromiter(map(ENDS.__contains__, different), np.bool_, len(different))[number]
    paragraph = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    rows = words.rows(different)[number]
    return Tokens(
        text,
        forms,
        matches.starts.astype(np.int32),
        matches.ends.astype(np.int32),
        shape,
        paragraph,
        rows,
        _unusual(forms, shape, words.flags[rows]),
        _opens(is_end, paragraph),
        _lines(is_end, shape, counts.tolist()),
    )


def _unusual(forms: Sequence[str], shape: Ints, flags: NDArray[np.uint32]) -> Bools:
    small = ((shape & LOWER) != 0) & ((shape & LINK) == 0)
    rare: Bools = small & ((flags & bits("common", "calendar", "unit")) == 0)
    doubtful = small & ((flags & bits("brand", "language")) != 0)
    capitals = {form for form, written in zip(forms, shape.tolist(), strict=True) if written & CAPITAL}
    for at in np.flatnonzero(rare | doubtful).tolist():
        form = forms[at]
        rare[at] = (rare[at] and len(form) > 2) or form.capitalize() in capitals or form.upper() in capitals
    return rare


@lru_cache(1 << 16)
def shape_of(form: str) -> int:
    """Describe how a token is written, as a sum of flags such as CAPITAL."""
    letters = any(map(str.isalpha, form))
    upper = form.upper() == form
    flags = CAPITAL if letters and form[0].isupper() else 0
    flags |= UPPER if letters and upper and form.lower() != form else 0
    flags |= LOWER if letters and form.lower() == form else 0
    flags |= DIGIT if any(map(str.isdigit, form)) else 0
    flags |= INNER if letters and not upper and any(map(str.isupper, form[1:])) else 0
    flags |= SIGN if not any(map(str.isalnum, form)) else 0
    flags |= LETTERS if form.isalpha() else 0
    return flags | (LINK if form.lower() in CONNECTORS else 0)


def _opens(is_end: Bools, paragraph: Ints) -> Bools:
    """Return True for each first token of a paragraph, and for each after a mark that ends something."""
    after = np.ones(len(is_end), np.bool_)
    after[1:] = is_end[:-1] | (paragraph[1:] != paragraph[:-1])
    return after


def _lines(is_end: Bools, shape: Ints, counts: Sequence[int]) -> Floats:
    lines = np.zeros((len(counts), 3), np.float32)
    at = 0
    for number, count in enumerate(counts):
        flags = shape[at : at + count]
        written = int(np.count_nonzero(flags & (CAPITAL | LOWER)))
        lines[number] = (
            count,
            np.count_nonzero(flags & CAPITAL) / max(1, written),
            bool(count) and is_end[at + count - 1],
        )
        at += count
    return lines
