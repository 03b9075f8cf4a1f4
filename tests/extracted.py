"""Saved files as the command line extracts them: with the openers of every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from glossator.cli.extensions import extensions
from glossator.config import ExtractSettings
from glossator.model import Extraction
from glossator.stages import extract as stage
from glossator.stages.extract import CORE_OPENERS, saved_file
from glossator.stages.extract.html.explain_page import Explanation
from glossator.stages.extract.opened_file import Part

OPENERS = {**CORE_OPENERS, **extensions().openers.load()}
NO_READINGS: Mapping[str, str] = {}


def extract(
    data: bytes, path: str, settings: ExtractSettings, about: bytes = b"", readings: Mapping[str, str] = NO_READINGS
) -> Extraction:
    return stage.extract(saved_file(data, path, about, readings), settings, OPENERS)


def explain(data: bytes, path: str, settings: ExtractSettings) -> Iterator[tuple[str, Explanation]]:
    return stage.explain(saved_file(data, path), settings, OPENERS)


def whole(data: bytes, path: str, form: str) -> Part:
    """Return a saved file that is one page, in the format (`form`) of its reader."""
    return Part(saved_file(data, path), data, form)
