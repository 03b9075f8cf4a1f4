"""Options that commands share: the archive to work on, and its settings."""

from __future__ import annotations

import difflib
import os
import os.path
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec
from click.core import ParameterSource

from glossator.cli.extensions import check_executor, load_extended
from glossator.config import DASK, PROCESSES, SETTINGS_FILE, Config, SiteError, base_address
from glossator.naming.languages import pipelines_by_language
from glossator.output import check, check_owner, check_private

if TYPE_CHECKING:
    from glossator.pipeline import ArchivePaths

GENERAL = frozenset({"content", "site", "config", "url", "workers", "executor", "cache_limit", "search"})
"""Options that many commands have; help lists them last."""
BUILD_OPTIONS = ("workers", "executor", "cache_limit", "search")
"""Options that override the build setting of the same name."""
LONGEST_SENTENCE = 200
"""Characters of a sentence that is printed: of a command's help, or as evidence."""
MEGABYTES = {"M": 1, "G": 1000, "T": 1_000_000}


class Megabytes(click.ParamType[int]):
    """Size such as 500MB or 2GB, converted to whole megabytes; a number without a unit means megabytes."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        match = re.fullmatch(r"(\d+(?:\.\d+)?) *(MB?|GB?|TB?)?", str(value), re.IGNORECASE)
        if not match:
            self.fail(f'"{value}" is not a size; write, for example, 500MB or 2GB.', param, ctx)
        return round(float(match[1]) * MEGABYTES[(match[2] or "M")[0].upper()])


class Port(click.IntRange):
    """Port of an address."""

    name = "port"


class SavedPath(click.Path):
    """Path of a saved page, which may be wrong: one wrong path does not stop the others.

    An address of the web is refused, because nothing is downloaded.
    """

    def __init__(self, **how: Any) -> None:
        super().__init__(readable=False, **how)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if re.match(r"https?://", str(value)):
            self.fail(f"{value} is an address, and nothing is downloaded: save the page and add its file.", param, ctx)
        return super().convert(value, param, ctx)


class ArchivePath(click.Path):
    """Path of a file; one of the archive may be written as messages name it, below `content` or `content/saved`.

    An article that was deleted stands for the saved file that it was made of.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        content = Path(ctx.params.get("content", "content")) if ctx else Path("content")
        candidates = (Path(value), content / value, content / "saved" / value)
        path = next(filter(os.path.exists, candidates), None) or _saved_file_of(content, Path(value)) or value
        return super().convert(path, param, ctx)


def _saved_file_of(content: Path, article: Path) -> Path | None:
    """Return the saved file of an article that is not there any more, by the record of conversions."""
    from glossator.content.conversions import read_conversions

    if article.parent.name != "articles" or not content.is_dir():
        return None
    rows = read_conversions(content)[0].values()
    return next((content / "saved" / row.file for row in rows if row.article == article.name), None)


def found_archive(start: Path | None = None) -> Path:
    """Return the folder of the archive that the current folder is in; the current folder itself if there is none.

    No folder above the user's home is looked at, and none of another owner.
    """
    here = (start or Path.cwd()).absolute()
    owner = getattr(os, "getuid", lambda: 0)()
    for folder in (here, *here.parents):
        try:
            foreign = hasattr(os, "getuid") and folder.stat().st_uid != owner
        except OSError:
            break
        if foreign:
            break
        if (folder / "content").is_dir() and (folder == here or (folder / SETTINGS_FILE).is_file()):
            return folder
        if folder == Path.home():
            break
    return here


def in_archive(name: str) -> Callable[[], Path]:
    """Return the default of an option: a folder or file of the archive, relative if that is where the user is."""

    def default() -> Path:
        folder = found_archive()
        return Path(name) if folder == Path.cwd() else folder / name

    return default


content_option = click.option(
    "--content",
    default=in_archive("content"),
    type=click.Path(path_type=Path),
    is_eager=True,
    help="Archive.  [default: content]",
)
site_option = click.option(
    "--site", default=in_archive("site"), type=click.Path(path_type=Path), help="Output.  [default: site]"
)
config_option = click.option(
    "--config", type=click.Path(path_type=Path), help=f"Settings.  [default: {SETTINGS_FILE} beside the content]"
)
settings_option = click.option(
    "--config",
    default=in_archive(SETTINGS_FILE),
    type=click.Path(path_type=Path),
    help=f"Settings.  [default: {SETTINGS_FILE}]",
)


quiet_option = click.option("--quiet", "-q", is_flag=True, help="Print only what went wrong.")
SYNONYMS = {
    "correct": "entity",
    "fix": "entity",
    "import": "add",
    "preview": "serve",
    "view": "open",
    "deploy": "publish",
    "new": "init",
    "delete": "ignore",
    "edit": "rename",
}
"""Word that people try -> the command that does it."""


class SuggestingGroup(click.Group):
    """Group of commands that proposes the most similar one for a command that there is not."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their whole first sentences; click would cut them at the end of the line."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.summary(ctx, name)) for name in self.list_commands(ctx)])

    def summary(self, ctx: click.Context, name: str) -> str:
        """Return the sentence about a command in the list of commands."""
        command = self.get_command(ctx, name)
        assert command is not None
        return command.get_short_help_str(LONGEST_SENTENCE)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            commands = self.list_commands(ctx)
            meant = SYNONYMS.get(args[0], "")
            similar = [meant] if meant in commands else difflib.get_close_matches(args[0], commands, 1)
            if not similar:
                raise
            raise click.UsageError(f"{error.message} Did you mean {similar[0]}?", ctx) from None


class Engine(click.ParamType[str]):
    """Engine that does the work, written as in the settings."""

    name = "where"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        executor = str(value)
        try:
            check_executor(executor, "--")
        except ValueError:
            self.fail(f'"{value}" is neither {PROCESSES}, {DASK} nor an address such as tcp://host:8786.', param, ctx)
        return executor


class ArchiveOptions(msgspec.Struct, frozen=True):
    """Archive to work on, and the settings to work with."""

    content: Path
    site: Path
    config: Path
    url: str | None = None
    build: Mapping[str, Any] = msgspec.field(default_factory=dict)
    """Build settings from the command line."""
    private: bool = False
    """True if the site shows what is kept back."""

    def read_config(self) -> Config:
        """Read the settings file anew, and override it with the command line."""
        config = with_installed(load_extended(self.config))
        if self.url:
            config = replace(config, site=replace(config.site, url=self.url))
        return replace(config, private=self.private, build=replace(config.build, **self.build))

    def private_preview(self) -> ArchiveOptions:
        """Return the options of a preview that shows what is kept back: its site lies beside the cache."""
        from glossator.incremental.cache.database import stored_folder

        site = stored_folder(self.content) / "preview"
        check_private(site, private=True)
        return msgspec.structs.replace(self, site=site, private=True)

    def paths(self, private: bool = False) -> ArchivePaths:
        """Return the folders of the archive. The first time, it is told if what is stored lies elsewhere.

        `private` is true for what shows everything that is kept back. Raises SiteError if nothing can be stored.
        """
        from glossator.incremental.cache.database import stored_folder
        from glossator.pipeline import ArchivePaths

        folder, archive = stored_folder(self.content), self.content.parent
        if folder.parent != archive and not any(folder.iterdir()):
            click.echo(f"{archive} may not be written: what the next build can use is stored in {folder}.", err=True)
        return ArchivePaths(self.content, self.site, private, folder)


def archive_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of the archive and the build to a command, which receives them as `ArchiveOptions`."""

    @wraps(command)
    def wrapped(*, content: Path, site: Path, config: Path | None, url: str | None, **rest: Any) -> None:
        content, site = content.absolute(), site.absolute()
        check(site, content)
        private = rest.pop("private", False)
        if private and click.get_current_context().get_parameter_source("site") is ParameterSource.DEFAULT:
            raise click.UsageError("A private site needs a folder of its own: name it with --site.")
        check_private(site, private=private)
        try:
            address = base_address(url) if url else None
        except ValueError:
            raise SiteError(f'--url "{url}" is no web address.', 'Write it as "https://...".') from None
        if config and not config.is_file():
            raise SiteError(f"There is no file {config}.", "Leave --config out to build with the defaults.")
        build = {setting: value for setting in BUILD_OPTIONS if (value := rest.pop(setting)) is not None}
        settings = (config or content.parent / SETTINGS_FILE).absolute()
        command(ArchiveOptions(content, site, settings, address, build, private), **rest)

    for option in (
        click.option("--no-search", "search", flag_value=False, default=None, help="Make no search index."),
        click.option("--cache-limit", type=Megabytes(), help="Space for results of earlier builds.  [default: 2GB]"),
        click.option("--executor", type=Engine(), help="processes, dask, or the address of a Dask scheduler."),
        click.option("--workers", type=click.IntRange(0), help="Processes to use; 0 for one per core.", metavar="N"),
        click.option(
            "--url", help="Address at which the site will be published; the 404 page needs it if that has a path."
        ),
        config_option,
        site_option,
        content_option,
    ):
        wrapped = option(wrapped)
    return wrapped


WRITES_NO_SITE = ("everything", "inbox", "print_token")
"""Options with which the preview leaves the folder of the site alone: a private one lies beside the cache."""


def adopt_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add --adopt to a command that writes the site; without it a folder with files of somebody else is refused.

    The command must also have the options of the archive, below this one.
    """

    @wraps(command)
    def wrapped(options: ArchiveOptions, *, adopt: bool, **rest: Any) -> None:
        if not adopt and not any(map(rest.get, WRITES_NO_SITE)):
            check_owner(options.site, options.content)
        command(options, **rest)

    return click.option("--adopt", is_flag=True, help="Build into a folder that holds other files too.")(wrapped)


_INFORMATION = ".dist-info"


def with_installed(config: Config, folders: Iterable[str] | None = None) -> Config:
    """Return the settings with the installed pipeline of every language that they say nothing of.

    `folders` are those in which packages are looked for; by default those of Python.
    """
    installed = pipelines_by_language(distributions(sys.path if folders is None else folders))
    models = {**installed, **dict(config.annotate.models)}
    return replace(config, annotate=replace(config.annotate, models=tuple(sorted(models.items()))))


def distributions(folders: Iterable[str]) -> Iterator[str]:
    """Yield the names of the distributions that are installed in the folders, as packages are called.

    The standard library would read a file of each, which takes ten times as long.
    """
    for folder in dict.fromkeys(filter(None, folders)):
        with suppress(OSError):  # Python's own list holds files and folders that do not exist
            for path in Path(folder).iterdir():
                if path.name.endswith(_INFORMATION):
                    yield path.name.partition("-")[0]
