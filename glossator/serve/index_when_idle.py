"""The search index, brought up to date while nothing is saved, by a process that a save can end at once."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from glossator.config import SiteError
from glossator.output import WriteResult
from glossator.pipeline.rendering import index_search
from glossator.serve.build_thread import ArchiveThread, PreviewBuilder

INDEX_DELAY = 1.0
"""Seconds without a save after which the search index is brought up to date."""
SCRATCH = "scratch"
"""Subfolder for temporary files of the process: removed with the folder, however the process ends."""


async def update_when_idle(
    thread: ArchiveThread, builder: PreviewBuilder, notify: Callable[[WriteResult], None]
) -> None:
    """Bring the search index up to date after INDEX_DELAY; a save cancels it. Raises SiteError and OSError.

    `notify` is called with the files that the new index changed.
    """
    await asyncio.sleep(INDEX_DELAY)
    language = await thread.run(builder.unindexed)
    if language is None:
        return

    async def publish(folder: Path) -> None:
        notify(await thread.run(builder.publish, folder))

    async with _prepared(builder.paths.site, language) as folder:
        publishing = asyncio.create_task(publish(folder))
        try:
            await asyncio.shield(publishing)
        finally:
            await asyncio.wait([publishing])  # half an index would be unusable


@asynccontextmanager
async def _prepared(site: Path, language: str) -> AsyncIterator[Path]:
    """Yield a temporary folder with the index of the site. Raises SiteError if the index cannot be made."""
    folder = tempfile.mkdtemp(prefix="glossator-index-")
    try:
        await _prepare(site, language, folder)
        yield Path(folder)
    finally:
        # In a thread, because the folder may hold many files and a save may be waiting.
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _prepare(site: Path, language: str, folder: str) -> None:
    scratch = Path(folder, SCRATCH)
    scratch.mkdir()
    path = os.pathsep.join(filter(None, sys.path))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", index_search.__name__, str(site), language, folder),
        env={**os.environ, "PYTHONPATH": path, "TMPDIR": str(scratch)},
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,  # so that Pagefind, a child of the process, ends with it
    )
    try:
        _, errors = await process.communicate()
    except asyncio.CancelledError:
        _kill(process.pid)
        await process.wait()
        raise
    if process.returncode:
        raise SiteError(*errors.decode("utf-8", "replace").splitlines()[-2:] or ["The search index could not be made."])


def _kill(leader: int) -> None:
    with suppress(ProcessLookupError):  # the process may have ended by itself
        if hasattr(os, "killpg"):
            os.killpg(leader, signal.SIGKILL)
        else:
            os.kill(leader, signal.SIGTERM)
