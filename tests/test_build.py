"""The whole build: what one edit makes it do, and that no road to a site leads to another one."""

from __future__ import annotations

import posixpath
import random
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from unittest.mock import Mock
from urllib.parse import urlsplit

import pytest

from glossator import pipeline
from glossator.cli.extensions import load_extended
from glossator.config import SiteError
from glossator.incremental.cache import Cache
from glossator.model import Digest, Fingerprint
from tests.sites import Seen, build, contents, lay, leave_out_search, pages, silent
from tests.sweeps import sweep_rows

ARCHIVE = """\
-- glossator.toml --
[site]
title = "Harbour cuttings"
-- content/articles/wall.md --
---
title: Harbour wall to be raised
site: Tide Table
published: 2024-01-05
---
Marta Lindqvist, the harbour master of Ravnsborg, said the wall would be raised.

Ravnsborg, a town of fishermen, begins to pay in May.
-- content/articles/crane.md --
---
title: The crane turns again
site: Tide Table
published: 2024-02-10
---
The Skerry Harbour Board mended its crane. Lindqvist was pleased, and so was Marta Lindqvist’s dog.
The Skerry Harbour Board paid.
-- content/articles/eels.md --
---
title: Eels are back
published: 2024-03-01
---
Nobody had seen them for years.
-- content/articles/choir.md --
---
title: A choir on the quay
site: The Lantern
published: 2024-04-02
---
Jonas Aber sang as a boy. The choir sang with Jonas Aber.
"""
FIXED = ("404.html", "about.html", "search.html", "highlights.html")
LISTS = ("articles/index.html", "articles/source.html", "days/index.html", "index.html")
ENTITY_LISTS = ("entities/index.html", "index.html", "types/organisation.html", "types/person.html", "types/place.html")
ARTICLES = ("articles/choir.html", "articles/crane.html", "articles/eels.html", "articles/wall.html")
ENTITIES = ("entities/jonas-aber.html", "entities/marta-lindqvist.html", "entities/ravnsborg.html")
CHRONOLOGY = ("chronology/index.html", "chronology/2024-05.html")  # "Ravnsborg begins in May"
ALL = (*FIXED, *CHRONOLOGY, *LISTS, *ENTITY_LISTS, *ARTICLES, *ENTITIES, "entities/skerry-harbour-board.html")
DATA = (
    *("chronology/2024-05.csv", "chronology/2024-05.json", "robots.txt"),
    "front/newest.json",
    *(f"front/{month:02}.json" for month in range(1, 13)),
    *(f"connections/{name}.json" for name in ("jonas-aber", "marta-lindqvist", "ravnsborg", "skerry-harbour-board")),
)
EVERYTHING = (*ALL, *DATA)

SAVED = """\
-- content/saved/a/wall.txt --
Harbour wall to be raised

Marta Lindqvist said on Monday that the wall of the harbour would be raised by a whole metre before the winter.

Work begins in May, and the quay will be closed to cars until it is done.
-- content/saved/crane.md --
---
title: The crane turns again
source: https://tidetable.example/crane?utm_source=mail
---
The Skerry Harbour Board has mended its crane, which had stood still since the storm of last November.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        leave_out_search(patch)
        build(folder := lay(tmp_path_factory.mktemp("built"), ARCHIVE))
    return folder


@pytest.fixture
def archive(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small archive after a first build, a copy for each test; built without the search index."""
    leave_out_search(monkeypatch)
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    old, new = (pipeline.ArchivePaths(folder / "content", folder / "site") for folder in (built, tmp_path))
    with Cache(new.cache) as cache:  # knows pages by the place of their site
        known = cache.pages(str(old.site.resolve()))
        cache.set_pages(str(new.site.resolve()), {path: Fingerprint(Digest(whole)) for path, whole in known.items()})
    return tmp_path


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_an_article_that_is_saved_during_a_build_is_named_and_the_next_build_has_it(archive: Path) -> None:
    wall, crane = (archive / "content" / "articles" / name for name in ("wall.md", "crane.md"))
    replace(wall, "in May", "in June")

    def save(stage: str, *_: int) -> None:
        if stage == "annotate" and "July" not in wall.read_text("utf-8"):
            replace(wall, "in June", "in July")

    with pytest.raises(SiteError, match=r"articles/wall\.md was changed while it was being read: build again\."):
        build(archive, progress=save)
    replace(crane, "The Skerry Harbour Board mended", "The Board mended")
    build(archive)
    assert "in July" in contents(archive / "site")["articles/wall.html"].decode()


def test_a_saved_file_that_is_deleted_during_a_build_is_no_fault(archive: Path) -> None:
    saved = archive / "content" / "saved"
    text = contents(archive / "content")["articles/wall.md"].decode().rpartition("---")[2]
    for number in range(30):
        lay(saved, f"-- {number:02}.txt --\nStorm number {number}\n\n{text}\n\nThis was number {number} of the year.\n")

    def delete(stage: str, *_: int) -> None:
        if stage == "extract":
            (saved / "29.txt").unlink(missing_ok=True)

    report = build(archive, progress=delete)
    told = [problem for problem in report.problems if problem.path.endswith("29.txt")]
    assert [False] == [problem.fatal for problem in told]
    assert report.problems == tuple(told), "the others were made"


def rendered(report: pipeline.Report) -> list[str]:
    return [str(path) for path in report.rendered]


# ---- one edit ------------------------------------------------------------------------------------------------------


def test_a_first_build_renders_every_page_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    report = build(lay(tmp_path, ARCHIVE))
    assert (4, 4, 4, sorted(set(EVERYTHING))) == (report.articles, report.entities, report.annotated, rendered(report))


def test_where_nothing_changed_nothing_is_done(archive: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (archive / "site").rglob("*") if path.is_file()}
    report = build(archive)
    after = {path: path.stat().st_mtime_ns for path in (archive / "site").rglob("*") if path.is_file()}
    assert (0, 0, (), (), ()) == (report.converted, report.annotated, report.rendered, report.written, report.removed)
    assert before == after


WALL_PAGES = [
    *("articles/wall.html", "entities/ravnsborg.html", "chronology/index.html"),
    *(f"chronology/2024-06.{suffix}" for suffix in ("html", "csv", "json")),
]

EDITS = [
    # file, old words and new; articles annotated anew; pages rendered
    ("content/articles/eels.md", ("for years", "for ages"), 1, ["articles/eels.html"]),
    ("content/articles/wall.md", ("in May", "in June"), 1, WALL_PAGES),
    (
        "content/articles/eels.md",
        ("Eels are back", "Eels come back"),
        0,
        # those before and after it name it
        [
            "articles/choir.html",
            "articles/crane.html",
            "articles/eels.html",
            *LISTS,
            "front/03.json",
            "front/12.json",
            "front/newest.json",
        ],
    ),
    (
        "content/articles/choir.md",
        ("Jonas Aber sang", "Everybody sang"),
        1,
        ["articles/choir.html", "entities/jonas-aber.html", *ENTITY_LISTS],
    ),
    ("glossator.toml", ("cuttings", "papers"), 0, EVERYTHING),
]


@pytest.mark.parametrize(("file", "words", "annotated", "expected"), EDITS)
def test_an_edit_renders_the_pages_that_show_it_and_no_others(
    archive: Path, file: str, words: tuple[str, str], annotated: int, expected: list[str]
) -> None:
    replace(archive / file, *words)
    report = build(archive)
    assert (0, annotated, sorted(set(expected))) == (report.converted, report.annotated, rendered(report))


ADDITIONS = [
    # file, its text; articles annotated anew; pages rendered
    ("content/entities.toml", 'ignore = ["Jonas Aber"]', 0, ["articles/choir.html", *ENTITY_LISTS]),
    (
        "content/entities/ravnsborg.md",
        "---\nname: Ravnsborg\n---\nThe capital.",
        0,
        ["articles/wall.html", "entities/ravnsborg.html", "entities/index.html", "types/place.html"],
    ),
    ("content/pages/about.md", "---\ntitle: About us\n---\nWe are two.", 0, ["about.html"]),
    ("templates/not-found.html", '{% extends "base.html" %}', 0, ["404.html"]),
    ("templates/base.html", "{% set frame = page.frame %}{{ frame.title }}{% block main %}{% endblock %}", 0, ALL),
    ("templates/static/site.css", "body { color: red }", 0, []),
    ("templates/not-found.html", '{% extends "glossator/not-found.html" %}', 0, ["404.html"]),
    ("templates/base.html", '{% extends "glossator/base.html" %}{% block footer %}mine{% endblock %}', 0, ALL),
    (
        "content/articles/gull.md",
        "---\ntitle: Gulls\npublished: 2024-01-20\n---\nJonas Aber feeds the gulls.",
        1,
        [
            "articles/gull.html",
            # the articles before and after it, and the singer
            *("articles/wall.html", "articles/crane.html", "entities/jonas-aber.html"),
            "articles/choir.html",  # what it alone says of him describes him no longer
            *LISTS,
            *("entities/index.html", "types/person.html", "front/01.json", "front/06.json", "search.html"),
            *("front/newest.json", "connections/jonas-aber.json"),
        ],
    ),
]


@pytest.mark.parametrize(("file", "text", "annotated", "expected"), sweep_rows(ADDITIONS, 5))
def test_a_new_file_renders_the_pages_that_show_it_and_no_others(
    archive: Path, file: str, text: str, annotated: int, expected: list[str]
) -> None:
    lay(archive, f"-- {file} --\n{text}\n")
    report = build(archive)
    assert (annotated, sorted(set(expected))) == (report.annotated, rendered(report))


def test_a_file_that_is_taken_away_takes_its_pages_with_it(archive: Path) -> None:
    (archive / "content/articles/choir.md").unlink()
    report = build(archive)
    gone = {"articles/choir.html", "entities/jonas-aber.html", "connections/jonas-aber.json"}
    assert (gone, 0) == (set(report.removed), report.annotated)
    assert [] == [path for path, page in pages(archive / "site").items() if "choir" in page.text.lower()]


def test_an_edit_that_is_taken_back_is_remembered(archive: Path) -> None:
    before = contents(archive / "site")
    replace(archive / "content/articles/eels.md", "for years", "for ages")
    build(archive)
    replace(archive / "content/articles/eels.md", "for ages", "for years")
    assert (0, ["articles/eels.html"]) == ((report := build(archive)).annotated, rendered(report))
    assert before == contents(archive / "site")


def test_a_page_that_somebody_deleted_comes_back(archive: Path) -> None:
    (archive / "site/articles/eels.html").unlink()
    assert ["articles/eels.html"] == rendered(build(archive))


def test_a_build_that_breaks_off_leaves_the_site_as_it_was(archive: Path) -> None:
    before = contents(archive / "site")
    lay(archive, "-- templates/base.html --\n{{ page.nothing if page.frame.section == 'articles' else 'mine' }}\n")
    with pytest.raises(SiteError):
        build(archive)
    assert before == contents(archive / "site"), "also the pages that come before those with the fault"
    shutil.rmtree(archive / "templates")
    build(archive)
    assert before == contents(archive / "site")


def test_a_search_index_that_cannot_be_made_leaves_the_site_as_it_was(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(archive / "site")
    lay(archive, "-- content/articles/moles.md --\nMarta Lindqvist spoke of moles.\n")
    monkeypatch.setattr("glossator.search.refresh", Mock(side_effect=SiteError("Pagefind could not index the site.")))
    with pytest.raises(SiteError):
        build(archive)
    assert before == contents(archive / "site")
    monkeypatch.undo()
    leave_out_search(monkeypatch)
    assert "articles/moles.html" in build(archive).written


def test_the_404_page_is_right_at_any_depth_below_the_path_of_the_site(archive: Path) -> None:
    lay(archive, '-- glossator.toml --\n[site]\nurl = "https://name.github.io/papers"\n')
    build(archive)
    page = (archive / "site/404.html").read_text("utf-8")
    links = re.findall(r'(?:href|src|action)="([^"]*)"', page)
    assert "/papers/static/site.css" in links
    assert [] == [link for link in links if not link.startswith(("/papers/", "#"))]


def test_a_theme_of_ones_own_shows_on_the_page(archive: Path) -> None:
    lay(
        archive, '-- templates/not-found.html --\n{% extends "base.html" %}{% block main %}Gone fishing{% endblock %}\n'
    )
    build(archive)
    assert "Gone fishing" in pages(archive / "site")["404.html"].text


def test_a_site_in_another_language_is_as_one_that_was_built_in_it(archive: Path, tmp_path: Path) -> None:
    english, settings = contents(archive / "site"), (archive / "glossator.toml").read_text("utf-8")
    lay(archive, '-- glossator.toml --\n[site]\nlanguage = "de"\n')
    build(archive)
    shutil.copytree(archive, tmp_path / "anew", ignore=shutil.ignore_patterns("site", ".glossator"))
    build(tmp_path / "anew")
    german = contents(archive / "site")
    assert german == contents(tmp_path / "anew/site")
    assert "In diesem Artikel" in (archive / "site/articles/wall.html").read_text("utf-8")
    lay(
        archive,
        '-- templates/locale/de.po --\nmsgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n != 1;\\n"\n\nmsgid "Related articles"\nmsgstr "Siehe auch"\n',
    )
    build(archive)
    assert german != contents(archive / "site")
    shutil.rmtree(archive / "templates")
    (archive / "glossator.toml").write_text(settings, "utf-8")
    build(archive)
    assert english == contents(archive / "site")


def test_a_language_without_words_is_told_and_the_words_stay_english(archive: Path) -> None:
    lay(archive, '-- glossator.toml --\n[site]\nlanguage = "cy"\n')
    (told,) = [problem for problem in build(archive).problems if problem.stage == "theme"]
    assert ("templates/locale/cy.po", False) == (told.path, told.fatal)
    assert '<html lang="en">' in (archive / "site/index.html").read_text("utf-8")


# ---- every road leads to the same site -----------------------------------------------------------------------------


def a_sentence(chance: random.Random) -> str:
    someone = chance.choice(["Marta Lindqvist", "Jonas Aber", "The Skerry Harbour Board", "Nobody", "Ravnsborg"])
    return f"{someone} {chance.choice(['paid', 'sang', 'slept', 'left'])} on day {chance.randrange(99)}."


def rewrite(folder: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((folder / "content/articles").glob("*.md")))
    path.write_text(path.read_text("utf-8") + f"\n{a_sentence(chance)}\n", "utf-8")


def write(folder: Path, chance: random.Random) -> None:
    day, rights = chance.randrange(10, 29), chance.choice(["full", "full", "excerpt", "metadata", "private"])
    name = f"content/articles/new-{chance.randrange(5)}.md"
    head = f"title: Day {day}\npublished: 2024-02-{day}\nsite: Tide Table\nrights: {rights}"
    lay(folder, f"-- {name} --\n---\n{head}\n---\n{a_sentence(chance)}\n")


def take_away(folder: Path, chance: random.Random) -> None:
    paths = sorted((folder / "content/articles").glob("*.md"))
    if len(paths) > 2:
        chance.choice(paths).unlink()


def rename(folder: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((folder / "content/articles").glob("*.md")))
    path.rename(path.with_name(f"renamed-{chance.randrange(99)}.md"))


def enlist(folder: Path, chance: random.Random) -> None:
    lay(folder, f"-- content/gazetteers/towns.csv --\nname,type\nday {chance.randrange(99)},event\nNobody,person\n")


def decide(folder: Path, chance: random.Random) -> None:
    decisions = [
        'private = ["Jonas Aber"]',
        '[rename]\n"Ravnsborg" = "Old Ravnsborg"',
        '[merge]\n"Marta Lindqvist" = ["Jonas Aber"]',
        '[type]\n"Ravnsborg" = "organisation"',
        "",
    ]
    lay(folder, f"-- content/entities.toml --\n{chance.choice(decisions)}\n")


def note(folder: Path, chance: random.Random) -> None:
    lay(folder, f"-- content/entities/marta.md --\n---\nname: Marta Lindqvist\n---\n{a_sentence(chance)}\n")


def dress(folder: Path, chance: random.Random) -> None:
    lay(folder, f'-- templates/search.html --\n{{% extends "base.html" %}}{{# {chance.randrange(9)} #}}\n')
    lay(folder, f'-- glossator.toml --\n[site]\ntitle = "Cuttings {chance.randrange(3)}"\n')


CHANGES: tuple[Callable[[Path, random.Random], None], ...] = (
    *(rewrite, write, write, take_away, rename),
    *(enlist, decide, note, dress),
)


@pytest.mark.parametrize(
    ("seed", "lines_a_page"),
    [(1, 2), *(pytest.param(*values, marks=pytest.mark.slow) for values in ((0, 300), (2, 2)))],
)
def test_a_site_after_any_edits_is_the_one_that_a_clean_build_makes(
    archive: Path, monkeypatch: pytest.MonkeyPatch, seed: int, lines_a_page: int
) -> None:
    monkeypatch.setattr("glossator.stages.plan.catalogue.cut_long_lists.LONG", lines_a_page)
    shutil.rmtree(archive / ".glossator")  # or the build would trust what a program with another length planned
    chance = random.Random(seed)
    for step in range(6):
        change = chance.choice(CHANGES)
        change(archive, chance)
        assert build(archive).problems == build(archive).problems
        clean = archive / f"clean-{step}"
        for name in ("content", "templates", "glossator.toml"):
            if (archive / name).is_dir():
                shutil.copytree(archive / name, clean / name)
            elif (archive / name).exists():
                shutil.copy(archive / name, clean / name)
        build(clean)
        assert (step, change, contents(clean / "site")) == (step, change, contents(archive / "site"))


def test_a_clean_build_of_saved_files_in_any_order_makes_the_same_bytes(tmp_path: Path) -> None:
    files = {
        "a/wall.txt": f"The wall\n\nMarta Lindqvist said {'that it would be raised ' * 5}.",
        "b/wall.txt": f"The wall\n\nJonas Aber said {'that it would not be raised ' * 5}.",
        "crane.md": "---\ntitle: The crane\nsource: https://tidetable.example/crane\n---\nIt turns again, said the Board.",
        "again.md": "---\ntitle: A crane\nsource: http://www.tidetable.example/crane/\n---\nIt turns, said the Board.",
        "Board.md": "---\ntitle: The Board\n---\nThe Skerry Harbour Board met in Ravnsborg.",
    }
    made = []
    for number, names in enumerate([sorted(files), sorted(files, reverse=True), ["crane.md", *sorted(files)]]):
        folder = tmp_path / str(number)
        for name in dict.fromkeys(names):
            lay(folder, f"-- content/saved/{name} --\n{files[name]}\n")
        report = build(folder)
        made.append((contents(folder / "site"), contents(folder / "content"), report))
    assert 4 == made[0][2].articles
    assert made[0] == made[1] == made[2]


@pytest.mark.slow
def test_several_processes_make_the_site_that_one_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    monkeypatch.setattr("glossator.incremental.workers.executors.MOST_IN_PLACE", 0)
    monkeypatch.setattr("glossator.pipeline.stage_runs.ARTICLES_A_BATCH", 2)
    one, several = (lay(tmp_path / name, ARCHIVE) for name in ("one", "several"))
    assert build(one) == build(several, workers=2)
    assert contents(one / "site") == contents(several / "site")


def test_deleting_the_memory_of_builds_changes_no_byte(archive: Path) -> None:
    before = contents(archive / "site")
    shutil.rmtree(archive / ".glossator")
    report = build(archive)
    assert (sorted(set(EVERYTHING)), (), ()) == (rendered(report), report.written, report.removed)
    assert before == contents(archive / "site")


# ---- what is a person's ----------------------------------------------------------------------------------------------


def test_a_merged_entity_leaves_a_page_that_leads_on(archive: Path) -> None:
    lay(archive, '-- content/entities.toml --\n[merge]\n"Marta Lindqvist" = ["Jonas Aber"]\n')
    report = build(archive)
    left = pages(archive / "site")["entities/jonas-aber.html"]
    assert (3, ("connections/jonas-aber.json",)) == (report.entities, report.removed)
    assert ("meta", {"http-equiv": "refresh", "content": "0; url=marta-lindqvist.html"}) in left.elements
    assert "Jonas Aber" in pages(archive / "site")["entities/marta-lindqvist.html"].text


@pytest.mark.parametrize(
    ("name", "address", "left"),
    [("Jonas Åber", "jonas-aber", []), ("Jon Aber", "jon-aber", ["entities/jonas-aber.html"])],
)
def test_a_renamed_entity_moves_only_where_its_name_makes_another_address(
    archive: Path, name: str, address: str, left: list[str]
) -> None:
    lay(archive, f'-- content/entities.toml --\n[rename]\n"Jonas Aber" = "{name}"\n')
    report = build(archive)
    seen = pages(archive / "site")
    moved = [path for path, page in seen.items() if "This page has moved" in page.text]
    gone = tuple(f"connections/{PurePosixPath(path).stem}.json" for path in left)
    assert (gone, left) == (report.removed, moved)
    assert name in seen[f"entities/{address}.html"].text


def test_a_private_article_is_nowhere_on_the_site(archive: Path) -> None:
    replace(archive / "content/articles/choir.md", "---\ntitle", "---\nrights: private\ntitle")
    report = build(archive)
    lock = (archive / "content/entities.lock.json").read_text("utf-8")
    found = [path for path, data in contents(archive / "site").items() if b"choir" in data or b"Jonas" in data]
    assert (3, []) == (report.articles, found)
    assert "Jonas Aber" not in lock, "nothing tells of a name that only a private article has"


@pytest.mark.parametrize(
    ("rights", "shown"), [("full", [True, True, True]), ("excerpt", [True, True, False]), ("metadata", [False] * 3)]
)
def test_rights_say_how_much_of_an_article_is_shown(archive: Path, rights: str, shown: list[bool]) -> None:
    text = "Marta Lindqvist came.\n\nShe saw the wall.\n\nJonas Aber sang."
    lay(archive, f"-- content/articles/day.md --\n---\ntitle: A long day\nrights: {rights}\n---\n{text}\n")
    build(archive)
    site = pages(archive / "site")
    everything = "\n".join(page.text for page in site.values())
    assert shown == [words in site["articles/day.html"].text for words in text.split("\n\n")]
    assert shown[2] == ("A long day" in site["entities/jonas-aber.html"].text)
    assert "A long day" in site["articles/index.html"].text
    assert shown == [("She saw the wall" in everything) if n == 1 else shown[n] for n in range(3)]


def test_a_private_person_has_no_mark_no_card_and_no_page(archive: Path) -> None:
    lay(archive, '-- content/entities.toml --\nprivate = ["Jonas Aber"]\n')
    build(archive)
    found = [path for path, data in contents(archive / "site").items() if b"Jonas" in data or b"jonas" in data]
    assert ["articles/choir.html"] == found, "the text itself is left as its author wrote it"
    assert b"jonas-aber" not in (archive / "site/articles/choir.html").read_bytes()


# ---- saved files -----------------------------------------------------------------------------------------------------


@pytest.fixture
def converted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    assert 2 == build(lay(tmp_path, SAVED)).converted
    return tmp_path


WALL = "content/articles/harbour-wall-to-be-raised.md"


def test_what_was_saved_is_never_touched(converted: Path) -> None:
    assert {name: text.encode() for name, text in saved_texts().items()} == contents(converted / "content/saved")


def saved_texts() -> dict[str, str]:
    parts = SAVED.split("-- ")[1:]
    pairs = (part.partition(" --\n") for part in parts)
    return {name.removeprefix("content/saved/"): text for name, _, text in pairs}


@pytest.mark.parametrize("reconvert", [False, True])
def test_an_article_that_a_person_edited_stays_as_it_is(converted: Path, reconvert: bool) -> None:
    replace(converted / WALL, "a whole metre", "half a metre")
    replace(converted / "content/saved/a/wall.txt", "a whole metre", "two metres")
    edited = (converted / WALL).read_bytes()
    report = build(converted, reconvert)
    said = "changed, but articles/harbour-wall-to-be-raised.md was edited and stays; delete that to convert anew"
    assert edited == (converted / WALL).read_bytes()
    assert ([("a/wall.txt", said)], False) == ([(one.path, one.message) for one in report.problems], report.failed)
    assert "half a metre" in pages(converted / "site")["articles/harbour-wall-to-be-raised.html"].text


def test_an_edit_of_front_matter_is_a_persons_edit_too(converted: Path) -> None:
    replace(converted / WALL, "title: Harbour wall to be raised", "title: The wall")
    replace(converted / "content/saved/a/wall.txt", "a whole metre", "two metres")
    build(converted, reconvert=True)
    assert "title: The wall" in (converted / WALL).read_text("utf-8")


DOUBTFUL = "content/articles/the-museum-of-cranes-reviewed.md"


def save_doubtful(archive: Path) -> None:
    """Save a page of which it is hard to say whether the notice or what readers wrote is the article."""
    sentences = (
        "The harbour board met on Tuesday, and it spoke for hours about the new crane and what it would cost the town.",
        "Nobody on the quay expected the vote to be so close, least of all the fishermen, who had come in numbers.",
        "An engineer from the capital showed drawings, answered questions, and promised a second report in winter.",
        "The mayor, who had wanted the crane for years, said little, and left by the back door after the count.",
        "Work is to begin in spring, once the ice has gone, and it will take no less than three years, they say.",
    )
    written = "".join(f"<div class='comment'><p>{sentence}</p></div>" for sentence in sentences * 5)
    head = (
        "<title>The museum of cranes, reviewed</title><meta name='description' content='Our verdict after two days.'>"
    )
    body = f"<article><p>{sentences[0]}</p></article><div class='comments'>{written}</div>"
    text = f"<html><head>{head}</head><body>{body}</body></html>"
    (archive / "content/saved/cranes.html").write_text(text, "utf-8")


def test_doubt_is_told_once_and_kept_in_the_front_matter(converted: Path) -> None:
    save_doubtful(converted)
    first, second = build(converted), build(converted)
    assert [("cranes.html", False)] == [(problem.path, problem.fatal) for problem in first.problems]
    assert "“The museum of cranes, reviewed” may lack a part of the article" in first.problems[0].message
    assert () == second.problems
    assert "  doubt: '0." in (converted / DOUBTFUL).read_text("utf-8")


def test_reading_that_a_person_chose_is_honoured_whenever_the_file_is_converted(converted: Path) -> None:
    save_doubtful(converted)
    build(converted)
    texts = {}
    for reading in ("scored", "extracted"):
        kept = re.sub(r"^  reading: .*\n", "", (converted / DOUBTFUL).read_text("utf-8"), flags=re.MULTILINE)
        (converted / DOUBTFUL).write_text(kept.replace("  reader:", f"  reading: {reading}\n  reader:"), "utf-8")
        assert () == build(converted, reconvert=True).problems
        texts[reading] = (converted / DOUBTFUL).read_text("utf-8")
        build(converted, reconvert=True)
        assert texts[reading] == (converted / DOUBTFUL).read_text("utf-8")
        assert f"  reading: {reading}\n" in texts[reading]
        assert "doubt:" not in texts[reading]
    assert texts["scored"].partition("\n---\n")[2] != texts["extracted"].partition("\n---\n")[2]


def test_reading_of_a_name_that_there_is_not_is_told(converted: Path) -> None:
    save_doubtful(converted)
    build(converted)
    replace(converted / DOUBTFUL, "  reader:", "  reading: scroed\n  reader:")
    problems = build(converted, reconvert=True).problems
    assert any("reading “scroed”" in problem.message for problem in problems)


def test_reading_that_is_made_no_more_leads_to_the_nearest_and_is_told_once(converted: Path) -> None:
    save_doubtful(converted)
    build(converted)
    replace(converted / DOUBTFUL, "  reader:", "  reading: precise\n  reader:")
    taken = (converted / DOUBTFUL).read_text("utf-8")
    assert () == build(converted).problems
    assert taken == (converted / DOUBTFUL).read_text("utf-8"), "a text that was taken stays"
    assert any("“precise”" in problem.message for problem in build(converted, reconvert=True).problems)
    assert "  reading: extracted\n" in (converted / DOUBTFUL).read_text("utf-8")
    assert () == build(converted, reconvert=True).problems


def test_a_saved_file_that_changed_changes_its_article(converted: Path) -> None:
    replace(converted / "content/saved/a/wall.txt", "a whole metre", "two metres")
    report = build(converted)
    assert (1, 1, ()) == (report.converted, report.annotated, report.problems)
    assert "two metres" in pages(converted / "site")["articles/harbour-wall-to-be-raised.html"].text
    assert 2 == len(contents(converted / "content/articles"))


def test_a_saved_file_that_was_moved_keeps_its_article(converted: Path) -> None:
    (converted / "content/saved/a/wall.txt").rename(converted / "content/saved/wall.txt")
    report = build(converted)
    assert (0, (), ()) == (report.converted, report.rendered, report.problems)


def test_a_saved_file_that_was_moved_is_converted_again_where_it_is(converted: Path) -> None:
    old = converted / "content/saved/a/wall.txt"
    old.rename(converted / "content/saved/wall.txt")
    shutil.copy(converted / "content/saved/wall.txt", converted / "content/saved/z.txt")
    first, later = build(converted, reconvert=True), build(converted, reconvert=True)
    again = f"has the same bytes as wall.txt: {NO_SECOND}"
    assert [[("z.txt", again)]] * 2 == [
        [(problem.path, problem.message) for problem in report.problems] for report in (first, later)
    ]
    assert "\n  file: wall.txt\n" in (converted / WALL).read_text("utf-8")
    assert 2 == len(contents(converted / "content/articles"))


def test_an_article_of_a_saved_file_that_was_moved_is_missed_only_once(converted: Path) -> None:
    (converted / "content/saved/a/wall.txt").rename(converted / "content/saved/wall.txt")
    build(converted, reconvert=True)
    (converted / WALL).unlink()
    assert ["wall.txt"] == [problem.path for problem in build(converted).problems]


def test_an_edited_article_stays_though_its_saved_file_was_moved(converted: Path) -> None:
    (converted / "content/saved/a/wall.txt").rename(converted / "content/saved/wall.txt")
    replace(converted / WALL, "a whole metre", "two metres")
    edited = (converted / WALL).read_bytes()
    assert () == build(converted, reconvert=True).problems
    assert edited == (converted / WALL).read_bytes()


CHOIR = "The Choir\n\nThe choir of the town sang on Monday in the old hall, and many people came to hear it.\n\nIt was new.\n"
LOCK = "The Lock\n\nThe lock at the harbour is a metre deeper than it was before, for the ships are larger.\n\nIt cost much.\n"


@pytest.mark.slow
def test_an_edited_article_of_an_archive_that_was_moved_gets_no_second_copy(converted: Path) -> None:
    archive = converted / "content/saved/both.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("choir.txt", CHOIR)
        file.writestr("lock.txt", LOCK)
    build(converted)
    choir = converted / "content/articles/the-choir.md"
    head = choir.read_text("utf-8").partition("The choir of")[0]
    choir.write_text(f"{head}An entirely new text, which the owner of the archive wrote, with other facts.\n", "utf-8")
    archive.rename(converted / "content/saved/moved.zip")
    before = contents(converted / "content/articles").keys()
    for _ in range(2):
        build(converted, reconvert=True)
        assert before == contents(converted / "content/articles").keys()


def test_an_article_outlives_its_saved_file(converted: Path) -> None:
    shutil.rmtree(converted / "content/saved")
    report = build(converted)
    assert (2, (), ()) == (report.articles, report.removed, report.problems)


NO_SECOND = "no second article was made; delete the file that is not needed"
TWICE = [
    (saved_texts()["crane.md"], "has the same bytes as crane.md", "has the same bytes as crane.md"),
    (
        saved_texts()["crane.md"].replace(
            "https://tidetable.example/crane?utm_source=mail", "http://www.tidetable.example/crane#top"
        ),
        "has the same address and text as articles/the-crane-turns-again.md",
        "has the same address and text as articles/the-crane-turns-again.md",
    ),
]


@pytest.mark.parametrize(("text", "why", "why_later"), TWICE, ids=["bytes", "address"])
def test_one_article_is_made_of_two_saved_files_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, why: str, why_later: str
) -> None:
    leave_out_search(monkeypatch)
    lay(tmp_path, f"{SAVED}-- content/saved/second.md --\n{text}")
    first, later = build(tmp_path), build(tmp_path)
    assert [[("second.md", f"{reason}: {NO_SECOND}", False)] for reason in (why, why_later)] == [
        [(one.path, one.message, one.fatal) for one in report.problems] for report in (first, later)
    ]
    assert ["harbour-wall-to-be-raised.md", "the-crane-turns-again.md"] == list(contents(tmp_path / "content/articles"))


def test_an_article_whose_front_matter_was_broken_is_not_made_a_second_time(converted: Path) -> None:
    replace(converted / WALL, "title: Harbour wall to be raised", "title: [Harbour wall")
    broken = contents(converted / "content/articles")
    report = build(converted, reconvert=True)
    assert (["articles/harbour-wall-to-be-raised.md"], True) == ([one.path for one in report.problems], report.failed)
    assert broken.keys() == contents(converted / "content/articles").keys()
    assert broken["harbour-wall-to-be-raised.md"] == (converted / WALL).read_bytes()


# ---- the site of the sample archive ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[pipeline.Report, Path]:
    """The archive that comes with the project, built from its saved files with the real model."""
    root, folder = Path(__file__).parents[1], tmp_path_factory.mktemp("sample")
    for name in ("saved", "entities", "pages"):
        shutil.copytree(root / "content" / name, folder / "content" / name)
    shutil.copy(root / "content/entities.toml", folder / "content")
    paths = pipeline.ArchivePaths(folder / "content", folder / "site")
    return pipeline.bring_up_to_date(paths, load_extended(root / "glossator.toml"), silent), folder


@pytest.mark.model
def test_the_sample_archive_is_built_without_a_problem(sample: tuple[pipeline.Report, Path]) -> None:
    report, folder = sample
    saved = [path for path in (folder / "content/saved").rglob("*") if path.is_file()]
    assert ((), len(saved) - 1) == (report.problems, report.articles)  # one page was saved twice


@pytest.mark.model
def test_a_second_build_of_the_sample_archive_does_nothing(sample: tuple[pipeline.Report, Path]) -> None:
    _, folder = sample
    paths = pipeline.ArchivePaths(folder / "content", folder / "site")
    config = load_extended(Path(__file__).parents[1] / "glossator.toml")
    again = pipeline.bring_up_to_date(paths, config, silent)
    assert (0, 0, (), (), ()) == (again.converted, again.annotated, again.rendered, again.written, again.removed)


@pytest.mark.model
def test_every_link_of_the_sample_site_is_relative_and_leads_somewhere(sample: tuple[pipeline.Report, Path]) -> None:
    site = sample[1] / "site"
    seen = pages(site)
    assert [] == [
        (path, address)
        for path, page in seen.items()
        if path != "404.html"  # is shown at any depth, so its links start at the top
        for address in page.addresses
        if not urlsplit(address).scheme and not leads(site, seen, path, address)
    ]


def leads(site: Path, seen: dict[str, Seen], page: str, address: str) -> bool:
    parts = urlsplit(address)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), parts.path)) if parts.path else page
    fragment = parts.fragment.partition(":~:")[0]  # the words after it are for the browser
    relative = not address.startswith("/") and not target.startswith("..")
    there = (site / target).is_file() and (not fragment or fragment in seen[target].ids)
    return relative and there


@pytest.mark.model
def test_no_page_of_the_sample_site_could_run_a_script_of_somebody_else(sample: tuple[pipeline.Report, Path]) -> None:
    for path, page in pages(sample[1] / "site").items():
        policies = [
            attrs["content"] for _, attrs in page.elements if attrs.get("http-equiv") == "Content-Security-Policy"
        ]
        scripts = [
            attrs for tag, attrs in page.elements if tag == "script" and attrs.get("type") != "application/ld+json"
        ]
        inline = [attrs for attrs in scripts if "src" not in attrs]
        inline += [attrs for tag, attrs in page.elements if tag == "style"]
        handlers = [key for _, attrs in page.elements for key in attrs if key.startswith("on") or key == "style"]
        elsewhere = [attrs["src"] for _, attrs in page.elements if urlsplit(attrs.get("src", "")).netloc]
        assert (path, 1, [], [], []) == (path, len(policies), inline, handlers, elsewhere)
        assert "default-src 'none'" in policies[0]
        assert "unsafe-inline" not in policies[0]


def test_article_without_a_date_is_seen_on_the_home_page(tmp_path: Path) -> None:
    dated = "".join(
        f"-- content/articles/a{number}.md --\n---\npublished: 2024-01-{number:02}\n---\nx\n" for number in range(1, 11)
    )
    lay(tmp_path, f"{dated}-- content/articles/new.md --\n---\ntitle: A clipping\n---\nMarta Lindqvist slept.\n")
    build(tmp_path)
    assert "A clipping" in (tmp_path / "site" / "index.html").read_text("utf-8")
