"""Rows that follow from what articles contribute: after any edits they are those that a first build makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from random import Random

import pytest

from glossator.incremental import schema
from glossator.incremental.cache import Cache
from glossator.incremental.increments import Contribution, Derivation, Increment, Parts, follow
from glossator.incremental.namespace import Namespace, commit
from glossator.model import Digest, SitePath
from tests.sweeps import sweep

Texts = dict[SitePath, str]
"""Text of each page; its words are the rows to which it contributes."""
Pages = tuple[SitePath, ...]


def in_order(stored: Pages | None, leaving: AbstractSet[SitePath], new: Parts[SitePath, SitePath]) -> Pages | None:
    return tuple(sorted({*(stored or ()), *(page for _, page in new)} - leaving | {page for page, _ in new})) or None


def build(
    cache: Cache, texts: Texts, unsure: AbstractSet[SitePath] = frozenset(), kind: str = ""
) -> tuple[Increment[SitePath, Pages], list[SitePath]]:
    """Bring the index of words up to date; returns what changed, and the pages that were read."""
    namespace, read = Namespace(cache, schema.SITE, site=kind, plan_settings=""), list[SitePath]()

    def words_of(pages: Sequence[SitePath]) -> Iterator[tuple[SitePath, Contribution[SitePath]]]:
        read.extend(pages)
        for page in pages:
            if texts[page] != "unreadable":
                problem = "says nothing" if not texts[page] else ""
                parts = [(word, page) for word in dict.fromkeys(texts[page].split())]
                yield page, Contribution(parts, problem, again=page in unsure)

    inputs = {page: Digest(text or "-") for page, text in texts.items()}
    increment = follow(namespace, Derivation(words_of, schema.READERS, in_order), inputs)
    commit(cache, namespace)
    return increment, read


def index_of(cache: Cache) -> dict[str, Pages]:
    return Namespace(cache, schema.SITE, site="", plan_settings="").read_all(schema.READERS)


def page(name: str) -> SitePath:
    return SitePath(name)


@pytest.mark.parametrize("seed", sweep(range(4), 2))
def test_after_any_edits_the_rows_are_those_of_a_first_build(tmp_path: Path, seed: int) -> None:
    dice, texts = Random(seed), Texts()
    with Cache(tmp_path / "edited.sqlite3") as cache:
        for _ in range(40):
            key = page(f"page {dice.randrange(8)}")
            if key in texts and dice.random() < 0.3:
                del texts[key]
            else:
                texts[key] = " ".join(dice.choices(("quay", "silt", "crane", "barge"), k=dice.randrange(4)))
            increment, read = build(cache, texts)
            assert {*read} == increment.changed <= {key}
        with Cache(tmp_path / f"{seed}.sqlite3") as clean:
            build(clean, texts)
            assert index_of(clean) == index_of(cache)


def test_only_rows_that_an_input_enters_or_leaves_are_told_as_they_were_and_as_they_are(tmp_path: Path) -> None:
    with Cache(tmp_path / "memory.sqlite3") as cache:
        build(cache, {page("a"): "quay silt", page("b"): "silt crane"})
        increment, _ = build(cache, {page("a"): "quay barge", page("b"): "silt crane"})
        assert {"quay": ("a",), "silt": ("b",), "barge": ("a",)} == {
            key: now for key, (_, now) in increment.rows.items()
        }
        assert (("a", "b"), ("b",)) == increment.rows["silt"]
        increment, _ = build(cache, {page("b"): "silt crane"})
        assert ({page("a")}, set[SitePath]()) == ({*increment.gone}, {*increment.changed})
        assert (("a",), None) == increment.rows["quay"]


def test_a_problem_is_told_by_each_build_and_an_input_that_proves_nothing_is_asked_again(tmp_path: Path) -> None:
    texts = {page("a"): "", page("b"): "quay", page("c"): "unreadable"}
    with Cache(tmp_path / "memory.sqlite3") as cache:
        assert [*texts] == build(cache, texts, unsure={page("b")})[1]
        increment, read = build(cache, texts)
        assert [page("b"), page("c")] == read
        assert ("says nothing", False) == (increment.now[page("a")].problem, page("c") in increment.now)
        assert [page("c")] == build(cache, texts)[1]


def test_another_basis_begins_anew(tmp_path: Path) -> None:
    with Cache(tmp_path / "memory.sqlite3") as cache:
        build(cache, {page("a"): "quay", page("b"): "silt"})
        increment, read = build(cache, {page("a"): "quay"}, kind="another")
        assert ([page("a")], frozenset()) == (read, increment.gone)


def test_sources_of_a_row_differ_with_its_inputs_and_count_its_parts(tmp_path: Path) -> None:
    with Cache(tmp_path / "memory.sqlite3") as cache:
        first = build(cache, {page("a"): "quay", page("b"): "quay silt"})[0].sources()
        again = build(cache, {page("b"): "quay silt", page("a"): "quay crane"})[0].sources()
    assert {"quay": 2, "silt": 1} == {key: count for key, (_, count) in first.items()}
    assert first["silt"] == again["silt"]
    assert first["quay"][0] != again["quay"][0]
