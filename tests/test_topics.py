"""Articles that resemble one another are topics; an edit gives the topics that a clean build gives."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner

from glossator.cli import main
from glossator.config import SiteError
from glossator.model import ArticleId, EntityId, PrivateNames, Topic, TopicId
from glossator.stages.relate.words import strong_words
from glossator.stages.topics.groups import group
from glossator.stages.topics.labels import ArticleWords, count_words, label, title_pairs, typical_title
from glossator.stages.topics.nearest import with_nearest
from glossator.stages.topics.state import TopicGroup, keep_ids
from glossator.stages.topics.ties import count_together, find_ties, strongest
from tests.sites import build, contents, lay, leave_out_search
from tests.sweeps import sweep_rows

HARBOUR = ("Ada Brand", "Skerry Harbour Board", "Ravnsborg")
ORCHARD = ("Carl Dahl", "Fruit Growers", "Lindby")


def archive(articles: Mapping[str, tuple[str, ...]]) -> tuple[tuple[EntityId, ...], dict[ArticleId, list[int]]]:
    """The strongest entities of articles, given by the names of each, and what each article mentions of them."""
    spread: dict[EntityId, int] = {}
    for names in articles.values():
        for name in names:
            spread[EntityId(name)] = spread.get(EntityId(name), 0) + 1
    entities = strongest(spread)
    numbers = {entity: number for number, entity in enumerate(entities)}
    rows = {
        ArticleId(key): [numbers[EntityId(name)] for name in names if name in numbers]
        for key, names in articles.items()
    }
    return entities, rows


TWO_SUBJECTS = {
    **{f"harbour-{number}": HARBOUR for number in range(4)},
    **{f"orchard-{number}": ORCHARD for number in range(3)},
    "between": (HARBOUR[0], ORCHARD[0]),
    "alone": ("Nobody Else",),
}


def test_the_order_of_the_articles_makes_no_difference() -> None:
    (entities, rows), (others, other_rows) = archive(TWO_SUBJECTS), archive(dict(reversed(TWO_SUBJECTS.items())))
    counts = count_together(list(rows.values()), len(entities))

    assert entities == others
    assert np.array_equal(counts, count_together(list(other_rows.values()), len(others)))


def test_a_single_article_ties_nobody() -> None:
    entities, rows = archive({"one": HARBOUR, "two": ORCHARD})
    assert ((), ()) == (entities, find_ties(entities, count_together(list(rows.values()), len(entities))))


REPORTS = (
    "The dredging of the channel began. The silt of the harbour went onto a barge, and the pilots watched the dredging.",
    "Dredging stopped for a week. The silt lay in the channel, and the harbour had no barge. The pilots waited.",
    "A barge sank in the harbour. Its silt went back into the channel, and the dredging began anew, said the pilots.",
    "The pilots left the harbour. Without them no barge reaches the channel, and the dredging of silt is of no use.",
)
ARTICLE = """\
-- content/articles/{name}.md --
---
title: Dredging the harbour, part {month}
published: 2024-0{month}-11
description: It is month {month} of the dredging. Nobody knows the end.
---
{report}

Marta Lindqvist met the Skerry Harbour Board in Ravnsborg on Monday. {more}
"""


def article(name: str, month: int, more: str = "") -> str:
    return ARTICLE.format(name=name, month=month, more=more, report=REPORTS[month % len(REPORTS)])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    for month in range(1, 5):
        lay(tmp_path, article(f"report-{month}", month))
    build(tmp_path)
    return tmp_path


def test_a_topic_has_a_page_with_names_and_articles(folder: Path) -> None:
    paths = [path for path in contents(folder / "site") if path.startswith("topics/") and "index" not in path]
    page = (folder / "site" / paths[0]).read_text("utf-8")

    assert 1 == len(paths)
    assert all(name in page for name in ("Marta Lindqvist", "Skerry Harbour Board", "Ravnsborg"))
    assert all(f"../articles/report-{month}.html" in page for month in range(1, 5))
    assert "Articles over time" not in page, "columns of one article each tell nothing"
    assert "harbour-dredging" == Path(paths[0]).stem
    assert paths[0] not in (folder / "site/index.html").read_text("utf-8"), "one topic is no list of topics"
    assert "topics/index.html" in (folder / "site/articles/index.html").read_text("utf-8")
    every = (folder / "site/topics/index.html").read_text("utf-8")
    assert paths[0].removeprefix("topics/") in every
    assert ["report-4", "report-3", "report-2"] == re.findall(r"articles/(report[\w-]+)", every), "the newest"
    assert 'href="../topics/index.html"' in (folder / "site/articles/report-1.html").read_text("utf-8")


def test_a_question_finds_the_articles_of_a_topic(folder: Path) -> None:
    lay(folder, "-- content/articles/other.md --\n---\ntitle: A choir\n---\nThe choir sang in the old town.\n")
    where = [f"--{name}={folder / name}" for name in ("content", "site")]
    asked = ["ask", "find=articles", "topic=harbour-dredging", "order=oldest", "--json", *where]
    answer = json.loads(CliRunner().invoke(main, asked).stdout)
    assert [f"report-{month}" for month in range(1, 5)] == [row["article"]["id"] for row in answer["rows"]]


def test_the_articles_of_a_topic_are_drawn_over_time_where_a_month_has_several(folder: Path) -> None:
    lay(folder, article("report-5", 4))
    build(folder)
    (page,) = (path for path in (folder / "site/topics").glob("*.html") if path.stem != "index")
    assert "Articles over time" in page.read_text("utf-8")


def test_the_data_of_a_topic_tell_which_of_its_names_appear_together(folder: Path) -> None:
    lay(folder, '-- glossator.toml --\n[site]\ndata = ["json", "markdown"]\n')
    build(folder)
    (path,) = (path for path in (folder / "site/topics").glob("*.json") if path.stem != "index")
    record = json.loads(path.read_bytes())

    jsonschema.validate(record, json.loads((resources.files("glossator") / "data/schemas/page-1.json").read_text()))
    assert {(4, "marta-lindqvist", "ravnsborg"), (4, "marta-lindqvist", "skerry-harbour-board")} <= {
        (tie["articles"], tie["first"]["id"], tie["second"]["id"]) for tie in record["ties"]
    }
    assert [f"articles/report-{month}.html" for month in range(1, 5)] == sorted(
        article["page"] for group in record["groups"] for article in group["articles"]
    ), "those of the story too"
    assert "[Marta Lindqvist](../entities/marta-lindqvist.md), [Ravnsborg]" in path.with_suffix(".md").read_text(
        "utf-8"
    )


def test_the_address_of_the_drawn_ties_leads_to_the_names(folder: Path) -> None:
    page = (folder / "site/ties/index.html").read_text("utf-8")
    assert 'content="0; url=../entities/index.html"' in page


@pytest.mark.parametrize(
    ("name", "more"),
    sweep_rows([("report-2", "Jonas Aber agreed."), ("report-3", None), ("report-9", "Jonas Aber disagreed.")], 2),
)
def test_after_an_edit_the_site_is_that_of_a_clean_build(folder: Path, tmp_path: Path, name: str, more: str) -> None:
    if more is None:
        (folder / f"content/articles/{name}.md").unlink()
    else:
        lay(folder, article(name, int(name[-1]), more))
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
    build(lay(tmp_path, article("report-1", 1)))

    assert not (tmp_path / "site/topics").exists()
    assert "topic" not in (tmp_path / "site/articles/index.html").read_text("utf-8").lower()


def topic(*articles: str, id: str = "dredging-silt") -> Topic:  # noqa: A002 -- the name of the field
    return Topic(TopicId(id), ("dredging", "silt"), (), tuple(map(ArticleId, articles)))


def published(**topics: str) -> dict[TopicId, tuple[ArticleId, ...]]:
    """Published ids with the articles, in one string, that each topic had."""
    return {TopicId(key.replace("_", "-")): tuple(map(ArticleId, names.split())) for key, names in topics.items()}


def test_a_topic_leads_to_the_topics_whose_articles_are_most_like_its_own() -> None:
    topics = [
        Topic(TopicId(name), (name,), (), tuple(ArticleId(f"{name}{number}") for number in range(size)))
        for name, size in (("silt", 3), ("pears", 3), ("locks", 12))
    ]
    near = {
        ArticleId("silt0"): ((ArticleId("locks0"), 0.2), (ArticleId("pears0"), 0.15)),
        ArticleId("pears1"): ((ArticleId("nowhere"), 0.9),),
    }
    found = [topic.near for topic in with_nearest(topics, near)]
    assert [("pears", "locks"), ("silt",), ("silt",)] == found, "a large topic is near many articles by its size"


def tied(*ties: tuple[str, str, float]) -> dict[ArticleId, tuple[tuple[ArticleId, float], ...]]:
    """The articles nearest to each, the nearest first, by the cosines of two."""
    near: dict[ArticleId, list[tuple[ArticleId, float]]] = {}
    for one, other, cosine in sorted(ties, key=lambda tie: -tie[2]):
        near.setdefault(ArticleId(one), []).append((ArticleId(other), cosine))
        near.setdefault(ArticleId(other), []).append((ArticleId(one), cosine))
    return {article: tuple(nearest) for article, nearest in near.items()}


def test_what_weak_ties_alone_hold_together_is_no_topic() -> None:
    conferences, podcasts = ("fair", "summit", 0.2), ("crime", "murder", 0.16)
    weak = [(one, other, 0.13) for one in ("fair", "summit") for other in ("crime", "murder")]
    assert () == group(tied(conferences, podcasts, *weak))


def test_what_hardly_resembles_any_article_of_a_topic_is_not_among_them() -> None:
    close = (("earbuds", "headphones", 0.3), ("headphones", "speakers", 0.2))
    weak = (("earbuds", "web design", 0.12), ("headphones", "web design", 0.12), ("speakers", "web design", 0.12))
    assert (("earbuds", "headphones", "speakers"),) == group(tied(*close, *weak))


def test_a_published_address_stays_with_the_topic_that_has_most_of_its_articles() -> None:
    now, redirects = keep_ids([topic("a", "b", "c", "d"), topic("e", "f")], published(silt="a b e"), {})
    assert (["silt", "dredging-silt"], {}) == ([each.id for each in now], redirects)


def test_of_two_topics_that_became_one_the_older_address_stays_and_the_other_leads_to_it() -> None:
    now, redirects = keep_ids([topic("a", "b", "c", "d")], published(silt="a b", barges="c d"), {})
    assert (["silt"], {"barges": "silt"}) == ([each.id for each in now], redirects)


def test_a_topic_keeps_its_address_if_its_articles_are_renamed() -> None:
    renames = {ArticleId("a"): ArticleId("new-a"), ArticleId("b"): ArticleId("new-b")}
    now, _ = keep_ids([topic("new-a", "new-b", "c")], published(silt="a b"), renames)
    assert "silt" == now[0].id


def test_two_topics_of_equal_words_have_two_addresses() -> None:
    now, _ = keep_ids([topic("a", "b"), topic("c", "d")], {}, {})
    assert ["dredging-silt", "dredging-silt-2"] == [each.id for each in now]


def words(title: str, *forms: str, nouns: str = "") -> ArticleWords:
    keys = [f"en {form.casefold()}" for form in forms]
    names = frozenset(form.casefold() for form in forms if form[0].isupper())
    return ArticleWords(
        title, keys, forms, [64 - 8 * number for number in range(len(forms))], frozenset(nouns.split()), names
    )


def labelled(articles: list[ArticleWords], *, elsewhere: int = 0, private: tuple[str, ...] = ()) -> tuple[str, ...]:
    counted = count_words(articles)
    numbers = tuple(ArticleId(str(number)) for number, _ in enumerate(articles))
    entities = ((EntityId("ilse-marant"), 3), (EntityId("new-skerry"), 3), (EntityId("norway"), 3))
    found = TopicGroup(numbers, counted, entities, typical_title(articles, counted), title_pairs(articles, counted))
    spread = {word.key: word.having + elsewhere for word in found.words}
    return label(found, spread, PrivateNames(private), {"marant"})


def test_a_topic_is_called_by_nouns_of_its_titles() -> None:
    members = [
        words(f"Dredging silt {nth}", "best", "dredging", "silt", "mud", nouns="dredging silt mud") for nth in "abc"
    ]
    assert ("dredging silt",) == labelled(members)


def test_words_that_stand_together_in_titles_are_one_in_the_name_of_a_topic() -> None:
    nouns = "dredging silt harbour"
    members = [words(f"Silt dredging {nth}", "dredging", "silt", "harbour", nouns=nouns) for nth in "ab"]
    beside = words("The harbour", "harbour", "silt", nouns=nouns)
    apart = [words("Silt of dredging", "dredging", "silt", nouns=nouns)]
    assert ("silt dredging",) == labelled([*members, beside])
    assert ("silt dredging",) == labelled([*members, *apart])
    assert ("silt dredging",) == labelled([members[0], *apart * 3]), "both would name it, and they stand together once"
    assert ("dredging", "silt") == labelled(apart * 3)


def test_words_that_stand_together_in_either_order_are_one_phrase_in_the_name_of_a_topic() -> None:
    nouns = "dredging silt harbour"
    titles = [*["Silt dredging"] * 3, *["Dredging silt"] * 2, *["The harbour"] * 2]
    members = [words(title, "dredging", "silt", "harbour", nouns=nouns) for title in titles]
    assert ("silt dredging",) == labelled(members)


def test_vague_words_name_no_topic_by_themselves() -> None:
    nouns = "way game dredging silt"
    members = [words("A way and a game", "way", "game", nouns=nouns)] * 3
    assert () == labelled(members)
    beside = [words("A way of dredging, and silt", "way", "dredging", "silt", nouns=nouns)] * 3
    assert ("dredging", "silt") == labelled(beside)
    assert ("silt game",) == labelled([words("The silt game", "silt", "game", nouns=nouns)] * 3), "in a phrase they may"


def test_best_names_no_topic_although_it_stands_where_nouns_do() -> None:
    nouns = strong_words(
        "Best silt", "The best of the silt. The silt is the best. This is the best for silt.", "en"
    ).nouns
    assert ("silt",) == nouns


def test_a_name_keeps_its_capitals_in_the_name_of_a_topic() -> None:
    names = strong_words("QuellBooks", "QuellBooks is old. We use QuellBooks daily.", "en").names
    assert "quellbooks" in names


def test_a_name_is_in_the_name_of_a_topic_only_if_it_leads_and_is_of_no_other() -> None:
    leading = [words("Marant and the silt of dredging", "Marant", "dredging", "silt", nouns="dredging silt")] * 3
    beside = [words("The silt of dredging", "Marant", "dredging", "silt", nouns="dredging silt")] * 3
    country = [words("Norway and the silt of dredging", "Norway", "dredging", "silt", nouns="dredging silt")] * 3

    heading = [words("Best silt of dredging", "Best", "dredging", "silt", nouns="dredging silt")] * 3
    assert ("Marant", "dredging") == labelled(leading)
    assert ("dredging", "silt") == labelled(heading), "headings write it like a name"
    assert ("dredging", "silt") == labelled(leading, elsewhere=4) == labelled(beside) == labelled(country)
    assert ("dredging", "silt") == labelled(leading, private=("Ilse Marant",))


def test_the_end_of_the_name_of_a_place_names_no_topic() -> None:
    titled = [words("New Skerry and the silt of dredging", "Skerry", "dredging", "silt", nouns="dredging silt")] * 3
    assert ("dredging", "silt") == labelled(titled)


def test_what_fewer_than_half_of_the_articles_are_about_does_not_name_their_topic() -> None:
    nouns = "dredging silt barge crane"
    two = [words("The barge and the crane", "barge", "crane", "dredging", "silt", nouns=nouns)] * 2
    three = [words("Dredging of silt", "dredging", "silt", nouns=nouns)] * 3
    assert ("dredging", "silt") == labelled([*two, *three])
    assert () == labelled([*two, *[words("The harbour", "harbour", nouns="harbour")] * 3]), "one word tells of most"


def test_a_group_that_one_word_tells_of_is_no_topic() -> None:
    assert () == labelled([words("Silt", "silt", "best", nouns="silt")] * 3)


def test_one_more_article_leaves_the_others_in_their_groups() -> None:
    """Chance would draw another order of all articles, and other groups."""
    near = {
        ArticleId(f"{subject}{number}"): tuple(
            (ArticleId(f"{subject}{other}"), 0.2) for other in range(6) if other != number
        )
        for subject in "abcdefgh"
        for number in range(6)
    }
    bridges = {ArticleId("a9"): ((ArticleId("a0"), 0.2), (ArticleId("a1"), 0.2), (ArticleId("b0"), 0.1))}

    before, now = group(near), group({**near, **bridges})
    assert [frozenset(members) for members in before] == [frozenset(members) - {"a9"} for members in now]
    assert ArticleId("a9") in now[0]


def test_an_article_without_related_ones_leads_to_its_topic(folder: Path) -> None:
    (folder / "glossator.toml").write_text("[plan]\nrelated = 0\n", "utf-8")
    build(folder)
    (topic_page,) = (path for path in contents(folder / "site") if path.startswith("topics/") and "index" not in path)
    assert f"../{topic_page}" in (folder / "site/articles/report-1.html").read_text("utf-8")


def test_a_topic_tells_its_story_in_the_order_of_the_dates(folder: Path) -> None:
    (topic_page,) = (path for path in contents(folder / "site") if path.startswith("topics/") and "index" not in path)
    story = (folder / "site" / topic_page).read_text("utf-8").split('id="story-title"')[1].split("</section>")[0]

    told = [f"It is month {month} of the dredging." for month in range(1, 5)]
    assert told == sorted(told, key=story.index)
    assert "Nobody knows" not in story
    assert [1] * 4 == [story.count(f"report-{month}.html") for month in range(1, 5)], "no second list repeats it"


def test_articles_that_tell_of_no_day_tell_no_story(folder: Path) -> None:
    for file in (folder / "content/articles").glob("report-*.md"):
        file.write_text(file.read_text("utf-8").replace(" on Monday", ""), "utf-8")
    build(folder)
    (topic_page,) = (path for path in contents(folder / "site") if path.startswith("topics/") and "index" not in path)
    page = (folder / "site" / topic_page).read_text("utf-8")
    assert ("The story so far" in page, page.count("report-1.html")) == (False, 1)


def test_a_name_has_the_number_of_its_articles_within_the_topic(folder: Path) -> None:
    for number in range(3):
        lay(
            folder,
            f"-- content/articles/orchard-{number}.md --\n---\ntitle: Pears of the orchard {number}\n---\n"
            "Marta Lindqvist bought pears of the orchard. The pears and the apples of the orchard were ripe.\n",
        )
    build(folder)
    pages = [path for path in contents(folder / "site") if path.startswith("topics/") and "dredging" in path]
    (page,) = ((folder / "site" / path).read_text("utf-8") for path in pages)
    assert "in 4 of 4" in page.split("Marta Lindqvist</a>")[1][:80]


def test_of_two_words_that_begin_alike_one_names_a_topic() -> None:
    members = [words("Tax and taxes of silt", "tax", "taxes", "silt", nouns="tax taxes silt")] * 3
    assert ("tax", "silt") == labelled(members)


def test_a_topic_of_which_no_noun_tells_is_called_by_its_most_typical_title() -> None:
    members = [words(f"Anchored silt {nth}", "anchored", "silt", nouns="silt") for nth in "abc"]
    assert ("anchored silt",) == labelled(members)


def test_an_article_that_is_like_a_single_one_of_many_is_in_no_topic() -> None:
    near = {
        ArticleId(f"a{number}"): tuple((ArticleId(f"a{other}"), 0.3) for other in range(9) if other != number)
        for number in range(9)
    }
    far = {ArticleId("far"): ((ArticleId("a0"), 0.1),)}
    assert group(near) == group({**near, **far})


def test_the_address_of_a_topic_leads_on_when_the_topic_is_gone(folder: Path, tmp_path: Path) -> None:
    (address,) = (path for path in contents(folder / "site") if path.startswith("topics/") and "index" not in path)
    assert [Path(address).stem] == list(json.loads((folder / "content/topics.lock.json").read_text("utf-8"))["topics"])
    for month in range(2, 5):
        (folder / f"content/articles/report-{month}.md").unlink()
    build(folder)
    page = (folder / "site" / address).read_text("utf-8")
    assert 'http-equiv="refresh"' in page
    clean = tmp_path / "clean"
    shutil.copytree(folder / "content", clean / "content")
    build(clean)
    assert contents(clean / "site") == contents(folder / "site")


def test_an_address_that_was_an_entity_s_leads_to_the_entity(folder: Path) -> None:
    (folder / "content/topics.lock.json").write_text('{"topics": ["skerry-harbour-board"]}', "utf-8")
    build(folder)
    page = (folder / "site/topics/skerry-harbour-board.html").read_text("utf-8")
    assert "entities/skerry-harbour-board.html" in page


def test_a_lock_that_cannot_be_read_stops_the_build_with_a_sentence(folder: Path) -> None:
    lock = folder / "content/topics.lock.json"
    for text in ("[", '{"topics": ["../../x"]}', '{"topics": 5}', "[" * 100_000):
        lock.write_text(text, "utf-8")
        with pytest.raises(SiteError, match=r"topics\.lock\.json cannot be read"):
            build(folder)
