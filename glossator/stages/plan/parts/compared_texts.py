"""Two versions of a text -> the sentences and words by which they differ.

Sentences are compared as the lines of a file (Ratcliff and Metzener, Pattern matching: the gestalt approach, 1988, as
in difflib). A sentence that was only reworded is shown once, with the words that differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from glossator.model import Text
from glossator.stages.plan.catalogue import LONG_LIST
from glossator.stages.plan.catalogue.site_content import OpenedArticle
from glossator.views import Change, ChangedPiece, Comparison

REWORDED = 0.5
"""Share of the words that two sentences have in common from which one is taken as a rewording of the other."""
PAIRS = 400
"""Pairs of sentences that are compared word by word in one place; beyond it the place was written anew."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[^\s\W_]|[\"'“‘«„(\[])|(?<=[。！？])")
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+\s*|\s+|[^\w\s]\s*")


def compare(older: OpenedArticle, newer: OpenedArticle) -> Comparison:
    """Return the sentences that only one of two versions has, in the order of the texts. The title is the first."""
    texts = ([opened.article.head.title, *sentences(opened.text)] for opened in (older, newer))
    changes = list(_changes(*texts))
    return Comparison(tuple(changes[:LONG_LIST]), max(0, len(changes) - LONG_LIST))


def sentences(text: Text) -> list[str]:
    """Return the sentences of a text with single blanks; headlines of other articles are none of the text's."""
    blocks = (text.content[block.start : block.end] for block in text.blocks if block.kind != "related")
    return [sentence for block in blocks for sentence in _SENTENCE_END.split(" ".join(block.split())) if sentence]


def _changes(older: Sequence[str], newer: Sequence[str]) -> Iterator[Change]:
    for kind, start, end, other_start, other_end in SequenceMatcher(None, older, newer, False).get_opcodes():
        if kind != "equal":
            yield from _replaced(older[start:end], newer[other_start:other_end])


def _replaced(older: Sequence[str], newer: Sequence[str]) -> Iterator[Change]:
    """Yield the changes of one place, where some sentences stand instead of others."""
    left, added = list(older), list[Change]()
    for sentence in newer:
        index = _reworded(left, sentence) if len(older) * len(newer) <= PAIRS else None
        if index is None:
            added.append(Change((ChangedPiece("added", sentence),)))
            continue
        yield from (Change((ChangedPiece("removed", gone),)) for gone in left[:index])
        yield from added
        yield Change(tuple(_pieces(left[index], sentence)))
        left, added = left[index + 1 :], []
    yield from (Change((ChangedPiece("removed", gone),)) for gone in left)
    yield from added


def _reworded(older: Sequence[str], sentence: str) -> int | None:
    """Return the index of the sentence that another one is a rewording of; None if there is none."""
    words = sentence.split()
    ratios = [(SequenceMatcher(None, old.split(), words, False).ratio(), -index) for index, old in enumerate(older)]
    best, index = max(ratios, default=(0.0, 0))
    return -index if best >= REWORDED else None


def _pieces(older: str, newer: str) -> Iterator[ChangedPiece]:
    """Yield a reworded sentence in pieces. Blanks at the end of a piece are in no line through or below it."""
    old, new = _TOKEN.findall(older), _TOKEN.findall(newer)
    for kind, start, end, other_start, other_end in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind == "equal":
            yield ChangedPiece("same", "".join(old[start:end]))
            continue
        gone, come = "".join(old[start:end]), "".join(new[other_start:other_end])
        if gone:
            yield ChangedPiece("removed", gone.rstrip())
        if gone and (come or gone.endswith(" ")):
            yield ChangedPiece("same", " ")
        if come:
            yield ChangedPiece("added", come.rstrip())
        if come.endswith(" "):
            yield ChangedPiece("same", " ")
