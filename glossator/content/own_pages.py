"""content/pages/ -> the site's own pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from glossator import frontmatter
from glossator.addresses import slug
from glossator.content import clashing_addresses
from glossator.content.article_files import first_heading, rights_problems, stated_rights, without_title
from glossator.content.saved_files import folder_entries, name_problem
from glossator.files import Unusable, read_text
from glossator.model import OwnPage, Problem
from glossator.site_paths import NOT_FOUND, SEARCH
from glossator.text import one_line

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
    taken = {path.removesuffix(".html") for path in (SEARCH, NOT_FOUND)}
    for path in _files(folder, problems):
        file = f"{FOLDER}/{path.relative_to(folder).as_posix()}"
        if wrong := name_problem("pages", file) or clashing_addresses.of_page(file, _name(file), taken):
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
            taken.add(_name(file))
            title = one_line(str(fields.get("title") or "")) or first_heading(body) or path.stem
            pages.append(OwnPage(_name(file), title, without_title(body, title), file))
    return OwnPages(tuple(pages), tuple(problems), tuple(kept_back), tuple(filter(None, kept_titles)))


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
    yield from (one_line(found[1]).strip("\"'") for found in _TITLE.finditer(text[: frontmatter.LARGEST]))


def _name(file: str) -> str:
    """Return the path on the site, without its suffix, of the page in a file."""
    *folders, stem = file.removeprefix(f"{FOLDER}/").removesuffix(".md").split("/")
    return "/".join([*map(slug, folders), stem if stem == INDEX else slug(stem)])
