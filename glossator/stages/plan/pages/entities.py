"""The entity's page: its mentions in context, its timeline, and the entities that co-occur with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from urllib.parse import quote as encoded

from msgspec.structs import replace

from glossator import markup, site_paths
from glossator.model import ArticleId, ChosenDescriptor, Entity, EntityId, Html, SitePath
from glossator.naming.private_names import names_private
from glossator.stages.plan.catalogue import (
    SHORT_LIST,
    Catalogue,
    PlannedPage,
    article_link,
    entity_link,
    frame,
    group,
    newest_first,
)
from glossator.stages.plan.catalogue.cut_long_lists import Tree
from glossator.stages.plan.catalogue.list_pages import ListPage
from glossator.stages.plan.catalogue.private_names import descriptor_of
from glossator.stages.plan.catalogue.profiles import Profile, spellings
from glossator.stages.plan.data import feeds
from glossator.stages.plan.lists.navigation import contents_of
from glossator.stages.plan.pages.maps import place_map
from glossator.stages.plan.parts.cards import bearers_shown, days_of, line_about, quotable, year_shown
from glossator.stages.plan.parts.charts import timeline
from glossator.stages.plan.parts.companions import cooccurrences, shared_articles
from glossator.stages.plan.parts.corrections import correction
from glossator.stages.plan.parts.events import event_row, events_of, foremost_events
from glossator.stages.plan.parts.excerpts import Excerpt, fold_space, private_names_of
from glossator.stages.plan.parts.listed_facts import listed_fact
from glossator.stages.plan.parts.own_texts import links_from, note_key
from glossator.stages.plan.parts.shared_passages import independent_texts, quotation_spread
from glossator.text import bare_words, within_quotation_marks, without_dateline
from glossator.translate import translate
from glossator.views import (
    Bar,
    Companion,
    EntityPage,
    EventRow,
    Introduced,
    KeySentence,
    Link,
    ListPart,
    Passage,
    PassageGroup,
    Quotation,
)

PASSAGES_AN_ARTICLE = 3
COPIED = 60
"""Characters of a sentence that two articles would not write alike unless one has it of the other, or of an agency."""
OPENING = 0.4
"""Share of a sentence by whose end it has named what it is about."""
SHORT = 40
"""Characters of a sentence that seldom says something of a name."""
LISTED = 4
"""Names of a list that says nothing of any of them, at least."""
_COMMA = re.compile(r"[,;、]")
_WORD = re.compile(r"[^\W\d_]+")
_END_OF_SENTENCE = re.compile(r"[.!…:。！।][”’»\"')\]]*\s*$")
READ_FOR_EVENTS = 200
"""Newest articles of an entity whose events are read, at most."""
EVENTS = 20
"""Events on the page of an entity, at most."""
EVENTS_AT_ONCE = 3
"""Events that are shown before a reader asks for all."""


def plan(catalogue: Catalogue, former: Iterable[EntityId]) -> Iterator[PlannedPage]:
    """Plan the page of each entity that has one, and the redirect from each `former` page to a glossary."""
    for key in catalogue.lists.rows:
        yield PlannedPage(site_paths.entity_path(key), "entity", key)
        if catalogue.site.feeds:
            yield PlannedPage(site_paths.entity_feed_path(key), feeds.ENTITY_FEED, key)
    for key in former:
        entity = catalogue.content.entities[key]
        kind, subject = ("former-page", f"{key} {key}") if entity.is_shown else ("moved-article", entity.article)
        yield PlannedPage(site_paths.entity_path(key), kind, subject)


def compose(catalogue: Catalogue, planned: PlannedPage, excerpts: Mapping[ArticleId, Excerpt]) -> EntityPage:
    """Compose the page of an entity from the `excerpts` of its articles."""
    entity, path = catalogue.content.entities[EntityId(planned.subject)], planned.path
    # All that the page shows of the entity's articles is read as one group, the excerpts included.
    everywhere, profile = group(catalogue, "articles", entity.id), catalogue.profiles[entity.id]
    quoted, listed = _split_articles(everywhere, entity)
    bars, years = _over_time(everywhere, entity)
    first, last = days_of(everywhere, entity)
    shown = {article: excerpts[article] for article in quoted}
    else_said = translate(catalogue.site.words, "%(name)s in the articles of this archive", name=entity.name)
    fact = listed_fact(profile, catalogue.site.words)
    summary = line_about(catalogue, profile) or (fact.text if fact else else_said)
    events = _events(everywhere, entity, path)
    told = [sentence.text for event in events if not event.folded for sentence in event.sentences]
    quotations = _quotations(catalogue, entity, tuple(shown.items()), path)
    introduced, lead = _introduced(everywhere, entity, path, excerpts), _lead(everywhere, profile, told)
    if introduced and _stands_in(introduced.sentence, [*told, *(quotation.text for quotation in quotations)]):
        introduced = replace(introduced, sentence="")
    shown_above = [*told, *(sentence.text for sentence in lead), *([introduced.sentence] if introduced else ())]
    said_by = ((article, excerpts[article]) for article in quoted)
    groups = _without_copies(_passages(everywhere, entity, one, shown_above, path) for one in said_by)
    with_sentences = [group for group in groups if any(map(_is_whole, group.passages))] or groups
    with_sentences = [group for group in with_sentences if not all(map(_is_listed, group.passages))] or with_sentences
    only_named = [group.article for group in groups if group not in with_sentences and (group.passages or group.more)]
    plain = frame(catalogue, path, entity.name, "entities", summary)
    return EntityPage(
        frame=replace(plain, feeds=(*plain.feeds, *feeds.entity_link(catalogue, entity.id, path))),
        id=entity.id,
        name=entity.name,
        type=entity.stated_type,
        origin=entity.origin,
        aliases=spellings(entity),
        introduced=introduced,
        lead=tuple(
            KeySentence(within_quotation_marks(sentence.text), article_link(everywhere, sentence.article, path))
            for sentence in lead
        ),
        events=events,
        chronology=_in_chronology(entity.name, events, path),
        connections=f"{site_paths.relative(site_paths.ENTITIES, path)}?a={_in_query(entity.id)}#connections",
        note=_note(catalogue, entity, path),
        listed=fact,
        bearers=bearers_shown(catalogue, profile, path),
        links=tuple(Link(label, address) for label, address in entity.note.links) if entity.note else (),
        mentions=entity.mentions,
        articles=len(entity.appearances),
        independent=independent_texts(everywhere, [appearance.article for appearance in entity.appearances]),
        first=first,
        last=last,
        timeline=bars,
        passages=tuple(with_sentences),
        more=(*only_named, *(article_link(everywhere, article, path) for article in listed)),
        years=years,
        map=place_map(entity),
        companions=tuple(
            Companion(
                entity_link(catalogue, other.entity, path),
                shared_articles(everywhere, entity.id, other, shown, path),
                len(other.articles),
            )
            for other in cooccurrences(catalogue, entity)
        ),
        quotations=quotations,
    )


def _in_chronology(name: str, events: tuple[EventRow, ...], path: SitePath) -> str:
    """Return the address of the chronology asked for a name; empty if no sentence writes it so: none would be found."""
    told = (sentence.text for event in events for sentence in event.sentences)
    found = any(name.casefold() in text.casefold() for text in told)
    return f"{site_paths.relative(site_paths.CHRONOLOGY, path)}?name={_in_query(name)}" if found else ""


def _in_query(text: str) -> str:
    return encoded(text, safe="", errors="replace")


def _events(catalogue: Catalogue, entity: Entity, path: SitePath) -> tuple[EventRow, ...]:
    """Return what the articles of an entity tell of it, with a date; what tells most of it is not folded."""
    articles = newest_first(catalogue, [appearance.article for appearance in entity.appearances])[:READ_FOR_EVENTS]
    about = (event for event in events_of(catalogue, articles) if entity.id in event.names)
    events = [event for event in about if event.is_named or entity.id in event.subjects]
    shown = foremost_events(catalogue, events, {entity.id}, EVENTS)
    first = foremost_events(catalogue, shown, {entity.id}, EVENTS_AT_ONCE)
    return tuple(event_row(catalogue, event, path, folded=event not in first) for event in shown)


def _lead(catalogue: Catalogue, entity: Profile, told: Iterable[str]) -> tuple[ChosenDescriptor, ...]:
    """Return the sentences with which the page begins: one of each publication, none of the descriptor or `told`."""
    events = set(map(bare_words, told))
    introduced = {entity.introduction.article} if entity.introduction else set()
    by_publication: dict[str, ChosenDescriptor] = {}
    for sentence in quotable(catalogue, entity):
        if sentence.article not in introduced and bare_words(without_dateline(sentence.text)) not in events:
            by_publication.setdefault(catalogue.publications[sentence.article] or sentence.article, sentence)
    return tuple(by_publication.values())


def _note(catalogue: Catalogue, entity: Entity, path: SitePath) -> Html:
    if entity.note is None:
        return Html("")
    content, key = catalogue.content, note_key(entity.note.slug)
    return markup.weave_apart(entity.note.markdown, links_from(content, key, path), content.listings.get(key, {}))


def _split_articles(catalogue: Catalogue, entity: Entity) -> tuple[tuple[ArticleId, ...], tuple[ArticleId, ...]]:
    """Return the articles with sentences, those with most mentions first, and the rest, unless it is listed by year.

    The former are the newest; those of as many mentions are in the order of the archive.
    """
    most = catalogue.settings.passages
    ordered = newest_first(catalogue, [appearance.article for appearance in entity.appearances])
    mentions = {appearance.article: appearance.mentions for appearance in entity.appearances}
    quoted = sorted(ordered[:most], key=lambda article: -mentions[article])
    return tuple(quoted), () if _by_year(catalogue, entity) else ordered[most:]


def _by_year(catalogue: Catalogue, entity: Entity) -> Tree[ArticleId] | None:
    """Return the entity's articles by year; None if they have no pages of their own."""
    tree = catalogue.lists.trees["appearances"].get(entity.id)
    return tree if tree and "" in tree.cuts else None


def _over_time(catalogue: Catalogue, entity: Entity) -> tuple[tuple[Bar, ...], tuple[ListPart, ...]]:
    """Return the timeline of an entity's mentions, whose bars lead to search, and its articles by year if paged."""
    dated = ((catalogue.heads[appearance.article].date, appearance.mentions) for appearance in entity.appearances)
    path = site_paths.entity_path(entity.id)
    search, query = site_paths.relative(site_paths.SEARCH, path), _in_query(entity.name)
    bars = timeline(
        ((day, mentions) for day, mentions in dated if day), lambda date: f"{search}?q={query}&year={date[:4]}"
    )
    if _by_year(catalogue, entity) is None:
        return bars, ()
    return bars, contents_of(catalogue, ListPage("appearances", entity.id, ""), path)


def _stands_in(sentence: str, told: Iterable[str]) -> bool:
    """True if a sentence stands in one of some texts, or one of these in it."""
    words = bare_words(sentence)
    return any(words in other or other in words for other in map(bare_words, told))


def _without_copies(groups: Iterable[PassageGroup]) -> list[PassageGroup]:
    """Return groups of passages, each long passage once: what other papers print word for word is more of the same."""
    seen, kept_groups = set[str](), list[PassageGroup]()
    for each in groups:
        words = {passage: bare_words(_text_of(passage)) for passage in each.passages}
        kept = tuple(passage for passage, text in words.items() if not any(other in text for other in seen))
        seen.update(text for text in words.values() if len(text) >= COPIED)
        kept_groups.append(replace(each, passages=kept, more=each.more + len(each.passages) - len(kept)))
    return kept_groups


def _text_of(passage: Passage) -> str:
    return f"{passage.before}{passage.name}{passage.after}"


def _is_whole(passage: Passage) -> bool:
    """True if a passage ends as a sentence does that tells something: no question, heading or item of a list."""
    return _END_OF_SENTENCE.search(_text_of(passage)) is not None


def _is_listed(passage: Passage) -> bool:
    """True if a passage has the name among four or more that commas join, as an artist's museums are."""
    words = [_WORD.findall(part) for part in _COMMA.split(_text_of(passage))]
    at = len(_COMMA.findall(passage.before))
    joined = [
        bool(one) and one[-1][0].isupper() and any(word[0].isupper() for word in two[:3])
        for one, two in pairwise(words)
    ]
    return len([*takewhile(bool, joined[:at][::-1]), *takewhile(bool, joined[at:])]) + 1 >= LISTED


def _passages(
    catalogue: Catalogue, entity: Entity, quoted: tuple[ArticleId, Excerpt], shown_above: Iterable[str], path: SitePath
) -> PassageGroup:
    """Return the foremost sentences of an article that mention an entity, but for those that stand above on its page.

    Of an article that has no whole one, the longest of what mentions it stands for it.
    """
    article, excerpt = quoted
    link = article_link(catalogue, article, path)
    resolved = catalogue.content.resolved[article]
    by_sentence: dict[int, tuple[int, int]] = {}
    firsts = dict.fromkeys(map(bare_words, shown_above), -1)  # a headline, or a caption, may stand twice in a text
    for name, sentence, start, end in excerpt.mentions:
        if resolved[name] == entity.id:
            words = bare_words(without_dateline(excerpt.sentences[sentence].text))
            first = firsts.setdefault(words, sentence)
            if first >= 0:
                by_sentence.setdefault(first, (start, end))
    texts = {index: excerpt.sentences[index].text for index in by_sentence}
    if private := private_names_of(catalogue, article, excerpt):
        texts = {index: text for index, text in texts.items() if not names_private(text, private, article)}
    passages: dict[int, Passage] = {}
    for index, text in texts.items():
        start, end = by_sentence[index]
        href = f"{link.href}#{excerpt.sentences[index].anchor}".rstrip("#")
        passages[index] = Passage(fold_space(text[:start]), fold_space(text[start:end]), fold_space(text[end:]), href)
    whole = [index for index, passage in passages.items() if _is_whole(passage)]
    whole.sort(key=lambda index: by_sentence[index][0] > len(texts[index]) * OPENING or len(texts[index]) < SHORT)
    unlisted = [index for index in whole if not _is_listed(passages[index])]
    longest = sorted(texts, key=lambda index: -len(texts[index]))
    chosen = unlisted[:PASSAGES_AN_ARTICLE] or whole[:1] or longest[:1]
    shown = tuple(passages[index] for index in sorted(chosen))
    return PassageGroup(link, shown, len(texts) - len(shown))


def _introduced(
    catalogue: Catalogue, entity: Entity, path: SitePath, excerpts: Mapping[ArticleId, Excerpt]
) -> Introduced | None:
    introduction = entity.introduction
    if introduction is None or not descriptor_of(entity, catalogue.settings.private_names):
        return None
    sentence = dict(excerpts[introduction.article].introductions).get(introduction.start, introduction.text)
    article = introduction.article
    if names_private(sentence, private_names_of(catalogue, article, excerpts[article]), article):
        sentence = introduction.text
    year = year_shown(catalogue, catalogue.profiles[entity.id])
    return Introduced(introduction.text, year, sentence, article_link(catalogue, introduction.article, path))


def _quotations(
    catalogue: Catalogue, entity: Entity, shown: Sequence[tuple[ArticleId, Excerpt]], path: SitePath
) -> tuple[Quotation, ...]:
    """Return the quotations of an entity, first one of each article, then the second of each."""
    quotations: list[Quotation] = []
    everywhere = group(catalogue, "articles", entity.id)
    for article, excerpt in shown:
        resolved = everywhere.content.resolved[article]
        link = article_link(everywhere, article, path)
        private = private_names_of(everywhere, article, excerpt)
        for quote in excerpt.quotes:
            if resolved[quote.name] != entity.id or names_private(
                f"{quote.text} {quote.attribution}", private, article
            ):
                continue
            href = f"{link.href}#{quote.anchor}".rstrip("#")
            if len(quotations) < SHORT_LIST:
                spread = quotation_spread(catalogue, article, quote, path)
                quotations.append(
                    Quotation(
                        within_quotation_marks(quote.text),
                        quote.attribution,
                        link,
                        href,
                        spread,
                        correction(catalogue, article, path),
                    )
                )
    nth = [sum(one.article == each.article for one in quotations[:at]) for at, each in enumerate(quotations)]
    return tuple(quotations[at] for at in sorted(range(len(quotations)), key=nth.__getitem__))
