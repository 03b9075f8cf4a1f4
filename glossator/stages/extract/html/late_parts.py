"""Parts of a page that its server sends late, put where its scripts would have put them.

React streams slow parts after the end of the page, in a hidden element `S:n`, and leaves a template `B:n` or `P:n` as a
placeholder; a page that was saved before its scripts ran is still in that state.
"""

from __future__ import annotations

from lxml.html import HtmlElement


def put_in_place(tree: HtmlElement) -> None:
    """Move each late part to its placeholder."""
    waiting = {
        placeholder.get("id", "")[2:]: placeholder
        for placeholder in tree.iter("template")
        if placeholder.get("id", "")[:2] in ("B:", "P:")
    }
    late = [part for part in tree.iter("div") if part.get("id", "").startswith("S:")] if waiting else []
    for part in late:
        placeholder = waiting.pop(part.get("id", "")[2:], None)
        parent = placeholder.getparent() if placeholder is not None else None
        if placeholder is None or parent is None or any(above is part for above in placeholder.iterancestors()):
            continue
        part.attrib.pop("hidden", None)
        part.drop_tree()
        part.tail = placeholder.tail
        parent.replace(placeholder, part)
