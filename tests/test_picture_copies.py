"""Smaller copies of pictures: which there are, what they lack, and when they are made."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from glossator.picture_metadata.smaller_copies import smaller_copies
from tests.sites import build, lay, leave_out_search

ARCHIVE = """\
-- content/articles/wall.md --
---
title: The wall
published: 2024-01-05
---
It stood.

![The wall](images/wall.jpg)
-- content/articles/quay.md --
---
title: The quay
published: 2024-01-04
rights: private
---
![The quay](images/quay.jpg)
"""


def picture(width: int, height: int, kind: str = "JPEG", **options: object) -> bytes:
    """A picture with noise, which no format packs well, and with words in its metadata."""
    image = Image.effect_noise((width, height), 90).convert("RGB")
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    written = io.BytesIO()
    image.save(written, kind, quality=95, exif=exif, **options)
    return written.getvalue()


def test_a_wide_picture_has_two_copies_without_metadata() -> None:
    copies = smaller_copies(picture(1600, 800))
    assert [(800, 400), (320, 160)] == [(copy.width, copy.height) for copy in copies]
    for copy in copies:
        image = Image.open(io.BytesIO(copy.data))
        assert ("WEBP", (copy.width, copy.height)) == (image.format, image.size)
        assert not image.getexif()
        assert b"taken at home" not in copy.data


@pytest.mark.parametrize("size", [(380, 200), (500, 2100)], ids=["small", "tall"])
def test_a_small_or_very_tall_picture_has_none(size: tuple[int, int]) -> None:
    assert () == smaller_copies(picture(*size))


def test_a_picture_that_moves_has_none() -> None:
    moving = picture(900, 500, "WEBP", save_all=True, append_images=[Image.new("RGB", (900, 500), "red")])
    assert () == smaller_copies(moving)


def test_a_copy_that_saves_little_is_none() -> None:
    flat = io.BytesIO()
    Image.new("RGB", (1600, 900), "white").quantize(2).save(flat, "PNG", optimize=True)
    assert all(len(copy.data) <= 0.8 * len(flat.getvalue()) for copy in smaller_copies(flat.getvalue()))


def test_a_site_has_the_copies_of_what_is_published_and_makes_none_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    monkeypatch.setattr("glossator.content.file_stamps.FINE", 0)  # as if the pictures had been saved long before
    lay(tmp_path, ARCHIVE)
    folder = tmp_path / "content/articles/images"
    folder.mkdir()
    for name in ("wall", "quay"):
        (folder / f"{name}.jpg").write_bytes(picture(1600, 800))
    build(tmp_path)
    images = tmp_path / "site/images"
    assert ["wall-320.webp", "wall-800.webp", "wall.jpg"] == sorted(path.name for path in images.iterdir())
    page = (tmp_path / "site/articles/wall.html").read_text("utf-8")
    assert "../images/wall-800.webp 800w, ../images/wall-320.webp 320w, ../images/wall.jpg 1600w" in page
    assert 'width="1600" height="800"' in page
    assert "images/wall-800.webp" in (tmp_path / "site/index.html").read_text("utf-8")
    made = {path: path.stat().st_mtime_ns for path in (tmp_path / ".glossator").rglob("*.webp")}
    (tmp_path / "content/articles/wall.md").write_text("---\ntitle: The wall\n---\n![It](images/wall.jpg)\n", "utf-8")
    build(tmp_path)
    assert made == {path: path.stat().st_mtime_ns for path in (tmp_path / ".glossator").rglob("*.webp")}
