"""Dates as pages write them -> ISO."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

_FORMS = (
    "%a %b %d %Y %H:%M:%S GMT%z",
    "%a %b %d %Y %H:%M:%S",
    "%B %d, %Y",
    "%b %d, %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%A, %B %d, %Y",
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M:%S",
    "%Y%m%d",
)
_DAY = "YYYY-MM-DD"
_FIRST = 1900
_LAST = 2100


def iso(text: str) -> str:
    """A date to the day, or with time to the second and its offset; empty for what is none."""
    text = " ".join(text.split())
    # A JavaScript date ends in its zone's name, in the language of whoever saved the page.
    text = re.sub(r"\s*\([^)]*\)$", "", text)[:40]
    moment = _moment(text)
    if moment is None or not _FIRST <= moment.year <= _LAST:
        return ""
    if len(text) <= len(_DAY) or not re.search(r"\d:\d|T\d", text):
        return moment.date().isoformat()
    return moment.replace(microsecond=0).isoformat()


def _moment(text: str) -> datetime | None:
    if re.match(r"\d{4}-\d\d", text):
        short = re.match(r"\d{4}-\d\d-\d\d", text)
        for form in (text, re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", text.replace(" +", "+")), short[0] if short else ""):
            try:
                return datetime.fromisoformat(form)
            except ValueError:
                continue
        return None
    for form in _FORMS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 -- a page that states no offset leaves it open
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None
