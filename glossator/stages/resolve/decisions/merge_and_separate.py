"""Decisions, notes and lists of names that join clusters or keep them apart. Contradicted, names stay apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, combinations, product
from typing import NamedTuple

from glossator.model import Decisions, Note
from glossator.stages.resolve.blocking import family_of, untyped_key
from glossator.stages.resolve.decisions.state import SIMILAR_NAME, DecisionState, Unmatched, decision_ref, each_pair


def separated_forms(decisions: Decisions) -> frozenset[str]:
    """Return the forms, in lower case, that a person keeps apart although their keys are equal."""
    forms = set()
    for entries in decisions.not_the_same:
        for first, second in combinations(entries, 2):
            if first.casefold() != second.casefold() and untyped_key(first) == untyped_key(second):
                forms |= {first.casefold(), second.casefold()}
    return frozenset(forms)


def separate(state: DecisionState) -> None:
    for names in sorted(state.input.decisions.not_the_same):
        decision = decision_ref("not-the-same", *names)
        clusters_by_name = {name: state.find(decision, name) for name in names}
        state.cannot_links.append((frozenset(chain.from_iterable(clusters_by_name.values())), decision))
        for first, second in combinations(names, 2):
            if not each_pair(state.sets.separate, product(clusters_by_name[first], clusters_by_name[second])):
                state.log.report(
                    f"“{first}” and “{second}” are one name in the articles, and cannot be told apart by name. "
                    "Write names that differ, or split one off.",
                    decision,
                )


def merge(state: DecisionState) -> None:
    for survivor, names in state.log.in_file_order("merge", state.input.decisions.merge):
        matching = {name: state.find(decision_ref("merge", survivor, name), name) for name in (survivor, *names)}
        chosen = _of_one_family(state, matching)
        main = next((clusters[0] for clusters in chosen.values() if clusters), None)
        if main is None:
            continue
        for name, clusters in chosen.items():
            decision = decision_ref("merge", survivor, name)
            earlier = state.log.earlier("merge", clusters)
            if name != survivor and earlier and earlier.names[0] != survivor:
                state.log.report_conflict(decision, earlier, earlier)
            elif not each_pair(state.sets.join, product([main], clusters)):
                state.log.report(
                    f"“{name}” is merged into “{survivor}”, but {_separating(state, main, clusters)} keeps them apart. "
                    "They stay apart; remove one of the two decisions.",
                    decision,
                )
            else:
                state.settle(clusters, decision if name != survivor else decision_ref("survivor", survivor))
        state.outcome.names.setdefault(main, _survivor_form(state, survivor, main))
        state.lookup.add_name(survivor, [main])


def _of_one_family(state: DecisionState, clusters_by_name: dict[str, list[int]]) -> dict[str, list[int]]:
    """Return the clusters of merged names; if a name is a person's and a place's, those of the other names' family."""
    non_empty = [clusters for clusters in clusters_by_name.values() if clusters]
    unambiguous = [clusters for clusters in non_empty if len(state.lookup.families(clusters)) == 1] or non_empty[:1]
    if not unambiguous:
        return clusters_by_name
    family = state.clusters[unambiguous[0][0]].family
    return {
        name: [cluster for cluster in clusters if state.clusters[cluster].family is family] or clusters
        for name, clusters in clusters_by_name.items()
    }


def _separating(state: DecisionState, main: int, clusters: Sequence[int]) -> str:
    """Return the decision that keeps `clusters` apart from `main`, as a message names it."""
    root = state.sets.find(main)
    members = {index for index in range(len(state.clusters)) if state.sets.find(index) == root} | set(clusters)
    default = decision_ref("not-the-same")
    decision = next((decision for separated, decision in state.cannot_links if len(separated & members) > 1), default)
    line = state.log.lines.get((decision.kind, *decision.names))
    return f"not-the-same in line {line}" if line else "not-the-same"


def _survivor_form(state: DecisionState, survivor: str, main: int) -> str:
    """Return the name of a survivor: the form of the articles if the decision has its id or another case."""
    forms = state.clusters[main].forms
    if main in state.outcome.names or survivor in forms:
        return state.outcome.names.get(main, survivor)
    equal = [form for form in forms if form.casefold() == survivor.casefold()]
    if not equal and survivor == survivor.lower() and " " not in survivor and state.lookup.by_name(survivor):
        equal = list(forms)
    return min(equal, key=lambda form: (-forms[form], form)) if equal else survivor


def join_override_targets(state: DecisionState) -> None:
    """Join overridden names to the names of their target, or else separate them from the entity that they left."""
    split_from = dict(state.input.targets.split_from)
    for target in state.input.targets.names:
        clusters = state.lookup.by_name(target)
        own = [cluster for cluster in clusters if target in state.clusters[cluster].forms] or clusters[:1]
        if not own:
            continue
        decision = decision_ref("split", target)
        state.settle(own, decision)
        others = [cluster for cluster in clusters if cluster not in own]
        if target in split_from and not others:
            others = [cluster for cluster in state.lookup.by_alias(target) if cluster not in own]
        if not others:  # only the person named it, who also said how
            state.outcome.names.update({cluster: target for cluster in own if cluster not in state.outcome.names})
        family = state.clusters[own[0]].family
        others = [cluster for cluster in others if state.clusters[cluster].family is family] or others
        if len(state.lookup.families(others)) == 1:
            each_pair(state.sets.join, product(own[:1], others))
        elif target in split_from:
            left = [cluster for cluster in state.lookup.by_name(split_from[target]) if cluster not in own]
            if not each_pair(state.sets.separate, product(own, left)):
                message = f"“{target}” is split off from “{split_from[target]}”, but another decision joins the two."
                state.log.report(f"{message} Remove one of the two.", decision)


class AttachedNote(NamedTuple):
    """A note or an entry of a list, with its file and its clusters."""

    note: Note
    path: str
    clusters: list[int]


def notes_in_order(notes: Sequence[Note]) -> list[Note]:
    """Return notes in the order in which they are applied."""
    return sorted(notes, key=lambda note: (note.slug, note.listed, note.line or 0))


def add_note_name(state: DecisionState, note: Note) -> None:
    """Let decisions use the name that a note or list gives to an entity that the articles call otherwise."""
    if not state.lookup.by_name(note.name):
        entries = (note.slug, *note.aliases)
        clusters = sorted({cluster for entry in entries for cluster in state.lookup.by_name(entry)})
        state.lookup.add_name(note.name, clusters)


def attach_notes(state: DecisionState, notes: Sequence[Note]) -> None:
    """Give each entity its note, and its entry of a list: the first if there are several."""
    attached = [attached_note for note in notes if (attached_note := _attach(state, note)) is not None]
    first: dict[tuple[bool, int], Note] = {}
    for note, path, clusters in attached:
        other = first.setdefault((bool(note.listed), state.sets.find(clusters[0])), note)
        if other is not note:
            same = f"that in {other.listed}, line {other.line}" if other.listed else f"{other.slug}.md"
            message = f"The {_kind(note)} “{note.name}” is of the same entity as {same}; put them into one."
            state.log.report_note(message, path, note)
        elif note.listed:
            state.outcome.listed.update(dict.fromkeys(clusters, note))
        else:
            state.outcome.notes[clusters[0]] = note


def _attach(state: DecisionState, note: Note) -> AttachedNote | None:
    """Join the clusters of a note; None if it fits none, or clusters of several families."""
    path = note.listed or f"entities/{note.slug}.md"
    clusters = _clusters(state, note)
    if not clusters:
        if not note.listed:  # a list may hold thousands of names that no article has
            fact, remedy = f"The note “{note.name}” fits no name in any article;", "its name or aliases."
            unmatched = Unmatched(note.name, f"{fact} did you mean “{SIMILAR_NAME}”? Correct {remedy}")
            state.log.report_note(f"{fact} correct {remedy}", path, note, unmatched)
        return None
    if len(state.lookup.families(clusters)) > 1:
        families = state.family_names(clusters)
        message = f"The {_kind(note)} “{note.name}” fits several entities ({families}); give it a type."
        state.log.report_note(message, path, note)
        return None
    if not each_pair(state.sets.join, product(clusters[:1], clusters)):
        message = f"The {_kind(note)} “{note.name}” has aliases that not-the-same keeps apart; remove one of them."
        state.log.report_note(message, path, note)
    if not note.listed:
        state.settle(clusters, decision_ref("note", note.slug))
    return AttachedNote(note, path, clusters)


def _clusters(state: DecisionState, note: Note) -> list[int]:
    """Return the clusters that a note names, those of its type's family if there are several families."""
    entries = (note.name, *note.aliases) if note.listed else (note.name, note.slug, *note.aliases)
    clusters = sorted({cluster for entry in entries for cluster in state.lookup.by_name(entry)})
    clusters = clusters or sorted({cluster for entry in entries for cluster in state.lookup.find(entry)})
    if note.type is not None and len(state.lookup.families(clusters)) > 1:
        family = family_of(note.type)
        clusters = [cluster for cluster in clusters if state.clusters[cluster].family is family] or clusters
    return clusters


def _kind(note: Note) -> str:
    return "entry" if note.listed else "note"
