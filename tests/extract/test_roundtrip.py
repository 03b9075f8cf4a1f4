"""What a conversion writes comes back from our own renderer: the same words in the same elements, whatever they are."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from xml.etree.ElementTree import Element

from hypothesis import example, given
from hypothesis import strategies as st

from glossator.markup.markdown_tree import tree_of
from glossator.stages.extract.html.form.regular_tree import regular
from glossator.stages.extract.html.parse.parse_page import opened
from glossator.stages.extract.html.writer.addresses import Addresses
from glossator.stages.extract.html.writer.markdown_writer import Writer
from glossator.stages.extract.html.writer.tree_for_writer import held_notes, soup

KINDS = ("p", "h2", "li", "blockquote", "td", "pre", "code", "strong", "em", "a", "img", "ul", "ol", "table")
NASTY = st.sampled_from(
    """*a* **b** _c_ __d__ `e` ``f`` [g] [h](i) ![j](k) <b> </b> <script> &amp; &lt; &#42; & | || \\ \\* # ## - + > 1. 2) ~~~ ~~
    === --- *** : [^1] [^1]: http://x.example/a_b_c x_y_z 3*4*5 $1 100% ! ![ ]( ]() "q" 'r' 港は 静か עברית مرحبا e\u0301 ’ – … [l]: /m
    {#id} a|b <!-- --> <a@b.example> <http://n.example> \\[ \\` ^ ~ =""".split()
)
WORD = st.one_of(st.sampled_from("the harbour board met on Tuesday and spoke for hours".split()), NASTY)
TEXT = st.lists(WORD, min_size=1, max_size=5).map(lambda words: escape(" ".join(words)))


def inside(tag: str) -> st.SearchStrategy[str]:
    return TEXT.map(lambda text: f"<{tag}>{text}</{tag}>")


LINK = st.tuples(TEXT, st.sampled_from(["https://quay.example/a_b?c=1&amp;d=(2)", "https://quay.example/ü *x*"])).map(
    lambda pair: f'<a href="{pair[1]}">{pair[0]}</a>'
)
STYLED = st.one_of(inside("strong"), inside("em"), inside("code"), LINK)
INLINE = st.tuples(TEXT, st.lists(st.one_of(TEXT, STYLED, st.just("<br>")), max_size=3)).map(
    lambda parts: " ".join((parts[0], *parts[1]))
)
LEAF = st.one_of(
    INLINE.map(lambda text: f"<p>{text}</p>"),
    TEXT.map(lambda text: f"<h2>{text}</h2>"),
    TEXT.map(lambda text: f"<pre>{text}\n  {text}</pre>"),
    st.just('<p><img src="https://quay.example/p.png" alt="a [b] *c*"></p>'),
)
LIST = st.recursive(
    INLINE.map(lambda text: f"<li>{text}</li>"),
    lambda inner: st.tuples(INLINE, st.sampled_from(["ul", "ol"]), st.lists(inner, min_size=1, max_size=3)).map(
        lambda parts: f"<li>{parts[0]}<{parts[1]}>{''.join(parts[2])}</{parts[1]}></li>"
    ),
    max_leaves=4,
)
LISTS = st.tuples(st.sampled_from(["ul", "ol"]), st.lists(LIST, min_size=1, max_size=3)).map(
    lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
)
ROW = st.lists(st.one_of(TEXT, STYLED), min_size=2, max_size=2).map(
    lambda cells: f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
)
TABLE = st.lists(ROW, min_size=2, max_size=3).map(lambda rows: f"<table>{''.join(rows)}</table>")
QUOTE = st.lists(st.one_of(INLINE.map(lambda text: f"<p>{text}</p>"), LISTS), min_size=1, max_size=2).map(
    lambda blocks: f"<blockquote>{'<p>Between.</p>'.join(blocks)}</blockquote>"
)
PAGE = st.lists(st.one_of(LEAF, LISTS, TABLE, QUOTE), min_size=1, max_size=5).map("<p>Between.</p>".join)


@example("<p>*<strong><em>-</em></strong></p>")
@example("<p>*<em><strong>-</strong> the</em></p>")
@example("<p>*<strong>the <em>tide</em></strong>s</p>")
@given(PAGE)
def test_words_and_elements_come_back(html: str) -> None:
    tree = opened(f"<body><p>It began.</p>{html}<p>It ended.</p></body>")
    assert tree is not None
    page = soup(regular(tree))
    expected = Counter(tag.name for tag in page.find_all(KINDS) if tag.name != "code" or tag.parent.name != "pre")
    said = folded(page.get_text(" "))
    addresses = Addresses("https://quay.example/")
    markdown = Writer(addresses).markdown(page, held_notes(page))
    rendered = tree_of(markdown, own=False)
    assert said == folded(" ".join(rendered.itertext())), markdown
    found = Counter(
        {"th": "td", "h1": "h2"}.get(child.tag, child.tag)
        for element in rendered.iter()
        for child in element
        if not (child.tag == "code" and element.tag == "pre")
    )
    leads = {addresses.link(str(link["href"])) for link in page.find_all("a") if link.get_text(strip=True)}
    assert leads == {link.get("href") for link in rendered.iter("a")}, markdown
    for kind in KINDS:
        if kind not in ("p", "code", "strong", "em", "a"):
            assert (kind, expected[kind]) == (kind, found[kind]), markdown
        else:  # two beside one another may become one; marks that would be read as others are left out
            assert found[kind] <= expected[kind] + (expected["li"] if kind == "p" else 0), markdown


def folded(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_script_address_and_raw_markup_do_not_come_back() -> None:
    tree = opened(
        '<body><p><a href="java&#10;script:alert(1)">x</a> &lt;img src=x onerror=y&gt; <b onclick=z>w</b></p>'
    )
    assert tree is not None
    page = soup(regular(tree))
    rendered = tree_of(Writer(Addresses("")).markdown(page, {}), own=False)
    assert {"p", "strong"} == {element.tag for element in inner(rendered)}


def inner(root: Element) -> list[Element]:
    return [element for element in root.iter() if element is not root]


def test_marks_do_not_reach_over_a_line_break_at_their_edge() -> None:
    tree = opened("<body><p><b>Tides.<br></b>They turn at noon.<br><i><br>At dusk</i> they turn again.</p></body>")
    assert tree is not None
    page = soup(regular(tree))
    rendered = tree_of(Writer(Addresses("")).markdown(page, {}), own=False)
    assert {"strong": "Tides.", "em": "At dusk"} == {
        element.tag: element.text for element in inner(rendered) if element.tag in ("strong", "em")
    }
