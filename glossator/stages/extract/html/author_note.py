"""Note about the author below an article's text, whose name is in the front matter."""

from __future__ import annotations

from glossator.stages.extract.html.choice.shingles import words
from glossator.stages.extract.html.facts.metadata import Metadata
from glossator.stages.extract.html.parse_page import HEADINGS
from glossator.stages.extract.html.text_blocks import NOTED, SOURCES, TextBlock

_HEAD = 3
"""Blocks at the beginning of a text that may name the author without being about the author."""
_LAST = 5
"""Blocks at the end of a text among which the note begins."""
_FEWEST = 8
"""Words of a note; a shorter line is a signature."""
_MOST = 0.25
"""Share of the text that the note has at most, with what is below it."""
_SHORTEST_NAME = 3
"""Letters of a name that is no article or initial."""
_ABOUT_AUTHOR = "about the author, who is said in the front matter"


def drop_author_note(blocks: list[TextBlock], metadata: Metadata) -> None:
    """Drop the note about the author at the end of the text, with its heading and what the page has below it.

    The note begins with a name that the text does not mention: in a conversation or a story of the author it would.
    """
    retained = [block for block in blocks if block.stays and block.reason not in (NOTED, SOURCES)]
    names = [words(author) for author in metadata.authors if author != metadata.site]
    firsts = {name[0]: name for name in names if len(name) > 1 and len(name[0]) >= _SHORTEST_NAME}
    first = _first_of_note(retained, firsts) if firsts else len(retained)
    note = retained[first:]
    if _size(note) <= _MOST * _size(retained):
        for block in note:
            block.drop(_ABOUT_AUTHOR)


def _first_of_note(retained: list[TextBlock], names: dict[str, list[str]]) -> int:
    """Return the index of the note's first block, its heading if it has one; the number of blocks if there is no note.

    `names` are the authors' names in words by their first one.
    """
    said = [number for number, block in enumerate(retained) if block.tokens]
    for place in range(max(_HEAD, len(said) - _LAST), len(said)):
        number, above = said[place], said[place - 1]
        headed = retained[above].tag.tag in HEADINGS
        before = [retained[other] for other in said[_HEAD : place - headed]]
        name = names.get(retained[number].tokens[0])
        if name is not None and _is_note(retained[number], name, before):
            return above if headed else number
    return len(retained)


def _is_note(block: TextBlock, name: list[str], before: list[TextBlock]) -> bool:
    if len(block.tokens) < _FEWEST or block.tag.tag in HEADINGS or block.text[len(" ".join(name)) :].startswith(":"):
        return False
    return not any(name[0] in other.tokens for other in before)


def _size(blocks: list[TextBlock]) -> int:
    return sum(len(block.tokens) for block in blocks)
