"""Edits that a person made to an article since its conversion wrote it, told by a digest in its front matter."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from glossator import frontmatter
from glossator.files import Unusable, read_text


def is_edited(path: Path) -> bool:
    """True if the file exists and is not as a conversion wrote it."""
    try:
        fields, body = frontmatter.split(read_text(path))
    except Unusable:
        return path.exists()
    except frontmatter.FrontMatterError:
        return True
    conversion = fields.get("conversion")
    if not isinstance(conversion, dict) or not conversion.get("file"):
        return True
    return str(conversion.get("written", "")) != fingerprint(fields, body)


def fingerprint(fields: Mapping[str, object], body: str) -> str:
    """Digest what a person may edit: every field but the conversion's own, and the body."""
    mine = {key: value for key, value in fields.items() if key != "conversion"}
    text = json.dumps([mine, body.strip("\n")], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
