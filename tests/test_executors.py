"""Where the work is done: in place or by workers, without a trace in the process that asks for it."""

from __future__ import annotations

import os

import pytest

from glossator.config import BuildSettings
from glossator.executors import FEW, Serial, open_executor


@pytest.mark.parametrize(("workers", "pieces"), [(1, 100), (2, FEW), (-3, 100)])
def test_one_worker_or_little_work_is_done_in_place(workers: int, pieces: int) -> None:
    assert isinstance(open_executor(BuildSettings(workers), pieces), Serial)


def test_a_worker_uses_one_thread_and_the_process_itself_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    before = dict(os.environ)
    with open_executor(BuildSettings(2), FEW + 1) as executor:
        assert "1" == executor.submit(os.getenv, "OMP_NUM_THREADS").result()
    assert before == dict(os.environ)
