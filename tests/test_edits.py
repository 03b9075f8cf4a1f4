"""Five hundred random edits of whole archives: after each the site is the one that a clean build makes, byte for byte.

`bench/edits.py` makes thousands; the seeds here differ from its own.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import edits, standin

SEEDS = range(100, 110)
EDITS = 50
"""Edits of each seed's archive: ten seeds make five hundred."""
ARTICLES = 8


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names") / "list"
    standin.write(folder)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_every_edit_leaves_the_site_that_a_clean_build_makes(
    tmp_path: Path, names: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr("glossator.stages.plan.catalogue.cut_long_lists.LONG", 5)
    monkeypatch.setattr("glossator.stages.plan.catalogue.lists.FURTHER", 0)
    edits.grow(tmp_path, names, ARTICLES)
    assert [None] * EDITS == list(edits.run(tmp_path, EDITS, seed))
