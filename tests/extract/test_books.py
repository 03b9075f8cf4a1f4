"""What a person finds of a book (EPUB)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from glossator.content import article_files
from glossator.extensions.openers import epub
from glossator.rights import RightsPolicy
from glossator.stages.extract.containers import zip_members
from tests.extract.exported import GOLDEN, packed, read

BOOK = (GOLDEN / "letters.epub").read_bytes()


def changed(**members: bytes | None) -> bytes:
    """The book with other members, by the last part of their names without its suffix; None takes one away."""
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        contents: dict[str, bytes] = {}
        for name in archive.namelist():
            data = members.get(name.rpartition("/")[2].partition(".")[0].replace(" ", "_"), archive.read(name))
            if data is not None:
                contents[name] = data
    return packed(contents)


def titles(data: bytes) -> list[str]:
    return [article.title for article in read(data).articles]


def messages(data: bytes) -> list[str]:
    return [problem.message for problem in read(data).problems]


def test_book_without_its_table_of_contents_is_read_document_by_document() -> None:
    assert 3 == len(titles(changed(toc=None)))


def test_default_of_the_site_for_texts_from_elsewhere_holds_for_chapters(tmp_path: Path) -> None:
    article = tmp_path / "keel.md"
    article.write_text(
        "---\ntitle: The keel\nconversion: {file: a.epub, sha256: '1', format: epub, reader: x}\n---\n\nOak.\n"
    )

    assert "metadata" == article_files.read(article, "keel.md", RightsPolicy(sourced="metadata")).article.head.rights


def test_book_that_is_protected_is_refused_and_fonts_do_not_protect_it() -> None:
    aes = b'<e><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></e>'

    assert 2 == len(titles(BOOK))
    assert ["The EPUB book is protected against copying, so that its text cannot be read."] == messages(
        changed(encryption=aes)
    )


def test_entities_in_a_book_are_not_expanded() -> None:
    container = b"""<!DOCTYPE c [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
    <container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles><z>&b;&x;</z></container>"""

    assert ["First Letter: the Ice", "The Miller"] == titles(changed(container=container))


@pytest.mark.parametrize("data", [b"", b"<container/>", b"<a" * 1000, b"\0\xff"])
def test_book_without_a_package_is_refused(data: bytes) -> None:
    assert ["The EPUB book is damaged or incomplete; copy it again."] == messages(changed(container=data))


def test_book_that_unpacks_without_end_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_members, "LARGEST_MEMBER", 1_000_000)
    bomb = changed(two=b"<p>" + bytes(2_000_000))

    assert ["First Letter: the Ice"] == titles(bomb)
    assert [
        "OEBPS/Text/two.xhtml: The ZIP archive unpacks to more than can be read; unpack it and save its files singly."
    ] == messages(bomb)


def test_chapter_of_too_many_documents_is_left_out_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub, "_LARGEST_CHAPTER", 900)

    assert ["The Miller"] == titles(BOOK)
    assert ["The chapter has more than"] == [message.partition(": ")[2][:25] for message in messages(BOOK)]


def test_book_with_more_documents_than_are_read_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub, "MOST_DOCUMENTS", 3)

    assert ["First Letter: the Ice"] == titles(BOOK)
    assert ["The book has more than 3 documents; split it."] == messages(BOOK)
