"""JPEG: the segments that a decoder needs. Source: ITU-T T.81, annex B; JFIF 1.02."""

from __future__ import annotations

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
