"""The pictures of articles, from where they were found to beside the articles. Nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from shutil import rmtree
from urllib.parse import unquote

from glossator import disk, urls
from glossator.disk import Unusable, read_bytes
from glossator.model import Extracted, Output, Picture, Problem
from glossator.pictures import BESIDE, FOLDER, LARGEST, SUFFIXES, kind, picture

_BESIDE = re.compile(
    rf"!\[(?P<alt>(?:[^\]\\]|\\.)*)\]\({BESIDE}(?P<path>[^)\s]+)(?P<title>[ \t]+\"(?:[^\"\\]|\\.)*\")?\)"
)


@dataclass(frozen=True, slots=True)
class Held:
    """A folder in which pictures wait until it is known whether their article is kept."""

    folder: Path

    def take(self, article: Extracted) -> Extracted:
        """The article without the bytes of its pictures, which many articles together would fill the memory with."""
        for one in article.pictures:
            if not (self.folder / one.name).exists():
                disk.replace(self.folder / one.name, one.data)
        return replace(article, pictures=tuple(Picture(one.name, b"") for one in article.pictures))

    def place(self, article: Extracted, saved: Path, to: Path) -> tuple[Extracted, tuple[Problem, ...]]:
        """The article with all its pictures in `<to>/images/`.

        `saved` is the file it was made from: pictures that lie beside that are copied; one that is not there keeps the
        path that it ought to have, and the site shows its description.
        """
        beside = _Beside(saved.parent, LARGEST)
        markdown = _BESIDE.sub(beside.found, article.markdown)
        for one in article.pictures:
            if not (to / FOLDER / one.name).exists():
                disk.replace(to / FOLDER / one.name, (self.folder / one.name).read_bytes())
        for one in beside.taken:
            if not (to / FOLDER / one.name).exists():
                disk.replace(to / FOLDER / one.name, one.data)
        return replace(article, markdown=markdown), tuple(_notices(article, beside))


def names(articles: Path) -> frozenset[str]:
    """The pictures that lie beside the articles."""
    folder = articles / FOLDER
    found = folder.iterdir() if folder.is_dir() else ()
    return frozenset(path.name for path in found if path.suffix.lower() in SUFFIXES)


def shown(lists: Iterable[tuple[str, ...]]) -> list[str]:
    """Every picture of the lists once, in order."""
    return sorted(set(chain.from_iterable(lists)))


def outputs(articles: Path, site: Path, shown: Iterable[str]) -> Iterator[Output]:
    """The pictures for the site. One that stands there with its size is taken to be what its name, a digest, says."""
    for name in shown:
        mine, theirs = articles / FOLDER / name, site / urls.picture_path(name)
        try:
            if _size(theirs) != _size(mine) and kind(content := read_bytes(mine)):
                yield Output(urls.picture_path(name), content)
        except Unusable:
            continue


def _size(path: Path) -> int:
    return path.lstat().st_size if path.is_file() and not path.is_symlink() else -1


@contextmanager
def held(folder: Path) -> Iterator[Held]:
    """Pictures held in a folder of this name, which is gone afterwards."""
    rmtree(folder, ignore_errors=True)
    try:
        yield Held(folder)
    finally:
        rmtree(folder, ignore_errors=True)


@dataclass(slots=True)
class _Beside:
    """Looks pictures up in the folder of a saved file. State: those found and the bytes left for more."""

    folder: Path
    bytes_left: int
    taken: list[Picture] = field(default_factory=list)
    missing: int = 0
    too_large: int = 0

    def found(self, image: re.Match[str]) -> str:
        one = self._picture(unquote(image["path"]))
        left = f"![{image['alt']}]({image['path']}{image['title'] or ''})"
        if one is None:
            self.missing += 1
            return left
        if len(one.data) > self.bytes_left:
            self.too_large += 1
            return left
        if one.name not in {other.name for other in self.taken}:
            self.bytes_left -= len(one.data)
            self.taken.append(one)
        return f"![{image['alt']}]({FOLDER}{one.name}{image['title'] or ''})"

    def _picture(self, name: str) -> Picture | None:
        path = self.folder / name
        try:
            if not path.resolve().is_relative_to(self.folder.resolve()):
                return None
            return picture(read_bytes(path))
        except (Unusable, OSError, ValueError):
            return None


def _notices(article: Extracted, beside: _Beside) -> Iterator[Problem]:
    file = article.conversion.file
    if beside.missing:
        text = (
            f"pictures that should lie beside it and do not: {beside.missing}; the site shows their descriptions. "
            "Once they are there, build with --reconvert"
        )
        yield Problem("convert", file, text, fatal=False)
    if left := beside.too_large + article.left_out:
        text = f"pictures left out: {left}; an article has room for {LARGEST // 1_000_000} MB of them"
        yield Problem("convert", file, text, fatal=False)
