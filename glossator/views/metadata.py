"""Metadata of a page for other programs: linked data in the terms of schema.org, and COinS for reference managers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import quote_plus, urlencode

from glossator.model import UNTYPED, EntityType
from glossator.views.article import ArticlePage
from glossator.views.entity import EntityPage

CONTEXT = "https://schema.org"
TYPES: Mapping[str, str] = MappingProxyType(
    {
        EntityType.PERSON: "Person",
        EntityType.ORGANISATION: "Organization",
        EntityType.PLACE: "Place",
        EntityType.GROUP: "Thing",
        EntityType.LAW: "Legislation",
        EntityType.WORK: "CreativeWork",
        EntityType.EVENT: "Event",
        EntityType.PRODUCT: "Product",
        UNTYPED: "Thing",
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
        "description": page.introduced.text if page.introduced else page.listed.text if page.listed else "",
        "url": page.frame.canonical,
        "sameAs": [*(link.href for link in page.links), *filter(None, [page.listed.address if page.listed else ""])],
    }


FORMAT = "info:ofi/fmt:kev:mtx:dc"
"""Dublin Core, which reference managers take for a web page; the other formats are for journals and books."""
SAME = urlencode({"ctx_ver": "Z39.88-2004", "rft_val_fmt": FORMAT, "rft.type": "webpage"})
"""Fields that every article has alike."""


def coins(page: ArticlePage) -> str:
    """Return the ContextObject of an article (NISO Z39.88-2004, key and value pairs), without what is empty."""
    fields: list[tuple[str, str]] = [
        ("rft.title", page.frame.title),
        *(("rft.creator", author) for author in page.authors),
        ("rft.date", "" if page.published_guessed else page.published[:10]),
        ("rft.source", page.source_name),
        ("rft.identifier", page.source or page.frame.canonical),
        ("rft.language", page.language),
        ("rft.description", page.frame.description),
        *(("rft.subject", tag.text) for tag in page.tags),
    ]
    known = (f"{name}={quote_plus(value, errors='replace')}" for name, value in fields if value)
    return "&".join([SAME, *known])
