"""What stands within the stretch of a page's body and yet is not the article's: buttons, boxes, biographies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glossator.stages.extract.text.bodytext import SHORTEST_HEADLINE
from glossator.stages.extract.text.lines import Unit

_LAST = 8
"""Units at the end of a body among which a biography is looked for."""
_LONGEST_BIOGRAPHY = 120
"""Words."""
_LAST_NAMED = 3
"""Units at its end that may be one of somebody whom no byline names."""
_NAME = re.compile(r"(?P<first>[^\W\d_a-z][\w.'’-]*)(?: [^\W\d_a-z][\w.'’-]*){1,3}")


def without_leftovers(body: Sequence[Unit], title: str, byline: str | None) -> tuple[Unit, ...]:
    """The units of a body that belong to the article."""
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
    """The body up to a paragraph at its end that introduces its author, or one who is named on the line above."""
    author = byline.split(",")[0] if byline else ""
    for at in range(max(1, len(body) - _LAST), len(body)):
        unit, above = body[at], body[at - 1]
        if unit.kind != "prose" or unit.words > _LONGEST_BIOGRAPHY:
            continue
        named = at >= len(body) - _LAST_NAMED and above.words <= 6 and above.kind in ("line", "repeated")
        if author and (unit.text.startswith(author) or (named and author in above.text)):
            return body[: at - (author in above.text)]
        if named and (name := _NAME.fullmatch(above.text)) and name["first"] in unit.text.split()[:2]:
            return body[: at - 1]
    return body
