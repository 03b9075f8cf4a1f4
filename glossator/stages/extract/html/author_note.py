"""Note about the author below an article's text, whose name is in the front matter."""

from __future__ import annotations

from glossator.stages.extract.html.choice.shingles import words
from glossator.stages.extract.html.facts.metadata import Metadata
from glossator.stages.extract.html.parse_page import HEADINGS
from glossator.stages.extract.html.text_blocks import NOTED, SOURCES, TextBlock

_LAST = 5
"""Blocks at the end of a text among which the note begins."""
_FEWEST = 8
"""Words of a note; a shorter line is a signature, or leads on."""
_BYLINE = 20
"""Words of a line that may name the author above the text."""
_HEAD = 3
"""Blocks at the beginning of a text among which such lines are."""
_MOST = 0.25
"""Share of the text that the note has at most, with what is dropped below it."""
_ABOUT_AUTHOR = "about the author, who is said in the front matter"


def drop_author_note(blocks: list[TextBlock], metadata: Metadata) -> None:
    """Drop the note about the author at the end of the text, with its heading, and what leads on from it.

    The note begins with the whole name, of which the text does not mention the first word: in a conversation or a story
    of the author it would.
    """
    retained = [block for block in blocks if block.stays and block.reason not in (NOTED, SOURCES)]
    names = [name for author in metadata.authors if author != metadata.site and len(name := words(author)) > 1]
    note = _note(retained, names) if names else []
    if _size(note) <= _MOST * _size(retained):
        for block in note:
            block.drop(_ABOUT_AUTHOR)


def _note(retained: list[TextBlock], names: list[list[str]]) -> list[TextBlock]:
    """Return the blocks of the note; none if there is no note. `names` are the authors' names in words."""
    said = [number for number, block in enumerate(retained) if block.tokens]
    for place in range(max(1, len(said) - _LAST), len(said)):
        number, above = said[place], said[place - 1]
        headed = retained[above].tag.tag in HEADINGS
        before = [retained[other] for other in said[: place - headed] if other >= _HEAD or _is_long(retained[other])]
        name = next((name for name in names if retained[number].tokens[: len(name)] == name), None)
        if name and _is_note(retained[number], name, before):
            first = above if headed else number
            return [*retained[first : number + 1], *_following(retained[number + 1 :], name)]
    return []


def _is_note(block: TextBlock, name: list[str], before: list[TextBlock]) -> bool:
    if len(block.tokens) < _FEWEST or block.tag.tag in HEADINGS or block.text[len(" ".join(name)) :].startswith(":"):
        return False
    return not any(name[0] in other.tokens for other in before)


def _following(below: list[TextBlock], name: list[str]) -> list[TextBlock]:
    """Return what leads on from the note, up to a heading or to text of another kind, such as a correction."""
    for number, block in enumerate(below):
        is_short = len(block.tokens) < _FEWEST and block.tag.tag not in HEADINGS
        if not (is_short or block.leads_elsewhere or name[-1] in block.tokens):
            return below[:number]
    return below


def _is_long(block: TextBlock) -> bool:
    return len(block.tokens) > _BYLINE


def _size(blocks: list[TextBlock]) -> int:
    return sum(len(block.tokens) for block in blocks)
