"""Index of the site, updated incrementally: a large bundle, seldom built, and a small one of recent changes."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import msgspec

from glossator import output
from glossator.files import Unusable, read_bytes
from glossator.model import Output, SitePath
from glossator.output import Draft
from glossator.search import lists, names, pagefind_bundle, read_pages
from glossator.search.joined_index import ENTRY
from glossator.search.pagefind_bundle import Filters
from glossator.site_paths import INDEX as FOLDER
from glossator.text import digest

RECENT = 200
"""Pages that may differ from the large bundle before it is built anew: at most half a second of work per change."""
COUNTED = 2000
"""Pages up to which a visitor loads the counts of all facets with the first query."""
ASKED = 500
"""Pages up to which every word of a query is looked up, even those that most pages contain."""
VALUES = 300
"""Values of a facet that the search page offers before anything is counted: the most frequent."""
COMMON = 0.5
"""Share of the pages; a word in more of them distinguishes nothing, and costs a visitor up to 400 kB."""
LARGE = ""
"""Prefix of the large bundle, below the index's folder."""
SMALL = "recent/"
"""Prefix of the bundle of recent changes."""
NAMES = "names/"
"""Prefix of the index of names."""
ABOUT = "search.json"
"""File that the search page loads first."""
STATE = "state.gz"
"""File with the IndexState."""

Files = dict[SitePath, bytes]


class Index(msgspec.Struct, frozen=True):
    """Outputs to write, sorted by path, and the paths of the whole index: of the outputs and of unchanged files."""

    outputs: tuple[Output, ...]
    paths: frozenset[SitePath]


class Page(msgspec.Struct, frozen=True, array_like=True):
    """State of a page when it was last read: its digest, and what was found in it.

    `words` is the digest of its words, empty if it has none.
    """

    digest: str
    words: str
    entities: tuple[tuple[str, read_pages.NamedEntity], ...]
    listed: read_pages.ListedPage | None


class BundleContents(msgspec.Struct, frozen=True):
    """Contents of a bundle by page: the digest of its words, the id of its fragment, its filters.

    `common` are the words that most of the pages of the large bundle contain.
    """

    words: dict[SitePath, str]
    ids: dict[SitePath, str]
    filters: dict[SitePath, Filters]
    common: tuple[str, ...]


class IndexState(msgspec.Struct, frozen=True):
    """Contents of the index that is in the site, and a digest of the code and language that built it."""

    made_by: str
    pages: dict[SitePath, Page]
    large: BundleContents
    recent: BundleContents


class Source(msgspec.Struct, frozen=True):
    """Pages to index: the site as it will be, and the words of the pages that were read already."""

    draft: Draft
    texts: Mapping[SitePath, bytes]
    language: str


class BuiltBundle(msgspec.Struct, frozen=True):
    """A bundle: its contents, its new files, and the paths of all its files."""

    contents: BundleContents
    outputs: Files
    paths: frozenset[SitePath]


NOTHING = BundleContents({}, {}, {}, ())


def refresh(draft: Draft, language: str, version: str) -> Index:
    """Update the index of the pages of a site that is about to be put in place.

    Only what differs from the existing index is built; all of it if that index is damaged, or was built by another
    `version` of the code or for another language. One index has the articles in all languages, because otherwise
    visitors would search only the language of the page that they come from.

    Raises SiteError if Pagefind cannot run.
    """
    site, files = draft.site, draft.files
    made_by = digest(version, language)
    state = _read_state(site, files, made_by) or IndexState(made_by, {}, NOTHING, NOTHING)
    pages, texts = _page_states(draft, state.pages)
    source = Source(draft, texts, language)
    wanted = {path: page.words for path, page in pages.items() if page.words}
    basis = _basis(state.large.words, wanted)
    large = _part(source, LARGE, state.large, basis)
    newer = {path: words for path, words in wanted.items() if basis.get(path) != words}
    recent = _part(source, SMALL, state.recent, newer)
    entities = {
        SitePath(f"{path}{fragment}"): entity for path, page in pages.items() for fragment, entity in page.entities
    }
    listed = lists.with_usual_tags({path: page.listed for path, page in pages.items() if page.listed})
    ids = large.contents.ids | recent.contents.ids
    named = entities | lists.facet_names(listed)
    shards = names.shards(named, ids)
    about = _about(large.contents, recent.contents, wanted, entities)
    state_text = msgspec.json.encode(IndexState(made_by, pages, large.contents, recent.contents))
    outputs = large.outputs | recent.outputs
    outputs |= _below(NAMES, {names.file_name(start): content for start, content in shards.items()})
    outputs |= _below("", {**lists.list_names(named), lists.PAGES: lists.list_pages(listed, ids)})
    about |= {"names": list(shards), **_ahead(large, draft)}
    outputs |= _below("", {ABOUT: _json(about), STATE: gzip.compress(state_text, 1, mtime=0)})
    paths = large.paths | recent.paths | outputs.keys()
    return Index(tuple(Output(path, content) for path, content in sorted(outputs.items())), paths)


def _part(source: Source, folder: str, old: BundleContents, now: dict[SitePath, str]) -> BuiltBundle:
    """Return the bundle of these pages, given with the digests of their words; it is built only if they changed."""
    if old.words == now:
        return BuiltBundle(old, {}, frozenset(path for path in source.draft.files if now and _folder(path) == folder))
    texts = {path: source.texts.get(path) or read_pages.read(_bytes(source.draft, path)).words for path in now}
    built = pagefind_bundle.make(texts, source.language)
    outputs = _below(folder, built.files if folder == SMALL else {**built.files, **built.program})
    # Visitors are told of the common words of the large bundle alone.
    spread = built.spread if folder == LARGE else {}
    common = tuple(sorted(word for word, count in spread.items() if count > len(now) * COMMON))
    ids = {path: fragment.id for path, fragment in built.fragments.items()}
    filters = {path: fragment.filters for path, fragment in built.fragments.items()}
    contents = BundleContents(now, ids, filters, common)
    return BuiltBundle(contents, outputs, frozenset(outputs))


def _basis(old: dict[SitePath, str], wanted: dict[SitePath, str]) -> dict[SitePath, str]:
    """Choose the pages of the large bundle: those it has, until too many of them are out of date."""
    differing = sum(old.get(path) != wanted.get(path) for path in old.keys() | wanted.keys())
    return wanted if differing > (RECENT if len(wanted) > RECENT else 0) else old


def _read_state(site: Path, files: Mapping[SitePath, str], made_by: str) -> IndexState | None:
    """Read the state of the index in the site; None if there is no index, or it is damaged or was built otherwise."""
    index = {path: content_digest for path, content_digest in files.items() if path.startswith(f"{FOLDER}/")}
    try:
        text = gzip.decompress(read_bytes(site / FOLDER / STATE))
        state = msgspec.json.decode(text, type=IndexState)
    except (Unusable, OSError, EOFError, zlib.error, msgspec.MsgspecError, RecursionError):
        return None
    whole = all(output.has_digest(site, path, content_digest) for path, content_digest in index.items())
    fragments = {*_below(LARGE, dict.fromkeys(map(_fragment, state.large.ids.values()), b""))}
    fragments |= {*_below(SMALL, dict.fromkeys(map(_fragment, state.recent.ids.values()), b""))}
    return state if whole and state.made_by == made_by and fragments <= index.keys() else None


def _page_states(draft: Draft, stored: Mapping[SitePath, Page]) -> tuple[dict[SitePath, Page], Files]:
    """Return the state of every page of the site, and the words of those that had to be read."""
    pages: dict[SitePath, Page] = {}
    texts: Files = {}
    for path, content_digest in sorted(draft.files.items()):
        if not path.endswith(".html"):
            continue
        page = stored.get(path)
        if page is None or page.digest != content_digest:
            contents = read_pages.read(_bytes(draft, path))
            if contents.words:
                texts[path] = contents.words
            page = Page(
                content_digest, digest(contents.words) if contents.words else "", contents.entities, contents.listed
            )
        pages[path] = page
    return pages, texts


def _about(
    large: BundleContents,
    recent: BundleContents,
    wanted: Mapping[SitePath, str],
    entities: Mapping[SitePath, read_pages.NamedEntity],
) -> dict[str, object]:
    """Return the data that the search page loads first.

    `gone` are results of the large bundle that the page must leave out, because they changed or are gone. Their filters
    and those of recent pages are included, because they correct the counts of Pagefind.
    """
    gone = {path for path in large.ids if wanted.get(path) != large.words[path]}
    counts = Counter(pair for entity in entities.values() for pair in (("kind", "Entity"), ("type", entity.type)))
    for contents, left_out in ((large, {*gone, *entities}), (recent, entities.keys())):
        for path in contents.ids.keys() - left_out:
            counts.update((name, value) for name, values in contents.filters[path].items() for value in values)
    return {
        "counted": len(wanted) <= COUNTED,
        "pages": len(wanted),
        "recent": {identity: recent.filters[path] for path, identity in recent.ids.items()},
        "gone": {large.ids[path]: large.filters[path] for path in gone},
        "facets": _facets(counts),
        "common": large.common if len(wanted) > ASKED else (),
    }


def _ahead(large: BuiltBundle, draft: Draft) -> dict[str, object]:
    """Return the files that Pagefind asks for one after another before its first question, to be loaded all at once.

    `tag` stands in the address of the first of them, so that no browser takes an old one from its cache.
    """
    entry = SitePath(f"{FOLDER}/{LARGE}{ENTRY}")
    if entry not in large.paths:
        return {"tag": "", "ahead": ()}
    tag = digest(large.outputs.get(entry) or _bytes(draft, entry))[:8]
    top = len(f"{FOLDER}/{LARGE}")
    needed = sorted(path[top:] for path in large.paths if path.endswith((".pf_meta", ".pagefind")))
    return {"tag": tag, "ahead": (f"{ENTRY}?ts={tag}", *needed)}


def _facets(counts: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Return the most frequent values of each facet, with their counts."""
    facets: dict[str, dict[str, int]] = {}
    for (name, value), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        values = facets.setdefault(name, {})
        if len(values) < VALUES:
            values[value] = count
    return facets


def _fragment(identity: str) -> str:
    return f"fragment/{identity}.pf_fragment"


def _folder(path: SitePath) -> str | None:
    """Return the prefix of the bundle that a file of the site belongs to; None for other files."""
    top, _, name = path.partition("/")
    if top != FOLDER or name in (ABOUT, STATE, *lists.FILES) or name.startswith(NAMES):
        return None
    return SMALL if name.startswith(SMALL) else LARGE


def _below(folder: str, files: Mapping[str, bytes]) -> Files:
    return {SitePath(f"{FOLDER}/{folder}{name}"): content for name, content in files.items()}


def _bytes(draft: Draft, path: SitePath) -> bytes:
    """Return the bytes of a page; none if it is gone by now, which the next build will notice."""
    try:
        return draft.read(path)
    except Unusable:
        return b""


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
