"""Openers of other packages: what they open is read as any saved page, and what they do wrong is a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator.cli import main
from glossator.cli.extensions import extensions
from glossator.config import BuildSettings, Config
from glossator.content.saved_files import find_saved
from glossator.pipeline import ArchivePaths, Report, bring_up_to_date, stage_runs
from glossator.pipeline.ingest.extension_formats import with_openers
from tests.other_packages import install
from tests.sites import lay, leave_out_search, silent

ARCHIVE = """
-- content/saved/crane.md --
# The crane of Ravnsborg

It was mended in May, and it turns again.
-- content/saved/quay.scene --
INT. QUAY
The crane stands on the quay of Ravnsborg, and it turns again.
"""
OPENER = """
from glossator.extension_points.openers import LinkListEntry, Opener, Part

def read(file):
    page = b"<p>" + file.data + b"</p><p>The harbour was closed in May.</p><script>alert(1)</script>"
    known = LinkListEntry("scene", source="javascript:alert(1)", title="The quay\\n at night", published="2024-05-03")
    yield Part(file, page, "document", entry="one", known=known)

SCENE = Opener(contract=2, open=read, noun="a scene of a play", suffixes=(".scene",))
"""


@pytest.fixture(autouse=True)
def without_search(monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)


def built(folder: Path) -> Report:
    """Build with two workers, which start with the path that Python has now."""
    config = Config(build=BuildSettings(workers=2, article_seconds=2), extensions=extensions())
    return bring_up_to_date(ArchivePaths(folder / "content", folder / "site"), config, silent)


def said(report: Report) -> dict[str, str]:
    return {problem.path: problem.message for problem in report.problems}


def test_what_an_opener_returns_is_cleaned_as_any_saved_page(tmp_path: Path, packages: Path) -> None:
    install(packages, "scene-reader", OPENER, {"openers scene": "SCENE"})
    report = built(lay(tmp_path, ARCHIVE))
    text = (tmp_path / "content/articles/the-quay-at-night.md").read_text("utf-8")
    assert (2, {}) == (report.articles, said(report))
    assert "\ntitle: The quay at night\n" in text
    assert "format: scene\n" in text
    assert "The crane stands on the quay" in text
    assert "javascript" not in text
    assert "script" not in text


def test_the_code_of_an_opener_counts_for_the_files_that_it_opens_alone(tmp_path: Path, packages: Path) -> None:
    lay(tmp_path, ARCHIVE)
    keys = [_keys(tmp_path)]
    for source, version in ((OPENER, "1.0"), (OPENER, "1.1"), (OPENER + "\n# Otherwise.\n", "1.1")):
        install(packages, "scene-reader", source, {"openers scene": "SCENE"}, version)
        keys.append(_keys(tmp_path))
    assert 1 == len({key["crane.md"] for key in keys})
    assert 4 == len({key["quay.scene"] for key in keys})


def _keys(folder: Path) -> dict[str, tuple[str, str]]:
    config = Config(extensions=extensions())
    stage = stage_runs.extract_stage(config)
    saved = folder / "content/saved"
    items = [stage_runs.saved_file_input(saved, file) for file in find_saved(saved)[0]]
    opened, problems = with_openers(items, config.extensions.openers)
    assert not problems
    return {item.file.path: (stage.code(stage.settings), stage.input(item)) for item in opened}


FAULTY = {
    "no-import": ("import a_library_that_is_not_there", "a_library_that_is_not_there is not installed"),
    "no-opener": ("SCENE = 7", "no_opener:SCENE is no Opener of glossator.extension_points"),
    "later": (
        OPENER.replace("contract=2", "contract=3"),
        "it was written for version 3 of the contract, and this program keeps 1, 2",
    ),
    "greedy": (
        OPENER.replace(', suffixes=(".scene",)', ""),
        "it says neither by suffixes nor by accepts which files it opens",
    ),
    "ending": ("raise SystemExit(3)", "it does not import (SystemExit: 3)"),
    "mistyped": (
        OPENER.replace('(".scene",)', "None"),
        "the field suffixes of mistyped:SCENE has a value of a wrong type",
    ),
}
"""Source of packages whose openers cannot be used, and the reason."""
FAILING = {
    "raising": ("raise KeyError('act')", "could not read it (KeyError: 'act')."),
    "exiting": ("raise SystemExit(3)", "could not read it (SystemExit: 3)."),
    "returning": ("return [7]", "could not read it (TypeError: it returned int, which is no Part"),
    "untyped": ("return [Part(file, 'text', 'html')]", "could not read it (ValidationError: Expected `bytes`"),
    "unknown": (
        "return [Part(file, b'', 'pdf')]",
        'could not read it (ValueError: a page of the format "pdf", not one of',
    ),
    "refusing": ("raise Unreadable('The act\\u202e is missing.')", "The act is missing."),
    "numbered": ("raise Unreadable(47, line='last')", "47"),
    "halved": ("return [Part(file, b'', 'html', entry='\\ud800')]", "could not read it (UnicodeEncodeError: "),
    "mute": (
        "raise type('Mute', (Exception,), {'__str__': lambda error: error.text})",
        "could not read it (Mute).",
    ),
    "endless": ("while True: pass", "was left out: needs more than 2 CPU seconds"),
}
"""Body of functions of openers that fail at a file, and what is said of the file."""
FUNCTION = """
from glossator.extension_points.openers import Opener, Part, Unreadable

def read(file):
    {body}

OPENER = Opener(contract=2, open=read, suffixes=(".{name}",))
"""


def test_an_opener_that_cannot_be_used_is_named_and_the_rest_is_built(tmp_path: Path, packages: Path) -> None:
    for name, (source, _) in FAULTY.items():
        install(packages, name, source, {f"openers {name}": "SCENE"})
    install(packages, "second", OPENER, {"openers pdf": "SCENE"})
    report = built(lay(tmp_path, ARCHIVE))
    problems = [problem.message for problem in report.problems if problem.stage == "extensions"]
    for name, (_, reason) in FAULTY.items():
        sentence = f"The extension {name} (openers) of {name} 1.0 cannot be used: {reason}"
        assert any(problem.startswith(sentence) for problem in problems), (name, problems)
    assert any("pdf (openers) of second 1.0 cannot be used: glossator has one of this name." in one for one in problems)
    assert len(FAULTY) + 1 == len(problems)
    assert (tmp_path / "content/articles/the-crane-of-ravnsborg.md").is_file()


def test_an_opener_that_fails_at_a_file_costs_that_file_alone(tmp_path: Path, packages: Path) -> None:
    lay(tmp_path, ARCHIVE)
    for name, (body, _) in FAILING.items():
        install(packages, name, FUNCTION.format(body=body, name=name), {f"openers {name}": "OPENER"})
        (tmp_path / f"content/saved/play.{name}").write_text(f"A play, of the kind {name}.", "utf-8")
    report = built(tmp_path)
    problems = said(report)
    for name, (_, reason) in FAILING.items():
        assert reason in problems[f"play.{name}"], name
        assert "Traceback" not in problems[f"play.{name}"]
    assert (tmp_path / "content/articles/the-crane-of-ravnsborg.md").is_file()


def test_an_opener_is_asked_by_the_first_bytes_and_one_that_cannot_say_is_passed_over(
    tmp_path: Path, packages: Path
) -> None:
    def asking(body: str) -> str:
        return OPENER.replace('suffixes=(".scene",)', f"accepts=lambda start: {body}")

    install(packages, "asked-first", asking("1 / 0"), {"openers first": "SCENE"})
    install(packages, "asked-second", asking("start.startswith(b'INT. ')"), {"openers second": "SCENE"})
    report = built(lay(tmp_path, ARCHIVE))
    text = (tmp_path / "content/articles/the-quay-at-night.md").read_text("utf-8")
    assert "format: second\n" in text
    passed = "the extension first of asked-first 1.0 was passed over: it cannot say whether it opens the file"
    assert said(report)["quay.scene"].startswith(passed)


def test_a_page_of_the_inbox_stays_private_whatever_an_opener_says(tmp_path: Path, packages: Path) -> None:
    elsewhere = OPENER.replace(
        "yield Part(file,", "import msgspec\n    yield Part(msgspec.structs.replace(file, path='a.scene'),"
    )
    install(packages, "scene-reader", elsewhere, {"openers scene": "SCENE"})
    lay(tmp_path, ARCHIVE.replace("saved/quay.scene", "saved/inbox/quay.scene"))
    built(tmp_path)
    assert "rights: private" in (tmp_path / "content/articles/the-quay-at-night.md").read_text("utf-8")


def test_add_and_convert_know_the_files_of_an_opener(tmp_path: Path, packages: Path) -> None:
    install(packages, "scene-reader", OPENER, {"openers scene": "SCENE"})
    lay(tmp_path, ARCHIVE.replace("content/saved/", "given/"))
    (tmp_path / "content").mkdir()
    runner = CliRunner(catch_exceptions=False)
    added = runner.invoke(main, ["add", str(tmp_path / "given"), "--content", str(tmp_path / "content")])
    assert "quay.scene: a scene of a play -> saved/given/quay.scene" in added.stdout
    explained = runner.invoke(main, ["convert", str(tmp_path / "given/quay.scene"), "--explain"])
    assert "It was read as document." in explained.stdout
