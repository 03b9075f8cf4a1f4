"""A program with the core alone: it reads pages and says what it lacks, and more formats are read once it has them."""

from __future__ import annotations

import pickle
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from glossator import pipeline
from glossator.cli.extensions import extensions
from glossator.config import BuildSettings, Config, Extensions, ExtractSettings, SiteError
from glossator.extension_points import GROUPS
from glossator.extension_points.own_extensions import OWN
from glossator.incremental.workers.executors import Workers
from glossator.pipeline import stage_runs
from glossator.stages.extract import extract, saved_file
from tests.extract.exported import packed
from tests.sites import lay, leave_out_search, silent

ROOT = Path(__file__).parents[1]
SAVED = """
-- content/saved/crane.md --
# The crane of Ravnsborg

It was mended in May, and it turns again.
"""
MESSAGE = b"From: Ida Brun <ida@quay.example>\nSubject: The quay\nMessage-ID: <1@quay.example>\nDate: Mon, 6 May 2024 08:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain\n\nThe quay was mended in May, and the crane stands on it.\n"
NEEDED = "The file is {}, which this program has no opener for; save the article as HTML, plain text or Markdown."


def build(folder: Path, extensions: Extensions) -> pipeline.Report:
    config = Config(build=BuildSettings(workers=1), extensions=extensions)
    return pipeline.bring_up_to_date(pipeline.ArchivePaths(folder / "content", folder / "site"), config, silent)


def test_what_the_core_does_not_open_is_told_and_read_once_there_is_an_opener(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    lay(tmp_path, SAVED)
    (tmp_path / "content/saved/notes.zip").write_bytes(packed({"wall.md": b"# The wall\n\nIt holds.\n"}))
    (tmp_path / "content/saved/quay.eml").write_bytes(MESSAGE)
    core = build(tmp_path, Extensions())
    assert 1 == core.articles
    assert {
        "notes.zip": NEEDED.format("a ZIP archive of files"),
        "quay.eml": NEEDED.format("an e-mail message"),
    } == {problem.path: problem.message for problem in core.problems if problem.fatal}

    whole = build(tmp_path, extensions())
    assert not [problem for problem in whole.problems if problem.fatal]
    assert (tmp_path / "content/articles/the-wall.md").is_file()
    assert (tmp_path / "content/articles/the-quay.md").is_file()


def test_mhtml_is_read_by_the_core() -> None:
    page = f"<html><head><title>The weir</title></head><body><article><p>{'The weir holds again. ' * 30}</p></article>"
    head = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/weir\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html\n'
        "Content-Location: https://a.example/weir\n\n"
    )
    found = extract(saved_file(f"{head}{page}\n--b--\n".encode(), "weir.mhtml"), ExtractSettings())
    assert (["The weir"], ()) == ([article.title for article in found.articles], found.problems)


def test_a_cluster_without_the_extension_is_a_sentence() -> None:
    with Workers(BuildSettings(executor="dask")) as workers, pytest.raises(SiteError) as raised:
        workers.executor(1)
    assert "This program works on this machine only, not on dask." == raised.value.message


def test_results_depend_on_the_code_of_the_openers_and_their_work_reaches_other_processes() -> None:
    stages = [stage_runs.extract_stage(replace(Config(), extensions=one)) for one in (Extensions(), extensions())]
    core, whole = (stage.code(stage.settings) for stage in stages)
    assert core != whole
    again: Any = pickle.loads(pickle.dumps(stages[1].work))
    (openers,) = again.args
    assert {"epub", "pdf", "email", "warc"} <= openers.load().keys()


def test_the_table_of_our_extensions_is_that_of_the_entry_points() -> None:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]
    assert {group: stated.get(f"glossator.{group}", {}) for group in GROUPS} == OWN
