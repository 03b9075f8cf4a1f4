"""The digest of an analysis, equal for equal analyses: by it a change of the names in an article is noticed."""

from __future__ import annotations

import hashlib

import msgspec

from glossator.model import Analysis, Digest


def with_digest(analysis: Analysis) -> Analysis:
    """Return the analysis with the digest of everything else in it."""
    # The values are frozen and plain, so equal values are encoded as the same bytes.
    canonical = msgspec.msgpack.encode(msgspec.structs.replace(analysis, digest=Digest("")))
    return msgspec.structs.replace(analysis, digest=Digest(hashlib.blake2b(canonical, digest_size=16).hexdigest()))
