"""Places of the pictures that belong to a saved file: a page takes nothing along but what was saved with it.

Whoever wrote a page chose the addresses in it, and may guess the names of pictures that are not the page's. So a page
has pictures from the folder that the browser made for it, and from its own folder if no other text lies there. A
Markdown file, which a person writes or clips, has those of its folder, and of the folders for attachments. A note may
name a picture by the end of a path, which may lie in any folder of its vault.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from glossator.files import scan_folder
from glossator.local_pictures import ATTACHMENTS, SUFFIXES, page_of, places
from glossator.model import Conversion

_MARKDOWN = "markdown "
"""Beginning of the reader's version of a Markdown file."""
_RESOURCES = SUFFIXES | frozenset(
    f".{suffix}"
    for suffix in "bmp css eot ico js json map mjs mp3 mp4 ogg otf svg tif tiff ttf webm woff woff2".split()
)
"""Suffixes of files that are no texts. Any other file may be one, of which a picture beside it is a part."""
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[+:]\d+)?", re.IGNORECASE)
"""Name of the folder into which a program that mirrors a site puts its pages."""


class PlaceOfPicture(NamedTuple):
    path: Path
    saved_with: bool = False
    """True if nothing but the page can have put the picture there."""
    outside: bool = False
    """True if the picture does not lie in the text's own folder, or below it."""


class PicturePlaces(msgspec.Struct, frozen=True):
    """Finder of the places of pictures below a folder of saved files."""

    root: Path | None
    """Folder that no picture may lie outside of; None if it is the folder of the saved file."""
    vaults: VaultPictures

    def of(self, conversion: Conversion, saved: Path, name: str) -> Iterator[PlaceOfPicture]:
        """Yield the places at which the picture that an article names may lie; `saved` is the file of its text."""
        if conversion.entry:
            return  # a file that holds pages holds their pictures
        if conversion.reader.startswith(_MARKDOWN):
            yield from self._of_markdown(saved, name)
        elif self._is_of_page(saved, name):
            yield PlaceOfPicture(saved.parent / name, _is_saved_with(saved, name))

    def _of_markdown(self, saved: Path, name: str) -> Iterator[PlaceOfPicture]:
        folder, root = saved.parent, self.root or saved.parent
        for path in places(folder, name, root):
            if path != folder / name or is_free(folder, name):
                yield PlaceOfPicture(path, _is_saved_with(saved, name), not path.is_relative_to(folder))
        top = folder.relative_to(root).parts[:1]
        if top and (picture := self.vaults.find(root / top[0], name)):
            yield PlaceOfPicture(picture, outside=not picture.is_relative_to(folder))

    def _is_of_page(self, page: Path, name: str) -> bool:
        """True if a path below the folder of a page leads to what was saved with the page."""
        folder = page.parent
        if _is_saved_with(page, name):
            return True
        if folder == self.root or not os.path.isfile(folder / name):  # noqa: PTH113 -- a Path raises for a long name
            return False
        above = folder.relative_to(self.root).parts if self.root else ()
        if any(map(_HOST.fullmatch, above)):
            return True
        return _texts(folder) <= {page.name} and is_free(folder, name)


def is_free(folder: Path, name: str) -> bool:
    """True if no text lies in the folders on the way to a picture, or if the first is one for attachments.

    `name` is the path of the picture below the `folder` of the text that names it.
    """
    path = Path(os.path.normpath(folder / name))
    below = path.relative_to(folder).parts[:-1] if path.is_relative_to(folder) else ()
    if below and below[0] in ATTACHMENTS:
        return True
    return not any(_texts(folder.joinpath(*below[:depth])) for depth in range(1, len(below) + 1))


def _texts(folder: Path) -> set[str]:
    """Return the names of the files of a folder that may be texts."""
    try:
        entries = scan_folder(folder)
    except OSError:
        return set()
    files = (entry.name for entry in entries if entry.is_file(follow_symlinks=False))
    return {name for name in files if not name.startswith(".") and Path(name).suffix.lower() not in _RESOURCES}


def _is_saved_with(page: Path, name: str) -> bool:
    """True if a path leads into the folder that a browser made for the page."""
    first, _, rest = name.removeprefix("./").partition("/")
    return bool(rest) and page_of(first) == page.stem


class VaultPictures(msgspec.Struct, frozen=True):
    """Finder of pictures in vaults. State: the pictures of each vault that was looked through, by their names."""

    by_vault: dict[Path, dict[str, list[str]]] = msgspec.field(default_factory=dict)

    def find(self, vault: Path, name: str) -> Path | None:
        """Return the only picture of a vault whose path ends in a name; None if there is none, or are several.

        Of several, programs for notes write as much of the path as tells them apart.
        """
        if vault not in self.by_vault:
            self.by_vault[vault] = _pictures(vault)
        wanted = name.replace("\\", "/").strip("/").casefold()
        ends = [path for path in self.by_vault[vault].get(wanted.rpartition("/")[2], ()) if _ends_in(path, wanted)]
        return vault / ends[0] if len(ends) == 1 else None


def _ends_in(path: str, wanted: str) -> bool:
    return f"/{path}".casefold().endswith(f"/{wanted}")


def _pictures(vault: Path) -> dict[str, list[str]]:
    """Return the paths of the pictures below a folder, by their names in lower case; nothing hidden, and no links."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for folder, folders, names in os.walk(vault):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(folder, name)
            if path.suffix.lower() in SUFFIXES and not name.startswith(".") and not path.is_symlink():
                by_name[name.casefold()].append(path.relative_to(vault).as_posix())
    return dict(by_name)
