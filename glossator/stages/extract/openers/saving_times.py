"""Times in exports: seconds or thousandths since 1970, ISO format, or a date in words -> ISO format."""

from __future__ import annotations

import datetime as dt
import re

from glossator.stages.extract.date_parsing import iso

_SECONDS = re.compile(r"\d{9,17}(?:\.\d+)?")
_LAST = dt.datetime(2100, 1, 1, tzinfo=dt.UTC).timestamp()


def moment(value: object) -> str | None:
    """Return the moment that a field states; None if it states none."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = str(value).strip() if not isinstance(value, int) or abs(value) < 1 << 63 else ""
    if _SECONDS.fullmatch(text):
        return _of_seconds(float(text))
    if not isinstance(value, str) or len(text) > 100:
        return None
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return iso(text) or None
    if not 1000 < found.year < 2100:
        return None
    return found.date().isoformat() if len(text) <= len("2024-02-29") else found.isoformat(timespec="seconds")


def _of_seconds(number: float) -> str | None:
    """Convert seconds since 1970 to ISO format; browsers and scripts also write thousandths or millionths."""
    for _ in range(2):
        if number > _LAST:
            number /= 1000
    return dt.datetime.fromtimestamp(int(number), dt.UTC).isoformat() if number < _LAST else None
