"""Markdown as its author meant it -> HTML: CommonMark with tables, footnotes, mathematics and Obsidian's extensions.

The clipping is written again from that HTML, in the notation of our own renderer, which requires nested lists to be
indented by four spaces, for example, while CommonMark accepts two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from glossator.addresses import WIKI
from glossator.stages.extract.markdown.raw_html import plain_tags
from glossator.stages.extract.opened_file import Unreadable

NOTE = "data-note"
"""Attribute that holds the number of a note, at a reference (`sup`) and at the note itself (`aside`)."""

CALLOUT = "data-callout"
"""Attribute that holds the kind of a callout, at a quote; the first block of the quote is the title."""
KIND = re.compile(r"[\w-]{1,40}")
"""Kind of a callout."""
HIGHLIGHT = "data-highlight"
"""Attribute of the words that a reader highlighted (`mark`)."""

MOST_BLOCKS = 100_000
TOO_DEEP = "The file has lists or quotes nested too deeply to be read; make them flatter."
_DEEPEST = 90
"""Levels of lists and quotes, two or three levels each."""
_WIKI_LINK = re.compile(r"(!?)\[\[([^\[\]|\n\\]+)(?:\\?\|([^\[\]\n]*))?\]\](?!\(|\[(?!\[))")
_PICTURE = re.compile(r".+\.(?:avif|bmp|gif|jpe?g|png|svg|webp)", re.IGNORECASE)
_FILE = re.compile(r".+\.(?!md$)[A-Za-z0-9]{2,6}", re.IGNORECASE)
"""A file that is no note, such as a recording."""
_SIZE = re.compile(r"\d+(?:x\d+)?")
_HIGHLIGHT = re.compile(r"==(?=[^\s=])([^\n]{1,2000}?)(?<=[^\s=])==(?!=)")
_COMMENT = re.compile(r"%%(?!%).*?%%", re.DOTALL)
_BLOCK_ID = re.compile(r"(?:\A|\s)\^[A-Za-z0-9-]+\Z")
_CALLOUT = re.compile(r"\[!(?P<kind>[\w-]+)(?:\|[^\]\n]*)?\][+-]?[ \t]*(?P<title>[^\n]*)(?:\n|\Z)")
_ENDLESS = "comment without an end"
"""Key in the parser's environment, so that a missing end is searched for only once."""
_RELATED = "related"
"""Callout that is our own: it stays for the reader of the tree."""


def html_of(markdown: str) -> str:
    """Convert Markdown to HTML. Raises Unreadable if it is nested too deeply, or has more blocks than any article."""
    parser, environment = _parser(), dict[str, Any]()
    tokens = parser.parse(markdown, environment)
    if len(tokens) > MOST_BLOCKS:
        raise Unreadable(f"The file has more than {MOST_BLOCKS:,} paragraphs, items and cells; save its parts apart.")
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        # The parser would leave out deeper levels.
        raise Unreadable(TOO_DEEP)
    return str(parser.renderer.render(tokens, parser.options, environment))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """Return the one instance, which stores nothing of what it parses."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, allow_labels=False, double_inline=True)
    parser.core.ruler.before("inline", "callouts", _callouts)
    parser.core.ruler.before("footnote_tail", "loose_notes", _loose_notes)
    parser.block.ruler.before("paragraph", "comment", _comment_block, {"alt": ["paragraph", "blockquote", "list"]})
    for name, rule in (("wiki_link", _wiki_link), ("highlight", _highlight), ("comment", _comment)):
        parser.inline.ruler.before("link", name, rule)
    # The writer of the tree decides later which addresses are allowed.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    for token, render_token in _SHOWN.items():
        parser.add_render_rule(token, _rule(render_token))
    return parser


def _formula(tex: str, mark: str) -> str:
    display = "inline" if mark == "$" else "block"
    return f'<math display="{display}" alttext="{escape(tex)}">{escape(f"{mark}{tex}{mark}")}</math>'


def _rule(render_token: Callable[[Token], str]) -> Callable[..., str]:
    def render(_self: Any, tokens: list[Token], index: int, _options: Any, _env: Any) -> str:
        return render_token(tokens[index])

    return render


_SHOWN: Mapping[str, Callable[[Token], str]] = {
    "html_inline": lambda token: plain_tags(token.content),
    "html_block": lambda token: plain_tags(token.content),
    "math_inline": lambda token: _formula(token.content, "$"),
    "math_inline_double": lambda token: _formula(token.content, "$$"),
    "math_block": lambda token: f"<p>{_formula(token.content, '$$')}</p>\n",
    "footnote_ref": lambda token: f'<sup {NOTE}="{token.meta["id"] + 1}">*</sup>',
    "footnote_open": lambda token: f'<aside {NOTE}="{token.meta["id"] + 1}">',
    "footnote_close": lambda _: "</aside>\n",
    "footnote_anchor": lambda _: "",
    "footnote_block_open": lambda _: "",
    "footnote_block_close": lambda _: "",
}


def _callouts(state: StateCore) -> None:
    """Make the title of `> [!note] Title` a paragraph, and mark its quote as a callout; remove block ids (`^1a2b`)."""
    tokens: list[Token] = []
    for token in state.tokens:
        if token.type == "inline":
            token.content = _flat(_BLOCK_ID.sub("", token.content))
            opens = len(tokens) > 1 and tokens[-1].type == "paragraph_open" and tokens[-2].type == "blockquote_open"
            callout = _CALLOUT.match(token.content) if opens else None
            if callout and callout["kind"].lower() != _RELATED:
                opening, token.content = tokens[-1], token.content[callout.end() :]
                title = callout["title"].strip() or callout["kind"].replace("-", " ").capitalize()
                tokens[-2].attrSet(CALLOUT, callout["kind"].lower())
                tokens += [
                    Token("inline", "", 0, content=title, children=[], level=token.level),
                    Token("paragraph_close", "p", -1, level=opening.level, block=True),
                    Token("paragraph_open", "p", 1, level=opening.level, block=True),
                ]
        tokens.append(token)
    state.tokens = tokens


def _flat(text: str) -> str:
    """Escape the brackets of a text in which far more open than close.

    The parser searches for the end of a link from each opening bracket, which takes quadratic time.
    """
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]]", text):
        depth = max(0, depth + (1 if bracket == "[" else -1))
        deepest = max(deepest, depth)
    return re.sub(r"(?<!\\)\[", r"\\[", text) if deepest > _DEEPEST else text


def _loose_notes(state: StateCore) -> None:
    """Keep a note that nothing refers to in its position, as text."""
    numbers = state.env.get("footnotes", {}).get("refs", {})
    tokens: list[Token] = []
    loose = False
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            loose = numbers.get(":" + token.meta["label"], -1) < 0
        if not (loose and token.type in ("footnote_reference_open", "footnote_reference_close")):
            tokens.append(token)
    state.tokens = tokens


def _comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """True if a comment of several lines begins here: from a line that begins with `%%` to one that ends so."""
    first = state.getLines(start, start + 1, state.blkIndent, False).strip()
    if not first.startswith("%%") or "%%" in first[2:] or _ENDLESS in state.env:
        return False
    ends = (line for line in range(start + 1, end) if state.src.startswith("%%", state.eMarks[line] - 2))
    if (line := next(ends, -1)) < 0:
        state.env[_ENDLESS] = True
        return False
    if not silent:
        state.line = line + 1
    return True


def _wiki_link(state: StateInline, silent: bool) -> bool:
    """True if a wiki link begins here.

    `[[target|label]]` becomes a link to a name; `![[picture.png|300]]` becomes a picture, an embedded note a link.
    """
    if not (match := _WIKI_LINK.match(state.src, state.pos)):
        return False
    if not silent:
        embedded, target, label = match[1], match[2].strip(), (match[3] or "").strip()
        if embedded and _PICTURE.fullmatch(target):
            alt = "" if _SIZE.fullmatch(label) else label.split("|")[0]
            token = state.push("image", "img", 0)
            token.attrs = {"src": target, "alt": ""}
            token.children = [Token("text", "", 0, content=alt)]
        else:
            _link_to_name(state, target, label, linked=not (embedded and _FILE.fullmatch(target)))
    state.pos = match.end()
    return True


def _link_to_name(state: StateInline, target: str, label: str, *, linked: bool) -> None:
    """Write a link to what a name means, with its words; only the words if there is nothing to link to."""
    name, _, part = target.partition("#")
    name, part = name.strip(), "" if part.startswith("^") else part.strip(" #")
    linked = linked and bool(name)
    if linked:
        state.push("link_open", "a", 1).attrSet("href", WIKI + name + (f"#{part}" if part else ""))
    state.push("text", "", 0).content = label or " > ".join(filter(None, (name, *part.split("#"))))
    if linked:
        state.push("link_close", "a", -1)


def _highlight(state: StateInline, silent: bool) -> bool:
    """True if a highlight begins here: `==so==` is a reader's mark, not the author's emphasis."""
    if not (match := _HIGHLIGHT.match(state.src, state.pos, state.posMax)):
        return False
    if not silent:
        end = state.posMax
        state.pos, state.posMax = match.start(1), match.end(1)
        state.push("mark_open", "mark", 1).attrSet(HIGHLIGHT, "")
        state.md.inline.tokenize(state)
        state.push("mark_close", "mark", -1)
        state.posMax = end
    state.pos = match.end()
    return True


def _comment(state: StateInline, silent: bool) -> bool:  # noqa: ARG001  # the parser calls every rule with both
    if not (match := _COMMENT.match(state.src, state.pos, state.posMax)):
        return False
    state.pos = match.end()
    return True
