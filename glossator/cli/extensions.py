"""Extensions that the command line adds to the core: what the package has, and what other installed packages add."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import click

from glossator.cli.messages import printable
from glossator.config import PROCESSES, THEME_NAME, THEMES, ClusterAccess, Config, Extensions, SiteError, executor_name
from glossator.extension_points import CONTRACTS, GROUPS
from glossator.extension_points.file_openers import file_openers
from glossator.extension_points.lookup import (
    Extension,
    UnusableExtension,
    available,
    find,
    guarded,
    installed,
    load,
    own,
    passed_over,
    unusable,
)
from glossator.read_config import load as read_settings
from glossator.read_config import wrong_setting


def load_extended(path: Path) -> Config:
    """Read a settings file, for a program with all extensions. Raises SiteError if it is wrong."""
    config = read_settings(path)
    check_executor(config.build.executor, f"{path.name}: [build] ")
    theme = theme_folder(path, config.site.theme) if config.site.theme else None
    return replace(config, extensions=replace(extensions(), theme=theme))


def theme_folder(settings: Path, name: str) -> Path:
    """Return the folder of a theme: that in `themes/` beside the settings, or that of an installed one.

    Raises SiteError if there is none of the name, and UnusableExtension.
    """
    beside = settings.parent / THEMES / name
    if beside.is_dir():
        return beside
    extension = find(THEMES, name)
    if extension is None:
        names = theme_names(settings)
        near = difflib.get_close_matches(name, names, 1)
        hint = f"{f'Did you mean {near[0]}? ' if near else ''}There are: {', '.join(names)}."
        raise wrong_setting(settings, "site", "theme", f' = "{name}" is not there', hint)
    from glossator.extension_points.themes import ThemePackage

    folder = load(extension, ThemePackage).folder
    if not folder.is_dir():
        raise unusable(extension, f"its folder {folder} is not there")
    return folder


def theme_names(settings: Path) -> list[str]:
    """Return the names of the themes beside the settings, and of those that are installed."""
    beside = settings.parent / THEMES
    folders = [path.name for path in beside.iterdir() if path.is_dir()] if beside.is_dir() else []
    own = sorted(name for name in folders if THEME_NAME.fullmatch(name))
    return [*own, *(name for name in sorted(available(THEMES)) if name not in own)]


def extensions() -> Extensions:
    """Return all extensions that builds use; none of them is imported yet."""
    return Extensions(file_openers(), cluster_access)


def check_executor(executor: str, where: str) -> None:
    """Raise SiteError if no extension has an executor; `where` says where it is named."""
    if executor != PROCESSES and find("executors", executor_name(executor)) is None:
        names = ", ".join((PROCESSES, *sorted(available("executors"))))
        hint = f"Known are: {names}. For Dask and a scheduler, install extensions/dask of the repository."
        raise SiteError(f'{where}executor "{executor}" is not installed.', hint)


def cluster_access(executor: str) -> ClusterAccess:
    """Return access to the machines of an executor. Raises SiteError if no extension has it, or it does not import."""
    from glossator.extension_points.executors import Executor, JoinedCluster

    check_executor(executor, "The ")
    extension = find("executors", executor_name(executor))
    assert extension is not None
    chosen = load(extension, Executor)

    @contextmanager
    def join(address: str, processes: int) -> Iterator[JoinedCluster]:
        with ExitStack() as stack:
            with guarded(extension):
                cluster = stack.enter_context(chosen.join(address, processes))
                if not isinstance(cluster, JoinedCluster):
                    raise TypeError("join yields no JoinedCluster")
            yield cluster

    return ClusterAccess(join, chosen.prepare)


def list_extensions() -> None:
    """Print each extension in a line, ours first: its group, its name, its package, what it is or what is wrong."""
    contracts = ", ".join(map(str, CONTRACTS))
    click.echo(f"Extensions, by version {contracts} of the contract:")
    for group, kind in GROUPS.items():
        others = installed(group)
        errors = passed_over(group, others)
        for extension in (*own(group).values(), *others):
            error = errors.get(extension)
            about = f"{error.message} {error.hint}" if error else _about(extension, kind)
            package = f"{extension.package} {extension.version}"
            click.echo(printable(f"  {group:<10} {extension.name:<18} {package}{about and f': {about}'}"))


def _about(extension: Extension, kind: str) -> str:
    """Return what a format is, or why an extension cannot be used; `kind` is the class of what it should give."""
    module = import_module(f"glossator.extension_points.{extension.group}")
    try:
        given: object = load(extension, getattr(module, kind))
    except UnusableExtension as error:
        return f"{error.message} {error.hint}"
    return getattr(given, "help", "")
