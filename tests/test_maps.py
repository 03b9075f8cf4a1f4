"""A map shows a place only if a person or the articles say where the place is."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import lxml.html
import msgspec
import pytest

from glossator.content.own_texts import coordinates
from glossator.model import (
    Appearance,
    ArticleId,
    ChosenDescriptor,
    Digest,
    Entity,
    EntityId,
    EntityType,
    Messages,
    NamedRegion,
    Note,
)
from glossator.outlines import outlines
from glossator.stages.plan.catalogue.locations import Location, locate
from glossator.stages.plan.catalogue.profiles import profile_of
from glossator.stages.plan.pages.maps import place_map
from glossator.stages.plan.parts.listed_facts import listed_fact
from tests.sites import build, contents, lay, leave_out_search

NOTE = Note(EntityId("x"), "X", None, (), (), "", Digest(""))


def named(name: str, *regions: tuple[str, str, int, int], articles: int = 1) -> Entity:
    """A place of so many articles, of which so many name a region (country, state), and so many behind the place."""
    appearances = tuple(Appearance(ArticleId(f"a{number}"), (0,), 1) for number in range(articles))
    told = tuple(NamedRegion(*region) for region in regions)
    return msgspec.structs.replace(place(name), appearances=appearances, regions=told)


def place(name: str, told: str = "", sentence: str = "", note: Note | None = None, alias: str = "") -> Entity:
    """A place of one article, with a descriptor or a key sentence."""
    article = ArticleId("a")
    return Entity(
        id=EntityId("x"),
        name=name,
        type=EntityType.PLACE,
        aliases=((alias, 1),) if alias else (),
        appearances=(Appearance(article, (0,), 1),),
        origin="machine",
        introduction=ChosenDescriptor(told, article, 0, 0) if told else None,
        note=note,
        digest=Digest(""),
        sentences=(ChosenDescriptor(sentence, article, 0, 0, "sentence"),) if sentence else (),
    )


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (place("Toronto"), "City in Canada"),
        (place("Nairobi"), "Capital of Kenya"),
        (place("Oregon"), "State of the United States"),
        (place("Denmark"), "Country in Europe"),
        (place("Europe"), "Continent"),
        (place("Singapore"), "Country in Asia"),
        (place("Puerto Rico"), "Territory of the United States"),
        (place("Hong Kong"), "Territory of China"),
        (place("District of Columbia"), ""),
        (named("Delta"), ""),
        (named("Delta", ("CA", "", 1, 0)), "City in Canada"),
        (named("Nogales", ("US", "AZ", 1, 1)), "City in Arizona, United States"),
        (named("Bend", ("US", "OR", 1, 0)), "City in Oregon, United States"),
        (named("Ontario", ("US", "", 3, 0), ("US", "CA", 1, 0), articles=3), ""),
        (named("Paris", ("US", "TX", 1, 1), articles=9), "Capital of France"),
        (named("Paris", ("US", "TX", 1, 0)), "Capital of France"),
        (named("Birmingham", ("GB", "", 1, 0), ("US", "", 1, 0)), "City in United Kingdom"),
        (place("Bend", sentence="The mill in Bend, Oregon, closed."), "City in Oregon, United States"),
        (place("Georgia", sentence="He lives in Georgia, United States."), "State of the United States"),
        (place("Georgia"), ""),
        (place("Springfield"), ""),
        (place("Bend"), ""),
        (place("WA"), ""),
        (named("Hamburg-Nord", ("DE", "", 1, 1)), ""),
        (named("Baden-Baden", ("DE", "", 1, 1)), "City in Germany"),
        (place("New York"), "City and state in the United States"),
        (named("New York", ("GB", "", 1, 1)), ""),
        (place("WASHINGTON"), "City and state in the United States"),
        (named("Georgia", ("US", "", 1, 0)), "State of the United States"),
        (place("NAIROBI"), "Capital of Kenya"),
        (place("PERU"), ""),
        (place("Taiwan"), ""),
        (place("Toronto", sentence="They met in Toronto, Australia."), ""),
        (place("Toronto", told="harbour on the lake"), ""),
        (msgspec.structs.replace(place("Toronto"), type=EntityType.ORGANISATION), ""),
    ],
    ids=[
        *("the largest", "a capital", "a state", "a country", "a continent", "a country that is a city"),
        *("a territory", "a part of a country", "a district"),
        *("few know it", "its country is named", "its state stands behind it", "its state is named"),
        *(
            "few articles name its state",
            "one article means another",
            "without more",
            "of a British report",
            "its region is told",
            "a country and a state",
        ),
        *("without words", "several", "too small to be known", "an abbreviation"),
        *("a quarter of a larger city", "a city with a hyphen", "a state and its city"),
        *(
            "a hamlet called like it",
            "two in capitals",
            "a state of an American article",
            "a city in capitals",
            "perhaps an acronym",
            "disputed",
        ),
        "another country is named",
        *("words of the articles go first", "another type"),
    ],
)
def test_a_list_says_where_a_place_is_if_the_name_means_one(found: Entity, said: str) -> None:
    fact = listed_fact(profile_of(found), Messages())
    assert said == (fact.text if fact else "")
    assert fact is None or ("GeoNames", True) == (fact.source, fact.address.startswith("https://www.geonames.org/"))


@pytest.mark.parametrize(
    "found",
    [
        named("Lviv", ("UA", "", 1, 0)),
        place("Lviv", told="a city in western Ukraine"),
        place("Lviv", sentence="The train from Lviv, Ukraine, was late."),
        place("Lviv", sentence="She grew up in Lviv (Ukraine)."),
        place("Lviv", alias="Lviv, Ukraine"),
        place("Lviv", note=msgspec.structs.replace(NOTE, markdown="The largest city in the west of Ukraine.")),
        place("Lviv", note=msgspec.structs.replace(NOTE, links=(("GeoNames", "https://www.geonames.org/702550"),))),
    ],
    ids=[
        "named beside its country",
        "descriptor",
        "after a comma",
        "in brackets",
        "alias",
        "note",
        "number",
    ],
)
def test_a_city_is_a_point_if_its_country_is_given_or_everybody_knows_it(found: Entity) -> None:
    assert Location("UA", (49.84, 24.02)) == locate(found)


@pytest.mark.parametrize(
    "found",
    [
        place("Lviv", told="a city"),
        place("Lviv", told="twin town of a city in Germany"),
        place("Lviv", told="a city between Poland and Ukraine"),
        place("Springfield", told="a city in the United States"),
        place("Veldhaven Bay", told="a bay in Norway"),
        msgspec.structs.replace(place("Germany"), type=EntityType.WORK),
        place("Georgia"),
        place("Albany", told="a city in Georgia"),
        place("Lviv"),
    ],
    ids=lambda found: f"{found.name} {found.introduction.text if found.introduction else ''}",
)
def test_there_is_no_point_rather_than_a_guess(found: Entity) -> None:
    assert locate(found) is None
    assert place_map(found) is None


def test_a_state_tells_which_of_several_cities_is_meant() -> None:
    found = locate(place("Springfield", told="the capital of Illinois"))
    assert found is not None
    assert found.point == (39.8, -89.64)


@pytest.mark.parametrize(("name", "code"), [("Germany", "DE"), ("the Netherlands", "NL"), ("U.K.", "GB")])
def test_a_country_is_shown_by_its_outline(name: str, code: str) -> None:
    drawn = place_map(place(name))

    assert Location(code) == locate(place(name))
    assert drawn is not None
    assert not drawn.is_point
    assert outlines()[code][0].path in drawn.country
    assert outlines()[code][0].path not in drawn.land


def test_a_country_too_small_to_see_is_a_point_within_its_map() -> None:
    drawn = place_map(place("Singapore"))
    assert drawn is not None
    west, north, width, height = map(float, drawn.view_box.split())
    assert drawn.is_point
    assert west < drawn.x < west + width
    assert north < drawn.y < north + height


def test_the_coordinates_of_a_note_count_more_than_a_name() -> None:
    assert Location("", (60.5, -5.25)) == locate(
        place("Germany", note=msgspec.structs.replace(NOTE, coordinates=(60.5, -5.25)))
    )


@pytest.mark.parametrize("written", ["60.5, -5.25", [60.5, -5.25]])
def test_coordinates_are_degrees_north_and_east(written: object) -> None:
    assert (60.5, -5.25) == coordinates(written)


@pytest.mark.parametrize("written", ["here", "60.5", "95, 5", [60.5, 5, 5], ["a", "b"], "nan, 5", 7])
def test_coordinates_that_are_no_place_are_explained(written: object) -> None:
    with pytest.raises(ValueError, match=r"are no place: write degrees north and east, such as 52\.52, 13\.405"):
        coordinates(written)


def test_every_outline_is_closed_and_on_the_map() -> None:
    for rings in outlines().values():
        for ring in rings:
            assert re.fullmatch(r"M-?\d+ -?\d+l[-\d ]+z", ring.path)
            assert ring.west < 180 * 20
            assert ring.east > -180 * 20


ARCHIVE = """\
-- content/articles/one.md --
---
title: One
---
Marta Lindqvist came to the town of Ravnsborg.
-- content/articles/two.md --
---
title: Two
---
Marta Lindqvist left the town of Ravnsborg.
-- content/entities/ravnsborg.md --
---
name: Ravnsborg
coordinates: 60.5, -5.25
---
A harbour.
"""


def test_a_note_puts_a_place_on_the_map_and_takes_it_off_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    build(lay(tmp_path, ARCHIVE))
    page = (tmp_path / "site/entities/ravnsborg.html").read_text("utf-8")
    world = (tmp_path / "site/map/index.html").read_text("utf-8")

    assert 'cy="-1210.0"' in page
    assert '<a href="../entities/ravnsborg.html">Ravnsborg</a> <small>2 articles<' in world
    assert "map/index.html" in (tmp_path / "site/index.html").read_text("utf-8")

    note = tmp_path / "content/entities/ravnsborg.md"
    note.write_text(note.read_text("utf-8").replace("coordinates: 60.5, -5.25\n", ""), "utf-8")
    build(tmp_path)

    assert "<circle" not in (tmp_path / "site/entities/ravnsborg.html").read_text("utf-8")
    assert not (tmp_path / "site/map").exists()
    assert "map/index.html" not in (tmp_path / "site/index.html").read_text("utf-8")


def test_a_territory_is_not_listed_among_the_countries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    told = "".join(
        f"-- content/entities/{name.lower()}.md --\n---\nname: {name}\ntype: place\n---\nA place.\n"
        f"-- content/articles/{name.lower()}.md --\n---\ntitle: On {name}\n---\nThe road goes to {name} by sea.\n"
        for name in ("Malta", "Gibraltar")
    )
    build(lay(tmp_path, f'{ARCHIVE}{told}-- glossator.toml --\n[site]\ndata = ["markdown"]\n'))
    page = lxml.html.fromstring((tmp_path / "site/map/index.html").read_text("utf-8"))
    listed = {
        key: page.cssselect(f"[aria-labelledby={key}-title] .item-title a") for key in ("countries", "territories")
    }
    assert [["Malta"], ["Gibraltar"]] == [[link.text for link in links] for links in listed.values()]
    lines = (tmp_path / "site/map/index.md").read_text("utf-8").splitlines()
    assert {"- Malta: 1", "- Gibraltar: 1"} <= set(lines), "for other programs all are places"


def test_a_map_that_is_made_of_stored_values_has_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    places = "".join(
        f"-- content/entities/{name.lower()}.md --\n---\nname: {name}\ntype: place\n{more}---\nA place.\n"
        for name, more in (("Malta", ""), ("Norway", ""), ("Balaborough", "coordinates: 50, 10\n"))
    )
    articles = "".join(
        f"-- content/articles/{number}.md --\n---\ntitle: Number {number}\n---\nThe road goes from {name} to the town of Ravnsborg.\n"
        for number, name in enumerate(("Malta", "Norway", "Balaborough", "there"))
    )
    build(lay(tmp_path, f"{ARCHIVE}{places}{articles}"))
    lay(tmp_path, "-- templates/map.html --\n{% extends 'glossator/map.html' %}\n")
    build(tmp_path)
    stored = contents(tmp_path / "site")
    shutil.rmtree(tmp_path / ".glossator")
    shutil.rmtree(tmp_path / "site")
    build(tmp_path)

    assert 2 == stored["map/index.html"].count(b' r="30.0"')
    assert stored == contents(tmp_path / "site")


BULLRING = """\
-- content/articles/bullring.md --
---
title: The wall of Birmingham
source: https://courier.example{end}/wall
language: en
---
Marta Lindqvist spoke in Birmingham of the wall. Birmingham is old. Nobody in Birmingham will pay for the wall.
"""


def test_a_new_address_of_an_article_tells_anew_in_which_country_its_places_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    for end in ("", ".co.uk"):
        lay(tmp_path, BULLRING.format(end=end))
        build(tmp_path)
    assert b"City in United Kingdom" in contents(tmp_path / "site")["entities/birmingham.html"]
