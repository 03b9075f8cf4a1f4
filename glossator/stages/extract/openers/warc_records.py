"""Records of a WARC or ARC file, within limits, as far as the file is whole."""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Iterator

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from glossator.stages.extract.openers.http_bodies import GZIP, decoded, member, unchunked
from glossator.stages.extract.unreadable import Unreadable

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
