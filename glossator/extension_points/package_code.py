"""Code that a result of another package's extension depends on: the package's name, version and sources."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from glossator.extension_points.lookup import Extension
from glossator.text import digest


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
