"""Choice among the files of an ArchiveBox snapshot, a folder with many copies of one page."""

from __future__ import annotations

import re
from collections.abc import Sequence

INDEXES = ("index.json", "index.jsonl")
"""Names of the index in the snapshot, in ArchiveBox's older and newer versions."""

_PREFERRED = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:singlefile/)?singlefile\.html",
        r"readability/content\.html",
        r"mercury/content\.html",
        r"readability/article\.json",
        r"mercury/article\.json",
        r"(?:dom/)?output\.html",
        r"(?:wget/)?(?:[\w-]+\.)+[a-z]{2,}(?:[+:]\d+)?/.+\.html?",  # wget names the folder after the host
        r"(?:wget/)?warc/.+\.warc(?:\.gz)?",
        r"(?:htmltotext|readability|mercury)(?:/content)?\.txt",
    )
)
"""Files in order of preference: from the page as displayed, with its pictures, to the text alone."""


def preferred(names: Sequence[str]) -> str | None:
    """Return the file of a snapshot that is to be read; None if the folder is no snapshot, or has no page.

    `names` are paths relative to the folder, with forward slashes.
    """
    if not any(index in names for index in INDEXES):
        return None
    ordered = sorted(names, key=lambda name: (name.count("/"), name))
    return next((name for pattern in _PREFERRED for name in ordered if pattern.fullmatch(name)), None)
