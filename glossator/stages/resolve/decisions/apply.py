"""Decisions and notes -> what they mean for the clusters. What a person says goes before what the articles show.

Of decisions that contradict each other the one that stands first in the file is carried out, and both are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations, product

from glossator.model import Decisions, EntityType, Note
from glossator.naming.disjoint_sets import Union
from glossator.stages.resolve.blocking import keys
from glossator.stages.resolve.clustering.exact import Cluster
from glossator.stages.resolve.decisions.conflicts import Record, Where
from glossator.stages.resolve.decisions.lookup import Lookup
from glossator.stages.resolve.decisions.outcome import Verdicts, Words
from glossator.stages.resolve.decisions.statements import statements

POINTLESS = ("confirm", "rename", "type")
"""What makes no sense of a name that is ignored."""


def shared_keys(decisions: Decisions) -> frozenset[str]:
    """Forms, in lower case, that a person tells apart although their keys are equal."""
    found = set()
    for entries in decisions.not_the_same:
        for first, second in combinations(entries, 2):
            if first.casefold() != second.casefold() and keys.general(first) == keys.general(second):
                found |= {first.casefold(), second.casefold()}
    return frozenset(found)


def decide(clusters: Sequence[Cluster], union: Union, words: Words) -> Verdicts:
    """Carry out what was said: joins and separations in `union`, the rest in what is returned."""
    decisions = words.decisions
    record, verdicts = Record(decisions.lines), Verdicts()
    if not words.targets.names and not any(statements(decisions, words.notes)):
        return verdicts
    decider = _Decider(clusters, union, Lookup(clusters, words.published), words, record, verdicts)
    notes = sorted(words.notes, key=lambda note: (note.slug, note.listed, note.line or 0))
    for note in notes:
        decider.introduce(note)
    decider.rename()
    decider.part()
    decider.merge()
    decider.retype()
    for note in notes:
        decider.attach(note)
    decider.settle_notes()
    decider.obey()
    decider.confirm()
    decider.hide("ignore", decisions.ignore, verdicts.ignored)
    decider.hide("private", decisions.private, verdicts.private)
    verdicts.problems.extend(record.problems)
    verdicts.guessed.extend(decider.lookup.guessed)
    return verdicts


@dataclass(frozen=True, slots=True)
class _Decider:
    """One pass over the decisions; each method is one kind. State: what was found so far."""

    clusters: Sequence[Cluster]
    union: Union
    lookup: Lookup
    words: Words
    record: Record
    verdicts: Verdicts
    foes: list[tuple[frozenset[int], Where]] = field(default_factory=list)
    """The clusters of each group of not-the-same, and the decision."""
    attached: list[tuple[Note, str, list[int]]] = field(default_factory=list)
    """Notes and entries of lists, with their file and their clusters."""

    def introduce(self, note: Note) -> None:
        """Let decisions use the name that a note or list gives to what the articles call otherwise."""
        if not self.lookup.named(note.name):
            entries = (note.slug, *note.aliases)
            self.lookup.give(note.name, sorted({number for entry in entries for number in self.lookup.named(entry)}))

    def rename(self) -> None:
        split_off = {name.casefold() for name in self.words.targets.names}
        for old, new in self.record.in_order("rename", self.words.decisions.rename):
            where = ("rename", old)
            found = self.find(where)
            if len(self.lookup.families(found)) > 1:
                self.several(where, found)
                continue
            earlier = self.record.of("rename", found)
            if earlier and self.verdicts.names[found[0]] != new:
                self.record.clash(where, earlier, earlier)
                continue
            if new.casefold() not in split_off and any(number not in found for number in self.lookup.named(new)):
                self.record.say(f"“{new}” is the name of another entity. If “{old}” is the same, merge the two.", where)
            self.speak(found, where)
            self.verdicts.names.update(dict.fromkeys(found, new))
            self.lookup.give(new, found)

    def part(self) -> None:
        for group in sorted(self.words.decisions.not_the_same):
            where = ("not-the-same", *group)
            found = {entry: self.find(where, entry) for entry in group}
            self.foes.append((frozenset(chain.from_iterable(found.values())), where))
            for first, second in combinations(group, 2):
                if not _each(self.union.part, product(found[first], found[second])):
                    self.record.say(
                        f"“{first}” and “{second}” are one name in the articles, and cannot be told apart by name. "
                        "Write names that differ, or split one off.",
                        where,
                    )

    def merge(self) -> None:
        for survivor, names in self.record.in_order("merge", self.words.decisions.merge):
            found = {entry: self.find(("merge", survivor, entry), entry) for entry in (survivor, *names)}
            chosen = self.of_one_family(found)
            chief = next((numbers[0] for numbers in chosen.values() if numbers), None)
            if chief is None:
                continue
            for entry, numbers in chosen.items():
                where = ("merge", survivor, entry)
                earlier = self.record.of("merge", numbers)
                if entry != survivor and earlier and earlier[1] != survivor:
                    self.record.clash(where, earlier, earlier)
                elif not _each(self.union.join, product([chief], numbers)):
                    self.record.say(
                        f"“{entry}” is merged into “{survivor}”, but {self.foe(chief, numbers)} keeps them apart. "
                        "They stay apart; remove one of the two decisions.",
                        where,
                    )
                else:
                    self.speak(numbers, where if entry != survivor else ("survivor", survivor))
            self.verdicts.names.setdefault(chief, self.form(survivor, chief))
            self.lookup.give(survivor, [chief])

    def of_one_family(self, found: dict[str, list[int]]) -> dict[str, list[int]]:
        """Where a name is that of a person and of a place, the one of the others' family is meant."""
        everyone = [numbers for numbers in found.values() if numbers]
        plain = [numbers for numbers in everyone if len(self.lookup.families(numbers)) == 1] or everyone[:1]
        if not plain:
            return found
        family = self.clusters[plain[0][0]].family
        return {
            entry: [number for number in numbers if self.clusters[number].family is family] or numbers
            for entry, numbers in found.items()
        }

    def retype(self) -> None:
        decided = [
            (("type", entry), self.find(("type", entry)), kind)
            for entry, kind in self.record.in_order("type", self.words.decisions.types)
        ]
        for _, found, _ in decided:
            for number in found:
                self.union.join(found[0], number)
        first: dict[int, tuple[Where, EntityType]] = {}
        for where, found, kind in decided:
            for root in sorted({self.union.find(number) for number in found}):
                earlier, other = first.setdefault(root, (where, kind))
                if other is not kind:
                    self.record.clash(where, earlier, earlier)
                    break
            else:
                self.speak(found, where)
                self.verdicts.types.update(dict.fromkeys(found, kind))

    def attach(self, note: Note) -> None:
        what, path = ("entry", note.listed) if note.listed else ("note", f"entities/{note.slug}.md")
        entries = (note.name, *note.aliases) if note.listed else (note.name, note.slug, *note.aliases)
        found = sorted({number for entry in entries for number in self.lookup.named(entry)})
        found = found or sorted({number for entry in entries for number in self.lookup.find(entry)})
        if not found:
            if not note.listed:  # a list may hold thousands of names that no article has
                near = self.lookup.near(note.name)
                hint = f"did you mean “{near}”? Correct" if near else "correct"
                said = f"The note “{note.name}” fits no name in any article; {hint} its name or aliases."
                self.record.tell(said, path, note)
            return
        if len(self.lookup.families(found)) > 1 and note.type is not None:
            family = keys.family(note.type)
            found = [number for number in found if self.clusters[number].family is family] or found
        if len(self.lookup.families(found)) > 1:
            said = f"The {what} “{note.name}” fits several entities ({self.kinds(found)}); give it a type."
            self.record.tell(said, path, note)
            return
        if not _each(self.union.join, product(found[:1], found)):
            said = f"The {what} “{note.name}” has aliases that not-the-same keeps apart; remove one of them."
            self.record.tell(said, path, note)
        if not note.listed:
            self.speak(found, ("note", note.slug))
        self.attached.append((note, path, found))

    def settle_notes(self) -> None:
        """Of several notes on one entity the first is its own; likewise of entries of lists."""
        first: dict[tuple[bool, int], Note] = {}
        for note, path, found in self.attached:
            other = first.setdefault((bool(note.listed), self.union.find(found[0])), note)
            if other is not note:
                same = f"that in {other.listed}, line {other.line}" if other.listed else f"{other.slug}.md"
                what = "entry" if note.listed else "note"
                said = f"The {what} “{note.name}” is of the same entity as {same}; put them into one."
                self.record.tell(said, path, note)
            elif note.listed:
                self.verdicts.listed.update(dict.fromkeys(found, note))
            else:
                self.verdicts.notes[found[0]] = note

    def obey(self) -> None:
        """Join names that were said to be an entity's to those of that entity, else part them from whose they were."""
        taken = dict(self.words.targets.taken)
        for target in self.words.targets.names:
            found = self.lookup.named(target)
            own = [number for number in found if target in self.clusters[number].forms] or found[:1]
            if not own:
                continue
            self.speak(own, ("split", target))
            others = [number for number in found if number not in own]
            if target in taken and not others:
                others = [number for number in self.lookup.called(target) if number not in own]
            family = self.clusters[own[0]].family
            others = [number for number in others if self.clusters[number].family is family] or others
            if len(self.lookup.families(others)) == 1:
                _each(self.union.join, product(own[:1], others))
            elif target in taken:
                old = [number for number in self.lookup.named(taken[target]) if number not in own]
                if not _each(self.union.part, product(own, old)):
                    said = f"“{target}” is split off from “{taken[target]}”, but another decision joins the two."
                    self.record.say(f"{said} Remove one of the two.", ("split", target))

    def hide(self, kind: str, entries: Sequence[str], hidden: set[int]) -> None:
        for entry in sorted(entries):
            found = self.find((kind, entry))
            for other in POINTLESS if kind == "ignore" else ():
                pointless = self.record.of(other, found)
                if pointless:
                    self.record.clash((kind, entry), pointless, (kind, entry))
            hidden.update(found)
            self.speak(found, (kind, entry))

    def confirm(self) -> None:
        for entry in sorted(self.words.decisions.confirm):
            self.speak(self.find(("confirm", entry)), ("confirm", entry))

    def find(self, where: Where, entry: str = "") -> list[int]:
        """The clusters that a decision's name, or one of its names, means; none is worth a word."""
        found = self.lookup.find(entry or where[-1])
        if not found:
            near = self.lookup.near(entry or where[-1])
            hint = f"Did you mean “{near}”?" if near else "Correct or remove it."
            self.record.say(f"“{entry or where[-1]}” is not a name in any article. {hint}", where)
        return found

    def speak(self, numbers: Sequence[int], where: Where) -> None:
        self.verdicts.settled.update(numbers)
        self.record.speak(numbers, where)

    def several(self, where: Where, found: Sequence[int]) -> None:
        said = f"“{where[-1]}” fits several entities ({self.kinds(found)}); write the id of the one that is meant."
        self.record.say(said, where)

    def kinds(self, found: Sequence[int]) -> str:
        return ", ".join(sorted(family.value for family in self.lookup.families(found)))

    def foe(self, chief: int, numbers: Sequence[int]) -> str:
        """The decision that keeps a cluster and others apart."""
        mine = {number for number in range(len(self.clusters)) if self.one(number, chief)} | set(numbers)
        where = next((where for group, where in self.foes if len(group & mine) > 1), ("not-the-same",))
        line = self.record.lines.get(where)
        return f"not-the-same in line {line}" if line else "not-the-same"

    def form(self, entry: str, chief: int) -> str:
        """How the survivor is written: as in the articles where the decision has its id or another case."""
        forms = self.clusters[chief].forms
        if chief in self.verdicts.names or entry in forms:
            return self.verdicts.names.get(chief, entry)
        same = [form for form in forms if form.casefold() == entry.casefold()]
        if not same and entry == entry.lower() and " " not in entry and self.lookup.named(entry):
            same = list(forms)
        return min(same, key=lambda form: (-forms[form], form)) if same else entry

    def one(self, first: int, second: int) -> bool:
        return self.union.find(first) == self.union.find(second)


def _each(carry_out: Callable[[int, int], bool], pairs: Iterable[tuple[int, int]]) -> bool:
    """Whether something could be done with every pair; it is done with those that it can be done with."""
    failed = [pair for pair in pairs if not carry_out(*pair)]
    return not failed
