"""The units of a text's body -> Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glossator.stages.extract.escape import escape, escape_start
from glossator.stages.extract.text.furniture import TEASER
from glossator.stages.extract.text.lines import Unit, item_text

_LONGEST_HEADING = 14
"""Words."""
_MOST_REPEATED = 2
_SHORTEST_APART = 6
"""Words that a headline has at least which no other place of the page repeats."""
SHORTEST_HEADLINE = 4
"""Words: a shorter line that a page repeats is its name or a label."""


def body_markdown(body: Sequence[Unit]) -> str:
    """Paragraphs, headings, lists, verses, and the headlines of other articles marked as such."""
    return "\n\n".join(_blocks(body)) + "\n" if body else ""


def _blocks(body: Sequence[Unit]) -> Iterator[str]:
    at = 0
    while at < len(body):
        unit = body[at]
        if unit.kind == "item":
            end = next((n for n in range(at, len(body)) if body[n].kind != "item"), len(body))
            yield "\n".join(_items(body[at:end]))
            at = end
            continue
        yield _block(body, at)
        at += 1


def _block(body: Sequence[Unit], at: int) -> str:
    unit = body[at]
    if unit.kind == "verse":
        return "  \n".join(escape_start(escape(line)) for line in unit.text.split("\n"))
    if teaser := TEASER.fullmatch(unit.text) if unit.kind == "teaser" else None:
        return f"> [!related] {escape(teaser['headline'])}"
    if unit.kind in ("line", "repeated") and _stands_alone(body, at):
        return f"> [!related] {escape(unit.text)}" if _is_related(body, at) else f"## {escape(unit.text)}"
    if _is_question(body, at):
        return f"## {escape(unit.text)}"
    return escape_start(escape(unit.text))


def _items(items: Sequence[Unit]) -> Iterator[str]:
    for unit in items:
        mark, text = item_text(unit.text) or ("-", unit.text)
        mark = mark.replace(")", ".") if mark[0].isdigit() else "-"
        yield f"{mark} {escape_start(escape(text))}"


def _stands_alone(body: Sequence[Unit], at: int) -> bool:
    """A short line with a blank one before it and text below it."""
    unit = body[at]
    follows = body[at + 1].kind if at + 1 < len(body) else ""
    return unit.words <= _LONGEST_HEADING and (unit.gap > 0 or not at) and follows in ("prose", "item", "verse")


def _is_question(body: Sequence[Unit], at: int) -> bool:
    """Whether a sentence is a heading: a short question that stands alone, in a text that has other headings."""
    unit = body[at]
    if not (unit.kind == "prose" and unit.text.endswith("?") and unit.words <= 8 and _stands_alone(body, at)):
        return False
    return any(body[n].kind == "line" and _stands_alone(body, n) and not _is_related(body, n) for n in range(len(body)))


def _is_related(body: Sequence[Unit], at: int) -> bool:
    """Whether a line that stands alone is the headline of another article, and no heading of this one.

    Headlines are long, name names, and stand in a gap of their own; two of three signs decide.
    """
    unit = body[at]
    words = unit.text.split()
    if unit.kind == "repeated":
        # One that stands among the page's headlines too; lines that a table of contents repeats are several.
        return len(words) >= SHORTEST_HEADLINE and sum(other.kind == "repeated" for other in body) <= _MOST_REPEATED
    if len(words) < _SHORTEST_APART or unit.text[0].isdigit():
        return False
    gaps = sorted(other.gap for other in body if other.kind == "prose")
    usual = gaps[len(gaps) // 2] if gaps else 1
    apart = unit.gap > max(usual, 1) and sum(other.gap == unit.gap for other in body if other.kind == "line") < 3
    capitals = sum(word.lstrip("“‘\"'(")[:1].isupper() for word in words[1:])
    names = 2 <= capitals < 0.7 * (len(words) - 1)
    return apart + (len(words) >= 8) + names >= 2
