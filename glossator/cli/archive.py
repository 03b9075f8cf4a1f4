"""Which archive a verb works on: the options that such verbs share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from glossator.config import Config, SiteError, base_address, load
from glossator.output import check


@dataclass(frozen=True, slots=True)
class Order:
    """Which archive a verb works on, and with which settings."""

    content: Path
    site: Path
    config: Path
    url: str | None
    workers: int | None

    def settings(self) -> Config:
        """The settings of the file as it is now, with those of the command line in their place."""
        config = load(self.config)
        if self.url:
            config = replace(config, site=replace(config.site, url=self.url))
        if self.workers is not None:
            config = replace(config, build=replace(config.build, workers=self.workers))
        return config


def archive(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a verb the options that say which archive it works on, as one `Order`."""

    @wraps(command)
    def ordered(
        *, content: Path, site: Path, config: Path | None, url: str | None, workers: int | None, **rest: Any
    ) -> None:
        content, site = content.absolute(), site.absolute()
        check(site, content)
        try:
            address = base_address(url) if url else None
        except ValueError:
            raise SiteError(f'--url "{url}" is no web address.', 'Write it as "https://...".') from None
        if config and not config.is_file():
            raise SiteError(f"There is no file {config}.", "Leave --config out to build with the defaults.")
        order = Order(content, site, (config or content.parent / "glossator.toml").absolute(), address, workers)
        command(order, **rest)

    path = click.Path(path_type=Path)
    for option in (
        click.option("--workers", type=click.IntRange(0), help="Processes to use; 0 for one a core.", metavar="N"),
        click.option("--url", help="Where the site will be published: needed by the 404 page below a path."),
        click.option("--config", type=path, help="Settings.  [default: glossator.toml beside the content]"),
        click.option("--site", default="site", type=path, show_default=True, help="Output."),
        click.option("--content", default="content", type=path, show_default=True, help="Archive."),
    ):
        ordered = option(ordered)
    return ordered
