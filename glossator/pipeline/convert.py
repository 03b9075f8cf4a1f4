"""content/saved/ -> content/articles/: each saved file becomes an article once, and no edited one is written again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from glossator import urls
from glossator.content import articles
from glossator.content.articles import Kept
from glossator.model import Extracted, Problem, SavedFile


@dataclass(frozen=True, slots=True)
class Todo:
    """The saved files that are to be read, and what is said about the others."""

    files: tuple[SavedFile, ...]
    problems: tuple[Problem, ...]


def todo(files: tuple[SavedFile, ...], kept: tuple[Kept, ...], reconvert: bool) -> Todo:
    """Those that no article stands for yet, that changed, or (to `reconvert`) whose article nobody edited."""
    by_file = {one.conversion.file: one for one in kept if one.conversion}
    by_digest = {one.conversion.sha256: one.conversion.file for one in kept if one.conversion}
    paths = {file.path for file in files}
    chosen, problems = [], []
    for file in files:
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
                text = f"changed, but articles/{mine.file.name} was edited and stays; delete that to convert anew"
                problems.append(Problem("convert", file.path, text, fatal=False))
            else:
                chosen.append(file)
    return Todo(tuple(chosen), tuple(problems))


def place(folder: Path, extracted: Iterable[Extracted], kept: tuple[Kept, ...]) -> tuple[int, tuple[Problem, ...]]:
    """Write each extracted article to its file; says how many files were written.

    Two articles of the same address are one: the first by path is kept, the other reported.
    """
    by_file = {one.conversion.file: one for one in kept if one.conversion}
    by_source = {urls.canonical(one.article.head.source): _origin(one) for one in kept if one.article.head.source}
    taken = {one.article.head.id.casefold() for one in kept}
    problems = []
    written = 0
    for one in sorted(extracted, key=lambda one: one.conversion.file):
        source = urls.canonical(one.source or "")
        first = by_source.setdefault(source, one.conversion.file) if source else one.conversion.file
        mine = by_file.get(one.conversion.file)
        if first != one.conversion.file and mine is None:
            problems.append(_duplicate(one.conversion.file, f"has the same address as {first}"))
            continue
        path = mine.file if mine else folder / f"{_free(one, taken)}.md"
        text = articles.compose(one)
        if not path.exists() or path.read_text("utf-8") != text:
            articles.write(path, one)
            written += 1
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


def _origin(kept: Kept) -> str:
    return kept.conversion.file if kept.conversion else f"articles/{kept.file.name}"


def _duplicate(path: str, why: str) -> Problem:
    return Problem(
        "convert", path, f"{why}: one article was made of both; delete the one that is not needed", fatal=False
    )
