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
NOTE = "Ada Marsh keeps two boats in the old town."
PROSE = "Whoever has seen the old gates open in spring will know what the new ones are worth to the town."
LINKED = "Whoever has seen <a href='/gates'>the old gates</a> will know what the new ones are worth to the town."


def kept(body: str) -> list[str]:
    """The blocks besides the sentences that stay of a page whose every block was chosen."""
    tree = opened(f"<body><article class='post author-ada'>{body}</article></body>")
    assert tree is not None
    found = text_blocks(regular(tree))
    for block in found:
        block.keep("")
    drop_boxes_below(found, ("Quay News", "Ada Marsh"))
    assert [block.text for block in found if block.stays and block.text in SENTENCES] == SENTENCES
    return [block.text for block in found if block.stays and block.text not in SENTENCES]


def paragraphs() -> str:
    return "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


@pytest.mark.parametrize(
    "names",
    ["post-author", "about bio", "legal-disclaimer", "article-cta", "Newsletter_Box", "copyright", "sign-up-form"],
)
def test_box_below_the_text_that_its_class_calls_no_part_of_an_article_goes_with_its_heading(names: str) -> None:
    box = f"<div><h3>More</h3><div class='{names}'><p>{NOTE}</p></div></div>"
    assert [] == kept(paragraphs() + box)
    assert [] == kept(f"{paragraphs()}<p class='{names}'>{NOTE}</p>")


def test_call_goes_that_leads_elsewhere_and_a_note_about_others_stays() -> None:
    linked = "Whoever has seen the old gates will know what the new ones are worth to the town."
    for names in ("article-cta", "newsletter", "sign-up-form", "disclaimer"):
        assert [] == kept(f"{paragraphs()}<p class='{names}'>{LINKED}</p>")
    for names in ("bio", "author", "copyright-text"):
        assert [linked] == kept(f"{paragraphs()}<section class='{names}'><p>{LINKED}</p></section>")


def test_last_part_of_a_text_that_is_in_such_a_box_as_a_whole_stays() -> None:
    last = f"<div class='newsletter-content'><p>{NOTE}</p></div>"
    assert [NOTE] == kept(f"<div class='newsletter'>{paragraphs()}{last}</div>")


def test_box_stays_that_neither_leads_elsewhere_nor_names_the_author_or_the_site() -> None:
    box = "<div class='cta'><h2>Conclusion</h2><p>{}</p></div>"
    assert ["Conclusion", PROSE] == kept(paragraphs() + box.format(PROSE))
    assert [] == kept(paragraphs() + box.format(f"{PROSE} Quay News was there."))


def test_box_stays_that_is_long_or_a_section_like_those_above_or_has_code() -> None:
    text, long = " ".join([PROSE] * 12), " ".join([*[PROSE] * 3, NOTE])
    assert [text, long] == kept(f"{paragraphs()}<p>{text}</p><div class='cta'><p>{long}</p></div>")
    section = f"<section class='cta'><h2>What remains</h2><p>{NOTE}</p></section>"
    assert ["What the lock costs", "What remains", NOTE] == kept(f"<h2>What the lock costs</h2>{paragraphs()}{section}")
    code = f"<div class='cta'><p>{NOTE}</p><pre>open gate</pre></div>"
    assert [NOTE, "open gate"] == kept(paragraphs() + code)
    entry = f"<dl class='method subscribe-box'><dt>subscribe(gate)</dt><dd>{NOTE}</dd></dl>"
    assert ["subscribe(gate)", NOTE] == kept(paragraphs() + entry)


def test_box_stays_that_is_named_otherwise_or_holds_more_than_the_end_of_the_text() -> None:
    assert [NOTE] == kept(f"{paragraphs()}<div class='biology'><p>{NOTE}</p></div>")
    assert [NOTE] == kept(f"<div class='author'><p>{NOTE}</p></div>{paragraphs()}")
    assert [NOTE] == kept(f"<div class='newsletter'>{paragraphs()}<p>{NOTE}</p></div>")


@pytest.mark.parametrize(
    "names",
    [
        *("disclosure-content", "subscriber-only", "authored", "design-update"),
        *("step sign-up", "opt-in", "copyright-exceptions", "contributors", "contributor-picks", "author-comment"),
        *("post-7 category-newsletter", "entry author-ben", "has-newsletter-color"),
    ],
)
def test_box_stays_whose_class_only_sounds_alike(names: str) -> None:
    assert [NOTE] == kept(f"{paragraphs()}<div class='{names}'><p>{NOTE}</p></div>")


def test_part_of_a_newsletter_stays_that_has_the_class_of_the_parts_above() -> None:
    parts = [f"<div class='newsletter-part'><p>{line}</p></div>" for line in (*SENTENCES, NOTE)]
    assert [NOTE] == kept("".join(parts))


@pytest.mark.parametrize("names", ["entry {}-author", "post-{} post newsletter", "by-{} message author"])
def test_part_stays_that_shares_a_class_with_the_parts_above(names: str) -> None:
    lines = enumerate((*SENTENCES, NOTE))
    above = [f"<div class='{names.format(number)}'><p>{line}</p></div>" for number, line in lines]
    assert [NOTE] == kept("".join(above))


def test_author_of_a_quotation_and_a_section_with_an_id_of_such_words_stay() -> None:
    assert [NOTE] == kept(f"{paragraphs()}<blockquote><p class='author'>{NOTE}</p></blockquote>")
    section = f"<section id='which-author'><h2>Which author?</h2><p>{NOTE}</p></section>"
    assert ["Which author?", NOTE] == kept(paragraphs() + section)
