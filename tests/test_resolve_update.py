"""After any edit of articles, decisions or ids, an update leaves what resolving everything anew would find."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from random import Random
from typing import Any, TypeVar

import msgspec
import pytest

from glossator.model import (
    Analysis,
    ArchiveUpdate,
    ArticleHead,
    ArticleId,
    ArticleNames,
    Decisions,
    Descriptor,
    DescriptorKind,
    Digest,
    Entity,
    EntityId,
    EntityType,
    Mention,
    Name,
    Note,
    PublishedId,
    Quote,
)
from glossator.naming.disjoint_sets import DisjointSets
from glossator.stages.resolve import article_names, clustering, resolve_changes, rules
from glossator.stages.resolve.blocking import tabulate
from glossator.stages.resolve.clustering.co_occurrence import CoOccurrence
from glossator.stages.resolve.decisions.state import DecisionInput
from glossator.stages.resolve.small_words import SmallCount
from glossator.stages.resolve.update.article_context import DerivedContexts, rarities
from glossator.stages.resolve.update.blocking_keys import KEY_SPACES, connect, keys_of_cluster
from glossator.stages.resolve.update.stored_rows import Component, Resolved
from tests.published_ids import lock
from tests.sweeps import sweep
from tests.whole_archive import resolve

Decided = tuple[Decisions, tuple[Note, ...]]
Key = TypeVar("Key", bound=str)
Row = TypeVar("Row")
Value = TypeVar("Value")

PERSON, ORGANISATION, PLACE, GROUP, PRODUCT = (
    EntityType.PERSON,
    EntityType.ORGANISATION,
    EntityType.PLACE,
    EntityType.GROUP,
    EntityType.PRODUCT,
)
NOTHING: Decided = (Decisions(), ())


def name(kind: EntityType, *forms: str, said: str = "") -> Name:
    return Name(forms[0], kind, tuple((form, 1 + at % 2) for at, form in enumerate(forms)), said)


def certain(kind: EntityType, form: str) -> Name:
    return msgspec.structs.replace(name(kind, form), chances=tuple(9 * (kind is one) for one in EntityType))


WORLD = (
    # surnames, initials, first names, middle names, misspellings
    *(name(PERSON, "Ada Lund", "Lund"), name(PERSON, "Lund"), name(PERSON, "Nils Lund"), name(PERSON, "A. Lund")),
    *(name(PERSON, "Ada Mary Lund", "Ada"), name(PERSON, "Ada"), name(PERSON, "Lund Ada"), name(PERSON, "Adda Lund")),
    *(name(PERSON, "George Venn"), name(PERSON, "George W. Venn", "Venn"), name(PERSON, "Venn")),
    # umlauts, sounds, courtesies, case
    *(name(PERSON, "Jörg Schäuble", "Schäuble"), name(PERSON, "Joerg Schaeuble"), name(PERSON, "Jorg Schauble")),
    *(
        name(PERSON, "Omar Gaddafi"),
        name(PERSON, "Omar Gadhafi"),
        name(PERSON, "Gaddafi"),
        name(PERSON, "Mr. Tom Hale"),
    ),
    *(name(PERSON, "Tom Hale", "Hale"), name(ORGANISATION, "MILLERS' League"), name(ORGANISATION, "Millers’ league")),
    # acronyms, short forms, kinds of body, bodies of several countries
    *(name(ORGANISATION, "Coastal Safety Board", "CSB"), name(ORGANISATION, "CSB"), name(ORGANISATION, "C.S.B.")),
    *(name(ORGANISATION, "Central Statistics Bureau", "CSB"), name(ORGANISATION, "Grain Trade Office")),
    *(name(ORGANISATION, "GTO"), name(ORGANISATION, "Harbour Commission", "Commission")),
    *(name(ORGANISATION, "Commission"), name(ORGANISATION, "Foreign Ministry", "Ministry")),
    *(
        name(ORGANISATION, "Foreign Ministry"),
        name(ORGANISATION, "Ministry"),
        name(ORGANISATION, "Skerry Shipping", "Skerry"),
    ),
    *(name(ORGANISATION, "Skerry"), name(PLACE, "Skerry"), name(ORGANISATION, "Skerry Traders' League", "Skerry")),
    # one set of initials, clubs of towns, seas and rivers, spellings of two countries
    *(name(ORGANISATION, "Harbour Democrats", "HD"), name(ORGANISATION, "Harbor Democratic Party", "HD")),
    *(name(ORGANISATION, "HD"), name(ORGANISATION, "Sporting Skerry"), name(ORGANISATION, "Athletic Tollan")),
    *(name(PLACE, "Skerry River"), name(PLACE, "Tollan Sea"), name(ORGANISATION, "Lumen Centre")),
    *(name(ORGANISATION, "Lumen Center", "LC"), name(ORGANISATION, "LC"), name(PERSON, "Geroge Venn")),
    *(name(PERSON, "Ruprecht Hale"), name(PERSON, "Ruprech Hale"), name(PERSON, "Rupprecht Hale", "Hale")),
    # countries, number, one name of several types, names like ids
    *(
        name(PLACE, "US"),
        name(PLACE, "America"),
        name(PLACE, "us"),
        name(PLACE, "Turkey"),
        name(PLACE, "THE NETHERLANDS"),
    ),
    *(name(GROUP, "Uygur"), name(GROUP, "Uygurs"), name(ORGANISATION, "Republican"), name(ORGANISATION, "Republicans")),
    *(name(PERSON, "Tollan"), name(PLACE, "Tollan"), name(ORGANISATION, "Tollan"), name(PLACE, "Tollan Person")),
    *(name(PRODUCT, "Lumen"), name(ORGANISATION, "Lumen"), name(ORGANISATION, "Lumen Light")),
    *(name(PLACE, "Venn"), name(PERSON, "Iris Tollan"), name(PERSON, "Iris Skerry"), name(PLACE, "Iris Skerry")),
    # versions, names that are mostly called otherwise, everyday acronyms
    *(name(PRODUCT, "Lumen 2.1"), name(PRODUCT, "Skerry 3.x", "Skerry"), name(PRODUCT, "Tollan.js")),
    *(name(ORGANISATION, "Quay Records", "Quay", "Quay's"), name(ORGANISATION, "Quay"), name(PRODUCT, "Quay")),
    *(name(PRODUCT, "Terminal Bar", "TB"), name(PRODUCT, "TB"), name(ORGANISATION, "Tollan Baths")),
    # places of several regions, an island beside a town, plurals that are none
    *(name(PLACE, "Dublin"), name(PLACE, "Dublin", "DUBLIN"), name(PLACE, "Lebanon"), name(PLACE, "Skerry Island")),
    *(name(ORGANISATION, "The Skerry Roses"), name(ORGANISATION, "Skerry Rose"), name(PLACE, "Los Angeles", "LA")),
    *(name(PLACE, "LA"), name(PRODUCT, "Tollan Gale", "Gale"), name(EntityType.WORK, "Gale")),
    *(name(ORGANISATION, "Csb"), name(ORGANISATION, "GTO", "Gto"), name(PRODUCT, "Tb")),
    # a state by its codes
    *(name(PLACE, "Mass."), name(PLACE, "MA"), name(PLACE, "Massachusetts"), name(PLACE, "Tollan Bay", "MA")),
    # what articles are certain of
    *(certain(PRODUCT, "Quay"), certain(ORGANISATION, "Quay"), certain(PLACE, "Quay"), certain(ORGANISATION, "TB")),
    *(certain(PRODUCT, "Lumen"), certain(ORGANISATION, "Lumen"), certain(PLACE, "Dublin"), certain(PRODUCT, "Dublin")),
    # what a person said of single names
    *(
        name(PERSON, "Lund", said="Ada Lund"),
        name(PERSON, "Lund", said="nils-lund"),
        name(PERSON, "Hale", said="Lumen"),
    ),
    *(name(ORGANISATION, "CSB", said="Coastal Safety Board"), name(ORGANISATION, "Lumen", said="Unheard Of")),
)
INTRODUCTIONS = ("the Tollan harbour engineer", "a harbour engineer from Tollan", "the former minister", "boss")
REGIONS = ("Ohio", "Tenn.", "US", "Ireland")
SMALL = ("commission", "lumen", "quay", "skerry", "venn")
"""Words that are names of some of the world, as articles write them small."""
WRITTEN = (*sorted({one.form for one in WORLD}), "ada-lund", "csb", "tollan-place", "ADA LUND", "lumen-product")
"""Names and ids that a decision may have."""


@dataclass
class Kept:
    """An archive as a caller keeps it. State: everything."""

    tables: dict[Any, dict[str, bytes]] = field(default_factory=dict)
    entities: dict[EntityId, Entity] = field(default_factory=dict)
    resolved: dict[ArticleId, tuple[EntityId | None, ...]] = field(default_factory=dict)
    gists: dict[ArticleId, ArticleNames] = field(default_factory=dict)
    published: tuple[PublishedId, ...] = ()

    def read(self, kind: type[Row], keys: Iterable[Key] | None, /) -> Mapping[Key, Row]:
        rows: Mapping[Any, bytes] = self.tables.get(kind, {})
        keys = rows if keys is None else keys
        return {key: msgspec.msgpack.decode(rows[key], type=kind) for key in keys if key in rows}

    def change(self, changed: Mapping[ArticleId, ArticleNames | None], decided: Decided) -> ArchiveUpdate:
        put(self.gists, changed)
        made = resolve_changes(self.read, changed, decided, self.published)
        for kind, rows in {ArticleNames: changed, **made.writes}.items():
            encoded = {key: None if row is None else msgspec.msgpack.encode(row) for key, row in rows.items()}
            put(self.tables.setdefault(kind, {}), encoded)
        put(self.entities, made.entities)
        put(self.resolved, made.resolved)
        return made

    def check(self, made: ArchiveUpdate, decided: Decided) -> None:
        """Compare with a clean run, of which the next change takes the ids."""
        heads = [head_of(one.article, one.published, one.language) for one in self.gists.values()]
        analyses = [analysis_of(one.article, one.names, one.descriptors, one.small) for one in self.gists.values()]
        clean, problems = resolve(heads, analyses, *decided, self.published)
        assert {one.id: one for one in clean.entities} == self.entities
        assert clean.resolved == self.resolved
        assert (clean.suggestions, clean.redirects) == (made.suggestions, made.redirects)
        assert problems == made.problems
        assert lock(clean, self.published) == made.published
        assert self.entities == self.read(Entity, list(self.entities))
        assert self.resolved == self.read(Resolved, list(self.resolved))
        self.published = made.published


def put(rows: dict[Key, Value], changed: Mapping[Key, Value | None]) -> None:
    for key, value in changed.items():
        if value is None:
            rows.pop(key, None)
        else:
            rows[key] = value


def head_of(article: ArticleId, published: str | None = None, language: str = "") -> ArticleHead:
    return ArticleHead(article, f"{article}: Lund and the CSB", published=published, language=language or None)


def analysis_of(
    article: ArticleId,
    names: tuple[Name, ...],
    descriptors: tuple[Descriptor, ...] = (),
    small: Mapping[str, int] | None = None,
) -> Analysis:
    """An article that mentions each name twice, in far places, and quotes some of them: which ones, its id tells."""
    mentions = [Mention(900 * at, 900 * at + 5, at // 2) for at in range(2 * len(names))]
    quotes = [Quote(0, 1, "x", at) for at in range(len(names)) if (at + int(article[1:])) % 4 == 0]
    return Analysis(article, names, tuple(mentions), (), descriptors, tuple(quotes), Digest(""), small=small or {})


STATED = ("ignore", "private", "rename", "merge", "not_the_same", "types", "confirm")
"""Fields of the decisions."""


def an_article(dice: Random, article: ArticleId, names: tuple[Name, ...]) -> ArticleNames:
    drawn = dice.choices(names, k=dice.randint(0, 7))
    chosen = tuple(msgspec.structs.replace(one, certainty=dice.choice((4, 6, 9))) for one in drawn)
    introduced = [dice.randrange(len(chosen)) for _ in range(dice.randint(0, 2))] if chosen else []
    descriptors = [Descriptor(9 * at, 9 * at + 5, dice.choice(INTRODUCTIONS), of) for at, of in enumerate(introduced)]
    for at, one in enumerate(chosen):
        if one.type is PLACE and dice.random() < 0.5:
            kind: DescriptorKind = dice.choice(("region", "setting"))
            descriptors.append(Descriptor(90 + 9 * at, 95 + 9 * at, dice.choice(REGIONS), at, kind))
    head = head_of(article, dice.choice((None, "2019-05-05", "2020-01-01")), dice.choice(("", "en", "en-GB", "de")))
    small = {word: dice.choice((1, 4, 9, 30)) for word in dice.sample(SMALL, dice.randint(0, len(SMALL)))}
    return article_names(head, analysis_of(article, chosen, tuple(descriptors), small))


def some_decisions(dice: Random) -> Decided:
    def written(most: int) -> tuple[str, ...]:
        return tuple(dice.choices(WRITTEN, k=dice.randint(0, most)))

    kinds = (PERSON, ORGANISATION, PLACE)
    decisions = Decisions(
        ignore=written(1),
        private=written(1),
        rename=tuple((one, dice.choice(("Ada Holm", "Tollan", "US"))) for one in written(1)),
        merge=tuple((one, written(2)) for one in written(2)),
        not_the_same=tuple(tuple(dice.sample(WRITTEN, 2)) for _ in written(1)),
        types=tuple((one, dice.choice(kinds)) for one in written(1)),
        confirm=written(1),
    )
    notes = tuple(
        Note(EntityId(f"note-{at}"), one, dice.choice((None, *kinds)), written(1), (), "Ours.", Digest("n"), listed, at)
        for at, (one, listed) in enumerate(zip(written(2), ("", "names.txt"), strict=False))
    )
    return decisions, notes


def edited(dice: Random, decided: Decided) -> Decided:
    """Some fields of other decisions, or a statement less, on other lines of the file."""
    (decisions, notes), (others, other_notes) = decided, some_decisions(dice)
    said = {field: getattr(decisions, field) for field in STATED}
    for stated in dice.sample(STATED, dice.randint(0, 2)):
        said[stated] = dice.choice((said[stated] + getattr(others, stated), said[stated][1:], said[stated][::-1]))
    entries = [
        (kind, entry[0])
        for field, kind in (("rename",) * 2, ("merge",) * 2, ("types", "type"))
        for entry in said[field]
    ]
    numbers = dice.sample(range(9, 60), len(entries)) if dice.random() < 0.5 else range(9, 9 + len(entries))
    lines: dict[tuple[str, ...], int] = dict(zip(entries, numbers, strict=True))
    return Decisions(**said, lines=lines), dice.choice((notes, notes, other_notes))


def other_ids(dice: Random, kept: Kept) -> tuple[PublishedId, ...]:
    """The ids that were given out, without some, with the id of another name, or with another name for one."""
    ids = {one.id: one for one in kept.published if dice.random() < 0.9}
    added = [PublishedId(one.id, one.name, one.type) for one in kept.entities.values() if dice.random() < 0.1]
    renamed = [msgspec.structs.replace(one, name=dice.choice(WRITTEN)) for one in ids.values() if dice.random() < 0.1]
    ids |= {one.id: one for one in (*added, *renamed)}
    return tuple(ids[key] for key in sorted(ids))


@pytest.mark.parametrize("seed", sweep(range(60), 6))
def test_an_update_is_equal_to_resolving_everything(seed: int) -> None:
    dice = Random(seed)
    names = tuple(dice.sample(WORLD, dice.choice((8, 20, len(WORLD)))))
    articles = [ArticleId(f"a{number:02}") for number in range(dice.choice((6, 20, 50)))]
    decided = dice.choice((NOTHING, some_decisions(dice)))
    kept = Kept()
    first = {one: an_article(dice, one, names) for one in articles if dice.random() < 0.7}
    kept.check(kept.change(first, decided), decided)
    for _ in range(15):
        if dice.random() < 0.5:
            decided = dice.choice((NOTHING, some_decisions(dice), *(edited(dice, decided) for _ in range(4))))
        if dice.random() < 0.2:
            kept.published = other_ids(dice, kept)
        changed: dict[ArticleId, ArticleNames | None] = {}
        for article in dice.sample(articles, dice.randint(0, 2)):
            gone = article in kept.gists and dice.random() < 0.3
            changed[article] = None if gone else an_article(dice, article, names)
        kept.check(kept.change(changed, decided), decided)


def articles_of_companies(number: int) -> dict[ArticleId, ArticleNames]:
    """Articles that have to do with each other by twos."""
    made = {}
    for at in range(number):
        firm, place = f"Firm{at // 2:03} Foundry", f"Town{at // 2:03}"
        article = ArticleId(f"a{at:03}")
        names = (name(ORGANISATION, firm), name(PLACE, place))
        made[article] = article_names(head_of(article), analysis_of(article, names))
    return made


def test_a_change_touches_what_it_concerns_alone() -> None:
    kept = Kept()
    kept.check(kept.change(articles_of_companies(100), NOTHING), NOTHING)
    article = ArticleId("a006")
    changed = article_names(head_of(article), analysis_of(article, (name(PLACE, "Town003"),)))
    made = kept.change({article: changed}, NOTHING)
    assert {"firm003-foundry", "town003"} >= set(made.entities)
    assert [article] == list(made.resolved)
    assert 2 >= len(made.writes[Component])


def test_an_equal_gist_changes_nothing() -> None:
    dice, kept = Random(1), Kept()
    gists = {one: an_article(dice, one, WORLD) for one in (ArticleId(f"a00{number}") for number in range(10))}
    kept.check(kept.change(gists, NOTHING), NOTHING)
    made = kept.change({ArticleId("a003"): gists[ArticleId("a003")]}, NOTHING)
    assert ({}, {}, {}) == (made.entities, made.resolved, made.writes[SmallCount])
    kept.check(kept.change({ArticleId("a004"): None}, NOTHING), NOTHING)


def test_a_decision_or_an_id_from_elsewhere_touches_what_it_concerns_alone() -> None:
    kept = Kept()
    kept.check(kept.change(articles_of_companies(100), NOTHING), NOTHING)
    other = Decisions(ignore=("Town001",)), ()
    kept.published = tuple(one for one in kept.published if one.id != "town002")
    made = kept.change({}, other)
    assert {"town001": None} == made.entities
    assert {"a002", "a003"} == set(made.resolved)
    assert 4 >= len(made.writes[Component])
    assert "town002" in {one.id for one in made.published}
    kept.check(made, other)


def test_an_id_that_was_published_for_the_code_of_a_state_is_kept_by_the_state() -> None:
    kept, article = Kept(), ArticleId("a001")
    kept.published = (PublishedId(EntityId("ma"), "MA", PLACE),)
    for form in ("Tollan", "Massachusetts"):
        names = article_names(head_of(article), analysis_of(article, (name(PLACE, form),)))
        kept.check(kept.change({article: names}, NOTHING), NOTHING)
    assert ["ma"] == list(kept.entities)


def test_a_hint_follows_the_names_that_come_and_go() -> None:
    kept = Kept()
    decided = Decisions(ignore=("Twon001",)), ()
    kept.check(kept.change(articles_of_companies(4), decided), decided)

    def hints(articles: Mapping[ArticleId, ArticleNames | None]) -> list[str]:
        made = kept.change(articles, decided)
        kept.check(made, decided)
        return [problem.message for problem in made.problems]

    fact = "ignore: “Twon001” is not a name in any article."
    article = ArticleId("a900")
    names = article_names(head_of(article), analysis_of(article, (name(PLACE, "Twon002"),)))
    assert [f"{fact} Did you mean “Twon002”?"] == hints({article: names})
    assert [f"{fact} Correct or remove it."] == hints({article: None})


class RecordingSets(DisjointSets):
    """Disjoint sets that remember which pairs the rules tried to join."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.pairs: list[tuple[int, int]] = []

    def join(self, first: int, second: int) -> bool:
        self.pairs.append((first, second))
        return super().join(first, second)


class RecordingContext(CoOccurrence):
    """Co-occurrence that remembers which pairs the rules compared."""

    pairs: list[tuple[int, int]]

    def supports(self, first: int, second: int) -> bool:
        self.pairs.append((first, second))
        return super().supports(first, second)

    def is_supported(self, occurrence: int, cluster: int, besides: int) -> bool:
        self.pairs.append((cluster, besides))
        return super().is_supported(occurrence, cluster, besides)


@pytest.mark.parametrize("seed", sweep(range(60), 6))
def test_rules_compare_only_names_that_share_a_declared_blocking_key(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = Random(seed)
    names = tuple(dice.sample(WORLD, dice.choice((40, len(WORLD)))))
    articles = [an_article(dice, ArticleId(f"a{number:02}"), names) for number in range(40)]
    monkeypatch.setattr(rules, "DisjointSets", RecordingSets)
    monkeypatch.setattr(rules, "CoOccurrence", RecordingContext)
    monkeypatch.setattr(RecordingContext, "pairs", [], raising=False)

    base = rules.cluster_without_context(tabulate(articles), DecisionInput(Decisions(), (), ()))
    result = rules.cluster_with_context(base, DerivedContexts(base, rarities(base, len(articles))))

    assert isinstance(base.sets, RecordingSets)
    clusters = base.exact.clusters
    component = connect([keys_of_cluster(cluster) for cluster in clusters], ())
    compared = [
        *base.sets.pairs,
        *RecordingContext.pairs,
        *((link.first, link.second) for link in result.possible_links),
    ]
    pairs = [(first, second) for first, second in compared if max(first, second) < len(clusters)]
    assert pairs
    assert [] == [
        (clusters[first].key, clusters[second].key) for first, second in pairs if component[first] != component[second]
    ]


def test_every_function_that_makes_keys_for_a_rule_is_declared() -> None:
    modules = [
        import_module(f"{clustering.__name__}.{found.name}") for found in pkgutil.iter_modules(clustering.__path__)
    ]
    made = {
        value
        for module in modules
        for name, value in vars(module).items()
        if name.endswith("_keys") and getattr(value, "__module__", "") == module.__name__
    }
    assert made == {function for space in KEY_SPACES for function in (*space.indexed, *space.looked_up)}
