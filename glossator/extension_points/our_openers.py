"""Openers as they are imported: ours by format, so that a ZIP archive opens what is in it with them, too."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NoReturn

from glossator.extension_points.lookup import OURS, Extension, UnusableExtension, load, own, unusable
from glossator.extension_points.openers import OpenedFile, Opener, Unreadable
from glossator.stages.extract import Openers


@cache
def our_openers() -> Openers:
    """Return our own openers by format. One that cannot be used says of each file what to install."""
    loaded = {extension.name: load_opener(extension) for extension in own("openers").values()}
    return {
        name: refusing(opener) if isinstance(opener, UnusableExtension) else opener.open
        for name, opener in loaded.items()
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


def refusing(error: UnusableExtension) -> Callable[[OpenedFile], NoReturn]:
    """Return an opener that says of each file why it is not opened."""

    def refuse(_: OpenedFile) -> NoReturn:
        raise Unreadable(f"{error.message} {error.hint}")

    return refuse
