"""Names that keep appearing together are topics; an edit gives the topics that a clean build gives."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec
import numpy as np
import pytest

from glossator.config import SiteError
from glossator.model import ArticleId, EntityId, Topic
from glossator.stages.topics.communities import (
    add_up,
    count_together,
    find_ties,
    group,
    have_equal_communities,
    in_order,
    pack,
    strongest,
    topics_of,
)
from glossator.stages.topics.state import keep_ids
from tests.sites import build, contents, lay, leave_out_search

HARBOUR = ("Ada Brand", "Skerry Harbour Board", "Ravnsborg")
ORCHARD = ("Carl Dahl", "Fruit Growers", "Lindby")


def archive(articles: Mapping[str, tuple[str, ...]]) -> tuple[tuple[EntityId, ...], dict[ArticleId, bytes]]:
    """The strongest entities of articles, given by the names of each, and what each article mentions of them."""
    spread: dict[EntityId, int] = {}
    for names in articles.values():
        for name in names:
            spread[EntityId(name)] = spread.get(EntityId(name), 0) + 1
    entities = strongest(spread)
    numbers = {entity: number for number, entity in enumerate(entities)}
    rows = {
        ArticleId(key): pack(numbers[EntityId(name)] for name in names if name in numbers)
        for key, names in articles.items()
    }
    return entities, rows


TWO_SUBJECTS = {
    **{f"harbour-{number}": HARBOUR for number in range(4)},
    **{f"orchard-{number}": ORCHARD for number in range(3)},
    "between": (HARBOUR[0], ORCHARD[0]),
    "alone": ("Nobody Else",),
}


def test_names_that_appear_together_are_one_topic_with_the_articles_that_mention_two_of_them() -> None:
    entities, rows = archive(TWO_SUBJECTS)
    counts = count_together([rows[key] for key in sorted(rows)], len(entities))
    groups = group(find_ties(entities, counts))
    topics = topics_of(groups, {entity: number for number, entity in enumerate(entities)}, rows)

    assert [set(HARBOUR), set(ORCHARD)] == [set(topic.entities) for topic in topics]
    assert [f"harbour-{number}" for number in range(4)] == list(topics[0].articles)
    assert "between" not in (*topics[0].articles, *topics[1].articles)


def test_the_order_of_the_articles_makes_no_difference() -> None:
    (entities, rows), (others, other_rows) = archive(TWO_SUBJECTS), archive(dict(reversed(TWO_SUBJECTS.items())))
    counts = count_together(list(rows.values()), len(entities))

    assert entities == others
    assert np.array_equal(counts, count_together(list(other_rows.values()), len(others)))


def test_counts_that_are_brought_up_to_date_are_those_of_all_articles() -> None:
    entities, rows = archive(TWO_SUBJECTS)
    counts = count_together(list(rows.values()), len(entities))
    add_up(counts, [rows[ArticleId("harbour-0")]], -1)
    add_up(counts, [rows[ArticleId("between")]], 1)
    now = {**rows, ArticleId("harbour-0"): rows[ArticleId("between")]}

    assert np.array_equal(count_together(list(now.values()), len(entities)), counts)


def test_communities_are_known_as_long_as_no_tie_became_closer() -> None:
    entities, rows = archive(TWO_SUBJECTS)
    ties = find_ties(entities, count_together(list(rows.values()), len(entities)))
    counted = tuple(
        msgspec.structs.replace(tie, articles=tie.articles + 10 * (HARBOUR[0] in (tie.first, tie.second)))
        for tie in ties
    )
    closer = (msgspec.structs.replace(ties[0], closeness=ties[0].closeness + 1), *ties[1:])

    assert have_equal_communities(ties, counted)
    assert group(counted) == in_order(group(ties), counted)
    assert group(counted) != group(ties), "Ada Brand is the strongest now"
    assert not have_equal_communities(ties, closer)


def test_a_single_article_ties_nobody() -> None:
    entities, rows = archive({"one": HARBOUR, "two": ORCHARD})
    assert ((), ()) == (entities, find_ties(entities, count_together(list(rows.values()), len(entities))))


ARTICLE = """\
-- content/articles/{name}.md --
---
title: {name}
published: 2024-0{month}-11
---
Marta Lindqvist met the Skerry Harbour Board in Ravnsborg. {more}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    for month in range(1, 5):
        lay(tmp_path, ARTICLE.format(name=f"report-{month}", month=month, more=""))
    build(tmp_path)
    return tmp_path


def test_a_topic_has_a_page_with_names_articles_and_time(folder: Path) -> None:
    paths = [path for path in contents(folder / "site") if path.startswith("topics/") and "index" not in path]
    page = (folder / "site" / paths[0]).read_text("utf-8")

    assert 1 == len(paths)
    assert all(name in page for name in ("Marta Lindqvist", "Skerry Harbour Board", "Ravnsborg"))
    assert all(f"../articles/report-{month}.html" in page for month in range(1, 5))
    assert "Articles over time" in page
    assert paths[0] not in (folder / "site/index.html").read_text("utf-8"), "one topic is no list of topics"
    assert "topics/index.html" in (folder / "site/articles/index.html").read_text("utf-8")
    assert paths[0].removeprefix("topics/") in (folder / "site/topics/index.html").read_text("utf-8")


def test_the_ties_are_drawn_and_told_in_words(folder: Path) -> None:
    page = (folder / "site/ties/index.html").read_text("utf-8")

    circle, column = page.split('class="ties round"')[1].split('class="ties column"')
    assert 3 == circle.count('class="tie ') == column.count('class="tie ')
    assert 3 == page.count('<th scope="row">')
    assert '<td class="amount">4</td>' in page


@pytest.mark.parametrize(
    ("name", "more"), [("report-2", "Jonas Aber agreed."), ("report-9", "Jonas Aber disagreed."), ("report-3", None)]
)
def test_after_an_edit_the_site_is_that_of_a_clean_build(folder: Path, tmp_path: Path, name: str, more: str) -> None:
    if more is None:
        (folder / f"content/articles/{name}.md").unlink()
    else:
        lay(folder, ARTICLE.format(name=name, month=name[-1], more=more))
    build(folder)
    clean = tmp_path / "clean"
    shutil.copytree(folder / "content", clean / "content")
    build(clean)

    assert contents(clean / "site") == contents(folder / "site")


def test_an_article_that_replaced_another_with_the_same_names_is_known_at_the_next_build(folder: Path) -> None:
    article = min((folder / "content/articles").glob("*.md"))
    article.rename(article.with_name("renamed.md"))
    build(folder)
    (folder / "content/pages").mkdir()
    (folder / "content/pages/more.md").write_text("A page of one's own.\n")
    build(folder)

    assert "renamed.html" in "".join(path.read_text("utf-8") for path in (folder / "site/topics").glob("*.html"))


def test_without_ties_there_are_no_topics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    build(lay(tmp_path, ARTICLE.format(name="report-1", month=1, more="")))

    assert not (tmp_path / "site/topics").exists()
    assert "By topic" not in (tmp_path / "site/articles/index.html").read_text("utf-8")


def topic(*entities: str, id: str = "") -> Topic:  # noqa: A002 -- the name of the field
    return Topic(EntityId(id or entities[0]), tuple(map(EntityId, entities)), ())


def test_a_published_address_stays_with_the_topic_that_its_entity_is_in() -> None:
    stronger = topic("skerry", "marta", "ravnsborg")
    assert ((topic(*stronger.entities, id="marta"),), {}) == keep_ids([stronger], [EntityId("marta")], {})


def test_of_two_topics_that_became_one_the_older_address_stays_and_the_other_leads_to_it() -> None:
    published = [EntityId("marta"), EntityId("carl"), EntityId("skerry")]
    now, redirects = keep_ids([topic("skerry", "marta", "ravnsborg"), topic("carl", "lindby", "fruit")], published, {})
    assert ["marta", "carl"] == [each.id for each in now]
    assert {"skerry": "marta"} == redirects


def test_a_published_address_follows_an_entity_that_was_merged() -> None:
    now, redirects = keep_ids([topic("skerry", "marta")], [EntityId("m-lind")], {EntityId("m-lind"): EntityId("marta")})
    assert ("m-lind", {}) == (now[0].id, redirects)


def test_the_address_of_a_topic_leads_on_when_the_topic_is_gone(folder: Path, tmp_path: Path) -> None:
    (address,) = (path for path in contents(folder / "site") if path.startswith("topics/") and "index" not in path)
    assert [Path(address).stem] == json.loads((folder / "content/topics.lock.json").read_text("utf-8"))["topics"]
    for month in range(2, 5):
        (folder / f"content/articles/report-{month}.md").unlink()
        lay(folder, ARTICLE.format(name=f"other-{month}", month=month, more="").replace("Marta Lindqvist met", "I met"))
    build(folder)
    page = (folder / "site" / address).read_text("utf-8")
    assert 'http-equiv="refresh"' in page
    clean = tmp_path / "clean"
    shutil.copytree(folder / "content", clean / "content")
    build(clean)
    assert contents(clean / "site") == contents(folder / "site")


def test_a_lock_that_cannot_be_read_stops_the_build_with_a_sentence(folder: Path) -> None:
    lock = folder / "content/topics.lock.json"
    for text in ("[", '{"topics": ["../../x"]}', '{"topics": 5}', "[" * 100_000):
        lock.write_text(text, "utf-8")
        with pytest.raises(SiteError, match=r"topics\.lock\.json cannot be read"):
            build(folder)
