"""Pictures made of segments, chunks or blocks (JPEG, PNG, GIF, WebP), copied without those that hold metadata."""

from __future__ import annotations

from collections.abc import Iterator

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a length: TEM and the restart markers."""
_APP0, _APP2, _APP14, _APP15, _COMMENT = 0xE0, 0xE2, 0xEE, 0xEF, 0xFE
_JFIF = b"JFIF\0"
_JFIF_FIELDS = 12
"""Bytes of JFIF before its thumbnail: name, version, density."""


def strip_jpeg(data: bytes) -> bytes:
    """Return a JPEG without EXIF, XMP, IPTC, comments, thumbnails, and without anything behind its end.

    Raises ValueError or IndexError if the file is no whole JPEG.
    """
    if data[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    kept = [b"\xff\xd8"]
    position = 2
    while True:
        while data[position] == 0xFF and data[position + 1] == 0xFF:  # filling
            position += 1
        if data[position] != 0xFF:
            raise ValueError("no marker")
        marker = data[position + 1]
        if marker == _END:
            return b"".join([*kept, b"\xff\xd9"])
        if marker in _ALONE:
            kept.append(data[position : position + 2])
            position += 2
            continue
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        segment = data[position:end]
        if len(segment) < 4 or end > len(data):
            raise ValueError("cut")
        kept.append(_needed(marker, segment))
        position = end
        if marker == _SCAN:
            position = _end_of_scan(data, end)
            kept.append(data[end:position])
            if position == len(data):  # browsers show a picture whose end is missing
                return b"".join([*kept, b"\xff\xd9"])


def _needed(marker: int, segment: bytes) -> bytes:
    """Return what is kept of a segment."""
    if marker == _APP0:
        body = segment[4:]
        if not body.startswith(_JFIF) or len(body) < _JFIF_FIELDS:
            return b""
        return b"\xff\xe0\x00\x10" + body[:_JFIF_FIELDS] + b"\0\0"
    if marker == _APP2:
        return segment if segment[4:16] == b"ICC_PROFILE\0" else b""
    if marker == _APP14:
        return segment if segment[4:9] == b"Adobe" else b""
    return b"" if marker == _COMMENT or _APP0 < marker <= _APP15 else segment


def _end_of_scan(data: bytes, position: int) -> int:
    """Return the position of the first marker behind the coded data that begin at `position`."""
    while True:
        position = data.find(b"\xff", position)
        if position < 0 or position + 1 >= len(data):
            return len(data)
        if data[position + 1] != 0 and not 0xD0 <= data[position + 1] <= 0xD7 and data[position + 1] != 0xFF:
            return position
        position += 1 if data[position + 1] == 0xFF else 2


_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_NEEDED_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP mDCV cLLI acTL fcTL fdAT".split()
)


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
        if kind in _NEEDED_CHUNKS:
            kept.append(data[position:end])
        if kind == b"IEND":
            return b"".join(kept)
        position = end
    raise ValueError("cut")


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


_NEEDED = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_EXIF_AND_XMP = 0x08 | 0x04
"""Flags of VP8X for metadata."""
_FRAME_HEADER = 16
"""Bytes of ANMF before the chunks of the frame."""


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
            body = bytes([body[0] & ~_EXIF_AND_XMP]) + body[1:]
        elif kind == b"ANMF":
            body = body[:_FRAME_HEADER] + b"".join(_kept(body[_FRAME_HEADER:]))
        if kind in _NEEDED:
            yield kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
        position += 8 + size + size % 2
