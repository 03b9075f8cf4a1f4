"""WebP, copied without the chunks that hold metadata."""

from __future__ import annotations

from collections.abc import Iterator

from glossator.picture_metadata.colour_profile import without_texts

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
