"""Openers of saved files, ours and those of other packages, as the core is given them.

Nothing here imports an opener before it is called: workers get these functions, and a build that finds nothing changed
needs none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from glossator.config import ExtensionFormat, FileOpeners, SiteError
from glossator.extension_points.lookup import Extension, UnusableExtension, installed, passed_over
from glossator.model import Problem
from glossator.text import digest

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
    from glossator.extension_points.loaded_openers import our_openers  # noqa: PLC0415 -- readers take long to load

    return {**_guarded(others), **our_openers()} if others else our_openers()


@cache
def _guarded(others: tuple[InstalledOpener, ...]) -> Openers:
    from glossator.extension_points.guarded_openers import guarded  # noqa: PLC0415 -- as above
    from glossator.extension_points.loaded_openers import openers_by_name  # noqa: PLC0415

    for extension, code in others:
        if package_code(extension) != code:
            hint = "Install the same version everywhere, and start a preview that is running again."
            raise SiteError(f"A worker has another {extension.package} than the build that it works for.", hint)
    return openers_by_name(_imported(others), guarded)


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
    from glossator.extension_points.loaded_openers import load_opener  # noqa: PLC0415 -- as above

    passed = passed_over(GROUP, dict(others))
    return {extension: load_opener(extension) for extension, _ in others if extension not in passed}


def package_code(extension: Extension) -> str:
    """Return name and version of an extension's package, and a digest of its sources; none of them is run."""
    from importlib import metadata  # noqa: PLC0415 -- most commands ask for nothing of others

    try:
        files = metadata.distribution(extension.package).files or ()
    except metadata.PackageNotFoundError:
        files = ()
    recorded = (Path(str(file.locate())) for file in files)
    sources = {*recorded, *_sources_of(extension.target.partition(":")[0])}
    digests = (
        f"{file.name} {digest(file.read_bytes())}" for file in sources if file.suffix == ".py" and file.is_file()
    )
    return f"{extension.package} {extension.version} {digest(*sorted(digests))}"


def _sources_of(module: str) -> Iterator[Path]:
    """Yield the sources of the package that a module is in, wherever they are: `pip install -e` records none of them.

    A package without a file of its own, which several distributions may share, is passed: what is in it is looked for.
    """
    parts = module.split(".")
    for length in range(1, len(parts) + 1):
        try:
            spec = find_spec(".".join(parts[:length]))
        except (ImportError, ValueError):
            return
        if spec is None:
            return
        if spec.origin:
            yield Path(spec.origin)
            for folder in spec.submodule_search_locations or ():
                yield from Path(folder).rglob("*.py")
            return
