"""GIF, copied without the blocks that hold metadata."""

from __future__ import annotations

import io
from collections.abc import Iterator

from glossator.picture_metadata.colour_profile import without_texts

_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
"""Extensions of programs that say how often an animation is repeated."""
_PROFILE = b"ICCRGBG1012"
"""Extension that holds a colour profile."""


def strip_gif(data: bytes) -> bytes:
    """Return a GIF without comments, texts, XMP and other extensions, and without anything behind its end.

    Raises ValueError or IndexError if the file is no whole GIF.
    """
    position = 13 + _colours(data[10])
    kept = [data[:position]]
    while data[position] != _TRAILER:
        if data[position] == _IMAGE:
            end = _end_of_blocks(data, position + 10 + _colours(data[position + 9]) + 1)
            kept.append(data[position:end])
        elif data[position] == _EXTENSION:
            end = _end_of_blocks(data, position + 2)
            kept.append(_needed_extension(data[position + 1], data[position:end]))
        else:
            raise ValueError("no block")
        position = end
    return b"".join([*kept, b"\x3b"])


def _needed_extension(label: int, extension: bytes) -> bytes:
    """Return what is kept of an extension: of its first block, and of those behind it."""
    name, more = extension[3:14], extension[14:]
    if label == _CONTROL and extension[2] == 4:
        return extension[:7] + b"\0"
    if label == _APPLICATION and name in _LOOPS and more[:2] == b"\3\1":
        return extension[:18] + b"\0"
    if label == _APPLICATION and name == _PROFILE:
        blocks = list(_blocks(more))
        profile = io.BytesIO(without_texts(b"".join(blocks)))
        parts = (bytes([len(block)]) + profile.read(len(block)) for block in blocks)
        return b"".join([extension[:14], *parts, b"\0"])
    return b""


def _blocks(blocks: bytes) -> Iterator[bytes]:
    position = 0
    while size := blocks[position]:
        yield blocks[position + 1 : position + 1 + size]
        position += size + 1


def _colours(flags: int) -> int:
    """Return the bytes of a table of colours, by the flags that announce one."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(data: bytes, position: int) -> int:
    while data[position]:
        position += data[position] + 1
    return position + 1
