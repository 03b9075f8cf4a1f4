"""GIF: the blocks that a decoder needs. Source: CompuServe, Graphics Interchange Format, version 89a."""

from __future__ import annotations

_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_APPLICATIONS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
"""Extensions of programs that say how often an animation is repeated, or hold a colour profile."""


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
            label, name = data[position + 1], data[position + 3 : position + 14]
            if label == _CONTROL or (label == _APPLICATION and name in _APPLICATIONS):
                kept.append(data[position:end])
        else:
            raise ValueError("no block")
        position = end
    return b"".join([*kept, b"\x3b"])


def _colours(flags: int) -> int:
    """Return the bytes of a table of colours, by the flags that announce one."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(data: bytes, position: int) -> int:
    while data[position]:
        position += data[position] + 1
    return position + 1
