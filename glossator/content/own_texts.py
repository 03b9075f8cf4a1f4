"""Texts of people's own: pages of the site (content/pages/) and notes on entities (content/entities/)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from math import isfinite
from pathlib import Path
from typing import NamedTuple, TypeVar

from glossator import frontmatter, markup
from glossator.addresses import web_address
from glossator.atomic_files import write_whole
from glossator.content.article_files import rights_problems, stated_rights, without_title
from glossator.content.article_front_matter import first_heading
from glossator.content.saved_files import folder_entries, name_problem
from glossator.files import Unusable, read_text
from glossator.markup import markdown_tree
from glossator.model import Digest, Entity, EntityId, EntityType, Note, OwnPage, Problem
from glossator.rights import states_rights
from glossator.site_paths import HIGHLIGHTS, NOT_FOUND, OUR_FOLDERS, SEARCH
from glossator.slugs import slug
from glossator.text import digest, nearest, one_line

FOLDER = "pages"
_TITLE = re.compile(r"""^[ \t]*["']?title["']?[ \t]*[:=][ \t]*(.+)$""", re.MULTILINE | re.IGNORECASE)
INDEX = "index"
"""Name of the page of a folder; at the top the home page, on which a person's words stand first."""


class OwnPages(NamedTuple):
    """The site's own pages, sorted by file, and what is wrong with the others."""

    pages: tuple[OwnPage, ...] = ()
    problems: tuple[Problem, ...] = ()
    kept_back: tuple[str, ...] = ()
    """Paths below `content/` of the pages that are kept back."""
    kept_titles: tuple[str, ...] = ()
    """Titles of the pages that are kept back."""


def read_pages(folder: Path, private: bool = False) -> OwnPages:
    """Read the site's own pages in a folder and the folders below it.

    If `private`, nothing is kept back: the site is one that its owner alone reads.
    """
    pages: list[OwnPage] = []
    problems: list[Problem] = []
    kept_back: list[str] = []
    kept_titles: list[str] = []
    taken = {path.removesuffix(".html") for path in (SEARCH, NOT_FOUND, HIGHLIGHTS)}
    for path in _files(folder, problems):
        file = f"{FOLDER}/{path.relative_to(folder).as_posix()}"
        if wrong := name_problem("pages", file) or _clash(file, page_name(file), taken):
            problems.append(wrong)
            continue
        try:
            text = read_text(path)
            fields, body = frontmatter.split(text)
        except Unusable as error:
            problems.append(Problem("pages", file, str(error)))
        except frontmatter.FrontMatterError as error:
            problems.append(Problem("pages", file, error.message, error.line))
            kept_titles += (path.stem, *_titles(text))
        else:
            stated = stated_rights(text, fields, body)
            kept = stated.rights != "full" and not private  # a page is published whole or not at all
            problems += rights_problems("pages", file, text, stated) if kept else ()
            if kept:
                kept_back.append(file)
                kept_titles += _titles(text)
                continue
            taken.add(page_name(file))
            title = one_line(str(fields.get("title") or "")) or first_heading(body) or path.stem
            markdown = without_title(body, title)
            first_line = text[: text.rfind(markdown)].count("\n") + 1
            pages.append(OwnPage(page_name(file), title, markdown, file, first_line, proof=_is_proved(fields)))
    return OwnPages(tuple(pages), tuple(problems), tuple(kept_back), tuple(filter(None, kept_titles)))


def _is_proved(fields: Mapping[str, object]) -> bool:
    """True if a page asks to be held against the articles in the preview: `proof: yes`."""
    return str(fields.get("proof", "")).casefold() in ("yes", "true")


def _files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield the Markdown files of a folder, then those of the folders below it, without hidden folders and links."""
    entries = folder_entries(folder, "pages", problems)
    yield from (path for path in entries if path.name.endswith(".md"))
    for path in entries:
        if path.is_dir() and not path.is_symlink() and not path.name.startswith(".") and path.suffix != ".md":
            yield from _files(path, problems)


def _titles(text: str) -> Iterator[str]:
    """Yield what may be the title of a page that is kept back, whether or not its front matter can be read."""
    try:
        fields, body = frontmatter.split(text)
    except frontmatter.FrontMatterError:
        fields, body = {}, ""
    yield one_line(str(fields.get("title") or "")) or first_heading(body)
    yield from (one_line(match[1]).strip("\"'") for match in _TITLE.finditer(text))


def page_name(file: str) -> str:
    """Return the path on the site, without its suffix, of the page in a file."""
    *folders, stem = file.removeprefix(f"{FOLDER}/").removesuffix(".md").split("/")
    return "/".join([*map(slug, folders), stem if stem == INDEX else slug(stem)])


def _clash(file: str, name: str, taken: Collection[str]) -> Problem | None:
    """Return the problem if an own page would have an address that is taken, or be in a folder of ours; else None.

    `name` is the path of the page on the site, without its suffix, `taken` the names of the pages so far.
    """
    if name in taken:
        return Problem("pages", file, f"would have the address {name}.html, which another page has: rename it")
    top, inside, _ = name.partition("/")
    if inside and top in OUR_FOLDERS:
        return Problem("pages", file, f"would be in {top}/, where the site has pages of its own: rename the folder")
    return None


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
    old_text = read_text(path).rstrip() if path.exists() else ""
    if not old_text:
        old_text = frontmatter.join({"name": entity.name, "type": str(entity.type)}, "").rstrip()
    gap = "\n\n" if existing and existing.markdown else "\n"
    write_whole(path, f"{old_text}{gap}{text}\n".encode() if text else f"{old_text}\n".encode())
    return path


def _note(path: Path, fields: Mapping[str, object], body: str, digested: Digest) -> Note:
    """Return the note in a file with these fields and this body. Raises ValueError (with a sentence)."""
    kind = fields.get("type")
    for key in fields:
        if key not in NOTE_FIELDS:
            raise ValueError(f'"{key}" is not a field of a note: {nearest(key, NOTE_FIELDS)}')
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


def coordinates(written: object) -> tuple[float, float] | None:
    """Return degrees of latitude and longitude; None if nothing is written. Raises ValueError (with a sentence)."""
    if written is None:
        return None
    parts = written if isinstance(written, list) else str(written).split(",")
    try:
        latitude, longitude = (float(part) for part in parts)
    except (TypeError, ValueError):
        latitude = longitude = float("nan")
    if not (isfinite(latitude) and isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError(f"coordinates {written} are no place: write degrees north and east, such as 52.52, 13.405")
    return latitude, longitude


Text = TypeVar("Text")


def readable(
    texts: Iterable[Text], describe: Callable[[Text], tuple[str, str]]
) -> tuple[tuple[Text, ...], tuple[Problem, ...]]:
    """Return the texts whose Markdown can be read, and a problem for each of the others.

    `describe` gives the path below `content/` and the Markdown of a text.
    """
    kept: list[Text] = []
    problems: list[Problem] = []
    for text in texts:
        path, markdown = describe(text)
        try:
            markup.read(markdown)
        except markdown_tree.TooDeep as error:
            problems.append(Problem("pages", path, str(error)))
        else:
            kept.append(text)
    return tuple(kept), tuple(problems)
