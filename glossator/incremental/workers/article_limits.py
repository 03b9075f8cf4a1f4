"""Limits of CPU time and memory for the work on one article, in whatever thread or process does it.

The work is interrupted by an exception. A process that is a worker of ours is ended by the system if that does not
help, because a library's own code does not return to Python. CPU time is counted, not the time that passes, so that a
busy machine changes nothing.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

import msgspec

from glossator.errors import GlossatorError

if sys.platform == "linux":
    import resource

AGAIN = 0.5
"""CPU seconds after which the work is interrupted once more, in case a library caught the exception."""
SOON = 0.001
"""CPU seconds after which a limit is noticed that was passed meanwhile."""
LOOK = 0.1
"""Seconds between two looks at the CPU time of a thread."""
PATIENCE = 2
"""Multiple of the limit of CPU seconds at which the system ends a worker."""
_RESERVE = 4 << 20
"""Bytes: a few arenas of Python's allocator."""
_worker: list[bool] = []
"""Not empty in a process that is a worker of ours, and may be ended."""


class Limits(msgspec.Struct, frozen=True):
    """Limits for one article; 0 for none."""

    seconds: float = 0
    """CPU seconds."""
    megabytes: int = 0
    """Memory beyond what the process has when the work begins."""

    def reason(self, memory: bool) -> str:
        """Return what exceeded which limit, as the end of a sentence."""
        if memory:
            return f"needs more than {self.megabytes} MB of memory; article_megabytes in [build] is the limit"
        return f"needs more than {self.seconds:g} CPU seconds; article_seconds in [build] is the limit"


class LimitReached(GlossatorError):
    """End of work that exceeded a limit.

    `essential` is True if nothing can be shown without its result, `memory` if it was the limit of memory.
    """

    def __init__(self, essential: bool = False, memory: bool = False) -> None:
        super().__init__(essential, memory)
        self.essential, self.memory = essential, memory


def mark_worker() -> None:
    """Let the system end this process if it exceeds a limit and does not react."""
    _worker.append(True)


def is_worker() -> bool:
    """True if this process is a worker of ours, and may be ended."""
    return bool(_worker)


def is_interruptible() -> bool:
    """True if a limit interrupts work in this thread anywhere, within a regular expression, too."""
    return hasattr(signal, "SIGPROF") and threading.current_thread() is threading.main_thread()


def return_freed_memory() -> None:
    """Return freed memory to the system if this process is a worker, and its C library is glibc.

    After large pages glibc keeps hundreds of megabytes for later use, in each worker.
    """
    if _worker and sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # in what this process has loaded already
        if trim:
            trim(0)


@contextmanager
def essential() -> Iterator[None]:
    """Mark the work within as essential for its article. A limit that is reached in it is an essential one."""
    try:
        yield
    except (LimitReached, MemoryError) as error:
        raise LimitReached(True, isinstance(error, MemoryError)) from None


@contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """Raise LimitReached, or MemoryError, in the work within if it exceeds a limit.

    Within one limit there may be another for a part of the work, which counts for both.
    LimitReached is raised at the end, too, if the work caught the interruption and took it for a fault of its input.
    """
    with ExitStack() as stack:
        if limits.megabytes and sys.platform == "linux":
            stack.enter_context(_MemoryLimit(limits.megabytes))
        if limits.seconds:
            stack.enter_context((_interrupted if is_interruptible() else _watched)(limits.seconds))
            if _worker and hasattr(signal, "ITIMER_VIRTUAL"):
                before = signal.setitimer(signal.ITIMER_VIRTUAL, limits.seconds * PATIENCE + 1)
                stack.callback(signal.setitimer, signal.ITIMER_VIRTUAL, *before)
        yield


@contextmanager
def _interrupted(seconds: float) -> Iterator[None]:
    """Raise in the main thread by a signal, which regular expressions obey, too."""
    reached: list[bool] = []

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        reached.append(True)
        raise LimitReached

    before = signal.signal(signal.SIGPROF, interrupt)
    try:
        around, again = signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
        try:
            yield
        finally:
            left, _ = signal.setitimer(signal.ITIMER_PROF, 0)
            if around:
                signal.setitimer(signal.ITIMER_PROF, max(around - seconds + (0 if reached else left), SOON), again)
        if reached:
            raise LimitReached
    finally:
        signal.signal(signal.SIGPROF, before)


@contextmanager
def _watched(seconds: float) -> Iterator[None]:
    """Raise in this thread, which is not the main one, by another thread, as soon as it runs Python's own code."""
    thread, done = threading.get_ident(), threading.Event()
    clock, reached = _clock(thread), threading.Event()
    watcher = threading.Thread(target=_watch, args=(thread, clock, seconds, done, reached), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        if reached.is_set():
            _raise_in(thread, None)  # what was not delivered yet must not reach the work that follows
    if reached.is_set():
        raise LimitReached


def _watch(thread: int, clock: int | None, seconds: float, done: threading.Event, reached: threading.Event) -> None:
    def used() -> float:
        return time.clock_gettime(clock) if clock is not None else time.process_time()

    end = used() + seconds
    while not done.wait(LOOK):
        if used() > end:
            reached.set()
            _raise_in(thread, LimitReached)
            end += AGAIN


def _clock(thread: int) -> int | None:
    """Return the clock of a thread's CPU time; None if the system has none."""
    return time.pthread_getcpuclockid(thread) if hasattr(time, "pthread_getcpuclockid") else None


def _raise_in(thread: int, kind: type[BaseException] | None) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(kind) if kind else None)


if sys.platform == "linux":

    class _MemoryLimit:
        """Limit for the data of this process: what it has when the work begins, and so much more.

        State: the limit before, and a reserve that is freed at the end, because the limit cannot be lifted without any
        memory, and would hold for all that follows.
        """

        def __init__(self, megabytes: int) -> None:
            self._more = megabytes << 20

        def __enter__(self) -> None:
            self._before = resource.getrlimit(resource.RLIMIT_DATA)
            self._reserve: bytes | None = bytes(_RESERVE)
            present = [limit for limit in self._before if limit != resource.RLIM_INFINITY]
            resource.setrlimit(resource.RLIMIT_DATA, (min([_data_bytes() + self._more, *present]), self._before[1]))

        def __exit__(self, *_: object) -> None:
            self._reserve = None
            resource.setrlimit(resource.RLIMIT_DATA, self._before)

    def _data_bytes() -> int:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 -- no file of anybody's
            return int(file.read().split()[5]) * os.sysconf("SC_PAGESIZE")
