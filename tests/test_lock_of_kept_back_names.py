"""`entities.lock.json` is published with the content: a name that only kept-back text has leaves it, whatever happened."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator.cli import main
from glossator.content.published_ids import read_lock
from glossator.pipeline.review import kept_back_names
from tests.sites import lay, leave_out_search

MARTA = "Marta Quennell, a lawyer from Norwich, spoke to the court. “I saw it,” said Marta Quennell."
TOBIAS = "Tobias Ellingham, a clerk from Norwich, spoke to the court. “I saw it,” said Tobias Ellingham."


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    lay(tmp_path, "-- glossator.toml --\n[build]\nworkers = 1\n")
    write(tmp_path, "two", TOBIAS)
    return tmp_path


def write(archive: Path, name: str, text: str, fields: str = "") -> None:
    lay(archive, f"-- content/articles/{name}.md --\n---\ntitle: The {name}\n{fields}---\n{text}\n")


def run(archive: Path, *arguments: str, keys: str = "y\n") -> None:
    done = CliRunner(catch_exceptions=False).invoke(main, [*arguments, f"--content={archive / 'content'}"], input=keys)
    assert not done.exit_code, done.output


def locked(archive: Path) -> str:
    """Build, and return the names and ids in the lock."""
    run(archive, "build", f"--site={archive / 'site'}", "--quiet")
    return " ".join(f"{known.name} {known.id}" for known in read_lock(archive / "content"))


def test_a_name_that_changes_places_with_one_below_the_excerpt(archive: Path) -> None:
    between = "Nothing else was said on that day in court, where many people had come to hear of the new harbour."
    (archive / "content/articles/two.md").unlink()
    write(archive, "one", f"{MARTA}\n\n{between}\n\n{TOBIAS}", "rights: excerpt\n")
    assert "Quennell" in locked(archive)
    write(archive, "one", f"{TOBIAS}\n\n{between}\n\n{MARTA}", "rights: excerpt\n")
    for _ in range(2):
        names = locked(archive)
        assert ("Ellingham" in names, "Quennell" in names, "quennell" in names) == (True, False, False)


def test_a_name_of_a_deleted_article_that_comes_back_as_a_private_one(archive: Path) -> None:
    write(archive, "one", MARTA)
    locked(archive)
    (archive / "content/articles/one.md").unlink()
    assert "Marta Quennell" in locked(archive)  # if it comes back in a published article, it has its address
    write(archive, "three", MARTA, "rights: private\n")
    assert "uennell" not in locked(archive)


@pytest.mark.parametrize("given", ["Marta Quennell-Hart", "Ina Hart"])
@pytest.mark.parametrize("called", ["Marta Quennell", "marta-quennell"])
def test_a_name_that_a_decision_gave(archive: Path, given: str, called: str) -> None:
    write(archive, "one", MARTA)
    locked(archive)
    run(archive, "entity", "rename", called, given, "--yes")
    assert given in locked(archive)
    write(archive, "one", MARTA, "rights: private\n")
    names = locked(archive)
    assert (False, False) == ("uennell" in names, given in names)


def test_the_names_that_decisions_merged_into_one_or_split_off(archive: Path) -> None:
    write(archive, "one", MARTA)
    write(archive, "four", MARTA)
    lay(archive, '-- content/entities.toml --\n[[split]]\nname = "Marta Quennell"\nas = "Ina Hart"\nin = ["four"]\n')
    assert "Ina Hart" in locked(archive)
    for name in ("one", "four"):
        write(archive, name, MARTA, "rights: private\n")
    names = locked(archive)
    assert (False, False) == ("uennell" in names, "Ina Hart" in names)


@pytest.mark.parametrize("broken", ["---\ntitle: [One\n---\n", "---\ntitle: One\n---\n\udcff"])
def test_a_name_in_an_article_that_cannot_be_read(archive: Path, broken: str) -> None:
    write(archive, "one", MARTA)
    locked(archive)
    (archive / "content/articles/one.md").write_bytes((broken + MARTA).encode("utf-8", "surrogateescape"))
    names = locked_although_unreadable(archive)
    assert ("Ellingham" in names, "uennell" in names) == (True, False)


def locked_although_unreadable(archive: Path) -> str:
    arguments = ["build", f"--content={archive / 'content'}", f"--site={archive / 'site'}", "--quiet"]
    assert "one.md" in CliRunner().invoke(main, arguments).output
    return " ".join(f"{known.name} {known.id}" for known in read_lock(archive / "content"))


@pytest.mark.parametrize("given", ["Marta Quennell", "Mayor Vexil Harrowgate"])
def test_a_name_that_a_split_gave_and_that_was_taken_back(archive: Path, given: str) -> None:
    write(archive, "three", MARTA, "rights: private\n")
    split = f'[[split]]\nname = "Tobias Ellingham"\nas = "{given}"\n'
    lay(archive, f'-- content/entities.toml --\nprivate = ["Vexil Harrowgate"]\n{split}')
    locked(archive)
    lay(archive, '-- content/entities.toml --\nprivate = ["Vexil Harrowgate"]\n')
    assert given not in locked(archive)


def test_kept_back_text_is_not_read_again_for_the_lock_while_nothing_changes(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glossator.content.file_stamps.FINE", 0)
    read: list[str] = []
    really = kept_back_names._read

    def recorded(path: Path, words: kept_back_names.Words) -> str:
        read.append(path.name)
        return really(path, words)

    monkeypatch.setattr(kept_back_names, "_read", recorded)
    write(archive, "one", MARTA)
    write(archive, "three", "Nobody came to the town.", "rights: private\n")
    locked(archive)
    (archive / "content/articles/one.md").unlink()
    locked(archive)
    assert ["three.md"] == read
    locked(archive)
    assert ["three.md"] == read
    write(archive, "four", MARTA, "rights: private\n")
    assert "uennell" not in locked(archive)
    assert ["three.md", "four.md"] == read
