"""What a person's lists of links say of their articles; test_exports.py has a golden case of each service's."""

from __future__ import annotations

import pytest

from glossator.model import LinkListEntry
from tests.extract.exported import read

NETSCAPE = b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n"


def only(data: str) -> LinkListEntry:
    (found,) = read(data.encode()).listed
    return found


@pytest.mark.parametrize(
    ("expected", "cell"),
    [
        ("2023-10-03T19:15:04+00:00", "1696360504"),
        ("2023-10-03T19:15:04+00:00", "1696360504000"),
        ("2023-10-03T19:15:04+00:00", "1696360504000000"),
        ("2023-10-03T21:15:04+02:00", "2023-10-03T21:15:04+0200"),
        ("2023-10-03T19:15:04+00:00", "2023-10-03 19:15:04.123456789Z"),
        ("2023-10-03", "2023-10-03"),
        ("2023-10-03", "October 3, 2023"),
        (None, "0"),
        (None, ""),
        (None, "99999999999999999"),
        (None, "yesterday"),
    ],
)
def test_time_is_told_however_it_is_written(expected: str | None, cell: str) -> None:
    assert expected == only(f'url,title,created\nhttps://a.example/f,Ferry,"{cell}"\n').saved


@pytest.mark.parametrize(
    ("expected", "cell"),
    [
        (("ships", "ice"), "ships,ice"),
        (("ships", "ice"), '"[""ships"", ""ice""]"'.strip('"')),
        (("ships", "skipper's"), '[\'ships\', ""skipper\'s""]'),
        (("ships",), "ships, ,ships"),
        ((), "[]"),
        ((), ""),
    ],
)
def test_tags_are_told_apart_however_they_are_listed(expected: tuple[str, ...], cell: str) -> None:
    assert expected == only(f'url,title,tags\nhttps://a.example/f,Ferry,"{cell}"\n').tags


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/f", "", "ferry"])
def test_address_that_leads_nowhere_is_passed_over(address: str) -> None:
    found = read(f"URL,Title,Selection,Folder\n{address},Ferry,,Unread\nhttps://a.example/f,Ice,,Unread\n".encode())
    assert (["Ice"], ()) == ([listed.title for listed in found.listed], found.problems)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_table_with_a_column_of_addresses_is_a_list(delimiter: str) -> None:
    rows = (("Name", "Link"), ("Ferry, and ice", "https://a.example/f"))
    table = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert LinkListEntry("link list", source="https://a.example/f", title="Ferry, and ice") == only(table)


@pytest.mark.parametrize(
    "text",
    [
        "Link, the hero of the game, has a new sword.\n\nIt is said to be sharper than the old one.\n",
        "URL, explained\n\nAn address says where a page is, and how to get there.\n",
        "url,title\n",
    ],
)
def test_text_that_begins_like_a_table_stays_a_text(text: str) -> None:
    assert "text" == read(text.encode()).format


def test_byte_order_mark_and_line_ends_of_windows_do_no_harm() -> None:
    found = read(
        b"\xef\xbb\xbftitle,url,time_added,tags,status\r\nFerry,https://a.example/f,1696360504,ships|ice,unread\r\n"
    )
    assert (("pocket list", "Ferry", ("ships", "ice")),) == tuple(
        (one.origin, one.title, one.tags) for one in found.listed
    )


def test_cell_may_hold_lines_and_a_whole_article() -> None:
    note = "ice and snow\n" * 20_000
    found = read(f'url,title,note\nhttps://a.example/f,Ferry,"{note}"\nhttps://a.example/g,Snow,\n'.encode())
    assert ["Ferry", "Snow"] == [listed.title for listed in found.listed]


def test_row_may_be_shorter_or_longer_than_the_header() -> None:
    found = read(b"url,title,tags\nhttps://a.example/f\nhttps://a.example/g,Snow,ice,more,and more\n")
    assert [None, "Snow"] == [listed.title for listed in found.listed]


def test_description_belongs_to_the_bookmark_before_it() -> None:
    folder = b"<DT><A HREF='https://a.example/f'>Ferry</A>\n<DT><H3>Folder</H3>\n<DD>Of the folder\n<DL><p>\n"
    found = read(NETSCAPE + folder + b"<DT><A HREF='https://a.example/g'>Snow</A>\n<DD>Of the link\n</DL>\n</DL>")
    assert [("Ferry", None), ("Snow", "Of the link")] == [(one.title, one.description) for one in found.listed]


def test_bookmarks_in_an_old_encoding_keep_their_letters() -> None:
    found = read(NETSCAPE + "<DT><A HREF='https://a.example/f'>Fähre</A>".encode("windows-1252"))
    assert ["Fähre"] == [listed.title for listed in found.listed]


def test_title_that_only_repeats_the_address_is_none() -> None:
    found = read(NETSCAPE + b"<DT><A HREF='https://a.example/f'>https://a.example/f</A>")
    assert [None] == [listed.title for listed in found.listed]
