"""Names of private people: what may stand for one of them, as a name or in a text. Everything that asks, asks here.

A decision has a whole name. An article calls its bearer by parts of it: a surname, a given name, initials and a
surname. A part may be somebody else's name as well; because nobody can tell, it is held back, until a person says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

import msgspec

from glossator.model import ArticleId, Entity, EntityType, PrivateNames, PublishedId
from glossator.naming.lexicon import COURTESY_TITLES, PARTICLES
from glossator.naming.name_lists import is_known
from glossator.naming.normalise import INITIAL_POINT, singular, words

_PIECE = re.compile(r"\w+(?:['’]\w+)*")
NamesIn = Callable[[Iterable[ArticleId]], Mapping[ArticleId, Iterable[str]]]
"""Articles -> the names in each."""
SUFFIXES = frozenset("jr sr junior senior ii iii iv md phd".split())
"""Words after a surname."""
_MOST_INITIALS = 3


class _NameWords(msgspec.Struct, frozen=True):
    """The words of one private name, with and without the dots of an umlaut written out."""

    given: frozenset[str]
    surname: frozenset[str]


def private_names(entries: Iterable[str], published: Iterable[PublishedId]) -> PrivateNames:
    """Return the names that decisions keep private; an entry may be the id of an entity, which is resolved."""
    listed = set(entries)
    whole = tuple(sorted(listed | {published_id.name for published_id in published if published_id.id in listed}))
    return PrivateNames(whole, tuple(sorted({word for name in whole for word in _words_of(name).surname})))


def with_evidence(private: PrivateNames, entities: Iterable[Entity], names_in: NamesIn) -> PrivateNames:
    """Return private names without the surnames of confirmed people, with the articles that name somebody private.

    `names_in` returns the names in articles: only those are asked for whose descriptors hold a given name.
    """
    if not private:
        return private
    confirmed: set[str] = set()
    given = {word for name in private.whole for word in _words_of(name).given}
    asked: set[ArticleId] = set()
    for entity in entities:
        if entity.origin == "person" and entity.type is EntityType.PERSON:
            confirmed |= {word for form in words_in(entity.name) for word in form}
        descriptors = [descriptor for descriptor in (entity.introduction, *entity.sentences) if descriptor]
        asked |= {descriptor.article for descriptor in descriptors if _has_word(descriptor.text, given)}
    named = names_in(asked) if asked else {}
    articles = sorted(key for key, names in named.items() if any(has_whole_name(name, private) for name in names))
    return PrivateNames(
        private.whole, tuple(word for word in private.surnames if word not in confirmed), tuple(articles)
    )


def has_whole_name(text: str, private: PrivateNames) -> bool:
    """True if a text holds the whole name of somebody private, in whatever case."""
    return bool(private.whole) and bool(_pattern(private.whole).search(text))


def private_names_in(text: str, private: PrivateNames, article: ArticleId) -> PrivateNames:
    """Return the private names by which an article is read: given names count if its text has a whole name."""
    if not has_whole_name(text, private):
        return private
    return msgspec.structs.replace(private, articles=(*private.articles, article))


def names_private(text: str, private: PrivateNames, article: str = "") -> bool:
    """True if a text names somebody private, by the whole name or by the surname.

    A given name counts if the text is of an `article` that has the whole name.
    """
    if not private.whole:
        return False
    revealing = frozenset(private.surnames)
    if article and article in private.articles:
        revealing |= parts_of(private)
    return has_whole_name(text, private) or _has_word(text, revealing)


def is_private_name(name: str, private: PrivateNames) -> bool:
    """True if a name of an author, a tag or the like holds a whole private name, or is a part with the surname."""
    return bool(private.whole) and (has_whole_name(name, private) or _is_part(name, private, with_surname=True))


def is_surname_of(name: str, private: PrivateNames) -> bool:
    """True if a whole name is the surname of somebody private, and no list has it as that of somebody else."""
    return bool(private.whole) and _is_part(name, private, with_surname=True) and not is_known(name)


def is_part_of(form: str, private: PrivateNames) -> bool:
    """True if a form is a private name or a part of one, so that it says of a person nothing but that name."""
    return bool(private.whole) and _is_part(form, private, with_surname=False)


def parts_of(private: PrivateNames) -> frozenset[str]:
    """Return the words of which private names are made, in lower case and without accents."""
    return frozenset(word for name in private.whole for word in _words_of(name).given | _words_of(name).surname)


def resembled_by(form: str, private: PrivateNames) -> str:
    """Return the private name whose surname a form holds; empty if there is none."""
    form_words = {word for piece in words_in(form) for word in piece}
    return next((name for name in private.whole if not form_words.isdisjoint(_words_of(name).surname)), "")


def words_in(text: str) -> list[frozenset[str]]:
    """Return the words of a text, each in the spellings that count as equal."""
    return [_spellings(piece) for piece in _PIECE.findall(text)]


@cache
def _words_of(name: str) -> _NameWords:
    pieces = [piece for piece in words_in(name) if not piece <= SUFFIXES]
    pieces = [piece for piece in pieces if not piece <= PARTICLES | COURTESY_TITLES] or pieces
    if len(pieces) < 2:  # a name of one word has no parts
        return _NameWords(frozenset().union(*pieces), frozenset())
    return _NameWords(frozenset().union(*pieces[:-1]), pieces[-1])


def _is_part(form: str, private: PrivateNames, *, with_surname: bool) -> bool:
    pieces = _PIECE.findall(INITIAL_POINT.sub("", form))
    name_pieces = [piece for piece in pieces if not _spellings(piece) <= PARTICLES | COURTESY_TITLES] or pieces
    return any(_is_part_of_one(name_pieces, _words_of(name), with_surname) for name in private.whole)


def _is_part_of_one(pieces: list[str], name: _NameWords, with_surname: bool) -> bool:
    initials = {word[0] for word in name.given}
    is_part = initialled = False
    for piece in pieces:
        spellings = _spellings(piece) | {singular(word) for word in _spellings(piece)}
        if not spellings.isdisjoint(name.surname or name.given):
            is_part = True
        elif not spellings.isdisjoint(name.given):
            is_part = is_part or not with_surname
        elif _are_initials(piece) and (initialled or piece[0].lower() in initials):
            initialled = True
        else:
            return False
    return is_part


def _are_initials(piece: str) -> bool:
    return len(piece) == 1 or (len(piece) <= _MOST_INITIALS and piece.isupper())


def _has_word(text: str, listed: Iterable[str]) -> bool:
    """True if a text has one of the words, not in lower case, in the singular or the plural."""
    listed = frozenset(listed)
    if not listed:
        return False
    capitalised = (piece for piece in _PIECE.findall(text) if not piece[0].islower())
    return any(not listed.isdisjoint(_with_singular(piece)) for piece in capitalised)


@cache
def _spellings(piece: str) -> frozenset[str]:
    return frozenset({"".join(words(piece)), "".join(words(piece, drop_umlauts=True))} - {""})


def _with_singular(piece: str) -> frozenset[str]:
    return _spellings(piece) | {singular(word) for word in _spellings(piece)}


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    spaced = (r"\s+".join(map(re.escape, name.split())) for name in names if name.strip())
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)", re.IGNORECASE)
