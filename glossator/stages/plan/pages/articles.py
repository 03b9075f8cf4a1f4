"""The article's page: its text with marks, its glossary, and the articles related to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec.structs import replace

from glossator import addresses, markup, site_paths
from glossator.markup import Mark
from glossator.model import ArticleHead, ArticleId, EntityId, Html, Messages, SitePath
from glossator.naming.languages import NO_PIPELINE, installation, language_name, main_language
from glossator.stages.plan.catalogue import (
    TYPES,
    Catalogue,
    PlannedPage,
    address,
    article_link,
    entities_of,
    entity_link,
    fingerprint_of,
    frame,
    link_facts,
    links,
    neighbours,
)
from glossator.stages.plan.catalogue.keywords import author_links, tag_links, tags_of
from glossator.stages.plan.catalogue.private_names import descriptor_of, public, public_head
from glossator.stages.plan.catalogue.site_content import OpenedArticle
from glossator.stages.plan.data import feeds
from glossator.stages.plan.invalidation.article_facts import facts_of, version_facts
from glossator.stages.plan.parts.cards import (
    CARD_ALIASES,
    card,
    card_facts,
    card_note,
    key_sentence,
    other_names,
    spread,
    year_shown,
)
from glossator.stages.plan.parts.related_articles import relations
from glossator.text import bare_words
from glossator.translate import translate
from glossator.views import ArticlePage, Frame, GlossaryEntry, GlossaryGroup, Link, Related, VersionLink

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction: Brysbaert, How many words do we read per minute?, 2019."""

CARD_BYTES = 60_000
"""Bytes of a page that hold what its cards say."""
MARKUP_BYTES = 450
"""Bytes of the markup around the words of an entry of the glossary."""
RIGHT_TO_LEFT = frozenset({"ar", "arc", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})


def plan(catalogue: Catalogue, article: ArticleId) -> PlannedPage:
    """Plan the page of one article."""
    own = facts_of(catalogue, catalogue.heads[article])
    newer, older = neighbours(catalogue.content.heads, catalogue.positions[article])
    related = relations(catalogue, article)
    entities = [catalogue.content.entities[entity] for entity in entities_of(catalogue, article)]
    fingerprint = fingerprint_of(
        text=own.text,
        entities=[card(entity) for entity in entities],
        cards=[card_facts(catalogue, entity, article) for entity in entities],
        names=catalogue.content.resolved[article],
        related=[(relation.article, relation.shared, relation.words) for relation in related],
        head=(own.head, own.link),
        articles=(
            link_facts(catalogue, catalogue.cited_by.get(article, ())),
            *(link_facts(catalogue, [head.id]) if head else "" for head in (newer, older)),
            link_facts(catalogue, [relation.article for relation in related]),
        ),
        cited=own.cites,
        pictures=own.pictures,
        versions=own.versions,
        tags=own.tags,
        authors=own.authors,
        feeds=own.feeds,
        also_in=own.also_in,
    )
    return PlannedPage(
        site_paths.article_path(article),
        "article",
        article,
        (article,),
        fingerprint,
        associations=tuple((relation.article, relation.strength) for relation in related),
        words=tuple(relation.words for relation in related),
    )


def compose(catalogue: Catalogue, planned: PlannedPage, readings: Mapping[ArticleId, OpenedArticle]) -> ArticlePage:
    """Compose the page of an article from its text in `readings`."""
    reading, path = readings[ArticleId(planned.subject)], planned.path
    head = public_head(reading.article.head, catalogue.settings.private_names)
    newer, older = neighbours(catalogue.content.heads, catalogue.positions[head.id])
    publication, bare = catalogue.publications[head.id], head.id in catalogue.content.bare
    page = compose_text(catalogue, reading, publication, path, () if bare else _marks(catalogue, reading, path))
    own_feeds = feeds.links(catalogue, publication, head.tags, path)
    return replace(
        page,
        frame=replace(page.frame, feeds=(*page.frame.feeds, *own_feeds), picture=_picture(catalogue, head.id, page)),
        by=author_links(head, catalogue.authors, path),
        tags=tag_links(head, catalogue.tags, path),
        also_in=tuple(
            Link(other.site or addresses.host(other.address), other.address)
            for other in catalogue.content.other_sources.get(head.id, ())
        ),
        glossary=() if bare else _glossary(catalogue, reading, path),
        related=tuple(
            Related(
                article_link(catalogue, relation.article, path),
                tuple(entity_link(catalogue, entity, path) for entity in relation.shared),
                relation.words,
            )
            for relation in relations(catalogue, head.id, planned)
        ),
        cited_by=tuple(article_link(catalogue, citing, path) for citing in catalogue.cited_by.get(head.id, ())),
        newer=article_link(catalogue, newer.id, path) if newer else None,
        older=article_link(catalogue, older.id, path) if older else None,
        versions=tuple(
            version_link(catalogue, head.id, version, path) for version in catalogue.content.versions.get(head.id, ())
        ),
    )


def _picture(catalogue: Catalogue, article: ArticleId, page: ArticlePage) -> str:
    """Return the address of the first picture that the page of an article shows; empty if there is none."""
    shown = (site_paths.picture_path(picture.name) for picture in catalogue.pictures.get(article, ()))
    found = next((path for path in shown if f'{path}"' in page.body), None)
    return address(catalogue, found) if found and catalogue.site.url else ""


def compose_text(
    catalogue: Catalogue, reading: OpenedArticle, publication: str, path: SitePath, marks: tuple[Mark, ...] = ()
) -> ArticlePage:
    """Compose the page of an article by itself: its text, with `marks` if there are any, and no other articles.

    `publication` is the name of its publication or its host, `path` the path of the page.
    """
    head = public_head(reading.article.head, catalogue.settings.private_names)
    language = main_language(head.language or catalogue.site.language)
    unread = "" if language in catalogue.site.read else language
    return ArticlePage(
        frame=_frame(catalogue, head, path),
        standfirst=_standfirst(head, reading.text.content),
        language=head.language or catalogue.site.language,
        direction="rtl" if (head.language or "").split("-")[0] in RIGHT_TO_LEFT else "ltr",
        source=head.source or "",
        source_name=publication,
        site_href=f"{site_paths.relative(site_paths.SOURCES, path)}#{addresses.source_anchor(publication)}"
        if publication
        else "",
        authors=head.authors,
        published=head.published or "",
        published_guessed="published" in head.guessed,
        saved=head.saved or "",
        minutes=max(1, round(len(reading.text.content.split()) / WORDS_A_MINUTE)),
        by=tuple(Link(author, "") for author in head.authors),
        tags=tuple(Link(tag, "") for tag, _ in tags_of(head, {})),
        unread=unread and language_name(unread, catalogue.site.words.language),
        remedy=unread and _remedy(catalogue.site.words, unread),
        body=markup.weave(reading.article.markdown, marks, links(catalogue, head.id, path)),
        glossary=(),
        related=(),
        cited_by=(),
        newer=None,
        older=None,
        versions=(),
        newest=None,
    )


def _remedy(words: Messages, language: str) -> str:
    """Return what helps to find names in a language without a pipeline: a command, or a sentence."""
    return installation(language) or translate(words, NO_PIPELINE, language=language)


def version_link(catalogue: Catalogue, newest: ArticleId, version: ArticleHead, path: SitePath) -> VersionLink:
    """Return the link to another version of the `newest` from the page at `path`."""
    facts = version_facts(catalogue, version)
    return VersionLink(
        facts.date,
        site_paths.relative(site_paths.article_path(facts.version), path),
        facts.older,
        is_compared(catalogue.heads[newest], version),
    )


def is_compared(newest: ArticleHead, version: ArticleHead) -> bool:
    """True if the page of a version shows what differs: rights that keep a part of a text back forbid it."""
    return newest.rights == version.rights == "full"


def _frame(catalogue: Catalogue, head: ArticleHead, path: SitePath) -> Frame:
    """Return the frame of an article; it points readers and search engines to the original if there is one."""
    described = public(head.description or "", catalogue.settings.private_names)
    plain = frame(catalogue, path, head.title, "articles", described)
    indexed = plain.indexed and not head.source
    return replace(plain, canonical=head.source or plain.canonical, indexed=indexed)


def _standfirst(head: ArticleHead, content: str) -> str:
    description = head.description or ""
    beginning = bare_words(content[: 2 * len(description)])
    return "" if beginning.startswith(bare_words(description.rstrip("….")) or " ") else description


def _marks(catalogue: Catalogue, reading: OpenedArticle, path: SitePath) -> tuple[Mark, ...]:
    article = reading.article.head.id
    resolved = catalogue.content.resolved[article]
    paged = (entity for entity in entities_of(catalogue, article) if catalogue.content.entities[entity].page)
    targets = {entity: entity_link(catalogue, entity, path) for entity in paged}
    marks = []
    for mention in reading.analysis.mentions:
        entity = resolved[mention.name]
        if entity is not None and entity in targets:
            link = targets[entity]
            marks.append(Mark(mention.start, mention.end, link.id, link.type, link.href))
    return tuple(marks)


def _glossary(catalogue: Catalogue, reading: OpenedArticle, path: SitePath) -> tuple[GlossaryGroup, ...]:
    firsts = _first_marks(catalogue, reading)
    article = reading.article.head.id
    resolved = catalogue.content.resolved[article]
    mentions = Counter(
        entity for mention in reading.analysis.mentions if (entity := resolved[mention.name]) is not None
    )
    entities = (catalogue.content.entities[key] for key in entities_of(catalogue, article))
    entries = [
        GlossaryEntry(
            id=entity.id,
            name=entity.name,
            type=entity.type,
            href=site_paths.relative(site_paths.entity_path(entity.id), path) if entity.page else "",
            descriptor=descriptor_of(entity, catalogue.settings.private_names),
            year=year_shown(catalogue, entity),
            sentence=key_sentence(catalogue, entity, article, path),
            note=card_note(catalogue, entity, path),
            aliases=other_names(entity)[:CARD_ALIASES],
            origin=entity.origin,
            first=firsts.get(entity.id, ""),
            mentions=mentions[entity.id],
            spread=spread(catalogue, entity, path),
        )
        for entity in entities
    ]
    order = {entity: number for number, entity in enumerate(mentions)}
    entries.sort(key=lambda entry: (-entry.mentions, order.get(EntityId(entry.id), len(order)), entry.id))
    entries = _within_limit(entries)
    groups = ((kind, tuple(entry for entry in entries if entry.type == kind)) for kind in TYPES)
    return tuple(GlossaryGroup(kind, members) for kind, members in groups if members)


def _within_limit(entries: list[GlossaryEntry]) -> list[GlossaryEntry]:
    """Return the entries; those beyond CARD_BYTES without what their cards say, which is on the entity's page too."""
    size, kept = 0, list[GlossaryEntry]()
    for entry in entries:
        size += _card_bytes(entry)
        if size > CARD_BYTES and entry.href:
            shortened = replace(entry, descriptor="", year="", sentence=None, note=Html(""), aliases=(), spread=None)
            kept.append(replace(shortened, fetched=True))
        else:
            kept.append(entry)
    return kept


def _card_bytes(entry: GlossaryEntry) -> int:
    """Return about how many bytes of the page hold what the card of an entry says."""
    words = [entry.name, entry.href, entry.descriptor, entry.note, *entry.aliases]
    if entry.sentence:
        source = entry.sentence.article
        words += [entry.sentence.text, *((source.title, source.href, source.site) if source else ())]
    return MARKUP_BYTES + sum(len(text.encode("utf-8", "surrogatepass")) for text in words)


def _first_marks(catalogue: Catalogue, reading: OpenedArticle) -> dict[EntityId, str]:
    resolved = catalogue.content.resolved[reading.article.head.id]
    firsts: dict[EntityId, str] = {}
    blocks = iter(reading.text.blocks)
    block = next(blocks, None)
    for mention in reading.analysis.mentions:
        while block and block.end <= mention.start:
            block = next(blocks, None)
        entity = resolved[mention.name]
        if entity is not None and block and block.anchor and block.kind != "heading":
            firsts.setdefault(entity, f"#{block.anchor}")
    return firsts
