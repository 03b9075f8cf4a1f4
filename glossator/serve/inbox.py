"""The inbox of the preview: a page that a browser sends becomes a saved file, private by its place, and is shown.

It answers SingleFile's REST form API: a POST of a form with the page and its address, and a token. A page of the web
that knows the port cannot send anything: it has no token, and its origin is refused even if it had.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import errno
import hmac
import http.client
import os
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from pathlib import Path
from typing import IO

from tornado import web

from glossator import site_paths
from glossator.atomic_files import write_whole
from glossator.content.conversions import EntryKey, read_conversions
from glossator.errors import GlossatorError
from glossator.files import failure
from glossator.incremental.workers.article_limits import LimitReached, Limits
from glossator.incremental.workers.executors import start_worker
from glossator.incremental.workers.processes import WorkerEnded, WorkerProcesses
from glossator.model import ArticleId
from glossator.pipeline import stage_work
from glossator.rights import INBOX
from glossator.serve.build_thread import PreviewBuilder
from glossator.serve.request_guard import PreviewHandler, has_own_host
from glossator.serve.uploads import Upload, load_readers, unpack

ADDRESS = "/inbox"
LARGEST = 64 * 1024 * 1024
"""Bytes of a form: a page with all its pictures has a few million."""
TOO_LARGE = (
    http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    f"The page has more than {LARGEST // 1024**2} MB: save it without pictures.",
)
DRAINED = 1 << 30
"""Bytes of a refused form that are read and forgotten, so that the browser hears why it was refused."""
BODY_TIMEOUT = 60.0
"""Seconds that a form may take to arrive."""
SHOWN_WITHIN = 3.0
"""Seconds until the answer; a page that takes longer to appear is answered without its address."""
EXTENSIONS = ("chrome-extension://", "moz-extension://", "safari-web-extension://")
"""Beginnings of the origins that may send pages: those of extensions, which no page of the web can have."""


class Inbox:
    """The pages that were sent. State: those of this run by digest, and an event for the end of each build."""

    def __init__(self, builder: PreviewBuilder, token: str, noticed: Callable[[list[Path]], None]) -> None:
        """Take pages for the archive of a preview by the token; call `noticed` with what was saved."""
        self.paths = builder.paths
        self.token = token
        self.builder = builder
        self.noticed = noticed
        self._worker = WorkerProcesses(1, start_worker)
        # The first page need not wait for what its readers load, which takes seconds.
        self._worker.submit(load_readers)
        builder.worker.submit(stage_work.load_readers, builder.read_config().extensions.openers)
        self._sent: dict[str, str] = {}
        self._placing = asyncio.Lock()
        self._built = asyncio.Event()

    def close(self) -> None:
        """End the process that reads forms."""
        self._worker.shutdown(wait=False)

    def built(self) -> None:
        """Tell the requests that wait for their article that a build has ended."""
        self._built.set()
        self._built = asyncio.Event()

    async def unpack(self, body: Path, content_type: str, page: Path) -> Upload:
        """Take the page out of a form, in the worker; what exceeds its limits is refused."""
        config = self.builder.read_config()
        limits = Limits(config.build.article_seconds, config.build.article_megabytes)
        task = self._worker.submit(unpack, body, content_type, config.inbox, page, limits)
        try:
            upload: Upload = await asyncio.wrap_future(task)
        except (LimitReached, MemoryError, WorkerEnded, CancelledError):
            return Upload("The page takes too long, or too much memory, to be read.")
        return upload

    async def place(self, upload: Upload, page: Path) -> tuple[str, bool]:
        """Store a page; return its path below `saved/`, and True if the inbox has these very bytes already.

        Raises OSError.
        """
        if (folder := self.paths.saved / INBOX).is_symlink():
            raise OSError(errno.ELOOP, "it is a link, which is not followed", str(folder))
        async with self._placing:
            if known := self._known(upload.sha256):
                return known, True
            name = next(name for name in _names(upload) if not os.path.lexists(self.paths.saved / name))
            await asyncio.to_thread(write_whole, self.paths.saved / name, page.read_bytes())
            self._sent[upload.sha256] = name
        self.noticed([self.paths.saved / name])
        return name, False

    async def article_of(self, file: str) -> tuple[ArticleId | None, bool]:
        """Return the article of a saved file once a build made it, and True if it is one that was there before."""
        while True:
            built = self._built  # before the look, so that no build is missed in between
            if article := self._find(file):
                return article
            await built.wait()

    def _known(self, sha256: str) -> str:
        store = self.builder.articles
        stored = (article.conversion for article in store.kept if article.conversion) if store else ()
        names = [self._sent.get(sha256, ""), *(file.file for file in stored if file.sha256 == sha256)]
        below = (name for name in names if name.startswith(f"{INBOX}/"))
        return next((name for name in below if (self.paths.saved / name).is_file()), "")

    def _find(self, file: str) -> tuple[ArticleId, bool] | None:
        store = self.builder.articles
        for article in store.kept if store else ():
            if article.conversion and article.conversion.file == file:
                return article.head.id, False
        row = read_conversions(self.paths.content)[0].get(EntryKey(file, ""))
        if row and row.fate == "copy":
            name = row.article.rpartition("/")[2]
            held = (article for article in store.kept if article.file.rpartition("/")[2] == name) if store else ()
            return next(((article.head.id, True) for article in held), None)
        return None


def _names(upload: Upload) -> Iterator[str]:
    """Yield names for a page, the plain one first."""
    stem = f"{INBOX}/{upload.stem}-{dt.datetime.now().astimezone():%Y-%m-%d}"
    yield f"{stem}{upload.suffix}"
    number = 2
    while True:
        yield f"{stem}-{number}{upload.suffix}"
        number += 1


@web.stream_request_body
class InboxHandler(PreviewHandler):
    """POST of a form with a page: it is saved, and answered with the address of its article."""

    def initialize(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self.refusal: tuple[int, str] | None = None
        self.whole = False
        """True once the form has arrived: the page is saved even if nobody waits for the answer."""
        self.folder: tempfile.TemporaryDirectory[str] | None = None
        self.body: IO[bytes] | None = None
        self.arrived = asyncio.get_running_loop().time()

    def prepare(self) -> None:
        self.refusal = self._refusal()
        self.request.connection.set_max_body_size(DRAINED)  # type: ignore[union-attr]  # a connection is there
        if self.refusal:
            return
        self.request.connection.set_body_timeout(BODY_TIMEOUT)  # type: ignore[union-attr]
        stored = self.inbox.paths.cache.parent
        stored.mkdir(parents=True, exist_ok=True)
        self.folder = tempfile.TemporaryDirectory(prefix="inbox-", dir=stored)
        self.body = Path(self.folder.name, "form").open("wb")  # noqa: SIM115 -- it is closed when the form has arrived

    def _refusal(self) -> tuple[int, str] | None:
        """Return the status and the reason if the request is refused before its body is read."""
        headers, origin = self.request.headers, self.request.headers.get("Origin", "")
        sent = headers.get("Authorization", "").removeprefix("Bearer ")
        length = headers.get("Content-Length", "0")
        if not has_own_host(self.request) or (origin and not origin.startswith(EXTENSIONS)):
            return 403, "Only an extension of the browser may send pages."
        if not hmac.compare_digest(sent.encode(), self.inbox.token.encode()):
            return 401, "The token is another one: glossator serve --inbox --print-token prints it."
        if not headers.get("Content-Type", "").startswith("multipart/form-data"):
            return 415, "The page has to be sent as a form (multipart/form-data)."
        return TOO_LARGE if length.isdecimal() and int(length) > LARGEST else None

    def data_received(self, chunk: bytes) -> None:
        if self.body and self.body.tell() + len(chunk) > LARGEST:
            self.refusal = TOO_LARGE
            self._forget()
        if self.body:
            self.body.write(chunk)

    async def post(self) -> None:
        if self.refusal or not self.folder or not self.body:
            self._refuse(*self.refusal or TOO_LARGE)
            return
        self.whole = True
        self.body.close()
        form, page = Path(self.body.name), Path(self.folder.name, "page")
        upload = await self.inbox.unpack(form, self.request.headers["Content-Type"], page)
        if upload.refusal:
            self._refuse(415, upload.refusal)
            return
        try:
            file, known = await self.inbox.place(upload, page)
        except OSError as error:
            self._refuse(507, failure(error))
            return
        article, copied = None, False
        with suppress(TimeoutError, GlossatorError):
            async with asyncio.timeout_at(self.arrived + SHOWN_WITHIN):
                article, copied = await self.inbox.article_of(file)
        answer = {"saved": f"content/saved/{file}", "duplicate": known or copied}
        if article:
            path = site_paths.article_path(article)
            answer = {"address": f"{self.request.protocol}://{self.request.host}/{path}", **answer}
        self._reply(201 if article else 202, answer)

    def write_error(self, status_code: int, **_: object) -> None:
        self.answer({"error": http.client.responses.get(status_code, "")})

    def _refuse(self, status: int, reason: str) -> None:
        self._reply(status, {"error": reason})

    def _reply(self, status: int, answer: dict[str, object]) -> None:
        self._forget()  # first, so that nothing is left of a form that is answered
        self.set_status(status)
        self.answer(answer)

    def on_connection_close(self) -> None:
        super().on_connection_close()
        if not self.whole:
            self._forget()

    def on_finish(self) -> None:
        self._forget()

    def _forget(self) -> None:
        """Remove what was sent: a stored page has its own file."""
        if self.body:
            self.body.close()
        if self.folder:
            self.folder.cleanup()
        self.body = self.folder = None
