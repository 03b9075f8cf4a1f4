"""The JSON schema of glossator.toml: an editor that follows it says of a file what a build says."""

from __future__ import annotations

import json
import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from docs import settings_schema
from glossator import read_config
from glossator.config import SiteError

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (resources.files("glossator") / "data/schemas/settings-1.json").read_text("utf-8")
    )
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def test_the_schema_is_that_of_the_settings(schema: dict[str, Any]) -> None:
    assert settings_schema.schema() == schema, "run: make generated"


def examples() -> list[str]:
    page = (ROOT / "docs/pages/configuration.md").read_text("utf-8")
    own = [(ROOT / name).read_text("utf-8") for name in ("glossator.toml", "docs/glossator.toml")]
    return [*own, *re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)]


@pytest.mark.parametrize("text", examples())
def test_accepts_what_a_build_accepts(schema: dict[str, Any], text: str) -> None:
    jsonschema.validate(tomllib.loads(text), schema)


@pytest.mark.parametrize(
    "text",
    [
        'site = "Cuttings"',
        '[sites]\ntitle = "x"',
        "[site]\ntitle = 3",
        '[site]\nrights = "exerpt"',
        '[site]\ndata = ["jsn"]',
        '[entities]\ntypes = ["human"]',
        '[entities]\nmodels = "x"',
        "[build]\nworkers = -1",
        '[build]\nworkers = "two"',
        '[extract.site."courier.example"]\ndrops = [".x"]',
        '[extract.site."no domain"]\ndrop = [".x"]',
        '[plan]\nprivate_names = "x"',
        "[language.en]\nmodel = true",
    ],
)
def test_refuses_what_a_build_refuses(schema: dict[str, Any], tmp_path: Path, text: str) -> None:
    path = tmp_path / "glossator.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SiteError):
        read_config.load(path)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(text), schema)
