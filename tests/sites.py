"""A whole small archive in a string, the site that is built of it, and what can be asked of its pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator import pipeline, search
from glossator.cli import main
from glossator.cli.extensions import load_extended
from glossator.config import BuildSettings
from glossator.model import Output, SitePath

SEPARATOR = re.compile(r"^-- (.+) --\n", re.MULTILINE)
PROGRESS = re.compile(r"[\w ]+: [\d,]+ done")


def lay(folder: Path, archive: str) -> Path:
    """Write the files of an archive, each below a line `-- path --`; the others in the folder stay."""
    parts = SEPARATOR.split(archive)[1:]
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def silent(*_: object) -> None:
    """No progress."""


def build(
    folder: Path, reconvert: bool = False, workers: int = 1, progress: Callable[[str, int, int], None] = silent
) -> pipeline.Report:
    """Build the archive in process with its own glossator.toml and the packaged models, as the command line does."""
    config = replace(
        load_extended(folder / "glossator.toml"),
        build=BuildSettings(workers=workers),
    )
    paths = pipeline.ArchivePaths(folder / "content", folder / "site")
    return pipeline.bring_up_to_date(paths, config, progress, reconvert)


def command(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    """Exit code of the command line on the folder's archive, and the lines that a person sees of problems."""
    where = [f"--{one}={folder / one}" for one in ("content", "site")]
    done = CliRunner(catch_exceptions=False).invoke(main, ["build", "--workers=1", *where, *arguments])
    return done.exit_code, [line for line in done.stderr.splitlines() if not PROGRESS.fullmatch(line)]


def leave_out_search(patch: pytest.MonkeyPatch) -> None:
    """Build without Pagefind, which costs a second: for tests that build often and have no question to the index."""
    none = Output(SitePath("pagefind/none"), b"")
    patch.setattr("glossator.search.refresh", lambda *_: search.Index((none,), frozenset({none.path})))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too, by its path."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def canaries(folder: Path) -> set[int]:
    """Return the numbers of the canaries that are anywhere in a site, in marks, addresses and data, too."""
    return {
        int(number)
        for path, content in contents(folder / "site").items()
        for number in re.findall(rb"canary(\d+)", path.encode() + b"\n" + content, re.IGNORECASE)
    }


def pages(folder: Path) -> dict[str, Seen]:
    """The HTML pages below a folder."""
    return {path: Seen(content.decode()) for path, content in contents(folder).items() if path.endswith(".html")}


class Seen(HTMLParser):
    """A page's elements with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, Mapping[str, str]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def addresses(self) -> list[str]:
        """What it links to or loads."""
        return [attrs[key] for _, attrs in self.elements for key in ("href", "src", "action") if key in attrs]

    @property
    def ids(self) -> set[str]:
        return {attrs["id"] for _, attrs in self.elements if "id" in attrs}
