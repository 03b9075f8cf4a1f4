"""Drafts with ids -> entities: what introduces each, where it appears, and whether it has a page of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from glossator.model import Appearance, ArticleId, ChosenDescriptor, Digest, Entity, EntityId, EntityType, PublishedId
from glossator.naming import countries
from glossator.naming.known_names import known_as
from glossator.naming.languages import ENGLISH
from glossator.naming.lexicon import DIRECTIONS, TIERS
from glossator.naming.name_parts import is_kind_of_body
from glossator.naming.normalise import words
from glossator.stages.resolve.blocking import Occurrence, OccurrenceTable
from glossator.stages.resolve.clustering.equal_names import FEWEST_ARTICLES
from glossator.stages.resolve.entities.descriptor import choose_descriptors, is_child, is_described, named_regions
from glossator.stages.resolve.entities.drafts import EntityDraft
from glossator.stages.resolve.entities.earns_page import SURE, PageEvidence, is_certain, page_rule
from glossator.stages.resolve.small_words import OFTEN, SmallWords, small_word
from glossator.text import digest

RECURS = 4
"""Mentions of a name of one article from which on words that are too vague to be shown describe it."""

NO_DIGEST = Digest("")
"""Digest of an entity of which none is made yet."""


def build_entities(
    table: OccurrenceTable,
    drafts: Sequence[EntityDraft],
    ids: Sequence[EntityId],
    published: Iterable[PublishedId],
    small: SmallWords,
) -> tuple[Entity, ...]:
    """Return the entities in the order of the drafts.

    `ids` has one for each; `published` ids keep addresses; `small` counts what the archive writes in small letters.
    """
    mentions = table.mentions()
    id_of = {draft.root: entity_id for draft, entity_id in zip(drafts, ids, strict=True)}
    small.load(word for draft in drafts if (word := small_word(draft.identity.name)))
    published_ids = {published_id.id for published_id in published}
    entities = []
    for draft, entity_id in zip(drafts, ids, strict=True):
        identity = draft.identity
        introduction, sentences = choose_descriptors(table, draft.occurrences, identity.type, identity.forms)
        evidence = _page_evidence(table, draft, introduction, small)
        rule = page_rule(evidence)
        is_named_place = identity.type is EntityType.PLACE and not evidence.is_common_word
        entity = Entity(
            id=entity_id,
            name=identity.name,
            type=identity.type,
            aliases=identity.aliases,
            appearances=_appearances(table, draft.occurrences, mentions),
            origin=draft.origin,
            introduction=introduction,
            note=draft.note,
            digest=NO_DIGEST,
            page=rule.page,
            page_rule=rule.key,
            had_page=not rule.page and entity_id in published_ids,
            is_certain=is_certain(evidence, page=rule.page),
            sentences=sentences,
            bearers=tuple(id_of[root] for root in draft.bearers if root in id_of),
            regions=named_regions(table, draft.occurrences) if is_named_place else (),
            country=draft.country,
        )
        entities.append(msgspec.structs.replace(entity, digest=digest(msgspec.msgpack.encode(entity))))
    return tuple(entities)


def _page_evidence(
    table: OccurrenceTable, draft: EntityDraft, introduction: ChosenDescriptor | None, small: SmallWords
) -> PageEvidence:
    """Return what decides whether an entity has a page; `introduction` is the descriptor that was chosen for it."""
    identity, occurrences = draft.identity, draft.occurrences
    # A word that the archive mostly writes small is no name because it has a capital here and there.
    word = small_word(identity.name)
    is_common_word = bool(word) and small.times(word) >= OFTEN * identity.mentions
    saliences = [table.saliences[occurrence] for occurrence in occurrences]
    weighed = zip(occurrences, saliences, strict=True)
    articles = len({table.articles[occurrence] for occurrence, salience in weighed if salience.counts})
    is_known = known_as(identity.name, identity.type, is_clear=draft.has_clear_type) is not None
    is_land = identity.type is EntityType.PLACE and countries.may_name_land(identity.name)
    in_other_languages = all(table.name(occurrence).language not in ("", ENGLISH) for occurrence in occurrences)
    is_judged = not in_other_languages and any(table.name(occurrence).chances for occurrence in occurrences)
    sure = [salience for salience in saliences if salience.certainty >= SURE] if is_common_word else saliences
    return PageEvidence(
        is_decided=draft.origin != "machine",
        is_child=identity.type is EntityType.PERSON
        and sum(salience.leads for salience in saliences) < FEWEST_ARTICLES
        and is_child(table, occurrences),
        is_namesake=draft.is_namesake and articles < FEWEST_ARTICLES,
        is_only_kind=_are_kinds(identity.type, identity.forms),
        is_common_word=is_common_word,
        is_easily_mistaken=is_judged and not (is_known or is_land) and identity.type is not EntityType.ORGANISATION,
        is_known=is_known,
        has_clear_type=draft.has_clear_type,
        has_certain_type=draft.has_certain_type,
        in_other_languages=in_other_languages,
        articles=articles,
        certainty=max(salience.certainty for salience in saliences),
        leads=any(salience.leads for salience in sure),
        is_quoted=any(salience.speaks for salience in sure),
        is_described=introduction is not None
        or (
            identity.mentions >= RECURS
            and not is_common_word
            and is_described(table, occurrences, identity.type, identity.forms)
        ),
    )


def _are_kinds(kind: EntityType, forms: Iterable[str]) -> bool:
    """True if names only say the kind of a body, the bearing of a place or the tier of a product: Agency, South, Pro.

    Each article means another one by them.
    """
    if kind is EntityType.PRODUCT:
        return all(form.casefold() in TIERS for form in forms)
    if kind is EntityType.PLACE:
        return all((parts := words(form)) and DIRECTIONS.issuperset(parts) for form in forms)
    return kind is EntityType.ORGANISATION and all(map(is_kind_of_body, forms))


def _appearances(
    table: OccurrenceTable, occurrences: Sequence[Occurrence], mentions: Sequence[int]
) -> tuple[Appearance, ...]:
    """Return an appearance for each article; `mentions` are counted by distinct name."""
    by_article: dict[ArticleId, list[Occurrence]] = {}
    for occurrence in occurrences:
        by_article.setdefault(table.articles[occurrence], []).append(occurrence)
    return tuple(
        Appearance(
            article,
            tuple([table.indices[occurrence] for occurrence in own]),
            sum([mentions[table.name_indices[occurrence]] for occurrence in own]),
        )
        for article, own in by_article.items()
    )
