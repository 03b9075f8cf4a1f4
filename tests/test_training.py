"""What training reads out of packages and files: names by their concepts, newspapers, teams, what readers judged."""

from __future__ import annotations

import json
from pathlib import Path

from glossator.stages.annotate.models.classify import packaged_vectors
from training import packages, wordnet
from training.descriptors import JUDGEMENTS, judged_samples

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
