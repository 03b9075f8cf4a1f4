"""The tags of articles: those that several articles share lead to a list of these articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from glossator import site_paths
from glossator.model import ArticleHead, ArticleId, PrivateNames, SitePath
from glossator.naming.private_names import is_private_name
from glossator.views import Link

SHARED = 2
"""Articles of a tag that has a page: pages bring many tags that no other article has."""
SHOWN = 8
"""Tags at the head of an article."""


class Tag(msgspec.Struct, frozen=True):
    """A tag that has a page."""

    name: str
    """The form that most articles use; of several the first in the alphabet."""
    articles: tuple[ArticleId, ...]
    """Articles with the tag, in the order of the heads."""


def shared_tags(heads: Iterable[ArticleHead], private: PrivateNames) -> dict[str, Tag]:
    """Return the tags that have pages, by key; none whose name is one of the `private` names, or holds one."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    articles: dict[str, dict[ArticleId, None]] = defaultdict(dict)
    for head in heads:
        for tag in head.tags:
            forms[key_of(tag)][tag] += 1
            articles[key_of(tag)][head.id] = None
    return {
        key: Tag(min(forms[key], key=lambda form: (-forms[key][form], form)), tuple(tagged))
        for key, tagged in sorted(articles.items())
        if len(tagged) >= SHARED and key and not (private and is_private_name(key, private))
    }


@lru_cache(maxsize=65536)
def key_of(tag: str) -> str:
    """Return the key under which spellings of a tag are equal: no difference of case and white space."""
    return " ".join(tag.casefold().split())


def tags_of(head: ArticleHead, tags: Mapping[str, Tag]) -> tuple[tuple[str, str], ...]:
    """Return the tags at the head of an article: name, and key if the tag has a page; those with pages come first."""
    named: dict[str, str] = {}
    for tag in head.tags:
        named.setdefault(key_of(tag), tag)
    ordered = sorted(named, key=lambda key: key not in tags)
    return tuple((named[key], key if key in tags else "") for key in ordered[:SHOWN])


def tag_links(head: ArticleHead, tags: Mapping[str, Tag], path: SitePath) -> tuple[Link, ...]:
    """Return the tags at the head of the article whose page is at `path`; the address is empty for one without page."""
    return tuple(
        Link(name, site_paths.relative(site_paths.tag_path(key), path) if key else "")
        for name, key in tags_of(head, tags)
    )
