"""Why a page's article is what it is: what became of each block, and where the rest was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from glossator.config import ExtractSettings
from glossator.stages.extract.html.choice.shingles import words
from glossator.stages.extract.html.reading import Reading, read_page
from glossator.stages.extract.part import Part

_BEGINNING = 80
"""Characters of a block that tell it from others."""


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
    blocks = tuple((leaf.kept, leaf.reason, leaf.text[:_BEGINNING] or "(picture)") for leaf in page.found)
    return Explanation(blocks, tuple(_notes(page)))


def _notes(page: Reading) -> Iterator[str]:
    if page.rule is not None:
        drop, keep = (", ".join(selectors) or "nothing" for selectors in (page.rule.drop, page.rule.keep))
        yield f"The rule for {page.rule.domain} drops {drop} and keeps {keep}."
    if page.chosen:
        kept = sum(len(leaf.tokens) for leaf in page.found if leaf.kept)
        yield f"The text that was chosen has {len(words(page.chosen))} words; the blocks that stay have {kept}."
    if page.notes.definitions:
        yield f"{len(page.notes.definitions)} notes were found."
    for field, origin in page.metadata.origins:
        yield f"{field}: {origin}."
