"""What a person finds of mail: the letter, and nothing of what concerns its reader alone."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from glossator.cli import main
from glossator.extensions.openers import mail
from glossator.extensions.openers.mail_cleaning import clean_address, clean_page
from glossator.frontmatter import split
from tests.extract.exported import GOLDEN, read
from tests.sites import build, contents, leave_out_search

READER = "reader@home.example"
OPAQUE = "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1"


def letter(text: str, subtype: str = "plain", **fields: str) -> bytes:
    message = EmailMessage()
    for name, value in {
        "From": "Agathe Lind <agathe@mill.example>",
        "To": READER,
        "Subject": "The weir",
        **fields,
    }.items():
        message[name] = value
    message.set_content(text, subtype=subtype)
    return message.as_bytes()


def markdown(data: bytes) -> str:
    return read(data).articles[0].markdown


def test_article_of_a_mail_is_private_in_its_front_matter(tmp_path: Path) -> None:
    path = str(GOLDEN / "newsletter.eml")
    done = CliRunner(catch_exceptions=False).invoke(main, ["convert", path, "--to", str(tmp_path)])

    fields, _ = split((tmp_path / "newsletter.md").read_text("utf-8"))
    assert (0, "private") == (done.exit_code, fields["rights"])


def test_mail_cannot_state_that_it_is_public() -> None:
    assert "private" == read(letter("---\nrights: full\n---\n\nThe weir holds.\n")).articles[0].rights


def test_letter_that_names_no_type_is_a_letter() -> None:
    data = (
        b"From: a@b.example\nTo: reader@home.example\nMessage-ID: <1@b.example>\nSubject: The weir\n\nThe weir holds.\n"
    )
    found = read(data)

    assert ("email", ["The weir"], "The weir holds.\n") == (
        found.format,
        [article.title for article in found.articles],
        found.articles[0].markdown,
    )


@pytest.mark.parametrize(
    ("expected", "address"),
    [
        ("https://mill.example/keel?page=2", "https://mill.example/keel?utm_source=x&page=2&mc_eid=12"),
        (
            "https://mill.example/2024/05/the-keel-that-the-masons-found",
            "https://mill.example/2024/05/the-keel-that-the-masons-found",
        ),
        ("https://mill.example/keel", "https://click.mailer.example/CL0/https:%2F%2Fmill.example%2Fkeel/1/0100018f"),
        ("https://mill.example/keel", f"https://go.mailer.example/r?url=https%3A%2F%2Fmill.example%2Fkeel&id={OPAQUE}"),
        ("https://video.example/watch?v=dQw4w9WgXcQ", "https://video.example/watch?v=dQw4w9WgXcQ"),
        ("", f"https://click.mailer.example/ls/click?upn={OPAQUE}"),
        ("", f"https://mailer.example/track/{OPAQUE}/1"),
        ("", "https://mill.example/keel/reader%40home.example"),
        ("", "https://mill.example/keel/" + base64.b64encode(READER.encode()).decode()),
        ("", "javascript:alert(1)"),
        ("", "mailto:agathe@mill.example"),
        ("", "https://[broken"),
    ],
)
def test_link_tells_nobody_who_follows_it(expected: str, address: str) -> None:
    assert expected == clean_address(address, {READER})


def test_notice_about_the_subscription_goes_and_the_letter_around_it_stays() -> None:
    text = markdown(
        letter("The weir holds.\n\nTo unsubscribe, visit:\n\nhttps://mailer.example/out?u=12\n\nThe mill turns.\n")
    )

    assert "The weir holds.\n\nThe mill turns.\n" == text


def test_letter_of_one_block_with_a_link_to_unsubscribe_stays() -> None:
    page = "<div>" + "The weir holds.<br>" * 20 + "<a href='https://mailer.example/out'>Unsubscribe</a></div>"

    assert 20 == markdown(letter(page, "html")).count("The weir holds.")
    assert "nsubscribe" not in markdown(letter(page, "html"))


def test_recipients_of_a_forwarded_message_are_not_named() -> None:
    page = "<div>Forwarded message<br>From: Thore &lt;thore@museum.example&gt;<br>To: &lt;<a>marta@home.example</a>&gt;<br></div><p>Dear marta@home.example, the weir holds.</p>"

    assert "marta@home.example" not in markdown(letter(page, "html"))
    assert "marta@home.example" not in markdown(letter("To: Marta <marta@home.example>\n\nDear marta@home.example!\n"))
    assert "thore@museum.example" in markdown(letter(page, "html"))


def test_picture_that_is_loaded_from_elsewhere_is_left_out() -> None:
    page = "<p>The weir.</p><img src='https://mailer.example/weir.png' width=600><img srcset='https://mailer.example/w.png'>"

    assert "The weir.\n" == markdown(letter(page, "html"))


def test_messages_of_a_box_keep_their_names_when_it_grows() -> None:
    box = (GOLDEN / "letters.mbox").read_bytes()
    first = letter("The weir holds.", **{"Message-ID": "<0@mill.example>"})
    grown = b"From agathe@mill.example Fri May  3 07:02:09 2024\n" + first + b"\n" + box

    old = [article.conversion.entry for article in read(box).articles]
    assert [*old] == [article.conversion.entry for article in read(grown).articles][1:]


@pytest.mark.parametrize(
    ("message", "data"),
    [
        ("It has more than 1,000 parts", b"".join(b"--x\n\nThe weir.\n" for _ in range(10_000))),
        ("is built in too many layers", b"".join(b"--x%d\nContent-Type: multipart/mixed; boundary=x%d\n\n" % (n, n + 1) for n in range(3_000))),
        ("holds no text", b"--x\nContent-Type: image/png\n\nx\n--x--\n"),
    ],
)  # fmt: skip
def test_message_that_cannot_be_read_is_refused_with_a_sentence(message: str, data: bytes) -> None:
    head = b"From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
    found = read(head + data.replace(b"--x0\n", b"--x\n"))

    assert () == found.articles
    assert [True] == [message in problem.message for problem in found.problems]


def test_tables_without_end_become_blocks() -> None:
    page = "<table><tr><td>" * 3_000 + "The weir holds."

    assert "The weir holds.\n" == markdown(letter(page, "html"))


@pytest.mark.parametrize("day", [b"Mon, 1 Jan 2024 10:00:00 +99999999999999999999", b"1 Jan 2024 10:00:00 +9999999999"])
def test_day_that_no_calendar_has_is_left_out(day: bytes) -> None:
    data = b"From: a@b.example\nSubject: The weir\nDate: " + day + b"\n\nThe weir holds.\n"
    assert [None] == [article.published for article in read(data).articles]


def test_encrypted_message_is_refused() -> None:
    head = b"From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\nContent-Type: multipart/encrypted; boundary=x\n\n"

    assert ["The message is encrypted; save its text instead."] == [
        problem.message for problem in read(head + b"--x\n\nx\n--x--\n").problems
    ]


def test_box_with_more_messages_than_are_read_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MOST_MESSAGES", 1)
    found = read((GOLDEN / "letters.mbox").read_bytes())

    assert ["The keel"] == [article.title for article in found.articles]
    assert ["The box holds more than 1 messages; split it."] == [problem.message for problem in found.problems]


@given(st.text("<>a/ p='tdr\"@.", max_size=200))
def test_any_page_can_be_cleaned(html: str) -> None:
    assert b"reader@home" not in clean_page(html, {READER})


LETTER = f"From: Agathe Lind <agathe@mill.example>\nTo: Jonas <{READER}>\nSubject: The weir\nDate: Mon, 6 May 2024 08:00:00 +0000\n"
BARE = "From: Agathe Lind <agathe@mill.example>\nSubject: The weir\n"
LETTERS = {
    # by the three fields, whatever the name
    "three.txt": LETTER,
    "three.md": LETTER,
    "three": LETTER,
    "order.txt": "Date: 6 May 2024\nTo: Jonas\nFrom: Agathe\n",
    "case.txt": LETTER.upper(),
    "crlf.txt": LETTER.replace("\n", "\r\n"),
    "mark.txt": f"\ufeff\n{LETTER}",
    "folded.txt": LETTER.replace("To: Jonas", "To: Jonas,\n Petra"),
    "copies.txt": LETTER.replace("To:", "Cc:"),
    "outlook.txt": "From: Agathe Lind\nSent: Monday, 6 May 2024 08:00\nTo: Jonas\nSubject: The weir\n",
    "type.txt": f"{LETTER}Content-Type: text/plain; charset=utf-8\n",
    "more.txt": f"X-Mailer: Mill 2\n{LETTER}",
    "forwarded.txt": f"---------- Forwarded message ---------\n{LETTER}",
    "original.txt": "-----Original Message-----\nFrom: Agathe Lind\nSent: Monday\nTo: Jonas\n",
    "bold.md": "**From:** Agathe Lind\n**To:** Jonas\n**Date:** 6 May 2024\n",
    "listed.md": "- From: Agathe Lind\n- To: Jonas\n- Date: 6 May 2024\n",
    "quoted.md": "> From: Agathe Lind\n> Date: 6 May 2024\n> To: Jonas\n",
    "heading.md": "# From: Agathe Lind\n\nTo: Jonas\n\nDate: 6 May 2024\n",
    "fields.md": "---\ntitle: The weir\nfrom: agathe@mill.example\nto: Jonas\ndate: 2024-05-06\n---\n",
    "fields.txt": "---\nFrom: Agathe\nTo: [jonas@home.example]\nSent: 2024-05-06\n---\n",
    "german.txt": "Von: Agathe Lind\nGesendet: 6. Mai 2024\nAn: Jonas\nBetreff: Das Wehr\n",
    "german.md": "**Von:** Agathe Lind\n**An:** Jonas\n**Datum:** 6. Mai 2024\n",
    "french.txt": "De : Agathe Lind\nÀ\xa0: Jonas\nDate : 6 mai 2024\nObjet : Le barrage\n",
    "spanish.txt": "De: Agathe Lind\nPara: Jonas\nFecha: 6 de mayo de 2024\n",
    # by the name, whatever the fields
    "m.eml": f"{BARE}Content-Type: text/plain\n",
    "bare.eml": BARE,
    "subject.eml": "Subject: The weir\n",
    "upper.EML": BARE,
    "long.2024.eml": BARE,
    "text.eml.txt": f"{BARE}To: Jonas\n",
    "typed.eml": "Content-Type: text/plain; charset=utf-8\n",
    "page.eml": f"{BARE}Content-Type: text/html\n",
    "mark.eml": f"\ufeff{BARE}",
    "apple.emlx": f"812\n{BARE}",
    "box.mbox": BARE,
    "none.eml": "",
    "heading.eml": "# The weir\n",
    "folder/within.eml": BARE,
}


def test_letter_is_private_by_its_name_or_by_sender_recipient_and_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    saved = tmp_path / "content/saved"
    for number, (name, head) in enumerate(LETTERS.items()):
        words = " ".join(f"word{number}x{count}" for count in range(30))
        (saved / name).parent.mkdir(parents=True, exist_ok=True)
        (saved / name).write_text(f"{head}\nDear Jonas, the CANARY{number} weir holds. {words}.\n", "utf-8", newline="")
    memo = "From: the mason's yard\nDate: 6 May 2024\n\nThe MEMOCANARY weir holds, and the mill turns again in May.\n"
    (saved / "memo.txt").write_text(memo, "utf-8")
    head = "---\ntitle: A walk\nfrom: Ravnsborg\nto: the weir\ndate: 2024-05-06\n---\n"
    (saved / "walk.md").write_text(f"{head}The WALKCANARY led along the river, and nobody met us there.\n", "utf-8")
    build(tmp_path)
    site = b"".join(contents(tmp_path / "site").values())

    assert [] == [name for number, name in enumerate(LETTERS) if f"CANARY{number} ".encode() in site]
    assert b"MEMOCANARY" in site
    assert b"WALKCANARY" in site
    articles: list[dict[str, Any]] = [
        split(path.read_text("utf-8"))[0] for path in (tmp_path / "content/articles").rglob("*.md")
    ]
    private = {fields["conversion"]["file"] for fields in articles if fields.get("rights") == "private"}
    assert {*LETTERS} - {"none.eml", "heading.eml"} <= private
