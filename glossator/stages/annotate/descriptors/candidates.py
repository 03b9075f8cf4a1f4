"""Mentions of a name -> the candidates around them that may tell who or what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from glossator.stages.annotate.descriptors.tokenised import (
    FUNCTION,
    LINK,
    MARK,
    SPEAKS,
    STOP,
    WORD,
    TokenisedSentences,
)
from glossator.stages.annotate.lexicon.speech import VERBS
from glossator.stages.annotate.sentences import DATELINE

MENTIONS = 4
"""Mentions of a name, from its first on, around which candidates are looked for."""

FOLLOWED = 3
"""Mentions, from the first on, after whose sentence the next one is looked at."""

MOST_WORDS = 12
"""Words of a candidate."""

NEAR = 16
"""Tokens after a mention in which a candidate may begin."""

CLAUSES = 3
"""Clauses after a mention in which a candidate may begin, besides the one at the mention."""

ENDS = 4
"""Boundaries at which a candidate from one beginning may end."""

PHRASE = 4
"""Words before a mention of which each may begin a candidate; others must begin a clause."""

COPULAS = frozenset("is are was were be been being".split())
ADVERBS = frozenset(
    "now still also currently actually simply basically essentially only just once then formerly".split()
)
DETERMINERS = frozenset("a an the its his her their this that these those".split())
"""Words that begin no descriptor: what they point to stands elsewhere."""
JOINTS = frozenset("of and for the".split())
"""Function words within a noun phrase."""
RELATIVES = frozenset("who which that whose where".split())
SUBJECTS = frozenset("it he she they this these its his her their the".split())
"""Words at the beginning of a sentence that is about what the one before named."""
ALONE = frozenset("it he she they this".split())
"""Words of SUBJECTS that are the whole subject."""
BEFORE_NAMES = frozenset("called named titled dubbed mr mrs ms dr".split())
"""Words between a descriptor and the name that belong to neither, besides function words."""

SPEECH = frozenset(VERBS)
"""Words before which a comma ends a candidate: what follows is said, and tells nothing."""

PATTERNS = (
    "after",
    "after comma",
    "after bracket",
    "after colon",
    "after dash",
    "relative clause",
    "after copula",
    "later clause",
    "before",
    "clause before",
    "next sentence",
    "next sentence after copula",
    "below heading",
    "below heading after copula",
)
"""Places of a candidate: from the mention on, before it, in the next sentence, below a heading that is the name."""

CLAUSES_OF_VERBS = frozenset(
    {"after", "relative clause", "later clause", "clause before", "next sentence", "below heading"}
)
"""Patterns that have verbs: what somebody or something does."""

OPENING = {",": "after comma", "(": "after bracket", "[": "after bracket", ":": "after colon"} | dict.fromkeys(
    "–—-", "after dash"
)
CLOSING = frozenset("”\"’')")
HEADING = 0.6
"""Share of a sentence's tokens from which on a mention is all that the sentence says."""


class DescriptorCandidate(NamedTuple):
    """Words that may be a descriptor: tokens from `start` to before `end`."""

    pattern: str
    start: int
    end: int
    rank: int
    """Number of mentions of the name before this one."""
    total: int
    """Number of mentions of the name in the text."""
    mention: tuple[int, int]
    """Tokens of the mention."""
    sentence: tuple[int, int]
    """Tokens of the sentence of the mention."""


def candidates(tokens: TokenisedSentences, mentions: Sequence[tuple[int, int]]) -> Iterator[DescriptorCandidate]:
    """Yield candidates around the mentions of one name, given by their offsets in the text; none twice."""
    seen: set[tuple[int, int]] = set()
    for rank, (start, end) in enumerate(mentions[:MENTIONS]):
        mention = tokens.tokens_of(start, end)
        index = tokens.sentence_of(mention[0])
        if index < 0 or mention[1] > tokens.sentences[index][1]:
            continue
        sentence = tokens.sentences[index]
        around = [*_after(tokens, mention, sentence), *_before(tokens, mention[0], sentence[0])]
        if rank < FOLLOWED and index + 1 < len(tokens.sentences):
            whole = mention[1] - mention[0] >= HEADING * (sentence[1] - sentence[0])
            around += _next(tokens, tokens.sentences[index + 1], whole=whole)
        for pattern, first, last in around:
            if (first, last) not in seen and not any(flags & SPEAKS for flags in tokens.flags[first:last]):
                seen.add((first, last))
                yield DescriptorCandidate(pattern, first, last, rank, len(mentions), mention, sentence)


Place = tuple[str, int]
"""A pattern, and the token where a candidate begins."""


def _after(
    tokens: TokenisedSentences, mention: tuple[int, int], sentence: tuple[int, int]
) -> Iterator[tuple[str, int, int]]:
    """Yield the candidates of a sentence from a mention to the end of the sentence."""
    begin, end = sentence
    if begin == mention[0] and DATELINE.match(tokens.text, tokens.starts[begin]):
        return
    for pattern, start in (*_at_mention(tokens, mention[1], end), *_later(tokens, mention[1], end)):
        yield from ((pattern, start, last) for last in _ends(tokens, start, end))


def _at_mention(tokens: TokenisedSentences, at: int, end: int) -> Iterator[Place]:
    """Yield where a candidate begins that follows the mention at once."""
    while at < end and tokens.forms[at] in CLOSING:
        at += 1
    pattern = PATTERNS[0]
    if at < end and tokens.flags[at] & MARK:
        if tokens.forms[at] not in OPENING:
            return
        pattern = OPENING[tokens.forms[at]]
        at += 1
        if at + 1 < end and tokens.forms[at].isdigit() and tokens.forms[at + 1] == ",":
            at += 2  # an age
    if at < end and tokens.forms[at] in RELATIVES:
        pattern, at = "relative clause", at + 1
    if at < end:
        copula = _after_copula(tokens, at, end)
        yield (pattern, _skip_determiner(tokens, at, end)) if copula is None else ("after copula", copula)


def _later(tokens: TokenisedSentences, at: int, end: int) -> Iterator[Place]:
    """Yield where candidates begin in the clauses that follow, behind a mark or a linking word."""
    clauses = 0
    for boundary in range(at + 1, min(end - 1, at + NEAR)):
        if tokens.flags[boundary] & (MARK | LINK) and clauses < CLAUSES:
            clauses += 1
            first = boundary + 1
            while first < end and not tokens.flags[first] & WORD:
                first += 1
            if first < end:
                copula = _after_copula(tokens, first, end)
                later = ("later clause", _skip_determiner(tokens, first, end))
                yield later if copula is None else ("after copula", copula)


def _before(tokens: TokenisedSentences, at: int, begin: int) -> Iterator[tuple[str, int, int]]:
    """Yield the candidates of a sentence that end before a mention."""
    end = _trimmed(tokens, begin, at)
    while end > begin and tokens.forms[end - 1] in BEFORE_NAMES:
        end = _trimmed(tokens, begin, end - 1)
    words, is_phrase = 0, True
    for start in range(end - 1, begin - 1, -1):
        flags = tokens.flags[start]
        is_phrase = is_phrase and (not flags & FUNCTION or tokens.forms[start] in JOINTS)
        if flags & STOP or words == MOST_WORDS:
            return
        if not flags & WORD:
            continue
        words += 1
        begins = start == begin or not tokens.flags[start - 1] & WORD or bool(tokens.flags[start - 1] & FUNCTION)
        if words <= PHRASE and not flags & FUNCTION:
            yield "before" if is_phrase else "clause before", start, end
        elif begins and tokens.forms[start] not in DETERMINERS:
            yield "clause before", start, end


def _next(tokens: TokenisedSentences, sentence: tuple[int, int], *, whole: bool) -> Iterator[tuple[str, int, int]]:
    """Yield the candidates of the sentence after a mention's; `whole` if the mention is all that its own one says."""
    begin, end = sentence
    if begin == end or not (whole or tokens.forms[begin] in SUBJECTS):
        return
    pattern = "below heading" if whole else "next sentence"
    places = list[Place]()
    for at in range(begin, min(begin + PHRASE, end)):
        copula = _after_copula(tokens, at, end)
        if copula is not None:
            places.append((f"{pattern} after copula", copula))
            break
    else:
        places.append((pattern, _skip_determiner(tokens, begin, end)))
    if tokens.forms[begin] in ALONE:
        places.append((pattern, begin + 1))
    for name, start in places:
        yield from ((name, start, last) for last in _ends(tokens, start, end))


def _after_copula(tokens: TokenisedSentences, at: int, end: int) -> int | None:
    """Return the token after a copula, adverbs and a determiner; None if there is no copula."""
    if tokens.forms[at] not in COPULAS:
        return None
    at += 1
    while at < end and tokens.forms[at] in ADVERBS:
        at += 1
    return _skip_determiner(tokens, at, end)


def _skip_determiner(tokens: TokenisedSentences, at: int, end: int) -> int:
    return at + 1 if at < end and tokens.forms[at] in DETERMINERS else at


def _ends(tokens: TokenisedSentences, start: int, end: int) -> Iterator[int]:
    """Yield where a candidate from a token may end: at the boundaries of clauses, and after the most words."""
    found = list[int]()
    words = 0
    for at in range(start, end):
        flags = tokens.flags[at]
        words += bool(flags & WORD)
        if words > MOST_WORDS or (at > start and flags & (MARK | LINK)):
            found.append(at)
            spoken = at + 1 < end and flags & MARK and tokens.forms[at + 1] in SPEECH
            if words > MOST_WORDS or flags & STOP or spoken or len(found) == ENDS:
                break
    else:
        found.append(end)
    yield from dict.fromkeys(last for boundary in found if (last := _trimmed(tokens, start, boundary)) > start)


def _trimmed(tokens: TokenisedSentences, start: int, end: int) -> int:
    """Return the end of a candidate without marks and function words at its end."""
    while end > start and tokens.flags[end - 1] & (MARK | FUNCTION):
        end -= 1
    return end
