"""What a person finds of a PDF."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from glossator.extensions.openers import pdf
from glossator.extensions.openers.pdf_layout import PrintedLine, PrintedPage, article_html
from tests.extract.exported import GOLDEN, read

PRINTED = (GOLDEN / "chromium.pdf").read_bytes()


def page(*texts: str, top: float = 100, size: float = 12, width: float = 5) -> PrintedPage:
    lines = (PrintedLine(text, 50, 50 + width * len(text), top + 14 * row, size) for row, text in enumerate(texts))
    return PrintedPage(800, tuple(lines))


def html(*pages: PrintedPage) -> str:
    return article_html(pages)[0].removeprefix("<body>").removesuffix("</body>")


def messages(data: bytes) -> list[str]:
    return [problem.message for problem in read(data).problems]


def scan(pages: int = 1) -> bytes:
    target = io.BytesIO()
    picture = Image.new("RGB", (60, 80), "white")
    picture.save(target, "PDF", save_all=True, append_images=[picture] * (pages - 1))
    return target.getvalue()


def test_page_that_a_browser_printed_is_the_article_at_its_address() -> None:
    article = read(PRINTED).articles[0]

    assert ("The weir is mended", "https://millbrook.example/weir") == (article.title, article.source)
    assert "Millbrook Courier" not in article.markdown
    assert "## The keel" in article.markdown


def test_scan_is_named_as_one() -> None:
    assert [True] == ["is a scan" in message for message in messages(scan())]


@pytest.mark.parametrize(
    ("message", "name", "limit"),
    [
        ("The PDF has more than 0 MB; print the pages that you need to a smaller one.", "LARGEST", 1_000),
        ("only the first 1 of its 3 pages were read, because it is longer than any article", "MOST_PAGES", 1),
        ("only the first 1 of its 3 pages were read, because it is longer than any article", "MOST_CHARACTERS", 300),
    ],
)
def test_large_document_is_refused_or_cut_with_a_sentence(
    message: str, name: str, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, name, limit)

    assert [message] == messages(PRINTED)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", PRINTED[:2_000]])
def test_damaged_document_is_refused(data: bytes) -> None:
    assert ["The PDF is damaged or incomplete; save it again."] == messages(data)


def test_document_that_runs_programs_is_only_read() -> None:
    opening = b"<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Pages 2 0 R>>"
    stream = b"BT /F 12 Tf 50 700 Td (The weir above Millbrook holds again.) Tj ET"
    bodies = [
        opening,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%s endobj\n" % numbered for numbered in enumerate(bodies, 1))

    article = read(data + b"trailer<</Root 1 0 R>>\n%%EOF").articles[0]
    assert "The weir above Millbrook holds again.\n" == article.markdown


def test_divided_word_is_joined_and_a_compound_at_a_capital_stays() -> None:
    assert "<p>The mill turns.</p>" == html(page("The mi-", "ll turns."))
    assert "<p>The Anglo- Norman mill.</p>" == html(page("The Anglo-", "Norman mill."))


def test_paragraph_goes_on_over_the_end_of_a_page() -> None:
    assert "<p>The mill turns again.</p>" == html(page("The mill turns"), page("again."))
    assert "<p>The mill turns.</p><p>Again.</p>" == html(page("The mill turns."), page("Again."))


def test_what_pages_repeat_and_their_numbers_are_left_out() -> None:
    pages = [
        PrintedPage(
            800,
            (
                PrintedLine("The Courier, page " + str(number), 50, 200, 20, 10),
                PrintedLine(text, 50, 500, 300, 12),
                PrintedLine(f"– {number} –", 290, 310, 770, 10),
            ),
        )
        for number, text in enumerate(("The weir holds.", "The mill turns.", "The ferry sails."), 1)
    ]

    assert "<p>The weir holds.</p><p>The mill turns.</p><p>The ferry sails.</p>" == html(*pages)


def test_text_that_repeats_itself_at_the_edge_of_pages_stays() -> None:
    pages = [PrintedPage(800, (PrintedLine("The mill turns.", 50, 200, 20 + 14 * row, 12),)) for row in range(4)]

    assert 4 == html(*pages).count("The mill turns.")


def test_larger_letters_make_headings_of_as_many_levels() -> None:
    large, middle, body = (
        page("The weir", size=24, top=50),
        page("The keel", size=16, top=120),
        page("Oak. " * 40, top=150),
    )
    joined = PrintedPage(800, (*large.lines, *middle.lines, *body.lines))

    assert "<h1>The weir</h1><h2>The keel</h2><p>" == html(joined)[:37]


def test_markup_in_a_document_is_text() -> None:
    assert "<p>&lt;script&gt; &amp;</p>" == html(page("<script> &"))


_lines = st.builds(PrintedLine, st.text(max_size=20), *[st.floats(-1e6, 1e6)] * 4)


@given(st.lists(st.builds(PrintedPage, st.floats(0, 1e6), st.lists(_lines, max_size=6).map(tuple)), max_size=4))
def test_letters_may_stand_anywhere(pages: list[PrintedPage]) -> None:
    text, _ = article_html(pages)

    assert text.startswith("<body>")
