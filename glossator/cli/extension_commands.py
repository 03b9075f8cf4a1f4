"""Groups of commands to which extensions add."""

from __future__ import annotations

from typing import Any

import click

from glossator.cli.given_archive import with_archive
from glossator.cli.options import SuggestingGroup
from glossator.errors import UserError
from glossator.extension_points import lookup
from glossator.extension_points.commands import Command
from glossator.extension_points.lookup import Extension


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
        if command := super().get_command(ctx, cmd_name):
            return command
        extension = lookup.find("commands", f"{self.prefix}{cmd_name}")
        if extension is None:
            return None
        given = lookup.load(extension, Command)
        return _guarded(with_archive(given.command) if given.with_archive else given.command, extension)


def _guarded(command: click.Command, extension: Extension) -> click.Command:
    """Return a command that names its extension if it fails."""
    invoke = command.invoke

    def invoke_guarded(ctx: click.Context) -> Any:
        try:
            return invoke(ctx)
        except (UserError, click.ClickException, click.exceptions.Exit, click.Abort, OSError):
            raise
        except Exception as error:
            raise lookup.failed(extension, error) from error

    command.invoke = invoke_guarded  # type: ignore[method-assign]
    return command
