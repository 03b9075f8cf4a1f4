"""Pages for Pagefind -> one of its bundles: an index that can be searched by itself or together with others."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import cbor2
import lxml.html
import msgspec

from glossator.config import SiteError
from glossator.folding import Spellings, fold_accents, fold_for_index
from glossator.model import SitePath
from glossator.search.read_pages import MARK, parse_page
from glossator.temporary_folders import temporary_folder
from glossator.text import digest

MAGIC = b"pagefind_dcd"
"""Signature of each file of a bundle, after decompression."""
SCRIPT = "pagefind.js"
ENTRY = "pagefind-entry.json"
TITLE = f"//*[@{MARK}meta='title']"
PIECE = 25_000
"""Bytes of a list of words before compression, from which on it may end: a visitor loads one for each word asked."""
COMMON_START = 4
"""Letters at the beginning of words that one list holds together: what begins with a query of so many is in one."""
SEPARATED = frozenset("article br div h1 h2 h3 h4 h5 h6 li p section td ul".split())
"""Elements around which Pagefind 1.5 puts a space; the text of any other goes on without one. Found by trying all."""
UNREAD = frozenset("footer form iframe label nav noscript script style svg template".split())
"""Elements whose text Pagefind 1.5 leaves out. Found by trying all."""
BETWEEN_BLOCKS = "\0"
"""Character that separates the texts of blocks; HTML has none."""
FRAGMENT = "fragment/"
SEARCHED = ("pagefind.", ENTRY, FRAGMENT, "index/", "filter/")
"""Prefixes of the files that make a bundle; other files are programs, such as a user interface, which ours replaces."""

Filters = Mapping[str, tuple[str, ...]]


class Fragment(msgspec.Struct, frozen=True):
    """Data of a page in a bundle; by the id, the search page identifies a result before loading it."""

    id: str
    filters: Filters


class Bundle(msgspec.Struct, frozen=True):
    """Files by path below the bundle's folder, and the data of each page."""

    files: Mapping[str, bytes]
    program: Mapping[str, bytes]
    """Files of the search program; they are equal in every bundle, so that one copy is enough."""
    fragments: Mapping[SitePath, Fragment]
    spread: Mapping[str, int]
    """Number of pages that contain each word, folded."""


def make(pages: Mapping[SitePath, bytes], language: str) -> Bundle:
    """Index these pages. Raises SiteError if Pagefind cannot run."""
    if not pages:
        return Bundle({}, {}, {}, {})
    with temporary_folder("search") as folder:
        site, built = folder / "site", folder / "made"
        spellings = {}
        for path, page in pages.items():
            folded, spellings[path] = _folded(page)
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(folded)
        run_pagefind(site, built, language)
        made, fragments, spread = dict[str, bytes](), dict[SitePath, Fragment](), Counter[str]()
        for file in sorted(path for path in built.rglob("*") if path.is_file()):
            name, content = file.relative_to(built).as_posix(), file.read_bytes()
            if name.startswith(FRAGMENT):
                found: dict[str, Any] = json.loads(gzip.decompress(content).removeprefix(MAGIC))
                path = SitePath(found["url"].removeprefix("/"))
                content = _restored(found, spellings[path])
                filters = {title: tuple(values) for title, values in sorted(found["filters"].items())}
                fragments[path] = Fragment(name, filters)
                spread.update({*re.findall(r"\w+", fold_accents(found["content"]).lower())})
            made[name] = content
    files, ids = _in_order(made)
    fragments = {path: Fragment(ids[one.id], one.filters) for path, one in fragments.items()}
    wasm = {
        f"wasm.{languages_entry['wasm'] or 'unknown'}.pagefind"
        for languages_entry in _entry(files)["languages"].values()
    }
    program = {name: data for name, data in files.items() if name in {SCRIPT, *wasm}}
    searched = {name: data for name, data in files.items() if name.startswith(SEARCHED) and name != SCRIPT}
    return Bundle(searched, program, fragments, spread)


def _folded(page: bytes) -> tuple[bytes, Spellings]:
    """Return a page as Pagefind reads it, and the spellings of its words.

    Pagefind finds no phrase that has an accent, and no word in scripts without spaces unless a whole archive is in one
    of them. So it is given folded words; the words that readers see are restored afterwards.
    """
    if page.isascii():
        return page, Spellings("", ())
    tree = parse_page(page)
    title = next((" ".join(found.text_content().split()) for found in tree.xpath(TITLE)), "")
    texts: list[str] = []
    _fold(tree, texts)
    folded: bytes = lxml.html.tostring(tree, encoding="utf-8", doctype="<!doctype html>")
    return folded, Spellings(title, "".join(texts).split(BETWEEN_BLOCKS))


def _fold(element: lxml.html.HtmlElement, texts: list[str]) -> None:
    """Fold the words in an element, after adding them to `texts`; the values of facets stay as they are.

    A word may go on from one text to the next, as where a comma follows a link, but not beyond BETWEEN_BLOCKS.
    """
    if not isinstance(element.tag, str) or element.tag in UNREAD or element.get(f"{MARK}ignore") is not None:
        return
    if ":" not in element.get(f"{MARK}filter", ":"):
        return
    between = BETWEEN_BLOCKS if element.tag in SEPARATED else ""
    texts += between, (text := element.text or "")
    if not text.isascii():
        element.text = fold_for_index(text)
    for child in element:
        _fold(child, texts)
        texts.append(tail := child.tail or "")
        if not tail.isascii():
            child.tail = fold_for_index(tail)
    texts.append(between)


def _restored(page: dict[str, Any], spelling: Spellings) -> bytes:
    """Return the file that describes a page, which gets its spellings."""
    page["content"] = spelling.restore(page["content"])
    if spelling.title:
        page["meta"]["title"] = spelling.title
    text = json.dumps(page, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(MAGIC + text.encode(), mtime=0)


def _entry(files: Mapping[str, bytes]) -> dict[str, Any]:
    entry: dict[str, Any] = json.loads(files[ENTRY])
    return entry


def _in_order(files: dict[str, bytes]) -> tuple[dict[str, bytes], dict[str, str]]:
    """Sort the filters of an index and their values, number its pages, and divide its lists of words.

    Returns the files, and the new id of each page by the former name of its file.

    Pagefind 1.5 writes filters in the order of a hash table that differs from run to run, and names files by their
    content: the filters, the lists of filters, and the files that name those. Every visitor loads the list of pages;
    numbers after one digest of all pages halve it in comparison with a digest for each, and identify the content as
    well.
    """
    entry, ids = _entry(files), dict[str, str]()
    for language in entry["languages"].values():
        name = f"pagefind.{language['hash']}.pf_meta"
        version, pages, chunks, named, *rest = _unpack(files.pop(name))
        prefix = language["hash"].split("_")[0]
        ordered = []
        for title, old in sorted(named):
            label, values = _unpack(files.pop(f"filter/{old}.pf_filter"))
            content = _pack([label, sorted(values)])
            ordered.append([title, f"{prefix}_{digest(content)[:7]}"])
            files[f"filter/{ordered[-1][1]}.pf_filter"] = content
        chunks = [piece for chunk in chunks for piece in _divided(chunk, files)]
        names = [f"{FRAGMENT}{old}.pf_fragment" for old, _ in pages]
        all_pages = digest(*map(files.__getitem__, names))[:6]
        ids |= {name: f"{all_pages}{number:x}" for number, name in enumerate(names)}
        numbered = [[ids[name], length] for name, (_, length) in zip(names, pages, strict=True)]
        for name in names:
            files[f"{FRAGMENT}{ids[name]}.pf_fragment"] = files.pop(name)
        meta = _pack([version, numbered, chunks, ordered, *rest])
        language["hash"] = f"{prefix}_{digest(meta)[:10]}"
        files[f"pagefind.{language['hash']}.pf_meta"] = meta
    files[ENTRY] = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    return files, ids


def _divided(chunk: list[str], files: dict[str, bytes]) -> Iterator[list[str]]:
    """Divide a list of words in `files` into shorter ones; yield each with its first and its last word.

    Pagefind's lists are of about 40 kB, of which a question of two words would load two.
    """
    _, _, name = chunk
    content, *more = _unpack(files[f"index/{name}.pf_index"])
    groups = list(_groups(content))
    if more or len(groups) < 2:
        yield chunk
        return
    del files[f"index/{name}.pf_index"]
    for group in groups:
        count, data = len(group), b"".join(encoded for _, encoded in group)
        header = cbor2.dumps([[None] * count])[:-count]
        piece = gzip.compress(MAGIC + header + data, 6, mtime=0)
        title = f"{name.partition('_')[0]}_{digest(piece)[:7]}"
        files[f"index/{title}.pf_index"] = piece
        yield [group[0][0], group[-1][0], title]


def _groups(content: Iterable[list[Any]]) -> Iterator[list[tuple[str, bytes]]]:
    """Group encoded entries of an index by size, so that words with one beginning stay together."""
    group: list[tuple[str, bytes]] = []
    size = 0
    for entry in content:
        word, encoded = entry[0], cbor2.dumps(entry)
        if size + len(encoded) > PIECE and group and group[-1][0][:COMMON_START] != word[:COMMON_START]:
            yield group
            group, size = [], 0
        group.append((word, encoded))
        size += len(encoded)
    yield group


def _unpack(content: bytes) -> list[Any]:
    data: list[Any] = cbor2.loads(gzip.decompress(content).removeprefix(MAGIC))
    return data


def _pack(value: object) -> bytes:
    return gzip.compress(MAGIC + cbor2.dumps(value), mtime=0)


def run_pagefind(site: Path, built: Path, language: str) -> None:
    """Run Pagefind as a command: its Python interface may end before the last of the files is on disk."""
    command = [sys.executable, "-m", "pagefind", "--silent", "--keep-index-url", "--site", str(site)]
    command += ["--output-path", str(built), "--force-language", language.split("-", maxsplit=1)[0]]
    process = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own interpreter, with paths of ours
    if process.returncode:
        reason = (process.stderr or process.stdout).strip().splitlines()[-1:] or [f"exit code {process.returncode}"]
        hint = "Install it again: pip install --force-reinstall pagefind pagefind-bin."
        raise SiteError(f"Pagefind could not index the site: {reason[0]}.", hint)
