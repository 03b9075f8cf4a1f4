"""Questions about entities that a person should answer, most useful first: a pure function of the archive."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from glossator.model import (
    UNKNOWN_CERTAINTY,
    Archive,
    ArticleId,
    Decision,
    Decisions,
    Entity,
    EntityId,
    EntityType,
    Name,
)
from glossator.naming.name_lists import packaged_lists

QuestionKind = Literal["same", "spelling", "type", "name"]
Keys = Mapping[EntityId, str]
NamesByArticle = Mapping[ArticleId, Sequence[Name]]

CLEAR_MAJORITY = 0.75
"""Share of an entity's mentions that must have its type; below it the type is doubtful."""
LEAST_VOTES = 3
"""Mentions that an entity needs before its type is doubted."""
NEWEST = 8
"""Newest articles, those of the home page as it is unless the settings say otherwise."""
HOME = 5
"""Articles by which a question counts as about more if it is about a newest article."""
MOST_ABSORBED = 5
"""Further forms of an entity that count."""
CERTAIN = 7
"""Certainty, in tenths, from which the models do not doubt a name."""


class ReviewQuestion(msgspec.Struct, frozen=True):
    """A question to a person, and the decision that each answer means."""

    kind: QuestionKind
    text: str
    reason: str
    entities: tuple[EntityId, ...]
    articles: tuple[ArticleId, ...]
    """Articles whose pages an answer may change."""
    weight: int
    """Number of articles that an answer corrects."""
    yes: Decision
    no: Decision | None
    """None if the answer no changes nothing."""


def questions(archive: Archive, names: NamesByArticle, decisions: Decisions) -> tuple[ReviewQuestion, ...]:
    """Return every open question once, most useful first. `names` are those of each article.

    All are about an entity that has a page: an answer about any other changes a few words of one article. Questions
    come first about what readers see first: entities of the newest articles, which the home page shows, of many
    articles, and those that absorb other names. Among equals a name with one candidate comes before a name with
    several, and a frequent name before a rare one.
    """
    entities = {entity.id: entity for entity in archive.entities}
    paged = {entity.id for entity in archive.entities if entity.page}
    keys = decision_keys(archive)
    suggested = {frozenset((pair.first, pair.second)) for pair in archive.suggestions}
    asked = [
        _same(entities[pair.first], entities[pair.second], pair.reason, "same", keys) for pair in archive.suggestions
    ]
    for first, second in misspelt_pairs(archive.entities):
        pair = frozenset((first.id, second.id))
        if pair not in suggested and not _are_kept_apart(first, second, decisions):
            asked.append(_same(first, second, "The names differ by a letter.", "spelling", keys))
    for first, second in _namesakes(archive.entities):
        pair = frozenset((first.id, second.id))
        if pair not in suggested and not any(pair <= set(group) for group in decisions.not_the_same):
            asked.append(_same(first, second, "The articles use one name for two types.", "same", keys))
    asked += _types(archive, names, keys)
    asked += _doubted(archive, names, keys)
    newest = frozenset(head.id for head in archive.heads[:NEWEST])
    worthwhile = [question for question in asked if not paged.isdisjoint(question.entities)]
    return tuple(_ranked(worthwhile, entities, newest))


def decision_keys(archive: Archive) -> dict[EntityId, str]:
    """Return the word by which a decision names each entity, by id.

    The word is the entity's name if articles use the name, and for no other entity; else it is the id.
    """
    bearers = Counter(entity.name.casefold() for entity in archive.entities)
    return {entity.id: decision_key(entity, bearers[entity.name.casefold()]) for entity in archive.entities}


def decision_key(entity: Entity, bearers: int) -> str:
    """Return the word by which a decision names an entity; `bearers` is the number of entities that have its name."""
    is_surface_form = sum(count for _, count in entity.aliases) < entity.mentions
    return entity.name if bearers == 1 and is_surface_form else entity.id


def _are_kept_apart(first: Entity, second: Entity, decisions: Decisions) -> bool:
    names_of_first, names_of_second = _folded_names(first), _folded_names(second)
    groups = ({name.casefold() for name in group} for group in decisions.not_the_same)
    return any(names_of_first & group and names_of_second & group for group in groups)


def _folded_names(entity: Entity) -> set[str]:
    return {name.casefold() for name in (entity.id, *entity.forms)}


def _ranked(
    asked: Sequence[ReviewQuestion], entities: Mapping[EntityId, Entity], newest: frozenset[ArticleId]
) -> list[ReviewQuestion]:
    candidates = Counter(_subject(question, entities) for question in asked)

    def rank(question: ReviewQuestion) -> tuple[int, int, int, str, tuple[EntityId, ...]]:
        mentions = sum(entities[entity].mentions for entity in question.entities)
        bearers = max(len(entities[entity].bearers) for entity in question.entities)
        alternatives = max(bearers, candidates[_subject(question, entities)])
        absorbed = max(len(entities[entity].aliases) for entity in question.entities)
        seen = question.weight + min(absorbed, MOST_ABSORBED) + HOME * bool(newest.intersection(question.articles))
        return -seen, alternatives, -mentions, question.kind, question.entities

    return sorted(asked, key=rank)


def _subject(question: ReviewQuestion, entities: Mapping[EntityId, Entity]) -> tuple[QuestionKind, EntityId]:
    """Return the kind and the entity with the shortest name, such as a surname that may belong to several people."""
    return question.kind, min(question.entities, key=lambda entity: (len(entities[entity].name), entity))


def _same(first: Entity, second: Entity, reason: str, kind: QuestionKind, keys: Keys) -> ReviewQuestion:
    """Ask whether two entities are one.

    The entity in more articles survives the merge; of two in equally many, the one with the longer name.
    """
    chief, other = sorted((first, second), key=lambda entity: (-len(entity.appearances), -len(entity.name), entity.id))
    names = (keys[chief.id], keys[other.id])
    alike = f"Are “{other.name}” and “{chief.name}” the same {chief.type}?"
    return ReviewQuestion(
        kind,
        alike if chief.name != other.name else f"Is the {other.type} “{other.name}” the {chief.type} of that name?",
        reason,
        (chief.id, other.id),
        tuple(sorted({appearance.article for entity in (chief, other) for appearance in entity.appearances})),
        len(other.appearances),
        Decision("merge", names),
        Decision("not-the-same", names),
    )


def _namesakes(entities: Iterable[Entity]) -> Iterator[tuple[Entity, Entity]]:
    """Yield pairs of entities that have one name and two types."""
    by_name: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        by_name[entity.name].append(entity)
    for _, (first, *others) in sorted(by_name.items()):
        yield from ((first, other) for other in others if other.type is not first.type)


def _types(archive: Archive, names: NamesByArticle, keys: Keys) -> Iterator[ReviewQuestion]:
    """Ask for the types of entities whose mentions the model gave different types."""
    for entity in archive.entities:
        votes = type_votes(entity, names) if entity.origin == "machine" else Counter()
        if votes.total() >= LEAST_VOTES and votes[entity.type] < CLEAR_MAJORITY * votes.total():
            counts = ", ".join(f"{kind} {count}×" for kind, count in votes.most_common())
            yes = Decision("type", (keys[entity.id],), entity.type)
            yield _about(entity, "type", f"Its mentions were taken for: {counts}.", yes, None)


def type_votes(entity: Entity, names: NamesByArticle) -> Counter[EntityType]:
    """Return the number of an entity's mentions of each type; `names` are those of the articles of the entity."""
    votes: Counter[EntityType] = Counter()
    for appearance in entity.appearances:
        for index in appearance.names:
            name = names[appearance.article][index]
            votes[name.type] += sum(count for _, count in name.forms)
    return votes


def _doubted(archive: Archive, names: NamesByArticle, keys: Keys) -> Iterator[ReviewQuestion]:
    """Ask about entities of whose mentions the models were never sure that they are names.

    If no model weighed them, ask about those that are mentioned once, without words that say who they are.
    """
    for entity in archive.entities:
        if entity.origin != "machine":
            continue
        certainties = [
            names[appearance.article][index].certainty
            for appearance in entity.appearances
            if any(
                name.certainty != UNKNOWN_CERTAINTY for name in names[appearance.article]
            )  # else no model weighed them
            for index in appearance.names
        ]
        if certainties and max(certainties) < CERTAIN:
            yield _is_name(entity, f"The models give it at most {10 * max(certainties)} %.", keys)
        elif not certainties and entity.mentions == 1 and entity.introduction is None:
            yield _is_name(entity, "It is mentioned once.", keys)


def _is_name(entity: Entity, reason: str, keys: Keys) -> ReviewQuestion:
    names = (keys[entity.id],)
    return _about(entity, "name", reason, Decision("confirm", names), Decision("ignore", names))


def _about(entity: Entity, kind: QuestionKind, reason: str, yes: Decision, no: Decision | None) -> ReviewQuestion:
    """Ask whether an entity is what its type says."""
    article = "an" if entity.type[0] in "aeiou" else "a"
    articles = tuple(appearance.article for appearance in entity.appearances)
    text = f"Is “{entity.name}” {article} {entity.type}?"
    return ReviewQuestion(kind, text, reason, (entity.id,), articles, len(articles), yes, no)


SHORTEST_MISSPELLING = 6
"""Letters of the shortest name that may be another name misspelt: Lyr and Lys are two names."""
MOST_PER_SPELLING = 5
"""Largest number of questions about one spelling."""


def misspelt_pairs(entities: Iterable[Entity]) -> Iterator[tuple[Entity, Entity]]:
    """Yield pairs of entities of one type whose names differ by one letter left out, added or changed.

    Names are looked up by every form with one letter left out, so that no name is compared with all others: Mor and
    Fraenkel, A hash code method for detecting and correcting spelling errors, 1982.
    """
    by_deletion: dict[tuple[EntityType, str], list[Entity]] = defaultdict(list)
    for entity in entities:
        letters = _letters(entity.name)
        if len(letters) >= SHORTEST_MISSPELLING and not any(letter.isdigit() for letter in letters):
            deletions = {letters, *(letters[:index] + letters[index + 1 :] for index in range(len(letters)))}
            for deletion in sorted(deletions):
                by_deletion[entity.type, deletion].append(entity)
    asked: set[tuple[EntityId, EntityId]] = set()
    for _, (first, *others) in sorted(by_deletion.items()):
        for other in others[:MOST_PER_SPELLING]:
            pair = first.id, other.id
            if pair not in asked and _may_be_misspelt(first.name, other.name):
                asked.add(pair)
                yield first, other


def _may_be_misspelt(first: str, second: str) -> bool:
    """True if one of two names may be the other one misspelt.

    They are two names if they differ by a whole word (Group A and Group B, Washington and E. Washington), or if
    everybody knows both (Iceland and Ireland).
    """
    words, other_words = first.casefold().split(), second.casefold().split()
    if len(words) != len(other_words) and _letters(first) != _letters(second):
        return False
    different = frozenset(words) ^ frozenset(other_words)
    kinds = packaged_lists().kinds
    both_known = kinds(first.casefold()) and kinds(second.casefold())
    return bool(different) and all(len(word) > 1 for word in different) and not both_known


def _letters(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
