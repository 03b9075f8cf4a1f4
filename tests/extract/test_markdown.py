"""Clippings of several tools, and Markdown that no tool wrote."""

from __future__ import annotations

import re
from base64 import b64decode
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossator import markup
from glossator.config import ExtractSettings
from glossator.model import Extracted
from glossator.stages.extract import markdown
from glossator.stages.extract.opened_file import Unreadable
from tests.extracted import whole
from tests.sweeps import examples


def read(source: str, path: str = "clips/the-file.md") -> Extracted:
    return markdown.read(whole(source.encode(), path, "markdown"), ExtractSettings())


OBSIDIAN = """---
title: "The \\d in the lock"
source: "https://example.org/lock?a=1"
author:
  - "[[Jane Doe]]"
  - "[[People/John Roe|John Roe]]"
published: 2024-04-30
created: 2024-05-01
description: "What he called \\"odd\\"."
tags:
  - "clippings"
  - "harbour"
---
The ==first== paragraph.
"""
MARKDOWNLOAD = """---
created: 2024-05-01T10:00:00 (UTC +02:00)
tags: [locks, canals]
source: https://example.org/lock
author: Jane Doe: a life
---

# The lock

> ## Excerpt
> What the page says
> of itself.

---

The body.

## Part
"""
READECK = """---
title: The lock
saved: 2024-05-01
published: 2024-04-30
website: example.org
source: https://example.org/lock
authors:
  - Jane Doe
labels:
  - canals
---
# The lock

The body.
"""
TRAFILATURA = """---
title: The lock
author: Jane Doe; John Roe
url: https://example.org/lock
hostname: example.org
description: About it.
sitename: The Example
date: 2024-04-30
categories: ['a']
tags: ['canals', 'locks']
fingerprint: abc
---
The body.
"""


def test_obsidian_clipping_with_a_backslash_that_is_no_yaml() -> None:
    article = read(OBSIDIAN)

    assert "The \\d in the lock" == article.title
    assert ("Jane Doe", "John Roe") == article.authors
    assert ("2024-04-30", "2024-05-01") == (article.published, article.saved)
    assert 'What he called "odd".' == article.description
    assert ("harbour",) == article.tags
    assert "The ==first== paragraph.\n" == article.markdown


def test_markdownload_clipping_gives_zone_and_excerpt_and_drops_the_repeated_title() -> None:
    article = read(MARKDOWNLOAD)

    assert ("The lock", "2024-05-01T10:00:00+02:00") == (article.title, article.saved)
    assert "What the page says of itself." == article.description
    assert ("locks", "canals") == article.tags
    assert "The body.\n\n## Part\n" == article.markdown


def test_readeck_export() -> None:
    article = read(READECK)

    assert ("The lock", "example.org", ("Jane Doe",), ("canals",)) == (
        article.title,
        article.site,
        article.authors,
        article.tags,
    )
    assert "The body.\n" == article.markdown


def test_trafilatura_output() -> None:
    article = read(TRAFILATURA)

    assert ("The Example", "2024-04-30", ("Jane Doe", "John Roe")) == (article.site, article.published, article.authors)
    assert ("canals", "locks") == article.tags


@pytest.mark.parametrize(
    ("source", "title", "origin", "body"),
    [
        ("# A *fine* title\n\nText.\n", "A fine title", "heading", "Text.\n"),
        ("A title\n=======\n\nText.\n", "A title", "heading", "Text.\n"),
        ("A title\n\nText.\n", "A title", "first line", "Text.\n"),
        ("A sentence first.\n\nText.\n", "the file", "file name", "A sentence first.\n\nText.\n"),
        ("Lead.\n\n# The title\n\nText.\n", "The title", "heading", "Lead.\n\nText.\n"),
    ],
)
def test_title_without_front_matter(source: str, title: str, origin: str, body: str) -> None:
    article = read(source)

    assert (title, origin, body) == (article.title, dict(article.conversion.origins)["title"], article.markdown)


def test_headings_begin_with_the_second_level() -> None:
    assert "## One\n\ntext\n\n### Two\n" == read("---\ntitle: T\n---\n# One\n\ntext\n\n## Two\n").markdown


def test_code_is_left_as_it_is() -> None:
    body = "Text with `<b>` and `==x==`:\n\n```html\n# <p>no heading</p>\n==x==\n```\n"

    assert body == read("---\ntitle: T\n---\n" + body).markdown
    assert "Text.\n\n```\n<i>indented</i>\n```\n" == read("---\ntitle: T\n---\nText.\n\n    <i>indented</i>\n").markdown


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a <b>bold</b> and <em>soft</em> word", "a **bold** and *soft* word"),
        ('see <a href="https://x.example/a b">there</a>', "see [there](https://x.example/a%20b)"),
        ('see <a href="javascript:alert(1)" onclick="x">there</a>', "see there"),
        ("one<br>two", "one  \ntwo"),
        ("x <!-- a\ncomment --> y", "x y"),
        ("x<script>alert('<b>')</script>y", "xy"),
        ("the <T> of List<String>", "the &lt;T> of List&lt;String>"),
        ("<script>never closed", "never closed"),
        ("<img src=x onerror=alert(1)>", "![](saved:x)"),
        ("<svg onload=alert(1)", "&lt;svg onload=alert(1)"),
        ("<https://x.example/> and 1 < 2", "[https://x.example/](https://x.example/) and 1 < 2"),
    ],
)
def test_html_in_a_clipping_becomes_markdown_or_text(html: str, expected: str) -> None:
    assert expected + "\n" == read(f"---\ntitle: T\n---\n{html}\n").markdown


@pytest.mark.parametrize(
    ("source", "line"),
    [("---\ntitle: T\n---\n# T\n", None), ("---\nfoo: [1\nbar: 2\n---\n", 3), ("---\ntitle: x\n\nText", 1)],
)
def test_file_that_says_nothing_is_unreadable(source: str, line: int | None) -> None:
    with pytest.raises(Unreadable) as caught:
        read(source)

    assert line == caught.value.line


@pytest.mark.parametrize("head", ["foo: [1\nbar: 2", "- a list\n- of things", "just words", "a: {b: {c: {d: ["])
def test_front_matter_that_cannot_be_read_costs_no_article_and_is_told(head: str) -> None:
    article = read(f"---\n{head}\n---\n# The lock\n\nIt is to be widened in spring.\n")

    assert ("The lock", "It is to be widened in spring.\n") == (article.title, article.markdown)
    assert 1 == len(article.notices)


@pytest.mark.parametrize("piece", ["<!--", "<script>", '<a "', "`a``b", "*a "])
def test_marks_that_never_close_are_read_to_the_end(piece: str) -> None:
    article = read("---\ntitle: T\n---\nText. " + piece * 20_000 + " end\n")

    assert article.markdown.endswith("end\n")


@pytest.mark.parametrize(
    ("front", "field", "expected"),
    [
        ('title: "T \\d"\nauthor: @jane', "authors", ("@jane",)),
        ("title: A: b\n\tauthor: Jane Doe", "authors", ("Jane Doe",)),
        ("title: A: b\ndescription: >\n  long\n  text", "description", "long text"),
        ("title: One\ntitle: Two\nurl: <https://x.example/a>", "source", "https://x.example/a"),
        ("title: T\nurl: '[x](https://x.example/a)'", "source", "https://x.example/a"),
        ("title: T\ntags: '#a #b'", "tags", ("a", "b")),
        ("title: T\nauthor: [[Jane Doe]]", "authors", ("Jane Doe",)),
        ("title: T\ncreated: 2024-05-01T10:00:00 (UTC -03:30)", "saved", "2024-05-01T10:00:00-03:30"),
        ("title: T\ndate: 1 May 2024", "published", "2024-05-01"),
        ("title: T\ndate: 2024-05-01T25:61", "published", "2024-05-01"),
    ],
)
def test_front_matter_as_tools_and_people_write_it(front: str, field: str, expected: object) -> None:
    assert expected == getattr(read(f"---\n{front}\n---\nText.\n"), field)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_clipping_in_another_encoding_and_with_windows_line_ends(encoding: str) -> None:
    source = READECK.replace("\n", "\r\n").encode(encoding)

    article = markdown.read(whole(source, "a.md", "markdown"), ExtractSettings())

    assert ("The lock", "The body.\n") == (article.title, article.markdown)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("See [[Target|the label]] and [[Plain]].", "See [[Target|the label]] and [[Plain]]."),
        ("See [[1]](https://x.example/).", "See [\\[1\\]](https://x.example/)."),
        (
            "See [[Target#Part]], [[a/b.md#^1a2b]] and [[#Here]].",
            "See [[Target#Part|Target > Part]], [[a/b.md]] and Here.",
        ),
        ("a | b\n--|--\n[[Target\\|it]] | c", "| a | b |\n| --- | --- |\n| [[Target\\|it]] | c |"),
        ("[[a]][[b]] and [[1]][ref]\n\n[ref]: https://x.example/", "[[a]][[b]] and [\\[1\\]](https://x.example/)"),
        ("> [!note] Title\n> - one", "> [!note] Title\n>\n> -   one"),
        ("See [[my_file]].", "See [[my_file]]."),
        ("An ==odd *word*== here.", "An ==odd *word*== here."),
        ("An ==odd *word* for== it.", "An ==odd *word* for== it."),
        ("In==credible==.", "Incredible."),
        ("Text. ^1a2b", "Text."),
        ("One. %%a comment%% Two.", "One. Two."),
        ("One.\n\n%%\nhidden\n\ntoo\n%%\n\nTwo.", "One.\n\nTwo."),
        ("![[folder/a b.png|300]]", "![](saved:folder/a%20b.png)"),
        ("![[a.png|A caption]]", "![A caption](saved:a.png)"),
        ("Read ![[Another note]] and ![[talk.mp3]].", "Read [[Another note]] and talk.mp3."),
        ("> [!tip]- A title\n> The text.", "> [!tip] A title\n>\n> The text."),
        ("> [!warning]\n> The text.", "> [!warning] Warning\n>\n> The text."),
        ("> [!related] Another headline", "> [!related] Another headline"),
        ("- [ ] open\n- [x] done", "-   [ ] open\n-   [x] done"),
        ("```dataview\nLIST ==x== [[y]]\n```", "```\nLIST ==x== [[y]]\n```"),
    ],
)
def test_marks_of_obsidian(source: str, expected: str) -> None:
    assert expected + "\n" == read(f"---\ntitle: T\n---\n{source}\n").markdown


def test_commonmark_is_written_again_for_our_renderer() -> None:
    source = (
        "* one\n  * two\n\n    More.\n+ other\n\nHead\n---\n\na | b\n--|--\n1 | 2\n\nend\\\nline <https://x.example/>\n"
    )

    shown = markup.weave(read(f"---\ntitle: T\n---\n{source}").markdown)

    assert shown.count("<ul>") == 2
    assert "More.</p>" in shown
    assert "<h2" in shown
    assert "<td>1</td>" in shown
    assert "end<br>" in shown


def test_mathematics_comes_back_letter_for_letter() -> None:
    source = "So $a_1*b*c$ and $$\\sum_{i} x^2$$ cost $5.\n"

    assert source.strip() == markup.read(read(f"---\ntitle: T\n---\n{source}").markdown).content.strip()


def test_footnotes_are_kept_and_one_that_nothing_refers_to_stays_as_text() -> None:
    article = read("---\ntitle: T\n---\nA[^x] b^[inline].\n\n[^x]: The note.\n[^y]: Left over.\n")

    assert "A[^1] b[^2].\n\nLeft over.\n\n[^1]: The note.\n\n[^2]: inline\n" == article.markdown


PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def test_pictures_come_in_as_files_or_are_looked_for_beside_the_clipping() -> None:
    article = read(
        f"---\ntitle: T\nsource: https://x.example/a/b\n---\n![one](data:image/png;base64,{PIXEL}) ![two][r] "
        f"![three](images/x.png) ![four](/y.png)\n\n[r]: data:image/png;base64,{PIXEL}\n"
    )

    (picture,) = article.pictures
    assert (
        f"![one](images/{picture.name}) ![two](images/{picture.name}) ![three](saved:images/x.png) "
        "![four](https://x.example/y.png)\n"
    ) == article.markdown


def test_picture_that_came_along_is_taken() -> None:
    part = msgspec.structs.replace(
        whole(b"# T\n\n![x](images/x.png)\n", "a.md", "markdown"), files={"images/x.png": b64decode(PIXEL)}
    )

    assert 1 == len(markdown.read(part, ExtractSettings()).pictures)


def test_original_that_omnivore_links_to_is_the_source() -> None:
    article = read(
        "---\ntitle: T\n---\n# T\n#Omnivore\n\n[Read on Omnivore](https://omnivore.app/me/x)\n"
        "[Read Original](https://x.example/a)\n\nText.\n"
    )

    assert ("https://x.example/a", "Text.\n") == (article.source, article.markdown)


@pytest.mark.parametrize("mark", ["> ", "- "])
def test_endless_nesting_is_refused_with_a_reason(mark: str) -> None:
    with pytest.raises(Unreadable, match="flatter"):
        read("---\ntitle: T\n---\n" + mark * 5_000 + "x\n")


def test_more_than_any_article_is_refused_with_a_reason() -> None:
    with pytest.raises(Unreadable, match="apart"):
        read("# T\n\n" + "[a](b) " * 200_000)


WORDS = st.text("abcdefgh", min_size=1, max_size=6)
INLINE = st.one_of(
    WORDS,
    WORDS.map("*{}*".format),
    WORDS.map("**{}**".format),
    WORDS.map("=={}==".format),
    WORDS.map("[[{}]]".format),
    WORDS.map("[{}](https://x.example/)".format),
    WORDS.map("`{}`".format),
    WORDS.map("<b>{}</b>".format),
)
LINE = st.lists(INLINE, min_size=1, max_size=5).map(" ".join)
BLOCK = st.one_of(
    LINE,
    LINE.map("## {}".format),
    LINE.map("> {}".format),
    st.lists(LINE, min_size=1, max_size=3).map(lambda lines: "\n".join(f"- {line}" for line in lines)),
    st.lists(LINE, min_size=1, max_size=3).map(
        lambda lines: "\n".join("  " * at + f"* {line}" for at, line in enumerate(lines))
    ),
    LINE.map("```\n{}\n```".format),
    LINE.map("| a | b |\n|---|---|\n| {} | x |".format),
)


@settings(max_examples=examples(60))
@given(st.lists(BLOCK, min_size=1, max_size=5))
def test_every_word_of_the_body_is_on_the_page(blocks: list[str]) -> None:
    source = "\n\n".join(blocks)
    bare = re.sub(r"https://x\.example/|</?b>", " ", source)

    shown = markup.read(read(f"---\ntitle: The title\n---\n{source}\n").markdown).content

    assert sorted(re.findall(r"\w+", bare)) == sorted(
        re.findall(r"\w+", re.sub(r"https://x\.example/|</?b>", " ", shown))
    )


@settings(max_examples=examples(60))
@given(st.sampled_from([OBSIDIAN, MARKDOWNLOAD, READECK, TRAFILATURA]), st.integers(0, 400), st.text(max_size=12))
def test_damaged_clipping_is_read_or_refused(source: str, at: int, noise: str) -> None:
    for damaged in (source[:at], source[:at] + noise + source[at + len(noise) :]):
        with suppress(Unreadable):
            assert read(damaged).markdown.strip()


# ---- header lines --------------------------------------------------------------------------------------------------

KEPT = "The lock was opened on Tuesday, and nobody came.\n"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("Source: https://quay.example/lock", {"source": "https://quay.example/lock"}),
        ("Source: [The Quay](https://quay.example/lock)", {"source": "https://quay.example/lock"}),
        ("*By Ada Marsh and Tam Reed*", {"authors": ("Ada Marsh", "Tam Reed")}),
        (
            "By [Ada Marsh](https://quay.example/ada), 5 March 2024",
            {"authors": ("Ada Marsh",), "published": "2024-03-05"},
        ),
        ("Author: Ada Marsh\nPublished: 2024-03-05", {"authors": ("Ada Marsh",), "published": "2024-03-05"}),
        ("Von Ada Marsh\n\nDienstag, 5. März 2024", {"authors": ("Ada Marsh",), "published": "2024-03-05"}),
    ],
)
def test_header_lines_below_the_title_are_no_text(lines: str, found: dict[str, object]) -> None:
    article = read(f"# A second lock\n\n{lines}\n\n{KEPT}")
    assert (KEPT, "A second lock") == (article.markdown, article.title)
    assert found == {name: getattr(article, name) for name in found}
    assert {"header lines"} == {origin for name, origin in article.conversion.origins if name in found}


@pytest.mark.parametrize(
    "lines",
    [
        "By Monday the river had risen over the quay.",
        "By Monday the river had risen over the quay",
        "5 March 2024",
        "Source: the keeper of the lock",
        "Weather: fine",
        "Source: https://quay.example/lock and others",
    ],
)
def test_lines_that_only_begin_like_header_lines_stay(lines: str) -> None:
    assert f"{lines}\n\n{KEPT}" == read(f"# A second lock\n\n{lines}\n\n{KEPT}").markdown


def test_header_line_that_the_front_matter_contradicts_stays() -> None:
    head = "---\nsource: https://quay.example/lock\n---\n# A second lock\n\n"
    line = "Source: [here](https://harbour.example/lock)"
    assert f"{line}\n\n{KEPT}" == read(f"{head}{line}\n\n{KEPT}").markdown
    assert KEPT == read(f"{head}{line.replace('harbour', 'quay')}\n\n{KEPT}").markdown


def test_text_that_is_only_header_lines_stays() -> None:
    assert "By Ada Marsh\n" == read("# A second lock\n\nBy Ada Marsh\n").markdown


def test_formulas_stay_formulas_and_other_dollar_signs_become_none() -> None:
    written = (
        "The area $x_1 * y_2$ and $$E=mc^2$$ is what 5$ buy, or more than 7$.\n\n$$\n\\frac{a}{b}\n$$\n\nMore of it.\n"
    )
    expected = (
        "The area $x_1 * y_2$ and $$E=mc^2$$ is what 5\\$ buy, or more than 7\\$.\n\n$$\\frac{a}{b}$$\n\nMore of it.\n"
    )
    assert expected == read(f"# The lock\n\n{written}").markdown
