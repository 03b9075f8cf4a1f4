"""What the pages say of the archive, and how its lists stay short: parts that a new article leaves where they are."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossator.config import PlanSettings
from glossator.model import (
    Appearance,
    ArticleHead,
    ArticleId,
    ArticleLinks,
    Digest,
    Entity,
    EntityId,
    EntityType,
    Html,
    SitePath,
)
from glossator.stages.plan import (
    Catalogue,
    KnownRows,
    PlannedPage,
    SiteContent,
    compose,
    entity_rows,
    list_shapes,
    open_catalogue,
    parts_of,
    plan,
    with_lists,
)
from glossator.stages.plan.catalogue import whole_sentences
from glossator.stages.plan.catalogue.cut_long_lists import DAY_LENGTHS, NAME_LENGTHS, build_tree, name_key
from glossator.stages.plan.pages.front_page import front
from glossator.stages.plan.parts.charts import timeline
from glossator.stages.plan.parts.outline import outline
from glossator.stages.render import environment, render
from glossator.text import digest
from glossator.views import AnyPage, ArticleIndexPage, EntityIndexPage
from tests.sample_pages import SITE, templates
from tests.sites import Seen

NAMES = ("Ada Brand", "Ada Bruun", "Adam Quist", "Berta Holm", "Bo", "Boa", "Carl Dahl", "Óttar", "24 Hours")


class Told(NamedTuple):
    """An article of a made-up archive."""

    id: str
    day: str | None
    site: str | None
    names: tuple[str, ...]


def told(number: int, day: str | None, site: str | None = "The Lantern", names: Iterable[str] = ()) -> Told:
    return Told(f"story-{number:02}", day, site, tuple(names))


FEW = [told(n, f"2024-0{n}-05", names=NAMES[n : n + 1]) for n in range(1, 4)]
MANY = [
    *(told(n, f"2023-{n:02}-05", names=(NAMES[n % len(NAMES)], "Ada Brand")) for n in range(1, 13)),
    *(told(20 + n, f"2024-03-{n:02}", "Tide Table", (NAMES[n % len(NAMES)], "Ada Brand")) for n in range(1, 9)),
    *(told(38 + n, None, None, ["Berta Holm"]) for n in range(5)),
    told(60, "2025-01-01", "24 Days", ["Bo"]),
]


def catalogue(articles: Iterable[Told]) -> Catalogue:
    """The catalogue of an archive of these articles; an entity's page shows no sentences, so that no text is needed."""
    every = sorted(sorted(articles), key=lambda one: one.day or "", reverse=True)
    heads = tuple(ArticleHead(ArticleId(one.id), f"On {one.id}", site=one.site, published=one.day) for one in every)
    names = sorted({name for one in every for name in one.names})
    ids = {name: EntityId(name_key(name, "en").strip("_-")) for name in names}
    entities = []
    for name in names:
        found = tuple(Appearance(ArticleId(one.id), (0,), 1) for one in sorted(every) if name in one.names)
        kind = EntityType.PERSON if name[0].isalpha() else EntityType.WORK
        entities.append(Entity(ids[name], name, kind, (), found, "machine", None, None, Digest(repr(found))))
    content = SiteContent(
        heads=heads,
        entities={one.id: one for one in sorted(entities, key=lambda one: one.id)},
        resolved={ArticleId(one.id): tuple(ids[name] for name in one.names) for one in every},
        spread={one.id: len(one.appearances) for one in entities},
        redirects={},
        article_links={head.id: ArticleLinks(headline=head.title) for head in heads},
        text_digests={head.id: head.id for head in heads},
        head_digests={head.id: digest(repr(head)) for head in heads},
    )
    catalogue = open_catalogue(content, SITE, PlanSettings(passages=0))
    return with_lists(catalogue, entity_rows(catalogue, KnownRows({}, {}, {}), ()))


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page lists so few that a small archive has long lists."""
    monkeypatch.setattr("glossator.stages.plan.catalogue.cut_long_lists.LONG", 3)
    monkeypatch.setattr("glossator.stages.plan.catalogue.lists.FURTHER", 3)


def rendered(found: Catalogue) -> Mapping[str, Seen]:
    """The pages that show no text of an article."""
    made = environment(templates())
    return {path: Seen(render(made, view, SITE).decode()) for path, view in composed(found).items()}


def composed(found: Catalogue) -> Mapping[str, AnyPage]:
    """What the templates of these pages are given."""
    read_texts = ("article", "connections")
    return {
        path: compose(found, sheet, {}, {}) for path, sheet in planned(found).items() if sheet.kind not in read_texts
    }


def planned(found: Catalogue) -> Mapping[str, PlannedPage]:
    _, sheets = plan(found, parts_of(list_shapes(found, {}, ())), ())
    return {sheet.path: sheet for sheet in sheets}


def differing(before: Catalogue, after: Catalogue) -> set[str]:
    """The paths of the pages besides those of articles that show something else."""
    old, new = composed(before), composed(after)
    return {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}


# ---- parts ---------------------------------------------------------------------------------------------------------

KEYS = st.text("ab-", min_size=1, max_size=5)
LISTS = st.sets(st.tuples(KEYS, st.integers(0, 9)), max_size=25)


@given(LISTS)
def test_every_member_stands_on_one_page_that_its_key_leads_to(keyed: set[tuple[str, int]]) -> None:
    tree = build_tree(keyed, NAME_LENGTHS, 3)
    assert sorted(keyed) == sorted(one for members in tree.members.values() for one in members)
    assert all(one in tree.members[tree.path(one[0])[-1]] for one in keyed)
    for members in tree.members.values():
        assert len(members) <= 3 or 1 == len({key.rstrip("-") for key, _ in members}), "those cannot be told apart"


@given(LISTS, st.tuples(KEYS, st.just(10)))
def test_a_new_member_takes_no_page_away_and_changes_only_those_that_hold_it(
    keyed: set[tuple[str, int]], new: tuple[str, int]
) -> None:
    before, after = build_tree(sorted(keyed), NAME_LENGTHS, 3), build_tree([*sorted(keyed), new], NAME_LENGTHS, 3)
    held = after.path(new[0])
    assert before.counts.keys() <= after.counts.keys()
    changed = {name for name in before.members if set(before.members[name]) != set(after.members.get(name, ()))}
    assert changed <= set(held)


def test_days_are_cut_by_year_by_month_and_by_day() -> None:
    days = ["2023-05-01", *(f"2024-03-{day:02}" for day in range(1, 5)), *(f"2024-04-0{n}" for n in range(1, 4))]
    tree = build_tree(((day, day) for day in days), DAY_LENGTHS, 3)
    assert ("2023", "2024") == tree.cuts[""]
    assert ("2024-03", "2024-04") == tree.cuts["2024"]
    assert ("", "2024", "2024-03", "2024-03-02") == tree.path("2024-03-02")
    assert ("", "2024") == tree.ancestors("2024-04")


# ---- pages ---------------------------------------------------------------------------------------------------------


def test_short_lists_stand_on_one_page_each() -> None:
    others = ("article", "connections", "entity", "front-file")
    paths = {path for path, sheet in planned(catalogue(FEW)).items() if sheet.kind not in others}
    lists = {*("articles/index.html", "articles/source.html", "days/index.html"), "entities/index.html"}
    lists.add("types/person.html")
    assert {*lists, "index.html", "about.html", "search.html", "highlights.html", "404.html", "robots.txt"} == paths


def test_no_page_lists_more_than_it_may_and_all_are_listed() -> None:
    found = catalogue(MANY)
    sheets = [
        sheet for sheet in planned(found).values() if sheet.kind in ("articles", "source", "appearances", "entities")
    ]
    pages = {sheet.path: compose(found, sheet, {}, {}) for sheet in sheets}
    articles = {
        path: [article.href for group in page.groups for article in group.articles]
        for path, page in pages.items()
        if isinstance(page, ArticleIndexPage)
    }
    names = [
        sum(len(letter.rows) for letter in page.letters) for page in pages.values() if isinstance(page, EntityIndexPage)
    ]
    assert 3 >= max(map(len, articles.values()))
    assert 3 >= max(names)
    by_date = [href for path, listed in articles.items() if path.startswith("dates/") for href in listed]
    assert sorted(f"../articles/{article}.html" for article in found.heads) == sorted(by_date)


def leads(page: str, href: str) -> tuple[str, str]:
    """Path and fragment of what a link leads to."""
    path, _, fragment = href.partition("#")
    path = path.partition("?")[0]
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page, fragment


@pytest.mark.parametrize("articles", [FEW, MANY])
def test_no_link_between_lists_is_dead_and_every_part_is_led_to(articles: list[Told]) -> None:
    pages = rendered(found := catalogue(articles))
    links = {leads(path, href) for path, page in pages.items() if path != "404.html" for href in page.addresses}
    inside = {(path, fragment) for path, fragment in links if not path.startswith(("static/", "pagefind/"))}
    assert set() == {path for path, _ in inside} - planned(found).keys()
    assert set() == {(path, mark) for path, mark in inside if mark and path in pages and mark not in pages[path].ids}
    by_script = {"highlights.html", *(path for path in pages if path.startswith("front/"))}
    assert pages.keys() - {"404.html", "robots.txt"} - by_script <= {path for path, _ in inside}


def test_the_timeline_of_the_home_page_leads_to_where_the_months_articles_are() -> None:
    home = rendered(catalogue(MANY))["index.html"].addresses
    assert {"dates/2023-05.html", "dates/2024.html", "dates/2025.html#m2025-01"} <= set(home)
    assert "articles/index.html#m2024-02" in rendered(catalogue(FEW))["index.html"].addresses


def test_home_is_led_by_the_newest_article_with_a_source_and_a_text_of_its_own() -> None:
    found = catalogue(MANY)
    said = {"story-60": "commenter_one 2 hours ago 25 points", "story-28": "The tide came in."}
    heads = {key: msgspec.structs.replace(head, description=said.get(key)) for key, head in found.heads.items()}
    lead = front(msgspec.structs.replace(found, heads=heads), SitePath("index.html")).lead
    assert lead is not None
    assert "On story-28" == lead.title


def test_the_lead_is_in_the_language_of_most_articles() -> None:
    found = catalogue(MANY)
    told_in = {"story-60": "de-CH", "story-28": "en-GB"}
    heads = {
        key: msgspec.structs.replace(head, description="The tide came in.", language=told_in.get(key, "en"))
        for key, head in found.heads.items()
    }
    shown = front(msgspec.structs.replace(found, heads=heads), SitePath("index.html"))
    assert shown.lead is not None
    assert ("On story-28", "On story-60") == (shown.lead.title, shown.published[0].title)
    days = [link.date for link in shown.beside]
    assert days == sorted(days, reverse=True)

    heads[ArticleId("story-28")] = msgspec.structs.replace(heads[ArticleId("story-28")], description="")
    older = front(msgspec.structs.replace(found, heads=heads), SitePath("index.html"))
    assert older.lead not in (None, shown.lead)


LONG = "The meeting showcased the latest in science and practice."


@pytest.mark.parametrize(
    ("described", "shown"),
    [
        ("Photo via Pexels Eating less meat is easy.", "Eating less meat is easy."),
        ("Photo by Ada Brandt, Getty Images Eating less meat is easy.", "Eating less meat is easy."),
        ("Photos of Reuters are shown in the hall.", "Photos of Reuters are shown in the hall."),
        (f"{LONG} Five trends from the hall and si", LONG),
        ("A wall and its builders", "A wall and its builders"),
        ("A wall! Its builders and si", "A wall! Its builders and si"),
    ],
)
def test_what_a_page_says_of_itself_begins_without_a_credit_and_does_not_break_off(described: str, shown: str) -> None:
    assert shown == whole_sentences(described)


def test_what_has_no_date_is_not_among_what_was_published_last() -> None:
    found = catalogue(MANY)
    saved = {"story-38": "2026-02-01", "story-39": "2026-02-02"}
    heads = {key: msgspec.structs.replace(head, saved=saved.get(key)) for key, head in found.heads.items()}
    ordered = dict(sorted(heads.items(), key=lambda pair: pair[1].date or "", reverse=True))
    shown = front(msgspec.structs.replace(found, heads=ordered), SitePath("index.html"))
    days = [link.date for link in shown.published]
    assert {"published"} == {link.date_kind for link in shown.published}
    assert days == sorted(days, reverse=True)
    assert ["On story-39", "On story-38"] == [link.title for link in shown.saved][:2]
    assert {""} == {link.date for link in shown.saved[2:]}


def test_a_line_without_a_word_is_no_entry_of_the_contents() -> None:
    body = "".join(f'<h2 id="p{number}">{text}</h2>' for number, text in enumerate(("First", "___", "Second")))
    assert ["First", "Second"] == [entry.text for entry in outline(Html(body), 2000)]


def test_anchors_of_the_list_stay_when_it_becomes_a_table_of_contents() -> None:
    articles, sources = (rendered(catalogue(MANY))[f"articles/{name}.html"].ids for name in ("index", "source"))
    assert {"m2023-05", "m2024-03", "m2025-01"} <= articles
    assert {"the-lantern", "tide-table", "24-days", "unknown-source"} <= sources


def test_a_new_article_changes_the_parts_it_is_in_and_no_other_list() -> None:
    before = catalogue(MANY)
    new = told(99, "2023-05-20", "The Lantern", ["Carl Dahl"])
    after = catalogue([*MANY, new])
    lists = {path for path in differing(before, after) if planned(after)[path].kind not in ("article", "entity")}
    assert {
        *("index.html", "search.html", "articles/index.html", "dates/2023.html", "dates/2023-05.html"),
        *("days/index.html", "days/05.html"),
        *("articles/source.html", "sources/the-lantern.html", "sources/the-lantern/2023-05.html"),
        *("entities/index.html", "names/c.html", "types/person.html", "types/person/c.html"),
        *("front/02.json", "front/05.json"),  # of its day, and of those that are near no other
        "front/newest.json",
    } == lists


def test_the_old_years_of_an_entity_stay_as_they_are() -> None:
    before = catalogue(MANY)
    after = catalogue([*MANY, told(99, "2024-03-09", "Tide Table", ["Ada Brand"])])
    mine = {path for path in differing(before, after) if path.startswith("entities/ada-brand")}
    year = {f"entities/ada-brand/2024{part}.html" for part in ("", "-03-08", "-03-09")}  # the day before leads on
    assert {"entities/ada-brand.html", *year} == mine
    pages = rendered(before)
    assert {"ada-brand/2023.html", "ada-brand/2024.html"} <= set(pages["entities/ada-brand.html"].addresses)
    assert "Ada Brand: May 2023" in pages["entities/ada-brand/2023-05.html"].text


@pytest.mark.parametrize(
    ("name", "key"), [("Ada Brand", "ada-brand-"), ("Óttar", "ottar-"), ("24 Hours", "_24-hours-"), ("“…”", "_-")]
)
def test_a_name_stands_under_its_first_letter_without_accents(name: str, key: str) -> None:
    assert key == name_key(name, "en")


# ---- time ----------------------------------------------------------------------------------------------------------


def test_a_timeline_has_every_month_and_leads_to_those_that_have_articles() -> None:
    found = timeline([("2024-11-30", 2), ("2025-01-01", 1), ("2024-11-02", 3)], lambda month: f"articles.html#m{month}")
    assert [("2024-11", 5, "articles.html#m2024-11"), ("2024-12", 0, ""), ("2025-01", 1, "articles.html#m2025-01")] == [
        (bar.label, bar.count, bar.href) for bar in found
    ]


def test_a_long_timeline_is_drawn_in_years() -> None:
    found = timeline([("2019-05-01", 1), ("2019-06-01", 1), ("2023-06-01", 4)])
    assert [("2019", 2), ("2020", 0), ("2021", 0), ("2022", 0), ("2023", 4)] == [
        (bar.label, bar.count) for bar in found
    ]


def test_what_has_no_date_has_no_timeline() -> None:
    assert () == timeline([])
