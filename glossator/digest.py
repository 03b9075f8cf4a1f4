"""Digests: short texts that are equal if and only if the digested texts are."""

from __future__ import annotations

import hashlib

from glossator.model import Digest


def digest(*parts: str | bytes) -> Digest:
    """Return the digest of a sequence of texts; the bounds between them count."""
    hasher = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        hasher.update(len(data).to_bytes(8, "big"))
        hasher.update(data)
    return Digest(hasher.hexdigest())
