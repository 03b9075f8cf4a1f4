"""What a person finds of the pages in an archive that a browser or a crawler wrote.

A golden case is a file in golden_archives/ and, beside it, what comes of it: `x.mhtml`, `x.mhtml.md`.
"""

from __future__ import annotations

import gzip
import io
import plistlib
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossator.config import ExtractSettings
from glossator.extensions.openers import warc_records, web_archives
from glossator.model import Extracted, Extraction
from glossator.stages.extract.containers import mhtml, zip_members
from glossator.stages.extract.html.writer import pictures as article_pictures
from glossator.stages.extract.recognise_format import recognise
from tests.extracted import extract
from tests.sweeps import examples

GOLDEN = Path(__file__).parent / "golden_archives"
CASES = sorted(path for path in GOLDEN.iterdir() if path.suffix != ".md")
ARCHIVES = [path for path in CASES if path.suffix not in (".htm", ".html") or path.name == "packed.html"]
SENTENCE = "The harbour board met on Tuesday, and it spoke for hours about the new lock and about what it would cost. "
PAGE = f"<html lang='en'><title>A new lock</title><article><h1>A new lock</h1>{f'<p>{SENTENCE}</p>' * 5}</article>"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(60)


def opened(data: bytes, path: str = "saved") -> Extraction:
    return extract(data, path, ExtractSettings())


def golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


def as_file(article: Extracted) -> str:
    """The article as its golden file has it."""
    head = {
        "title": article.title,
        "source": article.source,
        "saved": article.saved,
        "language": article.language,
        "format": article.conversion.format,
        "entry": article.conversion.entry,
        "pictures": len(article.pictures),
    }
    return (
        "---\n" + "".join(f"{name}: {value}\n" for name, value in head.items() if value) + f"---\n\n{article.markdown}"
    )


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_archive_becomes_the_articles_beside_it(case: Path) -> None:
    expected = case.with_name(case.name + ".md").read_text("utf-8")

    assert expected == "\n".join(map(as_file, opened(case.read_bytes(), case.name).articles))


@pytest.mark.parametrize("case", ARCHIVES, ids=lambda path: path.name)
@pytest.mark.parametrize("suffix", ["", ".txt", ".html", ".zip"])
def test_archive_is_known_by_its_content(case: Path, suffix: str) -> None:
    assert recognise(case.read_bytes(), case.name) == recognise(case.read_bytes(), f"page{suffix}")


# ---- damage, and files that are no archives ---------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
@settings(max_examples=examples(12), derandomize=True)
@given(st.data())
def test_damaged_archive_never_raises(case: Path, data: st.DataObject) -> None:
    content = bytearray(case.read_bytes())
    for _ in range(data.draw(st.integers(0, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    found = opened(bytes(content[: data.draw(st.integers(0, len(content)))]), case.name)

    assert found.articles or found.listed or found.problems


@pytest.mark.parametrize("case", ARCHIVES, ids=lambda path: path.name)
def test_archive_cut_in_the_middle_gives_articles_or_a_reason(case: Path) -> None:
    content = case.read_bytes()
    found = opened(content[: len(content) // 2], case.name)

    assert found.articles or all(problem.message.endswith(".") for problem in found.problems)


@pytest.mark.parametrize(
    ("expected", "data"),
    [
        (
            "email",
            (
                b"Received: from a.example\nFrom: Ada <ada@a.example>\nTo: bo@b.example\nMIME-Version: 1.0\n"
                b'Content-Type: multipart/related; boundary="B"\n\n--B\nContent-Type: text/html\n\n<p>Hello\n--B--\n'
            ),
        ),
        (
            "email",
            (
                b"From: Ada <ada@a.example>\nTo: bo@b.example\nMIME-Version: 1.0\nContent-Type: text/plain\n\n"
                b"Yours was saved by Blink.\n"
            ),
        ),
        (
            "text",
            (
                b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
                b"So begins every file of this format, which a browser writes when it saves a page as one file.\n"
            ),
        ),
        ("text", b"MHTML in short\n\nFrom: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: text/html\n"),
        ("text", b"Content-Type: text/x-zim-wiki\nWiki-Format: zim 0.6\n\nA note of some length.\n"),
        ("text", b"A WARC file begins with WARC/1.0, and a web archive of Safari with bplist00.\n"),
        ("html", b"<html data-sfz=''><title>x</title><p>Shown and saved again, without what it was unpacked from.\n"),
        (
            "html",
            b"<html><title>ZIP</title><p>The directory of an archive begins with PK\x05\x06. "
            + b"It has 22 bytes. " * 9,
        ),
        ("plist", plistlib.dumps({"Label": "a service"}, fmt=plistlib.FMT_BINARY)),
        ("gzip", gzip.compress(b"A text.", mtime=0)),  # or the name of the case would hold the time of day
    ],
)
def test_file_that_only_resembles_an_archive_is_none(expected: str, data: bytes) -> None:
    assert expected == recognise(data, "file")


# ---- MHTML -------------------------------------------------------------------------------------------------------------


def message(*parts: bytes, head: bytes = b"From: <Saved by Blink>\r\n") -> bytes:
    start = head + b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n'
    return start + b"".join(b"--B\r\n" + part + b"\r\n" for part in parts) + b"--B--\r\n"


def part(kind: str, content: bytes, **fields: str) -> bytes:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"Content-Type: {kind}\r\n{lines}\r\n".encode() + content


def test_picture_in_binary_encoding_is_found_by_its_content_id() -> None:
    page = PAGE.replace("</p>", "</p><p><img src='cid:a@b' alt='The lock'></p>", 1).encode()
    picture = part("image/png", PICTURE, Content_ID="<a@b>", Content_Transfer_Encoding="binary")

    assert [PICTURE] == [one.data for one in opened(message(part("text/html", page), picture)).articles[0].pictures]


def test_pictures_for_which_an_article_has_no_room_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_pictures, "LARGEST", 100)
    shown = "".join(f"<p><img src='cid:{name}' alt='The lock' width=600></p>" for name in "ab")
    parts = [part("image/png", PICTURE + name.encode(), Content_ID=f"<{name}>") for name in "ab"]
    article = opened(message(part("text/html", PAGE.replace("</p>", f"</p>{shown}", 1).encode()), *parts)).articles[0]

    assert (1, 1) == (len(article.pictures), article.left_out)


def test_frame_with_the_text_is_read_in_place_of_the_set_of_frames() -> None:
    outer = b"<html><title>Town</title><frameset><frame src='menu.htm'><frame src='lock.htm'></frameset></html>"
    frames = [
        part("text/html", outer, Content_Location="http://a.example/"),
        part("text/html", b"<a href=x>Menu</a>", Content_Location="menu.htm"),
        part("text/html", PAGE.encode(), Content_Location="lock.htm"),
    ]

    assert "http://a.example/lock.htm" == opened(message(*frames)).articles[0].source


def test_part_that_the_message_names_as_its_start_is_the_page() -> None:
    data = message(
        part("text/html", b"<p>A frame with a few words"), part("text/html", PAGE.encode(), Content_ID="<x>")
    )

    assert "A new lock" == opened(data.replace(b"related;", b'related; start="<x>";')).articles[0].title


def test_subject_is_the_title_of_a_page_that_has_none() -> None:
    page = PAGE.replace("<title>A new lock</title>", "").replace("<h1>A new lock</h1>", "").encode()
    head = b"From: <Saved by Blink>\r\nSubject: =?utf-8?Q?A=20new=20l=C3?=\r\n =?utf-8?Q?=B6ck?=\r\n"

    assert "A new löck" == opened(message(part("text/html", page), head=head)).articles[0].title


def test_message_without_a_page_is_refused_with_the_reason() -> None:
    expected = "The MHTML file holds no page, or is cut off before it; save the page again."

    assert [expected] == [problem.message for problem in opened(message(part("image/png", PICTURE))).problems]


def test_message_that_is_cut_off_behind_its_page_is_read_and_said_to_be_cut() -> None:
    found = opened(message(part("text/html", PAGE.encode()), part("image/png", PICTURE))[:-70])

    assert ["A new lock"] == [article.title for article in found.articles]
    assert [False] == [problem.fatal for problem in found.problems]


def test_message_of_too_many_layers_or_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = message(part("text/html", PAGE.encode()))
    layers = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (one, one) for one in range(30))
    field = b"Content-Type: text/html; " + b"a=b; " * 5_000
    expected = "The MHTML file is built in too many layers or lines to be read; save it again."

    for crafted in (message(layers), data.replace(b"Content-Type: text/html", field)):
        assert [expected] == [one.message for one in opened(crafted).problems]
    monkeypatch.setattr(mhtml, "_MOST_LINES", 3)
    assert [expected] == [one.message for one in opened(data).problems]


# ---- web archives of Safari ---------------------------------------------------------------------------------------------


def test_entities_of_a_property_list_are_refused() -> None:
    data = (
        b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY x SYSTEM "file:///etc/passwd">]><plist version="1.0"><dict>'
        b"<key>WebMainResource</key><string>&x;</string></dict></plist>"
    )
    expected = "The web archive is damaged or cut off; save the page again."

    assert [expected] == [problem.message for problem in opened(data).problems]


def test_frame_with_the_text_is_read_in_place_of_safari_s_set_of_frames() -> None:
    def resource(page: str) -> dict[str, object]:
        return {"WebResourceData": page.encode(), "WebResourceMIMEType": "text/html"}

    frames = [{"WebMainResource": resource(page)} for page in ("<a href=x>Menu</a>", PAGE)]
    data = {"WebMainResource": resource("<frameset><frame src=a></frameset>"), "WebSubframeArchives": frames}

    assert "A new lock" == opened(plistlib.dumps(data)).articles[0].title


def test_property_list_that_holds_itself_is_no_page() -> None:
    objects = (
        b"\xd2\1\3\2\4",
        b"\x5f\x10\x0fWebMainResource",
        b"\xd0",
        b"\x5f\x10\x13WebSubframeArchives",
        b"\xa1\0",
    )
    offsets = bytes(8 + len(b"".join(objects[:number])) for number in range(len(objects)))
    table = 8 + len(b"".join(objects))
    data = b"bplist00" + b"".join(objects) + offsets + struct.pack(">6xBBQQQ", 1, 1, len(objects), 0, table)

    assert ["The web archive holds no page; save the page again."] == [one.message for one in opened(data).problems]


@pytest.mark.parametrize("archive", [{}, {"WebMainResource": 1}, {"WebMainResource": {"WebResourceData": "text"}}])
def test_property_list_of_other_values_is_no_page(archive: dict[str, object]) -> None:
    data = plistlib.dumps({"WebMainResource": None, **archive} if archive else {"WebMainResource": []})

    assert ["The web archive holds no page; save the page again."] == [one.message for one in opened(data).problems]


# ---- ZIP archives --------------------------------------------------------------------------------------------------------


def archive(members: Mapping[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return stream.getvalue()


def test_frame_with_the_text_is_read_in_place_of_a_packed_set_of_frames() -> None:
    outer = "<html><title>Town</title><frameset><frame src='frames/0/index.html'></frameset></html>"
    frames = {"frames/0/index.html": "<a href=x>Menu</a>", "frames/1/index.html": PAGE}

    assert "A new lock" == opened(archive({"index.html": outer, **frames})).articles[0].title


def test_packed_page_without_its_manifest_is_read() -> None:
    assert "A new lock" == opened(archive({"index.html": PAGE})).articles[0].title


def test_members_with_paths_that_lead_elsewhere_are_only_names() -> None:
    assert 1 == len(opened(archive({"index.html": PAGE, "../../x.png": PICTURE, "/etc/y.png": PICTURE})).articles)


def test_packed_page_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_members, "LARGEST_MEMBER", 1000)
    expected = "The ZIP archive unpacks to more than can be read; unpack it and save its files singly."

    assert [expected] == [one.message for one in opened(archive({"index.html": PAGE + " " * 1000})).problems]


def test_packed_page_with_a_password_is_refused() -> None:
    data = archive({"index.html": PAGE})
    encrypted = data[:6] + b"\1" + data[7:]
    directory = encrypted.index(b"PK\x01\x02") + 8
    encrypted = encrypted[:directory] + b"\1" + encrypted[directory + 1 :]
    expected = "The ZIP archive is protected by a password; export it again without one."

    assert [expected] == [one.message for one in opened(encrypted).problems]


# ---- WARC and WACZ ---------------------------------------------------------------------------------------------------------


def record(kind: str, address: str, content: bytes = b"", **fields: str) -> bytes:
    head = {"WARC-Type": kind, "WARC-Target-URI": address, "WARC-Date": "2024-03-12T18:05:41Z"}
    head |= {name.replace("_", "-"): value for name, value in fields.items()} | {"Content-Length": str(len(content))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"WARC/1.0\r\n{lines}\r\n".encode() + content + b"\r\n\r\n"


def answer(address: str, content: bytes | str = PAGE, *header: str, status: str = "200 OK", **fields: str) -> bytes:
    lines = "".join(f"{line}\r\n" for line in header or ("Content-Type: text/html",))
    body = content if isinstance(content, bytes) else content.encode()
    return record("response", address, f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body, **fields)


def addresses(found: Extraction) -> list[str]:
    return [article.conversion.entry for article in found.articles]


def other(word: str) -> str:
    return PAGE.replace("harbour", word)


def test_frames_and_answers_to_scripts_are_no_pages() -> None:
    data = b"".join(
        answer(f"https://a.example/{use}", other(use))
        + record("request", f"https://a.example/{use}", f"GET / HTTP/1.1\r\nSec-Fetch-Dest: {use}\r\n\r\n".encode())
        for use in ("document", "iframe", "empty")
    )

    assert ["https://a.example/document"] == addresses(opened(data))


def test_what_the_recorder_calls_a_frame_is_no_page() -> None:
    data = answer("https://a.example/1", WARC_Resource_Type="document") + answer(
        "https://a.example/2", other("town"), WARC_Resource_Type="iframe"
    )

    assert ["https://a.example/1"] == addresses(opened(data))


def test_archive_in_the_older_format_is_read() -> None:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode()
    about = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
    data = b"filedesc://x.arc 0.0.0.0 20240312180541 text/plain %d\n%s\n" % (len(about), about)
    data += b"https://a.example/ 192.0.2.1 20240312180541 text/html %d\n%s\n" % (len(body), body)

    assert ["2024-03-12T18:05:41+00:00"] == [article.saved for article in opened(data).articles]


def test_picture_that_was_stored_once_is_found_from_another_address() -> None:
    data = (
        answer("https://a.example/", PAGE.replace("</p>", "</p><p><img src=/b.png alt=Lock></p>", 1))
        + answer("https://a.example/a.png", PICTURE, "Content-Type: image/png")
        + record("revisit", "https://a.example/b.png", WARC_Refers_To_Target_URI="https://a.example/a.png")
    )

    assert [PICTURE] == [one.data for one in opened(data).articles[0].pictures]


def test_pages_that_the_crawler_names_are_read_alone() -> None:
    data = (
        answer("https://a.example/1")
        + answer("https://a.example/2", other("town"))
        + answer("https://a.example/3", b"", "Location: /2", status="301 Moved Permanently")
        + b"".join(record("resource", f"urn:pageinfo:https://a.example/{page}", b"{}") for page in "234")
    )
    found = opened(data)

    assert ["https://a.example/2"] == addresses(found)
    assert ["https://a.example/4"] == [link.source for link in found.listed]


def test_body_that_was_stored_once_is_found_from_another_address() -> None:
    data = answer("https://a.example/1") + record(
        "revisit", "https://b.example/1", WARC_Refers_To_Target_URI="https://a.example/1"
    )

    assert ["https://a.example/1", "https://b.example/1"] == addresses(opened(data))


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(PAGE.encode(), mtime=0)),
        ("br", brotli.compress(PAGE.encode())),
        ("deflate", zlib.compress(PAGE.encode())),
        ("deflate", zlib.compress(PAGE.encode(), wbits=-15)),
        ("gzip", PAGE.encode()),
    ],
    ids=["gzip", "brotli", "zlib", "deflate", "unpacked"],  # those made of packed bytes would hold the time of day
)
def test_packed_bodies_are_unpacked(encoding: str, packed: bytes) -> None:
    data = answer("https://a.example/", packed, "Content-Type: text/html", f"Content-Encoding: {encoding}")

    assert ["A new lock"] == [article.title for article in opened(data).articles]


def test_body_packed_in_an_unknown_way_is_a_problem_that_names_the_page() -> None:
    data = answer("https://a.example/", b"?", "Content-Type: text/html", "Content-Encoding: zstd")
    expected = "https://a.example/: It is compressed in a way that Glossator does not read (zstd); save the page again."

    assert [expected] == [one.message for one in opened(data).problems]


def test_body_that_unpacks_to_too_much_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc_records, "LARGEST_BODY", 1000)
    for encoding, packed in (("gzip", gzip.compress(bytes(5000))), ("br", brotli.compress(bytes(500_000)))):
        data = answer("https://a.example/", packed, "Content-Type: text/html", f"Content-Encoding: {encoding}")

        assert 1 == len(opened(data).problems)


def test_pages_before_the_damage_are_read_and_the_damage_is_named() -> None:
    first, second = answer("https://a.example/1"), answer("https://a.example/2", other("town"))
    expected = "The web archive is damaged or cut off; what comes before was read. Copy it again for the rest."
    for cut in (first + second[:100], first + second[:-100], gzip.compress(first) + gzip.compress(second)[:-50]):
        found = opened(cut)

        assert found.articles
        assert [expected] == [one.message for one in found.problems]


def test_archive_of_too_many_records_is_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc_records, "MOST", 1)
    found = opened(answer("https://a.example/1") + answer("https://a.example/2", other("town")))

    assert ["https://a.example/1"] == addresses(found)
    assert 1 == len(found.problems)


def test_archive_that_unpacks_without_end_is_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc_records, "LARGEST", 100)
    pages = answer("https://a.example/1"), answer("https://a.example/2", other("town"))
    found = opened(b"".join(map(gzip.compress, pages)))

    assert ["https://a.example/1"] == addresses(found)
    assert 1 == len(found.problems)


def test_archive_compressed_as_a_whole_is_read() -> None:
    data = answer("https://a.example/1") + answer("https://a.example/2", other("town"))

    assert 2 == len(opened(gzip.compress(data)).articles)


def test_pictures_beyond_the_budget_stay_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_archives, "MOST_PICTURES", 10)
    page = PAGE.replace("</p>", "</p><img src=/a.png alt=Lock>", 1)
    data = answer("https://a.example/", page) + answer("https://a.example/a.png", PICTURE, "Content-Type: image/png")

    assert () == opened(data).articles[0].pictures


def test_page_that_a_collection_lists_and_does_not_hold_is_a_link() -> None:
    found = opened(golden("collection.wacz"))

    assert ["https://courier.example/gone"] == [link.source for link in found.listed]


def test_capture_nearest_to_the_listed_moment_is_taken() -> None:
    data = answer("https://a.example/", WARC_Date="2023-01-01T00:00:00Z") + answer(
        "https://a.example/", other("town"), WARC_Date="2024-01-01T00:00:00Z"
    )
    pages = '{"format": "json-pages-1.0"}\n{"url": "https://a.example/", "ts": "2023-01-01T00:00:07Z"}\n'
    found = opened(archive({"archive/x.warc": data, "pages/pages.jsonl": pages}))

    assert ["harbour" in article.markdown for article in found.articles] == [True]


def test_page_that_is_listed_without_a_moment_was_saved_when_it_was_captured() -> None:
    pages = '{"url": "https://a.example/"}\n'
    found = opened(archive({"archive/x.warc": answer("https://a.example/"), "pages/pages.jsonl": pages}))

    assert ["2024-03-12T18:05:41+00:00"] == [article.saved for article in found.articles]


def test_collection_of_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_archives, "_MOST_IN_MEMORY", 100)
    found = opened(archive({"archive/x.warc": answer("https://a.example/")}))

    assert (0, 1) == (len(found.articles), len(found.problems))


def test_collection_without_a_list_of_pages_is_read_like_its_archives() -> None:
    assert ["https://a.example/"] == addresses(opened(archive({"archive/x.warc": answer("https://a.example/")})))
