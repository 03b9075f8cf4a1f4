"""Texts in files, which are in UTF-8."""

from __future__ import annotations

from pathlib import Path

from glossator.safe_reading import Unusable, read_bytes


def read_text(path: Path) -> str:
    """Read the text of a file in UTF-8. Raises Unusable."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable(f"is not UTF-8 (byte {error.start}): save it as UTF-8") from None
