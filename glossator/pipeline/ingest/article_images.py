"""Pictures of articles: copied from saved files to content/articles/images/ and to the site. Nothing is downloaded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple
from urllib.parse import unquote

import msgspec

from glossator import site_paths
from glossator.atomic_files import WriteFile, write_whole
from glossator.content.archive_paths import ArchivePaths
from glossator.content.file_stamps import stamp_of
from glossator.content.saved_files import folder_entries, name_problem, regular_files
from glossator.files import Unusable, read_bytes
from glossator.incremental.namespace import Namespace, commit
from glossator.incremental.schema import PICTURE_FILES, PICTURES, PictureRecord
from glossator.local_pictures import BESIDE, FOLDER, LARGEST, SUFFIXES, ShownPicture, picture
from glossator.model import Conversion, Extracted, Output, Picture, Problem
from glossator.picture_metadata import NotShown, published, size_of
from glossator.pipeline.context import BuildContext, timed
from glossator.pipeline.ingest.picture_copies import with_copies
from glossator.pipeline.ingest.picture_places import PicturePlaces, VaultPictures
from glossator.text import list_first

_IMAGE = re.compile(
    rf"!\[(?P<alt>(?:[^\]\\]|\\.)*)\]\({BESIDE}(?P<path>[^)\s]+)(?P<title>[ \t]+\"(?:[^\"\\]|\\.)*\")?\)"
)
"""Image of an article whose picture lies beside the saved file."""
ARTICLE_PICTURES = f"articles/{FOLDER}"
OWN_TEXTS = ("pages", "entities")
"""Folders of texts that people write themselves, which may show pictures that lie beside them."""


class PictureFolder(msgspec.Struct, frozen=True):
    """A folder in which pictures wait until their articles are written."""

    folder: Path
    vaults: VaultPictures = msgspec.field(default_factory=VaultPictures)
    kept_back: Callable[[], AbstractSet[str]] = frozenset
    """Returns the names of the pictures that texts which are kept back show: no other article takes them along."""

    def take(self, article: Extracted) -> Extracted:
        """Move the article's pictures to the folder; return the article without their bytes, to save memory."""
        for image in article.pictures:
            if not (self.folder / image.name).exists():
                write_whole(self.folder / image.name, image.data, durable=False)
        return msgspec.structs.replace(article, pictures=tuple(Picture(image.name, b"") for image in article.pictures))

    def shown_by(self, article: Extracted, saved: Path, root: Path) -> Iterator[str]:
        """Yield the names of the pictures that an article shows, among them those that belong to its saved file."""
        finder = _PictureFinder(saved, article.conversion, PicturePlaces(root, self.vaults), frozenset)
        _IMAGE.sub(finder.new_image, article.markdown)
        yield from (image.name for image in (*article.pictures, *finder.pictures))

    def copy_beside(
        self,
        article: Extracted,
        saved: Path,
        to: Path,
        put: WriteFile = write_whole,
        root: Path | None = None,
    ) -> tuple[Extracted, tuple[Problem, ...]]:
        """Copy all pictures of an article to `<to>/images/`, with `put`; return the article with their new paths.

        `saved` is the file that the article was made from: pictures that belong to that file, below `root`, are copied
        too, except those that a text which is kept back shows. A missing picture keeps the path that it should have,
        and the site shows its description.
        """
        places = PicturePlaces(root, self.vaults)
        kept_back = self.kept_back if article.rights == "full" else frozenset
        finder = _PictureFinder(saved, article.conversion, places, kept_back)
        markdown = _IMAGE.sub(finder.new_image, article.markdown)
        for image in article.pictures:
            if not (to / FOLDER / image.name).exists():
                put(to / FOLDER / image.name, (self.folder / image.name).read_bytes())
        for image in finder.pictures:
            if not (to / FOLDER / image.name).exists():
                put(to / FOLDER / image.name, image.data)
        return msgspec.structs.replace(article, markdown=markdown), tuple(_notices(article, finder))


class PublishedPicture(NamedTuple):
    """A picture that can be published."""

    size: int
    """Bytes of the picture as it is published."""
    path: str
    """Path of its file below `content/`."""
    shown: ShownPicture


class PictureCheck(NamedTuple):
    """The pictures of the content that can be published, and what is wrong with the others."""

    published: Mapping[str, PublishedPicture]
    """Every picture by its name on the site."""
    own: Mapping[str, str]
    """Name of each picture beside own pages and notes, by its path below `content/`."""
    problems: tuple[Problem, ...]
    described: tuple[str, ...]
    """Paths below `content/` of the pictures whose files have metadata that are not published."""


@timed("pictures")
def check_pictures(context: BuildContext) -> PictureCheck:
    """Check the pictures of the content; those that are as an earlier build left them are not read."""
    content = context.paths.content
    namespace = Namespace(context.cache, PICTURES)
    locked: list[Problem] = []  # what may not be read was reported when the articles were looked for
    entries = folder_entries(content / ARTICLE_PICTURES, "images", locked)
    files = {f"{ARTICLE_PICTURES}{path.name}": path for path in entries}
    last_records = namespace.read_all(PICTURE_FILES)
    of_articles = _examine(last_records, files)
    of_articles |= with_copies(context.workers, context.paths.picture_copies, of_articles, files)
    own = _examine(last_records, dict(own_pictures(content)), named=True)
    every = {**of_articles, **own}
    changed = {path: record for path, record in every.items() if record != last_records.get(path)}
    namespace.write(PICTURE_FILES, {**dict.fromkeys(last_records.keys() - every.keys()), **changed})
    commit(context.cache, namespace)
    problems = (
        Problem("images", path, f"{record.refused}; it was left out", fatal=False)
        for path, record in every.items()
        if record.refused
    )
    shown = {path: record for path, record in every.items() if not record.refused}
    published_pictures = {
        record.name or Path(path).name: PublishedPicture(
            record.size,
            path,
            ShownPicture(record.name or Path(path).name, record.width, record.height, record.copies or ()),
        )
        for path, record in shown.items()
    }
    return PictureCheck(
        published_pictures,
        {path: record.name for path, record in own.items() if not record.refused},
        tuple(problems),
        tuple(path for path, record in every.items() if record.described),
    )


def _examine(
    last_records: Mapping[str, PictureRecord], files: Mapping[str, Path], named: bool = False
) -> dict[str, PictureRecord]:
    """Return the records of the pictures among the files, by their paths; with `named` each has a name on the site.

    A file that is as `last_records` say is not read.
    """
    now: dict[str, PictureRecord] = {}
    for key, path in files.items():
        if path.suffix.lower() in SUFFIXES and not name_problem("images", key):
            stamp, last = stamp_of(str(path)), last_records.get(key)
            now[key] = last if last and stamp and last.stamp == stamp else _examined(path, stamp, named)
    return now


def own_pictures(content: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files beside own pages and notes, by their paths below `content/`."""
    for folder in OWN_TEXTS:
        for path in sorted(regular_files(content / folder)):
            if path.suffix.lower() in SUFFIXES:
                yield path.relative_to(content).as_posix(), path


def _examined(path: Path, stamp: str, named: bool) -> PictureRecord:
    try:
        data = read_bytes(path)
        stripped = published(data)
        wrapped = picture(data) if named else None
        width, height = size_of(stripped)
        name = wrapped.name if wrapped else ""
        return PictureRecord(stamp, len(stripped), stripped != data, name=name, width=width, height=height)
    except (Unusable, NotShown) as error:
        return PictureRecord(stamp, 0, refused=str(error))


def distinct(lists: Iterable[Iterable[str]]) -> list[str]:
    """Return every picture of the lists once, sorted."""
    return sorted(set(chain.from_iterable(lists)))


def outputs(paths: ArchivePaths, pictures: Mapping[str, PublishedPicture]) -> Iterator[Output]:
    """Yield the pictures that the site lacks, without their metadata, and their copies; they are given by name.

    A file of the site with a picture's name and size is taken for the picture, because the name is a digest.
    """
    for name, shown in sorted(pictures.items()):
        try:
            if _size(paths.site / site_paths.picture_path(name)) != shown.size:
                yield Output(site_paths.picture_path(name), published(read_bytes(paths.content / shown.path)))
            for copy in shown.shown.copies:
                if _size(paths.site / site_paths.picture_path(copy.name)) != copy.size:
                    yield Output(site_paths.picture_path(copy.name), read_bytes(paths.picture_copies / copy.name))
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
    """Finds the pictures that belong to a saved file. State: the pictures found, and the bytes left for more."""

    saved: Path
    conversion: Conversion
    places: PicturePlaces
    kept_back: Callable[[], AbstractSet[str]]
    """Returns the names of the pictures that texts which are kept back show."""
    bytes_left: int = LARGEST
    pictures: list[Picture] = field(default_factory=list)
    missing: int = 0
    too_large: int = 0
    outside: list[str] = field(default_factory=list)
    """Paths of the pictures from outside the text's own folder."""
    withheld: list[str] = field(default_factory=list)
    """Paths of the pictures that were left out because a text which is kept back shows them."""

    def new_image(self, image: re.Match[str]) -> str:
        """Return the Markdown of an image with the path of its picture beside the articles, if the picture is found."""
        path = unquote(image["path"])
        unchanged = f"![{image['alt']}]({image['path']}{image['title'] or ''})"
        shown = self._read(path)
        if shown is None:
            self.missing += path not in self.withheld
            return unchanged
        if len(shown.data) > self.bytes_left:
            self.too_large += 1
            return unchanged
        if shown.name not in {other.name for other in self.pictures}:
            self.bytes_left -= len(shown.data)
            self.pictures.append(shown)
        return f"![{image['alt']}]({FOLDER}{shown.name}{image['title'] or ''})"

    def _read(self, name: str) -> Picture | None:
        for place in self.places.of(self.conversion, self.saved, name):
            inside = self.saved.parent if not place.outside else self.places.root or self.saved.parent
            try:
                if not (place.path.is_file() and place.path.resolve().is_relative_to(inside.resolve())):
                    continue
                beside = picture(read_bytes(place.path))
            except (Unusable, OSError, ValueError):
                continue
            if beside and not place.saved_with and beside.name in self.kept_back():
                self.withheld.append(name)
                return None
            if beside and place.outside:
                self.outside.append(self._shown(place.path))
            return beside
        return None

    def _shown(self, path: Path) -> str:
        return path.relative_to(self.places.root).as_posix() if self.places.root else path.name


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
    if finder.withheld:
        text = f"pictures left out, because a text that is kept back shows them: {_listed(finder.withheld)}"
        yield Problem("convert", file, text, fatal=False)
    if finder.outside and article.rights == "full":
        text = f"shows pictures from outside its own folder, which become public: {_listed(finder.outside)}"
        yield Problem("convert", file, text, fatal=False)


def _listed(paths: Iterable[str]) -> str:
    return list_first(distinct([paths]))
