"""Names of people that count as private because a private name stands nowhere, and people are nearly called so.

The bearers of a surname that is private by itself count too. These names join the private names before anything is
resolved, so that every question about private names considers them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

import msgspec

from glossator.content import decisions
from glossator.content.article_store import ArticleStore
from glossator.files import Unusable, read_text
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import FORM_USES
from glossator.incremental.searched_files import search_files
from glossator.model import ArticleHead, Decisions, EntityType, PrivateNames, Problem, PublishedId
from glossator.naming.near_names import bears, is_near, is_one_word, is_same
from glossator.naming.private_names import has_whole_name, is_part_of, private_names
from glossator.pipeline.analysis.find_names import Decided
from glossator.pipeline.context import BuildContext
from glossator.pipeline.ingest.convert import read_articles
from glossator.stages.resolve.shared_names import FormUse


class NearNames(msgspec.Struct, frozen=True):
    """Private names that no article has as a name, and the people who are private because of them."""

    near: Mapping[str, tuple[str, ...]] = {}
    """Names of people who nearly have a private name that stands nowhere, by that name."""
    bearers: Mapping[str, tuple[str, ...]] = {}
    """Names of the people who bear a surname that is private by itself, by the surname."""
    spellings: frozenset[str] = frozenset()
    """Names that are private ones but for accents, signs that nobody sees, or letters of another alphabet."""
    in_texts: frozenset[str] = frozenset()
    """Private names that stand in a text, as no name, or where it is kept back."""

    @property
    def people(self) -> frozenset[str]:
        """All names of people that count as private."""
        return self.spellings.union(*self.near.values(), *self.bearers.values())

    def added(self, given: Decisions) -> Decisions:
        """Return decisions in which these people are private."""
        return replace(given, private=(*given.private, *sorted(self.people))) if self.people else given

    def problems(self, resolving: Iterable[Problem], given: Decisions) -> Iterator[Problem]:
        """Yield the problems of `resolving` without those about names of which more is known, and tell that."""
        explained = (*self.near, *self.bearers, *self.in_texts, *self.people)
        beginnings = tuple(f"private: “{name}” is in no article" for name in explained)
        yield from (problem for problem in resolving if not problem.message.startswith(beginnings))
        for sentence, people_of in ((_NEAR, self.near), (_BEARERS, self.bearers)):
            for name, people in people_of.items():
                message = sentence.format(name=name, people=_quoted(people), first=people[0])
                line = given.lines.get(("private", name))
                yield Problem("resolve", decisions.FILE, message, line, fatal=False, lasting=True)


_NEAR = (
    "private: “{name}” is in no article, and is nearly {people}: kept private too, until you correct the name. "
    'If that is somebody else, run: glossator entity confirm "{first}".'
)
_BEARERS = (
    "private: “{name}” is a surname alone, so {people} count as private with it. Write whole names to hide fewer "
    'people, or run: glossator entity confirm "{first}".'
)


def _quoted(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


class ArchiveNames(NamedTuple):
    """All names of the articles that are shown."""

    forms: AbstractSet[str]
    """The forms of names in the texts, in lower case."""
    people: AbstractSet[str]
    """Names of people in the texts, and names of authors."""


def archive_names(uses: Mapping[str, FormUse], heads: Iterable[ArticleHead]) -> ArchiveNames:
    """Return the names of the articles of the heads; `uses` has how many articles mark each form, by type."""
    people = {form for form, use in uses.items() if use.counts.get(EntityType.PERSON)}
    forms = {form.casefold() for form, use in uses.items() if use.counts}
    return ArchiveNames(forms, people.union(*(head.authors for head in heads)))


def find_near_names(
    context: BuildContext,
    namespace: Namespace,
    decided: Decided,
    published: Sequence[PublishedId],
    names: Callable[[], ArchiveNames],
) -> NearNames:
    """Find the people who are nearly called as a private name says, but for those that a person confirmed.

    `names` returns those of the archive; the namespace has what was read of its texts.
    """
    given = decided.decisions
    ids = {str(given_out.id): given_out.name for given_out in published}
    whole = {entry: ids.get(entry, entry) for entry in given.private}
    marked = {name for name, use in namespace.read(FORM_USES, whole.values()).items() if use.counts}
    if all(name in marked and not is_one_word(name) for name in whole.values()):
        return NearNames()  # all are somebody's whole names, so nothing else need be read
    forms, people = names()
    forms |= {*map(str.casefold, _said(decided))}
    private, confirmed = private_names(given.private, published), private_names(given.confirm, published).whole

    def people_by(is_alike: Callable[[str, str], bool], entries: Mapping[str, str]) -> dict[str, list[str]]:
        return {entry: [person for person in people if is_alike(name, person)] for entry, name in entries.items()}

    bearers = people_by(bears, {entry: name for entry, name in whole.items() if is_one_word(name)})
    unseen = {entry: name for entry, name in whole.items() if name.casefold() not in forms}
    spelled = people_by(is_same, unseen)
    absent = {entry: name for entry, name in unseen.items() if not spelled[entry]}
    in_texts = _in_texts(context, namespace, sorted(absent.values())) if absent else frozenset()
    nowhere = {entry: name for entry, name in absent.items() if name not in in_texts and not bearers.get(entry)}

    def is_open(name: str) -> bool:
        return not is_part_of(name, private) and not any(is_same(name, person) for person in confirmed)

    return NearNames(
        _full_names(people_by(is_near, nowhere), is_open),
        _full_names(bearers, is_open),
        frozenset(chain.from_iterable(spelled.values())),
        frozenset(entry for entry, name in absent.items() if name in in_texts),
    )


def _full_names(similar: Mapping[str, Iterable[str]], is_open: Callable[[str], bool]) -> dict[str, tuple[str, ...]]:
    """Return those of the people who are open, by private name, without short forms of others."""
    shown = {}
    for entry, people in sorted(similar.items()):
        names = sorted(filter(is_open, people))
        if kept := tuple(name for name in names if not any(_is_short(name, other) for other in names)):
            shown[entry] = kept
    return shown


def _is_short(name: str, other: str) -> bool:
    """True if a name is a part of another one: V. Harrowgate of Vexil Harrowgate."""
    return is_part_of(name, PrivateNames((other,))) and not is_part_of(other, PrivateNames((name,)))


def _said(decided: Decided) -> Iterator[str]:
    """Yield the names that people gave to entities, which are names of the archive even if no article has them."""
    given, notes = decided
    yield from (new for _, new in given.rename)
    yield from (survivor for survivor, _ in given.merge)
    yield from (split.entity for split in given.splits)
    yield from (name for note in notes for name in (note.name, *note.aliases))


def _in_texts(context: BuildContext, namespace: Namespace, names: Sequence[str]) -> frozenset[str]:
    """Return the names that stand in the file of an article, whatever of it is shown."""
    store = read_articles(context)
    stamps = {file: record.stamp for file, record in store.looked.items()}
    return search_files(namespace, "private names", names, stamps, lambda file: _names_in(store, file, names))


def _names_in(store: ArticleStore, file: str, names: Collection[str]) -> tuple[str, ...]:
    try:
        text = read_text(store.folder / file)
    except Unusable:
        return ()  # reported, and shown nowhere
    return tuple(name for name in names if has_whole_name(text, PrivateNames((name,))))
