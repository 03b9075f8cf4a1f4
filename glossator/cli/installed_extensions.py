"""`--version --verbose`: the extensions that are there, and why one cannot be used."""

from __future__ import annotations

from importlib import import_module

import click

from glossator.cli.messages import printable
from glossator.extension_points import CONTRACTS, GROUPS, lookup
from glossator.extension_points.lookup import Extension, UnusableExtension


def list_extensions() -> None:
    """Print each extension in a line, ours first: its group, its name, its package, what it is or what is wrong."""
    contracts = ", ".join(map(str, CONTRACTS))
    click.echo(f"Extensions, by version {contracts} of the contract:")
    for group, kind in GROUPS.items():
        others = lookup.installed(group)
        errors = lookup.passed_over(group, others)
        for extension in (*lookup.own(group).values(), *others):
            error = errors.get(extension)
            about = f"{error.message} {error.hint}" if error else _about(extension, kind)
            package = f"{extension.package} {extension.version}"
            click.echo(printable(f"  {group:<10} {extension.name:<18} {package}{about and f': {about}'}"))


def _about(extension: Extension, kind: str) -> str:
    """Return what a format is, or why an extension cannot be used; `kind` is the class of what it should give."""
    module = import_module(f"glossator.extension_points.{extension.group}")
    try:
        given: object = lookup.load(extension, getattr(module, kind))
    except UnusableExtension as error:
        return f"{error.message} {error.hint}"
    return getattr(given, "help", "")
