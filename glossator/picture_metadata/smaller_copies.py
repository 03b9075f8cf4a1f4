"""A picture -> smaller copies of it, for lists and narrow windows, without any metadata."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTHS = (800, 320)
"""Widths of the copies in pixels: of the text of an article, and of a list."""
LARGER = 1.25
"""A picture has a copy if it is wider than the copy by this factor at least."""
SAVED = 0.8
"""Bytes of a copy, as a share of its picture's, at most: a copy that saves little is none."""
TALLEST = 4
"""Height of a picture with copies, in widths: a screenshot of a whole page would be illegible."""
QUALITY = 78


class SmallerCopy(NamedTuple):
    """A copy in the format WebP."""

    width: int
    height: int
    data: bytes


def smaller_copies(data: bytes) -> tuple[SmallerCopy, ...]:
    """Return the copies of a picture, the widest first; none of one that moves, is small, or cannot be read."""
    from PIL import Image  # noqa: PLC0415 -- most builds have no new picture

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
        if getattr(image, "n_frames", 1) > 1 or image.height > TALLEST * image.width:
            return ()
        sizes = [
            (width, round(image.height * width / image.width)) for width in WIDTHS if image.width >= LARGER * width
        ]
        if not sizes:
            return ()
        image.draft("RGB", sizes[0])  # a JPEG is unpacked no larger than it needs to be
        profile, ink = image.info.get("icc_profile"), image.mode == "CMYK"
        mode = "RGBA" if "transparency" in image.info or image.mode in ("RGBA", "LA", "PA") else "RGB"
        plain = image if ink and profile else image.convert(mode)
        copies = (SmallerCopy(*size, _encoded(_for_screens(plain.resize(size), profile))) for size in sizes)
        return tuple(copy for copy in copies if len(copy.data) <= SAVED * len(data))


def _for_screens(image: Image, profile: bytes | None) -> Image:
    """Return a picture in the colours of a screen, which a browser takes those of a picture without profile for."""
    from PIL import ImageCms  # noqa: PLC0415

    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
            return converted or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that fits nothing is passed over by browsers, too
    return image.convert("RGB") if image.mode == "CMYK" else image


def _encoded(image: Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "WEBP", quality=QUALITY)
    return written.getvalue()
