"""Feeds, sitemap and the description of the search: what programs find of a site, and what they never find."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs
from xml.etree import ElementTree as ET

import pytest
from msgspec import structs

from glossator.cli.extensions import load_extended
from glossator.config import BuildSettings, Config
from glossator.content.theme import read_theme
from glossator.dates import utc
from glossator.pipeline import ArchivePaths, bring_up_to_date
from glossator.stages.render import environment, render
from glossator.views import FeedEntry, FeedPage
from tests.sample_pages import SITE, article_page
from tests.sites import build, contents, lay, leave_out_search, pages, silent
from tests.sweeps import sweep_rows

URL = "https://velm.example/papers/"
ATOM = "{http://www.w3.org/2005/Atom}"
ARCHIVE = """\
-- glossator.toml --
[site]
title = "Velm & Sons"
url = "https://velm.example/papers/"
-- content/articles/wall.md --
---
title: The <wall>
source: https://lantern.example/wall
site: The Lantern
authors: [B. Writer]
published: 2023-05-01
saved: 2024-02-01T10:30:00+02:00
description: Stones & mortar.
tags: [Harbour, stone work]
---
Jonas Aber came to the town of Ravnsborg with secret plans.
-- content/articles/crane.md --
---
title: The crane
published: 2024-01-20
tags: [harbour]
---
Jonas Aber sold the crane of Ravnsborg.
-- content/articles/choir.md --
---
title: The choir
tags: [song]
---
The choir sang without a date.
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    return lay(tmp_path / "archive", ARCHIVE)


def load_private(archive: Path) -> Config:
    settings = load_extended(archive / "glossator.toml")
    return replace(settings, build=BuildSettings(workers=1), private=True)


def feed(archive: Path, path: str) -> ET.Element:
    return ET.fromstring((archive / "site" / path).read_bytes())


def titles(archive: Path, path: str) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in feed(archive, path).iter(f"{ATOM}entry")]


def feeds(archive: Path) -> set[str]:
    return {path for path in contents(archive / "site") if path.endswith(".xml")}


def same_as_clean(archive: Path) -> None:
    clean = archive.parent / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    shutil.copytree(archive, clean, ignore=shutil.ignore_patterns("site", ".glossator"))
    build(clean)
    assert contents(clean / "site") == contents(archive / "site")


def test_there_is_a_feed_of_everything_and_of_each_source_tag_and_entity_with_a_page(archive: Path) -> None:
    assert not build(archive).problems
    found = {"feed.xml", "sources/the-lantern.xml", "entities/jonas-aber.xml", "entities/ravnsborg.xml"}
    found |= {"tags/harbour.xml", "tags/stone-work.xml", "tags/song.xml", "sitemap.xml", "opensearch.xml"}
    assert found == feeds(archive)
    assert ["The <wall>", "The crane"] == titles(archive, "feed.xml")
    assert ["The <wall>"] == titles(archive, "sources/the-lantern.xml")
    assert ["The <wall>", "The crane"] == titles(archive, "tags/harbour.xml")
    assert ["The <wall>", "The crane"] == titles(archive, "entities/jonas-aber.xml")
    assert [] == titles(archive, "tags/song.xml")


def test_a_feed_is_valid_atom_with_absolute_addresses_and_dates_of_the_articles(archive: Path) -> None:
    build(archive)
    for path in feeds(archive) - {"sitemap.xml", "opensearch.xml"}:
        root = feed(archive, path)
        assert root.findtext(f"{ATOM}id") == URL + path
        for element in (root, *root.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert 1 == len(element.findall(f"{ATOM}{name}")), (path, name)
            assert datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "").tzinfo
        assert root.find(f"{ATOM}author") is not None or all(
            entry.find(f"{ATOM}author") is not None for entry in root.iter(f"{ATOM}entry")
        )
        assert all(link.get("href", "").startswith("https://") for link in root.iter(f"{ATOM}link"))
        assert b"secret plans" not in (archive / "site" / path).read_bytes()
    wall = next(feed(archive, "feed.xml").iter(f"{ATOM}entry"))
    assert (
        "2024-02-01T08:30:00Z"
        == wall.findtext(f"{ATOM}updated")
        == feed(archive, "feed.xml").findtext(f"{ATOM}updated")
    )
    assert "2023-05-01T00:00:00Z" == wall.findtext(f"{ATOM}published")
    assert "Stones & mortar." == wall.findtext(f"{ATOM}summary")
    assert ["Harbour", "stone work"] == [tag.get("term") for tag in wall.iter(f"{ATOM}category")]
    assert {f"{URL}articles/wall.html", "https://lantern.example/wall"} == {
        link.get("href") for link in wall.iter(f"{ATOM}link")
    }
    subject = {
        link.get("rel"): link.get("href") for link in feed(archive, "sources/the-lantern.xml").findall(f"{ATOM}link")
    }
    assert f"{URL}articles/source.html#the-lantern" == subject["alternate"]
    assert 'id="the-lantern"' in (archive / "site/articles/source.html").read_text("utf-8")


def test_a_feed_has_no_more_than_its_newest_entries(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glossator.stages.plan.data.feeds.ENTRIES", 1)
    build(archive)
    assert ["The <wall>"] == titles(archive, "feed.xml") == titles(archive, "tags/harbour.xml")


def test_pages_lead_to_their_feeds_and_to_the_description_of_the_search(archive: Path) -> None:
    build(archive)
    for path, expected in {
        "index.html": ["feed.xml"],
        "articles/wall.html": [
            "../feed.xml",
            "../sources/the-lantern.xml",
            "../tags/harbour.xml",
            "../tags/stone-work.xml",
        ],
        "entities/jonas-aber.html": ["../feed.xml", "jonas-aber.xml"],
    }.items():
        seen = pages(archive / "site")[path].elements
        alternates = [one["href"] for tag, one in seen if tag == "link" and one.get("rel") == "alternate"]
        assert expected == alternates
        assert ["opensearch.xml"] == [
            one["href"].removeprefix("../") for tag, one in seen if one.get("rel") == "search"
        ]
    search = ET.fromstring((archive / "site/opensearch.xml").read_bytes())
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    address = search.find(f"{space}Url")
    assert address is not None
    assert f"{URL}search.html?q={{searchTerms}}" == address.get("template")
    assert "Velm & Sons" == search.findtext(f"{space}ShortName")


CHANGES = [
    # file, words before and after; feeds that show it
    ("wall", ("Stones & mortar", "Bricks"), {"feed.xml", "sources/the-lantern.xml", "tags/harbour.xml",
     "tags/stone-work.xml", "entities/jonas-aber.xml", "entities/ravnsborg.xml"}),
    ("crane", ("Jonas Aber sold", "Everybody sold"), set()),
    ("wall", ("secret plans", "no plans"), set()),
    ("crane", ("tags: [harbour]", "tags: [harbour, song]"), {"feed.xml", "tags/harbour.xml", "tags/song.xml",
     "entities/jonas-aber.xml", "entities/ravnsborg.xml"}),
    ("choir", ("tags: [song]", "tags: [noise]"), {"tags/noise.xml"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "words", "shown"), sweep_rows(CHANGES, 2))
def test_an_edit_makes_only_the_feeds_that_show_it(
    archive: Path, name: str, words: tuple[str, str], shown: set[str]
) -> None:
    build(archive)
    file = archive / f"content/articles/{name}.md"
    file.write_text(file.read_text("utf-8").replace(*words), "utf-8")
    report = build(archive)
    # Whoever has a page no more has no feed, and that is in the sitemap.
    assert shown == {path for path in report.rendered if path.endswith(".xml")} - {"sitemap.xml"}
    same_as_clean(archive)


def test_a_feed_goes_with_its_last_article(archive: Path) -> None:
    build(archive)
    (archive / "content/articles/wall.md").unlink()
    report = build(archive)
    gone = {"sources/the-lantern.xml", "tags/stone-work.xml"}
    assert gone <= set(report.removed)
    assert ["The crane"] == titles(archive, "feed.xml") == titles(archive, "tags/harbour.xml")
    same_as_clean(archive)


def test_a_page_that_goes_takes_its_feed_along(archive: Path) -> None:
    build(archive)
    lay(archive, '-- content/entities.toml --\nignore = ["Jonas Aber"]\n')
    assert "entities/jonas-aber.xml" in build(archive).removed
    same_as_clean(archive)


def test_private_articles_and_private_names_are_in_no_feed_and_in_no_sitemap(archive: Path) -> None:
    lay(
        archive,
        """\
-- content/articles/hidden.md --
---
title: Hidden things
published: 2024-03-01
rights: private
tags: [hush]
---
Jonas Aber hid them in Ravnsborg.
-- content/articles/marta-lindqvist-speaks.md --
---
title: A speech
published: 2024-03-02
---
Words in Ravnsborg.
-- content/articles/speech.md --
---
title: Marta  Lindqvist speaks
published: 2024-03-03
---
Words in Ravnsborg.
-- content/articles/reply.md --
---
title: A reply
published: 2024-03-04
site: Marta Lindqvist
description: It answers Marta Lindqvist.
tags: [Marta Lindqvist, replies]
---
Words in Ravnsborg.
-- content/articles/letter.md --
---
title: A letter
published: 2024-03-05
description: To Marta Lindqvist.
tags: [marta lindqvist, letters]
---
Words in Ravnsborg.
-- content/entities.toml --
private = ["Marta Lindqvist"]
""",
    )
    build(archive)
    site = contents(archive / "site")
    for path in {path for path in site if not path.endswith((".html", ".json"))}:
        folded = (path.encode() + site[path]).lower()
        assert b"lindqvist" not in folded, path
        assert b"hidden" not in folded or path.startswith("static/"), path
        assert b"hush" not in folded or path.startswith("static/"), path
    assert ["A letter", "The <wall>", "The crane"] == titles(archive, "feed.xml")
    assert "tags/letters.xml" in feeds(archive)
    assert "tags/hush.xml" not in feeds(archive)
    letter = pages(archive / "site")["articles/letter.html"].elements
    assert not [one for tag, one in letter if tag == "link" and "lindqvist" in one.get("title", "").lower()]


def test_the_sitemap_lists_what_search_engines_may_list_and_nothing_else(archive: Path) -> None:
    build(archive)
    listed = {
        element.text
        for element in feed(archive, "sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    }
    open_pages = set()
    for path, page in pages(archive / "site").items():
        if not any(one.get("name") == "robots" for _, one in page.elements):
            open_pages.add(URL + path.removesuffix("index.html"))
    assert open_pages == listed
    assert f"{URL}articles/wall.html" not in listed
    robots = (archive / "site/robots.txt").read_text("utf-8")
    assert "Disallow" not in robots
    assert f"Sitemap: {URL}sitemap.xml\n" in robots


def test_a_large_site_has_several_sitemaps(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(archive)
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    whole = {one.text for one in feed(archive, "sitemap.xml").iter(f"{space}loc")}
    monkeypatch.setattr("glossator.stages.plan.data.sitemap_and_robots.ADDRESSES_AT_MOST", 4)
    shutil.rmtree(archive / ".glossator")
    build(archive)
    assert f"{space}sitemapindex" == feed(archive, "sitemap.xml").tag
    parts = [(one.text or "").removeprefix(URL) for one in feed(archive, "sitemap.xml").iter(f"{space}loc")]
    listed = [[one.text for one in feed(archive, part).iter(f"{space}loc")] for part in parts]
    assert whole == {one for addresses in listed for one in addresses}
    assert max(map(len, listed)) <= 4


def test_a_site_without_an_address_has_no_feeds(archive: Path) -> None:
    file = archive / "glossator.toml"
    file.write_text(file.read_text("utf-8").replace(f'url = "{URL}"', ""), "utf-8")
    build(archive)
    assert set() == feeds(archive)
    assert b"Sitemap" not in contents(archive / "site")["robots.txt"]
    assert b"application/atom+xml" not in contents(archive / "site")["articles/wall.html"]


def test_a_site_that_gets_an_address_gets_feeds_and_loses_them_again(archive: Path) -> None:
    build(archive)
    with_address = contents(archive / "site")
    file = archive / "glossator.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace(f'url = "{URL}"', ""), "utf-8")
    build(archive)
    assert set() == feeds(archive)
    file.write_text(text, "utf-8")
    build(archive)
    assert with_address == contents(archive / "site")


def test_a_site_that_search_engines_may_not_list_has_no_sitemap(archive: Path) -> None:
    file = archive / "glossator.toml"
    file.write_text(file.read_text("utf-8") + "indexed = false\n", "utf-8")
    build(archive)
    site = contents(archive / "site")
    assert "sitemap.xml" not in site
    assert "feed.xml" in site
    assert b"User-agent: *\nAllow: /\n" == site["robots.txt"]


def test_a_private_site_has_no_feeds(archive: Path) -> None:
    config = load_private(archive)
    bring_up_to_date(ArchivePaths(archive / "content", archive / "site", private=True), config, silent)
    assert set() == feeds(archive)
    assert b"Sitemap" not in contents(archive / "site")["robots.txt"]


def test_what_xml_cannot_hold_is_left_out(archive: Path) -> None:
    lay(archive, '-- content/articles/odd.md --\n---\ntitle: "A\\x0bB\\uffff]]>"\npublished: 2024-05-01\n'
        'description: "C\\u0001D"\n---\nText.\n')  # fmt: skip
    build(archive)
    assert "]]>" in str(titles(archive, "feed.xml")[0])


def test_every_value_of_an_entry_is_in_the_feed() -> None:
    entry = FeedEntry("t1", "a1", "u1", "p1", ("w1",), "", "s1", "d1", ("k1",), "l1")
    page = FeedPage("t2", "a2", "j2", "u2", (entry, structs.replace(entry, authors=(), publication="q3")))
    text = render(environment(read_theme(Path("none")).templates), page, SITE).decode()
    assert text.startswith('<?xml version="1.0" encoding="utf-8"?>\n')
    for value in ("t1", "a1", "u1", "p1", "w1", "s1", "d1", "k1", "l1", "t2", "a2", "j2", "u2", "q3"):
        assert value in text


def test_reference_managers_find_an_article_s_data() -> None:
    page = article_page()
    html = render(environment(read_theme(Path("none")).templates), page, SITE).decode()
    span = next(line for line in html.splitlines() if "Z3988" in line)
    title = ET.fromstring(span.replace(" hidden>", ">")).get("title") or ""
    fields = parse_qs(title)
    assert [page.frame.title] == fields["rft.title"]
    assert list(page.authors) == fields["rft.creator"]
    assert [tag.text for tag in page.tags] == fields["rft.subject"]
    assert [page.source] == fields["rft.identifier"]
    assert ["Z39.88-2004"] == fields["ctx_ver"]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2024-02-01", "2024-02-01T00:00:00Z"),
        ("2024-02-01T10:30:00+02:00", "2024-02-01T08:30:00Z"),
        ("2024-02-01T10:30:00.5", "2024-02-01T10:30:00Z"),
        ("0001-01-01T00:00:00+09:00", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_a_moment_is_written_as_feeds_want_it(moment: str, expected: str) -> None:
    assert expected == utc(moment)
