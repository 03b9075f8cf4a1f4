"""The interface speaks the language of the archive: its texts, amounts, dates and lists, in templates and scripts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from msgspec import structs

from glossator import translate
from glossator.collation import heading, is_foreign, sort_key
from glossator.config import SiteError
from glossator.content.theme import packaged, read_theme, read_words
from glossator.model import Messages
from glossator.search import read_pages
from glossator.stages import render
from glossator.views import Site
from tests import interface_texts
from tests.sample_pages import SITE, article_page, entity_page, templates
from tests.sites import build, lay, leave_out_search

LANGUAGES = ("ar", "de", "fr", "zh")
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n\n'


def words_of(language: str, **catalogues: bytes) -> Messages:
    ours = read_theme(Path("none")).catalogues
    mixed = {
        tag: (*ours.get(tag, ()), *([catalogues[tag]] if tag in catalogues else [])) for tag in {*ours, *catalogues}
    }
    found = read_words(mixed, language)
    assert found
    return found


@pytest.fixture(scope="module", params=LANGUAGES)
def site(request: pytest.FixtureRequest) -> Site:
    return structs.replace(SITE, language=request.param, words=words_of(request.param))


# ---- catalogues ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_text_and_no_other(language: str) -> None:
    words = words_of(language)
    wanted = {(text.context, text.one) for text in interface_texts.all_texts()}
    found = {tuple(key.rpartition("\x04")[::2]) for key in (*words.texts, *words.amounts)}
    found = {(context, text) for context, text in found if text not in interface_texts.FOUND_BY_THE_CLDR}
    assert (set(), set()) == (wanted - found, found - wanted), "add these to, or drop them from, templates/locale/"


def test_the_list_for_translators_has_every_text() -> None:
    source = (packaged() / "locale/messages.pot").read_text("utf-8")
    missing = [
        text
        for text in interface_texts.all_texts()
        if f"msgid {json.dumps(text.one, ensure_ascii=False)}" not in source
    ]
    assert [] == missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_the_places_of_the_english_one(language: str) -> None:
    for key, text in words_of(language).texts.items():
        assert sorted(re.findall(r"%\(\w+\)s", key)) == sorted(re.findall(r"%\(\w+\)s", text)), key


@pytest.mark.parametrize(("name", "source"), list(interface_texts.templates()))
def test_no_template_says_what_no_catalogue_can_translate(name: str, source: str) -> None:
    assert [] == interface_texts.untranslated_in(source), name


@pytest.mark.parametrize(("name", "source"), list(interface_texts.scripts()))
def test_no_script_says_what_no_catalogue_can_translate(name: str, source: str) -> None:
    assert [] == interface_texts.untranslated_in_script(source), name


def test_forgotten_texts_are_found() -> None:
    source = '<p aria-label="Older">{{ _("Known") }} Newer {% set x = "Undated" %}</p>'
    assert ["Newer", "Older", "Undated"] == sorted(interface_texts.untranslated_in(source))
    assert ["Nothing here"] == interface_texts.untranslated_in_script('say("Nothing here"); say(word("Found it"));')


def test_a_catalogue_of_the_user_changes_single_texts_and_adds_languages() -> None:
    mine = (HEAD + 'msgid "Sources"\nmsgstr "Blätter"\n').encode()
    words = words_of("de", de=mine)
    assert ("Blätter", "Artikel") == (words.texts["Sources"], words.texts["Articles"])
    spanish = words_of("es-MX", es=(HEAD + 'msgid "Sources"\nmsgstr "Fuentes"\n').encode())
    assert ("es-MX", "Fuentes", " y ") == (spanish.language, spanish.texts["Sources"], spanish.texts[" and "])
    english = words_of("en", en=(HEAD + 'msgid "Sources"\nmsgstr "Papers"\n').encode())
    assert {"Sources": "Papers"} == english.texts


def test_a_language_without_a_catalogue_has_no_words() -> None:
    assert read_words(read_theme(Path("none")).catalogues, "cy") is None
    assert Messages("en-GB") == read_words({}, "en-GB")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('msgid "Saved %(day)s"\nmsgstr "Am %(tag)s"\n', "line 6: the text has %(tag)s"),
        ('msgid "Search"\nmsgstr "<b>"\n', "line 6: a text may not hold <"),
    ],
)
def test_a_faulty_catalogue_is_refused_with_its_line(entry: str, message: str) -> None:
    with pytest.raises(SiteError) as caught:
        words_of("de", de=(HEAD + entry).encode())
    assert message in caught.value.message
    assert "templates/locale/de.po" in caught.value.message


def test_a_rule_of_plurals_that_names_too_many_forms_is_refused() -> None:
    with pytest.raises(SiteError, match="no message catalogue"):
        words_of("de", de=HEAD.replace("plural=n != 1", "plural=n").encode())


# ---- pages -----------------------------------------------------------------------------------------------------------


def test_a_page_names_its_language_and_direction(site: Site) -> None:
    html = render.render(render.environment(templates(), words=site.words), article_page(), site).decode()
    direction = ' dir="rtl"' if site.language == "ar" else ""
    assert f'<html lang="{site.language}"{direction}>' in html
    assert f'lang="{site.language}" dir="{"rtl" if direction else "ltr"}"' in html
    assert 'static/words.js" defer' in html


def test_a_text_reads_alike_whether_a_template_states_or_computes_it() -> None:
    words = words_of("de")
    texts = sorted(text for text in words.texts if "\x04" not in text and "%" not in text)
    stated = "".join(f"{{{{ _({text!r}) }}}}\n" for text in texts)
    computed = "".join(f"{{% set text = {text!r} %}}{{{{ _(text) }}}}\n" for text in texts)
    made = render.environment({"stated.html": stated, "computed.html": computed}, words=words)
    assert made.get_template("computed.html").render() == made.get_template("stated.html").render()


def test_values_in_a_text_are_escaped() -> None:
    source = "{% trans name=page %}First mention of {{ name }}{% endtrans %}"
    made = render.environment({"b.html": source}, words=words_of("de"))
    assert "Erste Erwähnung von &lt;b&gt;" == made.get_template("b.html").render(page="<b>")


def test_facets_are_the_same_in_every_language(site: Site) -> None:
    german = render.render(render.environment(templates(), words=site.words), entity_page(), site)
    english = render.render(render.environment(templates()), entity_page(), SITE)
    for found in (german, english):
        contents = read_pages.read(found)
        assert contents.listed
        assert (("Person",), ("Entity",)) == (contents.listed.facets["type"], contents.listed.facets["kind"])
        assert "Person" == contents.entities[0][1].type


def test_a_style_sheet_shows_its_texts_in_the_language(site: Site) -> None:
    sheet = translate.translate_statics(site.words, read_theme(Path("none")).statics)["site.css"].decode()
    assert "Related headline" not in sheet
    assert site.words.texts["style\x04Related headline"] in sheet


def test_scripts_are_given_their_texts_and_an_english_site_has_no_such_file() -> None:
    assert "words.js" not in translate.translate_statics(Messages(), {})
    script = translate.script(words_of("ar")).decode()
    value = json.loads(script.removeprefix("globalThis.glossatorWords=").rstrip(";\n"))
    assert "إغلاق" == value["texts"]["Close"]
    assert {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 4, "other": 5} == value["forms"]
    assert 6 == len(value["amounts"]["%(num)s result"])


# ---- amounts, dates, order -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "amounts"),
    [
        ("en", ["0 articles", "1 article", "2 articles", "1,204 articles"]),
        ("de", ["0 Artikel", "1 Artikel", "2 Artikel", "1.204 Artikel"]),
        ("fr", ["0 article", "1 article", "2 articles", "1\u202f204 articles"]),
        ("ar", ["لا مقالات", "مقال واحد", "مقالان", "1,204 مقالات"]),
        ("zh", ["0篇文章", "1篇文章", "2篇文章", "1,204篇文章"]),
    ],
)
def test_amounts_follow_the_rules_of_the_language(language: str, amounts: list[str]) -> None:
    words = words_of(language)
    assert amounts == [translate.amount(words, number, "article") for number in (0, 1, 2, 1204)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("11 November 2025", "November 2025", "November")),
        ("de", ("11. November 2025", "November 2025", "November")),
        ("fr", ("11 novembre 2025", "novembre 2025", "novembre")),
        ("ar", ("11 نوفمبر 2025", "نوفمبر 2025", "نوفمبر")),
        ("zh", ("2025年11月11日", "2025年11月", "十一月")),
    ],
)
def test_dates_are_written_as_the_language_does(language: str, expected: tuple[str, str, str]) -> None:
    found = (
        translate.day(language, "2025-11-11"),
        translate.month(language, "2025-11"),
        translate.month_name(language, "2025-11"),
    )
    assert expected == tuple(text.replace("\u200f", "") for text in found)
    assert ("2025", "", "x") == tuple(translate.day(language, text) for text in ("2025", "", "x"))


def test_the_months_of_one_language_are_not_those_of_another() -> None:
    found = [translate.month_name(language, "1999-11") for language in ("zh", "fr", "ru", "ar")]
    assert ["十一月", "novembre", "ноябрь", "نوفمبر"] == found


def test_names_in_the_script_of_the_site_come_first_in_its_own_order() -> None:
    names = ["Zadar", "بيروت", "Äther", "أحمد", "Adler", "تونس", "Berlin"]
    assert ["أحمد", "بيروت", "تونس", "Adler", "Äther", "Berlin", "Zadar"] == sorted(
        names, key=lambda name: sort_key("ar", name)
    )
    assert ["Adler", "Äther"] == sorted(["Äther", "Adler"], key=lambda name: sort_key("de", name))
    assert ("ا", "", "") == (heading("ar", "أحمد"), heading("ar", "Adler"), heading("en", "أحمد"))


@pytest.mark.parametrize(("language", "foreign"), [("en", ["伦敦", "Лондон"]), ("zh", ["Лондон"]), ("ru", ["伦敦"])])
def test_a_name_in_a_script_that_a_reader_may_not_know_is_foreign(language: str, foreign: list[str]) -> None:
    assert foreign == [name for name in ("Londres", "伦敦", "Лондон", "30") if is_foreign(language, name)]


def test_long_lists_are_split_by_the_letters_of_the_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    monkeypatch.setattr("glossator.stages.plan.catalogue.cut_long_lists.LONG", 2)
    note = "-- content/entities/n-{number}.md --\n---\nname: {name}\ntype: place\n---\nA town.\n"
    names = ["بيروت", "أحمدي", "تونس", "Zadar", "Berlin"]
    towns = "".join(note.format(number=number, name=name) for number, name in enumerate(names))
    article = f"-- content/articles/a.md --\n---\ntitle: A\nlanguage: ar\n---\n{'. '.join(names)}.\n"
    lay(tmp_path, f'-- glossator.toml --\n[site]\nlanguage = "ar"\n{article}{towns}')
    build(tmp_path)
    page = (tmp_path / "site/types/place.html").read_text("utf-8")

    letters = re.findall(r'id="part-(.+?)"', page)
    assert ["ا", "ب", "ت", "b", "z"] == letters, "those of the language first, in its order"
    part = (tmp_path / "site/types/place/~628.html").read_text("utf-8")
    assert "بيروت" in part
    assert "~627.html" in part, "the part before it"


def test_a_site_without_a_title_has_one_in_its_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    build(lay(tmp_path, '-- glossator.toml --\n[site]\nlanguage = "de"\n-- content/articles/a.md --\nNichts.\n'))
    page = (tmp_path / "site/index.html").read_text("utf-8")
    assert "Mein Archiv" in page
    assert "Gespeicherte Artikel und alle, von denen sie sprechen." in page
