"""Pictures beside saved files: each layout that shows them, and that no page takes along what is not its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossator.pipeline import Report
from tests.extract.exported import packed
from tests.sites import build, contents, lay, leave_out_search
from tests.sweeps import sweep
from tests.test_own_texts import png

WORDS = " ".join(f"The water rose {number} feet at the wall." for number in range(40))


@pytest.fixture(autouse=True)
def without_search(monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)


def page(picture: str) -> str:
    """A saved page without an address, which shows a picture."""
    shown = f'<img src="{picture}" alt="The wall" width="600" height="400">'
    return (
        f"<html><title>The wall</title><article><h1>The wall</h1><p>{WORDS}</p>{shown}<p>{WORDS}</p></article></html>"
    )


def clipping(picture: str, head: str = "") -> str:
    return f"---\ntitle: The wall\n{head}---\n{WORDS}\n\n![The wall]({picture})\n"


def put(folder: Path, *paths: str) -> None:
    """Lay a picture of its own bytes at each path below `saved/`."""
    for path in paths:
        file = folder / "content/saved" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(png(path))


def shown(folder: Path) -> set[bytes]:
    """The pictures that articles took along; the site may have encoded none of them anew."""
    return {data for path, data in contents(folder / "content/articles").items() if path.startswith("images/")}


def site_of(folder: Path, **texts: str) -> Report:
    for path, text in texts.items():
        lay(folder, f"-- content/saved/{path} --\n{text}")
    return build(folder)


def told(report: Report) -> str:
    return "\n".join(problem.message for problem in report.problems)


OWN_FOLDERS = (
    *("_files", ".files", "_file", "-Dateien", "_Dateien", "_fichiers", "_archivos", "_arquivos", "_ficheiros"),
    *("_bestanden", "-filer", "_pliki", "_tiedostot", "_soubory", "_elemei", "_dosyalar", "_datoteke", "_fitxers"),
    *("_fitxategiak", "_failid", "_fails", "_bylos", "_fajlovi", "_data"),
)


@pytest.mark.parametrize("end", sweep(OWN_FOLDERS, 5))
def test_page_shows_what_the_browser_saved_with_it(tmp_path: Path, end: str) -> None:
    put(tmp_path, f"Wall{end}/a.png")
    report = site_of(tmp_path, **{"Wall.html": page(f"./Wall{end}/a.png")})

    assert {png(f"Wall{end}/a.png")} == shown(tmp_path)
    assert () == report.problems
    assert 1 == sum(path.startswith("images/") for path in contents(tmp_path / "site"))


@pytest.mark.parametrize(
    ("saved", "picture", "others"),
    [
        ("trip/index.html", "wall.png", ()),
        ("trip/index.html", "img/wall.png", ()),
        ("trip/page.htm", "img/2024/wall.png", ("trip/style.css", "trip/img/logo.svg")),
        ("trip/index.html", "img/wall.png", ("trip/deeper/other.html",)),
        ("tidetable.example/wall.html", "img/wall.png", ("tidetable.example/crane.html",)),
        ("mirror/www.tidetable.example/a/wall.html", "wall.png", ("mirror/www.tidetable.example/a/crane.html",)),
    ],
)
def test_page_in_a_folder_of_its_own_and_a_mirror_show_their_pictures(
    tmp_path: Path, saved: str, picture: str, others: tuple[str, ...]
) -> None:
    place = f"{Path(saved).parent}/{picture}"
    put(tmp_path, place)
    report = site_of(tmp_path, **dict.fromkeys(others, "<p>Other.</p>"), **{saved: page(picture)})

    assert {png(place)} == shown(tmp_path)
    assert "picture" not in told(report)


@pytest.mark.parametrize(
    ("saved", "picture", "place", "outside"),
    [
        ("wall.md", "wall.png", "wall.png", False),
        ("clips/wall.md", "wall.png", "clips/wall.png", False),
        ("clips/wall.md", "img/wall.png", "clips/img/wall.png", False),
        *(
            ("clips/wall.md", "wall.png", f"clips/{folder}/wall.png", False)
            for folder in ("attachments", "_attachments", "_resources", "assets", "files", "images", "media")
        ),
        ("clips/wall.md", "attachments/wall.png", "clips/attachments/wall.png", False),
        ("clips/wall.md", "wall.png", "attachments/wall.png", True),
        ("vault/notes/wall.md", "wall.png", "vault/wall.png", True),
        ("vault/notes/wall.md", "wall.png", "vault/Files/2024/wall.png", True),
        ("vault/notes/wall.md", "2024/wall.png", "vault/Files/2024/wall.png", True),
    ],
)
def test_clipping_and_note_show_pictures_of_their_folder_and_of_those_for_attachments(
    tmp_path: Path, saved: str, picture: str, place: str, outside: bool
) -> None:
    put(tmp_path, place)
    report = site_of(tmp_path, **{saved: clipping(picture)})

    assert {png(place)} == shown(tmp_path)
    text = f"shows pictures from outside its own folder, which become public: {place}"
    assert ([(saved, text)] if outside else []) == [(problem.path, problem.message) for problem in report.problems]


DIARY = clipping("IMG_0002.png", "rights: private\n").replace("The wall", "The diary").replace("water", "tide")
THEIRS = ("IMG_0001.png", "attachments/passport.png", "diary/IMG_0002.png", "Other_files/c.png", "own/d.png", "e.png")


@pytest.mark.parametrize("saved", sweep(["evil.html", "evil.zip", "diary/evil.html", "clips/evil.html"], 2))
def test_page_takes_nothing_along_that_was_not_saved_with_it(tmp_path: Path, saved: str) -> None:
    put(tmp_path, *THEIRS, "diary/IMG_0001.png", "clips/IMG_0001.png", "clips/note_files/e.png")
    guesses = (
        *THEIRS,
        *("passport.png", "IMG_0002.png", "./IMG_0001.png", "%2e/IMG_0001.png", "attachments%2Fpassport.png"),
        *("evil/../IMG_0001.png", "../IMG_0001.png", "note_files/e.png", "IMG_0001.png?x", "IMG_0001.png#x"),
    )
    html = "".join(page(guess) for guess in guesses)
    lay(tmp_path, f"-- content/saved/diary/diary.md --\n{DIARY}\n-- content/saved/clips/note.txt --\nA note.\n")
    if saved.endswith(".zip"):
        (tmp_path / "content/saved/evil.zip").write_bytes(packed({"evil.html": html.encode()}))
        build(tmp_path)
    else:
        site_of(tmp_path, **{saved: html})

    assert {png("diary/IMG_0002.png")} == shown(tmp_path)
    assert [] == [path for path in contents(tmp_path / "site") if path.startswith("images/")]


@pytest.mark.parametrize("guess", ["IMG_0002.png", "diary/IMG_0002.png", "sub/a/IMG_0002.png"])
@pytest.mark.parametrize("before", [False, True])
def test_no_other_text_shows_a_picture_of_one_that_is_kept_back(tmp_path: Path, guess: str, before: bool) -> None:
    put(tmp_path, "diary/IMG_0002.png")
    for copy in ("IMG_0002.png", "sub/a/IMG_0002.png"):
        (tmp_path / "content/saved" / copy).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content/saved" / copy).write_bytes(png("diary/IMG_0002.png"))
    lay(tmp_path, f"-- content/saved/diary/diary.md --\n{DIARY}")
    if before:
        build(tmp_path)
    report = site_of(tmp_path, **{"evil.md": clipping(guess)})

    assert [] == [path for path in contents(tmp_path / "site") if path.startswith("images/")]
    assert guess.startswith("diary/") or "because a text that is kept back shows them: " + guess in told(report)
