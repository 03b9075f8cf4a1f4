"""Mentions as Web Annotations.

Source: W3C, "Web Annotation Data Model", Recommendation of 23 February 2017.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from glossator.extension_points.exports import ArchiveData, ArticleData, EntityData, Export, MentionData
from glossator.views.metadata import TYPES

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


JSONLD = Export(contract=2, help="Every mention as a Web Annotation", of_archive=annotation_page)
