"""Keywords that the heads of several articles share: publications, tags and authors."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

import msgspec

from glossator import site_paths
from glossator.model import ArticleHead, ArticleId, PrivateNames, SitePath, Topic
from glossator.naming.private_names import is_private_name
from glossator.stages.plan.catalogue.site_content import SiteContent
from glossator.views import Link

_HOST = re.compile(r"[^/?]*")
"""The host at the beginning of a canonical address."""


def publication_names(content: SiteContent) -> dict[ArticleId, str]:
    """Return the publication of each article; an article without one gets the most frequent of its host.

    Names that differ only in case are one publication, called as most articles call it.
    """
    hosts = {head.id: _HOST.match(content.article_links[head.id].address)[0] for head in content.heads}  # type: ignore[index]  # it matches anything
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for head in content.heads:
        if head.site:
            names[hosts[head.id]][head.site] += 1
    usual = {host: usual_spelling(counts) for host, counts in names.items() if host}
    named = {head.id: head.site or usual.get(hosts[head.id], hosts[head.id]) for head in content.heads}
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name in named.values():
        spellings[name.casefold()][name] += 1
    chosen = {folded: usual_spelling(counts) for folded, counts in spellings.items()}
    return {article: chosen[name.casefold()] for article, name in named.items()}


SEVERAL = 2
"""Articles of a tag, author or source that has a page or is listed, and entries of a list with a heading, at least."""
TAGS_SHOWN = 8
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
        key: Tag(usual_spelling(forms[key]), tuple(tagged))
        for key, tagged in sorted(articles.items())
        if len(tagged) >= SEVERAL and key and not (private and is_private_name(key, private))
    }


@lru_cache(maxsize=65536)
def key_of(tag: str) -> str:
    """Return the key under which spellings of a tag or a publication are equal, whatever their case and white space."""
    return " ".join(tag.casefold().split())


def tags_of(head: ArticleHead, tags: Container[str]) -> tuple[tuple[str, str], ...]:
    """Return the tags at the head of an article: name, and key if the tag has a page; those with pages come first."""
    named: dict[str, str] = {}
    for tag in head.tags:
        named.setdefault(key_of(tag), tag)
    ordered = sorted(named, key=lambda key: key not in tags)
    return tuple((named[key], key if key in tags else "") for key in ordered[:TAGS_SHOWN])


def tag_links(head: ArticleHead, tags: Container[str], path: SitePath) -> tuple[Link, ...]:
    """Return the tags at the head of the article whose page is at `path`; the address is empty for one without page."""
    return tuple(
        Link(name, site_paths.relative(site_paths.tag_path(key), path) if key else "")
        for name, key in tags_of(head, tags)
    )


class Author(msgspec.Struct, frozen=True):
    """An author of articles, as their heads name the author."""

    name: str
    """The form that most articles use; of several the first in the alphabet."""
    articles: tuple[ArticleId, ...]
    """Articles, in the order of the heads."""

    @property
    def has_page(self) -> bool:
        return len(self.articles) >= SEVERAL


def authors_by_key(heads: Iterable[ArticleHead], private: PrivateNames) -> dict[str, Author]:
    """Return all authors by key; none whose name is one of the `private` names, or holds one."""
    forms: dict[str, list[str]] = {}
    articles: dict[str, list[ArticleId]] = {}
    for head in heads:
        for name in head.authors:
            key = key_of(name)
            if key not in forms:
                forms[key], articles[key] = [name], [head.id]
            elif articles[key][-1] != head.id:
                forms[key].append(name)
                articles[key].append(head.id)
    return {
        key: Author(usual_spelling(Counter(forms[key])), tuple(articles[key]))
        for key in sorted(articles)
        if key and not (private and is_private_name(key, private))
    }


def usual_spelling(counts: Mapping[str, int]) -> str:
    """Return the most frequent spelling; of several as frequent the first in the alphabet."""
    return min(counts, key=lambda spelling: (-counts[spelling], spelling))


def author_links(head: ArticleHead, paged: Container[str], path: SitePath) -> tuple[Link, ...]:
    """Return the authors of the article whose page is at `path`; `paged` are the keys of authors who have a page.

    The address is empty for an author without page.
    """
    keys = ((name, key_of(name)) for name in head.authors)
    return tuple(
        Link(name, site_paths.relative(site_paths.author_path(key), path) if key in paged else "") for name, key in keys
    )


class Keywords(NamedTuple):
    """Keywords that the heads of several articles share."""

    publications: Mapping[ArticleId, str]
    """Name of the publication of each article, or ""."""
    tags: Mapping[str, Tag]
    """Tags that have a page, by key."""
    authors: Mapping[str, Author]
    """All authors, by key."""
    topics: tuple[Topic, ...]
    language: str = ""
    """Language of the site."""
