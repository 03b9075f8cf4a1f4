"""Notes and entries of lists of names, applied to the clusters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from glossator.model import Note
from glossator.stages.resolve.blocking.keys import family_of
from glossator.stages.resolve.decisions.conflict_log import decision_ref
from glossator.stages.resolve.decisions.state import DecisionState, each_pair


class AttachedNote(NamedTuple):
    """A note or an entry of a list, with its file and its clusters."""

    note: Note
    path: str
    clusters: list[int]


def in_order(notes: Sequence[Note]) -> list[Note]:
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
    attached = [found for note in notes if (found := _attach(state, note)) is not None]
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
            near = state.lookup.similar_name(note.name)
            hint = f"did you mean “{near}”? Correct" if near else "correct"
            message = f"The note “{note.name}” fits no name in any article; {hint} its name or aliases."
            state.log.report_note(message, path, note)
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
