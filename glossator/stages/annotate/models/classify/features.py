"""Candidates -> rows of numbers: all features, in named blocks."""

from __future__ import annotations

import numpy as np

from glossator.stages.annotate.models.classify.form import kind_of_text, marks, places, repetition, shapes
from glossator.stages.annotate.models.classify.recognition import recognition
from glossator.stages.annotate.models.classify.view import Floats, View
from glossator.stages.annotate.models.classify.words import Words
from glossator.stages.annotate.models.classify.words_around import NameLists, listed, lists_of_words, word_vectors


def features(view: View, words: Words, lists: NameLists, context: Floats | None) -> dict[str, Floats]:
    """Return blocks of features by name, each with a row for every candidate.

    `context` has for each token the vector that the recogniser's encoder gives it; without it those blocks are missing.
    """
    blocks: dict[str, Floats] = {}
    for part in (shapes, marks, places, repetition, kind_of_text, recognition):
        blocks |= part(view)
    blocks |= word_vectors(view, words)
    blocks |= lists_of_words(view, words)
    blocks |= listed(view, lists)
    if context is not None:
        blocks |= encoded(view, context)
    return blocks


def encoded(view: View, context: Floats) -> dict[str, Floats]:
    """Return the encoder's vectors at both ends of each candidate and beside it, and their mean by form."""
    rows = np.vstack([context, np.zeros((1, context.shape[1]), np.float32)])
    first, last = rows[view.first], rows[view.last - 1]
    return {
        "first word in context": first,
        "last word in context": last,
        "word before in context": rows[view.before()],
        "word after in context": rows[view.after()],
        "form in its contexts": view.by_form((first + last) * np.float32(0.5)),
    }
