"""The text of one block -> inline Markdown that Python-Markdown gives back unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from bs4.element import NavigableString, Tag

from glossator.stages.extract.escape import escape, escape_start
from glossator.stages.extract.html.addresses import Addresses
from glossator.stages.extract.html.page import NOTE

_STRONG = frozenset({"strong", "b"})
_EMPHASIS = frozenset({"em", "i", "cite", "dfn", "var"})
_CODE = frozenset({"code", "tt", "kbd", "samp"})
_MARKS = ("href", "strong", "emphasis")
_BREAK = "\n"
_LOOSE_MARK = re.compile(r"(?<!\\)(?=[*_])")


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    href: str = ""
    raw: bool = False
    """Whether the text is Markdown already: an image, a mark of a note."""


def inline(leaf: Tag, addresses: Addresses, *, style: Run = Run(""), breaks: bool = True) -> str:
    """The leaf's text as Markdown; line breaks are kept where the block may have several lines."""
    runs = _tidied(_runs(leaf, style, addresses))
    if leaf.name.startswith("h"):
        runs = [replace(run, strong=False) for run in runs]
    lines = _written(runs).split(_BREAK)
    if not breaks:
        return " ".join(" ".join(lines).split())
    return "  \n".join(escape_start(line.strip()) for line in lines if line.strip())


def _runs(leaf: Tag, style: Run, addresses: Addresses) -> Iterator[Run]:
    """Depth first with a stack of our own, so that deep nesting does no harm."""
    stack: list[tuple[object, Run]] = [(leaf, style)]
    while stack:
        node, above = stack.pop()
        if isinstance(node, NavigableString):
            yield replace(above, text=re.sub(r"\s+", " ", node))
        elif isinstance(node, Tag):
            if node.name == "br":
                yield Run(_BREAK)
            elif node.name == "img":
                if image := addresses.image(node):
                    yield Run(image, raw=True)
            elif note := node.attrs.get(NOTE):
                yield Run(f"[^{note}]", raw=True)
            else:
                below = _styled(node, above, addresses)
                stack.extend((child, below) for child in reversed(node.contents))


def _styled(tag: Tag, above: Run, addresses: Addresses) -> Run:
    if tag.name in _STRONG:
        return replace(above, strong=True)
    if tag.name in _EMPHASIS:
        return replace(above, emphasis=True)
    if tag.name in _CODE:
        return replace(above, code=True)
    if tag.name == "a":
        return replace(above, href=addresses.link(str(tag.get("href") or "")) or above.href)
    return above


def _tidied(runs: Iterable[Run]) -> list[Run]:
    """One space between words, in the style of both sides; none at the ends or beside a break; equal styles joined."""
    spaced: list[Run] = []
    pending = False
    for run in runs:
        words = run.text if run.raw or run.text == _BREAK else run.text.strip(" ")
        if words and words != _BREAK:
            if spaced and spaced[-1].text != _BREAK and (pending or (run.text[0] == " " and not run.raw)):
                spaced.append(_between(spaced[-1], run))
            spaced.append(replace(run, text=words))
            pending = run.text.endswith(" ") and not run.raw
        elif words:
            spaced.append(run)
            pending = False
        else:
            pending = pending or bool(run.text)
    groups = groupby(spaced, key=lambda run: run if run.raw or run.text == _BREAK else replace(run, text=""))
    return [run for style, group in groups for run in _joined(style, list(group))]


def _joined(style: Run, group: list[Run]) -> list[Run]:
    return group if style.text else [replace(style, text="".join(run.text for run in group))]


def _between(before: Run, after: Run) -> Run:
    return Run(
        " ",
        strong=before.strong and after.strong,
        emphasis=before.emphasis and after.emphasis,
        code=before.code and after.code,
        href=before.href if before.href == after.href else "",
    )


def _written(runs: list[Run], inside: tuple[str, ...] = ()) -> str:
    """The runs as Markdown: of the marks that begin at a place, the one that reaches furthest is outermost."""
    out, place = "", 0
    while place < len(runs):
        reach = {mark: _reach(runs, place, mark) for mark in _MARKS if mark not in inside}
        mark = max(reach, key=lambda name: reach[name], default="")
        if not mark or not reach[mark]:
            out += _plain(runs[place], out, bool({"strong", "emphasis"} & set(inside)))
            place += 1
            continue
        span = runs[place : place + reach[mark]]
        place += reach[mark]
        words = _written(span, (*inside, mark))
        if mark == "href":
            # An exclamation mark before a link would make an image of it.
            out = out[:-1] + "\\!" if out.endswith("!") else out
            out += _linked(words, span)
        else:
            follows = runs[place].text[:1] if place < len(runs) else ""
            out += _stressed(words, mark, _Surroundings(out[-1:], follows, "strong" in inside))
    return out


def _reach(runs: list[Run], place: int, mark: str) -> int:
    value, end = getattr(runs[place], mark), place
    while value and end < len(runs) and getattr(runs[end], mark) == value:
        end += 1
    return end - place


def _plain(run: Run, before: str, stressed: bool) -> str:
    if run.raw:
        return run.text
    if run.text == _BREAK:
        return _BREAK
    if run.code and run.text.strip():
        return _code(run.text)
    text = escape(run.text)
    if stressed:
        text = _LOOSE_MARK.sub(r"\\", text)
    return "\\" + text if before.endswith("!") and text.startswith("[") else text


def _code(text: str) -> str:
    longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
    ticks = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _linked(words: str, span: list[Run]) -> str:
    pictures = all(run.raw or not run.text.strip() for run in span)
    return words if pictures else f"[{words}]({span[0].href})"


@dataclass(frozen=True, slots=True)
class _Surroundings:
    before: str
    after: str
    strong: bool


def _stressed(words: str, mark: str, around: _Surroundings) -> str:
    """The words between the marks that Python-Markdown will read as these; without any where none would do."""
    if mark == "strong":
        return words if around.before == "*" else f"**{words}**"
    if not around.strong and "**" not in words:
        return words if around.before == "*" else f"*{words}*"
    apart = not around.before.isalnum() and not around.after.isalnum() and around.before != "_"
    return f"_{words}_" if apart and not re.search(r"(?<!\\)_", words) else words
