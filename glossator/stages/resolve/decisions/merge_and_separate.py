"""Decisions to merge names, and to keep names apart. If they contradict each other, names stay apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, combinations, product

from glossator.model import Decisions
from glossator.stages.resolve.blocking.keys import untyped_key
from glossator.stages.resolve.decisions.conflict_log import decision_ref
from glossator.stages.resolve.decisions.state import DecisionState, each_pair


def separated_forms(decisions: Decisions) -> frozenset[str]:
    """Return the forms, in lower case, that a person keeps apart although their keys are equal."""
    found = set()
    for entries in decisions.not_the_same:
        for first, second in combinations(entries, 2):
            if first.casefold() != second.casefold() and untyped_key(first) == untyped_key(second):
                found |= {first.casefold(), second.casefold()}
    return frozenset(found)


def separate(state: DecisionState) -> None:
    for names in sorted(state.input.decisions.not_the_same):
        decision = decision_ref("not-the-same", *names)
        found = {name: state.find(decision, name) for name in names}
        state.cannot_links.append((frozenset(chain.from_iterable(found.values())), decision))
        for first, second in combinations(names, 2):
            if not each_pair(state.sets.separate, product(found[first], found[second])):
                state.log.report(
                    f"“{first}” and “{second}” are one name in the articles, and cannot be told apart by name. "
                    "Write names that differ, or split one off.",
                    decision,
                )


def merge(state: DecisionState) -> None:
    for survivor, names in state.log.in_file_order("merge", state.input.decisions.merge):
        found = {name: state.find(decision_ref("merge", survivor, name), name) for name in (survivor, *names)}
        chosen = _of_one_family(state, found)
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


def _of_one_family(state: DecisionState, found: dict[str, list[int]]) -> dict[str, list[int]]:
    """Return the clusters of merged names; if a name is a person's and a place's, those of the other names' family."""
    non_empty = [clusters for clusters in found.values() if clusters]
    unambiguous = [clusters for clusters in non_empty if len(state.lookup.families(clusters)) == 1] or non_empty[:1]
    if not unambiguous:
        return found
    family = state.clusters[unambiguous[0][0]].family
    return {
        name: [cluster for cluster in clusters if state.clusters[cluster].family is family] or clusters
        for name, clusters in found.items()
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
