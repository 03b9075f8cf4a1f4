"""Readings of a doubtful page: compared by a person, who takes one or says that the text is right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossator.cli import main
from glossator.config import Config, SiteError
from glossator.model import ArticleId
from glossator.pipeline.review.compare_readings import ComparedReading, compare, open_readings, take
from tests.sites import contents, lay
from tests.test_build import DOUBTFUL, save_doubtful
from tests.test_corrections import ask
from tests.test_repeated_lines import settings
from tests.test_serve import start, stop

MUSEUM = ArticleId("the-museum-of-cranes-reviewed")


def run(folder: Path, command: str, *arguments: str) -> Result:
    where = [f"--content={folder / 'content'}", f"--site={folder / 'site'}", "--workers=1", "--no-search"]
    ran = CliRunner(catch_exceptions=False).invoke(main, [command, *where, *arguments])
    assert 0 == ran.exit_code, ran.output
    return ran


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    lay(tmp_path, settings())
    (tmp_path / "content/saved").mkdir(parents=True)
    save_doubtful(tmp_path)
    run(tmp_path, "build")
    assert "  doubt: '0." in text_of(tmp_path)
    return tmp_path


def text_of(archive: Path) -> str:
    return (archive / DOUBTFUL).read_text("utf-8")


def body_of(archive: Path) -> str:
    return text_of(archive).partition("\n---\n")[2]


def compared(archive: Path) -> tuple[ComparedReading, ...]:
    return compare(open_readings(archive / "content", MUSEUM, Config()))


def choose(archive: Path, name: str) -> None:
    take(open_readings(archive / "content", MUSEUM, Config()), name)


def other(archive: Path) -> str:
    """Return a reading that gives another text than the article has."""
    found = compared(archive)
    return next(reading.names[0] for reading in found if not reading.current)


def test_readings_are_told_apart_by_their_lines_and_words_and_each_text_once(archive: Path) -> None:
    found = compared(archive)
    assert len(found) == len({(reading.words, reading.first, reading.last) for reading in found}) > 1
    assert [True] == [reading.current for reading in found if reading.current]
    names = [name for reading in found for name in reading.names]
    assert len(names) == len(set(names))
    assert {"judged", "scored", "extracted"} == set(names)
    assert "stated" not in names  # the page has no structured data
    current = next(reading for reading in found if reading.current)
    assert current.first[0] in body_of(archive)


def test_chosen_reading_becomes_the_article_and_converting_again_gives_the_same_bytes(archive: Path) -> None:
    before, name = body_of(archive), other(archive)
    choose(archive, name)
    chosen = text_of(archive)
    assert f"\n  reading: {name}\n" in chosen
    assert "doubt:" not in chosen
    assert before != body_of(archive)
    run(archive, "build", "--reconvert")
    assert chosen == text_of(archive)
    assert [name] == [of.names[0] for of in compared(archive) if of.current]


def test_site_after_a_choice_is_that_of_a_clean_build(archive: Path) -> None:
    choose(archive, other(archive))
    run(archive, "build")
    incremental = contents(archive / "site")
    for folder in (".glossator", "site"):
        shutil.rmtree(archive / folder)
    run(archive, "build")
    assert incremental == contents(archive / "site")


def test_confirmed_text_stays_and_is_doubtful_no_more(archive: Path) -> None:
    before = body_of(archive)
    assert "doubt" in run(archive, "check", "--json").stdout
    choose(archive, "")
    confirmed = text_of(archive)
    assert before == body_of(archive)
    assert "doubt:" not in confirmed
    run(archive, "build", "--reconvert")
    assert confirmed == text_of(archive)
    assert "may lack much of its text" not in run(archive, "check", "--json").stdout


def test_a_saved_file_that_was_moved_still_gives_its_readings(archive: Path) -> None:
    saved, name = archive / "content/saved", other(archive)
    before = contents(saved)
    (saved / "museums").mkdir()
    for file in before:
        shutil.move(saved / file, saved / "museums" / file)
    (saved / "another.html").write_text("<p>Of something else.</p>", "utf-8")
    link = saved / "gone.html"
    link.symlink_to(saved / "nowhere.html")  # a file that cannot be read is no reason to stop
    choose(archive, name)
    link.unlink()
    assert f"\n  reading: {name}\n" in text_of(archive)
    assert "\n  file: museums/" in text_of(archive)
    again = text_of(archive)
    run(archive, "build", "--reconvert")
    assert again == text_of(archive)


def test_chosen_reading_is_honoured_after_a_saved_file_was_moved(archive: Path) -> None:
    choose(archive, other(archive))
    before = text_of(archive)
    (archive / "content/saved/museums").mkdir()
    (archive / "content/saved/cranes.html").rename(archive / "content/saved/museums/cranes.html")
    run(archive, "build", "--reconvert")
    assert before.replace("  file: ", "  file: museums/") == text_of(archive)


def test_text_whose_saved_file_is_gone_can_be_confirmed_too(archive: Path) -> None:
    (archive / "content/saved/cranes.html").unlink()
    assert () == compared(archive)
    before = body_of(archive)
    choose(archive, "")
    assert (before, False) == (body_of(archive), "doubt:" in text_of(archive))


def test_edited_article_is_never_written(archive: Path) -> None:
    edited = text_of(archive).replace("The harbour board met", "The board met")
    (archive / DOUBTFUL).write_text(edited, "utf-8")
    with pytest.raises(SiteError, match="was edited, and stays as it is"):
        choose(archive, "scored")
    with pytest.raises(SiteError, match="was edited, and stays as it is"):
        choose(archive, "")
    assert edited == text_of(archive)


def test_article_keeps_the_rights_that_it_inherited(archive: Path) -> None:
    (archive / DOUBTFUL).unlink()
    (archive / "content/articles.lock.json").unlink()
    address = "https://courier.example/cranes"
    saved = archive / "content/saved/cranes.html"
    link = f'<head><link rel="canonical" href="{address}">'
    saved.write_text(saved.read_text("utf-8").replace("<head>", link), "utf-8")
    lay(archive, f"-- content/articles/own.md --\n---\nsource: {address}\nrights: excerpt\n---\nMy own summary.\n")
    run(archive, "build")
    assert "\nrights: excerpt\n" in text_of(archive)
    choose(archive, other(archive))
    chosen = text_of(archive)
    assert "\nrights: excerpt\n" in chosen
    run(archive, "build", "--reconvert")
    assert chosen == text_of(archive)


def test_article_of_a_text_copy_has_no_readings(archive: Path) -> None:
    lay(archive, "-- content/saved/copy.txt --\nThe quay of Skerry\n\nThe quay is long, and it is old.\n")
    run(archive, "build")
    where = [f"--content={archive / 'content'}", "articles/the-quay-of-skerry.md"]
    told = CliRunner().invoke(main, ["convert", "--reading", "scored", *where])
    assert (2, True) == (told.exit_code, "as long as it is kept: saved/copy.txt." in told.output)


def test_command_takes_a_reading_and_names_those_that_there_are(archive: Path) -> None:
    name = other(archive)
    where = [f"--content={archive / 'content'}", str(archive / DOUBTFUL)]
    told = CliRunner().invoke(main, ["convert", "--reading", "scroed", *where])
    assert 2 == told.exit_code
    assert "has no reading “scroed”" in told.output
    assert name in told.output
    as_messages_name_it = [where[0], "articles/" + Path(DOUBTFUL).name]
    assert 0 == CliRunner().invoke(main, ["convert", "--reading", name, *as_messages_name_it]).exit_code
    assert f"\n  reading: {name}\n" in text_of(archive)
    saved = str(archive / "content/saved/cranes.html")
    assert (
        "Name the file of an article" in CliRunner().invoke(main, ["convert", "--reading", name, *where, saved]).output
    )


@pytest.mark.slow
def test_preview_compares_the_readings_for_its_own_pages_only(archive: Path) -> None:
    preview = start(archive)
    address = f"/_glossator/readings?article={MUSEUM}"
    try:
        state = ask(preview, None, f"/_glossator/doubt?article={MUSEUM}", Origin=None)
        assert (200, {"comparable": True, "doubtful": True, "lines": False}) == state
        status, found = ask(preview, None, address, Origin=None)
        assert (200, 1) == (status, sum(reading["current"] for reading in found))
        assert 403 == ask(preview, None, address, Origin=None, X_Glossator_Token=None)[0]
        name = next(reading["names"][0] for reading in found if not reading["current"])
        choice = {"article": MUSEUM, "reading": name}
        for headers in ({"Origin": None}, {"Origin": "http://evil.example"}, {"X_Glossator_Token": "wrong"}):
            assert 403 == ask(preview, choice, "/_glossator/readings", **headers)[0]
        assert "doubt:" in text_of(archive)
        assert 400 == ask(preview, {"article": MUSEUM}, "/_glossator/readings")[0]
        refused = ask(preview, {"article": "../secret", "reading": name}, "/_glossator/readings")
        assert (422, "There is no article ../secret.") == (refused[0], refused[1]["error"][:30])
        assert (200, {"written": True}) == ask(preview, choice, "/_glossator/readings")
        assert f"\n  reading: {name}\n" in text_of(archive)
        state = ask(preview, None, f"/_glossator/doubt?article={MUSEUM}", Origin=None)
        assert (200, {"comparable": True, "doubtful": False, "lines": False}) == state
    finally:
        stop(preview)
