"""Metadata of an article from outside its text: the program that saved it, the file's rights and name; and limits."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from glossator import rights
from glossator.frontmatter import FrontMatterError, line_of, split
from glossator.link_list_metadata import filled
from glossator.model import Extracted, Problem
from glossator.rights import StatedRights, strictest_of
from glossator.stages.extract.opened_file import Part
from glossator.stages.extract.text_comparison import likeness
from glossator.text import one_line

LONGEST_TITLE = 500
"""Characters: front matter is read at every build."""
LONGEST_DESCRIPTION = 2_000
"""Characters."""
MOST_NAMES = 100
"""Authors or tags of one article."""
_MAIL = "from, to and date, as of mail"
_EFFECT = "its article is private; to publish it all the same, write `rights: full` into the article."


def complete(article: Extracted, part: Part) -> Extracted:
    """Add what is known of the article's part of the saved file: its name, format, likeness and metadata."""
    origins = dict(article.conversion.origins) | ({} if part.rights == "full" else {"rights": part.recognised})
    conversion = msgspec.structs.replace(
        article.conversion,
        origins=tuple(sorted(origins.items())),
        entry=part.entry,
        format=part.recognised or article.conversion.format,
        likeness=likeness(article.markdown),
    )
    article = filled(filled(msgspec.structs.replace(article, conversion=conversion), part.known, over=True), part.hints)
    return with_limits(msgspec.structs.replace(article, rights=strictest_of((article.rights, part.rights))))


def with_limits(article: Extracted) -> Extracted:
    """Return the article with a title, a description, authors and tags that its front matter can hold."""
    return msgspec.structs.replace(
        article,
        title=shortened(article.title, LONGEST_TITLE),
        description=article.description and shortened(article.description, LONGEST_DESCRIPTION),
        authors=tuple(shortened(name, LONGEST_TITLE) for name in article.authors[:MOST_NAMES]),
        tags=tuple(shortened(tag, LONGEST_TITLE) for tag in article.tags[:MOST_NAMES]),
    )


def shortened(text: str, longest: int) -> str:
    """Cut a text between words, to at most `longest` characters and an ellipsis."""
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + "…"


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


def title_of_file(stem: str) -> str:
    """Return a title from the stem of a file's name, whose words hyphens and underscores part; empty if it has none."""
    return one_line(stem.replace("-", " ").replace("_", " "))
