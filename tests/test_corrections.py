"""Decisions by a click: what the preview takes from its own pages, and from nobody else."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sites import contents, lay
from tests.test_serve import PATIENCE, Preview, start, stop, until

ARCHIVE = """\
-- content/articles/wall.md --
---
title: Harbour wall to be raised
---
Marta Lindqvist of the Skerry Harbour Board spoke in Ravnsborg.
-- content/articles/choir.md --
---
title: The choir sang
---
Jonas Aber sang in Ravnsborg.
"""
CONFIRM = {"kind": "confirm", "names": ["jonas-aber"]}


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    started = start(lay(tmp_path_factory.mktemp("preview"), ARCHIVE))
    yield started
    stop(started)


@pytest.fixture(autouse=True)
def undecided(preview: Preview) -> Iterator[None]:
    yield
    decisions(preview).unlink(missing_ok=True)


def decisions(preview: Preview) -> Path:
    return preview.folder / "content/entities.toml"


def token(preview: Preview) -> str:
    found = re.search(r'data-token="([\w-]+)"', preview.get("/index.html")[1])
    assert found
    return found[1]


def ask(preview: Preview, body: object, path: str = "/_glossator/decisions", **headers: str | None) -> tuple[int, Any]:
    """Status and answer of what a page of the preview would send; a header of None is left out."""
    here = f"127.0.0.1:{preview.port}"
    sent = {"Host": here, "Origin": f"http://{here}", "Content-Type": "application/json"}
    sent["X-Glossator-Token"] = token(preview)
    for name, value in headers.items():
        sent.pop(name.replace("_", "-"), None)
        if value is not None:
            sent[name.replace("_", "-")] = value
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE)
    try:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        connection.request(
            "POST" if body is not None else "GET", path, body=data if body is not None else None, headers=sent
        )
        answer = connection.getresponse()
        text = answer.read().decode()
        return answer.status, json.loads(text) if "json" in answer.getheader("Content-Type", "") else text
    finally:
        connection.close()


def test_a_decision_tells_what_it_changes_and_is_written_when_that_is_asked(preview: Preview) -> None:
    status, told = ask(preview, CONFIRM)
    assert (200, 1, ["The choir sang"], False) == (status, told["count"], told["articles"], told["written"])
    assert '+confirm = ["Jonas Aber"]' in told["lines"]
    assert not decisions(preview).exists()
    status, told = ask(preview, {**CONFIRM, "write": True})
    assert (200, True) == (status, told["written"])
    assert 'confirm = ["Jonas Aber"]' in decisions(preview).read_text("utf-8")


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Glossator_Token": "wrong"},
        {"X_Glossator_Token": ""},
        {"X_Glossator_Token": None},
        {"X_Glossator_Token": "tökén"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": None},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "file://"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Host": "127.0.0.1:1"},
        {"Host": "127.0.0.1"},
    ],
)
def test_what_is_no_page_of_the_preview_decides_nothing(preview: Preview, headers: dict[str, str | None]) -> None:
    for body, path in (({**CONFIRM, "write": True}, "/_glossator/decisions"), ({}, "/_glossator/decisions")):
        assert 403 == ask(preview, body, path, **headers)[0]
    assert not decisions(preview).exists()


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{}", "127.0.0.1.evil.example:{}", "localhost.evil:{}"])
def test_another_name_for_this_machine_decides_nothing(preview: Preview, host: str) -> None:
    """As after a name of somebody else's was pointed at this machine: Origin and Host agree, and the token is right."""
    name = host.format(preview.port)
    status, _ = ask(preview, {**CONFIRM, "write": True}, Host=name, Origin=f"http://{name}")
    assert (403, False) == (status, decisions(preview).exists())


def test_the_other_name_of_this_machine_may_decide(preview: Preview) -> None:
    here = f"localhost:{preview.port}"
    assert 200 == ask(preview, CONFIRM, Host=here, Origin=f"http://{here}")[0]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[" * 10_000, 400),
        (b"\xff", 400),
        ([], 400),
        ({}, 400),
        ({"kind": "confirm"}, 400),
        ({"kind": "confirm", "names": "jonas-aber"}, 400),
        ({"kind": "confirm", "names": []}, 400),
        ({"kind": "confirm", "names": [1]}, 400),
        ({"kind": "confirm", "names": ["A\nB"]}, 400),
        ({"kind": "confirm", "names": ["A" * 1000]}, 400),
        ({"kind": "merge", "names": ["jonas-aber"]}, 400),
        ({"kind": "type", "names": ["jonas-aber"], "value": "boat"}, 400),
        ({"kind": "rename", "names": ["jonas-aber"], "value": " "}, 400),
        ({"kind": ["confirm"], "names": ["jonas-aber"]}, 400),
        ({"kind": "delete", "names": ["jonas-aber"]}, 400),
        ({**CONFIRM, "write": "yes"}, 400),
        ({"kind": "confirm", "names": ["jonas-abre"]}, 422),
        ({"kind": "ignore", "names": ["jonas-aber"], "articles": ["../wall"]}, 422),
    ],
)
def test_what_is_no_decision_is_refused(preview: Preview, body: object, status: int) -> None:
    assert status == ask(preview, body)[0]
    assert not decisions(preview).exists()


def test_a_form_of_another_site_could_not_even_be_read(preview: Preview) -> None:
    assert 415 == ask(preview, CONFIRM, Content_Type="text/plain")[0]


def test_an_unknown_name_is_answered_with_the_nearest(preview: Preview) -> None:
    _, told = ask(preview, {"kind": "confirm", "names": ["Jonas Abre"]})
    assert "“Jonas Abre” is not a name in any article. Did you mean “Jonas Aber”" in told["error"]


def test_names_are_told_to_the_preview_s_own_pages_only(preview: Preview) -> None:
    status, found = ask(preview, None, "/_glossator/names?q=jon", Origin=None)
    assert (200, ["jonas-aber"]) == (status, [one["id"] for one in found])
    assert ["Ravnsborg"] == [
        one["name"] for one in ask(preview, None, "/_glossator/names?id=ravnsborg", Origin=None)[1]
    ]
    assert 403 == ask(preview, None, "/_glossator/names?q=jon", Origin=None, X_Glossator_Token=None)[0]


def test_the_latest_decision_is_taken_back(preview: Preview) -> None:
    ask(preview, {"kind": "confirm", "names": ["jonas-aber"], "write": True})
    assert "Jonas Aber" in decisions(preview).read_text("utf-8")
    status, effect = ask(preview, {"write": False}, "/_glossator/undo")
    assert (200, False) == (status, effect["written"])
    assert '-confirm = ["Jonas Aber"]' in effect["lines"]
    assert (200, True) == (ask(preview, {"write": True}, "/_glossator/undo")[0], True)
    assert "Jonas Aber" not in decisions(preview).read_text("utf-8")
    status, refused = ask(preview, {"write": True}, "/_glossator/undo")
    assert 422 == status
    assert "There is no decision that can be taken back." in refused["error"]


@pytest.mark.parametrize("body", [{}, {"write": 1}, []])
def test_what_does_not_say_whether_to_write_takes_nothing_back(preview: Preview, body: object) -> None:
    assert 400 == ask(preview, body, "/_glossator/undo")[0]


def test_a_name_that_was_saved_since_is_known(preview: Preview) -> None:
    def known() -> list[str]:
        return [one["id"] for one in ask(preview, None, "/_glossator/names?q=skerry", Origin=None)[1]]

    assert ["skerry-harbour-board"] == known()
    (preview.folder / "content/articles/wall.md").unlink()
    until(lambda: not known())
    lay(preview.folder, ARCHIVE)
    until(lambda: ["skerry-harbour-board"] == known())


def test_the_token_is_in_no_file_that_a_page_of_another_site_could_include(preview: Preview) -> None:
    secret = token(preview)
    for name in ("corrections.js", "corrections.css"):
        status, text, headers = preview.get(f"/_glossator/{name}")
        assert (200, False, "same-origin") == (status, secret in text, headers["Cross-Origin-Resource-Policy"])


def test_nothing_of_it_is_in_the_site(preview: Preview) -> None:
    preview.get("/")
    assert [] == [path for path, data in contents(preview.folder / "site").items() if b"_glossator" in data]


HIGHLIGHT = {
    "id": "a-1",
    "exact": "The choir",
    "prefix": "",
    "suffix": "sang",
    "rival": 0,
    "note": "Which?",
    "made": "",
    "colour": "",
    "source": "",
    "accepted": True,
}
HIGHLIGHTS = "/_glossator/highlights?article="


def test_highlights_of_the_preview_are_written_to_the_archive(preview: Preview) -> None:
    sent = {"title": "The choir sang", "items": [HIGHLIGHT]}
    assert (200, {}) == ask(preview, sent, HIGHLIGHTS + "choir")
    assert "Which?" in (preview.folder / "content/highlights/choir.json").read_text("utf-8")
    assert (200, sent) == ask(preview, None, HIGHLIGHTS + "choir")
    assert (200, ["articles/choir.html"]) == ask(preview, None, "/_glossator/highlights")
    assert (200, {}) == ask(preview, {"title": "", "items": []}, HIGHLIGHTS + "choir")
    assert not (preview.folder / "content/highlights/choir.json").exists()


@pytest.mark.parametrize("article", ["", "..%2F..%2Fwall", "nobody", "%00"])
def test_highlights_of_no_article_are_written_nowhere(preview: Preview, article: str) -> None:
    status, _ = ask(preview, {"title": "", "items": [HIGHLIGHT]}, HIGHLIGHTS + article)
    assert status in (400, 404)
    status, _ = ask(preview, {"title": "", "items": [HIGHLIGHT]}, HIGHLIGHTS + "choir", X_Glossator_Token="wrong")
    assert 403 == status
    assert not (preview.folder / "content/highlights").exists() or not [
        *(preview.folder / "content/highlights").iterdir()
    ]
