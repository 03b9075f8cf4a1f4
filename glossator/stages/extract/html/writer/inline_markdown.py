"""Text of one block -> inline Markdown that Python-Markdown renders as that text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import unquote

import msgspec
from bs4.element import NavigableString, Tag

from glossator.addresses import WIKI
from glossator.stages.extract.escape_markdown import escape, escape_start
from glossator.stages.extract.html.parse.elements import HEADINGS
from glossator.stages.extract.html.parse.parse_page import HIGHLIGHT, NOTE
from glossator.stages.extract.html.writer.addresses import Addresses
from glossator.text import bare_words

_BREAK = "\n"
_LOOSE_MARK = re.compile(r"(?<!\\)(?=[*_])")
_SPACE = re.compile(r"\s+")
_POWER = re.compile(r"[+\u2212-]?\d{1,4}")
_RAISED = str.maketrans("0123456789+-\u2212", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_TITLE = re.compile(r"[^\"\\`*_\[\]<>&|\n]{1,200}")
"""Characters that the title of a link may contain: nothing that would end it or be read as Markdown."""


class Style(NamedTuple):
    """Style of text: by kind, the id of the element that sets it, so that adjacent elements stay separate."""

    strong: int = 0
    emphasis: int = 0
    struck: int = 0
    code: int = 0
    highlight: int = 0
    href: str = ""
    title: str = ""


class Run(NamedTuple):
    """Text in one style."""

    text: str
    style: Style = Style()
    raw: bool = False
    """True if the text is Markdown already: an image, the mark of a note."""


PLAIN = Style()
WHOLE = 1
"""Id of an element that is not in the tree, around the whole of a block."""
_KINDS = {
    **dict.fromkeys(("strong", "b"), "strong"),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), "emphasis"),
    **dict.fromkeys(("del", "s", "strike"), "struck"),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), "code"),
}
"""Kind of style by the element that sets it."""
_IDS = ("strong", "emphasis", "struck", "code", "highlight")
"""Kinds of style whose value is the id of an element."""
_MARKS = ("href", "highlight", "strong", "emphasis", "struck")


def inline(block: Tag, addresses: Addresses, *, style: Style = PLAIN, breaks: bool = True) -> str:
    """Convert the block's text to Markdown.

    `style` is the style of everything around the block; line breaks are kept if `breaks` allows several lines.
    """
    runs = _tidied(_runs(block, style, addresses))
    if block.name in HEADINGS and not style.strong:
        runs = [run._replace(style=run.style._replace(strong=0)) for run in runs]
    lines = _written(runs).split(_BREAK)
    if not breaks:
        return " ".join(" ".join(lines).split())
    return "  \n".join(escape_start(line.strip()) for line in lines if line.strip())


def _runs(block: Tag, style: Style, addresses: Addresses) -> Iterator[Run]:
    """Yield the runs depth first with an explicit stack, so that deep nesting does no harm."""
    stack: list[tuple[object, Style]] = [(block, style)]
    while stack:
        node, above = stack.pop()
        if isinstance(node, NavigableString):
            yield Run(_SPACE.sub(" ", node), above)
        elif isinstance(node, Tag):
            if node.name == "br":
                yield Run(_BREAK, above._replace(code=0))
            elif node.name == "img":
                if image := addresses.image(node):
                    yield Run(image, Style(href=above.href, title=above.title), raw=True)
            elif node.name == "math":
                yield Run(node.get_text(), Style(href=above.href, title=above.title), raw=True)
            elif note := node.attrs.get(NOTE):
                yield Run(f"[^{note}]", raw=True)
            elif node.name == "sup" and node.a is None and _POWER.fullmatch(power := node.get_text(strip=True)):
                yield Run(power.translate(_RAISED), above)
            else:
                below = styled(node, above, addresses)
                children = [*node.contents] if node.name != "q" else ["“", *node.contents, "”"]
                stack.extend((_text(child), below) for child in reversed(children))


def _text(node: object) -> object:
    return NavigableString(node) if type(node) is str else node


def styled(tag: Tag, above: Style, addresses: Addresses) -> Style:
    """Return the style of the contents of `tag`, within the style (`above`) of its container."""
    if tag.name == "a":
        if href := addresses.link(str(tag.get("href") or "")):
            title = " ".join(str(tag.get("title") or "").split())
            return above._replace(href=href, title=title if _TITLE.fullmatch(title) else "")
        return above
    kind = _KINDS.get(tag.name) or ("highlight" if HIGHLIGHT in tag.attrs else "")
    if not kind:
        return above
    # Bold has no effect within bold text: the outer element counts.
    own: dict[str, Any] = {kind: getattr(above, kind) or id(tag)}
    return above._replace(**own)


def _tidied(runs: Iterable[Run]) -> list[Run]:
    """Normalise the spaces of runs and join equal styles.

    Words are separated by one space, in the style of both sides; there is none at the ends or beside a break.
    """
    spaced: list[Run] = []
    pending = False
    for run in runs:
        words = run.text if run.raw or run.text == _BREAK else run.text.strip(" ")
        if words and words != _BREAK:
            if spaced and spaced[-1].text != _BREAK and (pending or (run.text[0] == " " and not run.raw)):
                spaced.append(Run(" ", _shared(spaced[-1].style, run.style)))
                spaced.append(run._replace(text=words))
            elif spaced and not run.raw:
                spaced.append(_adjoining(spaced[-1], run)._replace(text=words))
            else:
                spaced.append(run._replace(text=words))
            pending = run.text.endswith(" ") and not run.raw
        elif words:
            spaced.append(run)
            pending = False
        else:
            pending = pending or bool(run.text)
    groups = groupby(spaced, key=lambda run: run if run.raw or run.text == _BREAK else run.style)
    return [joined for key, group in groups for joined in _joined(key, list(group))]


def _joined(key: Run | Style, group: list[Run]) -> list[Run]:
    return group if isinstance(key, Run) else [Run("".join(run.text for run in group), key)]


def _adjoining(before: Run, run: Run) -> Run:
    """Merge elements of one kind without a space between them: their marks would be read as other marks."""
    shared = {kind: getattr(before.style, kind) for kind in _IDS if getattr(run.style, kind)}
    return run._replace(style=run.style._replace(**{kind: other for kind, other in shared.items() if other}))


def _shared(before: Style, after: Style) -> Style:
    """Return the style of a space: what both sides have in common."""
    if before == after:
        return before
    shared = PLAIN._replace(
        **{kind: getattr(before, kind) for kind in _IDS if getattr(before, kind) == getattr(after, kind)}
    )
    return shared._replace(href=before.href, title=before.title) if before.href == after.href else shared


def _written(runs: list[Run], inside: tuple[str, ...] = ()) -> str:
    """Write the runs as Markdown: of the marks that begin at one run, the one that ends last is outermost.

    `inside` are the marks around them.
    """
    out, index, runs = "", 0, [*runs]
    while index < len(runs):
        lengths = {mark: _marked_length(runs, index, mark) for mark in _MARKS if mark not in inside}
        mark = max(lengths, key=lambda name: lengths[name], default="")
        if not mark or not lengths[mark]:
            out += _plain(runs[index], out, bool({"strong", "emphasis"} & set(inside)))
            index += 1
            continue
        end = index + lengths[mark]
        span = runs[index:end]
        around = _Surroundings(out[-1:], runs[end].text[:1] if end < len(runs) else "", "strong" in inside)
        if mark in ("strong", "emphasis") and (around.before == "*" or not _says_anything(span)):
            runs[index:end] = [_without(run, mark) for run in span]
            continue
        index = end
        words = _written(span, (*inside, mark))
        if mark == "href":
            # An exclamation mark before a link would make an image of it.
            out = out[:-1] + "\\!" if out.endswith("!") else out
            out += _linked(words, span)
        elif mark == "struck":
            out += f"~~{words}~~"
        else:
            out += _highlighted(words, around) if mark == "highlight" else _stressed(words, mark, around)
    return out


def _marked_length(runs: list[Run], index: int, mark: str) -> int:
    """Return how many runs a mark is around. No mark begins or ends at a line break: it would be read as text."""
    value, end = getattr(runs[index].style, mark), index + 1
    if not value or runs[index].text == _BREAK:
        return 0
    while end < len(runs) and getattr(runs[end].style, mark) == value:
        end += 1
    while runs[end - 1].text == _BREAK:
        end -= 1
    return end - index


def _without(run: Run, mark: str) -> Run:
    style = run.style._replace(strong=0) if mark == "strong" else run.style._replace(emphasis=0)
    return run._replace(style=style)


def _says_anything(span: list[Run]) -> bool:
    """True if a span has a letter or a digit; marks around other signs may be read as more of them."""
    return any(run.raw or any(map(str.isalnum, run.text)) for run in span)


def _plain(run: Run, written: str, stressed: bool) -> str:
    if run.raw:
        return run.text
    if run.text == _BREAK:
        return _BREAK
    if run.style.code and run.text.strip():
        return _code_span(run.text)
    text = escape(run.text)
    if stressed:
        text = _LOOSE_MARK.sub(r"\\", text)
    return "\\" + text if written.endswith("!") and text.startswith("[") else text


def _code_span(text: str) -> str:
    longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
    ticks = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _linked(words: str, span: list[Run]) -> str:
    if all(run.raw or not run.text.strip() for run in span):
        return words
    style = span[0].style
    if style.href.startswith(WIKI):
        return _linked_to_name(words, style.href.removeprefix(WIKI))
    title = _folded(style.title)
    repeated = title in _folded("".join(run.text for run in span)) or _folded(style.href).endswith(title)
    return f"[{words}]({style.href})" if repeated else f'[{words}]({style.href} "{style.title}")'


def _linked_to_name(words: str, name: str) -> str:
    """Return a link to what a name means; the words alone if they would end the link."""
    if words.replace("\\_", "_") == name:
        return f"[[{name}]]"
    return f"[[{name}|{words}]]" if not re.search(r"[\[\]|\n]", words) else words


def _folded(text: str) -> str:
    return bare_words(unquote(text)).replace(" ", "")


class _Surroundings(msgspec.Struct, frozen=True):
    before: str
    after: str
    strong: bool


def _highlighted(words: str, around: _Surroundings) -> str:
    apart = not (around.before.isalnum() or around.after.isalnum() or "==" in words)
    beside = {*words[:1], *words[-1:], around.before, around.after}
    return f"=={words}==" if apart and "=" not in beside and "_" not in (around.before, around.after) else words


def _stressed(words: str, mark: str, around: _Surroundings) -> str:
    """Wrap the words in marks that Python-Markdown reads correctly; return them without if no marks would work."""
    if mark == "strong":
        return f"**{words}**"
    if not around.strong and "**" not in words:
        return f"*{words}*"
    apart = not around.before.isalnum() and not around.after.isalnum() and around.before != "_"
    return f"_{words}_" if apart and not re.search(r"(?<!\\)_", words) else words
