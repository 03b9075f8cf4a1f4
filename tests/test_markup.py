"""Text and marks agree, marks stand only where they may, and nothing of a hostile article survives as HTML."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as lxml_html
from msgspec import structs

from glossator.markup import (
    ArchiveLinks,
    Mark,
    first_paragraph,
    link_marks,
    listings_of,
    long_blocks,
    read,
    weave,
    weave_apart,
)
from glossator.markup.code_colours import colours_of
from glossator.markup.markdown_tree import TooDeep
from glossator.model import Block, EntityType, Html, Text

WORDS = st.sampled_from(
    [
        "Ada",
        "Venn",
        "met",
        "Łódź",
        "a<b",
        "AT&T",
        "&amp;",
        "3 > 2",
        "snake_case",
        "日本",
        "🦭",
        "“quoted”",
        "it's",
        "\\*",
    ]
)
PHRASE = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
INLINE = st.one_of(
    PHRASE,
    PHRASE.map(lambda words: f"*{words}*"),
    PHRASE.map(lambda words: f"**{words}**"),
    st.tuples(PHRASE, PHRASE).map(lambda two: f"**{two[0]} *{two[1]}***"),
    PHRASE.map(lambda words: f"[{words}](https://news.example/a)"),
    st.just("`Ada Venn`"),
    st.just("![Ada](https://news.example/i.png)"),
)
LINE = st.lists(INLINE, min_size=1, max_size=4).map(" ".join)
BLOCK = st.one_of(
    LINE,
    LINE.map(lambda line: f"## {line}"),
    LINE.map(lambda line: f"> {line}"),
    st.lists(LINE, min_size=1, max_size=3).map(lambda lines: "\n".join(f"- {line}" for line in lines)),
    st.tuples(LINE, LINE).map(lambda two: f"1. {two[0]}\n    - {two[1]}\n2. Ada"),
    st.just("```\nAda Venn & <co>\n```"),
    st.just("| Ada | Venn |\n|---|---|\n| Venn | AT&T |"),
    st.just("> [!related] Ada Venn resigns"),
)
ARTICLE = st.lists(BLOCK, min_size=1, max_size=5).map("\n\n".join)


def mark(start: int, end: int) -> Mark:
    return Mark(start, end, f"e{start}", EntityType.PERSON, "../entities/e.html")


def marks_within(text: Text, cuts: list[tuple[int, int]]) -> tuple[Mark, ...]:
    """Marks of some stretches, none leaving its block or overlapping another, as mentions are."""
    marks: list[Mark] = []
    for start, length in sorted(cuts):
        block = next((one for one in text.blocks if one.start <= start < one.end), None)
        if block and (not marks or marks[-1].end <= start):
            marks.append(mark(start, min(start + length, block.end)))
    return tuple(marks)


def pieces(html: str) -> dict[str, str]:
    """The text of each mark, its pieces put together."""
    found: dict[str, str] = {}
    for link in BeautifulSoup(html, "lxml").select(".mark"):
        entity = str(link["data-entity"])
        found[entity] = found.get(entity, "") + link.get_text()
    return found


CUTS = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 12)), max_size=8)
NUMBERED = '<a class="mark" data-type="person" data-entity="0" href="">Ada</a>'


@given(st.lists(st.one_of(BLOCK, st.just(NUMBERED), st.just(f"![{NUMBERED}](https://news.example/i.png)"))), CUTS)
def test_marks_are_linked_later_as_they_would_be_at_once(blocks: list[str], cuts: list[tuple[int, int]]) -> None:
    article = "\n\n".join(blocks)
    marks = marks_within(read(article), cuts)
    targets = [(one.entity, one.href) for one in marks]
    numbered = tuple(Mark(one.start, one.end, str(at), one.type, "") for at, one in enumerate(marks))
    expected = re.sub(r'(data-entity="(\w+) [^"]*" href=")"', r'\1#g-\2"', weave(article, marks))
    assert expected == link_marks(weave(article, numbered), targets)


@given(ARTICLE, CUTS)
def test_each_mark_shows_what_its_offsets_say(article: str, cuts: list[tuple[int, int]]) -> None:
    text = read(article)
    marks = marks_within(text, cuts)

    shown = pieces(weave(article, marks))

    for one in marks:
        wanted = text.content[one.start : one.end]
        piece = shown.get(f"e{one.start}", "")
        # What stands in code, and white space alone between two elements, is not marked: a mark may be
        # shorter than its mention, never other.
        is_within = "".join(piece.split()) in "".join(wanted.split())
        assert not piece or is_within or set(piece.split()) <= set(re.split(r"\s+", wanted))


def text_of(html: Html) -> str:
    """Return the text of a page with every space: Beautiful Soup makes one of those that stand alone."""
    return "".join(map(str, lxml_html.fromstring(f"<div>{html}</div>").itertext()))


@given(ARTICLE, CUTS)
@example("Ada " * 7 + "![Ada](https://news.example/i.png) `Ada Venn`", [(15, 12)])
@example(
    "Ada ![Ada](https://news.example/i.png) *Venn* ![Ada](https://news.example/i.png) [Ada](a) Ada", [(0, 3), (5, 4)]
)
def test_marks_change_nothing_of_the_text(article: str, cuts: list[tuple[int, int]]) -> None:
    assert text_of(weave(article)) == text_of(weave(article, marks_within(read(article), cuts)))


@given(ARTICLE)
def test_every_block_of_the_text_is_on_the_page(article: str) -> None:
    text = read(article)

    page = BeautifulSoup(weave(article), "lxml")
    for image in page.select("a.image"):
        image.decompose()

    shown = "".join(page.get_text().split())
    for block in text.blocks:
        assert "".join(text.content[block.start : block.end].split()) in shown


@given(ARTICLE, CUTS)
def test_no_mark_is_a_link_in_a_link_or_stands_in_code_or_in_a_heading(
    article: str, cuts: list[tuple[int, int]]
) -> None:
    page = BeautifulSoup(weave(article, marks_within(read(article), cuts)), "lxml")

    assert [] == page.select("a a, code .mark, pre .mark, h2 .mark, aside .mark")
    assert page.select(".sign") == page.select("a:not(.mark) + .sign")


def test_a_name_in_a_link_has_a_sign_behind_the_link_only_if_it_stands_nowhere_else_in_the_section() -> None:
    link = '<a href="https://a.example/" rel="noopener noreferrer nofollow">Ada Venn wrote</a>'
    alone = weave("See [Ada Venn wrote](https://a.example/) it.", (mark(4, 12),))
    sign = BeautifulSoup(alone, "lxml").select_one("a:not(.mark) + a.sign")
    assert f"See {link}<a" in alone
    assert sign
    assert ("", "e4", "Ada Venn", "../entities/e.html") == (
        sign.get_text(),
        *(sign[given] for given in ("data-entity", "data-form", "href")),
    )
    both = (structs.replace(mark(4, 12), entity="ada"), structs.replace(mark(19, 27), entity="ada"))
    twice = BeautifulSoup(weave("See [Ada Venn wrote](https://a.example/) Ada Venn.", both), "lxml")
    assert (["Ada Venn"], []) == ([link.get_text() for link in twice.select("a.mark")], twice.select(".sign"))


def test_all_names_in_a_link_share_its_sign() -> None:
    numbered = tuple(structs.replace(mark(*span), entity=str(at)) for at, span in enumerate([(0, 3), (8, 12)]))
    html = link_marks(
        weave("[Ada met Venn](https://a.example/) there.", numbered), [("ada", "a.html"), ("venn", "v.html")]
    )
    (sign,) = BeautifulSoup(html, "lxml").select(".sign")
    assert ("ada venn", "Ada\nVenn", "Ada, Venn", "#g-ada") == tuple(
        sign[given] for given in ("data-entity", "data-form", "aria-label", "href")
    )


def test_a_paragraph_has_three_signs_besides_those_of_links_to_the_archive() -> None:
    targets = ArchiveLinks({"a.example/0": "zero.html"})
    names = ["Ada", "Berg", "Cole", "Dorn", "Ebba"]
    text = " ".join(f"[{name}](https://a.example/{at})" for at, name in enumerate(names))
    content = read(text).content
    marks = tuple(mark(content.index(name), content.index(name) + len(name)) for name in names)
    page = BeautifulSoup(weave(text, marks, targets), "lxml")
    assert ["Ada", "Berg", "Cole", "Dorn"] == [sign["data-form"] for sign in page.select(".sign")]


def test_a_mark_of_a_name_of_which_nothing_is_known_leads_on_to_the_next_mention() -> None:
    text = "Ada came, and Ada sat.\n\nThen Ada spoke.\n\n## After\n\nAda left. Berg did not."
    content = read(text).content
    marks = [
        structs.replace(mark(match.start(), match.end()), entity=match[0][0], href="", bare=True)
        for match in re.finditer("Ada|Berg", content)
    ]
    page = BeautifulSoup(weave(text, tuple(marks)), "lxml")
    assert [("Ada", "#p2"), ("Berg", "")] == [(link.get_text(), link["href"]) for link in page.select("a.mark")]
    assert 'href="#g-berg"' in link_marks(
        Html('<a class="mark" data-entity="0" href="">Berg</a>'), [("berg", "#g-berg")]
    )


def test_a_name_in_a_link_that_leads_nowhere_is_marked() -> None:
    html = weave("A book, [*Ada Venn*](notes.html), is old.", (mark(8, 16),))
    assert ["Ada Venn"] == [one.get_text() for one in BeautifulSoup(html, "lxml").select("a.mark")]


def test_a_name_that_begins_in_a_link_or_ends_in_one_has_the_sign_of_the_link() -> None:
    for text, start in (("[So Ada](https://a.example/) Venn spoke.", 3), ("Ada [Venn](https://a.example/) spoke.", 0)):
        page = BeautifulSoup(weave(text, (mark(start, start + 8),)), "lxml")
        assert ["Ada Venn"] == [sign["data-form"] for sign in page.select("a.mark")]


def test_emphasis_in_a_heading_is_not_marked_either() -> None:
    assert "mark" not in weave("## *Ada* Venn", (mark(0, 8),))


@given(ARTICLE)
def test_anchors_are_unique_and_on_the_page(article: str) -> None:
    text = read(article)

    ids = [str(element["id"]) for element in BeautifulSoup(weave(article), "lxml").select("[id]")]

    assert len(ids) == len(set(ids))
    assert {block.anchor for block in text.blocks if block.anchor} <= set(ids)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("*Ada Venn* spoke", "<em><a>Ada Venn</a></em> spoke"),
        ("*Ada* Venn spoke", "<a><em>Ada</em> Venn</a> spoke"),
        ("Ada **Venn** spoke", "<a>Ada <strong>Venn</strong></a> spoke"),
        ("Ada *Venn spoke*", "<a>Ada </a><em><a>Venn</a> spoke</em>"),
        ("*So Ada* Venn spoke", "<em>So <a>Ada</a></em><a> Venn</a> spoke"),
    ],
)
def test_a_mention_that_crosses_emphasis_stays_one_where_the_tree_allows_it(markdown: str, expected: str) -> None:
    content = read(markdown).content
    start = content.index("Ada")
    html = weave(markdown, (mark(start, start + len("Ada Venn")),))

    bare = re.sub(r"<a [^>]*>", "<a>", html).removeprefix('<p id="p1">').removesuffix("</p>")
    assert expected == bare
    assert "Ada Venn" == pieces(html)[f"e{start}"]


def test_only_the_first_piece_of_a_divided_mark_is_reached_by_keyboard() -> None:
    html = weave("Ada *Venn spoke*", (mark(0, 8),))

    links = BeautifulSoup(html, "lxml").select("a.mark")
    assert [None, "-1"] == [link.get("tabindex") for link in links]


def test_kinds_of_block_are_told_apart() -> None:
    article = "One.\n\n## Two\n\n- three\n\n> four\n\n> [!related] Five\n\n```\nsix\n```\n\n| a |\n|---|\n| b |"

    kinds = [block.kind for block in read(article).blocks]

    assert ["paragraph", "heading", "item", "quote", "related", "code", "cell", "cell"] == kinds


@pytest.mark.parametrize("quoted", ["“{}”", '"{}"', "„{}“", "« {} »", "“{},”"])
def test_a_quoted_headline_of_an_archived_article_links_to_it(quoted: str) -> None:
    headline = "Ada Venn resigns at last"
    markdown = f"In {quoted.format(headline)} we told *how* Ada Venn resigns."
    starts = [at.start() for at in re.finditer("Ada Venn", read(markdown).content)]
    marks = tuple(Mark(at, at + 8, "ada-venn", EntityType.PERSON, "ada.html") for at in starts)
    html = weave(markdown, marks, ArchiveLinks(headlines={"ada venn resigns at last": "resigns.html"}))

    link = BeautifulSoup(html, "lxml").find("a", href="resigns.html")
    assert isinstance(link, Tag)
    assert headline == link.text
    assert 1 == html.count("ada.html")


def test_a_quotation_that_is_no_headline_is_not_linked() -> None:
    links = ArchiveLinks(headlines={"ada venn resigns at last": "resigns.html", "the wall": "wall.html"})
    assert "<a" not in weave("“The wall” was “all that Ada Venn resigns for”.", links=links)


def test_offsets_count_code_points() -> None:
    text = read("🦭 *Łódź* & co")

    start = text.content.index("Łódź")
    assert 2 == start
    assert (Block(0, 11, "paragraph", "p1"),) == text.blocks


def test_the_headline_of_another_article_leads_to_it() -> None:
    html = weave("> [!related] Ada Venn resigns", links=ArchiveLinks(headlines={"ada venn resigns": "resigns.html"}))

    link = BeautifulSoup(html, "lxml").select_one("aside.quoted-headline a")
    assert isinstance(link, Tag)
    assert "resigns.html" == link["href"]


def test_a_link_to_an_archived_article_leads_there_with_the_original_beside_it() -> None:
    links = ArchiveLinks(addresses={"news.example/a": "a.html"})

    html = weave("See [this](https://www.news.example/a?utm_source=x#top).", links=links)

    tree = BeautifulSoup(html, "lxml")
    hrefs = [str(link["href"]) for link in tree.select("a")]
    assert ["a.html", "https://www.news.example/a?utm_source=x#top"] == hrefs
    assert "See this." == tree.get_text().strip(), "the author's sentence has no word of ours"
    assert ["original at news.example"] == [link["title"] for link in tree.select("a.original")]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "text <b onclick=x>bold</b>",
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "![a](javascript:alert(1))",
        "![a](https://evil.example/pixel.png)",
        "<javascript:alert(1)>",
        "[a]: javascript:alert(1)\n\n[a]",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60;script&#62;alert(1)",
        "`<script>`",
        "```html\n<script>alert(1)</script>\n```",
        "\x02wzxhzdk:0\x03",
        '[a](https://x.example "\' onmouseover=alert(1)")',
    ],
)
def test_nothing_hostile_becomes_html(hostile: str) -> None:
    page = BeautifulSoup(weave(hostile), "lxml")

    assert [] == page.select("script, img, b, iframe, style, form")
    for element in page.find_all():
        assert isinstance(element, Tag)
        assert not [name for name in element.attrs if name.startswith("on") or name == "style"]
        assert str(element.get("href", "https://")).startswith(("https://", "http://", "#"))


def test_escaped_markup_is_shown_as_it_was_written() -> None:
    assert "<img onerror>" == read("&lt;img onerror&gt;").content
    assert "&lt;img onerror&gt;" in weave("&lt;img onerror&gt;")


def test_what_is_struck_out_is_shown_so_and_read_as_text() -> None:
    assert "<del>Lund</del>" in weave("Ada ~~Lund~~ Holm")
    assert "Ada Lund Holm" == read("Ada ~~Lund~~ Holm").content


def test_footnotes_come_back_as_notes_with_a_way_back() -> None:
    html = weave("Ada spoke.[^1]\n\n[^1]: In the hall.")

    page = BeautifulSoup(html, "lxml")
    assert ["#fn:1", "#fnref:1"] == [str(link["href"]) for link in page.select("a")]
    assert "Ada spoke." == read("Ada spoke.[^1]\n\n[^1]: In the hall.").content.split("\n\n")[0]


def test_the_first_paragraph_of_a_note_stands_without_its_block() -> None:
    assert "One <em>two</em>." == first_paragraph("One *two*.\n\nThree.")


@pytest.mark.slow
def test_an_article_nested_too_deeply_is_refused_and_spoils_no_other() -> None:
    article = "- one\n    - two\n\nAfter."
    before = weave(article)

    with pytest.raises(TooDeep, match="make them flatter"):
        read("\n".join("    " * depth + "- x" for depth in range(600)))

    assert before == weave(article)


def test_a_note_brings_no_anchors_to_the_page_it_stands_on() -> None:
    assert "id=" not in weave_apart("- one\n\n> two")
    assert "id=" not in first_paragraph("> two")


# ---- density ---------------------------------------------------------------------------------------------------------


def marked(markdown: str, *forms: str) -> list[tuple[str, str]]:
    """The id of the block and the words of each mark, if every occurrence of the forms is a mention of their entity."""
    text = read(markdown)
    found = [match for form in forms for match in re.finditer(form, text.content)]
    marks = [Mark(one.start(), one.end(), one[0], EntityType.PERSON, "x.html") for one in found]
    page = BeautifulSoup(weave(markdown, tuple(sorted(marks, key=lambda one: one.start))), "html.parser")
    return [(str(one.find_parent(id=True)["id"]), one.text) for one in page.select("a.mark")]  # type: ignore[index]  # it has one


def test_an_entity_is_marked_once_in_each_section() -> None:
    text = "Ada met Venn.\n\nAda left, and Ada wept.\n\n## After\n\nAda came back.\n\nSo Ada said."
    assert [("p1", "Ada"), ("p1", "Venn"), ("p4", "Ada")] == marked(text, "Ada", "Venn")


def test_the_mark_is_in_prose_rather_than_in_a_list_and_never_in_what_is_a_link_already() -> None:
    text = "[Ada](https://a.example/) wrote `Ada`.\n\n- Ada\n- Venn\n\n| Ada |\n|---|\n| 1 |\n\nThen Ada left."
    assert [("p3", "Venn"), ("p4", "Ada")] == marked(text, "Ada", "Venn")


def test_a_list_that_nobody_reads_line_by_line_has_no_marks() -> None:
    long = "\n".join(f"- Ada {number}" for number in range(51))
    assert [] == marked(f"Names:\n\n{long}", "Ada")
    assert [("p53", "Ada")] == marked(f"Names:\n\n{long}\n\nAda is the last.", "Ada")
    assert [("p2", "Ada")] == marked(f"Names:\n\n{long[:-9]}", "Ada")


@pytest.mark.parametrize(
    ("repeated", "shown"),
    [
        ("[", "["),
        ("![", "!["),
        ("[a](", "[a]("),
        ("&lt;", "<"),
        ("&amp;&lt;b&gt; ", "&<b> "),
        ("~~a ", "~~a "),
        ("<a ", "<a "),
        ("\\*", "*"),
        (" _b", " _b"),
        ("[a](https://a.example) ", "a "),
        ("*a* ", "a "),
    ],
)
def test_a_block_of_endless_signs_keeps_its_text(repeated: str, shown: str) -> None:
    """Some of these took minutes: Python-Markdown looked for the end of each bracket in all that follows."""
    text = read(repeated * 6_000).content.strip()
    assert (shown * 6_000).strip() == text


def test_a_piece_ends_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_blocks, "LONGEST_PIECE", 100)
    words = " ".join(f"*word{number}*" for number in range(100))
    assert words.replace("*", "") == read(words).content
    assert 100 == weave(words).count("<em>")


def test_each_of_five_hundred_links_in_a_paragraph_stays_a_link() -> None:
    words = " ".join(f"[Berth {number} of Quay](https://quay.example/{number})" for number in range(500))
    assert 500 == weave(words).count("<a ")
    assert 5 == weave(f"![][ {'[' * 400} {'*a* ' * 5}").count("<em>")


def test_emphasised_paragraph_below_a_picture_of_the_site_is_its_caption() -> None:
    text = (
        "![The lock](images/lock.jpg)\n\n*The lock in [spring](https://quay.example/) and Ada Berg.*\n\n"
        "![](images/lock.jpg)\n\n*Not* a caption.\n\n*Nor this.*\n"
    )
    links = ArchiveLinks(pictures={"images/lock.jpg": "../images/lock.jpg"})
    page = BeautifulSoup(weave(text, (), links), "html.parser")
    [caption] = page.select("figure > figcaption")
    assert "The lock in spring and Ada Berg." == caption.get_text()
    assert ["../images/lock.jpg"] == [image["src"] for image in page.select("figure > p > img")]
    assert ["Not a caption.", "Nor this."] == [tag.get_text() for tag in page.find_all("p") if tag.get_text()]
    assert weave(text, (), links).count("figure>") == 2


def test_picture_that_is_not_kept_says_nothing_that_its_caption_repeats() -> None:
    text = "![The *lock* &amp; quay](https://quay.example/a.jpg)\n\n*The \\*lock\\* & quay. Ada Berg.*\n\nMore.\n"
    page = BeautifulSoup(weave(text), "html.parser")
    assert ["The *lock* & quay. Ada Berg.", "More."] == [tag.get_text() for tag in page.find_all("p")]
    other = BeautifulSoup(weave(text.replace("quay]", "ferry]")), "html.parser")
    assert ["The *lock* & ferry"] == [link.get_text() for link in other.select(".not-kept a")]
    shown = weave(text, (), ArchiveLinks(pictures={"https://quay.example/a.jpg": "../images/a.jpg"}))
    assert ["The *lock* & quay"] == [image["alt"] for image in BeautifulSoup(shown, "html.parser").select("figure img")]


def test_caption_is_marked_like_any_other_text() -> None:
    text = "![The lock](images/lock.jpg)\n\n*The lock of Ada Berg.*\n"
    start = read(text).content.index("Ada Berg")
    mark = Mark(start, start + len("Ada Berg"), "ada-berg", EntityType.PERSON, "../entities/ada-berg.html")
    page = weave(text, (mark,), ArchiveLinks(pictures={"images/lock.jpg": "../images/lock.jpg"}))
    assert ["Ada Berg"] == [link.get_text() for link in BeautifulSoup(page, "html.parser").select("figcaption a")]


def test_description_of_a_picture_shows_its_entities_as_characters() -> None:
    text = "![30 years &lt;br> &amp;amp; more](images/lock.jpg)\n\n![5 &lt; 6](https://quay.example/a.jpg)\n"
    page = BeautifulSoup(
        weave(text, (), ArchiveLinks(pictures={"images/lock.jpg": "../images/lock.jpg"})), "html.parser"
    )
    assert ["30 years <br> &amp; more"] == [image["alt"] for image in page.select("img")]
    assert ["5 < 6"] == [link.get_text() for link in page.select(".not-kept a")]


def test_picture_that_is_neither_kept_nor_described_leaves_nothing() -> None:
    text = "Before.\n\n![](https://quay.example/a.jpg)\n\n[![](b.jpg)](https://quay.example/b)\n\nAfter.\n"
    page = BeautifulSoup(weave(text), "html.parser")
    assert ["Before.", "After."] == [tag.get_text() for tag in page.find_all(True)]
    wordless = BeautifulSoup(weave("Seen [](https://quay.example/c) twice.\n"), "html.parser")
    assert [] == wordless.find_all("a"), "nobody can follow it, and a screen reader would read out its address"


def test_no_mark_is_the_space_that_code_leaves_of_a_name() -> None:
    assert ["Ada"] == [words.strip() for _, words in marked("Ada `Berg` left.", "Ada Berg")]


def test_pictures_that_are_not_kept_are_named_in_one_line_at_the_end() -> None:
    text = (
        "![The lock](https://quay.example/a.jpg)\n\nBefore ![x](https://quay.example/x.png) after.\n\n"
        "![{\\displaystyle c}](https://quay.example/c.png)\n\n![The lock](https://quay.example/a.jpg)\n\n"
        "![The quay](https://quay.example/b.jpg)\n\nThe end.\n"
    )
    page = BeautifulSoup(weave(text), "html.parser")
    [line] = page.select("p.not-kept")
    assert ["The lock", "The quay"] == [link.get_text() for link in line.find_all("a")]
    assert line == page.find_all("p")[-1]
    assert ["Before  after.", "The end."] == [tag.get_text() for tag in page.find_all("p")[:-1]]


def test_formula_is_shown_as_one_and_its_text_is_its_tex() -> None:
    text = "So $a_1 * b_2 * c$ of Ada.\n\n$$E = mc^2$$\n\n| length | width |\n|---|---|\n| $\\|u\\|$ | 2 |\n"
    page = BeautifulSoup(weave(text), "html.parser")
    shown = page.find_all("math")
    assert ["a_1 * b_2 * c", "E = mc^2", "|u|"] == [formula["alttext"] for formula in shown]
    assert ["inline", "block", "inline"] == [formula["display"] for formula in shown]
    assert ["msub", "msub", "msup"] == [tag.name for tag in page.find_all(["msub", "msup"])]
    assert "So $a_1 * b_2 * c$ of Ada." == read(text).content.split("\n")[0]


@pytest.mark.parametrize(
    "text",
    [
        "It rose from $5 to $10, or $5/$10, and US$5 (A$7).",
        "A$AP met Ke$ha for $20M–$30M; $ 5 and 5 $.",
        "Set `$PATH` and `$HOME`.",
        "It is \\$x\\$ in words.",
        f"Too long ${'x+' * 1500}x$.",
        "Not read: $\\left($ and $x_1_2$.",
    ],
)
def test_what_is_no_formula_is_shown_as_it_is_written(text: str) -> None:
    shown = BeautifulSoup(weave(text), "html.parser")
    assert not shown.find("math")
    assert text.replace("`", "").replace("\\$", "$") == shown.get_text()


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\text{<a class='mark' data-entity='ada' href='https://ill.example/'>x</a>}",
        r"\text{</math><script>alert(1)</script>}",
        r"\class{mark}{x} \style{color:red}{y} \color{red}{z}",
        "{" * 1900,
        r"\left(" * 300 + "x" + r"\right)" * 300,
    ],
)
def test_nothing_hostile_becomes_a_formula(tex: str) -> None:
    page = BeautifulSoup(weave(f"So ${tex}$ it is."), "html.parser")
    assert not page.find(["a", "script"])
    assert not [tag for tag in page.find_all(True) if {"href", "style", "class", "mathcolor"} & tag.attrs.keys()]


def test_formula_moves_over_no_text_and_is_not_many_times_its_tex() -> None:
    page = BeautifulSoup(weave(r"So $a\hspace{999999em}b\hspace{-99em}c\kern-9pt d\,e\quad f$ it is."), "html.parser")
    assert [None, None, None, "0.167em", "1em"] == [space.get("width") for space in page.find_all("mspace")]
    long = "|" * 1_900
    assert f"So ${long}$ it is." == BeautifulSoup(weave(f"So ${long}$ it is."), "html.parser").get_text()


def coloured(markdown: str) -> BeautifulSoup:
    return BeautifulSoup(weave(markdown, colours=colours_of(listings_of(markdown))), "html.parser")


def test_words_of_a_listing_have_classes_if_its_language_is_known() -> None:
    code = 'def f(x):  # "why"\n    return "a<b" + 1\n'
    page = coloured(f"```python\n{code}```\n")
    assert code == page.select_one("pre > code").get_text()  # type: ignore[union-attr]
    expected = {
        "def": "keyword",
        "f": "name",
        '# "why"': "comment",
        "return": "keyword",
        '"a<b"': "string",
        "1": "number",
    }
    assert expected == {tag.get_text(): str(tag["class"][0]).removeprefix("code-") for tag in page.select("code span")}
    long = [code * 40 + str(number) for number in range(20)]
    many = coloured("".join(f"```python\n{listing}\n```\n\n" for listing in long) + "Words of `return`.")
    assert [f"{listing}\n" for listing in long] == [listing.get_text() for listing in many.select("pre")]
    assert many.select("pre:first-of-type span")
    assert not many.select("pre:last-of-type span")
    for fence in ("", "nothing"):
        plain = coloured(f"```{fence}\n{code}```\n")
        assert [code] == [tag.get_text() for tag in plain.select("pre > code")]
        assert not plain.select("code span")
