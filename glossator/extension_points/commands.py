"""What a command gives: a verb of the command line."""

from __future__ import annotations

from dataclasses import dataclass

import click


@dataclass(frozen=True, kw_only=True)
class Command:
    """A verb of the command line."""

    contract: int
    """Version of the contract that the extension was written for."""
    command: click.Command
    """The verb. It may raise `click.ClickException`, which is shown as a sentence."""
