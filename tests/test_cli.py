"""The command line: what scripts rely on, and what a person is taught."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click import Context
from click.testing import CliRunner, Result

from glossator import __version__
from glossator.cli import main
from glossator.cli.messages import NOTICES_SHOWN, show
from glossator.cli.options import found_archive
from glossator.model import Problem
from glossator.output import MANIFEST
from glossator.pipeline import ArchivePaths
from glossator.python_command import runnable
from tests.sites import build, command, contents, lay, leave_out_search, pages

ROOT = Path(__file__).parents[1]
TEXTS = """\
-- texts/b.txt --
Marta Lindqvist's boat 🚤
lay off Ravnsborg — the Skerry Harbour Board's quay.

Lindqvist slept.
-- texts/a.txt --
Nobody was there.
-- texts/deep/c.md --
---
title: Ravnsborg
---
*Jonas* Aber sang. Jonas Aber **left**.
"""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder of texts, and settings without any."""
    return lay(tmp_path, f"{TEXTS}-- glossator.toml --\n")


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, output and complaints of a verb with the folder's settings."""
    done = CliRunner(catch_exceptions=False).invoke(main, [*arguments, "--config", str(folder / "glossator.toml")])
    return done.exit_code, done.stdout, done.stderr


# ---- annotate --------------------------------------------------------------------------------------------------------


def test_annotate_gives_every_mention_by_offset_entity_and_type(texts: Path) -> None:
    code, said, complaints = run(texts, "annotate", str(texts / "texts"), "--format", "json")
    found = json.loads(said)
    text = (texts / "texts/b.txt").read_text("utf-8")
    assert (0, "", ["a", "b", "c", "entities"]) == (code, complaints, list(found))
    assert {"mentions": [], "quotes": []} == found["a"]
    assert [
        ("Marta Lindqvist", "marta-lindqvist", "person"),
        ("Ravnsborg", "ravnsborg", "place"),
        ("Skerry Harbour Board", "skerry-harbour-board", "organisation"),
        ("Lindqvist", "marta-lindqvist", "person"),
    ] == [(text[one["start"] : one["end"]], one["entity"], one["type"]) for one in found["b"]["mentions"]]
    assert [["start", "end", "entity", "type"]] * 4 == [list(one) for one in found["b"]["mentions"]]


def test_annotate_prints_the_entities_and_the_quotations_of_named_speakers(texts: Path) -> None:
    lay(texts, '-- texts/b.txt --\nMarta Lindqvist, the harbour master, said: "The quay will not hold, I fear."\n')
    lay(texts, "-- texts/d.txt --\nMarta Lindqvist left the town of Ravnsborg.\n")
    text = (texts / "texts/b.txt").read_text("utf-8")
    found = json.loads(run(texts, "annotate", str(texts / "texts"), "--format", "json")[1])
    said = [(text[one["start"] : one["end"]], one["entity"]) for one in found["b"]["quotes"]]
    assert [("The quay will not hold, I fear.", "marta-lindqvist")] == said
    told = [
        tuple(found["entities"][key][part] for part in ("name", "type", "page")) for key in sorted(found["entities"])
    ]
    pages = [("Jonas Aber", "person", True), ("Marta Lindqvist", "person", True), ("Ravnsborg", "place", False)]
    assert pages == told


def test_annotate_gives_a_file_another_stem_that_is_called_as_the_key_of_the_entities(texts: Path) -> None:
    lay(texts, "-- texts/entities.txt --\nRavnsborg was quiet.\n")
    found = json.loads(run(texts, "annotate", str(texts / "texts/entities.txt"), "--format", "json")[1])
    stem, key = found
    assert "entities" == key
    assert stem.startswith("entities-")


def test_annotate_takes_the_offsets_of_a_text_file_as_it_stands(texts: Path) -> None:
    (texts / "texts/b.txt").write_bytes(b"\r\n\r\n  Marta Lindqvist  \r\n\r\n\r\nRavnsborg was quiet.")
    found = json.loads(run(texts, "annotate", str(texts / "texts/b.txt"), "--format", "json")[1])
    text = (texts / "texts/b.txt").read_bytes().decode()
    ravnsborg = text.index("Ravnsborg")
    assert (ravnsborg, ravnsborg + 9) in [(one["start"], one["end"]) for one in found["b"]["mentions"]]


def test_annotate_tells_two_files_of_one_stem_apart(texts: Path) -> None:
    lay(texts, "-- texts/deep/b.txt --\nRavnsborg was quiet.\n")
    found = json.loads(run(texts, "annotate", str(texts / "texts"), "--format", "json")[1])
    assert ["a", "b", "c", "entities"] == [stem for stem in found if "-" not in stem]
    assert [(4, True), (1, False)] == [
        (len(one["mentions"]), stem == "b") for stem, one in found.items() if stem.startswith("b")
    ]


def test_annotate_says_the_same_every_time_and_in_any_order(texts: Path) -> None:
    files = [str(texts / "texts" / name) for name in ("a.txt", "b.txt", "deep/c.md")]
    first = run(texts, "annotate", *files, "--format", "json")
    assert first == run(texts, "annotate", *files[::-1], "--format", "json")


def test_annotate_prints_a_line_for_each_mention(texts: Path) -> None:
    _, said, _ = run(texts, "annotate", str(texts / "texts/b.txt"), "--quiet")
    assert "b\t0\t15\tperson\tmarta-lindqvist\tMarta Lindqvist" == said.splitlines()[0]


def test_annotate_leaves_out_what_it_cannot_read_and_says_so(texts: Path) -> None:
    (texts / "texts/bad.md").write_bytes(b"---\ntitle: [\n---\nMarta Lindqvist.")
    code, said, complaints = run(texts, "annotate", str(texts / "texts"), "--format", "json")
    assert (1, ["a", "b", "c", "entities"]) == (code, list(json.loads(said)))
    assert complaints.startswith("bad.md, line 3: the front matter cannot be read here")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"%PDF-1.4\nUK GO"),
        ("page.html", b"<p>Marta Lindqvist came.</p>"),
        ("page", b"<!doctype html><p>Marta Lindqvist came.</p>"),
    ],
)
def test_annotate_takes_no_document_for_a_text(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    done = CliRunner().invoke(main, ["annotate", str(tmp_path / name)])
    assert (1, "") == (done.exit_code, done.stdout)
    assert f"{name}: is no text: `convert` makes Markdown of a page or a document" in done.stderr


# ---- convert ---------------------------------------------------------------------------------------------------------


def test_convert_writes_a_markdown_file_by_the_stem_of_each_saved_file(texts: Path) -> None:
    lay(
        texts,
        f"-- saved/x/Wall (1).html --\n<title>The wall</title><h1>The wall</h1><p>{'It will be raised. ' * 20}</p>\n",
    )
    lay(texts, f"-- saved/crane.txt --\nThe crane turns again\n\n{'It stood still for a year. ' * 5}\n")
    code, said, _ = run(texts, "convert", str(texts / "saved"), "--to", str(texts / "out"))
    made = {path: content.decode() for path, content in contents(texts / "out").items()}
    assert (0, ["Wall (1).md", "crane.md"], f"2 articles written to {texts / 'out'}.\n") == (code, list(made), said)
    assert "title: The crane turns again\n" in made["crane.md"]
    assert made["crane.md"].endswith("It stood still for a year.\n")


def test_convert_writes_both_of_two_files_of_one_stem(texts: Path) -> None:
    lay(texts, "-- saved/a/crane.md --\n# One\n\nIt turns.\n-- saved/b/crane.md --\n# Two\n\nIt stands.\n")
    run(texts, "convert", str(texts / "saved"), "--to", str(texts / "out"))
    first, second = sorted(contents(texts / "out").items())
    assert ("crane.md", True) == (second[0], first[0].startswith("crane-"))
    assert (b"title: One", b"title: Two") == (second[1].splitlines()[1], first[1].splitlines()[1])


def test_convert_never_overwrites_what_a_person_edited(texts: Path) -> None:
    lay(texts, "-- saved/crane.md --\n# One\n\nIt turns.\n-- saved/empty.md --\n")
    order = ["convert", str(texts / "saved"), "--to", str(texts / "out"), "--quiet"]
    run(texts, *order)
    lay(texts, "-- out/crane.md --\nMine.\n")
    code, said, complaints = run(texts, *order)
    assert (1, "", {"crane.md": b"Mine.\n"}) == (code, said, contents(texts / "out"))
    assert [
        "empty.md: The file is empty; save the article again.",
        f"crane.md: {texts / 'out/crane.md'} was edited and stays; delete it to convert anew",
    ] == complaints.splitlines()


# ---- build -----------------------------------------------------------------------------------------------------------


def test_build_prints_what_it_did_as_json(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    lay(
        texts,
        "-- content/articles/wall.md --\nMarta Lindqvist came. Marta Lindqvist left.\n-- content/saved/empty.txt --\n",
    )
    where = [f"--{one}={texts / one}" for one in ("content", "site")]
    code, said, _ = run(texts, "build", "--json", "--workers=1", *where)
    report = json.loads(said)
    assert (1, 1, 1, 1) == (code, report["articles"], report["entities"], report["annotated"])
    assert "articles/wall.html" in report["rendered"]
    assert [("extract", "empty.txt", True)] == [(one["stage"], one["path"], one["fatal"]) for one in report["problems"]]


INTERRUPTED = """
import sys
class Interrupt:
    def find_spec(self, name, *_):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupt())
from glossator.__main__ import run
run()
"""


def test_ctrl_c_while_the_program_is_still_loaded_is_no_traceback() -> None:
    done = subprocess.run([sys.executable, "-c", INTERRUPTED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (130, "Stopped.\n") == (done.returncode, done.stderr)


def test_build_needs_no_verb_and_takes_the_settings_beside_the_content(texts: Path) -> None:
    lay(
        texts,
        "-- content/articles/wall.md --\n---\ntitle: The wall\n---\nMarta Lindqvist came. Marta Lindqvist left.\n",
    )
    command = [sys.executable, str(ROOT / "build.py"), "--workers=1", "--url=https://wall.example/archive"]
    done = subprocess.run(command, cwd=texts, capture_output=True, text=True, check=False)
    assert (
        0,
        (
            f"1 article, 1 entity named, 1 with a page: 31 pages rendered, "
            f"{len(contents(texts / 'site')) - 1} files written to {texts}/site.\n"
        ),
    ) == (
        done.returncode,
        done.stdout,
    ), done.stderr
    seen = pages(texts / "site")
    assert "Marta Lindqvist" in seen["entities/marta-lindqvist.html"].text
    assert "/archive/index.html" in seen["404.html"].addresses


def test_the_address_of_the_site_is_needed_by_the_404_page_alone(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    lay(
        texts,
        '-- content/articles/wall.md --\nIt stands.\n-- glossator.toml --\n[site]\nurl = "https://wall.example/archive"\n',
    )
    build(texts)
    absolute = {
        path
        for path, page in pages(texts / "site").items()
        for tag, attrs in page.elements
        if attrs.get("href", "").startswith(("/", "https://wall.example/")) and attrs.get("rel") != "canonical"
    }
    assert {"404.html"} == absolute


def test_what_failed_is_told_first_and_of_many_notices_the_rest_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    notices = [Problem("articles", f"{n:03}.md", "is odd", fatal=False) for n in range(NOTICES_SHOWN + 2)]
    show((*notices, Problem("articles", "wall.md", "cannot be read")), more="; --json prints them all")
    said = capsys.readouterr().err.splitlines()
    assert ("wall.md: cannot be read", NOTICES_SHOWN + 2) == (said[0], len(said))
    assert "... and 2 more notices; --json prints them all." == said[-1]


def test_two_archives_side_by_side_share_no_file_that_builds_keep(tmp_path: Path) -> None:
    both = [ArchivePaths(tmp_path / name, tmp_path / f"{name}-site") for name in ("letters", "press")]
    assert 6 == len({path for one in both for path in (one.cache, one.snapshot, one.pictures)})


# ---- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("site", "mixed"),
    [
        ("content", "content"),
        ("content/site", "content"),
        (".", "content"),
        ("/", "content"),
        ("home", "home"),
        ("templates/site", "templates"),
        ("link", "content"),
    ],
)
def test_a_site_among_what_is_a_person_s_own_is_refused(
    texts: Path, monkeypatch: pytest.MonkeyPatch, site: str, mixed: str
) -> None:
    lay(texts, "-- content/articles/wall.md --\nIt stands.\n-- home/mine.txt --\nMine.\n")
    (texts / "link").symlink_to(texts / "content")
    monkeypatch.setenv("HOME", str(texts / "home"))
    before = contents(texts)
    said = (
        f"The site cannot be in {texts / site}: it would mix with {texts / mixed}.\n"
        "Choose a folder that is the site's alone, with --site.\n"
    )
    for verb in ("build", "serve"):
        assert (2, "", said) == run(texts, verb, f"--content={texts / 'content'}", f"--site={texts / site}")
    assert before == contents(texts)


def test_a_site_that_is_a_file_is_refused(texts: Path) -> None:
    lay(texts, "-- content/articles/wall.md --\nIt stands.\n-- site --\nMine.\n")
    code, _, said = run(texts, "build", *(f"--{one}={texts / one}" for one in ("content", "site")))
    assert (2, f"The site cannot be in {texts / 'site'}, which is no folder.") == (code, said.splitlines()[0])


def where(folder: Path) -> list[str]:
    return [f"--{one}={folder / one}" for one in ("content", "site")]


def test_a_folder_with_files_of_somebody_else_is_refused_until_it_is_adopted(texts: Path) -> None:
    lay(texts, "-- content/articles/wall.md --\nIt stands.\n-- site/thesis.txt --\nMine.\n")
    for verb in ("build", "serve"):
        code, _, said = run(texts, verb, *where(texts))
        refused = f"{texts / 'site'} holds files that Glossator did not write, such as thesis.txt."
        assert (2, refused, True) == (code, said.splitlines()[0], "--adopt" in said)
    assert ["thesis.txt"] == [path.name for path in (texts / "site").iterdir()]
    assert 0 == run(texts, "build", "--adopt", "--no-search", *where(texts))[0]
    assert 0 == run(texts, "build", "--no-search", *where(texts))[0]  # it is ours now, beside what was there
    assert ("Mine.\n", True) == ((texts / "site/thesis.txt").read_text("utf-8"), (texts / "site/index.html").is_file())


def test_a_folder_that_only_git_keeps_is_empty(texts: Path) -> None:
    lay(texts, "-- content/articles/wall.md --\nIt stands.\n-- site/.git/HEAD --\nref: refs/heads/pages\n")
    assert 0 == run(texts, "build", "--no-search", *where(texts))[0]


def test_a_first_build_that_was_killed_half_way_needs_no_permission(texts: Path) -> None:
    lay(texts, "-- content/articles/wall.md --\nIt stands.\n")
    assert 0 == run(texts, "build", "--no-search", *where(texts))[0]
    waiting = texts / ".site-glossator-new"
    waiting.mkdir()
    (texts / "site" / MANIFEST).rename(waiting / MANIFEST)
    assert 0 == run(texts, "build", "--no-search", *where(texts))[0]


def test_a_link_is_not_followed_to_where_the_site_goes(texts: Path) -> None:
    lay(texts, "-- content/articles/wall.md --\nIt stands.\n-- elsewhere/notes.txt --\nMine.\n")
    (texts / "site").symlink_to(texts / "elsewhere")
    code, _, said = run(texts, "build", "--adopt", *where(texts))
    assert (2, f"The site cannot be in {texts / 'site'}, which is a link to {texts / 'elsewhere'}.") == (
        code,
        said.splitlines()[0],
    )
    assert ["notes.txt"] == [path.name for path in (texts / "elsewhere").iterdir()]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "wall.example", "https://", 'https://a.example/"x', "https://a.example/?x=1"]
)
def test_an_address_that_is_none_is_refused(texts: Path, url: str) -> None:
    code, _, said = run(texts, "build", f"--url={url}")
    assert (2, f'--url "{url}" is no web address.\nWrite it as "https://...".\n') == (code, said)


@pytest.mark.parametrize("arguments", [("build", "--workers=-1"), ("serve", "--port=-1"), ("serve", "--port=65536")])
def test_a_number_out_of_range_is_refused(texts: Path, arguments: tuple[str, str]) -> None:
    code, _, said = run(texts, *arguments)
    assert (2, True) == (code, "is not in the range" in said)


def test_what_cannot_be_written_is_a_sentence(texts: Path) -> None:
    lay(texts, "-- content/articles/wall.md --\nIt stands.\n-- .glossator --\nMine.\n")
    code, _, said = run(texts, "build", *(f"--{one}={texts / one}" for one in ("content", "site")))
    hint = "Check that you may read and write there, and that the disk has space."
    assert (2, [f"{texts / '.glossator'} could not be read or written: file exists.", hint]) == (
        code,
        said.splitlines(),
    )


# ---- help ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", main.list_commands(Context(main)))
def test_every_verb_explains_itself_and_each_of_its_options(verb: str) -> None:
    said, command = CliRunner().invoke(main, [verb, "--help"]), main.get_command(Context(main), verb)
    assert command
    options = [one for one in command.params if one.param_type_name == "option"]
    assert 0 == said.exit_code
    assert [] == [one.name for one in options if not getattr(one, "help", None)]
    assert all(one.opts[-1] in said.output or one.opts[0] in said.output for one in options)


def test_help_names_every_verb_and_what_to_do_first() -> None:
    said = CliRunner().invoke(main, ["--help"]).output
    assert [] == [verb for verb in main.list_commands(Context(main)) if verb not in said]
    assert "content/saved/" in said


def test_the_version_is_told_and_in_a_checkout_its_commit() -> None:
    head = subprocess.run(
        ["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    commit = rf" \(commit {head.stdout.strip()}\w*(-dirty)?\)" if (ROOT / ".git").exists() else ""
    told = CliRunner().invoke(main, ["--version"]).output
    assert re.fullmatch(rf"glossator {re.escape(__version__)}{commit}\n", told)


def test_help_waits_for_no_model() -> None:
    code = (
        "import sys; from glossator.cli import main\ntry: main(['--help'])\nfinally: sys.exit('spacy' in sys.modules)"
    )
    assert 0 == subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False).returncode


def test_a_settings_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()

    done = CliRunner().invoke(
        main,
        [
            "--content",
            str(tmp_path / "content"),
            "--site",
            str(tmp_path / "site"),
            "--config",
            str(tmp_path / "no.toml"),
        ],
    )

    assert 2 == done.exit_code
    assert f"There is no file {tmp_path / 'no.toml'}." in done.output


@pytest.mark.model
def test_annotate_takes_the_texts_of_a_folder_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing here.", "utf-8")
    (tmp_path / "b.json").write_text("{}", "utf-8")

    done = CliRunner().invoke(main, ["annotate", str(tmp_path), "--format", "json"])

    assert {"a": {"mentions": [], "quotes": []}, "entities": {}} == json.loads(done.stdout)


@pytest.mark.model
def test_annotate_prints_a_descriptor_or_a_sentence_but_not_both(tmp_path: Path) -> None:
    long = "the keeper of the lamp on the outer mole of the old harbour of Ravnsborg since the year of the great flood"
    text = f"Marta Lindqvist, chief executive of Ravnsborg Ferries, spoke to Jonas Aber, {long}. Lindqvist left Aber."
    (tmp_path / "a.txt").write_text(text, "utf-8")

    done = CliRunner().invoke(main, ["annotate", str(tmp_path), "--format", "json"])

    entities = json.loads(done.stdout)["entities"]
    told = tuple(entities["marta-lindqvist"][key] for key in ("descriptor", "sentence"))
    assert ("chief executive of Ravnsborg Ferries", "") == told
    assert all(len(entity["descriptor"].split()) <= 12 for entity in entities.values())
    assert all(not (entity["descriptor"] and entity["sentence"]) for entity in entities.values())


# ---- convert ---------------------------------------------------------------------------------------------------------

PAGE = """\
-- page.html --
<html lang="en"><head><title>The wall | The Tide Table</title><meta property="og:site_name" content="The Tide Table"></head>
<body><nav><a href="/">Home</a> <a href="/a">Harbour news and weather</a></nav><article><h1>The wall</h1>
<p>Marta Lindqvist said on Monday that the wall of the harbour would be raised by a whole metre before the winter.</p>
<p>Work begins in May, she said, and the quay will be closed to cars until it is done, which may take a year.</p>
<p>Nobody on the quay expected the vote to be so close, least of all the fishermen, who had come in numbers.</p>
<p class="offer">Take the Tide Table for a month, and have a lamp for your boat into the bargain, said nobody.</p>
</article></body></html>
"""


def test_convert_explains_what_it_keeps_and_drops_and_where_the_rest_is_from(tmp_path: Path) -> None:
    lay(tmp_path, PAGE)
    code, said, _ = run(tmp_path, "convert", "--explain", str(tmp_path / "page.html"))
    lines = said.splitlines()
    assert 0 == code
    assert "  + Marta Lindqvist said on Monday that the wall of the harbour would be raised by a" in lines
    assert any(line.startswith("  - Home") for line in lines)
    assert "  site: meta." in lines
    assert not (tmp_path / "page.md").exists()


def test_a_folder_cannot_be_explained_and_what_can_is_said(tmp_path: Path) -> None:
    code, _, fault = run(tmp_path, "convert", "--explain", str(tmp_path))
    assert (2, "Name a saved file.") == (code, fault.splitlines()[-1])


def test_a_rule_for_a_site_drops_what_no_other_rule_finds(tmp_path: Path) -> None:
    rule = '-- glossator.toml --\n[extract.site."tidetable.example"]\ndrop = ["p.offer"]\n'
    page = PAGE.replace("<head>", '<head><link rel="canonical" href="https://www.tidetable.example/wall">')
    lay(tmp_path, page + rule)
    code, _, _ = run(tmp_path, "convert", str(tmp_path / "page.html"), "--to", str(tmp_path / "out"))
    made = (tmp_path / "out/page.md").read_text("utf-8")
    assert (0, True, False) == (code, "least of all the fishermen" in made, "into the bargain" in made)
    explained = run(tmp_path, "convert", "--explain", str(tmp_path / "page.html"))[1]
    assert "  The rule for tidetable.example drops p.offer and keeps nothing." in explained.splitlines()


def test_convert_names_the_articles_of_an_export_by_their_titles_and_lays_pictures_beside_them(tmp_path: Path) -> None:
    entries = [
        {
            "id": 1,
            "title": "The wall",
            "url": "https://a.example/1",
            "is_archived": 0,
            "domain_name": "a.example",
            "content": f'<p>It stands. <img src="{DOT}"></p>',
        },
        {
            "id": 2,
            "title": "The crane",
            "url": "https://a.example/2",
            "is_archived": 0,
            "domain_name": "a.example",
            "content": "<p>It turns.</p>",
            "tags": ["harbour"],
        },
    ]
    (tmp_path / "export.json").write_text(json.dumps(entries), "utf-8")
    code, _, complaints = run(tmp_path, "convert", str(tmp_path / "export.json"), "--to", str(tmp_path / "out"))
    assert (0, "") == (code, complaints.replace("reading: 1 done\n", ""))
    assert ["export-the-crane.md", "export-the-wall.md"] == sorted(
        path.name for path in (tmp_path / "out").glob("*.md")
    )
    assert 1 == len(list((tmp_path / "out/images").iterdir()))


DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def test_results_on_a_terminal_stand_below_the_progress_bars(texts: Path) -> None:
    lay(texts, "-- content/articles/a.md --\nMarta Lindqvist slept. Marta Lindqvist woke.\n")
    where = [f"--content={texts / 'content'}", f"--site={texts / 'site'}", "--workers=1", "--no-search"]
    terminal, end = pty.openpty()
    with subprocess.Popen([sys.executable, "-m", "glossator", "build", *where], stdout=end, stderr=end):
        os.close(end)
        shown = b"".join(iter(lambda: _read(terminal), b"")).decode()
    os.close(terminal)
    assert "━" in shown
    assert "1 article, 1 entity" in shown.rpartition("━")[2]


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # the program has ended
        return b""


def test_notice_is_told_once_and_what_was_left_out_always(tmp_path: Path) -> None:
    lay(tmp_path, "-- content/articles/a.md --\nNobody.\n")
    lay(
        tmp_path,
        "-- content/entities/x.md --\n---\nname: Nemo\n---\nWho?\n-- content/articles/b.md --\n---\n[\n---\nx\n",
    )
    told = [command(tmp_path, "--no-search") for _ in range(2)]
    assert [1, 1] == [code for code, _ in told]
    (_, first), (_, second) = told
    assert 2 == len(first)
    assert [line for line in first if "b.md" in line] == second


def test_quiet_build_prints_only_what_was_left_out(tmp_path: Path) -> None:
    lay(tmp_path, "-- content/articles/a.md --\nNobody.\n")
    lay(tmp_path, "-- content/entities/x.md --\n---\nname: Nemo\n---\nWho?\n")
    assert (0, []) == command(tmp_path, "--no-search", "--quiet")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_documented_completion_of_a_shell_is_written(shell: str) -> None:
    page = (Path(__file__).parents[1] / "docs/pages/commands.md").read_text("utf-8")
    (variable,) = re.findall(rf"_GLOSSATOR_COMPLETE=({shell}_source) glossator", page)
    done = CliRunner().invoke(main, [], prog_name="glossator", env={"_GLOSSATOR_COMPLETE": variable})
    assert f"_GLOSSATOR_COMPLETE={shell}_complete" in done.output


@pytest.mark.parametrize("option", ["--private", "--inbox"])
def test_a_preview_of_what_is_kept_back_is_not_written_to_a_site_of_ones_own(tmp_path: Path, option: str) -> None:
    (tmp_path / "content" / "articles").mkdir(parents=True)
    where = [f"--{one}={tmp_path / one}" for one in ("content", "site")]
    done = CliRunner().invoke(main, ["serve", option, *where])
    assert (2, True) == (done.exit_code, "no --site" in done.stderr)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("given", "nearest"),
    [
        (["biuld"], "No such command 'biuld'. Did you mean build?"),
        (["entity", "mrge"], "merge?"),
        (["correct"], "Did you mean entity?"),
    ],
)
def test_a_mistyped_command_is_refused_with_the_nearest(given: list[str], nearest: str) -> None:
    done = CliRunner().invoke(main, given)
    assert (2, True) == (done.exit_code, nearest in done.output)


def test_completion_offers_commands_and_their_options() -> None:
    def offered(words: str) -> set[str]:
        typed = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
        done = CliRunner().invoke(
            main, [], prog_name="glossator", env={"_GLOSSATOR_COMPLETE": "bash_complete", **typed}
        )
        return {line.partition(",")[2] for line in done.output.splitlines()}

    assert {"entity", "explain", "export"} == offered("glossator e")
    assert {"--dry-run"} == offered("glossator publish --dr")


def test_a_command_in_a_message_runs_the_python_that_runs_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said = runnable("1 article in German. python -m spacy download de_core_news_sm")
    assert f"1 article in German. {sys.executable} -m spacy download de_core_news_sm" == said
    assert f"it: {sys.executable} -m pip install 'glossator[mcp]'" == runnable("it: pip install 'glossator[mcp]'")
    assert f"{sys.executable} -m pip install ja-ginza" == runnable("python -m pip install ja-ginza")
    assert "`python -m build --wheel`" == runnable("`python -m build --wheel`")

    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    assert "python -m spacy download x" == runnable("python -m spacy download x"), "an environment that is active"


def test_a_command_in_a_message_installs_pip_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pip", None)
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    download = "python -m spacy download x"
    assert f"python -m ensurepip && {download}" == runnable(download)

    (tmp_path / "uv").write_text("#!/bin/sh\n", "utf-8")
    (tmp_path / "uv").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    python = shlex.quote(sys.executable)
    assert f"uv pip install --python {python} pip && {python} -m spacy download x" == runnable(download)


# ---- the archive that one is in --------------------------------------------------------------------------------------


def test_archive_is_found_from_its_sub_folders_and_never_above_home_or_in_a_folder_of_another_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, "-- glossator.toml --\n-- content/articles/a/b.md --\nIt rained.\n-- home/other/notes.md --\nNo.\n")
    below = tmp_path / "content/articles/a"
    assert [tmp_path, tmp_path, tmp_path] == [found_archive(path) for path in (below, tmp_path / "content", tmp_path)]
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert [tmp_path / "home/other", tmp_path / "home"] == [
        found_archive(path) for path in (tmp_path / "home/other", tmp_path / "home")
    ]
    monkeypatch.setattr("os.getuid", lambda: 12345)
    assert below == found_archive(below)


def test_command_in_a_sub_folder_works_on_the_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, '-- glossator.toml --\n[language.en]\nmodel = ""\n-- content/articles/rain.md --\nIt rained.\n')
    monkeypatch.chdir(tmp_path / "content/articles")
    done = CliRunner(catch_exceptions=False).invoke(main, ["build", "--workers=1", "--no-search"])
    assert (0, True) == (done.exit_code, (tmp_path / "site/articles/rain.html").is_file())


def test_site_of_another_archive_is_refused(tmp_path: Path) -> None:
    for name in ("one", "two"):
        lay(
            tmp_path,
            f'-- {name}/glossator.toml --\n[language.en]\nmodel = ""\n-- {name}/content/articles/{name}.md --\nIt rained.\n',
        )
    assert 0 == run_build(tmp_path / "one", tmp_path / "one/site").exit_code
    done = run_build(tmp_path / "two", tmp_path / "one/site")
    assert (2, f"{tmp_path / 'one/site'} is the site of another archive, {tmp_path / 'one'}.") == (
        done.exit_code,
        done.stderr.splitlines()[-2],
    )
    assert (tmp_path / "one/site/articles/one.html").is_file()
    command = ["serve", f"--content={tmp_path / 'two/content'}", f"--site={tmp_path / 'one/site'}", "--print-token"]
    assert 0 == CliRunner(catch_exceptions=False).invoke(main, command).exit_code, "it writes no site"


def run_build(archive: Path, site: Path) -> Result:
    arguments = ["build", f"--content={archive / 'content'}", f"--site={site}", "--workers=1", "--no-search"]
    return CliRunner(catch_exceptions=False).invoke(main, arguments)


def all_commands() -> dict[str, click.Command]:
    """Every command with its words as its name, those of our extensions too."""
    commands: dict[str, click.Command] = {}
    groups: list[tuple[str, click.Group]] = [("", main)]
    for words, group in groups:
        for name in group.list_commands(Context(group)):
            command = group.get_command(Context(group), name)
            assert command
            commands[f"{words}{name}"] = command
            if isinstance(command, click.Group):
                groups.append((f"{words}{name} ", command))
    return commands


COMMANDS = all_commands()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_ends_with_two_examples_that_the_command_understands(name: str) -> None:
    said = CliRunner(catch_exceptions=False).invoke(main, [*name.split(), "--help"]).output
    examples = re.findall(r"^    ?glossator (.+)$", said.partition("Examples:")[2], re.MULTILINE)
    assert 2 == len(examples)
    for example in examples:
        words = shlex.split(example)
        group: click.Command = main
        rest = words
        while rest and not rest[0].startswith("-") and isinstance(group, click.Group):
            command = group.get_command(Context(group), rest[0])
            assert command
            group, rest = command, rest[1:]
        group.make_context(words[0], list(rest), resilient_parsing=True)


def test_no_sentence_of_the_list_of_commands_is_cut() -> None:
    assert "mcp" in COMMANDS
    said = CliRunner().invoke(main, ["--help"]).output.partition("Commands:")[2]
    assert "..." not in said
    assert ["open", "init", "add", "serve"] == re.findall(r"^  (\w+)", said, flags=re.MULTILINE)[:4]
