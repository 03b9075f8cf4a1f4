"""Each quotation of a draft: does it stand so, is it of whom and from where the draft says?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from glossator.model import Analysis
from glossator.stages.proof.attribution import (
    NamedSource,
    Publications,
    Speaker,
    contradicts,
    is_elsewhere,
    is_named,
    is_speaker,
    source_of,
    speaker_in,
    speaker_of,
)
from glossator.stages.proof.differences import changes, is_interruption
from glossator.stages.proof.draft import DraftQuotation, ProofDraft
from glossator.stages.proof.findings import DraftFinding, FindingKind, Place, QuotedPassage, WordChange
from glossator.stages.proof.match import (
    SHORTEST,
    Match,
    Pieces,
    matches,
    part_of,
    pieces_of,
    rest_of,
)
from glossator.stages.proof.sources import SearchedArchive

ALTERED_SHARE = 0.7
"""Part of a quotation's words that the nearest passage has at least, if the quotation is an altered one."""
ALTERED_COVERAGE = 0.4
"""Part of what the words say, likewise."""
ALTERED_BITS = 20.0
"""Information that both share at least, in bits. Of 1,200 sentences that the archive has not, 3 pass all three limits;
of 600 quotations with a word changed, 3 do not."""
SPLICED_SHARE = 0.8
"""Part of the words of each of two spliced passages that match."""
SPLICED_BITS = 16.0
WHOLE_SHARE = 0.85
"""Part of the words from which a quotation is of one passage, whatever the rest is."""
NEAREST_SHARE = 0.5
NEAREST_COVERAGE = 0.15
"""Parts of the words, and of what they say, below which the nearest passage of an absent quotation is chance."""


class Checked(msgspec.Struct, frozen=True):
    """A quotation of a draft with what the draft says of it."""

    quotation: DraftQuotation
    pieces: Pieces
    speaker: Speaker | None
    source: NamedSource | None


def check_quotations(
    draft: ProofDraft, analysis: Analysis, archive: SearchedArchive, publications: Publications
) -> Iterable[DraftFinding]:
    """Yield one finding for each quotation of a draft."""
    for quotation in draft.quotations:
        pieces = pieces_of(draft.text.content, quotation.start, quotation.end)
        speaker = speaker_of(quotation, analysis)
        if speaker and any(map(publications.has, (speaker.form, *speaker.forms))):
            speaker = None  # a publication reports; it need not name itself
        if len(pieces.words) < (2 if speaker else SHORTEST):
            continue
        checked = Checked(quotation, pieces, speaker, source_of(draft, quotation, publications))
        yield _check(draft, checked, archive)


def _check(draft: ProofDraft, checked: Checked, archive: SearchedArchive) -> DraftFinding:
    candidates = matches(archive, checked.pieces)
    exact = [match for match in candidates if match.exact]
    if exact:
        return _attributed(draft, checked, _preferred(exact, checked))
    if candidates and candidates[0].share < WHOLE_SHARE:
        for match in candidates:
            if spliced := _spliced(draft, checked, archive, match):
                return spliced
    altered = [match for match in candidates if _is_altered(match)]
    if altered:
        nearest = [match for match in altered if _is_as_near(match, altered[0])]
        return _altered(draft, checked, _preferred(nearest, checked))
    return _absent(draft, checked, candidates)


def _is_as_near(match: Match, best: Match) -> bool:
    return match.coverage >= best.coverage - 0.01 and match.share >= best.share - 0.01


def _is_altered(match: Match) -> bool:
    return match.share >= ALTERED_SHARE and match.coverage >= ALTERED_COVERAGE and match.bits >= ALTERED_BITS


def _preferred(candidates: Sequence[Match], checked: Checked) -> Match:
    """Return the match whose article is of the source, and gives the words to the speaker, that the draft names."""

    def misfit(match: Match) -> tuple[int, int, bool, str]:
        source, speaker = checked.source, checked.speaker
        far = (
            0 if source is None or match.article.head.id in source.articles else 1 + is_elsewhere(source, match.article)
        )
        misattributed = _speaks(speaker, match)
        return far, misattributed, match.article.article.known.head.rights == "private", match.article.head.id

    return min(candidates, key=misfit)


def _speaks(speaker: Speaker | None, match: Match) -> int:
    """Return how ill a speaker fits an article: 2 if it gives the words to another, 1 if it names no such person."""
    if speaker is None:
        return 0
    by = speaker_in(match.article, _passage(match))
    if by is not None and contradicts(speaker, by):
        return 2
    return 0 if by is not None or is_named(speaker, match.article) else 1


def _passage(match: Match) -> QuotedPassage:
    start, end = match.span
    return QuotedPassage(start, end, match.article.words.content[start:end])


def _place(match: Match) -> Place:
    return match.article.place(*match.span)


def _attributed(draft: ProofDraft, checked: Checked, match: Match) -> DraftFinding:
    """Return the finding about a quotation that stands so: who said it, and where?"""
    place, speaker, source = _place(match), checked.speaker, checked.source
    by = speaker_in(match.article, place.passage)
    where = place.named
    if source is not None and is_elsewhere(source, match.article):
        message = f"The words are right, and stand in {where}, not in {source.label}."
        return _finding(draft, checked, "source", message, match)
    if speaker is not None and by is not None and contradicts(speaker, by):
        return _finding(draft, checked, "speaker", f"{where} gives the words to {by.form}.", match)
    if speaker is not None and not is_named(speaker, match.article) and not (by and is_speaker(speaker, by)):
        return _finding(draft, checked, "speaker", f"{where} names {speaker.form} nowhere.", match)
    message = f"Stands so in {where}."
    if speaker is not None and not (by is not None and is_speaker(speaker, by)):
        message = f"Stands so in {where}; who said it was not found."
    return _finding(draft, checked, "verbatim", message, match)


def _altered(draft: ProofDraft, checked: Checked, match: Match) -> DraftFinding:
    place, source = _place(match), checked.source
    message = f"Stands otherwise in {place.named}."
    if match.hidden:
        message = f"The ellipsis hides “{match.hidden}” in {place.named}."
    if source is not None and is_elsewhere(source, match.article):
        message += f" That is not {source.label}."
    return _finding(draft, checked, "altered", message, match)


def _spliced(draft: ProofDraft, checked: Checked, archive: SearchedArchive, match: Match) -> DraftFinding | None:
    """Return the finding about a quotation of which one part is of this passage and the rest of another."""
    parts = rest_of(checked.pieces, match)
    if parts is None:
        return None
    mine, rest = parts
    own = matches(archive, part_of(checked.pieces, mine), 1)
    if not own or own[0].share < SPLICED_SHARE or own[0].bits < SPLICED_BITS:
        return None
    others = [near for near in matches(archive, part_of(checked.pieces, rest)) if _is_other(near, own[0])]
    other = next((near for near in others if near.share >= SPLICED_SHARE and near.bits >= SPLICED_BITS), None)
    if other is None:
        return None
    if _goes_on(own[0], other):
        return _attributed(draft, checked, own[0]) if own[0].exact and other.exact else None
    words = checked.pieces.words
    there = _place(other)
    change = WordChange(
        "splice",
        words.text(*rest),
        there.passage.text,
        *draft.source_span(words.starts[rest[0]], words.ends[rest[1] - 1]),
        article=there.path,
    )
    start, end = words.starts[mine[0]], words.ends[mine[1] - 1]
    first = next(iter(own))
    begins = _short(words.content[start:end])
    message = f"Two passages in one: “{begins}” stands in {_place(first).named}, the rest in {there.named}."
    finding = _finding(draft, checked, "altered", message, first)
    return msgspec.structs.replace(finding, difference=(change,), confidence=round(min(first.share, other.share), 2))


def _goes_on(match: Match, other: Match) -> bool:
    """True if two passages are parts of one quotation, which the article interrupts to say who speaks."""
    if match.article is not other.article:
        return False
    first, last = sorted((match.alignments[0], other.alignments[0]), key=lambda alignment: alignment.there)
    return first.until < last.there and is_interruption(match.article.words, first.until, last.there)


def _is_other(match: Match, first: Match) -> bool:
    """True if a passage is not the one that the first part stands in."""
    if match.article is not first.article:
        return True
    gap = max(
        match.alignments[0].there - first.alignments[0].until, first.alignments[0].there - match.alignments[0].until
    )
    return gap > SHORTEST


def _absent(draft: ProofDraft, checked: Checked, candidates: Sequence[Match]) -> DraftFinding:
    near = max(candidates, key=lambda candidate: (candidate.share, candidate.coverage), default=None)
    if near is None or near.share < NEAREST_SHARE or near.coverage < NEAREST_COVERAGE:
        return _finding(draft, checked, "absent", "Nothing like it is in the archive.", None)
    message = f"Not in the archive; {near.share:.0%} of the words stand in {_place(near).named}."
    return _finding(draft, checked, "absent", message, near)


def _finding(draft: ProofDraft, checked: Checked, kind: FindingKind, message: str, match: Match | None) -> DraftFinding:
    quotation, content = checked.quotation, draft.text.content
    start, end = draft.source_span(quotation.start, quotation.end)
    place = _place(match) if match else None
    by = speaker_in(match.article, place.passage) if match and place and kind != "absent" else None
    differences: list[WordChange] = []
    if match and kind == "altered":
        for first, alignment in zip(match.starts, match.alignments, strict=True):
            differences += changes(checked.pieces.words, match.article.words, first, alignment)
        differences = [_in_source(draft, change) for change in differences]
        if match.hidden:
            differences.append(WordChange("ellipsis", "…", match.hidden, start, end))
    return DraftFinding(
        start,
        end,
        content[quotation.start : quotation.end],
        kind,
        message,
        place,
        by.form if by else None,
        checked.speaker.form if checked.speaker else "",
        checked.source.label if checked.source else "",
        tuple(sorted(differences, key=lambda change: (change.what not in ("ellipsis", "negation"), change.start))),
        round(match.share if match else 1.0, 2),
    )


def _in_source(draft: ProofDraft, change: WordChange) -> WordChange:
    if change.start == change.end:
        start = draft.offsets[min(change.start, len(draft.offsets) - 1)]
        return msgspec.structs.replace(change, start=start, end=start)
    start, end = draft.source_span(change.start, change.end)
    return msgspec.structs.replace(change, start=start, end=end)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"
