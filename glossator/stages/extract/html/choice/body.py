"""Text of a page's article: our own scorer's choice and an independent extractor's, joined or one of several readings.

If the first two differ, further readings are made, and the one that is likeliest to be the article is taken.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from glossator.stages.extract.html.choice.calls import without_calls
from glossator.stages.extract.html.choice.judgement import judges
from glossator.stages.extract.html.choice.outline import Outline, outline
from glossator.stages.extract.html.choice.reconciliation import reconcile
from glossator.stages.extract.html.choice.scorer import article
from glossator.stages.extract.html.choice.shingles import Wording, wording, words
from glossator.stages.extract.html.choice.signs import agreement, page_text, signs

_LARGE = 20_000
"""Blocks of a page that only the scorer reads: the extractor's time grows faster than the page."""
_MANY = 30_000
"""Elements of a page that only the scorer reads, three times as many as in the largest of 932 real pages."""
_LONG = 2_000_000
"""Characters of a page that only the scorer reads."""
_SHORT = 200
"""Words of a page that holds little besides its article."""
_NEARLY = 0.8
"""Share of a short page's words from which a text is all of it, so that nothing is in doubt."""
_ENOUGH = 25
"""Words below which a text counts as empty."""
FURTHER = ("precise", "compared", "stated")
"""Readings that are made only if the first two differ, or a person chose one."""
USUAL = "joined"
"""Reading that is taken unless another is likely to be better."""


class Hints(msgspec.Struct, frozen=True):
    """Statements of a page about its article, by which readings are judged."""

    title: str = ""
    description: str = ""
    stated: str = ""
    """Text of the article in the page's structured data."""
    chosen: str = ""
    """Reading that a person chose; empty if the program is to choose."""


class Choice(msgspec.Struct, frozen=True):
    """Text of a page's article, and the readings that it was chosen from; a line for each passage."""

    text: str = ""
    """Empty if no article is found."""
    readings: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Texts by name of the reading: see `signs.READINGS`."""
    name: str = USUAL
    """Name of the reading that was chosen."""
    doubt: float = 0.0
    """Estimate, from 0 to 1, of how much of the text is wrong or missing."""

    @property
    def scored(self) -> str:
        """Text that our own scorer chooses."""
        return self.readings.get("scored", "")

    @property
    def extracted(self) -> str:
        """Text that the extractor chooses; empty if it was not run, or has found no article."""
        return self.readings.get("extracted", "")


NO_HINTS = Hints()


def choose(page: HtmlElement, hints: Hints = NO_HINTS) -> Choice:
    """Choose the text of the page's article. The tree is not changed.

    The text in the page's structured data is used if nothing else is found, or if it is likely to be better.
    """
    page_outline = outline(page)
    if not page_outline.blocks:
        return Choice(hints.stated)
    readings = first_readings(page, page_outline)
    if hints.chosen in FURTHER or differ(readings, judges().agreed):
        readings |= further_readings(page, hints)
    texts = {name: reading.text for name, reading in readings.items()}
    seen = page_text(page_outline, hints.title, hints.description, len(words(hints.stated)))
    # If no other reading can be taken, the signs of the others would be computed in vain.
    rows = signs(seen, readings, readings if "precise" in readings or hints.chosen else (USUAL,))
    name = hints.chosen if hints.chosen in rows else _best(rows)
    text = texts[name]
    if _is_empty(text):
        # The extractor joins the lines of the stated text.
        text = max(text, hints.stated, texts["extracted"], key=len)
    if sum(seen.sizes) < _SHORT and len(words(text)) >= _NEARLY * sum(seen.sizes):
        return Choice(text, texts, name)
    return Choice(text, texts, name, judges().doubt_about(rows[name]) if name in rows else 1.0)


def first_readings(page: HtmlElement, page_outline: Outline) -> dict[str, Wording]:
    """Return our scorer's reading, the extractor's, and both joined, by name."""
    scored = article(page_outline, words(page.findtext(".//title") or ""))
    # Fast: without trafilatura's fallback extractors, which double the time; our scorer takes their role.
    extracted = wording(_extracted(page, fast=True, recall=True) if _is_moderate(page, page_outline) else "")
    joined = reconcile(page_outline, scored, extracted) if extracted.text else scored
    return {
        USUAL: wording(_lines(page_outline, without_calls(page_outline, joined))),
        "scored": wording(_lines(page_outline, scored)),
        "extracted": extracted,
    }


def _is_moderate(page: HtmlElement, page_outline: Outline) -> bool:
    """True if a page is small enough for the extractor."""
    if len(page_outline.blocks) >= _LARGE or sum(len(passage.text) for passage in page_outline.passages) >= _LONG:
        return False
    return bool(page.xpath("count(descendant::*)") < _MANY)


def further_readings(page: HtmlElement, hints: Hints) -> dict[str, Wording]:
    """Return the readings that are made only if the first two differ, by name."""
    precise, compared = _extracted(page, fast=True, precision=True), _extracted(page, fast=False)
    return {"precise": wording(precise), "compared": wording(compared), "stated": wording(hints.stated)}


def differ(readings: Mapping[str, Wording], agreed: float) -> bool:
    """True if the first two readings are both there, and have less than `agreed` in common."""
    scored, extracted = readings["scored"], readings["extracted"]
    return bool(extracted.text) and agreement(scored.runs, extracted.runs) < agreed


def _best(rows: Mapping[str, list[float]]) -> str:
    """Return the name of the reading that is likely to be the best; the usual one unless another is clearly better."""
    if not any(name in rows for name in FURTHER):
        return USUAL
    expected = {name: judges().expected.value(row) for name, row in rows.items()}
    best = max(expected, key=lambda name: expected[name])
    return best if expected[best] > expected.get(USUAL, 0.0) + judges().better else USUAL


def _is_empty(text: str) -> bool:
    return len(text.split(maxsplit=_ENOUGH)) <= _ENOUGH


def _lines(page: Outline, passages: list[int]) -> str:
    return "\n".join(page.passages[number].text for number in passages)


def _extracted(page: HtmlElement, *, fast: bool, recall: bool = False, precision: bool = False) -> str:
    try:
        document = bare_extraction(
            page, include_comments=False, fast=fast, favor_recall=recall, favor_precision=precision
        )
    except Exception:  # noqa: BLE001 -- an extractor that fails on a page has no voice; the scorer decides
        return ""
    return (document.text or "") if document is not None and not isinstance(document, dict) else ""
