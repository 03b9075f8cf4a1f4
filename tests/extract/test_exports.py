"""What a person finds of an export from a service that kept articles for them.

A golden case is a file, or a folder `x.zip` that is packed first, and what comes of it: golden_exports/x, x.yaml.
"""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glossator.config import ExtractSettings
from glossator.content.saved_files import preferred
from glossator.model import Extracted, Extraction, LinkListEntry
from glossator.stages.extract.containers import zip_members
from glossator.stages.extract.containers.exported_metadata import about_snapshot
from glossator.stages.extract.opened_file import Unreadable
from tests.extract.exported import GOLDEN, cases, data, expected, packed, read, summarise
from tests.extracted import explain, extract

ARTICLE = (
    "<p>The ferry to the outer islands sails again, after the harbour had been closed by ice for nineteen days.</p>"
    "<p>Its captain, Wenke Dahl, took forty passengers on the first morning, and eleven sheep on the second.</p>"
)
ZIPS = tuple(path for path in cases() if path.is_dir())


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.name)
def test_export_becomes_what_stands_beside_it(path: Path) -> None:
    assert expected(path) == summarise(read(data(path), path.name))


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.name)
def test_export_is_known_by_its_content(path: Path) -> None:
    assert expected(path)["format"] == read(data(path), "download.txt").format


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.name)
def test_nothing_private_reaches_the_archive(path: Path) -> None:
    said = json.dumps(summarise(read(data(path))))
    assert [] == [private for private in ("4711-secret", "reader@home.example", "ask Marta") if private in said]


def check_sound(extraction: Extraction, name: str) -> None:
    """Whatever a file holds, what is made of it can be published, and what went wrong names the file."""
    assert {name} >= {problem.path for problem in extraction.problems}
    assert all(problem.message.endswith(".") for problem in extraction.problems if problem.fatal)
    for article in extraction.articles:
        assert article.title.strip()
        assert article.markdown.strip()
        assert name == article.conversion.file
    items: list[Extracted | LinkListEntry] = [*extraction.articles, *extraction.listed]
    for item in items:
        addresses = [address for address in (item.source, item.image) if address is not None]
        assert all(urlsplit(address).scheme in ("http", "https") for address in addresses)
        assert all(datetime.fromisoformat(moment) for moment in (item.published, item.saved) if moment)
        for names in (item.authors, item.tags):
            assert len(set(names)) == len(names)
            assert all(name.strip() for name in names)
    assert all(link.source for link in extraction.listed)


@given(st.sampled_from(cases()), st.floats(0, 1))
@example(GOLDEN / "letters.mbox", 0.94921875)  # within the head of a message
def test_export_that_is_cut_off_is_refused_or_read_up_to_the_cut(path: Path, share: float) -> None:
    content = data(path)
    whole, cut = read(content, path.name), read(content[: int(len(content) * share)], path.name)
    check_sound(cut, path.name)
    if cut.format == whole.format:
        # The last entry may be cut itself; nothing before it differs, and nothing is invented.
        assert [] == [text for text in texts(cut) if text not in texts(whole)][1:]
        assert len(cut.listed) <= len(whole.listed)
        assert len(cut.articles) <= len(whole.articles)
    else:
        assert () == cut.listed
        assert cut.problems or cut.format in ("html", "markdown", "text")


@given(
    st.sampled_from(cases()), st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8)
)
def test_export_that_is_damaged_is_refused_or_read_into_sound_articles(
    path: Path, changes: list[tuple[float, int]]
) -> None:
    damaged = bytearray(data(path))
    for position, byte in changes:
        damaged[int(position * len(damaged))] = byte
    extraction = read(bytes(damaged), path.name)
    check_sound(extraction, path.name)
    if path.is_dir():
        assert extraction.articles or extraction.listed or extraction.problems


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from([path for path in cases() if path.suffix == ".json"]), st.data())
def test_field_that_holds_anything_costs_its_own_entry_at_most(path: Path, draw: st.DataObject) -> None:
    whole = read(path.read_bytes(), path.name)
    value = json.loads(path.read_bytes())
    entries = value if isinstance(value, list) else value.get("bookmarks") or [value]
    entry = draw.draw(st.sampled_from([one for one in entries if isinstance(one, dict)]))
    entry[draw.draw(st.sampled_from(sorted(entry)))] = draw.draw(_json)
    extraction = read(json.dumps(value).encode(), path.name)
    check_sound(extraction, path.name)
    if entry is not value:
        assert whole.format == extraction.format
        assert len(set(texts(whole)) - set(texts(extraction))) <= 1


def texts(extraction: Extraction) -> list[tuple[str | None, ...]]:
    """What identifies each article and link to a person."""
    articles = [(article.title, article.source, article.markdown) for article in extraction.articles]
    return [*articles, *((link.title, link.source) for link in extraction.listed)]


@pytest.mark.parametrize("path", [path for path in cases() if path.suffix == ".json"], ids=lambda path: path.name)
def test_damaged_export_is_refused_and_not_read_as_a_text(path: Path) -> None:
    found = read(path.read_bytes()[:-20])
    assert expected(path)["format"] == found.format
    assert ((), ()) == (found.articles, found.listed)
    assert ["The JSON is damaged or incomplete; export it again."] == [one.message for one in found.problems]


@pytest.mark.parametrize("path", ZIPS, ids=lambda path: path.name)
def test_archive_without_its_end_is_refused_as_what_it_is(path: Path) -> None:
    found = read(data(path)[:-100])
    assert expected(path)["format"] == found.format
    assert ["The ZIP archive is damaged or incomplete; export or copy it again."] == [
        one.message for one in found.problems
    ]


def test_archive_with_a_password_is_refused() -> None:
    content = bytearray(data(GOLDEN / "omnivore.zip"))
    content[content.find(b"PK\x01\x02") + 8] |= 1
    assert ["The ZIP archive is protected by a password; export it again without one."] == [
        problem.message for problem in read(bytes(content)).problems
    ]


def test_archive_that_unpacks_without_end_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_members, "LARGEST_MEMBER", 1_000_000)
    members = {"metadata_0_to_1.json": b"[]", "content/bomb.html": b"<p>" + b"x" * 2_000_000}
    found = read(packed(members))
    assert () == found.articles
    assert ["bomb.html: The ZIP archive unpacks to more than can be read; unpack it and save its files singly."] == [
        problem.message for problem in found.problems
    ]


def test_members_are_unpacked_up_to_the_limit_of_all() -> None:
    archive = zip_members.opened(packed({"a/1": bytes(10), "a/2": bytes(10)}))
    beside = zip_members.FilesBeside(archive, "a")
    archive.left = 15
    assert [bytes(10), b""] == [beside["1"], beside["2"]]
    with pytest.raises(Unreadable):
        archive.read("a/1")


def test_an_article_of_several_takes_nothing_from_the_folder_of_another() -> None:
    archive = zip_members.opened(packed({"a/": b"", "a/1": b"1", "b/1": b"2", "data.json": b"{}"}))
    beside = zip_members.FilesBeside(archive, "a", within="a/")
    assert ["1"] == [name for name in beside if name != "."]
    assert b"1" == beside["./1"]
    assert not any(name in beside for name in ("../b/1", "../data.json", "x/../../b/1", "/b/1"))


def test_archive_with_more_files_than_can_be_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_members, "MOST_MEMBERS", 2)
    found = read(data(GOLDEN / "omnivore.zip"))
    assert ["The ZIP archive holds over 2 files; unpack it and save its files singly."] == [
        problem.message for problem in found.problems
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_last_copy_that_is_not_empty_is_read() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("metadata_0_to_1.json", json.dumps([{"slug": "ferry", "title": "Ferry"}]))
        for content in ("<p>An older copy.</p>", ARTICLE, ""):
            archive.writestr("content/ferry.html", content)
    assert "Wenke Dahl" in read(target.getvalue()).articles[0].markdown


def test_one_broken_batch_leaves_the_others() -> None:
    good = json.dumps([{"slug": "ferry", "title": "Ferry", "url": "https://a.example/f"}]).encode()
    found = read(
        packed({"metadata_0_to_1.json": b"[{", "metadata_1_to_2.json": good, "content/ferry.html": ARTICLE.encode()})
    )
    assert ["Ferry"] == [article.title for article in found.articles]
    assert ["metadata_0_to_1.json: The JSON is damaged or incomplete; export it again."] == [
        problem.message for problem in found.problems
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"content": ARTICLE, "is_not_parsed": 1},
        {"content": "<p>wallabag can't retrieve contents for this article. Please report it.</p>"},
    ],
)
def test_excuse_in_place_of_a_text_is_no_article(fields: dict[str, object]) -> None:
    found = read(json.dumps([{"url": "https://a.example/f", "is_archived": 0} | fields]).encode())
    assert ((), ["https://a.example/f"]) == (found.articles, [listed.source for listed in found.listed])


def test_entries_with_one_id_stay_apart() -> None:
    entry = {"id": 1, "title": "Ferry", "url": "https://a.example/f", "content": ARTICLE, "is_archived": 0}
    found = read(json.dumps([entry, entry | {"id": "1"}]).encode())
    assert ["1", "1 (2)"] == [article.conversion.entry for article in found.articles]


def test_explanation_says_what_the_service_said_and_why_a_page_is_refused() -> None:
    entry = {"id": 1, "title": "Ferry", "url": "https://a.example/f", "content": ARTICLE, "is_archived": 0}
    data = json.dumps([entry, entry | {"id": 2, "content": "<img src=a>"}]).encode()
    (good, bad) = [found.notes for _, found in explain(data, "export.json", ExtractSettings())]
    assert {"title: wallabag export.", "source: wallabag export."} <= set(good)
    assert "2: The page holds no article text; save it again once it has loaded, or save its text." in bad


def test_half_a_character_in_an_export_spoils_nothing() -> None:
    entry = '[{"id": 1, "title": "Ferry \\ud83d", "url": "https://a.example/f", "is_archived": 0, "content": "%s"}]'
    assert "Ferry" == read((entry % ARTICLE).encode()).articles[0].title


def test_readability_result_without_its_form_is_read_by_its_text() -> None:
    text = "The ferry sails again.\n\nIt had been kept in the harbour by ice for nineteen days.\n"
    found = read(json.dumps({"title": "Ferry", "content": "", "textContent": text, "domain": "a.example"}).encode())
    assert [("Ferry", "a.example", True)] == [
        (article.title, article.site, "nineteen days" in article.markdown) for article in found.articles
    ]


def test_readability_result_without_its_text_says_where_to_look() -> None:
    found = read(b'{"title": "Ferry", "byline": null, "siteName": "Courier", "excerpt": ""}')
    assert ["The file tells of an article and does not hold its text; add the page that lies beside it."] == [
        problem.message for problem in found.problems
    ]


@pytest.mark.parametrize(
    ("expected_name", "names"),
    [
        ("singlefile.html", ("index.json", "index.html", "output.html", "singlefile.html", "readability/content.html")),
        ("singlefile/singlefile.html", ("index.jsonl", "singlefile/singlefile.html", "dom/output.html")),
        (
            "readability/content.html",
            ("index.json", "output.html", "readability/content.html", "readability/article.json"),
        ),
        ("output.html", ("index.json", "output.html", "output.pdf", "screenshot.png")),
        (
            "a.example/f/index.html",
            ("index.json", "index.html", "a.example/f/index.html", "a.example/f/g/x.html", "warc/1.warc.gz"),
        ),
        ("warc/1.warc.gz", ("index.json", "index.html", "warc/1.warc.gz", "screenshot.png")),
        (None, ("index.json", "index.html", "screenshot.png")),
        (None, ("output.html", "singlefile.html")),
    ],
)
def test_best_page_of_a_snapshot_is_preferred(expected_name: str | None, names: tuple[str, ...]) -> None:
    assert expected_name == preferred(names)


INDEX_JSON = b"""{"url": "https://a.example/f", "timestamp": "1696360504.25", "title": "Ferry", "tags": "ships, ice"}"""
INDEX_JSONL = b"""{"type": "Binary", "url": "https://pypi.example"}
{"type": "Snapshot", "url": "https://a.example/f", "bookmarked_at": "2023-10-03T19:15:04+00:00", "title": "Ferry", "tags": ["ships", "ice"]}
{"type": "Arch"""


@pytest.mark.parametrize("index", [INDEX_JSON, INDEX_JSONL], ids=["json", "jsonl"])
def test_index_of_a_snapshot_says_where_the_page_is_from(index: bytes) -> None:
    told_by_index = LinkListEntry(
        "archivebox index",
        source="https://a.example/f",
        title="Ferry",
        saved="2023-10-03T19:15:04+00:00",
        tags=("ships", "ice"),
    )
    assert told_by_index == about_snapshot(index)


def test_title_of_a_snapshot_is_that_of_its_page() -> None:
    page = f"<html><title>The ice is gone</title><article><h1>The ice is gone</h1>{ARTICLE}</article></html>".encode()
    assert "The ice is gone" == extract(page, "output.html", ExtractSettings(), INDEX_JSON).articles[0].title


def test_page_of_a_snapshot_is_known_by_its_index() -> None:
    found = extract(ARTICLE.encode(), "archive/1696360504.25/output.html", ExtractSettings(), INDEX_JSON).articles[0]
    assert ("https://a.example/f", ("ships", "ice")) == (found.source, found.tags)
    assert "archivebox" == found.conversion.format


@given(st.binary(max_size=200) | _json.map(lambda value: json.dumps(value).encode()))
def test_index_of_a_snapshot_may_be_anything(index: bytes) -> None:
    assert "archivebox index" == about_snapshot(index).origin
