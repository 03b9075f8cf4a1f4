"""The index of the site, kept up to date: a large bundle, seldom made, and a small one of what changed since."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Mapping
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
COUNTED = 2000
"""Pages up to which a visitor loads the counts of all facets with the first question."""
ASKED = 500
"""Pages up to which every word is asked for, also those that most pages have."""
VALUES = 300
"""Values of a facet that the search page offers before anything is counted: the most frequent ones."""
COMMON = 0.5
"""Share of the pages; a word that more of them have finds nothing, and costs a visitor up to 400 kB."""
LARGE, SMALL, NAMES, ABOUT, STATE = "", "recent/", "names/", "search.json", "state.gz"
"""Where the parts of the index are, below its folder."""

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
    """What a bundle holds: of each page the digest of its words, the id of its fragment, what it can be narrowed by.

    `common` are the words that most of the pages have.
    """

    words: dict[SitePath, str]
    ids: dict[SitePath, str]
    filters: dict[SitePath, Filters]
    common: tuple[str, ...]


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


NOTHING = Held({}, {}, {}, ())


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
    entities = {path: page.entity for path, page in pages.items() if page.entity}
    shards = names.shards(entities, large.held.ids | recent.held.ids)
    about = _about(large.held, recent.held, wanted, entities)
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
    outputs = _below(folder, made.files if folder == SMALL else {**made.files, **made.program})
    often = Counter(word for one in made.fragments.values() for word in one.words)
    common = tuple(sorted(word for word, count in often.items() if count > len(now) * COMMON))
    ids = {path: one.id for path, one in made.fragments.items()}
    filters = {path: one.filters for path, one in made.fragments.items()}
    held = Held(now, ids, filters, common)
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
    large: Held, recent: Held, wanted: Mapping[SitePath, str], entities: Mapping[SitePath, reading.Named]
) -> dict[str, object]:
    """What the search page has to know at first.

    `gone` are results of the large bundle that it is to leave out: pages that the recent one has, or nobody. Of those
    and of the recent ones it is told by what they can be narrowed, for it corrects what Pagefind counts.
    """
    gone = {path for path in large.ids if wanted.get(path) != large.words[path]}
    counts = Counter(pair for one in entities.values() for pair in (("kind", "Entity"), ("type", one.type)))
    for held, left_out in ((large, {*gone, *entities}), (recent, entities.keys())):
        for path in held.ids.keys() - left_out:
            counts.update((name, value) for name, values in held.filters[path].items() for value in values)
    return {
        "counted": len(wanted) <= COUNTED,
        "pages": len(wanted),
        "recent": {one: recent.filters[path] for path, one in recent.ids.items()},
        "gone": {large.ids[path]: large.filters[path] for path in gone},
        "facets": _facets(counts),
        "common": large.common if len(wanted) > ASKED else (),
    }


def _facets(counts: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """The most frequent values of each facet, with their counts."""
    facets: dict[str, dict[str, int]] = {}
    for (name, value), count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        values = facets.setdefault(name, {})
        if len(values) < VALUES:
            values[value] = count
    return facets


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
