"""The words of a group's articles -> a phrase or two words that tell what the articles are about.

A word tells the more of a group, the more of its articles make much of the word, and the fewer of the others do.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import pairwise, product
from typing import NamedTuple

from glossator.inverse_frequency import rarity
from glossator.model import ArticleId, EntityId, PrivateNames, Topic, TopicId
from glossator.naming import countries
from glossator.naming.private_names import is_part_of
from glossator.slugs import slug
from glossator.stages.topics.state import GroupWord, TopicGroup
from glossator.word_lists import word_lists

COMPARED = 40
"""Words of a group that are compared, those that most of its articles use most."""
MOST = 2
"""Words or phrases of a label: a group that a single word is left to tell of is no topic."""
LEADING = 3
"""A name is in the title of every third article at least."""
AS_NOUN = 3
"""A noun stands where nouns do in every third article that has it at least."""
OWN = 2
"""Share of the articles that make much of a name, at least, that are in the group: a half."""
FAIRLY_OWN = 4
"""Share of the articles that make much of a word of a typical title, at least, that are in the group: a quarter."""
ENTITIES = 60
"""Entities of a topic at most, those that most of its articles mention and the fewest others."""

_TITLE_WORD = re.compile(r"[^\W\d_]\w+")


class ArticleWords(NamedTuple):
    """The material of the label of a group: the title of an article, and its strongest words."""

    title: str
    keys: Sequence[str]
    """Key of each word in the index of words."""
    forms: Sequence[str]
    frequencies: Sequence[int]
    nouns: frozenset[str] | None
    """The words, in small letters, that the article uses as nouns; None if nobody can tell."""
    names: frozenset[str] = frozenset()
    """The words, in small letters, that are names."""


def count_words(articles: Sequence[ArticleWords]) -> tuple[GroupWord, ...]:
    """Return the words of which the articles of a group make most, the strongest first."""
    frequencies, having, as_noun, as_name, titled = (Counter[str]() for _ in range(5))
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        in_title = {word.casefold() for word in _TITLE_WORD.findall(article.title)}
        for key, form, frequency in zip(article.keys, article.forms, article.frequencies, strict=True):
            word = form.casefold()
            frequencies[key] += frequency
            having[key] += 1
            as_noun[key] += article.nouns is None or word in article.nouns
            titled[key] += word in in_title
            as_name[key] += word in article.names
            forms[key][form if article.nouns is None or word in article.names else word] += 1
    strongest = nsmallest(COMPARED, having, key=lambda key: (-frequencies[key] * having[key], key))
    return tuple(
        GroupWord(
            key,
            min(forms[key], key=lambda form: (-forms[key][form], form)),
            *(frequencies[key], having[key], as_noun[key], as_name[key], titled[key]),
        )
        for key in strongest
    )


def typical_title(articles: Sequence[ArticleWords], counted: Iterable[GroupWord]) -> tuple[str, ...]:
    """Return the keys of the words in the title of the article that has most of the words of its group."""
    having = {word.key: word.having for word in counted}

    def share(article: ArticleWords) -> int:
        return sum(having.get(key, 0) * times for key, times in zip(article.keys, article.frequencies, strict=True))

    typical = max(articles, key=share)
    keys = {form.casefold(): key for key, form in zip(typical.keys, typical.forms, strict=True)}
    in_title = (keys.get(word.casefold(), "") for word in _TITLE_WORD.findall(typical.title))
    return tuple(dict.fromkeys(key for key in in_title if key in having))


def title_pairs(articles: Sequence[ArticleWords], counted: Iterable[GroupWord]) -> tuple[tuple[str, str, int], ...]:
    """Return the keys of two words that stand beside each other in titles, with the number of these titles."""
    keys: dict[str, list[str]] = defaultdict(list)
    for word in counted:
        keys[_singular(word.form)].append(word.key)
    counts = Counter[tuple[str, str]]()
    for article in articles:
        keyed = [(keys.get(_singular(word.group()), ()), word.span()) for word in _TITLE_WORD.finditer(article.title)]
        beside = ((first, second) for (first, left), (second, right) in pairwise(keyed) if right[0] - left[1] == 1)
        counts.update({pair for ones, twos in beside for pair in product(ones, twos)})
    return tuple((*pair, count) for pair, count in sorted(counts.items()))


def _singular(word: str) -> str:
    return word.casefold().removesuffix("s")


def count_entities(mentioned: Iterable[Iterable[EntityId | None]]) -> tuple[tuple[EntityId, int], ...]:
    """Return the entities that several articles of a group mention, each with their number."""
    counts = Counter(entity for entities in mentioned for entity in set(entities) if entity is not None)
    return tuple(sorted((entity, count) for entity, count in counts.items() if count > 1))


def bearers(group: TopicGroup) -> dict[EntityId, str]:
    """Return the entities whose last word may name a group, if they are people, each with that word."""
    words = {slug(word.form) for word in group.words if 2 * word.as_name > word.having}
    return {entity: last for entity, _ in group.entities if (last := entity.rpartition("-")[2]) in words}


def label(
    group: TopicGroup, spread: Mapping[str, int], private: PrivateNames, surnames: Collection[str]
) -> tuple[str, ...]:
    """Return a phrase, or two words, that tell what the articles of a group are about; none if there are too few.

    Half of the articles make much of each word. If too few tell, they are those of the title of its most typical
    article that few others have, or else nouns.

    `spread` has for each word the number of all articles that make much of it; `private` are names that the site keeps
    to itself; `surnames` are those of the people of the group.
    """
    size = len(group.articles)
    most = (word for word in group.words if 2 * word.having >= size)
    public = [word for word in most if not is_part_of(word.form, private)]
    strongest = sorted(public, key=lambda word: (-_weight(word, spread[word.key]), word.key))
    names = {str(entity) for entity, _ in group.entities}.union(surnames)
    chosen = _first_ones(word for word in strongest if _tells(word, size, spread[word.key], names))
    if not (phrases := _phrases(chosen, public, group, names)):
        several = (word for word in strongest if _is_noun(word) or _is_whole(word, names))
        own = (word for word in several if FAIRLY_OWN * word.having >= spread[word.key])
        titled = {word.key: word for word in _first_ones(word for word in own if word.key in group.title)}
        phrases = _phrases([titled[key] for key in group.title if key in titled], public, group, names)
    if not phrases:
        phrases = _phrases(_first_ones(word for word in strongest if _is_noun(word)), public, group, names)
    return phrases


def _first_ones(words: Iterable[GroupWord]) -> list[GroupWord]:
    """Return the first of words, as many as a label has, without any that is like one before it."""
    chosen: list[GroupWord] = []
    for word in words:
        if len(chosen) < MOST and not any(_are_alike(word.form, other.form) for other in chosen):
            chosen.append(word)
    return chosen


def _phrases(
    chosen: Sequence[GroupWord], words: Iterable[GroupWord], group: TopicGroup, names: Collection[str]
) -> tuple[str, ...]:
    """Return a phrase of the group's titles with the first of the chosen words, or else two of these; none if neither.

    A phrase is two of the group's `words` that stand together in most titles with the chosen one: "climate change". It
    stands alone if it is in every third title; else the second word, or its phrase, is beside it. Two chosen words that
    stand together in a title are a phrase: "solar panel".
    """
    by_key = {word.key: word for word in words}
    shown: dict[str, tuple[str, ...]] = {}
    for word in chosen:
        pairs = [
            (-count, first, second)
            for first, second, count in group.pairs
            if count > 1
            and word.key in (first, second)
            and 2 * count > word.in_titles
            and by_key.keys() >= {first, second}
            if _is_phrase(by_key[first], by_key[second], by_key[word.key], names)
        ]
        times, *keys = min(pairs, default=(0, word.key))
        if not any(set(keys) & set(others) for others in shown.values()):
            shown[" ".join(by_key[key].form for key in keys)] = tuple(keys)
        if -times * LEADING >= len(group.articles) or len(shown) == MOST:
            break
    both = {keys[0] for keys in shown.values() if len(keys) == 1}
    together = [f"{by_key[one].form} {by_key[two].form}" for one, two, _ in group.pairs if {one, two} == both]
    if together and len(both) == MOST:
        return (together[0],)
    return tuple(shown) if len(shown) == MOST or any(len(keys) > 1 for keys in shown.values()) else ()


def _is_phrase(first: GroupWord, second: GroupWord, chosen: GroupWord, names: Collection[str]) -> bool:
    """True if two words that stand together, of which one is chosen, are a phrase: "running shoes", South Dakota.

    A name has a word beside it that is a name with it, or by itself, or a common word that is no form of a verb.
    """
    other = second if first is chosen else first
    if not _is_word(other):
        return _is_whole(other, names) or slug(f"{first.form} {second.form}") in names
    return _is_word(chosen) or not other.form.endswith(("ed", "ing"))


def _weight(word: GroupWord, spread: int) -> float:
    """Return how much a word tells: the more of the group make much of it, the more, and the fewer of all others."""
    return word.frequency * word.having / spread


def _tells(word: GroupWord, size: int, spread: int, names: Collection[str]) -> bool:
    """True if a word may name a group: a noun of the titles, or a name that leads and is of no other group.

    A name is one that the group mentions, or a surname of one (`names`), or an abbreviation: headings write "Best"
    as they write a name. A country or a platform is in articles on everything, and "York" is the end of New York.
    """
    if _is_word(word):
        return word.in_titles > 0 and _is_noun(word)
    return _is_whole(word, names) and (
        LEADING * word.in_titles >= size and OWN * word.having >= spread and countries.code(word.form.title()) is None
    )


def _is_word(word: GroupWord) -> bool:
    """True if a word is in most articles no name."""
    return 2 * word.as_name <= word.having


def _is_whole(word: GroupWord, names: Collection[str]) -> bool:
    return word.form.isupper() or slug(word.form) in names


def _is_noun(word: GroupWord) -> bool:
    is_vague = word.form.casefold() in word_lists("topics")["vague"]
    return not is_vague and _is_word(word) and AS_NOUN * word.as_noun >= word.having


def _are_alike(word: str, other: str) -> bool:
    """True if two words begin alike, as singular and plural do."""
    shorter, longer = sorted((word.casefold(), other.casefold()), key=len)
    stem = min(len(shorter), max(4, len(shorter) - 2))
    return longer[:stem] == shorter[:stem]


def topics_of(
    groups: Iterable[TopicGroup],
    labels: Mapping[tuple[ArticleId, ...], tuple[str, ...]],
    spread: Mapping[EntityId, int],
    size: int,
) -> tuple[Topic, ...]:
    """Return the topics of the groups that have a label, the one with the most articles first.

    `spread` is the number of articles that mention each entity, `size` that of all articles.
    """
    topics = (
        Topic(
            TopicId(slug("-".join(words))),
            words,
            tuple(
                nsmallest(
                    ENTITIES,
                    (entity for entity, _ in group.entities if entity in spread),
                    key=lambda entity, counts=dict(group.entities): (  # type: ignore[misc]  # bound now, not later
                        -counts[entity] * rarity(spread[entity], size),
                        entity,
                    ),
                )
            ),
            group.articles,
        )
        for group in groups
        if (words := labels[group.articles])
    )
    return tuple(sorted(topics, key=lambda topic: (-len(topic.articles), topic.articles)))
