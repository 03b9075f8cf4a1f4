"""Exports, checks, commands and executors of other packages: each is there once it is installed, and named if it fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from glossator.cli import main
from tests.other_packages import install
from tests.sites import lay, leave_out_search

ARCHIVE = """
-- content/articles/crane.md --
# The crane of Ravnsborg

It was mended in May, and it turns again.
"""
CHECK = """
from glossator.extension_points.checks import Check, Finding

def find(site, archive):
    for article in archive.articles:
        yield Finding("length", f"articles/{article.id}.md", f"is an article of {len(article.text)} letters", wrong=False)
    yield Finding("pages", "index.html", f"is one of {len(site.files)} files", wrong="index.html" not in site.files)

LENGTH = Check(contract=2, find=find)
FAILING = Check(contract=2, find=lambda site, archive: 1 / 0)
UNTYPED = Check(contract=2, find=lambda site, archive: ["wrong"])
"""
COMMAND = """
import click
from glossator.extension_points.commands import Command

@click.command()
@click.option("--upper", is_flag=True)
def census(archive, upper):
    "Count what there is."
    text = ", ".join(article.title for article in archive.published().articles)
    click.echo(text.upper() if upper else text)
    click.echo("index.html" in archive.built().files)

@click.command()
def failing():
    raise KeyError("harbour")

@click.command()
def refusing():
    raise click.ClickException("The harbour is closed.")

class Berth(click.ParamType):
    name = "berth"

    def convert(self, value, param, ctx):
        raise KeyError(value)

@click.command()
@click.option("--berth", type=Berth())
def mooring(berth):
    pass

CENSUS = Command(contract=2, command=census, with_archive=True)
FAILING = Command(contract=2, command=failing)
REFUSING = Command(contract=2, command=refusing)
MOORING = Command(contract=2, command=mooring)
BARE = Command(contract=2, command=lambda: None)
"""
EXECUTOR = """
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from glossator.extension_points.executors import Executor, JoinedCluster

@contextmanager
def join(executor, processes):
    print("joined", executor)
    with ThreadPoolExecutor(1) as threads:
        yield JoinedCluster(threads, lambda: 1)

def prepare():
    pass

THREADS = Executor(contract=2, join=join, prepare=prepare)
"""


def run(folder: Path, *arguments: str) -> Result:
    where = [f"--{name}={folder / name}" for name in ("content", "site")]
    return CliRunner(catch_exceptions=False).invoke(main, [*arguments, *where])


def test_a_check_finds_what_ours_do_not_and_one_that_fails_is_advice(
    tmp_path: Path, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    names = {"checks length": "LENGTH", "checks failing": "FAILING", "checks untyped": "UNTYPED"}
    install(packages, "measures", CHECK, names)
    done = run(lay(tmp_path, ARCHIVE), "check")
    assert "articles/crane.md: is an article of 41 letters\n" in done.stdout
    assert (
        "failing (checks) of measures 1.0 cannot be used: it failed (ZeroDivisionError: division by zero)."
        in done.stdout
    )
    assert (
        "untyped (checks) of measures 1.0 cannot be used: it failed (ValidationError: Expected `object`" in done.stdout
    )
    assert 0 == done.exit_code


def test_a_verb_of_a_package_is_given_the_archive_and_its_faults_are_sentences(
    tmp_path: Path, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    names = {"commands census": "CENSUS", "commands failing": "FAILING", "commands refusing": "REFUSING"}
    install(packages, "counting", COMMAND, {**names, "commands build": "CENSUS"})
    done = run(lay(tmp_path, ARCHIVE), "census", "--upper")
    assert (0, "THE CRANE OF RAVNSBORG\nTrue\n") == (done.exit_code, done.stdout)
    runner = CliRunner(catch_exceptions=False)
    failed, refused, listed = (runner.invoke(main, [verb]) for verb in ("failing", "refusing", "--help"))
    assert 2 == failed.exit_code
    assert failed.stderr.startswith(
        "The extension failing (commands) of counting 1.0 cannot be used: it failed (KeyError: 'harbour').\n"
    )
    assert (1, "Error: The harbour is closed.\n") == (refused.exit_code, refused.stderr)
    assert "census" in listed.stdout
    assert "(of the package counting 1.0)" in listed.stdout
    assert "Bring the site up to date" in listed.stdout  # a verb of the core is nobody else's


def test_a_verb_that_cannot_be_used_costs_neither_the_help_nor_the_completion_of_others(packages: Path) -> None:
    install(packages, "counting", COMMAND, {"commands bare": "BARE", "commands mooring": "MOORING"})
    runner = CliRunner(catch_exceptions=False)
    bare, mooring = (runner.invoke(main, words) for words in (["bare"], ["mooring", "--berth", "7"]))
    assert "bare (commands) of counting 1.0 cannot be used: the field command of counting:BARE has" in bare.stderr
    assert "mooring (commands) of counting 1.0 cannot be used: it failed (KeyError: '7')." in mooring.stderr
    completions = ShellComplete(main, {}, "glossator", "_GLOSSATOR_COMPLETE").get_completions([], "")
    assert {"build", "mooring"} <= {completion.value for completion in completions}


def test_machines_that_cannot_be_used_are_a_sentence(
    tmp_path: Path, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    sources = {
        "sunk": EXECUTOR.replace("    print(", "    raise KeyError('pier')\n    print("),
        "empty": EXECUTOR.replace("yield JoinedCluster(threads, lambda: 1)", "yield None"),
        "tired": EXECUTOR.replace("    pass", "    raise KeyError('pier')"),
    }
    lay(tmp_path, ARCHIVE.replace("articles/crane.md", "saved/crane.md"))
    failures = {}
    for name, source in sources.items():
        install(packages, name, source, {f"executors {name}": "THREADS"})
        failures[name] = run(tmp_path, "build", "--executor", name).stderr
    assert "sunk (executors) of sunk 1.0 cannot be used: it failed (KeyError: 'pier')." in failures["sunk"]
    assert "it failed (TypeError: join yields no JoinedCluster)" in failures["empty"]
    assert "The executor could not prepare a worker (KeyError: 'pier').\nLeave out --executor." in failures["tired"]


def test_an_executor_of_a_package_works_for_a_build_and_one_that_is_not_installed_is_a_sentence(
    tmp_path: Path, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    install(packages, "machines", EXECUTOR, {"executors threads": "THREADS"})
    lay(tmp_path, ARCHIVE.replace("articles/crane.md", "saved/crane.md"))
    done = run(tmp_path, "build", "--executor", "threads://two")
    assert "joined threads://two" in done.stdout
    assert (tmp_path / "content/articles/the-crane-of-ravnsborg.md").is_file()
    missing = run(tmp_path, "build", "--executor", "moon")
    assert 2 == missing.exit_code
    assert '--executor "moon" is not installed.\nKnown are: processes, threads.' in missing.stderr
    (tmp_path / "glossator.toml").write_text('[build]\nexecutor = "moon"\n', "utf-8")
    stated = run(tmp_path, "build")
    assert 'glossator.toml: [build] executor "moon" is not installed.' in stated.stderr


def test_what_lies_in_the_current_folder_is_no_extension(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(packages, "counting", COMMAND, {"commands census": "CENSUS"})
    assert "census" in CliRunner().invoke(main, ["--help"]).stdout
    monkeypatch.chdir(packages)
    assert "census" not in CliRunner().invoke(main, ["--help"]).stdout


def test_what_is_installed_is_listed_with_the_reason_why_it_cannot_be_used(packages: Path) -> None:
    install(packages, "gadgets", "import a_missing_library", {"exports gadget": "GADGET", "openers pdf": "PDF"})
    listed = CliRunner().invoke(main, ["--version", "--verbose"]).stdout
    assert "\n  openers    docx               glossator " in listed
    reason = "The extension gadget (exports) of gadgets 1.0 cannot be used: a_missing_library is not installed."
    assert f"\n  exports    gadget             gadgets 1.0: {reason} Install it: " in listed
    assert "pdf (openers) of gadgets 1.0 cannot be used: glossator has one of this name." in listed
