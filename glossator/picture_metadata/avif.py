"""AVIF: metadata is overwritten with zeros where it lies, because boxes refer to each other by their positions.

Source: ISO/IEC 14496-12 (boxes, items and their locations), 23008-12 (EXIF and XMP as items), AOM AVIF 1.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_FILE_BOXES = frozenset((b"ftyp", b"meta", b"mdat", b"moov"))
_FOREIGN = frozenset((b"uuid", b"udta", b"free", b"skip"))
"""Boxes inside of `moov` and `meta` that hold what programs like, or nothing."""
_HOLDERS = frozenset((b"moov", b"trak", b"mdia", b"minf", b"stbl"))
_METADATA = frozenset((b"Exif", b"mime", b"uri "))
"""Types of items that hold no picture."""


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
        if box.kind in _FOREIGN:
            _clear(file, box.body, box.end)
        elif box.kind in _HOLDERS:
            _strip_movie(file, box)
        elif box.kind == b"meta":
            _strip_meta(file, box)


def _strip_meta(file: bytearray, meta: _Box) -> None:
    inner = list(_boxes(file, meta.body + 4, meta.end))
    boxes = {box.kind: box for box in inner}
    for box in inner:
        if box.kind in _FOREIGN:
            _clear(file, box.body, box.end)
    if b"iinf" not in boxes or b"iloc" not in boxes:
        return
    own_data = boxes[b"idat"].body if b"idat" in boxes else 0
    kinds = dict(_item_kinds(file, boxes[b"iinf"]))
    hidden = {item for item, kind in kinds.items() if kind in _METADATA}
    if b"iref" in boxes:
        hidden |= set(_thumbnails(file, boxes[b"iref"]))
    for item, found in _locations(file, boxes[b"iloc"], own_data):
        if item in hidden:
            for position, length in found.extents:
                _clear(file, position, min(position + length, len(file)) if length else len(file))


def _item_kinds(file: bytearray, box: _Box) -> Iterator[tuple[int, bytes]]:
    """Yield number and type of each item."""
    count_size = 2 if file[box.body] == 0 else 4
    for entry in _boxes(file, box.body + 4 + count_size, box.end):
        version, at = file[entry.body], entry.body + 4
        if version >= 2:
            number_size = 2 if version == 2 else 4
            kind = bytes(file[at + number_size + 2 : at + number_size + 6])
            name = at + number_size + 6
            if kind in _METADATA:  # decoders pass over a type that they do not know, and refuse EXIF of zeros
                file[name - 4 : name] = _NO_TYPE
                _clear(file, name, entry.end)
            elif kind == b"av01":  # the name is text that a program chose
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
