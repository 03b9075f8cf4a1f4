"""Golden cases of exports and lists: a file, or a folder `x.zip` that is packed first, and beside it what comes of it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import msgspec
import yaml

from glossator.config import ExtractSettings
from glossator.model import Extracted, Extraction, LinkListEntry
from tests.extracted import extract

GOLDEN = Path(__file__).parent / "golden_exports"


def cases() -> list[Path]:
    return sorted(path for path in GOLDEN.iterdir() if path.suffix != ".yaml")


def data(path: Path) -> bytes:
    """The bytes of a case; a folder becomes a ZIP archive."""
    return (
        packed({one.relative_to(path).as_posix(): one.read_bytes() for one in files(path)})
        if path.is_dir()
        else path.read_bytes()
    )


def files(folder: Path) -> list[Path]:
    return sorted(one for one in folder.rglob("*") if one.is_file())


def packed(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def read(content: bytes, name: str = "export") -> Extraction:
    return extract(content, name, ExtractSettings())


def summarise(found: Extraction) -> dict[str, object]:
    """An extraction as the file beside a case writes it: what is empty is left out, and all values are texts."""
    parts = {
        "format": found.format,
        "articles": [_fields_of(article) for article in found.articles],
        "listed": [_fields_of(listed) for listed in found.listed],
        "problems": [problem.message for problem in found.problems],
    }
    return {name: value for name, value in parts.items() if value}


def _fields_of(value: Extracted | LinkListEntry) -> dict[str, object]:
    fields = msgspec.to_builtins(value) | {
        "pictures": [one.name for one in value.pictures] if isinstance(value, Extracted) else []
    }
    fields["rights"] = "" if fields.get("rights") == "full" else fields.get("rights")
    if isinstance(value, Extracted):
        fields |= {"entry": value.conversion.entry, "form": value.conversion.format}
        del fields["conversion"], fields["left_out"]
    return {name: list(one) if isinstance(one, tuple) else one for name, one in fields.items() if one}


def expected(path: Path) -> dict[str, object]:
    found: dict[str, object] = yaml.load(path.with_name(path.name + ".yaml").read_text("utf-8"), yaml.BaseLoader)
    return found
