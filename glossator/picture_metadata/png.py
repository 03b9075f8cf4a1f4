"""PNG, copied without the chunks that hold metadata."""

from __future__ import annotations

import zlib

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
