"""Events told side by side, the foot of an article, and the files by which two names are connected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sites import build, lay, leave_out_search, pages

ARCHIVE = """\
-- glossator.toml --
[site]
title = "Cuttings"
-- content/entities.toml --
private = ["Jonas Aber"]
[type]
"Marta Lindqvist" = "person"
"Ravnsborg" = "place"
"Harbour Board" = "organisation"
-- content/articles/gazette.md --
---
title: The pier is sold
site: The Gazette
published: 2024-03-06
language: en
---
Marta Lindqvist sold the old pier of Ravnsborg to the Harbour Board on 4 March 2024 for a song.

Marta Lindqvist left the council in tears on 4 March 2024 because of a quarrel over herrings.

Marta Lindqvist gave Jonas Aber a CANARY on 4 March 2024 in the harbour.
-- content/articles/courier.md --
---
title: A pier for a song
site: The Courier
published: 2024-03-07
language: en
---
Marta Lindqvist sold the old pier to the Harbour Board on 4 March 2024, and a song was the price.
-- content/articles/secret.md --
---
title: Secret
published: 2024-03-08
rights: private
---
Marta Lindqvist sold a CANARY to the Harbour Board on 5 March 2024 in Ravnsborg.
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    build(lay(tmp_path, ARCHIVE))
    return tmp_path / "site"


def test_one_event_has_one_row_and_two_of_a_day_have_two(site: Path) -> None:
    page = (site / "entities/marta-lindqvist.html").read_text("utf-8")
    rows = page.partition('<ol class="events"')[2].partition("</ol>")[0].split("<li")[1:]
    sold = [row for row in rows if "sold the old pier" in row]
    assert (1, 2) == (len(sold), len(rows))
    assert "The Gazette" in sold[0]
    assert "The Courier" in sold[0]


def test_nothing_private_is_told_counted_or_connected(site: Path) -> None:
    files = [
        *(site / "connections").iterdir(),
        *(site / "chronology").iterdir(),
        site / "entities/marta-lindqvist.html",
    ]
    assert [] == [file.name for file in files if b"CANARY" in file.read_bytes() or b"Aber" in file.read_bytes()]
    assert "<small>3 sentences</small>" in (site / "chronology/index.html").read_text("utf-8"), (
        "of four, one has a private name"
    )


def test_a_file_has_the_sentences_that_a_name_shares_with_another(site: Path) -> None:
    data = json.loads((site / "connections/marta-lindqvist.json").read_bytes())
    board = [name for _, name in data["others"]].index("Harbour Board")
    assert 2 == sum(board in others for *_, others in data["sentences"])
    assert not data["limited"]


def test_the_bars_of_mentions_and_the_list_of_articles_lead_on(site: Path) -> None:
    assert "../chronology/index.html" in pages(site)["articles/index.html"].addresses


def test_a_page_begins_with_what_is_told_of_its_name_or_by_several_and_folds_what_only_mentions_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    own = (
        "The Harbour Board bought a lamp on 7 March 2023.",
        "The Harbour Board closed the dock on 8 March 2023.",
        "Marta Lindqvist painted the Harbour Board a sign on 9 March 2023.",
    )
    build(lay(tmp_path, ARCHIVE.replace("for a song.", "\n\n".join(("for a song.", *own)), 1)))
    page = (tmp_path / "site/entities/harbour-board.html").read_text("utf-8")
    rows = page.partition('<ol class="events"')[2].partition("</ol>")[0].split("<li")[1:]
    verbs = ("bought", "closed", "painted", "sold")
    found = [(next(verb for verb in verbs if verb in row), "folded" in row) for row in rows]
    assert [("bought", False), ("closed", False), ("painted", True), ("sold", False)] == found


def test_the_years_of_a_name_in_lists_are_those_that_pages_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    saved = "-- content/articles/copy.md --\n---\ntitle: Copy\nsaved: 2031-05-02\n---\nMarta Lindqvist swam.\n"
    build(lay(tmp_path, ARCHIVE + saved))
    lists = pages(tmp_path / "site")["entities/index.html"].text
    assert "Marta Lindqvist" in lists
    assert "2024" in lists
    assert "2031" not in lists
