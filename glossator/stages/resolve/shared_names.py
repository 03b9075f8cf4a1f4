"""Shared names: names that some articles have and others overlook; what each article may look for again.

Rows are stored from build to build, so that the cost of an update depends on the changed articles only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from glossator.model import Analysis, ArticleId, EntityType, RowReader, RowWrites
from glossator.naming.known_names import is_software
from glossator.naming.name_parts import is_generic
from glossator.stages.resolve.type_evidence import vote

FEWEST_ARTICLES = 2
"""Articles that must have a name of a single word; one article may be in error."""

AMBIGUOUS_LENGTH = 3
"""Letters of a single word at most that is too short for a name, unless it is set in capitals."""

LONGEST = 8
"""Words of a name that is sought among overlooked words, at most."""

TypedNames = tuple[tuple[str, EntityType], ...]


class FormUse(msgspec.Struct, frozen=True, array_like=True):
    """The articles that mark a form or overlook it."""

    counts: dict[str, int] = {}
    """Number of articles that mark the form, by type."""
    overlooking: list[ArticleId] = []
    """Articles that have the form, a single word, in no mention."""


UNUSED = FormUse()


class OfferedNames(msgspec.Struct, frozen=True):
    """Forms of an article's names, which it offers to other articles, and the runs of words that it overlooked."""

    marked: TypedNames = ()
    overlooked: tuple[str, ...] = ()
    shared: TypedNames = ()
    """Forms that the article is searched for because other articles have them as names."""


class SharedNames(msgspec.Struct, frozen=True):
    """Names that articles may take from others now, if they may differ, and the rows to be stored."""

    names_from_others: Mapping[ArticleId, TypedNames]
    """Names by article; empty if there are none any more."""
    moved: frozenset[ArticleId]
    """The articles whose names from others are not those of before."""
    writes: RowWrites


def offered_names(analysis: Analysis) -> OfferedNames:
    marked = tuple((form, name.type) for name in analysis.names for form, _ in name.forms)
    return OfferedNames(marked, analysis.overlooked)


def share_names(read: RowReader, changed: Mapping[ArticleId, OfferedNames | None]) -> SharedNames:
    """Return the names from others for all articles in which they may differ after some articles changed.

    `read` gives rows that were written before; `changed` has None for an article that is gone.
    """
    former = read(OfferedNames, sorted(changed))
    counts = _NameCounts(read, former, {article: offered for article, offered in changed.items() if offered})
    flipped = {form for form in counts.changed_forms() if counts.former_type(form) != counts.type(form)}
    first_words = sorted({form.partition(" ")[0] for form in flipped})
    others = {article for word in first_words for article in counts.overlooking(word)} - changed.keys()
    stored = {**former, **read(OfferedNames, sorted(others))}
    now = {**stored, **counts.now}
    names = {article: counts.names(now[article].overlooked) for article in {*others, *counts.now}}
    moved = {key for key, shared in names.items() if shared != (stored[key].shared if key in stored else ())}
    rows = {key: msgspec.structs.replace(now[key], shared=names[key]) for key in moved | counts.now.keys()}
    gone = dict.fromkeys(former.keys() - counts.now.keys())
    return SharedNames(names, frozenset(moved), {FormUse: counts.uses(), OfferedNames: {**gone, **rows}})


@dataclass(slots=True)
class _NameCounts:
    """The rows that are needed, as they were and as they become. State: what was read so far."""

    read: RowReader
    before: Mapping[ArticleId, OfferedNames]
    now: Mapping[ArticleId, OfferedNames]
    asked: set[str] = field(default_factory=set)
    """Forms of which it is known what was stored."""
    former: dict[str, FormUse] = field(default_factory=dict)
    """Uses of these forms before the change."""
    count_changes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    lost: dict[str, set[ArticleId]] = field(default_factory=lambda: defaultdict(set))
    """Articles that no longer overlook a word."""
    gained: dict[str, set[ArticleId]] = field(default_factory=lambda: defaultdict(set))
    """Articles that newly overlook a word."""
    types: dict[str, EntityType | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for sign, articles in ((-1, self.before), (1, self.now)):
            for article, offered in articles.items():
                for form, kind in offered.marked:
                    self.count_changes[form][kind] += sign
                for word in _words(offered.overlooked):
                    (self.gained if sign > 0 else self.lost)[word].add(article)
        for word in self.gained.keys() & self.lost.keys():
            both = self.gained[word] & self.lost[word]
            self.gained[word] -= both
            self.lost[word] -= both
        self._load(self.changed_forms())

    def changed_forms(self) -> set[str]:
        """Return the forms that more or fewer articles mark or overlook than before."""
        marked = {form for form, kinds in self.count_changes.items() if any(kinds.values())}
        return marked | {word for moved in (self.gained, self.lost) for word, articles in moved.items() if articles}

    def _load(self, forms: Iterable[str]) -> None:
        wanted = set(forms) - self.asked
        self.asked |= wanted
        self.former.update(self.read(FormUse, wanted))

    def former_type(self, form: str) -> EntityType | None:
        """Return the type of a name that could be shared before the change."""
        former = self.former.get(form, UNUSED)
        return _certain_type(form, former.counts, len(former.overlooking))

    def type(self, form: str) -> EntityType | None:
        """Return the type of a name that may be shared; None for any other form."""
        if form not in self.types:
            self.types[form] = _certain_type(form, self._counts(form), len(self.overlooking(form)))
        return self.types[form]

    def _counts(self, form: str) -> dict[str, int]:
        former, changes = self.former.get(form, UNUSED).counts, self.count_changes.get(form)
        return _sum(former, changes) if changes else former

    def overlooking(self, word: str) -> set[ArticleId]:
        """Return the articles that overlook a word now; none for several words."""
        if " " in word:
            return set()
        if word not in self.asked:
            self._load([word])
        former = {*self.former.get(word, UNUSED).overlooking}
        return (former - self.lost.get(word, set())) | self.gained.get(word, set())

    def names(self, overlooked: Sequence[str]) -> TypedNames:
        """Return the names that may be shared among runs of overlooked words, sorted."""
        stretches = {stretch for run in overlooked for stretch in _stretches(run)}
        self._load(stretches)
        return tuple((stretch, kind) for stretch in sorted(stretches) if (kind := self.type(stretch)) is not None)

    def uses(self) -> dict[str, FormUse | None]:
        """Return the uses that changed; None for a form that no article marks or overlooks any more."""
        forms = self.changed_forms()
        rows = {
            form: FormUse(dict(sorted(self._counts(form).items())), sorted(self.overlooking(form))) for form in forms
        }
        return {form: None if row == UNUSED else row for form, row in rows.items()}


def _sum(counts: Mapping[str, int], changes: Mapping[str, int]) -> dict[str, int]:
    total = {kind: counts.get(kind, 0) + changes.get(kind, 0) for kind in {*counts, *changes}}
    return {kind: count for kind, count in total.items() if count > 0}


def _words(runs: Iterable[str]) -> set[str]:
    return {word for run in runs for word in run.split()}


def _certain_type(form: str, counts: Mapping[str, int], overlooking: int) -> EntityType | None:
    """Return the type of a form that other articles may look for; None if the form is too doubtful for that.

    `counts` are articles by type, `overlooking` is the number of articles that overlook the form.
    """
    if form.islower():
        return _type_of_small_word(form, counts, overlooking)
    if not counts or not form[0].isupper() or any(letter.isdigit() for letter in form):
        return None
    kind = vote({EntityType(value): count for value, count in counts.items()})
    if kind is EntityType.GROUP:
        return None
    if " " in form:
        return kind
    long_enough = len(form) > AMBIGUOUS_LENGTH or form.isupper()
    often = sum(counts.values()) >= max(FEWEST_ARTICLES, overlooking)
    return kind if long_enough and often and kind is not EntityType.PERSON and not is_generic(form) else None


def _type_of_small_word(form: str, counts: Mapping[str, int], overlooking: int) -> EntityType | None:
    """Return the type of a word in small letters that texts use as software, if it is known as some."""
    is_marked = counts.get(EntityType.PRODUCT, 0) >= max(FEWEST_ARTICLES, overlooking, sum(counts.values()) - 1)
    return EntityType.PRODUCT if is_marked or is_software(form) else None


def _stretches(run: str) -> Iterator[str]:
    """Yield every end of a run of words that is not longer than a name. What another word follows is part of a name.

    Jordan Barrett is not in Jordan, nor Texas Instruments in Texas.
    """
    words = run.split(" ")
    yield from (" ".join(words[start:]) for start in range(max(0, len(words) - LONGEST), len(words)))
