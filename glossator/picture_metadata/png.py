"""PNG: the chunks that a decoder needs. Source: W3C, Portable Network Graphics, third edition, with APNG."""

from __future__ import annotations

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_NEEDED = frozenset(
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
        if kind in _NEEDED:
            kept.append(data[position:end])
        if kind == b"IEND":
            return b"".join(kept)
        position = end
    raise ValueError("cut")
