"""The rights that a saved file states in its front matter or header lines; they are carried over to its article."""

from __future__ import annotations

from collections.abc import Mapping

from glossator import rights
from glossator.frontmatter import FrontMatterError, line_of, split
from glossator.model import Problem
from glossator.rights import StatedRights
from glossator.stages.extract.opened_file import Part

_EFFECT = "its article is private; write the rights that you mean into the article"


def stated_rights(part: Part, text: str, fields: Mapping[str, object]) -> tuple[StatedRights, tuple[Problem, ...]]:
    """Return the rights that a saved file states, and a problem for each statement that cannot be understood.

    `text` is the whole file, `fields` what was read of its front matter.
    """
    stated = rights.stated(fields)
    unclear = stated.unclear
    if not _is_valid(text) and (lost := rights.overlooked(text, fields)):
        stated, unclear = StatedRights("private", lost[0].message), (*unclear, *lost)
    name = f"{part.entry}: " if part.entry else ""
    return stated, tuple(
        Problem("extract", part.file.path, f"{name}{found.message}: {_EFFECT}", line_of(text, found.key))
        for found in unclear
    )


def _is_valid(text: str) -> bool:
    """True if a file has front matter that is valid YAML."""
    try:
        return bool(split(text)[0])
    except FrontMatterError:
        return False
