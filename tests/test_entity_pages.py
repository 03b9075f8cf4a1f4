"""A name earns its page: an entity has one if there is more to say of it than that an article mentions it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import msgspec
import pytest

from glossator.model import (
    Analysis,
    Archive,
    ArticleHead,
    ArticleId,
    Decisions,
    Descriptor,
    Digest,
    EntityId,
    EntityType,
    Mention,
    Name,
    Note,
    Quote,
    SitePath,
)
from glossator.pipeline.review.entity_lookup import why_page
from glossator.search import names, read_pages
from glossator.stages.plan.catalogue.profiles import listed_names, other_names, spellings
from glossator.stages.resolve.entities.earns_page import PAGE_RULES
from glossator.stages.resolve.entities.salience import LEAD
from tests.sites import build, contents, lay, leave_out_search, pages
from tests.whole_archive import resolve

CLERK = Name("Nora Quist", EntityType.PERSON, (("Nora Quist", 1), ("Quist", 1)), certainty=9)


def analysis(article: str = "a", name: Name = CLERK, times: int = 1, at: int = 0) -> Analysis:
    """An article that mentions a name `times` times, for the first time at an offset."""
    mentions = tuple(Mention(at + 100 * number, at + 100 * number + 5, 0) for number in range(times))
    return Analysis(ArticleId(article), (name,), mentions, (), (), (), Digest(""))


def archive(
    *analyses: Analysis, title: str = "A quiet week", decisions: Decisions | None = None, notes: tuple[Note, ...] = ()
) -> Archive:
    heads = [ArticleHead(one.article, title) for one in analyses]
    return resolve(heads, analyses, decisions or Decisions(), notes, ())[0]


def with_page(found: Archive) -> list[str]:
    return [entity.name for entity in found.entities if entity.page]


def test_a_card_and_the_search_call_nobody_by_the_name_in_capitals() -> None:
    shouted = msgspec.structs.replace(CLERK, forms=(("Nora Quist", 2), ("NORA QUIST", 1), ("Quist", 1)))
    (clerk,) = archive(analysis("a", shouted), analysis("b", shouted)).entities
    assert () == other_names(clerk), "nor by a part of the name"
    loud = msgspec.structs.replace(clerk, aliases=(("Quisty", 4), ("QUISTY", 2), ("🇩🇰", 1), ("NORA QUIST", 1)))
    assert (("Quisty", 6),) == spellings(loud)
    glued = (("VelmhavenEmergency Nora Quist", 2), ("Nora PowerPoint", 1))
    assert (("Nora PowerPoint", 1),) == spellings(msgspec.structs.replace(clerk, aliases=glued))
    assert (("Old PowerPoint", 1),) == spellings(
        msgspec.structs.replace(clerk, name="PowerPoint", aliases=(("Old PowerPoint", 1),))
    )
    names_shown = "".join(f"<b data-search-name>{name}</b>" for name in (clerk.name, *dict(clerk.aliases)))
    page = read_pages.read(f'<body><div data-search-entity="2">{names_shown}</div>'.encode())
    assert ("Nora Quist", "Quist") == page.entities[0][1].names


def test_a_list_of_names_leaves_out_forms_that_came_once_and_only_add_a_word_or_are_in_another_script() -> None:
    (clerk,) = archive(analysis("a"), analysis("b")).entities
    forms = (("Nora Quist VPNs", 1), ("Нора", 1), ("Nora Quist Inc", 2), ("Quisty", 1), ("Нора Квист", 2))
    named = msgspec.structs.replace(clerk, aliases=forms)
    assert ("Nora Quist Inc", "Quisty", "Нора Квист") == listed_names(named, "en")
    assert "Нора" in listed_names(named, "uk")
    noted = msgspec.structs.replace(named, note=Note(clerk.id, clerk.name, clerk.type, ("Нора",), (), "", Digest("")))
    assert "Нора" in listed_names(noted, "en")


def test_a_name_in_passing_has_no_page() -> None:
    assert [] == with_page(archive(analysis()))


def test_a_name_of_two_articles_has_a_page_however_doubtful() -> None:
    doubtful = msgspec.structs.replace(CLERK, certainty=4)

    assert ["Nora Quist"] == with_page(archive(analysis("a", doubtful), analysis("b", doubtful)))


@pytest.mark.parametrize(
    ("kind", "chances", "expected"),
    [
        (EntityType.PERSON, (5, 1, 4, 0, 0, 0, 0, 0), []),
        (EntityType.PERSON, (8, 0, 2, 0, 0, 0, 0, 0), ["Nora Quist"]),
        (EntityType.PERSON, (), ["Nora Quist"]),
        (EntityType.PRODUCT, (0, 4, 0, 0, 0, 1, 0, 5), ["Nora Quist"]),
    ],
)
def test_a_name_has_no_page_if_the_models_cannot_tell_a_person_from_a_place(
    kind: EntityType, chances: tuple[int, ...], expected: list[str]
) -> None:
    named = msgspec.structs.replace(CLERK, type=kind, chances=chances, certainty=10)
    assert expected == with_page(archive(analysis("a", named, times=3)))


def cases() -> dict[str, Archive]:
    """Return an archive of one entity for each row of the table that decides about pages, by the row's key."""
    agency = Name("Agency", EntityType.ORGANISATION, (("Agency", 1),), certainty=10)
    unclear = msgspec.structs.replace(CLERK, chances=(5, 1, 4, 0, 0, 0, 0, 0))
    dublin = msgspec.structs.replace(CLERK, form="Dublin", forms=(("Dublin", 1),), type=EntityType.PLACE)
    towns = {article: analysis(article, dublin) for article in "abc"}
    towns = {
        article: msgspec.structs.replace(town, descriptors=(Descriptor(0, 5, region, 0, "region"),))
        for (article, town), region in zip(towns.items(), ("Ireland", "Ireland", "Ohio"), strict=True)
    }
    word = msgspec.structs.replace(CLERK, form="Box", forms=(("Box", 1),), type=EntityType.PRODUCT)
    small = msgspec.structs.replace(analysis(name=word), small={"box": 9})
    described = msgspec.structs.replace(analysis(), descriptors=(Descriptor(0, 5, "the harbour's night clerk", 0),))
    quoted = msgspec.structs.replace(analysis(), quotes=(Quote(0, 5, "Nobody asked me.", 0),))
    doubtful = msgspec.structs.replace(quoted, names=(msgspec.structs.replace(CLERK, certainty=4),))
    of_towns = archive(*towns.values())
    return {
        "decided": archive(analysis(), decisions=Decisions(confirm=("Nora Quist",))),
        "kind": archive(analysis("a", agency), analysis("b", agency)),
        "child": archive(msgspec.structs.replace(described, descriptors=(Descriptor(0, 5, "4", 0, "age"),))),
        "namesake": msgspec.structs.replace(of_towns, entities=of_towns.entities[1:]),
        "type": archive(analysis("a", unclear), analysis("b", unclear)),
        "articles": archive(analysis("a"), analysis("b")),
        "leads": archive(analysis(times=2)),
        "quoted": archive(quoted),
        "described": archive(described),
        "word": archive(small, msgspec.structs.replace(small, article=ArticleId("b"))),
        "doubt": archive(doubtful),
        "passing": archive(analysis()),
    }


def test_each_row_of_the_table_decides_about_the_pages_of_its_entities() -> None:
    decided = {key: (only.page_rule, only.page) for key, archive in cases().items() for only in archive.entities}
    assert {rule.key: (rule.key, rule.page) for rule in PAGE_RULES} == decided


def test_who_has_no_page_because_nobody_can_tell_what_it_is_is_told_how_to_say_it() -> None:
    (unclear,) = cases()["type"].entities
    place = "it stands in the glossaries of its articles; `entity retype` says what it is"
    assert f"no page of its own, because it is not clear what it is: {place}" == why_page(unclear)


def test_further_articles_clear_up_what_a_name_is() -> None:
    doubtful = msgspec.structs.replace(CLERK, chances=(5, 1, 4, 0, 0, 0, 0, 0))
    clear = msgspec.structs.replace(CLERK, chances=(9, 0, 1, 0, 0, 0, 0, 0))
    several = [analysis("a", doubtful, times=3), analysis("b", clear)]

    assert [] == with_page(archive(*several[:1]))
    assert ["Nora Quist"] == with_page(archive(*several))


def test_a_decision_on_the_type_gives_a_doubtful_name_its_page() -> None:
    doubtful = msgspec.structs.replace(CLERK, chances=(5, 1, 4, 0, 0, 0, 0, 0))
    decided = Decisions(types=(("Nora Quist", EntityType.PERSON),))

    assert ["Nora Quist"] == with_page(archive(analysis("a", doubtful, times=3), decisions=decided))


@pytest.mark.parametrize(("certainty", "expected"), [(9, ["Nora Quist"]), (4, [])])
def test_who_is_described_or_quoted_has_a_page_if_it_surely_is_a_name(certainty: int, expected: list[str]) -> None:
    found = analysis(name=msgspec.structs.replace(CLERK, certainty=certainty))
    described = msgspec.structs.replace(found, descriptors=(Descriptor(0, 5, "the harbour's night clerk", 0),))
    quoted = msgspec.structs.replace(found, quotes=(Quote(0, 5, "Nobody asked me.", 0),))

    assert (expected, expected) == (with_page(archive(described)), with_page(archive(quoted)))


@pytest.mark.parametrize(
    ("form", "kind", "certainty", "expected"),
    [
        ("Velm", EntityType.PRODUCT, 9, []),
        ("Velm", EntityType.PRODUCT, 10, ["Velm"]),
        ("Velm", EntityType.ORGANISATION, 9, ["Velm"]),
        ("Photoshop", EntityType.PRODUCT, 9, ["Photoshop"]),
        ("Ohio", EntityType.PLACE, 9, ["Ohio"]),
    ],
)
def test_what_one_article_leads_with_has_a_page_if_such_names_are_seldom_mistaken(
    form: str, kind: EntityType, certainty: int, expected: list[str]
) -> None:
    chances = tuple(10 if other is kind else 0 for other in EntityType)
    name = Name(form, kind, ((form, 2),), certainty=certainty, chances=chances)
    assert expected == with_page(archive(analysis(name=name, times=2)))


@pytest.mark.parametrize(("times", "certainty", "expected"), [(2, 9, ["Nora Quist"]), (1, 9, []), (2, 7, [])])
def test_whom_an_article_comes_back_to_has_a_page(times: int, certainty: int, expected: list[str]) -> None:
    found = analysis(name=msgspec.structs.replace(CLERK, certainty=certainty), times=times)

    assert expected == with_page(archive(found))


def test_whom_an_article_begins_to_speak_of_late_has_no_page() -> None:
    assert ["Nora Quist"] == with_page(archive(analysis(times=2, at=LEAD - 1)))
    assert [] == with_page(archive(analysis(times=2, at=LEAD)))


def test_a_surname_of_two_people_of_the_article_has_no_page() -> None:
    people = (CLERK, msgspec.structs.replace(CLERK, form="Otto Quist", forms=(("Otto Quist", 1),)))
    surname = Name("Quist", EntityType.PERSON, (("Quist", 3),), certainty=9)
    mentions = tuple(Mention(100 * number, 100 * number + 5, min(number, 2)) for number in range(5))
    found = msgspec.structs.replace(analysis(), names=(*people, surname), mentions=mentions)

    assert [] == with_page(archive(found))


def test_the_title_is_a_mention() -> None:
    assert ["Nora Quist"] == with_page(archive(analysis(), title="What Quist saw"))
    assert [] == with_page(archive(analysis(), title="What Quistgaard saw"))


@pytest.mark.parametrize(
    "decisions",
    [
        Decisions(confirm=("Nora Quist",)),
        Decisions(types=(("Nora Quist", EntityType.PERSON),)),
        Decisions(rename=(("Nora Quist", "Nora B. Quist"),)),
    ],
)
def test_a_decision_gives_a_page(decisions: Decisions) -> None:
    assert 1 == len(with_page(archive(analysis(), decisions=decisions)))


@pytest.mark.parametrize("listed", ["", "lists/crew.txt"])
def test_a_note_and_an_entry_of_a_list_give_a_page(listed: str) -> None:
    note = Note(EntityId("nora-quist"), "Nora Quist", None, (), (), "", Digest("n"), listed)

    assert ["Nora Quist"] == with_page(archive(analysis(), notes=(note,)))


def test_a_mention_that_a_person_linked_gives_a_page() -> None:
    linked = msgspec.structs.replace(CLERK, said="Nora Quist")

    assert ["Nora Quist"] == with_page(archive(analysis(name=linked)))


# ---- on the site ---------------------------------------------------------------------------------------------------

GULLS = "The gulls were loud, and the boats were out. " * 20
"""More words than the beginning has, whose names are marked although nothing is known of them."""
ARCHIVE = f"""\
-- content/articles/crane.md --
---
title: The crane turns again
---
The Skerry Harbour Board has mended its crane. Marta Lindqvist was pleased.

The board of Skerry Harbour Board paid for it.
-- content/articles/wall.md --
---
title: The wall is raised
---
Marta Lindqvist had asked for it since May. {GULLS}The town of Ravnsborg will be closed to cars on the day.

So will the quay.
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive in which Ravnsborg is named once."""
    leave_out_search(monkeypatch)
    build(lay(tmp_path, ARCHIVE))
    return tmp_path / "site"


def text(site: Path, path: str) -> str:
    return (site / path).read_text("utf-8")


def test_a_name_without_a_page_is_plain_text_in_the_glossary_and_nowhere_else(site: Path) -> None:
    wall = pages(site)["articles/wall.html"]
    marked = {attributes["data-entity"] for _, attributes in wall.elements if "data-entity" in attributes}

    assert {"marta-lindqvist"} == marked
    assert "g-ravnsborg" in wall.ids
    assert [] == [path for path, page in pages(site).items() if any("ravnsborg" in one for one in page.addresses)]
    assert ["articles/wall.html"] == [path for path in pages(site) if "Ravnsborg" in pages(site)[path].text]
    assert "ravnsborg" not in text(site.parent, "content/entities.lock.json")


CHILD = """\
-- content/articles/a-day-at-the-quay.md --
---
title: A day at the quay
language: en
---
Marta Lindqvist came with her son, Emil Lindqvist, aged 4, and stayed until the boats had left the harbour of Velm.

Marta Lindqvist said that the harbour was quiet. Emil Lindqvist fed the gulls.
-- content/entities.lock.json --
{"entities": {"emil-lindqvist": {"name": "Emil Lindqvist", "type": "person"}}}
"""


def test_nothing_but_the_article_names_a_child_and_its_published_address_leads_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    build(lay(tmp_path, CHILD))
    site = tmp_path / "site"
    former = text(site, "entities/emil-lindqvist.html")
    article = text(site, "articles/a-day-at-the-quay.html")

    assert "Emil" not in former
    assert "../articles/a-day-at-the-quay.html" in former
    assert 'data-entity="marta-lindqvist"' in article
    assert "emil-lindqvist" not in article
    assert [] == [path for path in pages(site) if re.search("data-search-name[^>]*>Emil", text(site, path))]

    lay(tmp_path, '-- content/entities.toml --\nconfirm = ["Emil Lindqvist"]\n')
    build(tmp_path)
    assert "Emil Lindqvist" in text(site, "entities/emil-lindqvist.html"), "what you confirm has its page"


def test_search_leads_to_the_glossary_of_the_article(site: Path) -> None:
    found = {
        SitePath(f"{path.relative_to(site)}{fragment}"): entity
        for path in sorted(site.rglob("*.html"))
        for fragment, entity in read_pages.read(path.read_bytes()).entities
    }

    assert {"articles/wall.html#g-ravnsborg", "entities/marta-lindqvist.html"} <= found.keys()
    row = ["articles/wall.html#g-ravnsborg", "Place", 1, "", "The wall is raised", 0, "Ravnsborg"]
    assert [row] == json.loads(names.shards(found, {})["ra"])


def test_a_second_article_gives_a_page_and_taking_it_away_leaves_a_way_on(site: Path) -> None:
    folder = site.parent
    lay(folder, "-- content/articles/eels.md --\n---\ntitle: Eels\n---\nEels came to Ravnsborg.\n")
    build(folder)
    assert "Mentions in context" in text(site, "entities/ravnsborg.html")
    assert 'data-entity="ravnsborg"' in text(site, "articles/wall.html")

    (folder / "content/articles/eels.md").unlink()
    build(folder)

    assert "../articles/wall.html#g-ravnsborg" in pages(site)["entities/ravnsborg.html"].addresses
    assert 'data-entity="ravnsborg"' not in text(site, "articles/wall.html")
    assert "ravnsborg" not in text(site, "entities/index.html")
    before = contents(site)
    shutil.rmtree(folder / ".glossator")
    build(folder)
    assert before == contents(site)


def test_the_way_on_goes_with_the_article(site: Path) -> None:
    folder = site.parent
    lay(folder, "-- content/articles/eels.md --\n---\ntitle: Eels\n---\nEels came to Ravnsborg.\n")
    build(folder)
    (folder / "content/articles/eels.md").unlink()
    wall = folder / "content/articles/wall.md"
    wall.write_text(wall.read_text("utf-8").replace("title: ", "rights: private\ntitle: "), "utf-8")

    build(folder)

    assert [] == [path for path, data in contents(site).items() if b"ravnsborg" in data.lower()]


def test_a_confirmed_name_has_a_page(site: Path) -> None:
    lay(site.parent, '-- content/entities.toml --\nconfirm = ["Ravnsborg"]\n')
    build(site.parent)

    assert "Mentions in context" in text(site, "entities/ravnsborg.html")
    assert 'data-entity="ravnsborg"' in text(site, "articles/wall.html")


def test_another_title_may_give_a_page(site: Path) -> None:
    story = "-- content/articles/fog.md --\n---\ntitle: {}\n---\nIt was so. Jonas Aber came.\n"
    lay(site.parent, story.format("A morning"))
    build(site.parent)
    assert not (site / "entities/jonas-aber.html").exists()
    lay(site.parent, story.format("The morning of Jonas Aber"))

    build(site.parent)

    assert (site / "entities/jonas-aber.html").exists()


TIES = """\
-- content/articles/crane.md --
---
title: The crane turns again
published: 2024-02-01
---
The Skerry Harbour Board has mended its crane.

Marta Lindqvist thanked the Skerry Harbour Board for it.
-- content/articles/wall.md --
---
title: The wall is raised
published: 2024-01-01
---
Marta Lindqvist had asked for it since May.

The Skerry Harbour Board paid.
"""


def test_a_tie_shows_the_sentence_that_names_both_and_leads_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    build(lay(tmp_path, TIES))
    page = text(tmp_path / "site", "entities/marta-lindqvist.html")
    ties = page[page.index('id="companions-title') :]

    assert 1 == ties.count("thanked the Skerry Harbour Board for it.")
    assert 1 == ties.count('<p class="passage"')
    assert 'href="../articles/crane.html#p2"' in ties
    assert 'href="../articles/wall.html"' in ties


def test_a_glossary_begins_with_what_the_article_mentions_most(site: Path) -> None:
    for name in ("crane", "quay"):
        (site.parent / f"content/articles/{name}.md").write_text(
            f"---\ntitle: The {name}\n---\nThen Jonas Aber and Marta Lindqvist came to the {name}.\n\n"
            "Marta Lindqvist spoke. Marta Lindqvist left.\n",
            "utf-8",
        )
    build(site.parent)
    page = text(site, "articles/crane.html")

    assert page.index('id="g-marta-lindqvist"') < page.index('id="g-jonas-aber"') < page.rindex('class="key"')
    assert "passing" not in page


def test_the_cards_of_a_page_say_no_more_than_it_has_space_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    listed = "".join(f'[[entity]]\nname = "Quay{n}"\ntype = "place"\naliases = ["Wharf{n}"]\n' for n in range(300))
    named = " ".join(f"Quay{n} and Wharf{n} are open.\n\n" for n in range(300))
    files = "".join(f"-- content/articles/{name}.md --\n---\ntitle: {name}\n---\n{named}" for name in ("tide", "ebb"))
    build(lay(tmp_path, f"{files}-- content/gazetteers/quays.toml --\n{listed}"))
    page = text(tmp_path / "site", "articles/tide.html")
    glossary = page[page.index('<aside class="glossary"') : page.index("</aside>")]
    entries = glossary.split("<li ")[1:]

    assert 300 == len(entries)
    assert 60_000 >= sum(len(entry.encode()) for entry in entries if " data-more" not in entry)
    assert 40 <= len([entry for entry in entries if "Also called" in entry])
    assert [] == [entry for entry in entries if ("Also called" in entry) == (" data-more" in entry)]
