"""Text of a page's article: our own scorer's choice and an independent extractor's, joined, judged and completed.

What is unlikely to be the article's goes at both ends. If the first two differ, passages that are likely to be missing
are added. Of a page of another kind, such as a thread, those passages are taken that are likely to be its text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import msgspec
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from glossator.stages.extract.html.choice.calls_to_subscribe import without_calls
from glossator.stages.extract.html.choice.judge_readings import judges
from glossator.stages.extract.html.choice.page_kind import ARTICLE, THREAD, evened, kind_of, kind_signs, series
from glossator.stages.extract.html.choice.page_outline import NO_HINTS, Hints, Outline, PagePassage, outline, unseen
from glossator.stages.extract.html.choice.passage_signs import Opinions, passage_signs
from glossator.stages.extract.html.choice.passage_words import passage_words, weights_of
from glossator.stages.extract.html.choice.readability_scores import article
from glossator.stages.extract.html.choice.reading_signs import NO_CHANCES, agreement, page_text, signs
from glossator.stages.extract.html.choice.reconcile_readings import contained, reconcile
from glossator.stages.extract.html.parse.elements import HEADINGS
from glossator.stages.extract.text_comparison import NO_WORDS, SIZE, Wording, run_of, worded, wording, words

_LARGE = 20_000
"""Blocks of a page that only the scorer reads: the extractor's time grows faster than the page."""
_MANY = 30_000
"""Elements of a page that only the scorer reads, three times as many as in the largest of 932 real pages."""
_LONG = 2_000_000
"""Characters of a page that only the scorer reads."""
_SHORT = 200
"""Words of a page that holds little besides its article."""
_NEARLY = 0.8
"""Share of a short page's words from which a text is all of it, so that nothing is in doubt."""
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
JOINED, EXTENDED, JUDGED = "joined", "extended", "judged"
BY_KIND = {ARTICLE: EXTENDED, THREAD: JUDGED, "documentation": EXTENDED, "listing": JUDGED}
"""Reading that is taken of a page of a kind. Documentation is written like an article."""
FURTHER = (JUDGED, "stated")
"""Readings that are made only if the first two differ, if the page is no article, or if a person chose one."""
ON_REQUEST = ("precise", "compared")
"""Readings that are made only if a person chose one: they cost more than they are better."""


class Choice(msgspec.Struct, frozen=True):
    """Text of a page's article, and the readings that it was chosen from; a line for each passage."""

    wording: Wording = NO_WORDS
    """The text with its words; empty if no article is found."""
    readings: Mapping[str, Wording] = msgspec.field(default_factory=dict)
    """Texts by name of the reading: see `signs.READINGS`."""
    name: str = JOINED
    """Name of the reading that was chosen."""
    doubt: float = 0.0
    """Estimate, from 0 to 1, of how much of the text is wrong or missing."""
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
        return self.readings.get("scored", NO_WORDS)

    @property
    def extracted(self) -> str:
        """Text that the extractor chooses; empty if it was not run, or has found no article."""
        return self.readings.get("extracted", NO_WORDS).text


class FirstReadings(msgspec.Struct, frozen=True):
    """Readings that are made of every page; the lists have the indices of passages."""

    scored: list[int]
    joined: list[int]
    texts: dict[str, Wording]
    """Texts by name of the reading."""
    extracted: Sequence[bool] = ()
    """True for each passage that the extractor found; empty if it found no article."""

    def differ(self, agreed: float) -> bool:
        """True if the scorer's and the extractor's are both there, and have less than `agreed` in common."""
        scored, extracted = self.texts["scored"], self.texts["extracted"]
        return bool(extracted.text) and agreement(scored.runs, extracted.runs) < agreed


def choose(page: HtmlElement, hints: Hints = NO_HINTS) -> Choice:
    """Choose the text of the page's article. The tree is not changed.

    The text in the page's structured data is used if nothing else is found.
    """
    page_outline = outline(page)
    if not page_outline.blocks:
        return Choice(wording(hints.stated))
    first = first_readings(page, page_outline)
    readings, chances, kind, usual = dict(first.texts), NO_CHANCES, ARTICLE, JOINED
    if _is_moderate(page, page_outline):
        kinds = judges().kinds_of(kind_signs(page_outline, series(page_outline), hints))
        kind = kind_of(kinds, hints.types)
        usual = BY_KIND[kind]
        agree = kind == ARTICLE and hints.chosen not in FURTHER and not first.differ(judges().agreed)
        part = judged_part(page_outline, first, agree=agree)
        rows = passage_signs(page_outline, opinions(page_outline, first), hints, kinds, part)
        weights_of_words = weights_of(passage_words(page_outline, part), judges().words)
        rows = [[*row, *weights] for row, weights in zip(rows, weights_of_words, strict=True)]
        judged = judges().chances_of(rows, article=kind == ARTICLE)
        chances = [0.0] * part.start + judged + [0.0] * (len(page_outline.passages) - part.stop)
        readings |= further_readings(page_outline, first, chances, kind, agree=agree)
        readings |= {} if agree else {"stated": wording(hints.stated)}
    if hints.chosen in ON_REQUEST:
        readings[hints.chosen] = wording(_extracted(page, fast=hints.chosen == "precise"))
    choice = _chosen(page_outline, hints, readings, chances, usual)
    return msgspec.structs.replace(choice, kind=kind, refused=_refused(page_outline, chances, choice.wording))


def _chosen(
    page_outline: Outline, hints: Hints, readings: Mapping[str, Wording], chances: Sequence[float], usual: str
) -> Choice:
    """Choose among readings; `usual` is the one that is taken of a page of this kind."""
    seen = page_text(page_outline, hints.title, hints.description, len(words(hints.stated)))
    rows = signs(seen, readings, chances, (usual, hints.chosen))
    name = next((name for name in (hints.chosen, usual) if name in rows), JOINED)
    text = readings[name]
    if _is_empty(text.text):
        # The extractor joins the lines of the stated text.
        text = wording(max(text.text, hints.stated, readings["extracted"].text, key=len))
    if sum(seen.sizes) < _SHORT and len(text.tokens) >= _NEARLY * sum(seen.sizes):
        return Choice(text, readings, name)
    return Choice(text, readings, name, judges().doubt_about(rows[name]) if name in rows else 1.0)


def first_readings(page: HtmlElement, page_outline: Outline) -> FirstReadings:
    """Return our scorer's reading, the extractor's, and both joined."""
    scored = article(page_outline, words(page.findtext(".//title") or ""))
    # Fast: without trafilatura's fallback extractors, which double the time; our scorer takes their role.
    extracted = wording(_extracted(page, recall=True) if _is_moderate(page, page_outline) else "")
    in_extracted = contained(page_outline, extracted) if extracted.text else ()
    joined = reconcile(page_outline, scored, in_extracted) if in_extracted else scored
    joined = without_calls(page_outline, joined)
    usual = _worded(page_outline, joined)
    as_scored = usual if scored == joined else _worded(page_outline, scored)
    return FirstReadings(scored, joined, {JOINED: usual, "scored": as_scored, "extracted": extracted}, in_extracted)


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


def judged_part(page_outline: Outline, first: FirstReadings, *, agree: bool) -> range:
    """Return the indices of the passages to be judged: of all, or, if the first two readings agree, around these."""
    number = len(page_outline.passages)
    if not agree or not first.joined:
        return range(number)
    return range(max(0, first.joined[0] - _BESIDE), min(number, first.joined[-1] + _BESIDE + 1))


def further_readings(
    page_outline: Outline, first: FirstReadings, chances: Sequence[float], kind: str, *, agree: bool
) -> dict[str, Wording]:
    """Return the readings that need a judge, by name.

    `chances` are those of each passage to belong to the article; `agree` is true if the first two readings do.
    """
    sizes = [len(passage.tokens) for passage in page_outline.passages]
    size = sum(sizes[number] for number in first.joined)
    added = _added(page_outline, first, chances, kind, agree=agree)
    if kind == ARTICLE and size >= _SHORT and sum(sizes[number] for number in added) > size:
        added = set()  # what outweighs an article does not complete it, such as a gallery between its paragraphs
    completed = without_calls(page_outline, sorted(added.union(first.joined)))
    extended = _without_unlikely(page_outline, completed, chances)
    text = first.texts[JOINED] if extended == first.joined else _worded(page_outline, extended)
    if agree:
        return {EXTENDED: text}
    judged = likeliest(sizes, evened(page_outline, chances))
    return {EXTENDED: text, JUDGED: _worded(page_outline, judged)}


def _added(
    page_outline: Outline, first: FirstReadings, chances: Sequence[float], kind: str, *, agree: bool
) -> set[int]:
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
        repeats = kind == ARTICLE and len(passage.tokens) >= SIZE and words_of in there
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
    expected = sum(size * chance for size, chance in zip(sizes, chances, strict=True))
    best, most, inside, right = 0, 0.0, 0, 0.0
    for number, index in enumerate(order, 1):
        inside += sizes[index]
        right += sizes[index] * chances[index]
        if inside and (f1 := 2 * right / (inside + expected)) > most:
            best, most = number, f1
    return sorted(order[:best])


def _is_empty(text: str) -> bool:
    return len(text.split(maxsplit=_ENOUGH)) <= _ENOUGH


def _worded(page: Outline, numbers: list[int]) -> Wording:
    """Return the text of passages, a line for each."""
    passages = [page.passages[number] for number in numbers]
    return worded("\n".join(passage.text for passage in passages), [passage.tokens for passage in passages])


def _extracted(page: HtmlElement, *, fast: bool = True, recall: bool = False) -> str:
    """Return what the extractor finds: nothing superfluous if it is fast, unless it is to miss nothing."""
    try:
        document = bare_extraction(
            page, include_comments=False, fast=fast, favor_recall=recall, favor_precision=fast and not recall
        )
    except Exception:  # noqa: BLE001 -- an extractor that fails on a page has no voice; the scorer decides
        return ""
    return (document.text or "") if document is not None and not isinstance(document, dict) else ""
