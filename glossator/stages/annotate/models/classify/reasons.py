"""Reasons for the classification of a candidate, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from glossator.naming.name_lists import KINDS
from glossator.stages.annotate.models.classify.judgement import Judgement
from glossator.stages.annotate.models.classify.recognition import LABELS

MOST = 4
"""Number of reasons that are told."""
_LEAST = 0.2
"""The least weight that is told, in logits."""

GROUPS_OF_WORDS = ("groups of words", "group of first word", "group of last word")

GROUPS = {
    "its words": (
        "words",
        "first word",
        "last word",
        "first word in context",
        "last word in context",
        *GROUPS_OF_WORDS,
    ),
    "the word before it": ("word before", "second word before", "lists of word before", "word before in context"),
    "the word after it": ("word after", "second word after", "lists of word after", "word after in context"),
    "the words around it": ("words before", "words after", "paragraph"),
    "what the text says around all its occurrences": ("form in its contexts",),
    "the lists that its words stand in": ("lists of words", "lists of first word", "lists of last word"),
    "the lists that it stands in": ("list of names",),
    "its length": ("length",),
    "its capitals": ("capitals", "marks within", "place in run"),
    "the capitals and marks around it": ("capitals around", "marks around"),
    "its place in sentence and line": ("place in sentence", "line"),
    "how often the text has it": ("repetition",),
    "what kind of text it is": ("kind of text",),
    "that the text has its words in small letters": ("small letters elsewhere",),
    "the recogniser": ("recognised", "touched", "label touched"),
    "the recogniser elsewhere in the text": ("words recognised", "form recognised"),
}
"""Reasons in words -> blocks of features."""


def reasons(judgement: Judgement, candidate: int) -> list[str]:
    """Tell the heaviest reasons why a candidate is a name or none: "for: its words (+2.1)"."""
    return _told(judgement, candidate, judgement.reasons(candidate))


def reasons_for_type(judgement: Judgement, candidate: int) -> list[str]:
    """Tell the heaviest reasons for a candidate's type rather than the second likeliest."""
    return _told(judgement, candidate, judgement.reasons_for_type(candidate))


def _told(judgement: Judgement, candidate: int, weights: Iterable[tuple[str, float]]) -> list[str]:
    group = {block: name for name, blocks in GROUPS.items() for block in blocks}
    sums: dict[str, float] = defaultdict(float)
    for block, weight in weights:
        sums[group.get(block, block)] += weight
    heaviest = sorted(sums.items(), key=lambda pair: (-abs(pair[1]), pair[0]))[:MOST]
    return [
        f"{'for' if weight > 0 else 'against'}: {name}{_detail(judgement, candidate, name)} ({weight:+.1f})"
        for name, weight in heaviest
        if abs(weight) >= _LEAST
    ]


def _detail(judgement: Judgement, candidate: int, name: str) -> str:
    """Name the lists or the label that a reason is about."""
    if name == "the lists that it stands in":
        kinds = [KINDS[bit] for bit in np.flatnonzero(judgement.blocks["list of names"][candidate])]
        return f" [{', '.join(kinds) or 'none'}]"
    if name == "the recogniser":
        labels = [LABELS[label] for label in np.flatnonzero(judgement.blocks["recognised"][candidate, :-1])]
        return f" [{', '.join(labels) or 'not this span'}]"
    return ""
