"""`add`: copies into the archive, each with what it was recognised as."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator.cli import main
from glossator.stages.extract import READERS
from glossator.stages.extract.format_in_words import FOREIGN, NOUNS
from tests.extracted import OPENERS
from tests.sites import build, contents, lay

ROOT = Path(__file__).parents[1]
GIVEN = """\
-- given/wall.html --
<!DOCTYPE html><html><!--
 Page saved with SingleFile
 url: https://tidetable.example/wall
--><title>The wall</title><p>It stands.</p></html>
-- given/The crane.htm --
<html><title>The crane</title><p>It turns. <img src="The crane_files/a.png"></p></html>
-- given/The crane_files/a.png --
picture
-- given/notes/board.txt --
The board

It met on Monday, and it met again.
-- given/list.csv --
title,url,time_added,tags,status
The wall,https://tidetable.example/wall,1714550400,walls,unread
"""


def add(folder: Path, *paths: str, as_json: bool = False, any_text: bool = False) -> tuple[int, str]:
    (folder / "content").mkdir(exist_ok=True)
    given = [str(folder / path) for path in paths]
    options = [f"--content={folder / 'content'}", *(["--json"] * as_json), *(["--text"] * any_text)]
    done = CliRunner(catch_exceptions=False).invoke(main, ["add", *given, *options])
    return done.exit_code, done.output


def test_each_file_is_copied_and_named_for_what_it_is(tmp_path: Path) -> None:
    before = contents(lay(tmp_path, GIVEN) / "given")

    code, said = add(tmp_path, "given/wall.html", "given/The crane.htm", "given/list.csv", "given/notes")

    saved = contents(tmp_path / "content/saved")
    assert 0 == code
    assert before == contents(tmp_path / "given")
    assert ["The crane.htm", "The crane_files/a.png", "list.csv", "notes/board.txt", "wall.html"] == sorted(saved)
    assert before["wall.html"] == saved["wall.html"]
    for line in (
        "wall.html: a page saved with SingleFile -> saved/wall.html",
        "The crane.htm: a page -> saved/The crane.htm",
        "list.csv: a Pocket list of links -> saved/list.csv",
        "board.txt: plain text -> saved/notes/board.txt",
        "4 files added; `glossator serve` makes articles of them and shows them.",
    ):
        assert line in said


def test_a_clipping_brings_the_pictures_that_it_shows_and_a_folder_brings_all(tmp_path: Path) -> None:
    lay(tmp_path, "-- clips/wall.md --\n# The wall\n\nIt stands.\n\n![It](img/a%20b.png) ![[c.jpg|300]]\n")
    for name in ("img/a b.png", "c.jpg", "other.png"):
        (tmp_path / "clips" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "clips" / name).write_bytes(b"\x89PNG\r\n\x1a\n" + name.encode())

    code, _ = add(tmp_path, "clips/wall.md")
    assert (0, ["c.jpg", "img/a b.png", "wall.md"]) == (code, sorted(contents(tmp_path / "content/saved")))

    assert 0 == add(tmp_path, "clips")[0]
    assert "clips/other.png" in contents(tmp_path / "content/saved")


def test_what_is_there_already_is_not_copied_again(tmp_path: Path) -> None:
    lay(tmp_path, GIVEN)
    add(tmp_path, "given/wall.html")

    code, said = add(tmp_path, "given/wall.html")

    assert (0, ["wall.html"]) == (code, list(contents(tmp_path / "content/saved")))
    assert "already there as saved/wall.html" in said
    assert said.endswith("0 files added.\n")


def test_a_file_whose_name_is_taken_gets_a_folder_of_its_own_with_its_pictures(tmp_path: Path) -> None:
    lay(tmp_path, GIVEN)
    add(tmp_path, "given/The crane.htm")
    lay(tmp_path, "-- given/The crane.htm --\n<html><title>Another crane</title><p>It fell.</p></html>\n")
    first = contents(tmp_path / "content/saved")

    found = json.loads(add(tmp_path, "given/The crane.htm", as_json=True)[1])[0]

    folder = found["saved"].split("/")[0]
    saved = contents(tmp_path / "content/saved")
    assert first == {name: data for name, data in saved.items() if not name.startswith(folder)}
    assert {f"{folder}/The crane.htm", f"{folder}/The crane_files/a.png"} == saved.keys() - first.keys()


def test_what_no_article_can_be_made_of_is_said_and_not_copied(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 x}")

    code, said = add(tmp_path, "a.rtf")

    assert (1, {}) == (code, contents(tmp_path / "content"))
    assert "a.rtf: an RTF document; no article can be made of it, so it was not added." in said


@pytest.mark.parametrize("name", ["a.rst", "a.adoc", "a.mkd", "Interview mit Dr.Marsh", "Part.II", "README"])
def test_prose_is_an_article_whatever_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("The wall at the harbour is a metre higher than it was before.\n")
    assert 0 == add(tmp_path, name)[0]


SOURCES = """\
-- given/glossator.toml --
# Settings of the site
title = "The wall"
-- given/src/build.py --
print("The wall is built.")
-- given/deploy.yaml --
---
name: wall
"""


def test_programs_and_settings_are_left_with_one_sentence_and_added_if_a_person_says_so(tmp_path: Path) -> None:
    lay(tmp_path, SOURCES)
    code, said = add(tmp_path, "given")
    given = tmp_path / "given"
    assert (1, {}) == (code, contents(tmp_path / "content"))
    assert said == (
        "Plain texts by what is in them, whose names end otherwise (.py, .toml, .yaml), so not added: "
        f"{given}/deploy.yaml, {given}/glossator.toml, {given}/src/build.py; "
        "if they are articles, add them with --text.\n0 files added.\n"
    )

    assert 0 == add(tmp_path, "given", any_text=True)[0]
    saved = {"given/deploy.yaml", "given/glossator.toml", "given/src/build.py"}
    assert saved == contents(tmp_path / "content/saved").keys()
    code, said = add(tmp_path, "given")
    assert (0, 3) == (code, said.count("already there as"))


def test_of_many_programs_five_are_named(tmp_path: Path) -> None:
    lay(tmp_path, "".join(f"-- given/{number}.py --\nprint({number})\n" for number in range(7)))
    assert "given/4.py and 2 more; if they are" in add(tmp_path, "given")[1]


@pytest.mark.parametrize(
    "name", ["README", "a.txt", "a.TEXT", "a.md", "a.markdown", "Version 1.2", "Of Dr. Marsh", "a.htm"]
)
def test_texts_are_known_by_many_names(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("The board met on Monday, and it met again.", "utf-8")
    assert 0 == add(tmp_path, name)[0]


def test_every_format_has_a_name() -> None:
    assert [] == sorted({*OPENERS, *READERS, *FOREIGN} - NOUNS.keys())


def test_a_picture_does_not_take_the_place_of_another_of_its_name(tmp_path: Path) -> None:
    lay(tmp_path, "-- a/wall.md --\nIt stands.\n\n![It](img/1.png)\n-- b/crane.md --\nIt turns.\n\n![It](img/1.png)\n")
    for name in ("a", "b"):
        (tmp_path / name / "img").mkdir()
        (tmp_path / name / "img/1.png").write_bytes(f"picture {name}".encode())

    add(tmp_path, "a/wall.md", "b/crane.md")

    saved = contents(tmp_path / "content/saved")
    (crane,) = (name for name in saved if name.endswith("crane.md"))
    assert b"picture a" == saved["img/1.png"]
    assert b"picture b" == saved[crane.replace("crane.md", "img/1.png")]


def test_a_page_brings_no_picture_by_a_way_that_leads_out_of_its_folder(tmp_path: Path) -> None:
    names = ("../clips/1.png", "../out.png", str(tmp_path / "clips/2.png"), f"{'long' * 99}.png")
    lay(tmp_path, "-- clips/wall.md --\n# The wall\n\n" + "\n".join(f"![It]({name})" for name in names))
    for path in ("clips/1.png", "clips/2.png", "out.png"):
        (tmp_path / path).write_bytes(path.encode())

    code, _ = add(tmp_path, "clips/wall.md")

    assert (0, ["saved/1.png", "saved/2.png", "saved/wall.md"]) == (code, sorted(contents(tmp_path / "content")))


def test_what_may_not_be_read_is_told_and_the_rest_is_brought_in(tmp_path: Path) -> None:
    lay(tmp_path, "-- clips/wall.md --\n# The wall\n\n![It](link.png)\n-- clips/crane.txt --\nThe crane\n\nIt turns.\n")
    (tmp_path / "clips/1.png").write_bytes(b"picture")
    (tmp_path / "clips/link.png").symlink_to("1.png")
    (tmp_path / "clips/link.txt").symlink_to("crane.txt")

    code, said = add(tmp_path, "clips/link.txt", "clips/wall.md", "clips/crane.txt")

    assert (1, ["crane.txt", "wall.md"]) == (code, sorted(contents(tmp_path / "content/saved")))
    assert 2 == said.count("is a link, which is not followed: copy the file itself")


def test_a_file_given_twice_or_from_the_archive_itself_is_there_once(tmp_path: Path) -> None:
    lay(tmp_path, GIVEN)

    code, _ = add(tmp_path, "given/wall.html", "given/wall.html", "given")
    before = contents(tmp_path / "content/saved")

    assert 0 == code
    assert 1 == sum(name.endswith("wall.html") for name in before)
    assert 0 == add(tmp_path, "content/saved", "content/saved/wall.html")[0]
    assert before == contents(tmp_path / "content/saved")


@pytest.mark.parametrize("path", [".", "content", "content/articles/wall.md"])
def test_the_archive_is_not_added_to_itself(tmp_path: Path, path: str) -> None:
    lay(tmp_path, f"{GIVEN}-- content/articles/wall.md --\nThe wall is high.\n")
    code, said = add(tmp_path, path, "given/wall.html")
    assert (1, True) == (code, f"{tmp_path / path}: is the archive itself, or part of it: name the files" in said)
    assert ["wall.html"] == sorted(contents(tmp_path / "content/saved"))


def test_note_brings_the_picture_from_the_folder_of_attachments_of_its_vault(tmp_path: Path) -> None:
    lay(tmp_path, "-- vault/trips/wall.md --\n# The wall\n\nIt stands.\n\n![[the wall.png]]\n")
    picture = tmp_path / "vault" / "attachments" / "the wall.png"
    picture.parent.mkdir()
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert 0 == add(tmp_path, "vault")[0]
    assert {"vault/trips/wall.md", "vault/attachments/the wall.png"} == set(contents(tmp_path / "content/saved"))
    build(tmp_path)
    assert 1 == len(list((tmp_path / "content/articles/images").iterdir()))


def test_address_of_the_web_is_refused_with_a_sentence() -> None:
    done = CliRunner().invoke(main, ["add", "https://tidetable.example/wall"])
    assert (2, True) == (done.exit_code, "nothing is downloaded: save the page and add its file" in done.output)


def test_nothing_is_copied_where_no_archive_is(tmp_path: Path) -> None:
    lay(tmp_path, GIVEN)
    done = CliRunner().invoke(main, ["add", str(tmp_path / "given"), f"--content={tmp_path / 'content'}"])
    assert (2, True) == (done.exit_code, "`glossator init DIR` makes an archive." in done.output)
    assert not (tmp_path / "content").exists()


def test_file_that_cannot_be_read_comes_with_what_helps(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "memo.rtf").write_bytes(b"{\\rtf1 The memo.}")
    done = CliRunner().invoke(main, ["add", str(tmp_path / "memo.rtf"), "--content", str(tmp_path / "content")])
    assert done.stderr.endswith(
        "memo.rtf: an RTF document; no article can be made of it, so it was not added. "
        "Save it as a Word document (.docx), HTML or plain text, and add that.\n"
    )


def test_a_file_that_cannot_be_recognised_within_the_limits_is_told_and_the_others_are_added(tmp_path: Path) -> None:
    lay(tmp_path, f"{GIVEN}-- glossator.toml --\n[build]\narticle_megabytes = 20\n")
    (tmp_path / "given/notes/large.txt").write_bytes(b"The board met. " * 2_000_000)

    code, said = add(tmp_path, "given/notes")

    limit = "needs more than 20 MB of memory; article_megabytes in [build] is the limit"
    assert (1, True) == (code, f"large.txt: was left out: {limit}" in said)
    assert ["notes/board.txt"] == [*contents(tmp_path / "content/saved")]


def test_neither_adding_nor_converting_waits_for_a_file_that_is_made_to_be_read_for_ever(tmp_path: Path) -> None:
    lay(
        tmp_path, f"-- given/endless.txt --\n{'<!--a-->' * 60}\nThe harbour wall.\n-- content/saved/a.txt --\nA wall.\n"
    )
    given, out, content = (str(tmp_path / name) for name in ("given", "out", "content"))
    for verb in (["add", given, "--content", content], ["convert", given, "--to", out]):
        done = subprocess.run([sys.executable, "-m", "glossator", *verb], cwd=ROOT, timeout=600, check=False)
        assert 0 == done.returncode
    assert "The harbour wall." in (tmp_path / "out/endless.md").read_text("utf-8")


def test_one_wrong_path_does_not_stop_the_others(tmp_path: Path) -> None:
    lay(tmp_path, GIVEN)
    code, said = add(tmp_path, "missing.html", "given/wall.html")
    assert (1, True) == (code, (tmp_path / "content/saved/wall.html").is_file())
    assert f"{tmp_path / 'missing.html'}: cannot be read (no such file or directory)" in said


def test_files_that_cannot_be_added_are_in_the_data_too(tmp_path: Path) -> None:
    lay(tmp_path, f"{GIVEN}-- content/pages/about.md --\nUs.\n")
    link = tmp_path / "given/link.html"
    link.symlink_to(tmp_path / "given/wall.html")
    done = CliRunner().invoke(main, ["add", "--json", str(link), f"--content={tmp_path / 'content'}"])
    (told,) = json.loads(done.stdout)
    assert (str(link), True) == (told["path"], "is a link" in told["problem"])
