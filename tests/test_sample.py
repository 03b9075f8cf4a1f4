"""The sample archive in content/: every file becomes the article that a reader of the page would have copied out."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossator.config import ExtractSettings
from glossator.content.decisions import read_decisions
from glossator.content.own_texts import read_notes
from glossator.model import Extracted
from tests.extracted import extract

CONTENT = Path(__file__).parent.parent / "content"
SAVED = CONTENT / "saved"
ENDS = {
    "Aurelia Bay loses 212 containers in Storm Ingrid": "The container ship … seen afloat.",
    "Insurers ask who weighed the boxes on the Aurelia Bay": "Halden Mutual, the insurer … until 15 March to answer.",
    "How a ship sheds its boxes": "People keep asking me … begin with the scales.",
    "The Quay Ledgers: how a port made heavy boxes light": "For fourteen months … on the bottom tier.”",
    "Port chief denies knowing of second set of books": "RAVNSBORG — Ilse Marrend … per cent in Copenhagen.",
    "Engineer who copied the Quay Ledgers steps forward": "The woman who copied … asked about damp.”",
    "Parliament opens inquiry into Veldhaven port": "RAVNSBORG — Parliament … taken the large room.",
    "Naval architect tells inquiry the lashings never stood a chance": "Seo Min-jae put … its ordinary budget.",
    "The festival goes ahead without its host": "It rained … beyond reproach.",
    "Maritime Transparency Act passes by eleven votes": "RAVNSBORG — The Maritime … expected in December.",
    "Two ways to weigh a ship": "A report of 412 pages … and say nothing.",
    "Corvane settles, and Daskalov goes": "Corvane Lines is to pay … printed what they said.",
    "The first ship out on a Sunday": "Tobias Velling goes up … writes that down too.",
    "Corvane shares slide after ledger files": "The market took one look … The number is 702.*",
    "One shipper leaves Corvane, others ask for scales": "RAVNSBORG (Nordwire) … about the chairs.",
    "Heavy at the helm: Saturday night": "Anyone here who was out … who took it.",
    "À Lyr, on pêche des chaussures": "Sur le quai de Lyr … Cela nous change. »",
    "A note on damp": "So it was damp. … made to read them out.",
    "„Der Kran weiß, was er hebt“": "Wer in Veldhaven … 340 Euro gekostet.",
    "Agnes Tollund to run Veldhaven port": "RAVNSBORG — Agnes Tollund … would be a change,” she said.",
    "Engineer wins back her job, and a day’s pay for the cake": "Petra Lindqvar may go back … She had a list.”",
    "Halden Mutual takes Corvane to court over sixty million": "Halden Mutual filed … open to rain.",
    "Report finds that the ship was lost on the quay": "RAVNSBORG — The stacks … had done so already.",
    "Two clerks, one spreadsheet": "The two accused … set down for nine days.",
}
"""Title -> how the body begins and ends."""
FURNITURE = (
    "cookies|Advertisement|newsletter|Subscribe|Most read|Copy link|Support us|paid for by its readers|brother-in-law|"
    "Your twistlock|The Tide Table|Also in Politics|Read next|Night Shifts|Listen again"
).split("|")
"""What stands around the articles in the saved files."""


@pytest.fixture(scope="module")
def sample() -> dict[str, Extracted]:
    """The articles by title."""
    paths = sorted(path for path in SAVED.rglob("*.*") if path.is_file())
    settings = ExtractSettings(("en",))
    made = [extract(path.read_bytes(), path.relative_to(SAVED).as_posix(), settings) for path in paths]
    return {article.title: article for one in made for article in one.articles}


def test_every_saved_file_becomes_an_article(sample: dict[str, Extracted]) -> None:
    assert sorted(ENDS) == sorted(sample)


@pytest.mark.parametrize("title", ENDS)
def test_the_body_holds_the_first_sentence_and_ends_with_the_last(sample: dict[str, Extracted], title: str) -> None:
    first, last = ENDS[title].split(" … ")
    body = sample[title].markdown.strip()
    assert (True, True) == (first in body[:600], body.split("[^1]:")[0].rstrip().endswith(last))


@pytest.mark.parametrize("title", ENDS)
def test_nothing_that_stood_around_the_article_is_left(sample: dict[str, Extracted], title: str) -> None:
    assert [] == [words for words in FURNITURE if words in sample[title].markdown]


def test_the_archive_shows_every_kind_of_decision_and_its_notes() -> None:
    decisions, _ = read_decisions(CONTENT)
    notes, problems = read_notes(CONTENT / "entities")
    kinds = ("ignore", "private", "confirm", "rename", "merge", "not_the_same", "types")
    assert ([], 4, ()) == ([kind for kind in kinds if not getattr(decisions, kind)], len(notes), problems)
