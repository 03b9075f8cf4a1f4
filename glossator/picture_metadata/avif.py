"""AVIF: metadata is overwritten with zeros where it lies, because boxes refer to each other by their positions.

Source: ISO/IEC 14496-12 (boxes, items and their locations), 23008-12 (EXIF and XMP as items), AOM AVIF 1.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from glossator.picture_metadata.colour_profile import without_texts

_FILE_BOXES = frozenset((b"ftyp", b"meta", b"mdat", b"moov"))
_IN_META = frozenset(b"hdlr pitm iloc iinf iref iprp idat grpl dinf ipro".split())
_HOLDERS = frozenset(b"moov trak mdia minf stbl edts".split())
_IN_MOVIE = _HOLDERS | frozenset(
    b"""mvhd tkhd mdhd hdlr vmhd nmhd dinf elst tref stsd stts stsc stsz stz2 stco co64 stss sdtp ctts cslg sgpd sbgp
    meta""".split()
)
"""Boxes that are kept; all others hold what programs like, or nothing."""
_TIMED = frozenset((b"mvhd", b"tkhd", b"mdhd"))
"""Boxes that begin with the times at which they were made and changed."""
_PROPERTIES = frozenset(
    b"""av1C ispe pixi pasp clap irot imir clli mdcv cclv amve reve ndwt a1op a1lx lsel auxC colr rref ccst auxi
    btrt""".split()
)
"""Properties of items that say how a picture is shown; others are names, descriptions and tags."""
_PICTURES = frozenset((b"av01", b"grid", b"iovl", b"iden", b"tmap"))
"""Types of items that are shown."""
_HANDLER = 24
"""Bytes of a handler before its name."""
_SAMPLE = 78
"""Bytes of a description of frames before its properties."""
_CODER = (42, 74)
"""Bytes in it that name the program."""
_COLOURS = 11
"""Bytes of a colour box without a profile: its kind, three numbers, a flag."""
_NO_TYPE = b"skip"


class _Box(NamedTuple):
    kind: bytes
    body: int
    """Position of the first byte behind the header."""
    end: int


class _Item(NamedTuple):
    extents: tuple[tuple[int, int], ...]
    """Position and length of each part of the item's data."""


def strip_avif(data: bytes) -> bytes:
    """Return an AVIF whose EXIF, XMP, thumbnails and unknown boxes are zeros. Raises ValueError if it is damaged."""
    file = bytearray(data)
    end = 0
    for box in _boxes(data, 0, len(data)):
        if box.kind not in _FILE_BOXES:
            _clear(file, box.body, box.end)
        elif box.kind == b"meta":
            _strip_meta(file, box)
        elif box.kind == b"moov":
            _strip_movie(file, box)
        end = box.end
    return bytes(file[:end])


def _boxes(data: bytes | bytearray, position: int, end: int) -> Iterator[_Box]:
    while position + 8 <= end:
        size, kind, header = _number(data, position, 4), bytes(data[position + 4 : position + 8]), 8
        if size == 1:
            size, header = _number(data, position + 8, 8), 16
        elif size == 0:
            size = end - position
        if size < header or position + size > end:
            raise ValueError("cut")
        yield _Box(kind, position + header, position + size)
        position += size


def _strip_movie(file: bytearray, movie: _Box) -> None:
    for box in list(_boxes(file, movie.body, movie.end)):
        if box.kind not in _IN_MOVIE:
            _clear(file, box.body, box.end)
        elif box.kind in _HOLDERS:
            _strip_movie(file, box)
        elif box.kind == b"meta":
            _strip_meta(file, box)
        elif box.kind == b"hdlr":
            _clear(file, box.body + _HANDLER, box.end)
        elif box.kind in _TIMED:
            _clear(file, box.body + 4, box.body + (20 if file[box.body] else 12))
        elif box.kind == b"stsd":
            for entry in list(_boxes(file, box.body + 8, box.end)):
                _clear(file, entry.body + _CODER[0], entry.body + _CODER[1])
                _strip_properties(file, entry.body + _SAMPLE, entry.end)


def _strip_meta(file: bytearray, meta: _Box) -> None:
    boxes = {box.kind: box for box in _boxes(file, meta.body + 4, meta.end)}
    _strip_boxes(file, meta)
    if b"iinf" in boxes and b"iloc" in boxes:
        _strip_items(file, boxes)


def _strip_boxes(file: bytearray, meta: _Box) -> None:
    for box in list(_boxes(file, meta.body + 4, meta.end)):
        if box.kind not in _IN_META:
            _clear(file, box.body, box.end)
        elif box.kind == b"hdlr":
            _clear(file, box.body + _HANDLER, box.end)
        elif box.kind == b"iprp":
            for container in (part for part in _boxes(file, box.body, box.end) if part.kind == b"ipco"):
                _strip_properties(file, container.body, container.end)


def _strip_items(file: bytearray, boxes: Mapping[bytes, _Box]) -> None:
    """Clear the items of a picture that are not shown."""
    own_data = boxes[b"idat"].body if b"idat" in boxes else 0
    kinds = dict(_item_kinds(file, boxes[b"iinf"]))
    hidden = {item for item, kind in kinds.items() if kind not in _PICTURES}
    if b"iref" in boxes:
        hidden |= set(_thumbnails(file, boxes[b"iref"]))
    for item, location in _locations(file, boxes[b"iloc"], own_data):
        if item in hidden:
            for position, length in location.extents:
                _clear(file, position, min(position + length, len(file)) if length else len(file))


def _strip_properties(file: bytearray, start: int, end: int) -> None:
    """Clear the properties between two positions that are not needed, and the texts in the others."""
    for box in list(_boxes(file, start, end)):
        if box.kind not in _PROPERTIES:
            _clear(file, box.body, box.end)
        elif box.kind == b"colr":
            _strip_profile(file, box)
        elif box.kind in (b"auxC", b"auxi") and (name_end := file.find(b"\0", box.body + 4, box.end)) >= 0:
            _clear(file, name_end, box.end)


def _strip_profile(file: bytearray, box: _Box) -> None:
    """Take the texts out of a colour profile; a colour box that holds numbers alone is cut to them."""
    if bytes(file[box.body : box.body + 4]) in (b"prof", b"rICC"):
        file[box.body + 4 : box.end] = without_texts(bytes(file[box.body + 4 : box.end]))
    else:
        _clear(file, box.body + _COLOURS, box.end)


def _item_kinds(file: bytearray, box: _Box) -> Iterator[tuple[int, bytes]]:
    """Yield number and type of each item."""
    count_size = 2 if file[box.body] == 0 else 4
    for entry in _boxes(file, box.body + 4 + count_size, box.end):
        version, at = file[entry.body], entry.body + 4
        if version >= 2:
            number_size = 2 if version == 2 else 4
            kind = bytes(file[at + number_size + 2 : at + number_size + 6])
            name = at + number_size + 6
            if kind not in _PICTURES:  # decoders pass over a type that they do not know, and refuse EXIF of zeros
                file[name - 4 : name] = _NO_TYPE
                _clear(file, name, entry.end)
            else:  # the name is text that a program chose
                _clear(file, name, entry.end)
            yield _number(file, at, number_size), kind


def _thumbnails(file: bytearray, box: _Box) -> Iterator[int]:
    size = 2 if file[box.body] == 0 else 4
    for reference in _boxes(file, box.body + 4, box.end):
        if reference.kind == b"thmb":
            yield _number(file, reference.body, size)


def _locations(file: bytearray, box: _Box, own_data: int) -> Iterator[tuple[int, _Item]]:
    """Yield number and extents of each item; `own_data` is the position of the data inside of `meta`."""
    version, at = file[box.body], box.body + 4
    offset_size, length_size = file[at] >> 4, file[at] & 15
    base_size, index_size = file[at + 1] >> 4, file[at + 1] & 15 if version else 0
    number_size = 2 if version < 2 else 4
    count, at = _number(file, at + 2, number_size), at + 2 + number_size
    for _ in range(count):
        item, at = _number(file, at, number_size), at + number_size
        in_meta = False
        if version:
            in_meta, at = _number(file, at, 2) & 15 == 1, at + 2
        base, at = _number(file, at + 2, base_size), at + 2 + base_size
        extents = []
        parts, at = _number(file, at, 2), at + 2
        for _ in range(parts):
            at += index_size
            offset = _number(file, at, offset_size)
            length = _number(file, at + offset_size, length_size)
            at += offset_size + length_size
            extents.append((base + offset + (own_data if in_meta else 0), length))
        yield item, _Item(tuple(extents))


def _number(data: bytes | bytearray, position: int, size: int) -> int:
    if position + size > len(data):
        raise ValueError("cut")
    return int.from_bytes(data[position : position + size], "big")


def _clear(file: bytearray, start: int, end: int) -> None:
    if end > start:
        file[start:end] = bytes(end - start)
