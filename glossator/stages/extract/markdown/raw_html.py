"""HTML within Markdown: only tags that mean something for the text stay, and what readers do not see goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

_CODE = re.compile(
    r"(?P<fence>^[ ]{0,3}(?P<mark>`{3,}+|~{3,}+)[^\n]*+\n(?:.*?\n)??[ ]{0,3}(?P=mark)[`~]*[ \t]*$)"
    r"|(?P<span>(?<![\\`])(?P<ticks>`++)(?:[^\n]|\n(?!\s*\n))+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<indented>(?:(?<=\n\n)|\A)(?<!\A)(?:[ ]{4}|\t)(?![ ]*(?:[-*+]|\d+\.)\s)[^\n]*(?:\n(?:[ ]{4}|\t)[^\n]*)*)",
    re.MULTILINE | re.DOTALL,
)
_UNSEEN = re.compile(
    r"<(?P<mark>!--)|<(?P<name>script|style|iframe|object|svg|math|template|noscript|head|form|video|audio|canvas)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<rest>(?:\s(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)?/?)>")
_ATTRIBUTE = re.compile(r"\s(href|src|alt|start|colspan)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_KEPT = frozenset(
    """h1 h2 h3 h4 h5 h6 p div section article aside figure figcaption blockquote pre ul ol li dl dt dd table thead
    tbody tfoot tr td th caption hr br img a em i strong b cite dfn var code tt kbd samp sup summary address center
    """.split()
)
_SILENT = frozenset(
    """html body head title main header footer nav details span font small big sub u s del ins mark abbr q time label
    button input picture source wbr colgroup col iframe embed svg meta link object script style template noscript
    form video audio canvas math""".split()
)


def outside_code(markdown: str, change: Callable[[str], str]) -> str:
    """Return Markdown with a change applied to everything but code."""
    done, position = [], 0
    for code in _CODE.finditer(markdown):
        done += [change(markdown[position : code.start()]), code[0]]
        position = code.end()
    return "".join([*done, change(markdown[position:])])


def without_unseen(markdown: str) -> str:
    """Return Markdown without comments, scripts and similar elements, except those in code."""
    return outside_code(markdown, _cut)


def plain_tags(html: str) -> str:
    """Return HTML with only those tags that mean something for the text; unknown tags become text."""
    done, position = [], 0
    for tag in _TAG.finditer(html):
        done += [_text(html[position : tag.start()]), _tag(tag)]
        position = tag.end()
    return "".join([*done, _text(html[position:])])


def _text(html: str) -> str:
    return html.replace("<", "&lt;")


def _tag(tag: re.Match[str]) -> str:
    name = tag["name"].lower()
    if name not in _KEPT:
        return "" if name in _SILENT else _text(tag[0])
    if tag["end"]:
        return f"</{name}>"
    values = {
        key.lower(): unescape(first or second or third) for key, first, second, third in _ATTRIBUTE.findall(tag["rest"])
    }
    return f"<{name}" + "".join(f' {key}="{escape(value)}"' for key, value in values.items()) + ">"


def _cut(text: str) -> str:
    """Remove comments, scripts and similar elements. One without end stays; its end is searched for once."""
    done, position, endless = [], 0, set[str]()
    for start in _UNSEEN.finditer(text):
        closing = "-->" if start["mark"] else rf"</{start['name'].lower()}\s*>"
        if start.start() < position or closing in endless:
            continue
        if end := re.compile(closing, re.IGNORECASE).search(text, start.end()):
            done.append(text[position : start.start()])
            position = end.end()
        else:
            endless.add(closing)
    return re.sub(r"<[?!][A-Za-z\[][^<>]*>", "", "".join([*done, text[position:]]))
