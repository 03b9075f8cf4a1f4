"""Passages that several articles have: which are found, who was first, and what must never be told of them."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from glossator.cli import main
from glossator.incremental.cache import Cache
from glossator.incremental.namespace import Namespace, commit
from glossator.incremental.schema import LINEAGE, SHARED_PASSAGES
from glossator.markup import read
from glossator.model import ArticleHead, ArticleId, PrivateNames, SharedPassage, SharedPassages
from glossator.pipeline.analysis.find_shared_passages import bring_up_to_date
from glossator.pipeline.stage_work import ArticleFile
from glossator.stages.lineage import ComparedText, credited_agency, fingerprints, passages_of, stretches
from glossator.text import digest
from tests.sites import build, canaries, lay, leave_out_search, pages
from tests.sweeps import sweep

Texts = dict[ArticleId, str]
Rows = dict[ArticleId, SharedPassages]
WORDS = (
    "harbour winter council keeper ledger promised yesterday against before letters answered nobody quietly engines "
    "contract measured several remained furnished warehouse passengers delayed northern quarrel inspector repaired "
    "evening window written charter expected silence morning broken another reason wooden bridge between counted"
).split()
PARAGRAPH = (
    "The keeper of the light wrote that nobody had answered his letters since the winter, although the council had "
    "promised him a new engine before the first storms."
)


def paragraph(dice: Random, words: int = 45) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(words)).capitalize() + "."


def file_of(key: ArticleId, text: str) -> ArticleFile:
    return ArticleFile(ArticleHead(key, key), digest(text), "en", "", False, markdown=text)


def rows_of(cache: Cache, texts: Texts, private: PrivateNames = PrivateNames()) -> Rows:  # noqa: B008 -- frozen
    """The rows of all articles that share anything, after a build."""
    namespace = Namespace(cache, LINEAGE, private_names=digest(repr(private)))
    found = bring_up_to_date(namespace, {key: file_of(key, text) for key, text in sorted(texts.items())}, private)
    stored = namespace.read_all(SHARED_PASSAGES)
    assert stored == dict(found.shared)
    commit(cache, namespace)
    return stored


def shared(text: str, other: str) -> list[SharedPassage]:
    here, there = ComparedText(ArticleId("here"), read(text)), ComparedText(ArticleId("there"), read(other))
    return list(passages_of(here, there, stretches(here, there)))


@pytest.mark.parametrize("seed", sweep(range(6), 2))
def test_after_any_edits_passages_are_those_of_a_first_build_in_any_order(tmp_path: Path, seed: int) -> None:
    dice, texts = Random(seed), Texts()
    stock, notice = [paragraph(dice) for _ in range(30)], paragraph(dice, 30)
    with Cache(tmp_path / "edited.sqlite3") as cache:
        for step in range(12):
            for _ in range(dice.randint(1, 9)):
                key = ArticleId(f"article-{dice.randrange(24)}")
                parts = [*dice.sample(stock, 2), paragraph(dice), *([notice] if dice.random() < 0.7 else [])]
                texts[key] = "\n\n".join(dice.sample(parts, len(parts)))
            for key in dice.sample(sorted(texts), min(len(texts) // 4, dice.randrange(6))):
                del texts[key]
            edited = rows_of(cache, texts)
            with Cache(tmp_path / f"first-{step}.sqlite3") as fresh:
                assert rows_of(fresh, texts) == edited
    assert edited, "the articles share something"


def test_a_text_that_changes_beside_its_passages_keeps_them(tmp_path: Path) -> None:
    here, there = ArticleId("here"), ArticleId("there")
    with Cache(tmp_path / "cache.sqlite3") as cache:
        before = rows_of(cache, {here: f"{PARAGRAPH}\n\nRead on day 1.", there: PARAGRAPH})
        now = rows_of(cache, {here: f"{PARAGRAPH}\n\nRead on day 2.", there: PARAGRAPH})
        assert {here, there} == now.keys() == before.keys()


def test_a_notice_of_thirteen_articles_is_left_out_and_that_of_twelve_is_not(tmp_path: Path) -> None:
    texts = {ArticleId(f"a{number}"): f"{number}\n\n{PARAGRAPH}" for number in range(12)}
    with Cache(tmp_path / "cache.sqlite3") as cache:
        assert {11} == {len(row.passages) for row in rows_of(cache, texts).values()}
        assert {} == rows_of(cache, {**texts, ArticleId("b"): f"thirteen\n\n{PARAGRAPH}"})
        assert {11} == {len(row.passages) for row in rows_of(cache, texts).values()}


def test_a_story_counts_however_many_print_it(tmp_path: Path) -> None:
    dice = Random(2)
    story = "\n\n".join(paragraph(dice) for _ in range(4))
    texts = {ArticleId(f"a{number:02}"): f"{story}\n\n{paragraph(dice)}" for number in range(20)}
    with Cache(tmp_path / "cache.sqlite3") as cache:
        rows = rows_of(cache, texts)
    assert {19} == {len({passage.other for passage in row.passages}) for row in rows.values()}


@pytest.mark.parametrize(
    ("other", "differences"),
    [
        (PARAGRAPH, []),
        (PARAGRAPH.replace("a new engine ", ""), [("a new engine", "")]),
        (PARAGRAPH.replace("winter", "autumn").replace("him", "them"), [("winter", "autumn"), ("him", "them")]),
        (f"It was said before. {PARAGRAPH} Nobody denied it.", []),
    ],
)
def test_a_passage_is_found_with_the_words_that_differ(other: str, differences: list[tuple[str, str]]) -> None:
    (passage,) = shared(f"Something else.\n\n{PARAGRAPH}", f"Yet another beginning.\n\n{other}")
    text = read(f"Something else.\n\n{PARAGRAPH}").content
    assert PARAGRAPH.removesuffix(".") == text[passage.start : passage.end]
    assert ("p2", "p2") == (passage.anchor, passage.there)
    assert differences == [(text[gap.start : gap.end], gap.there) for gap in passage.differences]


def test_a_quotation_with_an_altered_word_is_found_between_unlike_texts() -> None:
    (passage,) = shared(
        "He said: “We will not be the ones who pay for this bridge.” Then he left.",
        "“We will not be the people who pay for this bridge,” the mayor told a reporter of ours.",
    )
    assert [("ones", "people")] == [
        ("He said: “We will not be the ones who pay for this bridge.”"[gap.start : gap.end], gap.there)
        for gap in passage.differences
    ]


@pytest.mark.parametrize(
    "phrase",
    [
        "The United Nations Office for the Coordination of Humanitarian Affairs and the World Food Programme",
        "A spokesman for the company declined to comment.",
        "There is no one size fits all when it comes to what those people need",
        "Petra Lindqvar, the head of marine claims at Northern Harbour Mutual of Aurelia,",
        "Seo Min-jae, a naval architect at the Marine Institute in Aurelia, led the team that designed the",
    ],
)
def test_names_and_turns_of_phrase_are_no_passages(phrase: str) -> None:
    dice = Random(3)
    assert [] == shared(f"{paragraph(dice, 20)} {phrase}", f"{phrase} {paragraph(dice, 20)}")


def test_a_short_whole_sentence_is_a_passage_and_so_is_one_that_also_introduces_somebody() -> None:
    dice = Random(3)
    for sentence in (
        "Then the men took the boat back down to the river and sold it.",
        "Petra Lindqvar, the head of the council, said that the warehouse had been furnished by passengers who expected it.",
    ):
        assert shared(f"{paragraph(dice, 20)} {sentence}", f"{sentence} {paragraph(dice, 20)}")


def test_a_copy_is_whole_although_phrases_recur_in_it() -> None:
    dice = Random(4)
    phrases = [paragraph(dice, 6) for _ in range(12)]
    text = " ".join(f"{paragraph(dice, 20)} {phrase}" for phrase in [*phrases, "Nobody knew why.", *phrases])
    (passage,) = shared(text, text.replace("Nobody knew", "Everybody knew"))
    assert text.removesuffix(".") == text[passage.start : passage.end]


def test_passages_in_other_scripts_are_found() -> None:
    said = "市议会在星期二投票决定关闭北港进行维修尽管几名成员怀疑资金是否足够完成这项工程。"
    (passage,) = shared(f"另外的开头在这里写下。\n\n{said}", f"{said}\n\n别的事情。")
    assert passage.anchor == "p2"


def test_a_text_of_one_word_repeated_ends_soon_and_shares_once() -> None:
    text = "harbour " * 20_000
    assert len(fingerprints(text)) < 10
    assert len(shared(text, text)) <= 1


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("BERLIN (Reuters) - The council met.", "Reuters"),
        ("The council met on Tuesday.\n\ndpa/lno", "dpa"),
        ("The council met on Tuesday.\n\n© AFP", "AFP"),
        ("The council met. Reuters was told of it by the mayor, who met others as well.", ""),
        ("A reporter of AP met the mayor (AP had asked him before).", ""),
    ],
)
def test_an_agency_is_known_by_its_credit_alone(text: str, agency: str) -> None:
    assert agency == credited_agency(text)


def test_a_passage_with_a_private_name_is_shared_with_nobody(tmp_path: Path) -> None:
    named = PARAGRAPH.replace("The keeper of the light", "Nell Aasgaard of the light")
    texts = {ArticleId("a"): f"{named}\n\n{PARAGRAPH}", ArticleId("b"): named, ArticleId("c"): PARAGRAPH}
    with Cache(tmp_path / "cache.sqlite3") as cache:
        open_rows = rows_of(cache, texts)
        rows = rows_of(cache, texts, PrivateNames(("Nell Aasgaard",), ("aasgaard",)))
    assert {"a", "c"} <= open_rows.keys()
    assert {"a", "c"} == rows.keys(), "what holds the name is in no row, not even as what differs"
    assert "Aasgaard" not in repr(rows)
    assert ["p2"] == [passage.anchor for passage in rows[ArticleId("a")].passages]


STORY = """The harbour commission voted on Tuesday to close the northern basin for repairs that engineers had requested for
almost three years, although several members doubted that the money would suffice.

"We were promised a safe quay and we have been given a fence and a warning sign instead," said Petra Lindqvar, who has led
the dockers' council since spring.
"""


def article(name: str, site: str, day: str, text: str, rights: str = "full") -> str:
    return (
        f"-- content/articles/{name}.md --\n---\ntitle: {name}\nsite: {site}\nsource: https://{name}.example/\n"
        f"published: {day}\nrights: {rights}\n---\n\n{text}\n"
    )


ARCHIVE = "".join(
    (
        article("first", "The Gazette", "2024-05-04", f"AURELIA (Reuters) — {STORY}"),
        article("later", "Evening Wire", "2024-05-06", STORY.replace("fence", "gate")),
        article("kept-back", "canary1", "2024-05-01", f"{STORY}\n\ncanary2 was told first.", "private"),
        article(
            "excerpt", "Review", "2024-05-02", f"{'Nobody knew of it then. ' * 60}\n\n{STORY}\n\ncanary3", "excerpt"
        ),
    )
)


DOSSIER = """
-- content/pages/story.md --
---
title: Story
---
ALL

```glossator
find: articles
```

INDEPENDENT

```glossator
find: articles
independent: yes
```
"""


def answers(folder: Path) -> tuple[str, str]:
    """What the page of a dossier says below either question."""
    build(folder)
    text = " ".join(pages(folder / "site")["story.html"].text.split())
    everything, _, independent = text.partition("ALL")[2].partition("INDEPENDENT")
    return everything, independent


def test_a_dossier_counts_independent_texts_and_leaves_copies_out_if_it_is_asked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    everything, independent = answers(lay(tmp_path, ARCHIVE + DOSSIER))
    assert "3 articles, 2 independent texts" in everything
    assert "first The Gazette" in independent
    assert "later" not in independent
    sooner = article("later", "Evening Wire", "2024-05-03", STORY.replace("fence", "gate"))
    everything, independent = answers(lay(tmp_path, sooner))
    assert "3 articles, 2 independent texts" in everything
    assert "first The Gazette" not in independent, "it was the later one after the day of the other was changed"
    assert "later Evening Wire" in independent


def hidden_copies() -> str:
    """Sixty articles from each of which an earlier one has a paragraph that nobody may know of, and these."""
    dice, parts = Random(5), []
    for number in range(1, 61):
        secret, kind = paragraph(dice), ("private", "excerpt", "name")[number % 3]
        if kind == "name":
            secret = f"Nell Aasgaard said this. {secret}"
        beginning = "\n\n".join(paragraph(dice) for _ in range(9))
        parts.append(article(f"open-{number}", "Gazette", "2024-05-04", f"{secret}\n\n{paragraph(dice)}"))
        if kind == "name":
            parts.append(article(f"other-{number}", "Wire", "2024-05-01", f"{paragraph(dice)}\n\n{secret}"))
        else:
            text = f"{beginning}\n\n{secret}\n\ncanary{number} knew."
            name = f"canary{number}" if kind == "private" else f"other-{number}"
            parts.append(article(name, "Wire", "2024-05-01", text, kind))
    private = '-- content/entities.toml --\nprivate = ["Nell Aasgaard"]\n'
    return private + "".join(parts) + DOSSIER


def test_of_sixty_passages_that_are_kept_back_no_sign_no_count_and_no_table_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    everything, independent = answers(lay(tmp_path, hidden_copies()))
    assert set() == canaries(tmp_path)
    for page in pages(tmp_path / "site").values():
        assert not any("shared" in attributes.get("class", "").split() for _, attributes in page.elements)
        assert not re.search("independent text|First here|Mostly the|first in this archive", page.text)
    assert "100 articles" in everything
    assert "100 articles" in independent
    where = [f"--content={tmp_path / 'content'}", f"--site={tmp_path / 'site'}"]
    exported = CliRunner().invoke(main, ["export", "csv", f"--to={tmp_path / 'out'}", *where])
    assert 0 == exported.exit_code
    assert 1 == len((tmp_path / "out/shared-passages.csv").read_text("utf-8").splitlines()), "the header alone"


def test_signs_say_who_was_first_and_nothing_of_what_is_kept_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    build(lay(tmp_path, ARCHIVE))
    assert set() == canaries(tmp_path)
    seen = pages(tmp_path / "site")
    later, first, person = (
        " ".join(seen[f"{path}.html"].text.split())
        for path in ("articles/later", "articles/first", "entities/petra-lindqvar")
    )
    assert "Mostly the text of Reuters: the same words as in first The Gazette · 4 May 2024" in later
    assert "Also in The Gazette, 4 May 2024 · 1 differing word" in later
    assert "first in this archive" in later
    assert "first in this archive" not in first
    assert "First here in first The Gazette · 4 May 2024, since then in 1 article · altered in 1 article" in person
    assert "1 independent text" in person
