"""Boxes below the text of a page that are no part of its article."""

from __future__ import annotations

import pytest

from glossator.stages.extract.html.boxes_below_text import drop_boxes_below
from glossator.stages.extract.html.form.regular_tree import regular
from glossator.stages.extract.html.parse_page import opened
from glossator.stages.extract.html.text_blocks import text_blocks

SENTENCES = [
    f"On the {day} the board of the harbour met in the old hall, and spoke for hours about the gates of the new lock."
    for day in ("first", "second", "third", "fourth")
]
NOTE = "She keeps two boats in the old town."


def kept(body: str) -> list[str]:
    """The blocks besides the sentences that stay of a page whose every block was chosen."""
    tree = opened(f"<body><article class='post author-ada'>{body}</article></body>")
    assert tree is not None
    found = text_blocks(regular(tree))
    for block in found:
        block.keep("")
    drop_boxes_below(found)
    assert [block.text for block in found if block.stays and block.text in SENTENCES] == SENTENCES
    return [block.text for block in found if block.stays and block.text not in SENTENCES]


def paragraphs() -> str:
    return "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


@pytest.mark.parametrize(
    "names",
    ["post-author", "about bio", "legal-disclaimer", "article-cta", "newsletter_box", "copyright"],
)
def test_box_below_the_text_that_its_class_calls_no_part_of_an_article_goes_with_its_heading(names: str) -> None:
    box = f"<div><h3>More</h3><div class='{names}'><p>{NOTE}</p></div></div>"
    assert [] == kept(paragraphs() + box)
    assert [] == kept(f"{paragraphs()}<p class='{names}'>{NOTE}</p>")


def test_box_stays_that_is_named_otherwise_or_holds_more_than_the_end_of_the_text() -> None:
    assert [NOTE] == kept(f"{paragraphs()}<div class='biology'><p>{NOTE}</p></div>")
    assert [NOTE] == kept(f"<div class='author'><p>{NOTE}</p></div>{paragraphs()}")
    assert [NOTE] == kept(f"<div class='newsletter'>{paragraphs()}<p>{NOTE}</p></div>")


@pytest.mark.parametrize("names", ["disclosure-content", "subscriber-only", "authored", "design-update"])
def test_box_stays_whose_class_only_sounds_alike(names: str) -> None:
    assert [NOTE] == kept(f"{paragraphs()}<div class='{names}'><p>{NOTE}</p></div>")


def test_part_of_a_newsletter_stays_that_has_the_class_of_the_parts_above() -> None:
    parts = [f"<div class='newsletter-part'><p>{line}</p></div>" for line in (*SENTENCES, NOTE)]
    assert [NOTE] == kept("".join(parts))


def test_author_of_a_quotation_and_a_section_with_an_id_of_such_words_stay() -> None:
    assert [NOTE] == kept(f"{paragraphs()}<blockquote><p class='author'>{NOTE}</p></blockquote>")
    section = f"<section id='which-author'><h2>Which author?</h2><p>{NOTE}</p></section>"
    assert ["Which author?", NOTE] == kept(paragraphs() + section)
