"""Decisions of the reader on the blocks of a page, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from glossator.config import ExtractSettings
from glossator.stages.extract.html.choice.blocks.text_blocks import CHOSEN, OUTSIDE, TextBlock
from glossator.stages.extract.html.read_page import AnalysedPage, read_page
from glossator.stages.extract.opened_file import Part
from glossator.stages.extract.text_comparison import Wording, wording

_BEGINNING = 80
"""Characters of a block that suffice to identify it."""
_APART = "not among what stays, or it leads elsewhere"
"""Reason for the removal of a picture, which has no text by which it could be chosen."""
_ONLY_OURS = "only our scorer takes it"
_ONLY_THEIRS = "only the extractor takes it"
_CHOICES: Mapping[tuple[bool, bool, bool], str] = {
    (True, True, True): "both our scorer and the extractor take it",
    (True, True, False): f"{_ONLY_OURS}, and nothing around it speaks against it",
    (True, False, True): f"{_ONLY_THEIRS}, and it is among parts that both take",
    (False, False, False): "neither our scorer nor the extractor takes it",
    (False, True, False): f"{_ONLY_OURS}: where it is, its links, or its surroundings speak against it",
    (False, False, True): f"{_ONLY_THEIRS}: it is not among parts that both take, or its surroundings speak against it",
    (False, True, True): "both take it, but it is a label or a call, such as to subscribe",
}
"""Reasons by three facts: whether the block is in the chosen text, the scorer's text, the extractor's text."""


class Explanation(msgspec.Struct, frozen=True):
    blocks: tuple[tuple[bool, str, str], ...]
    """Decision on each block of the page in order: whether it stays, the reason, and the beginning of its text."""
    notes: tuple[str, ...]
    """Sentences about the whole page."""


def explain(part: Part, settings: ExtractSettings) -> Explanation:
    """Return what the reader decides about a page.

    Raises Unreadable as the reader does, and RecursionError if the page is nested too deeply.
    """
    page = read_page(part, settings)
    # The extractor writes the cells of a row in one line.
    scored, extracted = page.choice.scored, wording(page.choice.extracted.replace("|", "\n"))
    blocks = (
        (block.stays, _reason(block, scored, extracted), block.text[:_BEGINNING] or "(picture)")
        for block in page.blocks
    )
    return Explanation(tuple(blocks), tuple(_notes(page)))


def _reason(block: TextBlock, scored: Wording, extracted: Wording) -> str:
    if block.reason not in (CHOSEN, OUTSIDE):
        return block.reason
    if not block.tokens:
        return _APART
    # A block may stay although neither took it: as part of a list, or because the structured data state the text.
    return _CHOICES.get((block.stays, scored.has(block.tokens), extracted.has(block.tokens)), block.reason)


def _notes(page: AnalysedPage) -> Iterator[str]:
    if page.rule is not None:
        drop, keep = (", ".join(selectors) or "nothing" for selectors in (page.rule.drop, page.rule.keep))
        yield f"The rule for {page.rule.domain} drops {drop} and keeps {keep}."
        if page.rule.lines:
            yield f"It drops these lines at the edges of a text: {', '.join(page.rule.lines)}."
    if page.choice.text:
        count = sum(len(block.tokens) for block in page.blocks if block.stays)
        chosen = len(page.choice.wording.tokens)
        yield f"The text that was chosen has {chosen} words; the blocks that stay have {count}."
    if page.choice.readings:
        made = ", ".join(f"{name} ({len(reading.tokens)} words)" for name, reading in page.choice.readings.items())
        yield f"The reading {page.choice.name} was taken, of these: {made}."
        yield f"How much of the text may be wrong or missing is estimated at {page.choice.doubt:.2f} of 1."
    if page.notes.definitions:
        yield f"{len(page.notes.definitions)} notes were found."
