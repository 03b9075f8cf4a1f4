"""The documentation says what the program does: settings, dependencies, commands and options, links."""

from __future__ import annotations

import dataclasses
import json
import re
import runpy
import shutil
import tomllib
from collections.abc import Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from click import Context
from click.testing import CliRunner

from glossator import config, read_config
from glossator.config import FROM_DECISIONS, Config, SiteRule
from glossator.content.article_files import compose
from glossator.content.decisions import parse_decisions
from glossator.content.own_texts import NOTE_FIELDS
from glossator.export import FORMATS
from glossator.extension_points import lookup
from glossator.model import Conversion, Extracted
from tests import template_data

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
TABLE = {
    "extract": "extract",
    "annotate": "entities",
    "plan": "plan",
    "site": "site",
    "build": "build",
    "inbox": "inbox",
}
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
        if section.name in ("private", "extensions"):  # no file sets them
            continue
        if not dataclasses.is_dataclass(defaults):
            yield "annotate", section.name, defaults  # `verified_by` stands in the table of entities
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
    page = (ROOT / "docs/pages/configuration.md").read_text("utf-8")
    table = page.partition(f"## `[{TABLE[section]}]`")[2].partition("\n## ")[0]
    row = next((line for line in table.splitlines() if line.startswith(f"| `{name}` |")), "")
    assert f"`{as_toml(default)}`" in row


def test_the_model_of_each_language_is_documented_with_its_default() -> None:
    assert f'`"{config.DEFAULT_MODEL}"`' in rows("docs/pages/configuration.md", "setting")["model"]


def test_no_setting_is_documented_that_does_not_exist() -> None:
    real = {UNUSUAL.get(name, name) for _, name, _ in settings()}
    assert real | {field.name for field in dataclasses.fields(SiteRule)[1:]} == set(
        rows("docs/pages/configuration.md", "setting")
    )


def test_the_example_of_the_configuration_is_accepted(tmp_path: Path) -> None:
    page = (ROOT / "docs/pages/configuration.md").read_text("utf-8")
    example = tmp_path / "glossator.toml"
    example.write_text(page.partition("```toml\n")[2].partition("```")[0], "utf-8")
    assert read_config.load(example).site.title == "Harbour cuttings"


def test_the_example_of_the_decisions_is_understood() -> None:
    page = (ROOT / "docs/pages/correcting.md").read_text("utf-8")
    _, problems = parse_decisions(page.partition("```toml\n")[2].partition("```")[0])
    assert () == problems


def test_every_command_that_decides_is_explained() -> None:
    page = (ROOT / "docs/pages/correcting.md").read_text("utf-8")
    assert [] == [
        name for name in verbs()["entity"].commands if f"`entity {name}" not in page and f"entity {name} " not in page
    ]


def test_the_settings_of_the_sample_archive_are_accepted() -> None:
    assert read_config.load(ROOT / "glossator.toml").site.title


def test_every_direct_dependency_is_documented_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project.get("dependency-groups", {}).values()
    wanted = [*project["project"]["dependencies"], *(one for group in groups for one in group if isinstance(one, str))]
    names = {re.split(r"[^A-Za-z0-9._-]", one)[0].lower() for one in wanted}
    assert names == set(rows("docs/pages/dependencies.md", "package"))


def main() -> Any:
    """Return the command line, imported here so that the other tests of this file do not need what it needs."""
    return import_module("glossator.cli").main


def verbs() -> dict[str, Any]:
    """Return the commands of the command line by name."""
    return below(main())


def below(group: Any) -> dict[str, Any]:
    """Return the commands of a group by name."""
    context = Context(group)
    return {name: group.get_command(context, name) for name in group.list_commands(context)}


def test_every_command_is_documented_and_no_other() -> None:
    assert set(verbs()) == set(rows("docs/pages/commands.md", "command"))


def commands_of(group: Any) -> list[Any]:
    """Return a group and all commands below it."""
    found = (commands_of(one) if hasattr(one, "commands") else [one] for one in below(group).values())
    return [group, *chain.from_iterable(found)]


def test_every_option_of_every_command_is_documented() -> None:
    page = (ROOT / "docs/pages/commands.md").read_text("utf-8")
    commands = commands_of(main())
    options = {
        option for command in commands for parameter in command.params for option in parameter.opts if option[0] == "-"
    }
    assert [] == sorted(option for option in options if f"`{option}" not in page)


def test_no_option_is_documented_that_does_not_exist() -> None:
    page = (ROOT / "docs/pages/commands.md").read_text("utf-8")
    commands = commands_of(main())
    known = {option for command in commands for parameter in command.params for option in parameter.opts} | {"--help"}
    assert [] == sorted(set(re.findall(r"`(--[a-z][a-z-]*)", page)) - known)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_within_the_documentation_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    found = [*re.findall(r"\]\(([^)\s]+)\)", text), *re.findall(r"\bsrc(?:set)?=\"([^\"]+)\"", text)]
    targets = [target.partition("#")[0] for target in found]
    local = [target for target in targets if target and not re.match(r"[a-z]+:|\.\./\.\./deployments/", target)]
    assert [] == [target for target in local if not (page.parent / target).exists()]


def test_every_field_of_an_article_is_documented_and_no_other() -> None:
    filled = dict.fromkeys(Extracted.__struct_fields__, "full")
    lists = dict.fromkeys(("authors", "tags"), ("x",))
    conversion = Conversion("a.html", "0", "html", "1")
    written = compose(Extracted(**{**filled, **lists, "rights": "excerpt", "conversion": conversion, "pictures": ()}))  # type: ignore[arg-type]
    fields = set(re.findall(r"^(\w+):", written.split("---")[1], re.MULTILINE))
    page = (ROOT / "docs/pages/content.md").read_text("utf-8").partition("## Pages")[0]
    documented = set(re.findall(r"^\| `(\w+)` \| [A-Z]", page.partition("| field | meaning |")[2], re.MULTILINE))
    assert fields == documented


def test_every_field_of_a_note_is_documented_and_no_other() -> None:
    page = (ROOT / "docs/pages/entities.md").read_text("utf-8").partition("## Notes")[2]
    assert set(NOTE_FIELDS) == set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))


def test_the_fields_that_templates_see_are_documented_as_they_are() -> None:
    page = (ROOT / "docs/pages/template-data.md").read_text("utf-8")
    remedy = "run: make generated"
    assert "\n\n".join(template_data.tables()) == page[page.index("### ") :].rstrip(), remedy


def test_every_format_of_an_export_is_documented_and_no_other() -> None:
    cells = rows("docs/pages/export.md", "format")
    assert {*FORMATS, *lookup.own("exports")} == {name for cell in cells for name in re.findall(r"[a-z]+", cell)}


def test_the_page_of_behaviours_is_what_its_script_writes() -> None:
    script = runpy.run_path(str(ROOT / "docs/behaviours.py"))
    written = (ROOT / "docs/pages/behaviours.md").read_text("utf-8")
    assert script["page"]() == written, "run: make generated"


def test_the_documentation_is_a_site_without_mistakes(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    where = [
        f"--content={tmp_path / 'docs'}",
        f"--site={tmp_path / 'site'}",
        f"--config={tmp_path / 'docs/glossator.toml'}",
    ]
    done = CliRunner(catch_exceptions=False).invoke(main(), ["check", *where, "--workers=1", "--no-search", "--json"])
    assert [] == [found for found in json.loads(done.stdout)["findings"] if found["wrong"]]
    home = (tmp_path / "site" / "index.html").read_text("utf-8")
    pages = {path.relative_to(ROOT / "docs/pages").with_suffix(".html") for path in ROOT.glob("docs/pages/*.md")}
    assert {f'href="{page}"' for page in map(str, pages) if page != "index.html"} <= set(
        re.findall(r'href="[^"]+"', home)
    )


def test_the_layout_names_what_is_in_the_package_and_all_that_stands_at_its_top() -> None:
    layout = (ROOT / "docs/pages/architecture.md").read_text("utf-8").split("```")[1]
    named, above = set[Path](), [ROOT]
    for line in layout.splitlines():
        if not line.strip():
            continue
        depth, name = (len(line) - len(line.lstrip())) // 4, line.split()[0]
        above[depth + 1 :] = [above[depth] / name]
        named.add(above[depth + 1])
    assert [] == [path for path in named if not path.exists()]
    entries = {
        path for path in (ROOT / "glossator").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert {"__init__.py", "__main__.py"} == {path.name for path in entries - named}
