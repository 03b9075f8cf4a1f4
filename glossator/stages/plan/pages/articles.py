"""The article's page: its text with marks, its glossary, and the articles related to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from glossator import addresses, site_paths, slugs
from glossator.model import UNTYPED, ArticleHead, ArticleId, EntityId, Html, SitePath, TopicId
from glossator.stages.plan.catalogue import (
    TYPES,
    Catalogue,
    PlannedPage,
    address,
    article_link,
    described,
    entities_of,
    entity_link,
    frame,
    topic_name,
)
from glossator.stages.plan.catalogue.keywords import author_links, tag_links, tags_of
from glossator.stages.plan.catalogue.private_names import descriptor_of
from glossator.stages.plan.catalogue.profiles import later_key
from glossator.stages.plan.catalogue.site_content import OpenedArticle
from glossator.stages.plan.data import feeds
from glossator.stages.plan.parts.cards import (
    bearers_shown,
    card_note,
    is_told_of,
    key_sentence,
    spread,
    year_shown,
)
from glossator.stages.plan.parts.citing_articles import citing_articles
from glossator.stages.plan.parts.corrections import correction
from glossator.stages.plan.parts.events import before_and_since
from glossator.stages.plan.parts.listed_facts import listed_fact
from glossator.stages.plan.parts.outline import outline
from glossator.stages.plan.parts.related_articles import Relation, further_articles, relations
from glossator.stages.plan.parts.shared_passages import copied_from, mostly_shared, signs
from glossator.stages.plan.parts.shown_highlights import shown_highlights
from glossator.stages.plan.parts.woven_text import LinkedText, head_of
from glossator.views import (
    ArticlePage,
    Frame,
    GlossaryEntry,
    GlossaryGroup,
    LaterArticles,
    Link,
    MostlyShared,
    Related,
    SharedSign,
    VersionLink,
)

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction: Brysbaert, How many words do we read per minute?, 2019."""

CARD_BYTES = 60_000
"""Bytes of a page that hold what its cards say."""
MARKUP_BYTES = 450
"""Bytes of the markup around the words of an entry of the glossary."""
MOST_ABOUT = 6
"""Entries with which a glossary begins, at most."""
FEWEST_ABOUT = 3
"""Entries with which a glossary begins, if so many have a line: of a short article each may be mentioned once."""
OFTEN = 3
"""Mentions of an entry without a line with which it stands among these all the same: the article is about it."""
RIGHT_TO_LEFT = frozenset({"ar", "arc", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})


def compose(
    catalogue: Catalogue, planned: PlannedPage, readings: Mapping[ArticleId, OpenedArticle], text: LinkedText
) -> ArticlePage:
    """Compose the page of an article from its text; in `readings` are the articles that link to it."""
    head, path = head_of(catalogue, planned), planned.path
    newer, older = catalogue.neighbours[head.id]
    related = relations(catalogue, head.id)
    mostly, first = mostly_shared(catalogue, head.id, path), copied_from(catalogue, head.id)
    publication = catalogue.publications[head.id]
    page = compose_text(catalogue, head, text, publication, path)
    entries = [] if head.id in catalogue.content.bare else _glossary(catalogue, head.id, text, (path, page.body))
    further = further_articles(catalogue, head.id, len(related))
    listed = {relation.article for relation in related} | {entry.article for entry in further}
    own_feeds = feeds.links(catalogue, publication, head.tags, path)
    return replace(
        page,
        frame=replace(page.frame, feeds=(*page.frame.feeds, *own_feeds), picture=_picture(catalogue, head.id, page)),
        by=author_links(head, catalogue.author_pages, path),
        tags=tag_links(head, catalogue.tags, path),
        also_in=tuple(
            Link(other.site or addresses.host(other.address), other.address)
            for other in catalogue.content.other_sources.get(head.id, ())
        ),
        glossary=_groups(entries),
        later=_later(catalogue, head, entries, (path, listed)),
        related=_offered(catalogue, related, path),
        topic=None if related or any(entry.topic for entry in further) else _topic(catalogue, head.id, path),
        also=_offered(catalogue, further, path),
        highlights=shown_highlights(catalogue, head.id),
        **before_and_since(catalogue, head.id, text.mentions, path),
        shared=_signs(catalogue, head.id, (path, page.body), readings, mostly),
        mostly=mostly,
        correction=correction(catalogue, head.id, path),
        copy_of=site_paths.article_path(first) if first else "",
        cited_by=citing_articles(catalogue, head.id, readings, path),
        newer=article_link(catalogue, newer, path) if newer and newer not in listed else None,
        older=article_link(catalogue, older, path) if older and older not in listed else None,
        versions=tuple(
            version_link(catalogue, head.id, version, path) for version in catalogue.content.versions.get(head.id, ())
        ),
    )


def _signs(
    catalogue: Catalogue,
    article: ArticleId,
    page: tuple[SitePath, Html],
    readings: Mapping[ArticleId, OpenedArticle],
    mostly: MostlyShared | None,
) -> tuple[SharedSign, ...]:
    """Return the signs behind paragraphs; an article without shared passages is not opened for them."""
    if article not in catalogue.content.shared:
        return ()
    return signs(catalogue, article, page, readings[article].text.content, mostly)


def _topic(catalogue: Catalogue, article: ArticleId, path: SitePath) -> Link | None:
    """Return the link to the topic of an article that has no related one; None if it is in none."""
    topic = catalogue.topic_of.get(article)
    return _topic_link(catalogue, topic, path) if topic else None


def _topic_link(catalogue: Catalogue, topic: TopicId, path: SitePath) -> Link:
    return Link(topic_name(catalogue, topic), site_paths.relative(site_paths.topic_path(topic), path))


def _offered(catalogue: Catalogue, others: Iterable[Relation], path: SitePath) -> tuple[Related, ...]:
    return tuple(
        Related(
            article_link(catalogue, other.article, path),
            tuple(entity_link(catalogue, entity, path) for entity in other.shared),
            _topic_link(catalogue, other.topic, path) if other.topic else None,
        )
        for other in others
    )


def _picture(catalogue: Catalogue, article: ArticleId, page: ArticlePage) -> str:
    """Return the address of the first picture that the page of an article shows; empty if there is none."""
    shown = (site_paths.picture_path(picture.name) for picture in catalogue.pictures.get(article, ()))
    first = next((path for path in shown if f'{path}"' in page.body), None)
    return address(catalogue, first) if first and catalogue.site.url else ""


def compose_text(
    catalogue: Catalogue, head: ArticleHead, text: LinkedText, publication: str, path: SitePath
) -> ArticlePage:
    """Compose the page of an article by itself: its text, and no other articles.

    `publication` is the name of its publication or its host, `path` the path of the page.
    """
    body, words = text.body, text.woven.words
    return ArticlePage(
        frame=_frame(catalogue, head, path),
        standfirst=text.woven.standfirst,
        language=head.language or catalogue.site.language,
        direction="rtl" if (head.language or "").split("-")[0] in RIGHT_TO_LEFT else "ltr",
        source=head.source or "",
        source_name=publication,
        site_href=f"{site_paths.relative(site_paths.SOURCES, path)}#{slugs.source_anchor(publication)}"
        if publication
        else "",
        authors=head.authors,
        published=head.published or "",
        published_guessed="published" in head.guessed,
        unloaded="text" in head.guessed,
        saved=head.saved or "",
        minutes=0 if head.rights == "excerpt" else max(1, round(words / WORDS_A_MINUTE)),
        excerpt=head.rights == "excerpt",
        by=tuple(Link(author, "") for author in head.authors),
        tags=tuple(Link(tag, "") for tag, _ in tags_of(head, {})),
        body=body,
        glossary=(),
        related=(),
        topic=None,
        also=(),
        before=(),
        since=(),
        cited_by=(),
        newer=None,
        older=None,
        versions=(),
        newest=None,
        outline=outline(body, words),
    )


def version_link(catalogue: Catalogue, newest: ArticleId, version: ArticleHead, path: SitePath) -> VersionLink:
    """Return the link to another version of the `newest` from the page at `path`."""
    return VersionLink(
        version.saved or version.published or "",
        site_paths.relative(site_paths.article_path(version.id), path),
        version.id not in catalogue.unordered,
        is_compared(catalogue.heads[newest], version),
    )


def is_compared(newest: ArticleHead, version: ArticleHead) -> bool:
    """True if the page of a version shows what differs: rights that keep a part of a text back forbid it."""
    return newest.rights == version.rights == "full"


def _frame(catalogue: Catalogue, head: ArticleHead, path: SitePath) -> Frame:
    """Return the frame of an article; it points readers and search engines to the original if there is one."""
    plain = frame(catalogue, path, head.title, "articles")
    indexed = plain.indexed and not head.source
    own = described(catalogue, head)  # that of the site would be untrue of the article
    return replace(plain, description=own, canonical=head.source or plain.canonical, indexed=indexed)


def _glossary(
    catalogue: Catalogue, article: ArticleId, text: LinkedText, page: tuple[SitePath, Html]
) -> list[GlossaryEntry]:
    """Return the entries of an article, those that it mentions most first; `page` is path and text of its page."""
    path, _ = page
    mentions, firsts = text.mentions, text.firsts
    entities = (catalogue.profiles[key] for key in entities_of(catalogue, article))
    entries = [
        GlossaryEntry(
            id=entity.id,
            name=entity.name,
            type=entity.type,
            href=site_paths.relative(site_paths.entity_path(entity.id), path) if entity.page else "",
            descriptor=descriptor_of(entity, catalogue.settings.private_names),
            year=year_shown(catalogue, entity),
            listed=listed_fact(entity, catalogue.site.words),
            sentence=key_sentence(catalogue, entity, article, page),
            note=card_note(catalogue, entity, path),
            aliases=entity.aliases,
            origin=entity.origin,
            first=firsts.get(entity.id, ""),
            mentions=mentions.get(entity.id, 0),
            spread=spread(catalogue, entity, path),
            has_card=is_told_of(catalogue, entity),
            bearers=bearers_shown(catalogue, entity, path),
        )
        for entity in entities
    ]
    order = {entity: number for number, entity in enumerate(mentions)}
    entries.sort(key=lambda entry: (-entry.mentions, order.get(EntityId(entry.id), len(order)), entry.id))
    return _within_limit(entries)


def _groups(entries: Sequence[GlossaryEntry]) -> tuple[GlossaryGroup, ...]:
    """Return the entries that the article is about as the first group, and the others by type."""
    about = _about(entries)
    ids = {entry.id for entry in about}
    rest = [entry for entry in entries if entry.id not in ids]
    groups = ((kind, tuple(entry for entry in rest if entry.type == kind)) for kind in (*TYPES, UNTYPED))
    return tuple(GlossaryGroup(kind, members) for kind, members in ((None, about), *groups) if members)


def _about(entries: Sequence[GlossaryEntry]) -> tuple[GlossaryEntry, ...]:
    """Return the entries of what the article is about: those of many mentions, and of several that have a line."""
    shown = [entry for entry in entries if entry.has_card]
    with_line = [entry for entry in shown if _line_of(entry) or entry.mentions >= OFTEN] or shown
    often = [entry for entry in with_line if entry.mentions > 1 or entry.note]
    return tuple(often if len(often) >= FEWEST_ABOUT else with_line[:FEWEST_ABOUT])[:MOST_ABOUT]


def _line_of(entry: GlossaryEntry) -> object:
    return entry.note or entry.descriptor or entry.listed or entry.bearers or entry.sentence


def _later(
    catalogue: Catalogue, head: ArticleHead, entries: Sequence[GlossaryEntry], page: tuple[SitePath, set[ArticleId]]
) -> LaterArticles | None:
    """Return the later articles that name what an article names most, unless all are on its `page`.

    `page` is the path of the page, and the articles that it lists.
    """
    entity = next((EntityId(entry.id) for entry in entries if entry.href), None)
    day = head.stated_day
    if entity is None or not day:
        return None
    later, (path, listed) = catalogue.laters[later_key(entity, day)], page
    known = [catalogue.heads[other] for other in listed if entity in catalogue.content.resolved[other]]
    if later.last and later.articles == len([other for other in known if other.stated_day > day]):
        return None
    return LaterArticles(entity_link(catalogue, entity, path), *later) if later.articles else None


def _within_limit(entries: list[GlossaryEntry]) -> list[GlossaryEntry]:
    """Return the entries; those beyond CARD_BYTES without what their cards say, which is on the entity's page too."""
    size, kept = 0, list[GlossaryEntry]()
    for entry in entries:
        size += _card_bytes(entry)
        if size > CARD_BYTES and entry.href:
            shortened = replace(
                entry, descriptor="", year="", listed=None, sentence=None, note=Html(""), aliases=(), spread=None
            )
            kept.append(replace(shortened, bearers=(), fetched=True))
        else:
            kept.append(entry)
    return kept


def _card_bytes(entry: GlossaryEntry) -> int:
    """Return about how many bytes of the page hold what the card of an entry says."""
    words = [entry.name, entry.href, entry.descriptor, entry.note, *entry.aliases]
    words += [part for bearer in entry.bearers for part in (bearer.name, bearer.href)]
    if entry.sentence:
        source = entry.sentence.article
        words += [entry.sentence.text, *((source.title, source.href, source.site) if source else ())]
    return MARKUP_BYTES + sum(len(text.encode("utf-8", "surrogatepass")) for text in words)
