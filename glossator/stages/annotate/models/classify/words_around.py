"""Features of a candidate's words and of those around it: their vectors, and the lists that they stand in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.naming.name_lists import KINDS
from glossator.stages.annotate.models.classify.tokens import CAPITAL
from glossator.stages.annotate.models.classify.view import Floats, View, columns, means
from glossator.stages.annotate.models.classify.words import Words

WIDE = 4
"""Words on each side whose mean vector is taken."""


class NameLists(msgspec.Struct, frozen=True, eq=False):
    """Names in small letters -> the kinds of list that they stand in, as bits."""

    kinds: Callable[[str], int]

    def rows(self, names: Sequence[str]) -> NDArray[np.float32]:
        """Return a row for each name: for each kind 1 if the name is listed there, else 0."""
        values = np.array([self.kinds(name.replace("’", "'")) for name in names], np.int32)
        return (values[:, None] >> np.arange(len(KINDS)) & 1).astype(np.float32)


def word_vectors(view: View, words: Words) -> dict[str, Floats]:
    """Return the vectors of the words of each candidate and of those beside it, those of their groups, and means."""
    tokens = view.tokens
    rows = np.append(tokens.rows, 0)
    vectors = words.vectors.at(words.numbers[rows])
    mean = means(vectors)
    capital = np.append((tokens.shape & CAPITAL) != 0, False)
    group = words.groups.at(np.where(capital, words.group_of_capital[rows], words.group[rows]))
    return {
        "words": mean(view.first, view.last),
        "first word": vectors[view.first],
        "last word": vectors[view.last - 1],
        "word before": vectors[view.before()],
        "second word before": vectors[view.before(2)],
        "word after": vectors[view.after()],
        "second word after": vectors[view.after(2)],
        "words before": mean(np.maximum(view.begin, view.first - WIDE), view.first),
        "words after": mean(view.last, np.minimum(view.end, view.last + WIDE)),
        "paragraph": mean(view.begin, view.end),
        "groups of words": means(group)(view.first, view.last),
        "group of first word": group[view.first],
        "group of last word": group[view.last - 1],
    }


def lists_of_words(view: View, words: Words) -> dict[str, Floats]:
    """Return the lists that contain the words of each candidate and those beside it; the last bit: unknown."""
    rows = np.append(view.tokens.rows, 0)
    listed = (words.flags[rows][:, None] >> np.arange(len(KINDS))) & 1
    table = columns(listed, rows == 0)
    table[-1] = 0
    return {
        "lists of words": means(table)(view.first, view.last),
        "lists of first word": table[view.first],
        "lists of last word": table[view.last - 1],
        "lists of word before": table[view.before()],
        "lists of word after": table[view.after()],
    }


def listed(view: View, lists: NameLists) -> dict[str, Floats]:
    """Return the lists that contain the whole candidate."""
    return {"list of names": lists.rows([form.lower() for form in view.different()])[view.form]}
