"""Processes of this machine that run tasks, one at a time: a process that ends costs its own task only."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock
from typing import Any, NamedTuple

from glossator.errors import GlossatorError

_SPAWN = get_context("spawn")


class WorkerEnded(GlossatorError):
    """End of the process in which a task ran. `by_limit` is True if the system ended it at a limit of CPU time."""

    def __init__(self, exit_code: int | None) -> None:
        super().__init__(exit_code)
        self.by_limit = hasattr(signal, "SIGVTALRM") and exit_code == -signal.SIGVTALRM


class _Worker(NamedTuple):
    process: BaseProcess
    connection: Connection


class WorkerProcesses(Executor):
    """Up to `size` processes, started when tasks need them; a process that ended is replaced by the next task.

    State: the processes, and those of them that are idle.
    """

    def __init__(self, size: int, prepare: Callable[[], None]) -> None:
        """Start nothing yet. `prepare` is called in each new process; it must be a plain function."""
        self._prepare = prepare
        self._threads = ThreadPoolExecutor(size, "worker")  # each waits for the process of one task
        self._lock = Lock()
        self._workers: set[_Worker] = set()
        self._idle: list[_Worker] = []
        self._closed = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._threads.submit(self._run, (fn, args, kwargs))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:
        """End the processes at once, and cancel the tasks that they run, and those that wait."""
        with self._lock:
            self._closed = True
            workers = tuple(self._workers)
        for worker in workers:
            worker.process.kill()
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        if wait:
            for worker in workers:
                worker.process.join()
                worker.connection.close()

    def _run(self, task: tuple[Any, ...]) -> Any:
        worker = self._take()
        try:
            worker.connection.send(task)
            result, error = worker.connection.recv()
        except (EOFError, OSError):
            raise self._lost(worker) from None
        except Exception as unsent:  # noqa: BLE001 -- a task or result that cannot be pickled; the process waits on
            result, error = None, unsent
        with self._lock:
            self._idle.append(worker)
        if error is not None:
            raise error
        return result

    def _lost(self, worker: _Worker) -> Exception:
        """Forget a process that ended, and return what is to be told of its task."""
        worker.process.join()
        worker.connection.close()
        with self._lock:
            self._workers.discard(worker)
        return CancelledError() if self._closed else WorkerEnded(worker.process.exitcode)

    def _take(self) -> _Worker:
        """Return an idle process, the last used one first, or a new one."""
        with self._lock:
            if self._closed:
                raise CancelledError
            while self._idle:
                worker = self._idle.pop()
                if worker.process.is_alive():
                    return worker
                worker.connection.close()
                self._workers.discard(worker)
            ours, theirs = _SPAWN.Pipe()
            process = _SPAWN.Process(target=_work, args=(theirs, self._prepare), daemon=True)
            with _without_interrupts():
                process.start()
            theirs.close()  # so that the end of the process is the end of the pipe
            worker = _Worker(process, ours)
            self._workers.add(worker)
            return worker


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Start a process deaf to Ctrl-C, which reaches it, too, and would be a traceback before `_work` has begun."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # when it is started, as the first process does, it lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # a new process has the mask of its parent
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(connection: Connection, prepare: Callable[[], None]) -> None:
    """Run the tasks that arrive until the other end of the connection is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches this process, too, and is its parent's to handle
    prepare()
    while True:
        try:
            fn, args, kwargs = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[Any, Exception | None] = fn(*args, **kwargs), None
        except Exception as error:  # noqa: BLE001 -- whatever was raised is the parent's to handle
            answer = None, error
        connection.send(answer)
        del fn, args, kwargs, answer  # so that nothing of a large task is kept while there is no other
