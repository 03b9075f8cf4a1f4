"""Clusters that are one entity by what the articles themselves show: spellings, acronyms, short forms."""

from __future__ import annotations

from collections import Counter, defaultdict

from glossator.naming import countries
from glossator.naming.disjoint_sets import Union
from glossator.stages.resolve.blocking import keys
from glossator.stages.resolve.blocking.keys import Family
from glossator.stages.resolve.clustering.context import Company
from glossator.stages.resolve.clustering.exact import Cluster, Gathered
from glossator.stages.resolve.clustering.national_bodies import is_national
from glossator.stages.resolve.clustering.suggestions import Doubt

CLEAR = 8
"""How many times as many articles must link a short form to one entity as to all others together."""

LONG = 5
"""Letters of a name from which its last one may be the plural's."""

FEW = 2
"""Letters of initials that many names have."""

STEM = 5
"""Letters by which a word is known in whatever form: Democrats, Democratic."""

MOST = 8
"""Names compared for the same initials."""

KINDS = frozenset("desert heights islands mountains ocean peninsula river sea".split())
"""What a place may be whose name nothing of another kind is likely to bear."""

DIRECTIONS = frozenset("the north south east west central inner outer upper lower".split())
"""What is no name of a place without its kind."""

GENERIC = frozenset(
    "academy administration agency alliance army assembly association authority bank board cabinet church club "
    "coalition college commission committee community company conference congress convention council court "
    "department embassy federation force forces foundation front fund government group house institute justice "
    "league military ministry movement navy office opposition organisation organization parliament party police "
    "senate society state states team treasury tribunal union united university".split()
)
"""Kinds of body: a name made of these alone is borne by many."""


def is_generic(form: str) -> bool:
    return all(word in GENERIC for word in keys.words(form))


def join_spellings(clusters: tuple[Cluster, ...], union: Union) -> None:
    """Join names written with umlauts to the same names written without."""
    numbers = {(cluster.key, cluster.family): number for number, cluster in enumerate(clusters)}
    for number, cluster in enumerate(clusters):
        for form in sorted(filter(keys.has_umlaut, cluster.forms)):
            plain = numbers.get((keys.plain_key(form, cluster.family), cluster.family))
            if plain is not None:
                union.join(number, plain)


def join_numbers(clusters: tuple[Cluster, ...], union: Union) -> None:
    """Join parties and movements called in one and in many: a Republican, the Republicans."""
    numbers = {(cluster.key, cluster.family): number for number, cluster in enumerate(clusters)}
    for number, cluster in enumerate(clusters):
        if cluster.family is Family.THING and len(cluster.key) > LONG and cluster.key.endswith("s"):
            one = numbers.get((cluster.key[:-1], cluster.family))
            if one is not None:
                union.join(number, one)


def join_short_forms(gathered: Gathered, union: Union, company: Company) -> tuple[Doubt, ...]:
    """Join a body or place that goes by a short form to the one that an article calls by both forms.

    Returns those that may as well be a place that the body is named after, and are left to a person.
    """
    clusters = gathered.clusters
    numbers = {(cluster.key, cluster.family): number for number, cluster in enumerate(clusters)}
    links = _links(clusters)
    doubts: list[Doubt] = []
    for short, of in sorted(links, key=lambda one: (one[0], one[1].value)):
        votes: Counter[int] = Counter()
        for number, count in links[short, of].items():
            votes[union.find(number)] += count
        lone = numbers.get((short, of))
        if lone is not None and not _is_full(clusters[lone]):
            votes.pop(union.find(lone), None)
            known_as = clusters[lone].usual
            chief = _clear(votes)
            if chief is None:
                continue
            # What more articles call by the short form alone than by both may be another's name.
            doubtful = is_generic(known_as) or votes[chief] < len(clusters[lone].places)
            if doubtful and not keys.is_acronym(known_as) and not company.kept(lone, chief):
                if not is_generic(known_as):
                    doubts.append((lone, chief, f"“{known_as}” may be short for it."))
                continue
            if of is Family.THING and ((short, Family.PLACE) in numbers or _is_namesake(known_as, clusters[chief])):
                doubts.append((lone, chief, f"“{known_as}” may be short for it."))
            else:
                union.join(lone, chief)
    return tuple(doubts)


def _is_namesake(short: str, cluster: Cluster) -> bool:
    """Whether a body may be named after a place: "Northport Council" says what it is, and "Northport" does not."""
    words = frozenset(keys.words(short))
    return (
        not keys.is_acronym(short)
        and GENERIC.isdisjoint(words)
        and any(words < set(named) and not GENERIC.isdisjoint(named) for named in map(keys.words, cluster.forms))
    )


def join_acronyms(gathered: Gathered, union: Union, company: Company) -> tuple[Doubt, ...]:
    """Join initials that no article explains to the one name that they are made of, if the two keep company.

    Returns those that do not, and are left to a person.
    """
    clusters = gathered.clusters
    doubts: list[Doubt] = []
    bearers: dict[str, set[int]] = defaultdict(set)
    for number, cluster in enumerate(clusters):
        if cluster.family is Family.THING:
            for form in (form for form in cluster.forms if not is_national(form)):
                for initials in keys.initials(form):
                    bearers[initials].add(number)
    for number, cluster in enumerate(clusters):
        form = cluster.usual
        letters = "".join(keys.words(form))
        if cluster.family is Family.THING and len(letters) > 1 and keys.is_acronym(form) and not _explained(cluster):
            found = {union.find(one) for one in bearers.get(letters, ())}
            if len(found) == 1 and union.find(number) not in found:
                (chief,) = found
                if company.kept(number, chief):
                    union.join(number, chief)
                elif len(letters) > FEW:
                    doubts.append((number, chief, f"“{form}” are its initials."))
    return tuple(doubts)


def join_sharing_initials(gathered: Gathered, union: Union, company: Company) -> None:
    """Join bodies that articles call by the same initials and by half the same words, if they keep company.

    Translators differ: one article's Social Democrats (SPD) are another's Social Democratic Party (SPD).
    """
    clusters = gathered.clusters
    bearers: dict[str, list[int]] = defaultdict(list)
    for number, cluster in enumerate(clusters):
        for initials in sorted(explained_initials(cluster)):
            bearers[initials].append(number)
    for initials, several in sorted(bearers.items()):
        several.sort(key=lambda number: (-len(clusters[number].places), number))
        for number in several[1 : MOST + 1]:
            chief = several[0]
            names = clusters[number].usual, clusters[chief].usual
            if _share_words(*names) and not _holds(initials, *names) and company.kept(number, chief):
                union.join(number, chief)


def explained_initials(cluster: Cluster) -> set[str]:
    """The initials by which articles call a body besides its name of several words."""
    if cluster.family is not Family.THING or len(keys.words(cluster.usual)) < 2:
        return set()
    return {"".join(keys.words(form)) for form in cluster.others if keys.is_acronym(form)}


def _holds(initials: str, first: str, second: str) -> bool:
    """Whether one body only has the name of the other, whose initials they are, in its own."""
    short, long = sorted((first, second), key=len)
    return keys.is_part(short, long) and initials in keys.initials(short)


def _share_words(first: str, second: str) -> bool:
    """Whether half of the words of the shorter name, or their beginnings, are in the longer one too."""
    few, many = sorted((_stems(first), _stems(second)), key=len)
    return 0 < len(few) <= 2 * len(few & many)


def _stems(form: str) -> set[str]:
    return {word[:STEM] for word in keys.words(form) if len(word) > len("and") and word not in GENERIC}


def join_namesakes_of_places(gathered: Gathered, union: Union, company: Company) -> None:
    """Join what is called like a place, and is none, to the one body that is named after the place, in company.

    In reports on sport Veldhaven is Sporting Veldhaven.
    """
    clusters = gathered.clusters
    places = {cluster.key for cluster in clusters if cluster.family is Family.PLACE}
    bearers: dict[str, set[int]] = defaultdict(set)
    for number, cluster in enumerate(clusters):
        for word in after_places(cluster):
            bearers[word].add(number)
    for number, cluster in enumerate(clusters):
        if cluster.family is Family.THING and cluster.key in places:
            found = {union.find(one) for one in bearers.get(cluster.key, ())}
            if len(found) == 1 and union.find(number) not in found:
                (chief,) = found
                if company.kept(number, chief):
                    union.join(number, chief)


def after_places(cluster: Cluster) -> set[str]:
    """The keys of places that a body of two words may be called after, such as a club."""
    if cluster.family is not Family.THING:
        return set()
    pairs = (pair for pair in map(str.split, cluster.forms) if len(pair) == len(("Sporting", "Veldhaven")))
    return {keys.general(pair[1]) for pair in pairs if pair[1][:1].isupper() and not is_generic(pair[1])}


def join_kinds_of_place(clusters: tuple[Cluster, ...], union: Union) -> None:
    """Join seas, rivers and mountains named with and without what they are: the Corva River, the Corva."""
    numbers = {(cluster.key, cluster.family): number for number, cluster in enumerate(clusters)}
    for number, cluster in enumerate(clusters):
        for bare in sorted(without_kind(cluster)):
            if (bare, Family.PLACE) in numbers:
                union.join(number, numbers[bare, Family.PLACE])


def without_kind(cluster: Cluster) -> set[str]:
    """The keys that a place has when its name does not say what it is."""
    if cluster.family is not Family.PLACE or cluster.key.startswith("country "):
        return set()
    split = (form.rpartition(" ") for form in cluster.forms)
    named = {name for name, _, kind in split if kind.lower() in KINDS and name.lower() not in DIRECTIONS}
    return {keys.general(name) for name in named if name and not countries.is_land(name)}


def _explained(cluster: Cluster) -> bool:
    """Whether an article calls what goes by initials by a name of several words too."""
    return any(len(keys.words(form)) > 1 for form in (*cluster.forms, *cluster.others))


def _links(clusters: tuple[Cluster, ...]) -> dict[tuple[str, Family], Counter[int]]:
    """For each short form the clusters that some article calls so, with the number of articles."""
    links: dict[tuple[str, Family], Counter[int]] = defaultdict(Counter)
    for number, cluster in enumerate(clusters):
        if cluster.family is Family.PERSON:
            continue
        full = max(cluster.forms, key=lambda form: (len(form), form))
        for form, articles in cluster.others.items():
            short = keys.key(form, cluster.family)
            # One article alone is believed where the form itself shows that it shortens the name.
            if short != cluster.key and (articles > 1 or keys.abbreviates(form, full) or keys.is_part(form, full)):
                links[short, cluster.family][number] += articles
    return links


def _is_full(cluster: Cluster) -> bool:
    """Whether a name has initials of its own, and so is not short for another."""
    return any(keys.abbreviates(other, form) for other in cluster.others for form in cluster.forms)


def _clear(votes: Counter[int]) -> int | None:
    """The one that has nearly all votes."""
    if not votes:
        return None
    chief = min(votes, key=lambda number: (-votes[number], number))
    return chief if votes[chief] >= CLEAR * (votes.total() - votes[chief]) else None
