"""Which text of a page is the article: of several extractors the one that agrees most with the others is taken.

The arbiter is a medoid over 4-token shingles: it has no parameters to tune, and beats each extractor alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from copy import deepcopy

import lxml.html
from lxml.html import HtmlElement
from readability import Document
from trafilatura import bare_extraction

Shingles = Counter[tuple[str, ...]]

_WORD = re.compile(r"\w+")
_SIZE = 4
_WHOLE, _PART = 0.85, 0.6
"""Share of a text's shingles by which it lies in another; share of the other below which it is a part of it only."""
_SILENT = ("script", "style", "svg", "template", "link")
_ENOUGH = 25
"""Words below which an extractor has found nothing; another's text is preferred then."""


def words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def shingles(tokens: list[str]) -> Shingles:
    """Runs of four words with their numbers; a shorter text is one run."""
    if len(tokens) < _SIZE:
        return Counter([tuple(tokens)] if tokens else [])
    return Counter(zip(*(tokens[place:] for place in range(_SIZE)), strict=False))


def article_text(page: HtmlElement, stated: str = "") -> str:
    """The text of the page's article as the chosen extractor gives it; empty where none finds any.

    The tree stays as it is.

    `stated` is the text that the page's structured data give, one more vote.
    """
    tree = deepcopy(page)
    # What holds no text costs each extractor time anew.
    lxml.etree.strip_elements(tree, *_SILENT, lxml.etree.Comment, with_tail=False)
    return choose([text for text in (*(_asked(vote, tree) for vote in _VOTES), stated) if text])


def _asked(vote: Callable[[HtmlElement], str], tree: HtmlElement) -> str:
    try:
        return vote(deepcopy(tree))
    except Exception:  # noqa: BLE001 -- an extractor that fails on a page has no vote; the others decide
        return ""


def _trafilatura(tree: HtmlElement, *, precise: bool) -> str:
    found = bare_extraction(tree, include_comments=False, favor_precision=precise, favor_recall=not precise)
    return (found.text or "") if found is not None and not isinstance(found, dict) else ""


def _precise(tree: HtmlElement) -> str:
    return _trafilatura(tree, precise=True)


def _recalling(tree: HtmlElement) -> str:
    return _trafilatura(tree, precise=False)


def _readability(tree: HtmlElement) -> str:
    summary = lxml.html.fromstring(Document(tree).summary(html_partial=True))
    for tag in summary.iter():
        tag.tail = f" {tag.tail or ''}"
    return "".join(str(text) for text in summary.itertext())


_VOTES = (_precise, _recalling, _readability)


def choose(texts: list[str]) -> str:
    """The text whose shingles agree most with those of the others; among equals the first.

    A text that lies whole within another and is barely half of it has lost a part of the article: then the other.
    """
    enough = [text for text in texts if len(words(text)) >= _ENOUGH] or texts
    if not enough:
        return ""
    counted = [shingles(words(text)) for text in enough]
    agreement = [sum(_similarity(one, other) for other in counted if other is not one) for one in counted]
    best = agreement.index(max(agreement))
    wider = [place for place, other in enumerate(counted) if _is_part(counted[best], other)]
    return enough[min(wider, key=lambda place: counted[place].total(), default=best)]


def _is_part(one: Shingles, other: Shingles) -> bool:
    shared = (one & other).total()
    return shared >= _WHOLE * one.total() and one.total() < _PART * other.total()


def _similarity(one: Shingles, other: Shingles) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
