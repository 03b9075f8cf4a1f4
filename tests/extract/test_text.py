"""Plain-text copies of pages and plain notes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossator.config import ExtractSettings
from glossator.frontmatter import join
from glossator.model import Extracted
from glossator.stages.extract import text
from glossator.stages.extract.part import whole
from glossator.stages.extract.unreadable import Unreadable

GOLDEN = Path(__file__).parent / "golden_text"


def read(source: str, path: str = "copies/a-note.txt") -> Extracted:
    return text.read(whole(source.encode(), path, "text"), ExtractSettings())


def shown(article: Extracted) -> str:
    """What was read, as a golden file writes it."""
    names = ("title", "source", "site", "authors", "published", "saved", "language", "description", "tags")
    fields = {name: value for name in names if (value := getattr(article, name))}
    fields |= {name: list(fields[name]) for name in ("authors", "tags") if name in fields}
    fields["from"] = dict(article.conversion.origins)
    return join(fields, article.markdown)


@pytest.mark.parametrize("case", sorted(GOLDEN.glob("*.txt")), ids=lambda case: case.stem)
def test_copy_becomes_the_article_written_beside_it(case: Path) -> None:
    expected = case.with_suffix(".md").read_text("utf-8")

    assert expected == shown(text.read(whole(case.read_bytes(), case.name, "text"), ExtractSettings()))


def test_masthead_date_is_when_it_was_saved_and_never_when_it_was_published() -> None:
    article = read(
        "The Mercury\nMonday, 3 June 2024\n\nBridge closed until autumn\n\n"
        "The old bridge has been closed to all traffic, the council said.\n\nIt opens again in October.\n\nThe Mercury\n"
    )

    assert ("The Mercury", "2024-06-03", None) == (article.site, article.saved, article.published)


def test_adjoining_lines_of_an_unwrapped_text_are_paragraphs_of_their_own() -> None:
    article = read(
        "A title\n\nThe first paragraph ends here, after some words.\nThe second one stands on the next line.\n"
    )

    assert (
        "The first paragraph ends here, after some words.\n\nThe second one stands on the next line.\n"
        == article.markdown
    )


def test_note_without_a_title_is_called_after_its_file() -> None:
    article = read(
        "This note begins with a sentence that is far too long to be the title of anything at all.\n", "my-note.txt"
    )

    assert ("my note", "file name") == (article.title, dict(article.conversion.origins)["title"])
    assert article.markdown.startswith("This note begins")


def test_every_line_of_a_plain_note_is_kept() -> None:
    lines = ["Shopping", "milk", "eggs", "Call Jane about the boat.", "rope"]
    article = read("\n\n".join(lines))

    assert "Shopping" == article.title
    assert [line for line in lines[1:] if line not in article.markdown] == []


def test_text_that_looks_like_markup_stays_text() -> None:
    article = read(
        "A title\n\nThe tag <script>alert(1)</script> and *stars* and [a](javascript:x) are only text here.\n"
    )

    assert (
        "The tag &lt;script>alert(1)&lt;/script> and \\*stars\\* and \\[a\\](javascript:x) are only text here.\n"
        == article.markdown
    )


def test_file_with_header_lines_alone_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="no text below"):
        read("Title: x\nURL: https://x.example/\n\n")


def test_hostile_length_is_read_in_one_pass() -> None:
    article = read("A title\n\n" + "word " * 200_000 + ".\n")

    assert 200_000 == article.markdown.count("word")


def test_long_heading_without_a_full_stop_is_no_other_article() -> None:
    headings = [
        "Why the Harbour of Port Lorne was never built in stone",
        "How the Lorne Sound ferries came to Gull Island",
    ]
    article = read(
        "The story\n\n" + "\n\n".join(f"{heading}\n\nA sentence stands here, and ends." for heading in headings)
    )

    assert [] == [heading for heading in headings if f"## {heading}" not in article.markdown]


def test_far_more_than_an_article_is_refused_with_a_reason() -> None:
    with pytest.raises(Unreadable, match="apart"):
        read("A line\n" * 60_000)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(GOLDEN.glob("*.txt"))), st.integers(0, 900), st.binary(max_size=12))
def test_damaged_copy_is_read_or_refused(case: Path, at: int, noise: bytes) -> None:
    source = case.read_bytes()
    for damaged in (source[:at], source[:at] + noise + source[at + len(noise) :]):
        with suppress(Unreadable):
            assert text.read(whole(damaged, case.name, "text"), ExtractSettings()).markdown.strip()
