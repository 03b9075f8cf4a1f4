"""Drafts held against an archive by a language model, by `check`, and in the preview: who learns what, and who may ask."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator.cli import main
from tests.sites import lay
from tests.test_corrections import ask
from tests.test_mcp import ask as ask_by_protocol
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
        assert 200 == status
        assert "verbatim" in answer["report"]
        assert "kept back" in answer["report"]
        assert "<script" not in answer["report"]
        status, answer = ask(preview, b"\0\1" * 60, "/_glossator/findings", **headers)
        assert (200, True) == (status, "is no text" in answer["problem"])
        for wrong in ({"X_Glossator_Token": "wrong"}, {"Origin": "http://evil.example"}, {"Host": "evil.example"}):
            assert 403 == ask(preview, draft, "/_glossator/findings", **{**headers, **wrong})[0]
        assert 415 == ask(preview, draft, "/_glossator/findings", X_Draft_Name="draft.md")[0]
    finally:
        stop(preview)
