"""Names of the files in the content that the build itself writes, and that are committed."""

from __future__ import annotations

ENTITIES = "entities.lock.json"
"""The ids that were published."""
ARTICLES = "articles.lock.json"
"""The fate of each article in the saved files."""
TOPICS = "topics.lock.json"
"""The addresses of topics that were published."""
ALL = (ENTITIES, ARTICLES, TOPICS)
