"""Numbers of the draft's own sentences, held against the sentences of the archive that are about the same.

A number that several of the archive could be meant by is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from glossator.model import Analysis
from glossator.passages.words import words_of
from glossator.stages.proof.attribution import Publications
from glossator.stages.proof.counterparts import ABOUT, HALF, Counterpart, Likely, counterparts, likely_articles
from glossator.stages.proof.draft import ProofDraft
from glossator.stages.proof.findings import DraftFinding, DraftNumber, FindingKind, WordChange
from glossator.stages.proof.own_sentences import Own, own_sentences
from glossator.stages.proof.quantity import (
    Quantity,
    agree,
    counts_things,
    is_distinct,
    is_exactly,
    is_same_kind,
    is_written_alike,
    rounds,
)
from glossator.stages.proof.sources import SearchableArticle, SearchedArchive
from glossator.stages.proof.statements import NumberSentence

AROUND = 3
"""Sentences before and after one that say which articles it is about."""
FEWEST_SHARED = 2
"""Content words that both sentences share, at least."""
STRONG = 8.0
"""Product of score and coverage from which the likeliest article is the subject, whatever names there are."""
NAMED = 0.3
"""Part of what the draft's words say that the article has, at least, if its sentence has the names. Without it
four right numbers of 60 articles on other subjects are called wrong, with it none."""
RIVAL = 0.75
"""Part of the best score from which a sentence with yet another number leaves it open which one is meant."""
NEARLY_EQUAL = 0.7
"""Part of the words of the shorter sentence that are equal and in order in the other one, from which a number in the
place of another one is the number that was restated."""

Checked = tuple[DraftNumber, tuple[DraftFinding, ...]]
"""A number of the draft with the findings about it."""


def check_restatements(
    draft: ProofDraft, analysis: Analysis, archive: SearchedArchive, publications: Publications
) -> Iterator[Checked]:
    """Yield each number of the draft's own sentences, with the findings about it."""
    sentences = list(own_sentences(draft, analysis, publications))
    for at, own in enumerate(sentences):
        if own.figures:
            context = sentences[max(0, at - AROUND) : at] + sentences[at + 1 : at + 1 + AROUND]
            likely = likely_articles(own, context, archive, publications)
            for quantity in (figure.quantity for figure in own.figures):
                placed = list(_in_its_place(own, quantity, likely))
                if placed or quantity.start not in own.named:
                    yield _checked(draft, quantity, *_held_against(own, quantity, placed, likely))


def _held_against(
    own: Own, quantity: Quantity, placed: Sequence[Counterpart], likely: Sequence[Likely]
) -> tuple[Sequence[Counterpart], Sequence[Counterpart]]:
    """Return what says a number of the draft, and what says another one in its place."""
    if placed:
        agreeing = [other for other in placed if other.quantity is quantity or rounds(quantity, other.quantity)]
        return agreeing, () if agreeing else placed
    others = counterparts(own, likely)
    agreeing = [other for other in others if _supports(quantity, other, others[0].score)]
    return agreeing, () if agreeing else _against(own, quantity, others)


def _checked(
    draft: ProofDraft, quantity: Quantity, agreeing: Sequence[Counterpart], against: Sequence[Counterpart]
) -> Checked:
    """Return a number of the draft with the findings; it counts as compared only with what is about the same."""
    start, end = draft.source_span(quantity.start, quantity.end)
    text = draft.text.content[quantity.start : quantity.end]
    is_compared = any(_is_subject(each) for each in (*agreeing, *against))
    findings = tuple(_findings(draft, quantity, against)) if against else ()
    return DraftNumber(start, end, text, is_compared), findings


def _supports(quantity: Quantity, counterpart: Counterpart, best: float) -> bool:
    """True if the archive says the number of the draft, in a sentence that may be about the same."""
    other = counterpart.quantity
    if not agree(quantity, other):
        return False
    same = _may_be(quantity, other)
    if (same or counts_things(quantity, other)) and is_distinct(quantity) and is_exactly(quantity, other):
        return True
    is_said = same and rounds(quantity, other) and (not quantity.date or is_exactly(quantity, other))
    return counterpart.score >= (HALF * best if is_said else best)


def _against(own: Own, quantity: Quantity, others: Sequence[Counterpart]) -> list[Counterpart]:
    """Return the number that the archive has instead; none if that is not plain."""
    free = [other for other in others if not any(agree(each.quantity, other.quantity) for each in own.figures)]
    same = [other for other in free if is_same_kind(quantity, other.quantity)]
    alike = [
        other for other in free if is_written_alike(quantity, other.quantity) and _may_be(quantity, other.quantity)
    ]
    shaped = [
        other
        for other in same
        if (other.quantity.upper is None) == (quantity.upper is None) and other.quantity.value != 1
    ]
    for chosen in (alike, shaped or same):
        if not chosen:
            continue
        best = chosen[0]
        if not _is_close(best) or not _is_subject(best) or best.score < HALF * (same or chosen)[0].score:
            continue
        rivals = [other for other in chosen if other.score >= RIVAL * best.score]
        if all(agree(rival.quantity, best.quantity) for rival in rivals):
            return [other for other in chosen if _is_close(other) and _is_subject(other)]
    return []


def _is_subject(counterpart: Counterpart) -> bool:
    """True if the article is about what the sentence is about, or the names stand together in the archive's."""
    likely = counterpart.likely
    if likely.is_subject:
        return True
    if likely.is_first and likely.weight >= ABOUT and counterpart.score * counterpart.coverage >= STRONG:
        return True
    return bool(likely.names and counterpart.has_names and likely.weight >= NAMED)


def _may_be(quantity: Quantity, other: Quantity) -> bool:
    """True if two numbers count the same, or one does not say what it counts."""
    return is_same_kind(quantity, other) or quantity.is_bare or other.is_bare


def _is_close(counterpart: Counterpart) -> bool:
    """True if two sentences have so much in common that they are about the same."""
    return counterpart.shared >= FEWEST_SHARED and counterpart.coverage >= HALF


def _in_its_place(own: Own, quantity: Quantity, likely: Sequence[Likely]) -> Iterator[Counterpart]:
    """Yield the numbers in the place of the draft's, of sentences that are nearly equal.

    It is the draft's own one if the words of the place are equal.
    """
    for each in likely:
        if not (each.names or each.is_subject):
            continue
        for statement in each.article.statements.sentences:
            least = min(len(own.content), len(statement.words)) * HALF
            if len(own.content & statement.words) < max(FEWEST_SHARED, least):
                continue
            if other := _instead(own, quantity, each.article, statement):
                share = len(own.content & statement.words) / len(own.content)
                yield Counterpart(each, statement, other, True, 0.0, share, FEWEST_SHARED)


def _instead(own: Own, quantity: Quantity, article: SearchableArticle, statement: NumberSentence) -> Quantity | None:
    """Return the number that a nearly equal sentence has in the place of the draft's."""
    theirs = words_of(article.words.content, statement.start, statement.end)
    codes = Levenshtein.opcodes(own.words.folded, theirs.folded)
    equal = sum(code.src_end - code.src_start for code in codes if code.tag == "equal")
    if equal < NEARLY_EQUAL * min(len(own.words), len(theirs)):
        return None
    words = own.words
    inside = [at for at in range(len(words)) if words.starts[at] < quantity.end and quantity.start < words.ends[at]]
    at = [code for code in codes if any(code.src_start <= index < code.src_end for index in inside)]
    if all(code.tag == "equal" for code in at):
        return quantity
    replaced = [code for code in at if code.tag == "replace"]
    if not replaced:
        return None
    first, last = theirs.starts[replaced[0].dest_start], theirs.ends[replaced[-1].dest_end - 1]
    stated = [
        figure.quantity for figure in statement.figures if first < figure.quantity.end and figure.quantity.start < last
    ]
    return stated[0] if len(stated) == 1 else None


def _findings(draft: ProofDraft, quantity: Quantity, against: Sequence[Counterpart]) -> Iterator[DraftFinding]:
    """Yield what the archive has instead, and what another source of it has."""
    best, rest = against[0], against[1:]
    yield _finding(draft, quantity, best, "number")
    if differing := next((more for more in rest if _differ(best, more)), None):
        yield _finding(draft, quantity, differing, "disputed")


def _differ(counterpart: Counterpart, more: Counterpart) -> bool:
    own, other = counterpart.likely.article.article.known, more.likely.article.article.known
    return own.publication != other.publication and own is not other and not agree(counterpart.quantity, more.quantity)


def _finding(draft: ProofDraft, quantity: Quantity, counterpart: Counterpart, kind: FindingKind) -> DraftFinding:
    article, statement = counterpart.likely.article, counterpart.statement
    place = article.place(statement.start, statement.end)
    theirs = article.words.content[counterpart.quantity.start : counterpart.quantity.end]
    start, end = draft.source_span(quantity.start, quantity.end)
    written = draft.text.content[quantity.start : quantity.end]
    differs = kind == "disputed"
    message = f"{'The archive differs: ' if differs else ''}{place.named} has {theirs}."
    change = () if differs else (WordChange("number", written, theirs, start, end),)
    confidence = round(min(1.0, counterpart.coverage), 2)
    return DraftFinding(start, end, written, kind, message, place, difference=change, confidence=confidence)
