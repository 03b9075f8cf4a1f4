"""ArchiveBox keeps one page many times over in a folder of its own: which of the files is to be read."""

from __future__ import annotations

import re
from collections.abc import Sequence

INDEXES = ("index.json", "index.jsonl")
"""What ArchiveBox says about the snapshot, in its older and its newer versions."""

_PREFERRED = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:singlefile/)?singlefile\.html",
        r"readability/content\.html",
        r"mercury/content\.html",
        r"readability/article\.json",
        r"mercury/article\.json",
        r"(?:dom/)?output\.html",
        r"(?:wget/)?(?:[\w-]+\.)+[a-z]{2,}(?:[+:]\d+)?/.+\.html?",  # what wget laid into a folder named by the host
        r"(?:wget/)?warc/.+\.warc(?:\.gz)?",
        r"(?:htmltotext|readability|mercury)(?:/content)?\.txt",
    )
)
"""From the page as it was seen, with its pictures, to the text alone."""


def preferred(names: Sequence[str]) -> str | None:
    """The file of a snapshot that is to be read; nothing where the folder is no snapshot, or holds no page.

    `names` are paths relative to the folder, with forward slashes.
    """
    if not any(index in names for index in INDEXES):
        return None
    ordered = sorted(names, key=lambda name: (name.count("/"), name))
    return next((name for pattern in _PREFERRED for name in ordered if pattern.fullmatch(name)), None)
