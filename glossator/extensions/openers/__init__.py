"""Openers of archives, documents, mail, exports of read-later services and lists of links: one function a format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossator.config import FileOpeners

if TYPE_CHECKING:
    from glossator.stages.extract import Openers


def load() -> Openers:
    """Import the openers, which takes long, and return them by format."""
    from glossator.extensions.openers.table import OPENERS  # noqa: PLC0415 -- see above

    return OPENERS


FILE_OPENERS = FileOpeners(load, ("extensions/openers",), ("mammoth", "pypdfium2", "warcio"))
