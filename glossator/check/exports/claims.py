"""The texts of an export, each with the articles in which it is to stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from glossator.web_addresses import host

Record = Mapping[str, Any]
"""An article, an entity or another part of an export, with the names that the export gives to its fields."""
ARTICLE_FIELDS = ("title", "source", "site", "description", "markdown", "text")
ARTICLE_LISTS = ("authors", "tags")


class ExportedText(msgspec.Struct, frozen=True):
    """A text that an export says."""

    place: str
    """Place in the export: a file, a row."""
    text: str
    articles: tuple[str, ...]
    """Ids of the articles that the export names for the text, which stands in one of them; none for any article."""


def of_article(place: str, article: Record) -> Iterator[ExportedText]:
    """Yield what a record says of an article, in the fields of the data model; those that it lacks are passed over."""
    said = [article.get(name) for name in ARTICLE_FIELDS]
    said += [item for name in ARTICLE_LISTS for item in article.get(name) or ()]
    said.append(host(article.get("source") or ""))  # a publication without a name is called by its host
    yield from texts(place, said, (article["id"],))


def of_entity(place: str, entity: Record) -> Iterator[ExportedText]:
    """Yield what a record says of an entity; its note stands in no article, but among the owner's own words."""
    yield from texts(place, [entity["name"], *entity["aliases"]], tuple(entity.get("articles") or ()))
    yield from texts(place, [entity.get("note")], ())
    if described := entity.get("descriptor"):
        yield ExportedText(place, described["text"], (described["article"],))


def texts(place: str, said: Iterable[str | None], articles: tuple[str, ...]) -> Iterator[ExportedText]:
    """Yield texts of one place and of the same articles; what is empty is passed over."""
    yield from (ExportedText(place, text, articles) for text in said if text)
