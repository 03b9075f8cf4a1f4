"""Decisions and notes -> what they mean for the clusters. What a person decides goes before what the articles show.

If decisions contradict each other, the first one in the file is carried out and both are reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, combinations, product

from glossator.model import Decisions, EntityType
from glossator.naming.disjoint_sets import DisjointSets
from glossator.stages.resolve.blocking.keys import untyped_key
from glossator.stages.resolve.clustering.equal_names import Cluster
from glossator.stages.resolve.decisions import notes_and_gazetteers
from glossator.stages.resolve.decisions.conflict_log import ConflictLog, DecisionRef, decision_ref
from glossator.stages.resolve.decisions.lookup import ClusterLookup
from glossator.stages.resolve.decisions.outcome import DecisionInput, DecisionOutcome
from glossator.stages.resolve.decisions.state import DecisionState, each_pair
from glossator.stages.resolve.decisions.statements import statements

POINTLESS_IF_IGNORED = ("confirm", "rename", "type")
"""Kinds of decision that make no sense for an ignored name."""


def separated_forms(decisions: Decisions) -> frozenset[str]:
    """Return the forms, in lower case, that a person keeps apart although their keys are equal."""
    found = set()
    for entries in decisions.not_the_same:
        for first, second in combinations(entries, 2):
            if first.casefold() != second.casefold() and untyped_key(first) == untyped_key(second):
                found |= {first.casefold(), second.casefold()}
    return frozenset(found)


def apply_decisions(clusters: Sequence[Cluster], sets: DisjointSets, given: DecisionInput) -> DecisionOutcome:
    """Join and separate clusters in `sets` as decided (`given`), and return what else was decided."""
    log, outcome = ConflictLog(given.decisions.lines), DecisionOutcome()
    if not given.targets.names and not any(statements(given.decisions, given.notes)):
        return outcome
    state = DecisionState(clusters, sets, ClusterLookup(clusters, given.published), given, log, outcome)
    ordered = notes_and_gazetteers.in_order(given.notes)
    for note in ordered:
        notes_and_gazetteers.add_note_name(state, note)
    _rename(state)
    _separate(state)
    _merge(state)
    _set_types(state)
    notes_and_gazetteers.attach_notes(state, ordered)
    _join_override_targets(state)
    _confirm(state)
    _hide(state, "ignore", given.decisions.ignore, outcome.ignored)
    _hide(state, "private", given.decisions.private, outcome.private)
    outcome.problems.extend(log.problems)
    outcome.unmatched_prefixes.extend(state.lookup.unmatched_prefixes)
    return outcome


def _rename(state: DecisionState) -> None:
    split_off = {name.casefold() for name in state.input.targets.names}
    for old, new in state.log.in_file_order("rename", state.input.decisions.rename):
        decision = decision_ref("rename", old)
        found = state.find(decision)
        if len(state.lookup.families(found)) > 1:
            families = state.family_names(found)
            state.log.report(
                f"“{old}” fits several entities ({families}); write the id of the one that is meant.", decision
            )
            continue
        earlier = state.log.earlier("rename", found)
        if earlier and state.outcome.names[found[0]] != new:
            state.log.report_conflict(decision, earlier, earlier)
            continue
        if new.casefold() not in split_off and any(cluster not in found for cluster in state.lookup.by_name(new)):
            message = f"“{new}” is the name of another entity. If “{old}” is the same, merge the two."
            state.log.report(message, decision)
        state.settle(found, decision)
        state.outcome.names.update(dict.fromkeys(found, new))
        state.lookup.add_name(new, found)


def _separate(state: DecisionState) -> None:
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


def _merge(state: DecisionState) -> None:
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


def _set_types(state: DecisionState) -> None:
    decided = [
        (decision_ref("type", name), state.find(decision_ref("type", name)), kind)
        for name, kind in state.log.in_file_order("type", state.input.decisions.types)
    ]
    for _, found, _ in decided:
        for cluster in found:
            state.sets.join(found[0], cluster)
    first: dict[int, tuple[DecisionRef, EntityType]] = {}
    for decision, found, kind in decided:
        for root in sorted({state.sets.find(cluster) for cluster in found}):
            earlier, earlier_kind = first.setdefault(root, (decision, kind))
            if earlier_kind is not kind:
                state.log.report_conflict(decision, earlier, earlier)
                break
        else:
            state.settle(found, decision)
            state.outcome.types.update(dict.fromkeys(found, kind))


def _join_override_targets(state: DecisionState) -> None:
    """Join overridden names to the names of their target, or else separate them from the entity that they left."""
    split_from = dict(state.input.targets.split_from)
    for target in state.input.targets.names:
        found = state.lookup.by_name(target)
        own = [cluster for cluster in found if target in state.clusters[cluster].forms] or found[:1]
        if not own:
            continue
        decision = decision_ref("split", target)
        state.settle(own, decision)
        others = [cluster for cluster in found if cluster not in own]
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


def _confirm(state: DecisionState) -> None:
    for name in sorted(state.input.decisions.confirm):
        decision = decision_ref("confirm", name)
        state.settle(state.find(decision), decision)


def _hide(state: DecisionState, kind: str, names: Sequence[str], hidden: set[int]) -> None:
    """Add the clusters of ignored or private names to `hidden`; `kind` is the kind of decision."""
    for name in sorted(names):
        decision = decision_ref(kind, name)
        found = state.find(decision)
        for other in POINTLESS_IF_IGNORED if kind == "ignore" else ():
            pointless = state.log.earlier(other, found)
            if pointless:
                state.log.report_conflict(decision, pointless, decision)
        hidden.update(found)
        state.settle(found, decision)
