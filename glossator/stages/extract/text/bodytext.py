"""The units of a text's body -> Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from glossator.stages.extract.escape import escape, escape_start
from glossator.stages.extract.text.furniture import TEASER
from glossator.stages.extract.text.lines import Unit, item_text

_LONGEST_HEADING = 14
"""Words."""
_LONGEST_QUESTION = 8
"""Words."""
_LONG_HEADLINE = 8
"""Words."""
_MOST_REPEATED = 2
_SHORTEST_APART = 6
"""Words that a headline has at least which no other place of the page repeats."""
SHORTEST_HEADLINE = 4
"""Words: a shorter line that a page repeats is its name or a label."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the lines of a body are like on the whole, by which one of them is judged."""

    usual: int
    """Blank lines before a paragraph."""
    gaps: Mapping[int, int]
    """Number of blank lines before a line -> how many lines have as many."""
    repeated: int
    long: int
    """Lines that are as long as headlines and name names."""


def body_markdown(body: Sequence[Unit]) -> str:
    """Paragraphs, headings, lists, verses, and the headlines of other articles marked as such."""
    return "\n\n".join(_blocks(body)) + "\n" if body else ""


def _layout(body: Sequence[Unit]) -> _Layout:
    gaps = sorted(unit.gap for unit in body if unit.kind == "prose")
    lines = [unit for unit in body if unit.kind == "line"]
    return _Layout(
        usual=gaps[len(gaps) // 2] if gaps else 1,
        gaps=Counter(unit.gap for unit in lines),
        repeated=sum(unit.kind == "repeated" for unit in body),
        long=sum(unit.words <= _LONGEST_HEADING and _is_like_headline(unit) for unit in lines),
    )


def _blocks(body: Sequence[Unit]) -> Iterator[str]:
    layout = _layout(body)
    standing = [_stands_alone(body, at) for at in range(len(body))]
    related = [alone and _is_related(unit, layout) for unit, alone in zip(body, standing, strict=True)]
    headed = any(
        alone and unit.kind == "line" and not other for unit, alone, other in zip(body, standing, related, strict=True)
    )
    at = 0
    while at < len(body):
        unit = body[at]
        if unit.kind == "item":
            end = next((n for n in range(at, len(body)) if body[n].kind != "item"), len(body))
            yield "\n".join(_items(body[at:end]))
            at = end
            continue
        heading = standing[at] and (unit.kind in ("line", "repeated") or (headed and _is_question(unit)))
        yield f"> [!related] {escape(unit.text)}" if related[at] else _block(unit, heading=heading)
        at += 1


def _block(unit: Unit, *, heading: bool) -> str:
    if unit.kind == "verse":
        return "  \n".join(escape_start(escape(line)) for line in unit.text.split("\n"))
    if teaser := TEASER.fullmatch(unit.text) if unit.kind == "teaser" else None:
        return f"> [!related] {escape(teaser['headline'])}"
    return f"## {escape(unit.text)}" if heading else escape_start(escape(unit.text))


def _items(items: Sequence[Unit]) -> Iterator[str]:
    for unit in items:
        mark, text = item_text(unit.text) or ("-", unit.text)
        mark = mark.replace(")", ".") if mark[0].isdigit() else "-"
        yield f"{mark} {escape_start(escape(text))}"


def _stands_alone(body: Sequence[Unit], at: int) -> bool:
    """A short line with a blank one before it and text below it; one with a colon belongs to what is below it."""
    unit = body[at]
    if unit.text.endswith((":", "：")):
        return False
    follows = body[at + 1].kind if at + 1 < len(body) else ""
    return unit.words <= _LONGEST_HEADING and (unit.gap > 0 or not at) and follows in ("prose", "item", "verse")


def _is_question(unit: Unit) -> bool:
    """Whether a sentence may be a heading, in a text that has other headings."""
    return unit.kind == "prose" and unit.text.endswith("?") and unit.words <= _LONGEST_QUESTION


def _is_related(unit: Unit, layout: _Layout) -> bool:
    """Whether a line that stands alone is the headline of another article, and no heading of this one.

    Headlines are long, name names, and stand in a gap of their own; two of three signs decide. Where several are long
    and name names, it is the way of this article's headings.
    """
    words = unit.text.split()
    if unit.kind == "repeated":
        # One that stands among the page's headlines too; lines that a table of contents repeats are several.
        return len(words) >= SHORTEST_HEADLINE and layout.repeated <= _MOST_REPEATED
    if unit.kind != "line" or len(words) < _SHORTEST_APART or unit.text[0].isdigit():
        return False
    apart = unit.gap > max(layout.usual, 1) and layout.gaps[unit.gap] < 3
    if not apart:
        return layout.long == 1 and _is_like_headline(unit)
    return len(words) >= _LONG_HEADLINE or _names_names(words)


def _is_like_headline(unit: Unit) -> bool:
    words = unit.text.split()
    return len(words) >= _LONG_HEADLINE and _names_names(words)


def _names_names(words: Sequence[str]) -> bool:
    capitals = sum(word.lstrip("“‘\"'(")[:1].isupper() for word in words[1:])
    return 2 <= capitals < 0.7 * (len(words) - 1)
