"""Units of a text -> its body: the stretch with the most prose, without what remains of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glossator.stages.extract.text.body_markdown import SHORTEST_HEADLINE
from glossator.stages.extract.text.paragraphs_and_lines import Unit, ends_sentence

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
_LAST = 8
"""Units at the end of a body among which a biography may be."""
_LONGEST_BIOGRAPHY = 120
"""Words."""
_LAST_NAMED = 3
"""Units at the end of a body that may be the biography of a person whom no byline names."""
_NAME = re.compile(r"(?P<first>[^\W\d_a-z][\w.'’-]*)(?: [^\W\d_a-z][\w.'’-]*){1,3}")


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
