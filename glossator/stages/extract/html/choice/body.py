"""Which text of a page is the article: our own scorer's choice, held against that of an extractor made otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from glossator.stages.extract.html.choice.calls import without_calls
from glossator.stages.extract.html.choice.outline import Outline, outline
from glossator.stages.extract.html.choice.scorer import article
from glossator.stages.extract.html.choice.settling import settled
from glossator.stages.extract.html.choice.shingles import words

_LARGE, _LONG = 20_000, 2_000_000
"""Blocks, and characters, of a page that the scorer alone looks at: the extractor's time grows faster than the page."""
_ENOUGH = 25
"""Words below which nothing has been found."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The text of a page's article, and the two opinions that it was chosen from; a line for each passage."""

    text: str = ""
    """Empty where none is found."""
    scored: str = ""
    """What our own scorer takes for the article."""
    extracted: str = ""
    """What the extractor takes for it; empty where that was not asked, or has found nothing."""


def choose(page: HtmlElement, stated: str = "") -> Choice:
    """The text of the page's article. The tree stays as it is.

    `stated` is the text that the page's structured data give: taken where nothing else is found.
    """
    seen = outline(page)
    if not seen.blocks:
        return Choice(stated)
    scored = article(seen, words(page.findtext(".//title") or ""))
    moderate = len(seen.blocks) < _LARGE and sum(len(passage.text) for passage in seen.passages) < _LONG
    extracted = _extracted(page) if moderate else ""
    kept = settled(seen, scored, extracted) if extracted else scored
    text = _lines(seen, without_calls(seen, kept))
    if len(text.split(maxsplit=_ENOUGH)) <= _ENOUGH:
        text = max(text, stated, extracted, key=len)  # the extractor writes stated lines as one
    return Choice(text, _lines(seen, scored), extracted)


def _lines(page: Outline, passages: list[int]) -> str:
    return "\n".join(page.passages[number].text for number in passages)


def _extracted(page: HtmlElement) -> str:
    try:
        # Without its own second opinions, which cost as much again: ours is one.
        found = bare_extraction(page, include_comments=False, fast=True, favor_recall=True)
    except Exception:  # noqa: BLE001 -- an extractor that fails on a page has no voice; the scorer decides
        return ""
    return (found.text or "") if found is not None and not isinstance(found, dict) else ""
