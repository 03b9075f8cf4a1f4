"""Names that a private person may still be found by: told, because a program cannot know whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glossator.content import decisions
from glossator.model import Entity, PrivateNames, Problem
from glossator.naming.private_names import has_whole_name, resembled_by


def private_remains(entities: Iterable[Entity], private: PrivateNames) -> Iterator[Problem]:
    """Yield a problem for each undecided entity that has the name or surname of a private person."""
    for entity in entities if private else ():
        forms = (entity.name, *(form for form, _ in entity.aliases))
        name = next((name for form in forms if (name := resembled_by(form, private))), "")
        if name and entity.origin == "machine":
            yield Problem(
                "resolve",
                decisions.FILE,
                f"“{entity.name}” is shown, and “{name}” is private. If they are the same, run: "
                f'glossator entity private "{entity.name}". If not: glossator entity confirm "{entity.name}".',
                fatal=False,
            )


def whole_names(entities: Iterable[Entity], private: str) -> list[str]:
    """Return the names of the undecided entities that have the whole name of a private person."""
    whole = PrivateNames((private,))
    return [
        entity.name
        for entity in entities
        if entity.origin == "machine" and entity.name != private and has_whole_name(entity.name, whole)
    ]
