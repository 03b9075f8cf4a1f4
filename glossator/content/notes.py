"""Notes of people on entities: files in `content/entities/`."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

from glossator import frontmatter
from glossator.addresses import slug, web_address
from glossator.content.article_files import rights_problems, stated_rights
from glossator.content.coordinates import coordinates
from glossator.content.saved_files import folder_entries, name_problem
from glossator.files import Unusable, read_text, write_whole
from glossator.model import Digest, Entity, EntityId, EntityType, Note, Problem
from glossator.rights import states_rights
from glossator.text import digest, one_line

NOTE_FIELDS = ("name", "type", "aliases", "links", "coordinates")


def read_notes(folder: Path, *, whole: bool = False) -> tuple[tuple[Note, ...], tuple[Problem, ...]]:
    """Read every note of `content/entities/`, sorted by slug; private ones only if the site is private (`whole`)."""
    notes: list[Note] = []
    problems: list[Problem] = []
    for path in folder_entries(folder, "notes", problems, ".md"):
        name = f"entities/{path.name}"
        if wrong := name_problem("notes", name):
            problems.append(wrong)
            continue
        try:
            text = read_text(path)
            fields, body = frontmatter.split(text)
            stated = stated_rights(text, fields, body)
            problems += rights_problems("notes", name, text, stated)
            if whole or stated.rights == "full":  # a note is published whole or not at all
                others = {key: value for key, value in fields.items() if not states_rights(key, value)}
                notes.append(_note(path, others, body, digest("note", path.stem, text)))
        except Unusable as error:
            problems.append(Problem("notes", name, str(error)))
        except frontmatter.FrontMatterError as error:
            problems.append(Problem("notes", name, error.message, error.line))
        except ValueError as error:
            problems.append(Problem("notes", name, str(error)))
    return tuple(notes), tuple(problems)


def write_note(folder: Path, entity: Entity, text: str) -> Path:
    """Add a paragraph to the entity's note in `folder` (content/entities/), made if it is missing; return its file."""
    existing = entity.note if entity.note and not entity.note.listed else None
    path = folder / f"{existing.slug if existing else entity.id}.md"
    before = read_text(path).rstrip() if path.exists() else ""
    if not before:
        before = frontmatter.join({"name": entity.name, "type": str(entity.type)}, "").rstrip()
    gap = "\n\n" if existing and existing.markdown else "\n"
    write_whole(path, f"{before}{gap}{text}\n".encode() if text else f"{before}\n".encode())
    return path


def _note(path: Path, fields: Mapping[str, object], body: str, digested: Digest) -> Note:
    """Return the note in a file with these fields and this body. Raises ValueError (with a sentence)."""
    kind = fields.get("type")
    for key in fields:
        if key not in NOTE_FIELDS:
            near = difflib.get_close_matches(key, NOTE_FIELDS, 1)
            hint = f"did you mean {near[0]}" if near else f"known are {', '.join(NOTE_FIELDS)}"
            raise ValueError(f'"{key}" is not a field of a note: {hint}')
    if not fields.get("name"):
        raise ValueError("has no name: write `name: ...` between two lines of --- at its top")
    if kind is not None and kind not in list(EntityType):
        raise ValueError(f'type "{kind}" is none of {", ".join(EntityType)}: write one of these')
    links = fields.get("links") or {}
    if not isinstance(links, dict):
        raise ValueError("links is not a list of lines `label: address`: write one below it for each link")  # noqa: TRY004 -- what the file says, not what a caller passed
    aliases = fields.get("aliases") or []
    return Note(
        slug=EntityId(slug(path.stem)),
        name=one_line(str(fields.get("name") or "")),
        type=EntityType(str(kind)) if kind else None,
        aliases=tuple(one_line(str(alias)) for alias in (aliases if isinstance(aliases, list) else [aliases])),
        links=tuple((str(label), web_address(str(link))) for label, link in links.items() if web_address(str(link))),
        markdown=body.strip(),
        digest=digested,
        coordinates=coordinates(fields.get("coordinates")),
    )
