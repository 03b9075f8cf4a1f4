"""Text of a page's article: our own scorer's choice, compared with that of an independent extractor."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from glossator.stages.extract.html.choice.calls import without_calls
from glossator.stages.extract.html.choice.outline import Outline, outline
from glossator.stages.extract.html.choice.reconciliation import reconcile
from glossator.stages.extract.html.choice.scorer import article
from glossator.stages.extract.html.choice.shingles import words

_LARGE = 20_000
"""Blocks of a page that only the scorer reads: the extractor's time grows faster than the page."""
_LONG = 2_000_000
"""Characters of a page that only the scorer reads."""
_ENOUGH = 25
"""Words below which a text counts as empty."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Text of a page's article, and the two opinions that it was chosen from; a line for each passage."""

    text: str = ""
    """Empty if no article is found."""
    scored: str = ""
    """Text that our own scorer chooses."""
    extracted: str = ""
    """Text that the extractor chooses; empty if it was not run, or has found no article."""


def choose(page: HtmlElement, stated: str = "") -> Choice:
    """Choose the text of the page's article. The tree is not changed.

    `stated` is the text in the page's structured data: used if nothing else is found.
    """
    page_outline = outline(page)
    if not page_outline.blocks:
        return Choice(stated)
    scored = article(page_outline, words(page.findtext(".//title") or ""))
    moderate = len(page_outline.blocks) < _LARGE and sum(len(passage.text) for passage in page_outline.passages) < _LONG
    extracted = _extracted(page) if moderate else ""
    chosen = reconcile(page_outline, scored, extracted) if extracted else scored
    text = _lines(page_outline, without_calls(page_outline, chosen))
    if len(text.split(maxsplit=_ENOUGH)) <= _ENOUGH:
        text = max(text, stated, extracted, key=len)  # the extractor joins the lines of the stated text
    return Choice(text, _lines(page_outline, scored), extracted)


def _lines(page: Outline, passages: list[int]) -> str:
    return "\n".join(page.passages[number].text for number in passages)


def _extracted(page: HtmlElement) -> str:
    try:
        # Fast: without trafilatura's fallback extractors, which double the time; our scorer takes their role.
        document = bare_extraction(page, include_comments=False, fast=True, favor_recall=True)
    except Exception:  # noqa: BLE001 -- an extractor that fails on a page has no voice; the scorer decides
        return ""
    return (document.text or "") if document is not None and not isinstance(document, dict) else ""
