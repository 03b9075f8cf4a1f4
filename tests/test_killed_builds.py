"""A build that is killed while it puts the site in place: the next command finishes the site, whichever it is."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sites import contents, lay

ROOT = Path(__file__).parents[1]
NAME = "Marta Lindqvist"
ARTICLE = "-- content/articles/{0}.md --\n---\ntitle: {0} news\ntags: [{0}]\n---\nMarta Lindqvist came to the {0}. She left.\n"
BEFORE = (
    '-- glossator.toml --\n[site]\ntitle = "Old"\nrights = "full"\n[language.en]\nmodel = ""\n'
    "-- content/entities/marta-lindqvist.md --\n---\nname: Marta Lindqvist\ntype: person\n---\nShe builds.\n"
    + "".join(ARTICLE.format(place) for place in ("wall", "pier", "quay", "dock", "lock", "weir", "ford", "mole"))
)
AFTER = (
    '-- glossator.toml --\n[site]\ntitle = "New"\nrights = "full"\n[language.en]\nmodel = ""\n'
    f'-- content/entities.toml --\nprivate = ["{NAME}"]\n' + ARTICLE.format("fort")
)
KILLER = """
import os, signal, sys
left = [None] * {number}
def hook(event, arguments):
    if event == "os.rename" and str(arguments[1]).startswith({site!r}):
        left.pop()
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
"""
"""Module that Python loads at its start, and that kills it before the n-th rename into the site."""
FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no signals")


def arguments(archive: Path, verb: str, *options: str) -> list[str]:
    where = (f"--content={archive / 'content'}", f"--site={archive / 'site'}", "--workers=1", "--no-search")
    return [sys.executable, "-m", "glossator", verb, *where, *options]


def run(archive: Path, verb: str, *options: str, first: Path = ROOT) -> tuple[int, str]:
    """The exit code of a command, and what it says; `first` is where Python looks for modules first."""
    path = os.pathsep.join(map(str, (first, ROOT)))
    done = subprocess.run(
        arguments(archive, verb, *options),
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": path},
    )
    return done.returncode, done.stdout + done.stderr


def killed(archive: Path, number: int) -> bool:
    """Whether the build of the archive has as many renames: it is killed before that one."""
    lay(archive, f"-- killer/sitecustomize.py --\n{KILLER.format(number=number, site=str(archive / 'site') + os.sep)}")
    code, said = run(archive, "build", first=archive / "killer")
    shutil.rmtree(archive / "killer")
    assert code in (0, -signal.SIGKILL), said
    return code != 0


def serve_once(archive: Path) -> tuple[int, str]:
    """Start the preview and stop it when it answers."""
    with subprocess.Popen(
        arguments(archive, "serve", "--port=0"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as running:
        assert running.stdout
        said = next(line for line in running.stdout if "Ctrl-C stops it" in line)
        running.send_signal(signal.SIGINT)
        said += running.stdout.read()
    return running.returncode - 130, said


def publish(archive: Path) -> tuple[int, str]:
    subprocess.run(["git", "init", "-q", "--bare", archive / "remote"], check=True)
    return run(archive, "publish", "--yes", f"--to={archive / 'remote'}", "--url=https://archive.example/")


COMMANDS = {
    "build": lambda archive: run(archive, "build"),
    "check": lambda archive: run(archive, "check"),
    "publish": publish,
    "serve": serve_once,
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive that was built, and changed since: a name became private, and an article was added."""
    lay(tmp_path / "archive", BEFORE)
    assert 0 == run(tmp_path / "archive", "build")[0]
    return lay(tmp_path / "archive", AFTER)


def assert_order(old: dict[str, bytes], new: dict[str, bytes], torn: dict[str, bytes]) -> None:
    """Hold what a killed build left against the order: what shows the private name no longer is the first to go."""
    losing = {path for path, text in old.items() if NAME.encode() in text and NAME.encode() not in new.get(path, b"")}
    assert "entities/marta-lindqvist.html" in losing
    begun = {path for path in torn.keys() | old.keys() if torn.get(path) != old.get(path)}
    if begun - losing:
        assert all(torn.get(path) == new.get(path) for path in losing)
    if any(path in old for path in begun - losing):
        assert all(torn.get(path) == text for path, text in new.items() if path not in old)


def sites(archive: Path, numbers: Iterator[int] | range) -> Iterator[Path]:
    """Copies of the archive, each with what a build left that was killed at one of the renames."""
    old = contents(archive / "site")
    shutil.copytree(archive, clean := archive.with_name("clean"))
    assert 0 == run(clean, "build")[0]
    new = contents(clean / "site")
    mine = contents(archive / "content")
    for number in numbers:
        shutil.copytree(archive, copy := archive.with_name(f"killed-{number}"))
        if not killed(copy, number):
            return
        torn = contents(copy / "site")
        assert torn.keys() <= old.keys() | new.keys()
        assert_order(old, new, torn)
        assert mine == {path: text for path, text in contents(copy / "content").items() if path in mine}
        yield copy


@FORKS
@pytest.mark.parametrize("verb", ["build", pytest.param("check", marks=pytest.mark.slow)])
def test_next_command_finishes_the_site_of_a_killed_build(archive: Path, verb: str) -> None:
    (copy,) = sites(archive, range(9, 10))
    code, said = COMMANDS[verb](copy)
    assert code in (0, 1), said
    assert contents(archive.with_name("clean") / "site") == contents(copy / "site")
    assert [".glossator", "content", "glossator.toml", "site"] == sorted(path.name for path in copy.iterdir())


@FORKS
@pytest.mark.slow
@pytest.mark.parametrize("verb", COMMANDS)
def test_each_command_finishes_the_site_of_a_build_that_was_killed_at_any_rename(archive: Path, verb: str) -> None:
    for copy in sites(archive, range(1, 31)):
        code, said = COMMANDS[verb](copy)
        assert code in (0, 1), said
        made = contents(copy / "site")
        if verb == "publish":  # it knows the address of the site
            assert 0 == run(copy, "build")[0]
            made = contents(copy / "site")
        assert contents(archive.with_name("clean") / "site") == made
        assert not (copy / ".site-glossator-new").exists()


@FORKS
def test_site_that_cannot_be_finished_is_refused_with_a_sentence_until_it_can(archive: Path) -> None:
    (copy,) = sites(archive, range(9, 10))
    was = contents(archive / "site")
    page = next(copy / "site" / path for path, text in contents(copy / "site").items() if was.get(path) == text)
    page.unlink()
    lay(page, "-- mine.txt --\nMine.\n")
    for verb in ("build", "check"):
        code, said = COMMANDS[verb](copy)
        assert (2, True) == (code, f"{copy / 'site'} is partly old and partly new: a build ended on the way." in said)
        assert page.name in said
        assert (page / "mine.txt").read_text("utf-8") == "Mine.\n"
    shutil.rmtree(page)
    assert 0 == run(copy, "build")[0]
    assert contents(archive.with_name("clean") / "site") == contents(copy / "site")
