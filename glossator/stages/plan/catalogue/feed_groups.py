"""Heads of articles -> the articles of the feed of each publication and tag."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from glossator.model import ArticleHead, ArticleId, PrivateNames
from glossator.naming.private_names import is_private_name
from glossator.stages.plan.catalogue.keywords import key_of, usual_spelling

SOURCE_FEED = "source-feed"
TAG_FEED = "tag-feed"


class FeedGroup(msgspec.Struct, frozen=True):
    """The articles of a publication or a tag."""

    name: str
    """The most frequent spelling; of several as frequent the first in the alphabet."""
    articles: tuple[ArticleId, ...]


def feed_groups(
    heads: Iterable[ArticleHead], publications: Mapping[ArticleId, str], private: PrivateNames
) -> dict[str, FeedGroup]:
    """Return the articles of every publication and tag, by the key of the feed; none with a private name."""
    articles: dict[str, dict[ArticleId, None]] = defaultdict(dict)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for head in heads:
        for key, name in keyed_feeds(publications[head.id], head.tags, private):
            articles[key][head.id] = None
            spellings[key][name] += 1
    return {key: FeedGroup(usual_spelling(spellings[key]), tuple(members)) for key, members in sorted(articles.items())}


def keyed_feeds(publication: str, tags: Iterable[str], private: PrivateNames) -> Iterator[tuple[str, str]]:
    """Yield key and name of the feeds of a publication and of tags, without private names."""
    for kind, name in ((SOURCE_FEED, publication), *((TAG_FEED, tag) for tag in tags)):
        folded = key_of(name)
        if folded and not is_private_name(name, private):
            yield f"{kind} {folded}", name
