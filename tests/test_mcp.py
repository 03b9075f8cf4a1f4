"""The archive for language models, asked by the client of the protocol's own library over standard input and output."""

from __future__ import annotations

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from mcp import Client, StdioServerParameters

from glossator.cli import main
from glossator.extensions.mcp.command import MISSING
from glossator.python_command import runnable
from tests.sites import contents, lay

ROOT = Path(__file__).parents[1]
ARCHIVE = """\
-- glossator.toml --
[site]
title = "Cuttings"
-- content/entities.toml --
private = ["Jonas Aber"]
-- content/entities.lock.json --
{"entities": {}}
-- content/articles/harbour.md --
---
title: The harbour
source: https://gazette.example/harbour
site: The Gazette
published: 2024-03-01
---
Marta Lindqvist, the head of the Skerry Harbour Board, came to Ravnsborg. Jonas Aber slept.

“We have built a pier of stone, and it will stay,” said Marta Lindqvist.
-- content/articles/quay.md --
---
title: A quay
---
Marta Lindqvist left Ravnsborg, and "said" (NEAR/ nothing* of the pier.
-- content/articles/secret.md --
---
title: CANARY title
rights: private
---
CANARY Marta Lindqvist.
"""


def ask(archive: Path, *questions: tuple[str, dict[str, Any]], options: tuple[str, ...] = ()) -> list[Any]:
    """Start the command, and return its answers; the text of an error as it is."""

    async def conversation() -> list[Any]:
        where = [f"--{name}={archive / name}" for name in ("content", "site")]
        command = StdioServerParameters(
            command=sys.executable, args=["-m", "glossator", "mcp", "--workers=1", *where, *options], cwd=str(ROOT)
        )
        async with Client(command) as client:
            answers: list[Any] = []
            for name, arguments in questions:
                if name == "instructions":
                    answers.append(client.instructions)
                    continue
                if name == "tools":
                    answers.append((await client.list_tools()).tools)
                    continue
                done = await client.call_tool(name, arguments)
                text = "".join(getattr(part, "text", "") for part in done.content)
                answers.append(text if done.is_error else json.loads(text))
            return answers

    with ThreadPoolExecutor(1) as thread:  # Playwright's loop runs in this one once a browser was opened
        return thread.submit(asyncio.run, conversation()).result()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return lay(tmp_path / "archive", ARCHIVE)


def test_a_client_searches_and_reads_what_is_published_with_its_sources(archive: Path) -> None:
    before = contents(archive / "content")
    tools, found, marta, harbour, said, quoted, unknown, private = ask(
        archive,
        ("tools", {}),
        ("search", {"query": "pier stone"}),
        ("entity", {"name": "marta lindqvist"}),
        ("article", {"id": "harbour"}),
        ("quotes", {"entity": "Marta Lindqvist"}),
        ("search", {"query": 'said" (NEAR/ pier*', "limit": 5}),
        ("entity", {"name": "Marta Lindquist"}),
        ("search", {"query": "canary"}),
    )
    assert {"search", "entity", "article", "quotes", "ask", "proof"} == {tool.name for tool in tools}
    assert all(tool.annotations.read_only_hint for tool in tools)
    source = {
        "id": "harbour",
        "title": "The harbour",
        "date": "2024-03-01",
        "publication": "The Gazette",
        "source": "https://gazette.example/harbour",
    }
    assert [source] == [{name: article[name] for name in source} for article in found["articles"]]
    assert "pier of stone" in found["articles"][0]["snippet"]
    assert ("head of the Skerry Harbour Board", source) == (marta["descriptor"], marta["descriptor_source"])
    assert ["harbour", "quay"] == sorted(article["id"] for article in marta["articles"])
    assert "“We have built a pier" in harbour["text"]
    assert source == said["quotations"][0]["article"]
    assert said["quotations"][0]["text"] in harbour["text"]
    assert ["quay"] == [article["id"] for article in quoted["articles"]]
    assert "Did you mean marta lindqvist" in unknown
    assert {"articles": [], "entities": []} == private
    assert before == contents(archive / "content")


def test_a_client_asks_what_pages_ask(archive: Path) -> None:
    quoted, counted, wrong = ask(
        archive,
        ("ask", {"question": "find: quotations\nof: Marta Lindqvist"}),
        ("ask", {"question": "find: articles\nwords: slept\nshow: count"}),
        ("ask", {"question": "find: quotes"}),
    )
    (row,) = quoted["rows"]
    assert ("harbour", "Marta Lindqvist") == (row["article"]["id"], row["speaker"]["name"])
    assert "We have built a pier of stone, and it will stay" == row["text"]
    assert 0 == counted["total"], "the sentence names a private person"
    assert '"quotes" is no value of find: did you mean quotations?' in wrong


def test_private_people_are_nobody_and_a_query_of_very_many_words_is_answered_by_its_first(archive: Path) -> None:
    answer, found, long = ask(
        archive,
        ("entity", {"name": "Jonas Aber"}),
        ("search", {"query": "Jonas Aber"}),
        ("search", {"query": "Ravnsborg " * 20_000 + "crane"}),
    )
    assert "There is no entity “Jonas Aber”." in answer
    assert [] == found["entities"]
    assert {"harbour", "quay"} == {article["id"] for article in long["articles"]}


def test_without_the_library_one_sentence_says_what_to_install(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda *_: None)
    done = CliRunner().invoke(main, ["mcp", f"--content={archive / 'content'}"])
    assert (2, f"{runnable(MISSING)}\n") == (done.exit_code, done.stderr)


BELOW = """\
-- glossator.toml --
[site]
title = "Cuttings"
rights = "excerpt"
-- content/articles/long.md --
---
title: A long text
source: https://gazette.example/long
---
Marta Lindqvist came to Ravnsborg, as she had done in each of the years before.

She brought the plans of the pier, which nobody in the town had seen so far.

Halvard Brandvik, the treasurer of the Tidewater Union, met Jonas Aber there. See [[CANARY title]].
"""
QUESTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("instructions", {}),
    ("article", {"id": "long"}),
    ("entity", {"name": "Halvard Brandvik"}),
    ("entity", {"name": "Jonas Aber"}),
    ("article", {"id": "secret"}),
    ("proof", {"text": "Halvard Brandvyk met Jonas Abar. “The treasurer of the Tidewater Union, met her there”."}),
)


def test_whole_texts_are_served_if_the_owner_says_so_and_what_is_private_by_itself_if_he_says_all(
    archive: Path,
) -> None:
    lay(archive, BELOW)
    shown, texts, everything = (
        ask(archive, *QUESTIONS, options=(*given,)) for given in ((), ("--private",), ("--private=all",))
    )
    assert "what the owner publishes, and nothing else" in shown[0]
    assert "whole texts" in texts[0]
    assert "private people" in everything[0]
    assert all("to be trusted" in one[0] for one in (shown, texts, everything))
    assert all("whoever runs you" in one[0] for one in (texts, everything))
    assert "Tidewater" not in json.dumps(shown[1:-1])
    assert "Tidewater Union" in texts[1]["text"]
    assert "treasurer of the Tidewater Union" in texts[2]["descriptor"]
    assert "There is no entity" in texts[3]
    assert "There is no article" in texts[4]
    told = json.dumps([texts[1]["entities"], texts[2], *({**one, "text": ""} for one in texts[-1]["findings"])])
    assert "CANARY" not in told + texts[1]["text"]
    assert "Aber" not in told
    assert "Halvard Brandvik" in json.dumps(texts[-1])
    assert "Jonas Aber" == everything[3]["name"]
    assert "CANARY" in everything[4]["text"]
