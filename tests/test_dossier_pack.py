"""The pack of a dossier: what a page of one's own shows, to hand on; and nothing that the site keeps back."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import etree, html
from msgspec import structs
from PIL import Image

from glossator.cli import main
from glossator.export.data import ArchiveData, ArticleData, EntityData
from glossator.export.write import exported_files
from glossator.extension_points.exports import Answer, AnsweredData, AnswerRow, OwnPageData, Question, SourceData
from glossator.extensions.exports.dossier import pack
from glossator.model import COLUMNS, ArticleId, Digest, EntityId
from tests.sites import contents, lay

PAGE = """\
---
title: The harbour story
---
What *the board* says.[^1] See [the wall](../articles/wall.md) and [[Jonas Canary]].

```glossator
find: quotations
of: Marta Lindqvist
order: oldest
```

## In between

```glossator
find: dates
about: Marta Lindqvist
show: table
```

~~~glossator example
find: names
~~~

```glossator
find: articles
show: count
```

```glossator
find: articles
```

```glossator
find: names
type: person
```

```glossator
find: sentences
of: Nobody Atall
```

[^1]: A note of mine.
"""
ARCHIVE = f"""\
-- glossator.toml --
[site]
title = "Cuttings & more"
-- content/entities.toml --
private = ["Jonas Canary"]
-- content/pages/story.md --
{PAGE}
-- content/pages/draft.md --
---
title: A draft
rights: private
---
```glossator
find: articles
```
-- content/saved/harbour.md --
---
title: "=The harbour_ & 100 % of it"
source: https://gazette.example/harbour
site: The Gazette
authors: [Ann Author, Ben Writer]
published: 2024-03-01
saved: 2024-03-05
---
Marta Lindqvist, the head of the Skerry Harbour Board, came to Ravnsborg on 12 May 2023.

“We have built a pier of stone, and it will *stay*,” said Marta Lindqvist.
-- content/saved/quay.md --
---
title: A quay
published: 2025-01-02
rights: excerpt
---
Marta Lindqvist came to the quay of Ravnsborg on 3 June 2024, and stayed there with all the others of the board.

Marta Lindqvist spoke of the tide. The second paragraph is here, for an excerpt has two of them at the most.

“The CANARY1 sings in the third paragraph of it,” said Marta Lindqvist on 4 June 2024.
-- content/saved/secret CANARY2.md --
---
title: The secret CANARY3
published: 2025-01-03
rights: private
---
“Nobody shall hear of CANARY4 in this town at all,” said Marta Lindqvist on 5 June 2024.
-- content/saved/Jonas Canary at home.md --
---
title: A meeting
published: 2023-01-03
---
Marta Lindqvist met the board in Ravnsborg. “We have spoken for an hour with Jonas Canary,” said Marta Lindqvist.

“The meeting was short and there was no tea,” said Marta Lindqvist.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay(tmp_path_factory.mktemp("dossier") / "archive", ARCHIVE)
    assert run(folder, "build", "--no-search").exit_code in (0, 1)  # a question asks for a name that nobody has
    return folder


@pytest.fixture
def archive(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "archive"))


def run(archive: Path, *arguments: str) -> Result:
    where = [f"--content={archive / 'content'}", f"--site={archive / 'site'}", "--workers=1"]
    return CliRunner(catch_exceptions=False).invoke(main, [*arguments, *where])


def packed(archive: Path, name: str, *arguments: str) -> Path:
    target = archive.parent / name
    done = run(archive, "export", "dossier", "content/pages/story.md", f"--to={target}", *arguments)
    assert 0 == done.exit_code, done.output
    return target


def rows(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "sources.csv").read_text("utf-8"))))


def test_a_folder_holds_the_page_each_passage_with_its_citation_and_a_table_of_sources(archive: Path) -> None:
    folder = packed(archive, "pack")
    assert {"index.html", "page.md", "sources.csv", "references.json", "SHA256SUMS"} == contents(folder).keys()
    page: Any = html.fromstring((folder / "index.html").read_bytes())
    assert [] == page.xpath("//script | //link | //@onclick")
    first = page.xpath("//div[@class='answer']")[0]
    assert "of: Marta Lindqvist" in first.text_content()  # what was asked
    assert "“We have built a pier of stone, and it will stay”" in " ".join(first.text_content().split())
    citation = "Ann Author and Ben Writer, “=The harbour_ & 100 % of it”, The Gazette, 2024-03-01, https://gazette.example/harbour"
    assert citation in first.text_content()
    for link in page.xpath("//a[starts-with(@href, '#')]/@href"):
        assert page.get_element_by_id(link[1:]) is not None
    assert "3 articles" in page.xpath("//div[@class='answer']")[2].text_content()
    assert "A note of mine." in page.text_content()
    assert "find: names" in page.text_content()  # an example is shown, not asked
    table = {row["title"]: row for row in rows(folder)}
    row = table["'=The harbour_ & 100 % of it"]  # no formula of a spreadsheet
    assert ["Ann Author; Ben Writer", "The Gazette", "2024-03-01", "2024-03-05", "harbour.md"] == [
        row[name] for name in ("authors", "publication", "day", "saved", "file")
    ]
    assert re.fullmatch("[0-9a-f]{64}", row["sha256"])
    assert {"A quay", "A meeting"} < table.keys()
    titles = {reference["title"] for reference in json.loads((folder / "references.json").read_text("utf-8"))}
    assert 3 == len(titles)


def test_pictures_of_the_page_are_within_it_without_what_they_tell_of_their_owner(archive: Path) -> None:
    image = Image.new("RGB", (2, 2))
    exif = Image.Exif()
    exif[0x010E] = "CANARY5"
    image.save(archive / "content/pages/pier.jpg", exif=exif)
    with (archive / "content/pages/story.md").open("a", encoding="utf-8") as own:
        own.write("\n![A pier](pier.jpg) ![Nothing](../saved/harbour.jpg)\n")
    page: Any = html.fromstring(packed(archive, "pack.html").read_bytes())
    (address,) = page.xpath("//img[@alt='A pier']/@src")
    assert address.startswith("data:image/jpeg;base64,")
    assert b"CANARY5" not in b64decode(address.partition(",")[2])
    assert "[A pier]" in zipfile.ZipFile(packed(archive, "pack.epub")).read("book/page.xhtml").decode()


def test_markdown_of_a_pack_cites_by_footnotes_and_shows_signs_as_they_are(archive: Path) -> None:
    text = (packed(archive, "pack") / "page.md").read_text("utf-8")
    assert "```glossator\n" not in text
    cited = set(re.findall(r"\[\^(source-\d+)\](?!:)", text))
    assert cited
    assert cited <= set(re.findall(r"^\[\^(source-\d+)\]: ", text, re.MULTILINE))
    assert r"=The harbour\_ \& 100 % of it" in text
    assert "[^1]: A note of mine." in text


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not here")
def test_checksums_are_read_by_sha256sum_with_the_saved_files(archive: Path) -> None:
    folder = packed(archive, "pack", "--with-sources")
    assert (archive / "content/saved/harbour.md").read_bytes() == (
        folder / "sources/the-harbour-100-of-it.md"
    ).read_bytes()
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    assert len(contents(folder)) - 1 == done.stdout.count(": OK\n")


def test_only_saved_files_of_articles_that_are_published_whole_go_along(archive: Path) -> None:
    folder = packed(archive, "pack", "--with-sources")
    assert ["sources/the-harbour-100-of-it.md"] == [path for path in contents(folder) if path.startswith("sources/")]
    own = packed(archive, "own", "--with-sources", "--private")
    assert 4 == sum(path.startswith("sources/") for path in contents(own))
    assert "Jonas Canary at home.md" in {row["file"] for row in rows(packed(archive, "mine", "--private"))}


@pytest.mark.parametrize("name", ["pack", "pack.html", "pack.epub"])
def test_nothing_that_is_kept_back_is_in_a_pack(archive: Path, name: str) -> None:
    target = packed(archive, name, *(["--with-sources"] if name == "pack" else []))
    files = contents(target) if target.is_dir() else {name: target.read_bytes()}
    if name.endswith(".epub"):
        with zipfile.ZipFile(target) as book:
            files = {member: book.read(member) for member in book.namelist()}
    for path, content in files.items():
        assert b"canary" not in path.encode().lower() + content.lower()


def test_a_private_copy_has_all_of_it_and_is_refused_where_it_could_become_public(archive: Path) -> None:
    page = (packed(archive, "own", "--private") / "index.html").read_text("utf-8")
    assert "The harbour story (private copy)" in page
    assert all(word in page for word in ("CANARY1", "CANARY3", "CANARY4", "Jonas Canary"))
    done = run(archive, "export", "dossier", "story", f"--to={archive / 'site/pack'}", "--private")
    assert 2 == done.exit_code
    assert "this is a private copy" in done.stderr


def test_a_book_is_well_formed_and_its_links_lead_somewhere(archive: Path) -> None:
    with zipfile.ZipFile(packed(archive, "story.epub")) as book:
        names = book.namelist()
        assert "mimetype" == names[0]
        trees: dict[str, Any] = {
            name: etree.fromstring(book.read(name)) for name in names if name.endswith((".xhtml", ".opf"))
        }
    anchors = {f"{name.removeprefix('book/')}#{key}" for name, tree in trees.items() for key in tree.xpath("//@id")}
    for name, tree in trees.items():
        for href in tree.xpath("//*[local-name()='a']/@href"):
            page, _, anchor = href.partition("#")
            if not href.startswith("http") and anchor:
                assert f"{page or name.removeprefix('book/')}#{anchor}" in anchors
        keys = tree.xpath("//@id")
        assert len(keys) == len(set(keys))
    assert "We have built a pier" in "".join(trees["book/page.xhtml"].itertext())


def test_the_same_archive_gives_the_same_pack(archive: Path) -> None:
    for name in ("pack", "pack.html", "pack.epub"):
        first, again = packed(archive, name), packed(archive, f"again-{name}")
        assert (contents(first) if first.is_dir() else first.read_bytes()) == (
            contents(again) if again.is_dir() else again.read_bytes()
        )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["stroy", "--to=out"], 'content/pages/ has no page "stroy": did you mean story?'),
        (["draft", "--to=out"], 'The page "draft" is kept back.'),
        (["story", "--to=out.pdf"], "A dossier is no file that ends in .pdf."),
        (["story", "--to=out.html", "--with-sources"], "--with-sources needs a folder"),
        (["story", "--to=out", "--tag=quays"], "whose questions choose"),
        (["--to=out"], "needs the page to write"),
    ],
)
def test_what_cannot_be_written_is_told(
    archive: Path, arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archive.parent)
    done = run(archive, "export", "dossier", *arguments)
    assert 2 == done.exit_code
    assert message in " ".join(done.stderr.split())
    assert not list(archive.parent.glob("out*"))


def test_a_question_without_an_answer_is_told_and_the_rest_is_written(archive: Path) -> None:
    done = run(archive, "export", "dossier", "story", f"--to={archive.parent / 'out'}")
    assert 0 == done.exit_code
    assert "1 question has no answer: `glossator check` says why." in done.stderr


def test_a_draft_is_written_for_its_owner(archive: Path) -> None:
    done = run(archive, "export", "dossier", "draft", f"--to={archive.parent / 'out.html'}", "--private", "--json")
    assert 0 == done.exit_code, done.output
    assert {"articles": 4, "saved_files": 0, "unanswered": 0, "private": True}.items() <= json.loads(
        done.stdout
    ).items()


def test_other_formats_take_no_saved_files(archive: Path) -> None:
    done = run(archive, "export", "json", f"--to={archive.parent / 'out'}", "--with-sources")
    assert 2 == done.exit_code
    assert "--with-sources belongs to dossier" in " ".join(done.stderr.split())


def hostile() -> OwnPageData:
    """A page whose articles are as bad as an export can make them."""
    bad = "<script>alert(1)</script>\u202e]]>&\x00 |`_*"
    article = ArticleData(
        "bad",
        bad,
        "javascript:alert(1)",
        bad,
        (bad,),
        "2024-01-01",
        None,
        '"><b>',
        None,
        (bad,),
        "full",
        bad,
        bad,
        (),
        (),
    )
    entity = EntityData("who", bad, "person", (), "machine", True, None, "", ("bad",))
    who, gone = EntityId("who"), EntityId("gone")
    row = AnswerRow("k", ArticleId("bad"), "2024", 0, 5, bad, entity=who, names=(who, gone), note=bad)
    questions = (Question("quotations"), Question("quotations", show="table", columns=tuple(COLUMNS["quotations"])))
    answers = tuple(AnsweredData(question, Answer(Digest("q"), (row,), 1)) for question in questions)
    archive = ArchiveData("t", "", (article,), (entity,))
    source = SourceData("bad", "../../x\n.sh", "0" * 64, content=b"#!")
    return OwnPageData("story", bad, "en", ("", "", ""), ("", "", ""), answers, archive, (source,))


def test_nothing_of_a_hostile_article_is_markup_or_leads_out_of_the_folder() -> None:
    files = exported_files(pack(hostile()))
    assert "sources/bad.sh" in files
    page: Any = html.fromstring(files["index.html"])
    assert [] == page.xpath("//script | //b[not(parent::p)] | //*[starts-with(@href, 'javascript')]")
    assert "\\<script\\>" in files["page.md"].decode()
    assert b"javascript:" not in files["page.md"]
    with zipfile.ZipFile(io.BytesIO(pack(structs.replace(hostile(), suffix=".epub"))[""])) as book:
        for name in book.namelist():
            if name.endswith((".xhtml", ".opf")):
                etree.fromstring(book.read(name))
