"""Print the JSON schema of glossator.toml, by which an editor completes and checks settings.

    python docs/settings_schema.py > glossator/data/schemas/settings-1.json

It is made from the classes of `glossator/config.py`: their fields, the defaults, the values that a field may have, and
the docstrings. The tables whose keys a person chooses (domains, languages) are named here.
"""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from glossator import config

ANY_TEXT = {"type": "string"}


def schema() -> dict[str, Any]:
    """Return the schema, as a document of JSON."""
    annotate = table(config.AnnotateSettings, without=("models",))
    annotate["properties"]["verified_by"] = described(ANY_TEXT, config.Config, "verified_by")
    extract = table(config.ExtractSettings, without=("rules",))
    extract["properties"]["site"] = keyed(table(config.SiteRule, without=("domain",)), r"^[\w-]+(\.[\w-]+)+$")
    model = {"type": "object", "properties": {"model": ANY_TEXT}, "additionalProperties": False}
    tables = {
        "site": table(config.SiteSettings),
        "extract": extract,
        "language": keyed(model, "^.+$"),
        "entities": annotate,
        "plan": table(config.PlanSettings),
        "build": table(config.BuildSettings),
        "inbox": table(config.InboxSettings),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of a Glossator archive",
        "type": "object",
        "properties": tables,
        "additionalProperties": False,
    }


def table(kind: Any, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the schema of a table whose keys are the fields of a settings class, but for those of `without`."""
    defaults = kind() if kind is not config.SiteRule else kind("")
    own = [field for field in fields(kind) if field.name not in without and field.metadata != config.FROM_DECISIONS]
    properties = {
        field.name: described(
            with_texts(typed(getattr(defaults, field.name), field.metadata.get(config.ONE_OF)), field.metadata),
            kind,
            field.name,
        )
        for field in own
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def typed(default: object, values: tuple[str, ...] | None) -> dict[str, Any]:
    """Return the schema of a setting by its default, with the values that it or its items may have."""
    text = {**ANY_TEXT, **({"enum": list(values)} if values else {})}
    match default:
        case bool():
            return {"type": "boolean", "default": default}
        case int():
            return {"type": "integer", "minimum": 0, "default": default}
        case tuple():
            return {"type": "array", "items": text, "default": list(default)}
    return {**text, "default": default}


def with_texts(value: dict[str, Any], metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a setting that may have some texts besides values of its kind."""
    if not (texts := metadata.get(config.ALSO)):
        return value
    kind = {key: part for key, part in value.items() if key != "default"}
    return {"anyOf": [kind, {"enum": list(texts)}], "default": value["default"]}


def keyed(value: dict[str, Any], pattern: str) -> dict[str, Any]:
    """Return the schema of a table of tables whose keys follow a pattern."""
    return {"type": "object", "patternProperties": {pattern: value}, "additionalProperties": False}


def described(value: dict[str, Any], kind: type, name: str) -> dict[str, Any]:
    """Return the schema of a field with the docstring that stands below the field, if there is one."""
    (definition,) = ast.parse(inspect.getsource(kind)).body
    assert isinstance(definition, ast.ClassDef)
    for field, below in zip(definition.body, definition.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and ast.unparse(field.target) == name:
            match below:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    return {"description": " ".join(text.split()), **value}
    return value


if __name__ == "__main__":
    print(json.dumps(schema(), ensure_ascii=False, indent=1))
