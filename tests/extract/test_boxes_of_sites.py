"""Boxes and lines of a site within an article go; the author's text stays, however much stands below."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from glossator.config import ExtractSettings
from glossator.stages.extract.html.choice.blocks.site_boxes import drop_cards, keep_authors_text
from glossator.stages.extract.html.choice.blocks.text_blocks import TextBlock, text_blocks
from glossator.stages.extract.html.form.regular_tree import regular
from tests.extracted import extract

_NAMES = "Anna Hill,Ben Wood,Carl Stone,Dora Field,Emil Marsh,Fay Brook,Gus Heath,Hana Moor,Ivo Glen".split(",")
_PROSE = "The surveyors of the valley measured every field between the river and the old mill, and wrote what they saw."
_SHORTCODES = '[vc_row][vc_column width="1/2"]<p>[vc_column_text]The mills are closed in winter, and nobody minds.[/vc_column_text]</p>'


def article(body: str) -> str:
    page = f"<html><head><title>Fields</title></head><body>{body}</body></html>"
    (only,) = extract(page.encode(), "page.html", ExtractSettings()).articles
    return only.markdown


def with_cards(paragraphs: int, more: str = "", picture: str = "<img src='/p.jpg'>") -> list[TextBlock]:
    cards = "".join(f"<div>{picture}<h3>{name}</h3><p>Writes of mills. Lives here.</p></div>" for name in _NAMES)
    page = f"<body><article>{f'<p>{_PROSE}</p>' * paragraphs}<p>{more}</p><div>{cards}</div></article></body>"
    blocks = text_blocks(regular(document_fromstring(page)))
    for block in blocks:
        block.keep("all")
    return blocks


def test_cards_of_people_whom_the_article_does_not_name_go() -> None:
    blocks = with_cards(20)
    drop_cards(blocks, "Fields")
    assert [_PROSE] * 20 == [block.text for block in blocks if block.stays]


@pytest.mark.parametrize(
    ("blocks", "title"),
    [
        (with_cards(5), "Fields"),
        (with_cards(20, f"The wheel was drawn by Emil Marsh. {_PROSE}"), "Fields"),
        (with_cards(20), "Fields, by Emil Marsh"),
        (with_cards(20), "9 people of the fields"),
        (with_cards(20, picture=""), "Fields"),
    ],
    ids=["little prose", "the prose names one", "the title names one", "the title announces them", "no portraits"],
)
def test_entries_stay(blocks: list[TextBlock], title: str) -> None:
    drop_cards(blocks, title)
    assert all(block.stays for block in blocks)


@pytest.mark.parametrize(
    "line",
    [
        "<h3>Up Next</h3><p><a href='/x'>Ten mills that you have to see</a></p>",
        "<p>Thanks for visiting!</p>",
        "<p>Thank you for completing the survey!</p>",
        "<p>Story continues below advertisement</p>",
    ],
)
def test_line_of_the_site_goes(line: str) -> None:
    plain = f"<p>{_PROSE}</p>" * 4
    assert article(f"<article>{plain}{plain}</article>") == article(f"<article>{plain}{line}{plain}</article>")


@pytest.mark.parametrize(
    "own",
    [
        "<h3>Advertisements</h3><p>The mill had them painted on its wall.</p>",
        "<table><tr><th>What</th><th>Cost</th></tr><tr><td>Advertisement</td><td>Two pounds</td></tr></table>",
        "<blockquote><p>Thanks for visiting!</p></blockquote>",
    ],
    ids=["a heading", "a cell", "a quotation"],
)
def test_words_of_the_author_stay_though_a_site_may_write_them(own: str) -> None:
    plain = f"<p>{_PROSE}</p>" * 4
    markdown = article(f"<article>{plain}{own}{plain}</article>")
    assert any(line in markdown for line in ("## Advertisements", "| Advertisement |", "> Thanks for visiting!"))


def test_codes_of_languages_and_shortcodes_that_an_article_tells_of_stay() -> None:
    told = "The catalogue is called [cs_CZ], and [vc_row] begins a row."
    assert told.replace("[", "\\[").replace("]", "\\]") in article(f"<article><p>{_PROSE}</p><p>{told}</p></article>")


def test_line_of_a_hundred_thousand_letters_is_read_in_bounded_time() -> None:
    name = f"<div><img src='/p.jpg'><h3>{'A' * 100_000}!</h3><p>Writes of mills.</p></div>"
    thanks = f"<p>Thanks for visiting our {'a' * 100_000}!x</p>"
    assert "aaa!x" in article(f"<article>{f'<p>{_PROSE}</p>' * 20}{name * 9}{thanks}<p>{_PROSE}</p></article>")


def test_text_that_a_person_chose_keeps_its_cards_and_lines() -> None:
    cards = "".join(
        f"<div><img src='/p.jpg'><h3>{name}</h3><p>Writes of mills. Lives here.</p></div>" for name in _NAMES
    )
    page = f"<html><head><title>Fields</title></head><body><article>{f'<p>{_PROSE}</p>' * 20}{cards}</article></body></html>"
    chosen = extract(page.encode(), "page.html", ExtractSettings(), readings={"": "whole"}).articles[0]
    assert [True, False] == ["Gus Heath" in chosen.markdown, "Gus Heath" in article(page)]


def test_marks_of_a_page_builder_go_and_listings_of_them_stay() -> None:
    markdown = article(f"<article><p>{_PROSE}</p>{_SHORTCODES}<pre>[vc_row]</pre><p>{_PROSE} So it was.</p></article>")
    assert f"{_PROSE}\n\nThe mills are closed in winter, and nobody minds.\n\n```\n[vc_row]\n```" in markdown


def test_authors_paragraph_is_the_text_above_a_hundred_comments() -> None:
    asked = (
        "This thread is a place to ask about the mill. If there is anything that you would like to know, add a comment."
    )
    comments = "".join(
        f"<li><cite>Reader {n}</cite><p>I have looked at wheel {n} for some time, and I think that it turns too fast in "
        f"spring. What would the millers do to slow it down, and would it cost more than {n} pounds?</p></li>"
        for n in range(100)
    )
    head = f"<div class='post'><h1>Open thread</h1><div class='entry-content'><p>{asked}</p></div></div>"
    assert f"{asked}\n" == article(f"<div id='content'>{head}<div id='comments'><ol>{comments}</ol></div></div>")


def test_only_comments_go_from_a_text_that_has_them_below() -> None:
    lead, list_item = "Ask about the mill.", "<ul><li>The wheel</li></ul>"
    body = f"<p>{lead}</p><p>{_PROSE}</p><p>Kinds of question:</p>{list_item}"
    said = f"<div class='comment'><p>{_PROSE}</p></div>" * 30
    blocks = text_blocks(
        regular(
            document_fromstring(
                f"<body><div><div class='entry-content'>{body}</div><div id='comments'>{said}</div></div></body>"
            )
        )
    )
    for block in blocks:
        block.keep("all")
    assert keep_authors_text(blocks)
    assert [lead, _PROSE, "Kinds of question:", "The wheel"] == [block.text for block in blocks if block.stays]
