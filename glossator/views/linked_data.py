"""Linked data: the subject of a page for machines, in the terms of schema.org."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from glossator.model import EntityType
from glossator.views.article import ArticlePage
from glossator.views.entity import EntityPage

CONTEXT = "https://schema.org"
TYPES: Mapping[EntityType, str] = MappingProxyType(
    {
        EntityType.PERSON: "Person",
        EntityType.ORGANISATION: "Organization",
        EntityType.PLACE: "Place",
        EntityType.GROUP: "Thing",
        EntityType.LAW: "Legislation",
        EntityType.WORK: "CreativeWork",
        EntityType.EVENT: "Event",
        EntityType.PRODUCT: "Product",
    }
)
"""Types of schema.org for the types of entity."""

LinkedData = dict[str, object]


def linked_data(page: ArticlePage | EntityPage) -> LinkedData:
    """Return the JSON-LD of a page, without what is empty."""
    fields = _article(page) if isinstance(page, ArticlePage) else _entity(page)
    return {name: value for name, value in fields.items() if value}


def _article(page: ArticlePage) -> LinkedData:
    mentioned = (entry for group in page.glossary for entry in group.entries if entry.href)
    return {
        "@context": CONTEXT,
        "@type": "Article",
        "headline": page.frame.title,
        "description": page.frame.description,
        "inLanguage": page.language,
        "author": [{"@type": "Person", "name": author} for author in page.authors],
        "publisher": {"@type": "Organization", "name": page.source_name} if page.source_name else None,
        "datePublished": "" if page.published_guessed else page.published,
        "isBasedOn": page.source,
        "keywords": [tag.text for tag in page.tags],
        "mentions": [{"@type": TYPES[entry.type], "name": entry.name} for entry in mentioned],
    }


def _entity(page: EntityPage) -> LinkedData:
    return {
        "@context": CONTEXT,
        "@type": TYPES[page.type],
        "name": page.name,
        "alternateName": [alias for alias, _ in page.aliases],
        "description": page.introduced.text if page.introduced else "",
        "url": page.frame.canonical,
        "sameAs": [link.href for link in page.links],
    }
