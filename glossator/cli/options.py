"""Which archive a verb works on: the options that such verbs share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from glossator.config import DASK, PROCESSES, Config, SiteError, base_address, engine, load
from glossator.output import check

OWN = ("workers", "executor", "cache_limit", "search")
"""Options that go before settings of the build of the same name."""
MEGABYTES = {"M": 1, "G": 1000, "T": 1_000_000}


class Megabytes(click.ParamType[int]):
    """A size such as 500MB or 2GB, in whole megabytes; a number alone means megabytes."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        said = re.fullmatch(r"(\d+(?:\.\d+)?) *(MB?|GB?|TB?)?", str(value), re.IGNORECASE)
        if not said:
            self.fail(f'"{value}" is no size; write one such as 500MB or 2GB.', param, ctx)
        return round(float(said[1]) * MEGABYTES[(said[2] or "M")[0].upper()])


class Engine(click.ParamType[str]):
    """Where the work is done, as the setting has it."""

    name = "where"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return engine(str(value))
        except ValueError:
            self.fail(f'"{value}" is neither {PROCESSES}, {DASK} nor an address such as tcp://host:8786.', param, ctx)


@dataclass(frozen=True, slots=True)
class Order:
    """Which archive a verb works on, and with which settings."""

    content: Path
    site: Path
    config: Path
    url: str | None = None
    build: Mapping[str, Any] = field(default_factory=dict)
    """Settings of the build that the command line gives."""

    def settings(self) -> Config:
        """The settings of the file as it is now, with those of the command line in their place."""
        config = load(self.config)
        if self.url:
            config = replace(config, site=replace(config.site, url=self.url))
        return replace(config, build=replace(config.build, **self.build))


def archive(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a verb the options that say which archive it works on, as one `Order`."""

    @wraps(command)
    def ordered(*, content: Path, site: Path, config: Path | None, url: str | None, **rest: Any) -> None:
        content, site = content.absolute(), site.absolute()
        check(site, content)
        try:
            address = base_address(url) if url else None
        except ValueError:
            raise SiteError(f'--url "{url}" is no web address.', 'Write it as "https://...".') from None
        if config and not config.is_file():
            raise SiteError(f"There is no file {config}.", "Leave --config out to build with the defaults.")
        given = {setting: value for setting in OWN if (value := rest.pop(setting)) is not None}
        order = Order(content, site, (config or content.parent / "glossator.toml").absolute(), address, given)
        command(order, **rest)

    path = click.Path(path_type=Path)
    for option in (
        click.option("--no-search", "search", flag_value=False, default=None, help="Make no search index."),
        click.option("--cache-limit", type=Megabytes(), help="Room for remembered results.  [default: 2GB]"),
        click.option("--executor", type=Engine(), help="processes, dask, or the address of a Dask scheduler."),
        click.option("--workers", type=click.IntRange(0), help="Processes to use; 0 for one a core.", metavar="N"),
        click.option("--url", help="Where the site will be published: needed by the 404 page below a path."),
        click.option("--config", type=path, help="Settings.  [default: glossator.toml beside the content]"),
        click.option("--site", default="site", type=path, show_default=True, help="Output."),
        click.option("--content", default="content", type=path, show_default=True, help="Archive."),
    ):
        ordered = option(ordered)
    return ordered
