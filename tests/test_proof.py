"""Drafts held against a small archive: what is said of each quotation, name and number, and who may see what."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from glossator.cli import main
from tests.sites import command, lay

ARCHIVE = """\
-- glossator.toml --
[site]
title = "Cuttings"
-- content/entities.toml --
-- content/entities.lock.json --
{"entities": {}}
-- content/articles/harbour.md --
---
title: The harbour
source: https://gazette.example/harbour
site: The Gazette
published: 2024-03-01
---
Marta Lindqvist, the head of the Skerry Harbour Board, came to Ravnsborg on 4 March with 240 dock workers.

“We have built a pier of *stone* here, and it will not move in any storm,” said Marta Lindqvist.

“Nobody asked the fishermen,” said Jonas Aber, “before the first stone was laid.”

“The nets hung empty for a whole winter,” said Jonas Aber, who has fished in the bay since he was a boy of nine years. “Then the herring came back to us.”

The board had promised that the crane would not be sold. The mayor of Ravnsborg signed the papers nevertheless.
-- content/articles/quay.md --
---
title: A quay
source: https://courier.example/quay
site: The Courier
published: 2024-05-02
---
Jonas Aber left Ravnsborg in a small grey boat.

“The old quay was good enough for my grandfather and his nets,” said Jonas Aber.
-- content/articles/mole.md --
---
title: The mole
site: thelantern
published: 2024-05-03
---
“The mole was swept by hand every morning of that spring,” Olga Strand told The Courier on Monday.

Olga Strand had been promised a steam dredger by the Skerry Harbour Board in September.
-- content/articles/secret.md --
---
title: CANARY title
rights: private
---
“The CANARY ledger was burnt behind the customs house,” said Tilo Umbra.
-- content/articles/part.md --
---
title: A part
rights: excerpt
site: The Gazette
---
The lamps along the mole were lit again in spring.

The keeper was paid for it in herring.

A later paragraph says that HIDDEN barrels of tar lay under the floor of the lamp house.
"""
STONE = "We have built a pier of stone here, and it will not move in any storm"
DRAFTS = {
    "verbatim.md": f"“{STONE},” said Marta Lindqvist.",
    "variants.md": f'«{STONE.replace("We", "we")}.»\n\nShe said "We have **built** a [pier](https://x.example) of stone here".',
    "pieces.md": "“We have built a pier [...] and it will not move”, “Nobody asked the fishermen before the first stone was laid”, "
    "and “[they] built a pier of stone”.",
    "long.md": "“The nets hung empty for a whole winter. Then the herring came back to us.”",
    "block.md": f"As she put it:\n\n> {STONE}.\n>\n> — Marta Lindqvist, The Gazette",
    "word.md": "“We have built a pier of wood here, and it will not move in any storm.”",
    "negation.md": "“We have built a pier of stone here, and it will move in any storm.”",
    "ellipsis.md": "“The crane would … be sold”, it was said. “The board had promised that the crane would … be sold.”",
    "speaker.md": f"“{STONE},” said Petra Holm.\n\n“{STONE},” said Jonas Aber.",
    "source.md": f"“{STONE},” The Courier reported.\n\n“[{STONE}](https://courier.example/quay)” is said there.",
    "said-there.md": "“The mole was swept by hand every morning of that spring,” Olga Strand told The Courier.",
    "one-after-another.md": f"“{STONE},” Marta Lindqvist told The Gazette. “The old quay was good enough for my "
    "grandfather and his nets,” said Jonas Aber.",
    "before-the-next.md": f"“{STONE}.” In a letter to The Courier, Jonas Aber said: “The old quay was good enough for my "
    "grandfather and his nets.”",
    "spaces.md": f"The Lantern reported: “{STONE}.”",
    "misspelt-speaker.md": f"“{STONE},” said Marta Lindqvest.",
    "splice.md": "“We have built a pier of stone here, and it will be good enough for my grandfather and his nets.”",
    "absent.md": "“The whales sang below the lighthouse until the morning bell rang twice.”",
    "number.md": "Marta Lindqvist came to Ravnsborg on 4 March with 270 dock workers.\n\n"
    "Marta Lindqvist came to Ravnsborg with 240 dock workers.",
    "month.md": "Long before all of that began, Olga Strand had been promised a steam dredger by the Skerry Harbour Board "
    "in October, and she told everybody of it.",
    "names.md": "Marta Lindqvest met Petra Holm. Jonas Aber saw them on a Marte3 machine.",
    "kept-back.md": "“The CANARY ledger was burnt behind the customs house,” said Tilo Umbra.\n\n"
    "“HIDDEN barrels of tar lay under the floor of the lamp house.”",
    "front.md": f"---\ntitle: “no quotation at all here”\n---\n\n```\n“no quotation at all here”\n```\n\n“{STONE}.”\n",
    "crlf.txt": f"Plain text.\r\n\r\n“{STONE}.”\r\n",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay(tmp_path_factory.mktemp("proof"), ARCHIVE)
    assert 0 == command(folder, "--no-search")[0]
    for name, text in DRAFTS.items():
        (folder / name).write_bytes(text.encode())
    return folder


def run(archive: Path, *arguments: str, given: bytes | None = None, ci: str = "") -> Result:
    where = [f"--{one}={archive / one}" for one in ("content", "site")]
    words = ["proof", "--workers=1", *where, *arguments]
    return CliRunner(catch_exceptions=False, env={"CI": ci}).invoke(main, words, input=given)


@pytest.fixture(scope="module")
def found(archive: Path) -> dict[str, Any]:
    """The findings of the command about each draft, by its name."""
    done = run(archive, "--format=json", *(str(archive / name) for name in DRAFTS))
    assert (1, "") == (done.exit_code, done.stderr)
    return {Path(path).name: proof for path, proof in json.loads(done.stdout).items()}


def kinds(proof: dict[str, Any]) -> list[str]:
    return [finding["kind"] for finding in proof["findings"]]


def changes(proof: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (one["what"], one["draft"], one["archive"]) for finding in proof["findings"] for one in finding["difference"]
    ]


def test_a_quotation_that_stands_so_is_shown_with_its_article_and_its_speaker(found: dict[str, Any]) -> None:
    (finding,) = found["verbatim.md"]["findings"]
    assert ("verbatim", "articles/harbour.md", "Marta Lindqvist") == tuple(
        finding[key] for key in ("kind", "article", "speaker")
    )
    assert DRAFTS["verbatim.md"][1:-23] == DRAFTS["verbatim.md"][finding["start"] : finding["end"]]
    assert finding["quote"]["text"] == STONE
    assert ("2024-03-01", "The Gazette", 2) == tuple(finding[key] for key in ("date", "publication", "paragraph"))
    assert not finding["kept_back"]


def test_marks_of_other_languages_markup_and_links_make_no_difference(found: dict[str, Any]) -> None:
    assert ["verbatim", "verbatim"] == kinds(found["variants.md"])
    first, second = found["variants.md"]["findings"]
    text = found["variants.md"]["text"]
    assert DRAFTS["variants.md"] == text
    assert "We have **built** a [pier](https://x.example) of stone here" == text[second["start"] : second["end"]]
    assert text[first["start"]] == "w"


def test_an_ellipsis_brackets_and_an_interrupted_quotation_make_no_difference(found: dict[str, Any]) -> None:
    assert ["verbatim"] * 3 == kinds(found["pieces.md"])
    assert ["verbatim"] == kinds(found["long.md"])


def test_a_block_quotation_is_one_quotation(found: dict[str, Any]) -> None:
    assert "verbatim" == kinds(found["block.md"])[0]
    finding = found["block.md"]["findings"][0]
    assert finding["text"].startswith("We have built")


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("word.md", [("word", "wood", "stone")]),
        ("negation.md", [("negation", "", "not")]),
    ],
)
def test_a_changed_word_and_a_lost_negation_are_told(
    found: dict[str, Any], draft: str, expected: list[tuple[str, str, str]]
) -> None:
    assert ["altered"] == kinds(found[draft])
    assert expected == changes(found[draft])


def test_an_ellipsis_that_hides_a_negation_is_told_first(found: dict[str, Any]) -> None:
    assert "altered" == found["ellipsis.md"]["findings"][-1]["kind"]
    assert ("ellipsis", "…", "not") == changes(found["ellipsis.md"])[-1]


def test_another_speaker_is_told_with_the_one_whom_the_article_names(found: dict[str, Any]) -> None:
    nobody, other = (one for one in found["speaker.md"]["findings"] if one["kind"] != "unknown-name")
    assert ("speaker", "speaker") == (nobody["kind"], other["kind"])
    assert ("Marta Lindqvist", "Petra Holm") == (nobody["speaker"], nobody["draft_speaker"])
    assert "Marta Lindqvist" == other["speaker"]


def test_another_source_is_told_by_name_and_by_link(found: dict[str, Any]) -> None:
    assert ["source", "source"] == kinds(found["source.md"])
    assert {"articles/harbour.md"} == {finding["article"] for finding in found["source.md"]["findings"]}


def test_a_publication_that_the_article_itself_names_is_no_other_source(found: dict[str, Any]) -> None:
    assert ["verbatim"] == kinds(found["said-there.md"])


def test_what_is_said_of_one_quotation_is_not_said_of_the_next(found: dict[str, Any]) -> None:
    assert ["verbatim", "verbatim"] == kinds(found["one-after-another.md"])
    assert ["verbatim", "verbatim"] == kinds(found["before-the-next.md"])


def test_the_name_of_a_publication_is_known_whatever_the_spaces_in_it(found: dict[str, Any]) -> None:
    (finding,) = found["spaces.md"]["findings"]
    assert ("source", "Lantern") == (finding["kind"], finding["draft_source"])


def test_a_misspelt_speaker_is_one_fault_and_not_two(found: dict[str, Any]) -> None:
    assert ["verbatim", "spelling"] == kinds(found["misspelt-speaker.md"])


def test_two_passages_in_one_quotation_are_both_named(found: dict[str, Any]) -> None:
    (finding,) = found["splice.md"]["findings"]
    (change,) = finding["difference"]
    assert ("altered", "splice") == (finding["kind"], change["what"])
    assert {"articles/harbour.md", "articles/quay.md"} == {finding["article"], change["article"]}


def test_an_invented_quotation_is_absent_and_no_fault_unless_the_reading_is_strict(
    archive: Path, found: dict[str, Any]
) -> None:
    (finding,) = found["absent.md"]["findings"]
    assert ("absent", None) == (finding["kind"], finding["article"])
    path = str(archive / "absent.md")
    assert 0 == run(archive, path).exit_code
    assert 1 == run(archive, "--strict", path).exit_code


def test_a_restated_number_is_told_and_the_right_one_is_not(found: dict[str, Any]) -> None:
    (finding,) = found["number.md"]["findings"]
    assert ("number", "270") == (finding["kind"], finding["text"])
    assert [("number", "270", "240")] == changes(found["number.md"])
    assert "articles/harbour.md" == finding["article"]


def test_another_month_is_told_in_a_sentence_that_holds_one_of_the_archive(found: dict[str, Any]) -> None:
    assert ["number"] == kinds(found["month.md"])
    assert [("number", "October", "September")] == changes(found["month.md"])


def test_a_misspelt_name_and_an_unknown_one_are_told_and_known_ones_are_not(found: dict[str, Any]) -> None:
    spelling, unknown, machine = found["names.md"]["findings"]
    assert ("spelling", ["Marta Lindqvist"]) == (spelling["kind"], spelling["nearest"])
    assert ("unknown-name", "Petra Holm") == (unknown["kind"], unknown["text"])
    assert ("unknown-name", "Marte3", []) == (machine["kind"], machine["text"], machine["nearest"]), "no Marta"


def test_front_matter_and_code_are_not_looked_at_and_offsets_count_them(found: dict[str, Any]) -> None:
    (finding,) = found["front.md"]["findings"]
    assert STONE + "." == DRAFTS["front.md"][finding["start"] : finding["end"]]
    (plain,) = found["crlf.txt"]["findings"]
    assert STONE + "." == DRAFTS["crlf.txt"][plain["start"] : plain["end"]]


def test_the_owner_sees_what_is_kept_back_and_is_told_so(found: dict[str, Any]) -> None:
    assert [("verbatim", True), ("verbatim", True)] == [
        (finding["kind"], finding["kept_back"]) for finding in found["kept-back.md"]["findings"]
    ]


@pytest.mark.parametrize(("arguments", "ci"), [(["--public"], ""), ([], "true")])
def test_nothing_of_what_is_kept_back_is_told_in_public(archive: Path, arguments: list[str], ci: str) -> None:
    draft = archive / "guess.md"
    draft.write_text(DRAFTS["kept-back.md"].replace("ledger", "book").replace("tar", "oil"), "utf-8")
    done = run(archive, "--format=json", *arguments, str(draft), ci=ci)
    (proof,) = json.loads(done.stdout).values()
    assert {"absent", "unknown-name"} >= set(kinds(proof))
    told = json.dumps([{**finding, "text": ""} for finding in proof["findings"]])
    for secret in ("ledger", "CANARY title", "secret", "tar "):
        assert secret not in told


def word_document(*paragraphs: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        parts.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
            'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml'
            '.document.main+xml"/></Types>',
        )
        parts.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        parts.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return made.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        word_document("A draft about the pier", f"“{STONE},” said Marta Lindqvist, and she left the room at once."),
        f"<!doctype html><html><head><title>A draft</title></head><body><article><h1>A draft</h1><p>“{STONE},” said "
        "Marta Lindqvist, and she left the room at once.</p></article></body></html>".encode(),
        f"“{STONE},” said Marta Lindqvist.".encode(),
    ],
    ids=["docx", "html", "markdown"],
)
def test_standard_input_is_read_in_every_format_and_offsets_count_in_the_text_that_is_returned(
    archive: Path, data: bytes
) -> None:
    done = run(archive, "--format=json", "-", given=data)
    proof = json.loads(done.stdout)["-"]
    (finding,) = [finding for finding in proof["findings"] if finding["kind"] == "verbatim"]
    assert STONE == proof["text"][finding["start"] : finding["end"]].rstrip(",")


def test_the_terminal_shows_the_words_that_differ_and_the_line(archive: Path) -> None:
    draft = archive / "line.md"
    draft.write_text(f"A line.\n\n{DRAFTS['word.md']}\n", "utf-8")
    done = run(archive, str(draft))
    assert f"{draft}:3: altered: “We have built a pier of [-wood-]{{+stone+}} here" in done.stdout
    assert 1 == done.exit_code


def test_a_report_shows_hostile_text_as_text_and_is_never_written_into_the_site(archive: Path, tmp_path: Path) -> None:
    draft = archive / "hostile.md"
    draft.write_text(f"“{STONE}” `<script>alert(1)</script>` <img src=x onerror=alert(1)> &lt;b&gt;", "utf-8")
    report = tmp_path / "report.html"
    assert 0 == run(archive, "--format=html", f"--to={report}", str(draft)).exit_code
    page = report.read_text("utf-8")
    assert "<script" not in page
    assert "<img" not in page
    refused = run(archive, "--format=html", f"--to={archive / 'site' / 'report.html'}", str(draft))
    assert 2 == refused.exit_code
    assert "is published" in refused.stderr


def test_only_a_folder_a_tag_or_recent_articles_are_searched_if_asked(archive: Path) -> None:
    path = str(archive / "verbatim.md")
    since = json.loads(run(archive, "--format=json", "--since=2024-04", path).stdout)
    within = json.loads(run(archive, "--format=json", "--in=elsewhere", path).stdout)
    told = [one["findings"][0]["kind"] for proofs in (since, within) for one in proofs.values()]
    assert ["absent", "absent"] == told
    wrong = run(archive, "--since=yesterday", path)
    assert (2, True) == (wrong.exit_code, "is no day" in wrong.stderr)


@pytest.fixture
def changing(tmp_path: Path) -> Path:
    return lay(tmp_path / "archive", ARCHIVE)


@pytest.mark.slow
def test_an_edited_article_is_searched_as_it_is_now(changing: Path) -> None:
    draft = changing / "draft.md"
    draft.write_text("“The old quay was good enough for my grandfather and his nets.”", "utf-8")
    assert 0 == run(changing, str(draft)).exit_code
    quay = changing / "content" / "articles" / "quay.md"
    quay.write_text(quay.read_text("utf-8").replace("grandfather", "grandmother"), "utf-8")
    assert 1 == run(changing, str(draft)).exit_code
    quay.unlink()
    done = json.loads(run(changing, "--format=json", str(draft)).stdout)
    assert ["absent"] == kinds(next(iter(done.values())))


def test_a_draft_that_cannot_be_used_is_told_in_a_sentence(archive: Path, tmp_path: Path) -> None:
    missing = run(archive, str(tmp_path / "none.md"))
    assert (2, True) == (missing.exit_code, "none.md" in missing.stderr)
    binary = tmp_path / "binary.md"
    binary.write_bytes(b"\0\1\2" * 40)
    done = run(archive, str(binary))
    assert (1, True) == (done.exit_code, "is no text" in done.stderr)
