"""The documentation says what the program does: settings, dependencies, commands and options, links."""

from __future__ import annotations

import dataclasses
import json
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from glossator import config
from glossator.config import FROM_DECISIONS, Config, SiteRule
from glossator.content.decisions import parse_decisions

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
TABLE = {"extract": "extract", "annotate": "entities", "plan": "plan", "site": "site", "build": "build"}
"""Slice of the settings -> its table in the file."""
UNUSUAL = {"models": "model", "rules": "keep"}
"""Settings with another name in the file, each in a table of its own."""


def rows(page: str, header: str) -> dict[str, str]:
    """Return first cell -> other cells, for every table on a page whose first column has that header."""
    found: dict[str, str] = {}
    current = ""
    for line in (ROOT / page).read_text("utf-8").splitlines():
        first, _, rest = line.strip("|").partition("|")
        if not line.startswith("|"):
            current = ""
        elif not current:
            current = first.strip()
        elif current == header and not first.startswith("---"):
            found[first.strip().strip("`")] = rest
    return found


def settings() -> Iterator[tuple[str, str, object]]:
    for section in dataclasses.fields(Config):
        defaults = getattr(Config(), section.name)
        if not dataclasses.is_dataclass(defaults):  # no file sets `private`
            continue
        for one in dataclasses.fields(defaults):
            if one.metadata == FROM_DECISIONS:
                continue
            yield section.name, one.name, getattr(defaults, one.name)


def as_toml(value: object) -> str:
    """Format a default as in the file."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


@pytest.mark.parametrize(("section", "name", "default"), [one for one in settings() if one[1] not in UNUSUAL])
def test_every_setting_is_documented_with_its_default(section: str, name: str, default: object) -> None:
    page = (ROOT / "docs/configuration.md").read_text("utf-8")
    table = page.partition(f"## `[{TABLE[section]}]`")[2].partition("\n## ")[0]
    row = next((line for line in table.splitlines() if line.startswith(f"| `{name}` |")), "")
    assert f"`{as_toml(default)}`" in row


def test_the_model_of_each_language_is_documented_with_its_default() -> None:
    assert f'`"{config.DEFAULT_MODEL}"`' in rows("docs/configuration.md", "setting")["model"]


def test_no_setting_is_documented_that_does_not_exist() -> None:
    real = {UNUSUAL.get(name, name) for _, name, _ in settings()}
    assert real | {field.name for field in dataclasses.fields(SiteRule)[1:]} == set(
        rows("docs/configuration.md", "setting")
    )


def test_the_example_of_the_configuration_is_accepted(tmp_path: Path) -> None:
    page = (ROOT / "docs/configuration.md").read_text("utf-8")
    example = tmp_path / "glossator.toml"
    example.write_text(page.partition("```toml\n")[2].partition("```")[0], "utf-8")
    assert config.load(example).site.title == "Harbour cuttings"


def test_the_example_of_the_decisions_is_understood() -> None:
    page = (ROOT / "docs/correcting.md").read_text("utf-8")
    _, problems = parse_decisions(page.partition("```toml\n")[2].partition("```")[0])
    assert () == problems


def test_every_command_that_decides_is_explained() -> None:
    page = (ROOT / "docs/correcting.md").read_text("utf-8")
    assert [] == [
        name
        for name in main().commands["entity"].commands
        if f"`entity {name}" not in page and f"entity {name} " not in page
    ]


def test_the_settings_of_the_sample_archive_are_accepted() -> None:
    assert config.load(ROOT / "glossator.toml").site.title


def test_every_direct_dependency_is_documented_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project.get("dependency-groups", {}).values()
    wanted = [*project["project"]["dependencies"], *(one for group in groups for one in group if isinstance(one, str))]
    names = {re.split(r"[^A-Za-z0-9._-]", one)[0].lower() for one in wanted}
    assert names == set(rows("docs/dependencies.md", "package"))


def main() -> Any:
    """Return the command line, imported here so that the other tests of this file do not need what it needs."""
    return import_module("glossator.cli").main


def test_every_command_is_documented_and_no_other() -> None:
    assert set(main().commands) == set(rows("docs/commands.md", "command"))


def commands_of(group: Any) -> list[Any]:
    """Return a group and all commands below it."""
    below = (commands_of(command) if hasattr(command, "commands") else [command] for command in group.commands.values())
    return [group, *chain.from_iterable(below)]


def test_every_option_of_every_command_is_documented() -> None:
    page = (ROOT / "docs/commands.md").read_text("utf-8")
    commands = commands_of(main())
    options = {
        option for command in commands for parameter in command.params for option in parameter.opts if option[0] == "-"
    }
    assert [] == sorted(option for option in options if f"`{option}" not in page)


def test_no_option_is_documented_that_does_not_exist() -> None:
    page = (ROOT / "docs/commands.md").read_text("utf-8")
    commands = commands_of(main())
    known = {option for command in commands for parameter in command.params for option in parameter.opts} | {"--help"}
    assert [] == sorted(set(re.findall(r"`(--[a-z][a-z-]*)", page)) - known)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_within_the_documentation_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    local = [target for target in targets if target and not re.match(r"[a-z]+:", target)]
    assert [] == [target for target in local if not (page.parent / target).exists()]
