"""Pages for Pagefind -> one of its bundles: an index that can be searched by itself or together with others."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import lxml.html
import msgspec

from glossator.config import SiteError
from glossator.folding import Spellings, fold_accents, fold_for_index
from glossator.model import SitePath
from glossator.search.joined_index import ENTRY, FRAGMENT, MAGIC, Files, join
from glossator.search.read_pages import MARK, parse_page
from glossator.temporary_folders import temporary_folder

SCRIPT = "pagefind.js"
PAGES_A_RUN = 2000
"""Pages that Pagefind indexes at once: it needs 190 MB for each thousand."""
TITLE = f"//*[@{MARK}meta='title']"
SEPARATED = frozenset("article br div h1 h2 h3 h4 h5 h6 li p section td ul".split())
"""Elements around which Pagefind 1.5 puts a space; the text of any other goes on without one. Found by trying all."""
UNREAD = frozenset("footer form iframe label nav noscript script style svg template".split())
"""Elements whose text Pagefind 1.5 leaves out. Found by trying all."""
BETWEEN_BLOCKS = "\0"
"""Character that separates the texts of blocks; HTML has none."""
SEARCHED = ("pagefind.", ENTRY, FRAGMENT, "index/", "filter/")
"""Prefixes of the files that make a bundle; others are programs, such as a user interface, which ours replaces."""

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
    ordered, spread = sorted(pages), Counter[str]()
    runs = [
        _run({path: pages[path] for path in ordered[start : start + PAGES_A_RUN]}, language, spread)
        for start in range(0, len(ordered), PAGES_A_RUN)
    ]
    files, ids = join([run for run, _ in runs])
    fragments = {
        path: Fragment(new[fragment.id], fragment.filters)
        for (_, described), new in zip(runs, ids, strict=True)
        for path, fragment in described.items()
    }
    (wasm,) = (details["wasm"] or "unknown" for details in json.loads(files[ENTRY])["languages"].values())
    program = {name: files[name] for name in (SCRIPT, f"wasm.{wasm}.pagefind")}
    searched = {name: data for name, data in files.items() if name.startswith(SEARCHED) and name not in program}
    return Bundle(searched, program, fragments, spread)


def _run(
    pages: Mapping[SitePath, bytes], language: str, spread: Counter[str]
) -> tuple[Files, Mapping[SitePath, Fragment]]:
    """Return the files that Pagefind makes of some pages, and the data of each page; count the words in `spread`."""
    spellings, fragments, made = dict[SitePath, Spellings](), dict[SitePath, Fragment](), Files()
    with temporary_folder("search") as folder:
        site, built = folder / "site", folder / "made"
        for path, page in pages.items():
            folded, spellings[path] = _folded(page)
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(folded)
        run_pagefind(site, built, language)
        for file in sorted(path for path in built.rglob("*") if path.is_file()):
            name, content = file.relative_to(built).as_posix(), file.read_bytes()
            if name.startswith(FRAGMENT):
                described: dict[str, Any] = json.loads(gzip.decompress(content).removeprefix(MAGIC))
                path = SitePath(described["url"].removeprefix("/"))
                content = _restored(described, spellings[path])
                filters = {title: tuple(values) for title, values in sorted(described["filters"].items())}
                fragments[path] = Fragment(name, filters)
                spread.update({*re.findall(r"\w+", fold_accents(described["content"]).lower())})
            made[name] = content
    return made, fragments


def _folded(page: bytes) -> tuple[bytes, Spellings]:
    """Return a page as Pagefind reads it, and the spellings of its words.

    Pagefind finds no phrase that has an accent, and no word in scripts without spaces unless a whole archive is in one
    of them. So it is given folded words; the words that readers see are restored afterwards.
    """
    if page.isascii():
        return page, Spellings("", ())
    tree = parse_page(page)
    title = next((" ".join(element.text_content().split()) for element in tree.xpath(TITLE)), "")
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


def run_pagefind(site: Path, built: Path, language: str) -> None:
    """Run Pagefind as a command: its Python interface may end before the last of the files is on disk."""
    command = [sys.executable, "-m", "pagefind", "--silent", "--keep-index-url", "--site", str(site)]
    command += ["--output-path", str(built), "--force-language", language.split("-", maxsplit=1)[0]]
    process = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own interpreter, with paths of ours
    if process.returncode:
        reason = (process.stderr or process.stdout).strip().splitlines()[-1:] or [f"exit code {process.returncode}"]
        hint = "Install it again: pip install --force-reinstall pagefind pagefind-bin."
        raise SiteError(f"Pagefind could not index the site: {reason[0]}.", hint)
