"""Clippings of several tools, and Markdown that no tool wrote."""

from __future__ import annotations

import pytest

from glossator.config import ExtractSettings
from glossator.model import Extracted
from glossator.stages.extract import markdown
from glossator.stages.extract.part import whole
from glossator.stages.extract.unreadable import Unreadable


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
    assert "The first paragraph.\n" == article.markdown


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
    body = "Text with `<b>` and `==x==`:\n\n```html\n# <p>no heading</p>\n==x==\n```\n\n    <i>indented</i>\n"

    assert body == read("---\ntitle: T\n---\n" + body).markdown


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a <b>bold</b> and <em>soft</em> word", "a **bold** and *soft* word"),
        ('see <a href="https://x.example/a b">there</a>', "see [there](https://x.example/a%20b)"),
        ('see <a href="javascript:alert(1)" onclick="x">there</a>', "see there"),
        ("one<br>two", "one  \ntwo"),
        ("x <!-- a\ncomment --> y", "x  y"),
        ("x<script>alert('<b>')</script>y", "xy"),
        ("the <T> of List<String>", "the &lt;T> of List&lt;String>"),
        ("<script>never closed", "never closed"),
        ("<img src=x onerror=alert(1)>", "![](x)"),
        ("<svg onload=alert(1)", "&lt;svg onload=alert(1)"),
        ("<https://x.example/> and 1 < 2", "<https://x.example/> and 1 < 2"),
    ],
)
def test_html_in_a_clipping_becomes_markdown_or_text(html: str, expected: str) -> None:
    assert expected + "\n" == read(f"---\ntitle: T\n---\n{html}\n").markdown


@pytest.mark.parametrize(
    ("source", "line"),
    [("---\ntitle: T\n---\n# T\n", None), ("---\nfoo: [1\nbar: 2\n---\nx", 3), ("---\ntitle: x\n\nText", 1)],
)
def test_file_that_says_nothing_is_unreadable(source: str, line: int | None) -> None:
    with pytest.raises(Unreadable) as caught:
        read(source)

    assert line == caught.value.line


@pytest.mark.parametrize("piece", ["<!--", "<script>", '<a "', "`a``b", "*a "])
def test_marks_that_never_close_are_read_to_the_end(piece: str) -> None:
    article = read("---\ntitle: T\n---\nText. " + piece * 20_000 + " end\n")

    assert article.markdown.endswith("end\n")
