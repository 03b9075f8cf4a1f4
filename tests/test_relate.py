"""Which articles are related: by their words, equal after any edits to what a clean build finds."""

from __future__ import annotations

from random import Random

import pytest

from glossator.model import ArticleId
from glossator.stages.relate import WordState, strong_words
from glossator.stages.relate.update import relate
from glossator.word_lists import stop_words
from tests.related_rows import StoredRows
from tests.sweeps import sweep

SUBJECTS = (
    "harbour dredging channel silt barge tideway pilot seawall quay mooring",
    "orchard grafting rootstock cider pruning blossom codling canker harvest scion",
    "violin varnish purfling luthier bridge soundpost fingerboard maple spruce tonewood",
    "glacier moraine crevasse icefall meltwater seracs bergschrund firn cirque ablation",
)
FILLER = "council letter winter morning visitor window question answer evening village money report kitchen garden"

Texts = dict[ArticleId, tuple[str, str, str]]
"""Title, text and language by article."""


def text_on(dice: Random, subject: str) -> str:
    words = dice.choices(subject.split(), k=14) + dice.choices(FILLER.split(), k=10)
    dice.shuffle(words)
    return " ".join(words)


def build(rows: StoredRows, before: dict[ArticleId, WordState], texts: Texts) -> dict[ArticleId, WordState]:
    """Bring the rows up to date with the texts, as a build does."""
    words = rows.tables["words"]
    now = {key: strong_words(*text) for key, text in texts.items()}
    changes = {key: (words.get(key), now.get(key)) for key in words.keys() | now.keys()}
    changes = {key: pair for key, pair in changes.items() if pair[0] != pair[1]}
    rows.tables["words"] = dict(now)
    update = relate(rows.readers(), before, {key: language for key, (_, _, language) in texts.items()}, changes)
    rows.store(update)
    return update.states


def related(texts: dict[str, str], language: str = "en") -> dict[str, list[str]]:
    rows = StoredRows()
    build(rows, {}, {ArticleId(key): (key, text, language) for key, text in texts.items()})
    return {key: [one.article for one in found if one.is_related] for key, found in rows.tables["related"].items()}


def test_articles_on_one_subject_are_related_and_one_on_none_of_them_has_none() -> None:
    dice = Random(4)
    texts = {f"{subject.split()[0]} {number}": text_on(dice, subject) for subject in SUBJECTS[:2] for number in (1, 2)}
    found = related({**texts, "stray": "A pamphlet explains beekeeping regulations."})

    assert ["harbour 2"] == found["harbour 1"]
    assert ["orchard 1"] == found["orchard 2"]
    assert [] == found["stray"]


def test_words_that_every_text_has_relate_nothing() -> None:
    plain = "Although somebody will perhaps have been there before us, nevertheless everything becomes something"
    assert {"a": [], "b": []} == related({"a": f"{plain} dredging.", "b": f"{plain} grafting."})


def test_articles_of_two_languages_are_not_compared() -> None:
    rows = StoredRows()
    text = text_on(Random(1), SUBJECTS[0])
    build(rows, {}, {ArticleId("a"): ("a", text, "en"), ArticleId("b"): ("b", text, "fr")})
    assert {(): 2} == dict.fromkeys(rows.tables["related"].values(), 2)


def test_japanese_and_chinese_are_compared_by_pairs_of_characters() -> None:
    found = related(
        {"a": "港湾の浚渫工事計画が始まった。", "b": "浚渫工事計画は港湾局が行う。", "c": "果樹園の剪定を学ぶ。"}, "ja"
    )
    assert ["b"] == found["a"]
    assert [] == found["c"]


def test_a_weak_relation_is_left_out_beside_a_strong_one() -> None:
    harbour = SUBJECTS[0].split()
    base = " ".join(harbour)
    some = " ".join(harbour[:5] + SUBJECTS[2].split()[:5])
    assert ["twin"] == related({"article": base, "twin": f"{base} again", "half": some})["article"]
    assert ["half"] == related({"article": base, "half": some})["article"]


def test_headlines_of_others_addresses_and_marks_are_no_words_of_an_article() -> None:
    markdown = "The quay.\n\n> [!related] Orchard harvest\n\n[barge](https://tide.example/seawall_(dyke)) [Velm]{entity=ferry}\n"
    assert {"quay", "barge", "Velm"} == set(strong_words("", markdown, "en").forms)


def test_a_word_is_shown_as_the_article_writes_it_most_often() -> None:
    assert ("Hafen",) == strong_words("", "Der Hafen, ein Hafen, HAFEN", "de").forms


@pytest.mark.parametrize("seed", sweep(range(6), 2))
def test_after_any_edits_the_rows_are_those_of_a_clean_build(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glossator.stages.relate.update.MOST", 4)
    monkeypatch.setattr("glossator.inverse_frequency.SMALL", 6)  # so that weights change with the number of articles
    dice = Random(seed)
    texts: Texts = {}
    states: dict[ArticleId, WordState] = {}
    rows = StoredRows()
    for step in range(60):
        for _ in range(dice.randrange(1, 4)):
            key = ArticleId(f"article-{dice.randrange(40)}")
            if key in texts and dice.random() < 0.3:
                del texts[key]
            else:
                title = dice.choice(FILLER.split())
                texts[key] = (title, text_on(dice, dice.choice(SUBJECTS)), "en" if int(key[8:]) % 5 else "de")
        states = build(rows, states, texts)
        if step % 6 == 0:
            clean = StoredRows()
            build(clean, {}, texts)
            for table in ("words", "related"):
                assert clean.tables[table] == rows.tables[table]
            assert clean.tables["postings"].keys() == rows.tables["postings"].keys()


def test_norwegian_has_the_words_that_every_text_has_and_xhosa_has_none() -> None:
    assert {"for", "har", "hadde"} <= stop_words("no") == stop_words("nb")
    assert frozenset() == stop_words("xh")
