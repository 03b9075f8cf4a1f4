"""Units of a body -> Markdown: paragraphs, headings, lists and verses, and headlines of other articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from glossator.stages.extract.escape_markdown import escape, escape_start
from glossator.stages.extract.text.boilerplate_patterns import TEASER
from glossator.stages.extract.text.paragraphs_and_lines import Unit, item_text

_LONGEST_HEADING = 14
"""Words."""
_LONGEST_QUESTION = 8
"""Words."""
_LONG_HEADLINE = 8
"""Words."""
_MOST_REPEATED = 2
_SHORTEST_APART = 6
"""Fewest words of a line that is the headline of another article although nothing on the page repeats it."""
SHORTEST_HEADLINE = 4
"""Words: a shorter line that a page repeats is its name or a label."""


def body_markdown(body: Sequence[Unit]) -> str:
    """Write paragraphs, headings, lists and verses, and mark the headlines of other articles."""
    return "\n\n".join(_blocks(body)) + "\n" if body else ""


def _blocks(body: Sequence[Unit]) -> Iterator[str]:
    layout = line_statistics(body)
    alone = [stands_alone(body, index) for index in range(len(body))]
    related = [is_alone and is_related(unit, layout) for unit, is_alone in zip(body, alone, strict=True)]
    headed = any(
        is_alone and unit.kind == "line" and not is_headline
        for unit, is_alone, is_headline in zip(body, alone, related, strict=True)
    )
    index = 0
    while index < len(body):
        unit = body[index]
        if unit.kind == "item":
            end = next((n for n in range(index, len(body)) if body[n].kind != "item"), len(body))
            yield "\n".join(_items(body[index:end]))
            index = end
            continue
        heading = alone[index] and (unit.kind in ("line", "repeated") or (headed and is_question(unit)))
        yield f"> [!related] {escape(unit.text)}" if related[index] else _block(unit, heading=heading)
        index += 1


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


class LineStatistics(msgspec.Struct, frozen=True):
    """Statistics of a body's lines, against which each line is judged."""

    usual: int
    """Blank lines before a paragraph."""
    gaps: Mapping[int, int]
    """Number of lines by the number of blank lines before them."""
    repeated: int
    long: int
    """Lines that are as long as headlines and contain names."""


def line_statistics(body: Sequence[Unit]) -> LineStatistics:
    """Return the statistics of a body's lines."""
    gaps = sorted(unit.gap for unit in body if unit.kind == "prose")
    lines = [unit for unit in body if unit.kind == "line"]
    return LineStatistics(
        usual=gaps[len(gaps) // 2] if gaps else 1,
        gaps=Counter(unit.gap for unit in lines),
        repeated=sum(unit.kind == "repeated" for unit in body),
        long=sum(unit.words <= _LONGEST_HEADING and _is_like_headline(unit) for unit in lines),
    )


def stands_alone(body: Sequence[Unit], index: int) -> bool:
    """True if a line is short, follows a blank one, and has text below; a line with a colon belongs to what follows."""
    unit = body[index]
    if unit.text.endswith((":", "：")):
        return False
    follows = body[index + 1].kind if index + 1 < len(body) else ""
    return unit.words <= _LONGEST_HEADING and (unit.gap > 0 or not index) and follows in ("prose", "item", "verse")


def is_question(unit: Unit) -> bool:
    """True if a sentence may be a heading, in a text that has other headings."""
    return unit.kind == "prose" and unit.text.endswith("?") and unit.words <= _LONGEST_QUESTION


def is_related(unit: Unit, layout: LineStatistics) -> bool:
    """True if a line that stands alone is the headline of another article, rather than a heading of this one.

    Headlines are long, contain names, and have a larger gap before them; two of the three signs decide. If several
    lines are long and contain names, they are headings of this article.
    """
    words = unit.text.split()
    if unit.kind == "repeated":
        # A line that is among the page's headlines too; a table of contents would repeat several.
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
