"""Own pages and notes: what their links may not tell, and messages about links that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from posixpath import dirname

from glossator.content.article_store import ArticleStore
from glossator.content.own_texts import OwnPages
from glossator.files import Unusable, read_text
from glossator.markup import WIKI
from glossator.model import Problem
from glossator.slugs import slug
from glossator.stages.plan import BrokenLink

LINKS = "links"
"""Stage of the problems that `check` counts as mistakes."""
KEPT_BACK = "rights"
"""Stage of the notices that a link leads to what is kept back."""


def kept_back(names: Iterable[str], store: ArticleStore, pages: OwnPages) -> frozenset[str]:
    """Return the slugs of all that no link may tell, because the site keeps it back: `names`, titles, files."""
    private = [article.head for article in store.kept if article.head.rights == "private"]
    stems = (Path(file).stem for file in pages.kept_back)
    every = (*names, *(name for head in private for name in (head.title, *head.aliases)), *stems, *pages.kept_titles)
    return frozenset(map(slug, every)).union(head.id for head in private)


def link_problems(content: Path, broken: Iterable[BrokenLink]) -> Iterator[Problem]:
    """Yield a message for each link of an own page or a note in the folder `content` that leads nowhere."""
    for link in broken:
        written, stage = link.written.removeprefix(WIKI), LINKS
        if link.fault == "kept back":
            message = f'links to "{written}", which is kept back: the text stays, and leads nowhere'
            stage = KEPT_BACK
        elif link.fault == "anchor":
            message = f'links to "{written}", and that page has no such heading'
        elif link.fault == "picture":
            message = f'shows "{written}", and beside it lies no such picture (PNG, JPEG, GIF, WebP or AVIF)'
        else:
            message = f'links to "{written}", which is no page, note, entity or article{_near(content, link)}'
        line = _line(content / link.file, written)
        yield Problem(stage, link.file, message, line, fatal=False, reveals=stage == KEPT_BACK)


def _near(content: Path, link: BrokenLink) -> str:
    """Return a question with the nearest file of the folder that a link leads to; empty if there is none."""
    folder = content / dirname(link.file) / dirname(link.written.partition("#")[0])
    try:
        names = [path.name for path in folder.iterdir() if path.suffix == ".md"]
    except (OSError, ValueError):
        return ""
    near = get_close_matches(Path(link.written.partition("#")[0]).name, sorted(names), 1)
    return f": did you mean {near[0]}?" if near and not link.written.startswith(WIKI) else ""


def _line(path: Path, written: str) -> int | None:
    """Return the line of a file on which an address is written."""
    try:
        lines = read_text(path).splitlines()
    except Unusable:
        return None
    marks = (f"]({written}", f"](<{written}", f"[[{written}", f"]: {written}", written)
    numbers = (number for mark in marks for number, line in enumerate(lines, 1) if mark in line)
    return next(numbers, None)
