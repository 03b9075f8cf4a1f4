"""Pictures on the site: without what a camera or a program wrote about its owner, and otherwise as they were."""

from __future__ import annotations

import io
import shutil
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from glossator.picture_metadata import NotShown, published, size_of
from tests.sites import build, contents, lay, leave_out_search, pages

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = b"<x:xmpmeta>XMPCANARY</x:xmpmeta>"
FORMS: dict[str, dict[str, Any]] = {
    "JPEG": {"comment": b"COMMENTCANARY", "xmp": XMP},
    "PNG": {"xmp": XMP},
    "WEBP": {"xmp": XMP, "lossless": True},
    "AVIF": {"xmp": XMP},
    "GIF": {"comment": b"COMMENTCANARY"},
}
SAVED_AS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif"}


def exif(orientation: int = 1) -> bytes:
    tags = Image.Exif()
    tags[0x010E], tags[0x0112] = "EXIFCANARY", orientation
    tags.get_ifd(0x8825)[29] = "GPSCANARY"
    return tags.tobytes()


def picture(form: str, orientation: int = 1, **more: Any) -> bytes:
    image = Image.linear_gradient("L").resize((60, 40)).convert("P" if form == "GIF" else "RGB")
    target = io.BytesIO()
    about = {} if form == "GIF" else {"exif": exif(orientation), "icc_profile": PROFILE}
    image.save(target, form, **about, **FORMS[form], **more)
    return target.getvalue()


def animation(form: str) -> bytes:
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "green", "blue")]
    about = {} if form == "GIF" else {"exif": exif()}
    target = io.BytesIO()
    frames[0].save(target, form, save_all=True, append_images=frames[1:], duration=100, loop=0, **FORMS[form], **about)
    return target.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("form", FORMS)
def test_metadata_goes_and_pixels_stay(form: str) -> None:
    before = picture(form)
    assert b"CANARY" in before
    after = published(before)

    assert b"CANARY" not in after
    assert opened(before).tobytes() == opened(after).tobytes()
    assert (form != "GIF") == ("icc_profile" in opened(after).info)
    assert {} == dict(opened(after).getexif())
    assert after == published(before)
    assert after == published(after)


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP", "AVIF"])
def test_an_animation_stays_one(form: str) -> None:
    before, after = (opened(data) for data in (animation(form), published(animation(form))))

    assert b"CANARY" not in published(animation(form))
    assert (3, before.info.get("loop")) == (getattr(after, "n_frames", 1), after.info.get("loop"))
    for frame in range(3):
        before.seek(frame)
        after.seek(frame)
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_only_its_metadata_sets_upright_is_turned(form: str) -> None:
    after = opened(published(picture(form, orientation=6)))

    assert (40, 60) == after.size
    assert len(PROFILE) == len(after.info["icc_profile"])
    assert b"CANARY" not in published(picture(form, orientation=6))


def test_thumbnails_texts_and_what_lies_behind_the_end_go() -> None:
    jpeg = picture("JPEG")
    thumbnail = b"JFIF\0\1\1\0\0\1\0\1\1\1" + b"ABC"
    iptc = b"Photoshop 3.0\0IPTCCANARY"
    with_more = (
        b"\xff\xd8"
        + b"".join(
            b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body
            for marker, body in [
                (0xE0, thumbnail),
                (0xE0, b"JFXX\0\x10CANARY"),
                (0xED, iptc),
                (0xE2, b"MPF\0CANARY"),
                (0xE5, b"CANARY"),
            ]
        )
        + jpeg[20:]
        + b"<script>CANARY</script>"
    )
    png = picture("PNG")
    texts = (
        chunk(b"tEXt", b"Author\0CANARY") + chunk(b"zTXt", b"A\0\0" + zlib.compress(b"x")) + chunk(b"prVt", b"CANARY")
    )
    png = png[:33] + texts + png[33:] + b"<script>CANARY</script>"

    for data in (with_more, png, picture("GIF") + b"CANARY", picture("WEBP") + b"CANARY"):
        assert b"CANARY" not in published(data)
        assert b"ABC" not in published(data)
        opened(published(data)).load()
    assert b"zTXt" not in published(png)


BOMB = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
LARGE = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 10_000, 5_001, 8, 2, 0, 0, 0))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (BOMB + chunk(b"IEND", b""), "pixels"),
        (LARGE + chunk(b"IDAT", b"") + chunk(b"IEND", b""), "pixels"),
        (b"GIF89a" + b"\xff" * 4 + picture("GIF")[10:], "pixels"),
        (b"\x89PNG\r\n\x1a\n<html><script>alert()</script>", "no picture"),
        (b"<svgftypavif<script>alert()</script>", "no picture"),
        (b"GIF89a", "no picture"),
        (b"\xff\xd8\xff", "no picture"),
        (b"RIFF\x04\0\0\0WEBP", "no picture"),
        (b"", "no picture"),
        (picture("AVIF") + b"<script>", "no picture"),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(NotShown, match=why):
        published(data)


@pytest.mark.parametrize("form", FORMS)
def test_a_damaged_picture_is_refused_or_published_but_never_an_accident(form: str) -> None:
    whole = picture(form)
    for end in range(0, len(whole), 7):
        try:
            assert b"CANARY" not in published(whole[:end])
        except NotShown:
            continue


def test_the_site_shows_stripped_pictures_and_names_those_that_it_leaves_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    shown = " ".join(f"![{form}](images/{form}.{suffix})" for form, suffix in SAVED_AS.items())
    lay(tmp_path, f"-- content/articles/wall.md --\n{shown} ![Bomb](images/bomb.png) ![Odd](images/odd.png)\n")
    (tmp_path / "content/articles/images").mkdir()
    for form, suffix in SAVED_AS.items():
        (tmp_path / f"content/articles/images/{form}.{suffix}").write_bytes(picture(form))
    (tmp_path / "content/articles/images/bomb.png").write_bytes(BOMB + chunk(b"IEND", b""))
    (tmp_path / "content/articles/images/odd.png").write_bytes(b"\x89PNG\r\n\x1a\n<html>")
    report = build(tmp_path)
    site = contents(tmp_path / "site")

    assert {f"images/{form}.{suffix}" for form, suffix in SAVED_AS.items()} == {one for one in site if "images/" in one}
    assert not any(b"CANARY" in content for content in site.values())
    assert picture("JPEG") == (tmp_path / "content/articles/images/JPEG.jpg").read_bytes()
    assert ["articles/images/bomb.png", "articles/images/odd.png"] == [problem.path for problem in report.problems]
    assert "Bomb" in pages(tmp_path / "site")["articles/wall.html"].text
    assert () == build(tmp_path).written


@pytest.mark.parametrize("form", FORMS)
def test_size_is_that_at_which_a_browser_shows_the_published_picture(form: str) -> None:
    assert (60, 40) == size_of(published(picture(form)))
    if form != "GIF":  # which has no such tag
        assert (40, 60) == size_of(published(picture(form, orientation=6)))


def sizes_on_the_page(folder: Path) -> list[tuple[str | None, str | None]]:
    elements = pages(folder / "site")["articles/wall.html"].elements
    images = [attributes for tag, attributes in elements if tag == "img"]
    return [(attributes.get("width"), attributes.get("height")) for attributes in images]


def test_page_leaves_the_room_for_a_picture_also_after_another_took_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    lay(tmp_path, "-- content/articles/wall.md --\n![The wall](images/wall.png)\n\nIt stands.\n")
    path = tmp_path / "content/articles/images/wall.png"
    path.parent.mkdir()
    path.write_bytes(picture("PNG"))
    build(tmp_path)
    assert [("60", "40")] == sizes_on_the_page(tmp_path)

    turned = io.BytesIO()
    Image.new("RGB", (40, 90)).save(turned, "PNG")
    path.write_bytes(turned.getvalue())
    build(tmp_path)
    assert [("40", "90")] == sizes_on_the_page(tmp_path)
    incremental = contents(tmp_path / "site")
    for folder in (".glossator", "site"):
        shutil.rmtree(tmp_path / folder)
    build(tmp_path)
    assert incremental == contents(tmp_path / "site")
