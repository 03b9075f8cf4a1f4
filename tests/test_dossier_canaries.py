"""What is kept back, looked for everywhere that a question is answered: sixty words, none of which anybody may read."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator.cli import main
from glossator.config import SiteError
from glossator.content.highlights import ArticleHighlights, write_highlights
from glossator.model import SAVED_PAGE, ArticleId, Highlight
from glossator.pipeline import ArchivePaths
from glossator.pipeline.review.ask import answer_data, ask
from glossator.pipeline.review.survey import Survey, open_survey, open_whole_archive
from glossator.read_config import load
from tests.sites import canaries, contents, lay, silent
from tests.test_mcp import ask as ask_program

pytestmark = pytest.mark.slow

ALL = frozenset(range(1, 61))
IN_PUBLISHED_TEXTS = frozenset(range(41, 61))
"""Those beside private names: the article that has them is published, and no list takes them from there."""
FINDS = ("articles", "sentences", "quotations", "dates", "names", "highlights")
QUESTIONS = (
    *(f"find: {find}\nshow: {show}" for find in FINDS for show in ("list", "table", "count")),
    *(f"find: {find}\nof: Marta Lindqvist" for find in ("sentences", "quotations", "dates", "highlights")),
    "find: sentences\nof: Marta Lindqvist\nwith: Ravnsborg",
    "find: names\nwith: Marta Lindqvist",
    "find: articles\ncolumns: title, authors, publication, day, tags",
    "find: highlights\nwords: pier",
    *(f"find: sentences\nwords: canary{number}" for number in sorted(ALL)),
)


def fences(*questions: str) -> str:
    return "\n\n".join(f"```glossator\n{question}\n```" for question in questions)


ERRORS = [f"find: articles\n{key}: canory" for key in ("tag", "author", "publication", "topic", "about")]
UNPLACED = {
    "id": "urn:uuid:u-1",
    "type": "Annotation",
    "body": {"value": "canary31"},
    "target": {
        "source": "https://canary32.example/",
        "title": "canary33",
        "selector": {"exact": "The pier was canary34"},
    },
    "generator": {"name": "kindle"},
}
ARCHIVE = f"""\
-- glossator.toml --
[site]
title = "Cuttings"
url = "https://cuttings.example/"
highlights = "all"
-- content/entities.toml --
private = ["Jonas Quillfeather"]
confirm = ["Marta Lindqvist", "Ravnsborg"]
[type]
"Marta Lindqvist" = "person"
"Ravnsborg" = "place"
-- content/pages/story.md --
---
title: The story
---
{fences(*QUESTIONS[:24])}

-- content/pages/words.md --
{fences(*QUESTIONS[24:])}

-- content/pages/errors.md --
{fences(*ERRORS)}

-- content/articles/secret-canary1.md --
---
title: A secret canary2
rights: private
tags: [canary3]
authors: [Canary4 Writer]
site: Canary5 Times
source: https://canary6.example/canary7
description: A description canary8
published: 2024-03-05
language: en
---
Marta Lindqvist met Zebulon Canary9 in Ravnsborg on 5 March 2024, and canary10 was there.

“The canary11 is sold to everybody in the town,” said Marta Lindqvist.

## A heading canary12

- Marta Lindqvist kept the list of canary13.

| Name | Place |
|---|---|
| Marta Lindqvist | canary14 |

Marta Lindqvist sold ==the canary15== in Ravnsborg.

![Marta Lindqvist at sea, canary16](https://canary.example/a.jpg)
-- content/articles/excerpt.md --
---
title: Of an excerpt
rights: excerpt
published: 2024-03-07
language: en
---
Marta Lindqvist opened the fair in Ravnsborg on 6 March 2024.

She spoke of the pier.

{"Then it rained. " * 60}

Much later, Marta Lindqvist told the canary17 of the matter on 8 March 2024.

“The canary18 has been seen there by all of us,” said Marta Lindqvist in Ravnsborg.

## Another heading canary19

Ottokar Canary20 came from Ravnsborg, and Marta Lindqvist wept on 9 March 2024 for canary21.

> Marta Lindqvist and canary22.

- The list of Marta Lindqvist has canary23.

| Marta Lindqvist | canary24 |
|---|---|
| Ravnsborg | canary25 |

Marta Lindqvist sold ==the canary26== in Ravnsborg.
-- content/articles/harbour.md --
---
title: The harbour
site: The Gazette
source: https://www.gazette.example/harbour
authors: [Runa Berg, Jonas Quillfeather]
tags: [Harbour, Quillfeather]
published: 2024-03-06
saved: 2024-04-01
language: en
---
Marta Lindqvist came to Ravnsborg on 4 March 2024 and praised the pier of stone.

“We have built a pier of stone,” said Marta Lindqvist.

The harbour of Ravnsborg was begun in the year 1987 by Marta Lindqvist herself.

Jonas Quillfeather paid Marta Lindqvist for canary41 in Ravnsborg on 7 March 2024.

“My canary42 is not for sale,” said Jonas Quillfeather.

“I saw canary43 with Jonas Quillfeather,” said Marta Lindqvist.

Mr Quillfeather told Marta Lindqvist of canary44 on 10 March 2024.

Jonas laughed, and Marta Lindqvist bought canary45 in Ravnsborg on 11 March 2024.

QUILLFEATHER’S canary46 flew over Ravnsborg with Marta Lindqvist.

## Quillfeather and canary47

- Jonas Quillfeather, Marta Lindqvist, canary48.

==Jonas Quillfeather left canary49== in Ravnsborg with Marta Lindqvist.

Marta Lindqvist, who knew Jonas  Quillfeather
well, kept canary50 in Ravnsborg.

“Nobody told **Jonas** Quillfeather of canary51,” said Marta Lindqvist.

| Jonas Quillfeather had canary52 | sold |
|---|---|
| Marta Lindqvist | Ravnsborg |
-- content/articles/title.md --
---
title: Jonas Quillfeather and canary53 at sea
published: 2024-04-01
language: en
---
Marta Lindqvist sailed from Ravnsborg on 1 April 2024 with canary55.

“We have seen canary56 from afar,” said Marta Lindqvist.

Ulrike Canary57 stayed in Ravnsborg with canary54.
-- content/articles/note.md --
---
title: Of notes
published: 2024-05-01
language: en
---
Marta Lindqvist wrote of the pier from Ravnsborg on 2 May 2024.

The pier of Ravnsborg was long, said those who had been there.
-- content/articles/forged.md --
---
title: Of a saved page
published: 2024-05-03
language: en
---
Marta Lindqvist saw the pier of Ravnsborg again on 4 May 2024.
-- content/highlights/unplaced/kindle.json --
{json.dumps({"items": [UNPLACED]})}
"""
HIGHLIGHTS = {
    "secret-canary1": (Highlight("a-1", "canary10 was there", note="canary27"),),
    "excerpt": (Highlight("a-2", "Much later, Marta Lindqvist told the canary17", note="canary28", colour="pink"),),
    "forged": (
        Highlight("a-3", "Marta Lindqvist saw the pier", note="canary29", source=SAVED_PAGE, accepted=False),
        Highlight("a-4", "There was never such a canary30 pier", source="readwise"),
        Highlight("a-5", "pier of Ravnsborg", note="canary35", source="canary36", accepted=False),
    ),
    "gone": (Highlight("a-6", "No article has this canary37", note="canary38"),),
    "canary39": (Highlight("a-7", "Nor this", note="canary40"),),
    "harbour": (Highlight("a-8", "Jonas laughed, and Marta Lindqvist bought canary45", note="canary58"),),
    "note": (
        Highlight("a-9", "Marta Lindqvist wrote of the pier", note="As Jonas Quillfeather said: canary59"),
        Highlight("b-1", "The pier of Ravnsborg was long", note="canary60, by Quillfeather", source="kindle"),
    ),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay(tmp_path_factory.mktemp("canaries"), ARCHIVE)
    for article, items in HIGHLIGHTS.items():
        write_highlights(folder / "content", ArticleId(article), ArticleHighlights(article, items))
    run(folder, "build")
    return folder


@pytest.fixture
def survey(archive: Path) -> Iterator[Survey]:
    paths = ArchivePaths(archive / "content", archive / "site")
    with open_survey(paths, load(archive / "glossator.toml"), silent) as opened:
        yield opened


def run(folder: Path, *arguments: str) -> str:
    where = [f"--{name}={folder / name}" for name in ("content", "site")]
    done = CliRunner(catch_exceptions=False).invoke(main, [*arguments, *where, "--workers=1"])
    assert done.exit_code in (0, 1), done.output
    return done.output


def seen(text: str | bytes) -> set[int]:
    """Numbers of the canaries in a text."""
    written = text if isinstance(text, bytes) else text.encode()
    return {int(number) for number in re.findall(rb"canary(\d+)", written, re.IGNORECASE)}


def said(survey: Survey, question: str) -> str:
    return json.dumps(answer_data(ask(survey, question)), ensure_ascii=False)


def test_no_answer_and_no_count_has_any(survey: Survey) -> None:
    for question in QUESTIONS:
        assert set() == seen(said(survey, question)), question
        assert "uillfeather" not in said(survey, question), question
    for number in ALL:
        for find in FINDS:
            counted = json.loads(said(survey, f"find: {find}\nwords: canary{number}\nshow: count"))
            assert 0 == counted["total"], (find, number)


def test_the_owner_finds_them_by_the_same_questions(archive: Path) -> None:
    """Nothing above says anything if nobody could find them."""
    paths = ArchivePaths(archive / "content", archive / "site")
    with open_whole_archive(paths, load(archive / "glossator.toml"), silent) as whole:
        answers = "".join(said(whole, question) for question in QUESTIONS)
    assert len(seen(answers)) >= 40
    assert "Quillfeather" in answers


def test_no_error_names_any(survey: Survey) -> None:
    wrong = ("canory", "secret", "Zebulon Canory", "Canory Writer", "Jonas Quillfether", "Quillfeathers", "Ottokar")
    for key in ("tag", "author", "publication", "topic", "about", "language"):
        for value in wrong:
            with pytest.raises(SiteError) as raised:
                ask(survey, f"find: articles\n{key}: {value}")
            told = raised.value.message.replace(value, "")
            assert set() == seen(told)
            assert not re.search("Quillfeather|Zebulon|Ottokar C", told)


def test_no_page_feed_or_list_of_the_site_has_any(archive: Path) -> None:
    site = contents(archive / "site")
    asking = {path: content for path, content in site.items() if re.match(r"(story|words|errors|pages/)", path)}
    assert {"story.html", "words.html", "errors.html", "pages/index.html", "pages/story.xml"} <= asking.keys()
    for path, content in asking.items():
        written = re.sub(rb"words: canary\d+", b"", content)
        assert set() == seen(path) | seen(written), path
        assert b"uillfeather" not in written, path
    assert canaries(archive) <= IN_PUBLISHED_TEXTS - {58, 59, 60}
    assert set() == seen(site["highlights.html"]), "a given name stands in an article that has the whole one"
    assert {41, 55} <= canaries(archive), "articles are published with the words of others"


@pytest.mark.parametrize("name", ["pack", "pack.html", "pack.epub"])
def test_no_pack_has_any(archive: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    run(archive, "export", "dossier", "story", f"--to={target}")
    files = contents(target) if target.is_dir() else {name: target.read_bytes()}
    if name.endswith(".epub"):
        with zipfile.ZipFile(target) as book:
            files = {member: book.read(member) for member in book.namelist()}
    for path, content in files.items():
        assert set() == seen(path) | seen(content), path
        assert b"uillfeather" not in content, path


def test_neither_the_command_nor_a_program_is_told_any(archive: Path) -> None:
    assert set() == seen(run(archive, "ask", "find=sentences", "of=Marta Lindqvist"))
    assert set() == seen(run(archive, "ask", "find=highlights", "--json"))
    asked = tuple(("ask", {"question": question}) for question in QUESTIONS)
    wrong = tuple(("ask", {"question": f"find: articles\n{key}: canory"}) for key in ("tag", "author", "about"))
    answers = ask_program(archive, *asked, *wrong)
    assert all(isinstance(answer, str) for answer in answers[-3:]), "errors"
    assert all(isinstance(answer, dict) for answer in answers[:-3])
    assert set() == seen(json.dumps(answers))
    assert "uillfeather" not in json.dumps(answers)
