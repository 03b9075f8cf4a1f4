"""The index of the search page: every article, note and name, the same for the same pages, and a change costs little."""

from __future__ import annotations

import functools
import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from glossator import output, search
from glossator.config import SiteError
from glossator.model import Output, SitePath
from glossator.search import joined_index, lists, names, pagefind_bundle, read_pages
from glossator.search.index import RECENT
from glossator.search.pagefind_bundle import run_pagefind
from glossator.search.read_pages import NamedEntity
from tests import sample_pages
from tests.browser.conftest import Quiet
from tests.sites import build, contents, lay
from tests.sweeps import sweep, sweep_rows

ARCHIVE = """\
-- content/articles/wall.md --
---
title: Harbour wall to be raised
site: Tide Table
published: 2024-01-05
---
Marta Lindqvist, the harbour master in Ravnsborg, said the wall would be raised. Lindqvist had asked for it. Kornby paid.
-- content/articles/choir.md --
---
title: Ein Chor am Kai
site: The Lantern
published: 2023-04-02
language: de
---
Der Chor sang, und der Kai war voll.
-- content/entities/ravnsborg.md --
---
name: Ravnsborg
type: place
aliases: [Kornby]
---
A town of herring, and of fog.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay(tmp_path_factory.mktemp("search"), ARCHIVE)
    build(folder)
    return folder / "site"


def index(site: Path) -> dict[str, bytes]:
    return contents(site / search.FOLDER)


def about(site: Path) -> Any:
    return json.loads(index(site)["search.json"])


def fragments(files: dict[str, bytes], below: str = "fragment/") -> dict[str, Any]:
    """What a bundle says of each page, by its address."""
    found = (gzip.decompress(data) for path, data in files.items() if path.startswith(below))
    pages = [json.loads(data.removeprefix(joined_index.MAGIC)) for data in found]
    return {page["url"]: page for page in sorted(pages, key=lambda one: one["url"])}


def named(site: Path, word: str) -> list[Any]:
    """What the search page is told for a word, found as it does."""
    starts = [start for start in about(site)["names"] if word.startswith(start)]
    return json.loads(index(site)["names/" + names.file_name(max(starts, key=len))]) if starts else []


def test_articles_notes_and_own_pages_are_read_and_lists_are_not(built: Path) -> None:
    pages = ["/about.html", "/articles/choir.html", "/articles/wall.html", "/entities/ravnsborg.html"]
    assert pages == list(fragments(index(built)))


def test_what_is_found_can_be_narrowed_by_kind_source_year_and_the_rest(built: Path) -> None:
    found = fragments(index(built))
    wall = {"kind": ["Article"], "source": ["Tide Table"], "year": ["2024"], "language": ["en"]}
    assert wall == found["/articles/wall.html"]["filters"]
    assert {"kind": ["Entity"], "type": ["Place"]} == found["/entities/ravnsborg.html"]["filters"]
    assert {
        "kind": {"Article": 2, "Entity": 2, "Page": 1},
        "language": {"de": 1, "en": 1},
        "source": {"The Lantern": 1, "Tide Table": 1},
        "type": {"Person": 1, "Place": 1},
        "year": {"2023": 1, "2024": 1},
    } == about(built)["facets"]


def test_an_entity_is_found_by_each_of_its_names(built: Path) -> None:
    about = ["harbour master in Ravnsborg"]
    row = ["entities/marta-lindqvist.html", "Person", 1, "", "", about, "Marta Lindqvist"]
    assert [[row], [row]] == [named(built, "marta"), named(built, "lindqvist")]
    [town] = named(built, "ravnsborg")
    assert [town] == named(built, "kornby"), "what its note says that it is called, too"
    assert f"fragment/{town[3]}.pf_fragment" in index(built), "its note counts as itself"


def test_all_languages_are_in_one_index(built: Path) -> None:
    entry = json.loads(index(built)["pagefind-entry.json"])
    assert {"en": 4} == {language: one["page_count"] for language, one in entry["languages"].items()}


def test_the_folder_holds_what_is_loaded_and_no_more(built: Path) -> None:
    entry = json.loads(index(built)["pagefind-entry.json"])
    data = {f"pagefind.{one['hash']}.pf_meta" for one in entry["languages"].values()}
    top = {path for path in index(built) if "/" not in path}
    lists = {"search.json", "state.gz", "names.js", "more-names.js", "pages.js"}
    assert top == data | lists | {"pagefind-entry.json", "pagefind.js", "wasm.en.pagefind"}


def test_no_index_is_a_sentence_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as raised:
        run_pagefind(tmp_path / "missing", tmp_path / "made", "en")
    assert raised.value.message.startswith("Pagefind could not index the site: ")
    assert "Install it again: pip install --force-reinstall pagefind pagefind-bin." == raised.value.hint


# ---- a change -------------------------------------------------------------------------------------------------------------

COUNT = RECENT + 10


def article(number: int, text: str, beside: str = "") -> Output:
    html = f"""<!doctype html><html lang="en"><title>{number}</title><body>
<article data-pagefind-body data-pagefind-filter="kind:Article"><h1 data-pagefind-meta="title">Article {number}</h1>
<span hidden data-pagefind-filter="year:{2000 + number % 3}"></span><p>{text}</p></article><aside>{beside}</aside>"""
    return Output(SitePath(f"articles/{number:03}.html"), html.encode())


def entity(name: str, *aliases: str) -> Output:
    forms = "".join(f"<b data-search-name>{one}</b>" for one in aliases)
    head = f'<i data-search-type>Person</i><h1 data-search-name data-pagefind-meta="title">{name}</h1>{forms}'
    html = f'<!doctype html><body><div data-search-entity="2">{head}</div>'
    return Output(SitePath(f"entities/{'-'.join(names.fold(name))}.html"), html.encode())


PAGES = (*(article(number, f"herring fog{number}") for number in range(COUNT)), entity("Ada Öre", "Dr Öre"))


def show(site: Path, *changes: Output, gone: tuple[str, ...] = (), version: str = "1") -> search.Index:
    """The site with some pages changed, its index brought up to date."""
    ours = output.manifest(site)
    kept = {path for path in ours if path not in gone} | {one.path for one in changes}
    files = output.write(site, changes, kept).files
    made = search.refresh(output.Draft(site, files, {}), "en", version)
    output.write(site, made.outputs, {path for path in kept if not path.startswith(search.FOLDER)} | made.paths)
    assert made.paths == {path for path in output.manifest(site) if path.startswith(search.FOLDER)}
    return made


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    site = tmp_path_factory.mktemp("clean")
    show(site, *PAGES)
    return contents(site)


@pytest.fixture
def site(tmp_path: Path, clean: dict[str, bytes]) -> Path:
    for path, data in clean.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    return tmp_path


def large(site: Path) -> dict[str, bytes]:
    apart = ("recent/", "names", "pages.js", "search.json", "state.gz")
    return {path: data for path, data in index(site).items() if not path.startswith(apart)}


def test_equal_pages_have_an_equal_index(tmp_path: Path, clean: dict[str, bytes]) -> None:
    show(tmp_path, *reversed(PAGES))
    assert clean == contents(tmp_path)


def test_a_changed_page_is_in_the_small_bundle_and_the_large_one_stays(site: Path) -> None:
    before = large(site)
    show(site, article(7, "cod and whiting"))
    assert before == large(site)
    assert ["/articles/007.html"] == list(fragments(index(site), "recent/fragment/"))
    [(identity, filters)] = about(site)["gone"].items()
    assert f"fragment/{identity}.pf_fragment" in before
    assert {"kind": ["Article"], "year": ["2001"]} == filters
    assert (COUNT, [filters]) == (about(site)["pages"], list(about(site)["recent"].values()))
    assert {"Article": COUNT, "Entity": 1} == about(site)["facets"]["kind"]


def test_what_was_changed_back_needs_no_small_bundle(site: Path, clean: dict[str, bytes]) -> None:
    show(site, article(7, "cod and whiting"))
    show(site, PAGES[7])
    assert clean == contents(site)


def test_a_page_that_is_gone_is_left_out(site: Path) -> None:
    show(site, gone=("articles/007.html",))
    assert (1, COUNT - 1, {}) == (len(about(site)["gone"]), about(site)["pages"], about(site)["recent"])
    assert COUNT - 1 == about(site)["facets"]["kind"]["Article"]


def test_what_stands_around_the_words_is_no_change(site: Path) -> None:
    before = index(site)
    show(site, article(7, "herring fog7", beside="Related articles: another one"))
    assert before | {"state.gz": b""} == index(site) | {"state.gz": b""}


def test_many_changes_are_folded_into_one_bundle(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    changes = [article(number, f"cod {number}") for number in range(RECENT + 1)]
    for change in changes[:2]:
        show(site, change)
    show(site, *changes)
    assert not [path for path in index(site) if path.startswith("recent/")]
    other = tmp_path_factory.mktemp("other")
    show(other, *PAGES[RECENT + 1 :], *changes)
    assert contents(other) == contents(site)


def test_a_small_site_has_one_bundle_always(tmp_path: Path) -> None:
    show(tmp_path, *PAGES[:3])
    show(tmp_path, article(1, "cod and whiting"))
    assert "/articles/001.html" in fragments(index(tmp_path))
    assert {} == about(tmp_path)["gone"]


def test_a_site_without_words_has_no_bundle(tmp_path: Path) -> None:
    show(tmp_path, PAGES[0])
    show(tmp_path, gone=("articles/000.html",))
    assert {"search.json", "state.gz", "names.js", "more-names.js", "pages.js"} == set(index(tmp_path))


@pytest.mark.parametrize("damaged", sweep(["state.gz", "fragment", "pagefind-entry.json", "search.json"], 2))
def test_a_damaged_index_is_made_anew(site: Path, clean: dict[str, bytes], damaged: str) -> None:
    show(site, article(7, "cod and whiting"))
    file = min(path for path in (site / search.FOLDER).rglob("*") if path.is_file() and damaged in str(path))
    file.unlink() if damaged == "fragment" else file.write_bytes(b"damaged")
    show(site, PAGES[7])
    assert clean == contents(site)


def test_the_index_of_another_version_is_made_anew(site: Path) -> None:
    show(site, article(7, "cod and whiting"))
    show(site, version="2")
    assert "/articles/007.html" in fragments(index(site))
    assert {} == about(site)["gone"]


def test_a_page_without_a_word_is_no_failure(site: Path) -> None:
    html = b'<body><article data-pagefind-body><i data-pagefind-ignore>hidden</i><img src="a.png" alt="..."></article>'
    show(site, Output(SitePath("articles/empty.html"), html))
    assert (COUNT, {}) == (about(site)["pages"], about(site)["recent"])


# ---- names ----------------------------------------------------------------------------------------------------------------


def rows(entities: dict[SitePath, NamedEntity], asked: str) -> set[str]:
    """The paths in the file that the search page loads for a word."""
    made = names.shards(entities, {})
    starts = [start for start in made if asked.startswith(start)]
    return {row[0] for row in json.loads(made[max(starts, key=len)])} if starts else set()


def people(*forms: str) -> dict[SitePath, NamedEntity]:
    return {SitePath(f"entities/{number}.html"): NamedEntity((form,), "Person", 1) for number, form in enumerate(forms)}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ólafur Ångström-Özil", ("olafur", "angstrom", "ozil")),
        ("O’Brien & Sons", ("o", "brien", "sons")),
        ("Лев Толстой", ("лев", "толстои")),
        ("习近平", ("习近平",)),
        ("محمّد علي", ("محمد", "علي")),
    ],
)
def test_names_are_folded_to_words_without_case_and_accents(name: str, words: tuple[str, ...]) -> None:
    assert words == names.fold(name)


@given(st.lists(st.text("abcé 习", min_size=1, max_size=6), max_size=40))
def test_every_word_of_every_name_leads_to_its_entity(forms: list[str]) -> None:
    entities = people(*forms)
    for path, one in entities.items():
        assert all(path in rows(entities, word) for word in names.fold(one.names[0]))


def test_no_file_of_names_grows_with_the_archive() -> None:
    letters = "abcdefghijkl"
    entities = people(*(f"Ba{first}{second}{third}" for first in letters for second in letters for third in letters))
    made = names.shards(entities, {})
    assert names.LARGEST >= max(len(json.loads(data)) for data in made.values())
    assert names.FREQUENT == len(rows(entities, "ba")), "a few are found by what all of them share"


def test_a_word_that_too_many_share_leads_to_none_that_has_another() -> None:
    entities = people("Bank", *(f"Bank {number}" for number in range(names.COMMON)))
    assert {"entities/0.html"} == rows(entities, "bank")
    assert {"entities/8.html"} <= rows(entities, "7")


def test_the_files_of_names_have_plain_names_on_every_system() -> None:
    assert ["n-con.json", "n-_4e60a.json"] == [names.file_name(start) for start in ("con", "习a")]


def test_a_mark_that_leads_elsewhere_is_no_change_of_words() -> None:
    page = '<body><article data-pagefind-body lang="en"><p id="p1">A <a class="mark" href="{}">town</a> of fog</p></article>'
    assert read_pages.read(page.format("a.html").encode()) == read_pages.read(page.format("b.html").encode())


# ---- spellings and lists ------------------------------------------------------------------------------------------------


def test_what_readers_see_is_spelt_as_the_page_spells_it(tmp_path: Path) -> None:
    html = '<body><article data-pagefind-body><h1 data-pagefind-meta="title">Łódź</h1><p>{}</p></article>'
    texts = {"a": "Die Straße nach Tromsø – São Paulo.", "b": "周一 in 北京 and Łódź."}
    show(
        tmp_path,
        *(Output(SitePath(f"articles/{name}.html"), html.format(text).encode()) for name, text in texts.items()),
    )
    found = fragments(index(tmp_path))
    assert "Łódź. Die Straße nach Tromsø – São Paulo." == found["/articles/a.html"]["content"]
    assert "Łódź. 周一 in 北京 and Łódź." == found["/articles/b.html"]["content"].replace("\u200b", "").strip()
    assert {"Łódź"} == {page["meta"]["title"] for page in found.values()}


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (
            "<p>At <a href=x>Tromsø</a>, in <em>Łódź</em>’s port (<a href=y>Åse</a>).",
            "At Tromsø, in Łódź’s port (Åse).",
        ),
        ("<p>Fir<b>sté</b>n<br>Åse<p>Über<ul><li>Ærø</ul>", "Firstén Åse. Über. Ærø."),
        ("<p>Åse<label>Ærø</label>, Tromsø", "Åse, Tromsø."),
        ("<p><a href=x>北京</a>、<a href=y>São Paulo</a>, 周一.", "北京、São Paulo, 周一."),
    ],
)
def test_a_word_that_touches_the_end_of_a_link_keeps_its_accents(tmp_path: Path, html: str, shown: str) -> None:
    show(tmp_path, Output(SitePath("articles/a.html"), f"<body><article data-pagefind-body>{html}</article>".encode()))
    content = fragments(index(tmp_path))["/articles/a.html"]["content"]
    assert shown == content.replace("\u200b", "").strip()


def test_what_search_shows_has_no_full_stop_within_a_sentence(tmp_path: Path) -> None:
    html = '<body><article data-pagefind-body><h1 data-pagefind-meta="title">Søndre Quay</h1><p>{}</p></article>'
    text = "<a href=x>Ravnsborg</a>, a port. They left Ravnsborg. From Ravnsborg they came."
    show(tmp_path, Output(SitePath("articles/a.html"), html.format(text).encode()))
    shown = fragments(index(tmp_path))["/articles/a.html"]["content"]
    assert "Søndre Quay. Ravnsborg, a port. They left Ravnsborg. From Ravnsborg they came." == shown


def script(data: bytes) -> Any:
    """The value that a script of a list sets."""
    return json.loads(data.decode().partition("=")[2].rstrip().rstrip(";"))


def test_the_lists_have_names_and_pages_with_their_facets(built: Path) -> None:
    listed = script(index(built)["names.js"])
    people = [row for row in listed["rows"] if listed["types"][row[1]] == "Person"]
    assert [["Marta Lindqvist", listed["types"].index("Person"), 1, 0]] == people
    assert ["Kornby"] == [row[4] for row in listed["rows"] if row[0] == "Ravnsborg"]
    pages = script(index(built)["pages.js"])
    titles = ["Harbour wall to be raised", "Ein Chor am Kai"]
    assert titles == [row[2] for row in pages["rows"]][:2], "the newest first"
    assert ["The Lantern", "Tide Table"] == pages["values"]["source"]


def test_the_list_of_five_thousand_names_is_light() -> None:
    syllables = [
        "bar",
        "den",
        "kil",
        "mor",
        "sal",
        "tev",
        "wun",
        "zet",
        "or",
        "ild",
        "fran",
        "gus",
        "hov",
        "lyn",
        "pek",
    ]
    entities = {}
    for number in range(5000):
        parts = [syllables[number // 15**at % 15] for at in range(4)]
        name = f"{''.join(parts[:2])} {''.join(parts[1:])}".title()
        path = SitePath(f"entities/{'-'.join(names.fold(name))}.html")
        entities[path] = NamedEntity((name, name.split()[1]), "Person", number % 60 + 1)
    assert 60_000 > len(gzip.compress(lists.list_names(entities)["names.js"]))


def test_names_beyond_the_first_list_are_in_the_second() -> None:
    found = {
        SitePath(f"entities/n-{number}.html"): NamedEntity((f"N {number}",), "Person", 1) for number in range(5010)
    }
    scripts = lists.list_names(found)
    assert [5000, 10] == [len(script(scripts[name])["rows"]) for name in ("names.js", "more-names.js")]


def test_lists_of_words_are_divided_where_other_beginnings_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"{start}{end}" for start in ("harb", "tide", "wall") for end in ("a", "b", "c")]
    monkeypatch.setattr(joined_index, "PIECE", 25)
    groups = joined_index._groups([word, [[1, [-25, 3], []]], []] for word in words)
    assert [words[:3], words[3:6], words[6:]] == [[word for word, _ in group] for group in groups]


def found_in(bundle: pagefind_bundle.Bundle) -> tuple[Any, Any]:
    """Where each word stands, and the pages of each value of each filter, by the addresses of pages."""
    (meta,) = (data for name, data in bundle.files.items() if name.endswith(".pf_meta"))
    _, pages, lists, filters, _, fields = joined_index._unpack(meta)
    urls = {one.id: path for path, one in bundle.fragments.items()}
    paths = [urls[number] for number, _ in pages]
    words: dict[str, Any] = {}
    for _, _, name in lists:
        for word, listed, _ in joined_index._unpack(bundle.files[f"index/{name}.pf_index"])[0]:
            numbers = accumulate(distance for distance, _, _ in listed)
            words[word] = {
                paths[at]: (text, [fields[-1 - one] if one < 0 else one for one in titles])
                for at, (_, text, titles) in zip(numbers, listed, strict=True)
            }
    values = (joined_index._unpack(bundle.files[f"filter/{name}.pf_filter"]) for _, name in filters)
    return words, {(title, value): {paths[at] for at in listed} for title, found in values for value, listed in found}


def test_an_index_of_several_runs_finds_what_that_of_one_run_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {
        SitePath(f"articles/{number}.html"): (
            f'<html lang="en"><body data-pagefind-body><h1 data-pagefind-meta="title">Harbour {number}</h1>'
            + (f'<p data-pagefind-meta="about" data-pagefind-filter="kind">Rare {number}</p>' if number > 3 else "")
            + f"<p>The wall of the harbour and word{number} of {'Łódź' if number % 2 else '10월'}.</p></body></html>"
        ).encode()
        for number in range(7)
    }
    whole = pagefind_bundle.make(pages, "en")
    monkeypatch.setattr(pagefind_bundle, "PAGES_A_RUN", 3)
    parts = pagefind_bundle.make(pages, "en")
    assert found_in(whole) == found_in(parts)
    assert whole.spread == parts.spread
    assert {path: one.filters for path, one in whole.fragments.items()} == {
        path: one.filters for path, one in parts.fragments.items()
    }


# ---- in a browser ---------------------------------------------------------------------------------------------------------


def change(site: Path) -> Path:
    """A site whose large bundle is older than two of its pages, and knows one more."""
    sample_pages.write(site)
    pages = [Output(SitePath(path), data) for path, data in contents(site).items()]
    for path in (one.path for one in pages):
        (site / path).unlink()
    show(site, *PAGES, *pages)
    show(site, article(7, "cod and whiting"), article(900, "cod and herring"), gone=("articles/008.html",))
    return site


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of the search page."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site))) as serving:
        threading.Thread(target=serving.serve_forever).start()
        yield f"http://127.0.0.1:{serving.server_port}/search.html"
        serving.shutdown()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(change(tmp_path_factory.mktemp("changed"))) as where:
        yield where


@pytest.fixture(scope="module")
def large_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same, taken for an archive of more pages than a visitor counts."""
    with pytest.MonkeyPatch.context() as patch:
        for limit in ("COUNTED", "ASKED"):
            patch.setattr(f"glossator.search.index.{limit}", COUNT // 2)
        site = change(tmp_path_factory.mktemp("large"))
    with served(site) as where:
        yield where


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    yield page
    page.close()


@pytest.mark.browser
class TestChanged:
    def test_both_bundles_are_searched_as_one(self, page: Page, address: str) -> None:
        page.goto(address + "?q=cod")
        expect(page.locator("#search-status")).to_have_text("2 results")
        page.goto(address + "?q=herring")
        expect(page.locator("#search-status")).to_have_text(f"{COUNT - 1} results")
        expect(page.get_by_label("Year").locator("option")).to_have_text(["All", "2002 (69)", "2001 (69)", "2000 (71)"])

    @pytest.mark.parametrize(
        ("asked", "results"),
        sweep_rows(
            [
                ("cod herring", "1 result"),  # one has both
                ("cod fog111", "Nothing found. Try fewer words, or another facet."),  # each bundle knows one of them
                ("herring xylophone", f"{COUNT - 1} results, without “xylophone”, which no article has"),
                ("%22cod and herring%22", "1 result"),
                ("whiting herring", "Nothing found. Try fewer words, or another facet."),
                ("herring fog111", "1 result"),
                ("%22herring fog111%22", "1 result"),
                ("herring fog12", "1 result"),  # and not those with fog120 to fog129
                ("herring fog8", "10 results"),  # fog80 to fog89, since the one with fog8 itself is gone
                ("fog8", "10 results"),
            ],
            4,
        ),
    )
    def test_a_page_is_found_by_all_words_whichever_bundle_knows_them(
        self, page: Page, address: str, asked: str, results: str
    ) -> None:
        page.goto(f"{address}?q={asked}")
        expect(page.locator("#search-status")).to_have_text(results)

    def test_what_was_said_before_is_found_no_more(self, page: Page, address: str) -> None:
        for gone in ("fog7", "fog8"):
            page.goto(f"{address}?q=%22{gone}%22")
            expect(page.locator("#search-status")).to_contain_text("Nothing found")

    def test_names_are_found_by_beginnings_of_words_and_without_accents(self, page: Page, address: str) -> None:
        page.goto(address)
        page.locator("#q").fill("dr or")
        expect(page.locator(".names a")).to_have_text("Ada Öre")
        page.locator("#q").fill("dr ore")
        expect(page.locator(".found")).to_contain_text("Also called Dr Öre")
        page.get_by_label("Kind of page").select_option("Entity")
        expect(page.locator("#search-status")).to_have_text("1 result")

    def test_a_large_archive_counts_once_a_facet_is_used(self, page: Page, large_address: str) -> None:
        page.goto(large_address + "?q=whiting")
        expect(page.get_by_label("Year").locator("option")).to_have_text(["All", "2025", "2002", "2001", "2000"])
        page.get_by_label("Year").select_option("2001")
        expect(page.get_by_label("Year").locator("option")).to_have_text(["All", "2001 (1)"])

    def test_a_large_archive_is_not_asked_for_a_word_of_most_pages(self, page: Page, large_address: str) -> None:
        for asked, results in (("herring cod", "2 results"), ("%22herring fog111%22", "1 result")):
            page.goto(f"{large_address}?q={asked}")
            expect(page.locator("#search-status")).to_have_text(results)
