"""Names that the model cuts, overlooks or takes apart, and what keeps namesakes apart: invented texts."""

from __future__ import annotations

import re

import msgspec
import pytest

from glossator.config import AnnotateSettings
from glossator.model import (
    Analysis,
    Archive,
    ArticleHead,
    ArticleId,
    Block,
    Decisions,
    Descriptor,
    DescriptorKind,
    Digest,
    EntityType,
    Name,
    Quote,
    Text,
)
from glossator.stages.annotate import annotate, plain_text, rematch
from glossator.stages.annotate.coreference import link
from glossator.stages.annotate.mentions.english_forms import results
from glossator.stages.annotate.mentions.overlooked_runs import overlooked_runs
from glossator.stages.annotate.mentions.propagate import propagate
from glossator.stages.annotate.mentions.small_names import small_names
from glossator.stages.annotate.mentions.spans import Span
from glossator.stages.annotate.quotes import quotes
from glossator.stages.annotate.sentence_bounds import sentences
from tests.whole_archive import names_from_others, resolve

DEFAULTS = AnnotateSettings()
PERSON, ORGANISATION, PLACE, PRODUCT = (
    EntityType.PERSON,
    EntityType.ORGANISATION,
    EntityType.PLACE,
    EntityType.PRODUCT,
)


def spans_of(content: str, *names: tuple[str, EntityType]) -> list[Span]:
    """The first occurrence of each name."""
    return [Span(content.index(name), content.index(name) + len(name), kind) for name, kind in names]


def linked(content: str, *names: tuple[str, EntityType]) -> list[list[str]]:
    """The forms of each name; the spans given stand for the model's."""
    text = plain_text(content)
    found, _ = link(text, propagate(text, spans_of(content, *names)), DEFAULTS)
    return [[form for form, _ in name.forms] for name in found]


def test_a_person_is_not_called_by_a_name_that_more_words_follow_once() -> None:
    content = "Mara Lund wrote. Mara Lund of the harbour spoke. A photograph of the Mara Lund Archives."
    spans = [Span(at, at + 9, PERSON) for at in (0, 17)] + spans_of(content, ("Mara Lund Archives", PERSON))
    assert ["Mara Lund"] == [one.form for one in link(plain_text(content), spans, DEFAULTS)[0]]


# ---- found ---------------------------------------------------------------------------------------------------------


def test_lines_of_a_table_of_results_begin_with_a_club_and_racers_have_their_country_behind_them() -> None:
    row, racers = "3. Otterby Town 4 2 1 1 6 4 7", "1. Olaf Ludbeck (Germany) 4 hours"
    assert [Span(3, 15, ORGANISATION)] == list(results(row, 0, len(row)))
    assert [Span(3, 15, PERSON)] == list(results(racers, 0, len(racers)))


# ---- joined --------------------------------------------------------------------------------------------------------


def test_a_slip_of_a_letter_is_the_one_person_who_is_nearly_called_so() -> None:
    assert [["Olaf Gonschin", "Gonshin"]] == linked(
        "Olaf Gonschin ran. Gonshin won.", ("Olaf Gonschin", PERSON), ("Gonshin", PERSON)
    )


def test_a_company_is_not_the_place_it_is_called_after() -> None:
    found = linked(
        "New Ostrow lies far. The New Ostrow Company sailed.",
        ("New Ostrow", PLACE),
        ("New Ostrow Company", ORGANISATION),
    )
    assert [["New Ostrow"], ["New Ostrow Company"]] == found


def test_a_family_is_not_the_one_who_has_its_name() -> None:
    found = linked("Olaf Gonschin ran. The Gonschins won.", ("Olaf Gonschin", PERSON), ("Gonschins", PERSON))
    assert [["Olaf Gonschin"], ["Gonschins"]] == found


def test_initials_in_brackets_may_be_those_of_another_language() -> None:
    content = "The Lund Harbour Office (BVK) met."
    assert [["Lund Harbour Office", "BVK"]] == linked(
        content, ("Lund Harbour Office", ORGANISATION), ("BVK", ORGANISATION)
    )


def test_a_word_that_was_taken_for_a_person_is_the_one_firm_that_has_it_in_its_name() -> None:
    found = linked("Orvel rose. Orvelin Systems fell.", ("Orvel", PERSON), ("Orvelin Systems", ORGANISATION))
    assert [["Orvel"], ["Orvelin Systems"]] == found
    found = linked("Orvel rose. So did Orvel Systems.", ("Orvel", PERSON), ("Orvel Systems", ORGANISATION))
    assert [["Orvel", "Orvel Systems"]] == found


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("UN", "UN Water"),
        ("Council of Otterby", "Assembly of the Council of Otterby"),
        ("Red Dawn", "Red Dawn in Kenya"),
        ("Otterby", "Otterby Music"),
        ("HTV", "HTV Africa"),
    ],
)
def test_a_body_is_not_what_has_its_name_in_its_own(short: str, long: str) -> None:
    found = linked(f"The {short} spoke. Then {long} spoke.", (short, ORGANISATION), (long, ORGANISATION))
    assert [[short], [long]] == found


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Microsoft", "Microsoft Office"),
        ("Reuters", "Thomson Reuters Trust"),
        ("Google", "Google Security Summit"),
    ],
)
def test_a_body_that_everybody_knows_is_not_what_is_called_after_it(short: str, long: str) -> None:
    content = f"Then {long} came. There {short} spoke."
    spans = [
        *spans_of(content, (long, ORGANISATION)),
        Span(content.rindex(short), content.rindex(" spoke"), ORGANISATION),
    ]
    names, _ = link(plain_text(content), spans, DEFAULTS)
    assert [long, short] == [name.form for name in names]


def test_a_university_that_everybody_knows_has_a_short_name() -> None:
    content = "Stanford University is old. Stanford is rich."
    assert [["Stanford University", "Stanford"]] == linked(
        content, ("Stanford University", ORGANISATION), ("Stanford", ORGANISATION)
    )


@pytest.mark.parametrize(
    ("content", "long", "short"),
    [
        ("Orvel Velm came out. Velm is quick.", "Orvel Velm", "Velm"),
        ("The Velm Space Telescope rose. Velm sees far.", "Velm Space Telescope", "Velm"),
        ("Velm is old. Velm 3.12 is new.", "Velm 3.12", "Velm"),
        ("Velm is old. Velm.js is new.", "Velm.js", "Velm"),
    ],
)
def test_a_product_has_a_short_name_once_it_was_introduced(content: str, long: str, short: str) -> None:
    assert 1 == len(linked(content, (long, PRODUCT), (short, PRODUCT)))


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Velm", "Velm Copilot"),
        ("Velm", "Velm 10"),
        ("Velm", "Velm 365 Business Central"),
        ("Velm", "Orvel Velm"),
        ("Velm", "Orvel and Velm"),
        ("Orvel", "Orvel or Velm"),
        ("Velm", "Orvel's Velm"),
    ],
)
def test_a_product_is_not_what_was_named_after_it_or_with_it(short: str, long: str) -> None:
    content = f"{short} is old. {long} came then."
    assert [[short], [long]] == linked(content, (short, PRODUCT), (long, PRODUCT))


def test_a_body_is_not_one_of_its_schools() -> None:
    school = "Otterby Graduate School of Trade"
    found = linked(f"Otterby grew. The {school} grew.", ("Otterby", ORGANISATION), (school, ORGANISATION))
    assert [["Otterby"], [school]] == found


def test_an_everyday_acronym_is_no_initials_of_another_kind_of_thing() -> None:
    content = "The Terminal Bank paid. It costs 300 in TB."
    found = linked(content, ("Terminal Bank", ORGANISATION), ("TB", PRODUCT))
    assert [["Terminal Bank"], ["TB"]] == found


def test_a_state_is_no_initials_of_a_place_that_nobody_knows() -> None:
    content = "The Museo Alvar opened. They came from MA by car."
    assert [["Museo Alvar"], ["MA"]] == linked(content, ("Museo Alvar", PLACE), ("MA", PLACE))
    content = "Los Angeles is large. LA is far."
    assert [["Los Angeles", "LA"]] == linked(content, ("Los Angeles", PLACE), ("LA", PLACE))


def test_a_party_is_itself_without_its_country() -> None:
    names = (("Democratic Harbour Party of Kenya", ORGANISATION), ("Harbour Party", ORGANISATION))
    content = "Harbour Party members spoke. Then the Democratic Harbour Party of Kenya spoke."
    assert [["Harbour Party", "Democratic Harbour Party of Kenya"]] == linked(content, *names)


def test_a_town_in_a_report_on_sport_is_its_club_and_a_country_is_itself() -> None:
    content = "Otterby beat Velm 3-1. Kenya beat Otterby 2-0. Lund lost 1-4 in Velm, the capital."
    names = [(name, PLACE) for name in ("Otterby", "Velm", "Kenya")]
    text = plain_text(content)
    found, _ = link(text, propagate(text, spans_of(content, *names)), DEFAULTS)
    assert [("Otterby", ORGANISATION), ("Velm", ORGANISATION), ("Kenya", PLACE)] == [(n.form, n.type) for n in found]


# ---- quoted --------------------------------------------------------------------------------------------------------


def speakers(content: str, *names: tuple[str, EntityType]) -> list[tuple[str | None, str]]:
    text = plain_text(content)
    found, mentions = link(text, propagate(text, spans_of(content, *names)), DEFAULTS)
    said: tuple[Quote, ...] = quotes(text, (found, mentions), sentences(text))
    return [(None if one.name is None else found[one.name].form, one.text) for one in said]


@pytest.mark.parametrize(
    ("content", "names", "expected"),
    [
        (
            "Ana Brandt spoke. She went on to accuse them of “acting in bad faith for years” in May.",
            [("Ana Brandt", PERSON)],
            [("Ana Brandt", "acting in bad faith for years")],
        ),
        (
            "Brook Ltd rejected it.\n\n“We have done nothing of the kind,” the company said.",
            [("Brook Ltd", ORGANISATION)],
            [("Brook Ltd", "We have done nothing of the kind")],
        ),
        (
            "Ana Brandt, a fellow of the Harbour Board, said it was “not at all what we asked for” then.",
            [("Ana Brandt", PERSON), ("Harbour Board", ORGANISATION)],
            [("Ana Brandt", "not at all what we asked for")],
        ),
        (
            "“We shall see it through to the end,” said Harbour Board spokesman Otto Lind.",
            [("Harbour Board", ORGANISATION), ("Otto Lind", PERSON)],
            [("Otto Lind", "We shall see it through to the end")],
        ),
        (
            "Ana Brandt met Otto Lind. “We agree on nothing at all,” he said.",
            [("Ana Brandt", PERSON), ("Otto Lind", PERSON)],
            [(None, "We agree on nothing at all")],
        ),
        (
            "“We have been very few,” Ana Brandt, a fellow of the Board in Kenya, told us. “We are many now,” she added.",
            [("Ana Brandt", PERSON), ("Kenya", PLACE)],
            [("Ana Brandt", "We have been very few"), ("Ana Brandt", "We are many now")],
        ),
        (
            "Ana Brandt is calm: “We shall see it through to the end,” she said.",
            [("Ana Brandt", PERSON)],
            [("Ana Brandt", "We shall see it through to the end")],
        ),
        (
            "Ana Brandt left early. On the way out, she said, “We shall see it through.”",
            [("Ana Brandt", PERSON)],
            [("Ana Brandt", "We shall see it through.")],
        ),
        (
            "Otto Lind waved his hat. Then she wrote, “We shall see it through.”",
            [("Otto Lind", PERSON)],
            [(None, "We shall see it through.")],
        ),
        ("Ana Brandt spoke. She went on to accuse them of “bad faith” in May.", [("Ana Brandt", PERSON)], []),
        ("The so-called “new wave” came.", [], []),
    ],
)
def test_a_quote_has_the_speaker_whom_the_text_makes_plain_or_none(
    content: str, names: list[tuple[str, EntityType]], expected: list[tuple[str | None, str]]
) -> None:
    assert expected == speakers(content, *names)


# ---- of other articles ---------------------------------------------------------------------------------------------


def analysis(
    article: str, *names: Name, missed: tuple[str, ...] = (), told: tuple[tuple[int, str], ...] = ()
) -> Analysis:
    described = tuple(Descriptor(0, 1, words, name) for name, words in told)
    return Analysis(ArticleId(article), names, (), (), described, (), Digest(""), missed)


def name(kind: EntityType, form: str, count: int = 1) -> Name:
    return Name(form, kind, ((form, count),))


def archive(*analyses: Analysis) -> Archive:
    heads = [ArticleHead(one.article, one.article) for one in analyses]
    return resolve(heads, analyses, Decisions(), (), ())[0]


def test_words_in_no_mention_are_kept_for_the_names_of_other_articles() -> None:
    text = plain_text("Am Montag sprach Ana Brandt. Sie kam aus Otterby.")
    assert ("Am Montag", "Ana Brandt", "Sie", "Otterby") == overlooked_runs(text, ())


def test_names_of_the_archive_are_found_in_an_article_whose_language_has_no_model() -> None:
    content = "Am Montag sprach Rita Holm über die Werft. Sie kam aus dem Haus Anker, und alle schwiegen."
    text: Text = plain_text(content)
    german = annotate([(ArticleId("c"), text, "de")], DEFAULTS)[0]
    english = [analysis(one, name(ORGANISATION, "Anker")) for one in "ab"]

    theirs = names_from_others([*english, german])
    found = rematch(german, text, [theirs[german.article]], (), DEFAULTS)

    assert {ArticleId("c")} == theirs.keys()
    assert [("Rita Holm", PERSON), ("Anker", ORGANISATION)] == [(one.form, one.type) for one in found.names]
    assert ["Rita Holm", "Anker"] == [content[one.start : one.end] for one in found.mentions]


def test_a_word_that_most_articles_overlook_is_no_name() -> None:
    marks = [analysis(one, name(ORGANISATION, "Post")) for one in "ab"]
    misses = [analysis(one, missed=("Post",)) for one in "cde"]
    assert {} == names_from_others([*marks, *misses])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Run the git command twice; then git is done, and so is lamp.git.", ["git", "git"]),
        ("Install anker 2.1 first. Then anker sings.", ["anker", "anker"]),
        ("You git what you pay for.", []),
        ("They go home. Rust 1.80 is swift, and rust is red: go 1.22 and swift 5.9 stay.", []),
        ("He dropped anchor; the anker was old.", []),
        ("A gnome sat there. The gnome sang, and no gnome heard.", []),
    ],
)
def test_software_in_small_letters_is_a_name_where_the_article_uses_it_as_such(
    content: str, expected: list[str]
) -> None:
    marks = [analysis(letter, name(PRODUCT, "anker")) for letter in "ab"]
    text = plain_text(content)
    missed = small_names(text)
    plain = analysis("c", missed=missed)
    theirs = names_from_others([*marks, plain]).get(ArticleId("c"), ())
    found = rematch(plain, text, [theirs], (), DEFAULTS)
    assert expected == [content[mention.start : mention.end] for mention in found.mentions]


def test_a_listing_shows_that_a_word_is_software() -> None:
    content = "We keep it in git.\n\n$ git clone lamp"
    start = content.index("$")
    blocks = (Block(0, start - 2, "paragraph", "p1"), Block(start, len(content), "code", ""))
    assert ("git",) == small_names(Text(content, blocks))


def test_a_name_that_another_word_follows_is_part_of_a_longer_one() -> None:
    marks = [analysis(one, name(PLACE, "Otterby")) for one in "ab"]
    theirs = names_from_others(
        [*marks, analysis("c", missed=("Otterby Brandt",)), analysis("d", missed=("Haus Otterby",))]
    )
    assert {ArticleId("d"): (("Otterby", PLACE),)} == theirs


# ---- kept apart ----------------------------------------------------------------------------------------------------


def test_a_surname_that_one_bears_in_full_is_one_entity_only_where_it_keeps_the_same_company() -> None:
    alone = [
        analysis("c", name(PERSON, "Brandt"), name(PLACE, "Otterby"), name(ORGANISATION, "Harbour Board")),
        analysis("d", name(PERSON, "Brandt"), name(PLACE, "Otterby"), name(ORGANISATION, "Harbour Board")),
        analysis("e", name(PERSON, "Brandt"), name(PLACE, "Lund")),
    ]
    resolved = archive(analysis("a", name(PERSON, "Ana Brandt")), *alone).resolved
    first, second, third = (resolved[ArticleId(one)][0] for one in "cde")
    assert first == second
    assert first != third


def test_bodies_that_every_country_has_are_told_apart_by_country() -> None:
    ministry = name(ORGANISATION, "Foreign Ministry")
    found = archive(
        analysis("a", ministry, name(PLACE, "Kenya", 3)),
        analysis("b", ministry, name(PLACE, "Kenya", 3)),
        analysis("c", ministry, name(PLACE, "Portugal", 3)),
    )
    assert ["foreign-ministry", "foreign-ministry", "foreign-ministry-portugal"] == [
        found.resolved[ArticleId(one)][0] for one in "abc"
    ]


@pytest.mark.parametrize("form", ["State Department", "Department of Justice", "Treasury Department"])
def test_a_department_is_no_second_one_where_it_speaks_of_another_country(form: str) -> None:
    lands = (("a", "United States"), ("b", "United States"), ("c", "Iran"))
    found = archive(*(analysis(one, name(ORGANISATION, form), name(PLACE, land, 3)) for one, land in lands))
    assert 1 == len({found.resolved[ArticleId(one)][0] for one, _ in lands})


def test_a_national_body_in_an_article_without_a_country_is_the_most_frequent_one() -> None:
    court = name(ORGANISATION, "Supreme Court")
    lands = [(name(PLACE, land),) for land in ("India", "India", "Kenya")]
    found = archive(*(analysis(one, court, *land) for one, land in zip("abcd", [*lands, ()], strict=True)))
    assert ["supreme-court", "supreme-court", "supreme-court-kenya", "supreme-court"] == [
        found.resolved[ArticleId(one)][0] for one in "abcd"
    ]


def in_region(article: str, place: str, words: str, kind: DescriptorKind = "region") -> Analysis:
    """An article with a place, and the words by which it says in which region that is."""
    found = analysis(article, name(PLACE, place))
    return msgspec.structs.replace(found, descriptors=(Descriptor(0, 1, words, 0, kind),))


def test_places_of_one_name_in_two_regions_are_two() -> None:
    found = archive(
        in_region("a", "Cleveland", "Ohio"), in_region("b", "Cleveland", "TN"), in_region("c", "Cleveland", "US")
    )
    assert ["cleveland", "cleveland-tennessee", "cleveland"] == [found.resolved[ArticleId(one)][0] for one in "abc"]
    assert 1 == len(archive(in_region("a", "Cleveland", "Ohio"), in_region("b", "Cleveland", "USA")).entities)


def test_a_place_without_a_region_is_the_largest_of_its_name() -> None:
    untold, near = analysis("b", name(PLACE, "Dublin")), in_region("c", "Dublin", "Ohio", "setting")
    found = archive(in_region("a", "Dublin", "Ohio"), untold, near)
    assert ["dublin", "dublin-ireland", "dublin"] == [found.resolved[ArticleId(one)][0] for one in "abc"]
    land = archive(in_region("a", "Lebanon", "Tenn."), analysis("b", name(PLACE, "Lebanon")))
    assert 2 == len(land.entities)
    close = archive(in_region("a", "Portland", "Ore."), analysis("b", name(PLACE, "Portland")))
    assert 1 == len(close.entities)


def test_a_state_is_another_place_than_the_country_or_the_city_of_its_name() -> None:
    state, land = in_region("a", "Georgia", "Georgia"), analysis("b", name(PLACE, "Georgia"))
    found = archive(state, land, analysis("c", name(PLACE, "Georgia")))
    assert ["georgia-united-states", "georgia", "georgia"] == [found.resolved[ArticleId(one)][0] for one in "abc"]
    capital = (analysis(one, name(PLACE, form)) for one, form in (("b", "Washington, D.C."), ("c", "Washington")))
    found = archive(in_region("a", "Washington", "Washington"), *capital)
    first, *others = (found.resolved[ArticleId(one)][0] for one in "abc")
    assert first not in others
    assert 1 == len(set(others))


def test_a_word_that_a_place_or_a_body_abbreviates_makes_no_second_one() -> None:
    for short, full in (("St. Velm", "Saint Velm"), ("Mt. Velm", "Mount Velm")):
        assert 1 == len(archive(analysis("a", name(PLACE, short)), analysis("b", name(PLACE, full))).entities)
    street = archive(analysis("a", name(PLACE, "Velm St.")), analysis("b", name(PLACE, "Velm Saint")))
    assert 2 == len(street.entities)


def test_namesakes_are_told_apart_by_what_they_are() -> None:
    found = archive(
        analysis("x", name(PERSON, "Ana Brandt")),
        analysis("a", name(PERSON, "Brandt", 9), name(PLACE, "Otterby")),
        analysis("b", name(PERSON, "Brandt"), name(PLACE, "Lund"), told=((0, "Danish senator from Lund"),)),
    )
    first, second = (found.resolved[ArticleId(article)][0] or "" for article in "ab")
    assert "brandt" == first
    assert re.fullmatch("brandt-[0-9a-f]{8}", second), "an address says nothing that another article may take back"


def test_a_party_is_one_with_its_members() -> None:
    found = archive(analysis("a", name(ORGANISATION, "Free Rowers")), analysis("b", name(ORGANISATION, "Free Rower")))
    assert 1 == len(found.entities)
