"""Records of a WARC or ARC file and the HTTP bodies in them, within limits, as far as the file is whole."""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import brotli

from glossator.stages.extract.opened_file import Unreadable

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

LARGEST_BODY = 50_000_000
"""Bytes that one body may unpack to: the size up to which a saved file is read."""
_STEP = 65_536
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

    Raises Unreadable if the encoding is unknown, or the body unpacks to more than LARGEST_BODY.
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
    """Return the unpacked member of a gzip file, up to LARGEST_BODY and even if cut off, and the position of the next.

    Raises zlib.error if no member begins at `start`, or it is damaged.
    """
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    pieces: list[bytes] = []
    left, position = LARGEST_BODY, start
    while not unpacker.eof and position < len(data) and left > 0:
        chunk = data[position : position + _STEP]
        pieces.append(unpacker.decompress(chunk, left))
        left -= len(pieces[-1])
        position += len(chunk) - len(unpacker.unused_data) - len(unpacker.unconsumed_tail)
    return b"".join(pieces), position if unpacker.eof else len(data)


def _inflated(body: bytes, header: int) -> bytes:
    unpacker = zlib.decompressobj(header)
    try:
        data = unpacker.decompress(body, LARGEST_BODY)
    except zlib.error:
        return b""
    return _within(data, more=bool(unpacker.unconsumed_tail))


def _unbrotlied(body: bytes) -> bytes:
    unpacker = brotli.Decompressor()
    try:
        data = unpacker.process(body, output_buffer_limit=LARGEST_BODY)
    except brotli.error:
        return b""
    return _within(data, more=not unpacker.can_accept_more_data())


def _within(data: bytes, *, more: bool) -> bytes:
    if more and len(data) >= LARGEST_BODY:
        raise Unreadable(f"It unpacks to more than {LARGEST_BODY // 1_000_000} MB.")
    return data


LARGEST = 1_000_000_000
"""Bytes that the records of an archive may unpack to: some seconds of work. They are never in memory together."""
MOST = 100_000
"""Records of an archive; real ones have a kilobyte and more, so that a saved file has fewer."""
_BLOCK = 1_048_576
"""Bytes that the library reads at a time: it joins lines from blocks, in quadratic time."""

_CUT = "The web archive is damaged or cut off; what comes before was read. Copy it again for the rest."
_TOO_LARGE = f"The web archive unpacks to more than {LARGEST // 1_000_000} MB; what comes before was read."
_TOO_MANY = f"The web archive holds over {MOST:,} records; what comes before was read."


def records(archive: bytes) -> Iterator[tuple[int, ArcWarcRecord]]:
    """Yield each record with its position in the archive; a record must be read before the next is requested.

    Raises Unreadable, after the records that could be read, if the archive is damaged, cut off or too large.
    """
    for number, positioned in enumerate(
        _plain(io.BytesIO(archive)) if not archive.startswith(GZIP) else _members(archive)
    ):
        if number == MOST:
            raise Unreadable(_TOO_MANY)
        yield positioned


def record_at(archive: bytes, start: int) -> ArcWarcRecord:
    """Return the record at position `start`."""
    stream = io.BytesIO(member(archive, start)[0] if archive.startswith(GZIP) else archive)
    stream.seek(0 if archive.startswith(GZIP) else start)
    return next(record for _, record in _plain(stream))


def unwrapped(archive: bytes) -> bytes:
    """Return the archive without a compression of the whole: records should be compressed singly, but not all are.

    Raises Unreadable if the archive is damaged.
    """
    if not archive.startswith(GZIP):
        return archive
    try:
        plain, following = member(archive, 0)
    except zlib.error:
        raise Unreadable(_CUT) from None
    return archive if archive.startswith(GZIP, following) else plain


def body(record: ArcWarcRecord) -> bytes:
    """Return the content of a record; of a server's answer, the body without its encodings.

    Raises Unreadable if the encoding is unknown, or the body unpacks beyond the limit.
    """
    data: bytes = record.raw_stream.read()
    header = record.http_headers
    if header is None:
        return data
    if "chunked" in (header.get_header("Transfer-Encoding") or "").lower():
        data = unchunked(data)
    return decoded(data, header.get_header("Content-Encoding") or "")


def _members(archive: bytes) -> Iterator[tuple[int, ArcWarcRecord]]:
    start, left = 0, LARGEST
    while archive.startswith(GZIP, start):
        try:
            plain, following = member(archive, start)
        except zlib.error:
            raise Unreadable(_CUT) from None
        for _, record in _plain(io.BytesIO(plain)):
            yield start, record
        start = following
        left -= len(plain)
        if left < 0:
            raise Unreadable(_TOO_LARGE)


def _plain(stream: io.BytesIO) -> Iterator[tuple[int, ArcWarcRecord]]:
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 -- it takes a fifth of a second to load

    archive = ArchiveIterator(stream, arc2warc=True, block_size=_BLOCK)
    while True:
        # The library reports damage on the standard error.
        with contextlib.redirect_stderr(io.StringIO()):
            try:
                record = next(archive, None)
            except Exception:  # noqa: BLE001 -- it raises whatever the bytes made it stumble over
                raise Unreadable(_CUT) from None
        if record is None and archive.offset < stream.seek(0, io.SEEK_END):
            raise Unreadable(_CUT)
        if record is None:
            return
        yield archive.offset, record
        with contextlib.redirect_stderr(io.StringIO()):
            archive.read_to_end()
        if record.length is None or getattr(record.raw_stream, "limit", 0) > 0:
            raise Unreadable(_CUT)
