"""Coordinates as a person writes them in a note: `52.52, 13.405`, or a list of the two numbers."""

from __future__ import annotations

from math import isfinite


def coordinates(written: object) -> tuple[float, float] | None:
    """Return degrees of latitude and longitude; None if nothing is written. Raises ValueError (with a sentence)."""
    if written is None:
        return None
    parts = written if isinstance(written, list) else str(written).split(",")
    try:
        latitude, longitude = (float(part) for part in parts)
    except (TypeError, ValueError):
        latitude = longitude = float("nan")
    if not (isfinite(latitude) and isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError(f"coordinates {written} are no place: write degrees north and east, such as 52.52, 13.405")
    return latitude, longitude
