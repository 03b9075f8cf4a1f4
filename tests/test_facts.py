"""The words by which texts tell who or what the bearers of names are, without a parse."""

from __future__ import annotations

import re

import pytest

from glossator.config import AnnotateSettings
from glossator.markup import read
from glossator.model import Analysis, ArticleHead, ArticleId, Descriptor, Digest, EntityType, Name
from glossator.stages.annotate.coreference import link
from glossator.stages.annotate.descriptors import find_facts
from glossator.stages.annotate.descriptors.full_forms import find_full_forms
from glossator.stages.annotate.descriptors.key_sentences import find_definitions, find_sentences
from glossator.stages.annotate.descriptors.names_around import named_tokens, tells_of_another
from glossator.stages.annotate.descriptors.phrases_around_names import candidates
from glossator.stages.annotate.descriptors.regions import find_regions
from glossator.stages.annotate.descriptors.tokenised import tokenise
from glossator.stages.annotate.descriptors.told_types import INTRODUCING
from glossator.stages.annotate.mentions.spans import Span, without_overlap
from glossator.stages.annotate.models.classify import packaged_vectors
from glossator.stages.annotate.sentence_bounds import sentences
from glossator.stages.resolve import article_names

NAMES = {
    "Marta Lindqvist": EntityType.PERSON,
    "Jonas Aber": EntityType.PERSON,
    "Tidebook": EntityType.PRODUCT,
    "The Silt Ledger": EntityType.WORK,
    "Ravnsborg": EntityType.PLACE,
    "RAVNSBORG": EntityType.PLACE,
}


def described(markdown: str) -> list[tuple[str, str]]:
    """Name and words of each descriptor of a text."""
    text = read(markdown)
    named = link(text, spans(text.content), AnnotateSettings())
    found = find_facts(text, named, sentences(text), "en")
    return [(named[0][one.name].form, one.text) for one in found if one.kind in INTRODUCING]


def spans(content: str) -> list[Span]:
    return without_overlap(
        Span(start, start + len(name), kind)
        for name, kind in NAMES.items()
        for start in range(len(content))
        if content.startswith(name, start)
    )


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Tidebook is a free app for sailors.", ("Tidebook", "free app for sailors")),
        ("We write with Tidebook, a note-taking app.", ("Tidebook", "note-taking app")),
        ("Tidebook is an award-winning app for sailors.", ("Tidebook", "app for sailors")),
        ("Tidebook is a free app for sailors trusted by many brands.", ("Tidebook", "free app for sailors")),
        ("They rely on a technology called Tidebook.", ("Tidebook", "technology")),
        ("## Tidebook\n\nIt is an app for sailors.", ("Tidebook", "app for sailors")),
        ("They sail with the chart app Tidebook.", ("Tidebook", "chart app")),
        ("The town physician Dr. Jonas Aber left.", ("Jonas Aber", "town physician")),
        ("Skerry Prime Minister Marta Lindqvist left.", ("Marta Lindqvist", "Skerry Prime Minister")),
        ("It asks if Tollan founder and former CEO Jonas Aber left.", ("Jonas Aber", "Tollan founder and former CEO")),
        ("US President Marta Lindqvist left.", ("Marta Lindqvist", "US President")),
        ("Marta Lindqvist, 51, CEO of Tollan Mill, left.", ("Marta Lindqvist", "CEO of Tollan Mill")),
    ],
)
def test_the_form_of_a_text_tells_what_a_name_is(markdown: str, expected: tuple[str, str]) -> None:
    assert expected in described(markdown)


@pytest.mark.parametrize("leading", ["also known as the Silt", "now called Silt", "such as Velm", "including Velm"])
def test_no_descriptor_ends_with_words_that_lead_on(leading: str) -> None:
    found = patterns(f"Ravnsborg is one of the oldest ports and harbours, {leading}, in the country.", "Ravnsborg")
    assert "one of the oldest ports and harbours" in found
    assert not any(words.endswith(("known", "called", "such", "including")) for words in found)


@pytest.mark.parametrize(
    "markdown",
    [
        "We walked with Marta Lindqvist, a dog behind us.",
        "- Tidebook: 5",
        "Why use Tidebook?",
        "RAVNSBORG — The council met on Monday.",
    ],
)
def test_what_tells_nothing_or_another_type_is_no_descriptor(markdown: str) -> None:
    assert [] == described(markdown)


@pytest.mark.parametrize(
    ("text", "name", "kept", "left"),
    [
        ("She films Captain Oskar Aber at night.", "Oskar Aber", "", "films Captain"),
        ("Nobody moved, said Captain Oskar Aber at last.", "Oskar Aber", "Captain", "said Captain"),
        ("In those weeks the port Ravnsborg slept.", "Ravnsborg", "port", "weeks the port"),
        ("A port authority, known as Ravnsborg to all.", "Ravnsborg", "", "port authority, known"),
        (
            "It was the chair of the council Ada Brandt.",
            "Ada Brandt",
            "chair of the council",
            "was the chair of the council",
        ),
    ],
)
def test_words_before_a_name_are_one_noun_phrase(text: str, name: str, kept: str, left: str) -> None:
    start = text.index(name)
    tokens = tokenise(text, [(0, len(text))], packaged_vectors())
    found = candidates(tokens, [(start, start + len(name))])
    before = {text[slice(*tokens.bounds(one.start, one.end))] for one in found if one.pattern == "before"}
    assert left not in before
    assert not kept or kept in before


@pytest.mark.parametrize(
    ("text", "name", "whole", "cut"),
    [
        (
            "Ada Brandt, an adviser to the Skerry Sen. Jonas Aber, left.",
            "Ada Brandt",
            "adviser to the Skerry Sen. Jonas Aber",
            "adviser to the Skerry Sen",
        ),
        (
            "Ada Brandt is the head of buoys, bells and lamps.",
            "Ada Brandt",
            "head of buoys, bells and lamps",
            "head of buoys, bells",
        ),
        ("The Tide Guild President Ada Brandt left.", "Ada Brandt", "Tide Guild President", "President"),
        (
            "Ada Brandt, head of the Council on Tides, Lamps and Bells, left.",
            "Ada Brandt",
            "head of the Council on Tides, Lamps and Bells",
            "head of the Council on Tides",
        ),
        (
            "Ada Brandt is an author and professor of English and Tidal History at Velm.",
            "Ada Brandt",
            "author and professor of English and Tidal History at Velm",
            "author and professor of English",
        ),
        (
            "Ada Brandt, vice president of Brandt Lamps & Bells, left.",
            "Ada Brandt",
            "vice president of Brandt Lamps & Bells",
            "vice president of Brandt Lamps",
        ),
        ("Ada Brandt is a baker, piper and fisher.", "Ada Brandt", "baker, piper and fisher", "baker, piper"),
        ("By a custom table service Tidebook.", "Tidebook", "custom table service", "table service"),
        ("Tidebook is a group of able, calm pilots.", "Tidebook", "group of able, calm pilots", "group of able"),
    ],
)
def test_the_words_beside_a_name_are_whole(text: str, name: str, whole: str, cut: str) -> None:
    found = patterns(text, name)
    assert whole in found
    assert cut not in found


def test_a_phrase_ends_before_a_clause_that_a_conjunction_joins() -> None:
    assert "baker" in patterns("Ada Brandt is a baker and wrote two books.", "Ada Brandt")


def patterns(text: str, name: str) -> dict[str, str]:
    """Pattern of each candidate around a name, by its words."""
    start = text.index(name)
    tokens = tokenise(text, [(0, len(text))], packaged_vectors())
    found = candidates(tokens, [(start, start + len(name))])
    return {text[slice(*tokens.bounds(one.start, one.end))]: one.pattern for one in found}


def test_what_is_said_of_a_shop_in_a_town_is_not_said_of_the_town() -> None:
    assert "after copula" not in patterns("The chandlery in Ravnsborg is a meeting place.", "Ravnsborg").values()
    assert "after copula" in patterns("Today Ravnsborg is a meeting place.", "Ravnsborg").values()


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("Tidebook offers tide tables for free.", "Tidebook", "a finite clause"),
        ("Tidebook, which sailors love, is gone.", "Tidebook", "a relative clause"),
        ("Tidebook: follow us for more tables of the tides.", "Tidebook", "a call"),
        ("Tidebook - $4.99 per month for each sailor.", "Tidebook", "a price"),
        ("Courtesy photo Marta Lindqvist", "Marta Lindqvist", "a credit"),
        ("The movie starring Marta Lindqvist ended.", "Marta Lindqvist", "words cut before their noun"),
        ("The inn, named for Captain Marta Lindqvist, burnt.", "inn", "a participle before a preposition"),
        ("Skerry Gov. Marta Lindqvist left.", "Marta Lindqvist", "a title cut short"),
        ("Ravnsborg, in the northern part of the land, slept.", "Ravnsborg", "a preposition first"),
        ("We met the international Marta Lindqvist there.", "Marta Lindqvist", "an adjective"),
        ("The NATO Ravnsborg slept.", "Ravnsborg", "another name"),
        ("They saw Ravnsborg’s Tidebook fall.", "Tidebook", "a possessive"),
        ("Ada Brandt, Orla Venn and Katla Ros sang.", "Ada Brandt", "the next of a list"),
        ("Of the Velmers, the young baker shows all the hope of Velm.", "Velmers", "a clause with an object"),
        ("They named runner and Gear Editor Ada Brandt.", "Ada Brandt", "half of what she is"),
        ("Tidebook, meaning it tells the tides, is free.", "Tidebook", "a clause with a subject"),
        ("They wed Jon Aber, a young economist, and Ada Brandt.", "Ada Brandt", "words of the one before in a list"),
        ("We used the harbour chart tool, Tidebook, or paper.", "Tidebook", "a member of a list"),
        ("Exams like Tidebook, pilot certification and the mate test help.", "Tidebook", "the next of some examples"),
        ("Some bought an alarm app for Tidebook today.", "Tidebook", "a preposition between"),
        ("Our guest: harbour pilot: Ada Brandt.", "Ada Brandt", "a colon between"),
        ("With reporting by the Tide Guild writer Sheila Brandt.", "Brandt", "a part of the name"),
        ("Help came from a prominent Tidebook today.", "Tidebook", "an adjective of any form"),
        ("The Tide Party for the People leader Ada Brandt sang.", "Ada Brandt", "cut within a name"),
    ],
)
def test_what_is_no_noun_phrase_introduces_nobody(text: str, name: str, left: str) -> None:
    assert {} == patterns(text, name), left


def test_words_before_a_name_reach_over_no_preposition() -> None:
    assert {"King": "before"} == patterns("He ruled the land until King Oskar Aber came.", "Oskar Aber")


def test_a_descriptor_ends_before_a_verb_of_the_same_subject() -> None:
    found = patterns("Jonas Aber, a young officer, obtained a seedling of the king.", "Jonas Aber")
    assert {"young officer": "after comma"} == found


def kept(text: str, names: dict[str, EntityType]) -> set[str]:
    """Words that may tell who the first of the names is, beside the others."""
    tokens = tokenise(text, [(0, len(text))], packaged_vectors())
    places = [(text.index(name), text.index(name) + len(name)) for name in names]
    named = named_tokens(tokens, [(*place, index) for index, place in enumerate(places)], list(names.values()))
    found = candidates(tokens, places[:1])
    return {
        text[slice(*tokens.bounds(one.start, one.end))] for one in found if not tells_of_another(tokens, one, 0, named)
    }


def test_another_name_may_stand_in_words_only_whole_and_only_as_what_they_say_more_of() -> None:
    firms = {"Chartmate": EntityType.ORGANISATION, "Tidebook": EntityType.ORGANISATION}
    assert "Tidebook subsidiary" in kept("Chartmate, a Tidebook subsidiary, left.", firms)
    assert "Tidebook and others" not in kept("Chartmate, Tidebook and others, left.", firms)
    assert "Tidebook, the new" not in kept("Beside the Tidebook, the new Chartmate looks small.", firms)
    film = {"Velm": EntityType.WORK, "Ada Brandt": EntityType.PERSON}
    assert set() == kept("They saw the Ada Brandt film Velm.", film)


def test_what_explains_another_name_introduces_nobody() -> None:
    papers = dict.fromkeys(("Tidebook", "Silt Weekly", "Tide Magazine"), EntityType.WORK)
    makers = {"Tidebook": EntityType.WORK, "Orla Venn": EntityType.ORGANISATION}
    assert "chart firm" not in kept("Made by Orla Venn, a leading chart firm, the Tidebook sold.", makers)
    assert set() == kept("It has Tidebook, Harbour Minister 2020, and Bells.", {"Tidebook": EntityType.PRODUCT})
    assert set() == kept("The papers were Silt Weekly, Tidebook, Tide Magazine and Bells.", papers)
    assert "Harbour Manager" in kept("Ada Brandt, Harbour Manager, left.", {"Ada Brandt": EntityType.PERSON})


def test_the_sentence_below_a_heading_tells_of_it_only_if_its_subject_does() -> None:
    below = "## Marta Lindqvist\n\n{} was a landmark show of the winter."
    assert not [words for _, words in described(below.format("This"))]
    assert ("Tidebook", "app for sailors") in described("## Tidebook\n\nThe new Tidebook is an app for sailors.")
    assert ("Tidebook", "app for sailors") not in described("## The Tidebook\n\nThe Bell Box is an app for sailors.")
    assert [] == described("## The Silt Ledger\n\nThe Bell Box is an app for sailors.")


def test_a_subject_may_follow_a_conjunction() -> None:
    assert "after copula" in patterns("As Ravnsborg is a fishing town, nobody left.", "Ravnsborg").values()


def test_those_who_are_named_beside_somebody_do_not_introduce_the_person() -> None:
    found = described("Marta Lindqvist, Jonas Aber and many others left the town in winter.")
    assert not any("Jonas Aber" in words for _, words in found)


def test_a_verb_after_a_comma_is_said_of_somebody_before_the_name() -> None:
    text = "Marta Lindqvist, an engineer at Ravnsborg, has kept the locks for sixteen years."
    start = text.index("Ravnsborg")
    tokens = tokenise(text, [(0, len(text))], packaged_vectors())
    found = candidates(tokens, [(start, start + len("Ravnsborg"))])
    assert {"before"} >= {one.pattern for one in found}


def test_a_descriptor_of_twelve_words_goes_on_to_the_end_of_its_clause_if_that_is_near() -> None:
    near = "free app for the tables of the tides in every harbour of the whole western coast of the land"
    assert [near] == [words for _, words in described(f"Tidebook is a {near}, and maps.")]


def test_the_region_of_a_place_stands_behind_it_or_is_one_that_the_text_names() -> None:
    text = read(
        "We left Nogales, Ariz., for Delta, and met in Berlin, Singapore and Toronto. Canada is far, said Singapore."
    )
    towns = ("Nogales", "Delta", "Berlin", "Singapore", "Toronto", "Canada")
    places = [
        Span(found.start(), found.end(), EntityType.PLACE) for found in re.finditer("|".join(towns), text.content)
    ]
    names, mentions = link(text, places, AnnotateSettings())
    found = {(names[one.name].form, one.text, one.kind) for one in find_regions(text, (names, mentions))}
    assert {("Nogales", "Ariz.", "region"), ("Delta", "Canada", "setting"), ("Toronto", "Canada", "setting")} == found


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("A mill burned in Otterby, Washington, on Friday.", {"Washington"}),
        ("They met in Paris, Washington and London.", set()),
        ("The ferries of Seattle are the largest in Washington.", {"Washington"}),
        ("The club of Seattle played at Washington, D.C., on Friday.", set()),
        ("Mills closed in Georgia and Arizona.", {"Georgia"}),
        ("Georgia and Armenia met in Texas, said Turkey.", set()),
        ("The mills of Batumi, Georgia, are old.", set()),
        ("It is a law of the state of Georgia.", {"Georgia"}),
        ("The state of Georgia is weak, they say in Batumi and Tbilisi.", set()),
    ],
)
def test_a_state_called_like_another_place_is_meant_where_the_article_shows_it(
    content: str, expected: set[str]
) -> None:
    text = read(content)
    towns = re.finditer(
        "Otterby|Washington|Tbilisi|Paris|London|Seattle|Georgia|Arizona|Armenia|Texas|Turkey|Batumi", text.content
    )
    places = [Span(town.start(), town.end(), EntityType.PLACE) for town in towns]
    names, mentions = link(text, places, AnnotateSettings())
    found = {region.text for region in find_regions(text, (names, mentions)) if region.kind == "region"}
    assert expected == found & {"Washington", "Georgia"}


def test_other_cities_tell_in_which_country_a_place_is() -> None:
    text = read("The riots reached Birmingham, Liverpool and Leeds.")
    towns = re.finditer("Birmingham|Liverpool|Leeds", text.content)
    places = [Span(town.start(), town.end(), EntityType.PLACE) for town in towns]
    names, mentions = link(text, places, AnnotateSettings())
    found = {(names[region.name].form, region.text, region.kind) for region in find_regions(text, (names, mentions))}
    assert {("Birmingham", "Liverpool", "setting")} <= found


def test_a_quarter_that_a_hyphen_joins_to_its_city_is_no_city_of_its_own() -> None:
    for written, told in (("Lichterfelde", {"Germany"}), ("Berlin-Lichterfelde", set())):
        text = read(f"They met in {written}. Lichterfelde is old. It is a part of Germany.")
        towns = re.finditer("Lichterfelde|Germany", text.content)
        places = [Span(town.start(), town.end(), EntityType.PLACE) for town in towns]
        names, mentions = link(text, places, AnnotateSettings())
        assert told == {region.text for region in find_regions(text, (names, mentions))}


def test_the_publication_tells_in_which_country_a_place_is_if_its_text_does_not() -> None:
    name = Name("Birmingham", EntityType.PLACE, (("Birmingham", 1),))
    analysis = Analysis(ArticleId("a"), (name,), (), (), (), (), Digest(""))
    for source, told in (("https://courier.example.co.uk/a", ["United Kingdom"]), ("https://courier.example/a", [])):
        names = article_names(ArticleHead(ArticleId("a"), "A", source=source), analysis)
        assert told == [descriptor.text for descriptor in names.descriptors]


def quoted(markdown: str) -> list[str]:
    """The sentences that tell most of the names of a text."""
    text = read(markdown)
    named = link(text, spans(text.content), AnnotateSettings())
    return [one.text for one in find_sentences(text, named, sentences(text))]


def test_a_sentence_that_says_what_a_name_is_goes_before_one_that_tells_something() -> None:
    told = "Tidebook won the prize of the whole town that year."
    copula = "Tidebook is a table of tides and moons for sailors."
    assert [copula] == quoted(f"{told}\n\n{copula}")
    vague = "Tidebook, a booklet that all know, holds the tides of a year for the pilots."
    text = read(f"{told}\n\n{copula}\n\n{vague}")
    named = link(text, spans(text.content), AnnotateSettings())
    start = text.content.index("booklet")
    gloss = Descriptor(start, start + len("booklet"), "booklet", 0, "gloss")
    (found,) = find_sentences(text, named, sentences(text), [(True, gloss)])
    assert (vague, "definition") == (found.text, found.kind), "vague words tell enough in their sentence"
    (found,) = find_sentences(text, named, sentences(text), [(False, gloss)])
    assert copula == found.text, "if they are less likely, the verb tells more"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tidebook (TB) is a small company that prints tables for sailors.", ["small company"]),
        ("Tidebook is one of the firms of the old harbour.", ["one of the firms of the old harbour"]),
        ("Tidebook is now a publisher of tables, and sells them.", ["publisher of tables"]),
        ("Tidebook is a company and was founded by two pilots.", []),
        ("Tidebook is a free app developed by Orla.", ["free app developed by Orla"]),
        ("Tidebook is a small company in St. Orla.", []),
        ("Tidebook is a $10 million company from the old harbour.", []),
        ("Tidebook is a large company of the U.S. coast guard.", ["large company of the U.S. coast guard"]),
        ("Tidebook is a good choice for sailors without a company.", []),
        ("Tidebook is the company with the oldest tables of all.", []),
        ("Tidebook was a small surprise for all of the pilots.", []),
    ],
)
def test_words_behind_is_a_say_what_a_name_is_wherever_they_stand(sentence: str, expected: list[str]) -> None:
    text = read(f"We sold Tidebook. We read Tidebook. We kept Tidebook. We miss Tidebook.\n\n{sentence}")
    named = link(text, spans(text.content), AnnotateSettings())
    told = find_definitions(text.content, named[1], find_sentences(text, named, sentences(text)))
    assert expected == [descriptor.text for descriptor in told if descriptor.text in sentence]


def test_a_sentence_is_quoted_if_the_name_is_its_subject() -> None:
    about = "Tidebook was for years the pride of the whole town."
    dated = "In the spring of that year, Tidebook won the prize of the town."
    assert [about] == quoted(f"Few of us had heard of Tidebook before the flood.\n\n{about}")
    assert [dated] == quoted(dated)


@pytest.mark.parametrize(
    "sentence",
    [
        "Former Prime Minister Marta Lindqvist opened the lock in the morning.",
        "And then Marta Lindqvist, after a night at the lock, opened the town hall.",
        "The harbour’s Tidebook helped the pilots through the winter.",
        "Tidebook: A company for those who sail at night.",
        "Tidebook, also known as the Heron, is the company of the pilots.",
    ],
)
def test_a_subject_may_have_words_before_it_and_a_name_may_be_a_label(sentence: str) -> None:
    assert [sentence] == quoted(f"We sold Tidebook. We met Marta Lindqvist.\n\n{sentence}")


def test_a_name_within_a_compound_has_no_sentence() -> None:
    assert [] == quoted("Tidebook-backed pilots won the prize of the whole town.")
    assert [] == quoted("Pro-Tidebook pilots won the prize of the whole town.")


def test_the_sentence_below_a_heading_that_is_a_name_tells_of_it() -> None:
    below = "It is a table of tides that the keepers print."
    assert [below] == quoted(f"## 3. Tidebook\n\n{below} It sells.")
    assert [] == quoted("## Tidebook\n\nWe print it every spring at the lock.")
    assert [] == quoted("## Tidebook\n\nThe keepers of the lock print it every spring.")
    assert [] == quoted(f"## Tidebook and the moon\n\n{below}")


def test_the_full_form_of_an_abbreviation_says_what_it_is() -> None:
    text = read(
        "The oldest table of tides (TOT), the register of ships (BOOK) and the tides (TID) were read. "
        "They asked the Harbour and Mole Office (AMO)."
    )
    acronyms = [Span(one.start(), one.end(), EntityType.PRODUCT) for one in re.finditer("[A-Z]{3,}", text.content)]
    named = link(text, acronyms, AnnotateSettings())
    assert [("TOT", "table of tides")] == [(named[0][one.name].form, one.text) for one in find_full_forms(text, named)]


def test_a_post_without_its_country_or_firm_is_no_line() -> None:
    whole = "Skerry Prime Minister Marta Lindqvist left."
    bare = "The harbour was closed by Prime Minister Marta Lindqvist on Monday."
    field = "The harbour was closed by Interior Minister Marta Lindqvist on Monday."
    found = {}
    for markdown in (whole, bare, field):
        text = read(markdown)
        named = link(text, spans(text.content), AnnotateSettings())
        facts = find_facts(text, named, sentences(text), "en")
        found[markdown] = {one.kind: one.text for one in facts}
    assert "Skerry Prime Minister" == found[whole]["phrase"]
    for post in (bare, field):
        assert "phrase" not in found[post]
        assert "definition" not in found[post], "its subject is the harbour"


@pytest.mark.parametrize(
    "sentence",
    [
        "Few of us had heard of Tidebook before the flood came.",
        "Respected by firms like Tidebook and the lock, Orla Movers is a company for your next move.",
        "It is hard to remember that Tidebook was once a company of two people.",
        "Tidebook is in the hands of the town, and it was closed on Monday.",
        "Tidebook is a company that says “we never sleep” on every page.",
        "Tidebook is a company that you will like, and we know it.",
        "SKERRY HARBOUR and Tidebook closed the lock for the night.",
        "Tools for Tidebook helped the pilots through the winter.",
        "Tidebook tables on the wall of the old harbour office.",
        "Was Tidebook for years the pride of the whole town?",
        "Tidebook was for years the pride of the whole town, and",
    ],
)
def test_a_sentence_that_merely_holds_the_name_is_not_quoted(sentence: str) -> None:
    assert [] == quoted(sentence)
