"""Speakers and sources that a draft names, held against an article: a doubt is no fault."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec
from rapidfuzz.distance import OSA

from glossator.addresses import canonical, host
from glossator.model import Analysis, ArticleId, EntityType, Name
from glossator.passages.words import SHORT, base, slips, words_of
from glossator.stages.proof.draft import DraftQuotation, ProofDraft
from glossator.stages.proof.findings import QuotedPassage
from glossator.stages.proof.sources import KnownArticle, SearchableArticle

NEAR = 220
"""Characters around a quotation in which its source is looked for."""
LONGEST_NAME = 4
"""Words of the name of a publication that are looked at, at least."""
TITLES = frozenset(
    """mr mrs ms mx dr prof professor sir dame lord lady president senator governor minister mayor the a an of and for
    in""".split()
)
_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s+(?=[\"“'‘(]?[A-ZÀ-Þ])")
_CUES_BEFORE = frozenset("told tells to in by for from via with at the of and says interview".split())
_CUES_AFTER = frozenset("reported reports wrote writes said says quoted quotes published has had that".split())


class Speaker(msgspec.Struct, frozen=True):
    """The speaker whom a draft names for a quotation."""

    form: str
    forms: tuple[str, ...]
    type: EntityType | None = None


class NamedSource(msgspec.Struct, frozen=True):
    """A source that the draft names for a quotation, and the articles of the archive that are from it."""

    label: str
    articles: frozenset[ArticleId]
    linked: bool = False
    """True if the label is an address."""


class Publications:
    """The sources of the archive by name, address and host. State: none after it is made.

    Pages write "thehill" where people write "The Hill": names are compared without their spaces and "the".
    """

    def __init__(self, known: Mapping[ArticleId, KnownArticle]) -> None:
        self.by_address: dict[str, set[ArticleId]] = defaultdict(set)
        self.by_host: dict[str, set[ArticleId]] = defaultdict(set)
        self._longest = LONGEST_NAME
        self._small: set[str] = set()
        self._by_name: dict[str, set[ArticleId]] = defaultdict(set)
        titles: dict[str, set[ArticleId]] = defaultdict(set)
        for article, source in known.items():
            if source.key:
                self.by_address[source.key].add(article)
            if source.host:
                self.by_host[source.host].add(article)
            titles[source.publication].add(article)
            titles[source.host].add(article)
        for name, articles in titles.items():
            if words := _name_words(name):
                self._by_name[_name_key(words)] |= articles
                self._longest = max(self._longest, len(words))
                self._small.update([words[0]] if name[0].islower() else [])

    def has(self, form: str) -> bool:
        """True if a name is that of a publication, whatever the spaces in it."""
        return _name_key(_name_words(form)) in self._by_name

    def linked(self, address: str) -> NamedSource | None:
        """Return the source to which a link leads; None if the archive has nothing of it."""
        of_article = self.by_address.get(canonical(address))
        articles = of_article or self.by_host.get(host(address))
        return NamedSource(address, frozenset(articles), linked=True) if articles else None

    def named(self, text: str, plainly: bool = False) -> NamedSource | None:
        """Return the source whose name stands in a text, the longest name first.

        `plainly` is true of words that only say who and where.
        """
        words = words_of(text)
        names: list[tuple[int, int, tuple[str, ...]]] = []
        for first, word in enumerate(words.folded):
            small = words.written(first)[0].islower() and word not in self._small and "." not in text
            if small or word == "the":
                continue
            for last in range(min(len(words), first + self._longest), first, -1):
                name = tuple(words.folded[first:last])
                if _name_key(name) in self._by_name and (
                    plainly or len(name) > 1 or self._is_cued(words.folded, first, last)
                ):
                    names.append((-len(name), first, name))
                    break
        if not names:
            return None
        _, first, name = min(names)
        return NamedSource(words.text(first, first + len(name)), frozenset(self._by_name[_name_key(name)]))

    @staticmethod
    def _is_cued(folded: Sequence[str], first: int, last: int) -> bool:
        word_before = folded[first - 1] if first else ""
        after = folded[last] if last < len(folded) else ""
        return word_before in _CUES_BEFORE or after in _CUES_AFTER


def _name_words(name: str) -> tuple[str, ...]:
    words = words_of(name).folded
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def _name_key(words: Sequence[str]) -> str:
    return "".join(words).removeprefix("the")


def source_of(draft: ProofDraft, quotation: DraftQuotation, publications: Publications) -> NamedSource | None:
    """Return the source that the draft names for a quotation: by a link, in a footnote, or by name."""
    left, right = _surroundings(draft, quotation)
    notes = [note for note in draft.notes if quotation.start <= note[0] <= right[1] + 1]
    addresses = [link.address for link in draft.links if left[0] <= link.start < right[1] or link.start == right[1]]
    addresses += [address for note in notes for address in note[2]]
    for address in addresses:
        if source := publications.linked(address):
            return source
    content = draft.text.content
    plain = [quotation.by, *(note[1] for note in notes)]
    for text, plainly in (
        *((text, True) for text in plain),
        (content[slice(*right)], False),
        (content[slice(*left)], False),
    ):
        if text and (source := publications.named(text, plainly)):
            return source
    return None


def is_elsewhere(source: NamedSource, article: SearchableArticle) -> bool:
    """True if an article is not of a source, and does not name it as the place where something was said."""
    if article.head.id in source.articles:
        return False
    return source.linked or not re.search(rf"(?<!\w){re.escape(source.label)}(?!\w)", article.words.content)


def _surroundings(draft: ProofDraft, quotation: DraftQuotation) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return what stands before and after a quotation, within its sentence and up to the next quotations.

    A sentence between two quotations is about the first one, unless that ends with a full stop.
    """
    content = draft.text.content
    block = next((block for block in draft.text.blocks if block.start <= quotation.start < block.end), None)
    begin, end = (block.start, block.end) if block else (quotation.start, quotation.end)
    others = [other for other in draft.quotations if other is not quotation]
    closed = max((other.end + 1 for other in others if other.end <= quotation.start), default=0)
    begin = max(begin, quotation.start - NEAR, closed)
    stop = min([end, quotation.end + NEAR, *(other.start - 1 for other in others if other.start >= quotation.end)])
    last = quotation.start + 1 if begin == closed else quotation.start - 1
    ends = [match.end() for match in _SENTENCE_END.finditer(content, begin, max(begin, last))]
    ended = content[quotation.end - 1] == "."
    after = _SENTENCE_END.search(content, quotation.end - 1 if ended else min(quotation.end + 1, stop), stop)
    return (ends[-1] if ends else begin, quotation.start), (quotation.end, after.end() if after else stop)


def speaker_of(quotation: DraftQuotation, analysis: Analysis) -> Speaker | None:
    """Return the speaker whom the draft names; None unless that is plain."""
    for quote in analysis.quotes:
        if quote.name is not None and min(quote.end, quotation.end) - max(quote.start, quotation.start) > 0:
            name = analysis.names[quote.name]
            return Speaker(name.form, tuple(form for form, _ in name.forms), name.type)
    first = re.split(r"[,(;:|]| in | to ", quotation.by, maxsplit=1)[0].strip()
    words = first.split()
    if 1 <= len(words) <= 5 and words[-1][:1].isupper() and words[0][:1].isupper():
        return Speaker(first, (first,), None)
    return None


def speaker_in(article: SearchableArticle, passage: QuotedPassage) -> Name | None:
    """Return who says a passage by its article; None if the article does not say, or does not plainly."""
    least = min(10, passage.end - passage.start - 1)
    found = [
        name for quote, name in article.quotes if min(quote.end, passage.end) - max(quote.start, passage.start) > least
    ]
    return found[0] if found and all(name is found[0] for name in found) else None


def is_named(speaker: Speaker, article: SearchableArticle) -> bool:
    """True if an article may name the speaker of the draft, in its text, perhaps otherwise spelt, or as its author."""
    if any(_fit(_name_tokens(form), _name_tokens(author)) for form in speaker.forms for author in article.head.authors):
        return True
    if any(_occurs(form, speaker.type, article) for form in (speaker.form, *speaker.forms)):
        return True
    return any(_is_acronym(form, name) or _is_misspelt(form, name) for form in speaker.forms for name in article.names)


def _occurs(form: str, kind: EntityType | None, article: SearchableArticle) -> bool:
    tokens = _name_tokens(form)
    if not tokens:
        return True  # nothing to look for
    if kind is EntityType.PERSON or kind is None:
        return tokens[-1] in article.vocabulary
    long = [token for token in tokens if len(token) > SHORT] or list(tokens)
    return all(token in article.vocabulary for token in long)


def is_speaker(speaker: Speaker, name: Name) -> bool:
    """True if the speaker of the draft may be somebody of an article."""
    forms = [form for form, _ in name.forms] + [name.form]
    return any(_fit(_name_tokens(form), _name_tokens(other)) for form in speaker.forms for other in forms) or any(
        _is_acronym(form, name) or _is_misspelt(form, name) for form in speaker.forms
    )


def contradicts(speaker: Speaker, name: Name) -> bool:
    """True if an article gives words plainly to somebody else: a person speaks for an organisation, too."""
    return not is_speaker(speaker, name) and (speaker.type is None or speaker.type == name.type)


def _name_tokens(form: str) -> tuple[str, ...]:
    return tuple(base(word) for word in words_of(form).folded if word not in TITLES)


def _fit(name: Sequence[str], other: Sequence[str]) -> bool:
    """True if two names may be one: one is part of the other, or surnames are equal and nothing else disagrees."""
    if not name or not other:
        return False
    if set(name) <= set(other) or set(other) <= set(name):
        return True
    if name[-1] != other[-1] or len(name) == 1 or len(other) == 1:
        return name[-1] == other[-1]
    return name[0][0] == other[0][0] and 1 in (len(name[0]), len(other[0]))


def _is_misspelt(form: str, name: Name) -> bool:
    """True if a form may be a name with slips in it: the spelling is a finding of its own."""
    written, known = _name_tokens(form), _name_tokens(name.form)
    return len(written) == len(known) > 0 and all(
        token == other or (len(token) > SHORT and OSA.distance(token, other) <= slips(token))
        for token, other in zip(written, known, strict=True)
    )


def _is_acronym(form: str, name: Name) -> bool:
    letters = form.replace(".", "")
    if not (letters.isupper() and 2 <= len(letters) <= 6):
        return False
    return any(_initials(full) == letters for full in (name.form, *(form for form, _ in name.forms)))


def _initials(full: str) -> str:
    return "".join(word[0] for word in full.split() if word[:1].isupper())
