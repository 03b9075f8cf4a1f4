"""The theme and the site's own pages: files that a person may replace or add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from glossator import frontmatter
from glossator.config import SiteError
from glossator.content.files import misnamed
from glossator.disk import Unusable, read_bytes, read_text
from glossator.model import OwnPage, Problem
from glossator.urls import NOT_FOUND, SEARCH, slug

PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Theme:
    templates: Mapping[str, str]
    """Source by name."""
    statics: Mapping[str, bytes]
    """Content by path below `static/`."""


def read_theme(user: Path) -> Theme:
    """Read our templates and static files; the user's replace those of the same name."""
    templates: dict[str, str] = {}
    statics: dict[str, bytes] = {}
    for folder in (packaged(), user):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            name = path.relative_to(folder).as_posix()
            if not path.is_file() or any(part.startswith(".") for part in name.split("/")):
                continue
            if wrong := misnamed("theme", f"templates/{name}"):
                raise SiteError(f"{wrong.path} {wrong.message}.")
            try:
                if name.startswith("static/"):
                    statics[name.removeprefix("static/")] = read_bytes(path)
                elif path.suffix == ".html":
                    templates[name] = read_text(path)
            except Unusable as error:
                raise SiteError(f"templates/{name} {error}.") from None
    return Theme(templates, statics)


def packaged() -> Path:
    """Return the folder of our own theme: inside an installed package, or at the top of the repository."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


def read_pages(folder: Path) -> tuple[tuple[OwnPage, ...], tuple[Problem, ...]]:
    """Read the site's own pages, sorted by name."""
    pages, problems = [], []
    taken = {path.removesuffix(".html") for path in (SEARCH, NOT_FOUND)}
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
        if wrong := misnamed("pages", f"pages/{path.name}"):
            problems.append(wrong)
            continue
        try:
            fields, body = frontmatter.split(read_text(path))
        except Unusable as error:
            problems.append(Problem("pages", f"pages/{path.name}", str(error)))
        except frontmatter.FrontMatterError as error:
            problems.append(Problem("pages", f"pages/{path.name}", error.message, error.line))
        else:
            name = slug(path.stem)
            if name in taken:
                text = f"would have the address {name}.html, which another page has: rename it"
                problems.append(Problem("pages", f"pages/{path.name}", text))
                continue
            taken.add(name)
            pages.append(OwnPage(name, str(fields.get("title") or path.stem), body))
    return tuple(pages), tuple(problems)
