"""Which text of a page is the article: our own scorer's choice, held against that of an extractor made otherwise."""

from __future__ import annotations

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from glossator.stages.extract.html.choice.calls import without_calls
from glossator.stages.extract.html.choice.outline import outline
from glossator.stages.extract.html.choice.scorer import article
from glossator.stages.extract.html.choice.settling import settled
from glossator.stages.extract.html.choice.shingles import words

_LARGE, _LONG = 20_000, 2_000_000
"""Blocks, and characters, of a page that the scorer alone looks at: the extractor's time grows faster than the page."""
_ENOUGH = 25
"""Words below which nothing has been found."""


def article_text(page: HtmlElement, stated: str = "") -> str:
    """The text of the page's article, a line for each passage; empty where none is found. The tree stays as it is.

    `stated` is the text that the page's structured data give: taken where nothing else is found.
    """
    seen = outline(page)
    if not seen.blocks:
        return stated
    scored = article(seen, words(page.findtext(".//title") or ""))
    moderate = len(seen.blocks) < _LARGE and sum(len(passage.text) for passage in seen.passages) < _LONG
    extracted = _extracted(page) if moderate else ""
    kept = settled(seen, scored, extracted) if extracted else scored
    text = "\n".join(seen.passages[number].text for number in without_calls(seen, kept))
    return text if len(text.split(maxsplit=_ENOUGH)) > _ENOUGH else max(text, extracted, stated, key=len)


def _extracted(page: HtmlElement) -> str:
    try:
        # Without its own second opinions, which cost as much again: ours is one.
        found = bare_extraction(page, include_comments=False, fast=True, favor_recall=True)
    except Exception:  # noqa: BLE001 -- an extractor that fails on a page has no voice; the scorer decides
        return ""
    return (found.text or "") if found is not None and not isinstance(found, dict) else ""
