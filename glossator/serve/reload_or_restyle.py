"""The choice what an open page reloads after a build: nothing, its style sheets, or the whole page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from glossator.files import Unusable, read_bytes
from glossator.model import Digest, SitePath
from glossator.search import FOLDER
from glossator.site_paths import NOT_FOUND, SEARCH
from glossator.text import digest

STYLE = ".css"


def to_reload(
    site: Path, page: SitePath, shown: str, changed: Iterable[SitePath]
) -> tuple[Digest, tuple[SitePath, ...]]:
    """Return the digest of a page's bytes, and what a browser is to reload: style sheets alone, or the page.

    `shown` is the digest of the bytes that the browser shows, empty if it is not known; `changed` are files of the site
    that are no pages.
    """
    content = _served_content(site, page)
    current = digest(content)
    used = tuple(path for path in changed if _uses(site, page, content, path))
    if current != (shown or current) or not all(path.endswith(STYLE) for path in used):
        return current, (page,)
    return current, used


def _served_content(site: Path, page: SitePath) -> bytes:
    """Return the bytes that the server sends for a page: of the page, or of the 404 page if there is none."""
    for path in (page, NOT_FOUND):
        if not any(part.startswith(".") for part in PurePosixPath(path).parts):
            try:
                return read_bytes(site / path)
            except (Unusable, ValueError):  # ValueError: a null character in the path
                continue
    return b""


def _uses(site: Path, page: SitePath, content: bytes, path: SitePath) -> bool:
    """True if a page refers to a file of the site, directly or by a style or script that it refers to."""
    if path.startswith(f"{FOLDER}/"):
        return page == SEARCH
    return _mentions(content, path) or any(_mentions(asset, Path(path).name) for asset in _assets(site, content))


def _assets(site: Path, content: bytes) -> Iterator[bytes]:
    for path in sorted((site / "static").rglob("*")):
        name = SitePath(path.relative_to(site).as_posix())
        if path.suffix in (STYLE, ".js") and _mentions(content, name):
            yield _served_content(site, name)


def _mentions(text: bytes, path: str) -> bool:
    return path.encode() in text or quote(path).encode() in text
