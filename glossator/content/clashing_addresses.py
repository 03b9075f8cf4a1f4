"""Articles and own pages that would have the address of another page."""

from __future__ import annotations

from collections.abc import Collection

from glossator.model import Problem
from glossator.site_paths import OUR_FOLDERS


def of_articles(file: str, other: str) -> Problem:
    """Return the problem that two article files, given by their paths below `content/articles/`, have one address."""
    text = f"would have the address of {other.rpartition('/')[2]}: rename one of them"
    return Problem("articles", f"articles/{file}", text)


def of_page(file: str, name: str, taken: Collection[str]) -> Problem | None:
    """Return the problem if an own page would have an address that is taken, or be in a folder of ours; else None.

    `name` is the path of the page on the site, without its suffix, `taken` the names of the pages so far.
    """
    if name in taken:
        return Problem("pages", file, f"would have the address {name}.html, which another page has: rename it")
    top, inside, _ = name.partition("/")
    if inside and top in OUR_FOLDERS:
        return Problem("pages", file, f"would be in {top}/, where the site has pages of its own: rename the folder")
    return None
