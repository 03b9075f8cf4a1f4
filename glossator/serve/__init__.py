"""Live preview: every save is built, and every open browser is notified.

livereload provides the protocol, its browser script and the handlers; watchfiles notices saves (livereload's own
watcher polls, and loses a save that follows another).
"""

from __future__ import annotations

import asyncio
import webbrowser
from socket import socket

import click
import msgspec

from glossator.content.theme import read_theme
from glossator.incremental.memo import Progress
from glossator.pipeline import ArchivePaths, Report
from glossator.pipeline.context import rights_policy, unheard
from glossator.serve.build_thread import PreviewBuilder, ReadConfig
from glossator.serve.first_pages import FirstPages, serving_first, watched_by
from glossator.serve.live_preview import Address, Intake, Preview, ShowProgress, ShowReport
from glossator.serve.request_guard import HOSTS
from glossator.serve.server import bind
from glossator.site_paths import HOME

__all__ = ["Address", "Intake", "Preview", "ShowProgress", "ShowReport", "serve"]


def serve(
    paths: ArchivePaths, read_config: ReadConfig, show_report: ShowReport, address: Address, show_progress: ShowProgress
) -> None:
    """Build, then serve and watch until the user stops it: Ctrl-C raises KeyboardInterrupt.

    `read_config` is called before each build; `show_report` is called after each build that changed the site or its
    problems. If there is no site yet, its articles are shown while they are read. Raises SiteError if the set-up of the
    first build is wrong, or the port is taken; OSError if the files cannot be watched.
    """
    bound = bind(address.port)  # before the first build, which may take long
    builder = PreviewBuilder(paths, read_config)
    try:
        with show_progress() as progress:
            if (paths.site / HOME).is_file():
                report = builder.build_first(progress, unheard)
            else:
                report = _build_shown(builder, progress, address, bound)
                address = msgspec.structs.replace(address, open_browser=False)
        show_report(report)
        asyncio.run(Preview(builder, show_report, report, address.config, show_progress).run(address, bound))
    except ExceptionGroup as group:
        raise group.exceptions[0] from group
    finally:
        builder.close()
        bound.close()


def _build_shown(builder: PreviewBuilder, progress: Progress, address: Address, bound: socket) -> Report:
    """Build, and show the articles as they are read: there is no site that could be shown meanwhile."""
    shown = FirstPages(rights_policy(builder.read_config()))
    with serving_first(bound, shown, lambda: read_theme(builder.paths.templates, builder.read_config())):
        url = f"http://{HOSTS[0]}:{bound.getsockname()[1]}/"
        click.echo(f"The first build takes a while. Articles appear at {url} as they are read.")
        if address.open_browser:
            webbrowser.open(url)
        return builder.build_first(watched_by(shown, progress), shown.add)
