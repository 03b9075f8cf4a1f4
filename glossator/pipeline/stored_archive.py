"""The rows that builds leave -> the archive as plan sees it: each thing read once it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

import msgspec

from glossator.content.article_store import StoredArticle
from glossator.incremental.cache import Torn
from glossator.model import ArticleId, Entity, EntityId, OwnPage, Rows
from glossator.pipeline.find_entities import ENTITIES, RESOLVED, FoundEntities, Resolved
from glossator.stages.plan import SiteContent

HELD = 30_000
"""Values that are held at a time: a hundred megabytes at most."""

Key = TypeVar("Key", bound=str)
Value = TypeVar("Value")


class Lazy(Mapping[Key, Value], Generic[Key, Value]):
    """Values by key, decoded when they are asked for. State: those that were asked for last."""

    def __init__(
        self, read: Callable[[Sequence[str]], Rows], keys: Mapping[Key, object], kind: msgspec.msgpack.Decoder[Value]
    ) -> None:
        self._read, self._keys, self._decode = read, keys, kind.decode
        self._known: dict[Key, Value] = {}

    def __getitem__(self, key: Key) -> Value:
        if key not in self._known:
            row = self._read([key]).get(key)
            if row is None:
                raise KeyError(key) if key not in self._keys else Torn(key)
            if len(self._known) >= HELD:
                self._known.clear()
            self._known[key] = self._decode(row)
        return self._known[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[Key]:
        return iter(sorted(self._keys))

    def __len__(self) -> int:
        return len(self._keys)


def lazy_archive(
    read: Callable[[str, Sequence[str]], Rows], spread: Mapping[EntityId, int], articles: Mapping[ArticleId, object]
) -> tuple[Lazy[EntityId, Entity], Lazy[ArticleId, Resolved]]:
    """The entities, and whom the names of the articles mean."""
    return (
        Lazy(lambda keys: read(ENTITIES, keys), spread, msgspec.msgpack.Decoder(Entity)),
        Lazy(lambda keys: read(RESOLVED, keys), articles, msgspec.msgpack.Decoder(Resolved)),
    )


def site_content(
    renewed: FoundEntities,
    public: Sequence[StoredArticle],
    older: Mapping[ArticleId, tuple[StoredArticle, ...]],
    pages: tuple[OwnPage, ...],
    pictures: frozenset[str],
) -> SiteContent:
    """All that the site can show. Articles in which no names could be looked for are left out."""
    namespace, seen = renewed.namespace, renewed.seen
    held = [one for one in public if one.head.id in seen]
    versions = {newest: found for newest, found in older.items() if newest in seen}
    texts = [*held, *(one for found in versions.values() for one in found)]
    heads = sorted((one.head for one in held), key=lambda head: head.id)
    entities, resolved = lazy_archive(namespace.read, renewed.spread, seen)
    return SiteContent(
        heads=tuple(sorted(heads, key=lambda head: head.date or "", reverse=True)),
        entities=entities,
        resolved=resolved,
        spread=renewed.spread,
        redirects=dict(sorted(renewed.redirects.items())),
        article_links={one.head.id: one.article_links for one in texts},
        text_digests={
            one.head.id: f"{one.text} {seen[one.head.id].analysis if one.head.id in seen else ''}" for one in texts
        },
        head_digests={one.head.id: one.about for one in held},
        link_digests={one.head.id: one.line for one in held},
        name_counts={key: one.names for key, one in seen.items()},
        pages=pages,
        versions={newest: tuple(one.head for one in found) for newest, found in versions.items()},
        pictures=pictures,
    )
