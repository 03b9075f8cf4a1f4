"""Units within the stretch of a page's body that are not the article's: buttons, boxes, biographies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glossator.stages.extract.text.headings import SHORTEST_HEADLINE
from glossator.stages.extract.text.paragraphs_and_lines import Unit

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
