"""The second pass: all other mentions of the names that were found in a text, with the words that belong to them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import msgspec

from glossator.model import Block, EntityType, Text
from glossator.stages.annotate import demonyms, well_known_places
from glossator.stages.annotate.lexicon import GENERIC, NEVER, TITLES
from glossator.stages.annotate.mentions.spans import Span, overlapping, without_overlap
from glossator.stages.annotate.mentions.words_beside import as_club, whole_person
from glossator.stages.annotate.prose import capitals_tell, is_all_capitals

READ = ("paragraph", "item", "quote", "cell", "caption", "heading")
"""Kinds of block in which names are marked."""

_WORD = re.compile(r"\w+")
_NOT_SMALL = re.compile(r"(?<!\w)[^\Wa-z]\w*")
"""Words that do not begin with a small letter, which are few; searching for them is quick."""
_SMALL = re.compile(r"(?<![\w@./])[a-zà-ÿ]+(?![\w@/]|\.\w)")
"""Words in small letters, except those of an address."""

_SURNAME = 2
"""Letters that a single word must have to be looked for as part of a person's name."""

Known = Mapping[str, EntityType]
Forms = Mapping[str, Sequence[tuple[str, EntityType]]]
"""Forms and types by first word, longest first."""


class SearchForms(msgspec.Struct, frozen=True):
    """The forms that are looked for in one article."""

    forms: Forms
    singles: frozenset[str]
    """Words that are a person only if no other name is beside them."""
    places: Forms
    """Well-known places."""


def propagate(text: Text, spans: Sequence[Span], *, places: bool = True, english: bool = True) -> tuple[Span, ...]:
    """Return the spans and the overlooked ones; a longer known name replaces a span that it covers.

    If `places` is True, well-known places are looked for too, by their English names. If `english` is True, capitalised
    words beside an overlooked name may belong to it.
    """
    headlines = [block for block in text.blocks if not capitals_tell(text.content[block.start : block.end])]
    spans = _drop_loose_spans(text.content, spans, headlines)
    searched = search_forms(text.content, spans, _places() if places else {})
    occurrences = _found(text, searched, [block for block in text.blocks if block.kind in READ])
    prose = [block for block in text.blocks if block.kind in READ and block not in headlines]
    if not english:
        return tuple(without_overlap([*spans, *occurrences]))
    towns = (span for span in occurrences if span.type is EntityType.PLACE)
    in_blocks = ((town, block) for town in towns if (block := _block_around(town, prose)))
    clubs = (club for town, block in in_blocks if (club := as_club(text.content, town, block)))
    starts = {span.start for span in spans}
    together = without_overlap([*spans, *occurrences, *clubs])
    return tuple(
        whole_person(text.content, block, together, index)
        if span.start not in starts and (block := _block_around(span, prose))
        else span
        for index, span in enumerate(together)
    )


def _block_around(span: Span, blocks: Sequence[Block]) -> Block | None:
    at = bisect_right(blocks, span.start, key=lambda block: block.start) - 1
    return blocks[at] if at >= 0 and span.start < blocks[at].end else None


def _drop_loose_spans(content: str, spans: Sequence[Span], headlines: Sequence[Block]) -> list[Span]:
    """Drop spans in headlines that contain a name known from the prose and more: there every word has a capital."""
    if not headlines:
        return list(spans)
    inside = {span for span in spans if _block_around(span, headlines)}
    firm = [span for span in spans if span not in inside]
    forms = {content[span.start : span.end].upper() for span in firm}
    occurrences = _found(Text(content, tuple(headlines)), search_forms(content, firm, _places()), headlines)
    return [
        span
        for span in spans
        if span not in inside
        or content[span.start : span.end].upper() in forms
        or not any(other.end - other.start < span.end - span.start for other in overlapping(occurrences, span))
    ]


def _found(text: Text, searched: SearchForms, blocks: Sequence[Block]) -> list[Span]:
    capitals = SearchForms(_upper(searched), searched.singles, searched.places)
    begins_small = _a_place_begins_small() or any(map(_begins_small, searched.forms))
    first_words = _WORD if begins_small else _NOT_SMALL
    occurrences: list[Span] = []
    for block in blocks:
        forms = capitals if is_all_capitals(text.content[block.start : block.end]) else searched
        words = first_words.finditer(text.content, block.start, block.end)
        occurrences += _known_after(text.content, words, block.end, forms)
    return occurrences


def search_forms(content: str, spans: Sequence[Span], everywhere: Forms) -> SearchForms:
    """Return the forms to look for: those of the spans, parts of people's names, and the places in `everywhere`."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for span in spans:
        votes[content[span.start : span.end]][span.type] += 1
    lower = set(_SMALL.findall(content))
    kinds = {form: types.most_common(1)[0][0] for form, types in votes.items() if _worth(form, lower)}
    singles = dict.fromkeys(part for form, kind in kinds.items() if kind is EntityType.PERSON for part in _parts(form))
    places = well_known_places.places()
    names = {part: EntityType.PERSON for part in singles if part.lower() not in lower and part not in places}
    names.update(kinds)
    return SearchForms(_by_first_word(names), frozenset(part for part in singles if part not in kinds), everywhere)


@cache
def _places() -> Forms:
    """Return the well-known places, as they are and in capitals."""
    return _by_first_word(dict.fromkeys(well_known_places.places(), EntityType.PLACE))


@cache
def _a_place_begins_small() -> bool:
    return any(map(_begins_small, _places()))


def _worth(form: str, lower: set[str]) -> bool:
    """True if a form differs from ordinary words: it has several, or one that the text never writes small."""
    words = form.split()
    if len(words) > 1:
        return True
    is_name = form.islower() or form.lower() not in lower
    return len(form) > 1 and form not in GENERIC and form not in NEVER and is_name and "\n" not in form


_NO_SURNAMES = GENERIC | NEVER | TITLES


def _parts(form: str) -> Iterator[str]:
    """Yield the first and last word of a person's name, by which the text may go on to mention the person."""
    words = form.split()
    if len(words) > 1 and "\n" not in form:
        for word in (words[-1], words[0]):
            if len(word) >= _SURNAME and word[0].isupper() and word not in _NO_SURNAMES:
                yield word
        if words[-2].islower():
            yield " ".join(words[-2:])


def _longest(entry: tuple[str, EntityType]) -> tuple[int, str]:
    return -len(entry[0]), entry[0]


def _by_first_word(names: Known) -> Forms:
    table: dict[str, list[tuple[str, EntityType]]] = defaultdict(list)
    for form, kind in names.items():
        if first := _WORD.search(form):
            table[first.group()].append((form[first.start() :], kind))
    return {first: sorted(entries, key=_longest) for first, entries in table.items()}


def _upper(prose: SearchForms) -> dict[str, list[tuple[str, EntityType]]]:
    table: dict[str, dict[str, EntityType]] = defaultdict(dict)
    for first, entries in prose.forms.items():
        for form, kind in entries:
            table[first.upper()].setdefault(form.upper(), kind)
    return {first: sorted(forms.items(), key=_longest) for first, forms in table.items()}


def _begins_small(word: str) -> bool:
    return word[0].islower()


def _known_after(content: str, words: Iterator[re.Match[str]], end: int, searched: SearchForms) -> Iterator[Span]:
    """Yield the known forms that begin with one of the words and end before an offset, none overlapping another."""
    start = 0
    for word in words:
        first = word.group()
        if (first not in searched.forms and first not in searched.places) or word.start() < start:
            continue
        here, everywhere = searched.forms.get(first, ()), searched.places.get(first, ())
        entries = sorted((*here, *everywhere), key=_longest) if here and everywhere else here or everywhere
        for form, kind in entries:
            stop = word.start() + len(form)
            if stop <= end and content.startswith(form, word.start()) and _stands_alone(content, word.start(), stop):
                if form in searched.singles and _has_neighbour(content, word.start(), stop):
                    continue
                yield Span(word.start(), stop, kind)
                start = stop
                break


def _stands_alone(content: str, start: int, end: int) -> bool:
    """True if a name begins and ends here: no letter, no part of an address or an amount of money is beside it."""
    before, after = content[max(0, start - 2) : start], content[end : end + 2]
    if (
        before[-1:].isalnum()
        or after[:1].isalnum()
        or after[:1] in ("$", "@", "_")
        or before[-1:] in ("@", "#", "_", "$")
    ):
        return False
    if before[-1:] in ("'", "’") and before[:1].isalpha():
        return False
    if (after[:1] == "." and after[1:].islower()) or (
        before[-1:] in (".", "/") and before[:1].isalpha() and len(before) > 1
    ):
        return False
    if (after[:1] == "-" and after[1:].isupper()) or (
        before[-1:] == "-" and before[:1].isalpha() and content[start].isupper()
    ):
        return well_known_places.is_place(content[start:end]) or content[start:end].isupper() or not after[1:].isupper()
    return True


def _has_neighbour(content: str, start: int, end: int) -> bool:
    """True if another capitalised word is beside a word, so that it is part of some other name."""
    following = re.match(r" ([A-Z][\w-]+)", content[end : end + 40])
    word_before = re.search(r"([A-Z][\w-]*|[A-Z]\.) $", content[max(0, start - 40) : start])
    if word_before and word_before.group(1) not in TITLES and not demonyms.is_demonym(word_before.group(1)):
        opening = max(0, start - 41 + word_before.start())
        lead = content[max(0, start - 40) : start][: word_before.start()].rstrip()
        return bool(lead) and lead[-1] not in '.!?:“"' and opening > 0
    return bool(following)
