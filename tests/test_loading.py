"""What is loaded without garbage collections is collected like all else once it is not needed."""

from __future__ import annotations

import gc
import weakref
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from glossator.config import DEFAULT_MODEL, NUMPY
from glossator.gc_while_loading import loading
from glossator.pipeline import find_entities
from glossator.stages.annotate import models
from tests.sites import build, lay, leave_out_search

ONE_ARTICLE = """-- content/articles/port.md --
# The port

Edda Marsh came to Veldhaven.
"""


def test_garbage_is_collected_again_after_loading_even_if_it_failed() -> None:
    before = gc.get_threshold()
    with suppress(ImportError), loading():
        assert gc.get_threshold()[0] == 0
        raise ImportError
    assert before == gc.get_threshold()
    gc.unfreeze()


def test_thresholds_that_a_build_chose_hold_after_loading() -> None:
    before = gc.get_threshold()
    gc.set_threshold(900, 10, 1_000)
    try:
        with loading(), loading():
            pass
        assert (900, 10, 1_000) == gc.get_threshold()
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def test_threads_that_load_at_the_same_time_restore_what_was_before() -> None:
    before, began, entered, ended = gc.get_threshold(), Event(), Event(), Event()

    def first() -> None:
        with loading():
            began.set()
            entered.wait(0.2)  # the other thread would begin meanwhile, and end later
        ended.set()

    def second() -> None:
        began.wait()
        with loading():
            entered.set()
            ended.wait()

    threads = [Thread(target=work) for work in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert before == gc.get_threshold()
    gc.unfreeze()


@pytest.mark.model
def test_a_pipeline_that_is_replaced_leaves_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    models._loaded.cache_clear()
    with loading():
        replaced = weakref.ref(models.pipeline(DEFAULT_MODEL, "en", NUMPY).nlp)
    monkeypatch.setattr(models, "VOCABULARY", 0)
    models.pipeline(DEFAULT_MODEL, "en", NUMPY)
    gc.collect()
    assert replaced() is None


def test_a_build_of_many_articles_frees_the_model_and_the_next_one_loads_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    monkeypatch.setattr(find_entities, "MANY_ARTICLES", 1)
    lay(tmp_path, ONE_ARTICLE)
    first = build(tmp_path)
    assert 0 == models._loaded.cache_info().currsize
    (tmp_path / "content/articles/port.md").write_text("# The port\n\nEdda Marsh left Veldhaven.\n", "utf-8")
    assert (1, 1) == (first.annotated, build(tmp_path).annotated)
