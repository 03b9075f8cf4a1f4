"""Parts of a page that its server sends late, put where its scripts would have put them.

React streams what takes longer behind the end of the page, in a hidden element `S:n`, and leaves a template `B:n` or
`P:n` in its place; a page that was saved without its scripts having run still has it so.
"""

from __future__ import annotations

from lxml.html import HtmlElement


def put_in_place(tree: HtmlElement) -> None:
    """Each late part in the place that waits for it."""
    waiting = {
        place.get("id", "")[2:]: place for place in tree.iter("template") if place.get("id", "")[:2] in ("B:", "P:")
    }
    late = [part for part in tree.iter("div") if part.get("id", "").startswith("S:")] if waiting else []
    for part in late:
        place = waiting.pop(part.get("id", "")[2:], None)
        parent = place.getparent() if place is not None else None
        if place is None or parent is None or any(above is part for above in place.iterancestors()):
            continue
        part.attrib.pop("hidden", None)
        part.drop_tree()
        part.tail = place.tail
        parent.replace(place, part)
