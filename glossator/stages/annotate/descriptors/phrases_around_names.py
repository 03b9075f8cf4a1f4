"""Mentions of a name -> the candidates around them that may tell who or what it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from glossator.naming.head_nouns import COPULAS, LINKS, types_of_noun
from glossator.naming.lexicon import COURTESY_TITLES
from glossator.stages.annotate.descriptors.tokenised import (
    CAPITAL,
    FUNCTION,
    MARK,
    STOP,
    WORD,
    TokenisedSentences,
)
from glossator.stages.annotate.descriptors.wording import FINITE, is_noun_phrase
from glossator.stages.annotate.lexicon import CONJUNCTIONS, PREPOSITIONS, TITLES, VERBS
from glossator.text import DATELINE

MENTIONS = 3
"""Mentions of a name, from its first on, around which candidates are looked for: later ones tell little that is new."""

MOST_WORDS = 20
"""Words of a candidate. One that would be longer is none: its end is cut."""

ENDS = 4
"""Boundaries at which a candidate from one beginning may end."""

PHRASE = 6
"""Words before a mention, of which each may begin a candidate."""

ADVERBS = frozenset(
    "now still also currently actually simply basically essentially only just once then formerly".split()
)
DETERMINERS = frozenset("a an the its his her their this that these those".split())
"""Words that begin no descriptor: what they point to stands elsewhere."""
JOINTS = frozenset("of and for the".split())
"""Function words within a noun phrase."""
JOINTS_BEFORE = JOINTS - {"for"}
"""Function words within a noun phrase before a name: of "painter for the agency Orla" the last noun tells."""
LAST_MEMBERS = frozenset("and or".split())
"""Words before the last member of an enumeration."""
RELATIVES = frozenset("who which that".split())
PRONOUNS = frozenset("it he she they".split())
SUBJECTS = PRONOUNS | {"this"}
"""Words before which no noun phrase ends: what follows them is a verb."""
DANGLING = ADVERBS | frozenset(
    "also best better called commonly dubbed formally including known like named such".split()
)
"""Words that end no descriptor: what they lead to stands behind the boundary, as in "a port, known as"."""
BEFORE_NAMES = COURTESY_TITLES | frozenset("called named titled dubbed".split())
"""Words between a descriptor and the name that belong to neither, besides function words."""

SPEECH = frozenset(VERBS)
"""Words before which a comma ends a candidate: what follows is said, and tells nothing."""

JOINTS_OF_MEMBERS = LAST_MEMBERS | frozenset("&+/")
"""Words and marks that join members of one phrase, unless a clause begins behind them."""

PARTING = LAST_MEMBERS | frozenset("&:") | (PREPOSITIONS - {"like", "of"})
"""Words and marks between words and a name that part them: "the lamp shop and Orla", "an app for Orla"."""

EXAMPLES = frozenset("like such including includes include".split())
"""Words that lead to a list of examples."""

_NOT_IN_PHRASES = SUBJECTS | SPEECH
_CLAUSES = SUBJECTS | SPEECH | FINITE
_LEADING = PREPOSITIONS - CONJUNCTIONS
_LEADING_ON = (_LEADING - LINKS) | {"the", "a", "an"}

PATTERNS = (
    "after comma",
    "after bracket",
    "after colon",
    "after dash",
    "after copula",
    "before",
    "below heading after copula",
)
"""Places of a candidate: from the mention on, before it, below a heading that is the name."""

OPENING = {",": "after comma", "(": "after bracket", "[": "after bracket", ":": "after colon"} | dict.fromkeys(
    "–—-", "after dash"
)
CLOSING = frozenset("”\"’')")
HEADING = 0.5
"""Share of a sentence's characters from which on a mention is all that the sentence says."""


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


def sentences_to_read(
    sentences: Sequence[tuple[int, int]], named: Iterable[Sequence[tuple[int, int]]]
) -> list[tuple[int, int]]:
    """Return the bounds of the sentences in which candidates are looked for; `named` are the mentions of each name."""
    begins = [begin for begin, _ in sentences]
    chosen = set[int]()
    for mentions in named:
        for mention in mentions[:MENTIONS]:
            index = bisect_right(begins, mention[0]) - 1
            if index >= 0:
                chosen |= {index, index + 1} if _is_heading(mention, sentences[index]) else {index}
    return [sentences[index] for index in sorted(chosen) if index < len(sentences)]


def candidates(tokens: TokenisedSentences, mentions: Sequence[tuple[int, int]]) -> Iterator[DescriptorCandidate]:
    """Yield candidates around the mentions of one name, given by their offsets in the text; none twice.

    `tokens` are those of `sentences_to_read`.
    """
    seen: set[tuple[int, int]] = set()
    for rank, (start, end) in enumerate(mentions[:MENTIONS]):
        mention = tokens.tokens_of(start, end)
        index = tokens.sentence_of(mention[0])
        if index < 0 or mention[0] == mention[1] or mention[1] > tokens.sentences[index][1]:
            continue
        sentence = tokens.sentences[index]
        around = [*_after(tokens, mention, sentence), *_before(tokens, mention, sentence)]
        if _is_heading((start, end), tokens.sentence_bounds[index]) and index + 1 < len(tokens.sentences):
            around += _below(tokens, mention, tokens.sentences[index + 1])
        for pattern, first, last in around:
            if (first, last) in seen or tokens.speaks(first, last) or _is_divided(tokens, pattern, first, last):
                continue
            if not is_noun_phrase(tokens, pattern, first, last):
                continue
            seen.add((first, last))
            yield DescriptorCandidate(pattern, first, last, rank, len(mentions), mention, sentence)


def _is_divided(tokens: TokenisedSentences, pattern: str, start: int, end: int) -> bool:
    """True if words before a name are no noun phrase: "she films Captain", "said Captain", "weeks the port"."""
    if pattern != "before":
        return False
    forms = tokens.forms[start:end]
    again = any(form in DETERMINERS and before not in JOINTS for before, form in pairwise(forms))
    follows_subject = start > 0 and tokens.forms[start - 1] in SUBJECTS  # what follows "she" is a verb
    return again or follows_subject or not _NOT_IN_PHRASES.isdisjoint(forms) or forms[-1] in DANGLING


def _is_heading(mention: tuple[int, int], sentence: tuple[int, int]) -> bool:
    return mention[1] - mention[0] >= HEADING * (sentence[1] - sentence[0])


Place = tuple[str, int]
"""A pattern, and the token where a candidate begins."""


def _after(
    tokens: TokenisedSentences, mention: tuple[int, int], sentence: tuple[int, int]
) -> Iterator[tuple[str, int, int]]:
    """Yield the candidates of a sentence from a mention to the end of the sentence."""
    begin, end = sentence
    if begin == mention[0] and DATELINE.match(tokens.text, tokens.starts[begin]):
        return
    place = _at_mention(tokens, mention[1], end)
    if place and not (place[0] == "after copula" and _is_led_by_preposition(tokens, begin, mention[0])):
        pattern, start = place
        if pattern == "after comma" and _is_member(tokens, begin, mention[0], start):
            return  # the next of a list
        yield from ((pattern, start, last) for last in _ends(tokens, start, end))


def _is_led_by_preposition(tokens: TokenisedSentences, begin: int, at: int) -> bool:
    """True if a preposition leads to a mention, which then is no subject: "a café in Velm is a ..."."""
    while at > begin and tokens.forms[at - 1] in DETERMINERS:
        at -= 1
    return at > begin and tokens.forms[at - 1] in _LEADING


def _at_mention(tokens: TokenisedSentences, at: int, end: int) -> Place | None:
    """Return where a candidate begins that follows the mention at once, if one does."""
    while at < end and tokens.forms[at] in CLOSING:
        at += 1
    pattern = ""
    if at < end and tokens.flags[at] & MARK:
        if tokens.forms[at] not in OPENING:
            return None
        pattern = OPENING[tokens.forms[at]]
        at += 1
        while at < end and tokens.forms[at] in CLOSING:
            at += 1  # "Velm," in American typography
        if at + 1 < end and tokens.forms[at].isdigit() and tokens.forms[at + 1] == ",":
            at += 2  # an age
    if at < end and tokens.forms[at] in RELATIVES:
        pattern, at = "", at + 1
    if at == end:
        return None
    copula = _after_copula(tokens, at, end)
    if copula is not None:
        return "after copula", copula
    return (pattern, _skip_determiner(tokens, at, end)) if pattern else None


def _before(
    tokens: TokenisedSentences, mention: tuple[int, int], sentence: tuple[int, int]
) -> Iterator[tuple[str, int, int]]:
    """Yield the candidates of a sentence that end before a mention."""
    at, begin = mention[0], sentence[0]
    end = tokens.trimmed(begin, at)
    if not PARTING.isdisjoint(tokens.forms[end:at]) or _ends_list(tokens, end, mention, sentence):
        return
    while end > begin and tokens.forms[end - 1] in BEFORE_NAMES:
        end = tokens.trimmed(begin, end - 1)
    if tokens.forms[end] == "." or (end == at and _is_first_name(tokens, end - 1)):
        return  # the last word is a title, cut short, or a part of the name: "Skerry Gov.", "writer Ada"
    for start in range(end - 1, max(begin, end - PHRASE) - 1, -1):
        flags = tokens.flags[start]
        if not flags & WORD or (flags & FUNCTION and tokens.forms[start] not in JOINTS_BEFORE):
            return
        # What follows a word with a capital is the rest of a name or of a title.
        if not flags & FUNCTION and _is_whole_beginning(tokens, start, begin):
            yield "before", start, end


def _is_first_name(tokens: TokenisedSentences, token: int) -> bool:
    """True if a token before a mention is capitalised, and no noun that tells a type."""
    written = tokens.text[tokens.starts[token] : tokens.ends[token]]
    return bool(tokens.flags[token] & CAPITAL) and written not in TITLES and not types_of_noun(tokens.forms[token])


def _ends_list(tokens: TokenisedSentences, end: int, mention: tuple[int, int], sentence: tuple[int, int]) -> bool:
    """True if words and a mention behind a comma are of one list: "the lamp shop, Orla, or Velm"."""
    first, last = mention
    is_followed = last + 1 < sentence[1] and tokens.forms[last] == "," and tokens.forms[last + 1] in LAST_MEMBERS
    is_led = not EXAMPLES.isdisjoint(tokens.forms[max(sentence[0], end - PHRASE) : end])
    return (is_followed or is_led) and "," in tokens.forms[end:first]


def _is_member(tokens: TokenisedSentences, begin: int, at: int, start: int) -> bool:
    """True if a name at a token is of a list, and words from `start` on are its next member.

    `begin` is where the sentence begins. A list has "such as", or a capitalised word and a comma before the name: not
    "Today, Ada Brandt, founder". Words with an article explain.
    """
    if tokens.forms[start - 1] != ",":
        return False
    may_list = at > begin + 1 and tokens.forms[at - 1] == "," and bool(tokens.flags[at - 2] & CAPITAL)
    follows = may_list and (at - 2 > begin or bool(tokens.flags[start] & CAPITAL))
    return follows or not EXAMPLES.isdisjoint(tokens.forms[max(begin, at - 3) : at])


def _is_whole_beginning(tokens: TokenisedSentences, start: int, begin: int) -> bool:
    """True if a phrase may begin at a token of a sentence, whose begin is given: what stands before is no part of it.

    A noun, an adjective or "and" is, as in "custom | writing service", "founder and | editor"; a verb is not.
    """
    form, flags = tokens.forms[start - 1], tokens.flags[start - 1]
    if start == begin or form in _CLAUSES or form in PREPOSITIONS:
        return True
    if form == "the" and start - begin > 2 and tokens.flags[start] & tokens.flags[start - 3] & CAPITAL:
        return tokens.forms[start - 2] not in JOINTS  # within a name: "Party for the People leader"
    return form not in JOINTS_OF_MEMBERS and (flags & (FUNCTION | MARK) > 0 or form.endswith(("ed", "ing")))


def _below(
    tokens: TokenisedSentences, mention: tuple[int, int], sentence: tuple[int, int]
) -> Iterator[tuple[str, int, int]]:
    """Yield the candidates of the sentence below a heading that is a mention, if its subject is the name or "it"."""
    begin, end = sentence
    subjects = PRONOUNS.union(tokens.forms[slice(*mention)]) - DETERMINERS - JOINTS
    for at in range(begin, min(begin + PHRASE, end)):
        copula = _after_copula(tokens, at, end)
        if copula is not None:
            if not subjects.isdisjoint(tokens.forms[begin:at]):
                yield from (("below heading after copula", copula, last) for last in _ends(tokens, copula, end))
            return


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
    """Yield where a candidate from a token may end: at the boundaries of clauses, but not within an enumeration."""
    limit = min(end, tokens.after_words(start, MOST_WORDS))
    boundaries = list[int]()
    at = start
    while (at := _boundary_after(tokens, at, end)) < limit:
        if "," not in tokens.forms[start:at] or LAST_MEMBERS.isdisjoint(tokens.forms[at : at + 2]):
            boundaries.append(at)
        flags = tokens.flags[at]
        spoken = at + 1 < end and flags & MARK and tokens.forms[at + 1] in SPEECH
        if flags & STOP or spoken or len(boundaries) == ENDS:
            break
    else:
        boundaries += [end] if limit == end else []
    ends = dict.fromkeys(last for boundary in boundaries if (last := _finished(tokens, start, boundary)) > start)
    yield from (last for last in ends if _is_whole_end(tokens, last, end))


def _is_whole_end(tokens: TokenisedSentences, last: int, end: int) -> bool:
    """True if a phrase may end before a token of a sentence, whose end is given: nothing behind it is a part of it.

    What "and", "&" or a preposition joins is, unless a clause follows; and so is what goes on in capitals behind a
    comma: "Council on Tides, Lamps and Bells", "Velm, Skerry".
    """
    if last + 1 >= end:
        return True
    form = tokens.forms[last]
    if form == ",":
        return not tokens.flags[last - 1] & tokens.flags[last + 1] & CAPITAL
    if form in JOINTS_OF_MEMBERS:
        return tokens.forms[last + 1] in _CLAUSES
    return form not in _LEADING_ON


def _boundary_after(tokens: TokenisedSentences, at: int, end: int) -> int:
    """Return the first boundary after a token of a sentence; a full stop within the sentence abbreviates."""
    while (at := tokens.boundary_after(at)) + 1 < end and tokens.forms[at] == ".":
        pass
    return at


def _finished(tokens: TokenisedSentences, start: int, boundary: int) -> int:
    """Return the end of a candidate before a boundary, without words that lead to what stands behind it."""
    last = tokens.trimmed(start, boundary)
    while last > start and tokens.forms[last - 1] in DANGLING:
        last = tokens.trimmed(start, last - 1)
    return last
