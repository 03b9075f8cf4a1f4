"""An article and a question -> the rows by which the article answers it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Iterator
from itertools import chain, pairwise

import msgspec
from msgspec.structs import replace

from glossator.model import (
    AnswerRow,
    ArticleHead,
    ArticleId,
    DatedSentence,
    EntityId,
    PlacedHighlight,
    PrivateNames,
    Question,
    Text,
)
from glossator.naming.private_names import names_private
from glossator.stages.answer.words import wanted_words
from glossator.text import digest

NO_SENTENCES = frozenset({"heading", "code", "related"})
"""Kinds of blocks whose sentences answer nothing."""
KEYWORDS = ("topic", "tag", "publication", "author", "language")
"""Keys of a question that are compared with what is known of an article."""
_KEY = 12
"""Characters of the key of a passage: among a million, two are equal once in a hundred archives."""


class SpokenWords(msgspec.Struct, frozen=True):
    """A quotation whose speaker the article names."""

    start: int
    end: int
    text: str
    attribution: str
    speaker: EntityId


class AskedArticle(msgspec.Struct, frozen=True):
    """Everything that is known of an article without its text."""

    head: ArticleHead
    keywords: Callable[[str], frozenset[str]]
    """Key of a question, one of KEYWORDS -> the values that the article has."""
    entities: Callable[[], Iterable[EntityId]]
    """Returns the entities that it names, each once."""
    is_copy: Callable[[], bool] = lambda: False
    """Returns whether most of its words stand in earlier articles."""


class Passages(msgspec.Struct, frozen=True):
    """Everything that questions can find in the published text of an article."""

    article: ArticleId
    text: Text
    sentences: tuple[tuple[int, int], ...]
    mentions: tuple[tuple[int, int, EntityId], ...]
    """Start, end and entity of each mention, in the order of the text."""
    quotes: tuple[SpokenWords, ...]
    dated: tuple[DatedSentence, ...]
    highlights: tuple[PlacedHighlight, ...] = ()
    private: PrivateNames = PrivateNames()
    """Names that no row may hold."""

    def named(self, start: int, end: int) -> tuple[EntityId, ...]:
        """Return the entities in a stretch of the text, each once."""
        first = bisect_left(self.mentions, start, key=lambda mention: mention[0])
        last = bisect_left(self.mentions, end, key=lambda mention: mention[0])
        return tuple(dict.fromkeys(entity for _, _, entity in self.mentions[first:last]))

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of the sentences that a stretch touches; those of the stretch if there are none."""
        first = bisect_right(self.sentences, start, key=lambda bounds: bounds[0]) - 1
        last = bisect_left(self.sentences, end, key=lambda bounds: bounds[0]) - 1
        if first < 0 or self.sentences[first][1] <= start:
            return start, end
        return self.sentences[first][0], max(end, self.sentences[max(first, last)][1])

    def block(self, start: int) -> tuple[str, str]:
        """Return kind and anchor of the block at an offset; both are empty between blocks."""
        index = bisect_right(self.text.blocks, start, key=lambda block: block.start) - 1
        block = self.text.blocks[index] if index >= 0 else None
        return (block.kind, block.anchor) if block and start < block.end else ("", "")

    def hides(self, text: str) -> bool:
        """True if a text names somebody private."""
        return names_private(text, self.private, self.article)

    def searched(self, title: str) -> str:
        """Return the title and the text, without the sentences, or what is between them, that name somebody private."""
        content = self.text.content
        if not self.private:
            return f"{title}\n{content}"
        edges = sorted({0, len(content), *chain.from_iterable(self.sentences)})
        pieces = (f"{title}\n", *(content[start:end] for start, end in pairwise(edges)))
        return "".join(piece for piece in pieces if not self.hides(piece))


KindOf = Callable[[EntityId], str]
"""Entity -> its type; empty for one that the site does not name."""


def is_asked(question: Question, article: AskedArticle) -> bool:
    """True if what a question says of the article as a whole holds."""
    head = article.head
    for key in KEYWORDS:
        if (wanted := getattr(question, key)) and article.keywords(key).isdisjoint(wanted):
            return False
    if question.about and not _has_any(article.entities(), question.about):
        return False
    if question.independent and article.is_copy():
        return False
    if question.saved_since and (head.saved or "") < question.saved_since:
        return False
    return question.find == "dates" or _within(question, (head.date or "")[:10])


def matches(
    question: Question, article: AskedArticle, opened: Callable[[], Passages], kind_of: KindOf
) -> Iterator[AnswerRow]:
    """Yield the rows by which an article that is asked answers; `opened` reads the article if its text is needed."""
    match question.find:
        case "articles":
            if _is_answer(question, article, opened, kind_of):
                yield AnswerRow(str(article.head.id), article.head.id, (article.head.date or "")[:10])
        case "names":
            yield from _names(question, article, opened, kind_of)
        case _:
            keys: set[str] = set()
            for row in _passages(question, article.head, opened(), kind_of):
                if row.key not in keys:
                    keys.add(row.key)
                    yield row


def _within(question: Question, day: str) -> bool:
    """True if a day lies between those of a question; if one is unknown, only if the question has none."""
    if not (question.since or question.until):
        return True
    return bool(day) and day >= question.since[: len(day)] and (not question.until or day <= question.until)


def _is_answer(question: Question, article: AskedArticle, opened: Callable[[], Passages], kind_of: KindOf) -> bool:
    """True if an article has the names and words that are asked for, two names in one sentence."""
    of, beside = question.of, question.beside
    if question.type and not any(kind_of(entity) in question.type for entity in article.entities()):
        return False
    if not all(_has_any(article.entities(), names) for names in (of, beside) if names):
        return False
    if question.words and not wanted_words(question.words).stand_in(opened().searched(article.head.title)):
        return False
    if of and beside:
        sentences = (bounds for bounds in opened().sentences if _has_any(opened().named(*bounds), of))
        return any(_is_asked_there(replace(question, words=""), opened(), bounds) for bounds in sentences)
    return True


def _has_any(named: Iterable[EntityId], asked: Container[str]) -> bool:
    return any(entity in asked for entity in named)


def _names(
    question: Question, article: AskedArticle, opened: Callable[[], Passages], kind_of: KindOf
) -> Iterator[AnswerRow]:
    """Yield a row for each name of an article; if a question has words or a second name, of its sentences with them."""
    head, entities = article.head, article.entities()
    if question.beside or question.words:
        passages = opened()
        stretches = (bounds for bounds in passages.sentences if _is_asked_there(question, passages, bounds))
        entities = (entity for bounds in stretches for entity in passages.named(*bounds))
    for entity in dict.fromkeys(entities):
        kind = kind_of(entity)
        asked = entity not in question.beside and entity not in question.about
        if kind and asked and (not question.type or kind in question.type):
            yield AnswerRow(str(entity), head.id, (head.date or "")[:10], entity=entity)


def _is_asked_there(question: Question, passages: Passages, bounds: tuple[int, int]) -> bool:
    """True if a sentence has the words and the second name of a question, and no private name."""
    sentence = passages.text.content[slice(*bounds)]
    if question.beside and not _has_any(passages.named(*bounds), question.beside):
        return False
    if question.words and not wanted_words(question.words).stand_in(sentence):
        return False
    return not passages.hides(sentence)


def _passages(question: Question, head: ArticleHead, passages: Passages, kind_of: KindOf) -> Iterator[AnswerRow]:
    """Yield the sentences, quotations, dates or highlights of an article that a question asks for."""
    day, wanted = (head.date or "")[:10], wanted_words(question.words) if question.words else None
    for row, searched in _rows(question.find, head.id, day, passages):
        around = passages.named(*passages.around(row.start, row.end))
        speaking = (row.entity,) if row.entity else around
        if question.of and not _has_any(speaking, question.of):
            continue
        if question.beside and not _has_any(around, question.beside):
            continue
        if question.type and not any(kind_of(entity) in question.type for entity in speaking):
            continue
        if wanted and not wanted.stand_in(searched):
            continue
        if question.find == "dates" and not _within(question, row.day):
            continue
        if not passages.hides(f"{searched} {row.attribution}"):
            named = passages.named(row.start, row.end)
            yield replace(row, names=tuple(entity for entity in named if kind_of(entity)))


def _rows(find: str, article: ArticleId, day: str, passages: Passages) -> Iterator[tuple[AnswerRow, str]]:
    """Yield all passages of a kind in an article, each with the text that words are looked for in."""
    content = passages.text.content
    if find == "dates":
        for dated in (one for one in passages.dated if not one.is_aside):
            end = passages.around(dated.start, dated.start + 1)[1]
            row = _row(article, dated.date, (dated.start, end), dated.text, dated.anchor)
            key = _key(article, dated.date, dated.text)
            row = replace(row, key=key, until=dated.until, reckoned=dated.relative, ahead=dated.ahead)
            yield row, dated.text
    elif find == "quotations":
        for quote in passages.quotes:
            row = _row(article, day, (quote.start, quote.end), quote.text, passages.block(quote.start)[1])
            key = _key(article, quote.speaker, quote.text)
            spoken = replace(row, key=key, entity=quote.speaker, attribution=quote.attribution)
            yield spoken, quote.text
    elif find == "highlights":
        for mark in passages.highlights:
            row = _row(article, day, (mark.start, mark.end), mark.text, mark.anchor)
            yield replace(row, note=mark.note), f"{mark.text}\n{mark.note}"
    else:
        for start, end in passages.sentences:
            kind, anchor = passages.block(start)
            if kind not in NO_SENTENCES:
                yield _row(article, day, (start, end), content[start:end], anchor), content[start:end]


def _row(article: ArticleId, day: str, bounds: tuple[int, int], text: str, anchor: str) -> AnswerRow:
    line = " ".join(text.split())
    return AnswerRow(_key(article, line), article, day, *bounds, line, anchor)


def _key(*parts: str) -> str:
    return digest(*(" ".join(part.split()) for part in parts))[:_KEY]
