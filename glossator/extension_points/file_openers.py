"""Openers of saved files, ours and those of other packages, as the core is given them.

Nothing here imports an opener before it is called: workers get these functions, and a build that finds nothing changed
needs none of them.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from glossator.config import ExtensionFormat, FileOpeners, SiteError
from glossator.extension_points.lookup import Extension, UnusableExtension, installed, passed_over
from glossator.extension_points.package_code import package_code
from glossator.model import Problem

if TYPE_CHECKING:
    from glossator.extension_points.openers import Opener
    from glossator.stages.extract import Openers

GROUP = "openers"
LIBRARIES = ("mammoth", "pypdfium2", "warcio")
"""Distributions that our openers need besides those of the core's readers."""


class InstalledOpener(NamedTuple):
    """An opener of another package, and the code of the package when the work began."""

    extension: Extension
    code: str


def file_openers() -> FileOpeners:
    """Return the openers of all extensions; while the packages stay as they are, it is one value."""
    return _file_openers(tuple(InstalledOpener(extension, package_code(extension)) for extension in installed(GROUP)))


@cache
def _file_openers(others: tuple[InstalledOpener, ...]) -> FileOpeners:
    return FileOpeners(
        load=partial(_load, others),
        modules=("extensions/openers",),
        libraries=LIBRARIES,
        packages=tuple(sorted({opener.code for opener in others})),
        formats=partial(_formats, others),
    )


def _load(others: tuple[InstalledOpener, ...]) -> Openers:
    """Import the openers. Raises SiteError if a package is another here than where the work was given out."""
    from glossator.extension_points.our_openers import our_openers  # noqa: PLC0415 -- readers take long to load

    return {**_guarded(others), **our_openers()} if others else our_openers()


@cache
def _guarded(others: tuple[InstalledOpener, ...]) -> Openers:
    from glossator.extension_points.guarded_openers import guarded  # noqa: PLC0415 -- as above
    from glossator.extension_points.our_openers import refusing  # noqa: PLC0415

    for extension, code in others:
        if package_code(extension) != code:
            raise SiteError(f"A worker has another {extension.package} than this machine.", "Install the same version.")
    return {
        extension.name: refusing(extension, opener)
        if isinstance(opener, UnusableExtension)
        else guarded(extension, opener)
        for extension, opener in _imported(others).items()
    }


def _formats(others: tuple[InstalledOpener, ...]) -> tuple[tuple[ExtensionFormat, ...], tuple[Problem, ...]]:
    """Return the formats that packages of others open, and a problem for each opener that is passed over."""
    code_of = dict(others)
    imported = _imported(others)
    formats = (
        ExtensionFormat(
            extension.name,
            opener.noun or f"a file for {extension}",
            tuple(suffix.lower() for suffix in opener.suffixes),
            opener.accepts,
            code_of[extension],
        )
        for extension, opener in imported.items()
        if not isinstance(opener, UnusableExtension)
    )
    errors = [opener for opener in imported.values() if isinstance(opener, UnusableExtension)]
    errors += passed_over(GROUP, code_of).values()
    problems = (Problem("extensions", "extensions", f"{error.message} {error.hint}", fatal=False) for error in errors)
    return tuple(formats), tuple(problems)


def _imported(others: tuple[InstalledOpener, ...]) -> dict[Extension, Opener | UnusableExtension]:
    """Import the openers whose names no other has that counts."""
    from glossator.extension_points.our_openers import load_opener  # noqa: PLC0415 -- as above

    passed = passed_over(GROUP, dict(others))
    return {extension: load_opener(extension) for extension, _ in others if extension not in passed}
