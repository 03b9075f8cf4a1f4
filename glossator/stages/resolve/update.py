"""STUB until the real one is merged: resolves everything anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from glossator.model import Analysis, ArticleId, Decisions, Digest, Gist, Head, Note, PublishedId, Read, Update


def update(
    read: Read,
    changed: Mapping[ArticleId, Gist | None],
    decided: tuple[Decisions, tuple[Note, ...]],
    published: Sequence[PublishedId],
) -> Update:
    from glossator.stages.resolve import resolve

    row = read("stub", ["all"]).get("all")
    gists = {one.article: one for one in msgspec.msgpack.decode(row, type=list[Gist])} if row else {}
    for key, one in changed.items():
        if one is None:
            gists.pop(key, None)
        else:
            gists[key] = one
    heads = [Head(one.article, "", published=one.published) for one in gists.values()]
    analyses = [Analysis(g.article, g.names, (), (), g.descriptors, (), Digest("")) for g in gists.values()]
    archive, problems = resolve(heads, analyses, *decided, published)
    enc = msgspec.msgpack.encode
    return Update(
        {
            "stub": {"all": enc(list(gists.values()))},
            "entities": {one.id: enc(one) for one in archive.entities},
            "redirects": {old: new.encode() for old, new in archive.redirects},
            "resolved": {key: enc(value) for key, value in archive.resolved.items()},
        },
        {one.id: one for one in archive.entities},
        dict(archive.resolved),
        dict(archive.redirects),
        len(archive.suggestions),
        problems,
        True,
    )
