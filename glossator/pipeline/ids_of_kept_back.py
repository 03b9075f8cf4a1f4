"""Published ids that would tell a name which the site keeps back: `entities.lock.json` is a part of the content."""

from __future__ import annotations

import re
from collections.abc import Iterable

from glossator.content.article_store import ArticleStore
from glossator.model import EntityId, EntityType, PrivateNames, PublishedId
from glossator.naming.private_names import is_part_of
from glossator.pipeline.find_entities import FoundEntities


def without_kept_back(found: FoundEntities, store: ArticleStore, private: PrivateNames) -> tuple[PublishedId, ...]:
    """Return the ids that are given out, without those of names that nothing public has any more.

    These are parts of private names, and names in articles of which a text is kept back. An id whose article was
    deleted stays, so that a name that returns has its address again.
    """
    unused = [known for known in found.published if known.id not in found.article_counts]
    dropped = {known.id for known in unused if known.type is EntityType.PERSON and is_part_of(known.name, private)}
    dropped -= {known.id for known in unused if known.name in private.whole}  # a decision may name it by its id
    if unused and found.lost_names:
        dropped |= _in_kept_back_texts(unused, store)
    return tuple(known for known in found.published if known.id not in dropped)


def _in_kept_back_texts(unused: Iterable[PublishedId], store: ArticleStore) -> set[EntityId]:
    names = {known.id: re.compile(rf"(?<!\w){re.escape(known.name)}(?!\w)", re.IGNORECASE) for known in unused}
    found: set[EntityId] = set()
    for article in store.kept:
        if article.head.rights != "full":
            text = store.open_whole(article).markdown
            found |= {key for key, name in names.items() if name.search(text)}
    return found
