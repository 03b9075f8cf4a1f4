"""Archive -> what a person should look at, most useful first: a pure function of what was found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from glossator.model import Analysis, Archive, ArticleId, Decision, Decisions, Entity, EntityId, EntityType

QuestionKind = Literal["same", "spelling", "type", "name"]
Keys = Mapping[EntityId, str]

UNSURE = 0.75
"""Share of an entity's mentions below which the type that most of them have is doubtful."""
COUNTED = 3
"""Mentions from which the types are compared at all."""
LONG_ENOUGH = 6
"""Letters of names that may be one and the same misspelt: Lyr and Lys are two."""
SURE = frozenset({EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE, EntityType.GROUP})
"""Types that language models seldom confuse with what is no name."""
MOST = 5
"""Names asked about for one spelling."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a person may know better, and the decision that each answer means."""

    kind: QuestionKind
    text: str
    reason: str
    entities: tuple[EntityId, ...]
    articles: tuple[ArticleId, ...]
    """Those that an answer touches."""
    weight: int
    """Articles in which an answer puts something right."""
    yes: Decision
    no: Decision | None
    """None where a no changes nothing."""


def questions(archive: Archive, analyses: Mapping[ArticleId, Analysis], decisions: Decisions) -> tuple[Question, ...]:
    """Each question once.

    First come those that concern the most articles; of these a name with one candidate goes before one with several,
    and what is mentioned often before what is not. Single mentions come last, most likely errors first.
    """
    entities = {one.id: one for one in archive.entities}
    keys = decision_keys(archive)
    suggested = {frozenset((one.first, one.second)) for one in archive.suggestions}
    asked = [_same(entities[one.first], entities[one.second], one.reason, "same", keys) for one in archive.suggestions]
    for first, second in _misspelt(archive.entities):
        pair = frozenset((first.id, second.id))
        if pair not in suggested and not _told_apart(first, second, decisions):
            asked.append(_same(first, second, "The names differ by a letter.", "spelling", keys))
    for first, second in _namesakes(archive.entities):
        pair = frozenset((first.id, second.id))
        if pair not in suggested and not any(pair <= set(group) for group in decisions.not_the_same):
            asked.append(_same(first, second, "The articles use one name for two types.", "same", keys))
    asked += _types(archive, analyses, keys)
    return (*_ranked(asked, entities), *_lone(archive.entities, keys))


def decision_keys(archive: Archive) -> dict[EntityId, str]:
    """How a decision names each entity: by its name where the articles use it and for nobody else, else by its id."""
    bearers = Counter(one.name.casefold() for one in archive.entities)
    return {
        one.id: one.name if bearers[one.name.casefold()] == 1 and _is_form(one) else one.id for one in archive.entities
    }


def _is_form(entity: Entity) -> bool:
    return sum(count for _, count in entity.aliases) < entity.mentions


def _told_apart(first: Entity, second: Entity, decisions: Decisions) -> bool:
    known = [{one.casefold() for one in (each.id, each.name, *dict(each.aliases))} for each in (first, second)]
    groups = ({name.casefold() for name in group} for group in decisions.not_the_same)
    return any(known[0] & group and known[1] & group for group in groups)


def _ranked(asked: Iterable[Question], entities: Mapping[EntityId, Entity]) -> list[Question]:
    asked = list(asked)
    candidates = Counter(_shortest(one, entities) for one in asked)

    def rank(question: Question) -> tuple[int, int, int, str, tuple[EntityId, ...]]:
        mentions = sum(entities[one].mentions for one in question.entities)
        several = candidates[_shortest(question, entities)]
        return -question.weight, several, -mentions, question.kind, question.entities

    return sorted(asked, key=rank)


def _shortest(question: Question, entities: Mapping[EntityId, Entity]) -> tuple[QuestionKind, EntityId]:
    """What the question is about: the surname that may be one of several people's."""
    return question.kind, min(question.entities, key=lambda one: (len(entities[one].name), one))


def _same(first: Entity, second: Entity, reason: str, kind: QuestionKind, keys: Keys) -> Question:
    """The one in more articles survives; of two in as many the one of the longer name."""
    chief, other = sorted((first, second), key=lambda one: (-len(one.appearances), -len(one.name), one.id))
    names = (keys[chief.id], keys[other.id])
    alike = f"Are “{other.name}” and “{chief.name}” the same {chief.type}?"
    return Question(
        kind,
        alike if chief.name != other.name else f"Is the {other.type} “{other.name}” the {chief.type} of that name?",
        reason,
        (chief.id, other.id),
        tuple(sorted({one.article for both in (chief, other) for one in both.appearances})),
        len(other.appearances),
        Decision("merge", names),
        Decision("not-the-same", names),
    )


def _misspelt(entities: Iterable[Entity]) -> Iterator[tuple[Entity, Entity]]:
    """Pairs of one type whose names differ by one letter left out, added or changed.

    Found by the names with each letter left out in turn, as in Mor and Fraenkel, A hash code method for detecting and
    correcting spelling errors, 1982: no name is compared with all others.
    """
    by_rest: dict[tuple[EntityType, str], list[Entity]] = defaultdict(list)
    for one in entities:
        letters = "".join(letter for letter in one.name.casefold() if letter.isalnum())
        if len(letters) >= LONG_ENOUGH and not any(letter.isdigit() for letter in letters):
            rests = {letters, *(letters[:place] + letters[place + 1 :] for place in range(len(letters)))}
            for rest in sorted(rests):
                by_rest[one.type, rest].append(one)
    seen: set[tuple[EntityId, EntityId]] = set()
    for _, alike in sorted(by_rest.items()):
        for other in alike[1 : MOST + 1]:
            pair = alike[0].id, other.id
            if pair not in seen and _letters_apart(alike[0].name, other.name):
                seen.add(pair)
                yield alike[0], other


def _letters_apart(first: str, second: str) -> bool:
    """Whether two names differ, and not by a whole word: Group A is not Group B misspelt."""
    pair = [frozenset(name.casefold().split()) for name in (first, second)]
    return pair[0] != pair[1] and all(len(word) > 1 for word in pair[0] ^ pair[1])


def _namesakes(entities: Iterable[Entity]) -> Iterator[tuple[Entity, Entity]]:
    """Pairs of one name and two types."""
    by_name: dict[str, list[Entity]] = defaultdict(list)
    for one in entities:
        by_name[one.name].append(one)
    for _, bearers in sorted(by_name.items()):
        yield from ((bearers[0], other) for other in bearers[1:] if other.type is not bearers[0].type)


def _types(archive: Archive, analyses: Mapping[ArticleId, Analysis], keys: Keys) -> Iterator[Question]:
    """Entities that the articles' own guesses are divided on."""
    for one in archive.entities:
        votes: Counter[EntityType] = Counter()
        for appearance in one.appearances if one.origin == "machine" else ():
            for index in appearance.names:
                name = analyses[appearance.article].names[index]
                votes[name.type] += sum(count for _, count in name.forms)
        if votes.total() >= COUNTED and votes[one.type] < UNSURE * votes.total():
            told = ", ".join(f"{kind} {count}×" for kind, count in sorted(votes.items(), key=lambda vote: -vote[1]))
            yield Question(
                "type",
                f"Is “{one.name}” {_a(one.type)}?",
                f"Its mentions were taken for: {told}.",
                (one.id,),
                tuple(appearance.article for appearance in one.appearances),
                len(one.appearances),
                Decision("type", (keys[one.id],), one.type),
                None,
            )


def _lone(entities: Iterable[Entity], keys: Keys) -> Iterator[Question]:
    """Entities that one mention stands for and nothing speaks for; those most likely to be none come first."""
    entities = list(entities)
    kinds: dict[str, set[EntityType]] = defaultdict(set)
    for one in entities:
        for word in one.name.casefold().split():
            kinds[word].add(one.type)
    lone = [one for one in entities if one.origin == "machine" and one.mentions == 1 and one.introduction is None]
    for one in sorted(lone, key=lambda one: (-_doubt(one, kinds), one.id)):
        yield Question(
            "name",
            f"Is “{one.name}” {_a(one.type)}?",
            "It is mentioned once.",
            (one.id,),
            tuple(appearance.article for appearance in one.appearances),
            len(one.appearances),
            Decision("confirm", (keys[one.id],)),
            Decision("ignore", (keys[one.id],)),
        )


def _doubt(one: Entity, kinds: Mapping[str, set[EntityType]]) -> int:
    """How many signs there are that a name is none, or another type's."""
    words = one.name.split()
    return sum(
        (
            any(len(kinds[word.casefold()]) > 1 for word in words),
            len(words) == 1 and one.type not in (EntityType.PLACE, EntityType.GROUP),
            one.name[:1].islower(),
            any(letter.isdigit() for letter in one.name),
            len(one.name) >= LONG_ENOUGH and one.name.isupper(),
            one.type not in SURE,
        )
    )


def _a(kind: EntityType) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
