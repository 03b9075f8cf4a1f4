"""Highlights and notes of a reader, made in the preview or imported: `content/highlights/*.json`, one file an article.

A file is an AnnotationPage of the Web Annotation Data Model (W3C, 2017), which other programs read. A build shows it
only if the owner lets the site show highlights. Imported ones of which the place is not known are in `unplaced/`, a
file for each program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from glossator.atomic_files import write_whole
from glossator.config import SiteError
from glossator.content.lock_files import HIGHLIGHTS_LOCK, read_lock_file
from glossator.files import Unusable, read_bytes
from glossator.model import ArticleId, Highlight, Problem, UnplacedHighlight
from glossator.site_paths import article_path

FOLDER = "highlights"
"""Folder of the files, below `content/`."""
UNPLACED = "unplaced"
"""Folder below that one of the highlights without a place."""
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
URN = "urn:uuid:"
UNREADABLE = "is no page of annotations. Correct it, or move it away."
_DAMAGED = (Unusable, ValueError, KeyError, TypeError, AttributeError, RecursionError)
_OWN_PATH = re.compile(r"articles/([^/]+)\.html")


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
    except _DAMAGED:
        message = f"content/{FOLDER}/{path.name} is no page of annotations."
        raise SiteError(message, "Correct it, or move it away.") from None
    return ArticleHighlights(str(title), items)


def write_highlights(content: Path, article: ArticleId, highlights: ArticleHighlights) -> None:
    """Replace the file of an article's highlights, or delete it if there are none. Raises OSError."""
    path = highlights_file(content, article)
    if not highlights.items:
        path.unlink(missing_ok=True)
        return
    _write_page(path, [_to_annotation(item, article_path(article), highlights.title) for item in highlights.items])


def _write_page(path: Path, items: list[dict[str, Any]]) -> None:
    page = {"@context": CONTEXT, "type": "AnnotationPage", "items": items}
    write_whole(path, msgspec.json.format(msgspec.json.encode(page), indent=2) + b"\n")


def accept(content: Path, article: ArticleId) -> int:
    """Accept what a saved page marked in an article; return how many that is. Raises SiteError, OSError."""
    return _replaced(content, article, lambda item: replace(item, accepted=True))


def refuse(content: Path, article: ArticleId) -> int:
    """Delete what a saved page marked in an article, unless it was accepted; return how many that is.

    Raises SiteError, OSError.
    """
    return _replaced(content, article, lambda _: None)


def _replaced(content: Path, article: ArticleId, change: Callable[[Highlight], Highlight | None]) -> int:
    """Change the highlights of an article that were not accepted; return their number."""
    highlights = read_highlights(content, article)
    count = sum(not item.accepted for item in highlights.items) if highlights else 0
    if highlights and count:
        items = (item if item.accepted else change(item) for item in highlights.items)
        write_highlights(content, article, replace(highlights, items=tuple(filter(None, items))))
    return count


def unaccepted(content: Path) -> dict[ArticleId, ArticleHighlights]:
    """Return the highlights of saved pages that the owner did not accept yet, by article; damaged files are passed."""
    found: dict[ArticleId, ArticleHighlights] = {}
    for article in highlighted(content):
        try:
            highlights = read_highlights(content, article)
        except SiteError:  # the build names it
            continue
        items = tuple(item for item in highlights.items if not item.accepted) if highlights else ()
        if highlights and items:
            found[article] = replace(highlights, items=items)
    return found


def read_unplaced(content: Path) -> tuple[dict[str, tuple[UnplacedHighlight, ...]], tuple[Problem, ...]]:
    """Return the highlights without a place by file, and a problem for each file that cannot be read."""
    files: dict[str, tuple[UnplacedHighlight, ...]] = {}
    problems: list[Problem] = []
    for path in sorted((content / FOLDER / UNPLACED).glob("*.json")):
        try:
            page = msgspec.json.decode(read_bytes(path))
            files[path.name] = tuple(map(_unplaced, page["items"]))
        except _DAMAGED:
            problems.append(Problem("highlights", f"{FOLDER}/{UNPLACED}/{path.name}", UNREADABLE))
    return files, tuple(problems)


def write_unplaced(content: Path, file: str, items: Sequence[UnplacedHighlight]) -> None:
    """Replace a file of highlights without a place, or delete it if there are none. Raises OSError."""
    path = content / FOLDER / UNPLACED / file
    if items:
        _write_page(path, [_of_unplaced(item) for item in items])
    else:
        path.unlink(missing_ok=True)


def remove_unplaced(content: Path, identifier: str) -> None:
    """Delete a highlight without a place. Raises OSError."""
    for file, items in read_unplaced(content)[0].items():
        kept = [item for item in items if item.highlight.id != identifier]
        if len(kept) < len(items):
            write_unplaced(content, file, kept)


def unplaced_file(source: str) -> str:
    """Return the name of the file for the highlights of a program that have no place."""
    return re.sub(r"[^\w.-]+", "-", source.lower()).strip(".-")[:60] + ".json"


def _unplaced(annotation: dict[str, Any]) -> UnplacedHighlight:
    source = str(annotation["target"].get("source", ""))
    own = _OWN_PATH.fullmatch(source)
    article = ArticleId(own[1]) if own else None
    title = str(annotation["target"].get("title", ""))
    return UnplacedHighlight(_from_annotation(annotation), title, "" if own else source, article)


def _of_unplaced(item: UnplacedHighlight) -> dict[str, Any]:
    return _to_annotation(item.highlight, article_path(item.article) if item.article else item.address, item.title)


class ImportedIds(msgspec.Struct, frozen=True):
    """The content of the lock file."""

    imported: list[str]


def read_imported(content: Path) -> frozenset[str]:
    """Return the ids of all highlights that were imported. Raises SiteError for a damaged record."""
    lock = read_lock_file(content, HIGHLIGHTS_LOCK, ImportedIds, "highlights that you removed may then return")
    return frozenset(lock.imported if lock else ())


def write_imported(content: Path, ids: Iterable[str]) -> None:
    """Record the ids of all highlights that were imported. Raises OSError."""
    written = msgspec.json.encode(ImportedIds(sorted(ids)))
    write_whole(content / HIGHLIGHTS_LOCK, msgspec.json.format(written, indent=0) + b"\n")


def _to_annotation(item: Highlight, source: str, title: str) -> dict[str, Any]:
    selector = {"type": "TextQuoteSelector", "exact": item.exact, "prefix": item.prefix, "suffix": item.suffix}
    target = {"source": source, "title": title, "selector": selector | {"rival": item.rival}}
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
