"""What an article shows besides its text: frames, films, pictures with their captions, quotations, links of entries."""

from __future__ import annotations

import pytest

from glossator.stages.extract.html.choice.blocks.entry_links import keep_links
from glossator.stages.extract.html.choice.blocks.kept_blocks import select
from glossator.stages.extract.html.choice.blocks.text_blocks import text_blocks
from glossator.stages.extract.html.form.regular_tree import regular
from glossator.stages.extract.html.parse.parse_page import opened
from glossator.stages.extract.text_comparison import wording
from tests.extract.test_html import SENTENCES, article, page


@pytest.mark.parametrize(
    ("frame", "link"),
    [
        (
            "<iframe src='https://charts.example/a1' title='Ships by year'></iframe>",
            "[Ships by year](https://charts.example/a1)",
        ),
        (
            "<iframe src='about:blank' data-cookie-src='//www.maps.example/m'></iframe>",
            "[maps.example](https://www.maps.example/m)",
        ),
        ("<object data='/plans/lock.pdf'>The plans</object>", "[Object](/plans/lock.pdf)"),
        ("<embed src='https://books.example/e' width=600 height=400>", "[books.example](https://books.example/e)"),
        ("<div id='youtube2-abcdefghijk'></div>", "[youtube.com](https://www.youtube.com/watch?v=abcdefghijk)"),
    ],
)
def test_frame_is_a_link_to_what_it_shows(frame: str, link: str) -> None:
    assert f"\n\n{link}\n\n" in article(page(f"<div>{frame}</div>")).markdown


@pytest.mark.parametrize(
    "frame",
    [
        "<iframe src='https://a.example/x' width=1 height=1></iframe>",
        "<iframe src='https://a.example/x' style='width: 100%; height: 0px'></iframe>",
        "<iframe src='https://a.example/x' style='display:none'></iframe>",
        "<iframe src='https://a.example/x' width=300 height=250></iframe>",
        "<iframe src='/newsletter/form'></iframe>",
        "<iframe src='https://mywidget.example/x'></iframe>",
        "<iframe src='javascript:alert(1)'></iframe>",
        "<iframe src='data:text/html,x'></iframe>",
        "<iframe src='https://[broken'></iframe>",
        "<noscript><iframe src='https://a.example/ns.html?id=1'></iframe></noscript>",
    ],
)
def test_frame_that_counts_readers_or_advertises_or_asks_leaves_nothing(frame: str) -> None:
    assert article(page()).markdown == article(page(f"<div>{frame}</div>")).markdown


@pytest.mark.parametrize(
    ("player", "link"),
    [
        ("<iframe src='https://films.example/lock'></iframe>", "[films.example](https://films.example/lock)\n\n"),
        ("<audio src='/lock.mp3'></audio>", ""),
    ],
)
def test_film_above_the_text_stays_and_a_player_that_reads_it_aloud_goes(player: str, link: str) -> None:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    found = article(f"<html lang=en><title>A new lock</title><main><div>{player}</div>{paragraphs}</main>".encode())
    assert found.markdown.startswith(f"{link}{SENTENCES[0]}")


def test_captions_in_elements_of_their_own_stay_with_their_pictures() -> None:
    caption = "The gates of the old lock as they stood before the storm of that winter."
    figure = f"<figure><div><img src='/gates.jpg'></div><figcaption><div><p>{caption}</p></div></figcaption></figure>"
    assert f"![](/gates.jpg)\n\n*{caption}*" in article(page(figure)).markdown


def test_caption_that_is_hidden_from_screen_readers_alone_stays() -> None:
    caption = "The gates of the old lock as they stood before the storm."
    figure = f"<figure><img src='/gates.jpg'><figcaption><span aria-hidden=true>{caption}</span></figcaption></figure>"
    assert f"![](/gates.jpg)\n\n*{caption}*" in article(page(figure)).markdown


def test_picture_that_a_script_would_have_put_into_its_figure_is_there() -> None:
    figure = "<figure itemid='https://a.example/gates.jpg?w=900'><div></div><figcaption>The gates in May.</figcaption></figure>"
    assert "![](https://a.example/gates.jpg?w=900)\n\n*The gates in May.*" in article(page(figure)).markdown


def test_figure_with_a_caption_that_leads_to_another_page_stays_between_paragraphs() -> None:
    link = "<a href='/guide'>{}</a>"
    caption = f"<figcaption>{link.format('The gates in May')}</figcaption>"
    figure = f"<figure>{link.format('<img src=/gates.jpg>')}{caption}</figure><p>{SENTENCES[0]}</p>"
    assert "![](/gates.jpg)" in (markdown := article(page(figure)).markdown)
    assert "*The gates in May*" in markdown


def test_pictures_of_steps_stay_between_credits_and_advertisements() -> None:
    step = (
        "<p>Advertisement</p><div><img src='/{0}.jpg' width=400></div><p>(Photo: Ann)</p><p>{1} Step {0} is done.</p>"
    )
    markdown = article(page("".join(step.format(number, SENTENCES[number % 2]) for number in range(6)))).markdown
    assert [f"![](/{number}.jpg)" in markdown for number in range(6)] == [True] * 6
    assert "Advertisement" not in markdown


def test_words_of_two_elements_in_one_line_are_two_words() -> None:
    apart = "<p>{} The rows are <a href='/amount'>amount</a><span>integer</span> and <code>id</code><span>string</span>.</p>"
    within = "<p>{} The <span class='c1'>wa</span><span class='c2'>ter</span> is high.</p>"
    markdown = article(page(apart.format(SENTENCES[0]) + within.format(SENTENCES[1]))).markdown
    assert "[amount](/amount) integer and `id` string." in markdown
    assert "The water is high." in markdown


@pytest.mark.parametrize(
    ("listing", "fence"),
    [
        ("<div><p class='header'>js</p><pre class='brush: js'>turn();</pre></div>", "```js\nturn();\n```"),
        ("<figure><figcaption>JavaScript</figcaption><pre>turn();</pre></figure>", "```javascript\nturn();\n```"),
        (
            "<pre><div>javascript</div><code class='language-javascript'>turn();</code></pre>",
            "```javascript\nturn();\n```",
        ),
        ("<p>wheel.js</p><pre>turn();</pre>", "wheel.js\n\n```\nturn();\n```"),
        ("<div><h3>Python</h3></div><pre class='language-python'>turn()</pre>", "## Python\n\n```python\nturn()\n```"),
        ("<dl><dt>Go</dt><dd><pre class='language-go'>turn()</pre></dd></dl>", "**Go**\n\n```go\nturn()\n```"),
        ("<pre>go <code>build</code></pre>", "```\ngo build\n```"),
        ("<h3>Python</h3><pre class='language-python'>turn()</pre>", "## Python\n\n```python\nturn()\n```"),
    ],
    ids=[
        "above it",
        "its caption",
        "within it",
        "the name of a file",
        "a heading in a box",
        "a term",
        "a part of a command",
        "a heading",
    ],
)
def test_label_of_the_language_of_a_listing_goes_and_other_names_stay(listing: str, fence: str) -> None:
    markdown = article(page(f"{listing}<p>{SENTENCES[0]}</p>")).markdown
    assert f"\n\n{fence}\n\n" in markdown


def test_picture_that_the_page_shows_of_itself_stays_within_the_text() -> None:
    head = "<meta property='og:image' content='https://a.example/p/harbour-lock.jpg'>"
    share = "<p><a href='/share'>Share this page</a></p>"
    picture = f"{share}<div><img src='https://a.example/p/harbour-lock-700x400.jpg'></div>{share}"
    assert "harbour-lock-700x400.jpg" in article(page(picture, head)).markdown


def test_sign_of_the_site_that_leads_home_leads_no_article() -> None:
    head = "<meta property='og:image' content='https://a.example/skerry-logo.png'>"
    menu = "".join(f"<li><a href='/{number}'>Harbour {number}</a></li>" for number in range(12))
    sign = f"<div><a href='/'><img src='https://a.example/skerry-logo.png'></a></div><nav><ul>{menu}</ul></nav>"
    assert "skerry-logo" not in article(page("", head).replace(b"<body>", f"<body>{sign}".encode())).markdown


def test_picture_of_a_teaser_goes_with_its_headline() -> None:
    teaser = "<aside><a href='/n/2'><img src='/teaser.jpg'></a><h6><a href='/n/2'>How the ferry came to town</a></h6></aside>"
    markdown = article(page(teaser)).markdown
    assert ("teaser.jpg" in markdown, "ferry came" in markdown) == (False, False)


def test_picture_in_a_heading_is_no_heading() -> None:
    assert "\n\n![Gates](/gates.jpg)\n\n" in article(page("<h2><img src='/gates.jpg' alt='Gates'></h2>")).markdown


def test_pictures_that_a_cache_loads_late_are_there() -> None:
    assert (
        "![](https://c.example/a.jpg)"
        in article(page("<p><img nitro-lazy-src='https://c.example/a.jpg'></p>")).markdown
    )


TEXTS = (
    "A heavy plane of beech for the first cuts along a board, with a blade that takes an hour to grind.",
    "A light one for corners, which the joiners of the islands carry in a pocket of their aprons all day.",
    "A long one that makes two boards meet without a gap, and which nobody lends to a neighbour twice.",
)


def entries_that_stay(address: str) -> tuple[list[str], list[str]]:
    """The blocks that stay of entries with a button each, and where their headings lead."""
    entries = "".join(
        f"<div class=entry><h3>Plane {number}</h3><p>{text}</p><div><a class=button href='{address}{number}'>Visit website</a>"
        "</div></div>"
        for number, text in enumerate(TEXTS)
    )
    tree = opened(f"<body><main><h1>Planes</h1>{entries}</main></body>")
    assert tree is not None
    found = text_blocks(regular(tree))
    select(found, wording("\n".join(line for n, text in enumerate(TEXTS) for line in (f"Plane {n}", text))))
    keep_links(found, "https://lock.example/planes")
    links = [link.get("href", "") for block in found if block.tag.tag == "h3" for link in block.tag.iter("a")]
    return [block.text for block in found if block.stays], links


def test_heading_of_an_entry_leads_where_its_only_link_leads() -> None:
    staying, links = entries_that_stay("https://shop.example/planes/")
    assert [line for n, text in enumerate(TEXTS) for line in (f"Plane {n}", text)] == staying
    assert [f"https://shop.example/planes/{number}" for number in range(3)] == links


@pytest.mark.parametrize("address", ["/planes/", "https://www.lock.example/planes/", "javascript:open()"])
def test_button_that_leads_within_the_site_is_no_link_of_an_entry(address: str) -> None:
    assert [] == entries_that_stay(address)[1]


def test_head_and_last_row_of_a_table_stay() -> None:
    names = ("Marilyn", "Oskar", "Pia")
    rows = "".join(f"<tr><td>{text}</td><td>{names[number]}</td></tr>" for number, text in enumerate(TEXTS))
    tree = opened(f"<table><tr><th>Plane</th><th>Owner</th></tr>{rows}</table>")
    assert tree is not None
    found = text_blocks(regular(tree))
    select(found, wording("\n".join(TEXTS)))
    assert ["Plane", "Owner", "Pia"] == [block.text for block in (*found[:2], found[-1]) if block.stays]


def test_foot_of_a_table_that_repeats_its_head_goes() -> None:
    head = "<tr><th>Plane</th><th>Owner</th></tr>"
    rows = "".join(f"<tr><td>{kind}</td><td>Pia</td></tr>" for kind in ("Heavy", "Light"))
    table = f"<table><thead>{head}</thead><tfoot>{head}</tfoot><tbody>{rows}</tbody></table>"
    assert "| Plane | Owner |\n| --- | --- |\n| Heavy | Pia |\n| Light | Pia |\n" in article(page(table)).markdown


def test_row_of_data_stays_though_the_first_row_is_the_same() -> None:
    rows = "".join(f"<tr><td>{day}</td><td>open</td></tr>" for day in ("Monday", "Tuesday", "Monday"))
    table = f"<table>{rows}</table>"
    assert "| Monday | open |\n| --- | --- |\n| Tuesday | open |\n| Monday | open |\n" in article(page(table)).markdown


def test_table_with_one_row_of_thousands_of_cells_is_written_cell_by_cell() -> None:
    table = f"<table>{'<tr><td>Pia</td></tr>' * 400}<tr>{'<td>Heavy</td>' * 400}</tr></table>"
    written = article(page(table)).markdown
    assert ("\n\nPia\n\n" in written, "|" in written) == (True, False)


def test_column_of_a_table_in_which_nothing_stands_goes() -> None:
    row = "<tr><td><i class=icon></i></td><td>{}</td><td></td><td>{}</td></tr>"
    table = f"<table>{row.format('Plane', 'Owner')}{row.format('Heavy', '')}{row.format('Light', 'Pia')}</table>"
    assert "| Plane | Owner |\n| --- | --- |\n| Heavy |  |\n| Light | Pia |\n" in article(page(table)).markdown


@pytest.mark.parametrize("mark", ["white-space: pre-wrap", "white-space: pre"])
def test_text_in_the_letters_of_a_typewriter_is_no_listing(mark: str) -> None:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    assert "```" not in article(page(f"<div style='font-family: monospace; {mark}'>{paragraphs}</div>")).markdown


@pytest.mark.parametrize("attributes", ["role=heading aria-level=3", "class=article_subheadline"])
def test_heading_that_is_no_element_of_headings_is_one(attributes: str) -> None:
    body = f"<div {attributes}>Who pays for the gates</div><p>{' '.join(SENTENCES)}</p>"
    assert "\n\n## Who pays for the gates\n\n" in article(page(body)).markdown


def test_number_of_votes_is_no_heading() -> None:
    assert "# 36" not in article(page(f"<div class='fs-subheading'>36</div><p>{' '.join(SENTENCES)}</p>")).markdown


def test_description_is_the_first_paragraph_below_a_picture() -> None:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    found = article(f"<html lang=en><article><h1>A new lock</h1><p><img src='/lock.jpg'></p>{paragraphs}".encode())
    assert (found.description or "").startswith(SENTENCES[0][:20])
