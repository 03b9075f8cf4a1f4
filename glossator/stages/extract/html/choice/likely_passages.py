"""Passages that are likely to be a page's text, by the chance of each to be its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from glossator.stages.extract.html.choice.calls_to_subscribe import without_calls
from glossator.stages.extract.html.choice.page_kind import ARTICLE
from glossator.stages.extract.html.choice.page_outline import Outline, PagePassage, inherited, unseen
from glossator.stages.extract.html.choice.shared_chances import of_lists, of_places
from glossator.stages.extract.html.parse.elements import HEADINGS
from glossator.stages.extract.text_comparison import SIZE, Wording, run_of

_SHORT = 200
"""Words from which a text is no short one: what outweighs it does not complete it."""
_LIKELY = 0.5
"""Chance from which a passage that is in none of the first readings is added if these differ."""
_SURE = 0.8
"""Chance from which a passage is added although the first two readings agree."""
_HEADLINE = 0.9
"""Chance from which a main heading is added."""
_SURE_HEADING = 0.5
"""Chance from which a heading is added although they agree."""
_LEADS = 0.5
"""Share of links in a heading from which it may be that of a teaser, so that its chance must be that of a passage."""
_UNLIKELY_END = 0.35
"""Chance below which a passage at either end of the text is no part of it, such as a call or a credit."""
_UNLIKELY = 0.25
"""Chance below which prose or a heading at an end, or a passage between others, is no part of it: more is lost so."""
_REFUSED = 0.1
"""Chance below which no form puts a passage back: that of a caption, or of a heading above a list, is often low."""
_MOST = 0.25
"""Share of the text's words that may go; more is no box."""
_QUESTION = 30
"""Words of a question, at most."""
_MENUS = ("menu", "menubar", "navigation")


def likely_text(
    page_outline: Outline, joined: Sequence[int], chances: Sequence[float], kind: str, *, agree: bool
) -> list[int]:
    """Return the indices of the passages that are the text of a page of a kind.

    `joined` are those that the first two readings have, joined; `agree` is true if the two do. `chances` are those of
    each passage to be the page's own.
    """
    sizes = [len(passage.tokens) for passage in page_outline.passages]
    if kind != ARTICLE:
        return likeliest(sizes, _without_menus(page_outline, sizes, of_places(page_outline, chances)))
    chances = of_lists(page_outline, chances)
    added = _added(page_outline, joined, chances, agree=agree)
    size = sum(sizes[number] for number in joined)
    if size >= _SHORT and sum(sizes[number] for number in added) > size:
        added = set()  # what outweighs an article does not complete it, such as a gallery between its paragraphs
    if added:
        added.intersection_update(without_calls(page_outline, list(range(len(sizes)))))
    return _without_unlikely(page_outline, sorted(added.union(joined)), chances)


def _without_menus(page_outline: Outline, sizes: Sequence[int], chances: Sequence[float]) -> Sequence[float]:
    """Return the chances with none for what is in a menu, unless most of the text is: no menu is a listing's entries.

    By folds it brings .004 of F1 on listings.
    """
    menus = inherited(page_outline, (block.tag == "nav" or block.role in _MENUS for block in page_outline.blocks))
    passages = zip(page_outline.passages, chances, strict=True)
    outside = [0.0 if menus[passage.block] else chance for passage, chance in passages]
    return outside if 2 * _own_words(sizes, outside) > _own_words(sizes, chances) else chances


def _added(page_outline: Outline, joined: Sequence[int], chances: Sequence[float], *, agree: bool) -> set[int]:
    """Return the passages that complete the first readings.

    None completes an article that is in it in the same words (.0005 of F1 on 701 articles, by folds), or that readers
    do not see (.0002). A question stays with its answer: 20 questions on 10 pages.
    """
    passages = page_outline.passages
    least = partial(_least, page_outline, agree=agree)
    inside = set(joined)
    likely = [n for n, chance in enumerate(chances) if n not in inside and chance > least(passages[n])]
    hidden = unseen(page_outline) if likely else [False] * len(page_outline.blocks)
    there = {run_of(passages[number].tokens) for number in (inside if likely else ())}
    added = set()
    for number in likely:
        passage, words_of = passages[number], run_of(passages[number].tokens)
        repeats = len(passage.tokens) >= SIZE and words_of in there
        if not (repeats or hidden[passage.block]):
            added.add(number)
            there.add(words_of)
    asked = {number - 1 for number in added if number and _is_question(passages[number - 1])}
    return added | asked.difference(inside)


def _is_question(passage: PagePassage) -> bool:
    return passage.text[-1] == "?" and len(passage.tokens) <= _QUESTION


def _least(page_outline: Outline, passage: PagePassage, *, agree: bool) -> float:
    """Return the chance from which a passage in a block is added; `agree` is true if the first two readings do."""
    tag = page_outline.blocks[passage.block].tag
    if tag == "h1":  # the headline is in the front matter; others stay between what stays
        return _HEADLINE
    if not agree:
        return _LIKELY
    if tag in HEADINGS:
        return _SURE if passage.linked > _LEADS * len(passage.text) else _SURE_HEADING
    return _SURE


def refused(page_outline: Outline, chances: Sequence[float], chosen: Wording) -> frozenset[int]:
    """Return the passages that no form puts back, each as one run of words; `chosen` is the text."""
    passages = zip(page_outline.passages, chances, strict=False)
    unlikely = {run_of(passage.tokens) for passage, chance in passages if chance < _REFUSED and passage.tokens}
    return frozenset(unlikely.difference(chosen.lines))


def _without_unlikely(page_outline: Outline, chosen: list[int], chances: Sequence[float]) -> list[int]:
    """Return the indices without those that are unlikely to be the article's, above all at both ends."""
    least = {number: _least_at_end(page_outline, page_outline.passages[number]) for number in chosen}
    first, last = 0, len(chosen)
    while last and chances[chosen[last - 1]] < least[chosen[last - 1]]:
        last -= 1
    while first < last and chances[chosen[first]] < least[chosen[first]]:
        first += 1
    remaining = [number for number in chosen[first:last] if chances[number] >= min(_UNLIKELY, least[number])]
    kept, whole = (sum(len(page_outline.passages[n].tokens) for n in numbers) for numbers in (remaining, chosen))
    return remaining if kept >= (1 - _MOST) * whole else chosen


def _least_at_end(page_outline: Outline, passage: PagePassage) -> float:
    """Return the chance below which a passage goes at an end; a heading without text below it goes later anyway."""
    tag = page_outline.blocks[passage.block].tag
    if tag == "pre":  # no box is code; .0005 on documentation
        return 0.0
    stays = tag in HEADINGS or passage.is_prose
    return _UNLIKELY if stays else _UNLIKELY_END


def likeliest(sizes: Sequence[int], chances: Sequence[float]) -> list[int]:
    """Return the indices of the passages with the greatest F1 to be expected, by their words and their chances.

    See Lipton, Elkan and Narayanaswamy, "Optimal thresholding of classifiers to maximize F1 measure", 2014.
    """
    order = sorted(range(len(sizes)), key=lambda number: -chances[number])
    whole = _own_words(sizes, chances)
    best, most, inside, right = 0, 0.0, 0, 0.0
    for number, index in enumerate(order, 1):
        inside += sizes[index]
        right += sizes[index] * chances[index]
        if inside and (f1 := 2 * right / (inside + whole)) > most:
            best, most = number, f1
    return sorted(order[:best])


def expected(sizes: Sequence[int], chances: Sequence[float], numbers: Iterable[int]) -> float:
    """Return the F1 to be expected of the passages with these numbers."""
    chosen = [(sizes[number], chances[number]) for number in numbers]
    inside = sum(size for size, _ in chosen)
    return 2 * sum(size * chance for size, chance in chosen) / max(1.0, inside + _own_words(sizes, chances))


def _own_words(sizes: Sequence[int], chances: Sequence[float]) -> float:
    """Return how many words are the page's own."""
    return sum(size * chance for size, chance in zip(sizes, chances, strict=True))
