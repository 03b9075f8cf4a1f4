"""All formats in which the archive's data are exported: the core's, our extensions', and those of `extensions/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from glossator import export
from glossator.export import ArchiveData
from glossator.extension_points import lookup
from glossator.extension_points.exports import Export
from tests import extension_packages

EXTENSIONS = {
    extension.name: lookup.load(extension, Export)
    for extension in (*lookup.own("exports").values(), *extension_packages.extensions("exports"))
}
FORMATS: Mapping[str, Callable[[ArchiveData], Mapping[str, bytes]]] = {
    **export.FORMATS,
    **{name: given.of_archive for name, given in EXTENSIONS.items() if given.of_archive},
}
