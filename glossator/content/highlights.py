"""Highlights and notes of a reader, made in the preview: `content/highlights/*.json`, one file an article.

A file is an AnnotationPage of the Web Annotation Data Model (W3C, 2017), which other programs read. A build reads it
only if the owner lets the site show highlights.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from glossator.atomic_files import write_whole
from glossator.config import SiteError
from glossator.files import Unusable, read_bytes
from glossator.model import ArticleId, Highlight
from glossator.site_paths import article_path

FOLDER = "highlights"
"""Folder of the files, below `content/`."""
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
URN = "urn:uuid:"


class ArticleHighlights(msgspec.Struct, frozen=True):
    """The highlights of one article."""

    title: str
    items: tuple[Highlight, ...]


def highlights_file(content: Path, article: ArticleId) -> Path:
    return content / FOLDER / f"{article}.json"


def highlighted(content: Path) -> list[ArticleId]:
    """Return the articles that have highlights, sorted."""
    return sorted(ArticleId(path.stem) for path in (content / FOLDER).glob("*.json"))


def read_highlights(content: Path, article: ArticleId) -> ArticleHighlights | None:
    """Return the highlights of an article; None if there are none. Raises SiteError for a file that has none."""
    path = highlights_file(content, article)
    if not path.is_file():
        return None
    try:
        page = msgspec.json.decode(read_bytes(path))
        items = tuple(_from_annotation(annotation) for annotation in page["items"])
        title = page["items"][0]["target"].get("title", "") if items else ""
    except (Unusable, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = f"content/{FOLDER}/{path.name} is no page of annotations."
        raise SiteError(message, "Correct it, or move it away.") from None
    return ArticleHighlights(str(title), items)


def write_highlights(content: Path, article: ArticleId, highlights: ArticleHighlights) -> None:
    """Replace the file of an article's highlights, or delete it if there are none. Raises OSError."""
    path = highlights_file(content, article)
    if not highlights.items:
        path.unlink(missing_ok=True)
        return
    items = [_to_annotation(item, article, highlights.title) for item in highlights.items]
    page = {"@context": CONTEXT, "type": "AnnotationPage", "items": items}
    write_whole(path, msgspec.json.format(msgspec.json.encode(page), indent=2) + b"\n")


def _to_annotation(item: Highlight, article: ArticleId, title: str) -> dict[str, Any]:
    selector = {"type": "TextQuoteSelector", "exact": item.exact, "prefix": item.prefix, "suffix": item.suffix}
    target = {"source": article_path(article), "title": title, "selector": selector | {"rival": item.rival}}
    annotation: dict[str, Any] = {
        "id": URN + item.id,
        "type": "Annotation",
        "motivation": "commenting" if item.note else "highlighting",
        "created": item.made,
        "target": target | ({"styleClass": item.colour} if item.colour else {}),
    }
    if item.source:
        annotation["generator"] = {"type": "Software", "name": item.source}
    if not item.accepted:
        annotation["accepted"] = False
    if item.note:
        annotation["body"] = {"type": "TextualBody", "value": item.note, "format": "text/plain"}
    return annotation


def _from_annotation(annotation: dict[str, Any]) -> Highlight:
    target, selector = annotation["target"], annotation["target"]["selector"]
    return msgspec.convert(
        {
            "id": annotation["id"].removeprefix(URN),
            "exact": selector["exact"],
            "prefix": selector.get("prefix", ""),
            "suffix": selector.get("suffix", ""),
            "rival": selector.get("rival", 0),
            "note": annotation.get("body", {}).get("value", ""),
            "made": annotation.get("created", ""),
            "colour": target.get("styleClass", ""),
            "source": annotation.get("generator", {}).get("name", ""),
            "accepted": annotation.get("accepted", True),
        },
        Highlight,
    )
