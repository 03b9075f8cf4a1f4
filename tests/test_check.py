"""`check`: what is found in a built site and its archive."""

from __future__ import annotations

import json
import shlex
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossator.check import broken_links, lost_originals, unfounded_claims
from glossator.cli import main
from glossator.content.article_files import compose
from glossator.model import Conversion, Extracted, SitePath
from tests.sites import command, lay
from tests.test_page_contents import CITING

ROOT = Path(__file__).parents[1]
ARCHIVE = """\
-- glossator.toml --
[site]
url = "https://velm.example/"
-- content/articles/harbour.md --
---
title: A harbour
published: 2024-03-01
language: en
---
Marta Lindqvist came to Ravnsborg.
"""


def check(folder: Path, *arguments: str) -> Result:
    where = [f"--content={folder / 'content'}", f"--site={folder / 'site'}", "--workers=1", "--no-search"]
    return CliRunner(catch_exceptions=False).invoke(main, ["check", *where, *arguments])


def site_of(folder: Path, **pages: str) -> list[SitePath]:
    for name, body in pages.items():
        (folder / f"{name}.html").write_text(f"<!doctype html><title>{name}</title><body>{body}", "utf-8")
    return [SitePath(f"{name}.html") for name in pages]


def test_sound_archive_has_no_mistakes(tmp_path: Path) -> None:
    done = check(lay(tmp_path, ARCHIVE))
    assert (0, "0 mistakes, 0 pieces of advice.") == (done.exit_code, done.stdout.splitlines()[-1])


def test_a_missing_address_is_told_once(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE.replace('url = "https://velm.example/"', ""))
    done = check(tmp_path)
    assert 0 == done.exit_code
    assert 1 == done.stdout.count("glossator.toml: has no url under [site]")


SOURCED = "---\ntitle: A {0}\nsource: https://example.org/{0}\npublished: 2024-03-01\nlanguage: en\n{1}---\nIt rains.\n"


def test_what_the_setting_keeps_back_is_one_line_and_the_rest_is_named(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE.replace("[site]", '[site]\nrights = "excerpt"'))
    for name in ("pier", "quay", "wall"):
        lay(tmp_path, f"-- content/articles/{name}.md --\n{SOURCED.format(name, '')}")
    lay(tmp_path, f"-- content/articles/mole.md --\n{SOURCED.format('mole', 'draft: true' + chr(10))}")
    lines = check(tmp_path).stdout.splitlines()
    assert "  3 articles as excerpts, by the setting; private by themselves: 1" in lines
    assert ["  kept back (private): articles/mole.md: draft: true"] == [line for line in lines if "kept back (" in line]
    listed = json.loads(check(tmp_path, "--json").stdout)["disclosure"]["kept_back"]
    assert ["mole", "pier", "quay", "wall"] == [Path(text["file"]).stem for text in listed]


def test_the_command_that_installs_a_language_is_the_one_that_build_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, ARCHIVE.replace("language: en", "language: el"))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")  # as a program that pipx installed
    wanted = f"{shlex.quote(sys.executable)} -m spacy download el_core_news_sm"
    assert any(wanted in line for line in command(tmp_path, "--no-search")[1])
    assert wanted in check(tmp_path).stdout
    (told,) = (one for one in json.loads(check(tmp_path, "--json").stdout)["findings"] if "Greek" in one["path"])
    assert wanted in told["message"]
    where = [f"--content={tmp_path / 'content'}", f"--site={tmp_path / 'site'}", "--workers=1", "--no-search"]
    built = json.loads(CliRunner().invoke(main, ["build", "--json", *where]).stdout)
    assert any(wanted in problem["message"] for problem in built["problems"])


def test_links_and_places_that_do_not_exist_are_named(tmp_path: Path) -> None:
    paths = site_of(
        tmp_path,
        a='<p id="x"><a href="b.html#y">b</a> <a href="c.html">c</a> <a href="#x">x</a> <a href="https://e.example">e</a>',
        c2='<a href="http://[not-an-address">n</a>',
        b='<p id="z"><a href="a.html?q=1#x">a</a> <img src="no.png"> <a href="#top-of-it">t</a>',
    )
    assert [
        ("a.html", 'links to "b.html#y", and that page has no such place'),
        ("a.html", 'links to "c.html", which the site does not have'),
        ("b.html", 'links to "b.html#top-of-it", and that page has no such place'),
        ("b.html", 'links to "no.png", which the site does not have'),
    ] == sorted((finding.path, finding.message) for finding in broken_links(tmp_path, paths))


def test_damaged_site_is_wrong_and_missing_metadata_is_only_advice(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE)
    lay(tmp_path, "-- content/articles/quay.md --\n---\ntitle: A quay\nsite: The Gazette\n---\nNobody.\n")
    done = check(tmp_path)
    assert 0 == done.exit_code
    assert "articles/quay.md: has no date and no language and no source" in done.output


def test_doubtful_conversion_is_advice_until_somebody_edits_the_article(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE)
    about = Conversion("quay.html", "0", "html", "1", doubt="0.71")
    extracted = Extracted(
        "A quay", "Nobody came.", about, published="2024-03-01", language="en", source="https://a.example/q"
    )
    path = tmp_path / "content" / "articles" / "quay.md"
    path.write_text(compose(extracted), "utf-8")
    told = "articles/quay.md: may lack much of its text, or hold other text (doubt 0.71 of 1)"
    done = check(tmp_path)
    assert (0, True) == (done.exit_code, told in done.stdout)
    path.write_text(path.read_text("utf-8").replace("Nobody", "Somebody"), "utf-8")
    assert told not in check(tmp_path).stdout


def test_article_of_a_page_that_was_saved_too_early_is_advice_and_its_page_says_so(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE)
    about = Conversion("quay.html", "0", "html", "1", doubt="1.00", kind="unloaded")
    extracted = Extracted("A quay", "> What the quay was.", about, published="2024-03-01", language="en")
    path = tmp_path / "content" / "articles" / "quay.md"
    path.write_text(compose(extracted), "utf-8")
    told = (
        "articles/quay.md: was made of a page that was saved before its text was there: open the page, and save it anew"
    )
    assert told in check(tmp_path).stdout
    page = (tmp_path / "site" / "articles" / "quay.html").read_text("utf-8")
    assert "This page was saved before its text was there." in page
    path.write_text(path.read_text("utf-8").replace("> What the quay was.", "The quay is of stone."), "utf-8")
    assert told not in check(tmp_path).stdout
    page = (tmp_path / "site" / "articles" / "quay.html").read_text("utf-8")
    assert "This page was saved before its text was there." not in page


def test_converted_article_without_a_source_is_advice(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE)
    about = Conversion("quay.txt", "0", "text", "1")
    path = tmp_path / "content" / "articles" / "quay.md"
    path.write_text(compose(Extracted("A quay", "Nobody came.", about, published="2024-03-01", language="en")), "utf-8")
    assert "articles/quay.md: has no source: add it to the front matter" in check(tmp_path).stdout


def test_no_source_is_wanted_of_a_chapter_of_a_book(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE)
    about = Conversion("quays.epub", "0", "epub", "1")
    chapter = Extracted("A quay", "Nobody came.", about, published="2024-03-01", language="en", site="Quays")
    (tmp_path / "content" / "articles" / "quay.md").write_text(compose(chapter), "utf-8")
    assert "has no source" not in check(tmp_path).stdout


def test_article_is_named_by_its_file_and_told_all_that_it_lacks(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE)
    (tmp_path / "content" / "articles" / "My Quay.md").write_text(
        "---\nsite: Gazette\nlanguage: en\n---\nIt is old.\n", "utf-8"
    )
    assert "articles/My Quay.md: has no date and no source: add them to the front matter" in check(tmp_path).stdout


def test_what_becomes_public_is_told_in_numbers(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE)
    quay = "---\ntitle: A quay\nsource: https://a.example/q\nlanguage: en\npublished: 2024-03-02\n---\nMarta Lindqvist left.\n"
    lay(tmp_path, f"-- content/articles/quay.md --\n{quay}")
    said = "Public: 2 articles whole (1 by others, from 1 publication), 1 entity with a page, 1 page of a person."
    assert said == check(tmp_path).stdout.splitlines()[0]


def test_what_is_published_whole_for_want_of_a_source_is_named(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE)
    about = Conversion("quay.txt", "0", "text", "1")
    path = tmp_path / "content" / "articles" / "quay.md"
    path.write_text(compose(Extracted("A quay", "Nobody came.", about, published="2024-03-01", language="en")), "utf-8")
    said = "  whole, because no source is known, so that they count as yours: articles/quay.md"
    assert said in check(tmp_path).stdout.splitlines()


def test_decision_that_fits_nothing_is_told(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE)
    lay(tmp_path, '-- content/entities.toml --\nignore = ["Nemo"]\n')
    done = check(tmp_path, "--json")
    assert 0 == done.exit_code
    assert ["Nemo" in finding["message"] for finding in json.loads(done.stdout)["findings"]] == [True]


def test_article_that_cannot_be_read_is_wrong(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE)
    lay(tmp_path, "-- content/articles/torn.md --\n---\n[\n---\nx\n")
    done = check(tmp_path)
    assert (1, True) == (done.exit_code, "articles/torn.md" in done.output)


class _Host(BaseHTTPRequestHandler):
    """A host with a page, one that is gone, one that moved, and one that dislikes heads."""

    def do_HEAD(self) -> None:
        status = {"/here": 200, "/gone": 404, "/moved": 301, "/loop": 302, "/no-heads": 405}[self.path]
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", {"/moved": "/gone", "/loop": "/loop"}[self.path])
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"x" * 2000)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_originals_that_are_gone_are_named(host: str) -> None:
    sources = {name: f"{host}/{name}" for name in ("here", "gone", "moved", "loop", "no-heads")}
    found = {finding.path: finding.message for finding in lost_originals(sources, private=True)}
    assert {
        "articles/gone.md": f"{host}/gone is gone",
        "articles/loop.md": f"{host}/loop redirects in circles",
        "articles/moved.md": f"{host}/moved is gone",
    } == found


@pytest.mark.parametrize("address", ["http://127.0.0.1:{}/here", "http://localhost:{}/here", "http://[::1]:{}/here"])
def test_private_addresses_are_never_asked(host: str, address: str) -> None:
    source = address.format(host.rpartition(":")[2])
    (finding,) = lost_originals({"a": source})
    assert f"{source} leads into a private network, and was not asked" == finding.message
    assert not finding.wrong


def test_the_sentence_by_which_an_article_is_cited_is_looked_up_in_the_citing_one(tmp_path: Path) -> None:
    lay(tmp_path, CITING)
    assert (0, []) == command(tmp_path, "--no-search")
    site, folder = tmp_path / "site", tmp_path / "content/articles"
    pages = [SitePath(path.relative_to(site).as_posix()) for path in site.rglob("*.html")]
    articles = {f"articles/{file.stem}.html": file for file in folder.glob("*.md")}
    assert [] == list(unfounded_claims(site, pages, articles))
    page = site / "articles/pier.html"
    page.write_text(page.read_text("utf-8").replace("It began at", "It never began at"), "utf-8")
    assert ["articles/pier.html"] == [found.path for found in unfounded_claims(site, pages, articles)]
