"""Trees that judge many rows at once judge them as one by one."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from glossator.stages.extract.html.choice import judge_readings
from glossator.stages.extract.html.choice.judge_readings import judges


def walked(stored: dict[str, list[float]], root: int, row: list[float]) -> float:
    node = root
    for _ in range(int(stored["depth"])):  # type: ignore[call-overload]
        low = row[int(stored["signs"][node])] <= stored["thresholds"][node]
        node = int(stored["branches"][2 * node + low])
    return stored["values"][node]


@pytest.mark.parametrize("name", ["passages", "other_passages"])
def test_rows_are_judged_as_by_walking_each_tree(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = json.loads((resources.files("glossator") / "data" / "readings" / "judges.json").read_text("utf-8"))[name]
    width = 1 + max(stored["signs"])
    rows = [[(7 * row + 3 * sign) % 11 / 10 * (row % 5) for sign in range(width)] for row in range(12)]
    one_by_one = [sum(walked(stored, root, row) for root in stored["roots"]) for row in rows]
    assert one_by_one == list(getattr(judges(), name).judge(rows))
    monkeypatch.setattr(judge_readings, "_TOGETHER", 5)
    assert one_by_one == list(getattr(judges(), name).judge(rows))
    assert [] == list(getattr(judges(), name).judge([]))
