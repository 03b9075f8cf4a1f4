"""A picture's file -> the file that is published: without what a camera or a program wrote about its owner.

Place, time, device, author, comments and thumbnails go; pixels, the numbers of the colour profile and animation stay.
Nothing is encoded again, unless the picture has to be turned because only its metadata said which way is up.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from glossator.errors import FileError
from glossator.picture_metadata.avif import strip_avif
from glossator.picture_metadata.gif import strip_gif
from glossator.picture_metadata.jpeg import strip_jpeg
from glossator.picture_metadata.png import strip_png
from glossator.picture_metadata.webp import strip_webp

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 50_000_000
"""Pixels of a picture: more than cameras make, and what a reader's browser can still unpack."""
_QUALITY = 92
"""Quality of a JPEG or WebP that had to be turned: the loss is not seen."""
_ORIENTATION = 0x0112
"""Number of the orientation among the tags of EXIF."""

STRIP: Mapping[str, Callable[[bytes], bytes]] = {
    "AVIF": strip_avif,
    "GIF": strip_gif,
    "JPEG": strip_jpeg,
    "MPO": strip_jpeg,
    "PNG": strip_png,
    "WEBP": strip_webp,
}
"""Pillow's name of a format -> function that removes the metadata. MPO is a JPEG with further pictures behind it."""


class NotShown(FileError):
    """Picture that is not published. The message says why and what to do."""


def published(data: bytes) -> bytes:
    """Return the file that is published of a picture. Raises NotShown if it is no picture, damaged, or too large."""
    # Imported here because most builds have no new picture.
    from PIL import Image  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what Pillow thinks of the file, a person learns our sentence
            image = Image.open(io.BytesIO(data), formats=("AVIF", "GIF", "JPEG", "PNG", "WEBP"))
            form = str(image.format)
            _check_size(image)
            if _is_sideways(image):
                data = _turned(image)
        return STRIP[form](data)
    except Image.DecompressionBombError:
        raise NotShown(_TOO_LARGE) from None
    except (OSError, ValueError, IndexError, KeyError, SyntaxError, EOFError, TypeError):
        raise NotShown("is no picture that a browser can show, or damaged: replace it") from None


def size_of(data: bytes) -> tuple[int, int]:
    """Return width and height, in pixels, at which a browser shows a picture that `published` returned."""
    from PIL import Image  # noqa: PLC0415 -- most builds have no new picture

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = Image.open(io.BytesIO(data))
        # Pillow gives the turn of an AVIF as EXIF does; all other pictures were turned, or show no turn.
        lying = image.format == "AVIF" and image.getexif().get(_ORIENTATION, 1) in range(5, 9)
    return (image.height, image.width) if lying else (image.width, image.height)


_TOO_LARGE = f"has more than {MOST_PIXELS:,} pixels: make it smaller"


def _check_size(image: Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise NotShown(_TOO_LARGE)


def _is_sideways(image: Image) -> bool:
    """True if only EXIF says which way is up. An AVIF says so itself, and an animation is not turned by browsers."""
    if image.format == "AVIF" or (image.format != "MPO" and getattr(image, "n_frames", 1) > 1):
        return False
    try:
        return image.getexif().get(_ORIENTATION, 1) in range(2, 9)
    except Exception:  # noqa: BLE001 -- damaged EXIF raises whatever its bytes lead to, and says nothing
        return False


def _turned(image: Image) -> bytes:
    """Return the picture as its orientation says, encoded again."""
    from PIL import ImageOps  # noqa: PLC0415

    profile = image.info.get("icc_profile")
    target = io.BytesIO()
    upright = ImageOps.exif_transpose(image)
    form = "JPEG" if image.format == "MPO" else str(image.format)
    options = {"icc_profile": profile} if profile else {}
    if form == "PNG":
        upright.save(target, form, **options)
    else:
        upright.save(target, form, quality=_QUALITY, **options)
    return target.getvalue()
