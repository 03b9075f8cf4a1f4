"""content/saved/ -> content/articles/: each saved file becomes an article once, and no edited one is written again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from glossator import urls
from glossator.content import articles
from glossator.content.articles import Kept, Shelf
from glossator.model import Extracted, Problem, SavedFile


@dataclass(frozen=True, slots=True)
class Todo:
    """The saved files that are to be read, and what is said about the others."""

    files: tuple[SavedFile, ...]
    problems: tuple[Problem, ...]


def todo(files: tuple[SavedFile, ...], shelf: Shelf, reconvert: bool) -> Todo:
    """Those that no article stands for yet, that changed, or (to `reconvert`) whose article nobody edited."""
    by_file = {one.conversion.file: one for one in shelf.kept if one.conversion}
    by_digest = {one.conversion.sha256: one.conversion.file for one in shelf.kept if one.conversion}
    paths = {file.path for file in files}
    chosen, problems = [], []
    for file in files:
        if file.path in shelf.blocked:
            continue
        mine = by_file.get(file.path)
        first = by_digest.setdefault(file.digest, file.path)
        if first != file.path and mine is None:
            if first in paths:
                problems.append(_duplicate(file.path, f"has the same bytes as {first}"))
            continue  # else the file was moved, and its article stands
        if mine is None or mine.conversion is None or (reconvert and not mine.edited):
            chosen.append(file)
        elif mine.conversion.sha256 != file.digest:
            if mine.edited:
                problems.append(_edited(file.path, mine.file))
            else:
                chosen.append(file)
    return Todo(tuple(chosen), tuple(problems))


def place(folder: Path, extracted: Iterable[Extracted], kept: tuple[Kept, ...]) -> tuple[int, tuple[Problem, ...]]:
    """Write each extracted article to its file; says how many files were written.

    Two articles of the same address are one: the first by path is kept, the other reported.
    """
    by_file = {one.conversion.file: one for one in kept if one.conversion}
    by_source = {urls.canonical(one.article.head.source or ""): f"articles/{one.file.name}" for one in kept}
    taken = {urls.slug(path.stem) for path in folder.rglob("*.md")}
    problems = []
    written = 0
    for one in sorted(extracted, key=lambda one: one.conversion.file):
        source = urls.canonical(one.source or "")
        mine = by_file.get(one.conversion.file)
        if mine is None and source and source in by_source:
            problems.append(_duplicate(one.conversion.file, f"has the same address as {by_source[source]}"))
            continue
        by_source.setdefault(source, f"saved/{one.conversion.file}")
        path = mine.file if mine else folder / f"{_free(one, taken)}.md"
        if articles.is_edited(path):  # while the saved files were being read
            problems.append(_edited(one.conversion.file, path))
            continue
        written += articles.write(path, one)
    return written, tuple(problems)


def _free(extracted: Extracted, taken: set[str]) -> str:
    """A slug for the article that no other has, whatever the order in which they come."""
    for name in _candidates(extracted):
        if name not in taken:
            taken.add(name)
            return name
    raise AssertionError("a digest of the file's path is unique")


def _candidates(extracted: Extracted) -> Iterator[str]:
    plain = urls.slug(extracted.title)
    yield plain
    yield f"{plain}-{urls.short_digest(extracted.conversion.file)}"


def _edited(path: str, article: Path) -> Problem:
    text = f"changed, but articles/{article.name} was edited and stays; delete that to convert anew"
    return Problem("convert", path, text, fatal=False)


def _duplicate(path: str, why: str) -> Problem:
    return Problem(
        "convert", path, f"{why}: no second article was made; delete the file that is not needed", fatal=False
    )
