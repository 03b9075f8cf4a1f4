"""Sixty canaries beside what a chronology may tell: none is shown, linked or counted."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.sites import build, canaries, contents, lay, leave_out_search

OPEN = 6
HEAD = "---\ntitle: The pier, part {number}\nsite: The Gazette\npublished: 2024-03-{day:02}\nlanguage: en\n{more}---\n"
TOLD = "Marta Lindqvist sold the {what} of Ravnsborg to the Harbour Board on {day} March 2024 for a song.\n\n"
NAMES = (
    "Jonas Aber, Peter Brask, Ole Dahlgren, Nina Ekholm, Karl Fossum, Lena Granath, Ivar Hedlund, Greta Isaksen,"
    " Erik Juhlin, Frida Kvist, Gustav Lagerman, Hedda Molander, Ingrid Nordby, Jesper Oxholm, Karin Palmgren,"
    " Lars Quist, Mona Rosing, Nils Sandvik, Olga Thorsen, Pelle Ulfeldt"
).split(", ")
"""Twenty private names, each in a sentence with a day and a public name."""


def given(at: int) -> str:
    """Return how a canary was given: as the news of its article tells it, or with its day."""
    return "has given" if at % 2 == 0 else "gave on 9 March 2024"


def archive(secrets: bool) -> str:
    """Return an archive of public articles, with all that is kept back or without."""
    files = {
        "glossator.toml": '[site]\ntitle = "Cuttings"\n',
        "content/entities.toml": f"private = {json.dumps(NAMES)}\n[type]\n"
        '"Marta Lindqvist" = "person"\n"Ravnsborg" = "place"\n"Harbour Board" = "organisation"\n',
    }
    hidden = [f"Marta Lindqvist {given(at)} a CANARY{at} to the Harbour Board of the town.\n\n" for at in range(60)]
    for number in range(OPEN):
        body = TOLD.format(what=("pier", "mole", "crane", "lamp", "boat", "shed")[number], day=number + 1)
        files[f"content/articles/open-{number}.md"] = HEAD.format(number=number, day=number + 2, more="") + body
    for number in range(20) if secrets else ():
        head = HEAD.format(number=f"CANARY{number}", day=9, more="rights: private\n")
        files[f"content/articles/secret-{number}.md"] = head + hidden[number]
    excerpt = (
        "Nothing was said of it by the town.\n\nNobody asked.\n\n" + "Nothing came of it, and nobody wrote.\n\n" * 3
    )
    for number in range(20, 40):
        more = "rights: excerpt\nsource: https://gazette.example/pier\n"
        body = excerpt + (hidden[number] if secrets else "")
        files[f"content/articles/part-{number}.md"] = HEAD.format(number=number, day=9, more=more) + body
    named = "".join(
        f"Marta Lindqvist {given(at)} {name} a CANARY{at} in Ravnsborg.\n\n" for at, name in enumerate(NAMES, 40)
    )
    files["content/articles/names.md"] = (
        HEAD.format(number=40, day=9, more="") + "The town was quiet.\n\n" + (named if secrets else "")
    )
    return "".join(f"-- {path} --\n{text}" for path, text in files.items())


def told(site: Path) -> dict[str, bytes]:
    """Return what the site tells and counts: connections, files of months, and rows of events on all pages."""
    files = contents(site)
    events = {
        path: b"".join(re.findall(rb'<ol class="events"[^>]*>.*?</ol>', text, re.DOTALL))
        for path, text in files.items()
        if path.endswith(".html")
    }
    data = {path: text for path, text in files.items() if path.startswith(("connections/", "chronology/2024"))}
    return {**data, **{path: rows for path, rows in events.items() if rows}}


def test_of_sixty_canaries_none_is_told_counted_or_connected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    whole, public = tmp_path / "whole", tmp_path / "public"
    build(lay(whole, archive(secrets=True)))
    build(lay(public, archive(secrets=False)))
    shown = told(whole / "site")
    assert b"sold the" in shown["connections/marta-lindqvist.json"]
    assert shown == told(public / "site"), "the archive without the canaries tells and counts the same"
    # The text of an article is published with its private names; what other pages tell of it is not.
    assert set() == canaries(whole) - set(range(40, 60))
    for path, text in contents(whole / "site").items():
        if path.startswith(("connections/", "chronology/", "entities/", "topics/")):
            assert b"CANARY" not in text, path
