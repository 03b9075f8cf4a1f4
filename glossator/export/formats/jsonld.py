"""Mentions as Web Annotations. Source: W3C, "Web Annotation Data Model", Recommendation of 23 February 2017."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from glossator.export.data import ArchiveData, ArticleData, EntityData, MentionData
from glossator.model import EntityType
from glossator.views.linked_data import TYPES

CONTEXTS = ["http://www.w3.org/ns/anno.jsonld", {"schema": "https://schema.org/"}]
AROUND = 32
"""Characters of context on each side of a quotation, by which a reader finds it again."""


def annotation_page(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return one annotation for each mention: its words and place in the text, and the entity that it identifies.

    Each annotation has a line of its own.
    """
    entities = archive.by_id()
    encoder = msgspec.json.Encoder()
    items = (encoder.encode(item) for article in archive.articles for item in _items(archive, article, entities))
    head = encoder.encode({"@context": CONTEXTS, "type": "AnnotationPage"}).removesuffix(b"}")
    return {"": head + b',"items":[\n' + b",\n".join(items) + b"\n]}\n"}


def _items(
    archive: ArchiveData, article: ArticleData, entities: Mapping[str, EntityData]
) -> Iterator[dict[str, object]]:
    for mention in article.mentions:
        entity = entities[mention.entity]
        yield {
            "id": f"urn:glossator:{article.id}:{mention.start}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": {
                "type": ["SpecificResource", f"schema:{TYPES[EntityType(entity.type)]}"],
                "source": f"{archive.address or 'urn:glossator:'}entities/{entity.id}.html",
                "schema:name": entity.name,
            },
            "target": {
                "source": article.source or f"{archive.address or 'urn:glossator:'}articles/{article.id}.html",
                "selector": [_quote(article, mention), _position(mention)],
            },
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
