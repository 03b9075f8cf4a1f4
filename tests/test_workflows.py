"""The workflows that GitHub runs: they can be checked here only by reading them."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.version import Version

from glossator import __version__
from requirements import release

ROOT = Path(__file__).parents[1]
PINNED = re.compile(r"(?:actions|pypa)/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
"""An action by its commit, with the version in words."""
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def read(name: str) -> dict[Any, Any]:
    workflow: dict[Any, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text("utf-8"))
    return workflow


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_by_its_commit(path: Path) -> None:
    used = re.findall(r"uses: (.*)", path.read_text("utf-8"))
    assert used == [action for action in used if PINNED.fullmatch(action)]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflow_may_only_read_the_repository(path: Path) -> None:
    assert {"contents": "read"} == read(path.name)["permissions"]


def test_pages_are_deployed_after_the_build_and_with_exactly_the_rights_it_needs() -> None:
    deploy = read("pages.yml")["jobs"]["deploy"]
    assert "build" == deploy["needs"]
    assert {"pages": "write", "id-token": "write"} == deploy["permissions"]
    assert "github-pages" == deploy["environment"]["name"]


def test_pages_are_built_for_the_address_they_will_have_and_uploaded_from_where_they_are_built() -> None:
    steps = read("pages.yml")["jobs"]["build"]["steps"]
    (configure,) = (step for step in steps if step.get("uses", "").startswith("actions/configure-pages@"))
    (upload,) = (step for step in steps if step.get("uses", "").startswith("actions/upload-pages-artifact@"))
    (build,) = (step for step in steps if "run" in step)
    assert '--url "$BASE_URL" || [ $? = 1 ]' in build["run"]
    assert "${{ steps." + configure["id"] + ".outputs.base_url }}" == build["env"]["BASE_URL"]
    assert {"path": "site"} == upload["with"]
    assert steps.index(configure) < steps.index(build) < steps.index(upload)


def test_pages_are_deployed_one_at_a_time() -> None:
    assert {"group": "pages", "cancel-in-progress": False} == read("pages.yml")["concurrency"]


def test_tests_run_on_every_python_that_is_supported_and_on_the_next() -> None:
    matrix = read("test.yml")["jobs"]["test"]["strategy"]["matrix"]
    supported = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text("utf-8"))
    assert [*supported, "3.14"] == matrix["python"]
    assert [{"python": "3.11", "tests": "test-lowest"}] == matrix["include"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_checkout_leaves_the_password_of_the_repository_behind(path: Path) -> None:
    steps = [step for job in read(path.name)["jobs"].values() for step in job["steps"]]
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    assert [False] * len(checkouts) == [step["with"]["persist-credentials"] for step in checkouts]


def test_an_audit_that_could_look_nothing_up_fails_and_covers_the_lowest_versions() -> None:
    (run,) = (step["run"] for step in read("audit.yml")["jobs"]["audit"]["steps"] if "run" in step)
    assert "--require-hashes --no-deps -r requirements/audit.txt" in run
    assert "pip_audit --strict" in run
    assert "requirements/lowest.txt" in run


def test_lowest_versions_are_those_that_the_project_admits() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lock = (ROOT / "requirements" / "lowest.txt").read_text("utf-8")
    locked = dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", lock, re.MULTILINE))
    stated = (re.fullmatch(r"([A-Za-z0-9._-]+)[>=]=([0-9.]+).*", line) for line in project["dependencies"])
    lowest = {match[1]: match[2] for match in stated if match}
    assert len(lowest) == len(project["dependencies"])
    assert {name: Version(version) for name, version in lowest.items()} == {
        name: Version(locked[name]) for name in lowest
    }


def test_the_citation_has_the_version_of_the_project() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert (__version__, "MIT") == (citation["version"], citation["license"])


def test_release_is_tried_where_it_will_be_used_before_anybody_gets_it() -> None:
    jobs = read("release.yml")["jobs"]
    assert ("build", "test", "publish") == tuple(jobs[name]["needs"] for name in ("test", "publish", "release"))
    matrix = jobs["test"]["strategy"]["matrix"]
    supported = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text("utf-8"))
    assert (supported, {"ubuntu", "macos", "windows"}) == (
        matrix["python"],
        {name.split("-")[0] for name in matrix["system"]},
    )
    assert {"id-token": "write"} == jobs["publish"]["permissions"]


def test_release_fills_its_addresses_into_the_first_lines_a_reader_sees() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    filled = release.filled(readme, "Ada/Cuttings", "9.8.7")
    wheel = "https://github.com/Ada/Cuttings/releases/download/v9.8.7/glossator-9.8.7-py3-none-any.whl"
    assert (0, True) == (readme.count(wheel), wheel in filled)
    assert "[The demo](https://ada.github.io/Cuttings/)" in filled
    assert release.INSTALLED not in filled


def test_readme_installs_no_name_that_somebody_else_may_take() -> None:
    lines = re.findall(r"^\$ (?:pip|pipx|uv|uvx) .*$", (ROOT / "README.md").read_text("utf-8"), flags=re.MULTILINE)
    assert lines
    assert [] == [line for line in lines if "git+" not in line and "://" not in line and ".whl" not in line]
