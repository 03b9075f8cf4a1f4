"""Pictures made of chunks or blocks (PNG, GIF, WebP), copied without those that hold metadata."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

from glossator.picture_metadata.colour_profile import without_texts

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_NEEDED_CHUNKS = {
    **dict.fromkeys((b"IDAT", b"fdAT"), 2**31),
    b"IHDR": 13,
    b"PLTE": 768,
    b"tRNS": 256,
    b"gAMA": 4,
    b"cHRM": 32,
    b"sRGB": 1,
    b"sBIT": 4,
    b"bKGD": 6,
    b"pHYs": 9,
    b"cICP": 4,
    b"mDCV": 24,
    b"cLLI": 8,
    b"acTL": 8,
    b"fcTL": 26,
}
"""Chunks that are kept, each with the largest number of bytes that it has."""
_LARGEST_PROFILE = 4_000_000
"""Bytes of a colour profile that is unpacked."""


def strip_png(data: bytes) -> bytes:
    """Return a PNG without EXIF, texts, times and unknown chunks, and without anything behind its end.

    Raises ValueError if the file is no whole PNG.
    """
    if not data.startswith(_SIGNATURE):
        raise ValueError("no PNG")
    kept = [_SIGNATURE]
    position = len(_SIGNATURE)
    while position + 12 <= len(data):
        kind = data[position + 4 : position + 8]
        end = position + 12 + int.from_bytes(data[position : position + 4], "big")
        if end > len(data):
            break
        if kind == b"IEND":
            return b"".join([*kept, _chunk(kind, b"")])
        if kind == b"iCCP":
            kept.append(_profile_chunk(data[position + 8 : end - 4]))
        elif end - position - 12 <= _NEEDED_CHUNKS.get(kind, -1):
            kept.append(data[position:end])
        position = end
    raise ValueError("cut")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def _profile_chunk(body: bytes) -> bytes:
    """Return the chunk of a colour profile without its name and its texts; nothing if it cannot be unpacked."""
    unpacking = zlib.decompressobj()
    try:
        profile = unpacking.decompress(body[body.index(b"\0") + 2 :], _LARGEST_PROFILE)
    except (ValueError, zlib.error):
        return b""
    return _chunk(b"iCCP", b"icc\0\0" + zlib.compress(without_texts(profile))) if unpacking.eof else b""


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


_NEEDED = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_EXIF_AND_XMP = 0x08 | 0x04
"""Flags of VP8X for metadata."""
_FIELDS = {b"VP8X": 10, b"ANIM": 6, b"ANMF": 16}
"""Bytes of the fields of a chunk; those of a frame have its chunks behind them."""


def strip_webp(data: bytes) -> bytes:
    """Return a WebP without EXIF, XMP and unknown chunks, and without anything behind its end.

    Raises ValueError if the file is no whole WebP.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise ValueError("no WebP")
    end = 8 + int.from_bytes(data[4:8], "little")
    chunks = b"".join(_kept(data[12:end]))
    if not chunks:
        raise ValueError("empty")
    return b"RIFF" + (4 + len(chunks)).to_bytes(4, "little") + b"WEBP" + chunks


def _kept(chunks: bytes) -> Iterator[bytes]:
    position = 0
    while position + 8 <= len(chunks):
        kind = chunks[position : position + 4]
        size = int.from_bytes(chunks[position + 4 : position + 8], "little")
        body = chunks[position + 8 : position + 8 + size]
        if len(body) < size:
            raise ValueError("cut")
        if kind == b"VP8X":
            body = bytes([body[0] & ~_EXIF_AND_XMP]) + body[1 : _FIELDS[kind]]
        elif kind == b"ANIM":
            body = body[: _FIELDS[kind]]
        elif kind == b"ICCP":
            body = without_texts(body)
        elif kind == b"ANMF":
            body = body[: _FIELDS[kind]] + b"".join(_kept(body[_FIELDS[kind] :]))
        if kind in _NEEDED:
            yield kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
        position += 8 + size + size % 2
