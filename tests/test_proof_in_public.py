"""Drafts held against an archive by a language model, by `check`, and in the preview: who learns what, and who may ask."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator.cli import main
from tests.sites import command, lay
from tests.test_corrections import ask
from tests.test_mcp import ask as ask_by_protocol
from tests.test_proof import run
from tests.test_serve import start, stop

STONE = "We have built a pier of stone, and it will not move in any storm"
ARCHIVE = f"""\
-- glossator.toml --
[site]
title = "Cuttings"
-- content/entities.toml --
private = ["Jonas Aber"]
-- content/entities.lock.json --
{{"entities": {{}}}}
-- content/articles/harbour.md --
---
title: The harbour
site: The Gazette
published: 2024-03-01
---
“{STONE},” said Marta Lindqvist in Ravnsborg.

“Nobody ever asked the fishermen about the stone,” said Jonas Aber.
-- content/articles/secret.md --
---
title: CANARY title
rights: private
---
“The CANARY ledger was burnt behind the customs house,” said Marta Lindqvist.
-- content/pages/about.md --
---
title: About
---
As one said: “{STONE.replace("stone", "wood")}.” And “the CANARY ledger was burnt behind the old customs house”.
"""
GUESSES = f"“{STONE.replace('not ', '')}.” “The CANARY book was burnt behind the customs house.” Jonas Abar slept. "
SECRETS = ("ledger", "CANARY title", "secret.md", "Aber")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return lay(tmp_path / "archive", ARCHIVE)


@pytest.mark.slow
def test_a_language_model_learns_what_is_wrong_and_nothing_that_is_kept_back(archive: Path) -> None:
    quoted = "“Nobody ever asked the fishermen about the stone.”"
    guessed, said = ask_by_protocol(archive, ("proof", {"text": GUESSES}), ("proof", {"text": quoted}))
    kinds = [finding["kind"] for finding in guessed["findings"]]
    assert ["altered", "absent"] == kinds[:2]
    assert [("negation", "not")] == [(one["what"], one["archive"]) for one in guessed["findings"][0]["difference"]]
    assert [("verbatim", None)] == [(one["kind"], one["speaker"]) for one in said["findings"]]
    told = json.dumps([{**finding, "text": ""} for finding in (*guessed["findings"], *said["findings"])])
    for secret in SECRETS:
        assert secret not in told


def test_own_pages_are_held_against_what_is_published(archive: Path) -> None:
    where = [f"--content={archive / 'content'}", f"--site={archive / 'site'}", "--workers=1", "--no-search"]
    done = CliRunner(catch_exceptions=False).invoke(main, ["check", "--proof", "--json", *where])
    found = [finding for finding in json.loads(done.stdout)["findings"] if finding["kind"] == "proof"]
    assert [("pages/about.md:4", True), ("pages/about.md:4", False)] == [
        (finding["path"], finding["wrong"]) for finding in found
    ]
    assert "[-wood-]{+stone+}" in found[0]["message"]
    assert found[1]["message"].startswith("absent")
    assert 1 == done.exit_code
    assert "CANARY title" not in done.stdout


@pytest.mark.slow
def test_a_draft_is_pasted_or_dropped_in_the_preview_and_nobody_else_may_ask(archive: Path) -> None:
    preview = start(archive)
    try:
        status, page, _ = preview.get("/_glossator/proof", Host=f"127.0.0.1:{preview.port}")
        assert (200, True) == (status, "<textarea" in page)
        draft = f"“{STONE}.” <script>alert(1)</script> “The CANARY ledger was burnt”".encode()
        headers = {"Content_Type": "application/octet-stream", "X_Draft_Name": "draft.md"}
        status, answer = ask(preview, draft, "/_glossator/findings", **headers)
        *doing, last = map(json.loads, answer.splitlines())
        assert (200, "Holding the draft against 2 articles") == (status, doing[-1]["doing"])
        found = last["proof"]["findings"]
        assert "Stands so" in [finding["statement"] for finding in found]
        assert True in [finding["kept_back"] for finding in found]
        status, answer = ask(preview, b"\0\1" * 60, "/_glossator/findings", **headers)
        assert (200, True) == (status, "is no text" in json.loads(answer.splitlines()[-1])["problem"])
        for wrong in ({"X_Glossator_Token": "wrong"}, {"Origin": "http://evil.example"}, {"Host": "evil.example"}):
            assert 403 == ask(preview, draft, "/_glossator/findings", **{**headers, **wrong})[0]
        assert 415 == ask(preview, draft, "/_glossator/findings", X_Draft_Name="draft.md")[0]
    finally:
        stop(preview)


KEPT_BACK = """\
-- glossator.toml --
[site]
title = "Cuttings"
-- content/entities.toml --
-- content/entities.lock.json --
{"entities": {}}
-- content/articles/open.md --
---
title: The breakwater
site: The Gazette
---
“The breakwater will be ready before the storms of the coming winter,” said Vexil Harrowgate.

The council of Ravnsborg spoke of the breakwater for three hours. See [[Oldershaw in Ravnsborg]].
-- content/articles/part.md --
---
title: The quay
rights: excerpt
---
The council met again on Tuesday evening, and spoke about the noise of the works.

It spoke, too, about the price of the old quay, which nobody wants to pay.

%s
-- content/articles/bare.md --
---
title: The mole
rights: metadata
---
%s
-- content/articles/secret.md --
---
title: Oldershaw in Ravnsborg
rights: private
---
%s
-- content/pages/about.md --
---
title: About
---
Marta Quennell, a lawyer, told the court that the breakwater was late. Gerda Holmquist, a nurse, told the court nothing.
Sabine Birdwhistle, her sister, and Mr Oldershaw, an engineer, left the court. Tobias Quimbly, a clerk, stayed there.

“The breakwater will be ready before the storms of the coming spring,” said Vexil Harrowgate.

They told Vexil Harrowgate that 350 barrels of tar had been paid for before the storms.
"""
KEPT = (
    "Marta Quennell told Vexil Harrowgate that 340 barrels of tar had been paid for before the storms of the spring.",
    "Gerda Holmquist told the council that the breakwater will be ready before the storms of the coming spring.",
    "Sabine Birdwhistle told the council that the breakwater will be ready before the storms.",
)
UNKNOWN = ["Marta Quennell", "Gerda Holmquist", "Sabine Birdwhistle", "Oldershaw", "Tobias Quimbly"]


def by_command(archive: Path, *arguments: str, ci: str = "") -> str:
    return run(archive, *arguments, "pages/about.md", ci=ci).stdout


def by_check(archive: Path) -> str:
    where = [f"--content={archive / 'content'}", f"--site={archive / 'site'}", "--workers=1", "--no-search"]
    done = CliRunner(catch_exceptions=False).invoke(main, ["check", "--proof", *where])
    return done.stdout


def by_model(archive: Path) -> str:
    (proof,) = ask_by_protocol(archive, ("proof", {"text": (archive / "content/pages/about.md").read_text("utf-8")}))
    return json.dumps(proof, ensure_ascii=False)


@pytest.mark.parametrize(
    "prove",
    [
        lambda archive: by_command(archive, "--public", "--format=json"),
        lambda archive: by_command(archive, ci="true"),
        pytest.param(by_check, marks=pytest.mark.slow),
        pytest.param(by_model, marks=pytest.mark.slow),
    ],
    ids=["public", "ci", "check", "model"],
)
def test_what_is_said_in_public_does_not_depend_on_what_is_kept_back(
    tmp_path: Path, prove: Callable[[Path], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    for kept in (KEPT, ("Nothing.",) * len(KEPT)):
        archive = lay(tmp_path / str(len(told)), KEPT_BACK % kept)
        monkeypatch.chdir(archive / "content")
        told.append(prove(archive).replace(str(archive), ""))
    assert sorted(UNKNOWN) == sorted(re.findall("No article names “(.+?)”", told[0]))
    assert told[1] == told[0]


def test_names_of_the_last_build_that_are_kept_back_since_are_told_to_nobody(tmp_path: Path) -> None:
    archive = lay(tmp_path / "archive", KEPT_BACK % KEPT)
    articles = [archive / "content" / "articles" / name for name in ("part.md", "bare.md", "secret.md")]
    texts = [article.read_text("utf-8") for article in articles]
    for article, text in zip(articles, texts, strict=True):
        article.write_text(re.sub("rights: .*", "rights: full", text), "utf-8")
    assert 0 == command(archive, "--no-search")[0]
    draft = archive / "draft.md"
    draft.write_text("The court heard Marta Quennel, Gerda Holmqvist, Sabine Birdwhistl and Vexil Harrowgat.", "utf-8")
    before = run(archive, "--public", str(draft)).stdout
    assert all(name in before for name in (*UNKNOWN[:3], "Vexil Harrowgate"))
    for article, text in zip(articles, texts, strict=True):
        article.write_text(text, "utf-8")
    after = run(archive, "--public", str(draft)).stdout
    assert [] == [name for name in UNKNOWN[:3] if name in after]
    assert "Vexil Harrowgate" in after
