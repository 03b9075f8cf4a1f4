"""The index of the site, kept up to date: a large bundle, seldom made, and a small one of what changed since."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from glossator import output
from glossator.digest import digest
from glossator.disk import Unusable, read_bytes
from glossator.model import Output, SitePath
from glossator.output import Draft
from glossator.search import bundle, names, reading
from glossator.search.bundle import Filters
from glossator.urls import INDEX as FOLDER

RECENT = 200
"""Pages that may differ from the large bundle before it is made anew: at most half a second of work at each change."""
VALUES = 300
"""Values of a facet that the search page offers before anything is counted: the most frequent ones."""
LARGE, SMALL, NAMES, ABOUT, STATE = "", "recent/", "names/", "search.json", "state.gz"
"""Where the parts of the index are, below its folder."""

Facets = dict[str, dict[str, int]]
Files = dict[SitePath, bytes]


@dataclass(frozen=True, slots=True)
class Index:
    """What to write, sorted by path, and the paths of the whole index: those and the ones that stay as they are."""

    outputs: tuple[Output, ...]
    paths: frozenset[SitePath]


class Page(msgspec.Struct, frozen=True, array_like=True):
    """What a page was when it was last looked at: its digest, that of its words (empty for none), its entity."""

    digest: str
    words: str
    entity: reading.Named | None


class Held(msgspec.Struct, frozen=True):
    """What a bundle holds: the digest of the words of each page, the id of its fragment, the counts of the facets."""

    words: dict[SitePath, str]
    ids: dict[SitePath, str]
    facets: Facets


class State(msgspec.Struct, frozen=True):
    """What stands in the folder, and what it was made of and by."""

    made_by: str
    pages: dict[SitePath, Page]
    large: Held
    recent: Held


@dataclass(frozen=True, slots=True)
class Source:
    """The pages to index: the site as it will be, and the words of the pages that were read already."""

    draft: Draft
    texts: Mapping[SitePath, bytes]
    language: str


@dataclass(frozen=True, slots=True)
class Part:
    """A bundle: what it holds, its files as far as they are new, and the paths of all of them."""

    held: Held
    outputs: Files
    paths: frozenset[SitePath]


NOTHING = Held({}, {}, {})


def refresh(draft: Draft, language: str, version: str) -> Index:
    """The index of the pages of a site as it will be.

    Makes what differs from the index that stands in the site, and all of it where that is damaged or was made by
    another `version` of the code or for another language. One index for all languages of articles: otherwise a
    visitor searches only the language of the page that they come from. Raises SiteError where Pagefind cannot run.
    """
    site, files = draft.site, draft.files
    made_by = digest(version, language)
    state = _recall(site, files, made_by) or State(made_by, {}, NOTHING, NOTHING)
    pages, texts = _look(draft, state.pages)
    source = Source(draft, texts, language)
    wanted = {path: page.words for path, page in pages.items() if page.words}
    basis = _basis(state.large.words, wanted)
    large = _part(source, LARGE, state.large, basis)
    newer = {path: words for path, words in wanted.items() if basis.get(path) != words}
    recent = _part(source, SMALL, state.recent, newer)
    gone = [large.held.ids[path] for path, words in basis.items() if wanted.get(path) != words]
    entities = {path: page.entity for path, page in pages.items() if page.entity}
    shards = names.shards(entities, large.held.ids | recent.held.ids)
    about = _about(large.held, recent.held, {one: _filters(site, one) for one in gone}, entities.values())
    remembered = msgspec.json.encode(State(made_by, pages, large.held, recent.held))
    outputs = large.outputs | recent.outputs
    outputs |= _below(NAMES, {names.file_name(start): content for start, content in shards.items()})
    outputs |= _below("", {ABOUT: _json(about | {"names": list(shards)}), STATE: gzip.compress(remembered, 1, mtime=0)})
    paths = large.paths | recent.paths | outputs.keys()
    return Index(tuple(Output(path, content) for path, content in sorted(outputs.items())), paths)


def _part(source: Source, folder: str, old: Held, now: dict[SitePath, str]) -> Part:
    """The bundle of some pages, given with the digests of their words: as it stands, where it holds just these."""
    if old.words == now:
        return Part(old, {}, frozenset(path for path in source.draft.files if now and _folder(path) == folder))
    texts = {path: source.texts.get(path) or reading.words(_bytes(source.draft, path)) for path in now}
    made = bundle.make(texts, source.language)
    ids = {path: one.id for path, one in made.fragments.items()}
    outputs = _below(folder, made.files if folder == SMALL else {**made.files, **made.program})
    held = Held(now, ids, _count(one.filters for one in made.fragments.values()))
    return Part(held, outputs, frozenset(outputs))


def _basis(old: dict[SitePath, str], wanted: dict[SitePath, str]) -> dict[SitePath, str]:
    """What the large bundle is to hold: what it does, until too much of that is out of date."""
    differing = sum(old.get(path) != wanted.get(path) for path in old.keys() | wanted.keys())
    return wanted if differing > (RECENT if len(wanted) > RECENT else 0) else old


def _recall(site: Path, files: Mapping[SitePath, str], made_by: str) -> State | None:
    """What is known of the index that stands in the site; None where there is none, or another, or a damaged one."""
    index = {path: found for path, found in files.items() if path.startswith(f"{FOLDER}/")}
    try:
        text = gzip.decompress(read_bytes(site / FOLDER / STATE))
        state = msgspec.json.decode(text, type=State)
    except (Unusable, OSError, EOFError, zlib.error, msgspec.MsgspecError):
        return None
    whole = all(output.stands(site, path, found) for path, found in index.items())
    fragments = {*_below(LARGE, dict.fromkeys(map(_fragment, state.large.ids.values()), b""))}
    fragments |= {*_below(SMALL, dict.fromkeys(map(_fragment, state.recent.ids.values()), b""))}
    return state if whole and state.made_by == made_by and fragments <= index.keys() else None


def _look(draft: Draft, known: Mapping[SitePath, Page]) -> tuple[dict[SitePath, Page], Files]:
    """What every page of the site is to a search, and the words of those that had to be read."""
    pages: dict[SitePath, Page] = {}
    texts: Files = {}
    for path, found in sorted(draft.files.items()):
        if not path.endswith(".html"):
            continue
        page = known.get(path)
        if page is None or page.digest != found:
            content = _bytes(draft, path)
            if text := reading.words(content):
                texts[path] = text
            page = Page(found, digest(text) if text else "", reading.entity(content))
        pages[path] = page
    return pages, texts


def _about(
    large: Held, recent: Held, gone: Mapping[str, Filters], entities: Iterable[reading.Named]
) -> dict[str, object]:
    """What the search page has to know at first.

    `gone` are results of the large bundle that it is to leave out: pages that the recent one has, or nobody.
    """
    kinds = Counter(one.type for one in entities if one.type)
    facets: Facets = {}
    for name in sorted({*large.facets, *recent.facets, *(["kind", "type"] if kinds else [])}):
        counts = Counter(large.facets.get(name, {}))
        counts.update(recent.facets.get(name, {}))
        counts.subtract(value for filters in gone.values() for value in filters.get(name, ()))
        if name == "kind" and kinds:
            counts["Entity"] = kinds.total()
        often = (kinds if name == "type" else +counts).most_common(VALUES)
        facets[name] = dict(sorted(often))
    pages = len(large.words) + len(recent.words) - len(gone)
    return {"pages": pages, "recent": bool(recent.words), "gone": gone, "facets": facets}


def _count(pages: Iterable[Filters]) -> Facets:
    """How many pages there are for each value of each facet."""
    found: dict[str, Counter[str]] = {}
    for filters in pages:
        for name, values in filters.items():
            found.setdefault(name, Counter()).update(values)
    return {name: dict(sorted(counts.items())) for name, counts in sorted(found.items())}


def _filters(site: Path, identity: str) -> Filters:
    return bundle.filters(read_bytes(site / FOLDER / _fragment(identity)))


def _fragment(identity: str) -> str:
    return f"fragment/{identity}.pf_fragment"


def _folder(path: SitePath) -> str | None:
    """The bundle that a file of the site belongs to, by its folder; None for others."""
    top, _, name = path.partition("/")
    if top != FOLDER or name in (ABOUT, STATE) or name.startswith(NAMES):
        return None
    return SMALL if name.startswith(SMALL) else LARGE


def _below(folder: str, files: Mapping[str, bytes]) -> Files:
    return {SitePath(f"{FOLDER}/{folder}{name}"): content for name, content in files.items()}


def _bytes(draft: Draft, path: SitePath) -> bytes:
    """The bytes of a page; none where it is gone by now, as another build will find out."""
    try:
        return draft.read(path)
    except Unusable:
        return b""


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
