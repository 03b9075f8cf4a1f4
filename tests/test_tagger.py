"""The recogniser's parts: pieces of words, windows of paragraphs, the transformer, and the component of spaCy."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.language import Language

from glossator.stages.annotate.models.pipelines import OTHER_LANGUAGES, load_recogniser
from glossator.stages.annotate.models.tagger.component import LABELS, TAGS, spans
from glossator.stages.annotate.models.tagger.unigram_pieces import UnigramPieces
from glossator.stages.annotate.models.tagger.windows import GROUP, NEAR, WINDOW, Windows, windows
from glossator.stages.annotate.models.tagger.word_pieces import (
    ALL_CAPITALS,
    FIRST_CAPITAL,
    MIXED,
    MOST_PIECES,
    NO_CAPITAL,
    WordPieces,
    capitals_of,
)

KNOWN = ["[UNK]", "[CLS]", "[SEP]", "harbour", "harb", "##our", "##s", ".", "the", "velm", "i", "boats", "-"]
PIECES = WordPieces(KNOWN, ordinary=[KNOWN.index("the"), KNOWN.index("boats")])


def pieces(word: str) -> list[str]:
    return [KNOWN[row] for row in PIECES.of(word)]


def test_a_word_is_made_of_the_longest_pieces_in_small_letters_without_accents() -> None:
    assert pieces("Harbour") == ["harbour"]
    assert pieces("Hàrbours") == ["harbour", "##s"]
    assert pieces("harb-velm.") == ["harb", "-", "velm", "."]


def test_what_no_pieces_make_up_is_unknown_and_a_space_is_nothing() -> None:
    assert pieces("harbourx") == ["[UNK]"]
    assert pieces("\n") == []
    assert len(PIECES.of("-" * 100)) == MOST_PIECES


def test_how_the_capitals_of_a_word_stand() -> None:
    words = {"velm": NO_CAPITAL, "1990": NO_CAPITAL, "Velm": FIRST_CAPITAL, "I": FIRST_CAPITAL}
    words |= {"VELM": ALL_CAPITALS, "eVelm": MIXED, "VeLm": MIXED}
    assert {word: capitals_of(word) for word in words} == words


@pytest.mark.parametrize(
    ("words", "unexplained"),
    [
        (["The", "harbour", "."], []),
        (["Velm", "."], [0]),
        (["the", "harbour", ".", "Boats", "Velm"], [4]),
        (["the", "Boats"], [1]),
        (["the", "boats", "I"], []),
        ([], []),
    ],
)
def test_a_capital_that_nothing_explains_may_be_of_a_name(words: list[str], unexplained: list[int]) -> None:
    assert np.flatnonzero(PIECES.unexplained(words)).tolist() == unexplained


def shown(found: Windows) -> list[str]:
    return [KNOWN[row] for row in found.pieces]


def test_paragraphs_share_windows_and_long_ones_are_cut() -> None:
    short = ["Velm", ".", "\n", "boats", "Velm"]
    long = ["Velm", "harbours"] * WINDOW
    found = windows([short, ["the", "boats"], short, long], PIECES)
    sizes = np.diff(found.borders).tolist()
    assert max(sizes) <= WINDOW
    assert shown(found)[:11] == [
        "[CLS]", "velm", ".", "boats", "velm", "[SEP]", "velm", ".", "boats", "velm", "[SEP]",
    ]  # fmt: skip
    assert found.places.tolist()[:12] == [1, 2, -1, 3, 4, -1, -1, 6, 7, -1, 8, 9]
    assert len(found.places) == 2 * len(short) + 2 + len(long)
    assert shown(found).count("harbour") == WINDOW


def test_each_layer_reads_fewer_words_around_a_capital() -> None:
    read, near, tagged = NEAR
    around = ["the"] * 2 * read
    found = windows([[*around, "Velm", *around, "."]], PIECES)
    assert shown(found) == ["[CLS]", *["the"] * read, "velm", *["the"] * read, "[SEP]"]
    assert np.flatnonzero(found.near[1:-1]).tolist() == list(range(read - near, read + near + 1))
    assert np.flatnonzero(found.places >= 0).tolist() == list(range(2 * read - tagged, 2 * read + tagged + 1))


def test_no_paragraph_makes_no_window() -> None:
    assert windows([], PIECES).borders == [0]
    assert windows([["the", "boats"]], PIECES).places.tolist() == [-1, -1]


def test_tags_make_up_names() -> None:
    person, place = 1 + 2 * LABELS.index("PERSON"), 1 + 2 * LABELS.index("GPE")
    tags = [person, person + 1, 0, place, place, place + 1, person + 1, 0, person + 1, 0]
    likely = np.eye(TAGS, dtype=np.float32)[tags]
    spaces = [False] * len(tags)
    names = [(0, 2, "PERSON"), (3, 4, "GPE"), (4, 6, "GPE"), (6, 7, "PERSON")]
    assert spans(likely, spaces) == [*names, (8, 9, "PERSON")]
    spaces[7] = True
    assert spans(likely, spaces) == [*names[:-1], (6, 9, "PERSON")]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_recogniser()


@pytest.mark.model
def test_spacy_loads_the_packaged_pipeline_which_finds_names(nlp: Language) -> None:
    doc = nlp("The minister met Angela Merkel in Berlin.")
    assert [(one.text, one.label_) for one in doc.ents] == [("Angela Merkel", "PERSON"), ("Berlin", "GPE")]
    assert np.allclose(doc.tensor[:, :TAGS].sum(axis=1), 1, atol=1e-4)


@pytest.mark.model
def test_a_name_goes_on_in_the_next_line(nlp: Language) -> None:
    assert [one.text for one in nlp("They met Angela\nMerkel of Berlin.").ents] == ["Angela\nMerkel", "Berlin"]


@pytest.mark.model
def test_a_paragraph_that_can_hold_no_name_is_not_read(nlp: Language) -> None:
    doc = nlp("The boats were late.")
    assert not doc.ents
    assert not doc.tensor[:, TAGS:].any()
    assert not nlp("").ents


@pytest.mark.model
def test_windows_do_not_see_each_other(nlp: Language) -> None:
    filling = "Velm has a harbour, and the boats of Velm were late. " * 12
    alone = nlp(filling)
    together = list(nlp.pipe([filling, "Mara Lind left the Quay Choir. " * 15, filling]))
    for doc in (together[0], together[2]):
        assert np.allclose(doc.tensor, alone.tensor, atol=1e-3)


@pytest.mark.model
def test_hostile_words_are_read(nlp: Language) -> None:
    for text in ("A" * 5000, "\u0301" * 300, "Velm " * 3000, "Velm" + " the" * 300, "\x00\x01 I", "漢字 Велм"):
        assert len(nlp(text).tensor) == len(nlp.make_doc(text))


def test_a_long_text_is_calculated_in_groups_that_hold_each_word_once() -> None:
    paragraphs = [["the", "Velm", "harbours", "\n", "."] * 200, ["the", "harbour"], ["Velm", "boats"] * 2000]
    given = windows(paragraphs, PIECES)
    groups = list(given.groups())
    assert len(groups) > 1
    assert all(len(group.pieces) < GROUP + WINDOW for group in groups)
    tagged = [group.pieces[group.places].tolist() for group in groups]
    assert given.pieces[given.places[given.places >= 0]].tolist() == [row for rows in tagged for row in rows]


def test_a_text_without_a_name_has_no_group() -> None:
    assert list(windows([["the", "harbour"], []], PIECES).groups()) == []


# ---- other languages -------------------------------------------------------------------------------------------------

UNIGRAMS = {"<s>": 0.0, "</s>": 0.0, "<unk>": 0.0, "\u2581": -4.0, "\u2581Ha": -6.0, "fen": -6.0, "\u2581Hafen": -9.0}
UNIGRAMS |= {"mole": -7.0, "m": -5.0, "ole": -5.0, "'": -3.0, "fi": -6.0}
SPLIT = UnigramPieces(list(UNIGRAMS), list(UNIGRAMS.values()))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Hafen", ["\u2581Hafen"]),  # likelier than its two halves
        ("Hafenmole", ["\u2581Hafen", "mole"]),  # and so is the longer rest
        ("'", ["'"]),
        ("Ha\ufb01", ["\u2581Ha", "fi"]),  # one sign for two letters
        ("Haж", ["\u2581Ha", "<unk>"]),
        ("\n", []),
    ],
)
def test_a_word_is_made_of_the_likeliest_pieces(word: str, parts: list[str]) -> None:
    assert [list(UNIGRAMS)[row] for row in SPLIT.of(word)] == parts


def test_an_ordinary_word_with_a_capital_is_passed_over() -> None:
    words = ["Der", "Hafen", "mit", "der", "alten", "mole", "ist", "lang", "und", "voll", "Ha"]
    assert np.flatnonzero(windows([words], SPLIT).places >= 0).tolist() == [0, 1, 2, 3, 8, 9, 10]
    without = windows([words], SPLIT, NEAR, is_ordinary=lambda word: word != "Ha")
    assert np.flatnonzero(without.places >= 0).tolist() == [8, 9, 10]


@pytest.mark.model
def test_the_recogniser_of_other_languages_finds_names_in_them() -> None:
    nlp = load_recogniser(OTHER_LANGUAGES)
    assert "xx" == nlp.lang
    names = {
        "A Montevideo llegó la ministra Carmen Salvatierra.": ["Montevideo", "Carmen Salvatierra"],
        "Il a quitté l'Italie avec Anke Lüders.": ["Italie", "Anke Lüders"],
        "Dün İzmir'de Ahmet Yılmaz konuştu.": ["İzmir", "Ahmet Yılmaz"],
    }
    assert names == {text: [entity.text for entity in nlp(text).ents] for text in names}


@pytest.mark.model
def test_a_window_may_have_words_that_no_name_is_near_enough_to() -> None:
    nlp = load_recogniser(OTHER_LANGUAGES)
    docs = [nlp("Velm " * count + "est là. mais il est très loin de la côte.") for count in range(60, 65)]
    assert all(len(doc.tensor) == len(doc) for doc in docs)
