"""Marks in the text of articles that name nobody: they are left out and reported."""

from __future__ import annotations

import difflib

from glossator.model import Problem
from glossator.stages.resolve.clustering.equal_names import ExactClusters
from glossator.stages.resolve.decisions.conflict_log import EntryProblem
from glossator.stages.resolve.decisions.names_meant import PREFIX_LENGTH
from glossator.stages.resolve.decisions.outcome import DecisionOutcome


def leave_out_unknown(exact: ExactClusters, outcome: DecisionOutcome, unknown: tuple[str, ...]) -> None:
    """Ignore the clusters of marks whose targets are `unknown`, and report each with the nearest name.

    Without a type a mark could only mean a person, and a slip of the pen would become one whom somebody confirmed.
    """
    for target in unknown:
        prefix = target.casefold()[:PREFIX_LENGTH]
        outcome.unmatched_prefixes.append(prefix)
        forms = {
            form.casefold(): form
            for cluster in exact.clusters
            for form in sorted(cluster.forms.keys() - {*unknown}, reverse=True)
            if form.casefold().startswith(prefix)
        }
        near = difflib.get_close_matches(target.casefold().replace("-", " "), sorted(forms), 1)
        meant = f"Did you mean “{forms[near[0]]}”? " if near else ""
        message = f"{mark_of(target)} names nobody and is left out. {meant}For somebody new, add a type: type=person."
        for index, cluster in enumerate(exact.clusters):
            if target in cluster.forms:
                outcome.ignored.add(index)
                for article in sorted({exact.table.articles[occurrence] for occurrence in cluster.occurrences}):
                    problem = Problem("resolve", f"articles/{article}.md", message, fatal=False)
                    outcome.problems.append(EntryProblem(target, problem))


def mark_of(target: str) -> str:
    """Return a mark as a message names it; the message begins with these words."""
    return f"entity={target}"
