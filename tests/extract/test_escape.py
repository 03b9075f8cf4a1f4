"""Text stays text: what is escaped comes back from the renderer as it was."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from glossator.stages.extract.escape_markdown import escape, escape_start

MARKS = [
    *r"\`*_{}[]()>#+-.!<&|~=:;^ 1ab",
    "http://x.y",
    "a@b.c",
    "&amp;",
    "[^1]",
    "](x)",
    "***",
    "1.",
    "# ",
    "[a]: b",
    "- ",
]
lines = st.lists(st.sampled_from(MARKS) | st.text("ab é“", max_size=3), max_size=14).map(
    lambda pieces: " ".join("".join(pieces).split())
)


@settings(deadline=None)
@given(lines)
def test_rendered_text_equals_the_text(line: str) -> None:
    renderer = Markdown(extensions=["tables", "fenced_code", "footnotes", "sane_lists"])
    renderer.preprocessors.deregister("html_block")
    renderer.inlinePatterns.deregister("html")
    rendered = renderer.convert(f"Before\n\n{escape_start(escape(line))}\n\nAfter")
    found = re.fullmatch(r"<p>Before</p>\n(?:<p>([^<]*)</p>\n)?<p>After</p>", rendered)

    assert found, rendered
    assert line == html.unescape(found[1] or "")


@pytest.mark.parametrize(
    "prose",
    [
        "AT&T and a_b cost US$42 billion (net).",
        "5 * 3 < 20",
        "“He [Jones] said so,” she said – twice!",
        "C# 1.5 is out; x > y.",
    ],
)
def test_ordinary_prose_is_left_alone(prose: str) -> None:
    assert prose == escape_start(escape(prose))
