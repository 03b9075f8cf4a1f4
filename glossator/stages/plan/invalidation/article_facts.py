"""The facts of an article that its page shows, declared once: for its fingerprint, and for what an edit invalidates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from glossator.local_pictures import ShownPicture
from glossator.model import ArticleHead, ArticleId, OtherSource, Rights
from glossator.stages.plan.catalogue import Catalogue, name_of, neighbours
from glossator.stages.plan.catalogue.citations import citing_articles
from glossator.stages.plan.catalogue.keywords import authors_of, tags_of
from glossator.stages.plan.catalogue.private_names import public_head
from glossator.stages.plan.data.feeds import feed_keys


class VersionFacts(NamedTuple):
    """All that a link to another version of an article shows."""

    version: ArticleId
    date: str
    """ISO moment of the save, or empty."""
    older: bool
    """True if there is a sign that the version is older than the newest."""
    rights: Rights


class ArticleFacts(msgspec.Struct, frozen=True):
    """All that an article's page shows of the article itself, and what decides which other articles it links to."""

    link: str
    """Key that changes with anything that a link to the article may show."""
    head: str
    """Digest of the head."""
    date: str
    """ISO day to sort by, or empty."""
    text: str
    """Digest of the text and of the analysis."""
    cites: tuple[tuple[str, ArticleId], ...] = ()
    """Cited articles, each after its canonical address or folded headline."""
    pictures: tuple[ShownPicture, ...] = ()
    """Pictures on the page."""
    versions: tuple[VersionFacts, ...] = ()
    """Other versions, newest first."""
    tags: tuple[tuple[str, str], ...] = ()
    """Tags, each with its key if the tag has a page."""
    feeds: tuple[str, ...] = ()
    """Keys of the feeds of its publication and its tags."""
    authors: tuple[tuple[str, str], ...] = ()
    """Authors, each with the key if the author has a page."""
    also_in: tuple[OtherSource, ...] = ()
    """Other publications of the text."""
    topic: tuple[str, str] = ("", "")
    """Id and name of the topic that the article is in; empty if it is in none."""


def article_facts(catalogue: Catalogue) -> dict[ArticleId, ArticleFacts]:
    """Return the facts of every article."""
    return {head.id: facts_of(catalogue, head) for head in catalogue.content.heads}


def facts_of(catalogue: Catalogue, head: ArticleHead) -> ArticleFacts:
    """Return the facts of one article."""
    content, article = catalogue.content, head.id
    shown = public_head(head, catalogue.settings.private_names)
    return ArticleFacts(
        catalogue.link_facts[article],
        content.head_digests[article],
        head.date or "",
        content.text_digests[article],
        tuple(catalogue.cites[article].items()),
        catalogue.pictures.get(article, ()),
        tuple(version_facts(catalogue, version) for version in content.versions.get(article, ())),
        tags_of(shown, catalogue.tags),
        feed_keys(catalogue, head),
        authors_of(shown, catalogue.authors),
        content.other_sources.get(article, ()),
        (topic.id, name_of(topic)) if (topic := catalogue.topics.get(article)) else ("", ""),
    )


def version_facts(catalogue: Catalogue, version: ArticleHead) -> VersionFacts:
    """Return what a link to another version shows of it."""
    moment = version.saved or version.published or ""
    return VersionFacts(version.id, moment, version.id not in catalogue.content.unordered, version.rights)


def linked_articles(facts: Mapping[ArticleId, ArticleFacts]) -> dict[ArticleId, tuple[object, ...]]:
    """Return, for the page of every article, the articles it links to without a strength: neighbours, citing ones."""
    order = sorted(sorted(facts), key=lambda article: facts[article].date, reverse=True)
    citing = citing_articles((article, [cited for _, cited in facts[article].cites]) for article in order)
    return {article: (*neighbours(order, position), *citing.get(article, ())) for position, article in enumerate(order)}
