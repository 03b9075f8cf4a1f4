"""What people decided and noted about entities, and the ids that were given out."""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from glossator import frontmatter
from glossator.config import SiteError
from glossator.digest import digest
from glossator.disk import Unusable, read_text, replace
from glossator.model import Decisions, EntityId, EntityType, Note, Problem, PublishedId
from glossator.urls import slug, web_address

FILE = "entities.toml"
LOCK = "entities.lock.json"
NOTE_FIELDS = ("name", "type", "aliases", "links")
KEYS = ("ignore", "private", "not-the-same", "rename", "merge", "type")


def read_decisions(content: Path) -> Decisions:
    """What `content/entities.toml` says; nothing where it is not there.

    Raises SiteError: to build without a person's decisions would publish what they took back.
    """
    path = content / FILE
    if not path.exists():
        return Decisions()
    try:
        text = read_text(path)
        tables = tomllib.loads(text)
    except Unusable as error:
        raise SiteError(f"{FILE} {error}.") from None
    except tomllib.TOMLDecodeError as error:
        raise SiteError(f"{FILE} is not valid TOML: {error}.", "docs/entities.md shows the notation.") from None
    for key in tables:
        if key not in KEYS:
            raise _wrong(text, key, f'"{key}" is not a kind of decision', f"Known are: {', '.join(KEYS)}.")
    return Decisions(
        ignore=_names(tables, "ignore", text),
        private=_names(tables, "private", text),
        rename=tuple((old, _name(new, old, text)) for old, new in _table(tables, "rename", text).items()),
        merge=tuple((into, _names({into: v}, into, text)) for into, v in _table(tables, "merge", text).items()),
        not_the_same=tuple(_names({"not-the-same": group}, "not-the-same", text) for group in _groups(tables, text)),
        types=tuple((name, _type(kind, name, text)) for name, kind in _table(tables, "type", text).items()),
    )


def read_notes(folder: Path) -> tuple[tuple[Note, ...], tuple[Problem, ...]]:
    """Every note of `content/entities/`, sorted by slug."""
    notes, problems = [], []
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
        name = f"entities/{path.name}"
        try:
            notes.append(_note(path))
        except Unusable as error:
            problems.append(Problem("notes", name, str(error)))
        except frontmatter.FrontMatterError as error:
            problems.append(Problem("notes", name, error.message, error.line))
        except ValueError as error:
            problems.append(Problem("notes", name, str(error)))
    return tuple(notes), tuple(problems)


def read_lock(content: Path) -> tuple[PublishedId, ...]:
    """The ids given out so far, sorted. Raises SiteError: without them addresses would change silently."""
    path = content / LOCK
    if not path.exists():
        return ()
    try:
        entries = json.loads(read_text(path))["entities"]
        ids = [PublishedId(EntityId(key), str(one["name"]), EntityType(one["type"])) for key, one in entries.items()]
    except (Unusable, ValueError, KeyError, TypeError, AttributeError) as error:
        hint = "Take it back from your version control, or delete it: the addresses of entities may then change."
        raise SiteError(f"{LOCK} cannot be read: {error}.", hint) from None
    return tuple(sorted(ids, key=lambda one: one.id))


def write_lock(content: Path, ids: tuple[PublishedId, ...]) -> None:
    entities = {one.id: {"name": one.name, "type": one.type} for one in sorted(ids, key=lambda one: one.id)}
    text = json.dumps({"entities": entities}, ensure_ascii=False, indent=1) + "\n"
    path = content / LOCK
    if not path.exists() or path.read_bytes() != text.encode():
        replace(path, text.encode())


def _note(path: Path) -> Note:
    """Raises Unusable, FrontMatterError, ValueError (with a sentence)."""
    text = read_text(path)
    fields, body = frontmatter.split(text)
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
        name=str(fields.get("name") or ""),
        type=EntityType(str(kind)) if kind else None,
        aliases=tuple(str(alias) for alias in (aliases if isinstance(aliases, list) else [aliases])),
        links=tuple((str(label), web_address(str(link))) for label, link in links.items() if web_address(str(link))),
        markdown=body.strip(),
        digest=digest("note", path.stem, text),
    )


def _groups(tables: Mapping[str, Any], text: str) -> list[Any]:
    groups = tables.get("not-the-same", [])
    if not isinstance(groups, list) or not all(isinstance(group, list) and len(group) > 1 for group in groups):
        hint = 'Write lists of names within a list: not-the-same = [["A", "B"]].'
        raise _wrong(text, "not-the-same", "not-the-same is not a list of lists of names", hint)
    return groups


def _table(tables: Mapping[str, Any], key: str, text: str) -> Mapping[str, Any]:
    table = tables.get(key, {})
    if not isinstance(table, dict):
        raise _wrong(
            text, key, f"{key} is not a table", f"Write [{key}] on a line of its own, a name on each line below."
        )
    return table


def _names(table: Mapping[str, Any], key: str, text: str) -> tuple[str, ...]:
    names = table.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        shown = key if key in KEYS else f'"{key}"'
        raise _wrong(text, key, f"{shown} is not a list of names", f'Write {shown} = ["One name", "Another"].')
    return tuple(names)


def _name(value: object, key: str, text: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(text, key, f'the new name of "{key}" is not a text', f'Write "{key}" = "New name".')
    return value


def _type(value: object, key: str, text: str) -> EntityType:
    if value not in list(EntityType):
        if key in KEYS:
            hint = f"{key} = [...] stands above the first table, for what follows [type] is about types."
            raise _wrong(text, key, f"{key} is not a name with its type", hint)
        raise _wrong(text, key, f'"{value}" is not a type', f"Known are: {', '.join(EntityType)}.")
    return EntityType(str(value))


def _wrong(text: str, key: str, message: str, hint: str) -> SiteError:
    for number, line in enumerate(text.splitlines(), 1):
        if key in line and not line.lstrip().startswith("#"):
            return SiteError(f"{FILE}, line {number}: {message}.", hint)
    return SiteError(f"{FILE}: {message}.", hint)
