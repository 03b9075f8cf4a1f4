"""Articles of several languages name one country: it is one entity, under its English name."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from glossator.cli import main
from glossator.config import AnnotateSettings
from glossator.model import (
    Analysis,
    ArticleHead,
    ArticleId,
    Decisions,
    Digest,
    EntityId,
    EntityType,
    Name,
    PublishedId,
    Text,
)
from glossator.stages.annotate import annotate, plain_text, rematch
from glossator.stages.annotate.translated_places import with_english_names
from tests.sites import build, lay
from tests.whole_archive import resolve

DEFAULTS = AnnotateSettings()


def places(*forms: str) -> tuple[Name, ...]:
    return tuple(Name(form, EntityType.PLACE, ((form, 1),)) for form in forms)


def german(content: str) -> tuple[Text, Analysis]:
    text = plain_text(content)
    (analysis,) = annotate([(ArticleId("reise"), text, "de")], DEFAULTS)
    return text, analysis


def translated(language: str, *forms: str) -> list[str]:
    return [name.form for name in with_english_names(places(*forms), language)]


def test_a_country_a_continent_and_a_city_have_their_english_names_whatever_the_language() -> None:
    assert ["Germany", "Europe", "Moscow"] == translated("de-AT", "Deutschland", "Europa", "Moskau")
    assert ["Brazil", "United States"] == translated("pt", "Brasil", "Estados Unidos")
    assert ["Germany"] == translated("fr", "Allemagne")


def test_english_and_unknown_languages_are_left_as_they_are() -> None:
    assert ["Europa", "Island"] == translated("en", "Europa", "Island")
    assert ["Europa"] == translated("xx", "Europa") == translated("not a tag", "Europa")


def test_a_name_that_would_mean_another_place_in_english_stays() -> None:
    assert ["Georgien", "Amerika"] == translated("de", "Georgien", "Amerika")
    assert ["Island"] == [name.form for name in with_english_names((Name("Island", EntityType.WORK, ()),), "de")]


def test_the_article_s_own_word_stays_among_the_forms() -> None:
    _, analysis = german("Sie reiste durch Deutschland. Danach sah sie Deutschland nie wieder.")
    assert [("Germany", (("Deutschland", 2),))] == [(name.form, name.forms) for name in analysis.names]


def test_a_second_search_keeps_the_english_name() -> None:
    text, analysis = german("Sie reiste durch Deutschland. Danach sah sie Ada Lund in Deutschland.")
    again = rematch(analysis, text, ((("Ada Lund", EntityType.PERSON),),), (), DEFAULTS)
    assert {"Germany", "Ada Lund"} <= {name.form for name in again.names}


def test_a_country_has_one_page_and_a_moon_is_not_the_continent_of_its_name() -> None:
    found = {
        "jupiter": places("Germany", "Europa"),
        "reise": with_english_names(places("Deutschland", "Europa"), "de"),
    }
    analyses = [Analysis(ArticleId(article), names, (), (), (), (), Digest("")) for article, names in found.items()]
    archive, _ = resolve([ArticleHead(one.article, one.article) for one in analyses], analyses, Decisions(), (), ())
    assert ["Europa", "Europa", "Germany"] == sorted(entity.name for entity in archive.entities)
    (germany,) = (entity for entity in archive.entities if entity.name == "Germany")
    assert ["jupiter", "reise"] == [appearance.article for appearance in germany.appearances]
    assert (("Deutschland", 1),) == germany.aliases


def shown(site_language: str, **articles: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """Name and country of each entity by id; an article has its language at the beginning of its name."""
    analyses = [
        Analysis(ArticleId(article), with_english_names(places(*forms), article[:2]), (), (), (), (), Digest(""))
        for article, forms in articles.items()
    ]
    heads = [ArticleHead(one.article, one.article, language=one.article[:2]) for one in analyses]
    archive, _ = resolve(heads, analyses, Decisions(), (), (), site_language=site_language)
    return {str(entity.id): (entity.name, entity.country) for entity in archive.entities}


def test_a_country_has_the_name_of_the_site_s_language_whoever_writes_it() -> None:
    foreign = {"de-reise": ("Dänemark", "Frankreich"), "es-viaje": ("Dinamarca",), "fr-voyage": ("Russie", "Moscou")}
    assert {
        "denmark": ("Denmark", ""),
        "france": ("France", ""),
        "russia": ("Russia", ""),
        "moscou": ("Moscou", ""),
    } == shown("en", **foreign)
    german = shown("de-AT", **foreign, **{"en-trip": ("Mexico", "Georgia")})
    assert {"Dänemark", "Frankreich", "Russland", "Moscou", "Mexiko", "Georgia"} == {
        name for name, _ in german.values()
    }
    assert ("Mexiko", "MX") == german["mexiko"]
    assert {"france": ("France", ""), "spain": ("Spain", "")} == shown(
        "xx", **{"fr-a": ("France",), "es-b": ("España",)}
    )


def test_a_published_address_of_a_country_stays() -> None:
    analysis = Analysis(ArticleId("reise"), with_english_names(places("Dänemark"), "de"), (), (), (), (), Digest(""))
    published = (PublishedId(EntityId("danemark"), "Dänemark", EntityType.PLACE),)
    archive, _ = resolve([ArticleHead(analysis.article, "Reise")], [analysis], Decisions(), (), published)
    assert [("danemark", "Denmark")] == [(entity.id, entity.name) for entity in archive.entities]


def test_a_state_has_its_name_and_not_its_code_however_often_that_is_written() -> None:
    texts = [
        "The senator of Florida spoke. Florida is warm.",
        "He lives in Florida.",
        "FL is warm. In FL, FL is warm. FL.",
    ]
    ids = [ArticleId(name) for name in ("a", "b", "c")]
    analyses = list(
        annotate([(article, plain_text(text), "en") for article, text in zip(ids, texts, strict=True)], DEFAULTS)
    )
    archive, _ = resolve([ArticleHead(article, article) for article in ids], analyses, Decisions(), (), ())
    assert ["Florida"] == [entity.name for entity in archive.entities]


GERMAN_SITE = """\
-- glossator.toml --
[site]
language = "de"
-- content/articles/trip.md --
---
title: A trip to the sea
language: en
---
Mexico lies by the sea. The trade of Mexico grew, and Mexico is glad. She had never seen Mexico City.
"""


def test_on_a_site_in_another_language_a_country_is_on_the_map_and_can_be_corrected_by_the_name_shown(
    tmp_path: Path,
) -> None:
    build(lay(tmp_path, GERMAN_SITE + '-- content/entities.toml --\nconfirm = ["Mexiko"]\n'))
    page = (tmp_path / "site/entities/mexiko.html").read_text("utf-8")
    assert (True, True) == (">Mexiko</h1>" in page, "<svg" in page)
    assert "Mexiko" in (tmp_path / "site/articles/trip.html").read_text("utf-8")
    where = [f"--content={tmp_path / 'content'}", f"--site={tmp_path / 'site'}", "--workers=1", "--no-search"]
    assert "\n0 mistakes" in CliRunner().invoke(main, ["check", "--claims", *where]).stdout
    (tmp_path / "content/entities.toml").write_text('ignore = ["Mexiko"]\n', "utf-8")
    report = build(tmp_path)
    assert [] == [problem.message for problem in report.problems if problem.path == "entities.toml"]
    assert not (tmp_path / "site/entities/mexiko.html").exists()
