"""Documents for programs: whole archives as JSON and JSON lines, mentions as Web Annotations.

Source: W3C, "Web Annotation Data Model", Recommendation of 23 February 2017.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from glossator.export.data import ArchiveData, ArticleData, EntityData, MentionData
from glossator.views.metadata import TYPES

SCHEMA = "glossator-archive/1"
"""Name and version of the schema, which `data/schemas/archive-1.json` holds."""


def json_file(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return the archive as one JSON document."""
    document = {"schema": SCHEMA, **_fields(archive)}
    return {"": msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"}


def json_lines(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return a line of JSON for the archive, for each article and for each entity; `kind` tells which it is."""
    lines: list[dict[str, object]] = [
        {
            "kind": "archive",
            "schema": SCHEMA,
            "title": archive.title,
            "address": archive.address,
            "private": archive.private,
        }
    ]
    lines += ({"kind": "article", **_fields(article)} for article in archive.articles)
    lines += ({"kind": "entity", **_fields(entity)} for entity in archive.entities)
    return {"": b"".join(msgspec.json.encode(line) + b"\n" for line in lines)}


def _fields(value: ArchiveData | ArticleData | EntityData) -> dict[str, object]:
    """Return the fields of a value as they are: msgspec encodes values within them without a copy."""
    return msgspec.structs.asdict(value)


CONTEXTS = ["http://www.w3.org/ns/anno.jsonld", {"schema": "https://schema.org/"}]
AROUND = 32
"""Characters of context on each side of a quotation, by which a reader finds it again."""


def annotation_page(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return one annotation for each mention: its words and place in the text, and the entity that it identifies.

    Each annotation has a line of its own.
    """
    encoder = msgspec.json.Encoder()
    bodies = {entity.id: msgspec.Raw(encoder.encode(_body(archive, entity))) for entity in archive.entities}
    items = (encoder.encode(item) for article in archive.articles for item in _items(archive, article, bodies))
    head = encoder.encode({"@context": CONTEXTS, "type": "AnnotationPage"}).removesuffix(b"}")
    return {"": head + b',"items":[\n' + b",\n".join(items) + b"\n]}\n"}


def _items(
    archive: ArchiveData, article: ArticleData, bodies: Mapping[str, msgspec.Raw]
) -> Iterator[dict[str, object]]:
    source = article.source or f"{archive.address or 'urn:glossator:'}articles/{article.id}.html"
    for mention in article.mentions:
        yield {
            "id": f"urn:glossator:{article.id}:{mention.start}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": bodies[mention.entity],
            "target": {"source": source, "selector": [_quote(article, mention), _position(mention)]},
        }


def _body(archive: ArchiveData, entity: EntityData) -> dict[str, object]:
    return {
        "type": ["SpecificResource", f"schema:{TYPES[entity.type]}"],
        "source": f"{archive.address or 'urn:glossator:'}entities/{entity.id}.html",
        "schema:name": entity.name,
    }


def _quote(article: ArticleData, mention: MentionData) -> dict[str, str]:
    return {
        "type": "TextQuoteSelector",
        "exact": article.words(mention.start, mention.end),
        "prefix": article.words(max(0, mention.start - AROUND), mention.start),
        "suffix": article.words(mention.end, mention.end + AROUND),
    }


def _position(mention: MentionData) -> dict[str, object]:
    return {"type": "TextPositionSelector", "start": mention.start, "end": mention.end}
