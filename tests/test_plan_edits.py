"""Every page that an edit changes has read a row that changed, and so is composed again: over edits of every kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glossator import addresses, markup
from glossator.config import SITE_DATA, PlanSettings
from glossator.local_pictures import ShownPicture
from glossator.model import (
    Analysis,
    Appearance,
    Article,
    ArticleHead,
    ArticleId,
    ArticleLinks,
    ChosenDescriptor,
    Descriptor,
    Digest,
    Entity,
    EntityId,
    EntityType,
    Mention,
    Name,
    Note,
    Origin,
    OwnPage,
    PrivateNames,
    Quote,
    RelatedArticle,
    SitePath,
    Topic,
    TopicId,
)
from glossator.naming.private_names import private_names
from glossator.stages.plan import (
    PAGE_KINDS,
    ArchiveEdit,
    Catalogue,
    KnownRows,
    OpenedArticle,
    PlannedPage,
    Reads,
    RecordedTable,
    SiteContent,
    WovenText,
    article_digests,
    changed_articles,
    changed_feeds,
    changed_rows,
    compose,
    data_files,
    entity_rows,
    excerpt,
    list_shapes,
    open_catalogue,
    parts_of,
    plan,
    record_reads,
    table_digests,
    text_of_page,
    touched_entities,
    with_lists,
)
from glossator.stages.relate import strong_words
from glossator.stages.relate.update import relate
from glossator.text import bare_words, digest
from glossator.views import AnyPage, Site
from tests.related_rows import StoredRows
from tests.sweeps import examples, sweep

SITE = Site(
    "The Velm Papers", "Reports on the harbour.", "en", "https://velm.example/", feeds=True, data=tuple(SITE_DATA)
)
SITE_WITHOUT_ADDRESS = msgspec.structs.replace(SITE, url="", feeds=False)
SETTINGS = PlanSettings(newest=3, related=2, passages=2)
IDS = tuple(EntityId(f"entity-{letter}") for letter in "abcdefgh")
DAYS = ("2023-01-05", "2023-01-07", "2023-02-01", "2024-06-01", "2024-06-02", "2024-07-01", "2025-01-01", None)
MANY_TAGS = tuple(f"tag {number}" for number in range(10))
"""More than the page of an article shows."""
PICTURES = ("quay.png", "crane.png")
WORDS = ("harbour", "dredger", "audit", "ferry", "lighthouse")

AT_MOST = {
    "catalogue.profiles.COMMON": 4,
    "parts.companions.COMPANIONS": 2,
    "parts.companions.COUNTED": 5,
    "parts.companions.SHARED_SHOWN": 1,
    "catalogue.cut_long_lists.LONG": 4,
    "catalogue.lists.FURTHER": 1,
    "data.feeds.ENTRIES": 3,
}
"""Limits so small that an archive of a dozen articles reaches them."""


@dataclass(frozen=True)
class Story:
    """An article: its names are the entities that it mentions, each a sentence of its own."""

    head: ArticleHead
    mentions: tuple[EntityId, ...]
    words: str = "harbour"
    address: str = ""
    cites: tuple[str, ...] = ()
    """Addresses of other articles."""
    headlines: tuple[str, ...] = ()
    """Headlines of other articles."""
    pictures: tuple[str, ...] = ()
    described: EntityId | None = None
    """The entity that the article introduces."""
    ignored: EntityId | None = None
    """The entity whose name a decision ignores in this article."""
    versions: tuple[ArticleHead, ...] = ()


@dataclass(frozen=True)
class Person:
    """What people and votes make of an entity."""

    name: str
    type: EntityType = EntityType.PERSON
    aliases: tuple[tuple[str, int], ...] = ()
    note: str = ""
    origin: Origin = "machine"
    leads: bool = False
    """True if the entity has a page although one article alone mentions it."""
    published: bool = False
    """True if an earlier build published its id."""


@dataclass(frozen=True)
class World:
    """A made-up archive."""

    stories: dict[ArticleId, Story]
    people: dict[EntityId, Person]
    redirects: Mapping[EntityId, EntityId] = field(default_factory=dict)
    pages: tuple[OwnPage, ...] = ()
    pictures: frozenset[str] = frozenset()


def form(entity: EntityId) -> str:
    """What articles call the entity, whatever its name is."""
    return entity.replace("-", " ").title()


def opened(story: Story) -> OpenedArticle:
    """The article with its text; a quotation by whom it mentions first, a descriptor of whom it introduces."""
    names = tuple(dict.fromkeys(story.mentions))
    sentences = [f"{form(entity)} saw the {story.words} again." for entity in story.mentions]
    related = [f"> [!related] {headline}" for headline in story.headlines]
    pictures = [f"![](images/{name})" for name in story.pictures]
    markdown = "\n\n".join(
        [*sentences, f"About the {story.words}.", *map("<{}>".format, story.cites), *related, *pictures]
    )
    text = markup.read(markdown)
    mentions = tuple(
        Mention(block.start, block.start + len(form(entity)), names.index(entity))
        for block, entity in zip(text.blocks, story.mentions, strict=False)
    )
    analysis = Analysis(
        story.head.id,
        tuple(Name(form(entity), EntityType.PERSON, ()) for entity in names),
        mentions,
        tuple((block.start, block.end) for block in text.blocks),
        tuple(Descriptor(m.start, m.end, "a reporter", m.name) for m in mentions if names[m.name] == story.described),
        tuple(Quote(m.start, m.end, f"The {story.words}", m.name) for m in mentions[:1]),
        Digest(""),
    )
    return OpenedArticle(Article(story.head, markdown, Digest("")), text, analysis)


def entity_of(world: World, key: EntityId) -> Entity:
    person = world.people[key]
    appearances = []
    introduction = None
    sentences: list[ChosenDescriptor] = []
    for article in sorted(world.stories):
        story = world.stories[article]
        names = tuple(dict.fromkeys(story.mentions))
        if key in names and key != story.ignored:
            appearances.append(Appearance(article, (names.index(key),), story.mentions.count(key)))
            said = f"{form(key)} saw the {story.words} again."
            sentences.append(ChosenDescriptor(said, article, 0, len(said), "sentence"))
            if story.described == key and introduction is None:
                reading = opened(story)
                first = next(one for one in reading.analysis.descriptors)
                introduction = ChosenDescriptor(first.text, article, first.start, first.end)
    note = Note(key, person.name, None, (), (), person.note, digest(person.note)) if person.note else None
    page = person.leads or len(appearances) > 1
    entity = Entity(
        key,
        person.name,
        person.type,
        person.aliases,
        tuple(appearances),
        person.origin,
        introduction,
        note,
        Digest(""),
        page,
        person.published and not page,
        True,
        # Of every other entity that nobody introduces, the articles have a sentence to quote.
        tuple(sentences[:2]) if introduction is None and len(key) % 2 else (),
    )
    return msgspec.structs.replace(entity, digest=digest(repr(entity)))


def related_of(readings: Mapping[ArticleId, OpenedArticle]) -> Mapping[ArticleId, tuple[RelatedArticle, ...]]:
    """The articles related to each, as a clean build finds them."""
    words = {key: strong_words("", one.article.markdown, "en") for key, one in readings.items()}
    update = relate(
        StoredRows().readers(), {}, dict.fromkeys(words, "en"), {key: (None, now) for key, now in words.items()}
    )
    return {key: found or () for key, found in update.related.items()}


def topics_of(entities: Mapping[EntityId, Entity]) -> tuple[Topic, ...]:
    """A topic of the entities that are named in most articles, if any two of them share one."""
    paged = sorted((one for one in entities.values() if one.page), key=lambda one: (-len(one.appearances), one.id))
    named = Counter(appearance.article for entity in paged[:3] for appearance in entity.appearances)
    articles = tuple(sorted(article for article, members in named.items() if members > 1))
    members = tuple(entity.id for entity in paged[:3])
    return (Topic(TopicId(paged[0].id), (paged[0].name, "report"), members, articles),) if articles else ()


def content_of(world: World) -> SiteContent:
    heads = sorted((story.head for story in world.stories.values()), key=lambda head: head.id)
    entities = {key: entity_of(world, key) for key in sorted(world.people)}
    entities = {key: entity for key, entity in entities.items() if entity.appearances}
    readings = {key: opened(story) for key, story in world.stories.items()}
    links = {
        key: ArticleLinks(
            address=addresses.canonical(story.address),
            headline=bare_words(story.head.title),
            addresses=tuple(map(addresses.canonical, story.cites)),
            headlines=tuple(map(bare_words, story.headlines)),
            pictures=story.pictures,
        )
        for key, story in world.stories.items()
    }
    older = [version for story in world.stories.values() for version in story.versions]
    texts = {key: digest(one.article.markdown, repr(one.analysis)) for key, one in readings.items()}
    return SiteContent(
        heads=tuple(sorted(heads, key=lambda head: head.date or "", reverse=True)),
        entities=entities,
        resolved={
            key: tuple(entity if entity != story.ignored else None for entity in dict.fromkeys(story.mentions))
            for key, story in world.stories.items()
        },
        spread={key: len(entity.appearances) for key, entity in entities.items()},
        redirects={old: new for old, new in world.redirects.items() if new in entities and old not in entities},
        article_links=links | {version.id: ArticleLinks() for version in older},
        text_digests=texts | {version.id: digest(version.id) for version in older},
        head_digests={head.id: digest(repr(head)) for head in heads},
        pages=world.pages,
        related=related_of(readings),
        topics=topics_of(entities),
        versions={key: story.versions for key, story in world.stories.items() if story.versions},
        pictures={name: ShownPicture(name, 300, 200) for name in world.pictures},
    )


NOBODY = PrivateNames()


class Made(NamedTuple):
    """A site in memory: what is known of its rows, its pages, what each shows and which rows it read."""

    content: SiteContent
    known: KnownRows
    pages: dict[SitePath, PlannedPage]
    shown: dict[SitePath, tuple[AnyPage, Mapping[SitePath, bytes]]]
    reads: dict[SitePath, Reads]
    texts: dict[SitePath, WovenText]


def planned(
    content: SiteContent, site: Site, private: PrivateNames
) -> tuple[Catalogue, KnownRows, dict[SitePath, PlannedPage]]:
    """The pages of a site, as a clean build plans them."""
    catalogue = open_catalogue(content, site, replace(SETTINGS, private_names=private))
    catalogue = with_lists(catalogue, entity_rows(catalogue, KnownRows({}, {}, {}), ()))
    shapes = list_shapes(catalogue, {}, ())
    former = [entity.id for entity in content.entities.values() if entity.had_page]
    catalogue, pages = plan(catalogue, parts_of(shapes), former)
    known = KnownRows(
        article_digests(catalogue) | table_digests(catalogue),
        shapes,
        dict(catalogue.lists.rows),
        private,
        catalogue.whole.scale,
    )
    return catalogue, known, {page.path: page for page in pages}


def made(
    world: World, site: Site = SITE, private: PrivateNames = NOBODY, former: Mapping[SitePath, WovenText] | None = None
) -> Made:
    """The site of a clean build; of one that knows the `former` texts of pages if they are given."""
    catalogue, known, pages = planned(content_of(world), site, private)
    recording = record_reads(catalogue)
    assert recording.reads is not None
    stories = world.stories | {
        version.id: Story(version, ()) for story in world.stories.values() for version in story.versions
    }
    readings = {key: opened(story) for key, story in stories.items()}
    texts = RecordedTable("texts", readings, recording.reads)
    excerpts = {key: excerpt(one) for key, one in readings.items()}
    shown: dict[SitePath, tuple[AnyPage, Mapping[SitePath, bytes]]] = {}
    reads: dict[SitePath, Reads] = {}
    woven: dict[SitePath, WovenText] = {}
    for path, page in pages.items():
        recording.reads.clear()
        text = None
        if PAGE_KINDS[page.kind].reads == "text":
            text = text_of_page(recording, page, texts, (former or {}).get(path))
            woven[path] = text.woven
        view = compose(recording, page, texts, excerpts, text)
        shown[path] = view, data_files(recording, page, view, texts)
        reads[path] = set(recording.reads)
    return Made(catalogue.content, known, pages, shown, reads, woven)


# ---- edits ---------------------------------------------------------------------------------------------------------


def new_story(dice: Random, number: int) -> Story:
    key = ArticleId(f"story-{number:02}")
    mentions = tuple(dice.choices(IDS[: dice.choice((3, len(IDS)))], k=dice.randrange(5)))
    tags = ((), ("Harbour",), ("harbour", "Silt"), MANY_TAGS)[number % 4]
    head = ArticleHead(key, f"On number {number}", site=dice.choice((None, "Tide Table", "The Lantern")), tags=tags)
    return Story(
        msgspec.structs.replace(head, published=dice.choice(DAYS), saved=dice.choice(DAYS)),
        mentions,
        dice.choice(WORDS),
        f"https://{dice.choice(('a.example', 'b.example'))}/{number}",
        described=dice.choice((*mentions, None)),
    )


def new_world(seed: int) -> World:
    dice = Random(seed)
    stories = [new_story(dice, number) for number in range(dice.randrange(2, 14))]
    people = {key: Person(f"Ada {key[-1].upper()}") for key in IDS}
    world = World({story.head.id: story for story in stories}, people, pictures=frozenset(PICTURES[:1]))
    return edited(world, [(dice.choice(EDITS), dice.randrange(100)) for _ in range(dice.randrange(12))])


def with_story(world: World, story: Story) -> World:
    return replace(world, stories=world.stories | {story.head.id: story})


def some_story(world: World, dice: Random) -> Story:
    return world.stories[dice.choice(sorted(world.stories))]


def other_head(world: World, dice: Random) -> World:
    story = some_story(world, dice)
    name, value = dice.choice(
        [
            ("title", f"Title {dice.randrange(3)}"),
            ("published", dice.choice(DAYS)),
            ("saved", dice.choice(DAYS)),
            ("site", dice.choice((None, "Tide Table", "The Lantern"))),
            ("description", dice.choice((None, "A summary."))),
            ("language", dice.choice((None, "de"))),
            ("source", dice.choice((None, "https://c.example/x"))),
            ("authors", dice.choice(((), ("A. Writer",)))),
            ("tags", dice.choice(((), ("sea",), ("Sea", "port"), MANY_TAGS, MANY_TAGS[:-1]))),
            ("guessed", dice.choice(((), ("published",)))),
        ]
    )
    return with_story(world, replace(story, head=msgspec.structs.replace(story.head, **{name: value})))


def other_text(world: World, dice: Random) -> World:
    return with_story(world, replace(some_story(world, dice), words=dice.choice(WORDS)))


def other_mentions(world: World, dice: Random) -> World:
    story = some_story(world, dice)
    mentions = [*story.mentions, dice.choice(IDS)] if dice.random() < 0.5 else list(story.mentions[1:])
    dice.shuffle(mentions)
    return with_story(world, replace(story, mentions=tuple(mentions), described=dice.choice((*mentions, None))))


def added_article(world: World, dice: Random) -> World:
    return with_story(
        world, new_story(dice, dice.choice([n for n in range(20) if f"story-{n:02}" not in world.stories]))
    )


def removed_article(world: World, dice: Random) -> World:
    if len(world.stories) < 2:
        return world
    gone = some_story(world, dice).head.id
    return replace(world, stories={key: story for key, story in world.stories.items() if key != gone})


def other_citation(world: World, dice: Random) -> World:
    story, cited = some_story(world, dice), some_story(world, dice)
    if dice.random() < 0.5:
        return with_story(world, replace(story, cites=() if cited.address in story.cites else (cited.address,)))
    return with_story(world, replace(story, headlines=() if story.headlines else (cited.head.title,)))


def other_address(world: World, dice: Random) -> World:
    return with_story(world, replace(some_story(world, dice), address=dice.choice(("", "https://a.example/new"))))


def other_picture(world: World, dice: Random) -> World:
    name = dice.choice(PICTURES)
    if dice.random() < 0.5:
        return replace(world, pictures=world.pictures ^ {name})
    return with_story(world, replace(some_story(world, dice), pictures=dice.choice(((), (name,)))))


def other_version(world: World, dice: Random) -> World:
    with_versions = [story for story in world.stories.values() if story.versions]
    story = dice.choice(with_versions) if with_versions and dice.random() < 0.7 else some_story(world, dice)
    older = ArticleHead(ArticleId(f"{story.head.id}-old"), "An older title", saved=dice.choice(DAYS))
    return with_story(world, replace(story, versions=dice.choice(((), (older,), (older,)))))


def other_entity(world: World, dice: Random) -> World:
    key = dice.choice(IDS)
    name, value = dice.choice(
        [
            ("name", f"{dice.choice(('Berta', 'Carl'))} {key[-1].upper()}"),
            ("type", dice.choice((EntityType.PERSON, EntityType.PLACE))),
            ("note", dice.choice(("", "Wrote *this*."))),
            ("aliases", dice.choice(((), (("B.", 1),)))),
            ("origin", dice.choice(("machine", "person"))),
            ("leads", dice.choice((True, False))),
            ("published", dice.choice((True, False))),
        ]
    )
    return replace(world, people=world.people | {key: replace(world.people[key], **{name: value})})  # type: ignore[arg-type]


def other_decision(world: World, dice: Random) -> World:
    """A name ignored in an article; or an entity merged into another one, with a redirect."""
    if dice.random() < 0.5:
        story = some_story(world, dice)
        return with_story(world, replace(story, ignored=dice.choice((*story.mentions, None))))
    old, new = dice.sample(IDS, 2)
    stories = {
        key: replace(
            story,
            mentions=tuple(new if entity == old else entity for entity in story.mentions),
            described=new if story.described == old else story.described,
            ignored=None,
        )
        for key, story in world.stories.items()
    }
    return replace(world, stories=stories, redirects={**world.redirects, old: new})


def other_own_page(world: World, dice: Random) -> World:
    return replace(world, pages=dice.choice(((), (OwnPage("about", "About", f"The {dice.choice(WORDS)}."),))))


EDITS: tuple[Callable[[World, Random], World], ...] = (
    *(other_head, other_text, other_mentions, added_article, removed_article, other_citation, other_address),
    *(other_picture, other_version, other_entity, other_decision, other_own_page),
)
SEEDS = st.integers(0, 10**6)
SOME_EDITS = st.lists(st.tuples(st.sampled_from(EDITS), SEEDS), min_size=1, max_size=3)


def edited(world: World, edits: list[tuple[Callable[[World, Random], World], int]]) -> World:
    for edit, seed in edits:
        world = edit(world, Random(seed))
    return world


@pytest.fixture(autouse=True, scope="module")
def short() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, limit in AT_MOST.items():
            patch.setattr(f"glossator.stages.plan.{name}", limit)
        yield


# ---- an edit -------------------------------------------------------------------------------------------------------


def named_by_reads(before: Made, now: Made, site: Site) -> set[SitePath]:
    """The pages that a build which knows the last one composes again: those that read a row that changed."""
    was, after, private = before.content, now.content, now.known.private
    resolved, entities = differing(was.resolved, after.resolved), differing(was.entities, after.entities)
    related = frozenset(key for key, entries in after.related.items() if entries != was.related.get(key))
    edit = ArchiveEdit(resolved, entities, related)
    catalogue = open_catalogue(after, site, replace(SETTINGS, private_names=private))
    articles = changed_articles(before.known, article_digests(catalogue), edit, private)
    touched = touched_entities(catalogue, edit, articles)
    rows = entity_rows(catalogue, before.known, touched)
    catalogue, known, pages = planned(after, site, private)
    assert known.rows == rows, "a line in a list of names was not made again"
    assert known.lists == list_shapes(catalogue, before.known.lists, touched), "a list was not cut again"
    changed = changed_rows(before.known, known, edit, touched) | dict(changed_feeds(catalogue, articles))
    return {
        path
        for path, page in pages.items()
        if before.pages.get(path) != page or not changed.keys().isdisjoint(before.reads[path])
    }


def differing(before: Mapping[Any, Any], now: Mapping[Any, Any]) -> dict[Any, tuple[Any, Any]]:
    pairs = {key: (before.get(key), now.get(key)) for key in before.keys() | now.keys()}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def unnamed(before: Made, after: Made, site: Site = SITE) -> set[SitePath]:
    """The pages that a clean build makes others, and that no changed row leads to."""
    return {path for path, shown in after.shown.items() if before.shown.get(path) != shown} - named_by_reads(
        before, after, site
    )


@settings(max_examples=examples(150))
@given(SEEDS, SOME_EDITS, st.sampled_from((SITE, SITE_WITHOUT_ADDRESS)))
@example(340481, [(other_text, 25409), (removed_article, 95846)], SITE)  # an entity becomes a closer companion
def test_every_page_that_an_edit_changes_has_read_a_row_that_changed(
    seed: int, edits: list[tuple[Callable[[World, Random], World], int]], site: Site
) -> None:
    world = new_world(seed)
    assert set() == unnamed(made(world, site), made(edited(world, edits), site), site)


@settings(max_examples=examples(60))
@given(SEEDS, SOME_EDITS)
def test_pages_made_with_the_texts_of_the_build_before_are_those_of_a_clean_build(
    seed: int, edits: list[tuple[Callable[[World, Random], World], int]]
) -> None:
    world = new_world(seed)
    now, known = edited(world, edits), made(world).texts
    clean, after = made(now), made(now, former=known)
    assert (clean.shown, clean.reads) == (after.shown, after.reads)


def test_a_name_that_is_decided_weaves_no_text_again() -> None:
    world = new_world(5)
    person = replace(world.people[IDS[0]], name="Zoe Else")
    renamed = replace(world, people={**world.people, IDS[0]: person})
    before = made(world).texts
    after = made(renamed, former=before).texts
    assert before.keys() == after.keys()
    assert all(after[path] is text for path, text in before.items())


def test_a_picture_that_comes_later_is_beside_its_article_on_all_pages() -> None:
    world = new_world(5)
    for story in list(world.stories.values()):
        world = with_story(world, replace(story, pictures=PICTURES[-1:]))
    assert set() == unnamed(made(world), made(replace(world, pictures=frozenset(PICTURES))))


def test_a_tag_beyond_those_that_an_article_shows_is_listed() -> None:
    world = new_world(5)
    for story in list(world.stories.values()):
        world = with_story(world, replace(story, head=msgspec.structs.replace(story.head, tags=MANY_TAGS)))
    story = min(world.stories.values(), key=lambda story: story.head.id)
    fewer = with_story(world, replace(story, head=msgspec.structs.replace(story.head, tags=MANY_TAGS[:-1])))
    before, after = (made(one, SITE_WITHOUT_ADDRESS) for one in (world, fewer))
    assert set() == unnamed(before, after, SITE_WITHOUT_ADDRESS)


@settings(max_examples=examples(60))
@given(SEEDS, st.sets(st.integers(0, 13)), st.sets(st.integers(0, 13)))
def test_pages_follow_the_articles_in_which_a_given_name_counts_as_private(
    seed: int, some: set[int], others: set[int]
) -> None:
    """Whoever else the names are of: all pages are composed again if the names themselves are others."""
    world, private = new_world(seed), private_names(("Entity A", "Entity E Stone", "a reporter"), ())
    before, after = (
        made(
            world,
            SITE,
            msgspec.structs.replace(private, articles=tuple(ArticleId(f"story-{one:02}") for one in sorted(found))),
        )
        for found in (some, others)
    )
    assert set() == unnamed(before, after)


def test_an_article_that_nobody_cites_changes_few_pages() -> None:
    """Not every page reads everything: of a dozen articles, two thirds of the pages of the others stay."""
    stories = {story.head.id: story for story in (new_story(Random(number), number) for number in range(12))}
    world = World(stories, {key: Person(f"Ada {key[-1].upper()}") for key in IDS})
    before = made(world)
    after = made(with_story(world, replace(stories[ArticleId("story-03")], words="lighthouse")))
    named = {path for path in named_by_reads(before, after, SITE) if path.startswith("articles/story")}
    assert SitePath("articles/story-03.html") in named
    assert len(named) <= 6


def heads_with_one_field_changed(head: ArticleHead) -> Iterator[ArticleHead]:
    changes: dict[str, Any] = {
        **dict.fromkeys(("title", "description", "image"), "Something else"),
        **dict.fromkeys(("published", "saved"), "2023-01-06"),
        "source": "https://c.example/x",
        "site": "Another",
        "authors": ("B. Writer",),
        "language": "ar",
        "tags": ("else",),
        "rights": "excerpt",
        "guessed": ("published",),
    }
    for name, value in changes.items():
        yield msgspec.structs.replace(head, **{name: value})


def people_with_one_field_changed(person: Person) -> Iterator[Person]:
    yield replace(person, name="Zoe Else")
    yield replace(person, type=EntityType.WORK)
    yield replace(person, aliases=(("Else", 3),))
    yield replace(person, note="Something else.")
    yield replace(person, origin="person")


@pytest.mark.slow
@pytest.mark.parametrize("seed", sweep(range(3), 1))
def test_each_value_that_a_page_shows_is_in_a_row_that_it_read(seed: int) -> None:
    dice = Random(seed)
    world = edited(new_world(seed), [(edit, dice.randrange(100)) for edit in EDITS if edit is not removed_article])
    first = world.stories[min(world.stories)]
    version = ArticleHead(ArticleId(f"{first.head.id}-old"), "An older title", saved="2022-01-01")
    world = with_story(world, replace(first, versions=(version,)))
    before = made(world)
    stories = [
        with_story(world, replace(story, head=head))
        for story in world.stories.values()
        for head in heads_with_one_field_changed(story.head)
    ]
    people = [
        replace(world, people=world.people | {key: person})
        for key in world.people
        for person in people_with_one_field_changed(world.people[key])
    ]
    versions = [
        with_story(world, replace(world.stories[first.head.id], versions=(head,)))
        for head in heads_with_one_field_changed(version)
    ]
    for after in (*stories, *people, *versions):
        assert set() == unnamed(before, made(after))
