"""One article never stops the rest: work that takes too much time or memory is ended, named and remembered."""

from __future__ import annotations

import os
import platform
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import msgspec
import pytest

from glossator import pipeline
from glossator.cli.extensions import cluster_access, load_extended
from glossator.config import BuildSettings, ExtractSettings
from glossator.incremental.cache import Cache
from glossator.incremental.memo import StageResult, run_memoised
from glossator.incremental.stage import Stage
from glossator.incremental.workers.article_limits import LimitReached, Limits, essential, limited
from glossator.incremental.workers.batches import GuardedTask, run_guarded
from glossator.incremental.workers.executors import MOST_IN_PLACE, Workers, start_worker
from glossator.incremental.workers.processes import WorkerProcesses
from glossator.markup import read, weave
from glossator.model import Digest, Problem
from glossator.pipeline.rendering.compose import PageJob, PageSources, RenderedPage, make_pages
from tests.extracted import extract
from tests.sites import contents, lay, leave_out_search, silent
from tests.sweeps import sweep

# Hypothesis measures garbage collections, and an interruption that comes within its callback is told as a warning.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <function gc_cumulative_time:pytest.PytestUnraisableExceptionWarning"
)

TINY = BuildSettings(workers=1, article_seconds=1, article_megabytes=100)
SLOW = "was left out: needs more than 1 CPU seconds; article_seconds in [build] is the limit"
LARGE = "was left out: needs more than 100 MB of memory; article_megabytes in [build] is the limit"
ENDED = "was left out: the process that worked on it ended"
ITEMS = [*(f"good {number}" for number in range(2 * MOST_IN_PLACE)), "slow", "in a pattern", "large"]


def work(batch: tuple[str, ...], folder: str) -> tuple[str, ...]:
    """Do as the items say, and leave a file for each in the folder, with a letter for each try."""
    for item in batch:
        with Path(folder, item).open("a", encoding="utf-8") as tries:
            tries.write("x")
        match item:
            case "slow":
                while True:
                    pass
            case "in a pattern":
                __import__("re").match("(a|aa)+$", "a" * 60 + "b")
            case "large":
                bytes(500 << 20)
            case "in a library":
                sum(range(1 << 60))  # Python looks at no signal before it is done
            case "deadly":
                os.kill(os.getpid(), signal.SIGKILL)
            case "essential":
                with essential():
                    while True:
                        pass
    return tuple(f"made of {item}" for item in batch)


def stage(folder: Path) -> Stage[str, str]:
    return Stage("extract", work, str, str(folder), lambda _: Digest(""), str, Digest, batch_size=4)


def run(
    folder: Path,
    limits: BuildSettings,
    items: list[str] = ITEMS,
    cache: Cache | None = None,
    kept: Executor | None = None,
    **more: object,
) -> dict[str, object]:
    with Workers(limits, kept, cluster_access) as workers:
        results = list(run_memoised(cache, workers, msgspec.structs.replace(stage(folder), **more), items, silent))
    return {items[result.index]: result.value for result in results}


def expected(items: list[str]) -> dict[str, object]:
    reasons = {"slow": SLOW, "in a pattern": SLOW, "large": LARGE, "in a library": SLOW, "deadly": ENDED}
    return {item: Problem("extract", item, reasons[item]) if item in reasons else f"made of {item}" for item in items}


@pytest.mark.parametrize("workers", sweep([1, 2], 1))
def test_an_item_that_takes_too_much_is_named_and_the_others_are_done(tmp_path: Path, workers: int) -> None:
    assert expected(ITEMS) == run(tmp_path, replace(TINY, workers=workers))


@pytest.mark.slow
def test_so_it_is_in_a_thread(tmp_path: Path) -> None:
    items = [item for item in ITEMS if item != "in a pattern"]  # only the main thread can be called out of one
    with ThreadPoolExecutor(1) as pool:
        assert expected(items) == pool.submit(run, tmp_path, TINY, items).result()


@pytest.mark.slow
def test_in_the_preview_a_process_is_ended_that_hears_nothing_and_the_next_one_goes_on(tmp_path: Path) -> None:
    items = ["good 1", "in a pattern", "in a library", "deadly", "large", "good 2"]
    others = set(active_children())
    worker = WorkerProcesses(1, start_worker)
    with ThreadPoolExecutor(1) as pool:
        assert expected(items) == pool.submit(run, tmp_path, TINY, items, kept=worker, singly=True).result()
    worker.shutdown()
    assert set(active_children()) <= others


@pytest.mark.parametrize("slow", sweep(["slow", "in a library"], 1))
def test_what_took_too_much_was_tried_once_and_is_not_tried_again(tmp_path: Path, cache: Cache, slow: str) -> None:
    items = ["good 1", slow, "good 2"]
    for _ in range(2):
        assert expected(items) == run(tmp_path, TINY, items, cache, singly=True, risky=lambda item: item == slow)
    assert {"good 1": "x", slow: "x", "good 2": "x"} == {item: (tmp_path / item).read_text("utf-8") for item in items}


def swallow(batch: tuple[str, ...], _: str) -> tuple[str, ...]:
    """Take the interruption for a fault of the input, as a library may."""
    with suppress(Exception):
        while True:
            pass
    return batch


def test_an_interruption_that_a_library_swallows_is_told_all_the_same(tmp_path: Path) -> None:
    assert expected(["slow"]) == run(tmp_path, TINY, ["slow"], work=swallow)


def fail(_: tuple[str, ...], kind: str) -> tuple[str, ...]:
    raise {"MemoryError": MemoryError, "SystemError": SystemError}[kind]("error return without exception set")


@pytest.mark.parametrize("kind", ["MemoryError", "SystemError"])
def test_a_lack_of_memory_is_told_as_the_limit(tmp_path: Path, kind: str) -> None:
    assert expected(["large"]) == run(tmp_path, TINY, ["large"], work=fail, settings=kind)


@pytest.mark.slow
@pytest.mark.parametrize("workers", sweep([1, 2], 1))
def test_an_item_that_ends_its_process_or_hears_nothing_costs_no_other(tmp_path: Path, workers: int) -> None:
    items = ["deadly", *ITEMS[:-3], "in a library"]
    assert expected(items) == run(tmp_path, replace(TINY, workers=workers), items, risky=lambda item: item == "deadly")


def test_there_is_no_limit_if_there_shall_be_none(tmp_path: Path) -> None:
    settings = replace(TINY, article_megabytes=0)
    assert "made of large" == run(tmp_path, settings, ["large"])["large"]


def fill(batch: tuple[str, ...], _: str) -> tuple[str, ...]:
    """Use 100 MB for a while, with something behind it that stays, so that the heap cannot shrink from its end."""
    blocks = [bytes(2000) for _ in range(50_000)]
    PINNED.append(bytes(2000))
    del blocks
    return batch


PINNED: list[bytes] = []


def resident() -> int:
    """Return the bytes that this process has in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.slow
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another allocator")
def test_a_worker_returns_the_memory_of_a_large_article() -> None:
    task = GuardedTask(Limits(), "extract", fill, ("large",), ("large",), "")
    with Workers(TINY) as workers:
        executor = workers.executor(1, risky=True)
        before = executor.submit(resident).result()
        executor.submit(run_guarded, task).result()
        assert 50_000_000 > executor.submit(resident).result() - before


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path / "memory.sqlite3") as opened:
        yield opened


@pytest.mark.slow
def test_what_took_too_much_is_remembered_until_the_limit_changes(tmp_path: Path, cache: Cache) -> None:
    marks = tmp_path / "marks"
    for settings, tried in ((TINY, True), (TINY, False), (replace(TINY, article_megabytes=101), True)):
        marks.mkdir(exist_ok=True)
        assert expected(["slow"]) == run(marks, settings, ["slow"], cache)
        assert tried == (marks / "slow").exists()
        (marks / "slow").unlink(missing_ok=True)


@pytest.mark.slow
def test_a_result_that_stands_in_is_remembered_with_its_problem(tmp_path: Path, cache: Cache) -> None:
    stands_in = msgspec.structs.replace(stage(tmp_path), at_limit=lambda item: f"instead of {item}", lost="is bare")
    runs: list[list[StageResult[str]]] = []
    for _ in range(2):
        with Workers(TINY) as workers:
            runs.append(list(run_memoised(cache, workers, stands_in, ["slow", "essential"], silent)))
    problem = Problem("extract", "slow", SLOW.replace("was left out", "is bare"))
    assert ("instead of slow", problem) == (runs[0][0].value, runs[0][0].problem)
    assert Problem("extract", "essential", SLOW) == runs[0][1].value
    assert runs[0] == runs[1]
    assert cache.result(runs[0][0].key)


def test_an_article_that_is_interrupted_spoils_no_other() -> None:
    other = "*One* and _two_, [three](https://harbour.example/) and **four**."
    expected = weave(other)
    for seconds in (0.1, 0.15, 0.2, 0.25, 0.3):
        with pytest.raises(LimitReached), limited(Limits(seconds)):
            read("*a_b" * 1_000_000)
        assert expected == weave(f"{other}\n").strip()


def work_in_parts(done: list[str]) -> None:
    """Work for ever, after two parts that are ended."""
    for _ in range(2):
        with suppress(LimitReached), limited(Limits(0.05)):
            while True:
                pass
        done.append("part")
    while True:
        pass


def test_a_limit_within_another_ends_its_own_part_alone() -> None:
    done: list[str] = []
    with pytest.raises(LimitReached), limited(Limits(0.4)):
        work_in_parts(done)
    assert ["part", "part"] == done


# ---- a whole archive -------------------------------------------------------------------------------------------------

PARAGRAPH = "\n\n"
ARCHIVE = f"""\
-- content/articles/wall.md --
---
title: Harbour wall to be raised
---
Marta Lindqvist of the Skerry Harbour Board spoke in Ravnsborg.
-- content/articles/endless.md --
---
title: A word too many
---
{f"{'Marta Lindqvist of the Skerry Harbour Board spoke in Ravnsborg of it. ' * 10}{PARAGRAPH}" * 2_000}
-- content/saved/endless.html --
<title>Another word</title><table>{"<tr><td>Marta Lindqvist spoke<td>of it in Ravnsborg" * 18_000}</table>
-- content/saved/crane.html --
<title>The crane turns again</title><article><p>{"Jonas Aber repaired the crane of Ravnsborg. " * 20}</p></article>
"""


@pytest.mark.slow
def test_an_archive_with_such_articles_is_built_and_they_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    # The first page that is read loads libraries, which on a busy machine takes most of a CPU second.
    extract(b"<title>Calm</title><article><p>The crane stands still.</p></article>", "calm.html", ExtractSettings())
    lay(tmp_path, ARCHIVE)
    config = replace(
        load_extended(tmp_path / "glossator.toml"),
        build=replace(TINY, article_megabytes=1000),
    )
    paths = pipeline.ArchivePaths(tmp_path / "content", tmp_path / "site")
    built = [pipeline.bring_up_to_date(paths, config, silent) for _ in range(2)]
    said = {problem.path: problem.message for problem in built[0].problems}
    assert len(said) == len(built[0].problems)
    shown_bare = SLOW.replace("was left out", "is shown without marks")
    assert {"articles/endless.md": shown_bare, "endless.html": SLOW} == said
    assert (True, built[0].problems) == (built[0].failed, built[1].problems)
    site = contents(tmp_path / "site")
    assert {"articles/wall.html", "articles/endless.html", "articles/the-crane-turns-again.html"} <= site.keys()
    assert b'class="mark"' in site["articles/wall.html"]
    assert b'class="mark"' not in site["articles/endless.html"]
    assert 20_000 == site["articles/endless.html"].count(b"spoke in Ravnsborg of it")


# ---- pages -----------------------------------------------------------------------------------------------------------

ENDLESS_TEMPLATE = """\
-- templates/article.html --
{% macro endless() %}{% for _ in range(100000) %}{% for _ in range(100000) %}{% endfor %}{% endfor %}{% endmacro %}
{% set title = page.frame.title %}
<title>{{ title }}</title>{{ page.body }}
{% if title == "Endless" or (title == "Heavy" and page.glossary) %}{{ endless() }}{% endif %}
"""
PAGES = f"""\
{ENDLESS_TEMPLATE}\
-- content/articles/light.md --
---
title: Light
---
Marta Lindqvist of the Skerry Harbour Board spoke in Ravnsborg.
-- content/articles/heavy.md --
---
title: Heavy
---
Marta Lindqvist spoke of it in Ravnsborg.
-- content/articles/endless.md --
---
title: Endless
---
Marta Lindqvist spoke of it in Ravnsborg.
"""
SOUND_PAGES = "".join(
    f"-- content/articles/{number}.md --\n---\ntitle: Number {number}\n---\nMarta Lindqvist spoke of it.\n"
    for number in range(8)
)
PAGE_PROBLEMS = {
    "articles/heavy.md": SLOW.replace("was left out", "is shown without marks"),
    "articles/endless.md": SLOW,
}


def build_pages(folder: Path, settings: BuildSettings = TINY) -> tuple[pipeline.Report, dict[str, bytes]]:
    """Build the archive; return the report and the site."""
    config = replace(
        load_extended(folder / "glossator.toml"),
        build=replace(settings, article_megabytes=1000),
    )
    paths = pipeline.ArchivePaths(folder / "content", folder / "site")
    return pipeline.bring_up_to_date(paths, config, silent), contents(folder / "site")


def problems(report: pipeline.Report) -> dict[str, str]:
    return {problem.path: problem.message for problem in report.problems}


@pytest.mark.slow
@pytest.mark.parametrize("workers", sweep([1, 2], 1))
def test_a_page_that_takes_too_long_is_bare_or_left_out_and_the_others_are_built(
    workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    monkeypatch.setattr("glossator.pipeline.rendering.render_pages.PAGES_FOR_WORKERS", 2)
    report, site = build_pages(lay(tmp_path, PAGES), replace(TINY, workers=workers))
    assert (PAGE_PROBLEMS, True) == (problems(report), report.failed)
    assert b'class="mark"' in site["articles/light.html"]
    assert b'class="mark"' not in site["articles/heavy.html"]
    assert b"Marta Lindqvist spoke of it in Ravnsborg." in site["articles/heavy.html"]
    assert "articles/endless.html" not in site
    assert not [path for path, content in site.items() if b"endless" in content and path.endswith(".html")]


@pytest.mark.model
def test_many_signs_without_a_space_cost_an_article_no_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    said = "Marta Lindqvist of the Skerry Harbour Board spoke in Ravnsborg."
    lay(tmp_path, f"-- content/articles/signs.md --\n{said}\n\n{'“' * 20_000}{said}\n")
    report, site = build_pages(tmp_path, replace(TINY, article_seconds=8))
    assert ({}, True) == (problems(report), b'class="mark"' in site["articles/signs.html"])
    assert site["articles/signs.html"].decode().count("“") >= 20_000


@pytest.mark.slow
@pytest.mark.parametrize(
    "step",
    [
        "glossator.pipeline.rendering.index_search.stage_index",
        "glossator.pipeline.rendering.render_pages.store_worker_inputs",
    ],
)
def test_no_worker_holds_memory_that_the_next_step_does_not_need(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others, alive = set(active_children()), list[int]()
    module, _, name = step.rpartition(".")
    original = getattr(import_module(module), name)

    def spied(*arguments: object) -> object:
        alive.append(len(set(active_children()) - others))
        return original(*arguments)

    monkeypatch.setattr("glossator.pipeline.rendering.render_pages.PAGES_FOR_WORKERS", 2)
    monkeypatch.setattr("glossator.incremental.workers.executors.MOST_IN_PLACE", 0)
    monkeypatch.setattr(step, spied)
    build_pages(lay(tmp_path, SOUND_PAGES), replace(TINY, workers=2))
    assert [0] == alive[:1]


@pytest.mark.slow
def test_so_it_is_in_a_thread_and_beside_workers_with_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    _, here = build_pages(lay(tmp_path / "here", PAGES))
    with ThreadPoolExecutor(1) as pool:
        _, in_thread = pool.submit(build_pages, lay(tmp_path / "thread", PAGES)).result()
    monkeypatch.setattr("glossator.pipeline.rendering.render_pages.PAGES_FOR_WORKERS", 2)
    _, by_workers = build_pages(lay(tmp_path / "workers", PAGES), replace(TINY, workers=2))
    assert here == in_thread == by_workers


@pytest.mark.slow
def test_what_became_of_a_page_is_remembered_until_text_or_template_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    _, first = build_pages(lay(tmp_path, PAGES))
    light = tmp_path / "content" / "articles" / "light.md"
    light.write_text(light.read_text("utf-8") + "\nJonas Aber listened.\n", "utf-8")
    tried: list[str] = []

    def spied(sources: PageSources, jobs: Sequence[PageJob], *more: Any) -> tuple[RenderedPage, ...]:
        made = make_pages(sources, jobs, *more)
        tried.extend(page.path for page in made if page.content is not None or page.exceeded)
        return made

    monkeypatch.setattr("glossator.pipeline.rendering.render_pages.make_pages", spied)
    report, second = build_pages(tmp_path)
    assert (PAGE_PROBLEMS, ["articles/light.html"]) == (problems(report), tried)
    assert first["articles/heavy.html"] == second["articles/heavy.html"]
    heavy = tmp_path / "content" / "articles" / "heavy.md"
    heavy.write_text("---\ntitle: Weightless\n---\nMarta Lindqvist spoke.\n", "utf-8")
    report, site = build_pages(tmp_path)
    assert ({"articles/endless.md": SLOW}, True) == (problems(report), b'class="mark"' in site["articles/heavy.html"])
    lay(tmp_path, "-- templates/article.html --\n<title>{{ page.frame.title }}</title>{{ page.body }}\n")
    report, site = build_pages(tmp_path)
    assert ({}, True) == (problems(report), b'class="mark"' in site["articles/endless.html"])


def test_a_stage_without_limits_has_its_time(tmp_path: Path) -> None:
    assert "made of large" == run(tmp_path, TINY, ["large"], limited=False)["large"]
