"""A real scheduler and real workers, as processes of their own: the site is the same, and a worker may die."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from glossator import pipeline
from glossator.cli.extensions import cluster_access, load_extended
from glossator.config import BuildSettings, SiteError
from glossator.incremental.memo import Progress, run_memoised
from glossator.incremental.stage import Stage
from glossator.incremental.workers.executors import Workers
from glossator.model import Digest, Problem
from tests import test_limits
from tests.sites import contents, lay, leave_out_search, silent
from tests.test_serve import PATIENCE, until

distributed = pytest.importorskip("distributed")

ROOT = Path(__file__).parents[2]
ARTICLES = 12
DEADLY = "deadly"
ONE_DEATH = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
"""A piece of work is given up when one worker has died of it: others need not die in a test."""
# Dask's own threads and loops end when they please.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Saved files of several kinds, one of them damaged, and articles; small batches, so that there are many."""
    leave_out_search(monkeypatch)
    monkeypatch.setattr("glossator.pipeline.stage_runs.PAGES_A_BATCH", 1)
    monkeypatch.setattr("glossator.pipeline.stage_runs.ARTICLES_A_BATCH", 1)
    monkeypatch.setattr("glossator.pipeline.rendering.render_workers.PAGES_A_BATCH", 1)
    monkeypatch.setattr("glossator.pipeline.rendering.render_pages.PAGES_FOR_WORKERS", 2)
    for number in range(ARTICLES):
        text = (
            f"Report {number}\n\nMarta Lindqvist said on day {number} that the wall of Ravnsborg would be raised again."
        )
        lay(tmp_path, f"-- content/saved/{number}.txt --\n{text}\n")
    (tmp_path / "content/saved/broken.zip").write_bytes(b"PK\3\4 and then nothing")
    return tmp_path


def build(
    folder: Path, site: str, settings: BuildSettings, progress: Progress = silent
) -> tuple[dict[str, bytes], pipeline.Report]:
    """Build from nothing, into a site of its own."""
    copy = folder / site
    for path, data in contents(folder / "content/saved").items():
        (copy / "content/saved" / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / "content/saved" / path).write_bytes(data)
    config = replace(load_extended(folder / "glossator.toml"), build=settings)
    report = pipeline.bring_up_to_date(pipeline.ArchivePaths(copy / "content", copy / "site"), config, progress)
    return contents(copy / "site"), report


@contextmanager
def dask(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(Path(__file__).parent))),
        "PYTHONWARNINGS": "ignore",
        **ONE_DEATH,
    }
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def cluster(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler on this machine, which takes a free port and writes it down, and its workers."""
    with ExitStack() as stack:
        written = Path(stack.enter_context(tempfile.TemporaryDirectory()), "scheduler.json")
        listening = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(written))
        stack.enter_context(dask("scheduler", *listening, "--no-dashboard"))
        until(lambda: written.is_file() and written.read_text("utf-8").rstrip().endswith("}"))
        address = json.loads(written.read_text("utf-8"))["address"]
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
        running = [stack.enter_context(dask("worker", address, *options)) for _ in range(workers)]
        with distributed.Client(address, timeout=PATIENCE) as client:
            client.wait_for_workers(workers, timeout=PATIENCE)
        yield address, running


def test_a_site_is_the_same_however_it_was_made_though_a_worker_is_killed(archive: Path) -> None:
    serial = build(archive, "serial", BuildSettings(workers=1))
    processes = build(archive, "processes", BuildSettings(workers=2))
    with cluster(workers=2) as (address, workers):

        def kill(stage: str, done: int, total: int) -> None:
            if stage == "extract" and done < total:
                workers[0].kill()

        bereft = build(archive, "bereft", BuildSettings(executor=address), kill)
        assert workers[0].wait() != 0
        assert workers[1].poll() is None
    assert (ARTICLES, 1) == (serial[1].articles, len(serial[1].problems))
    assert serial == processes == bereft


def test_what_ends_every_worker_is_a_problem_and_the_others_are_done() -> None:
    stage: Stage[str, str] = Stage("extract", deadly, str, None, lambda _: Digest(""), str, Digest, batch_size=2)
    items = [f"{number}" for number in range(9)] + [DEADLY]
    with (
        cluster(workers=3) as (address, _),
        Workers(BuildSettings(executor=address), cluster=cluster_access) as workers,
    ):
        done = {result.index: result.value for result in run_memoised(None, workers, stage, items, silent)}
    text = "was left out: the process that worked on it ended"
    expected = [*(f"made of {item}" for item in items[:-1]), Problem("extract", DEADLY, text)]
    assert dict(enumerate(expected)) == done


def deadly(batch: tuple[str, ...], _: None) -> tuple[str, ...]:
    if DEADLY in batch:
        os.kill(os.getpid(), signal.SIGKILL)
    return tuple(f"made of {item}" for item in batch)


def test_a_cluster_of_this_machine_is_started_and_ended(archive: Path) -> None:
    assert build(archive, "serial", BuildSettings(workers=1)) == build(
        archive, "dask", BuildSettings(workers=2, executor="dask")
    )


def test_an_article_that_takes_too_much_is_ended_on_a_cluster_too(tmp_path: Path) -> None:
    settings = replace(test_limits.TINY, workers=2, executor="dask")
    items = [*test_limits.ITEMS, "in a library"]
    # Only in the main thread, which on a cluster does no work, can an item be called out of a pattern; and a cluster does
    # not say why a process ended.
    ended = {item: Problem("extract", item, test_limits.ENDED) for item in ("in a pattern", "in a library")}
    assert {**test_limits.expected(items), **ended} == test_limits.run(tmp_path, settings, items)


def test_a_cluster_that_cannot_be_reached_is_a_sentence_and_the_old_site_stays(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glossator_dask.TIMEOUT", 0.5)
    address = "tcp://127.0.0.1:9"
    before, _ = build(archive, "one", BuildSettings(workers=1))
    lay(
        archive,
        "-- content/saved/new.txt --\nNews\n\nJonas Aber sang on the quay of Ravnsborg, and the choir with him.\n",
    )
    with pytest.raises(SiteError) as raised:
        build(archive, "one", BuildSettings(executor=address))
    assert f"The cluster {address} cannot be reached." == raised.value.message
    assert before == contents(archive / "one/site")
