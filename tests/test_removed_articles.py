"""What a person took away does not come back: deleted articles, passed-over copies, and rights of the same address."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator.cli import main
from glossator.content.lock_files import ARTICLES_LOCK
from glossator.pipeline import Report
from tests.sites import build, contents, lay, leave_out_search
from tests.sweeps import sweep, sweep_rows

BRIDGE = " ".join(f"On day {day} the bridge of Ravnsborg stood {day * 7} feet above the water." for day in range(30))
BEGINNING = "The bridge is old, and nobody has counted its stones.\n\nIt was painted in spring by men of the town."
"""What an excerpt shows."""
SECRET = "The name of the witness is Otterblad."
TEXT = f"{BEGINNING}\n\n{BRIDGE} {SECRET}"


def page(title: str, text: str, source: str = "", saved: str = "2024-04-01") -> str:
    where = f"source: {source}\n" if source else ""
    return f"---\ntitle: {title}\n{where}saved: {saved}\n---\n{text}\n"


SAVED = f"""\
-- content/saved/a.md --
{page("Bridge of Ravnsborg", TEXT, "https://tidetable.example/bridge")}
-- content/saved/b.md --
{page("Bridge of Ravnsborg", TEXT)}
"""


@pytest.fixture(params=["the memory of builds", "a fresh clone"])
def again(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> object:
    """A function that builds, with what earlier builds stored or only with what is committed."""
    leave_out_search(monkeypatch)

    def run(folder: Path, reconvert: bool = False) -> Report:
        if request.param == "a fresh clone":
            shutil.rmtree(folder / ".glossator", ignore_errors=True)
            shutil.rmtree(folder / "site", ignore_errors=True)
        return build(folder, reconvert)

    return run


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def article_names(folder: Path) -> list[str]:
    return sorted(contents(folder / "content/articles"))


def is_public(folder: Path, words: str) -> bool:
    return words.encode() in b"".join(contents(folder / "site").values())


def messages(report: Report) -> list[str]:
    return [f"{problem.path}: {problem.message}" for problem in report.problems]


def test_a_copy_stays_away_when_its_original_is_edited(tmp_path: Path, again: type) -> None:
    again(lay(tmp_path, SAVED))
    edit(tmp_path / "content/articles/bridge-of-ravnsborg.md", SECRET, "")
    again(tmp_path)
    again(tmp_path, reconvert=True)

    assert ["bridge-of-ravnsborg.md"] == article_names(tmp_path)
    assert not is_public(tmp_path, "Otterblad")


def test_a_copy_of_an_edited_or_private_article_is_known_without_any_record(tmp_path: Path, again: type) -> None:
    again(lay(tmp_path, SAVED))
    article = tmp_path / "content/articles/bridge-of-ravnsborg.md"
    for old, new in ((SECRET, ""), ("title:", "rights: private\ntitle:")):
        edit(article, old, new)
        (tmp_path / "content" / ARTICLES_LOCK).unlink()
        again(tmp_path)
        assert ["bridge-of-ravnsborg.md"] == article_names(tmp_path)
        assert not is_public(tmp_path, "Otterblad")


def test_a_deleted_article_stays_away_and_that_is_said_once(tmp_path: Path, again: type) -> None:
    again(lay(tmp_path, SAVED))
    (tmp_path / "content/articles/bridge-of-ravnsborg.md").unlink()
    first, later = again(tmp_path), again(tmp_path, reconvert=True)

    text = (
        "a.md: articles/bridge-of-ravnsborg.md was deleted, and no other is made of this file; "
        "delete the file, too, or ask for the article with convert --again"
    )
    assert [[text], []] == [messages(first), messages(later)]
    assert [] == article_names(tmp_path)
    assert not is_public(tmp_path, "Otterblad")


def test_nothing_is_said_of_an_article_whose_saved_file_went_with_it(tmp_path: Path, again: type) -> None:
    again(lay(tmp_path, SAVED))
    (tmp_path / "content/articles/bridge-of-ravnsborg.md").unlink()
    (tmp_path / "content/saved/a.md").unlink()
    assert [] == messages(again(tmp_path))


def test_a_saved_file_that_is_moved_or_saved_anew_brings_no_deleted_article_back(tmp_path: Path, again: type) -> None:
    again(lay(tmp_path, SAVED))
    (tmp_path / "content/articles/bridge-of-ravnsborg.md").unlink()
    again(tmp_path)
    (tmp_path / "content/saved/c").mkdir()
    (tmp_path / "content/saved/a.md").rename(tmp_path / "content/saved/c/a.md")
    again(tmp_path)
    assert [] == article_names(tmp_path)

    (tmp_path / "content/saved/c/a.md").rename(tmp_path / "content/saved/a.md")
    edit(tmp_path / "content/saved/a.md", "On day 3 ", "On the third day ")
    assert ["a.md: changed, but its article was deleted and stays away; ask for it with convert --again"] == messages(
        again(tmp_path)
    )
    assert [] == article_names(tmp_path)


@pytest.mark.parametrize(
    ("verb", "path"), sweep_rows([("convert --again", "a.md"), ("add", "{}/a.md"), ("convert --again", "{}/a.md")], 2)
)
def test_a_deleted_article_is_made_again_when_it_is_asked_for_with_its_old_rights(
    tmp_path: Path, again: type, verb: str, path: str
) -> None:
    again(lay(tmp_path, SAVED))
    article = tmp_path / "content/articles/bridge-of-ravnsborg.md"
    edit(article, "title:", "rights: private\ntitle:")
    again(tmp_path)
    article.unlink()
    again(tmp_path)
    given = path.format(tmp_path / "content/saved")
    asked = CliRunner().invoke(main, [*verb.split(), given, "--content", str(tmp_path / "content")])
    assert 0 == asked.exit_code, asked.output
    again(tmp_path)

    assert ["bridge-of-ravnsborg.md"] == article_names(tmp_path)
    assert "rights: private" in article.read_text("utf-8")
    assert not is_public(tmp_path, "Otterblad")
    again(tmp_path)
    assert ["bridge-of-ravnsborg.md"] == article_names(tmp_path)


def test_a_file_that_has_its_article_is_not_asked_for_again(tmp_path: Path) -> None:
    build(lay(tmp_path, SAVED))
    asked = CliRunner().invoke(main, ["convert", "--again", "a.md", "--content", str(tmp_path / "content")])
    assert (0, True) == (asked.exit_code, asked.output.startswith("No article of these files was deleted"))


def test_only_files_of_the_archive_can_be_asked_for(tmp_path: Path) -> None:
    lay(tmp_path, SAVED)
    (tmp_path / "other.md").write_text("Text.", "utf-8")
    asked = CliRunner().invoke(
        main, ["convert", "--again", str(tmp_path / "other.md"), "--content", str(tmp_path / "content")]
    )

    assert 2 == asked.exit_code
    assert "is not below" in asked.output


@pytest.mark.parametrize("rights", sweep(["private", "excerpt", "metadata"], 2))
@pytest.mark.parametrize("deleted", [False, True])
def test_a_new_save_has_the_strictest_rights_of_its_address(
    tmp_path: Path, again: type, rights: str, deleted: bool
) -> None:
    again(lay(tmp_path, SAVED))
    article = tmp_path / "content/articles/bridge-of-ravnsborg.md"
    edit(article, "title:", f"rights: {rights}\ntitle:")
    again(tmp_path)
    if deleted:
        article.unlink()
        again(tmp_path)
    text = f"{BEGINNING}\n\nIt fell last night. {BRIDGE[:400]} {SECRET}"
    newer = page("The bridge fell", text, "http://www.tidetable.example/bridge?utm_source=x", "2025-01-01")
    lay(tmp_path, f"-- content/saved/new.md --\n{newer}")
    report = again(tmp_path)

    made = (tmp_path / "content/articles/the-bridge-fell.md").read_text("utf-8")
    assert f"\nrights: {rights}\n" in made
    assert not is_public(tmp_path, "Otterblad")
    assert any(f"`rights: {rights}`" in message for message in messages(report))


def test_of_two_copies_that_come_together_the_stricter_rights_count(tmp_path: Path, again: type) -> None:
    lay(tmp_path, SAVED)
    edit(tmp_path / "content/saved/b.md", "title:", "rights: private\ntitle:")
    again(tmp_path)
    again(tmp_path, reconvert=True)

    assert ["bridge-of-ravnsborg.md"] == article_names(tmp_path)
    assert not is_public(tmp_path, "Otterblad")


def test_a_private_copy_that_comes_later_takes_its_public_original_back(tmp_path: Path, again: type) -> None:
    again(lay(tmp_path, SAVED))
    assert is_public(tmp_path, "Otterblad")
    copy = page("Bridge of Ravnsborg", TEXT).replace("title:", "draft: true\ntitle:")
    lay(tmp_path, f"-- content/saved/c.md --\n{copy}")
    again(tmp_path)

    assert not is_public(tmp_path, "Otterblad")


def test_a_private_article_that_a_list_completes_keeps_its_text(tmp_path: Path, again: type) -> None:
    lay(tmp_path, SAVED)
    edit(tmp_path / "content/saved/a.md", "saved: 2024-04-01\n", "rights: private\n")
    again(tmp_path)
    lay(
        tmp_path,
        "-- content/saved/list.csv --\ntitle,url,time_added,tags,status\n"
        "Bridge,https://tidetable.example/bridge,1712000000,harbour,unread\n",
    )
    again(tmp_path)
    made = (tmp_path / "content/articles/bridge-of-ravnsborg.md").read_text("utf-8")

    assert "harbour" in made
    assert "rights: private" in made
    assert SECRET in made


@pytest.mark.parametrize("damaged", [b'{"saved": [{"file": 1}]}', b'{"saved\x81": []}', b"[" * 100_000])
def test_a_damaged_record_stops_the_build_because_what_was_removed_would_return(
    damaged: bytes, tmp_path: Path, again: type
) -> None:
    again(lay(tmp_path, SAVED))
    (tmp_path / "content" / ARTICLES_LOCK).write_bytes(damaged)
    done = CliRunner().invoke(main, ["build", "-q", f"--content={tmp_path / 'content'}", f"--site={tmp_path / 'site'}"])

    assert 2 == done.exit_code
    assert f"{ARTICLES_LOCK} cannot be read" in done.output


def test_the_record_is_the_same_whatever_order_the_files_came_in(tmp_path: Path, again: type) -> None:
    both, one_by_one = tmp_path / "one", tmp_path / "two"
    again(lay(both, SAVED))
    for part in SAVED.split("-- content")[1:]:
        again(lay(one_by_one, f"-- content{part}"))

    assert (both / "content" / ARTICLES_LOCK).read_bytes() == (one_by_one / "content" / ARTICLES_LOCK).read_bytes()


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner(catch_exceptions=False).invoke(main, [*arguments, "--content", str(folder / "content")])
    return done.exit_code, done.output


def test_broken_file_is_set_aside_until_it_changes_or_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    lay(
        tmp_path, f"-- content/saved/a.md --\n{page('Bridge', TEXT)}\n-- content/saved/broken.pdf --\n%PDF-1.4 broken\n"
    )
    kept = contents(tmp_path / "content/saved")
    where = [f"--site={tmp_path / 'site'}", "--workers=1"]
    code, said = run(tmp_path, "build", *where)
    assert (1, True, True) == (code, "saved/broken.pdf: " in said, "`glossator convert --set-aside FILE`" in said)
    assert (2, True) == (run(tmp_path, "convert", "--set-aside", "a.md")[0], run(tmp_path, "convert", "a.md")[0] == 2)
    assert 0 == run(tmp_path, "convert", "--set-aside", "saved/broken.pdf")[0]
    told = "saved/: 1 file is set aside: `glossator convert --set-aside` lists them"
    code, said = run(tmp_path, "build", *where)
    assert (0, True, False) == (code, told in said, "broken.pdf" in said)
    code, said = run(tmp_path, "build", *where)
    assert (0, False) == (code, told in said)
    shutil.rmtree(tmp_path / ".glossator")  # as in a fresh clone
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "remote"], check=True)
    lay(tmp_path, '-- glossator.toml --\n[site]\nrights = "full"\n')
    assert 0 == run(tmp_path, "publish", *where, "--yes", f"--to={tmp_path / 'remote'}")[0]
    assert (0, f"{tmp_path / 'content/saved/broken.pdf'}\n") == run(tmp_path, "convert", "--set-aside")
    assert kept == contents(tmp_path / "content/saved")
    assert 0 == run(tmp_path, "convert", "--again", "broken.pdf")[0]
    assert 1 == run(tmp_path, "build", *where)[0]
    assert 0 == run(tmp_path, "convert", "--set-aside", "broken.pdf")[0]
    (tmp_path / "content/saved/broken.pdf").write_text("%PDF-1.4 broken in another way\n", "utf-8")
    assert 1 == run(tmp_path, "build", *where)[0]
    (tmp_path / "content/saved/broken.pdf").write_text(page("Quay", f"The quay. {BRIDGE}"), "utf-8")
    assert 0 == run(tmp_path, "build", *where)[0]
    assert ["bridge.md", "quay.md"] == article_names(tmp_path)
    assert "aside" not in (tmp_path / "content" / ARTICLES_LOCK).read_text("utf-8")
