"""A line added to the rule of a site in `glossator.toml`: comments and layout of the file stay."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from typing import Any

import tomlkit
from tomlkit.items import Array

from glossator.config import SiteError


def with_line(text: str, domain: str, line: str) -> str:
    """Add a line to the rule for a domain, which is made if it is missing; comments and layout stay.

    Raises SiteError if the text cannot be changed without changing what else it says.
    """
    try:
        expected = _with_line(tomllib.loads(text), domain, line)
        changed = _changed(text, domain, line)
        if tomllib.loads(changed) == expected:
            return changed
    except (ValueError, TypeError, KeyError, AttributeError):  # the errors of tomlkit are ValueErrors
        pass
    raise SiteError(f'The line cannot be added below [extract.site."{domain}"].', "Add it to glossator.toml by hand.")


def _with_line(settings: dict[str, Any], domain: str, line: str) -> dict[str, Any]:
    """Return the settings with the line, as they must be when the changed text is read."""
    expected = deepcopy(settings)
    rule = expected.setdefault("extract", {}).setdefault("site", {}).setdefault(domain, {})
    lines = rule.setdefault("lines", [])
    if line not in lines:
        lines.append(line)
    return expected


def _changed(text: str, domain: str, line: str) -> str:
    document: Any = tomlkit.parse(text)
    rule = document.get("extract", {}).get("site", {}).get(domain)
    if rule is None:
        apart = "\n\n" if text.strip() else ""
        return f'{text.rstrip()}{apart}[extract.site."{domain}"]\nlines = [{tomlkit.string(line).as_string()}]\n'
    if "lines" not in rule:
        rule["lines"] = [line]
    elif not isinstance(rule["lines"], Array):
        raise TypeError(domain)
    elif line not in rule["lines"]:
        rule["lines"].append(line)
    return tomlkit.dumps(document)
