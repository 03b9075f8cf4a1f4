"""Short forms and acronyms of bodies, things and places: joined to the one name that an article gives besides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from glossator.model import EntityType, Name
from glossator.naming import geonames
from glossator.naming.acronyms import abbreviates, is_acronym, is_general, is_short_form
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.head_nouns import types_of_noun
from glossator.naming.lexicon import GENERIC_HEADS
from glossator.naming.name_parts import is_generic
from glossator.naming.normalise import words
from glossator.naming.regions import CAPITAL_DISTRICT
from glossator.stages.resolve.blocking import Family, name_key
from glossator.stages.resolve.clustering.canonical_name import canonical_name
from glossator.stages.resolve.clustering.co_occurrence import CoOccurrence
from glossator.stages.resolve.clustering.equal_names import Cluster, ExactClusters, PossibleLink, by_key

MAJORITY = 8
"""Ratio of articles that link a short form to one entity to those that link it to any other, at least."""

DEFINED = 4
"""Ratio of articles that have an acronym of two letters alone to those that explain it, at most."""

AMBIGUOUS_ACRONYM = 2
"""Letters of acronyms that many names have, at most."""


def join_capitals(exact: ExactClusters, sets: DisjointSets, context: CoOccurrence) -> tuple[PossibleLink, ...]:
    """Join an acronym to the same word in another case if an article has both, or if they keep company: NATO, Nato.

    Returns the other pairs.
    """
    possible_links: list[PossibleLink] = []
    indices = by_key(exact.clusters)
    for index, cluster in enumerate(exact.clusters):
        other = indices.get((cluster.key.lower(), Family.THING)) if cluster.key.isupper() else None
        if other is None:
            continue
        word = exact.clusters[other]
        in_one_text = word.key in alias_keys(cluster) or cluster.key in alias_keys(word)
        if in_one_text or exact.share_article(cluster, word) or context.supports(index, other):
            sets.join(index, other)
        else:
            possible_links.append(PossibleLink(index, other, "The names differ in capitals alone."))
    return tuple(possible_links)


def join_short_forms(exact: ExactClusters, sets: DisjointSets, context: CoOccurrence) -> tuple[PossibleLink, ...]:
    """Join a body or place that goes by a short form to the one that an article calls by both forms.

    Returns pairs of which the first may as well be a place that the second, a body, is named after.
    """
    clusters = exact.clusters
    indices = by_key(clusters)
    links = _short_form_links(clusters, indices)
    possible_links: list[PossibleLink] = []
    for short, family in sorted(links, key=lambda link: (link[0], link[1].value)):
        lone = indices.get((short, family))
        if lone is None or _has_acronym(clusters[lone]):
            continue
        form = clusters[lone].usual_form
        # An acronym may be that of several bodies, whatever their articles call them mostly.
        called = [] if is_acronym(form) else [index for index in links[short, family] if _is_usual(exact, index, short)]
        if not is_generic(form):
            for index in sorted(called):
                sets.join(lone, index)
        votes: Counter[int] = Counter()
        for index, count in links[short, family].items():
            votes[sets.find(index)] += count
        votes.pop(sets.find(lone), None)
        main = _clear_winner(votes)
        if main is None or _is_other_state(form, clusters[main]):
            continue
        usual = any(sets.find(index) == main for index in called)
        if not usual and not _is_believed(exact, clusters[lone], votes[main]) and not context.supports(lone, main):
            possible_links.extend(() if is_generic(form) else (PossibleLink(lone, main, _reason(form)),))
            continue
        is_also_place = (short, Family.PLACE) in indices
        of_place = family is Family.THING and (is_also_place or _is_named_after_place(form, clusters[main]))
        if not usual and (of_place or exact.are_apart(clusters[lone], clusters[main])):
            possible_links.append(PossibleLink(lone, main, _reason(form)))
        else:
            sets.join(lone, main)
    return tuple(possible_links)


def _reason(form: str) -> str:
    return f"“{form}” may be short for it."


def _is_believed(exact: ExactClusters, lone: Cluster, articles: int) -> bool:
    """True if so many articles have a short form and the full one that the short form alone means the same.

    If more articles have the short form alone, it may be another body's name, unless it is an acronym; an acronym of
    two letters may mean many things, and so may a word, whatever one article calls so: the Onewind Tempest.
    """
    form = lone.usual_form
    if is_generic(form):
        return False
    if articles >= len(lone.occurrences):
        return articles > 1 or len(words(form)) > 1 or is_acronym(form) or _is_name_by_itself(form, exact.names(lone))
    defined = is_unambiguous_acronym(form) or articles * DEFINED >= len(lone.occurrences)
    return is_acronym(form) and not is_general(form) and defined


def _is_other_state(form: str, cluster: Cluster) -> bool:
    """True if a form is the code of one of the United States, and the cluster is another place: LA, Los Angeles."""
    code = form.replace(".", "")
    state = None if code == CAPITAL_DISTRICT else geonames.states().get(code)
    return state is not None and cluster.family is Family.PLACE and state.name not in cluster.forms


def _is_name_by_itself(word: str, names: Sequence[Name]) -> bool:
    """True if one word names a body or a place, and does not say what it is: McMaster, but Tempest or Airlines."""
    is_wide = any(name.type in (EntityType.ORGANISATION, EntityType.PLACE) for name in names)
    return is_wide and not types_of_noun(word.casefold())


def alias_keys(cluster: Cluster) -> set[str]:
    """Return the keys of the forms that are not the best one in any article."""
    return {name_key(form, cluster.family) for form in cluster.other_forms}


def _is_usual(exact: ExactClusters, index: int, short: str) -> bool:
    """True if the articles of a cluster call it mostly by a short form, given by its key: Big Machine, rarely Records.

    Then the short form is the entity's name, wherever it stands.
    """
    cluster, table = exact.clusters[index], exact.table
    mentions: Counter[str] = Counter()
    for number in {table.name_indices[occurrence] for occurrence in cluster.occurrences}:
        mentions.update(dict(table.names[number].forms))
    kind = table.name(cluster.occurrences[0]).type
    return name_key(canonical_name(cluster.forms, mentions, kind), cluster.family) == short


def is_unambiguous_acronym(form: str) -> bool:
    """True if an acronym is not one that many names have."""
    return is_acronym(form) and not is_general(form) and len("".join(words(form))) > AMBIGUOUS_ACRONYM


def _short_form_links(
    clusters: Sequence[Cluster], indices: Mapping[tuple[str, Family], int]
) -> dict[tuple[str, Family], Counter[int]]:
    """Return for each short form the clusters that some article calls so, with the number of articles.

    `indices` are the clusters by key and family. An acronym is no short form of what is written otherwise: FAST, Fast;
    IOS, iOS.
    """
    links: dict[tuple[str, Family], Counter[int]] = defaultdict(Counter)
    for index, cluster in enumerate(clusters):
        if cluster.family is Family.PERSON:
            continue
        full = max(cluster.forms, key=lambda form: (len(form), form))
        for form, articles in cluster.other_forms.items():
            short = name_key(form, cluster.family)
            lone = indices.get((short, cluster.family))
            if lone is not None and is_acronym(form) and not _is_one_acronym(form, clusters[lone].usual_form):
                continue
            # One article alone is believed if the form itself shows that it shortens the name.
            if short != cluster.key and (articles > 1 or abbreviates(form, full) or is_short_form(form, full)):
                links[short, cluster.family][index] += articles
    return links


def _is_one_acronym(first: str, second: str) -> bool:
    """True if two forms are one acronym in one case, with or without points."""
    return is_acronym(second) and first.replace(".", "") == second.replace(".", "")


def _is_named_after_place(short: str, cluster: Cluster) -> bool:
    """True if `short` may be a place that a body is named after.

    "Northport Council" says what it is, and "Northport" does not.
    """
    short_words = frozenset(words(short))
    return (
        not is_acronym(short)
        and GENERIC_HEADS.isdisjoint(short_words)
        and any(
            short_words < set(form_words) and not GENERIC_HEADS.isdisjoint(form_words)
            for form_words in map(words, cluster.forms)
        )
    )


def _has_acronym(cluster: Cluster) -> bool:
    """True if a name has an acronym of its own, and so is not short for another name."""
    return any(abbreviates(other, form) for other in cluster.other_forms for form in cluster.forms)


def _clear_winner(votes: Counter[int]) -> int | None:
    """Return the cluster that has nearly all votes."""
    if not votes:
        return None
    main = min(votes, key=lambda index: (-votes[index], index))
    return main if votes[main] >= MAJORITY * (votes.total() - votes[main]) else None
