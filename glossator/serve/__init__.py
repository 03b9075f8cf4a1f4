"""Live preview: every save is built, and every open browser is notified.

livereload provides the protocol, its browser script and the handlers; watchfiles notices saves (livereload's own
watcher polls, and loses a save that follows another).
"""

from __future__ import annotations

import asyncio

import click

from glossator.pipeline import ArchivePaths
from glossator.serve.build_thread import PreviewBuilder, ReadConfig
from glossator.serve.live_preview import Address, Preview, ShowReport
from glossator.serve.server import bind

__all__ = ["Address", "Preview", "ShowReport", "serve"]


def serve(paths: ArchivePaths, read_config: ReadConfig, show_report: ShowReport, address: Address) -> None:
    """Build, then serve and watch until the user stops it (Ctrl-C).

    `read_config` is called before each build; `show_report` is called after each build that changed the site or its
    problems. Raises SiteError if the set-up of the first build is wrong, or the port is taken; OSError if the files
    cannot be watched.
    """
    bound = bind(address.port)  # before the first build, which may take long
    builder = PreviewBuilder(paths, read_config)
    try:
        first = builder.build(frozenset(), lambda _: None)
        assert first, "nothing can overtake the first build"
        show_report(first)
        asyncio.run(Preview(builder, show_report, first, address.config).run(address, bound))
    except KeyboardInterrupt:
        click.echo("Stopped.")
    except ExceptionGroup as group:
        raise group.exceptions[0] from group
    finally:
        builder.close()
        bound.close()
