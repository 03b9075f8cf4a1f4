"""Text of a page's article: our own scorer's choice and an independent extractor's, joined, judged and completed.

Every passage has a chance to be the page's own. Of an article, passages that are likely to be missing are added to what
the first two readings have, and those that are unlikely go. Of a page of another kind, such as a thread, those passages
are taken that are likely to be its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

import msgspec
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from glossator.stages.extract.html.choice.judge_readings import judges
from glossator.stages.extract.html.choice.page_kind import ARTICLE, kind_of, kind_signs, series
from glossator.stages.extract.html.choice.page_outline import NO_HINTS, Hints, Outline, PagePassage, outline, unseen
from glossator.stages.extract.html.choice.passage_signs import Opinions, passage_signs
from glossator.stages.extract.html.choice.passage_words import passage_words, weights_of
from glossator.stages.extract.html.choice.readability_scores import article
from glossator.stages.extract.html.choice.reconcile_readings import contained, reconcile
from glossator.stages.extract.html.choice.shared_chances import of_lists, of_places
from glossator.stages.extract.html.parse.elements import HEADINGS
from glossator.stages.extract.text_comparison import NO_WORDS, SIZE, Wording, agreement, run_of, worded, wording, words

_LARGE = 20_000
"""Blocks of a page that only the scorer reads: the extractor's time grows faster than the page."""
_MANY = 30_000
"""Elements of a page that only the scorer reads, three times as many as in the largest of 932 real pages."""
_LONG = 2_000_000
"""Characters of a page that only the scorer reads."""
_SHORT = 200
"""Words from which a text is no short one: what outweighs it does not complete it."""
_ENOUGH = 25
"""Words below which a text counts as empty."""
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
_BESIDE = 15
"""Passages before and behind the text that are judged if the first readings agree."""
_UNLIKELY_END = 0.35
"""Chance below which a passage at either end of the text is no part of it, such as a call or a credit."""
_UNLIKELY = 0.25
"""Chance below which prose or a heading at an end, or a passage between others, is no part of it: more is lost so."""
_MOST = 0.25
"""Share of the text's words that may go; more is no box."""
_QUESTION = 30
"""Words of a question, at most."""
JUDGED, SCORED, EXTRACTED, STATED = "judged", "scored", "extracted", "stated"
READINGS = (JUDGED, SCORED, EXTRACTED, STATED)
"""Readings of a page: the passages that are likely to be its text; our scorer's; the extractor's; the text in the
page's structured data. The first is taken unless a person chose another."""
EARLIER = MappingProxyType({"joined": JUDGED, "extended": JUDGED, "precise": EXTRACTED, "compared": EXTRACTED})
"""Names of readings that are made no more, and the nearest one that is."""


class Choice(msgspec.Struct, frozen=True):
    """Text of a page's article, and the readings that it was chosen from; a line for each passage."""

    wording: Wording = NO_WORDS
    """The text with its words; empty if no article is found."""
    readings: Mapping[str, Wording] = msgspec.field(default_factory=dict)
    """Texts by name of the reading."""
    name: str = JUDGED
    """Name of the reading that was chosen."""
    doubt: float = 0.0
    """Estimate, from 0 to 1, of how much of the text is wrong or missing: F1 to be expected of it, taken from 1."""
    kind: str = ARTICLE
    """Kind of the page: see `page_kind.KINDS`."""
    refused: frozenset[int] = frozenset()
    """Passages that are unlikely to be the article's and not in its text, each as one run of words."""

    @property
    def text(self) -> str:
        return self.wording.text

    @property
    def scored(self) -> Wording:
        """Text that our own scorer chooses."""
        return self.readings.get(SCORED, NO_WORDS)

    @property
    def extracted(self) -> str:
        """Text that the extractor chooses; empty if it was not run, or has found no article."""
        return self.readings.get(EXTRACTED, NO_WORDS).text


class FirstReadings(msgspec.Struct, frozen=True):
    """What two independent methods take for the page's text; the lists have the indices of passages."""

    scored: list[int]
    joined: list[int]
    """Both, joined passage by passage."""
    texts: dict[str, Wording]
    """Texts by name of the reading."""
    extracted: Sequence[bool] = ()
    """True for each passage that the extractor found; empty if it found no article."""

    def differ(self, agreed: float) -> bool:
        """True if the scorer's and the extractor's are both there, and have less than `agreed` in common."""
        scored, extracted = self.texts[SCORED], self.texts[EXTRACTED]
        return bool(extracted.text) and agreement(scored.runs, extracted.runs) < agreed


class JudgedPassages(msgspec.Struct, frozen=True):
    """Passages that are likely to be a page's text."""

    numbers: list[int]
    chances: Sequence[float] = ()
    """Chance of each passage of the page to be its own; empty if the page is too large to be judged."""
    kind: str = ARTICLE


def choose(page: HtmlElement, hints: Hints = NO_HINTS) -> Choice:
    """Choose the text of the page's article. The tree is not changed.

    The text in the page's structured data is used if nothing else is found.
    """
    page_outline = outline(page)
    if not page_outline.blocks:
        return Choice(wording(hints.stated))
    first = first_readings(page, page_outline)
    judged = JudgedPassages(first.joined)
    if _is_moderate(page, page_outline):
        judged = _judged(page_outline, first, hints)
    text = first.texts[SCORED] if judged.numbers == first.scored else _worded(page_outline, judged.numbers)
    readings = {JUDGED: text, **first.texts}
    wanted = EARLIER.get(hints.chosen, hints.chosen)
    if wanted == STATED:
        readings[STATED] = wording(hints.stated)
    name = wanted if wanted in readings and readings[wanted].tokens else JUDGED
    text = readings[name]
    if _is_empty(text.text):
        # The extractor joins the lines of the stated text.
        text = wording(max(text.text, hints.stated, readings[EXTRACTED].text, key=len))
    sizes = [len(passage.tokens) for passage in page_outline.passages]
    doubt = 1 - expected(sizes, judged.chances, judged.numbers) if judged.chances else 0.0
    return Choice(text, readings, name, doubt, judged.kind, _refused(page_outline, judged.chances, text))


def first_readings(page: HtmlElement, page_outline: Outline) -> FirstReadings:
    """Return our scorer's reading, the extractor's, and both joined."""
    scored = article(page_outline, words(page.findtext(".//title") or ""))
    # Fast: without trafilatura's fallback extractors, which double the time; our scorer takes their role.
    extracted = wording(_extracted(page) if _is_moderate(page, page_outline) else "")
    in_extracted = contained(page_outline, extracted) if extracted.text else ()
    joined = reconcile(page_outline, scored, in_extracted) if in_extracted else scored
    return FirstReadings(scored, joined, {SCORED: _worded(page_outline, scored), EXTRACTED: extracted}, in_extracted)


def opinions(page_outline: Outline, first: FirstReadings) -> Opinions:
    """Return which passages each of the first readings has."""
    number_of_passages = len(page_outline.passages)
    scored, joined = set(first.scored), set(first.joined)
    return Opinions(
        [number in scored for number in range(number_of_passages)],
        list(first.extracted) or [False] * number_of_passages,
        [number in joined for number in range(number_of_passages)],
    )


def _is_moderate(page: HtmlElement, page_outline: Outline) -> bool:
    """True if a page is small enough for the extractor."""
    if len(page_outline.blocks) >= _LARGE or sum(len(passage.text) for passage in page_outline.passages) >= _LONG:
        return False
    return bool(page.xpath("count(descendant::*)") < _MANY)


def _judged(page_outline: Outline, first: FirstReadings, hints: Hints) -> JudgedPassages:
    """Return the passages that are likely to be the text, by the judges of the package."""
    kinds = judges().kinds_of(kind_signs(page_outline, series(page_outline), hints))
    kind = kind_of(kinds, hints.types)
    agree = not first.differ(judges().agreed)
    part = judged_part(page_outline, first, agree=agree, kind=kind)
    rows = passage_signs(page_outline, opinions(page_outline, first), hints, kinds, part)
    weights_of_words = weights_of(passage_words(page_outline, part), judges().words)
    rows = [[*row, *weights] for row, weights in zip(rows, weights_of_words, strict=True)]
    judged = judges().chances_of(rows, article=kind == ARTICLE)
    chances = [0.0] * part.start + judged + [0.0] * (len(page_outline.passages) - part.stop)
    return JudgedPassages(likely_text(page_outline, first, chances, kind, agree=agree), chances, kind)


def judged_part(page_outline: Outline, first: FirstReadings, *, agree: bool, kind: str = ARTICLE) -> range:
    """Return the indices of the passages to be judged: of all, or of an article on which the first readings agree.

    Then those around these readings.
    """
    number = len(page_outline.passages)
    if kind != ARTICLE or not agree or not first.joined:
        return range(number)
    return range(max(0, first.joined[0] - _BESIDE), min(number, first.joined[-1] + _BESIDE + 1))


def likely_text(
    page_outline: Outline, first: FirstReadings, chances: Sequence[float], kind: str, *, agree: bool
) -> list[int]:
    """Return the indices of the passages that are the text of a page of a kind.

    `chances` are those of each passage to be the page's own; `agree` is true if the first two readings do.
    """
    sizes = [len(passage.tokens) for passage in page_outline.passages]
    if kind != ARTICLE:
        return likeliest(sizes, of_places(page_outline, chances))
    chances = of_lists(page_outline, chances)
    added = _added(page_outline, first, chances, agree=agree)
    size = sum(sizes[number] for number in first.joined)
    if size >= _SHORT and sum(sizes[number] for number in added) > size:
        added = set()  # what outweighs an article does not complete it, such as a gallery between its paragraphs
    return _without_unlikely(page_outline, sorted(added.union(first.joined)), chances)


def _added(page_outline: Outline, first: FirstReadings, chances: Sequence[float], *, agree: bool) -> set[int]:
    """Return the passages that complete the first readings.

    None completes an article that is in it in the same words (.0005 of F1 on 701 articles, by folds), or, if the first
    readings agree, that readers do not see; tabs of documentation are hidden, and repeat steps. A question stays with
    its answer: 20 questions on 10 of these articles.
    """
    passages = page_outline.passages
    least = partial(_least, page_outline, agree=agree)
    joined = set(first.joined)
    likely = [n for n, chance in enumerate(chances) if n not in joined and chance > least(passages[n])]
    hidden = unseen(page_outline) if agree and likely else [False] * len(page_outline.blocks)
    there = {run_of(passages[number].tokens) for number in (joined if likely else ())}
    added = set()
    for number in likely:
        passage, words_of = passages[number], run_of(passages[number].tokens)
        repeats = len(passage.tokens) >= SIZE and words_of in there
        if not (repeats or hidden[passage.block]):
            added.add(number)
            there.add(words_of)
    asked = {number - 1 for number in added if number and _is_question(passages[number - 1])}
    return added | asked.difference(joined)


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


def _refused(page_outline: Outline, chances: Sequence[float], chosen: Wording) -> frozenset[int]:
    passages = zip(page_outline.passages, chances, strict=False)
    unlikely = {run_of(passage.tokens) for passage, chance in passages if chance < _UNLIKELY and passage.tokens}
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


def _is_empty(text: str) -> bool:
    return len(text.split(maxsplit=_ENOUGH)) <= _ENOUGH


def _worded(page: Outline, numbers: list[int]) -> Wording:
    """Return the text of passages, a line for each."""
    passages = [page.passages[number] for number in numbers]
    return worded("\n".join(passage.text for passage in passages), [passage.tokens for passage in passages])


def _extracted(page: HtmlElement) -> str:
    """Return what the extractor finds if it is to miss nothing."""
    try:
        document = bare_extraction(page, include_comments=False, fast=True, favor_recall=True)
    except Exception:  # noqa: BLE001 -- an extractor that fails on a page has no voice; the scorer decides
        return ""
    return (document.text or "") if document is not None and not isinstance(document, dict) else ""
