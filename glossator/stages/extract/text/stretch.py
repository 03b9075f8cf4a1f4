"""Where in a text copy the article's body is: the stretch of units with the most prose in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glossator.stages.extract.text.lines import Unit, ends_sentence

_WEIGHTS = {
    **dict.fromkeys(("line", "repeated", "date", "byline"), -4.0),
    "control": -3.0,
    "credit": -1.0,
    "teaser": -1.0,
    "item": 6.0,
    "box": -40.0,
    "tail": -100.0,
}
"""What a unit is worth to the stretch; prose counts its words. A box of other articles ends the body unless more prose
follows than such a box has, a page's tail unless much more does."""
_MOST = 40
"""Words for which one unit counts, so that one long paragraph of a cookie notice is no article."""
_SENTENCE = 8
"""Words: a shorter sentence is as often a button's."""
_TEASER = 10.0
"""Words that the sentence under the headline of another article counts."""
_AROUND_TEASER = {"line", "repeated", "date", "byline", "control", "box"}
_FIRST = 0.5
"""Of the greatest sum: the first stretch that has as much is the body, since an article stands above whatever else a
page has to offer."""


def body_stretch(found: Sequence[Unit]) -> tuple[int, int]:
    """Start and end of the body; all of a text that has no prose."""
    stretches = list(_stretches(found))
    most = max((total for total, _, _ in stretches), default=0)
    return next(((start, end) for total, start, end in stretches if total >= _FIRST * most), (0, len(found)))


def _stretches(found: Sequence[Unit]) -> Iterator[tuple[float, int, int]]:
    """Sum, start and end of each run whose sums stay positive (Bentley, "Programming Pearls", 1984, column 7)."""
    start, end, total, most = 0, 0, 0.0, 0.0
    for at, unit in enumerate(found):
        weight = _weight(unit)
        total += min(weight, _TEASER) if _is_teaser(found, at) else weight
        if total > most:
            most, end = total, at + 1
        elif total <= 0:
            if most:
                yield most, start, end
            start, total, most = at + 1, 0.0, 0.0
    if most:
        yield most, start, end


def _is_teaser(found: Sequence[Unit], at: int) -> bool:
    """Whether a sentence stands alone between a headline and whose it is or when it appeared."""
    around = {found[beside].kind for beside in (at - 1, at + 1) if 0 <= beside < len(found)}
    return found[at].kind == "prose" and bool(around & {"date", "byline"}) and around <= _AROUND_TEASER


def _weight(unit: Unit) -> float:
    if unit.kind in _WEIGHTS:
        return _WEIGHTS[unit.kind]
    if unit.kind == "verse":
        return min(unit.words, _MOST)
    if unit.times > 1 or not ends_sentence(unit.text) or unit.text.endswith(("...", "…")):
        return 0
    return min(unit.words, _MOST) * (1 if unit.words >= _SENTENCE else 0.5)
