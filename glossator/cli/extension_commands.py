"""Groups of commands to which extensions add."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any

import click

from glossator.cli.given_archive import with_archive
from glossator.cli.options import SuggestingGroup
from glossator.config import SiteError
from glossator.extension_points import lookup
from glossator.extension_points.commands import Command
from glossator.extension_points.lookup import Extension, UnusableExtension


class ExtendedGroup(SuggestingGroup):
    """Group of commands of the core and of extensions, whose names begin with that of the group and a dot: `prefix`."""

    prefix = ""

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = (
            name.removeprefix(self.prefix) for name in lookup.available("commands") if name.startswith(self.prefix)
        )
        return list(dict.fromkeys((*super().list_commands(ctx), *(name for name in names if "." not in name))))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command. Raises UnusableExtension for that of an extension that cannot be used."""
        if command := self.core_command(ctx, cmd_name):
            return command
        extension = self._extension(cmd_name)
        try:
            return extension_command(extension) if extension else None
        except UnusableExtension:
            if ctx.resilient_parsing:  # a shell asks for all names that could follow
                return None
            raise

    def core_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return a command of the core; None if it has none of the name."""
        return super().get_command(ctx, name)

    def summary(self, ctx: click.Context, name: str) -> str:
        """Return the sentence about a command. That of another package is not imported, and so is named by it."""
        extension = None if self.core_command(ctx, name) else self._extension(name)
        if extension and extension.package != lookup.OURS:
            return f"(of the package {extension.package} {extension.version})"
        try:
            return super().summary(ctx, name)
        except UnusableExtension as error:
            return f"{error.message} {error.hint}"

    def _extension(self, name: str) -> Extension | None:
        return lookup.find("commands", f"{self.prefix}{name}")


def extension_command(extension: Extension) -> click.Command:
    """Return the command of an extension, which is named if the command fails. Raises UnusableExtension."""
    given = lookup.load(extension, Command)
    command = with_archive(given.command) if given.with_archive else copy(given.command)
    for name in ("make_context", "invoke"):
        setattr(command, name, _guarded(extension, getattr(command, name)))
    return command


def _guarded(extension: Extension, function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def guarded(*args: Any, **options: Any) -> Any:
        try:
            return function(*args, **options)
        except (SiteError, click.ClickException, click.exceptions.Exit, click.Abort, OSError):
            raise
        except Exception as error:
            raise lookup.failed(extension, error) from error

    return guarded
