"""Models are loaded when they are needed, and leave memory when they are not."""

from __future__ import annotations

import gc
import weakref
from importlib import import_module
from pathlib import Path

import pytest

from glossator.config import DEFAULT_MODEL, NUMPY
from glossator.stages.annotate.models import pipelines
from tests.sites import build, lay, leave_out_search

ONE_ARTICLE = """-- content/articles/port.md --
# The port

Edda Marsh came to Veldhaven.
"""


@pytest.mark.model
def test_a_pipeline_that_is_replaced_leaves_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    pipelines._loaded.cache_clear()
    replaced = weakref.ref(pipelines.pipeline(DEFAULT_MODEL, "en", NUMPY).nlp)
    monkeypatch.setattr(pipelines, "VOCABULARY", 0)
    pipelines.pipeline(DEFAULT_MODEL, "en", NUMPY)
    gc.collect()
    assert replaced() is None


def test_a_build_of_many_articles_frees_the_model_and_the_next_one_loads_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    monkeypatch.setattr(import_module("glossator.pipeline.analysis.find_entities"), "MANY_ARTICLES", 1)
    lay(tmp_path, ONE_ARTICLE)
    first = build(tmp_path)
    assert 0 == pipelines._loaded.cache_info().currsize
    (tmp_path / "content/articles/port.md").write_text("# The port\n\nEdda Marsh left Veldhaven.\n", "utf-8")
    assert (1, 1) == (first.annotated, build(tmp_path).annotated)
