"""Enumerations of names: a member among several of a type is of that type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from glossator.model import Block
from glossator.stages.annotate import nationalities
from glossator.stages.annotate.lexicon.titles_and_heads import DAYS, NEVER, OPENING, TITLES
from glossator.stages.annotate.spans import Span

_ITEM = rf"(?!(?:{DAYS})\b)[A-Z][\w'’&-]*(?: [A-Z][\w'’&-]*){{0,3}}"
_LIST = re.compile(rf"(?<![\w.’'-]){_ITEM}(?:, {_ITEM})+,? (?:and|or) {_ITEM}(?![\w’'-])")
_COMMA = re.compile(rf", {_ITEM}(?:,| and| or) ")
_ITEMS = re.compile(_ITEM)

KNOWN = 2
"""Members of an enumeration that must share a known type for the others to get it."""


def complete_enumerations(content: str, block: Block, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the members of a block's enumerations that are in no span; `spans` are in the order of the text."""
    if len(spans) < KNOWN or not _COMMA.search(content, block.start, block.end):
        return
    for listed in _LIST.finditer(content, block.start, block.end):
        inside = {one.start: one for one in spans if listed.start() <= one.start < listed.end()}
        items = list(_ITEMS.finditer(content, *listed.span()))
        members = (inside.get(item.start()) for item in items)
        types = Counter(one.type for one, item in zip(members, items, strict=True) if one and one.end == item.end())
        if len(types) != 1 or types.total() < KNOWN:
            continue
        kind = next(iter(types))
        for item in items:
            if not any(one.start < item.end() and item.start() < one.end for one in inside.values()) and _may_be(item):
                yield Span(*item.span(), kind)


def _may_be(item: re.Match[str]) -> bool:
    """True if a member of an enumeration may be a name, and neither a title nor a nationality."""
    words = item.group().split()
    if OPENING.match(f"{item.group()} -"):
        return False
    return not any(word in NEVER or word in TITLES or nationalities.is_demonym(word) for word in words)
