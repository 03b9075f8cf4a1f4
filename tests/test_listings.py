"""Listings have colours, and one that is made to be read for ever costs its colours and nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.sites import build, contents, lay, leave_out_search
from tests.sweeps import sweep
from tests.test_serve import ARCHIVE, Preview, start, until

ENDLESS = "echo $'" + "\\\\" * 60
"""Bash, in which each pair of backslashes could be read in two ways."""
SLOW = "word\n" * 950
"""C#, of which a lexer takes seconds."""
ARTICLE = """\
-- content/{path} --
---
title: {title}
---
It was written in May.

```bash
{endless}
```

{slow}
It was read in June.
"""


def hostile(path: str, title: str) -> str:
    """An archive's file with listings that take too long."""
    return ARTICLE.format(path=path, title=title, endless=ENDLESS, slow=f"```csharp\n{SLOW}```\n\n" * 4)


@contextmanager
def serving(folder: Path) -> Iterator[Preview]:
    preview = start(folder)
    try:
        yield preview
    finally:
        preview.process.kill()
        preview.process.communicate()


@pytest.mark.parametrize(
    ("path", "page"),
    [("saved/listing.md", "articles/a-listing.html"), ("articles/wall.md", "articles/wall.html")],
)
def test_preview_answers_while_a_page_with_a_listing_that_takes_too_long_is_built(
    tmp_path: Path, path: str, page: str
) -> None:
    with serving(lay(tmp_path, ARCHIVE)) as preview:
        lay(tmp_path, hostile(path, "A listing"))
        until(lambda: preview.get("/")[0] == 200 and "read in June" in preview.get(f"/{page}")[1])
        until(lambda: preview.get("/")[0] == 200 and "without the colours" in preview.complaints.read_text("utf-8"))
        shown = preview.get(f"/{page}")[1]
        assert (4 * 950, 60) == (shown.count("word\n"), shown.count("\\\\"))


def test_open_shows_a_page_with_a_listing_that_takes_too_long(tmp_path: Path) -> None:
    lay(tmp_path, hostile("listing.md", "A listing"))
    command = [sys.executable, "-m", "glossator", "open", str(tmp_path / "content/listing.md"), "--no-browser"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as running:
        try:
            assert running.stdout
            address = next(found[0] for line in running.stdout if (found := re.match(r"http://\S+/", line)))
            until(lambda: "read in June" in read(f"{address}articles/a-listing.html"))
            assert "A listing" in read(address)
        finally:
            running.kill()


def read(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError:
        return ""


def page_of(language: str, code: str) -> str:
    return f"It runs.\n\n```{language}\n{code}\n```\n"


@pytest.mark.parametrize("workers", sweep([1, 2], 1))
def test_listings_of_articles_own_pages_and_notes_have_colours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    leave_out_search(monkeypatch)
    monkeypatch.setattr("glossator.pipeline.rendering.render_pages.PAGES_FOR_WORKERS", 2)
    coloured = '<span class="code-keyword">return</span>'
    lay(
        tmp_path,
        f"-- content/articles/run.md --\nEdda Marsh came.\n\n{page_of('python', 'return 1')}"
        f"-- content/pages/about.md --\n# About\n\n{page_of('js', 'return 1')}"
        f"-- content/entities/edda-marsh.md --\n---\nname: Edda Marsh\ntype: person\n---\n{page_of('C++', 'return 1;')}"
        f"-- content/articles/unknown.md --\nEdda Marsh left.\n\n{page_of('rst', 'return 1')}",
    )
    build(tmp_path, workers=workers)
    pages = {path: html.decode() for path, html in contents(tmp_path / "site").items() if path.endswith(".html")}
    shown = [path for path, html in sorted(pages.items()) if coloured in html]
    assert ["about.html", "articles/run.html", "entities/edda-marsh.html"] == shown
    assert "return 1" in pages["articles/unknown.html"]


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("bash", f"{ENDLESS}' # why"),
        ("console", f"$ {ENDLESS}' # why"),
        ("docker", f"RUN {ENDLESS}'\n# why"),
        ("c", "int main  //\\\n \n(int a) { return 0; } // why"),
        ("perl", f"$x =~ s!{'a' * 40}!b!g; # why"),
        ("php", f"<?php $x = <<<ENDE{'é' * 40}\nx\nENDE{'é' * 40};\n// why"),
        ("scala", f'val x = "{"a" * 40}" // why'),
    ],
)
def test_a_language_whose_patterns_would_be_exponential_keeps_its_colours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, code: str
) -> None:
    leave_out_search(monkeypatch)
    build(lay(tmp_path, f"-- content/articles/run.md --\n{page_of(language, code)}"))
    assert re.search(
        r'<span class="code-comment">.*why\s*</span>', (tmp_path / "site/articles/run.html").read_text("utf-8")
    )


def test_at_the_limit_an_article_is_shown_without_colours_and_named_and_the_next_build_gives_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    lay(
        tmp_path,
        hostile("articles/slow.md", "Slow") + f"-- content/articles/run.md --\n{page_of('python', 'return 1')}",
    )
    reports = [build(tmp_path)]
    site = contents(tmp_path / "site")
    lay(tmp_path, f"-- content/articles/other.md --\n{page_of('python', 'return 2')}")
    reports.append(build(tmp_path))
    named = "is shown without the colours of its code: its listings need more than 0.5 CPU seconds"
    for report in reports:
        assert ("articles/slow.md", named) in [(problem.path, problem.message) for problem in report.problems]
        assert not report.failed
    assert b"code-keyword" in site["articles/run.html"]
    assert (4 * 950, 0) == (site["articles/slow.html"].count(b"word\n"), site["articles/slow.html"].count(b'"code-'))
    assert (
        site["articles/slow.html"].partition(b"<nav")[0]
        == contents(tmp_path / "site")["articles/slow.html"].partition(b"<nav")[0]
    )
