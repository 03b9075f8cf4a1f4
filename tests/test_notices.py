"""Notices on the terminal: short, and about files by the paths that a person gave."""

from __future__ import annotations

import pytest

from glossator.cli.messages import show
from glossator.model import Problem

DOUBT = (
    "“{}” may lack a part of the article, or hold other text of its page; compare it with the page, and edit it, or "
    "have the page read in another way (scored, joined): “Compare readings” in the preview, or convert --reading"
)
COPY = "has the same bytes as {}: no second article was made; delete the file that is not needed"


def notice(path: str, message: str) -> Problem:
    return Problem("convert", path, message, fatal=False)


def test_what_many_files_have_in_common_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    doubts = [notice(f"{name}.html", DOUBT.format(f"The {name}")) for name in ("quay", "pier", "wall")]
    show((*doubts, notice("a.html", COPY.format("b.html")), notice("c.html", COPY.format("b.html"))))
    lines = capsys.readouterr().err.splitlines()
    assert [
        "  saved/quay.html: “The quay”",
        "  saved/pier.html: “The pier”",
        "  saved/wall.html: “The wall”",
    ] == lines[1:4]
    assert "  saved/a.html: the same bytes as b.html" == lines[5]
    assert 1 == sum("convert --reading" in line for line in lines)
    assert 7 == len(lines)


def test_single_notice_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    show((notice("quay.html", DOUBT.format("The quay")),))
    assert f"saved/quay.html: {DOUBT.format('The quay')}\n" == capsys.readouterr().err


def test_who_only_looks_is_told_the_path_that_was_given_and_to_edit_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    told = (notice("x/quay.html", DOUBT.format("The quay")), notice("x/pier.html", COPY.format("x/quay.html")))
    show(told, given={"x/quay.html": "~/pages/quay.html", "x/pier.html": "~/pages/pier.html"})
    assert [
        "~/pages/quay.html: “The quay” may lack a part of the article, or hold other text of its page",
        "~/pages/pier.html: has the same bytes as x/quay.html: no second article was made",
    ] == capsys.readouterr().err.splitlines()
