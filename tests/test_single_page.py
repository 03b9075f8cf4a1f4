"""`export page`: one article as one file that needs nothing beside it, and never one that is kept back."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import html
from PIL import Image

from glossator.cli import main
from tests.sites import lay

ARCHIVE = """\
-- glossator.toml --
[entities]
[build]
search = false
workers = 1
-- content/articles/harbour.md --
---
title: A harbour & what it cost
published: 2024-03-01
---
Marta Lindqvist, the head of the Skerry Harbour Board, came to Ravnsborg, as [a quay](https://gazette.example/quay) says.

![A crane](images/crane.png)
-- content/articles/quay.md --
---
title: A quay
source: https://gazette.example/quay
published: 2025-01-02
---
Marta Lindqvist left Ravnsborg. Marta Lindqvist is the head of the Skerry Harbour Board.
-- content/articles/secret.md --
---
title: Hidden
rights: private
---
CANARY of Marta Lindqvist.
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("single")
    lay(folder, ARCHIVE)
    picture = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(picture, "png")
    (folder / "content/articles/images").mkdir(exist_ok=True)
    (folder / "content/articles/images/crane.png").write_bytes(picture.getvalue())
    return folder


def export(archive: Path, *arguments: str) -> Result:
    places = ["--content", str(archive / "content"), "--site", str(archive / "site")]
    return CliRunner().invoke(main, ["export", "page", *arguments, *places])


def test_a_page_holds_its_styles_and_pictures_and_needs_no_file_beside_it(archive: Path, tmp_path: Path) -> None:
    done = export(archive, "harbour", "--to", str(tmp_path / "harbour.html"))
    assert done.exit_code == 0, done.output
    page = html.parse(tmp_path / "harbour.html").getroot()
    assert ["data:image/png;base64"] == [source.partition(",")[0] for source in page.xpath("//@src")]
    assert not page.xpath("//script[not(@type)] | //link | //form | //@srcset")
    assert all(href.startswith(("#", "https://")) for href in page.xpath("//@href"))
    assert "--paper" in page.findtext(".//style")
    assert ["A harbour & what it cost"] == [title.text_content() for title in page.iter("h1")]
    marks = page.xpath("//a[@class='mark']/@href")
    assert marks
    assert all(page.xpath(f"//li[@id='{mark[1:]}']") for mark in marks), "a name leads to the glossary of the page"


def test_links_lead_to_the_published_site_if_it_has_an_address(archive: Path, tmp_path: Path) -> None:
    done = export(
        archive, "content/articles/harbour.md", "--to", str(tmp_path / "a.html"), "--url", "https://me.example/a"
    )
    assert done.exit_code == 0, done.output
    page = html.parse(tmp_path / "a.html").getroot()
    assert ["https://me.example/a/articles/quay.html"] == page.xpath("//a[@class='archived']/@href")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["secret"], "kept back"),
        (["nowhere"], 'no article "nowhere"'),
        ([], "needs the article"),
        (["harbour", "--private"], "no other option"),
        (["harbour", "--tag", "quays"], "no other option"),
    ],
)
def test_nothing_is_written_of_an_article_that_the_site_does_not_show(
    archive: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    done = export(archive, *arguments, "--to", str(tmp_path / "none.html"))
    assert done.exit_code, done.output
    assert said in done.output
    assert not (tmp_path / "none.html").exists()


def test_an_article_that_became_private_is_not_exported_from_the_site_of_before(archive: Path, tmp_path: Path) -> None:
    file = archive / "content/articles/quay.md"
    before = file.read_text("utf-8")
    assert export(archive, "quay", "--to", str(tmp_path / "quay.html")).exit_code == 0
    file.write_text(before.replace("---\n", "---\nrights: private\n", 1), "utf-8")
    done = export(archive, "quay", "--to", str(tmp_path / "again.html"))
    file.write_text(before, "utf-8")
    assert "kept back" in done.output
    assert not (tmp_path / "again.html").exists()


def test_other_formats_take_no_article(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["export", "json", "harbour", "--to", str(tmp_path / "a.json")])
    assert "only page takes an ARTICLE" in done.output
