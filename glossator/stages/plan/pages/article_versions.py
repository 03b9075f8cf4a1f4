"""The pages of other versions: the text as it was saved, and what differs from the newest. They are not annotated.

Sentences are compared as the lines of a file (Ratcliff and Metzener, Pattern matching: the gestalt approach, 1988, as
in difflib). A sentence that was only reworded is shown once, with the words that differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from msgspec.structs import replace

from glossator import site_paths
from glossator.model import ArticleId, Text
from glossator.stages.plan.catalogue import LONG_LIST, Catalogue, PlannedPage, article_link
from glossator.stages.plan.catalogue.site_content import OpenedArticle
from glossator.stages.plan.pages.articles import compose_text, is_compared, version_link
from glossator.stages.plan.parts.woven_text import LinkedText, head_of
from glossator.views import ArticlePage, Change, ChangedPiece, Comparison


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the page of every older version."""
    for version in sorted(catalogue.newest):
        yield PlannedPage(site_paths.article_path(version), "version", version)


def compose(
    catalogue: Catalogue, planned: PlannedPage, readings: Mapping[ArticleId, OpenedArticle], text: LinkedText
) -> ArticlePage:
    """Compose the page of another version from its text; in `readings` are that version and the newest one."""
    article, head = ArticleId(planned.subject), head_of(catalogue, planned)
    newest = catalogue.newest[article]
    older = catalogue.content.versions[newest]
    compared = is_compared(catalogue.heads[newest], head) and article not in catalogue.content.bare
    page = compose_text(catalogue, head, text, catalogue.publications[newest], planned.path)
    others = (version_link(catalogue, newest, other, planned.path) for other in older if other.id != article)
    return replace(
        page,
        frame=replace(page.frame, indexed=False),
        versions=tuple(others),
        newest=article_link(catalogue, newest, planned.path),
        superseded=article not in catalogue.unordered,
        comparison=compare(readings[article], readings[newest]) if compared else None,
    )


REWORDED = 0.5
"""Share of the words that two sentences have in common from which one is taken as a rewording of the other."""
PAIRS = 400
"""Pairs of sentences that are compared word by word in one place; beyond it the place was written anew."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[^\s\W_]|[\"'“‘«„(\[])|(?<=[。！？])")
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+\s*|\s+|[^\w\s]\s*")


def compare(before: OpenedArticle, after: OpenedArticle) -> Comparison:
    """Return the sentences that only one of two versions has, in the order of the texts. The title is the first."""
    texts = ([opened.article.head.title, *sentences(opened.text)] for opened in (before, after))
    changes = list(_changes(*texts))
    return Comparison(tuple(changes[:LONG_LIST]), max(0, len(changes) - LONG_LIST))


def sentences(text: Text) -> list[str]:
    """Return the sentences of a text with single blanks; headlines of other articles are none of the text's."""
    blocks = (text.content[block.start : block.end] for block in text.blocks if block.kind != "related")
    return [sentence for block in blocks for sentence in _SENTENCE_END.split(" ".join(block.split())) if sentence]


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    for kind, start, end, other_start, other_end in SequenceMatcher(None, before, after, False).get_opcodes():
        if kind != "equal":
            yield from _replaced(before[start:end], after[other_start:other_end])


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Yield the changes of one place, where some sentences stand instead of others."""
    left, added = list(before), list[Change]()
    for sentence in after:
        index = _reworded(left, sentence) if len(before) * len(after) <= PAIRS else None
        if index is None:
            added.append(Change((ChangedPiece("added", sentence),)))
            continue
        yield from (Change((ChangedPiece("removed", gone),)) for gone in left[:index])
        yield from added
        yield Change(tuple(_pieces(left[index], sentence)))
        left, added = left[index + 1 :], []
    yield from (Change((ChangedPiece("removed", gone),)) for gone in left)
    yield from added


def _reworded(before: Sequence[str], sentence: str) -> int | None:
    """Return the index of the sentence that another one is a rewording of; None if there is none."""
    words = sentence.split()
    ratios = [(SequenceMatcher(None, old.split(), words, False).ratio(), -index) for index, old in enumerate(before)]
    best, index = max(ratios, default=(0.0, 0))
    return -index if best >= REWORDED else None


def _pieces(before: str, after: str) -> Iterator[ChangedPiece]:
    """Yield a reworded sentence in pieces. Blanks at the end of a piece are in no line through or below it."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
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
