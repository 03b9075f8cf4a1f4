"""Articles of several languages name one country: it is one entity, under its English name."""

from __future__ import annotations

from glossator.config import AnnotateSettings
from glossator.model import Analysis, ArticleHead, ArticleId, Decisions, Digest, EntityType, Name, Text
from glossator.stages.annotate import annotate, plain_text, rematch
from glossator.stages.annotate.well_known_places import with_english_names
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
