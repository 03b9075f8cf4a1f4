"""Names that some articles have and others overlook: what each article may look for again.

Kept from build to build as rows, so that a changed article costs what it says: for every form how often it was marked
as what, for every word the articles that overlook it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from glossator.model import Analysis, ArticleId, EntityType, ReadTable, TableWrites
from glossator.stages.resolve.clustering.organisations import is_generic
from glossator.stages.resolve.entities.canonical_name import vote

BORNE = 2
"""Articles that must have a name of a single word; one article may be in error."""

ALONE = 3
"""Letters of such a name, unless it is set in capitals."""

LONGEST = 8
"""Words of a name that is looked for among those that were overlooked."""

TOLD, FORMS, WORDS = "told", "forms", "words"
"""The tables: article -> what it tells; form -> times it was marked, by type; word -> who overlooks it."""

Borrowed = tuple[tuple[str, EntityType], ...]


@dataclass(frozen=True, slots=True)
class OfferedNames:
    """What an article tells the others: the forms of its names, and the runs of words that it overlooked."""

    marked: tuple[tuple[str, EntityType], ...] = ()
    overlooked: tuple[str, ...] = ()


_TOLD = msgspec.msgpack.Decoder(OfferedNames)
_COUNTS = msgspec.msgpack.Decoder(dict[str, int])
_IDS = msgspec.msgpack.Decoder(list[ArticleId])


@dataclass(frozen=True, slots=True)
class SharedNames:
    """What changed: the names that articles may borrow now (none is an empty list), and the rows to be kept."""

    names_from_others: Mapping[ArticleId, Borrowed]
    writes: TableWrites


def offered_names(analysis: Analysis) -> OfferedNames:
    marked = tuple((form, name.type) for name in analysis.names for form, _ in name.forms)
    return OfferedNames(marked, analysis.overlooked)


def names_from_others(analyses: Sequence[Analysis]) -> dict[ArticleId, Borrowed]:
    """For each article the names of others among the words that it overlooked, each with its type, if there are any.

    A name of one word must be marked in as many articles as overlook it; a surname alone is nobody's.
    """
    lending = share_names(lambda _table, _keys: {}, {one.article: offered_names(one) for one in analyses})
    return {article: names for article, names in lending.names_from_others.items() if names}


def share_names(read: ReadTable, changed: Mapping[ArticleId, OfferedNames | None]) -> SharedNames:
    """Update what `names_from_others` gives, for the articles whose names may differ after these changes."""
    before = {ArticleId(article): _TOLD.decode(row) for article, row in read(TOLD, sorted(changed)).items()}
    ledger = _Ledger(read, before, {article: one for article, one in changed.items() if one})
    flips = {form for form in ledger.touched() if ledger.verdict_before(form) != ledger.verdict(form)}
    starts = sorted({form.partition(" ")[0] for form in flips})
    others = {article for word in starts for article in ledger.overlooking(word)} - changed.keys()
    rows = read(TOLD, sorted(others))
    tellers = {**ledger.now, **{ArticleId(article): _TOLD.decode(row) for article, row in rows.items()}}
    return SharedNames({article: ledger.names(one.overlooked) for article, one in tellers.items()}, ledger.writes())


@dataclass(slots=True)
class _Ledger:
    """The rows that are needed, as they were and as they become. State: what was read so far."""

    read: ReadTable
    before: Mapping[ArticleId, OfferedNames]
    now: Mapping[ArticleId, OfferedNames]
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    """Of forms, as they were."""
    words: dict[str, set[ArticleId]] = field(default_factory=dict)
    """Who overlooked a word."""
    change: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    lost: dict[str, set[ArticleId]] = field(default_factory=lambda: defaultdict(set))
    gained: dict[str, set[ArticleId]] = field(default_factory=lambda: defaultdict(set))
    verdicts: dict[str, EntityType | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for sign, told_then in ((-1, self.before), (1, self.now)):
            for article, one in told_then.items():
                for form, kind in one.marked:
                    self.change[form][kind] += sign
                for word in _words(one.overlooked):
                    (self.gained if sign > 0 else self.lost)[word].add(article)
        for word in self.gained.keys() & self.lost.keys():
            both = self.gained[word] & self.lost[word]
            self.gained[word] -= both
            self.lost[word] -= both
        self._know(self.touched())

    def touched(self) -> set[str]:
        """The forms of which more or less is told than before."""
        marked = {form for form, kinds in self.change.items() if any(kinds.values())}
        return marked | {word for moved in (self.gained, self.lost) for word, articles in moved.items() if articles}

    def _know(self, forms: Iterable[str]) -> None:
        wanted = sorted(set(forms) - self.counts.keys())
        rows = self.read(FORMS, wanted)
        single = [form for form in wanted if " " not in form and form not in self.words]
        postings = self.read(WORDS, single)
        for form in wanted:
            self.counts[form] = Counter(_COUNTS.decode(rows[form])) if form in rows else Counter()
        for word in single:
            self.words[word] = set(_IDS.decode(postings[word])) if word in postings else set()

    def verdict_before(self, form: str) -> EntityType | None:
        return _sure(form, self.counts[form], len(self.words.get(form, ())))

    def verdict(self, form: str) -> EntityType | None:
        """The type of a name that may be borrowed; None for what may not."""
        if form not in self.verdicts:
            self.verdicts[form] = _sure(form, self._counts_now(form), len(self.overlooking(form)))
        return self.verdicts[form]

    def _counts_now(self, form: str) -> Counter[str]:
        changed = self.change.get(form)
        return self.counts[form] if changed is None else _sum(self.counts[form], changed)

    def overlooking(self, word: str) -> set[ArticleId]:
        """Who overlooks a word now."""
        if " " in word:
            return set()
        if word not in self.words:
            self._know([word])
        there = self.words[word]
        if word in self.gained or word in self.lost:
            return (there - self.lost.get(word, set())) | self.gained.get(word, set())
        return there

    def names(self, overlooked: Sequence[str]) -> Borrowed:
        """The known names among runs of overlooked words, sorted."""
        parts = {part for run in overlooked for part in _parts(run)}
        self._know(parts)
        return tuple((part, kind) for part in sorted(parts) if (kind := self.verdict(part)) is not None)

    def writes(self) -> TableWrites:
        forms = {form: self._counts_now(form) for form, kinds in self.change.items() if any(kinds.values())}
        words = {word: self.overlooking(word) for word in {*self.gained, *self.lost}}
        encode = msgspec.msgpack.encode
        return {
            FORMS: {form: encode(dict(sorted(counts.items()))) if counts else None for form, counts in forms.items()},
            WORDS: {word: encode(sorted(articles)) if articles else None for word, articles in words.items()},
            TOLD: {
                article: encode(self.now[article]) if article in self.now else None
                for article in {*self.before, *self.now}
            },
        }


def _sum(counts: Counter[str], changed: Counter[str]) -> Counter[str]:
    total = Counter({kind: counts[kind] + changed[kind] for kind in {*counts, *changed}})
    return Counter({kind: count for kind, count in total.items() if count > 0})


def _words(runs: Iterable[str]) -> set[str]:
    return {word for run in runs for word in run.split()}


def _sure(form: str, counts: Mapping[str, int], overlooked: int) -> EntityType | None:
    """What a form is beyond doubt, where other articles may look for it; else None."""
    if not counts or not form[0].isupper() or any(letter.isdigit() for letter in form):
        return None
    kind = vote({EntityType(one): count for one, count in counts.items()})
    if kind is EntityType.GROUP:
        return None
    if " " in form:
        return kind
    told_apart = len(form) > ALONE or form.isupper()
    often = sum(counts.values()) >= max(BORNE, overlooked)
    return kind if told_apart and often and kind is not EntityType.PERSON and not is_generic(form) else None


def _parts(run: str) -> Iterator[str]:
    """Every stretch of a run of words that is not longer than a name."""
    words = run.split(" ")
    for at in range(len(words)):
        yield from (" ".join(words[at:end]) for end in range(at + 1, min(len(words), at + LONGEST) + 1))
