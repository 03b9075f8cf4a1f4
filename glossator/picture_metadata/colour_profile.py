"""A colour profile -> its numbers: without its texts, dates, makers and devices, and of the same length.

A profile that a program made for one screen names that screen, and may name whose it is. What is kept is what a
conversion of colours reads. Source: ICC.1:2022, sections 7, 9 and 10.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

_HEADER = struct.Struct("4s 4x 16s 12x 4s 4x 4s 8x 24s 48x")
"""Header: what is kept of it is size, version, class, spaces, signature, flags, attributes, intent, illuminant."""
_NUMBERS = frozenset(
    b"rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad chrm lumi cicp gamt A2B0 A2B1 A2B2 A2B3 B2A0 B2A1 B2A2 B2A3 "
    b"D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3".split()
)
"""Tags that a conversion of colours reads."""
_TEXTS = frozenset((b"desc", b"cprt"))
"""Tags that a profile must have, and which are emptied."""
_LENGTHS = {b"XYZ ": 20, b"sf32": 44, b"cicp": 12}
"""Bytes of a value of this type in one of these tags."""
_LOOK_UP = frozenset((b"mft1", b"mft2", b"mAB ", b"mBA ", b"mpet", b"chrm"))
"""Types that hold numbers to their end."""
_PARAMETERS = (1, 3, 4, 5, 7)
"""Parameters of a parametric curve, by its function."""
_EMPTY = {b"mluc": struct.pack(">4sIII", b"mluc", 0, 0, 12), b"text": b"text\0\0\0\0\0", b"desc": b"desc" + bytes(86)}
_MOST_TAGS = 200


class _Tag(NamedTuple):
    name: bytes
    position: int
    data: bytes


def without_texts(profile: bytes) -> bytes:
    """Return a profile whose numbers lie where they lay; zeros if a browser would not read it either."""
    kept = bytearray(len(profile))
    if len(profile) < _HEADER.size + 4 or profile[36:40] != b"acsp":
        return bytes(kept)
    _HEADER.pack_into(kept, 0, *_HEADER.unpack_from(profile))
    struct.pack_into(">6H", kept, 24, 2000, 1, 1, 0, 0, 0)  # a date there has to be
    tags = list(_tags(profile))
    kept[_HEADER.size : _HEADER.size + 4] = struct.pack(">I", len(tags))
    # Texts first: should one lie across numbers, the numbers stay.
    for tag in sorted(tags, key=lambda tag: tag.name in _NUMBERS):
        kept[tag.position : tag.position + len(tag.data)] = tag.data
    for number, tag in enumerate(tags):
        entry = struct.pack(">4sII", tag.name, tag.position, len(tag.data))
        kept[_HEADER.size + 4 + 12 * number : _HEADER.size + 16 + 12 * number] = entry
    return bytes(kept)


def _tags(profile: bytes) -> Iterator[_Tag]:
    """Yield the tags that are kept, each with the bytes that it has then."""
    count = min(int.from_bytes(profile[_HEADER.size : _HEADER.size + 4], "big"), _MOST_TAGS)
    table = _HEADER.size + 4 + 12 * count
    for at in range(_HEADER.size + 4, min(table, len(profile) - 11), 12):
        name, position, size = struct.unpack_from(">4sII", profile, at)
        if position < table or position + size > len(profile) or size < 8:
            continue
        if name in _NUMBERS and (length := _length(profile[position : position + size])):
            kind = profile[position : position + 4]
            yield _Tag(name, position, kind + bytes(4) + profile[position + 8 : position + length])
        elif name in _TEXTS and len(empty := _EMPTY.get(profile[position : position + 4], b"")) <= size and empty:
            yield _Tag(name, position, empty)


def _length(value: bytes) -> int:
    """Return how many bytes of a tag are numbers; 0 if its type is none of numbers."""
    kind = value[:4]
    if kind == b"curv":
        wanted = 12 + 2 * int.from_bytes(value[8:12], "big")
    elif kind == b"para":
        function = int.from_bytes(value[8:10], "big")
        wanted = 12 + 4 * _PARAMETERS[function] if function < len(_PARAMETERS) else 0
    else:
        wanted = len(value) if kind in _LOOK_UP else _LENGTHS.get(kind, 0)
    return wanted if wanted <= len(value) else 0
