"""The words with which a text introduces those it names, by the dependency parse of the introducing sentences.

A wrong descriptor is worse than none, so the head must be a common noun in the singular, or a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from glossator.model import Descriptor, EntityType, Mention, Name, Text
from glossator.stages.annotate.lexicon.roles import ALONE, BODIES, COURTESIES, ENTERPRISES, OFFICES, SPEAKERS, VAGUE
from glossator.stages.annotate.lexicon.words import TITLES
from glossator.stages.annotate.models import Pipeline
from glossator.stages.annotate.sentences import DATELINE

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

TRIES = 2
"""Mentions of a name, from its first on, in whose sentences an introduction is looked for."""

LONGEST = 150
"""Characters of a descriptor; a longer one is more likely a wrong parse than an introduction."""

LONG_TITLE = 7
"""Words that may precede a name as its title."""

_AFTER = re.compile(
    r"\s?,\s(?!(?:and|but|or|as|in|on|at|to|for|with|who|whose|which|where|while|when|said|says|was|is|has|had|[a-z]+ing)\s)"
    r"[a-z]+\s|,?\s(?:is|was)\s(?:an?|the|one)\s"
)
_BEFORE = re.compile(
    r"\b(?!(?:the|and|but|for|from|with|that|than|said|says|told|when|while|like|into|over|under|about|against|between|after|"
    r"before|since|until|because|where|which|whom|also|via|per|including|by|of|in|to|at|on|as|or|[a-z]+ing)\s)[a-z-]{3,},?\s$"
)
_UNFIT = re.compile(
    r"[“”\"\n:;()\[\]]|^(?:fellow|two|three|four|both|many|several|other|another|first|second|last|next)\b|"
    r"\b(?:his|her|its|their|our|my|your|said|says|such)\b",
    re.IGNORECASE,
)

_NAMES = (EntityType.PERSON, EntityType.ORGANISATION)


def find_descriptors(
    text: Text,
    named: tuple[Sequence[Name], Sequence[Mention]],
    sentences: Sequence[tuple[int, int]],
    pipeline: Pipeline,
) -> tuple[Descriptor, ...]:
    """Return at most one descriptor for each person and organisation; none if the pipeline does not parse English.

    `named` are the names and mentions of the text, `sentences` the bounds of its sentences.
    """
    found: dict[int, Descriptor] = {}
    if not (pipeline.parses and pipeline.english):
        return ()
    stretches = list(_candidates(text, named, sentences))
    for attempt in range(TRIES):
        # A name that its first mention introduces is not parsed again: parsing is slow.
        left = [(part, one) for part, one, number in stretches if number == attempt and one.name not in found]
        found |= _read(text, named, left, pipeline)
    return tuple(sorted(found.values(), key=lambda one: one.start))


def _read(
    text: Text,
    named: tuple[Sequence[Name], Sequence[Mention]],
    stretches: Sequence[tuple[tuple[int, int], Mention]],
    pipeline: Pipeline,
) -> dict[int, Descriptor]:
    """Return the descriptor of each name that is mentioned in some stretches of the text, from their parses."""
    wanted = list(dict.fromkeys(part for part, _ in stretches))
    found: dict[int, Descriptor] = {}
    parsed = dict(zip(wanted, pipeline.syntax(text.content[a:b] for a, b in wanted), strict=True))
    for (start, end), mention in stretches:
        span = parsed[start, end].char_span(mention.start - start, mention.end - start, alignment_mode="expand")
        if span is None or mention.name in found:
            continue
        if words := _descriptor(parsed[start, end], span, named[0][mention.name].type):
            left, right = start + words[0], start + words[1]
            if not _is_cut(text.content, left, right) and not _is_shared(text.content, (left, right), named):
                found[mention.name] = Descriptor(left, right, text.content[left:right], mention.name)
    return found


def _is_cut(content: str, left: int, right: int) -> bool:
    """True if a hyphen continues the words at either end."""
    return content[right : right + 1] == "-" or content[max(0, left - 1) : left] == "-"


def _is_shared(content: str, words: tuple[int, int], named: tuple[Sequence[Name], Sequence[Mention]]) -> bool:
    """True if the words contain a person beside "and": then they describe two people."""
    names, mentions = named
    return any(
        words[0] <= one.start < words[1]
        and names[one.name].type is EntityType.PERSON
        and " and " in (content[one.end : one.end + 5], content[max(0, one.start - 5) : one.start])
        for one in mentions
    )


def _candidates(
    text: Text, named: tuple[Sequence[Name], Sequence[Mention]], sentences: Sequence[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], Mention, int]]:
    """Yield the stretches in which one of a name's first mentions looks introduced.

    Each is the bounds of a part of a sentence, the mention, and the number of the name's mentions before it.
    """
    names, mentions = named
    seen: dict[int, int] = {}
    at = 0
    for mention in mentions:
        while at < len(sentences) and sentences[at][1] <= mention.start:
            at += 1
        if at == len(sentences) or names[mention.name].type not in _NAMES or seen.get(mention.name, 0) >= TRIES:
            continue
        start, end = sentences[at]
        if mention.end > end or text.content[end - 1] not in ".!?”\"’'":
            continue
        seen[mention.name] = seen.get(mention.name, 0) + 1
        start, end = _unquoted(text.content, (start, end), mention)
        before = text.content[max(start, mention.start - 24) : mention.start]
        if (
            _AFTER.match(text.content, mention.end)
            or _BEFORE.search(before)
            or (before.split()[-1:] and before.split()[-1] in TITLES)
        ):
            yield (start, end), mention, seen[mention.name] - 1


def _unquoted(content: str, sentence: tuple[int, int], mention: Mention) -> tuple[int, int]:
    """Return the bounds of a sentence around a mention, without dateline and quotations before and after it."""
    start, end = sentence
    if dateline := DATELINE.match(content, start, end):
        start = min(dateline.end(), mention.start)
    start = max(start, *(content.rfind(mark, start, mention.start) + 1 for mark in '“”"'))
    while start < mention.start and content[start] in " ,":
        start += 1
    marks = [at for mark in '“"' if (at := content.find(mark, mention.end, end)) >= 0]
    return start, min([end, *marks])


def _descriptor(doc: Doc, name: Span, kind: EntityType) -> tuple[int, int] | None:
    """Return the start and end of the descriptor in the sentence; None if no reading is safe."""
    for left, right in _readings(doc, name):
        first, last = left, right
        while first < last and doc[first].lower_ in ("the", "a", "an", "that", ","):
            first += 1
        while first < last and (
            (doc[last].is_punct and doc[last].text not in (".", "%")) or doc[last].text in COURTESIES
        ):
            last -= 1
        words = doc[first : last + 1]
        if last >= first and (last < name.start or first >= name.end) and _fits(words, kind):
            return words.start_char, words.end_char
    return None


def _readings(doc: Doc, name: Span) -> Iterator[tuple[int, int]]:
    """Yield first and last word of each reading that the parse offers: apposition, noun before, copula."""
    root = name.root
    for child in root.children:
        if child.dep_ == "appos" and child.i >= name.end and child.tag_ == "NN" and doc[name.end].text == ",":
            yield child.left_edge.i, _end(child)
    if root.dep_ == "appos" and root.head.i < name.start and root.head.tag_ == "NN":
        yield root.head.left_edge.i, name.start - 1
    edge = root.left_edge.i
    if name.start - LONG_TITLE <= edge < name.start and _is_role(doc[name.start - 1]):
        yield edge, name.start - 1
    if (
        root.dep_ == "nsubj"
        and root.head.lower_ in ("is", "was")
        and not any(child.dep_ == "neg" for child in root.head.children)
    ):
        for child in root.head.children:
            if (
                child.dep_ == "attr"
                and child.tag_ == "NN"
                and child.i > root.head.i
                and child.left_edge.i == root.head.i + 1
            ):
                yield child.left_edge.i, _end(child)


def _is_role(token: Token) -> bool:
    return token.tag_ == "NN" or (token.tag_ == "NNP" and token.text in TITLES)


def _end(head: Token) -> int:
    """Return the last word that belongs to a noun, before a clause or a list that follows a comma."""
    last = head.right_edge.i
    for token in head.doc[head.i + 1 : last + 1]:
        if token.dep_ in ("relcl", "conj", "cc", "appos", "advcl") and token.head.i <= head.i:
            edge = token.left_edge.i if token.dep_ != "cc" else token.i
            last = min(last, max(edge - 1, head.i))
        if token.text in (",", "–", "—", ";"):
            last = min(last, token.i - 1)
    return last


def _fits(words: Span, kind: EntityType) -> bool:
    """True if the words can introduce an entity of the type."""
    text, head = words.text, words.root
    if not 4 <= len(text) <= LONGEST or _UNFIT.search(text) or sum(token.like_num for token in words) > 1:
        return False
    if not any(map(_is_role, words)) or not (_is_role(head) or _is_role(words[-1])):
        return False
    if head.lower_ in VAGUE and (len(words) < 3 or head.lower_ not in ALONE):
        return False
    if len(words) == 1 and head.text in TITLES:
        return head.text in OFFICES
    if kind is EntityType.PERSON:
        return head.lower_ not in BODIES
    told = any(token.lower_.endswith(ENTERPRISES) for token in (head, words[-1]))
    return told and SPEAKERS.isdisjoint((head.lower_, words[-1].lower_))
