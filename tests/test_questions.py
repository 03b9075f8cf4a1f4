"""Questions in own pages and on the command line: what they find, what is wrong with them, and what nobody may see."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator import markup
from glossator.cli import main
from glossator.config import SiteError
from glossator.content.highlights import ArticleHighlights, write_highlights
from glossator.model import ArticleId, Highlight
from glossator.pipeline import ArchivePaths
from glossator.pipeline.review.ask import answer_data, ask
from glossator.pipeline.review.survey import Survey, open_survey
from glossator.read_config import load
from glossator.stages.answer import read_question, wanted_words
from tests.sites import build, canaries, lay, leave_out_search, pages, silent

ARCHIVE = """\
-- glossator.toml --
[site]
title = "Cuttings"
highlights = true
-- content/entities.toml --
private = ["Jonas Aber"]
confirm = ["Marta Lindqvist", "Ravnsborg", "Edvard Lunde", "Edvard Holm", "Skerry Harbour Board"]
[type]
"Marta Lindqvist" = "person"
"Ravnsborg" = "place"
"Edvard Lunde" = "person"
"Edvard Holm" = "person"
"Skerry Harbour Board" = "organisation"
-- content/articles/harbour.md --
---
title: The harbour
site: The Gazette
source: https://www.gazette.example/harbour
authors: [Runa Berg]
tags: [Harbour, piers]
published: 2024-03-06
saved: 2024-04-01
language: en
---
Marta Lindqvist of the Skerry Harbour Board came to Ravnsborg on 4 March 2024 with her sister.

“We have built a pier of stone – and it will stay,” said Marta Lindqvist.

“Nobody asked the fishermen of the town,” said Edvard Lunde.

The pier was begun in 1987 by the town itself. Jonas Aber paid for canary1 in the end, and Marta Lindqvist knew.
-- content/articles/quay.md --
---
title: A quay
site: The Courier
published: 2023-06-01
saved: 2023-06-02
language: en-GB
tags: [quays]
---
Marta Lindqvist left Ravnsborg with Edvard Lunde, and the café of the harbour closed its doors.

Edvard Lunde wrote a letter. Edvard Holm answered it on 2 June 2022 without a word of thanks.
-- content/articles/undated.md --
---
title: Of no day
---
Edvard Lunde waited for an answer at the customs house of Ravnsborg.
-- content/articles/secret.md --
---
title: CANARY2 title
rights: private
tags: [CANARY3]
authors: [CANARY4]
site: CANARY5
published: 2024-03-05
---
Marta Lindqvist met Zebulon Quirrel on 5 March 2024, CANARY6. “CANARY7 is sold to everybody,” said Marta Lindqvist.
-- content/articles/short.md --
---
title: Of an excerpt
rights: excerpt
published: 2024-03-07
---
Marta Lindqvist opened the fair in Ravnsborg on 6 March 2024.

She spoke.

Then it rained.

Much later, Marta Lindqvist told the CANARY8 of the matter. “CANARY9 has been seen there,” said Marta Lindqvist.

CANARY10 closed on 9 March 2024.
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    marked = Highlight("a-1", "The pier was begun in 1987 by the town itself.", note="Is it?")
    write_highlights(folder / "content", ArticleId("harbour"), ArticleHighlights("The harbour", (marked,)))
    return lay(folder, ARCHIVE)


@pytest.fixture(scope="module")
def survey(archive: Path) -> Iterator[Survey]:
    paths = ArchivePaths(archive / "content", archive / "site")
    with open_survey(paths, load(archive / "glossator.toml"), silent) as opened:
        yield opened


def rows(survey: Survey, question: str) -> list[str]:
    """What the rows of an answer say, each in a few words."""
    answered = answer_data(ask(survey, question.replace("; ", "\n")))
    told = [
        row.get("text") or (row["name"]["name"] if "name" in row else row["article"]["id"]) for row in answered["rows"]
    ]
    return [" ".join(text.split()[:3]) for text in told]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # each kind
        ("find: articles", ["short", "harbour", "quay", "undated"]),
        ("find: quotations", ["We have built", "Nobody asked the"]),
        ("find: quotations; of: Marta Lindqvist", ["We have built"]),
        ("find: sentences; of: Edvard Holm", ["Edvard Holm answered"]),
        (
            "find: dates; order: oldest",
            ["The pier was", "Edvard Holm answered", "Marta Lindqvist of", "Marta Lindqvist opened"],
        ),
        ("find: names; type: place", ["Ravnsborg"]),
        ("find: highlights", ["The pier was"]),
        # each filter
        ("find: sentences; of: Marta Lindqvist; with: Edvard Lunde", ["Marta Lindqvist left"]),
        ("find: names; with: Skerry Harbour Board", ["Marta Lindqvist", "Ravnsborg"]),
        ("find: articles; of: Marta Lindqvist; with: Edvard Lunde", ["quay"]),
        ("find: articles; about: Edvard Lunde, Edvard Holm", ["harbour", "quay", "undated"]),
        ("find: names; about: Edvard Holm; order: name", ["Edvard Lunde", "Marta Lindqvist", "Ravnsborg"]),
        ("find: sentences; type: organisation", ["Marta Lindqvist of"]),
        ("find: articles; type: organisation", ["harbour"]),
        ("find: articles; tag: harbour", ["harbour"]),
        ("find: articles; publication: the gazette; language: en-GB", ["harbour"]),
        ("find: articles; publication: gazette.example, The Courier", ["harbour", "quay"]),
        ("find: articles; author: runa berg", ["harbour"]),
        ("find: articles; language: en; tag: quays", ["quay"]),
        ('find: sentences; words: "cafe of the harbour"', ["Marta Lindqvist left"]),
        ('find: quotations; words: "stone — and it"', ["We have built"]),
        ("find: articles; words: harbour -pier", ["quay"]),
        ('find: articles; words: Ravnsborg -"her sister" -fair', ["quay", "undated"]),
        ("find: articles; since: 2024", ["short", "harbour"]),
        ("find: articles; since: 2023-06; until: 2024-03-06", ["harbour", "quay"]),
        ("find: articles; until: 2023", ["quay"]),
        ("find: articles; saved since: 2024-01", ["harbour"]),
        ("find: dates; since: 2024", ["Marta Lindqvist opened", "Marta Lindqvist of"]),
        ("find: dates; until: 2000", ["The pier was"]),
        ("find: highlights; words: is it", ["The pier was"]),
        # order, limit, show
        ("find: articles; order: oldest", ["quay", "harbour", "short", "undated"]),
        ("find: articles; order: name", ["quay", "short", "undated", "harbour"]),
        ("find: articles; limit: 2", ["short", "harbour"]),
        ("find: articles; show: count", []),
        ("find: names; type: person; limit: 2", ["Edvard Lunde", "Marta Lindqvist"]),
        ("find: names; type: person; order: oldest; limit: 1", ["Edvard Holm"]),
        # as people write
        ("Find: Articles; SAVED_SINCE: 2024; # a remark; Tag: Harbour", ["harbour"]),
        ("find: sentences; of: edvard-holm", ["Edvard Holm answered"]),
        ("find: sentences; of: Edvard Holm; type: law", []),
    ],
)
def test_a_question_finds_what_it_asks_for(survey: Survey, question: str, expected: list[str]) -> None:
    assert expected == rows(survey, question)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("of: Marta Lindqvist", "the question does not say what to find: add a line find: articles or sentences or"),
        ("", "the question does not say what to find"),
        ("find quotations", '"find quotations" has no colon: write a key, a colon and a value'),
        ("fnd: quotations", '"fnd" is no key of a question: did you mean find?'),
        ("find: quotes", '"quotes" is no value of find: did you mean quotations?'),
        ("find: articles; tag:", '"tag" has no value: write one behind the colon, or take the line away'),
        ("find: articles; tag: a; tag: b", '"tag" stands twice: write both values on one line, with a comma between'),
        ("find: articles; limit: 1; limit: 2", '"limit" stands twice: keep one of the lines'),
        ("find: names; type: persn", '"persn" is no value of type: did you mean person?'),
        ("find: articles; since: 2024-13", '"2024-13" is no day: write it as 2024-05-01, or 2024-05 or 2024'),
        ("find: articles; until: tomorrow", '"tomorrow" is no day'),
        ("find: articles; saved since: 30 May", '"30 May" is no day'),
        ("find: articles; since: 2024; until: 2023", '"until" is before "since": nothing has such a day'),
        ("find: articles; limit: 0", '"0" is no number of rows: write one from 1 to 500'),
        ("find: articles; limit: ten", '"ten" is no number of rows'),
        ("find: articles; order: latest", '"latest" is no value of order: write newest, oldest, name or most'),
        ("find: articles; independent: true", '"true" is no value of independent: write yes or no'),
        ("find: articles; order: most", '"most" orders names only: order articles by newest or oldest'),
        ("find: dates; order: name", '"name" orders names and articles only: order dates by newest or oldest'),
        ("find: articles; show: tabel", '"tabel" is no value of show: did you mean table?'),
        ("find: articles; columns: titel", '"titel" is no column of articles: did you mean title?'),
        ("find: articles; columns: title; show: list", '"columns" are those of a table: take the line show: list away'),
        ("find: names; of: Ravnsborg", '"of" says who speaks, or is named, in a passage: for names write "with"'),
        ("find: articles; words: -pier", "-pier has no word that must be there"),
        ("find: articles\n" * 51, "the question is too long"),
        (
            "find: sentences; of: Marta Lindqvst",
            "“Marta Lindqvst” is not a name in any article: did you mean “Marta Lindqvist”?",
        ),
        ("find: sentences; of: Edvard", "“Edvard” is "),
        ("find: articles; tag: harbor", "No article has the tag “harbor”: did you mean “harbour”"),
        ("find: articles; author: Runa", "No article has the author “Runa”: did you mean “runa berg”?"),
        ("find: articles; publication: Gazete", "No article is of the publication “Gazete”: did you mean"),
        ("find: articles; language: fr", "No article is in the language “fr”; the archive has en"),
        (
            "find: articles; author: The Gazette",
            "No article has the author “The Gazette”, but `publication: The Gazette` finds",
        ),
        ("find: articles; topic: ships", "No topic is called “ships”"),
    ],
)
def test_what_is_wrong_with_a_question_is_said_with_the_remedy(survey: Survey, question: str, message: str) -> None:
    with pytest.raises(SiteError) as raised:
        ask(survey, question.replace("; ", "\n"))
    assert raised.value.message.startswith(message)


def test_every_fault_has_its_line() -> None:
    read = read_question("find: quotes\n\nof: X\nsince: soon\n# nothing\nlimt: 3\n")
    assert [0, 3, 5] == [fault.line for fault in read.faults]


@pytest.mark.parametrize(
    "question",
    [
        *(f"find: {find}" for find in ("articles", "sentences", "quotations", "dates", "names", "highlights")),
        "find: sentences\nof: Marta Lindqvist",
        "find: articles\nwords: CANARY",
        "find: sentences\nwords: Aber",
        "find: articles\nwords: Jonas Aber",
    ],
)
def test_the_published_side_answers_with_nothing_that_is_kept_back(survey: Survey, question: str) -> None:
    answered = json.dumps(answer_data(ask(survey, question)))
    assert "canary" not in answered.casefold()
    assert "Aber" not in answered


@pytest.mark.parametrize(
    "condition",
    ["of: Zebulon Quirrel", "of: Jonas Aber", "tag: CANARY3x", "author: CANARY4x", "publication: CANARY5x"],
)
def test_an_error_names_nothing_that_is_kept_back(survey: Survey, condition: str) -> None:
    key, _, value = condition.partition(": ")
    with pytest.raises(SiteError) as raised:
        ask(survey, f"find: articles\n{key}: {value}")
    assert "CANARY" not in raised.value.message.replace(value, "")
    assert "mean" not in raised.value.message or "Quirrel" not in raised.value.message.partition("mean")[2]


def test_a_second_name_of_an_excerpt_or_a_count_tells_nothing_of_the_rest(survey: Survey) -> None:
    assert 4 == answer_data(ask(survey, "find: articles\nshow: count"))["total"]
    assert 1 == answer_data(ask(survey, "find: sentences\nabout: Marta Lindqvist\nwords: fair\nshow: count"))["total"]
    assert 0 == answer_data(ask(survey, "find: articles\nwords: CANARY\nshow: count"))["total"]


def test_a_sentence_with_a_private_name_finds_no_article_and_keeps_none_out(survey: Survey) -> None:
    assert [] == rows(survey, "find: articles; words: paid")
    assert [] == rows(survey, 'find: articles; words: "in the end"')
    assert ["harbour"] == rows(survey, "find: articles; words: fishermen -paid")
    assert ["harbour", "quay"] == rows(survey, "find: articles; words: harbour -Aber")


def test_a_page_shows_answers_in_their_places_and_what_cannot_be_answered_is_said_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    lay(tmp_path, ARCHIVE)
    page = """\
-- content/pages/story.md --
---
title: The story
---
# The story

Before.

```glossator
find: quotations
of: Marta Lindqvist
```

Between.

```glossator
find: sentences
of: Edvard Lunde
columns: day, text, names
```

````
```glossator
find: nothing
```
````

```glossator example
find: nothing
```

```glossator
find: articles
tag: harbor
```

After.
-- content/articles/hostile.md --
---
title: Hostile
published: 2020-01-01
---
```glossator
find: articles
```
"""
    lay(tmp_path, page)
    report = build(tmp_path)
    told = [
        (problem.path, problem.line, problem.message) for problem in report.problems if problem.stage == "questions"
    ]
    assert [("pages/story.md", 33, "No article has the tag “harbor”: did you mean “harbour”?")] == told
    source = (tmp_path / "site/story.html").read_text("utf-8")
    places = [source.index(text) for text in ("Before.", "We have built a pier", "Between.", "<table", "After.")]
    assert sorted(places) == places
    assert '<div class="unanswered" data-line="32" hidden></div>' in source
    assert "harbor" not in source.replace("harbour", "")
    assert 2 == source.count("find: nothing")
    assert "find: articles" in (tmp_path / "site/articles/hostile.html").read_text("utf-8")
    assert "articles/harbour.html#p2:~:text=" in source
    assert {1} == canaries(tmp_path), "that of the article itself"
    assert "canary" not in source.casefold()
    assert 'href="../story.html"' in (tmp_path / "site/pages/index.html").read_text("utf-8")
    assert 'href="pages/index.html"' in (tmp_path / "site/index.html").read_text("utf-8")


def test_the_title_of_an_article_stands_once_below_its_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    page = "-- content/pages/story.md --\n# The story\n\n```glossator\nfind: sentences\nof: Edvard Lunde\n```\n"
    build(lay(tmp_path, ARCHIVE + page))
    rows = (tmp_path / "site/story.html").read_text("utf-8").partition("<ul")[2].partition("</ul>")[0].split("<li")[1:]
    of_quay = [row for row in rows if "articles/quay.html#" in row]
    assert [False, True] == ["A quay" in row for row in of_quay]
    assert [True, False] == ["goes-on" in row for row in of_quay]


def test_the_command_prints_an_answer_and_json_with_the_keys_that_are_documented(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE)
    where = [f"--content={tmp_path / 'content'}", f"--site={tmp_path / 'site'}"]
    asked = ["ask", "find=quotations", "of=Marta Lindqvist", *where]
    told = CliRunner().invoke(main, asked)
    assert 0 == told.exit_code
    assert "Marta Lindqvist: “We have built a pier of stone – and it will stay”\n" in told.output
    assert "1 quotation." in told.output
    answer = json.loads(CliRunner().invoke(main, [*asked, "--json"]).stdout)
    assert ["find", "total", "limited", "rows", "new"] == [*answer]
    row = answer["rows"][0]
    assert ["key", "day", "article", "text", "start", "end", "anchor", "names", "speaker", "attribution"] == [*row]
    assert "marta-lindqvist" == row["speaker"]["id"]
    table = CliRunner().invoke(main, [*asked, "columns=speaker, title, publication"])
    assert "speaker\ttitle\tpublication\nMarta Lindqvist\tThe harbour\tThe Gazette\n1 quotation.\n" in table.output
    usual = CliRunner().invoke(main, ["ask", "find=names", "type=place", "show=table", *where])
    assert "name\tline\tarticles\nRavnsborg\t\t4\n1 name.\n" in usual.output
    wrong = CliRunner().invoke(main, ["ask", "quotations", *where])
    assert (2, '"quotations" has no =.\nWrite each condition as KEY=VALUE, such as find=quotations.\n') == (
        wrong.exit_code,
        wrong.output,
    )
    private = CliRunner().invoke(main, ["ask", "find=articles", "show=count", "--private", *where])
    assert "5 articles." in private.output


def test_words_are_folded_and_phrases_are_whole() -> None:
    assert wanted_words('"Port’s CAFÉ"').stand_in("the port's cafe is shut")
    assert not wanted_words("port").stand_in("transport and ports")
    assert wanted_words("港口").stand_in("新的港口开了")
    assert not wanted_words('sea -"dead calm"').stand_in("a sea in dead-calm")


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ('"$4 million"', "It cost US$4 million to build", True),
        ('"$4 million"', "It cost \u00a34 million, and 4 million people saw it", False),
        ('"\u00a3300"', "a fine of \u00a3300.", True),
        ('"\u00a3300"', "a fine of \u00a33,000", False),
        ('"12 %"', "by 12% a year", True),
        ('"12%"', "by 12\u202f% a year", True),
        ('"12 %"', "in 12 years", False),
        ("$", "a bill of $40", True),
        ("300", "a fine of \u00a3300", True),
        ('"1,500 \u20ac"', "1.500 \u20ac im Monat", True),
        ('"10-12%"', "some 10\u201312% of all", True),
        ("fine -$", "a fine of $40", False),
    ],
)
def test_amounts_are_found_as_they_are_written(words: str, text: str, expected: bool) -> None:
    assert expected == wanted_words(words).stand_in(text)


def test_fences_are_read_as_the_page_shows_them() -> None:
    text = "a\n\n```glossator\nx: 1\n```\n\n    ```glossator\n    y: 1\n    ```\n\n> ```glossator\n> z: 1\n> ```\n"
    assert ["x: 1\n"] == [fence.text for fence in markup.question_fences(text)]
    assert 2 == len(markup.weave_own(text))


def test_a_date_that_was_to_come_is_said_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    head = "---\ntitle: The lock\npublished: 2024-03-14\nlanguage: en\n---\n"
    told = "Marta Lindqvist sold the lock on 4 February 2024. Marta Lindqvist will open a fair on 2 May 2024.\n"
    lay(tmp_path, f"-- content/articles/lock.md --\n{head}{told}")
    lay(tmp_path, "-- content/pages/days.md --\n```glossator\nfind: dates\norder: oldest\n```\n")
    build(tmp_path)
    text = " ".join(pages(tmp_path / "site")["days.html"].text.split())
    assert ("4 February 2024 said ahead" in text, "2 May 2024 said ahead" in text) == (False, True)
