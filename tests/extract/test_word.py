"""What a person finds of a Word document."""

from __future__ import annotations

import io
import zipfile

import pytest

from glossator.extensions.openers import docx
from tests.extract.exported import GOLDEN, packed, read

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def document(body: str, **others: str) -> bytes:
    """A Word document with this body, and other members whose names have `__` for `/` and `_xml` for `.xml`."""
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="d" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations,
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        **{name.replace("__", "/").replace("_xml", ".xml"): text for name, text in others.items()},
    }
    return packed({name: text.encode() for name, text in members.items()})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def messages(data: bytes) -> list[str]:
    return [problem.message for problem in read(data).problems]


def test_deleted_words_and_comments_are_not_published() -> None:
    body = (
        '<w:p><w:r><w:t>The weir</w:t></w:r><w:del w:id="1"><w:r><w:delText> leaks</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t> holds.</w:t></w:r></w:ins><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    comments = f'<w:comments {NAMESPACES}><w:comment w:id="0">{paragraph("ask Marta")}</w:comment></w:comments>'

    assert "The weir holds.\n" == read(document(body, word__comments_xml=comments)).articles[0].markdown


def test_picture_that_lies_outside_is_not_loaded() -> None:
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:link="x"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x" Type="{OFFICE}/image" Target="file:///etc/hostname" TargetMode="External"/></Relationships>'
    data = document(drawing + paragraph("The weir holds."), **{"word/_rels/document.xml.rels": relations})
    article = read(data).articles[0]

    assert ((), "The weir holds.\n") == (article.pictures, article.markdown)


def test_link_that_runs_something_becomes_text() -> None:
    link = '<w:p><w:hyperlink r:id="x"><w:r><w:t>the weir</w:t></w:r></w:hyperlink></w:p>'
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x" Type="{OFFICE}/hyperlink" Target="javascript:alert(1)" TargetMode="External"/></Relationships>'

    assert "the weir\n" == read(document(link, **{"word/_rels/document.xml.rels": relations})).articles[0].markdown


def elsewhere(beginning: str = "", body: str = paragraph("The weir holds.")) -> bytes:
    """A Word document whose main part has a name that is none of Word's."""
    with zipfile.ZipFile(io.BytesIO(document(body))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/media/part.bin"] = beginning.encode() + members["word/document.xml"]
    members["_rels/.rels"] = members["_rels/.rels"].replace(b"word/document.xml", b"word/media/part.bin")
    return packed(members)


def test_text_is_read_wherever_the_document_says_that_it_is() -> None:
    assert "The weir holds.\n" == read(elsewhere()).articles[0].markdown


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (elsewhere('<!DOCTYPE d [<!ENTITY x "The weir holds.">]>', paragraph("&x;")), "declares entities"),
        (elsewhere("\ufeff \n" + "<!DOCTYPE d []>"), "declares entities"),
        (elsewhere(body=paragraph("The weir holds. " * 50) * 14_000), "has more than 10 MB of text"),
    ],
)
def test_no_name_of_a_part_leads_past_the_limits(data: bytes, message: str) -> None:
    assert [True] == [message in told for told in messages(data)]


def test_font_or_film_in_a_document_is_no_text() -> None:
    others = {"word__fonts__font1.odttf": "\x01\x02" * 6_000_000}
    assert "The weir holds.\n" == read(document(paragraph("The weir holds."), **others)).articles[0].markdown


def test_entities_are_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(document(""))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/document.xml"] = (
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + members["word/document.xml"]
    )

    assert ["The Word document declares entities, which no word processor does, so it is not read."] == messages(
        packed(members)
    )


def test_document_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "LARGEST_TEXT", 1_000_000)

    assert ["The Word document has more than 1 MB of text; save its parts apart."] == messages(
        document(" " * 2_000_000)
    )


@pytest.mark.parametrize(
    ("message", "body"),
    [
        ("The Word document is damaged or incomplete; save it again.", "<w:p>"),
        ("It holds no text.", "<w:p/>"),
        ("The Word document is nested too deeply to be read; save its text instead.", "<w:sdt><w:sdtContent>" * 3_000 + "</w:sdtContent></w:sdt>" * 3_000),
    ],
)  # fmt: skip
def test_document_without_a_text_says_so(message: str, body: str) -> None:
    assert [message] == messages(document(body))


def test_name_that_a_program_wrote_is_no_author() -> None:
    core = '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Microsoft Office User</dc:creator><dc:title>The weir</dc:title></p>'
    article = read(
        document(paragraph("The weir above Millbrook holds again, and nobody knows why."), docProps__core_xml=core)
    ).articles[0]

    assert () == article.authors


def test_document_of_a_real_program_has_its_form() -> None:
    article = read((GOLDEN / "pandoc.docx").read_bytes()).articles[0]

    assert 1 == len(article.pictures)
    assert "*The weir from the bridge*" in article.markdown
