"""The authors of articles: those of several articles have a page that lists them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from glossator import site_paths
from glossator.model import ArticleHead, ArticleId, PrivateNames, SitePath
from glossator.naming.private_names import is_private_name
from glossator.stages.plan.tags import key_of
from glossator.views import Link

SHARED = 2
"""Articles of an author who has a page: the list of authors leads to a single article itself."""


class Author(msgspec.Struct, frozen=True):
    """An author of articles, as their heads name the author."""

    name: str
    """The form that most articles use; of several the first in the alphabet."""
    articles: tuple[ArticleId, ...]
    """Articles, in the order of the heads."""

    @property
    def has_page(self) -> bool:
        return len(self.articles) >= SHARED


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
        key: Author(_usual(forms[key]), tuple(articles[key]))
        for key in sorted(articles)
        if key and not (private and is_private_name(key, private))
    }


def _usual(forms: list[str]) -> str:
    """Return the most frequent form; of several the first in the alphabet."""
    if len(set(forms)) == 1:
        return forms[0]
    counts = Counter(forms)
    return min(counts, key=lambda form: (-counts[form], form))


def authors_of(head: ArticleHead, authors: Mapping[str, Author]) -> tuple[tuple[str, str], ...]:
    """Return the authors of an article: name, and key if the author has a page."""
    keys = ((name, key_of(name)) for name in head.authors)
    return tuple((name, key if key in authors and authors[key].has_page else "") for name, key in keys)


def author_links(head: ArticleHead, authors: Mapping[str, Author], path: SitePath) -> tuple[Link, ...]:
    """Return the authors of the article whose page is at `path`; the address is empty for one without page."""
    return tuple(
        Link(name, site_paths.relative(site_paths.author_path(key), path) if key else "")
        for name, key in authors_of(head, authors)
    )
