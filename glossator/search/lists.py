"""Names and pages of the site -> lists for the search page, which need no question.

The lists are scripts, which also a page that is opened from disk can load. `names.js` has the most frequent names, by
which a misspelt query is answered, and `more-names.js` has others. `pages.js` has title, date and facets of every page
that search reads, for browsing without words. Each sets one global variable, for `static/search-lists.js`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from urllib.parse import quote

from msgspec.structs import replace

from glossator.model import SitePath
from glossator.search.names import fold
from glossator.search.read_pages import ListedPage, NamedEntity

NAMES = "names.js"
MORE = "more-names.js"
PAGES = "pages.js"
FILES = (NAMES, MORE, PAGES)
FACETS = ("kind", "type", "source", "year", "language", "author", "tag")
"""Facets of a page, in the order of the columns of a row."""
PERSONAL = {"author": "Author", "tag": "Tag", "source": "Source"}
"""Facets whose values are found by name like entities, and the words for them."""
FIRST = 5_000
"""Names in the first list, those in the most articles: a longer one would outweigh all else that a visitor loads."""
LISTED = 10_000
"""Names in both lists at most."""


def facet_names(pages: Mapping[SitePath, ListedPage]) -> dict[SitePath, NamedEntity]:
    """Return authors, tags and sources, by the address of the search page that shows their articles.

    A source is found by the hosts of its articles, too.
    """
    counts = Counter(
        (facet, value) for page in pages.values() for facet in PERSONAL for value in page.facets.get(facet, ())
    )
    hosts: dict[str, dict[str, None]] = {}
    for page in pages.values():
        for source in page.facets.get("source", ()) if page.host else ():
            hosts.setdefault(source, {})[page.host] = None
    return {
        facet_path(facet, value): NamedEntity(
            tuple(dict.fromkeys((value, *(hosts.get(value, ()) if facet == "source" else ())))), PERSONAL[facet], count
        )
        for (facet, value), count in sorted(counts.items())
    }


def with_usual_tags(pages: Mapping[SitePath, ListedPage]) -> dict[SitePath, ListedPage]:
    """Return the pages with one spelling of tags that differ in case alone: the one that most pages have."""
    counts = Counter(tag for page in pages.values() for tag in page.facets.get("tag", ()))
    usual: dict[str, str] = {}
    for tag in sorted(counts, key=lambda tag: (-counts[tag], tag)):
        usual.setdefault(tag.casefold(), tag)

    def spelt(page: ListedPage) -> ListedPage:
        tags = page.facets.get("tag", ())
        same = tuple(dict.fromkeys(usual[tag.casefold()] for tag in tags))
        return page if same == tags else replace(page, facets={**page.facets, "tag": same})

    return {path: spelt(page) for path, page in pages.items()}


def facet_path(facet: str, value: str) -> SitePath:
    return SitePath(f"search.html?{facet}={quote(value, safe='')}")


def list_names(entities: Mapping[SitePath, NamedEntity]) -> dict[str, bytes]:
    """Return the scripts with the names, by file: the most frequent ones, and more.

    A row is `[name, type, articles, address, alias, ...]`. The type is a number in `types`. The address is 0 if it
    follows from the name, as that of most entities does. Rows are sorted by name.
    """
    frequent = sorted(entities, key=lambda path: (entities[path].article != "", -entities[path].articles, path))
    return {
        NAMES: _name_rows("glossatorNames", {path: entities[path] for path in frequent[:FIRST]}),
        MORE: _name_rows("glossatorMoreNames", {path: entities[path] for path in frequent[FIRST:LISTED]}),
    }


def _name_rows(variable: str, entities: Mapping[SitePath, NamedEntity]) -> bytes:
    types = sorted({entity.type for entity in entities.values()})
    numbers = {name: number for number, name in enumerate(types)}
    rows = []
    for path in sorted(entities, key=lambda path: (fold(entities[path].names[0]), path)):
        entity = entities[path]
        name, *aliases = entity.names
        rows.append([name, numbers[entity.type], entity.articles, 0 if path == _usual(entity) else path, *aliases])
    return _script(variable, {"rows": rows, "types": types})


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
            chosen = [numbers[facet][value] for value in page.facets.get(facet, ())]
            row.append(chosen[0] if len(chosen) == 1 else chosen or -1)
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
