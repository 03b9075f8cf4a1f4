"""Each name in a draft's own sentences: does the archive know it, and does it spell it so?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA, DamerauLevenshtein

from glossator.model import Analysis, EntityType, Mention
from glossator.passages.words import SHORT, base, is_indexed, shingles, single, slips, words_of
from glossator.stages.proof.attribution import Publications
from glossator.stages.proof.draft import ProofDraft
from glossator.stages.proof.findings import DraftFinding
from glossator.stages.proof.sources import SearchedArchive

CHECKED = frozenset({EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE, EntityType.GROUP})
"""Types of names that are looked up."""
NEAREST = 3
LIKE = 0.72
"""Likeness from which a name is shown as a near one."""
_WITH_CAPITAL = re.compile(r"(?:(?<=[^\W_][,;]\s)|(?<=[^\W_]\s))[A-ZÀ-Þ][^\W\d_]{3,}+(?!\w)")


class KnownNames:
    """The names of the archive. State: its words and forms, once a name is unknown."""

    def __init__(self, read: Callable[[], Mapping[str, int]], authors: Mapping[str, int]) -> None:
        """Take `read`, which returns the number of articles of every surface form, and that of every author."""
        self._read, self.authors = read, authors
        self._written = [frozenset(_name_words(author)) for author in authors]

    @cached_property
    def forms(self) -> Mapping[str, int]:
        return {**self.authors, **self._read()}

    def has_author(self, form: str) -> bool:
        """True if a name is that of an author, or a part of it that names people: "Hanson"."""
        words = _name_words(form)
        return any(len(word) > SHORT for word in words) and any(words <= author for author in self._written)

    @cached_property
    def words(self) -> Mapping[str, list[str]]:
        """Forms by each of their folded words."""
        forms: dict[str, list[str]] = {}
        for form in self.forms:
            for word in {base(word) for word in words_of(form).folded if len(word) > SHORT}:
                forms.setdefault(word, []).append(form)
        return forms

    def near_words(self, word: str) -> list[str]:
        """Return the words of names that one word may be a misspelling of, the nearest first."""
        matches = process.extract(word, list(self.words), scorer=OSA.distance, score_cutoff=slips(word), limit=20)
        ranked = [other for other, *_ in sorted(matches, key=lambda match: (match[1], match[0]))]
        return [other for other in ranked if other.removesuffix("s") != word.removesuffix("s")]  # a plural is no slip

    def nearest(self, form: str) -> tuple[str, ...]:
        """Return the names that are most like an unknown one."""
        matches = process.extract(
            form.casefold(),
            {name: name.casefold() for name in self.forms},
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=LIKE,
            limit=NEAREST * 3,
        )
        ranked = sorted(matches, key=lambda match: (-round(match[1], 2), -self.forms[match[2]], match[2]))
        return tuple(key for _, _, key in ranked[:NEAREST])


def _name_words(form: str) -> set[str]:
    return set(map(base, words_of(form).folded))


def check_names(
    draft: ProofDraft, analysis: Analysis, archive: SearchedArchive, publications: Publications, names: KnownNames
) -> Iterator[DraftFinding]:
    """Yield a finding for the first mention of each name that no article, author or publication has."""
    seen: set[str] = set()
    for mention, form in own_mentions(draft, analysis):
        key = form.casefold()
        if key not in seen and not publications.has(form) and not is_known(form, archive, names):
            finding = _misspelt(draft, mention, form, archive, names)
            if finding is None and analysis.names[mention.name].type in CHECKED:
                finding = _unknown(draft, mention, form, names)
            yield from [finding] if finding else []
        seen.add(key)
    for start, end in _capitalised(draft, analysis):
        form = draft.text.content[start:end]
        if form.casefold() not in seen and not publications.has(form) and not is_known(form, archive, names):
            finding = _misspelt(draft, Mention(start, end, -1), form, archive, names)
            yield from [finding] if finding else []
        seen.add(form.casefold())


def own_mentions(draft: ProofDraft, analysis: Analysis) -> Iterable[tuple[Mention, str]]:
    """Yield the mentions outside quotations, each with its form."""
    for mention in analysis.mentions:
        if not any(quotation.start < mention.end and mention.start < quotation.end for quotation in draft.quotations):
            yield mention, " ".join(draft.text.content[mention.start : mention.end].split())


def _capitalised(draft: ProofDraft, analysis: Analysis) -> Iterator[tuple[int, int]]:
    """Yield the capitalised words within sentences that are in no mention: the model may overlook a misspelt name."""
    taken = [(mention.start, mention.end) for mention in analysis.mentions]
    taken += [(quotation.start, quotation.end) for quotation in draft.quotations]
    for start, end in analysis.sentences:
        for word in _WITH_CAPITAL.finditer(draft.text.content, start + 1, end):
            if not any(left < word.end() and word.start() < right for left, right in taken):
                yield word.span()


def name_hashes(form: str) -> set[int]:
    """Return the hashes that an article with a name has; none if the name is too short to tell."""
    words = words_of(form)
    folded = [*words.folded[:-1], base(words.folded[-1])] if len(words) else []
    keys = {key for key, _, _ in shingles(folded)}
    return keys | {single(word) for index, word in enumerate(folded) if is_indexed(words.written(index))}


def is_known(form: str, archive: SearchedArchive, names: KnownNames) -> bool:
    """True if the archive has a name: in a text or title, or as an author's; also one too short to tell."""
    keys = name_hashes(form)
    return not keys or bool(archive.holders(keys)) or _is_known_otherwise(form, archive) or names.has_author(form)


def _is_known_otherwise(form: str, archive: SearchedArchive) -> bool:
    """True if each word of a name stands in one article: a title, or the order of the words, differs."""
    words = words_of(form)
    alone = [index for index in range(len(words)) if is_indexed(words.written(index))]
    return bool(alone) and len(words) > 1 and bool(archive.holders(single(words.folded[index]) for index in alone))


def _misspelt(
    draft: ProofDraft, mention: Mention, form: str, archive: SearchedArchive, names: KnownNames
) -> DraftFinding | None:
    start, end = draft.source_span(mention.start, mention.end)
    for corrected in _corrected(form, archive, names):
        if where := _where(corrected, archive, names):
            message = f"The archive writes “{corrected}”, {where}, and “{form}” in none."
            return DraftFinding(start, end, form, "spelling", message, nearest=(corrected,), confidence=0.9)
    return None


def _where(form: str, archive: SearchedArchive, names: KnownNames) -> str:
    """Return in how many articles a name stands, or that it is an author's; nothing of a name that is neither."""
    having = len(archive.holders(name_hashes(form)))
    if having:
        return f"in {having} article" + ("s" if having > 1 else "")
    return "as an author" if names.has_author(form) else ""


def _unknown(draft: ProofDraft, mention: Mention, form: str, names: KnownNames) -> DraftFinding:
    start, end = draft.source_span(mention.start, mention.end)
    near = names.nearest(form)
    more = f" The nearest: {', '.join(near)}." if near else ""
    return DraftFinding(start, end, form, "unknown-name", f"No article names “{form}”.{more}", nearest=near)


def _corrected(form: str, archive: SearchedArchive, names: KnownNames) -> Iterator[str]:
    """Yield a name with its unknown words as the archive's names spell them."""
    words = words_of(form)
    unknown = [
        index
        for index in range(len(words))
        if len(words.folded[index]) > SHORT
        and not archive.holders([single(words.folded[index])])
        and not names.has_author(words.folded[index])
    ]
    if len(unknown) != 1:
        return
    at = unknown[0]
    for other in names.near_words(base(words.folded[at])):
        spelt = _spelling(other, names.words[other])
        if spelt:
            before, after = form[: words.starts[at]], form[words.ends[at] :]
            yield f"{before}{spelt}{after}"


def _spelling(word: str, forms: Sequence[str]) -> str:
    """Return a folded word as a name writes it."""
    for form in forms:
        for index, folded in enumerate((words := words_of(form)).folded):
            if base(folded) == word:
                return words.written(index)[: len(words.written(index)) - (len(folded) - len(word))]
    return ""
