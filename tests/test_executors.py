"""Where the work is done: in place or by workers, without a trace in the process that asks for it."""

from __future__ import annotations

import os

import pytest

from glossator.config import BuildSettings
from glossator.incremental.workers.executors import MOST_IN_PLACE, Serial, Workers


@pytest.mark.parametrize(("workers", "pieces"), [(1, 100), (2, MOST_IN_PLACE), (-3, 100)])
def test_one_worker_or_little_work_is_done_in_place(workers: int, pieces: int) -> None:
    with Workers(BuildSettings(workers)) as some:
        assert isinstance(some.executor(pieces), Serial)


def test_a_worker_uses_one_thread_and_the_process_itself_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    before = dict(os.environ)
    with Workers(BuildSettings(2)) as some:
        assert "1" == some.executor(MOST_IN_PLACE + 1).submit(os.getenv, "OMP_NUM_THREADS").result()
    assert before == dict(os.environ)


def test_workers_are_called_once_and_asked_for_more_than_one_piece_at_a_time() -> None:
    with Workers(BuildSettings(2)) as some:
        assert some.executor(MOST_IN_PLACE + 1) is some.executor(1)
        assert some.width > 2
