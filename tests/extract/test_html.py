"""What a person finds in the Markdown of a saved page. A golden case is a page and its article: golden/x.html, golden/x.md."""

from __future__ import annotations

import json
import re
from pathlib import Path

import markdown
import pytest

from glossator.config import ExtractSettings, SiteRule
from glossator.model import Extracted
from glossator.stages.extract import READERS
from glossator.stages.extract.html import read
from glossator.stages.extract.html.explain_page import explain
from glossator.stages.extract.opened_file import Unreadable
from tests.extracted import whole

GOLDEN = Path(__file__).parent / "golden"
SENTENCES = (
    "The harbour board of the town met on Tuesday, and it spoke for hours about the new lock and what it would cost.",
    "Nobody on the quay expected the vote to be so close, least of all the fishermen, who had come in great numbers.",
    "In the end the chairman, who had kept silent until then, gave his own vote to the larger of the two plans.",
    "The work is to begin in spring, once the ice has gone, and it will take no less than three years to finish.",
)

CALL = "Sign up for our free newsletter, with all that is new on the quay, delivered every morning."

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def page(body: str = "", head: str = "", before: str = "") -> bytes:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[:3])
    article = f"<article><h1>A new lock</h1>{paragraphs}{body}<p>{SENTENCES[3]}</p></article>"
    return f"{before}<html lang='en'><head><title>A new lock</title>{head}</head><body>{article}</body></html>".encode()


def article(data: bytes) -> Extracted:
    return read(whole(data, "lock.html", "html"), ExtractSettings())


def rendered(text: str) -> str:
    return markdown.markdown(text, extensions=["tables", "fenced_code", "footnotes", "sane_lists"])


@pytest.mark.parametrize("source", sorted(GOLDEN.glob("*.html")), ids=lambda path: path.stem)
def test_page_becomes_the_markdown_beside_it(source: Path) -> None:
    assert source.with_suffix(".md").read_text("utf-8") == article(source.read_bytes()).markdown


def test_metadata_name_their_origins() -> None:
    found = article((GOLDEN / "news.html").read_bytes())
    assert found.title == "Harbour board votes for a second lock"
    assert found.authors == ("Ada Marsh",)
    assert found.published == "2024-03-05T09:30:00+00:00"
    assert found.source == "https://quay.example/news/lock"
    assert found.site == "The Quay Gazette"
    assert found.language == "en-GB"
    origins = dict(found.conversion.origins)
    assert origins["published"] == "json-ld"
    assert origins["authors"] == "json-ld"
    assert origins["source"] == "canonical link"
    assert origins["description"] == "first paragraph"


def test_comment_of_singlefile_gives_address_and_day_of_saving() -> None:
    comment = (
        "<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: https://quay.example/lock \n"
        " saved date: Tue Nov 14 2023 10:30:15 GMT+0100 (Mitteleuropäische Normalzeit)\n-->"
    )
    found = article(page(before=comment))
    assert found.source == "https://quay.example/lock"
    assert found.saved == "2023-11-14T10:30:15+01:00"
    assert found.published is None
    assert found.conversion.format == "singlefile"


def test_comment_of_a_browser_gives_the_address() -> None:
    found = article(page(before="<!-- saved from url=(0025)https://quay.example/lock -->"))
    assert found.source == "https://quay.example/lock"
    assert found.conversion.format == "browser save"


def test_escaped_markup_stays_text() -> None:
    attack = "The page showed <img src=x onerror=alert(1)> and [a link](javascript:alert(1)) to everyone who came by."
    found = article(page(f"<p>{attack.replace('<', '&lt;').replace('>', '&gt;')}</p>"))
    html = rendered(found.markdown)
    assert "<img" not in html
    assert "<a " not in html
    assert "&lt;img src=x onerror=alert(1)&gt; and [a link](javascript:alert(1))" in html


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " java\nscript:alert(1)", "data:text/html,x", "file:///etc/passwd"]
)
def test_links_of_other_schemes_are_dropped_and_their_text_kept(address: str) -> None:
    found = article(
        page(f'<p>Who would like to know more about it may <a href="{address}">read the plan</a> in the town hall.</p>')
    )
    assert "may read the plan in the town hall" in found.markdown


def test_pictures_within_the_page_are_dropped() -> None:
    found = article(page('<figure><img src="data:image/png;base64,AAAA" alt="x"></figure>'))
    assert "data:" not in found.markdown


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        *(("windows-1251", "windows-1251"), ("x-cp1251", "windows-1251"), ("utf-8", "utf-8")),
        *(("iso-8859-1", "windows-1252"), ("l1", "windows-1252"), ("latin-1", "windows-1252")),
        *(("iso88591", "windows-1252"), ("euc-kr", "cp949"), ("sjis", "cp932")),
        *(("shift_jis", "cp932"), ("windows-31j", "cp932"), ("windows-949", "cp949"), ("x-gbk", "gb18030")),
    ],
)
def test_declared_charset_is_followed(declared: str, encoding: str) -> None:
    words = {"cp932": "①港の新しい", "cp949": "똠항구의 새로운", "gb18030": "港口的新", "windows-1252": "“Müller”"}
    word = words.get(encoding, "Гавань")
    text = page(f"<p>{word} {SENTENCES[0]}</p>", f'<meta charset="{declared}">').decode()
    assert word in article(text.encode(encoding)).markdown


@pytest.mark.parametrize("declared", ["hex", "base64", "undefined", "idna", "x\0y"])
def test_what_is_declared_and_is_no_encoding_of_texts_is_not_followed(declared: str) -> None:
    for data in (page(head=f'<meta charset="{declared}">'), page("<p>Müller</p>", f'<meta charset="{declared}">')):
        assert SENTENCES[3] in article(data.decode().encode("windows-1252")).markdown


@pytest.mark.parametrize("odd", ["\ufffe", "&#xFFFE;", "&#1;", "&#x1b;", "&#12", "\x1b", '<b {"name":"a"}>x</b>'])
@pytest.mark.parametrize("form", ["html", "document", "markdown"])
def test_characters_and_attributes_that_no_document_may_have_break_nothing(form: str, odd: str) -> None:
    body = page(f"<div>{odd}loose<pre><code>a{odd}b</code></pre><p>end{odd}</p></div>")
    found = READERS[form](whole(body, "lock", form), ExtractSettings())
    assert SENTENCES[3] in found.markdown


@pytest.mark.parametrize("odd", ["x", "²", "-1", "9" * 5000, ""])
def test_number_of_an_attribute_that_is_none_breaks_nothing(odd: str) -> None:
    lists = f'<ol class="n" start="{odd}"><li>A first thing</li></ol><ol class="n" start="2"><li>A second</li></ol>'
    table = f'<table><tr><th colspan="{odd}">Name</th></tr><tr><td rowspan="{odd}">A pier</td></tr></table>'
    text = article(
        page(f'{lists}{table}<p><img src="pier.jpg" width="{odd}" height="{odd}" alt="A pier"></p>')
    ).markdown
    assert "1.  A first thing\n2.  A second" in text
    assert "A pier" in text


def test_list_of_each_level_stands_in_the_item_above_it() -> None:
    levels = "".join(f'<ul class="lst-kix_a-{level}"><li>Level {level}</li></ul>' for level in (0, 1, 2, 1))
    assert "-   Level 0\n    -   Level 1\n        -   Level 2\n    -   Level 1" in article(page(levels)).markdown


def test_callout_keeps_text_that_no_paragraph_holds_and_a_title_alone() -> None:
    cell = '<table><tr><td class="icon"><div class="title">Tip</div></td><td class="content">Mind the tide.</td></tr></table>'
    alone = '<div class="callout note"><p class="title">The gate closes at six in the evening</p></div>'
    text = article(
        page(f'<div class="admonitionblock tip">{cell}</div><p>The pier is long.</p>{alone}<p>So is the wall.</p>')
    )
    assert "> Mind the tide." in text.markdown
    assert "The gate closes at six in the evening" in text.markdown


def test_byte_order_mark_goes_before_the_declared_charset() -> None:
    data = page(f"<p>Müller. {SENTENCES[0]}</p>", '<meta charset="iso-8859-1">').decode().encode("utf-8-sig")
    assert "Müller." in article(data).markdown


def test_page_that_was_encoded_twice_is_read_as_it_was() -> None:
    data = page(f"<p>\u201cM\u00fcller\u2019s lock\u201d. {SENTENCES[0]}</p>")
    twice = data.decode("iso-8859-1").encode()
    assert article(data).markdown == article(twice).markdown


def test_accents_are_joined_with_their_letters() -> None:
    picture = '<img src="https://example.org/Ka\u0308se.jpg" alt="Ka\u0308se" width="900" height="600">'
    found = article(
        page(f"<p>Der Ka\u0308se von Gru\u0308nsee. {SENTENCES[0]}</p>{picture}<p>{SENTENCES[1]}</p>")
    ).markdown
    assert "Der K\u00e4se von Gr\u00fcnsee." in found
    assert "![K\u00e4se]" in found
    assert "Ka%CC%88se.jpg" in found or "Ka\u0308se.jpg" in found, "an address names a file by its own letters"


def test_a_cell_of_signs_alone_stays_in_its_column() -> None:
    rows = "".join(f"<tr><td>The {name} lock</td><td>$$</td><td>{name} boats</td></tr>" for name in ("upper", "lower"))
    table = f"<table><tr><th>Lock</th><th>Price</th><th>Boats</th></tr>{rows}</table>"
    assert r"| The upper lock | \$\$ | upper boats |" in article(page(table)).markdown


@pytest.mark.parametrize("address", ["", "https://example.org/lock"])
@pytest.mark.parametrize("label", ["<h2>In this guide</h2>", "<p>Jump to</p>"])
def test_a_table_of_contents_goes_with_its_label(address: str, label: str) -> None:
    entries = "".join(f'<li><a href="{address}#part-{number}">Part {number}</a></li>' for number in range(3))
    parts = "".join(f'<h2 id="part-{number}">Part {number}</h2><p>{SENTENCES[number]}</p>' for number in range(3))
    found = article(page(f"<p>{SENTENCES[3]}</p><div>{label}<ul>{entries}</ul></div>{parts}")).markdown
    assert not any(word in found for word in ("guide", "Jump", "]("))
    assert [f"## Part {number}" for number in range(3)] == re.findall(r"^## .*", found, re.MULTILINE)


def test_page_without_text_is_refused_with_a_sentence() -> None:
    with pytest.raises(Unreadable, match="holds no article text"):
        article(b"<html>" + b"0" * 5000)
    with pytest.raises(Unreadable, match="holds no article text"):
        article(b"<html><head><title>Loading</title></head><body><script>load()</script></body></html>")


def test_deep_nesting_is_read_or_refused() -> None:
    deep = "<div>" * 5000 + SENTENCES[0] + "</div>" * 5000
    try:
        article(page(deep))
    except Unreadable as error:
        assert "deep" in error.message  # noqa: PT017 -- either outcome is right, another error is not


def test_body_has_no_heading_of_level_one_and_no_raw_markup() -> None:
    found = article(
        page("<h4>Later</h4><p>Some <u>underlined</u> words were spoken to the crowd before it went home.</p>")
    )
    assert re.findall(r"^#+ .*", found.markdown, re.MULTILINE) == ["## Later"]
    assert "<" not in found.markdown


def test_footnotes_become_definitions_without_their_links_back() -> None:
    mark = "<p>The lock is the third on this river.<sup id='r1'><a href='#n1'>1</a></sup> Two of them are closed.</p>"
    note = "<ol><li id='n1'>So says the chronicle of the town. <a href='#r1'>\u21a9</a></li></ol>"
    found = article(page(mark + f"<p>{SENTENCES[0]}</p>" + note))
    assert "on this river.[^1] Two of them" in found.markdown
    assert found.markdown.endswith("\n\n[^1]: So says the chronicle of the town.\n")


def test_a_description_from_the_first_paragraph_has_no_numbers_of_notes() -> None:
    mark = "<p>The lock is the third on this river.<sup id='r1'><a href='#n1'>1</a></sup> Two of them are closed.</p>"
    note = "<ol><li id='n1'>So says the chronicle of the town. <a href='#r1'>\u21a9</a></li></ol>"
    body = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    found = article(f"<html><body><article><h1>A new lock</h1>{mark}{body}{note}</article></body></html>".encode())
    assert "The lock is the third on this river. Two of them are closed." == found.description


@pytest.mark.parametrize(
    "line", ["Boats of the week", "Read on below the chart of the quay", "Hi, all!", "By:", "12 votes"]
)
def test_summary_is_a_sentence_and_no_line_left_over_above_the_text(line: str) -> None:
    found = article(page().replace(b"<p>", f"<p>{line}</p><p>".encode(), 1))
    assert found.markdown.startswith(line[:2])
    assert SENTENCES[0] == found.description


def test_raised_numbers_without_links_lead_to_the_notes_below() -> None:
    body = f"<p>The lock is the third.<sup>1</sup> {SENTENCES[0]}</p><p><sup>1</sup> So says the chronicle.</p>"
    assert article(page(body)).markdown.endswith("\n\n[^1]: So says the chronicle.\n")


def test_notes_that_are_longer_than_the_article_do_not_stand_in_for_it() -> None:
    item = "The lock is number {0} of all that were built on this river.<sup>{0}</sup>"
    items = "".join(f"<li>{item.format(number)}</li>" for number in (1, 2, 3))
    notes = "".join(f"<p><sup>{number}</sup> {SENTENCES[number]} {SENTENCES[0]}</p><p></p>" for number in (1, 2, 3))
    text = f"<article><p>So much for the locks of this river.</p><ul>{items}</ul></article>"
    body = f"{text}<div><div class='notes'><h4>Footnotes</h4>{notes}</div></div>"
    markdown = article(f"<html><title>Lock</title><body>{body}</body></html>".encode()).markdown
    assert markdown.startswith("So much for the locks of this river.\n\n-   The lock is number 1 of all")
    assert "on this river.[^3]\n\n[^1]: Nobody on the quay" in markdown


def test_article_that_only_the_structured_data_hold_is_their_text() -> None:
    stated = {"@type": "Article", "headline": "A new lock", "articleBody": "\n".join(SENTENCES[:2])}
    data = f"<script type='application/ld+json'>{json.dumps(stated)}</script>"
    markdown = article(f"<html><head>{data}</head><body><p>Loading.</p></body></html>".encode()).markdown
    assert "\n\n".join(SENTENCES[:2]) == markdown.strip()


def test_standfirst_is_not_repeated_above_the_text() -> None:
    standfirst = "The harbour board votes for the larger of two plans, and nobody on the quay is glad of it."
    above = f'</h1><p class="standfirst">{standfirst}</p>'
    data = page(head=f'<meta name="description" content="{standfirst}">').replace(b"</h1>", above.encode())
    assert article(data).markdown.startswith(SENTENCES[0])


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("<div class='story-intro'>", ("</p>", "</p></div>")),
        ("<div class='text-with-summary'>", ("</article>", "</div>")),
    ],
)
def test_first_paragraph_of_the_text_stays_though_the_description_repeats_it(start: str, end: tuple[str, str]) -> None:
    head = f'<meta name="description" content="{SENTENCES[0]}">'
    data = page(head=head).decode().replace("</h1>", f"</h1>{start}").replace(*end, 1).encode()
    assert article(data).markdown.startswith(SENTENCES[0])


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ("visually-hidden", False),
        ("u-visuallyHidden", False),
        ("h-offscreen", False),
        ("label screen-reader-only", False),
        ("not-sr-only", True),
        ("not-visually-hidden", True),
        ("screenshot", True),
    ],
)
def test_words_for_screen_readers_alone_are_not_in_the_text(names: str, shown: bool) -> None:
    figure = f"<figure><img src='/lock.jpg'><figcaption><span class='{names}'>Image of:</span> The lock.</figcaption></figure>"
    assert shown == ("Image of:" in article(page(figure)).markdown)


@pytest.mark.parametrize("topic", ["tag-screen-reader", "category-off-screen", "tag-visually-hidden"])
def test_article_with_a_topic_called_like_hidden_words_is_read(topic: str) -> None:
    beside = "".join(
        f"<p>Another story of the site, number {number}, tells of many other things.</p>" for number in range(30)
    )
    told = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    data = f"<html><body><article class='post {topic}'><h1>The lock</h1>{told}</article><aside>{beside}</aside></body></html>"
    assert SENTENCES[0] in article(data.encode()).markdown


def test_page_whose_whole_body_is_a_form_has_an_article() -> None:
    data = page().decode().replace("<body>", "<body><form>").replace("</body>", "</form></body>").encode()
    assert SENTENCES[3] in article(data).markdown


def test_links_within_the_page_lead_to_the_place_in_the_original() -> None:
    head = '<link rel="canonical" href="https://quay.example/lock">'
    found = article(
        page(f"<p>{SENTENCES[1]} See <a href='#plans'>the plans</a> and <a href='/map'>the map</a>.</p>", head)
    )
    assert "[the plans](https://quay.example/lock#plans) and [the map](https://quay.example/map)" in found.markdown


def test_deep_nesting_is_flattened_and_what_follows_it_is_read() -> None:
    deep = "<div>" * 5000 + f"<p>{SENTENCES[0]}</p>" + "</div>" * 5000
    markdown = article(page(f"{deep}<h2>After it</h2><p>{SENTENCES[1]}</p>")).markdown
    assert f"## After it\n\n{SENTENCES[1]}" in markdown


def test_page_of_too_many_elements_is_refused_with_a_sentence() -> None:
    with pytest.raises(Unreadable, match="more than 60,000 elements"):
        article(page("<a href=/x>x</a>" * 70_000))


@pytest.mark.parametrize("tag", ["article", "main", "section", "reader-view"])
def test_page_without_the_tags_of_its_body_is_read(tag: str) -> None:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    found = article(f"<!doctype html><html lang=en><title>A new lock</title><{tag}>{paragraphs}</{tag}>".encode())
    assert ("A new lock", "\n\n".join(SENTENCES)) == (found.title, found.markdown.strip())


def test_pictures_within_the_page_come_with_the_article() -> None:
    found = article(
        page(f'<figure><img src="data:image/png;base64,{PNG}" alt="Lock"><figcaption>The lock.</figcaption></figure>')
    )
    assert [found.pictures[0].name] == re.findall(r"!\[Lock\]\(images/(.*)\)\n\n\*The lock\.\*", found.markdown)


def test_player_becomes_a_link_to_what_it_plays() -> None:
    found = article(page('<iframe src="https://www.youtube.com/embed/abcdefghijk?rel=0"></iframe>'))
    assert "[youtube.com](https://www.youtube.com/watch?v=abcdefghijk)" in found.markdown


def test_side_notes_and_bold_numbers_are_footnotes() -> None:
    side = '<label for="s" class="sidenote-number"></label><input id="s"><span class="sidenote">So says the chronicle.</span>'
    found = article(page(f"<p>The lock is the third.{side} {SENTENCES[0]}</p>"))
    assert "third.[^1] The" in found.markdown
    assert found.markdown.endswith("[^1]: So says the chronicle.\n")
    bold = f"<p>The lock is the third.<sup>1</sup> {SENTENCES[0]}</p><hr><p><b>1</b> So says the chronicle.</p>"
    assert article(page(bold)).markdown.endswith("[^1]: So says the chronicle.\n")


def test_formula_is_its_tex_and_power_is_raised() -> None:
    tex = '<math alttext="a_1 \\le b"><mi>a</mi></math>'
    markdown = article(
        page(f"<p>Then {tex} holds for 10<sup>3</sup> m<sup>2</sup> of the harbour and all of its water.</p>")
    ).markdown
    assert "Then $a_1 \\le b$ holds for 10³ m² of" in markdown


def test_table_keeps_short_cells_and_fills_spans() -> None:
    rows = "<tr><th>Year</th><th>Ships and their cargo that day</th></tr><tr><td>1900</td><td>7 of them with coal and iron</td></tr>"
    markdown = article(
        page(f"<table>{rows}<tr><td colspan=2>None came in the following year at all</td></tr></table>")
    ).markdown
    assert "| Year | Ships and their cargo that day |\n| --- | --- |\n| 1900 | 7 of" in markdown
    assert "| None came in the following year at all |  |" in markdown


def test_small_sign_alone_in_a_cell_stays_and_one_beside_text_goes() -> None:
    sign = '<img src="https://quay.example/yes.png" alt="yes" width="16" height="16">'
    head = "<tr><th>Which of the gates</th><th>Is it open on Sundays</th></tr>"
    rows = (
        f"<tr><td>The upper gate of the lock</td><td>{sign}</td></tr><tr><td>The lower gate</td><td>{sign} No</td></tr>"
    )
    markdown = article(page(f"<table>{head}{rows}</table>")).markdown
    assert "| The upper gate of the lock | ![yes](https://quay.example/yes.png) |" in markdown
    assert "| The lower gate | No |" in markdown


RULES = ExtractSettings(rules=(SiteRule("quay.example", keep=(".story",), drop=(".advert",)),))
RULED = page(
    f"<div class=story><p>Short.</p><p class=advert>{SENTENCES[1]} Buy now.</p></div>",
    '<link rel="canonical" href="https://www.quay.example/lock">',
)


def test_rule_for_a_site_says_what_is_kept_and_dropped() -> None:
    assert "Short.\n" == read(whole(RULED, "lock.html", "html"), RULES).markdown


def test_explanation_says_what_became_of_each_block() -> None:
    found = explain(whole(RULED, "lock.html", "html"), RULES)
    assert (True, "a rule for the site keeps it", "Short.") in found.blocks
    assert (False, "no rule for the site keeps it", SENTENCES[0][:80]) in found.blocks
    assert "The rule for quay.example drops .advert and keeps .story." in found.notes


@pytest.mark.parametrize(
    ("body", "text", "kept", "reason"),
    [
        ("", SENTENCES[0], True, "both our scorer and the extractor take it"),
        (
            "<footer><p><a href='/imprint'>Imprint</a></p></footer>",
            "Imprint",
            False,
            "neither our scorer nor the extractor takes it",
        ),
        ("", "A new lock", False, "only the extractor takes it: "),
        ("<div class='comments'><p>Well said, friend.</p></div>", "Well said, friend.", False, "only our scorer takes"),
        (f"<p>{CALL}</p>", CALL, False, "both take it, but it is a label or a call"),
        (
            '<a href="/x"><p><img src="/lock.jpg"></p><h3>Ferry strikes a pier</h3></a>',
            "(picture)",
            False,
            "not among what stays, or it leads",
        ),
    ],
)
def test_explanation_says_who_took_a_block_and_how_it_was_settled(
    body: str, text: str, kept: bool, reason: str
) -> None:
    blocks = explain(whole(page(body), "lock.html", "html"), ExtractSettings()).blocks
    [(stays, why)] = [(stays, why) for stays, why, beginning in blocks if beginning == text[:80]]
    assert (kept, reason) == (stays, why[: len(reason)])


@pytest.mark.parametrize(
    "alt",
    ["image", "Image 1 of 4", "IMG_20240501", "The lock.jpg", "harbour-lock", "Quay Gazette", "Ada Marsh", "Logo"],
)
def test_alternative_text_that_says_nothing_counts_as_none(alt: str) -> None:
    image = f'<p><img src="https://quay.example/harbour-lock.jpg" alt="{alt}" width="640"></p>'
    head = '<meta property="og:site_name" content="Quay Gazette"><meta name="author" content="Ada Marsh">'
    found = article(page(image, head))
    assert "![](https://quay.example/harbour-lock.jpg)" in found.markdown


def test_the_dot_that_stands_for_a_picture_until_a_script_loads_it_is_none() -> None:
    dot = f'<p><img class="photo lazyload" src="data:image/png;base64,{PNG}" alt="The lock"></p>'
    assert "images/" not in article(page(dot)).markdown
    assert "images/" in article(page(dot.replace("lazyload", "wide"))).markdown


@pytest.mark.parametrize("alt", ["The lock at dusk", "Lock", "5 of 5", "Photograph: Ada Marsh"])
def test_alternative_text_that_describes_the_picture_stays(alt: str) -> None:
    found = article(page(f'<p><img src="https://quay.example/harbour-lock.jpg" alt="{alt}" width="640"></p>'))
    assert f"![{alt}](" in found.markdown


PICTURE = '<img src="/lock.jpg" alt="The lock" width="640" height="400">'


def test_picture_behind_the_last_block_stays_and_one_that_leads_elsewhere_goes() -> None:
    tail = f'<p>{PICTURE}</p><p><a href="/other"><img src="/other.jpg" width="640" height="400"></a></p>'
    markdown = article(page().replace(b"</article>", f"{tail}</article>".encode())).markdown
    assert markdown.endswith(("![The lock](/lock.jpg)\n", "![The lock](saved:/lock.jpg)\n"))


def test_coarse_preview_gives_way_to_the_picture_for_readers_without_scripts() -> None:
    name = "1-CANkRNzy8uLock.png"
    preview = f'<div><img src="https://quay.example/max/60/{name}?q=20"></div><img alt="waits">'
    shown = f'<noscript><img src="https://quay.example/max/2288/{name}"></noscript>'
    markdown = article(page(f"<figure>{preview}{shown}</figure>")).markdown
    assert f"![](https://quay.example/max/2288/{name})" in markdown
    assert "/60/" not in markdown


def test_caption_below_a_picture_stays() -> None:
    captioned = f'<div class="wp-caption aligned">{PICTURE}<p>Empty.</p></div>'
    assert "\n*Empty.*\n" in article(page(captioned)).markdown


@pytest.mark.parametrize(
    ("name", "stays"), [("lock-1200x800.jpg", True), ("lock-90x60.jpg", False), ("lock.jpg?w=90", False)]
)
def test_size_of_a_picture_behind_the_text_is_read_from_its_address(name: str, stays: bool) -> None:
    tail = f'<p><img src="/{name}" alt="The lock"></p></article>'
    assert stays == ("The lock" in article(page().replace(b"</article>", tail.encode())).markdown)


def test_teaser_within_a_link_leaves_neither_headline_nor_picture() -> None:
    teaser = f'<a href="/other"><div>{PICTURE}</div><h3>Ferry strikes a pier</h3></a>'
    markdown = article(page(f"<div class=box>{teaser}</div>")).markdown
    assert "Ferry" not in markdown
    assert "The lock" not in markdown


@pytest.mark.parametrize(
    ("image", "address"),
    [
        ('<img src="/img/placeholder.gif" data-image="/lock">', "/lock"),
        ('<img src="/small.jpg" data-src="/lock.jpg">', "/lock.jpg"),
        ('<img src="/lock.jpg" data-src="waits">', "/lock.jpg"),
        ('<picture><source srcset="/lock.webp 2x, /small.webp 1x"><img src="data:,x"></picture>', "/lock.webp"),
    ],
)
def test_address_of_a_picture_is_the_one_that_scripts_would_have_shown(image: str, address: str) -> None:
    head = '<link rel="canonical" href="https://quay.example/a">'
    assert f"![](https://quay.example{address})" in article(page(f"<p>{image}</p>", head)).markdown


def test_picture_that_singlefile_keeps_in_a_style_comes_with_the_article() -> None:
    style = f"<style>:root{{--sf-img-7: url('data:image/png;base64,{PNG}')}}</style>"
    image = '<p><img alt="The lock" src="data:image/svg+xml,x" style="background-image: var(--sf-img-7)"></p>'
    assert 1 == len(article(page(image, style)).pictures)


def test_note_below_a_heading_that_is_its_number_is_a_footnote() -> None:
    mark = f"<p>The lock is the third.<a href='#note1'>[1]</a> {SENTENCES[0]}</p>"
    markdown = article(page(f"{mark}<h4 id='note1'>1</h4><p>So says the chronicle.</p>")).markdown
    assert markdown.endswith("\n\n[^1]: So says the chronicle.\n")


def test_listing_is_without_the_column_that_numbers_its_lines() -> None:
    numbers = "<td><pre>1\n2\n3</pre></td>"
    listing = '<td><pre><code class="language-python">import lock\n\nlock.<b>open</b>()</code></pre></td>'
    markdown = article(page(f"<table><tr>{numbers}{listing}</tr></table>")).markdown
    assert "```python\nimport lock\n\nlock.open()\n```" in markdown
    assert "2" not in markdown


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("language-python", "python"),
        ("lang-c++", "c++"),
        ("brush: jsx", "jsx"),
        ("language-dataviewjs", ""),
        ("language-js-engine", ""),
        ("language-DataviewJS", ""),
        ("highlight-dataview", ""),
        ("lang-templater", ""),
        ("language-query", ""),
        ("language-meta-bind-js", ""),
        ("language-plaintext", ""),
    ],
)
def test_only_a_language_that_a_highlighter_knows_stays_behind_a_fence(stated: str, kept: str) -> None:
    listing = f'<pre><code class="{stated}">app.vault.delete(1)</code></pre>'
    assert f"```{kept}\napp.vault.delete(1)\n```" in article(page(f"<p>{SENTENCES[0]}</p>{listing}")).markdown


@pytest.mark.parametrize("label", ["{} Buy the rope", "<label>{}Buy the rope</label>", "<p>{} Buy the rope</p>"])
def test_list_of_tasks_says_which_are_done(label: str) -> None:
    boxes = ("<input type='checkbox' checked disabled>", "<input type='checkbox'>")
    markdown = article(page(f"<ul>{''.join(f'<li>{label.format(box)}</li>' for box in boxes)}</ul>")).markdown
    assert "-   [x] Buy the rope\n-   [ ] Buy the rope\n" in markdown


def test_cell_that_spans_rows_keeps_the_cells_below_in_their_columns() -> None:
    rows = (
        "<tr><th rowspan=2>Lock</th><th colspan=2>Depth</th></tr><tr><th>spring</th><th>autumn</th></tr>"
        "<tr><td>North</td><td>3</td><td>2</td></tr>"
    )
    expected = "| Lock | Depth |  |\n| --- | --- | --- |\n|  | spring | autumn |\n| North | 3 | 2 |\n"
    assert expected in article(page(f"<table>{rows}</table>")).markdown


def test_formulas_that_a_script_would_have_set_are_kept() -> None:
    formulas = r"<p>Its area is \(x_1 * y_2\) in all.</p><div>\[E = mc^2\]</div>"
    script = "<script src='https://courier.example/mathjax/tex.js'></script>"
    named = r"<p>Its area is <span class='math inline'>\(a_b\)</span> in all.</p><p>It costs \(too much\) now.</p>"
    markdown = article(page(formulas + script)).markdown
    assert "\nIts area is $x_1 * y_2$ in all.\n\n$$E = mc^2$$\n" in markdown
    assert "\nIts area is $a_b$ in all.\n\nIt costs \\\\(too much\\\\) now.\n" in article(page(named)).markdown


def test_single_dollar_signs_delimit_formulas_only_of_pages_that_set_so() -> None:
    text = "<p>The area $x_1 * y_2$ is what 5$ buy, or more than 7$, of the old harbour and of its water.</p>"
    script = "<script src='https://courier.example/mathjax/tex.js'></script>"
    setting = "<script>MathJax = {tex: {inlineMath: [['$', '$']]}}</script>"
    assert (
        "The area $x_1 * y_2$ is what 5\\$ buy, or more than 7\\$, of"
        in article(page(text + script + setting)).markdown
    )
    used = article(page(f"{text}<p>So $\\alpha$ is $n$ of it.</p>{script}")).markdown
    assert "The area $x_1 * y_2$ is what" in used
    assert "So $\\alpha$ is $n$ of it." in used
    for without in (text, text + script):
        assert "The area $x_1 * y_2\\$ is what 5\\$ buy" in article(page(without)).markdown


def test_formula_without_its_tex_is_that_which_its_mathml_means() -> None:
    formula = "<math><msub><mi>a</mi><mn>1</mn></msub><mo>≤</mo><mfrac><mi>b</mi><mn>2</mn></mfrac></math>"
    picture = "<img class='latex' src='https://courier.example/pi.png' alt='\\pi r^2'>"
    drawn = "<span data-math='\\forall x'><span>∀</span><span>x</span></span>"
    markdown = article(
        page(f"<p>Then {formula} holds, and {picture}, and {drawn} for all of the harbour.</p>")
    ).markdown
    assert "Then $a_{1} \\leq \\frac{b}{2}$ holds, and $\\pi r^2$, and $\\forall x$ for" in markdown


def test_sign_that_leads_to_the_heading_around_it_goes() -> None:
    headings = "<h2><a href='#x'>#</a> What it costs</h2><p>More than it did.</p><h3>When<a href='#y'>¶</a></h3>"
    markdown = article(page(f"{headings}<p>In the spring of the year.</p>")).markdown
    assert "\n## What it costs\n\nMore than it did.\n\n### When\n" in markdown


def test_heading_that_leads_back_to_the_table_of_contents_is_no_link() -> None:
    heading = "<h2 id='cost'><a class='toc-backref' href='#id4'>What it costs</a></h2>"
    assert "\n## What it costs\n" in article(page(f"<p>{SENTENCES[0]}</p>{heading}<p>{SENTENCES[1]}</p>")).markdown


def test_listing_within_a_listing_is_read() -> None:
    inner = '<table><tr><td class="gutter"><pre class="lineno">1\n2</pre></td><td><pre>close()\nopen()</pre></td></tr></table>'
    assert "```\nclose()\nopen()\n```" in article(page(f"<pre><code>{inner}</code></pre>")).markdown


def test_empty_cell_of_a_head_keeps_the_others_above_their_columns() -> None:
    table = "<table><tr><th></th><th>Day</th></tr><tr><th>0</th><td>1 May</td></tr></table>"
    assert "|  | Day |\n| --- | --- |\n| 0 | 1 May |" in article(page(table)).markdown


def test_text_that_only_a_style_stresses_is_stressed() -> None:
    styled = '<p>Ask <span style="font-weight:700">now</span>, not <span style="font-style: italic">later</span>.</p>'
    assert "Ask **now**, not *later*." in article(page(styled)).markdown


def test_sign_in_a_heading_within_a_heading_goes() -> None:
    heading = '<h2>Gates <div><h3 id="g">North <a href="#g">#</a></h3></div></h2>'
    assert "North" in article(page(heading)).markdown


@pytest.mark.parametrize(("suffix", "kind"), [("html", "html"), ("txt", "text"), ("md", "markdown")])
def test_file_without_a_title_is_called_after_its_name(suffix: str, kind: str) -> None:
    body = "the harbour was quiet, and nobody came to see the boats that lay in it all winter long. " * 6
    content = f"<html><body><p>{body}</p></body></html>" if suffix == "html" else body
    found = READERS[kind](whole(content.encode(), f"copies/old-town_notes.{suffix}", kind), ExtractSettings())
    assert "old town notes" == found.title


@pytest.mark.parametrize(
    "heading", ["<h3><button>Who pays for the lock?</button></h3>", "<button><h3>Who pays for the lock?</h3></button>"]
)
def test_question_that_opens_its_answer_is_a_heading(heading: str) -> None:
    answer = f"<div><p>{SENTENCES[0].replace('Tuesday', 'Friday')}</p></div>"
    assert "## Who pays for the lock?\n" in article(page(heading + answer)).markdown
    copied = "<h3>Who pays for the lock? <button>Copy link</button></h3>"
    assert "Copy link" not in article(page(copied + answer)).markdown
    icon = "<h3><button><svg></svg></button><button>Who pays for the lock?</button></h3>"
    assert "## Who pays for the lock?\n" in article(page(icon + answer)).markdown


def test_button_that_asks_a_question_is_text() -> None:
    answer = f"<div><p>{SENTENCES[0].replace('Tuesday', 'Friday')}</p></div>"
    asked = "".join(f"<div><button>Who pays for {what} on the quay?</button>{answer}</div>" for what in ("it", "work"))
    assert "Who pays for it on the quay?" in article(page(asked)).markdown
    assert "Who pays?" not in article(page(f"<button>Who pays?</button>{answer}")).markdown
    prompt = "<div><button>Did you find this page useful?</button><button>Yes</button><button>No</button></div>"
    assert "useful" not in article(page(f"{prompt}{answer}")).markdown


def test_page_with_a_button_that_is_not_ended_has_its_form() -> None:
    opened = "<button><div><div></button></div>"
    text = page("<p>It is to be <em>paved</em> with stone from the old quay, which the town has kept in a yard.</p>")
    found = article(text.replace(b"<body>", f"<body>{opened}".encode()))
    assert "It is to be *paved* with stone" in found.markdown
    assert SENTENCES[0] in found.markdown


@pytest.mark.parametrize("closed", ["hidden", "style='display:none'", "aria-hidden='true'"])
@pytest.mark.parametrize(
    "opener", ["<h3>Who pays?</h3>", "<div><a href='#pays' aria-controls='pays'>Who pays?</a></div>"]
)
def test_panel_that_was_closed_when_the_page_was_saved_is_text(opener: str, closed: str) -> None:
    answer = "The town pays for the gates, and the owners of the mills pay for the wall along the quay."
    panel = f"<div id='pays' {closed}><p>{answer}</p></div>"
    assert answer in article(page(opener + panel)).markdown
    assert answer not in article(page(panel)).markdown
    assert answer not in article(page("<h1>Who pays?</h1>" + panel)).markdown
    menu = panel.replace(answer, f"<a href='/gates'>{answer}</a>")
    assert answer not in article(page(opener + menu)).markdown
    dialog = panel.replace("<div", "<div role='dialog'")
    assert answer not in article(page(opener + dialog)).markdown
    assert article(page(opener + panel + f"<p>{answer}</p>")).markdown.count(answer) == 1


def test_panels_by_the_thousand_stay_closed() -> None:
    panel = "<h3>Question {0}</h3><div hidden><p>{1} The owners of the mills pay for wall {0} along the quay.</p></div>"
    few, many = ("".join(panel.format(number, SENTENCES[1]) for number in range(count)) for count in (3, 501))
    assert "pay for wall 2 along" in article(page(few)).markdown
    assert "pay for wall 2 along" not in article(page(many)).markdown


def test_what_a_button_within_the_text_does_not_open_stays_closed() -> None:
    message = "Thank you for your letter. We have sent you a message, and you will find in it what is to be done next."
    text = f"<div><p>{SENTENCES[0]}</p><button>Listen</button></div>"
    assert message not in article(page(f"{text}<div hidden><p>{message}</p></div>")).markdown


def below(body: str, head: str) -> bytes:
    """A page whose text ends with the body."""
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    article = f"<article><h1>A new lock</h1>{paragraphs}{body}</article>"
    return f"<html lang='en'><head><title>A new lock</title>{head}</head><body>{article}</body></html>".encode()


def test_heading_stays_though_it_is_an_anchor_or_a_link() -> None:
    for heading in ("<a name='cost'>What it costs</a>", "<a href='/cost'>What it costs</a>"):
        found = article(page(f"<h2>{heading}</h2><p>{SENTENCES[0]} {SENTENCES[1]}</p>"))
        assert "What it costs" in re.sub(r"\]\(.*?\)|\[", "", found.markdown)


def test_heading_of_what_was_taken_out_goes() -> None:
    found = article(page(f"<h2>From the quay</h2><p>{CALL}</p><h2>The work</h2>"))
    assert ["## The work"] == re.findall("^#.*", found.markdown, re.MULTILINE)


def test_picture_of_a_menu_is_not_the_lead_picture() -> None:
    menu = "<ul><li><img src='/media/tools-1024x1024.png'></li></ul>"
    text = page().decode().replace("<body>", f"<body><div>{menu}</div>")
    assert "tools-1024" not in article(text.encode()).markdown


@pytest.mark.parametrize("caption", ["<figcaption>The lock at dawn</figcaption>", ""])
def test_picture_that_the_page_shows_of_itself_stays_with_its_caption(caption: str) -> None:
    hero = f"<div class='hero'><figure><img src='/media/lock-dawn-1200x800.jpg'>{caption}</figure></div>"
    text = page(head="<meta property='og:image' content='https://quay.example/media/lock-dawn.jpg'>").decode()
    found = article(text.replace("<body>", f"<body><header>{hero}</header><nav><a href='/'>Home</a></nav>").encode())
    assert found.markdown.startswith("![](/media/lock-dawn-1200x800.jpg)")
    assert bool(caption) == ("The lock at dawn" in found.markdown)


def test_portrait_of_an_author_between_paragraphs_goes() -> None:
    found = article(page("<div class='author-box'><img class='avatar' src='/ada.jpg' width='400' height='400'></div>"))
    assert "ada.jpg" not in found.markdown


def test_dialogue_over_the_page_is_no_text() -> None:
    asked = "We and our partners store data on your device. " * 9
    markdown = article(page(f"<div><div role='dialog'><p>{asked}</p></div></div>")).markdown
    assert "harbour board" in markdown
    assert "our partners" not in markdown
    only = f"<html><body><div role='dialog'><h1>The lock</h1><p>{' '.join(SENTENCES)}</p></div></body></html>"
    assert SENTENCES[0] in article(only.encode()).markdown
