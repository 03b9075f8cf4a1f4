"""Descriptors that the form of the text gives, without a parse: entries of lists, "X is a ...", and what X does.

They serve where a text has no apposition: on pages that list tools, books or places, most of what there is to say of
an entry stands behind its name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from glossator.model import Block, Descriptor, DescriptorKind, EntityType, Mention, Name, Text
from glossator.naming.heads import TYPES_BY_HEAD, contradicts, head_noun
from glossator.stages.annotate.categories import categories
from glossator.stages.annotate.lexicon.doing import PARTICIPLES, PAST, PRESENT
from glossator.stages.annotate.lexicon.function_words import FUNCTION_WORDS
from glossator.stages.annotate.lexicon.speech import VERBS
from glossator.stages.annotate.sentences import DATELINE

MOST_WORDS = 12
"""Words of a descriptor; more are a sentence."""

_WORD = re.compile(r"[^\s]+")
_RELATIVE = re.compile(r"(?:that|which|who|whose|where|because|but|so)(?=$|[’'])")
"""A word that begins a clause after a noun."""

_POINTING = re.compile(
    r"\b(?:you|your|we|our|us|I|my|me|this|that|these|those|he|she|his|her|they|them)\b", re.IGNORECASE
)
_COPULA = re.compile(
    r"(?:\s\([^()]{1,60}\))?,?\s(?:is|are|was|were)\s(?:now\s|still\s|also\s|currently\s|actually\s|simply\s|basically\s|essentially\s)?"
)
_ARTICLE = re.compile(r"(?:an?|the|one\sof\sthe|one)\s(?=[\w“\"'])")
_FOLLOWED = re.compile(
    r"(?:\s\([^()]{1,60}\))?(?:,\s[^,.;:]{1,80},)?\s(?:also\s|now\s|then\s|\w+ly\s)?(?P<verb>[a-z-]{3,})\s"
)
_GLOSSED = re.compile(r"(?:\s\([^()]{1,40}\))?\s?(?::|\s[–—-]|[–—])\s+(?=[\w“\"$])")
_APPOSED = re.compile(r"(?:\s\([^()]{1,40}\))?,\s(?:an?|the|one\sof\sthe)\s(?=[a-z\w])")
_BY = re.compile(r",?\s(?=(?:written|directed|created|published|developed|made)?\s?by\s[A-Z])")
_CALLED = re.compile(
    r"\b(?:an?|the)\s(?P<words>(?:[\w’'-]+\s){1,6}?)(?:called|named|known\sas|titled|entitled|dubbed)\s[“\"‘']?$"
)
_LEAD = re.compile(r"(?:[“\"'‘(\[*•·-]|\d+[.)]|the\s|\s)*", re.IGNORECASE)
_IT = re.compile(r"(?:It|This|The)(?:\s[a-z-]+){0,3}?\s(?P<verb>is|are|was|[a-z-]{3,}s)\s")
_GOVERNING = re.compile(
    r"(?!has|does|was|is|this)[a-z]+[^s]s\s"
    r"(?:the|an?|its|to|on|in|for|with|from|over|up|out|all|more|both|several|many|into|at|as|\d+)\s"
)
"""A verb in the present by its ending and by the word after it; what happened once tells little."""

_SPEECH = frozenset(VERBS)
_SUBJECT = re.compile(
    r".*(?:,|\b(?:and|but|that|when|while|as|because|if|since|where|although))\s(?:the\s)?", re.DOTALL
)
"""Words before the subject of a clause."""

_DEFINED = (
    EntityType.PRODUCT,
    EntityType.WORK,
    EntityType.ORGANISATION,
    EntityType.PLACE,
    EntityType.EVENT,
    EntityType.LAW,
    EntityType.GROUP,
)


def find_glosses(
    text: Text, named: tuple[Sequence[Name], Sequence[Mention]], sentences: Sequence[tuple[int, int]]
) -> Iterator[Descriptor]:
    """Yield descriptors of names in the order of the text, several of a name if there are several.

    `named` are the names and mentions of the text, `sentences` the bounds of its sentences.
    """
    names, mentions = named
    starts = [start for start, _ in sentences]
    blocks = text.blocks
    block_starts = [block.start for block in blocks]
    for position, mention in enumerate(mentions):
        at = bisect_right(starts, mention.start) - 1
        inside = bisect_right(block_starts, mention.start) - 1
        if at < 0 or inside < 0 or blocks[inside].kind in ("code", "related"):
            continue
        block = blocks[inside]
        end = sentences[at][1] if mention.end <= sentences[at][1] else block.end
        stop = min([end, block.end])
        place = _Place(text.content, sentences[at][0], stop, block, mention, names[mention.name].type)
        found = next(filter(None, _readings(place)), None)
        if (found is None or found[2] != "phrase") and block.kind != "heading":
            told = next(categories(text.content, (place.start, stop), (mention.start, mention.end), place.type), None)
            if told:
                yield Descriptor(told.start, told.end, told.words, mention.name, "phrase")
                continue
        if found is None and block.kind == "heading" and inside + 1 < len(blocks):
            found = _below(text.content, block, blocks[inside + 1], mention)
        if found and found[1] > found[0]:
            start, end, kind = found
            following = mentions[position + 1 : position + 2]
            if kind == "gloss" and following and following[0].start == start:
                continue
            yield Descriptor(start, end, text.content[start:end], mention.name, kind)


Found = tuple[int, int, DescriptorKind]
"""Start, end and kind of a descriptor."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A mention with its sentence and its block."""

    content: str
    start: int
    """Start of its sentence."""
    end: int
    """End of its sentence, or of its block."""
    block: Block
    mention: Mention
    type: EntityType

    @property
    def is_first(self) -> bool:
        """True if nothing but an article or a bullet precedes the mention in its sentence."""
        return _LEAD.fullmatch(self.content, self.start, self.mention.start) is not None

    @property
    def follows_comma(self) -> bool:
        """True if a comma stands before the mention."""
        return self.content.startswith(", ", max(self.start, self.mention.start - 2))


def _readings(place: _Place) -> Iterator[Found | None]:
    """Yield what each reading makes of the words around a mention, the surest first."""
    content, at, end = place.content, place.mention.end, place.end
    first, defined = place.is_first, place.type in _DEFINED
    if (opened := _COPULA.match(content, at, end)) and (first or defined or place.follows_comma):
        yield _after_copula(content, (opened.end(), end), place.type)
    if defined and (apposed := _APPOSED.match(content, at, end)):
        found = _phrase(content, (apposed.end(), end), place.type)
        yield found if found and head_noun(content[found[0] : found[1]]) in TYPES_BY_HEAD else None
    if defined and (called := _CALLED.search(content, max(place.start, place.mention.start - 80), place.mention.start)):
        words = called.group("words").strip()
        start = called.start("words")
        yield None if contradicts(words.split()[-1], place.type) else (start, start + len(words), "phrase")
    dated = DATELINE.match(content, place.block.start, place.block.end)
    if (
        first
        and not dated
        and place.block.kind != "heading"
        and (glossed := _GLOSSED.match(content, at, place.block.end))
    ):
        yield _gloss(content, (glossed.end(), place.block.end))
    if place.type is EntityType.WORK and (by := _BY.match(content, at, end)):
        bounds = _clause(content, by.end(), end)
        yield (*bounds, "gloss") if bounds else None
    subject = first or _SUBJECT.fullmatch(content, place.start, place.mention.start)
    if subject and (followed := _FOLLOWED.match(content, at, end)):
        yield _predicate(content, followed.start("verb"), end, followed.group("verb"))


def _after_copula(content: str, bounds: tuple[int, int], kind: EntityType) -> Found | None:
    start, end = bounds
    if article := _ARTICLE.match(content, start, end):
        return _phrase(content, (article.end(), end), kind)
    word = _WORD.match(content, start, end)
    bare = word.group().strip(",.") if word else ""
    if bare in PARTICIPLES:
        clause = _clause(content, start, end)
        return (*clause, "predicate") if clause else None
    return None


def _phrase(content: str, bounds: tuple[int, int], kind: EntityType) -> Found | None:
    clause = _clause(content, *bounds)
    if clause is None:
        return None
    words = content[slice(*clause)]
    if _POINTING.search(words) or contradicts(head_noun(words), kind):
        return None
    return (*clause, "phrase")


def _gloss(content: str, bounds: tuple[int, int]) -> Found | None:
    clause = _clause(content, *bounds)
    if clause is None or len(content[slice(*clause)].split()) < 2 or content[clause[0]].isdigit():
        return None
    return (*clause, "gloss")


def _predicate(content: str, start: int, end: int, verb: str) -> Found | None:
    if verb not in PRESENT and verb not in PAST and (verb in _SPEECH or not _GOVERNING.match(content, start, end)):
        return None
    clause = _clause(content, start, end)
    if clause is None or len(content[slice(*clause)].split()) < 3 or _POINTING.search(content[slice(*clause)]):
        return None
    return (*clause, "predicate")


def _below(content: str, heading: Block, block: Block, mention: Mention) -> Found | None:
    """Return what the first words below a heading tell of the name that it consists of."""
    if mention.end - mention.start < 0.6 * (heading.end - heading.start) or block.kind not in ("paragraph", "item"):
        return None
    start = block.start
    while start < block.end and content[start].isspace():
        start += 1
    stop = re.compile(r"[.!?](?:\s|$)").search(content, start, block.end)
    end = stop.start() if stop else block.end
    if article := re.compile(r"An?\s(?=[\w“\"'])").match(content, start, end):
        clause = _clause(content, article.end(), end)
        return (*clause, "gloss") if clause and not _POINTING.search(content[slice(*clause)]) else None
    if it := _IT.match(content, start, end):
        if it.group("verb") in ("is", "are", "was"):
            article = _ARTICLE.match(content, it.end(), end)
            clause = _clause(content, article.end() if article else it.end(), end)
            return (*clause, "gloss") if clause and not _POINTING.search(content[slice(*clause)]) else None
        return _predicate(content, it.start("verb"), end, it.group("verb"))
    return None


def _clause(content: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the bounds of the words from an offset to the end of their clause, MOST_WORDS at most."""
    last, ends = start, list[tuple[int, int]]()
    for word in _WORD.finditer(content, start, end):
        if (
            word.group() in ("–", "—", "-", "|", "(")
            or word.group()[0] in "([|"
            or "\n" in content[last : word.start()]
        ):
            break
        if len(ends) > 1 and _RELATIVE.match(word.group()):
            break
        bare = word.group().rstrip('.,;:!?”"’)')
        ends.append((word.start(), word.start() + len(bare)))
        last = word.end()
        if bare != word.group() and not (word.group().endswith(".") and _is_abbreviation(bare)):
            break
        if len(ends) > MOST_WORDS:
            break
    if len(ends) > MOST_WORDS:
        ends = ends[:MOST_WORDS]
    while ends and content[ends[-1][0] : ends[-1][1]] in FUNCTION_WORDS:
        ends.pop()
    return (start, ends[-1][1]) if ends and ends[-1][1] > start else None


def _is_abbreviation(word: str) -> bool:
    return len(word) == 1 or "." in word or word in ("St", "Dr", "Mr", "Mrs", "Ms", "vs", "No", "Jr", "Sr")
