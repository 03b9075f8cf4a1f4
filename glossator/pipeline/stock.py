"""The rows that builds leave -> the archive as plan sees it: each thing read once it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

import msgspec

from glossator.content.shelf import Kept
from glossator.model import ArticleId, Entity, EntityId, OwnPage, Rows
from glossator.pipeline.renew import ENTITIES, REDIRECTS, RESOLVED, Renewed, Resolved
from glossator.stages.plan import Stock

Key = TypeVar("Key", bound=str)
Value = TypeVar("Value")


class Lazy(Mapping[Key, Value], Generic[Key, Value]):
    """Values by key, decoded when they are asked for. State: those that were."""

    def __init__(
        self, read: Callable[[Sequence[str]], Rows], keys: Mapping[Key, object], kind: msgspec.msgpack.Decoder[Value]
    ) -> None:
        self._read, self._keys, self._decode = read, keys, kind.decode
        self._known: dict[Key, Value] = {}

    def __getitem__(self, key: Key) -> Value:
        if key not in self._known:
            self._known[key] = self._decode(self._read([key])[key])
        return self._known[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[Key]:
        return iter(sorted(self._keys))

    def __len__(self) -> int:
        return len(self._keys)


def open_stock(
    renewed: Renewed,
    public: Sequence[Kept],
    older: Mapping[ArticleId, tuple[Kept, ...]],
    pages: tuple[OwnPage, ...],
    pictures: frozenset[str],
) -> Stock:
    """All that the site can show. Articles in which no names could be looked for are left out."""
    room, seen = renewed.room, renewed.seen
    held = [one for one in public if one.head.id in seen]
    versions = {newest: found for newest, found in older.items() if newest in seen}
    texts = [*held, *(one for found in versions.values() for one in found)]
    heads = sorted((one.head for one in held), key=lambda head: head.id)
    redirects = room.read_all(REDIRECTS)
    return Stock(
        heads=tuple(sorted(heads, key=lambda head: head.date or "", reverse=True)),
        entities=Lazy(lambda keys: room.read(ENTITIES, keys), renewed.spread, msgspec.msgpack.Decoder(Entity)),
        resolved=Lazy(lambda keys: room.read(RESOLVED, keys), seen, msgspec.msgpack.Decoder(Resolved)),
        spread=renewed.spread,
        redirects={EntityId(old): EntityId(new.decode()) for old, new in sorted(redirects.items())},
        leads={one.head.id: one.leads for one in texts},
        digests={
            one.head.id: f"{one.text} {seen[one.head.id].analysis if one.head.id in seen else ''}" for one in texts
        },
        pages=pages,
        versions={newest: tuple(one.head for one in found) for newest, found in versions.items()},
        pictures=pictures,
    )
