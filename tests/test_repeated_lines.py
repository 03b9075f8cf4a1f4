"""Lines that several articles of one site share: told by `check`, removed once a person lists them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossator.cli import main
from glossator.config import SiteError
from glossator.content.site_rule_edits import with_line
from glossator.pipeline.review.repeated_lines import as_read, edge_lines
from tests.sites import lay
from tests.test_corrections import ask
from tests.test_serve import start, stop

LINE = "The Courier is printed on Thursdays and on Sundays."
BODIES = {
    "wall": "The wall of the harbour will be raised by a metre before the autumn, said the board, and the town pays.",
    "crane": "The crane at the eastern quay has turned for forty years without a day of rest, and now it is to be sold.",
    "ferry": "No ferry left the island on Monday, because the crew had found water in the engine room at six o'clock.",
    "lamp": "Every lamp on the long pier was lit again in the evening, after a week in which nobody could find the fuse.",
}
SECOND = (
    "Nobody in the town had expected it, least of all the fishermen, who had asked for the contrary since the spring."
)


def page(name: str, site: str, *more: str) -> str:
    lines = "".join(f"<p>{line}</p>" for line in (BODIES[name], SECOND + name, *more))
    head = f'<title>The {name}</title><link rel="canonical" href="https://{site}/{name}">'
    return f"-- content/saved/{name}.html --\n<html><head>{head}</head><body><article>{lines}</article></body></html>\n"


def settings(rule: str = "") -> str:
    return f"-- glossator.toml --\n{rule}"


def run(folder: Path, command: str, *arguments: str) -> Result:
    where = [f"--content={folder / 'content'}", f"--site={folder / 'site'}", "--workers=1", "--no-search"]
    return CliRunner(catch_exceptions=False).invoke(main, [command, *where, *arguments])


def told(folder: Path) -> list[str]:
    findings = json.loads(run(folder, "check", "--json").stdout)["findings"]
    return [f"{finding['path']}: {finding['message']}" for finding in findings if "at an edge" in finding["message"]]


def test_line_that_three_articles_of_a_site_end_with_is_told_and_goes_once_it_is_listed(tmp_path: Path) -> None:
    pages = "".join(page(name, "www.courier.example", LINE) for name in ("wall", "crane", "ferry"))
    lay(tmp_path, settings() + pages)
    [finding] = told(tmp_path)
    assert finding.startswith(
        f"articles/the-crane.md: has the line “{LINE}” at an edge of its text, as do 2 more articles of courier.example:"
    )
    articles = tmp_path / "content/articles"
    assert all(LINE in file.read_text("utf-8") for file in articles.glob("*.md"))

    lay(tmp_path, settings(f'[extract.site."courier.example"]\nlines = ["{LINE.upper()}"]\n'))
    run(tmp_path, "build", "--reconvert")
    assert [] == told(tmp_path)
    texts = [file.read_text("utf-8") for file in articles.glob("*.md")]
    assert 3 == len(texts)
    assert not any(LINE in text for text in texts)
    assert all(SECOND in text for text in texts)


def test_line_of_two_articles_or_of_several_sites_is_not_told(tmp_path: Path) -> None:
    two = "".join(page(name, "courier.example", LINE) for name in ("wall", "crane"))
    other = page("ferry", "herald.example", LINE) + page("lamp", "gazette.example", LINE)
    assert [] == told(lay(tmp_path, settings() + two + other))


def test_articles_that_somebody_edited_or_keeps_private_do_not_count(tmp_path: Path) -> None:
    lay(tmp_path, settings() + "".join(page(name, "courier.example", LINE) for name in ("wall", "crane", "ferry")))
    run(tmp_path, "build")
    article = tmp_path / "content/articles/the-wall.md"
    article.write_text(article.read_text("utf-8").replace("by a metre", "by two metres"), "utf-8")
    assert [] == told(tmp_path)


def test_refrains_speakers_cells_code_and_pictures_are_no_such_lines() -> None:
    text = """\
Blow the man down, oh blow the man down.

Q:

Marta Lindqvist:

| a cell of words | another cell |
| --- | --- |

    print the whole line

![A picture of the quay](quay.jpg)

## Read *all* of [our letters](https://courier.example/letters)

Blow the man down, oh blow the man down.
"""
    assert ["Read all of our letters"] == [as_read(line) for line in edge_lines(text)]


def test_listed_line_within_the_text_stays(tmp_path: Path) -> None:
    many = [f"{SECOND} That was said for the {number}th time." for number in range(20)]
    rule = f'[extract.site."courier.example"]\nlines = ["{many[9]}", "{LINE}"]\n'
    lay(tmp_path, settings(rule) + page("wall", "courier.example", *many, LINE))
    run(tmp_path, "build")
    text = (tmp_path / "content/articles/the-wall.md").read_text("utf-8")
    assert (True, False) == (many[9] in text, LINE in text)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", '[extract.site."courier.example"]\nlines = ["A \\"line\\" of it."]\n'),
        (
            '# ours\n[site]\ntitle = "T"\n',
            '# ours\n[site]\ntitle = "T"\n\n[extract.site."courier.example"]\nlines = ["A \\"line\\" of it."]\n',
        ),
        (
            '[extract.site."courier.example"]\ndrop = ["aside"]  # teasers\n',
            '[extract.site."courier.example"]\ndrop = ["aside"]  # teasers\nlines = ["A \\"line\\" of it."]\n',
        ),
        (
            '[extract.site."courier.example"]\nlines = ["One."]\n[site]\n',
            '[extract.site."courier.example"]\nlines = ["One.", "A \\"line\\" of it."]\n[site]\n',
        ),
    ],
)
def test_line_is_added_to_the_settings_and_the_rest_of_them_stays(before: str, expected: str) -> None:
    assert expected == with_line(before, "courier.example", 'A "line" of it.')


@pytest.mark.parametrize("settings", ["extract = { languages = ['en'] }\n", "[extract]\nsite = 7\n", "[extract\n"])
def test_settings_that_cannot_take_a_line_are_left_alone(settings: str) -> None:
    with pytest.raises(SiteError, match="cannot be added"):
        with_line(settings, "courier.example", "A line of it.")


@pytest.mark.slow
def test_preview_lists_the_lines_of_an_article_s_site_and_a_click_writes_one(tmp_path: Path) -> None:
    pages = "".join(page(name, "courier.example", LINE) for name in ("wall", "crane", "ferry"))
    preview = start(lay(tmp_path, settings() + pages))
    try:
        status, lines = ask(preview, None, "/_glossator/lines?article=the-wall", Origin=None)
        assert (200, [{"site": "courier.example", "line": LINE, "count": 3}]) == (status, lines)
        assert 403 == ask(preview, {"site": "courier.example", "line": LINE}, "/_glossator/lines", Origin=None)[0]
        for expected in (True, False):
            status, told_back = ask(preview, {"site": "courier.example", "line": LINE}, "/_glossator/lines")
            assert (200, {"written": expected}) == (status, told_back)
        assert f'[extract.site."courier.example"]\nlines = ["{LINE}"]\n' in (tmp_path / "glossator.toml").read_text(
            "utf-8"
        )
        assert 400 == ask(preview, {"site": "courier.example"}, "/_glossator/lines")[0]
    finally:
        stop(preview)
