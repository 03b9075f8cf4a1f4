"""Extensions that the command line adds to the core: what the package has, and what other installed packages add."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from glossator.config import PROCESSES, ClusterAccess, Config, Extensions, SiteError, executor_name
from glossator.extension_points.file_openers import file_openers
from glossator.extension_points.lookup import available, find, guarded, load
from glossator.read_config import load as read_settings


def load_extended(path: Path) -> Config:
    """Read a settings file, for a program with all extensions. Raises SiteError if it is wrong."""
    config = read_settings(path)
    check_executor(config.build.executor, f"{path.name}: [build] ")
    return replace(config, extensions=extensions())


def extensions() -> Extensions:
    """Return all extensions that builds use; none of them is imported yet."""
    return Extensions(file_openers(), cluster_access)


def check_executor(executor: str, where: str) -> None:
    """Raise SiteError if no extension has an executor; `where` says where it is named."""
    if executor != PROCESSES and find("executors", executor_name(executor)) is None:
        names = ", ".join(sorted(available("executors")))
        hint = f"Write {PROCESSES}, or one that is installed: {names}; for a Dask scheduler its address."
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
