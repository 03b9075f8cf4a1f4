"""Bodies of HTTP messages -> the bytes of the page; compressed bodies within limits."""

from __future__ import annotations

import zlib

import brotli

from glossator.stages.extract.unreadable import Unreadable

LARGEST = 50_000_000
"""Bytes that one body may unpack to: the size up to which a saved file is read."""
_BLOCK = 65_536
GZIP = b"\x1f\x8b"
_EITHER = 32 + zlib.MAX_WBITS
"""Window bits for zlib: expect the header of gzip or of zlib."""


def unchunked(body: bytes) -> bytes:
    """Return a body without the lengths of its chunks (RFC 9112, 7.1), as far as it goes; unchanged without chunks."""
    pieces: list[bytes] = []
    position = 0
    while (end := body.find(b"\r\n", position, position + 1024)) >= 0:
        try:
            length = int(body[position:end].split(b";")[0], 16)
        except ValueError:
            break
        if length <= 0:
            return b"".join(pieces)
        pieces.append(body[end + 2 : end + 2 + length])
        position = end + 2 + length + 2
    return b"".join(pieces) if pieces else body


def decoded(body: bytes, encodings: str) -> bytes:
    """Undo the encodings that a `Content-Encoding` lists, as far as the body goes.

    A body that is not encoded as stated (recorders unpack some) is returned unchanged.

    Raises Unreadable if the encoding is unknown, or the body unpacks to more than LARGEST.
    """
    for name in reversed([name.strip().lower() for name in encodings.split(",")]):
        if name in ("gzip", "x-gzip", "deflate"):
            body = _inflated(body, _EITHER) or _inflated(body, -zlib.MAX_WBITS) or body
        elif name == "br":
            body = _unbrotlied(body) or body
        elif name not in ("", "identity", "utf-8"):
            raise Unreadable(
                f"It is compressed in a way that Glossator does not read ({name[:20]}); save the page again."
            )
    return body


def member(data: bytes, start: int) -> tuple[bytes, int]:
    """Return the unpacked member of a gzip file, up to LARGEST and even if cut off, and the position of the next.

    Raises zlib.error if no member begins at `start`, or it is damaged.
    """
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    pieces: list[bytes] = []
    left, position = LARGEST, start
    while not unpacker.eof and position < len(data) and left > 0:
        chunk = data[position : position + _BLOCK]
        pieces.append(unpacker.decompress(chunk, left))
        left -= len(pieces[-1])
        position += len(chunk) - len(unpacker.unused_data) - len(unpacker.unconsumed_tail)
    return b"".join(pieces), position if unpacker.eof else len(data)


def _inflated(body: bytes, header: int) -> bytes:
    unpacker = zlib.decompressobj(header)
    try:
        data = unpacker.decompress(body, LARGEST)
    except zlib.error:
        return b""
    return _within(data, more=bool(unpacker.unconsumed_tail))


def _unbrotlied(body: bytes) -> bytes:
    unpacker = brotli.Decompressor()
    try:
        data = unpacker.process(body, output_buffer_limit=LARGEST)
    except brotli.error:
        return b""
    return _within(data, more=not unpacker.can_accept_more_data())


def _within(data: bytes, *, more: bool) -> bytes:
    if more and len(data) >= LARGEST:
        raise Unreadable(f"It unpacks to more than {LARGEST // 1_000_000} MB.")
    return data
