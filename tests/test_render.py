"""The theme: every page shows all that it was given, safely, and a broken template says where it is broken."""

from __future__ import annotations

import itertools
import json
import pickle
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import lxml.html
import pytest
from msgspec import Struct, structs

from glossator.dates import day, month, month_name
from glossator.model import EntityType, Html
from glossator.stages.render import TEMPLATES, TemplateFault, environment, render, template_digests
from glossator.translate import english_amount
from glossator.views import AnyPage, ArticlePage, EntityPage, NotFoundPage, TextPage
from tests.sample_pages import SITE, THEME, article_page, entity_page, home_page, hostile, mark, pages, templates

HOSTILE = """<script>alert(1)</script>"'><img src=x onerror=alert(1)>{{ site.title }}&amp;"""
VOID = {"meta", "link", "input", "br", "hr", "img"}
STATIC = THEME / "static"
KINDS = sorted(TEMPLATES, key=lambda kind: kind.__name__)
UNUSED = (
    ".description",
    ".id",
    ".type",
    "groups.articles.site",
    "frame.section",
    "superseded",
    "tags",
    "introduced.year",
    *("topics.newest.site", "topics.newest.date", "topics.newest.date_kind"),
)
EVERY_PAGE = pytest.mark.parametrize("path", sorted(pages()))


class Seen(HTMLParser):
    """Elements with their attributes, the text, and every tag that was opened and not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.open: list[str] = []
        self.misnested: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.misnested.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def theme() -> Any:
    return environment(templates())


def test_too_many_values_for_a_macro_are_a_mistake_in_its_line() -> None:
    theme = environment({"home.html": "{% macro bold(text) %}{{ text }}{% endmacro %}\n\n{{ bold(1, 2) }}"})
    with pytest.raises(TemplateFault, match=r"home\.html, line 3: .*takes not more than 1"):
        render(theme, home_page(), SITE)


def shown(theme: Any, page: AnyPage) -> str:
    return render(theme, page, SITE).decode()


def other(value: str | int) -> Any:
    """A value of the same kind that is not the same."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 4320
    if isinstance(value, EntityType):
        return EntityType.EVENT if value is not EntityType.EVENT else EntityType.PERSON
    swapped = {"published": "saved", "saved": "published"}
    return type(value)(swapped.get(value, "1234-changed"))


def variants(value: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """For each plain value of a page, at any depth, the page with that value changed (in lists, in the first)."""
    if isinstance(value, (str, int)):
        yield where, other(value)
    elif isinstance(value, tuple) and value:
        # A pair is a record and each part of it matters; a list's entries are alike.
        pair = len(value) == 2 and type(value[0]) is not type(value[1])
        for index in range(2 if pair else 1):
            for name, changed in variants(value[index], f"{where}.{index}" if pair else where):
                yield name, (*value[:index], changed, *value[index + 1 :])
    elif isinstance(value, Struct):
        for each in structs.fields(value):
            for name, changed in variants(getattr(value, each.name), f"{where}.{each.name}".lstrip(".")):
                yield name, structs.replace(value, **{each.name: changed})


def each_answer_first(page: AnyPage) -> list[AnyPage]:
    """The page, once with each of its answers as the first; if it has none, the page."""
    if not isinstance(page, TextPage) or not page.body.answers:
        return [page]
    answers = page.body.answers
    bodies = [structs.replace(page.body, answers=(*answers[at:], *answers[:at])) for at in range(len(answers))]
    return [structs.replace(page, body=body) for body in bodies]


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_names_the_class_of_its_page(kind: type) -> None:
    assert f"page: {kind.__name__}" in templates()[TEMPLATES[kind]].split("#}")[0]


@EVERY_PAGE
def test_every_page_is_a_whole_document(theme: Any, path: str) -> None:
    html = shown(theme, pages()[path])
    seen = Seen(html)
    assert html.startswith("<!doctype html>")
    assert [] == seen.misnested
    assert [] == seen.open
    assert 1 == sum(tag == "h1" for tag, _ in seen.elements)


@EVERY_PAGE
def test_a_time_says_when_and_a_figure_ends_with_its_caption(theme: Any, path: str) -> None:
    html = shown(theme, pages()[path])
    assert [] == re.findall(r"<time[^>]*></time>|<time>", html)
    assert [] == re.findall(r"</figcaption>(?!\s*</figure>)", html)


@EVERY_PAGE
def test_headings_leave_no_level_out(theme: Any, path: str) -> None:
    levels = [int(tag[1]) for tag, _ in Seen(shown(theme, pages()[path])).elements if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@EVERY_PAGE
def test_no_id_is_given_twice(theme: Any, path: str) -> None:
    ids = [attributes["id"] for _, attributes in Seen(shown(theme, pages()[path])).elements if "id" in attributes]
    assert sorted(set(ids)) == sorted(ids)


@EVERY_PAGE
def test_every_value_of_a_page_makes_a_difference_to_it(theme: Any, path: str) -> None:
    page = pages()[path]
    unseen = [
        {name for name, changed in variants(each) if shown(theme, changed) == shown(theme, each)}
        for each in each_answer_first(page)
    ]
    without = set.intersection(*unseen)  # each kind of answer shows some of the values
    # Some places leave out what their surroundings say: a list of one type its type, one by source the source.
    assert set() == {name for name in without if not name.endswith(UNUSED)}


@EVERY_PAGE
def test_hostile_text_comes_out_as_text(theme: Any, path: str) -> None:
    page = pages()[path]
    plain, attacked = (Seen(shown(theme, each)) for each in (page, hostile(page, HOSTILE)))
    scripts = [attributes for tag, attributes in plain.elements if tag == "script"]
    assert scripts == [attributes for tag, attributes in attacked.elements if tag == "script"]
    assert not any(name.startswith("on") for _, attributes in attacked.elements for name in attributes)
    pictures = [sum(tag == "img" for tag, _ in seen.elements) for seen in (plain, attacked)]
    assert pictures[0] == pictures[1]
    assert [] == attacked.misnested
    if not isinstance(page, NotFoundPage):
        assert HOSTILE in attacked.text


@EVERY_PAGE
def test_a_page_has_no_inline_script_style_or_handler(theme: Any, path: str) -> None:
    # Data for machines are no script: no browser runs what has this type.
    html = re.sub(r'<script type="application/ld\+json">[^<>]*</script>', "", shown(theme, pages()[path]))
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"<script[^>]*>[^<]", html)


def test_no_heading_of_the_glossary_stands_over_nothing(theme: Any) -> None:
    page = article_page()
    in_passing = tuple(
        structs.replace(
            group, entries=tuple(structs.replace(entry, mentions=1, note=Html("")) for entry in group.entries)
        )
        for group in page.glossary
    )
    tree = lxml.html.fromstring(shown(theme, structs.replace(page, glossary=in_passing)))
    assert tree.cssselect(".glossary .folded"), "some are folded"
    assert all(section.cssselect("li:not(.folded)") for section in tree.cssselect(".glossary section"))


@pytest.mark.parametrize(("path", "entry"), [("days/index.html", "Articles"), ("map/index.html", "Names")])
def test_the_navigation_says_where_a_page_without_an_entry_belongs(theme: Any, path: str, entry: str) -> None:
    found = re.findall(r'<a href="[^"]*" aria-current="true">(\w+)</a>', shown(theme, pages()[path]))
    assert {entry} == set(found)


def test_page_tells_machines_of_its_subject(theme: Any) -> None:
    def data(path: str) -> Any:
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', shown(theme, pages()[path]))
        assert found
        return json.loads(found[1])

    (article,) = [path for path, page in pages().items() if isinstance(page, ArticlePage)][:1]
    (entity,) = [path for path, page in pages().items() if isinstance(page, EntityPage)][:1]
    assert ("https://schema.org", "Article") == (data(article)["@context"], data(article)["@type"])
    assert {"@type", "name"} == set(data(article)["mentions"][0])
    assert data(entity)["name"]


@EVERY_PAGE
def test_the_policy_stands_before_anything_it_governs(theme: Any, path: str) -> None:
    head = [(tag, attributes) for tag, attributes in Seen(shown(theme, pages()[path])).elements][2:4]
    assert ("meta", {"charset": "utf-8"}) == head[0]
    assert "Content-Security-Policy" == head[1][1]["http-equiv"]
    rules = dict(rule.split(" ", 1) for rule in head[1][1]["content"].split("; "))
    assert "'none'" == rules["default-src"]
    assert ("'self' 'wasm-unsafe-eval'" if path in {"search.html", "404.html"} else "'self'") == rules["script-src"]


@EVERY_PAGE
def test_nothing_is_loaded_from_elsewhere(theme: Any, path: str) -> None:
    for tag, attributes in Seen(shown(theme, pages()[path])).elements:
        address = attributes.get("src", "") + (attributes.get("href", "") if tag == "link" else "")
        assert "canonical" == attributes.get("rel") or "://" not in address
        if tag == "a" and attributes.get("href", "").startswith("http") and "class" not in attributes:
            assert "noopener noreferrer nofollow" == attributes["rel"]


def test_links_of_the_layout_lead_from_the_page_to_the_top(theme: Any) -> None:
    hrefs = {attributes.get("href") for _, attributes in Seen(shown(theme, article_page())).elements}
    assert {"../index.html", "../articles/index.html", "../entities/index.html", "../static/site.css"} <= hrefs


def test_an_article_says_its_language_and_direction_and_keeps_out_of_search_engines(theme: Any) -> None:
    page = structs.replace(article_page(), language="ar", direction="rtl")
    elements = Seen(shown(theme, page)).elements
    article = next(attributes for tag, attributes in elements if tag == "article")
    assert ("ar", "rtl") == (article["lang"], article["dir"])
    assert "en" == next(attributes["lang"] for tag, attributes in elements if tag == "html")
    assert {"name": "robots", "content": "noindex"} in [attributes for tag, attributes in elements if tag == "meta"]


def test_a_bare_article_shows_no_empty_sections(theme: Any) -> None:
    page = structs.replace(
        *(article_page(),),
        source="", source_name="", authors=(), published="", saved="", minutes=0, tags=(), glossary=(), related=(),
        also=(), cited_by=(), newer=None, older=None, versions=(), newest=None, later=None, before=(), since=(), shared=(),
        mostly=None, correction=None,
    )  # fmt: skip
    html = shown(theme, page)
    for phrase in (
        "In this article",
        "Related articles",
        "Also in this archive",
        "Cited by",
        "Published",
        "Saved",
        "to read",
        "Read at",
        ">By ",
    ):
        assert phrase not in html


def test_an_unknown_name_is_a_fault_that_names_file_line_and_remedy() -> None:
    broken = templates() | {
        "text.html": '{% extends "base.html" %}\n{% block main %}\n{{ page.titel }}\n{% endblock %}'
    }
    with pytest.raises(TemplateFault) as caught:
        render(environment(broken), pages()["about.html"], SITE)
    assert (
        "templates/text.html, line 3: TextPage has no attribute 'titel'. The page on template data "
        "lists what `page` and `site` hold." == str(caught.value)
    )


def test_a_fault_in_a_macro_names_the_file_of_the_macro() -> None:
    parts = templates()["parts.html"].replace("{{ link.title }}", "{{ link.titel }}")
    with pytest.raises(TemplateFault) as caught:
        render(environment(templates() | {"parts.html": parts}), home_page(), SITE)
    assert "parts.html" == caught.value.file


def test_a_template_that_cannot_be_parsed_is_a_fault_of_its_line() -> None:
    broken = templates() | {"home.html": "<p>\n{% if %}\n"}
    for attempt in (lambda: render(environment(broken), home_page(), SITE), lambda: template_digests(broken)):
        with pytest.raises(TemplateFault) as caught:
            attempt()
        assert ("home.html", 2) == (caught.value.file, caught.value.line)
        assert "Correct the template" in str(caught.value)


def test_a_missing_template_is_named() -> None:
    with pytest.raises(TemplateFault, match=r"there is no template nowhere\.html"):
        render(environment({"home.html": '{% include "nowhere.html" %}'}), home_page(), SITE)


def test_a_fault_survives_the_way_between_processes() -> None:
    fault = TemplateFault("home.html", 3, "No.")
    assert str(fault) == str(pickle.loads(pickle.dumps(fault)))


def test_a_part_that_is_remembered_is_that_of_its_value_and_of_the_macros_there_are() -> None:
    parts = "{% macro line(text) %}<i>{{ text }}</i>{% endmacro %}"
    jinja = environment({"parts.html": parts, "a": '{{ page | part("line") }}'})
    page = jinja.get_template("a").render
    assert ["<i>&lt;b&gt;</i>", "<i><b></i>", "<i>&lt;b&gt;</i>"] == [
        page(page=text) for text in ("<b>", Html("<b>"), "<b>")
    ]
    own = {"mine.html": '{{ page.title | part("line") }}'}
    assert (
        template_digests({**own, "parts.html": parts})["mine.html"]
        != template_digests({**own, "parts.html": f"{parts} "})["mine.html"]
    )


def test_reach_changes_with_all_that_a_template_refers_to_and_nothing_else() -> None:
    before = template_digests(templates())
    parts = template_digests(templates() | {"parts.html": templates()["parts.html"] + "\n"})
    home = template_digests(templates() | {"home.html": templates()["home.html"] + "\n"})
    base = template_digests(templates() | {"base.html": templates()["base.html"] + "\n"})
    assert before["redirect.html"] == parts["redirect.html"]
    assert before["article.html"] != parts["article.html"]
    assert {"home.html"} == {name for name in before if before[name] != home[name]}
    pages = {name for name in TEMPLATES.values() if name.endswith(".html")}
    assert pages | {"base.html"} == {name for name in before if before[name] != base[name]}


def test_a_computed_reference_reaches_every_template() -> None:
    dynamic = {"a.html": "{% include page.kind %}", "b.html": "", "c.html": ""}
    before, after = template_digests(dynamic), template_digests(dynamic | {"c.html": "changed"})
    assert before["a.html"] != after["a.html"]
    assert before["b.html"] == after["b.html"]


def test_the_same_page_has_the_same_bytes(theme: Any) -> None:
    assert [render(theme, page, SITE) for page in pages().values()] == [
        render(environment(templates()), page, SITE) for page in pages().values()
    ]


def test_text_that_is_no_unicode_is_still_written(theme: Any) -> None:
    assert b"?" in render(theme, structs.replace(entity_page(), name="\ud800"), SITE)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [("2025-11-11", "11 November 2025"), ("2025-11-11T08:00:00Z", "11 November 2025"), ("2025-11", "November 2025"),
     ("2025", "2025"), ("<b>", "<b>"), ("2025-13", "2025-13"), ("", "")],
)  # fmt: skip
def test_dates_read_as_people_write_them(moment: str, expected: str) -> None:
    assert expected == day(moment)


def test_amounts_agree_with_their_nouns() -> None:
    count = english_amount
    assert ["1 article", "1,204 articles", "0 entities", "November 2025", "November", "2025"] == [
        *(count(1, "article"), count(1204, "article"), count(0, "entity", "entities")),
        *(month("2025-11"), month_name("2025-11"), month_name("2025")),
    ]


def test_no_template_or_script_goes_round_the_escaping() -> None:
    forbidden = re.compile(
        r"\|\s*safe|Markup\(|autoescape false|innerHTML|outerHTML|insertAdjacentHTML|document\.write"
    )
    files = [*THEME.glob("*.html"), *STATIC.glob("*.js")]
    assert [] == [path.name for path in files if forbidden.search(path.read_text("utf-8"))]


def test_an_article_of_800_words_with_40_entities_stays_light(theme: Any) -> None:
    page = article_page()
    group = page.glossary[0]
    entries = tuple(structs.replace(group.entries[0], id=f"someone-{number}") for number in range(40))
    marked = "".join(f"{'word ' * 20}{mark('ilse-marant', 'Ilse Marant')}" for _ in range(40))
    full = structs.replace(page, body=Html(f"<p>{marked}</p>"), glossary=(structs.replace(group, entries=entries),))
    assert 60_000 >= len(render(theme, full, SITE))


def test_a_note_stands_in_place_of_the_words_that_were_guessed(theme: Any) -> None:
    page = entity_page()
    assert page.introduced
    guessed = f"data-search-about>{page.introduced.text}</p>"

    assert guessed not in shown(theme, page)
    assert guessed in shown(theme, structs.replace(page, note=Html("")))


def test_a_timeline_is_told_as_a_table_with_the_same_numbers(theme: Any) -> None:
    page = home_page()
    html = render(theme, page, SITE).decode()
    table = html[html.index("Articles over time as a table") : html.index("</table>")]
    told = re.findall(r'<a href="([^"]*)">[^<]*</a></th><td class="amount">(\d+)</td>', table)

    assert [(bar.href, str(bar.count)) for bar in page.timeline if bar.count] == told
    assert len(told) == html[: html.index("<table")].count('<rect class="column"')


def test_a_single_column_is_no_timeline(theme: Any) -> None:
    page = home_page()
    assert "Articles over time" in render(theme, page, SITE).decode()
    short = structs.replace(page, timeline=page.timeline[:1])
    assert "over time" not in render(theme, short, SITE).decode()
