"""The pages of the site -> the Pagefind index in `site/pagefind/`."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import cbor2

from glossator.config import SiteError
from glossator.digest import digest
from glossator.model import Output, SitePath

FOLDER = "pagefind"
MAGIC = b"pagefind_dcd"
"""How each file of the index begins, once it is unzipped."""
NEEDED = ("pagefind.", "pagefind-entry.json", "pagefind-worker.js", "wasm.", "fragment/", "index/", "filter/")
"""What the search page loads, by the start of its path; the rest is a user interface, which ours replaces."""


def index(site: Path, language: str) -> tuple[Output, ...]:
    """The files of a new index over every page below `site`, sorted by path.

    One index for all languages: otherwise a visitor searches only the language of the page that they come from.
    Raises SiteError where Pagefind cannot run.
    """
    with tempfile.TemporaryDirectory(prefix="glossator-search-") as folder:
        _run(site, folder, language)
        paths = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    files = _in_order({name: content for name, content in files.items() if name.startswith(NEEDED)})
    return tuple(Output(SitePath(f"{FOLDER}/{name}"), content) for name, content in sorted(files.items()))


def _run(site: Path, folder: str, language: str) -> None:
    """Pagefind as a command: its Python interface may end before the last of the files is on disk."""
    command = [sys.executable, "-m", "pagefind", "--silent", "--keep-index-url", "--site", str(site)]
    command += ["--output-path", folder, "--force-language", language.split("-", maxsplit=1)[0]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own interpreter, with paths of ours
    if done.returncode:
        reason = (done.stderr or done.stdout).strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        hint = "Install it again: pip install --force-reinstall pagefind pagefind-bin."
        raise SiteError(f"Pagefind could not index the site: {reason[0]}.", hint)


def _in_order(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same index with its filters and their values sorted, so that equal pages have equal bytes.

    Pagefind 1.5 writes them in the order of a hash table that differs from run to run, and names files by their
    content: the filters, what lists them, and what names that.
    """
    entry = json.loads(files["pagefind-entry.json"])
    for language in entry["languages"].values():
        name = f"pagefind.{language['hash']}.pf_meta"
        version, pages, chunks, filters, *rest = _unpack(files.pop(name))
        prefix = language["hash"].split("_")[0]
        named = []
        for title, old in sorted(filters):
            label, values = _unpack(files.pop(f"filter/{old}.pf_filter"))
            content = _pack([label, sorted(values)])
            named.append([title, f"{prefix}_{digest(content)[:7]}"])
            files[f"filter/{named[-1][1]}.pf_filter"] = content
        meta = _pack([version, pages, chunks, named, *rest])
        language["hash"] = f"{prefix}_{digest(meta)[:10]}"
        files[f"pagefind.{language['hash']}.pf_meta"] = meta
    files["pagefind-entry.json"] = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    return files


def _unpack(content: bytes) -> list[Any]:
    data: list[Any] = cbor2.loads(gzip.decompress(content).removeprefix(MAGIC))
    return data


def _pack(value: object) -> bytes:
    return gzip.compress(MAGIC + cbor2.dumps(value), mtime=0)
