"""All formats in which the archive's data are exported: those of the core, and those of our extensions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from glossator import export
from glossator.export import ArchiveData
from glossator.extension_points import lookup
from glossator.extension_points.exports import Export

EXTENSIONS = {name: lookup.load(extension, Export) for name, extension in lookup.own("exports").items()}
FORMATS: Mapping[str, Callable[[ArchiveData], Mapping[str, bytes]]] = {
    **export.FORMATS,
    **{name: given.of_archive for name, given in EXTENSIONS.items() if given.of_archive},
}
