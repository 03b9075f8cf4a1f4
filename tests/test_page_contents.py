"""What the pages of an article, an entity and the whole archive tell their reader, each value with what it means."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest
from msgspec import structs

from glossator import slugs
from glossator.model import UNTYPED
from glossator.stages.render import environment, render
from glossator.views import AnyPage, EntityIndexPage, GlossaryGroup
from tests.sample_pages import SITE, article_page, entity_page, pages, templates
from tests.sites import build, lay, leave_out_search

ARTICLE = """\
-- content/articles/{name}.md --
---
title: The {name}
site: {site}
published: {day}
language: en
---
{text}
"""
NOTE = """\
-- content/entities/{name}.md --
---
name: {name}
type: {kind}
---
{text}
"""


def shown(page: AnyPage) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(render(environment(templates()), page, SITE))


def read(folder: Path, path: str) -> lxml.html.HtmlElement:
    return lxml.html.parse(folder / "site" / path).getroot()


def texts(tree: lxml.html.HtmlElement, css: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in tree.cssselect(css)]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Six articles: Lindqvist and Ravnsborg are in four of them, Aber in two, the board in all."""
    leave_out_search(monkeypatch)
    board = "The Skerry Harbour Board met."
    for number, name in enumerate(("wall", "tide", "silt", "mill", "eels", "dock")):
        town = " Marta Lindqvist spoke. It met in Ravnsborg." if number < 4 else ""
        aber = " Jonas Aber was there." if name in ("wall", "tide") else ""
        site = "Tide Table" if number % 3 else "The Lantern"
        lay(
            tmp_path,
            ARTICLE.format(name=name, site=site, day=f"2024-0{number + 1}-05", text=f"{board}{aber}{town}"),
        )
    return tmp_path


def test_sources_with_one_article_are_a_line_each_below_those_with_more(archive: Path) -> None:
    lay(archive, ARTICLE.format(name="weir", site="Abbey News", day="2024-01-01", text="It rained."))
    build(archive)
    page = read(archive, "articles/source.html")
    assert ["The Lantern", "Tide Table", "Sources with one article"] == texts(page, ".group h2")
    assert ["Abbey News The weir 1 January 2024"] == texts(page, ".brief li")
    assert "Abbey News" == page.get_element_by_id(slugs.source_anchor("Abbey News")).cssselect("h3")[0].text_content()


def test_months_with_one_article_keep_their_heading(archive: Path) -> None:
    build(archive)
    page = read(archive, "articles/index.html")
    assert ([], 6) == (texts(page, ".brief"), len(texts(page, ".group h2")))


def test_the_head_of_an_article_says_what_each_date_is_and_leads_to_the_original() -> None:
    page = shown(article_page())
    facts = [text for text in texts(page, ".byline .facts > span") if text]
    assert [
        *("Published 11 November 2025 (a guess)", "Saved 14 November 2025", "4 minutes to read"),
        *("Read at The Velm Courier", "Also in The Oriel Gazette"),
    ] == facts
    assert "https://courier.example/2025/11/channel" == page.cssselect(".original a")[0].get("href")


def test_an_article_without_a_description_does_not_have_that_of_the_site(archive: Path) -> None:
    build(archive)
    page = read(archive, "articles/wall.html")
    assert not page.cssselect("meta[name=description], meta[property='og:description']")
    assert "description" not in page.cssselect(".Z3988")[0].get("title")
    assert '"description"' not in page.cssselect("script[type='application/ld+json']")[0].text
    assert read(archive, "index.html").cssselect("meta[name=description]")


def test_an_article_leads_to_its_relatives_with_the_reason_to_what_cites_it_and_to_its_neighbours() -> None:
    page = shown(article_page())
    assert [
        "Both speak of Oriel Dredging and Brigid Marant",
        "Both speak of Harbour Works Act, Velm and Ilse Marant",
        "Also of Dredging, channel and harbour",
    ] == texts(page, "[aria-labelledby=related-title] .reason")
    assert [] == [title for title in texts(page, "h2") if title == "Also in this archive"], "one list is enough"
    lone = shown(structs.replace(article_page(), related=()))
    assert "Also in this archive" in texts(lone, "h2")
    assert ["What lives in the silt"] == texts(page, "[aria-labelledby=cited-title] .item-title a")
    assert ["A vote at low water", "Soundings, and who may read them"] == texts(page, ".neighbours .item-title a")


CITING = """\
-- content/articles/pier.md --
---
title: The pier
source: https://pier.example/burnt
published: 2024-02-20
---
It burnt.
-- content/articles/fire.md --
---
title: The fire
published: 2024-08-01
---
Nobody slept in Velm. It began at [the pier](https://pier.example/burnt). Then it reached the quay.
-- content/articles/ashes.md --
---
title: What the ashes of the old pier said
published: 2024-09-01
---
The board read them. We told it in A town without a pier or a quay that week.

Of a town without a pier or a quay people speak often.
-- content/articles/town.md --
---
title: A town without a pier or a quay
published: 2024-09-02
---
The board sat in Velm.
"""


def test_an_article_knows_what_cites_it_and_what_came_before_and_after(archive: Path) -> None:
    lay(archive, CITING)
    build(archive)
    page = read(archive, "articles/pier.html")
    assert ["The fire"] == texts(page, "[aria-labelledby=cited-title] .item-title a")
    assert ["It began at the pier. ¶"] == texts(page, "[aria-labelledby=cited-title] .passage")
    assert ["fire.html#p1"] == [one.get("href") for one in page.cssselect("[aria-labelledby=cited-title] .first")]
    assert ["The tide", "The silt"] == texts(page, ".neighbours .item-title a")


def test_a_headline_in_prose_without_quotation_marks_leads_to_its_article(archive: Path) -> None:
    lay(archive, CITING)
    build(archive)
    citing = read(archive, "articles/ashes.html")
    assert ["A town without a pier or a quay"] == texts(citing, ".body p a.archived")
    cited = read(archive, "articles/town.html")
    assert ["What the ashes of the old pier said"] == texts(cited, "[aria-labelledby=cited-title] .item-title a")
    assert texts(cited, "[aria-labelledby=cited-title] .passage")[0].startswith("We told it in A town without a pier")


def test_the_sentence_of_a_citing_article_follows_an_edit_of_it(archive: Path) -> None:
    lay(archive, CITING)
    build(archive)
    fire = archive / "content/articles/fire.md"
    fire.write_text(fire.read_text("utf-8").replace("It began at", "It had begun at"), "utf-8")
    build(archive)
    page = read(archive, "articles/pier.html")
    assert ["It had begun at the pier. ¶"] == texts(page, "[aria-labelledby=cited-title] .passage")


def test_an_entity_has_its_other_names_with_counts_its_source_its_note_and_its_links() -> None:
    page = shown(entity_page())
    assert ["Also called Marant 12×, Dr Marant 3×"] == texts(page, ".entity-head .aliases")
    assert ["Kept the harbour’s tide book before the 2019 reform."] == texts(page, ".entity-head .note")
    assert ["Harbour office"] == texts(page, ".entity-head .original")
    (introduction,) = page.cssselect("[aria-labelledby=introduced-title] blockquote")
    assert texts(introduction, "p")[0].startswith("Ilse Marant, the port authority’s chief engineer since 2019")
    assert ["A vote at low water"] == texts(introduction, "footer a")


def test_a_quotation_stands_with_the_words_that_attribute_it_its_article_and_its_paragraph() -> None:
    (first, *_) = shown(entity_page()).cssselect("[aria-labelledby=quotations-title] blockquote")
    assert ["“The depth is not a matter of opinion” ¶", "said Okafor in March"] == texts(first, "p")
    assert ["A vote at low water"] == texts(first, "footer a")
    assert "../articles/y.html#p2" == first.cssselect("p a")[0].get("href")


def test_mentions_stand_by_article_first_where_they_are_most_then_the_newest(archive: Path) -> None:
    text = "Jonas Aber left. Only Jonas Aber knew why."
    lay(archive, ARTICLE.format(name="buoy", site="Tide Table", day="2024-01-01", text=text))
    build(archive)
    page = read(archive, "entities/jonas-aber.html")
    assert ["The buoy", "The tide", "The wall"] == texts(page, ".passages h3")
    company, passages = (page.xpath(f"//*[@id='{name}-title']")[0] for name in ("companions", "passages"))
    assert passages in company.xpath("preceding::*"), "on a phone the sentences come first"


def test_mentions_lead_to_their_paragraphs(archive: Path) -> None:
    build(archive)
    page = read(archive, "entities/jonas-aber.html")
    assert ["Jonas Aber"] * 2 == texts(page, ".passage > b")
    for link in page.cssselect(".passage > a"):
        path, _, paragraph = link.get("href").partition("#")
        (found,) = read(archive, f"entities/{path}").cssselect(f"#{paragraph}")
        assert "Jonas Aber was there." in found.text_content()


def test_company_is_ranked_by_how_much_two_keep_it_and_not_by_how_often_one_is_named(archive: Path) -> None:
    build(archive)
    page = read(archive, "entities/marta-lindqvist.html")
    companions = texts(page, ".companions .name")
    assert companions.index("Ravnsborg") < companions.index("Skerry Harbour Board"), "it is in articles without her"
    (board,) = (row for row in page.cssselect(".companions > li") if "Board" in row.text_content())
    assert ["4 articles with Skerry Harbour Board"] == texts(board, "summary")
    assert ["The mill", "The silt", "The tide"] == texts(board, "details li > a"), "the newest"


def test_a_card_without_words_says_with_whom_and_where_and_follows_every_edit(archive: Path) -> None:
    for name, day in (("log", "2024-07-01"), ("net", "2024-08-01"), ("oar", "2024-09-01")):
        lay(archive, ARTICLE.format(name=name, site="Tide Table", day=day, text="Jonas Aber.\n\nRavnsborg."))
    lay(
        archive,
        ARTICLE.format(name="rope", site="Tide Table", day="2024-10-01", text="Jonas Aber.\n\nMarta Lindqvist."),
    )
    decided = '-- content/entities.toml --\nignore-in = { "Jonas Aber" = ["wall", "tide"] }\n'
    lay(archive, decided)
    build(archive)
    said = {path: texts(read(archive, f"articles/{path}.html"), "#g-jonas-aber .spread") for path in ("log", "rope")}
    assert {path: ["With Ravnsborg · In 4 articles, 2024"] for path in said} == said
    for name, day in (("net", "2024-08-01"), ("oar", "2024-09-01")):
        text = "Jonas Aber.\n\nSkerry Harbour Board."
        lay(archive, ARTICLE.format(name=name, site="Tide Table", day=day, text=text))
    build(archive)
    assert texts(read(archive, "articles/rope.html"), "#g-jonas-aber .spread")[0].startswith(
        "With Skerry Harbour Board ·"
    )
    lay(archive, f'{decided}[rename]\n"Skerry Harbour Board" = "Harbour Trust"\n')
    build(archive)
    assert texts(read(archive, "articles/rope.html"), "#g-jonas-aber .spread")[0].startswith("With Harbour Trust ·")


def test_a_card_says_in_how_many_articles_and_years_whatever_else_it_says(archive: Path) -> None:
    lay(archive, NOTE.format(name="Jonas Aber", kind="person", text="Keeper of the tide book."))
    lay(archive, ARTICLE.format(name="old", site="Tide Table", day="2019-01-01", text="Jonas Aber was there."))
    build(archive)
    said = "#g-jonas-aber .note, #g-jonas-aber .spread"
    assert ["Keeper of the tide book.", "In 3 articles, 2019 to 2024"] == texts(
        read(archive, "articles/wall.html"), said
    )


def test_a_card_rounds_many_articles_so_that_one_more_changes_no_other_page(archive: Path) -> None:
    for number in range(12):
        lay(archive, ARTICLE.format(name=f"a{number}", site="Quay", day="2024-05-01", text="Marta Lindqvist rowed."))
    build(archive)
    assert "In over 10 articles, 2024" in texts(read(archive, "articles/a1.html"), "#g-marta-lindqvist .spread")[0]
    before = (archive / "site/articles/a1.html").read_bytes()
    lay(archive, ARTICLE.format(name="b", site="Quay", day="2024-04-01", text="Marta Lindqvist rowed."))
    build(archive)
    assert before == (archive / "site/articles/a1.html").read_bytes()


ONCE = """\
-- content/articles/granary.md --
---
title: A day at the quay
site: Quay
published: 2024-03-03
---
Nothing was said of the weather. The gulls were loud, and the boats were out.

In the spring of that year, Petra Holm opened the old granary to the poets of the town.

We saw Oskar Venn there, and left.
"""


def test_a_name_without_a_page_has_no_card_that_repeats_what_one_reads(archive: Path) -> None:
    lay(archive, ONCE)
    build(archive)
    page = read(archive, "articles/granary.html")
    assert not (archive / "site/entities/petra-holm.html").exists()
    assert ["Oskar Venn¶", "Petra Holm¶"] == sorted(texts(page, ".passing .plain"))
    assert [] == texts(page, "[data-search-entry] .sentence")


def test_a_country_of_which_nothing_else_is_known_has_no_card_that_says_nothing(archive: Path) -> None:
    gulls = "The gulls were loud, and the boats were out. " * 20
    lay(archive, f"{ONCE}{gulls}\n\nThe flour of the town came from Pakistan.\n")
    build(archive)
    page = read(archive, "articles/granary.html")
    assert "Pakistan¶" in texts(page, ".passing .plain")
    assert [] == page.cssselect("a.mark[data-entity=pakistan]")


def test_a_name_that_the_article_is_about_is_marked_though_nothing_is_known_and_leads_on(archive: Path) -> None:
    gulls = "The gulls were loud, and the boats were out. " * 20
    visits = (
        "In May we went to see Ada Holt.",
        "In June we saw Ada Holt again, and once Bo Lund.",
        "Then we left Ada Holt.",
    )
    lay(archive, "\n\n".join((ONCE + gulls, *visits)) + "\n")
    build(archive)
    page = read(archive, "articles/granary.html")
    marks = {link.text_content(): link.get("href") for link in page.cssselect(".body a.mark")}
    assert {"Petra Holm", "Oskar Venn", "Ada Holt"} == set(marks)
    assert visits[1] == page.cssselect(marks["Ada Holt"])[0].text_content()
    assert ["Oskar Venn¶"] == [entry.text_content() for entry in page.cssselect(marks["Oskar Venn"])]


def test_a_surname_that_is_left_open_lists_who_it_may_be_on_its_page_card_and_home(archive: Path) -> None:
    said = {
        "oars": "Greta Harrow, who mends oars, spoke. Greta Harrow sang.",
        "bell": "Emil Harrow rang the bell. Emil Harrow sang.",
        "rope": "It will rain, said Mr Harrow. Mr Harrow then went home to his wife.",
        "sail": "Nobody came, said Mr Harrow. Mr Harrow blamed his brother for it.",
    }
    for name, text in said.items():
        lay(archive, ARTICLE.format(name=name, site="The Lantern", day="2024-09-05", text=text))
    build(archive)
    page, home = read(archive, "entities/harrow.html"), read(archive, "index.html")
    assert ["Perhaps Emil Harrow, Greta Harrow"] == texts(page, "[data-search-about]")
    assert ["Perhaps Emil Harrow, Greta Harrow"] == texts(read(archive, "articles/rope.html"), "#g-harrow .descriptor")
    assert "Perhaps Emil Harrow, Greta Harrow" in " ".join(texts(home, "main"))
    assert 2 == len(page.cssselect("[data-search-about] a[href]"))


def test_the_page_of_an_entity_begins_with_sentences_of_several_publications_and_cards_with_none_that_one_reads(
    archive: Path,
) -> None:
    for name, site, year in (("p", "Quay", 2019), ("q", "Quay", 2020), ("r", "Tide Table", 2021)):
        text = f"Petra Holm opened granary number {year} to the poets of the town.\n\nPetra Holm left."
        lay(archive, ARTICLE.format(name=name, site=site, day=f"{year}-03-03", text=text))
    build(archive)
    page = read(archive, "entities/petra-holm.html")
    told = texts(page, "[aria-labelledby=lead-title] blockquote p")
    assert [f"“Petra Holm opened granary number {year} to the poets of the town.”" for year in (2021, 2020)] == told
    assert ["granary number 2019" in text for text in texts(page, ".passage") if "granary" in text] == [True], (
        "said once"
    )
    assert [] == texts(read(archive, "articles/p.html"), "#g-petra-holm .sentence"), (
        "it would be the sentence that one reads"
    )
    text = "We saw Petra Holm and left.\n\nPetra Holm is a poet of the town by the old granary."
    lay(archive, ARTICLE.format(name="t", site="Quay", day="2018-03-03", text=text))
    build(archive)
    for name in ("p", "t"):
        (card,) = texts(read(archive, f"articles/{name}.html"), "#g-petra-holm")
        assert "poet of the town" in card, "it says who she is"
    (archive / "content/articles/t.md").unlink()
    lay(archive, ARTICLE.format(name="s", site="Quay", day="2022-03-03", text="We saw Petra Holm and left."))
    build(archive)
    entry = read(archive, "articles/s.html")
    assert [] == texts(entry, "#g-petra-holm .sentence"), "nor is it told where the article says nothing"
    assert "In 4 articles, 2019 to 2022" in texts(entry, "#g-petra-holm .spread")[0]


def later_line(archive: Path, name: str) -> list[str]:
    return texts(read(archive, f"articles/{name}.html"), ".later")


def test_an_older_article_tells_of_later_ones_until_they_are_too_many_to_count(archive: Path) -> None:
    said = "Ottilie Krone, the head of the Quill Board, came to the quay. Ottilie Krone left it again."
    for name, day in {"crane": "2021-03-14", "quay": "2024-03-14", "wall": "2023-03-15"}.items():
        lay(archive, ARTICLE.format(name=name, site="Quay", day=day, text=said))
    build(archive)
    assert [] == later_line(archive, "crane"), "the related articles below are all of them"
    (archive / "glossator.toml").write_text("[plan]\nrelated = 0\n", "utf-8")
    build(archive)
    assert ["Later articles that name Ottilie Krone: 2, the last on 14 March 2024"] == later_line(archive, "crane")
    assert [] == later_line(archive, "quay")

    for number in range(9):
        lay(archive, ARTICLE.format(name=f"n{number}", site="Quay", day=f"2025-03-1{number}", text=said))
    build(archive)
    assert ["Later articles that name Ottilie Krone: more than 10"] == later_line(archive, "crane")
    assert ["Later articles that name Ottilie Krone: 10, the last on 18 March 2025"] == later_line(archive, "wall")
    (archive / "content/articles/n0.md").unlink()
    build(archive)
    assert ["Later articles that name Ottilie Krone: 10, the last on 18 March 2025"] == later_line(archive, "crane")


def test_a_glossary_begins_with_what_the_article_is_about_and_a_standfirst_ends_with_a_sentence(archive: Path) -> None:
    told = "A first sentence of the head that says enough. " * 9
    lay(
        archive,
        "-- content/articles/a.md --\n---\ntitle: a\ndescription: " + told + "\n---\n"
        "Petra Holm, a poet of the town, met Jonas Aber. Petra Holm spoke in Ravnsborg.\n",
    )
    build(archive)
    page = read(archive, "articles/a.html")
    assert "Petra Holm" == texts(page, ".glossary .about .name")[0]
    assert 300 >= len(texts(page, ".standfirst")[0])
    assert texts(page, ".standfirst")[0].endswith("says enough.")


def test_a_name_whose_type_is_a_guess_is_called_a_name() -> None:
    page = article_page()
    doubtful = structs.replace(page.glossary[0].entries[0], id="velmoro", type=UNTYPED, href="", origin="machine")
    tree = shown(structs.replace(page, glossary=(GlossaryGroup(UNTYPED, (doubtful,)),)))
    assert ["Names"] == texts(tree, ".glossary h3")
    assert ["Name"] == [one.get("data-search-entry") for one in tree.cssselect("#g-velmoro")]


def test_home_names_by_type_those_in_the_most_articles_with_what_they_are(archive: Path) -> None:
    lay(archive, NOTE.format(name="Ravnsborg", kind="place", text="A town of herring, and of fog."))
    lay(
        archive,
        ARTICLE.format(name="note", site="Tide Table", day="2025-01-01", text="Ravnsborg, a small town, slept."),
    )
    build(archive)
    home = read(archive, "index.html")
    about = {texts(group, "h3")[0]: texts(group, "li") for group in home.cssselect(".prominent")}
    assert ["Marta Lindqvist 4 articles", "Jonas Aber 2 articles"] == about["People"]
    assert ["Skerry Harbour Board 6 articles"] == about["Organisations"]
    assert ["Ravnsborg 5 articlesA town of herring, and of fog."] == about["Places"], "the note, not a guess"
    (row,) = (
        row
        for row in read(archive, "entities/index.html").cssselect("#entities tr")
        if "Ravnsborg" in row.text_content()
    )
    assert ["A town of herring, and of fog."] == texts(row, ".descriptor")
    (people, *_) = home.cssselect(".prominent h3 a")
    assert "types/person.html" == people.get("href")
    assert "entities/marta-lindqvist.html" == home.cssselect(".prominent li a")[0].get("href")


def test_home_counts_the_articles_of_the_foremost_sources_and_leads_to_all(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glossator.stages.plan.pages.site_pages.SOURCES", 2)
    lay(archive, ARTICLE.format(name="dock", site="Silt Weekly", day="2024-06-05", text="The board met."))
    build(archive)
    (sources,) = read(archive, "index.html").cssselect("[aria-labelledby=sources-title]")
    assert ["Tide Table 3 articles", "The Lantern 2 articles"] == texts(sources, "li")
    (onward,) = sources.cssselect(".onward a")
    assert ("All 3 sources", "articles/source.html") == (onward.text_content(), onward.get("href"))


INDEXES = [path for path, page in pages().items() if isinstance(page, EntityIndexPage) and page.letters]


@pytest.mark.parametrize("path", INDEXES)
def test_the_index_has_a_row_of_every_name_without_a_script(path: str) -> None:
    page = pages()[path]
    assert isinstance(page, EntityIndexPage)
    tree = shown(page)
    rows = texts(tree, "#entities tbody th[scope=row] a")
    assert [row.entity.name for letter in page.letters for row in letter.rows] == rows
    assert all(re.search(r"\d", amount) for amount in texts(tree, "#entities tbody td.amount"))
    for hidden in tree.cssselect("[hidden]"):
        assert not hidden.cssselect("a[href$='.html']"), "nothing that a script has to show first"


def test_article_whose_page_was_saved_too_early_says_so_and_whose_words_it_has() -> None:
    page = structs.replace(article_page(), unloaded=True)
    note = "This page was saved before its text was there. Below is what it says of itself."
    assert ([note], []) == (texts(shown(page), "article > [role=note]"), texts(shown(page), ".standfirst"))
    assert [] == texts(shown(article_page()), "article > [role=note]")


def test_a_page_says_to_those_who_quote_it_what_it_is() -> None:
    frame = structs.replace(article_page().frame, picture="https://a.example/b.jpg")
    page = structs.replace(article_page(), frame=frame, published_guessed=False)
    said = {meta.get("property") or meta.get("name"): meta.get("content") for meta in shown(page).cssselect("meta")}
    assert "The channel that was not closed" == said["og:title"]
    assert SITE.title == said["og:site_name"]
    assert said["og:description"].startswith("A board heard its engineer’s warning")
    assert "https://courier.example/2025/11/channel" == said["og:url"]
    assert "https://a.example/b.jpg" == said["og:image"]
    assert "article" == said["og:type"]
    assert "2025-11-11" == said["article:published_time"]
    assert "summary_large_image" == said["twitter:card"]


def test_a_sentence_that_stands_twice_in_an_article_is_shown_once(archive: Path) -> None:
    wall = archive / "content/articles/wall.md"
    wall.write_text(wall.read_text("utf-8").rstrip() + "\n\nJonas Aber was there\n", "utf-8")
    build(archive)
    page = read(archive, "entities/jonas-aber.html")
    assert ["Jonas Aber was there. ¶"] * 2 == texts(page, ".passages .passage")


def test_an_article_that_has_a_name_in_headings_and_items_alone_is_listed_below_those_that_tell_of_it(
    archive: Path,
) -> None:
    mill = archive / "content/articles/mill.md"
    listed = "## Marta Lindqvist\n\n- Marta Lindqvist, the board"
    mill.write_text(mill.read_text("utf-8") + f"\n\n{listed}\n", "utf-8")
    dock = archive / "content/articles/dock.md"
    dock.write_text(f"---\ntitle: The dock\nlanguage: en\n---\n{listed}\n", "utf-8")
    build(archive)
    page = read(archive, "entities/marta-lindqvist.html")
    shown = {texts(group, "h3")[0]: texts(group, ".passage") for group in page.cssselect(".passages")}
    assert ["Marta Lindqvist spoke. ¶"] == shown["The mill"]
    assert "The dock" not in shown
    assert "The dock" in page.cssselect("[aria-labelledby=more-title]")[0].text_content()


def test_a_list_of_names_is_no_sentence_about_one_of_them(archive: Path) -> None:
    listed = "Shown there were works of Ida Holm, Marta Lindqvist, Ravnsborg, and Jonas Aber (2008)."
    mill = archive / "content/articles/mill.md"
    mill.write_text(mill.read_text("utf-8") + f"\n\n{listed}\n", "utf-8")
    dock = archive / "content/articles/dock.md"
    dock.write_text(f"---\ntitle: The dock\nlanguage: en\n---\n{listed}\n", "utf-8")
    build(archive)
    page = read(archive, "entities/marta-lindqvist.html")
    shown = {texts(group, "h3")[0]: texts(group, ".passage") for group in page.cssselect(".passages")}
    assert ["Marta Lindqvist spoke. ¶"] == shown["The mill"]
    assert "The dock" not in shown
    assert "The dock" in page.cssselect("[aria-labelledby=more-title]")[0].text_content()


def test_an_article_that_would_be_a_list_by_itself_stands_beside_the_lead(archive: Path) -> None:
    (archive / "content/articles/dock.md").unlink()
    build(archive)
    page = read(archive, "index.html")
    assert 4 == len(page.cssselect(".beside-lead > li"))
    assert [] == [text for text in texts(page, "h2") if text == "Published last"]


def test_what_was_said_of_somebody_years_ago_has_its_year_wherever_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    told = "Marta Lindqvist, the harbour master of Ravnsborg, closed the lock on Monday."
    for name, day, text in (("lock", "2019-03-05", told), ("tide", "2024-03-05", "Marta Lindqvist spoke on Monday.")):
        lay(tmp_path, ARTICLE.format(name=name, site="Tide Table", day=day, text=text))
    build(tmp_path)
    assert ["harbour master of Ravnsborg (written in 2019)"] == texts(
        read(tmp_path, "entities/marta-lindqvist.html"), ".standfirst"
    )
    assert "harbour master of Ravnsborg (written in 2019)" in texts(read(tmp_path, "index.html"), ".descriptor")


def test_what_an_article_said_whose_title_has_a_later_year_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    told = "Marta Lindqvist, the harbour master of Ravnsborg, closed the lock on Monday."
    for name, day, text in (
        ("people of 2023", "2019-03-05", told),
        ("tide 2031", "2024-03-05", "Marta Lindqvist spoke on Monday."),
    ):
        lay(tmp_path, ARTICLE.format(name=name, site="Tide Table", day=day, text=text))
    build(tmp_path)
    assert ["harbour master of Ravnsborg"] == texts(read(tmp_path, "entities/marta-lindqvist.html"), ".standfirst")


def test_a_guessed_day_is_shown_as_a_guess_and_nothing_was_written_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    told = "Marta Lindqvist, the harbour master of Ravnsborg, closed the lock on Monday."
    for name, day, text in (("lock", "2019-03-05", told), ("tide", "2024-03-05", "Marta Lindqvist spoke on Monday.")):
        lay(tmp_path, ARTICLE.format(name=name, site="Tide Table", day=day, text=text))
    lock = tmp_path / "content/articles/lock.md"
    origin = "conversion:\n  file: lock.html\n  sha256: '0'\n  format: html\n  reader: html 1\n  from:\n    published: guess\n"
    lock.write_text(lock.read_text("utf-8").replace("---\n", f"---\n{origin}", 1), "utf-8")
    build(tmp_path)
    page = read(tmp_path, "entities/marta-lindqvist.html")
    assert ["harbour master of Ravnsborg"] == texts(page, ".standfirst")
    assert ["Tide Table · 5 March 2019 (a guess)"] == [text for text in texts(page, ".facts") if "guess" in text]
