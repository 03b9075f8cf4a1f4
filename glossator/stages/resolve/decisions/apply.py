"""Decisions and notes -> what they mean for the clusters. What a person decides goes before what the articles show.

If decisions contradict each other, the first one in the file is carried out and both are reported.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence

from glossator.model import NOBODY, ArticleId, Decisions, EntityType, Problem
from glossator.naming.disjoint_sets import DisjointSets
from glossator.stages.resolve.clustering.equal_names import Cluster, ExactClusters
from glossator.stages.resolve.decisions.merge_and_separate import (
    add_note_name,
    attach_notes,
    join_override_targets,
    merge,
    notes_in_order,
    separate,
)
from glossator.stages.resolve.decisions.state import (
    PATH,
    SIMILAR_NAME,
    ClusterLookup,
    ConflictLog,
    DecisionInput,
    DecisionOutcome,
    DecisionRef,
    DecisionState,
    EntryProblem,
    Unmatched,
    decision_ref,
)
from glossator.stages.resolve.decisions.statements import statements


def apply_decisions(clusters: Sequence[Cluster], sets: DisjointSets, given: DecisionInput) -> DecisionOutcome:
    """Join and separate clusters in `sets` as decided (`given`), and return what else was decided."""
    log, outcome = ConflictLog(given.decisions.lines), DecisionOutcome(private_names=given.private)
    if not given.targets.names and not any(statements(given.decisions, given.notes)):
        return outcome
    state = DecisionState(clusters, sets, ClusterLookup(clusters, given.published, given.language), given, log, outcome)
    ordered = notes_in_order(given.notes)
    for note in ordered:
        add_note_name(state, note)
    rename(state)
    separate(state)
    merge(state)
    set_types(state)
    attach_notes(state, ordered)
    join_override_targets(state)
    confirm(state)
    hide(state, "ignore", given.decisions.ignore, outcome.ignored)
    hide(state, "private", given.decisions.private, outcome.private)
    outcome.problems.extend(log.problems)
    return outcome


def rename(state: DecisionState) -> None:
    split_off = {name.casefold() for name in state.input.targets.names}
    for old, new in state.log.in_file_order("rename", state.input.decisions.rename):
        decision = decision_ref("rename", old)
        clusters = state.find(decision)
        if len(state.lookup.families(clusters)) > 1:
            families = state.family_names(clusters)
            state.log.report(
                f"“{old}” fits several entities ({families}); write the id of the one that is meant.", decision
            )
            continue
        earlier = state.log.earlier("rename", clusters)
        if earlier and state.outcome.names[clusters[0]] != new:
            state.log.report_conflict(decision, earlier, earlier)
            continue
        if new.casefold() not in split_off and any(cluster not in clusters for cluster in state.lookup.by_name(new)):
            message = f"“{new}” is the name of another entity. If “{old}” is the same, merge the two."
            state.log.report(message, decision)
        state.settle(clusters, decision)
        state.outcome.names.update(dict.fromkeys(clusters, new))
        state.lookup.add_name(new, clusters)


def set_types(state: DecisionState) -> None:
    decided = [
        (decision_ref("type", name), state.find(decision_ref("type", name)), kind)
        for name, kind in state.log.in_file_order("type", state.input.decisions.types)
    ]
    for _, clusters, _ in decided:
        for cluster in clusters:
            state.sets.join(clusters[0], cluster)
    first: dict[int, tuple[DecisionRef, EntityType]] = {}
    for decision, clusters, kind in decided:
        for root in sorted({state.sets.find(cluster) for cluster in clusters}):
            earlier, earlier_kind = first.setdefault(root, (decision, kind))
            if earlier_kind is not kind:
                state.log.report_conflict(decision, earlier, earlier)
                break
        else:
            state.settle(clusters, decision)
            state.outcome.types.update(dict.fromkeys(clusters, kind))


POINTLESS = {"ignore": ("confirm", "rename", "type"), "private": ("confirm",)}
"""Kinds of decision that make no sense for an ignored name, and for a private one."""


def confirm(state: DecisionState) -> None:
    for name in sorted(state.input.decisions.confirm):
        decision = decision_ref("confirm", name)
        state.settle(state.find(decision), decision)


def hide(state: DecisionState, kind: str, names: Sequence[str], hidden: set[int]) -> None:
    """Add the clusters of ignored or private names to `hidden`; `kind` is the kind of decision."""
    for name in sorted(names):
        decision = decision_ref(kind, name)
        clusters = state.find(decision)
        if kind == "private" and " " not in name and not state.lookup.by_name(name):
            # a surname by which articles call people, of whom a person confirmed some by their whole names
            clusters = [cluster for cluster in clusters if not state.log.earlier("confirm", [cluster])]
        for other in POINTLESS[kind]:
            pointless = state.log.earlier(other, clusters)
            if pointless:
                state.log.report_conflict(decision, pointless, decision)
        hidden.update(clusters)
        state.settle(clusters, decision)


def leave_out_unknown(exact: ExactClusters, outcome: DecisionOutcome, unknown: tuple[str, ...]) -> None:
    """Ignore the clusters of marks whose targets are `unknown`, and report each.

    Without a type a mark could only mean a person, and a slip of the pen would become one whom somebody confirmed.
    """
    for target in unknown:
        fact, remedy = f"{mark_of(target)} names nobody and is left out.", "For somebody new, add a type: type=person."
        unmatched = Unmatched(target.replace("-", " "), f"{fact} Did you mean “{SIMILAR_NAME}”? {remedy}")
        for index, cluster in enumerate(exact.clusters):
            if target in cluster.forms:
                outcome.ignored.add(index)
                for article in sorted({exact.table.articles[occurrence] for occurrence in cluster.occurrences}):
                    problem = Problem("resolve", f"articles/{article}.md", f"{fact} {remedy}", fatal=False)
                    outcome.problems.append(EntryProblem(target, problem, unmatched))


def mark_of(target: str) -> str:
    """Return a mark as a message names it; the message begins with these words."""
    return f"entity={target}"


def unknown_articles(decisions: Decisions, articles: Collection[ArticleId]) -> Iterator[Problem]:
    """Yield a problem for each article that a decision names and that the archive lacks."""
    for split in decisions.splits:
        kind = "ignore-in" if split.entity == NOBODY else "split"
        for article in split.articles:
            if ArticleId(article) not in articles:
                near = difflib.get_close_matches(article, sorted(articles), 1)
                hint = f"Did you mean {near[0]}?" if near else "Write the end of its page's address, without .html."
                message = f"{kind}: there is no article {article}. {hint}"
                yield Problem("resolve", PATH, message, split.line, fatal=False, reveals=bool(near))
