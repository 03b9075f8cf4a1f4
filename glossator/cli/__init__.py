"""The command line.

Exit codes: 0 done, 1 some file failed and the rest is done, 2 wrong use or set-up, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import atexit
import gc
import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from glossator import __version__
from glossator.cli.examples import with_examples
from glossator.cli.extension_commands import ExtendedGroup
from glossator.cli.options import GENERAL
from glossator.config import SiteError
from glossator.files import failure
from glossator.incremental.workers.executors import limit_blas_threads
from glossator.python_command import runnable

WRONG_SETUP = 2
DISK_HINT = "Check that you may read and write there, and that the disk has space."
STOPPED = 130
"""Exit code that shells give a process ended by Ctrl-C."""

YOUNG = 50_000
"""New objects after which Python looks for cycles: with its usual 2,000 a fifteenth of a build is spent on that."""

VERBS = {
    "open": "collect:open_paths",
    "init": "init:init",
    "add": "collect:add",
    "serve": "build:serve",
    "build": "build:build",
    "entity": "review:entity",  # which `review` is a verb of
    "explain": "check:explain",
    "check": "check:check",
    "publish": "publish:publish",
    "export": "export:export",
    "convert": "single_files:convert",
    "annotate": "single_files:annotate",
    "proof": "proof:proof",
    "ask": "ask:ask",
}
"""Module and function of each verb, in the order of work; a verb is imported when it is asked for."""


GROUP_OPTIONS = ("--help", "-h", "--version", "--verbose")
"""Options that stand before a verb, and do not mean `build`."""


class _Commands(ExtendedGroup):
    """Group in which a missing verb means `build`, and a wrong set-up is reported as a sentence and a hint."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*VERBS, *(name for name in super().list_commands(ctx) if name not in VERBS)]

    def core_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002 -- as of the group
        if name not in VERBS:
            return None
        module, _, function = VERBS[name].partition(":")
        command: click.Command = getattr(import_module(f"glossator.cli.{module}"), function)
        return with_examples(command, name)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = super().get_command(ctx, cmd_name)
        if command:
            command.params.sort(key=lambda param: param.name in GENERAL)  # what matters for this verb comes first
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        incomplete = ctx.resilient_parsing  # a shell asks what the words typed so far could become
        if not incomplete and (not args or (args[0].startswith("-") and args[0] not in GROUP_OPTIONS)):
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        try:
            return super().make_context(*args, **extra)
        except KeyboardInterrupt:  # click would say "Aborted!"
            click.echo("Stopped.", err=True)
            sys.exit(STOPPED)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SiteError as error:
            click.echo(runnable("\n".join(filter(None, (error.message, error.hint)))), err=True)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            return ctx.exit(STOPPED)
        except BrokenPipeError:
            raise  # the reader of the output closed it: click ends quietly
        except OSError as error:
            click.echo(f"{failure(error)}\n{DISK_HINT}", err=True)
        return ctx.exit(WRONG_SETUP)


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Print the version and, in a checkout, its commit: what a report of a fault needs to say. If asked, extensions."""
    if not wanted or ctx.resilient_parsing:
        return
    checkout = Path(__file__).parents[2]
    commit = ""
    if (checkout / ".git").exists() and shutil.which("git"):  # an installed package may lie in somebody else's checkout
        from glossator.publish import remote

        commit = remote.answer(checkout, "describe", "--always", "--dirty", "--exclude=*")
    click.echo(f"glossator {__version__}" + (f" (commit {commit})" if commit else ""))
    if ctx.params["verbose"]:
        from glossator.cli.extensions import list_extensions

        list_extensions()
    ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--verbose", is_flag=True, is_eager=True, help="With --version, list all extensions that are installed.")
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version and, in a checkout, its commit.",
)
def main(verbose: bool) -> None:  # noqa: ARG001 -- `_print_version` reads it
    """Turn a folder of saved articles into an annotated, searchable site.

    Put saved pages, text copies and Markdown clippings into content/saved/, then run `build` (which is also run if you
    give no command) and open site/index.html.
    """
    limit_blas_threads()
    gc.set_threshold(YOUNG)
    # Skip the final garbage collection, which takes a quarter of a second for a large archive.
    atexit.register(gc.freeze)
