"""Pages for Pagefind -> one of its bundles: an index that can be searched by itself or together with others."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cbor2

from glossator.config import SiteError
from glossator.digest import digest
from glossator.model import SitePath

MAGIC = b"pagefind_dcd"
"""How each file of a bundle begins, once it is unzipped."""
SCRIPT = "pagefind.js"
SEARCHED = ("pagefind.", "pagefind-entry.json", "fragment/", "index/", "filter/")
"""What a bundle is, by the start of its path; the rest is programs, such as a user interface, which ours replaces."""

Filters = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Fragment:
    """What a bundle says of a page: by its id the search page knows a result before it has loaded it."""

    id: str
    filters: Filters
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files by their path below its folder, and what it says of each page."""

    files: Mapping[str, bytes]
    program: Mapping[str, bytes]
    """What searches it; every bundle's is the same, and one is enough."""
    fragments: Mapping[SitePath, Fragment]


def make(pages: Mapping[SitePath, bytes], language: str) -> Bundle:
    """The bundle of these pages. Raises SiteError where Pagefind cannot run."""
    if not pages:
        return Bundle({}, {}, {})
    with tempfile.TemporaryDirectory(prefix="glossator-search-") as name:
        site, made = Path(name, "site"), Path(name, "made")
        for path, page in pages.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(page)
        _run(site, made, language)
        paths = sorted(path for path in made.rglob("*") if path.is_file())
        files = _in_order({path.relative_to(made).as_posix(): path.read_bytes() for path in paths})
    wasm = {f"wasm.{one['wasm'] or 'unknown'}.pagefind" for one in _entry(files)["languages"].values()}
    program = {name: data for name, data in files.items() if name in {SCRIPT, *wasm}}
    searched = {name: data for name, data in files.items() if name.startswith(SEARCHED) and name != SCRIPT}
    fragments = dict(_fragment(name, data) for name, data in files.items() if name.startswith("fragment/"))
    return Bundle(searched, program, fragments)


def _fragment(name: str, data: bytes) -> tuple[SitePath, Fragment]:
    identity, page = name.removeprefix("fragment/").removesuffix(".pf_fragment"), _page(data)
    filters = {name: tuple(values) for name, values in sorted(page["filters"].items())}
    words = frozenset(re.findall(r"\w+", page["content"].lower()))
    return SitePath(page["url"].removeprefix("/")), Fragment(identity, filters, words)


def _page(fragment: bytes) -> dict[str, Any]:
    page: dict[str, Any] = json.loads(gzip.decompress(fragment).removeprefix(MAGIC))
    return page


def _run(site: Path, made: Path, language: str) -> None:
    """Pagefind as a command: its Python interface may end before the last of the files is on disk."""
    command = [sys.executable, "-m", "pagefind", "--silent", "--keep-index-url", "--site", str(site)]
    command += ["--output-path", str(made), "--force-language", language.split("-", maxsplit=1)[0]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own interpreter, with paths of ours
    if done.returncode:
        reason = (done.stderr or done.stdout).strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        hint = "Install it again: pip install --force-reinstall pagefind pagefind-bin."
        raise SiteError(f"Pagefind could not index the site: {reason[0]}.", hint)


def _entry(files: Mapping[str, bytes]) -> dict[str, Any]:
    entry: dict[str, Any] = json.loads(files["pagefind-entry.json"])
    return entry


def _in_order(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same index with its filters and their values sorted, and its pages numbered.

    Pagefind 1.5 writes filters in the order of a hash table that differs from run to run, and names files by their
    content: the filters, what lists them, and what names that. The list of pages is loaded by every visitor; numbers
    after a digest of them all make half of it of what a digest for each would, and stand for one content as well.
    """
    entry = _entry(files)
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
        all_pages = digest(*(old for old, _ in pages))[:6]
        numbered = []
        for number, (old, length) in enumerate(pages):
            numbered.append([f"{all_pages}{number:x}", length])
            files[f"fragment/{numbered[-1][0]}.pf_fragment"] = files.pop(f"fragment/{old}.pf_fragment")
        meta = _pack([version, numbered, chunks, ordered, *rest])
        language["hash"] = f"{prefix}_{digest(meta)[:10]}"
        files[f"pagefind.{language['hash']}.pf_meta"] = meta
    files["pagefind-entry.json"] = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    return files


def _unpack(content: bytes) -> list[Any]:
    data: list[Any] = cbor2.loads(gzip.decompress(content).removeprefix(MAGIC))
    return data


def _pack(value: object) -> bytes:
    return gzip.compress(MAGIC + cbor2.dumps(value), mtime=0)
