"""Pictures of articles: copied from saved files to content/articles/images/ and to the site. Nothing is downloaded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple
from urllib.parse import unquote

from glossator import disk, urls
from glossator.content.files import name_problem
from glossator.content.stamps import stamp
from glossator.disk import Unusable, WriteFile, read_bytes
from glossator.incremental.namespace import Namespace, commit
from glossator.incremental.schema import PICTURE_FILES, PICTURES, PictureRecord
from glossator.model import Extracted, Output, Picture, Problem
from glossator.picture_files import NotShown, published
from glossator.pictures import BESIDE, FOLDER, LARGEST, SUFFIXES, picture
from glossator.pipeline.context import BuildContext, timed

_IMAGE = re.compile(
    rf"!\[(?P<alt>(?:[^\]\\]|\\.)*)\]\({BESIDE}(?P<path>[^)\s]+)(?P<title>[ \t]+\"(?:[^\"\\]|\\.)*\")?\)"
)
"""Image of an article whose picture lies beside the saved file."""


@dataclass(frozen=True, slots=True)
class PictureFolder:
    """A folder in which pictures wait until their articles are written."""

    folder: Path

    def take(self, article: Extracted) -> Extracted:
        """Move the article's pictures to the folder; return the article without their bytes, to save memory."""
        for image in article.pictures:
            if not (self.folder / image.name).exists():
                disk.replace(self.folder / image.name, image.data, durable=False)
        return replace(article, pictures=tuple(Picture(image.name, b"") for image in article.pictures))

    def copy_beside(
        self, article: Extracted, saved: Path, to: Path, put: WriteFile = disk.replace
    ) -> tuple[Extracted, tuple[Problem, ...]]:
        """Copy all pictures of an article to `<to>/images/`, with `put`; return the article with their new paths.

        `saved` is the file that the article was made from: pictures beside that file are copied too. A missing picture
        keeps the path that it should have, and the site shows its description.
        """
        finder = _PictureFinder(saved.parent, LARGEST)
        markdown = _IMAGE.sub(finder.new_image, article.markdown)
        for image in article.pictures:
            if not (to / FOLDER / image.name).exists():
                put(to / FOLDER / image.name, (self.folder / image.name).read_bytes())
        for image in finder.pictures:
            if not (to / FOLDER / image.name).exists():
                put(to / FOLDER / image.name, image.data)
        return replace(article, markdown=markdown), tuple(_notices(article, finder))


class PictureCheck(NamedTuple):
    """The pictures that lie beside the articles and can be published, and what is wrong with the others."""

    sizes: Mapping[str, int]
    """Bytes of each picture as it is published, by name."""
    problems: tuple[Problem, ...]
    described: tuple[str, ...]
    """Names of the pictures whose files have metadata that are not published."""


@timed("pictures")
def check_pictures(context: BuildContext) -> PictureCheck:
    """Check the pictures beside the articles; those that are as an earlier build left them are not read."""
    folder = context.paths.articles / FOLDER
    namespace = Namespace(context.cache, PICTURES)
    known = namespace.read_all(PICTURE_FILES)
    now: dict[str, PictureRecord] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix.lower() in SUFFIXES and not name_problem("images", path.name):
            found, before = stamp(path.lstat()), known.get(path.name)
            now[path.name] = before if before and found and before.stamp == found else _examined(path, found)
    changed = {name: record for name, record in now.items() if record != known.get(name)}
    namespace.write(PICTURE_FILES, {**dict.fromkeys(known.keys() - now.keys()), **changed})
    commit(context.cache, namespace)
    problems = (
        Problem("images", f"articles/{FOLDER}{name}", f"{record.refused}; it was left out", fatal=False)
        for name, record in now.items()
        if record.refused
    )
    return PictureCheck(
        {name: record.size for name, record in now.items() if not record.refused},
        tuple(problems),
        tuple(name for name, record in now.items() if record.described),
    )


def _examined(path: Path, found: str) -> PictureRecord:
    try:
        data = read_bytes(path)
        stripped = published(data)
        return PictureRecord(found, len(stripped), stripped != data)
    except (Unusable, NotShown) as error:
        return PictureRecord(found, 0, refused=str(error))


def distinct(lists: Iterable[tuple[str, ...]]) -> list[str]:
    """Return every picture of the lists once, sorted."""
    return sorted(set(chain.from_iterable(lists)))


def outputs(articles: Path, site: Path, pictures: Mapping[str, int]) -> Iterator[Output]:
    """Yield the pictures that the site lacks, without their metadata; `pictures` are names with published sizes.

    A file of the site with a picture's name and size is taken for the picture, because the name is a digest.
    """
    for name, size in sorted(pictures.items()):
        source, target = articles / FOLDER / name, site / urls.picture_path(name)
        try:
            if _size(target) != size:
                yield Output(urls.picture_path(name), published(read_bytes(source)))
        except (Unusable, NotShown):
            continue


def _size(path: Path) -> int:
    return path.lstat().st_size if path.is_file() and not path.is_symlink() else -1


@contextmanager
def picture_folder(path: Path) -> Iterator[PictureFolder]:
    """Yield an empty folder for pictures; it is deleted afterwards."""
    rmtree(path, ignore_errors=True)
    try:
        yield PictureFolder(path)
    finally:
        rmtree(path, ignore_errors=True)


@dataclass(slots=True)
class _PictureFinder:
    """Finds pictures in the folder of a saved file. State: the pictures found, and the bytes left for more."""

    folder: Path
    bytes_left: int
    pictures: list[Picture] = field(default_factory=list)
    missing: int = 0
    too_large: int = 0

    def new_image(self, image: re.Match[str]) -> str:
        """Return the Markdown of an image with the path of its picture beside the articles, if the picture is found."""
        found = self._read(unquote(image["path"]))
        unchanged = f"![{image['alt']}]({image['path']}{image['title'] or ''})"
        if found is None:
            self.missing += 1
            return unchanged
        if len(found.data) > self.bytes_left:
            self.too_large += 1
            return unchanged
        if found.name not in {other.name for other in self.pictures}:
            self.bytes_left -= len(found.data)
            self.pictures.append(found)
        return f"![{image['alt']}]({FOLDER}{found.name}{image['title'] or ''})"

    def _read(self, name: str) -> Picture | None:
        path = self.folder / name
        try:
            if not path.resolve().is_relative_to(self.folder.resolve()):
                return None
            return picture(read_bytes(path))
        except (Unusable, OSError, ValueError):
            return None


def _notices(article: Extracted, finder: _PictureFinder) -> Iterator[Problem]:
    file = article.conversion.file
    if finder.missing:
        text = (
            f"pictures that should lie beside it and do not: {finder.missing}; the site shows their descriptions. "
            "Once they are there, build with --reconvert"
        )
        yield Problem("convert", file, text, fatal=False)
    if left_out := finder.too_large + article.left_out:
        text = f"pictures left out: {left_out}; an article has room for {LARGEST // 1_000_000} MB of them"
        yield Problem("convert", file, text, fatal=False)
