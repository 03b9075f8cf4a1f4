"""Features of what a recogniser says of a candidate, here and where else the text has its words."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.stages.annotate.models.classify.candidate_spans import aligned
from glossator.stages.annotate.models.classify.view import Floats, Places, View, columns, means

LABELS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "LAW", "WORK_OF_ART", "EVENT", "PRODUCT", "MISC", "OTHER")
ALIASES = {"PER": "PERSON"}
_NUMBER = {label: number for number, label in enumerate(LABELS)}
KINDS = len(LABELS)


class _Marked(msgspec.Struct, frozen=True, eq=False):
    """The recogniser's spans by token; the last row is no token."""

    labels: Places
    owner: Places
    """The number of the span that a token is in, or -1."""
    begins: NDArray[np.bool_]
    ends: NDArray[np.bool_]
    words: Floats
    """Labels that the word of each token has in the text, and how often."""


def recognition(view: View) -> dict[str, Floats]:
    """Return the recogniser's labels of each candidate, of the spans that it touches, of its words and form."""
    marked = _marked(view)
    same = np.where(view.candidates.recognised >= 0, np.append(marked.labels, -1)[view.candidates.recognised], -1)
    exact = np.zeros((len(same), KINDS + 1), np.float32)
    exact[np.arange(len(same)), same] = 1
    inside = marked.owner >= 0
    labels = np.zeros((len(marked.owner), KINDS), np.float32)
    labels[inside, marked.labels[marked.owner[inside]]] = 1
    return {
        "recognised": exact,
        "touched": _touched(view, marked),
        "label touched": means(labels)(view.first, view.last),
        "words recognised": means(marked.words)(view.first, view.last),
        "form recognised": _form(view, same),
    }


def _marked(view: View) -> _Marked:
    size = len(view.tokens)
    names = (ALIASES.get(span.label, span.label) for span in view.recognised)
    labels = np.array([_NUMBER.get(name, KINDS - 1) for name in names], np.intp)
    owner = np.full(size + 1, -1, np.intp)
    begins, ends = np.zeros(size + 1, np.bool_), np.zeros(size + 1, np.bool_)
    votes: dict[str, Floats] = {}
    for number, (start, end) in enumerate(aligned(view.tokens, view.recognised)):
        if start < end:
            owner[start:end] = number
            begins[start] = ends[end - 1] = True
            for form in view.tokens.forms[start:end]:
                votes.setdefault(form, np.zeros(KINDS, np.float32))[labels[number]] += 1
    counts = np.zeros((size + 1, KINDS), np.float32)
    for place, form in enumerate(view.tokens.forms if votes else ()):
        if form in votes:
            counts[place] = votes[form]
    total = counts.sum(axis=1, keepdims=True)
    return _Marked(labels, owner, begins, ends, np.hstack([counts / np.maximum(1, total), np.log1p(total)]))


def _touched(view: View, marked: _Marked) -> Floats:
    owner, first, last = marked.owner, view.first, view.last
    covered = (owner >= 0).astype(np.float32)[:, None]
    share = means(covered)(first, last)[:, 0]
    before, after = owner[first - 1], owner[last]
    before = np.where(first > 0, before, -1)
    left = (owner[first] >= 0) & (owner[first] == before)
    right = (owner[last - 1] >= 0) & (owner[last - 1] == after)
    return columns(
        share,
        marked.begins[first],
        marked.ends[last - 1],
        left,
        right,
        left & right,
        (share > 0) & (share < 1),
        owner[first] != owner[last - 1],
        before >= 0,
        after >= 0,
    )


def _form(view: View, same: Places) -> Floats:
    """Count how many candidates of the same text the recogniser found, and their labels."""
    size = view.texts
    votes = np.zeros((size, KINDS), np.float32)
    is_recognised = same >= 0
    np.add.at(votes, (view.form[is_recognised], same[is_recognised]), 1)
    seen = votes.sum(axis=1)
    whole = (view.candidates.before == 0) & (view.candidates.after == 0)
    often, alone = (np.bincount(view.form, which, minlength=size) for which in (np.ones(len(same)), whole))
    return columns(
        (seen / np.maximum(1, often))[view.form],
        np.minimum(2, seen / np.maximum(1, alone))[view.form],
        np.log1p(seen)[view.form],
        (votes / np.maximum(1, seen)[:, None])[view.form],
    )
