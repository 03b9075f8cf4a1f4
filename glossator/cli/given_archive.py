"""The archive as extensions are given it."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Any

import click

from glossator.cli.messages import progress
from glossator.cli.options import ArchiveOptions, archive_options
from glossator.extension_points.commands import ArchiveData, BuiltSite, GivenArchive


def with_archive(command: click.Command) -> click.Command:
    """Return a command that has the options of an archive, and whose function is given the archive first."""
    function: Callable[..., Any] = command.callback or (lambda _: None)

    @archive_options
    def run(options: ArchiveOptions, **rest: Any) -> None:
        function(
            GivenArchive(options.content, options.site, partial(published_data, options), partial(built_site, options)),
            **rest,
        )

    extended = copy(command)
    extended.callback = run
    extended.params = [*command.params, *reversed(run.__click_params__)]  # type: ignore[attr-defined]
    return extended


def published_data(options: ArchiveOptions) -> ArchiveData:
    """Return the published part of the archive as it is now, which need not be built."""
    from glossator.export.gather import archive_data
    from glossator.pipeline.review.survey import open_survey

    with progress(quiet=True) as shown, open_survey(options.paths(), options.read_config(), shown) as survey:
        return archive_data(survey)


def built_site(options: ArchiveOptions) -> BuiltSite:
    """Bring the site up to date, and return it."""
    from glossator.pipeline import bring_up_to_date

    with progress(quiet=True) as shown:
        bring_up_to_date(options.paths(), options.read_config(), shown)
    return written_site(options)


def written_site(options: ArchiveOptions) -> BuiltSite:
    """Return the site as the last build left it."""
    from glossator.output import manifest

    return BuiltSite(options.site, frozenset(manifest(options.site)), options.read_config().site.url)
