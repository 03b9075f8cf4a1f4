"""Files of other programs that hold highlights: what is read of each, and that no article is made of them."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest

from glossator.config import ExtractSettings
from glossator.extension_points.loaded_openers import our_openers
from glossator.extensions.openers.highlights import quoted_lines
from glossator.model import SAVED_PAGE, Extraction, ImportedHighlight, LinkListEntry
from glossator.stages.extract import CORE_OPENERS, extract, saved_file
from glossator.stages.extract.imported_highlights import colour_of

GOLDEN = Path(__file__).parent / "golden_highlights"
FILES = sorted(path for path in GOLDEN.iterdir() if not path.name.endswith(".expected.json"))
BOARD = "https://courier.example/harbour-board"


def read(data: bytes, name: str) -> Extraction:
    return extract(saved_file(data, name), ExtractSettings(), {**CORE_OPENERS, **our_openers()})


def told(extraction: Extraction) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in msgspec.to_builtins(highlight).items() if value not in ("", None, True)}
        for highlight in extraction.highlights
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_reads_the_highlights_of_each_program(path: Path) -> None:
    extraction = read(path.read_bytes(), path.name)
    expected = json.loads(path.with_name(path.name + ".expected.json").read_text("utf-8"))
    assert expected == told(extraction)
    assert (1 if path.name.startswith(("singlefile", "wallabag")) else 0) == len(extraction.articles)
    assert not extraction.listed
    assert not extraction.problems


def zipped(**files: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), text)
    return data.getvalue()


TEXT = (
    "The harbour board met at noon, and nobody spoke for the Heron. Two pilots had left for Ravnsborg in the autumn. "
)


def test_reads_omnivores_highlights_beside_its_articles() -> None:
    item = {"slug": "board-1", "url": BOARD, "title": "The harbour board meets", "savedAt": "2026-03-01T09:00:00Z"}
    marks = "> nobody spoke for the Heron #ask\n\nWho was absent?\n\n> Two pilots had left\n> for Ravnsborg\n"
    data = zipped(
        metadata_0_to_1_DOT_json=json.dumps([item]),
        content__board=f"<p>{TEXT * 5}</p>",
    )
    with zipfile.ZipFile(buffer := io.BytesIO(data), "a") as archive:
        archive.writestr("content/board-1.html", f"<p>{TEXT * 5}</p>")
        archive.writestr("highlights/board-1.md", marks)
    about = {"source": "omnivore", "address": BOARD, "title": "The harbour board meets", "page": "board-1"}
    first = {"exact": "nobody spoke for the Heron", "note": "Who was absent?\n\n#ask"}
    second = {"exact": "Two pilots had left\nfor Ravnsborg"}
    extraction = read(buffer.getvalue(), "omnivore.zip")
    assert ["board-1"] == [article.conversion.entry for article in extraction.articles]
    assert [{**first, **about}, {**second, **about}] == told(extraction)


def test_reads_the_annotations_in_a_backup_of_readeck() -> None:
    mark = {"id": "x", "start_selector": "p", "color": "red", "created": "2026-03-04T09:15:00Z", "note": "Who?"}
    info = {"Title": "The harbour board meets", "URL": BOARD, "Annotations": [{**mark, "text": "Two pilots had left"}]}
    data = zipped(
        bookmarks__abc__info_DOT_json=json.dumps(info), bookmarks__abc__container__index_DOT_html=f"<p>{TEXT * 5}</p>"
    )
    extraction = read(data, "readeck.zip")
    assert 1 == len(extraction.articles)
    (found,) = extraction.highlights
    assert ("readeck", "abc", "red", "Who?") == (found.source, found.page, found.colour, found.note)
    assert "Two pilots had left" == found.exact


def test_reads_the_highlights_in_pockets_last_export() -> None:
    marks = [
        {"url": BOARD, "title": "Board", "highlights": [{"quote": "Two pilots had left", "created_at": 1772615700}]}
    ]
    data = zipped(
        part_000000_DOT_csv=f"title,url,time_added,tags,status\nBoard,{BOARD},1772615700,,unread\n",
        annotations__part_000000_DOT_json=json.dumps(marks),
    )
    (found,) = read(data, "pocket.zip").highlights
    assert ("pocket", "Two pilots had left", BOARD, "2026-03-04") == (
        found.source,
        found.exact,
        found.address,
        found.made[:10],
    )


def test_a_note_of_ones_own_that_cites_an_annotation_stays_an_article() -> None:
    cited = "“Two pilots had left” ([Venn](zotero://select/library/items/AB)) ([pdf](zotero://open-pdf/library/items/C?annotation=D1))"
    text = f"# The pilots\n\n{TEXT}\n\n{TEXT}\n\n{cited}\n\n{TEXT}\n"
    assert 1 == len(read(text.encode(), "pilots.md").articles)


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><!-- Page saved with SingleFile url: {BOARD} --><title>Board</title><body><article><h1>Board</h1><p>{TEXT * 4}</p>{body}</article></body></html>".encode()


def test_forged_marks_are_plain_text_and_few() -> None:
    forged = '<p><span class="single-file-highlight single-file-highlight-yellow">{}</span></p><p>and more</p>'
    script = "&lt;script&gt;alert(1)&lt;/script&gt; <script>alert(2)</script><img src=x onerror=alert(3)>\u202ewords"
    many = "".join(forged.format(f"{number} {script} {'long ' * 1000}") for number in range(700))
    found = read(page(many), "forged.html").highlights
    assert 500 == len(found)
    assert {SAVED_PAGE} == {highlight.source for highlight in found}
    assert 2_000 >= max(len(highlight.exact) for highlight in found)
    assert found[0].exact.startswith("0 <script>alert(1)</script>"), "as text, which templates escape"
    assert "alert(2)" not in found[0].exact
    assert "onerror" not in found[0].exact


def test_marks_in_what_nobody_sees_and_damaged_ones_are_no_highlights() -> None:
    body = (
        '<template><span class="single-file-highlight-yellow">hidden</span></template>'
        '<p class="single-file-highlight-">none</p><p class="single-file-highlights-yellowish">none</p>'
        '<span class="single-file-highlight-pink"></span><p data-single-file-note-refs="x,y">p</p>'
        "<single-file-note data-note-id=9><div><textarea>A note of no place</textarea></div></single-file-note>"
    )
    assert [{"source": SAVED_PAGE, "note": "A note of no place", "accepted": False}] == told(read(page(body), "p.html"))


@pytest.mark.parametrize(
    "content",
    [b"[", b'{"rows": 7}', b'{"rows": [7, {"uri": 3, "target": 4}]}', b'[{"url": "x", "highlights": [null, 3, {}]}]'],
)
def test_what_is_damaged_is_a_problem_or_nothing(content: bytes) -> None:
    assert not read(content, "marks.json").highlights


@pytest.mark.parametrize(
    ("written", "colour"),
    [("Yellow", "yellow"), ("#ffd400", "yellow"), ("#2EA8E5", "blue"), ("gray", "grey"), ("teal", ""), ("", "")],
)
def test_colours_have_our_names(written: str, colour: str) -> None:
    assert colour == colour_of(written)


CLIPPING = """\
{title}
- Your Highlight on page 3 | Location 20-{end} | Added on Monday, 2 March 2026 10:11:12

{text}
==========
"""


def test_a_passage_that_was_made_longer_on_a_kindle_is_read_once() -> None:
    long = "The board met at noon. It was cold."
    clippings = [
        CLIPPING.format(title="Harbour (Ann Author)", end=end, text=text)
        for end, text in ((21, "The board met at noon."), (22, long))
    ]
    assert [{"exact": long, "source": "kindle", "title": "Harbour", "made": "2026-03-02"}] == told(
        read("".join(clippings).encode(), "k.txt")
    )


@pytest.mark.parametrize("title", ["x" + " " * 50_000 + "y", "(" * 50_000, "()" * 25_000 + "x", "a(" * 25_000])
def test_a_hostile_title_is_read_at_once(title: str) -> None:
    """A pattern with three ways to share white space took longer than anybody waits."""
    assert 1 == len(read(CLIPPING.format(title=title, end=21, text="The board met.").encode(), "k.txt").highlights)


@pytest.mark.parametrize("line", ["x" + " " * 100_000 + "y", "x" + " #a" * 30_000 + " end", "x y #a #b"])
def test_labels_are_looked_for_at_the_end_of_a_quotation(line: str) -> None:
    (item,) = quoted_lines(f"> {line}\n", LinkListEntry("omnivore export"), "omnivore", None)
    assert isinstance(item, ImportedHighlight)
    assert item.exact.startswith("x")
    assert ("#a #b" if line.startswith("x y") else "") == item.note


def test_an_annotation_may_name_its_page_alone_and_a_clipping_its_content() -> None:
    note = {"type": "Annotation", "body": {"value": "Ask."}, "target": BOARD}
    assert [BOARD] == [item.address for item in read(json.dumps(note).encode(), "a.json").highlights]
    clipped = [{"url": BOARD, "highlights": [{"type": "text", "content": "<p>The board met.</p>"}]}]
    assert ["The board met."] == [item.exact for item in read(json.dumps(clipped).encode(), "c.json").highlights]
