"""Sentences with a date in them: which date, and the pages and files that list them."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from glossator.model import ArticleHead, ArticleId, EntityType, Mention, Name, TimedSentence
from glossator.stages.annotate import plain_text
from glossator.stages.annotate.quotes.sentence_subjects import with_subjects
from glossator.stages.annotate.sentence_bounds import sentences
from glossator.stages.annotate.timed_sentences import timed_sentences
from glossator.stages.chronology import NamesAndTimes, dated_sentences
from glossator.stages.chronology.dates_in_text import dates_in
from glossator.text import one_line
from tests.sites import build, lay, leave_out_search, pages

DAY = date(2019, 11, 20)  # a Wednesday
ARCHIVE = """\
-- glossator.toml --
[site]
title = "Cuttings"
-- content/entities.toml --
private = ["Jonas Aber"]
-- content/articles/harbour.md --
---
title: The harbour
site: The Gazette
published: 2024-03-06
language: en
---
Marta Lindqvist came to Ravnsborg on 4 March 2024 with her sister. Ravnsborg was founded in 1987 by a king. The mole was mended in 1950 by the town itself.

Marta Lindqvist met the board on Monday behind closed doors in Ravnsborg. Jonas Aber left the town on 2 March 2024 with a boat.

Nobody spoke of it for a long time afterwards in the town. Marta Lindqvist will open the second pier there in May 2031.
-- content/articles/saved.md --
---
title: Saved only
saved: 2024-03-06
language: en
---
The lamps were lit on Monday along the whole of the mole.
-- content/articles/secret.md --
---
title: Secret
published: 2024-03-06
rights: private
---
The CANARY was sold on 5 March 2024 behind the customs house.
"""


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The court ruled on 18 November 2019 that he may stay.", "2019-11-18"),
        ("The court ruled on November 18 that he may stay.", "2019-11-18"),
        ("The fair was from 30–2 May 2018.", "2018-05-02"),
        ("They signed it on Monday in Paris.", "2019-11-18"),
        ("They will sign it on Friday in Paris.", "2019-11-22"),
        ("They met yesterday.", "2019-11-19"),
        ("They met the board today in Paris.", "2019-11-20"),
        ("They sail tomorrow.", "2019-11-21"),
        ("The court ruled last week that he stays.", "2019-11"),
        ("It was founded in May 1956.", "1956-05"),
        ("Since March the town waits.", "2019-03"),
        ("He died in 2016.", "2016"),
        ("Last year it lost five million.", "2018"),
        ("The pier was sold in January last year to the town.", "2018-01"),
        ("The pier was sold on 5 October last year to the town.", "2018-10-05"),
        ("“We are glad”, the board said on Monday.", "2019-11-18"),
        ('"We are glad," the board said on Monday.', "2019-11-18"),
        ("It opens on January 5 and will stay.", "2020-01-05"),
        ("Classes begin on Monday, January, 12 2026 in Paris.", "2026-01-12"),
        ("The fair is on June 7-9, 2026 in Paris.", "2026-06-07"),
        ("The fair is from May 30 to June 2, 2026 in Paris.", "2026-05-30"),
    ],
)
def test_a_sentence_has_the_date_that_it_says(sentence: str, expected: str) -> None:
    assert expected == dates_in(sentence, DAY)[0].date


@pytest.mark.parametrize(
    ("sentence", "until"),
    [
        ("The fair is on June 7-9, 2026 in Paris.", "2026-06-09"),
        ("The fair is from May 30 to June 2, 2026 in Paris.", "2026-06-02"),
        ("The fair is on 18–19 May 2026 in Paris.", "2026-05-19"),
        ("They sat on May 5 and 6, 2018.", ""),
        ("It closed on 5 May 2018.", ""),
    ],
)
def test_a_range_of_days_has_its_last_day(sentence: str, until: str) -> None:
    assert until == dates_in(sentence, DAY)[0].until


def test_a_date_that_a_sentence_says_in_full_is_not_reckoned() -> None:
    said = ("The fair is on June 7-9, 2026 in Paris.", "They sat on May 5 and 6, 2018.", "It closed on 5 May 2018.")
    assert [False] * 3 == [dates_in(sentence, DAY)[0].relative for sentence in said]
    assert dates_in("The fair was on June 7-9 in Paris.", DAY)[0].relative


@pytest.mark.parametrize(
    "sentence",
    [
        "The guidelines of 2014-2019 are out of print.",
        "It may march into the town.",
        "Black Friday is near.",
        "The shop is closed on Mondays.",
        "The best films of 2017 are here.",
        "The leave is carried over to the next year.",
        "They flower in June and July.",
        "No work on Friday nights, nor through Sunday.",
        "You choose what you read this year.",
        "The café serves lunch daily except for Sunday when it closes early.",
        "“We met on Monday”, he said.",
        'He said: "They were here yesterday.',  # the quotation goes on
        "They came on Monday and left”, she said.",  # it began before
        "The town burnt that Saturday, and nobody came.",
        "When I learned to sail, we met on Monday in the harbour.",
        "As a child he was sent to the mole on 5 October.",
        "The match ended at two on Thursday.",  # six days before the article, or the day after it
    ],
)
def test_what_is_no_date_of_an_event_is_none(sentence: str) -> None:
    assert [] == dates_in(sentence, DAY)


def test_without_a_sure_day_nothing_is_reckoned_from_it() -> None:
    assert [] == dates_in("They signed it on Monday, and again in March, last year and on 5 May.", None)


def dates_of(*sentences: str, title: str = "A quiet week") -> list[str]:
    head = ArticleHead(ArticleId("one"), title, published=DAY.isoformat())
    timed = tuple(TimedSentence(number, number + 1, text, "") for number, text in enumerate(sentences))
    return [found.date for found in dated_sentences(head, NamesAndTimes((), (), timed))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Who came to the pier on 4 March 2019 by boat?", []),
        ("“Who came to the pier in 2016?”", []),
        ("The wall of the pier on 4 March 2019", []),
        ("In films from 2016: A Lake Odyssey to now, boats were slow.", []),
        ("Join us on 4 March 2019 at the pier, by boat.", []),
        ("These are the five trends to know about in 2025.", []),
        ("The town lives of its harbour since 1987.", []),
        ("It was based on what one used in 2019 and beyond.", []),
        ("The pier was begun in 1987 by the town itself.", ["1987"]),
        ("They have a new pier since May 1987.", ["1987-05"]),
    ],
)
def test_a_question_a_call_a_title_and_a_year_in_which_nothing_was_tell_of_no_event(
    sentence: str, expected: list[str]
) -> None:
    assert expected == dates_of(sentence, title="The wall of the pier on 4 March 2019")


@pytest.mark.parametrize(
    ("sentence", "title", "above", "expected"),
    [
        ("The fair (June 9-11) is for pilots.", "A quiet week", "2020", "2020-06-09"),
        ("The fair (June 9-11) was for pilots.", "Fairs of 2020", "", "2019-06-09"),
        ("The fair (June 9-11) was for pilots.", "A quiet week", "2016", "2016-06-09"),
        ("The fair (June 9-11) was for pilots.", "The flood of 2012", "", "2019-06-09"),
        ("The fair (June 9-11, 2018) is for pilots.", "Fairs of 2020", "2020", "2018-06-09"),
    ],
)
def test_a_year_in_the_heading_decides_and_none_of_the_title(
    sentence: str, title: str, above: str, expected: str
) -> None:
    head = ArticleHead(ArticleId("one"), title, published=DAY.isoformat())
    timed = (TimedSentence(0, 1, sentence, "", above),)
    (found,) = dated_sentences(head, NamesAndTimes((), (), timed))
    assert (expected, expected[:4] == "2019") == (found.date, found.relative)


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("The floods of 2016 were the worst. The lamp of the mole was lost on July 9 in the night.", "2016"),
        ("The lamp was lost in the floods of 2016, which began on July 9 in the night.", "2016"),
        ("The pier was built in 2016. The lamp of the mole was lost on July 9 in the night.", ""),
        ("The floods of 2016 were bad. They left. They came. The lamp was lost on July 9 in the night.", ""),
    ],
)
def test_the_year_of_what_was_told_just_before_is_that_of_a_day(words: str, year: str) -> None:
    text = plain_text(words)
    assert year == [*timed_sentences(text, sentences(text))][-1].year


def test_what_may_be_of_the_year_of_the_title_has_no_date() -> None:
    assert [] == dates_of("The fair (June 9-11) will be for pilots.", title="Fairs of 2020")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The board said on Monday that it would sell the pier.", ["2019-11-18"]),
        ("The board would sell the pier on Monday.", ["2019-11-25"]),
        ("The board said it’d sell the pier on Monday.", ["2019-11-25"]),
        ("The board said it’d also sold the pier on Monday.", ["2019-11-18"]),
        ("The pier is to close on Friday for a year.", ["2019-11-22"]),
        ("The lamp goes on sale on Friday in Paris.", ["2019-11-22"]),
        ("The pier opens on January 5 with a feast.", ["2020-01-05"]),
        ("The first hearing is on December 9, in the town hall.", ["2019-12-09"]),
        ("The pier was lost on Monday, when the board heard that it would go.", ["2019-11-18"]),
        ("They were ordered to return by January with the boat.", ["2020-01"]),
        ("The captain, who died in May, will be honoured on Friday.", ["2019-11-22"]),
        ("He will move people who were displaced on Monday to the town.", []),
        ("They will cut it once more, usually in June, by hand.", []),
        ("The wage is higher from January 1 in all of the town.", []),
        ("He accused the board on Wednesday of having lost the pier.", ["2019-11-20"]),
        ("Britain would leave the union on October 31 of old.", []),  # last month, or next year
        ("They met on Wednesday, November 13, in the old town hall.", ["2019-11-13"]),
    ],
)
def test_what_is_to_come_is_not_taken_for_what_was(sentence: str, expected: list[str]) -> None:
    assert expected == dates_of(sentence)


@pytest.mark.parametrize(
    ("sentence", "is_aside"),
    [
        ("The mole, which was built in May 1931, leans to the sea.", True),
        ("Photo by Ada Brandt, taken on 4 March 2019 at the pier.", True),
        ("Ada Brandt said: “We sold the pier on 4 March 2019, all of it.”", True),
        ("Ada Brandt was asked about a 4 March 2019 call to the board.", True),
        ("Ada Brandt told the board on 4 March 2019 that “all of it was sold.", True),
        ("The mole, which leans, was built in May 1931 by the town.", False),
        ("The board, whose chair left, sold the pier on 4 March 2019.", False),
    ],
)
def test_a_date_in_a_credit_a_quotation_or_a_clause_behind_is_an_aside(sentence: str, *, is_aside: bool) -> None:
    head = ArticleHead(ArticleId("one"), "A quiet week", published=DAY.isoformat())
    (found,) = dated_sentences(head, NamesAndTimes((), (), (TimedSentence(0, 1, sentence, ""),)))
    assert is_aside is found.is_aside


def test_a_call_and_a_line_of_a_calendar_tell_of_nothing() -> None:
    assert [] == dates_of("See the pier on 4 March 2019 at the town hall.")
    head, words = ArticleHead(ArticleId("one"), "A quiet week", published=DAY.isoformat()), "Friday: the pier was shut."
    (found,) = dated_sentences(head, NamesAndTimes((), (), (TimedSentence(0, 1, words, ""),)))
    assert found.is_aside


def test_what_is_to_come_moves_no_day_of_what_was() -> None:
    assert ["2019-11-26", "2019-11-19"] == dates_of(
        "They will meet again on Tuesday in Paris.", "He accused the board on Tuesday of having lost the pier."
    )


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    return lay(tmp_path / "archive", ARCHIVE)


def test_pages_and_files_list_what_is_published_and_nobody_private(archive: Path) -> None:
    build(archive)
    site = archive / "site"
    seen = pages(site)
    chronology = {path.removeprefix("chronology/") for path in seen if path.startswith("chronology/")}
    assert {"1987.html", "2024-03.html", "2031-05.html", "index.html"} == chronology, "what was in 1950 has no subject"
    month = seen["chronology/2024-03.html"]
    assert "Marta Lindqvist came to Ravnsborg on 4 March 2024" in month.text
    assert "Marta Lindqvist met the board on Monday" in month.text
    assert 1 == month.text.count("worked out from the day of the article")
    places = [address for address in month.addresses if address.startswith("../articles/harbour.html#")]
    assert 2 == sum(":~:text=" in place for place in places)
    rows = list(csv.DictReader((site / "chronology/2024-03.csv").read_text("utf-8").splitlines()))
    assert [("2024-03-04", "day"), ("2024-03-04", "day")] == [(row["date"], row["precision"]) for row in rows]
    assert {"harbour"} == {row["article"] for row in rows}
    newest, _, ahead = (site / "chronology/index.html").read_text("utf-8").partition('id="ahead-2031"')
    assert "Marta Lindqvist met the board on Monday" in newest, "the page of all years begins with what was last"
    assert "second pier" not in newest
    assert "2031-05.html" in ahead
    data = json.loads((site / "chronology/2024-03.json").read_text("utf-8"))
    assert [False, True] == [row["reckoned"] for row in data]
    everything = b"".join(path.read_bytes() for path in (site / "chronology").iterdir())
    for secret in (b"CANARY", b"Jonas Aber", b"lamps"):
        assert secret not in everything


def test_a_change_is_followed_and_the_result_is_that_of_a_clean_build(archive: Path, tmp_path: Path) -> None:
    build(archive)
    text = archive / "content/articles/harbour.md"
    text.write_text(text.read_text("utf-8").replace("in 1987", "in 1988").replace("4 March", "7 February"), "utf-8")
    build(archive)
    files = {path.name: path.read_bytes() for path in (archive / "site/chronology").iterdir()}
    clean = lay(tmp_path / "clean", ARCHIVE)
    (clean / "content/articles/harbour.md").write_text(text.read_text("utf-8"), "utf-8")
    build(clean)
    assert {path.name: path.read_bytes() for path in (clean / "site/chronology").iterdir()} == files
    assert {"1988.html", "2024-03.html", "2024-02.html"} <= files.keys()
    assert "1987.html" not in files
    newest = files["index.html"].decode()
    assert newest.index("to Ravnsborg on 7 February") < newest.index("met the board on Monday"), "months, in order"
    text.unlink()
    build(archive)
    assert not list((archive / "site").glob("chronology/*"))


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("The talks were close when Ada Brandt left the town in May 2016 for good.", "Ada Brandt"),
        ("The editor, which Velm had released in 2015, became the common one.", "Velm"),
        ("The story claims that in 1777, Ada Brandt showed the board a plan.", "Ada Brandt"),
        ("Founded in 2012, Velm is among the oldest of the yards.", "Velm"),
        ("Velm underwent an audit in January 2016 by its bank.", "Velm"),
        ("Velm, which Ada Brandt joined in 2016, sold the yard that year.", "Ada Brandt"),
        ("It is a long report, which Velm (VLM) published in May 2016.", "Velm"),
        ("Ada Brandt, who became its director in May 2016, met the board.", ""),
        ("They were close to a deal when Ada Brandt left the town in May 2016 for good.", ""),
        ("Velm spent its money on boats through May 2016.", ""),
        ("It was the first visit since Ada Brandt left the town in May 2016 for good.", ""),
        ("Velm sold more boats than in the same month in 2016 to its bank.", ""),
        ("Velm won its first race since 2016 on the lake.", ""),
        ("Velm praised a tour that stops in the town on 4 March 2016.", ""),
        ("Ada Brandt left the town after quarrelling with the board in 2016.", "Ada Brandt"),
        ("The house where Ada Brandt was born will be sold, a clerk said on 4 March 2016.", ""),
        ("Ada Brandt was arrested for a March 4, 2016 call to the board.", ""),
        ("The board that Ada Brandt led was told in 2016 that it would go.", ""),
    ],
)
def test_a_date_is_told_of_the_subject_of_its_clause(sentence: str, subject: str) -> None:
    names = (Name("Ada Brandt", EntityType.PERSON, ()), Name("Velm", EntityType.ORGANISATION, ()))
    spans = (re.search(name.form, sentence) for name in names)
    mentions = tuple(Mention(*span.span(), number) for number, span in enumerate(spans) if span)
    opens = next((mention.name for mention in mentions if not sentence[: mention.start].count(" ")), -1)
    opens = 1 if sentence.startswith("Founded") else opens
    timed = (TimedSentence(0, len(sentence), sentence, "", subject=opens),)
    head = ArticleHead(ArticleId("one"), "A quiet week", published=DAY.isoformat())
    (dated,) = dated_sentences(head, NamesAndTimes(names, mentions, timed))
    assert subject == (names[dated.subject].form if dated.subject >= 0 else "")


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("RAVNSBORG (AP) - Shares in Velm fell by a tenth on Friday.", "Velm"),
        ("In March 2016, a clerk named Ada Brandt sold the pier.", "Ada Brandt"),
        ("Her rival, Ada Brandt, left the town in May with a boat.", "Ada Brandt"),
        ("Ada Brandt on Monday left the town with a boat.", "Ada Brandt"),
        ("Our aim at Velm is to build good boats by May.", ""),
        ("Speaking at Velm was his last act on Monday.", ""),
        ("The board that had bought Velm left the town on Monday.", ""),
    ],
)
def test_the_subject_may_hold_a_name_or_say_it_behind(sentence: str, subject: str) -> None:
    names = (Name("Ada Brandt", EntityType.PERSON, ()), Name("Velm", EntityType.ORGANISATION, ()))
    spans = (re.search(name.form, sentence) for name in names)
    mentions = tuple(Mention(*span.span(), number) for number, span in enumerate(spans) if span)
    timed, bounds = (TimedSentence(0, len(sentence), sentence, ""),), ((0, len(sentence)),)
    (found,) = with_subjects(timed, plain_text(sentence), (names, mentions), bounds)
    assert subject == (names[found.subject].form if found.subject >= 0 else "")


REPORTS = """\
-- glossator.toml --
[site]
title = "Cuttings"
-- content/articles/ahead.md --
---
title: A law is coming
site: The Gazette
published: 2024-02-20
language: en
---
Marta Lindqvist, the minister, said that the Harbour Safety Act would come into force on 4 March 2024.
-- content/articles/sale.md --
---
title: The yard is sold
site: The Gazette
published: 2024-03-06
language: en
---
RAVNSBORG (AP) - Marta Lindqvist has sold the old yard at Ravnsborg to a bank, which wants its cranes.

The Harbour Safety Act came into force on Monday in Ravnsborg.
-- content/articles/again.md --
---
title: The yard, again
site: The Courier
published: 2024-03-07
language: en
---
Marta Lindqvist has sold the old yard to a bank for its cranes, it is said.
-- content/articles/habit.md --
---
title: A yard at work
site: The Courier
published: 2024-03-08
language: en
---
Marta Lindqvist has mended boats for thirty years, and she likes it.
"""


def test_the_news_of_a_report_has_its_day_and_stands_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    site = lay(tmp_path / "archive", REPORTS) / "site"
    build(site.parent)
    page = BeautifulSoup((site / "chronology/2024-03.html").read_text("utf-8"), "lxml")
    rows = [one_line(row.get_text(" ")) for row in page.select(".events > li")]
    assert 2 == len(rows), "what was said ahead and what came are one event, and so are two reports of one sale"
    assert "would come into force" in rows[0]
    assert "came into force on Monday" in rows[0]
    assert rows[1].startswith("6 March 2024 day of the report Marta Lindqvist has sold the old yard at Ravnsborg")
    assert "for its cranes, it is said" in rows[1]
    assert "mended boats" not in page.get_text(), "what lasted thirty years has no day"
    again = BeautifulSoup((site / "articles/again.html").read_text("utf-8"), "lxml")
    assert "at Ravnsborg to a bank" not in again.get_text(), "what an article tells itself was not before it"


def test_from_the_day_of_an_article_that_tells_of_a_later_year_nothing_is_reckoned() -> None:
    names = (Name("Velm", EntityType.ORGANISATION, ()),)
    head = ArticleHead(ArticleId("one"), "A quiet week", published=DAY.isoformat())

    def dates(*told: str) -> list[str]:
        starts = [sum(map(len, told[:at])) for at in range(len(told))]
        mentions = tuple(Mention(start, start + 4, 0) for start in starts)
        rows = zip(starts, told, strict=True)
        timed = tuple(TimedSentence(start, start + len(text), text, "", subject=0) for start, text in rows)
        return [each.date for each in dated_sentences(head, NamesAndTimes(names, mentions, timed))]

    assert ["2019-11-18", "2018"] == dates("Velm sold a boat on Monday.", "Velm sold two in 2018.")
    assert ["2024-05"] == dates("Velm sold a boat on Monday.", "Velm sold two in May 2024.")
