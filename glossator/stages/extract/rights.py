"""The rights that a saved file states in its front matter or header lines; they are carried over to its article."""

from __future__ import annotations

from collections.abc import Mapping

from glossator import rights
from glossator.frontmatter import FrontMatterError, line_of, split
from glossator.model import Problem
from glossator.rights import StatedRights
from glossator.stages.extract.opened_file import Part

_EFFECT = "its article is private; to publish it all the same, write `rights: full` into the article"


def stated_rights(part: Part, text: str, fields: Mapping[str, object]) -> tuple[StatedRights, tuple[Problem, ...]]:
    """Return the rights that a saved file states, and a problem for each statement that cannot be understood.

    `text` is the whole file, `fields` what was read of its front matter.
    """
    stated = rights.stated(fields)
    body = _body(text)
    lost = rights.overlooked(text, fields) if body is None else rights.overlooked_below(body)
    if lost:
        stated = StatedRights("private", lost[0].message, (*stated.unclear, *lost), stated.hints)
    name = f"{part.entry}: " if part.entry else ""
    unclear = (
        Problem("extract", part.file.path, f"{name}{found.message}: {_EFFECT}", line_of(text, found.key))
        for found in stated.unclear
    )
    hints = (
        Problem("extract", part.file.path, f"{name}{found.said}: {_EFFECT}", line_of(text, found.key), fatal=False)
        for found in stated.hints
    )
    return stated, (*unclear, *hints)


def _body(text: str) -> str | None:
    """Return what stands below front matter that is valid YAML; None if a file has none."""
    try:
        fields, body = split(text)
    except FrontMatterError:
        return None
    return body if fields else None
