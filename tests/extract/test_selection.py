"""Which blocks of a page stay where the text of its article is known."""

from __future__ import annotations

import pytest

from glossator.stages.extract.html.choice.blocks.kept_blocks import select
from glossator.stages.extract.html.choice.blocks.text_blocks import text_blocks
from glossator.stages.extract.html.form.regular_tree import regular
from glossator.stages.extract.html.parse.parse_page import opened
from glossator.stages.extract.text_comparison import wording

FIRST = "The harbour board of the town met on Tuesday, and it spoke for hours about the new lock and its gates."
MIDDLE = "Nobody on the quay expected the vote to be so close, least of all the fishermen, who had come in numbers."
LAST = "In the end the chairman, who had kept silent until then, gave his own vote to the larger of the two plans."


def kept(between: str, chosen: str = "", refused: str = "") -> list[str]:
    """The blocks between the first and the last that stay."""
    tree = opened(f"<body><article><p>{FIRST}</p>{between}<p>{LAST}</p></article></body>")
    assert tree is not None
    found = text_blocks(regular(tree))
    select(found, wording(f"{FIRST}\n{chosen}\n{LAST}"), set(wording(refused).lines))
    return [block.text for block in found if block.stays][1:-1]


def table(cell: str) -> str:
    return (
        "<table>"
        + "".join(f"<tr>{''.join(f'<td>{cell} {n}{m}</td>' for m in (1, 2))}</tr>" for n in (1, 2))
        + "</table>"
    )


def test_table_of_data_stays_though_its_cells_are_too_short_to_be_found_in_the_text() -> None:
    assert ["Gate 11", "Gate 12", "Gate 21", "Gate 22"] == kept(table("Gate"))


@pytest.mark.parametrize(("places", "stays"), [(("a", "b", "c"), False), (("a", "b"), True)])
def test_links_are_a_table_of_contents_if_the_page_has_their_places(places: tuple[str, ...], stays: bool) -> None:
    entries = "".join(f"<li><a href='/lock#{place}'>The gate {place}</a></li>" for place in "abc")
    texts = "".join(f"<p id='{place}'>{MIDDLE}</p>" for place in places)
    chosen = "The gate a\nThe gate b\nThe gate c"
    assert stays == ("The gate a" in kept(f"<ul>{entries}</ul>{texts}", chosen))


@pytest.mark.parametrize(("target", "stays"), [("#{}", False), ("https://a.example/{}", True)])
def test_a_table_of_contents_may_be_one_line(target: str, stays: bool) -> None:
    entries = "<br>".join(f"<a href='{target.format(place)}'>The gate {place}</a>" for place in "abc")
    texts = "".join(f"<p id='{place}'>{MIDDLE}</p>" for place in "abc")
    chosen = "The gate a The gate b The gate c"
    assert stays == any("The gate a" in line for line in kept(f"<a id=''></a><p>{entries}</p>{texts}", chosen))


def test_table_of_links_goes() -> None:
    assert [] == kept(table("<a href='/x'>Ferries</a>"))


def test_list_of_items_that_the_text_does_not_have_goes() -> None:
    assert [] == kept("<ul><li>Oak<li>Elm<li>Ash<li>Fir</ul>")


def test_block_outside_the_element_that_holds_nearly_all_of_the_text_goes() -> None:
    tree = opened(f"<body><div><p>{FIRST}</p><p>{LAST}</p></div><p>The end.</p></body>")
    assert tree is not None
    found = text_blocks(regular(tree))
    select(found, wording(f"{FIRST}\n{LAST}\nThe end."))
    assert [FIRST, LAST] == [block.text for block in found if block.stays]


@pytest.mark.parametrize(
    ("image", "stays"),
    [('src="/lock.jpg"', True), ('src="/ada.jpg" class="avatar"', False), ('src="/lock.jpg" width="80"', False)],
)
def test_picture_above_the_text_stays_with_its_caption_unless_it_is_small_or_a_portrait(
    image: str, stays: bool
) -> None:
    figure = f"<figure><img {image}><figcaption>The lock.</figcaption></figure>"
    tree = opened(f"<body><main><header>{figure}</header><article><p>{FIRST}</p><p>{LAST}</p></article></main></body>")
    assert tree is not None
    found = text_blocks(regular(tree))
    select(found, wording(f"{FIRST}\n{LAST}"))
    assert ([stays] * 2) + [True] * 2 == [block.stays for block in found]


def test_copy_of_the_article_elsewhere_on_the_page_goes() -> None:
    heading = "What the board of the harbour wants"
    body = f"<h2>{heading}</h2><p>{FIRST}</p><p>{LAST}</p>"
    tree = opened(f"<body><div class='narrow'>{body}</div><div class='wide'>{body}<p>The end of it.</p></div></body>")
    assert tree is not None
    found = text_blocks(regular(tree))
    select(found, wording(f"{heading}\n{FIRST}\n{LAST}\nThe end of it."))
    assert [heading, FIRST, LAST, "The end of it."] == [block.text for block in found if block.stays]


def test_summary_made_of_sentences_of_the_text_goes() -> None:
    first, second = "The lock is to be built in spring.", "Ferries will pass it at low tide."
    paragraphs = (f"{first} So the board has said.", f"{second} So the crews have asked.")
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    assert list(paragraphs) == kept(f"<p>{first} {second}</p>{body}", "\n".join(paragraphs))


def test_button_whose_words_are_the_end_of_a_line_goes() -> None:
    line = "Send this page to Harbour Post and Mail"
    assert [line] == kept(f"<ul><li>Harbour Post and Mail<li>Quay Talk</ul><p>{line}</p>", line)


def test_table_of_links_stays_though_the_text_has_its_words_only_in_a_line() -> None:
    rows = [("Velm Harbour Works Limited", "40"), ("Ravnsborg Lock and Quay Company", "30")]
    cells = "".join(f"<tr><td><a href='/x'>{name}</a></td><td>{number}</td></tr>" for name, number in rows)
    line = f"They are {rows[0][0]} and {rows[1][0]}"
    assert [line, *(cell for row in rows for cell in row)] == kept(f"<p>{line}</p><table>{cells}</table>", line)


def test_pictures_in_lists_outside_the_text_go() -> None:
    portraits = "<ul><li><img src='/ada.jpg'><li><img src='/geld.jpg'></ul>"
    tree = opened(
        f"<body><article><p>{FIRST}</p><p>{LAST}</p><p>Talk with us</p><div>{portraits}</div></article></body>"
    )
    assert tree is not None
    found = text_blocks(regular(tree))
    select(found, wording(f"{FIRST}\n{LAST}"))
    assert [FIRST, LAST] == [block.text for block in found if block.stays]


def test_line_that_the_page_repeats_below_each_part_stays() -> None:
    line = "The board thanks the town."
    assert [line, LAST + FIRST, line] == kept(
        f"<p>{line}</p><p>{LAST}{FIRST}</p><p>{line}</p>", f"{line}\n{LAST}{FIRST}"
    )


def test_lines_that_begin_like_one_of_the_text_go() -> None:
    towns = ("Velm on the river", "Ravnsborg by the sea", "Aldport at the lake")
    lines = [f"What a new roof costs in {town}" for town in towns]
    assert [lines[0]] == kept("".join(f"<p>{line}</p>" for line in lines), lines[0])


def test_list_around_the_whole_page_keeps_nothing_that_the_text_does_not_have() -> None:
    teaser = "Ferry crews of the northern islands threaten to strike over the timetable"
    tree = opened(f"<body><ul><div><p>{FIRST}</p><p>{LAST}</p></div><div><p>{teaser}</p></div></ul></body>")
    assert tree is not None
    found = text_blocks(regular(tree))
    select(found, wording(f"{FIRST}\n{LAST}"))
    assert [FIRST, LAST] == [block.text for block in found if block.stays]


def test_short_lines_of_a_script_without_spaces_are_found_in_the_text() -> None:
    quotation = "<blockquote><p>時計は約束です。</p></blockquote>"
    assert ["時計は約束です。"] == kept(quotation, "町の人々は、時計は約束です、と言った。時計は約束です。")


def test_introduction_above_a_list_that_is_nearly_all_of_the_text_stays() -> None:
    items = [f"{number}. {FIRST} {LAST}" for number in range(12)]
    listed = "".join(f"<p>{item}</p>" for item in items)
    furniture = (
        "<p>By posting a comment on this page, you agree that we read it, that we keep it, and that we show it.</p>"
    )
    tree = opened(f"<body><main><p>{FIRST}</p><h2>Locks</h2><div>{listed}</div>{furniture}</main></body>")
    assert tree is not None
    found = text_blocks(regular(tree))
    select(found, wording("\n".join(block.text for block in found)))
    assert [FIRST, *items] == [block.text for block in found if block.stays and block.tag.tag == "p"]


def test_heading_between_blocks_that_stay_is_kept_unless_it_is_refused() -> None:
    section = f"<h2>Read more: the old lock</h2><p>{MIDDLE}</p>"
    assert ["Read more: the old lock", MIDDLE] == kept(section, MIDDLE)
    assert [MIDDLE] == kept(section, MIDDLE, "Read more: the old lock")


def test_heading_is_kept_though_the_picture_below_it_is_not() -> None:
    section = f"<h2>The old lock</h2><p><img class='avatar' src='a.png'></p><p>{MIDDLE}</p>"
    assert ["The old lock", MIDDLE] == [text for text in kept(section, MIDDLE) if text]


@pytest.mark.parametrize(
    "layout",
    [
        table("Cell").replace("<table>", "<table role='presentation'>"),
        "<table><tr><td>1.</td><td>The lock</td><td>harbour.example</td></tr><tr><td>4 points</td><td>by Pia</td></tr></table>",
        "<table><tr><td>Five stars</td><td>12</td></tr><tr><td>Four stars</td><td>3</td></tr></table>" * 3,
    ],
    ids=["by its role", "rows of entries", "a widget for each of many things"],
)
def test_table_for_layout_is_no_data(layout: str) -> None:
    assert [] == kept(layout)


def test_table_with_cells_of_several_columns_is_data() -> None:
    wide, narrow = "<tr><td>The lock</td><td colspan=2>shut</td></tr>", "<tr><td>Gate</td><td>1</td><td>2</td></tr>"
    assert len(kept(f"<table>{wide}{narrow}{wide}{narrow}</table>")) > 0


@pytest.mark.parametrize("quotation", ["We had asked for larger gates since the spring of that year.", MIDDLE])
def test_quotation_stays_with_its_speaker_unless_it_repeats_the_text(quotation: str) -> None:
    quote = f"<figure><blockquote><p>{quotation}</p></blockquote><figcaption>Ada Holm</figcaption></figure>"
    expected = [MIDDLE] if quotation == MIDDLE else [MIDDLE, quotation, "Ada Holm"]
    assert expected == kept(f"<p>{MIDDLE}</p>{quote}", MIDDLE)


def test_refused_quotation_goes_with_its_speaker() -> None:
    quotation = "Join five thousand fishermen and read our letter each week."
    quote = f"<figure><blockquote><p>{quotation}</p></blockquote><figcaption>Ada Holm</figcaption></figure>"
    assert [] == kept(quote, refused=quotation)


@pytest.mark.parametrize("caption", ["The gates of the old lock as they stood before the storm.", "Getty Images"])
def test_refused_caption_stays_if_it_tells_of_the_picture_above(caption: str) -> None:
    figure = f"<figure><div><img src='/gates.jpg'></div><figcaption><div><p>{caption}</p></div></figcaption></figure>"
    assert ["", *([caption] if caption[0] == "T" else [])] == kept(figure, refused=caption)


def test_address_between_paragraphs_stays() -> None:
    address = "https://lock.example/plans"
    assert [address, MIDDLE] == kept(f"<p><a href='{address}'>{address}</a></p><p>{MIDDLE}</p>", MIDDLE)
    assert [MIDDLE] == kept(f"<p><a href='{address}'>See all of the plans</a></p><p>{MIDDLE}</p>", MIDDLE)
