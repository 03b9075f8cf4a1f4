"""Why a page's text is what it is: what became of each block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from glossator.config import ExtractSettings
from glossator.stages.extract.html.choice.shingles import Wording, wording, words
from glossator.stages.extract.html.reading import Reading, read_page
from glossator.stages.extract.html.text_blocks import CHOSEN, OUTSIDE, Leaf
from glossator.stages.extract.part import Part

_BEGINNING = 80
"""Characters of a block that tell it from others."""
_APART = "not among what stays, or it leads elsewhere"
"""Why a picture goes, which has no text by which it could be chosen."""
_ONLY_OURS, _ONLY_THEIRS = "only our scorer takes it", "only the extractor takes it"
_CHOICES: Mapping[tuple[bool, bool, bool], str] = {
    (True, True, True): "both our scorer and the extractor take it",
    (True, True, False): f"{_ONLY_OURS}, and nothing around it speaks against it",
    (True, False, True): f"{_ONLY_THEIRS}, and it is among parts that both take",
    (False, False, False): "neither our scorer nor the extractor takes it",
    (False, True, False): f"{_ONLY_OURS}: where it is, its links, or its surroundings speak against it",
    (False, False, True): f"{_ONLY_THEIRS}: it is not among parts that both take, or its surroundings speak against it",
    (False, True, True): "both take it, but it is a label or a call, such as to subscribe",
}
"""Why a block is in the chosen text or not: by whether it is, whether the scorer takes it, and the extractor."""


@dataclass(frozen=True, slots=True)
class Explanation:
    blocks: tuple[tuple[bool, str, str], ...]
    """For each block of the page in its order: whether it stays, why, and how its text begins."""
    notes: tuple[str, ...]
    """What holds for the whole page, a sentence each."""


def explain(part: Part, settings: ExtractSettings) -> Explanation:
    """What the reader decides about a page.

    Raises:
        Unreadable: as for the reader.
        RecursionError: the page is nested deeper than can be followed.
    """
    page = read_page(part, settings)
    # The extractor writes the cells of a row in one line.
    scored, extracted = wording(page.choice.scored), wording(page.choice.extracted.replace("|", "\n"))
    blocks = (
        (leaf.kept, _reason(leaf, scored, extracted), leaf.text[:_BEGINNING] or "(picture)") for leaf in page.found
    )
    return Explanation(tuple(blocks), tuple(_notes(page)))


def _reason(leaf: Leaf, scored: Wording, extracted: Wording) -> str:
    if leaf.reason not in (CHOSEN, OUTSIDE):
        return leaf.reason
    if not leaf.tokens:
        return _APART
    # A block may be in the text by neither: as part of a list that is, or where the structured data state the text.
    return _CHOICES.get((leaf.kept, scored.has(leaf.tokens), extracted.has(leaf.tokens)), leaf.reason)


def _notes(page: Reading) -> Iterator[str]:
    if page.rule is not None:
        drop, keep = (", ".join(selectors) or "nothing" for selectors in (page.rule.drop, page.rule.keep))
        yield f"The rule for {page.rule.domain} drops {drop} and keeps {keep}."
    if page.choice.text:
        kept = sum(len(leaf.tokens) for leaf in page.found if leaf.kept)
        yield f"The text that was chosen has {len(words(page.choice.text))} words; the blocks that stay have {kept}."
    if page.notes.definitions:
        yield f"{len(page.notes.definitions)} notes were found."
