"""The content of an entity's card besides its name: a descriptor, else a sentence; and in which articles it appears."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from glossator import markup
from glossator.model import ArticleId, ChosenDescriptor, Entity, EntityId, Html, SitePath
from glossator.naming.private_names import has_whole_name, names_private
from glossator.stages.plan.catalogue import Catalogue, article_link, entity_link
from glossator.stages.plan.catalogue.private_names import descriptor_of
from glossator.stages.plan.catalogue.profiles import Profile
from glossator.stages.plan.catalogue.whole_archive import newest_year
from glossator.stages.plan.parts.companions import cooccurrences
from glossator.stages.plan.parts.listed_facts import listed_fact
from glossator.stages.plan.parts.own_texts import CARD, links_from, note_key, plain_words
from glossator.text import cut, one_line, whole_sentences_of, within_quotation_marks
from glossator.translate import translate
from glossator.views import ArticleSpread, EntityLink, KeySentence
from glossator.well_known import KnownPlace

COMPANY = 2
"""Entities that a card names if there are no words about its own."""
OLD_NEWS = 2
"""Years between a descriptor and the newest article of the archive from which on its year is shown."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

AFTER_MARK = 300
"""Characters from a mark on, markup included, by whose words its sentence is known."""
LIKE = 40
"""Characters by which the rest of a sentence is known."""
_TAG = re.compile(r"<[^>]*(?:>|\Z)")
_SENTENCE_END = re.compile(r"[.!?]\s")

LONGEST_LINE = 120
"""Characters of a note's first paragraph where a line tells who or what an entity is."""


def year_shown(catalogue: Catalogue, entity: Profile) -> str:
    """Return the year in which an entity's descriptor was written if it is old news, else nothing.

    Only a stated day tells it; an article whose title has a later year is older than what it says now.
    """
    newest = catalogue.whole.year
    if entity.introduction is None or not newest:
        return ""
    head = catalogue.heads[entity.introduction.article]
    year = newest_year(head.stated_day)
    is_renewed = any(year < later <= newest for later in _YEAR.findall(head.title))
    return year if year and not is_renewed and int(newest) - int(year) >= OLD_NEWS else ""


def sentence_shown(catalogue: Catalogue, entity: Profile, article: ArticleId, body: Html) -> ChosenDescriptor | None:
    """Return the sentence on a card in an article; none beside other words.

    It says what the entity is, of another article if there is one; or else it is the article's own, if the text as the
    page shows it, `body`, has no mark of the entity there: nobody needs the sentence that is being read.
    """
    if entity.introduction or entity.note:
        return None
    defining = (sentence for sentence in quotable(catalogue, entity) if sentence.kind == "definition")
    other = next((sentence for sentence in defining if sentence.article != article), None)
    own = (sentence for sentence in entity.sentences if sentence.article == article)
    return other or next((sentence for sentence in own if not _holds_mark(body, entity.id, sentence.text)), None)


def _holds_mark(body: Html, entity: EntityId, sentence: str) -> bool:
    """True if a sentence holds a mark of an entity in the text with its marks, by the words from the mark on."""
    marks = re.finditer(rf'\bdata-entity="{re.escape(entity)}"[^>]*>', body)
    texts = (unescape(_TAG.sub("", body[mark.end() : mark.end() + AFTER_MARK])) for mark in marks)
    beginnings = (one_line(_SENTENCE_END.split(text)[0])[:LIKE] for text in texts)
    return any(beginning in sentence for beginning in beginnings if any(map(str.isalnum, beginning)))


def quotable(catalogue: Catalogue, entity: Profile) -> Iterator[ChosenDescriptor]:
    """Yield the sentences about an entity that the pages of others may quote.

    An article whose text is kept back in part is not quoted there, nor are private names.
    """
    private = catalogue.settings.private_names
    for sentence in entity.sentences:
        if catalogue.heads[sentence.article].rights == "full" and not names_private(
            sentence.text, private, sentence.article
        ):
            yield sentence


def is_told_of(catalogue: Catalogue, entity: Profile) -> bool:
    """True if an entity has a page, or its card says something, so that it is marked wherever it is mentioned.

    A name that the models doubt, or whose type is not clear, needs a descriptor. A sentence of the article that holds
    the mark is no answer to it.
    """
    if entity.page or descriptor_of(entity, catalogue.settings.private_names):
        return True
    if isinstance(entity.listed, KnownPlace) and entity.listed.kind == "country":
        return False  # a reader looks a country up last of all
    return entity.is_certain and listed_fact(entity, catalogue.site.words) is not None


def days_of(catalogue: Catalogue, entity: Entity) -> tuple[str, str]:
    """Return the first and the last ISO day on which the entity appears; empty if no page states its day."""
    days = [day for appearance in entity.appearances if (day := catalogue.heads[appearance.article].stated_day)]
    return min(days, default=""), max(days, default="")


def company_of(catalogue: Catalogue, entity: Entity) -> tuple[EntityId, ...]:
    """Return the entities that appear most closely with one of which a card has nothing else to say."""
    if not catalogue.profiles[entity.id].counted:
        return ()
    return tuple(other.entity for other in cooccurrences(catalogue, entity)[:COMPANY])


def spread(catalogue: Catalogue, profile: Profile, path: SitePath) -> ArticleSpread | None:
    """Return where an entity of several articles appears, on the page at `path`; with whom, if nothing else is said."""
    extent = catalogue.extents.get(profile.id)
    if extent is None or not extent.articles:
        return None
    company = tuple(entity_link(catalogue, other, path) for other in extent.company)
    return ArticleSpread(extent.articles, extent.over, extent.first, extent.last, company)


def card_note(catalogue: Catalogue, entity: Profile, path: SitePath) -> Html:
    """Return the first paragraph of an entity's note on a card of the page at `path`; empty if there is no note."""
    if entity.note is None:
        return Html("")
    content, key = catalogue.content, note_key(entity.note.slug)
    links = links_from(content, key + CARD, path)
    return markup.first_paragraph(entity.note.markdown, links, content.listings.get(key, {}))


def line_about(catalogue: Catalogue, entity: Profile) -> str:
    """Return a line of plain text that tells who or what an entity is; empty if nothing does.

    It is the beginning of a person's note, or else the descriptor, with its year if it is old news, or else the people
    whose surname it may be.
    """
    private = catalogue.settings.private_names
    note = _beginning_of_note(catalogue, entity)
    if note and not has_whole_name(note, private):
        return cut(whole_sentences_of(note, LONGEST_LINE), LONGEST_LINE)
    descriptor, year = descriptor_of(entity, private), year_shown(catalogue, entity)
    if descriptor and year:
        return f"{descriptor} {translate(catalogue.site.words, '(written in %(year)s)', year=year)}"
    return descriptor or _line_of_bearers(catalogue, entity)


def listed_line(catalogue: Catalogue, entity: Profile) -> str:
    """Return a line that tells who or what an entity is, for lists: without words about it, what a list says of it."""
    line = line_about(catalogue, entity)
    fact = None if line else listed_fact(entity, catalogue.site.words)
    if fact:
        return fact.text
    return short_line(line)


def short_line(described: str) -> str:
    """Return what is said of an entity, if it fits a line whole; a single word, such as "trust", tells too little."""
    fits = " " in described and len(described) <= LONGEST_LINE and not described.endswith("…")
    return described if fits else ""


def _line_of_bearers(catalogue: Catalogue, entity: Profile) -> str:
    words = catalogue.site.words
    names = translate(words, ", ").join(catalogue.profiles[bearer].name for bearer in entity.bearers)
    return translate(words, "Perhaps %(names)s", names=names) if names else ""


def bearers_shown(catalogue: Catalogue, entity: Profile, path: SitePath) -> tuple[EntityLink, ...]:
    """Return links from the page at `path` to the people whose surname an entity is."""
    return tuple(entity_link(catalogue, bearer, path) for bearer in entity.bearers)


def _beginning_of_note(catalogue: Catalogue, entity: Profile) -> str:
    note = plain_words(catalogue, markup.opening(entity.note.markdown)) if entity.note else ""
    return one_line(markup.read(note).content) if note else ""


def key_sentence(
    catalogue: Catalogue, entity: Profile, article: ArticleId, page: tuple[SitePath, Html]
) -> KeySentence | None:
    """Return the sentence on a card in an article, on its `page`: path and text. Its own sentence has no source."""
    path, body = page
    sentence = sentence_shown(catalogue, entity, article, body)
    if sentence is None:
        return None
    source = article_link(catalogue, sentence.article, path) if sentence.article != article else None
    return KeySentence(within_quotation_marks(sentence.text), source)
