"""Paragraphs and lines of a text file -> its body in Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from glossator.stages.extract.escape_markdown import escape, escape_start
from glossator.stages.extract.text.boilerplate_patterns import TEASER
from glossator.stages.extract.text.paragraphs_and_lines import Unit, ends_sentence, item_text

_WEIGHTS = {
    **dict.fromkeys(("line", "repeated", "date", "byline"), -4.0),
    "control": -3.0,
    "credit": -1.0,
    "teaser": -1.0,
    "item": 6.0,
    "box": -40.0,
    "tail": -100.0,
}
"""Weight of each kind of unit; prose counts its words. A box of other articles ends the body unless more prose
follows than boxes have, a page's tail unless much more does."""
_MOST = 40
"""Words that one unit counts at most, so that one long paragraph of a cookie notice is no article."""
_SENTENCE = 8
"""Words: a shorter sentence is as often a button's."""
_TEASER = 10.0
"""Words that the sentence under the headline of another article counts."""
_AROUND_TEASER = {"line", "repeated", "date", "byline", "control", "box"}
_FIRST = 0.5
"""Share of the greatest sum: the first stretch with so much is the body, because an article precedes everything else
that a page offers."""


def body_stretch(units: Sequence[Unit]) -> tuple[int, int]:
    """Return start and end of the body; all of a text that has no prose."""
    stretches = list(_stretches(units))
    most = max((total for total, _, _ in stretches), default=0)
    return next(((start, end) for total, start, end in stretches if total >= _FIRST * most), (0, len(units)))


def _stretches(units: Sequence[Unit]) -> Iterator[tuple[float, int, int]]:
    """Yield sum, start and end of each run whose sums stay positive (Bentley, "Programming Pearls", 1984, column 7)."""
    start, end, total, most = 0, 0, 0.0, 0.0
    for index, unit in enumerate(units):
        weight = _weight(unit)
        total += min(weight, _TEASER) if _is_teaser(units, index) else weight
        if total > most:
            most, end = total, index + 1
        elif total <= 0:
            if most:
                yield most, start, end
            start, total, most = index + 1, 0.0, 0.0
    if most:
        yield most, start, end


def _is_teaser(units: Sequence[Unit], index: int) -> bool:
    """True if a sentence stands alone between a headline and a byline or date."""
    around = {units[beside].kind for beside in (index - 1, index + 1) if 0 <= beside < len(units)}
    return units[index].kind == "prose" and bool(around & {"date", "byline"}) and around <= _AROUND_TEASER


def _weight(unit: Unit) -> float:
    if unit.kind in _WEIGHTS:
        return _WEIGHTS[unit.kind]
    if unit.kind == "verse":
        return min(unit.words, _MOST)
    if unit.times > 1 or not ends_sentence(unit.text) or unit.text.endswith(("...", "…")):
        return 0
    return min(unit.words, _MOST) * (1 if unit.words >= _SENTENCE else 0.5)


_LAST = 8
"""Units at the end of a body among which a biography may be."""
_LONGEST_BIOGRAPHY = 120
"""Words."""
_LAST_NAMED = 3
"""Units at the end of a body that may be the biography of a person whom no byline names."""
_NAME = re.compile(r"(?P<first>[^\W\d_a-z][\w.'’-]*)(?: [^\W\d_a-z][\w.'’-]*){1,3}")


def without_leftovers(body: Sequence[Unit], title: str, byline: str | None) -> tuple[Unit, ...]:
    """Return the units of a body that belong to the article with this title and byline."""
    return tuple(_content(_without_biography(body, byline), title))


def _content(body: Sequence[Unit], title: str) -> Iterator[Unit]:
    seen: set[str] = set()
    boxed = False
    for unit in body:
        boxed = unit.kind == "box" or (boxed and unit.kind in ("line", "repeated", "control", "date", "byline"))
        if boxed or unit.kind in ("control", "tail", "credit") or unit.text in seen:
            continue
        if unit.kind == "repeated" and (unit.words < SHORTEST_HEADLINE or unit.text == title):
            continue
        if unit.times > 1 and unit.kind == "prose":
            seen.add(unit.text)
        yield unit


def _without_biography(body: Sequence[Unit], byline: str | None) -> Sequence[Unit]:
    """Cut a body before a paragraph at its end that introduces the author, or the person named on the line above."""
    author = byline.split(",")[0] if byline else ""
    for index in range(max(1, len(body) - _LAST), len(body)):
        unit, above = body[index], body[index - 1]
        if unit.kind != "prose" or unit.words > _LONGEST_BIOGRAPHY:
            continue
        named = index >= len(body) - _LAST_NAMED and above.words <= 6 and above.kind in ("line", "repeated")
        if author and (unit.text.startswith(author) or (named and author in above.text)):
            return body[: index - (author in above.text)]
        if named and (name := _NAME.fullmatch(above.text)) and name["first"] in unit.text.split()[:2]:
            return body[: index - 1]
    return body


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
