"""Text of a page's article: our own scorer's choice and an independent extractor's, joined, judged and completed.

Every passage has a chance to be the page's own. Of an article, passages that are likely to be missing are added to what
the first two readings have, and those that are unlikely go. Of a page of another kind, such as a thread, those passages
are taken that are likely to be its text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from glossator.stages.extract.html.choice.calls_to_subscribe import without_calls
from glossator.stages.extract.html.choice.judge_readings import chances_of_kinds, judges
from glossator.stages.extract.html.choice.likely_passages import expected, likely_text, refused
from glossator.stages.extract.html.choice.page_kind import ARTICLE, KINDS, LISTING, kind_of, kind_signs, series
from glossator.stages.extract.html.choice.page_outline import NO_HINTS, Hints, Outline, outline
from glossator.stages.extract.html.choice.passage_signs import Opinions, passage_signs
from glossator.stages.extract.html.choice.passage_words import passage_words, weights_of
from glossator.stages.extract.html.choice.readability_scores import article
from glossator.stages.extract.html.choice.reconcile_readings import contained, reconcile
from glossator.stages.extract.text_comparison import NO_WORDS, Wording, agreement, worded, wording, words

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
_BESIDE = 15
"""Passages before and behind the text that are judged if the first readings agree."""
_ARTICLE = 0.65
"""Chance below which a page that is taken for an article may be none."""
_BETTER = 0.4
"""F1 by which more must be expected of what such a page has as another kind."""
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
    """Passages that two independent methods take for the text of a page; the lists have their indices."""

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
    is_whole = sum(sizes) < _SHORT and len(text.tokens) >= _NEARLY * sum(sizes)
    doubt = 1 - expected(sizes, judged.chances, judged.numbers) if judged.chances and not is_whole else 0.0
    return Choice(text, readings, name, doubt, judged.kind, refused(page_outline, judged.chances, text))


def first_readings(page: HtmlElement, page_outline: Outline) -> FirstReadings:
    """Return our scorer's reading, the extractor's, and both joined."""
    scored = article(page_outline, words(page.findtext(".//title") or ""))
    # Fast: without trafilatura's fallback extractors, which double the time; our scorer takes their role.
    extracted = wording(_extracted(page) if _is_moderate(page, page_outline) else "")
    in_extracted = contained(page_outline, extracted) if extracted.text else ()
    joined = without_calls(page_outline, reconcile(page_outline, scored, in_extracted) if in_extracted else scored)
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
    kinds = chances_of_kinds(judges().kinds, kind_signs(page_outline, series(page_outline), hints))
    kind = kind_of(kinds, hints.types)
    agree = not first.differ(judges().agreed)

    def judged_as(kind: str) -> JudgedPassages:
        part = judged_part(page_outline, first, agree=agree, kind=kind)
        rows = passage_signs(page_outline, opinions(page_outline, first), hints, kinds, part)
        weights_of_words = weights_of(passage_words(page_outline, part), judges().words)
        rows = [[*row, *weights] for row, weights in zip(rows, weights_of_words, strict=True)]
        own = (judges().passages if kind == ARTICLE else judges().other_passages).chances(rows)
        chances = [0.0] * part.start + own + [0.0] * (len(page_outline.passages) - part.stop)
        return JudgedPassages(likely_text(page_outline, first.joined, chances, kind, agree=agree), chances, kind)

    judged = judged_as(kind)
    if kind == ARTICLE and not agree and is_unsure(kinds):
        sizes = [len(passage.tokens) for passage in page_outline.passages]
        return likelier(sizes, judged, judged_as(LISTING))
    return judged


def is_unsure(kinds: Sequence[float]) -> bool:
    """True if a page that is taken for an article may be none, by the chances of its kinds."""
    return kinds[KINDS.index(ARTICLE)] < _ARTICLE


def likelier(sizes: Sequence[int], as_article: JudgedPassages, as_other: JudgedPassages) -> JudgedPassages:
    """Return an article's text, or what the page has if it is none, if much more is to be expected of that.

    By folds listings gain .027 of F1 so, two pages of 63 that had nothing of their entries. With less to be expected,
    or on pages on which the first readings agree, as many pages lose as gain.
    """
    own, other = (expected(sizes, as_other.chances, judged.numbers) for judged in (as_article, as_other))
    return msgspec.structs.replace(as_other, kind=ARTICLE) if other > own + _BETTER else as_article


def judged_part(page_outline: Outline, first: FirstReadings, *, agree: bool, kind: str = ARTICLE) -> range:
    """Return the indices of the passages to be judged: of all, or of an article on which the first readings agree.

    Then those around these readings.
    """
    number = len(page_outline.passages)
    if kind != ARTICLE or not agree or not first.joined:
        return range(number)
    return range(max(0, first.joined[0] - _BESIDE), min(number, first.joined[-1] + _BESIDE + 1))


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
