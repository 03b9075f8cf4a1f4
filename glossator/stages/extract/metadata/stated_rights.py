"""Rights of an article that its saved file states, and problems with statements that cannot be understood."""

from __future__ import annotations

from collections.abc import Mapping

from glossator import rights
from glossator.frontmatter import FrontMatterError, line_of, split
from glossator.model import Problem
from glossator.rights import StatedRights
from glossator.stages.extract.opened_file import Part

_MAIL = "from, to and date, as of mail"
_EFFECT = "its article is private; to publish it all the same, write `rights: full` into the article."


def stated_rights(part: Part, text: str, fields: Mapping[str, object]) -> tuple[StatedRights, tuple[Problem, ...]]:
    """Return the rights that a saved file states, and a problem for each statement that cannot be understood.

    `text` is the whole file, `fields` what was read of its front matter.
    """
    stated = rights.stated(fields)
    body = _body(text)
    if _is_mail(fields):
        stated = StatedRights("private", _MAIL, stated.unclear, (*stated.hints, rights.Hint("from", _MAIL)))
    lost = rights.overlooked(text, fields) if body is None else rights.overlooked_below(body)
    if lost:
        stated = StatedRights("private", lost[0].message, (*stated.unclear, *lost), stated.hints)
    name = f"{part.entry}: " if part.entry else ""
    unclear = (
        Problem("extract", part.file.path, f"{name}{statement.message}: {_EFFECT}", line_of(text, statement.key))
        for statement in stated.unclear
    )
    hints = (
        Problem(
            "extract", part.file.path, f"{name}{statement.said}: {_EFFECT}", line_of(text, statement.key), fatal=False
        )
        for statement in stated.hints
    )
    return stated, (*unclear, *hints)


def _is_mail(fields: Mapping[str, object]) -> bool:
    """True if fields name a sender, a recipient and a day, and one of the two by an address of mail."""
    named = {key.lower(): str(value) for key, value in fields.items()}
    return (
        {"from", "to"} <= named.keys() and bool(named.keys() & {"date", "sent"}) and "@" in named["from"] + named["to"]
    )


def _body(text: str) -> str | None:
    """Return what stands below front matter that is valid YAML; None if a file has none."""
    try:
        fields, body = split(text)
    except FrontMatterError:
        return None
    return body if fields else None
