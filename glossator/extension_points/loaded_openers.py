"""Openers as they are imported: ours by format, so that a ZIP archive opens what is in it with them, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import NoReturn

from glossator.extension_points.lookup import OURS, Extension, UnusableExtension, load, not_imported, own, unusable
from glossator.extension_points.openers import OpenedFile, Opener, Unreadable
from glossator.stages.extract import Openers
from glossator.stages.extract.format_in_words import NOUNS
from glossator.stages.extract.opened_file import Opened

ReadFile = Callable[[OpenedFile], Opened]


@cache
def our_openers() -> Openers:
    """Return our own openers by format. One that cannot be used says of each file what to install."""
    loaded = {extension: load_opener(extension) for extension in own("openers").values()}
    return openers_by_name(loaded, _with_libraries)


def openers_by_name(
    loaded: Mapping[Extension, Opener | UnusableExtension], function: Callable[[Extension, Opener], ReadFile]
) -> Openers:
    """Return the functions of openers by their names; those that cannot be used say so of each file."""
    return {
        extension.name: refusing(extension, opener)
        if isinstance(opener, UnusableExtension)
        else function(extension, opener)
        for extension, opener in loaded.items()
    }


def load_opener(extension: Extension) -> Opener | UnusableExtension:
    """Import an opener; return the error if it cannot be used."""
    try:
        opener = load(extension, Opener)
    except UnusableExtension as error:
        return error
    if extension.package != OURS and not (opener.suffixes or opener.accepts):
        return unusable(extension, "it says neither by suffixes nor by accepts which files it opens")
    return opener


def _with_libraries(extension: Extension, opener: Opener) -> ReadFile:
    """Return the function of an opener, which says what to install if a library is not there that it loads late."""

    def opened(file: OpenedFile) -> Opened:
        try:
            yield from opener.open(file)
        except ModuleNotFoundError as error:
            refusing(extension, not_imported(extension, error))(file)

    return opened


def refusing(extension: Extension, error: UnusableExtension) -> Callable[[OpenedFile], NoReturn]:
    """Return an opener that says of each file why it is not opened."""

    def refuse(_: OpenedFile) -> NoReturn:
        what = f"The file is {NOUNS[extension.name]}. " if extension.name in NOUNS else ""
        raise Unreadable(f"{what}{error.message} {error.hint}")

    return refuse
