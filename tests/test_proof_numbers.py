"""Numbers, dates and authors in sentences that a person writes in words of his own, held against a small archive."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from glossator.cli import main
from tests.sites import command, lay

ARCHIVE = """\
-- glossator.toml --
[site]
title = "Cuttings"
-- content/entities.toml --
-- content/entities.lock.json --
{"entities": {}}
-- content/articles/ferry.md --
---
title: The Skerry ferry
site: The Northern Gazette
published: 2021-11-18
authors:
- Edda Marie Halvorsen
---
The Skerry ferry carried 8,263 business and leisure passengers last season, and 51 % of them came from Ravnsborg.

The harbour board of Ravnsborg bought the ferry from a shipyard in Corvane for $35 million on July 25, 2019.

Its diesel engine has 471 hp, and the shipyard promises that a battery model of the Skerry ferry will go on sale in summer 2020.

Nearly 300 schools around Ravnsborg closed when storms held up the ferry.

The ferry leaves the old quay between 9:30 and 11:30 a.m., if the fog allows.

A cabin on the upper deck costs $212 to $276, depending on the view.

Olga Strand, the captain, has crossed the sound for 17 years. Her mate Jonas Aber has crossed it for 12 years.
-- content/articles/bees.md --
---
title: Bees
published: 2020-05-02
---
Tilo Umbra keeps forty hives behind the customs house.
"""
WRONG = {
    "share": ("Of the passengers of the Skerry ferry, 61 per cent live in Ravnsborg.", "61 per cent", "51 %"),
    "unit": ("The diesel engine of the Skerry ferry brings 417 horsepower.", "417", "471"),
    "season": (
        "The shipyard promises that a battery model of the Skerry ferry will go on sale in summer 2021.",
        "summer 2021",
        "summer 2020",
    ),
    "amount": (
        "For the ferry the harbour board of Ravnsborg paid the shipyard in Corvane $53 million.",
        "$53 million",
        "$35 million",
    ),
    "date": (
        "It was on July 15 that the Ravnsborg harbour board bought it from the Corvane shipyard.",
        "July 15",
        "July 25, 2019",
    ),
    "year": ("The Ravnsborg harbour board has owned the ferry since 2017, when it bought it.", "2017", "July 25, 2019"),
    "count": ("The Skerry ferry took 6,823 passengers last season.", "6,823", "8,263"),
    "words": ("Some four hundred schools around Ravnsborg stayed closed in the storms.", "four hundred", "300"),
    "time": (
        "From the old quay the Skerry ferry leaves between 8:30 and 11:30.",
        "8:30 and 11:30",
        "9:30 and 11:30 a.m.",
    ),
    "range": ("A cabin on its upper deck costs $212 to $267.", "$212 to $267", "$212 to $276"),
}
RIGHT = (
    "Half of the passengers of the Skerry ferry, roughly, come from Ravnsborg.",
    "More than 8,000 passengers took the Skerry ferry last season.",
    "In July 2019 the Ravnsborg harbour board bought the ferry from the Corvane shipyard for about $35 million.",
    "Almost three hundred schools around Ravnsborg were closed in the storms.",
    "The Skerry ferry leaves the old quay at half past nine at the earliest.",
    "A cabin on the upper deck of the Skerry ferry costs up to $276, or from $212.",
    "The shipyard wants to sell a battery model of the Skerry ferry from the middle of 2020.",
)
OPEN = """\
Captain Olga Strand of Ravnsborg has known the Skerry ferry and the sound for 25 winters.

Who crossed the sound in all of these 15 years, Olga Strand or Jonas Aber?"""
AUTHORS = "Edda Marie Halvorsen is angry in the Northern Gazette. Halvorsen will not have it, and Halvorson neither."


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay(tmp_path_factory.mktemp("numbers"), ARCHIVE)
    assert 0 == command(folder, "--no-search")[0]
    drafts = {"right": "\n\n".join(RIGHT), "open": OPEN, "authors": AUTHORS}
    drafts |= {name: f"A note on the Skerry ferry.\n\n{sentence}" for name, (sentence, *_) in WRONG.items()}
    for name, text in drafts.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    return folder


def run(archive: Path, *arguments: str) -> Result:
    where = [f"--{one}={archive / one}" for one in ("content", "site")]
    return CliRunner(catch_exceptions=False).invoke(main, ["proof", "--workers=1", *where, *arguments])


@pytest.fixture(scope="module")
def proofs(archive: Path) -> dict[str, Any]:
    """What the command says of each draft, by the draft's name."""
    done = run(archive, "--format=json", *map(str, sorted(archive.glob("*.md"))))
    assert (1, "") == (done.exit_code, done.stderr)
    return {Path(path).stem: proof for path, proof in json.loads(done.stdout).items()}


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_number_is_told_in_a_sentence_that_is_only_about_the_same(proofs: dict[str, Any], fault: str) -> None:
    _, said, written = WRONG[fault]
    findings = [finding for finding in proofs[fault]["findings"] if finding["kind"] == "number"]
    assert [(said, written)] == [(one["text"], one["difference"][0]["archive"]) for one in findings]


def test_right_numbers_are_compared_however_they_are_put_and_none_is_called_wrong(proofs: dict[str, Any]) -> None:
    assert [] == [finding for finding in proofs["right"]["findings"] if finding["kind"] != "verbatim"]
    assert [] == [number["text"] for number in proofs["right"]["numbers"]["not_compared"]]


def test_a_number_that_two_of_the_archive_could_be_meant_by_is_not_compared(proofs: dict[str, Any]) -> None:
    assert [] == [finding for finding in proofs["open"]["findings"] if finding["kind"] == "number"]
    left = proofs["open"]["numbers"]["not_compared"]
    assert [("25", 1), ("15", 3)] == [(number["text"], number["line"]) for number in left]
    assert [OPEN[number["start"] : number["end"]] for number in left] == [number["text"] for number in left]


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_report_counts_the_numbers_and_names_the_lines_of_those_not_compared(archive: Path, form: str) -> None:
    told = run(archive, f"--format={form}", str(archive / "open.md")).stdout.replace("\\", "")
    assert "2 numbers, 0 compared, 2 not: line 1 (25), line 3 (15)" in told


def test_authors_and_publications_are_known_names_and_their_misspellings_are_told(proofs: dict[str, Any]) -> None:
    assert [("spelling", "Halvorson", ["Halvorsen"])] == [
        (finding["kind"], finding["text"], finding["nearest"]) for finding in proofs["authors"]["findings"]
    ]
