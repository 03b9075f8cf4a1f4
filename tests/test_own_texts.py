"""Own pages and notes: where their links lead, which pictures they show, and what stays hidden behind a link."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image, PngImagePlugin

from glossator.cli import main
from glossator.content.own_texts import read_pages
from glossator.stages.plan.parts.cards import LONGEST_LINE
from tests.sites import build, contents, lay, leave_out_search, pages

ARCHIVE = """\
-- content/pages/about.md --
---
title: About
---
Read [the imprint](imprint.md), [the wall](../articles/the-wall.md#p1), [Marta](../entities/marta.md),
[[Jonas Aber]], [[The quay|the quay]] and [the guide](guide/first.md#two-words).

![The harbour](pictures/harbour.png)
-- content/pages/imprint.md --
---
title: Imprint
---
Back to [the page](about.md), [on the site](about.html), [from the top](/pages/about.md).
-- content/pages/guide/first.md --
---
title: First steps
---
# Two words

See [two words](#two-words) and [the imprint](../imprint.md).
-- content/entities/marta.md --
---
name: Marta Lindqvist
type: person
---
She stands in [the wall](../articles/the-wall.md), says [about](../pages/about.md).

Second: [[imprint]].
-- content/articles/the-wall.md --
---
title: The wall
published: 2024-03-01
---
Marta Lindqvist met Jonas Aber at Skerry Harbour Board in Ravnsborg.
-- content/articles/the-quay.md --
---
title: The quay
published: 2024-03-02
---
Marta Lindqvist met Jonas Aber at Skerry Harbour Board in Ravnsborg.
"""


def png(comment: str = "") -> bytes:
    written = io.BytesIO()
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", comment)
    Image.new("RGB", (4, 4), "navy").save(written, "PNG", pnginfo=told)
    return written.getvalue()


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    folder = lay(tmp_path, ARCHIVE)
    (folder / "content" / "pages" / "pictures").mkdir()
    (folder / "content" / "pages" / "pictures" / "harbour.png").write_bytes(png("taken at the quay"))
    return folder


def check(folder: Path, *arguments: str) -> Result:
    where = [f"--content={folder / 'content'}", f"--site={folder / 'site'}", "--workers=1", "--no-search"]
    return CliRunner(catch_exceptions=False).invoke(main, ["check", *where, *arguments])


def html(archive: Path, path: str) -> str:
    return (archive / "site" / path).read_text("utf-8")


def links(folder: Path, page: str) -> set[str]:
    """Return where the words of a page lead, without the frame that all pages have."""
    found = pages(folder / "site")
    frame = {address for address in found["imprint.html"].addresses if not address.endswith("about.html")}
    return set(found[page].addresses) - frame


def test_own_pages_link_to_pages_articles_and_entities(archive: Path) -> None:
    assert () == build(archive).problems
    wanted = {
        "articles/the-wall.html#p1",
        "entities/marta-lindqvist.html",
        "entities/jonas-aber.html",
        "guide/first.html#two-words",
    }
    assert wanted <= links(archive, "about.html")
    assert "about.html" in pages(archive / "site")["imprint.html"].addresses
    assert {"first.html#two-words", "../imprint.html"} <= links(archive, "guide/first.html")
    assert "two-words" in pages(archive / "site")["guide/first.html"].ids


def test_notes_link_from_the_entitys_page_and_from_its_card(archive: Path) -> None:
    build(archive)
    page = pages(archive / "site")["entities/marta-lindqvist.html"].addresses
    assert {"../articles/the-wall.html", "../about.html", "../imprint.html"} <= set(page)
    card = (archive / "site" / "articles" / "the-quay.html").read_text("utf-8")
    assert 'She stands in <a href="the-wall.html">the wall</a>, says <a href="../about.html">about</a>.' in card


def test_the_words_of_a_note_stand_wherever_a_line_tells_who_somebody_is(archive: Path) -> None:
    build(archive)
    own = "She stands in the wall, says about."
    assert f'<meta name="description" content="{own}">' in html(archive, "entities/marta-lindqvist.html")
    assert f'<span class="descriptor">{own}</span>' in html(archive, "index.html")


def test_a_long_note_is_cut_where_a_line_tells_who_somebody_is(archive: Path) -> None:
    lay(archive, f"-- content/entities/marta.md --\n---\nname: Marta Lindqvist\n---\nShe {'walks and ' * 30}sits.\n")
    build(archive)
    described = r'<meta name="description" content="(She [^"]*)">'
    (shown,) = re.findall(described, html(archive, "entities/marta-lindqvist.html"))
    assert shown.endswith("…")
    assert LONGEST_LINE >= len(shown)


def test_picture_beside_a_page_is_shown_without_its_metadata(archive: Path) -> None:
    build(archive)
    (shown,) = (archive / "site" / "images").iterdir()
    assert f"images/{shown.name}" in pages(archive / "site")["about.html"].addresses
    assert b"taken at the quay" not in shown.read_bytes()
    assert f'{shown.name}" width="4" height="4"' in (archive / "site" / "about.html").read_text("utf-8")


def test_picture_that_no_page_shows_is_not_published(archive: Path) -> None:
    (archive / "content" / "pages" / "unused.png").write_bytes(png("2"))
    build(archive)
    assert 1 == len(list((archive / "site" / "images").iterdir()))


def test_broken_links_are_mistakes_with_file_and_line(archive: Path) -> None:
    lay(
        archive,
        "-- content/pages/imprint.md --\n---\ntitle: Imprint\n---\nA [b](abuot.md).\n\n![](no.png) [c](about.md#no)\n",
    )
    done = check(archive, "--json")
    wrong = {(found["path"], found["message"]) for found in json.loads(done.stdout)["findings"] if found["wrong"]}
    assert 1 == done.exit_code
    assert {
        (
            "pages/imprint.md, line 4",
            'links to "abuot.md", which is no page, note, entity or article: did you mean about.md?',
        ),
        (
            "pages/imprint.md, line 6",
            'shows "no.png", and beside it lies no such picture (PNG, JPEG, GIF, WebP or AVIF)',
        ),
        ("pages/imprint.md, line 6", 'links to "about.md#no", and that page has no such heading'),
    } == wrong


def test_link_to_what_is_kept_back_tells_neither_title_nor_address(archive: Path) -> None:
    lay(
        archive,
        """\
-- glossator.toml --
[site]
data = ["markdown", "json", "llms", "api"]
-- content/articles/zebracanary.md --
---
title: Titlecanary of the memo
rights: private
---
Text.
-- content/pages/plan.md --
---
title: Plancanary
rights: private
---
Text.
-- content/entities.toml --
private = ["Jonas Aber"]
-- content/pages/about.md --
---
title: About
---
Read [a memo](../articles/zebracanary.md), [[zebracanary]], [[Titlecanary of the memo]], [a plan](plan.md),
[[Jonas Aber]].
-- content/entities/marta.md --
---
name: Marta Lindqvist
---
She wrote [a memo](../articles/zebracanary.md) and [[zebracanary]] with [[Jonas Aber]].
""",
    )
    problems = build(archive).problems
    assert {"rights"} == {problem.stage for problem in problems}
    whole = b"".join(content for path, content in contents(archive / "site").items()).lower()
    assert [] == [canary for canary in (b"zebracanary", b"titlecanary", b"plancanary") if canary in whole]
    about = pages(archive / "site")["about.html"].text
    assert "Read a memo, …, …, a plan" in " ".join(about.split())
    assert "Aber" not in about
    export = archive / "archive.json"
    where = [f"--content={archive / 'content'}", f"--to={export}", "--workers=1"]
    assert 0 == CliRunner(catch_exceptions=False).invoke(main, ["export", "json", *where]).exit_code
    assert "zebracanary" not in export.read_text("utf-8")
    assert "She wrote a memo and … with …." in export.read_text("utf-8")


def test_texts_that_link_to_a_renamed_or_removed_article_are_made_anew_and_as_a_clean_build_makes_them(
    archive: Path,
) -> None:
    build(archive)
    articles = archive / "content" / "articles"
    (articles / "the-wall.md").rename(articles / "the-old-wall.md")
    report = build(archive)
    assert {"about.html", "entities/marta-lindqvist.html", "articles/the-quay.html"} <= set(report.rendered)
    assert "articles/the-old-wall.html#p1" in links(archive, "about.html")
    (articles / "the-old-wall.md").unlink()
    assert {"about.html", "entities/marta-lindqvist.html"} <= set(build(archive).rendered)
    after = contents(archive / "site")
    shutil.rmtree(archive / "site")
    shutil.rmtree(archive / ".glossator")
    build(archive)
    assert contents(archive / "site") == after


def test_edit_elsewhere_makes_no_page_of_a_person_anew(archive: Path) -> None:
    build(archive)
    lay(archive, "-- content/articles/the-gull.md --\n---\ntitle: The gull\n---\nNobody came.\n")
    assert {"about.html", "imprint.html", "guide/first.html"}.isdisjoint(build(archive).rendered)


def test_words_for_the_home_page_stand_on_it(archive: Path) -> None:
    lay(archive, "-- content/pages/index.md --\nBegin with [the imprint](imprint.md).\n")
    build(archive)
    assert "Begin with the imprint." in pages(archive / "site")["index.html"].text


def test_site_of_own_pages_alone_leads_to_no_empty_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    lay(tmp_path, "-- content/pages/index.md --\nWelcome.\n")
    build(tmp_path)
    home = pages(tmp_path / "site")["index.html"]
    assert "Nothing here yet" not in home.text
    assert "articles/index.html" not in home.addresses


def test_own_page_in_a_folder_of_the_site_is_refused(tmp_path: Path) -> None:
    lay(tmp_path, "-- pages/tags/mine.md --\nText.\n")
    (problem,) = read_pages(tmp_path / "pages").problems
    assert "would be in tags/, where the site has pages of its own: rename the folder" == problem.message


def test_a_name_in_an_article_that_means_no_article_is_words(archive: Path) -> None:
    lay(archive, "-- content/articles/wiki.md --\n---\ntitle: Wiki\n---\nSee [[Jonas Aber]].\n")
    build(archive)
    assert "See Jonas Aber." in pages(archive / "site")["articles/wiki.html"].text


def test_picture_beside_a_note_is_shown_on_the_page_and_on_the_card(archive: Path) -> None:
    (archive / "content" / "entities" / "portrait.png").write_bytes(png("3"))
    lay(archive, "-- content/entities/marta.md --\n---\nname: Marta Lindqvist\n---\n![Marta](portrait.png) She.\n")
    build(archive)
    for page in ("entities/marta-lindqvist.html", "articles/the-quay.html"):
        shown = {address for address in pages(archive / "site")[page].addresses if "images/" in address}
        assert {True} == {(archive / "site" / page).parent.joinpath(address).exists() for address in shown}
        assert 'width="4" height="4"' in (archive / "site" / page).read_text("utf-8")


def test_picture_goes_with_the_note_when_its_person_becomes_private(archive: Path) -> None:
    note = "---\nname: Jonas Aber\n---\n![A pier](pier.png)\n"
    (archive / "content" / "entities" / "jonas.md").write_text(note, "utf-8")
    Image.new("RGB", (8, 4)).save(archive / "content" / "entities" / "pier.png")
    build(archive)
    shown = {picture.name for picture in (archive / "site" / "images").iterdir()}
    (archive / "content" / "entities.toml").write_text('private = ["Jonas Aber"]\n', "utf-8")
    build(archive)
    left = {picture.name for picture in (archive / "site" / "images").iterdir()}
    assert (2, 1, True) == (len(shown), len(left), left < shown)


def test_sitemap_has_the_home_page_once_and_the_pages_in_folders(archive: Path) -> None:
    lay(archive, '-- glossator.toml --\n[site]\nurl = "https://harbour.example/a/"\n')
    lay(archive, "-- content/pages/index.md --\nWelcome.\n")
    build(archive)
    listed = re.findall(r"<loc>(.*?)</loc>", (archive / "site" / "sitemap.xml").read_text("utf-8"))
    assert 1 == listed.count("https://harbour.example/a/")
    assert "https://harbour.example/a/guide/first.html" in listed
    assert "https://harbour.example/a/index.html" not in listed


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("---\ntitle: Plan of Titlecanary\nrights: private\n---\nText.\n", "Plan of Titlecanary"),
        ('---\ntitle: "Titlecanary: the plan"\ndraft: true\n---\nText.\n', "Titlecanary: the plan"),
        ("---\nprivate: true\n---\n# The Titlecanary\n\nText.\n", "The Titlecanary"),
        ("---\ntitle: Titlecanary: a plan\nrights: private\n---\nText.\n", "Titlecanary: a plan"),
        ("---\ntitle: Titlecanary\nrights: private\nText.\n", "Titlecanary"),
    ],
)
def test_title_of_a_private_page_is_not_told_by_a_link(archive: Path, page: str, title: str) -> None:
    lay(archive, f"-- content/pages/secret.md --\n{page}")
    for number, written in enumerate(("[[{}]]", "[[{}|it]]", "[[{}#Part]]", "![[{}]]", "[[{}]]".upper())):
        lay(archive, f"-- content/pages/other-{number}.md --\nOf {written.format(title)} and more.\n")
    build(archive)

    assert [] == [path for path, data in contents(archive / "site").items() if b"titlecanary" in data.lower()]
    others = [page.text for path, page in pages(archive / "site").items() if path.startswith("other-")]
    assert [True] * 5 == ["and more" in text for text in others]
