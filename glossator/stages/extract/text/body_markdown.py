"""The units of a text's body -> Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glossator.stages.extract.escape_markdown import escape, escape_start
from glossator.stages.extract.text.boilerplate_patterns import TEASER
from glossator.stages.extract.text.headings import is_question, is_related, line_statistics, stands_alone
from glossator.stages.extract.text.paragraphs_and_lines import Unit, item_text


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
