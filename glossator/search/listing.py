"""Names and pages of the site -> two scripts, which also a page that is opened from disk can load.

`names.js` has the names, by which a misspelt query is answered; `pages.js` has title, date and facets of every page
that search reads, for browsing without words. Each sets one global variable, for `static/search-lists.js`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from urllib.parse import quote

from glossator.model import SitePath
from glossator.search.names import fold
from glossator.search.reading import ListedPage, NamedEntity

NAMES = "names.js"
PAGES = "pages.js"
FACETS = ("kind", "type", "source", "year", "language", "author", "tag")
"""Facets of a page, in the order of the columns of a row."""
PERSONAL = {"author": "Author", "tag": "Tag", "source": "Source"}
"""Facets whose values are found by name like entities, and the words for them."""
LISTED = 10_000
"""Names in the list at most, those in the most articles: a longer list would outweigh all else that a visitor loads."""


def facet_names(pages: Mapping[SitePath, ListedPage]) -> dict[SitePath, NamedEntity]:
    """Return authors, tags and sources, by the address of the search page that shows their articles."""
    counts = Counter(
        (facet, value) for page in pages.values() for facet in PERSONAL for value in page.facets.get(facet, ())
    )
    return {
        facet_path(facet, value): NamedEntity((value,), PERSONAL[facet], count)
        for (facet, value), count in sorted(counts.items())
    }


def facet_path(facet: str, value: str) -> SitePath:
    return SitePath(f"search.html?{facet}={quote(value, safe='')}")


def list_names(entities: Mapping[SitePath, NamedEntity]) -> bytes:
    """Return the script with the names: `[name, type, articles, address, alias, ...]`, sorted by name.

    The type is a number in `types`; the address is 0 if it follows from the name, as that of most entities does.
    """
    frequent = sorted(entities, key=lambda path: (entities[path].article != "", -entities[path].articles, path))
    del frequent[LISTED:]
    types = sorted({entities[path].type for path in frequent})
    numbers = {name: number for number, name in enumerate(types)}
    rows = []
    for path in sorted(frequent, key=lambda path: (fold(entities[path].names[0]), path)):
        entity = entities[path]
        name, *aliases = entity.names
        rows.append([name, numbers[entity.type], entity.articles, 0 if path == _usual(entity) else path, *aliases])
    return _script("glossatorNames", {"rows": rows, "types": types})


def list_pages(pages: Mapping[SitePath, ListedPage], ids: Mapping[SitePath, str]) -> bytes:
    """Return the script with the pages: `[id, address, title, date, values of each facet ...]`, newest first.

    `ids` are those that Pagefind gives its results. Values are numbers in `values`; several are a list.
    """
    facets = [page.facets for page in pages.values()]
    values = {name: sorted({value for each in facets for value in each.get(name, ())}) for name in FACETS}
    numbers = {facet: {value: number for number, value in enumerate(values[facet])} for facet in FACETS}
    by_title = sorted(pages, key=lambda path: (pages[path].title, path))
    rows: list[list[object]] = []
    for path in sorted(by_title, key=lambda path: pages[path].date, reverse=True):
        page = pages[path]
        row: list[object] = [ids.get(path, ""), path, page.title, page.date]
        for facet in FACETS:
            found = [numbers[facet][value] for value in page.facets.get(facet, ())]
            row.append(found[0] if len(found) == 1 else found or -1)
        rows.append(row)
    return _script("glossatorPages", {"rows": rows, "values": values})


def _usual(entity: NamedEntity) -> str:
    """Return the address that the browser derives from a name."""
    facets = {word: facet for facet, word in PERSONAL.items()}
    if entity.type in facets:
        return facet_path(facets[entity.type], entity.names[0])
    return f"entities/{'-'.join(fold(entity.names[0]))}.html"


def _script(name: str, value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"globalThis.{name}={text};\n".encode()
