"""Results of commands as JSON: one document on standard output, while messages go to standard error."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import click
import msgspec

from glossator.cli.messages import is_public_run

NOBODY_ASKED = "With --json nobody is asked: add --yes or --dry-run."


def json_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add --json to a command, which receives it as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")(command)


def print_json(value: object) -> None:
    """Print a value as the only document of a command."""
    click.echo(json.dumps(msgspec.to_builtins(value, enc_hook=str), ensure_ascii=False, indent=1))


def print_result(result: Mapping[str, object]) -> None:
    """Print what a command did; where everybody may read it, with the number of entries in the place of each list."""
    plain = msgspec.to_builtins(result, enc_hook=str)
    print_json(_numbers(plain) if is_public_run() else plain)


def _numbers(value: Any) -> Any:
    match value:
        case list() | tuple():
            return len(value)
        case dict():
            return {name: _numbers(part) for name, part in value.items()}
        case _:
            return value
