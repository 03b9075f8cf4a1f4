"""The sentence of a text that tells most about a name: one that says what it is, else one that says what it does.

What a name is may be said in words too vague to stand alone, and the whole sentence still tells a reader. The name is
the subject of the sentence, or the heading above one whose subject is "it", or the label of a noun phrase: a sentence
that merely holds the name tells of something else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from glossator.model import Block, Descriptor, DescriptorKind, Mention, Name, Text
from glossator.naming.head_nouns import DEFINITION, head_noun, types_of_noun, types_told
from glossator.stages.annotate.descriptors.wording import CURRENCIES, CUT, ENDING_IN_ING, FINITE
from glossator.stages.annotate.lexicon import FUNCTION_WORDS, PAST, PREPOSITIONS, PRESENT, TITLES
from glossator.text import DATELINE

SHORTEST = 30
"""Characters of a sentence to be quoted, at least."""

LONGEST = 240
"""Characters of a sentence to be quoted, at most."""

READ = 12
"""Mentions of a name, from its first on, whose sentences are compared."""

BLOCKS = frozenset({"paragraph", "item", "quote"})
"""Kinds of block that have sentences."""

DEFINING = 10
"""Weight of saying what a name is: more than all else."""

NOUN_FOLLOWS = ("a", "an", "one of")
"""Words behind "is" of which the noun phrase behind them says what a thing is, by itself."""

LEAST_WORDS = 2
MOST_WORDS = 12
"""Words of such a phrase, if it stands alone."""

INDEFINITE = ("a", "an", "another", "one of")
"""Words behind "is" that lead to what a thing is, whatever the noun; behind others, a noun has to tell a type."""

DOING = 4
"""Weight of saying in the present what the subject does; what it did weighs one less."""

_LEAD = re.compile(
    r"(?:[“\"'‘(\[•·*-]|\d+[.)]|\s)*"
    r"(?:(?:Also|And|But|Meanwhile|Now|So|Still|Then)(?:,|\sthen,?)?\s)?"
    r"(?:(?:After|As|At|Before|By|During|For|From|In|Last|On|Since|This|Under|When|While|With)\s[^.;:!?]{1,90},\s)?"
    r"(?:(?:[Tt]he|[Aa]n?|[Oo]ur)\s)?"
)
"""Words that may stand before the subject of a sentence: marks, an adverbial, an article."""
_VERB = re.compile(
    r"(?:\s\([^()]{1,60}\))?(?:,[^.;:]{1,100},)?\s(?:(?:also|just|now|still|then|\w+ly)\s)*(?P<verb>[a-z-]{2,})\s"
)
_PRAISED = re.compile(
    r"(?:[\w’'-]+\s){0,3}?(?:addition|alternative|attempt|bet|choice|example|favou?rite|fit|goodie|must|option|pick|way)\b"
)
"""The noun phrase of a sentence that recommends something, and says not what it is."""
_WHAT_FOLLOWS = re.compile(
    r"[,;:(–—?!]|(?<![A-Z])\.(?=\s|$)|\s-\s|\s(?:which|who|whose|whom|that|where|when|because|but|so|while|although|if|it|he|she|they|we|you"
    r"|(?:and|or)\s(?:\w+ed|are|can|has|have|is|was|will|it|he|she))\b"
)
"""The first mark or words behind a noun phrase that begin something else."""
_LABEL = re.compile(r"\s?(?:\([^()\d]{1,40}\)\s?)?(?::|\s[–—-])\s+(?:[Aa]n?|[Tt]he|[Oo]ne\sof)\s(?P<phrase>[^.;:]*)")
"""Marks behind the label of a noun phrase, and the phrase."""
_IT = re.compile(r"(?:It|He|She|This(?:\s[a-z]+){1,2})(?=\s)")
"""Words at the beginning of a sentence that mean what the heading above it names."""
_MARKS = "“\"'‘([•·*- 0123456789.)"
"""Marks and digits before the label of a sentence."""
_HEADING_MARKS = re.compile(r"(?:\d+[.):]|[\W_])*")
"""Number and marks before the words of a heading."""
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_WORD = re.compile(r"[\w’'.&-]+")
_NO_PREMODIFIER = FUNCTION_WORDS | PREPOSITIONS | FINITE
_PERSONAL = re.compile(r"\b(?:I|(?i:you|your|we|our|my|me|click|subscribe|read\smore)|us)\b")
_DEPENDENT = re.compile(r"(?:But|And|Or|So|It|He|She|They|This|That|These|Those|Then|However|Also|Here|There|If)\b")
_QUOTES = frozenset('“”„«»"')
"""Quotation marks: a sentence that is quoted has none within."""
_COMPLETE = re.compile(r"[.!?…][”\"’')]*$")


def find_sentences(
    text: Text,
    named: tuple[Sequence[Name], Sequence[Mention]],
    sentences: Sequence[tuple[int, int]],
    glosses: Iterable[tuple[bool, Descriptor]] = (),
) -> Iterator[Descriptor]:
    """Yield for each name that has any the sentence that tells most, the first of equals.

    `named` are the names and mentions of the text, `sentences` the bounds of its sentences, `glosses` the words that
    may say what a name is, each with True if they probably do.
    """
    starts = [start for start, _ in sentences]
    best: dict[int, tuple[int, int]] = {}
    worded = {(gloss.name, bisect_right(starts, gloss.start) - 1): 1 + is_likely for is_likely, gloss in glosses}
    for name, score, at in _weighed(text, named[1], sentences, worded):
        if score > best.get(name, (0, 0))[0]:
            best[name] = score, at
    for name, (score, at) in sorted(best.items()):
        start, end = sentences[at]
        kind: DescriptorKind = "definition" if score >= DEFINING else "sentence"
        yield Descriptor(start, end, " ".join(text.content[start:end].split()), name, kind)


def find_definitions(
    content: str, mentions: Iterable[Mention], sentences: Iterable[Descriptor]
) -> Iterator[Descriptor]:
    """Yield the noun phrase of each sentence that says by "is a" what a name is, if its noun tells a type."""
    defining = {sentence.name: sentence for sentence in sentences if sentence.kind == "definition"}
    for mention in mentions:
        sentence = defining.get(mention.name)
        if sentence is None or not sentence.start <= mention.start < sentence.end:
            continue
        del defining[mention.name]
        verb = _VERB.match(content, mention.end, sentence.end)
        definition = DEFINITION.match(content, verb.start("verb"), sentence.end) if verb else None
        if definition and definition["article"] in NOUN_FOLLOWS:
            start = definition.start("article" if " " in definition["article"] else "phrase")
            follows = _WHAT_FOLLOWS.search(content, start, sentence.end)
            words = content[start : follows.start() if follows else sentence.end].rstrip()
            is_abbreviated = follows and follows.group() == "." and follows.end() < sentence.end  # in St. Velm
            if _is_line(words) and not is_abbreviated:
                yield Descriptor(start, start + len(words), " ".join(words.split()), mention.name, "phrase")


def _is_line(phrase: str) -> bool:
    """True if a noun phrase tells a type by its noun, and is whole: no clause, no end that leads to what is cut off."""
    words, noun = phrase.split(), head_noun(phrase.removeprefix("one of "))
    if not LEAST_WORDS <= len(words) <= MOST_WORDS or not types_of_noun(noun.lower()) or _PRAISED.match(phrase):
        return False
    if any(sign in phrase for sign in (*CURRENCIES, "%")) or not FINITE.isdisjoint(phrase.partition(noun)[0].split()):
        return False
    is_cut = CUT.search(phrase) and words[-1] not in ENDING_IN_ING
    return not is_cut and words[-1] not in _NO_PREMODIFIER


def _weighed(
    text: Text,
    mentions: Sequence[Mention],
    sentences: Sequence[tuple[int, int]],
    worded: Mapping[tuple[int, int], int],
) -> Iterator[tuple[int, int, int]]:
    """Yield the names that sentences tell something of, each with the weight and the index of the sentence.

    `worded` has how likely a sentence, by its index, has words for a name.
    """
    starts, blocks = [start for start, _ in sentences], [block.start for block in text.blocks]
    seen: Counter[int] = Counter()
    for position, mention in enumerate(mentions):
        seen[mention.name] += 1
        at, inside = bisect_right(starts, mention.start) - 1, bisect_right(blocks, mention.start) - 1
        if seen[mention.name] > READ or at < 0 or inside < 0 or mention.end > sentences[at][1]:
            continue
        block = text.blocks[inside]
        if block.kind == "heading" and _is_all(text.content, block, mention):
            if at + 1 < len(sentences) and _is_below(text, inside, sentences[at + 1]):
                begin, end = sentences[at + 1]
                subject = _IT.match(text.content, begin, end)
                if subject and (score := _tells(text.content, (begin, end), subject.end())):
                    yield mention.name, score, at + 1
        elif block.kind in BLOCKS and (
            score := _score(text.content, sentences[at], mention, worded.get((mention.name, at), 0))
        ):
            following = mentions[position + 1 : position + 2]
            accompanied = bool(following) and following[0].start < sentences[at][1]
            yield mention.name, score + accompanied, at


def _is_all(content: str, heading: Block, mention: Mention) -> bool:
    """True if a mention is all that a heading says, besides its number and marks."""
    goes_on = _LETTER_OR_DIGIT.search(content, mention.end, heading.end)
    return not goes_on and _HEADING_MARKS.fullmatch(content, heading.start, mention.start) is not None


def _is_below(text: Text, heading: int, sentence: tuple[int, int]) -> bool:
    """True if a sentence is in the paragraph that follows a heading, whose index among the blocks is given."""
    following = text.blocks[heading + 1 : heading + 2]
    return any(block.kind == "paragraph" and block.start <= sentence[0] < block.end for block in following)


def _is_quotable(words: str) -> bool:
    """True if words are one whole sentence that asserts something, neither too short nor too long."""
    if not SHORTEST <= len(words) <= LONGEST:
        return False
    is_whole = "\n" not in words.strip() and bool(_COMPLETE.search(words)) and _QUOTES.isdisjoint(words)
    return is_whole and not words.rstrip("”\"’')").endswith("?")


def _score(content: str, sentence: tuple[int, int], mention: Mention, worded: int) -> int:
    """Return how much a sentence tells of a name that is its subject; 0 for another one, or one not to be quoted.

    With words that say what the name is (`worded`), its verb may be any.
    """
    start, end = sentence
    label = _LABEL.match(content, mention.end, end)
    if label and not content[start : mention.start].strip(_MARKS) and not DATELINE.match(content, start):
        return DEFINING if _is_told(content[start:end]) and types_told(label["phrase"]) else 0
    if not _is_subject(content, start, mention.start):
        return 0
    if worded and _is_told(content[start:end]) and _VERB.match(content, mention.end, end):
        return 1 + DEFINING * worded
    return _tells(content, sentence, mention.end)


def _is_told(words: str) -> bool:
    """True if words are a sentence to be quoted, which speaks of neither author nor reader."""
    return _is_quotable(words) and not _PERSONAL.search(words)


def _tells(content: str, sentence: tuple[int, int], subject: int) -> int:
    """Return how much a sentence tells of its subject, which ends at an offset, by its verb."""
    start, end = sentence
    words = content[start:end]
    verb = _VERB.match(content, subject, end)
    if verb is None or not _is_told(words):
        return 0
    definition = DEFINITION.match(content, verb.start("verb"), end)
    weight = DOING - bool(_DEPENDENT.match(words))
    if definition:
        if _PRAISED.match(definition["phrase"]):
            return 0
        return weight + DEFINING * (definition["article"] in INDEFINITE or bool(types_told(definition["phrase"])))
    return weight * (verb["verb"] in PRESENT) or (weight - 1) * (verb["verb"] in PAST)


def _is_subject(content: str, start: int, at: int) -> bool:
    """True if a name is the subject of its sentence: an adverbial may stand before it, and words that modify it."""
    lead = _LEAD.match(content, start, at)
    first = lead.end() if lead else start
    words = content[first:at].split()
    return all(map(_may_modify, words))


def _may_modify(word: str) -> bool:
    """True if a word may stand before a name that it is no part of: a title, a small word, whose it is."""
    if not _WORD.fullmatch(word) or word.lower() in _NO_PREMODIFIER or word.endswith("ing"):
        return False
    return word.islower() or word in TITLES or word.endswith(("’s", "'s"))
