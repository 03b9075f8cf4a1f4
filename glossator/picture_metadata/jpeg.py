"""JPEG, copied without the segments that hold metadata: what is kept is a list."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import accumulate, pairwise

from glossator.picture_metadata.colour_profile import without_texts

_END, _SCAN = 0xD9, 0xDA
_LAST = b"\xff\xd9"
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a length: TEM and the restart markers."""
_APP0, _APP2, _APP14 = 0xE0, 0xE2, 0xEE
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC8})
"""Frames, and the tables of Huffman (C4) and arithmetic coding (CC)."""
_NEEDED = _FRAMES | {_SCAN, 0xDB, 0xDD}
"""And scans, quantisation tables, restart intervals."""
_FIELDS = {_APP0: (b"JFIF\0", 12, b"\0\0"), _APP14: (b"Adobe", 12, b"")}
"""Name of a segment, its bytes that are kept (version, density, how colours are coded), the size of no thumbnail."""
_PROFILE_MARK, _SCAN_MARK = b"\xff\xe2", b"\xff\xda"
_PROFILE = b"ICC_PROFILE\0"
_PROFILE_NUMBER = 16
"""Position of the number of a part of a colour profile in its segment."""
_PROFILE_PART = 18
"""Bytes of a segment before its part of a colour profile: marker, length, name, number, count."""
_TEXT = 12
"""Bytes that can be typed, at the end of a scan, from which they are looked at: chance makes them once in 100,000."""

_MOST_SOUGHT = 4_000_000
"""Pixels of a picture of which the end of the last scan is sought, for which it is unpacked thirty times."""


def strip_jpeg(data: bytes) -> bytes:
    """Return a JPEG without EXIF, XMP, IPTC, comments, thumbnails, texts of its profile, and what is behind its end.

    Raises ValueError or IndexError if the file is no whole JPEG.
    """
    segments = list(_segments(data))
    parts = [number for number, segment in enumerate(segments) if segment[:2] == _PROFILE_MARK]
    parts.sort(key=lambda number: segments[number][_PROFILE_NUMBER])
    profile = without_texts(b"".join(segments[number][_PROFILE_PART:] for number in parts))
    bounds = accumulate((len(segments[number]) - _PROFILE_PART for number in parts), initial=0)
    for number, (start, end) in zip(parts, pairwise(bounds), strict=True):
        segments[number] = segments[number][:_PROFILE_PART] + profile[start:end]
    whole = segments[-1] == _LAST
    *others, scan = segments[:-1] if whole else segments
    if not whole or (others and others[-1][:2] == _SCAN_MARK and _is_text(scan[-_TEXT:])):
        scan = _as_far_as_shown(b"".join(others), scan)
    return b"".join([*others, scan, _LAST])


def _segments(data: bytes) -> Iterator[bytes]:
    """Yield what is kept of each segment, and the coded data behind each scan; a file may lack its end."""
    if data[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    yield b"\xff\xd8"
    position = 2
    while True:
        position = _next_marker(data, position)
        marker = data[position + 1]
        if marker == _END:
            yield _LAST
            return
        if marker in _ALONE:
            position += 2
            continue
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        segment = data[position:end]
        if len(segment) < 4 or end > len(data):
            raise ValueError("cut")
        if needed := _needed(marker, segment):
            yield needed
        position = end
        if marker == _SCAN:
            position = _end_of_scan(data, end)
            yield data[end:position]
            if position == len(data):  # browsers show a picture whose end is missing
                return


def _next_marker(data: bytes, position: int) -> int:
    """Return the position of a marker, behind what fills the room before it. Raises ValueError, IndexError."""
    while data[position] == 0xFF and data[position + 1] == 0xFF:
        position += 1
    if data[position] != 0xFF:
        raise ValueError("no marker")
    return position


def _needed(marker: int, segment: bytes) -> bytes:
    """Return what is kept of a segment."""
    body = segment[4:]
    name, length, thumbnail = _FIELDS.get(marker, (b"", 0, b""))
    if name and body.startswith(name) and len(body) >= length:
        kept = body[:length] + thumbnail
        return segment[:2] + (len(kept) + 2).to_bytes(2, "big") + kept
    if marker == _APP2 and body.startswith(_PROFILE) and len(segment) > _PROFILE_PART:
        return segment
    return segment if marker in _NEEDED else b""


def _is_text(data: bytes) -> bool:
    return len(data) == _TEXT and all(32 <= byte < 127 or byte in b"\t\r\n" for byte in data)


def _as_far_as_shown(head: bytes, scan: bytes) -> bytes:
    """Return as much of the last scan as is needed for its picture: what is behind it shows nothing.

    Raises ValueError for a large picture with more in its scan than it shows: to look for its end would take too long.
    """
    from PIL import Image  # noqa: PLC0415 -- most builds have no new picture

    def opened(length: int) -> Image.Image:
        return Image.open(io.BytesIO(head + scan[:length] + _LAST))

    image = opened(len(scan))
    large = image.width * image.height > _MOST_SOUGHT
    whole, step = image.tobytes(), _TEXT if large else 1
    while step < len(scan) and opened(len(scan) - step).tobytes() == whole:
        if large:
            raise ValueError("more than it shows")
        step *= 2
    short, enough = max(0, len(scan) - step), len(scan) - step // 2
    while short < enough and not large:
        middle = (short + enough) // 2
        short, enough = (short, middle) if opened(middle).tobytes() == whole else (middle + 1, enough)
    return scan if large else scan[:enough]


def _end_of_scan(data: bytes, position: int) -> int:
    """Return the position of the first marker behind the coded data that begin at `position`."""
    while True:
        position = data.find(b"\xff", position)
        if position < 0 or position + 1 >= len(data):
            return len(data)
        if data[position + 1] != 0 and not 0xD0 <= data[position + 1] <= 0xD7 and data[position + 1] != 0xFF:
            return position
        position += 1 if data[position + 1] == 0xFF else 2
