"""Which spans are names: candidates, features, the network's sums, and what the packaged tables say of invented texts."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossator.naming.name_lists import KINDS, ListedNames, bits
from glossator.stages.annotate.models.classify import (
    ClassifierInput,
    Context,
    Recognised,
    Tables,
    judge,
    packaged,
    reasons,
    reasons_for_type,
)
from glossator.stages.annotate.models.classify.candidate_spans import candidates, runs
from glossator.stages.annotate.models.classify.features import features
from glossator.stages.annotate.models.classify.judgement import context_of, read
from glossator.stages.annotate.models.classify.network import CLASSES, Network, restored
from glossator.stages.annotate.models.classify.reasons import GROUPS
from glossator.stages.annotate.models.classify.tokens import tokenise
from glossator.stages.annotate.models.classify.view import view
from glossator.stages.annotate.models.classify.words import QuantisedVectors, WordIndex, Words
from glossator.stages.annotate.models.classify.words_around import NameLists
from training.packed_tables import stored, written

NAMES = Path(__file__).parent.parent / "glossator" / "data" / "names"

WORDS = Words(
    WordIndex(b"\nlisbon\nsaid"),
    np.array([0, 1, 2], np.int32),
    QuantisedVectors(np.full((2, 2), 0x87, np.uint8), np.zeros(4, np.float32)),
    np.array([0, 0, bits("common")], np.uint32),
    np.array([0, 1, 0], np.uint16),
    np.array([0, 1, 0], np.uint16),
    QuantisedVectors(np.full((1, 2), 0x87, np.uint8), np.zeros(4, np.float32)),
)
LISTS = NameLists(lambda name: {"lisbon": bits("place"), "python": bits("language")}.get(name, 0))


def spans(content: str, *recognised: Recognised) -> list[str]:
    tokens = tokenise(content, [(0, len(content))], packaged().words)
    found = candidates(tokens, recognised)
    pairs = zip(found.first.tolist(), found.last.tolist(), strict=True)
    return [content[tokens.starts[first] : tokens.ends[last - 1]] for first, last in pairs]


@pytest.mark.parametrize(
    ("content", "forms"),
    [
        ("in St. Louis, AT&T's Node.js", ["in", "St", ".", "Louis", ",", "AT&T", "'s", "Node.js"]),
        ("U.S. users of C++ don't", ["U.S.", "users", "of", "C++", "don't"]),
        ("Jean-Claude’s (iPhone)", ["Jean", "-", "Claude", "’s", "(", "iPhone", ")"]),
    ],
)
def test_tokens(content: str, forms: list[str]) -> None:
    assert list(tokenise(content, [(0, len(content))], WORDS).forms) == forms


def test_stretches_of_a_run_of_capitals_are_candidates() -> None:
    found = spans("they met the Bank of England in Lisbon yesterday")
    assert {"Bank", "England", "Bank of England", "Lisbon"} <= set(found)
    assert "England in Lisbon" in found  # for the network to refuse
    assert "met" not in found


def test_a_comma_ends_a_run() -> None:
    content = "from Porto, Braga and Faro"
    assert [len(run) for run in runs(tokenise(content, [(0, len(content))], WORDS))] == [1, 2]


def test_a_recognised_span_in_small_letters_is_a_candidate_once() -> None:
    content = "we said that the said thing"
    assert spans(content, Recognised(3, 7, "ORG")) == ["said"]


def test_a_word_that_no_dictionary_has_is_a_candidate() -> None:
    assert "zorbctl" in spans("run zorbctl as said")


def test_a_quoted_title_is_a_candidate() -> None:
    assert "A quiet year by the sea" in spans("her book “A quiet year by the sea” came out")


def test_all_blocks_have_a_row_for_each_candidate() -> None:
    content = "Mara Lind said so in Lisbon.\n\nLIND AGAIN\n\n"
    tokens = tokenise(content, [(0, 28), (30, 40)], WORDS)
    seen = view(tokens, [Recognised(0, 9, "PERSON")])
    blocks = features(seen, WORDS, LISTS, np.ones((len(tokens), 5), np.float32))
    assert {len(rows) for rows in blocks.values()} == {len(seen.candidates)}
    assert all(np.isfinite(rows).all() for rows in blocks.values())
    lisbon = seen.forms.index("Lisbon")
    assert blocks["list of names"][lisbon].sum() == 1
    assert blocks["recognised"][seen.forms.index("Mara Lind"), 0] == 1


def test_an_empty_text_has_no_candidates() -> None:
    seen, blocks = read(ClassifierInput("", []), Tables(WORDS, LISTS, {}))
    assert len(seen.candidates) == 0
    assert {len(rows) for rows in blocks.values()} == {0}


@given(st.text(max_size=200))
def test_any_text_can_be_read(content: str) -> None:
    seen, blocks = read(ClassifierInput(content, [(0, len(content))]), Tables(WORDS, LISTS, {}))
    assert all(len(rows) == len(seen.candidates) for rows in blocks.values())


def network(width: int, hidden: int = 3) -> Network:
    draw = np.random.default_rng(1)

    def some(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return draw.standard_normal(shape).astype(np.float32)

    ones = np.ones(width, np.float32)
    first, second = some(width, hidden), some(hidden, len(CLASSES))
    return Network(("a", "b"), (2, width - 2), 0 * ones, ones, first, some(hidden), second, some(len(CLASSES)))


def test_probabilities_sum_to_one_and_weights_to_the_difference_of_logits() -> None:
    net = network(5)
    blocks = {"a": np.array([[0.5, -1]], np.float32), "b": np.array([[1, 0.25, -0.5]], np.float32)}
    likely = net.probabilities(blocks)
    assert likely.sum() == pytest.approx(1)
    nothing = {name: np.zeros_like(rows) for name, rows in blocks.items()}
    parts = net.weights(blocks, 0, 1, 0)
    bent = (np.hstack([*blocks.values()])[0] @ net.first + net.first_bias) > 0
    constant = (bent * net.first_bias) @ (net.second[:, 1] - net.second[:, 0]) + net.second_bias[1] - net.second_bias[0]
    assert sum(parts.values()) + constant == pytest.approx(float(np.log(likely[0, 1] / likely[0, 0])), abs=1e-5)
    assert set(nothing) == set(parts)


def test_many_rows_are_judged_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    net = network(5)
    draw = np.random.default_rng(2)
    blocks = {name: draw.standard_normal((11, width)).astype(np.float32) for name, width in (("a", 2), ("b", 3))}
    whole, chosen = net.probabilities(blocks), np.array([1, 4, 5, 6, 10])
    monkeypatch.setattr("glossator.stages.annotate.models.classify.network.ROWS", 3)
    np.testing.assert_allclose(net.probabilities(blocks), whole, rtol=1e-5)
    np.testing.assert_allclose(net.probabilities(blocks, chosen), whole[chosen], rtol=1e-5)
    assert (0, len(CLASSES)) == net.probabilities(blocks, np.array([], np.int64)).shape


def test_networks_and_lists_are_restored_as_they_were_stored() -> None:
    net = network(5)
    back = restored(stored({"context": net}), ("context",))["context"]
    assert back.blocks == net.blocks
    np.testing.assert_allclose(back.first, net.first, atol=float(np.abs(net.first).max()) / 250)
    np.testing.assert_allclose(back.second, net.second, rtol=1e-3)
    lists = {kind: ["lisbon"] if kind == "place" else [] for kind in KINDS}
    listed = ListedNames(written(lists))
    assert [bits("place"), 0, 0] == [listed.kinds(name) for name in ("lisbon", "lisb", "velm")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("GitHub", "brand"),
        ("Haskell", "language"),
        ("Thanksgiving Day", "holiday"),
        ("Boston Celtics", "team"),
        ("Washington Post", "press"),
        ("Reuters", "press"),
        ("Federal Bureau of Investigation", "institution"),
        ("University of Oxford", "institution"),
        ("New Jersey", "place"),
        ("Presbyterian Church", "religion"),
        ("Walmart", "chain"),
        ("Battle of Waterloo", "event"),
        ("World Wide Web", "title"),
    ],
)
def test_what_everybody_knows_is_listed(name: str, kind: str) -> None:
    assert packaged().lists.kinds(name.lower()) & bits(kind)


def test_a_rare_word_has_the_vector_of_its_group() -> None:
    words = packaged().words
    rare = words.index.row("skechers")
    assert words.group[rare] > 0
    group, none = words.groups.at(np.array([words.group[rare], 0]))
    assert np.abs(group).sum() > 0
    assert not none.any()


def test_each_word_of_the_table_is_found_and_no_other() -> None:
    index = WordIndex("\na\nab\nb\né".encode())
    assert [1, 2, 3, 4] == [index.row(word) for word in ("a", "ab", "b", "é")]
    assert not any(map(index.row, ("", "aa", "c", "é\n", "a\nab", "\udc80")))


def test_vectors_of_stretches_are_joined_by_their_places() -> None:
    class Reading:
        starts = np.array([0, 4], np.int64)
        vectors = np.ones((2, 3), np.float32)

    found = context_of([0, 10], [Reading(), Reading()])
    assert isinstance(found, Context)
    assert found.starts.tolist() == [0, 4, 10, 14]
    assert context_of([], []) is None


def test_names_do_not_overlap_and_are_in_order() -> None:
    content = "Mara Lind of the University of Porto told Reuters that Lisbon and Porto agree. Lind said so."
    found = judge(ClassifierInput(content, [(0, len(content))]), packaged()).names(least=0.01)
    assert found
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_without_a_recogniser_plain_names_are_found() -> None:
    content = "The minister met Angela Merkel in Berlin, and Google opened an office in Paris. Merkel smiled."
    found = judge(ClassifierInput(content, [(0, len(content))]), packaged()).names()
    types = {content[one.start : one.end]: one.type for one in found}
    assert types["Berlin"] == types["Paris"] == "place"
    assert types["Angela Merkel"] == "person"
    assert types["Google"] in ("organisation", "product")


def test_the_reasons_name_blocks_of_features() -> None:
    content = "They moved to Berlin in May."
    judgement = judge(ClassifierInput(content, [(0, len(content))]), packaged())
    name = judgement.names()[0]
    weights = judgement.reasons(name.candidate)
    assert len(weights) == len(judgement.network.blocks)
    assert abs(weights[0][1]) >= abs(weights[-1][1])


def test_the_reasons_are_told_in_words() -> None:
    content = "They moved to Berlin in May."
    judgement = judge(ClassifierInput(content, [(0, len(content))]), packaged())
    number = judgement.names()[0].candidate
    told = reasons(judgement, number)
    assert 1 <= len(told) <= 4
    assert all(one.startswith(("for: ", "against: ")) for one in told)
    assert len(reasons_for_type(judgement, number)) <= 4


def test_every_block_of_features_has_words() -> None:
    _, blocks = read(ClassifierInput("", []), Tables(WORDS, LISTS, {}))
    told = {block for group in GROUPS.values() for block in group}
    assert set(blocks) <= told


def test_the_same_text_is_judged_the_same_twice() -> None:
    content = "Lufthansa flies from Berlin to Porto."
    first, second = (judge(ClassifierInput(content, [(0, len(content))]), packaged()) for _ in range(2))
    assert first.name.tobytes() == second.name.tobytes()


@pytest.mark.parametrize("folder", ["recogniser", "other_languages"])
def test_a_packaged_recogniser_holds_no_word_of_a_text(folder: str) -> None:
    strings = json.loads((NAMES / folder / "vocab" / "strings.json").read_text("utf-8"))
    assert all(one.isupper() for one in strings)
    assert len(strings) < 40


def test_the_packaged_files_are_small() -> None:
    sizes = {file: file.stat().st_size for file in NAMES.rglob("*") if file.is_file()}
    recogniser = sum(size for file, size in sizes.items() if "recogniser" in file.parts)
    assert recogniser < 13_500_000
    other_languages = sum(size for file, size in sizes.items() if "other_languages" in file.parts)
    assert other_languages < 15_500_000
    assert sum(sizes.values()) - recogniser - other_languages < 5_000_000
