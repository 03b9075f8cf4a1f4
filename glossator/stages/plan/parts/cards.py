"""The content of an entity's card besides its name: a descriptor, else a sentence; and in which articles it appears."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from glossator import markup
from glossator.model import ArticleId, ChosenDescriptor, Entity, EntityId, Html, SitePath
from glossator.naming.private_names import has_whole_name, names_private
from glossator.stages.plan.catalogue import Catalogue, article_link, entity_link, entity_link_facts, link_facts
from glossator.stages.plan.catalogue.private_names import descriptor_of
from glossator.stages.plan.parts.companions import cooccurrences
from glossator.stages.plan.parts.listed_facts import listed_fact
from glossator.stages.plan.parts.own_texts import CARD, links_from, note_key, plain_words
from glossator.text import cut, one_line
from glossator.views import ArticleSpread, KeySentence

CARD_ALIASES = 4
COMPANY = 2
"""Entities that a card names if there are no words about its own."""
OLD_NEWS = 2
"""Years between a descriptor and the newest article of the archive from which on its year is shown."""

LONGEST_LINE = 120
"""Characters of a note's first paragraph where a line tells who or what an entity is."""


def other_names(entity: Entity) -> tuple[str, ...]:
    """Return the aliases of an entity, without those that differ from its name in case only."""
    if not entity.aliases:
        return ()
    name = entity.name.casefold()
    return tuple(form for form, _ in entity.aliases if form.casefold() != name)


def newest_year(days: str) -> str:
    """Return the year of an ISO day; empty if there is none."""
    return days[:4] if days[:4].isdigit() else ""


def year_shown(catalogue: Catalogue, entity: Entity) -> str:
    """Return the year of an entity's descriptor if it is old news, else nothing."""
    if entity.introduction is None or not catalogue.content.heads:
        return ""
    year = newest_year(catalogue.heads[entity.introduction.article].date or "")
    newest = newest_year(catalogue.content.heads[0].date or "")
    return year if year and newest and int(newest) - int(year) >= OLD_NEWS else ""


def sentence_shown(catalogue: Catalogue, entity: Entity, article: ArticleId) -> ChosenDescriptor | None:
    """Return the sentence on a card in an article: one of another article if there is one; none beside other words."""
    if is_introduced(entity):
        return None
    others = (one for one in quotable(catalogue, entity) if one.article != article)
    return next(others, next((one for one in entity.sentences if one.article == article), None))


def quotable(catalogue: Catalogue, entity: Entity) -> Iterator[ChosenDescriptor]:
    """Yield the sentences about an entity that the pages of others may quote.

    An article whose text is kept back in part is not quoted there, nor are private names.
    """
    private = catalogue.settings.private_names
    for one in entity.sentences:
        if catalogue.heads[one.article].rights == "full" and not names_private(one.text, private, one.article):
            yield one


def is_introduced(entity: Entity) -> bool:
    """True if there are short words about an entity, a person's or an article's."""
    return bool(entity.introduction or entity.note)


def is_told_of(catalogue: Catalogue, entity: Entity) -> bool:
    """True if an entity has marks: it has a page, or is surely a name and its card says something."""
    if entity.page:
        return True
    if not entity.is_certain:
        return False
    told = entity.sentences or descriptor_of(entity, catalogue.settings.private_names)
    return bool(told or listed_fact(entity, catalogue.site.words))


def has_company(entity: Entity) -> bool:
    """True if there are no words about an entity of several articles, so that its card says with whom it appears."""
    return entity.page and not is_introduced(entity) and not entity.sentences and len(entity.appearances) > 1


EXACT = 10
"""Articles up to which a card says the exact number; beyond it, "over 50": else each article would change all cards."""


class Extent(NamedTuple):
    """The articles in which an entity appears, as its card tells of them."""

    articles: int
    """Number of articles, rounded down if there are many; 0 for a single one."""
    first: str
    """Year, or empty."""
    last: str
    """Year, or empty."""


def extent(entity: Entity, date_of: Callable[[ArticleId], str]) -> Extent:
    """Return in how many articles, and years, an entity appears; `date_of` returns the ISO day of an article."""
    articles = len(entity.appearances)
    if articles < 2:
        return Extent(0, "", "")
    years = sorted(filter(None, (newest_year(date_of(one.article)) for one in entity.appearances)))
    first, last = (years[0], years[-1]) if years else ("", "")
    return Extent(_rounded(articles), first, last)


def _rounded(articles: int) -> int:
    """Return the greatest of 20, 50, 100, 200, ... that are not more; the number itself up to EXACT."""
    if articles <= EXACT:
        return articles
    tens = 10 ** (len(str(articles)) - 1)
    return max(step * tens for step in (1, 2, 5) if step * tens <= articles)


def days_of(catalogue: Catalogue, entity: Entity) -> tuple[str, str]:
    """Return the first and the last ISO day on which the entity appears; empty if no day is known."""
    days = [day for appearance in entity.appearances if (day := catalogue.heads[appearance.article].date)]
    return min(days, default=""), max(days, default="")


def company_of(catalogue: Catalogue, entity: Entity) -> tuple[EntityId, ...]:
    """Return the entities that appear most closely with an entity, if its card has nothing else to say."""
    if not has_company(entity):
        return ()
    return tuple(other.entity for other in cooccurrences(catalogue, entity)[:COMPANY])


def spread(catalogue: Catalogue, entity: Entity, path: SitePath) -> ArticleSpread | None:
    """Return where an entity of several articles appears, on the page at `path`."""
    told = extent(entity, lambda article: catalogue.heads[article].date or "")
    if not told.articles:
        return None
    company = tuple(entity_link(catalogue, other, path) for other in company_of(catalogue, entity))
    return ArticleSpread(told.articles, told.articles < len(entity.appearances), told.first, told.last, company)


def card(entity: Entity) -> tuple[object, ...]:
    """Return all that an article's page shows of an entity: nothing that grows with the archive."""
    # The data of the page names the article, too.
    introduced = (entity.introduction.text, entity.introduction.article) if entity.introduction else ()
    note = entity.note.markdown if entity.note else ""
    said = introduced, note, () if is_introduced(entity) else entity.sentences, entity.is_certain
    return entity.id, entity.name, entity.type, said, other_names(entity)[:CARD_ALIASES], entity.origin, entity.page


def card_facts(catalogue: Catalogue, entity: Entity, article: ArticleId) -> tuple[object, ...]:
    """Return what a card shows that the entity alone does not tell: for fingerprints."""
    sentence = sentence_shown(catalogue, entity, article)
    return (
        year_shown(catalogue, entity),
        (sentence, link_facts(catalogue, [sentence.article])) if sentence else (),
        (extent(entity, lambda one: catalogue.heads[one].date or ""), len(entity.appearances) > EXACT),
        [entity_link_facts(catalogue.content.entities[other]) for other in company_of(catalogue, entity)],
        catalogue.content.own_links.get(note_key(entity.note.slug) + CARD, ()) if entity.note else (),
        bool(descriptor_of(entity, catalogue.settings.private_names)),
        listed_fact(entity, catalogue.site.words),
    )


def card_note(catalogue: Catalogue, entity: Entity, path: SitePath) -> Html:
    """Return the first paragraph of an entity's note on a card of the page at `path`; empty if there is no note."""
    if entity.note is None:
        return Html("")
    links = links_from(catalogue.content, note_key(entity.note.slug) + CARD, path)
    return markup.first_paragraph(entity.note.markdown, links)


def line_about(catalogue: Catalogue, entity: Entity) -> str:
    """Return a line of plain text that tells who or what an entity is; empty if nothing does.

    It is the beginning of a person's note, or else the descriptor.
    """
    private = catalogue.settings.private_names
    note = _beginning_of_note(catalogue, entity)
    return cut("" if has_whole_name(note, private) else note, LONGEST_LINE) or descriptor_of(entity, private)


def _beginning_of_note(catalogue: Catalogue, entity: Entity) -> str:
    note = plain_words(catalogue.content, markup.opening(entity.note.markdown)) if entity.note else ""
    return one_line(markup.read(note).content) if note else ""


def hidden_lines(catalogue: Catalogue, entity: Entity) -> tuple[str, ...]:
    """Return the lines about an entity that are not shown because they hold a private name: for fingerprints."""
    private = catalogue.settings.private_names
    if not private:
        return ()
    note, said = _beginning_of_note(catalogue, entity), entity.introduction
    hidden = (said.text,) if said and not descriptor_of(entity, private) else ()
    return (note, *hidden) if has_whole_name(note, private) else hidden


def shown_articles(entity: Entity) -> set[ArticleId]:
    """Return the articles whose date or title may be on the cards of an entity."""
    introduced = {entity.introduction.article} if entity.introduction else set()
    return introduced if is_introduced(entity) else {sentence.article for sentence in entity.sentences}


def key_sentence(catalogue: Catalogue, entity: Entity, article: ArticleId, path: SitePath) -> KeySentence | None:
    """Return the sentence on a card in an article, whose page is at `path`; its own sentence has no source."""
    sentence = sentence_shown(catalogue, entity, article)
    if sentence is None:
        return None
    source = article_link(catalogue, sentence.article, path) if sentence.article != article else None
    return KeySentence(sentence.text, source)
