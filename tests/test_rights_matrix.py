"""Every form in which people keep something back, and every door through which it could get out: a canary for each."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from PIL import Image

from glossator import pipeline
from glossator.cli.extensions import load_extended
from glossator.export.gather import archive_data
from glossator.extensions.mcp.lookup import ArchiveLookup
from glossator.pipeline.review.survey import open_survey
from tests.exported_texts.formats import FORMATS
from tests.rights_forms import KEPT_BACK, SAID_WELL
from tests.sites import build, contents, lay, silent

PLACES = ("articles", "saved")
"""Folders in which a front matter may keep an article back."""
ADDRESS = "https://tidetable.example/shared"


def words(prefix: str) -> str:
    """A text that no other is a copy of."""
    return " ".join(f"{prefix}{number}" for number in range(60))


def canary(place: str, number: int) -> str:
    return f"CANARY{place}{number:02}x".lower()


def kept_back(place: str, number: int, form: str) -> str:
    """An article with its canary in title, text, fields, link, picture, and as a name; and one of the same address."""
    bird = canary(place, number)
    return (
        f"-- content/{place}/{bird}.md --\n---\ntitle: The {bird} memo\ndescription: About {bird}\n"
        f"site: {bird} Post\nauthors: [{bird} Aber]\ntags: [{bird}]\nsaved: 2024-01-{number % 28 + 1:02}\n"
        f"source: https://{bird}.example/memo\n{form}\n---\n"
        f"Marta Lindqvist, the {bird} treasurer, met Jonas Aber. “The {bird} will fall,” said Marta Lindqvist.\n\n"
        f"[{bird}](https://{bird}.example/) ![{bird}](images/{bird}.png)\n\n{words(bird)}\n"
    )


PUBLIC = f"""\
-- glossator.toml --
[site]
url = "https://velm.example/"
data = ["markdown", "json", "llms", "api"]
-- content/articles/wall.md --
---
title: The wall
source: {ADDRESS}
---
Marta Lindqvist met Jonas Aber at the wall of Ravnsborg. {words("wall")}
-- content/articles/crane.md --
---
title: The crane
---
Marta Lindqvist sold the crane to Jonas Aber in Ravnsborg. {words("crane")}
-- content/pages/about.md --
---
title: About
---
We keep articles.
"""


def own_texts() -> str:
    parts = []
    for number, form in enumerate(KEPT_BACK):
        page, note = canary("pages", number), canary("notes", number)
        parts.append(f"-- content/pages/{page}.md --\n---\ntitle: {page}\n{form}\n---\nThe {page}.\n")
        parts.append(
            f"-- content/entities/{note}.md --\n---\nname: Marta Lindqvist\naliases: [{note}]\n{form}\n---\n{note}\n"
        )
    return "".join(parts)


def copies_and_saves() -> str:
    """Versions of a private page: an older one, a newer one, and a copy of an edited article."""
    saved = f"source: {ADDRESS}/private\nsaved: 2024-01-01\n"
    return (
        f"-- content/articles/canaryolder.md --\n---\ntitle: Canaryolder\nrights: private\n{saved}---\n{words('older')}\n"
        f"-- content/saved/newer.md --\n---\ntitle: Canarynewer\n{saved.replace('2024', '2025')}---\n{words('newer')}\n"
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("matrix")
    lay(folder, PUBLIC + own_texts() + copies_and_saves())
    for place in PLACES:
        for number, form in enumerate(KEPT_BACK):
            lay(folder, kept_back(place, number, form))
    for place in PLACES:
        for number in range(len(KEPT_BACK)):
            picture = folder / f"content/articles/images/{canary(place, number)}.png"
            picture.parent.mkdir(exist_ok=True)
            Image.new("L", (3, 3)).save(picture)
            beside = folder / f"content/saved/images/{picture.name}"
            beside.parent.mkdir(exist_ok=True)
            shutil.copy(picture, beside)
    report = build(folder)
    assert 2 == report.articles
    return folder


def layers(content: bytes) -> Iterator[bytes]:
    """A file's bytes, and everything in it that is compressed."""
    yield content
    start = content.find(b"\x1f\x8b\x08")
    while start >= 0:
        with suppress(zlib.error):
            yield zlib.decompressobj(31).decompress(content[start:])
        start = content.find(b"\x1f\x8b\x08", start + 1)


def singing(folder: Path) -> set[str]:
    """Files of a site, its manifest included, that hold a canary in their name or in any layer."""
    found = set()
    for path, content in contents(folder).items():
        if "canary" in path.lower() or any(b"canary" in layer.lower() for layer in layers(content)):
            found.add(path)
    return found


def test_no_form_gets_out_of_any_door(archive: Path) -> None:
    assert set() == singing(archive / "site")
    doors = {"feed.xml", "sitemap.xml", "llms.txt", "api/1/index.json", "api/1/articles.json", "articles/wall.md"}
    assert doors | {"articles/wall.json", "entities/marta-lindqvist.json"} <= set(contents(archive / "site"))


def test_no_form_gets_out_by_an_export(archive: Path) -> None:
    paths = pipeline.ArchivePaths(archive / "content", archive / "site")
    with open_survey(paths, load_extended(archive / "glossator.toml"), silent) as survey:
        exported = archive_data(survey)
    assert 2 == len(exported.articles)
    for form, write in FORMATS.items():
        for path, content in write(exported).items():
            held = [path.encode(), content]
            if content.startswith(b"PK"):
                with zipfile.ZipFile(io.BytesIO(content)) as packed:
                    held += map(packed.read, packed.namelist())
            assert not any(b"canary" in one.lower() for part in held for one in layers(part)), (form, path)
    with closing(ArchiveLookup(exported)) as lookup:
        marta = lookup.entity("Marta Lindqvist")
        answers = [marta, lookup.search("canary", 100), lookup.quotes("Marta Lindqvist", 100)]
        answers += (lookup.article(article["id"]) for article in marta["articles"])
    assert "canary" not in json.dumps(answers).lower()


def test_the_search_index_is_read_by_this_test(archive: Path) -> None:
    indexed = [path for path, content in contents(archive / "site/pagefind").items() if len(list(layers(content))) > 1]
    text = b"".join(b"".join(layers(content)) for content in contents(archive / "site/pagefind").values())

    assert [] != indexed
    assert b"crane7" in text


def test_ids_of_kept_back_articles_are_not_published(archive: Path) -> None:
    assert b"canary" not in (archive / "content/entities.lock.json").read_bytes().lower()


def test_a_second_build_and_a_fresh_clone_keep_back_as_much(archive: Path, tmp_path: Path) -> None:
    build(archive)
    assert set() == singing(archive / "site")
    shutil.copytree(archive / "content", tmp_path / "content")
    report = build(tmp_path)

    assert 2 == report.articles
    assert set() == singing(tmp_path / "site")
    assert (archive / "content/articles.lock.json").read_bytes() == (
        tmp_path / "content/articles.lock.json"
    ).read_bytes()


def test_deleted_articles_and_edited_originals_stay_away_in_a_fresh_clone(archive: Path, tmp_path: Path) -> None:
    shutil.copytree(archive / "content", tmp_path / "content")
    for path in (tmp_path / "content/articles").glob("*canary*.md"):
        path.unlink()
    report = build(tmp_path)

    assert 2 == report.articles
    assert set() == singing(tmp_path / "site")


def test_the_disclosure_lists_all_that_is_kept_back_with_its_reason(archive: Path) -> None:
    found = build(archive).disclosure

    assert 2 == found.whole
    by_file = {text.file: text for text in found.kept_back}
    for number, form in enumerate(KEPT_BACK):
        for folder in ("articles", "pages"):
            text = by_file[f"{folder}/{canary(folder, number)}.md"]
            assert "private" == text.rights
            assert text.reason.partition(":")[0] == form.partition(":")[0] or form not in SAID_WELL
            assert text.file in found.repository
        assert f"entities/{canary('notes', number)}.md" in by_file
        assert f"saved/{canary('saved', number)}.md" in found.repository
    assert "articles/wall.md" not in found.repository


@pytest.mark.parametrize(("rights", "shown"), [("excerpt", True), ("metadata", False)])
def test_of_an_article_in_part_no_more_than_that_part_gets_out(tmp_path: Path, rights: str, shown: bool) -> None:
    part = "" if shown else "canary"
    text = f"The {part}wall fell.\n\nMarta Lindqvist met Jonas Aber, the {part}treasurer.\n\n{words('canary')}"
    more = "“The canary will fall,” said Marta Lindqvist, the canary treasurer. ![canary](images/canary.png)"
    head = f"title: The wall\ndescription: A {part}story.\nrights: {rights}\nsource: {ADDRESS}"
    lay(tmp_path, f"{PUBLIC}-- content/articles/part.md --\n---\n{head}\n---\n{text}\n\n{more}\n")
    build(tmp_path)

    assert set() == singing(tmp_path / "site")
    assert shown == (b"wall fell" in contents(tmp_path / "site")["articles/part.html"])


@pytest.mark.parametrize("rights", ["excerpt", "metadata"])
def test_what_differs_between_versions_shows_no_more_than_each_of_them(tmp_path: Path, rights: str) -> None:
    for year in (2024, 2025):
        head = f"title: The wall\nsource: {ADDRESS}/versions\nsaved: {year}-01-01\nrights: {rights}"
        text = f"The wall of {year} fell.\n\nIt was old.\n\n{words(f'canary{year}')}\n\nThe canary of {year} is told."
        hidden = text if rights == "excerpt" else text.replace("wall", "canary").replace("old", "canary")
        lay(tmp_path, f"{PUBLIC}-- content/articles/version-{year}.md --\n---\n{head}\n---\n{hidden}\n")
    build(tmp_path)

    assert "articles/version-2024.html" in contents(tmp_path / "site")
    assert set() == singing(tmp_path / "site")


def test_an_article_that_cannot_be_read_is_disclosed_as_kept_back(tmp_path: Path) -> None:
    lay(tmp_path, "-- content/articles/odd.md --\n---\ntitle: [Odd\n---\nText.\n")
    found = build(tmp_path).disclosure

    assert [("articles/odd.md", "private")] == [(text.file, text.rights) for text in found.kept_back]
    assert "cannot be read" in found.kept_back[0].reason
