"""Whatever a program wrote into a picture stays out of the site, and no picture changes its colours."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from glossator.picture_metadata import published
from glossator.picture_metadata.smaller_copies import smaller_copies
from tests.sites import build, contents, lay, leave_out_search

CANARY = b"CANARY of Vexil Harrowgate"


def fixed(*numbers: float) -> bytes:
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def xyz(*numbers: float) -> bytes:
    return b"XYZ \0\0\0\0" + fixed(*numbers)


def in_languages(text: bytes) -> bytes:
    wide = text.decode().encode("utf-16-be")
    return struct.pack(">4sIII2s2sII", b"mluc", 0, 1, 12, b"en", b"GB", len(wide), 28) + wide


def described(text: bytes) -> bytes:
    return struct.pack(">4sII", b"desc", 0, len(text) + 1) + text + b"\0" + bytes(78)


def colour_profile(space: bytes, tags: list[tuple[bytes, bytes]]) -> bytes:
    """A profile of these tags with a canary in each field of its header that may hold a text, and between the tags."""
    at, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, data in tags:
        table += struct.pack(">4sII", name, at + len(body), len(data))
        body += data + bytes(-len(data) % 4) + CANARY + bytes(-len(CANARY) % 4)
    kind, between = (b"mntr", b"XYZ ") if space == b"RGB " else (b"prtr", b"Lab ")
    header = struct.pack(">I4sI4s4s4s", at + len(body), b"CANA", 0x02400000, kind, space, between)
    header += struct.pack(">6H4s4sI4s4s", 2024, 5, 6, 7, 8, 9, b"acsp", b"CANA", 0, b"CANA", b"CANA")
    header += bytes(8) + struct.pack(">I", 0) + fixed(0.9642, 1, 0.8249) + b"CANA" + CANARY[:16] + CANARY[:26]
    return header.ljust(128, b"\0")[:128] + struct.pack(">I", len(tags)) + table + body


ABOUT = [
    (b"desc", described(CANARY)),
    (b"cprt", b"text\0\0\0\0" + CANARY + b"\0"),
    (b"dmnd", described(CANARY)),
    (b"dmdd", in_languages(CANARY)),
    (b"vued", described(CANARY)),
    (b"calt", struct.pack(">4sI6H", b"dtim", 0, 2024, 5, 6, 7, 8, 9)),
    (b"targ", b"text\0\0\0\0" + CANARY + b"\0"),
    (b"meta", b"dict\0\0\0\0" + CANARY),
    (b"mmod", b"mmod\0\0\0\0" + CANARY),
    (b"vcgt", b"vcgt\0\0\0\0" + CANARY),
    (b"CANA", b"text\0\0\0\0" + CANARY + b"\0"),
    (b"tech", b"sig \0\0\0\0" + CANARY),
    (b"ncl2", b"ncl2\0\0\0\0" + CANARY),
]
GAMMA = b"curv\0\0\0\0\0\0\0\1\2\x33" + CANARY
WIDE = colour_profile(
    b"RGB ",
    [
        *ABOUT[:5],
        *((b"wtpt", xyz(0.9505, 1, 1.0891) + CANARY), (b"rXYZ", xyz(0.5151, 0.2412, -0.0011) + CANARY)),
        *((b"gXYZ", xyz(0.2920, 0.6922, 0.0419)), (b"bXYZ", xyz(0.1571, 0.0666, 0.7841))),
        *((b"rTRC", GAMMA), (b"gTRC", GAMMA), (b"bTRC", GAMMA)),
        *((b"chad", b"sf32\0\0\0\0" + fixed(1.0478, 0.0229, -0.0501, 0.0295, 0.9904, -0.0170, -0.0092, 0.015, 0.752)),),
        *ABOUT[5:],
    ],
)
"""A profile of a screen whose colours are not those of sRGB."""
_TABLE = bytes(range(256))
_CORNERS = bytes(value for corner in range(16) for value in (255 - 15 * corner, 128 + corner, 90 + 3 * corner))
INK = colour_profile(
    b"CMYK",
    [
        *ABOUT[:2],
        (
            b"A2B0",
            struct.pack(">4sIBBBB", b"mft1", 0, 4, 3, 2, 0)
            + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
            + _TABLE * 4
            + _CORNERS
            + _TABLE * 3,
        ),
        (b"wtpt", xyz(0.9642, 1, 0.8249)),
    ],
)
"""A profile of a printer."""


def picture(form: str, mode: str = "RGB", **more: Any) -> bytes:
    bands = [Image.linear_gradient("L").resize((48, 40)).rotate(90 * turn, expand=False) for turn in range(len(mode))]
    image = Image.merge(mode, bands) if len(mode) > 1 else bands[0]
    target = io.BytesIO()
    image.save(target, form, **more)
    return target.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def seen(data: bytes) -> bytes:
    """The colours that somebody sees: converted from the picture's own profile to that of a screen."""
    image = opened(data)
    profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
    converted = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    assert converted is not None
    return converted.tobytes()


PROFILED = [
    *((form, "RGB", WIDE) for form in ("JPEG", "PNG", "WEBP", "AVIF")),
    ("JPEG", "CMYK", INK),
]


@pytest.mark.parametrize(("form", "mode", "profile"), PROFILED)
def test_profile_keeps_its_numbers_and_loses_its_texts(form: str, mode: str, profile: bytes) -> None:
    before = picture(form, mode, icc_profile=profile)
    after = published(before)
    kept = opened(after).info["icc_profile"]

    assert b"CANARY" in profile
    assert not any(canary in kept for canary in (b"CANA", b"\0C\0A\0N\0A", CANARY[:8], struct.pack(">3H", 2024, 5, 6)))
    assert opened(before).tobytes() == opened(after).tobytes()
    assert seen(before) == seen(after)
    assert seen(before) != opened(before).convert("RGB").tobytes(), "the profile says something"
    assert after == published(after)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("progressive", [True, False])
def test_jpeg_of_any_colours_stays_as_it_is(mode: str, progressive: bool) -> None:
    before = picture("JPEG", mode, progressive=progressive, quality=95, restart_marker_blocks=3)
    after = published(before)

    assert (opened(before).mode, opened(before).tobytes()) == (opened(after).mode, opened(after).tobytes())
    assert (mode == "CMYK") == (b"Adobe" in after)


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def blocks(*parts: bytes) -> bytes:
    return b"".join(bytes([len(part)]) + part for part in parts) + b"\0"


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


def with_texts() -> Iterator[tuple[str, bytes]]:
    """Pictures in which a text stands wherever a program could write it."""
    jpeg, png, gif, webp = (picture(form) for form in ("JPEG", "PNG", "GIF", "WEBP"))
    cmyk = picture("JPEG", "CMYK")
    for marker in (0xC8, 0xDC, 0xDF, *range(0xE0, 0xFF)):
        yield f"jpeg {marker:x}", jpeg[:20] + segment(marker, CANARY) + jpeg[20:]
    adobe = cmyk.index(b"\xff\xee")
    yield "adobe, cmyk", cmyk[:adobe] + segment(0xEE, cmyk[adobe + 4 : adobe + 16] + CANARY) + cmyk[adobe + 16 :]
    yield "jfif", jpeg[:2] + segment(0xE0, jpeg[6:20] + CANARY) + jpeg[20:]
    yield "scan without end", jpeg[:-2] + CANARY
    yield "scan without end, cmyk", cmyk[:-2] + CANARY
    yield "before the end", jpeg[:-2] + CANARY + jpeg[-2:]
    yield "behind the end", jpeg + CANARY
    yield "between scan and end", jpeg[:-2] + segment(0xFE, CANARY) + jpeg[-2:]
    for kind in (
        b"tEXt",
        b"iTXt",
        b"eXIf",
        b"tIME",
        b"sPLT",
        b"hIST",
        b"prVt",
        b"oFFs",
        b"caBX",
        b"gAMA",
        b"pHYs",
        b"bKGD",
    ):
        yield f"png {kind!r}", png[:33] + chunk(kind, CANARY + bytes(9)) + png[33:]
    yield "png end", png[:-12] + chunk(b"IEND", CANARY)
    yield "png profile's name", png[:33] + chunk(b"iCCP", CANARY + b"\0\0" + zlib.compress(WIDE)) + png[33:]
    for name in (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012", b"XMP DataXMP", b"CANARY  1.0"):
        extension = b"\x21\xff" + blocks(name, b"\3\1\0\0"[1:], CANARY)
        yield f"gif {name!r}", gif[:781] + extension + gif[781:]
    yield "gif loop", gif[:781] + b"\x21\xff" + blocks(b"NETSCAPE2.0", b"\1\0\0" + CANARY) + gif[781:]
    yield "gif control", gif[:781] + b"\x21\xf9" + blocks(bytes(4), CANARY) + gif[781:]
    yield "gif text", gif[:781] + b"\x21\x01" + blocks(bytes(12), CANARY) + gif[781:]
    extended = b"VP8X" + struct.pack("<I", 10) + bytes(4) + b"\x2f\0\0\x27\0\0"
    body = b"WEBP" + extended + webp[12:] + b"note" + struct.pack("<I", 26) + CANARY
    yield "webp", b"RIFF" + struct.pack("<I", len(body)) + body
    for number, property_box in enumerate(PROPERTIES):
        yield f"avif {number}", with_property(picture("AVIF"), property_box)


DESCRIPTION = box(b"udes", bytes(4) + b"en\0" + CANARY + b"\0" + CANARY + b"\0" + CANARY + b"\0")
PROPERTIES = (
    DESCRIPTION,
    box(b"altt", bytes(4) + CANARY),
    box(b"uuid", CANARY),
    box(b"free", CANARY),
    box(b"abcd", CANARY),
)


def with_property(avif: bytes, added: bytes) -> bytes:
    """An AVIF with a further property, and all positions moved by its length."""
    data, size = bytearray(avif), len(added)
    container = data.index(b"ipco") - 4
    end = container + int.from_bytes(data[container : container + 4], "big")
    for kind in (b"ipco", b"iprp", b"meta"):
        at = data.index(kind) - 4
        data[at : at + 4] = struct.pack(">I", int.from_bytes(data[at : at + 4], "big") + size)
    data[end:end] = added
    locations = data.index(b"iloc") + 4
    assert 0x4400 == int.from_bytes(data[locations + 4 : locations + 6], "big"), "positions of four bytes, no base"
    at = locations + 8
    for _ in range(int.from_bytes(data[locations + 6 : locations + 8], "big")):
        at += 6 if data[locations] == 0 else 8
        data[at : at + 4] = struct.pack(">I", int.from_bytes(data[at : at + 4], "big") + size)
        at += 8
    return bytes(data)


def test_no_text_of_a_picture_reaches_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    pictures = dict(with_texts())
    names = {name: f"p{number}" for number, name in enumerate(pictures)}
    shown = " ".join(f"![{name}](images/{name}.png)" for name in names.values())
    lay(tmp_path, f"-- content/articles/wall.md --\n{shown}\n")
    folder = tmp_path / "content/articles/images"
    folder.mkdir()
    for name, data in pictures.items():
        (folder / f"{names[name]}.png").write_bytes(data)
    build(tmp_path)
    site = contents(tmp_path / "site")

    published_pictures = {
        path.split("/")[1].split(".")[0]: data for path, data in site.items() if path[:7] == "images/"
    }
    for name in pictures:
        after = published_pictures.get(names[name])
        assert after is not None, f"{name} is shown"
        assert b"CANA" not in after, name
        plain = picture("JPEG", "CMYK") if "cmyk" in name else picture(str(opened(after).format))
        assert opened(plain).tobytes() == opened(after).tobytes(), name


@pytest.mark.parametrize(("mode", "profile"), [("RGB", WIDE), ("CMYK", INK)])
def test_smaller_copy_has_the_colours_of_its_picture(mode: str, profile: bytes) -> None:
    bands = [Image.linear_gradient("L").resize((1000, 600)).rotate(90 * turn) for turn in range(len(mode))]
    target = io.BytesIO()
    Image.merge(mode, bands).save(target, "JPEG", quality=95, icc_profile=profile)
    data = published(target.getvalue())
    shown = Image.frombytes("RGB", (1000, 600), seen(data)).resize((800, 480))
    copy = opened(smaller_copies(data)[0].data)

    assert "icc_profile" not in copy.info
    differences = ImageStat.Stat(ImageChops.difference(shown, copy.convert("RGB"))).mean
    assert max(differences) < 3
