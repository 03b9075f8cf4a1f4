"""Decisions and notes -> what they mean for the clusters. What a person says goes before what the articles show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from glossator.model import Decisions, EntityType, Note, Problem, PublishedId
from glossator.stages.resolve import keys
from glossator.stages.resolve.gather import Cluster
from glossator.stages.resolve.lookup import Lookup
from glossator.stages.resolve.union import Union

PATH = "entities.toml"


@dataclass(slots=True)
class Verdicts:
    """What people said, by cluster. Filled by `decide` and read-only from then on."""

    names: dict[int, str] = field(default_factory=dict)
    types: dict[int, EntityType] = field(default_factory=dict)
    notes: dict[int, Note] = field(default_factory=dict)
    ignored: set[int] = field(default_factory=set)
    private: set[int] = field(default_factory=set)
    settled: set[int] = field(default_factory=set)
    """Clusters that a person spoke of as a whole, so that none of their names is moved."""
    problems: list[Problem] = field(default_factory=list)


def shared_keys(decisions: Decisions) -> frozenset[str]:
    """Forms, in lower case, that a person tells apart although their keys are equal."""
    found = set()
    for entries in decisions.not_the_same:
        for first, second in combinations(entries, 2):
            if first.casefold() != second.casefold() and keys.general(first) == keys.general(second):
                found |= {first.casefold(), second.casefold()}
    return frozenset(found)


def decide(
    clusters: Sequence[Cluster],
    union: Union,
    decisions: Decisions,
    notes: Sequence[Note],
    published: Sequence[PublishedId],
) -> Verdicts:
    """Carry out the decisions: joins and separations in `union`, the rest in what is returned."""
    decider = _Decider(clusters, union, Lookup(clusters, published), Verdicts())
    decider.rename(decisions.rename)
    decider.part(decisions.not_the_same)
    decider.merge(decisions.merge)
    decider.retype(decisions.types)
    for note in sorted(notes, key=lambda note: note.slug):
        decider.attach(note)
    decider.hide("ignore", decisions.ignore, decider.verdicts.ignored)
    decider.hide("private", decisions.private, decider.verdicts.private)
    return decider.verdicts


@dataclass(frozen=True, slots=True)
class _Decider:
    """One pass over the decisions; each method is one kind."""

    clusters: Sequence[Cluster]
    union: Union
    lookup: Lookup
    verdicts: Verdicts

    def rename(self, entries: Sequence[tuple[str, str]]) -> None:
        for old, new in sorted(entries):
            found = self._find("rename", old)
            if len(self.lookup.families(found)) > 1:
                self._several("rename", old, found)
                continue
            if any(number not in found for number in self.lookup.named(new)):
                self._say(f"rename: “{new}” is the name of another entity. If “{old}” is the same, merge the two.")
            self._speak(found)
            self.verdicts.names.update(dict.fromkeys(found, new))
            self.lookup.give(new, found)

    def part(self, groups: Sequence[tuple[str, ...]]) -> None:
        for group in sorted(groups):
            found = {entry: self._find("not-the-same", entry) for entry in group}
            for first, second in combinations(group, 2):
                if not _each(self.union.part, product(found[first], found[second])):
                    self._say(
                        f"not-the-same: “{first}” and “{second}” are one name in the articles, "
                        "and cannot be told apart by name. Write names that differ."
                    )

    def merge(self, entries: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        for survivor, names in sorted(entries):
            found = {entry: self._find("merge", entry) for entry in (survivor, *names)}
            everyone = [numbers for numbers in found.values() if numbers]
            if not everyone:
                continue
            # Where a name is that of a person and of a place, the one of the others' family is meant.
            plain = [numbers for numbers in everyone if len(self.lookup.families(numbers)) == 1] or everyone[:1]
            family = self.clusters[plain[0][0]].family
            chosen = {
                entry: [number for number in numbers if self.clusters[number].family is family] or numbers
                for entry, numbers in found.items()
            }
            chief = next(numbers[0] for numbers in chosen.values() if numbers)
            for entry, numbers in chosen.items():
                if not _each(self.union.join, product([chief], numbers)):
                    self._say(
                        f"merge: “{entry}” is merged into “{survivor}”, but not-the-same keeps them apart. They stay "
                        "apart; remove one of the two decisions."
                    )
                    continue
                self._speak(numbers)
            self.verdicts.names.setdefault(chief, self._form(survivor, chief))
            self.lookup.give(survivor, [chief])

    def retype(self, entries: Sequence[tuple[str, EntityType]]) -> None:
        for entry, kind in sorted(entries):
            found = self._find("type", entry)
            for number in found:
                self.union.join(found[0], number)
            self._speak(found)
            self.verdicts.types.update(dict.fromkeys(found, kind))

    def attach(self, note: Note) -> None:
        path = f"entities/{note.slug}.md"
        entries = (note.name, note.slug, *note.aliases)
        found = sorted({number for entry in entries for number in self.lookup.named(entry)})
        found = found or sorted({number for entry in entries for number in self.lookup.find(entry)})
        if not found:
            near = self.lookup.near(note.name)
            hint = f"did you mean “{near}”? Correct" if near else "correct"
            self._say(f"The note “{note.name}” fits no name in any article; {hint} its name or aliases.", path)
            return
        if len(self.lookup.families(found)) > 1 and note.type is not None:
            family = keys.family(note.type)
            found = [number for number in found if self.clusters[number].family is family] or found
        if len(self.lookup.families(found)) > 1:
            kinds = ", ".join(sorted(family.value for family in self.lookup.families(found)))
            self._say(f"The note “{note.name}” fits several entities ({kinds}); give it a type.", path)
            return
        if not _each(self.union.join, product(found[:1], found)):
            self._say(f"The note “{note.name}” has aliases that not-the-same keeps apart; remove one of them.", path)
        self._speak(found)
        root = self.union.find(found[0])
        for number, other in self.verdicts.notes.items():
            if self.union.find(number) == root:
                self._say(f"The note “{note.name}” is of the same entity as {other.slug}.md; put them into one.", path)
                return
        self.verdicts.notes[found[0]] = note

    def hide(self, decision: str, entries: Sequence[str], hidden: set[int]) -> None:
        for entry in sorted(entries):
            found = self._find(decision, entry)
            hidden.update(found)
            self._speak(found)

    def _find(self, decision: str, entry: str) -> list[int]:
        found = self.lookup.find(entry)
        if not found:
            near = self.lookup.near(entry)
            hint = f"Did you mean “{near}”?" if near else "Correct or remove it."
            self._say(f"{decision}: “{entry}” is not a name in any article. {hint}")
        return found

    def _several(self, decision: str, entry: str, found: Sequence[int]) -> None:
        kinds = ", ".join(sorted(family.value for family in self.lookup.families(found)))
        self._say(f"{decision}: “{entry}” fits several entities ({kinds}); write the id of the one that is meant.")

    def _form(self, entry: str, chief: int) -> str:
        """How the survivor is written: as in the articles where the decision has its id or another case."""
        forms = self.clusters[chief].forms
        if chief in self.verdicts.names or entry in forms:
            return self.verdicts.names.get(chief, entry)
        same = [form for form in forms if form.casefold() == entry.casefold()]
        if not same and entry == entry.lower() and " " not in entry and self.lookup.named(entry):
            same = list(forms)
        return min(same, key=lambda form: (-forms[form], form)) if same else entry

    def _speak(self, numbers: Sequence[int]) -> None:
        self.verdicts.settled.update(numbers)

    def _say(self, message: str, path: str = PATH) -> None:
        self.verdicts.problems.append(Problem("resolve", path, message, fatal=False))


def _each(carry_out: Callable[[int, int], bool], pairs: Iterable[tuple[int, int]]) -> bool:
    """Whether something could be done with every pair; it is done with those that it can be done with."""
    failed = [pair for pair in pairs if not carry_out(*pair)]
    return not failed
