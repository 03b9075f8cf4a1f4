"""The verbs.

Exit codes: 0 done, 1 some file failed and the rest is done, 2 wrong use or set-up, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import atexit
import gc
from typing import Any

import click

from glossator import __version__
from glossator.cli.add import add
from glossator.cli.build import build, serve
from glossator.cli.entity import entity
from glossator.cli.explain import explain
from glossator.cli.review import review
from glossator.cli.standalone import annotate, convert
from glossator.config import SiteError
from glossator.disk import failure
from glossator.incremental.executors import one_thread

WRONG_SETUP = 2
STOPPED = 130
"""As shells have it for what Ctrl-C ended."""


class _Verbs(click.Group):
    """A command line without a verb means `build`; a wrong set-up is a sentence and a hint."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "-h", "--version")):
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SiteError as error:
            click.echo("\n".join(filter(None, (error.message, error.hint))), err=True)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            return ctx.exit(STOPPED)
        except BrokenPipeError:
            raise  # whoever read the output has seen enough: click ends quietly
        except OSError as error:
            click.echo(
                f"{failure(error)}\nSee that you may read and write there, and that the disk has room.", err=True
            )
        return ctx.exit(WRONG_SETUP)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="glossator")
def main() -> None:
    """Turn a folder of saved articles into an annotated, searchable site.

    Put saved pages, text copies and Markdown clippings into content/saved/, then run `build` (the verb that is meant
    when none is given) and open site/index.html.
    """
    one_thread()
    # When all goes anyway, it takes a quarter of a second to look through a large archive for rubbish first.
    atexit.register(gc.freeze)


for verb in (build, serve, add, convert, annotate, entity, explain):
    main.add_command(verb)
entity.add_command(review)
