"""Names of many articles become entities: what is joined, what is not, what a person decides, which ids are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossator.model import (
    Analysis,
    Archive,
    ArticleHead,
    ArticleId,
    Decisions,
    Descriptor,
    Digest,
    Entity,
    EntityId,
    EntityType,
    Mention,
    Name,
    Note,
    Problem,
    PublishedId,
)
from glossator.stages.resolve.clustering.canonical_name import canonical_name
from tests.published_ids import lock
from tests.sweeps import examples
from tests.whole_archive import resolve

PERSON, ORGANISATION, PLACE, GROUP, PRODUCT = (
    EntityType.PERSON,
    EntityType.ORGANISATION,
    EntityType.PLACE,
    EntityType.GROUP,
    EntityType.PRODUCT,
)


def name(kind: EntityType, *forms: str, count: int = 1) -> Name:
    """A name whose first form is its best."""
    return Name(forms[0], kind, tuple((form, count) for form in forms))


def person(*forms: str) -> Name:
    return name(PERSON, *forms)


def organisation(*forms: str) -> Name:
    return name(ORGANISATION, *forms)


def place(*forms: str) -> Name:
    return name(PLACE, *forms)


def analysis(
    article: str, *names: Name, descriptors: Sequence[Descriptor] = (), small: Mapping[str, int] | None = None
) -> Analysis:
    return Analysis(ArticleId(article), names, (), (), tuple(descriptors), (), Digest(""), small=small or {})


def articles(*texts: Sequence[Name]) -> list[Analysis]:
    """Articles a, b, c, ... with the names of each."""
    return [analysis("abcdefghij"[number], *names) for number, names in enumerate(texts)]


def build(
    analyses: Sequence[Analysis],
    decisions: Decisions | None = None,
    notes: Sequence[Note] = (),
    published: Sequence[PublishedId] = (),
) -> tuple[Archive, tuple[Problem, ...]]:
    heads = [ArticleHead(one.article, one.article) for one in analyses]
    return resolve(heads, analyses, decisions or Decisions(), notes, published)


def archive(*args: object, **kwargs: object) -> Archive:
    return build(*args, **kwargs)[0]  # type: ignore[arg-type]


def ids(found: Archive) -> list[str]:
    return [entity.id for entity in found.entities]


def only(found: Archive) -> Entity:
    (entity,) = found.entities
    return entity


def by_id(found: Archive, identity: str) -> Entity:
    return next(entity for entity in found.entities if entity.id == identity)


def ids_of_all(found: Archive) -> list[PublishedId]:
    """The ids of all entities, as if each had had a page."""
    return [PublishedId(entity.id, entity.name, entity.type) for entity in found.entities]


def note(slug: str, title: str, kind: EntityType | None = None, aliases: Sequence[str] = ()) -> Note:
    return Note(EntityId(slug), title, kind, tuple(aliases), (), "Ours.", Digest("n"))


# ---- names that are one ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        (ORGANISATION, "Northgate Foundry", "NORTHGATE  FOUNDRY"),
        (ORGANISATION, "Northgate Foundry Ltd.", "the Northgate Foundry"),
        (ORGANISATION, "Northgate Foundry’s", "Northgate Foundry"),
        (ORGANISATION, "U.N.", "UN"),
        (ORGANISATION, "Hall & Sons", "Hall and Sons"),
        (ORGANISATION, "Organisation for Harbour Safety", "Organization of Harbor Safety"),
        (ORGANISATION, "Defence Theatre", "Defense Theater"),
        (PLACE, "Corva River", "Corva"),
        (PERSON, "Kim Jong Un", "Kim Jong-un"),
        (PERSON, "Jörg Schäuble", "Joerg Schaeuble"),
        (PERSON, "Jörg Schäuble", "Jorg Schauble"),
        (PERSON, "Karim al-Basri", "Karim Basri"),
        (PERSON, "Marie de Vries", "Marie Vries"),
        (PERSON, "Mr. Tom Hale", "Tom Hale"),
        (PERSON, "J. R. Hale", "J.R. Hale"),
        (PERSON, "Volodymyr Hrinsky", "Wolodymyr Hrinskyj"),
        (PERSON, "Mikhail Denisov", "Michail Denisow"),
        (PERSON, "Natasha Kruglova", "Natascha Kruglowa"),
        (PERSON, "Edda Lindqvist", "Edda K. Lindqvist"),
        (GROUP, "Uygur", "Uygurs"),
    ],
)
def test_spellings_of_one_name_are_one_entity(kind: EntityType, first: str, second: str) -> None:
    assert 2 == len(only(archive(articles([name(kind, first)], [name(kind, second)]))).appearances)


def test_two_landforms_of_one_name_are_two_places() -> None:
    places = [name(PLACE, "Corva Sea")], [name(PLACE, "Corva Peninsula")], [name(PLACE, "Corva")]
    assert 3 == len(archive(articles(*places)).entities)


def test_a_full_name_is_one_person_whose_articles_in_german_give_a_fuller_one() -> None:
    strike = [organisation("Dockers’ Union"), organisation("Harbour Court")]
    german = [person("Hafenministerin Edda Lindqvist", "Edda Lindqvist"), *strike]
    analyses = articles([person("Edda Lindqvist"), *strike], german, [person("Edda Lindqvist")])
    languages = zip(analyses, ("en", "de", "en"), strict=True)
    heads = [ArticleHead(one.article, one.article, language=language) for one, language in languages]
    found, _ = resolve(heads, analyses, Decisions(), (), ())
    assert [("edda-lindqvist", 3)] == [
        (entity.id, len(entity.appearances)) for entity in found.entities if entity.type is PERSON
    ], "each article by itself had made two people of one name"


def test_a_person_whose_other_name_a_decision_tells_has_the_full_name_without_initials() -> None:
    texts = articles([person("Edda K. Lindqvist")], [person("Eddie")], [person("Edda Lindqvist")])
    found = archive(texts, Decisions(merge=(("Edda K. Lindqvist", ("Eddie",)),)))
    assert 3 == len(only(found).appearances)


def test_a_firm_is_not_shown_by_a_slogan_that_has_its_name() -> None:
    forms = {"Skerry Mills": 3, "One Skerry Mills": 2}
    assert "Skerry Mills" == canonical_name(forms, forms, ORGANISATION)


def test_a_name_is_shown_in_capitals_only_if_nothing_tells_how_it_is_written_otherwise() -> None:
    assert "Velmar" == canonical_name({"VELMAR": 9, "Velmar": 1}, {"VELMAR": 9, "Velmar": 1}, PLACE)
    assert "Toronto" == canonical_name({"TORONTO": 9}, {"TORONTO": 9}, PLACE)
    assert "VELMAR" == canonical_name({"VELMAR": 9}, {"VELMAR": 9}, PLACE)
    mills = {"SKERRY MILLS": 9, "Skerry Mills": 1}
    assert "Skerry Mills" == canonical_name(mills, mills, ORGANISATION)
    acronym = {"SKMO": 9, "Skmo": 1}
    assert "SKMO" == canonical_name(acronym, acronym, ORGANISATION)


def test_people_of_one_article_are_not_one_by_their_romanisation() -> None:
    assert 2 == len(archive(articles([person("Viktor Denisov"), person("Wiktor Denisow")])).entities)


def test_a_romanisation_makes_no_two_short_names_one() -> None:
    assert 2 == len(archive(articles([person("Jack Khan")], [person("Jack Chan")])).entities)


@pytest.mark.parametrize("form", ["US", "U.S.", "USA", "United States of America", "the United States", "America"])
def test_a_country_has_one_page_under_its_own_name(form: str) -> None:
    assert "United States" == only(archive(articles([place(form)], [place("United States")]))).name


@pytest.mark.parametrize(
    ("short", "full"), [("UK", "United Kingdom"), ("Britain", "United Kingdom"), ("UAE", "United Arab Emirates")]
)
def test_initials_of_countries_are_known(short: str, full: str) -> None:
    assert [full] == [entity.name for entity in archive(articles([place(short)], [place(full)])).entities]


def test_a_firm_named_after_a_country_is_not_the_country() -> None:
    found = archive(articles([organisation("China Group")], [place("China")]))
    assert ["china", "china-group"] == ids(found)


def test_the_long_form_and_its_acronym_are_one_where_an_article_gives_both() -> None:
    found = archive(
        articles([organisation("Coastal Safety Board", "CSB")], [organisation("CSB")], [organisation("C.S.B.")])
    )
    assert "Coastal Safety Board" == only(found).name
    assert (("CSB", 2), ("C.S.B.", 1)) == only(found).aliases


def test_an_acronym_that_no_article_explains_stays_alone_and_is_a_suggestion() -> None:
    found = archive(articles([organisation("Coastal Safety Board")], [organisation("CSB")]))
    assert ["coastal-safety-board", "csb"] == ids(found)
    assert [("csb", "coastal-safety-board")] == [(one.first, one.second) for one in found.suggestions]


def test_an_acronym_of_two_bodies_stays_alone() -> None:
    found = archive(
        articles(
            [organisation("Coastal Safety Board", "CSB")],
            [organisation("Central Statistics Bureau", "CSB")],
            [organisation("CSB")],
        )
    )
    assert ["central-statistics-bureau", "coastal-safety-board", "csb"] == ids(found)


def test_a_short_form_joins_the_firm_that_an_article_calls_so() -> None:
    full = "Hangzhou Hikvision Digital Technology Co Ltd"
    found = archive(articles([organisation(full, "Hikvision")], [organisation("Hikvision")]))
    assert "Hikvision" == only(found).name


def test_a_town_is_not_silently_the_body_that_is_named_after_it() -> None:
    found = archive(articles([organisation("Skerry Traders' League", "Skerry")], [organisation("Skerry")]))
    assert ["skerry", "skerry-traders-league"] == ids(found)
    assert [("skerry", "skerry-traders-league")] == [(one.first, one.second) for one in found.suggestions]


def test_what_is_a_place_too_is_not_silently_short_for_a_firm() -> None:
    firm, short = organisation("Skerry Shipping", "Skerry"), organisation("Skerry")
    assert 1 == len(archive(articles([firm], [short])).entities)
    found = archive(articles([firm], *[[short]] * 2, *[[place("Skerry")]] * 2))
    assert ["skerry", "skerry-place", "skerry-shipping"] == ids(found)


def test_a_kind_of_body_alone_is_nobody_without_company() -> None:
    found = archive(articles([organisation("Harbour Commission", "Commission")], [organisation("Commission")]))
    assert ["commission", "harbour-commission"] == ids(found)


def test_a_body_is_not_joined_to_one_that_is_named_after_it() -> None:
    found = archive(
        articles(
            [organisation("Assembly of the Council of Harbours", "Council of Harbours")],
            [organisation("Council of Harbours")],
        )
    )
    assert ["assembly-of-the-council-of-harbours", "council-of-harbours"] == ids(found)


def test_a_body_that_only_has_another_in_its_name_is_not_that_one() -> None:
    company = [person("Ada Lund"), person("Iris Brandt"), place("Skerry")]
    names = [organisation("Corvan Union", "CU"), organisation("Corvan Union Chamber of Trade", "CU")]
    assert 5 == len(archive(articles(*([one, *company] for one in names))).entities)


def test_initials_of_a_known_body_join_no_other_of_the_same_initials() -> None:
    company = [person("Ada Lund"), person("Iris Brandt"), place("Skerry")]
    known = [organisation("Coastal Safety Board", "CSB"), *company]
    found = archive(articles(known, [organisation("CSB"), *company], [organisation("Central Statistics Bureau")]))
    assert {"coastal-safety-board", "central-statistics-bureau"} < set(ids(found))


def test_a_short_form_that_more_articles_use_alone_is_the_long_one_only_in_its_company() -> None:
    found = archive(articles([organisation("Skerry Green Party", "Green Party")], *[[organisation("Green Party")]] * 2))
    assert ["green-party", "skerry-green-party"] == ids(found)


@pytest.mark.parametrize("form", ["North Sea", "Mississippi River", "Congo River"])
def test_a_sea_or_a_river_is_not_what_bears_its_name_alone(form: str) -> None:
    assert 2 == len(archive(articles([place(form)], [place(form.partition(" ")[0])])).entities)


def test_the_shown_name_is_the_form_that_is_used_most() -> None:
    mixed = Name("Velm Copilot", PRODUCT, (("Velm", 5), ("Velm Copilot", 2)))
    assert "Velm" == only(archive(articles([mixed]))).name
    shouted = Name("VELM WORKS", ORGANISATION, (("VELM WORKS", 2), ("Velm Works", 1)))
    assert "Velm Works" == only(archive(articles([shouted]))).name


@pytest.mark.parametrize(
    ("full", "short"),
    [("Coastal Safety Board", "CSB"), ("Skerry Gulls", "Gulls"), ("Velm Stores", "Velm")],
)
def test_a_full_name_is_shown_though_its_short_form_is_used_more_unless_it_is_rare(full: str, short: str) -> None:
    names = [Name(full, ORGANISATION, ((short, count), (full, 2))) for count in (5, 6)]
    assert [full, short] == [only(archive(articles([one]))).name for one in names]


def test_what_an_article_mostly_calls_by_the_short_form_is_one_with_it() -> None:
    full = Name("Velm Records", ORGANISATION, (("Velm", 5), ("Velm Records", 1)))
    assert "Velm" == only(archive(articles([full], *[[organisation("Velm")]] * 3))).name


def test_two_letters_that_one_article_explains_mean_anything_in_many_others() -> None:
    one = Name("Advanced Placement", ORGANISATION, (("AP", 5), ("Advanced Placement", 1)))
    assert 2 == len(archive(articles([one], *[[organisation("AP")]] * 5)).entities)
    assert 1 == len(archive(articles([one], *[[organisation("AP")]] * 2)).entities)


def test_versions_of_a_program_are_the_program() -> None:
    found = archive(articles([name(PRODUCT, "Velm 3.12")], [name(PRODUCT, "Velm")], [name(PRODUCT, "Velm 10")]))
    assert ["velm", "velm-10"] == ids(found)


def test_an_acronym_is_no_word_of_the_same_letters() -> None:
    found = archive(articles([name(PRODUCT, "Far Aperture Sky Telescope", "FAST")], [organisation("Fast Company")]))
    assert 2 == len(found.entities)


def test_an_acronym_joins_only_what_is_written_in_its_own_case() -> None:
    body = organisation("Inland Operations Safety", "IOS")
    assert "ios" in ids(archive(articles([body], [name(PRODUCT, "iOS")], [name(PRODUCT, "iOS")])))
    assert 1 == len(archive(articles([body], [organisation("IOS")])).entities)


# ---- people ------------------------------------------------------------------------------------------------------

MILL, QUAY = organisation("Tollan Mill"), place("Salter's Quay")


def test_a_surname_in_the_same_company_is_the_person() -> None:
    found = archive(articles([person("Ada Lund", "Lund"), MILL, QUAY], [person("Lund"), MILL, QUAY]))
    assert ("ada-lund", "tollan-mill", "salters-quay") == found.resolved[ArticleId("b")]


def test_a_surname_in_other_company_is_a_suggestion() -> None:
    found = archive(articles([person("Ada Lund", "Lund"), MILL], [person("Lund"), organisation("Orchard Bank")]))
    assert {"ada-lund", "lund"} < set(ids(found))
    assert [("lund", "ada-lund")] == [(one.first, one.second) for one in found.suggestions]


def test_a_surname_that_two_people_have_is_one_entity_that_lists_both_and_one_question() -> None:
    bare = [person("Lund"), organisation("Orchard Bank"), organisation("Salt Guild")]
    full = [[person("Ada Lund"), MILL, QUAY], [person("Nils Lund"), MILL, QUAY]]
    found = archive(articles(*full, [person("Lund"), MILL, QUAY], bare))
    lund = next(one for one in found.entities if one.id == "lund")
    assert ["c", "d"] == [one.article for one in lund.appearances]
    assert ("ada-lund", "nils-lund") == lund.bearers
    assert [("lund", "ada-lund")] == [(one.first, one.second) for one in found.suggestions if one.first == "lund"]


def test_a_surname_alone_is_the_bearer_of_nearly_all_articles_and_a_junk_name_blocks_nobody() -> None:
    often = [[person("Ada Lund"), MILL]] * 3
    found = archive(articles(*often, [person("Make Lund")], [person("Lund"), organisation("Orchard Bank")]))
    assert "ada-lund" == found.resolved[ArticleId("e")][0]


def test_an_office_before_a_surname_counts_more_than_the_number_of_articles() -> None:
    often = [
        analysis(one, person("Ada Lund"), descriptors=[Descriptor(0, 9, "the harbour engineer", 0)]) for one in "abc"
    ]
    minister = analysis("d", person("Nils Lund"), descriptors=[Descriptor(0, 9, "the former minister", 0)])
    alone = analysis("e", person("Lund"), descriptors=[Descriptor(0, 9, "the minister", 0)])
    assert "ada-lund" != archive([*often, minister, alone]).resolved[ArticleId("e")][0]


def test_a_private_person_is_not_among_those_whom_a_surname_may_mean() -> None:
    texts = articles(
        [person("Ada Lund"), MILL], [person("Nils Lund"), MILL], [person("Lund"), organisation("Salt Guild")]
    )
    found = archive(texts, Decisions(private=("Nils Lund",)))
    assert [] == [one.id for one in found.entities if "lund" in one.id and one.id != "ada-lund"]


@pytest.mark.parametrize(("person_tenths", "found"), [(4, set()), (0, {"lund"})])
def test_a_name_that_may_be_a_private_person_is_held_back_whatever_type_is_likeliest(
    person_tenths: int, found: set[str]
) -> None:
    likely = {PERSON: person_tenths, PLACE: 10 - person_tenths}
    town = Name("Lund", PLACE, (("Lund", 1),), chances=tuple(likely.get(kind, 0) for kind in EntityType))
    assert found == {entity.id for entity in archive(articles([town]), Decisions(private=("Nils Lund",))).entities}


def test_a_surname_of_a_private_person_means_nobody_else_because_of_the_number_of_articles() -> None:
    often = [[person("Ada Lund"), MILL]] * 4
    found = archive(articles(*often, [person("Lund"), organisation("Salt Guild")]), Decisions(private=("Nils Lund",)))
    assert found.resolved[ArticleId("e")][0] is None


def test_a_given_name_alone_is_one_person_only_in_the_same_company() -> None:
    elsewhere = [organisation("Orchard Bank"), organisation("Salt Guild")]
    found = archive(articles([person("Tim"), MILL, QUAY], [person("Tim"), MILL, QUAY], [person("Tim"), *elsewhere]))
    assert found.resolved[ArticleId("a")][0] == found.resolved[ArticleId("b")][0]
    assert found.resolved[ArticleId("a")][0] != found.resolved[ArticleId("c")][0]


def test_an_encyclopedia_supports_no_given_name_because_it_has_every_name() -> None:
    every = [place(f"Tollan {number}th Quarter") for number in range(80)]
    few = [MILL, QUAY]
    for texts in (
        [[person("Tim"), *every, *few], [person("Tim"), *few]],
        [[person("Tim"), *few], [person("Tim"), *every, *few]],
    ):
        found = archive(articles(*texts))
        assert found.resolved[ArticleId("a")][0] != found.resolved[ArticleId("b")][0]


def test_an_article_of_very_many_names_does_not_support_a_surname_by_chance() -> None:
    others = [organisation(f"{first}{second} Guild") for first in "ABCDEFGH" for second in "klmnopqrst"]
    few, many = [person("Lund"), MILL, QUAY], [person("Lund"), MILL, QUAY, *others]
    full = [person("Ada Lund", "Lund"), MILL, QUAY]
    found = archive(articles(full, few, many))
    assert ["ada-lund", "ada-lund"] == [found.resolved[ArticleId(one)][0] for one in "ab"]
    assert "lund" == found.resolved[ArticleId("c")][0]


def test_a_rare_misspelling_is_no_second_person_for_the_surname() -> None:
    often = [[person("Angela Lund", "Lund"), MILL, QUAY]] * 8
    found = archive(articles(*often, [person("Angla Lund")], [person("Lund"), MILL, QUAY]))
    assert "angela-lund" == found.resolved[ArticleId("j")][0]
    assert "angla-lund" == found.resolved[ArticleId("i")][0]


def test_words_of_introduction_support_a_surname() -> None:
    lone = Descriptor(0, 20, "the Tollan harbour engineer", 0)
    full = Descriptor(0, 20, "a harbour engineer from Tollan", 0)
    found = archive(
        [analysis("a", person("Ada Lund"), descriptors=[full]), analysis("b", person("Lund"), descriptors=[lone])]
    )
    assert ["ada-lund"] == ids(found)


def test_people_of_different_first_names_are_never_joined() -> None:
    found = archive(articles([person("Ada Lund"), MILL, QUAY], [person("Ava Lund"), MILL, QUAY]))
    assert {"ada-lund", "ava-lund"} < set(ids(found))


@pytest.mark.parametrize(("one", "other"), [("Christian Lund", "Christina Lund"), ("Hassan Lund", "Hussein Lund")])
def test_brothers_and_sisters_are_never_joined(one: str, other: str) -> None:
    assert 4 == len(archive(articles([person(one), MILL, QUAY], [person(other), MILL, QUAY])).entities)


def test_an_alias_with_another_first_name_joins_nobody() -> None:
    found = archive(articles([person("Ada Lund", "Nora Lund"), MILL, QUAY], [person("Nora Lund"), MILL, QUAY]))
    assert {"ada-lund", "nora-lund"} < set(ids(found))


@pytest.mark.parametrize("short", ["A. Lund", "Ada Lund"])
def test_an_initial_or_a_missing_middle_name_joins_in_the_same_company(short: str) -> None:
    found = archive(articles([person("Ada Mary Lund"), MILL, QUAY], [person(short), MILL, QUAY]))
    assert 3 == len(found.entities)


@pytest.mark.parametrize("short", ["A. Lund", "Ada Lund"])
def test_an_initial_or_a_missing_middle_name_alone_joins_nobody(short: str) -> None:
    assert 2 == len(archive(articles([person("Ada Mary Lund")], [person(short)])).entities)


def test_names_that_sound_alike_are_suggested() -> None:
    found = archive(articles([person("Omar Gaddafi")], [person("Omar Gadhafi")]))
    assert [("omar-gaddafi", "omar-gadhafi")] == [(one.first, one.second) for one in found.suggestions]


# ---- types -------------------------------------------------------------------------------------------------------


def test_the_type_is_voted_on_over_the_whole_archive() -> None:
    found = archive(articles([organisation("Lumen")], [organisation("Lumen")], [name(PRODUCT, "Lumen")]))
    assert ORGANISATION is only(found).type


def test_a_person_and_a_place_of_one_name_stay_apart() -> None:
    found = archive(articles(*[[place("Washington")]] * 2, *[[person("Washington")]] * 2))
    assert ["washington", "washington-place"] == ids(found)
    found = archive(articles([place("Washington")], [person("Washington")], [person("Martha Washington")]))
    assert ["martha-washington", "washington", "washington-place"] == ids(found), "a full name is support enough"


def test_a_second_type_in_one_article_alone_is_a_mistake() -> None:
    assert 1 == len(archive(articles([organisation("Lumen")], [place("Lumen")])).entities)
    assert 1 == len(archive(articles(*[[place("Lumen")]] * 2, [person("Lumen")])).entities)


def test_a_second_type_of_which_two_articles_are_sure_is_another_thing() -> None:
    chances = tuple(10 * (kind is PLACE) for kind in EntityType)
    island = Name("Java", PLACE, (("Java", 1),), chances=chances)
    assert ["java", "java-place"] == ids(archive(articles(*[[name(PRODUCT, "Java")]] * 3, [island], [island])))
    assert ["java"] == ids(archive(articles(*[[name(PRODUCT, "Java")]] * 3, [island]))), "one report is rather mistaken"


def test_a_report_that_lists_states_makes_no_organisations_of_them() -> None:
    listed = [certain(state, organisation=10) for state in ("California", "Florida")]
    states = [certain(state, place=10) for state in ("California", "Florida")]
    assert ["california", "florida"] == ids(archive(articles(states, states, states, listed)))


def certain(form: str, *forms: str, **tenths: int) -> Name:
    """A name with probabilities of its types, the first of which is its type."""
    chances = {EntityType(kind): number for kind, number in tenths.items()}
    told = tuple(chances.get(kind, 0) for kind in EntityType)
    return Name(form, next(iter(chances)), ((form, 1), *((other, 1) for other in forms)), chances=told)


def test_a_firm_and_a_program_are_two_if_an_article_on_each_gives_the_other_no_chance() -> None:
    program, firm = certain("Velmux", product=9), certain("Velmux", organisation=10)
    assert ["velmux", "velmux-organisation"] == ids(archive(articles(*[[program]] * 3, [firm], [firm])))
    assert 1 == len(archive(articles([program], [program], [firm])).entities), "of one article no second page is made"
    assert 1 == len(archive(articles([program], [certain("Velmux", organisation=9, product=1)])).entities)
    assert 1 == len(archive(articles([program], [program], [firm], [firm]), Decisions(confirm=("Velmux",))).entities)
    assert 1 == len(
        archive(
            articles([program], [program], [firm], [firm]), Decisions(merge=(("velmux", ("velmux-organisation",)),))
        ).entities
    )


def test_an_acronym_that_is_certainly_a_firm_is_not_short_for_the_program_of_another_article() -> None:
    plan = certain("Velm Savings Plan", "VSP", product=9)
    assert ["velm-savings-plan", "vsp"] == ids(archive(articles([plan], [certain("VSP", organisation=9)])))
    assert 1 == len(archive(articles([plan], [certain("VSP", organisation=9, product=1)])).entities)


@pytest.mark.parametrize(
    ("town", "firm", "entities"),
    [((7, 0), (0, 6), 2), ((7, 2), (0, 6), 1), ((7, 0), (2, 6), 1), ((5, 0), (0, 6), 1)],
    ids=["clear", "a town that may be a firm", "a firm that may be a town", "hardly a town"],
)
def test_a_town_and_a_firm_are_two_if_two_articles_on_each_rule_the_other_out(
    town: tuple[int, int], firm: tuple[int, int], entities: int
) -> None:
    names = certain("Skerry", place=town[0], product=town[1]), certain("Skerry", product=firm[1], place=firm[0])
    assert entities == len(archive(articles(*([one] for one in names), *([one] for one in names))).entities)


@pytest.mark.parametrize(
    ("form", "likely", "certainty", "small", "stated"),
    [
        ("Velmoro", {PRODUCT: 9}, 9, 0, "product"),
        ("Velmoro", {PRODUCT: 9}, 5, 0, "name"),
        ("Velmoro", {PRODUCT: 6, ORGANISATION: 4}, 10, 0, "name"),
        ("Velmoro", {PRODUCT: 4, PERSON: 4}, 10, 0, "name"),
        ("Chase", {ORGANISATION: 8}, 10, 20, "name"),
        ("Lesotho", {PLACE: 6, ORGANISATION: 3}, 10, 0, "place"),
    ],
    ids=[
        "certain",
        "perhaps no name",
        "a body or its product",
        "one type or another",
        "a word mostly written small",
        "a country",
    ],
)
def test_the_type_of_a_name_is_stated_if_name_and_type_are_certain(
    form: str, likely: Mapping[EntityType, int], certainty: int, small: int, stated: str
) -> None:
    kind = max(likely, key=lambda one: likely[one])
    chances = tuple(likely.get(one, 0) for one in EntityType)
    named = Name(form, kind, ((form, 1),), certainty=certainty, chances=chances)
    assert stated == only(archive([analysis("a", named, small={form.lower(): small})])).stated_type
    decided = archive([analysis("a", named)], Decisions(types=((form, kind),)))
    assert kind == only(decided).stated_type, "what a person says is no guess"


def test_a_town_is_not_the_firm_that_has_its_name_and_a_legal_form() -> None:
    found = archive(articles([place("Skerry")], [organisation("Skerry Holdings")], [organisation("Skerry Holdings")]))
    assert {"skerry", "skerry-holdings"} == set(ids(found))


def test_what_several_articles_call_each_is_no_plural_of_the_other_unless_one_has_both() -> None:
    apart = [[name(PRODUCT, "Velmoro")]] * 2 + [[name(PRODUCT, "Velmoros")]] * 2
    assert ["velmoro", "velmoros"] == ids(archive(articles(*apart)))
    assert 1 == len(archive(articles(*apart, [name(PRODUCT, "Velmoro"), name(PRODUCT, "Velmoros")])).entities)


@pytest.mark.parametrize(
    ("names", "entities"),
    [
        ((name(ORGANISATION, "The Velm Roses"), name(ORGANISATION, "Velm Rose")), 2),
        ((name(PRODUCT, "Velm Quay 2S"), name(PRODUCT, "Velm Quay 2")), 2),
        ((name(PRODUCT, "Quaypass"), name(PRODUCT, "Quaypas")), 2),
        ((name(PRODUCT, "Velm Quays"), name(PRODUCT, "Velm Quay")), 1),
    ],
    ids=["a band and a paper", "a version", "no s of a plural", "a plural"],
)
def test_what_ends_with_s_is_not_always_the_plural_of_a_name_in_another_article(
    names: Sequence[Name], entities: int
) -> None:
    assert entities == len(archive(articles(*([one] for one in names))).entities)


def test_an_acronym_is_the_same_word_in_another_case_if_an_article_has_both_or_their_company_is_the_same() -> None:
    probe, language = name(PRODUCT, "DART"), name(PRODUCT, "Dart")
    found = archive(articles([probe], [language]))
    assert {"DART", "Dart"} == {one.name for one in found.entities}
    assert ["The names differ in capitals alone."] == [one.reason for one in found.suggestions]
    assert 1 == len(archive(articles([probe], [language], [name(PRODUCT, "DART", "Dart")])).entities)
    company = [place("Skerry"), organisation("Hall & Sons"), person("Ada Lund")]
    others = [[place(f"Town {letter}")] for letter in "abcde"]
    together = archive(articles([probe, *company], [language, *company], *others))
    assert 1 == sum(one.name.casefold() == "dart" for one in together.entities)
    assert 1 == len(archive(articles([organisation("VELMUX")], [organisation("Velmux")])).entities), "mere emphasis"


def test_an_island_is_a_place_of_its_name_only_if_an_article_has_both() -> None:
    assert 2 == len(archive(articles([place("Skerry Island")], [place("Skerry")])).entities)
    assert 1 == len(archive(articles([place("Skerry Island"), place("Skerry")], [place("Skerry")])).entities)


def test_a_word_that_one_article_shortens_the_name_of_a_product_to_is_no_name_elsewhere() -> None:
    tent, play = name(PRODUCT, "Onewind Gale", "Gale"), name(EntityType.WORK, "Gale")
    assert ["gale", "onewind-gale"] == ids(archive(articles([tent], [play])))
    assert ["onewind-gale"] == ids(archive(articles([tent], [tent], [play])))
    airline, others = organisation("Velm Airlines", "Airlines"), organisation("Airlines")
    assert ["airlines", "velm-airlines"] == ids(archive(articles([airline], [others])))


def test_the_code_of_a_state_means_no_city_in_an_article_that_does_not_say_so() -> None:
    assert 2 == len(archive(articles([place("Los Angeles", "LA")], [place("LA")])).entities)
    assert 1 == len(archive(articles([place("North Carolina", "NC")], [place("NC")])).entities)
    capital = place("Washington", "D.C.")
    assert 1 == len(archive(articles([capital], [capital], [place("D.C.")])).entities)
    assert "D.C." == only(archive(articles([place("D.C.")], [place("DC")], [place("D.C.")]))).name


@pytest.mark.parametrize("code", ["MA", "M.A.", "Mass."])
def test_a_state_is_one_place_by_whatever_code_and_shown_by_its_name(code: str) -> None:
    (state,) = archive(articles([place(code)], [place(code)], [place("Massachusetts")])).entities
    assert "Massachusetts" == state.name


@pytest.mark.parametrize(
    ("code", "name"), [("LA", "Louisiana"), ("L.A.", "Louisiana"), ("WA", "Washington"), ("NY", "New York")]
)
def test_the_code_of_a_state_that_shares_code_or_name_with_a_city_is_not_its_name(code: str, name: str) -> None:
    assert 2 == len(archive(articles([place(code)], [place(name)])).entities)


def test_a_person_is_shown_as_most_mentions_spell_the_name_and_a_firm_without_its_legal_form() -> None:
    spelt = [Name("Ada Lunde", PERSON, (("Ada Lunde", 1),)), Name("Ada Lünde", PERSON, (("Ada Lünde", 3),))]
    assert "Ada Lünde" == only(archive(articles(*([one] for one in spelt)))).name
    firm = Name("Velm Inc.", ORGANISATION, (("Velm Inc.", 1), ("Velm", 1)))
    assert "Velm" == only(archive(articles([firm]))).name


def test_a_body_that_is_only_called_by_its_kind_has_no_page() -> None:
    found = archive(articles(*[[organisation("Agency"), organisation("Skerry Agency")]] * 2))
    assert {"agency": False, "skerry-agency": True} == {entity.id: entity.page for entity in found.entities}
    assert not only(archive(articles(*[[place("South")]] * 2))).page
    assert not only(archive(articles(*[[name(PRODUCT, "Pro")]] * 2))).page


def test_a_place_is_shown_in_english_if_an_article_calls_it_so_and_a_country_in_any_case() -> None:
    moskau, moscow = Name("Moscow", PLACE, (("Moskau", 3),)), place("Moscow")
    shown = only(archive(articles([moskau], [moscow])))
    assert ("Moscow", (("Moskau", 3),)) == (shown.name, shown.aliases)
    assert "Moskau" == only(archive(articles([moskau]))).name
    assert "Germany" == only(archive(articles([Name("Germany", PLACE, (("Deutschland", 1),))]))).name


def test_first_and_last_name_together_are_one_entity_whatever_the_types() -> None:
    assert PERSON is only(archive(articles([person("Ada Lund")], [place("Ada Lund")]))).type


def test_a_slip_of_the_model_makes_no_entity() -> None:
    found = archive(articles(*[[place("Oslo")]] * 9, [person("Oslo")]))
    assert PLACE is only(found).type


def test_a_word_that_the_archive_mostly_writes_small_has_no_page_unless_an_article_leads_with_it() -> None:
    box = Name("Box", PRODUCT, (("Box", 1),), certainty=10)
    texts = [analysis("a", box, small={"box": 4}), analysis("b", box, small={"box": 6})]
    assert not only(archive(texts)).page
    assert only(archive([*texts[:1], analysis("c", box, small={"box": 5})])).page
    heads = [ArticleHead(ArticleId("a"), "A box", language="en"), ArticleHead(ArticleId("b"), "b", language="de")]
    assert only(resolve(heads, texts, Decisions(), (), ())[0]).page, "only the main language tells what a word is"
    leads = msgspec.structs.replace(texts[0], mentions=(Mention(0, 3, 0), Mention(9, 12, 0)))
    assert only(archive([leads, texts[1]])).page


def test_the_shown_name_is_that_of_the_main_language_of_the_archive() -> None:
    german, english = person("Ada Lünd", "Ada Lund"), person("Ada Lund")
    languages = dict(zip("abcdefg", ("de", "de", "de", "en", "en", "en", "en"), strict=True))
    texts = articles(*[[german]] * 3, [english], *[[QUAY]] * 3)
    heads = [ArticleHead(ArticleId(one), one, language=language) for one, language in languages.items()]
    found = resolve(heads, texts, Decisions(), (), ())[0]
    assert "Ada Lund" in {one.name for one in found.entities}


# ---- decisions and notes -----------------------------------------------------------------------------------------


def test_an_ignored_name_is_nobody() -> None:
    found = archive(articles([organisation("Editor"), MILL]), Decisions(ignore=("editor",)))
    assert (None, "tollan-mill") == found.resolved[ArticleId("a")]
    assert ["tollan-mill"] == ids(found)


def test_ignoring_a_short_form_leaves_the_full_one() -> None:
    texts = articles([organisation("Coastal Safety Board", "CSB")], [organisation("CSB")])
    found = archive(texts, Decisions(ignore=("CSB",)))
    assert {"a": ("coastal-safety-board",), "b": (None,)} == found.resolved


def test_a_private_person_has_no_page_and_is_not_suggested() -> None:
    texts = articles([person("Ada Lund")], [person("Lund")])
    found = archive(texts, Decisions(private=("Ada Lund",)))
    assert [] == ids(found)
    assert ((None,), ()) == (found.resolved[ArticleId("a")], found.suggestions)


def test_a_renamed_entity_has_the_new_name_and_id_and_the_old_one_leads_to_it() -> None:
    texts = articles([person("Ada Lund")])
    found = archive(
        texts,
        Decisions(rename=(("ada lund", "Ada Holm"),)),
        (),
        [PublishedId(EntityId("ada-lund"), "Ada Lund", PERSON)],
    )
    assert ("ada-holm", "Ada Holm", "person") == (only(found).id, only(found).name, only(found).origin)
    assert (("ada-lund", "ada-holm"),) == found.redirects


def test_a_merge_joins_names_that_nothing_else_would() -> None:
    texts = articles([organisation("Northgate Foundry")], [organisation("Old Works")], [organisation("Works No. 1")])
    found = archive(texts, Decisions(merge=(("Northgate Foundry", ("old works", "Works No. 1")),)))
    assert ("Northgate Foundry", "northgate-foundry", 3) == (only(found).name, only(found).id, only(found).mentions)


def test_a_merge_takes_ids() -> None:
    texts = articles([organisation("Northgate Foundry")], [organisation("Old Works")])
    found = archive(texts, Decisions(merge=(("northgate-foundry", ("old-works",)),)))
    assert "Northgate Foundry" == only(found).name


def test_a_merge_of_a_surname_takes_all_its_articles() -> None:
    texts = articles([person("Ada Lund")], [person("Nils Lund")], [person("Lund")], [person("Lund")])
    found = archive(texts, Decisions(merge=(("Ada Lund", ("Lund",)),)))
    assert 3 == by_id(found, "ada-lund").mentions


def test_a_merge_with_an_unknown_name_names_the_near_miss() -> None:
    found, problems = build(articles([organisation("Hikvision")]), Decisions(merge=(("Hikvision", ("Hikvison",)),)))
    message = "merge: “Hikvison” is not a name in any article. Did you mean “Hikvision”?"
    assert [Problem("resolve", "entities.toml", message, fatal=False)] == list(problems)
    assert ["hikvision"] == ids(found)


def test_not_the_same_keeps_apart_what_the_articles_would_join() -> None:
    texts = articles([organisation("Coastal Safety Board", "CSB")], [organisation("CSB")])
    found = archive(texts, Decisions(not_the_same=(("CSB", "Coastal Safety Board"),)))
    assert ["coastal-safety-board", "csb"] == ids(found)


def test_not_the_same_keeps_apart_spellings_of_one_key() -> None:
    texts = articles([person("Kim Jong Un")], [person("Kim Jong-un")])
    found = archive(texts, Decisions(not_the_same=(("Kim Jong Un", "Kim Jong-un"),)))
    assert 2 == len(found.entities)


def test_not_the_same_leaves_the_other_candidate_for_a_surname() -> None:
    texts = articles([person("Ada Lund"), MILL, QUAY], [person("Nils Lund")], [person("Lund"), MILL, QUAY])
    found = archive(texts, Decisions(not_the_same=(("Lund", "Nils Lund"),)))
    assert "ada-lund" == found.resolved[ArticleId("c")][0]


def test_a_contradiction_is_told_and_keeps_apart() -> None:
    decisions = Decisions(merge=(("Old Works", ("New Works",)),), not_the_same=(("Old Works", "New Works"),))
    found, problems = build(articles([organisation("Old Works")], [organisation("New Works")]), decisions)
    assert ["new-works", "old-works"] == ids(found)
    assert "keeps them apart" in problems[0].message


def test_a_decided_type_goes_before_the_vote() -> None:
    texts = articles([organisation("Lumen")], [organisation("Lumen")])
    found = archive(texts, Decisions(types=(("lumen", PRODUCT),)))
    assert (PRODUCT, "person") == (only(found).type, only(found).origin)


def test_a_note_gives_name_type_and_aliases() -> None:
    texts = articles([organisation("Old Works")], [organisation("The Yard")])
    ours = note("old-works", "The Old Works at Tollan", PLACE, ["The Yard"])
    entity = only(archive(texts, None, [ours]))
    assert ("The Old Works at Tollan", PLACE, ours, "person", 2) == (
        entity.name,
        entity.type,
        entity.note,
        entity.origin,
        entity.mentions,
    )


def test_a_note_that_fits_no_entity_says_so() -> None:
    problem = build(articles([MILL]), None, [note("tolan-mill", "Tolan Mill")])[1][0]
    assert (False, "entities/tolan-mill.md") == (problem.fatal, problem.path)
    assert "fits no name in any article; did you mean “Tollan Mill”?" in problem.message


def test_a_note_that_fits_several_entities_asks_for_a_type() -> None:
    texts = articles(*[[place("Washington")]] * 2, *[[person("Washington")]] * 2)
    found, problems = build(texts, None, [note("washington", "Washington")])
    assert "fits several entities (person, place); give it a type" in problems[0].message
    typed, silent = build(texts, None, [note("washington", "Washington", PERSON)])
    assert () == silent
    assert [None, None] == [entity.note for entity in found.entities]
    assert [PERSON] == [entity.type for entity in typed.entities if entity.note]


# ---- ids ---------------------------------------------------------------------------------------------------------


def test_a_published_id_stays_when_the_name_gets_better() -> None:
    first = archive(articles([organisation("CSB")]))
    texts = articles([organisation("CSB")], *[[organisation("Coastal Safety Board", "CSB")]] * 3)
    second = archive(texts, None, (), ids_of_all(first))
    assert ("csb", "Coastal Safety Board") == (only(second).id, only(second).name)


def test_ids_do_not_move_when_articles_come() -> None:
    first = archive(articles([place("Washington")]))
    texts = articles(*[[place("Washington")]] * 2, *[[person("Washington")]] * 3)
    second = archive(texts, None, (), ids_of_all(first))
    assert {"washington": PLACE, "washington-person": PERSON} == {one.id: one.type for one in second.entities}


def test_an_entity_that_is_no_more_leads_to_the_one_that_has_its_name() -> None:
    earlier = ids_of_all(archive(articles([organisation("CSB")], [organisation("Coastal Safety Board")])))
    texts = articles([organisation("CSB")], [organisation("Coastal Safety Board", "CSB")])
    found = archive(texts, None, (), earlier)
    assert (["coastal-safety-board"], (("csb", "coastal-safety-board"),)) == (ids(found), found.redirects)


def test_after_a_merge_the_survivor_keeps_its_id_and_the_other_leads_to_it() -> None:
    texts = articles([organisation("Northgate Foundry")], [organisation("Old Works")], [organisation("Old Works")])
    earlier = ids_of_all(archive(texts))
    found = archive(texts, Decisions(merge=(("Northgate Foundry", ("Old Works",)),)), (), earlier)
    assert (["northgate-foundry"], (("old-works", "northgate-foundry"),)) == (ids(found), found.redirects)


def test_an_id_whose_entity_has_gone_is_kept_and_leads_nowhere() -> None:
    earlier = [PublishedId(EntityId("gone"), "Gone", PERSON)]
    found = archive(articles([MILL], [MILL]), None, (), earlier)
    assert () == found.redirects
    assert ["gone", "tollan-mill"] == [one.id for one in lock(found, earlier)]


def test_names_with_one_slug_have_ids_of_their_own() -> None:
    found = archive(articles(*[[organisation("Tollan")], [place("Tollan")], [person("Tollan")]] * 2))
    assert 3 == len({one.casefold() for one in ids(found)})
    assert 2 == sum(one in ("tollan-organisation", "tollan-place", "tollan-person") for one in ids(found))


def test_an_id_is_no_reserved_name() -> None:
    assert "index" not in ids(archive(articles([organisation("Index")])))


def test_a_second_build_changes_nothing() -> None:
    texts = articles(*[[place("Washington"), MILL], [person("Washington")], [person("Ada Lund")], [person("Lund")]] * 2)
    first = archive(texts)
    second = archive(texts, None, (), lock(first, ()))
    assert first == second
    assert lock(first, ()) == lock(second, lock(first, ()))


# ---- what the archive says ---------------------------------------------------------------------------------------


def test_every_head_stays_and_the_newest_is_first() -> None:
    heads = [
        ArticleHead(ArticleId("old"), "Old", published="2019-01-01"),
        ArticleHead(ArticleId("undated"), "Undated"),
        ArticleHead(ArticleId("new"), "New", saved="2021-05-05T10:00:00"),
    ]
    found, _ = resolve(heads, [analysis("old", MILL)], Decisions(), (), ())
    assert ["new", "old", "undated"] == [head.id for head in found.heads]
    assert {"new": (), "old": ("tollan-mill",), "undated": ()} == found.resolved


def introduced(*dated: tuple[str, Descriptor], kind: EntityType = EntityType.PERSON) -> Entity:
    """The entity whom articles of these days describe so."""
    heads = [ArticleHead(ArticleId(f"a{day}{n}"), "A", published=day) for n, (day, _) in enumerate(dated)]
    analyses = [
        analysis(head.id, name(kind, "Ada Lund"), descriptors=[descriptor])
        for head, (_, descriptor) in zip(heads, dated, strict=True)
    ]
    return only(resolve(heads, analyses, Decisions(), (), ())[0])


def test_the_introduction_is_the_usual_one_of_the_newest_year() -> None:
    found = introduced(
        ("2020-01-01", Descriptor(1, 5, "the mayor of Tollan", 0)),
        ("2021-01-01", Descriptor(2, 5, "the former mayor of Tollan", 0)),
        ("2021-02-01", Descriptor(3, 5, "the harbour engineer", 0)),
        ("2021-03-01", Descriptor(4, 5, "the harbour engineer", 0)),
    ).introduction
    assert found is not None
    assert ("the harbour engineer", "a2021-02-012") == (found.text, found.article)


def test_words_that_are_not_sure_introduce_nobody() -> None:
    phrase = ("2019-01-01", Descriptor(1, 5, "the harbour engineer", 0))
    doubtful = ("2020-01-01", Descriptor(1, 5, "the keeper of the quay", 0, "gloss"))
    found = introduced(phrase, doubtful), introduced(doubtful)
    assert ["the harbour engineer", None] == [one.introduction and one.introduction.text for one in found]


@pytest.mark.parametrize(
    ("words", "kind", "shown"),
    [
        ("allegation the council refutes", ORGANISATION, False),
        ("claim denied by the council", PERSON, False),
        ("militia the council refutes", ORGANISATION, True),
        ("decision of the council", EntityType.EVENT, True),
        ("English tent brand", PRODUCT, False),
        ("English tent brand", ORGANISATION, True),
        ("English tent for the winter", PRODUCT, True),
    ],
)
def test_a_noun_for_what_the_clause_tells_or_for_the_maker_introduces_nothing_else(
    words: str, kind: EntityType, *, shown: bool
) -> None:
    assert shown is (introduced(("2020-01-01", Descriptor(1, 5, words, 0)), kind=kind).introduction is not None)


def test_the_sentences_of_a_name_are_of_different_articles_and_years_the_newest_first() -> None:
    said = [
        (day, Descriptor(1, 5, f"Ada Lund left the quay in {day}.", 0, "sentence"))
        for day in ("2019-01-01", "2021-01-01", "2021-02-01", "2021-03-01", "2020-01-01")
    ]
    found = introduced(*said, ("2018-01-01", Descriptor(1, 5, "the harbour engineer", 0)))
    assert ["2021", "2020", "2019"] == [one.text[-11:-7] for one in found.sentences]


def test_what_more_than_ten_articles_name_has_only_sentences_that_say_what_it_is() -> None:
    told = [
        (f"2020-01-{day:02}", Descriptor(1, 5, f"Ada Lund left the quay on day {day}.", 0, "sentence"))
        for day in range(1, 11)
    ]
    definitions = ("Ada Lund is a harbour engineer of the town.", "Ada Lund is the port of a country.")
    told += [("2019-01-01", Descriptor(1, 5, text, 0, "definition")) for text in definitions]
    assert ["Ada Lund is a harbour engineer of the town."] == [one.text for one in introduced(*told).sentences]
    assert 3 == len(introduced(*told[:5]).sentences)


def test_the_sentences_in_the_language_of_the_site_go_first() -> None:
    texts = {"de": "Ada Lund ist die Ingenieurin des Hafens.", "en": "Ada Lund left the quay."}
    heads = [
        ArticleHead(ArticleId(language), "A", published=f"20{20 - number}-01-01", language=language)
        for number, language in enumerate(texts)
    ]
    analyses = [
        analysis(language, person("Ada Lund"), descriptors=[Descriptor(1, 5, text, 0, "sentence")])
        for language, text in texts.items()
    ]
    found, _ = resolve(heads, analyses, Decisions(), (), ())
    assert [texts["en"], texts["de"]] == [one.text for one in only(found).sentences]


def test_the_odd_words_of_one_article_do_not_introduce_what_many_articles_name() -> None:
    odd = ("2020-01-01", Descriptor(1, 5, "favourite of bakers in spring", 0))
    town = ("2019-01-01", Descriptor(1, 5, "town on the coast", 0))
    seen = [(f"202{year}-02-01", Descriptor(1, 5, "Ada Lund was seen.", 0, "sentence")) for year in range(4)]
    assert introduced(odd, *seen, kind=PLACE).introduction is None
    assert introduced(odd, *seen[:2], kind=PLACE).introduction is not None
    assert "town on the coast" == getattr(introduced(odd, town, *seen, kind=PLACE).introduction, "text", "")


def test_words_that_other_articles_confirm_introduce_what_many_name() -> None:
    said = ("2020-01-01", Descriptor(1, 5, "largest lamp of the mole", 0))
    again = ("2021-01-01", Descriptor(1, 5, "lamp on the mole", 0))
    odd = ("pink wonder", "night thief")
    others = [("2022-02-01", Descriptor(1, 5, words, 0)) for words in odd]
    found = introduced(said, again, *others, kind=EntityType.WORK).introduction
    assert "lamp on the mole" == getattr(found, "text", "")
    copied = ("2020-03-01", again[1])
    assert introduced(copied, again, *others, kind=EntityType.WORK).introduction is None


def test_what_is_named_in_more_than_ten_articles_is_introduced_only_if_three_agree() -> None:
    seen = [(f"20{year}-02-01", Descriptor(1, 5, "Ada Lund was seen.", 0, "sentence")) for year in range(10, 20)]
    two = [("2021-01-01", Descriptor(1, 5, words, 0)) for words in ("the mayor of Tollan", "mayor of Tollan since May")]
    third = ("2022-01-01", Descriptor(1, 5, "the former mayor of Tollan", 0))
    assert introduced(*seen, *two).introduction is None
    assert "the former mayor of Tollan" == getattr(introduced(*seen, *two, third).introduction, "text", "")


def test_an_introduction_that_repeats_the_name_is_left_out() -> None:
    assert introduced(("2020-01-01", Descriptor(1, 5, "the Lund", 0))).introduction is None
    assert introduced(("2020-01-01", Descriptor(1, 5, "Lund of Tollan", 0))).introduction is not None


def test_an_introduction_that_tells_another_type_is_left_out() -> None:
    town = ("2020-01-01", Descriptor(1, 5, "riverside party town", 0))
    assert introduced(town).introduction is None
    assert introduced(town, kind=PLACE).introduction is not None


def test_appearances_count_every_mention_of_an_article() -> None:
    found = only(archive([analysis("a", name(PLACE, "US", "America", count=2), place("USA"))]))
    assert [("a", (0, 1), 5)] == [(one.article, one.names, one.mentions) for one in found.appearances]


def test_the_digest_follows_what_the_entity_says() -> None:
    one, same, other = (
        only(archive(articles([organisation(form)]))).digest for form in ("Tollan Mill", "Tollan Mill", "Tollan Mills")
    )
    assert one == same
    assert one != other


# ---- order -------------------------------------------------------------------------------------------------------

WORLD = [
    person("Ada Lund", "Lund"),
    person("Lund"),
    person("Nils Lund"),
    person("A. Lund"),
    person("Ada Mary Lund"),
    person("Tollan"),
    place("Tollan"),
    organisation("Tollan"),
    organisation("Coastal Safety Board", "CSB"),
    organisation("CSB"),
    organisation("Central Statistics Bureau", "CSB"),
    place("US"),
    place("America"),
    name(PRODUCT, "Lumen"),
    organisation("Lumen"),
]

DECISIONS = Decisions(
    ignore=("A. Lund",),
    rename=(("Lumen", "Lumen Light"),),
    merge=(("Coastal Safety Board", ("CSB",)),),
    not_the_same=(("Lund", "Nils Lund"), ("Ada Lund", "Ada Mary Lund")),
)


@given(
    st.lists(st.lists(st.sampled_from(WORLD), max_size=6), min_size=1, max_size=8),
    st.booleans(),
    st.randoms(use_true_random=False),
)
@settings(max_examples=examples(60))
def test_the_order_of_what_comes_in_does_not_matter(texts: list[list[Name]], decided: bool, random: object) -> None:
    decisions = DECISIONS if decided else Decisions()
    analyses = articles(*texts)
    published = ids_of_all(archive(analyses[: len(analyses) // 2]))
    notes = [note("tollan", "Tollan", PLACE), note("ada-lund", "Ada Lund")]
    expected = build(analyses, decisions, notes, published)
    for values in (analyses, notes, published):
        random.shuffle(values)  # type: ignore[attr-defined]
    assert expected == build(analyses, decisions, notes, published)


@given(st.lists(st.lists(st.sampled_from(WORLD), max_size=6), min_size=1, max_size=8))
@settings(max_examples=examples(60))
def test_every_name_is_in_the_entity_it_resolves_to(texts: list[list[Name]]) -> None:
    analyses = articles(*texts)
    found = archive(analyses)
    assert len(found.entities) == len({entity.id.casefold() for entity in found.entities})
    for one in analyses:
        expected = {
            index: entity.id
            for entity in found.entities
            for appearance in entity.appearances
            if appearance.article == one.article
            for index in appearance.names
        }
        assert [expected[index] for index in range(len(one.names))] == list(found.resolved[one.article])


def test_the_order_of_decisions_does_not_matter() -> None:
    texts = articles([organisation("Old Works")], [organisation("New Works")], [organisation("Yard")])
    merges = (("Old Works", ("Yard",)), ("New Works", ("Yard",)))
    results = {repr(build(texts, Decisions(merge=tuple(one)))) for one in permutations(merges)}
    assert 1 == len(results)


def test_a_second_note_on_one_entity_is_reported_and_the_first_is_kept() -> None:
    first, second = note("ada-venn", "Ada Venn"), note("venn", "Ada Venn")

    found, problems = build(articles([person("Ada Venn")]), notes=[second, first])

    assert first == only(found).note
    assert ["The note “Ada Venn” is of the same entity as ada-venn.md; put them into one."] == [
        problem.message for problem in problems
    ]


def test_an_address_outlives_a_correction_of_the_type() -> None:
    published = [PublishedId(EntityId("northgate"), "Northgate", PERSON)]
    decided = Decisions(types=(("Northgate", ORGANISATION),))

    found = archive(articles([person("Northgate")]), decided, published=published)

    assert ["northgate"] == ids(found)


def test_an_address_leads_on_when_its_name_is_merged_into_another_kind_of_entity() -> None:
    published = [
        PublishedId(EntityId("aber"), "Aber", ORGANISATION),
        PublishedId(EntityId("jon-aber"), "Jon Aber", PERSON),
    ]
    decided = Decisions(merge=(("Jon Aber", ("Aber",)),))

    found = archive(articles([person("Jon Aber")], [organisation("Aber")]), decided, published=published)

    assert ["jon-aber"] == ids(found)
    assert (("aber", "jon-aber"),) == found.redirects
