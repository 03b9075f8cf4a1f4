"""`entity`: reading and deciding at the command line, and the questions of `entity review`."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

from glossator.cli import main
from glossator.cli.entity import open_survey
from glossator.cli.options import ArchiveOptions
from glossator.cli.review import Interview
from glossator.model import (
    Analysis,
    Archive,
    ArticleHead,
    ArticleId,
    Decision,
    Decisions,
    Digest,
    EntityId,
    EntityType,
    Name,
)
from glossator.pipeline.review.propose_decisions import Proposal, accept, propose
from glossator.pipeline.review.questions import ReviewQuestion, questions
from glossator.stages.annotate import explain_names
from tests.published_ids import lock
from tests.sites import build, contents, lay, leave_out_search
from tests.whole_archive import names_by_article, resolve

PRODUCT, ORGANISATION, PLACE = EntityType.PRODUCT, EntityType.ORGANISATION, EntityType.PLACE
ARCHIVE = """\
-- content/articles/wall.md --
---
title: Harbour wall to be raised
published: 2025-03-01
---
Marta Lindqvist of the Skerry Harbour Board spoke in Ravnsborg. Lindqvist was content.
-- content/articles/choir.md --
---
title: The choir sang
published: 2025-04-01
---
Jonas Aber sang in the town of Ravnsborg.
-- content/articles/loan.md --
---
title: A loan for the wall
published: 2025-05-01
---
Lindqvist of another bank signed it.
"""
DECIDED = """\
# Mine, with a reason for each.

ignore = ["Nobody"]   # a stray word

[rename]
# The board's own spelling.
"Skerry Harbour Board" = "Board of Skerry Harbour"
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    return lay(tmp_path, f"{ARCHIVE}-- glossator.toml --\n[build]\nworkers = 1\n")


@pytest.fixture
def reviewed(archive: Path) -> Path:
    """The archive, and two names of which the models are not sure; two articles each have them, so they have pages."""
    for name in ("Grorn", "Clom"):
        for tide in ("ebb", "flood"):
            article = f"---\ntitle: The {tide}\n---\nThe old {name}, it was said, was red.\n"
            lay(archive, f"-- content/articles/{name}-{tide}.md --\n{article}")
    return archive


def run(folder: Path, *arguments: str, keys: str = "") -> Result:
    runner = CliRunner(catch_exceptions=False)
    return runner.invoke(main, ["entity", arguments[0], f"--content={folder / 'content'}", *arguments[1:]], input=keys)


def decided(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "content/entities.toml").read_text("utf-8"))


def test_a_decision_by_the_id_of_a_name_without_a_page_is_understood_from_then_on(archive: Path) -> None:
    lay(archive, "-- content/articles/other.md --\nA clerk of the Skerry Harbour Board, Jonas Aber, was ill.\n")
    lay(archive, '-- content/entities.toml --\n[[split]]\nname = "Jonas Aber"\nas = "Jonas B. Aber"\nin = ["other"]\n')
    build(archive)
    shown = json.loads(run(archive, "show", "jonas-aber", "--json").stdout)
    assert (False, ["choir"]) == (shown["page"], shown["articles"])

    run(archive, "confirm", "jonas-aber", "--yes")
    build(archive)

    assert json.loads(run(archive, "show", "jonas-aber", "--json").stdout)["page"]
    assert (archive / "site/entities/jonas-aber.html").exists()


SEVERAL = (
    Decision("rename", ("Skerry Harbour Board",), "Harbour Board"),
    Decision("merge", ("Marta Lindqvist", "Lindqvist")),
    Decision("type", ("Ravnsborg",), "group"),
    Decision("ignore", ("Ravnsborg",), articles=("choir",)),
    Decision("private", ("Jonas Aber",)),
    Decision("confirm", ("Grorn",)),
)


def test_the_effect_of_a_decision_is_told_alike_before_and_after_a_build_and_other_answers(
    reviewed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")  # with somebody private, the owner alone sees more than the site
    options = ArchiveOptions(reviewed / "content", reviewed / "site", reviewed / "glossator.toml")

    def told() -> list[Proposal]:
        """What each decision would change now; the archive keeps none."""
        with open_survey(options) as survey:
            return [propose(survey, decision) for decision in SEVERAL]

    first = told()
    build(reviewed)
    assert first == told()
    assert all(one.touched for one in first)
    with open_survey(options) as survey:
        for decision in SEVERAL:
            survey = accept(survey, propose(survey, decision))  # noqa: PLW2901 -- each answer follows the last one
            with_next = [propose(survey, other) for other in SEVERAL if other.kind != "private"]
        entities = survey.archive.entities
    build(reviewed)
    with open_survey(options) as survey:
        assert entities == survey.archive.entities
        assert with_next == [propose(survey, other) for other in SEVERAL if other.kind != "private"]


# ---- reading ---------------------------------------------------------------------------------------------------------


def test_list_prints_every_entity_those_in_most_articles_first(archive: Path) -> None:
    header, *lines = run(archive, "list").stdout.splitlines()
    assert "id\ttype\tarticles\tmentions\tname" == header
    assert "ravnsborg\tplace\t2\t2\tRavnsborg" == lines[0]
    assert {"ravnsborg", "marta-lindqvist", "jonas-aber", "skerry-harbour-board", "lindqvist"} == {
        line.partition("\t")[0] for line in lines
    }


def test_list_takes_one_type_and_prints_data(archive: Path) -> None:
    (found,) = json.loads(run(archive, "list", "--type=place", "--json").stdout)
    assert ("ravnsborg", "machine", ["choir", "wall"]) == (found["id"], found["origin"], found["articles"])


@pytest.mark.parametrize("name", ["Marta Lindqvist", "marta lindqvist", "marta-lindqvist"])
def test_show_tells_names_articles_and_sentences(archive: Path, name: str) -> None:
    said = run(archive, "show", name).stdout
    assert "Marta Lindqvist  (person, found by machine; marta-lindqvist)" in said
    assert "also called: Lindqvist (1)" in said
    assert "Harbour wall to be raised (wall)" in said
    assert "Marta Lindqvist of the Skerry Harbour Board spoke in Ravnsborg." in said


def test_a_name_that_nobody_has_is_refused_with_the_nearest(archive: Path) -> None:
    done = run(archive, "show", "Martha Lindqvist")
    assert 2 == done.exit_code
    assert "“Martha Lindqvist” is not a name in any article.\nDid you mean “Marta Lindqvist”" in done.stderr


def test_names_that_are_proposed_are_names_of_different_entities_and_no_ids(archive: Path) -> None:
    done = run(archive, "show", "Jonas Abr")
    assert done.stderr.endswith("Did you mean “Jonas Aber”?\n")


@pytest.mark.parametrize(("kind", "name"), [("ignore", "Ravnsborg"), ("private", "Jonas Aber")])
def test_a_name_that_a_decision_removed_is_refused_with_the_decision(
    archive: Path, kind: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")  # the owner alone sees who is private
    lay(archive, f'-- content/entities.toml --\n{kind} = ["{name}"]\n')
    done = run(archive, "show", name.lower())
    assert (2, True) == (done.exit_code, f"is no entity, because entities.toml has it under {kind}." in done.stderr)


def test_an_article_that_there_is_not_is_refused_with_those_whose_address_contains_it(archive: Path) -> None:
    done = run(archive, "ignore", "Ravnsborg", "--in", "wal")
    assert (2, True) == (done.exit_code, "There is no article wal.\nDid you mean wall?" in done.stderr)


def test_show_why_tells_decisions_and_types_and_who_told(archive: Path) -> None:
    lay(archive, '-- content/entities.toml --\nconfirm = ["Jonas Aber"]\n')
    said = run(archive, "show", "Jonas Aber", "--why").stdout.partition("why:\n")[2]
    assert "You decided: confirm “Jonas Aber” (entities.toml, line 1)." in said
    assert "Types of its mentions: person 1×." in said
    assert re.search(r"“Jonas Aber” in choir \(jonas-aber\): Mostly because of [a-z ]+\. \d{2,3} % a name: for: ", said)


@pytest.mark.model
def test_show_why_tells_in_words_what_weighed_most(archive: Path) -> None:
    (archive / "glossator.toml").write_text("[build]\nworkers = 1\n", "utf-8")
    (why, name, kind) = json.loads(run(archive, "show", "Jonas Aber", "--why", "--json").stdout)["why"]
    assert "Types of its mentions: person 1×." == why
    assert "% a name: for: " in name
    assert "% person, rather than " in kind


@pytest.mark.model
def test_show_why_tells_of_the_noun_that_decided_a_type(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (archive / "glossator.toml").write_text("[build]\nworkers = 1\n", "utf-8")
    monkeypatch.setattr("glossator.pipeline.review.entity_lookup.deciding_noun", lambda *_: "brand")
    (*_, last) = json.loads(run(archive, "show", "Jonas Aber", "--why", "--json").stdout)["why"]
    assert "  person, because of the noun “brand”, its own or that which introduces it." == last


# ---- deciding --------------------------------------------------------------------------------------------------------


@pytest.mark.model
def test_show_why_tells_that_something_else_decided_a_type(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (archive / "glossator.toml").write_text("[build]\nworkers = 1\n", "utf-8")
    explain = explain_names

    def otherwise(*given: Any) -> list[Any]:
        return [one._replace(likeliest="place") for one in explain(*given)]

    monkeypatch.setattr("glossator.pipeline.review.entity_lookup.explain_names", otherwise)
    (*_, last) = json.loads(run(archive, "show", "Jonas Aber", "--why", "--json").stdout)["why"]
    assert "  person, because of its other mentions, those that it is listed with, or the list of known names." == last


def test_show_tells_why_an_entity_has_a_page_or_none(archive: Path) -> None:
    shown = {name: run(archive, "show", name).stdout for name in ("Ravnsborg", "Jonas Aber")}
    assert "\nhas a page, because several articles mention it\n" in shown["Ravnsborg"]
    passing = "because one article mentions it in passing: it stands in the glossary of its article; `entity confirm`"
    assert f"\nno page of its own, {passing} gives it a page\n" in shown["Jonas Aber"]


def test_a_decision_shows_what_it_touches_before_it_is_written(archive: Path) -> None:
    done = run(archive, "merge", "Marta Lindqvist", "lindqvist", keys="n\n")
    assert '+"Marta Lindqvist" = ["Lindqvist"]' in done.stdout
    assert "It changes 2 articles:\n  A loan for the wall (loan)\n  Harbour wall to be raised (wall)\n" in done.stdout
    assert not (archive / "content/entities.toml").exists()


def test_two_names_of_one_entity_cannot_be_merged_or_told_apart(archive: Path) -> None:
    for verb in ("merge", "not-the-same"):
        done = run(archive, verb, "Marta Lindqvist", "marta-lindqvist", "--yes")
        assert (2, "“Marta Lindqvist” and “marta-lindqvist” are names of one entity already.\n") == (
            done.exit_code,
            done.stderr,
        )
    assert not (archive / "content/entities.toml").exists()


def test_a_dry_run_writes_nothing_and_asks_nothing(archive: Path) -> None:
    done = run(archive, "rename", "Ravnsborg", "Ravnsburg", "--dry-run")
    assert (0, True) == (done.exit_code, "It changes 2 articles" in done.stdout)
    assert not (archive / "content/entities.toml").exists()


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        (["ignore", "Ravnsborg"], {"ignore": ["Ravnsborg"]}),
        (["ignore", "Ravnsborg", "--in", "wall"], {"ignore-in": {"Ravnsborg": ["wall"]}}),
        (["private", "Jonas Aber"], {"private": ["Jonas Aber"]}),
        (["confirm", "jonas-aber"], {"confirm": ["Jonas Aber"]}),
        (["rename", "Ravnsborg", "Ravnsburg"], {"rename": {"Ravnsborg": "Ravnsburg"}}),
        (["retype", "Ravnsborg", "event"], {"type": {"Ravnsborg": "event"}}),
        (["merge", "Marta Lindqvist", "lindqvist"], {"merge": {"Marta Lindqvist": ["Lindqvist"]}}),
        (["not-the-same", "Marta Lindqvist", "Jonas Aber"], {"not-the-same": [["Marta Lindqvist", "Jonas Aber"]]}),
        (
            ["split", "Lindqvist", "--as", "Nils Lindqvist", "--in", "wall"],
            {"split": [{"name": "Lindqvist", "as": "Nils Lindqvist", "in": ["wall"]}]},
        ),
    ],
)
def test_each_verb_writes_its_decision(archive: Path, arguments: list[str], written: dict[str, object]) -> None:
    done = run(archive, *arguments, "--yes")
    assert (0, written) == (done.exit_code, decided(archive)), done.stderr


def test_what_a_person_wrote_keeps_its_comments_and_its_layout(archive: Path) -> None:
    lay(archive, f"-- content/entities.toml --\n{DECIDED}")
    for arguments in (["ignore", "Ravnsborg"], ["rename", "Jonas Aber", "Jon Aber"], ["confirm", "Marta Lindqvist"]):
        run(archive, *arguments, "--yes")
    assert """\
# Mine, with a reason for each.

ignore = ["Nobody", "Ravnsborg"]   # a stray word

confirm = ["Marta Lindqvist"]

[rename]
# The board's own spelling.
"Skerry Harbour Board" = "Board of Skerry Harbour"
"Jonas Aber" = "Jon Aber"
""" == (archive / "content/entities.toml").read_text("utf-8")


def test_a_decision_takes_the_place_of_what_it_contradicts(archive: Path) -> None:
    for arguments in (
        ["ignore", "Ravnsborg"],
        ["confirm", "Ravnsborg"],
        ["not-the-same", "Marta Lindqvist", "lindqvist"],
        ["merge", "Marta Lindqvist", "lindqvist"],
    ):
        assert 0 == run(archive, *arguments, "--yes").exit_code
    assert {
        "ignore": [],
        "confirm": ["Ravnsborg"],
        "not-the-same": [],
        "merge": {"Marta Lindqvist": ["Lindqvist"]},
    } == decided(archive)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Jonas Aber", ["Jonas Aber", "captain-jon"]),
        ("Captain Jon", ["Captain Jon", "captain-jon"]),
        ("captain-jon", ["captain-jon"]),
        ("Lindqvist", ["Marta Lindqvist"]),
    ],
)
def test_the_words_by_which_somebody_is_made_private_are_written_besides_the_entity(
    archive: Path, typed: str, written: list[str]
) -> None:
    lay(archive, '-- content/entities.toml --\n[rename]\n"Jonas Aber" = "Captain Jon"\n')
    lay(archive, "-- content/articles/loan.md --\n---\ntitle: A loan\n---\nJonas Aber signed it.\n")
    assert 0 == run(archive, "private", typed, "--yes").exit_code
    assert written == decided(archive)["private"]


def test_confirming_somebody_private_names_the_contradiction(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)  # there, nobody is named
    run(archive, "private", "Marta Lindqvist", "--yes")
    before = decided(archive)
    done = run(archive, "confirm", "Marta Lindqvist", "--yes")
    assert "private “Marta Lindqvist” in line" in done.stderr
    assert "contradicts confirm “Marta Lindqvist” in line" in done.stderr
    assert (1, before) == (min(done.exit_code, 1), decided(archive))


def test_what_is_decided_already_is_not_written_twice(archive: Path) -> None:
    run(archive, "ignore", "Ravnsborg", "--yes")
    assert "That is decided already.\n" == run(archive, "ignore", "ravnsborg", "--yes").stdout


def test_a_renamed_entity_is_found_by_its_new_name_and_decided_on_by_its_id(archive: Path) -> None:
    lay(archive, f"-- content/entities.toml --\n{DECIDED}")
    build(archive)
    assert 0 == run(archive, "retype", "Board of Skerry Harbour", "group", "--yes").exit_code
    assert {"board-of-skerry-harbour": "group"} == decided(archive)["type"]
    assert "(group, confirmed; board-of-skerry-harbour)" in run(archive, "show", "Skerry Harbour Board").stdout


def test_an_article_that_is_not_there_is_refused_with_the_nearest(archive: Path) -> None:
    done = run(archive, "ignore", "Ravnsborg", "--in", "wal", "--yes")
    assert (2, "There is no article wal.\nDid you mean wall?\n") == (done.exit_code, done.stderr)


def test_a_decision_that_would_change_nothing_is_not_written(archive: Path) -> None:
    done = run(archive, "ignore", "Marta Lindqvist", "--in", "choir", "--yes")
    assert 2 == done.exit_code
    assert "“Marta Lindqvist” is not a name in choir." in done.stderr
    assert not (archive / "content/entities.toml").exists()


def test_a_note_is_made_once_and_grows(archive: Path) -> None:
    run(archive, "note", "Marta Lindqvist", "She keeps the harbour.")
    build(archive)
    run(archive, "note", "Marta Lindqvist", "Since 2019.")
    text = (archive / "content/entities/marta-lindqvist.md").read_text("utf-8")
    assert "---\nname: Marta Lindqvist\ntype: person\n---\nShe keeps the harbour.\n\nSince 2019.\n" == text


# ---- review ----------------------------------------------------------------------------------------------------------


@pytest.mark.model
def test_of_two_towns_of_a_name_one_is_split_by_its_id_before_it_is_noted(tmp_path: Path) -> None:
    text = "The old mill in Dublin, {0}, was sold in May. Nobody in Dublin, {0}, had seen the contract."
    for region in ("Ireland", "Ohio"):
        lay(tmp_path, f"-- content/articles/{region}.md --\n{text.format(region)}\n")
    build(tmp_path)
    refused = run(tmp_path, "note", "dublin-ohio", "It has two mills.", "--yes")
    assert "dublin" in refused.output
    assert "entity split dublin-ohio" in refused.output
    assert not (tmp_path / "content/entities").exists()

    other = run(tmp_path, "split", "dublin-ohio", "--as", "Dublin (Ohio)", "--in", "ireland", "--yes")
    assert "dublin-ohio is not in ireland." in other.output

    run(tmp_path, "split", "dublin-ohio", "--as", "Dublin (Ohio)", "--yes")
    build(tmp_path)
    run(tmp_path, "note", "Dublin (Ohio)", "It has two mills.", "--yes")
    build(tmp_path)

    pages = {page.name: page.read_text("utf-8") for page in (tmp_path / "site/entities").glob("dublin*.html")}
    assert "two mills" not in pages["dublin.html"]
    assert any("two mills" in page for page in pages.values())


def test_review_asks_about_likely_merges_before_names_that_are_mentioned_once(reviewed: Path) -> None:
    asked = json.loads(run(reviewed, "review", "--json").stdout)
    assert "same" == asked[0]["kind"]
    assert ["marta-lindqvist", "lindqvist"] == asked[0]["entities"]
    assert "name" == asked[-1]["kind"]
    lines = run(reviewed, "review", "--list").stdout.splitlines()
    assert (
        "Are “Lindqvist” and “Marta Lindqvist” the same person? “Lindqvist” may be short for it. (2 articles)"
        == lines[0]
    )


def test_review_writes_each_answer_and_asks_no_more_about_it(reviewed: Path) -> None:
    done = run(reviewed, "review", keys="y\nn\nq\n")
    assert "Lindqvist of another bank signed it." in done.stdout, "the evidence"
    assert "It is about 2 articles:\n  A loan for the wall (loan)" in done.stdout
    assert {"merge": {"Marta Lindqvist": ["Lindqvist"]}, "ignore": ["Clom"]} == decided(reviewed)
    assert "Lindqvist" not in run(reviewed, "review", "--list").stdout


def test_review_takes_a_no_for_good_and_asks_again_what_was_skipped(reviewed: Path) -> None:
    run(reviewed, "review", keys="n\ns\nq\n")
    assert {"not-the-same": [["Marta Lindqvist", "Lindqvist"]]} == decided(reviewed)
    left = run(reviewed, "review", "--list").stdout
    assert "Marta Lindqvist" not in left
    assert "Clom" in left


@pytest.mark.parametrize(("keys", "left"), [("n\nq\n", True), ("n\ns\nq\n", False)])
def test_review_can_be_left_at_the_follow_up(archive: Path, keys: str, left: bool) -> None:
    question = ReviewQuestion(
        "type", "Is it a place?", "", (EntityId("ravnsborg"),), (), 1, Decision("type", ("Ravnsborg",), "place"), None
    )
    options = ArchiveOptions(archive / "content", archive / "site", archive / "glossator.toml")
    with CliRunner().isolation(input=keys) as (out, *_), open_survey(options) as survey:
        Interview(survey).run((question, msgspec.structs.replace(question, text="Is it still one?")))
        said = out.getvalue().decode()
    assert "What is it? [s]kip / [q]uit" in said
    assert left == ("Is it still one?" not in said)
    assert "0 decisions written" in said


def test_review_takes_the_latest_answer_back_and_asks_it_again(reviewed: Path) -> None:
    done = run(reviewed, "review", keys="y\nu\nn\nq\n")
    assert 2 == done.stdout.count("1 of 3. Are “Lindqvist” and “Marta Lindqvist” the same person?")
    assert {"not-the-same": [["Marta Lindqvist", "Lindqvist"]]} == decided(reviewed)


def test_review_answers_all_questions_of_a_kind_at_once(reviewed: Path) -> None:
    done = run(reviewed, "review", keys="s\na\nn\n")
    assert "All 2 of this kind: [y]es to all / [n]o to all / [s]kip all / [q]uit" in done.stdout
    assert "2 decisions written" in done.stdout
    assert {"ignore": ["Clom", "Grorn"]} == {
        kind: sorted(names) for kind, names in decided(reviewed).items() if isinstance(names, list)
    }


def test_review_shows_no_more_than_a_screenful(archive: Path) -> None:
    for number in range(30):
        for who in ("Marta", "Helga"):
            text = f"{who} Lindqvist came {number} times to the town of Ravnsborg."
            lay(archive, f"-- content/articles/{who.lower()}-{number}.md --\n{text}\n")
    shown = run(archive, "review", keys="q\n").stdout
    assert "... and 29 more" in shown
    assert len(shown.splitlines()) < 24


def test_review_asks_a_screenful_at_a_time_and_says_what_is_left(archive: Path) -> None:
    options = ArchiveOptions(archive / "content", archive / "site", archive / "glossator.toml")
    several = tuple(
        ReviewQuestion(
            "name", f"ReviewQuestion {number}?", "", (EntityId("ravnsborg"),), (), 1, Decision("confirm", ("x",)), None
        )
        for number in range(45)
    )
    with (
        CliRunner().isolation(input="s\n" * 20 + "g\n" + "s\n" * 20 + "q\n") as (out, *_),
        open_survey(options) as survey,
    ):
        Interview(survey).run(several)
        said = out.getvalue().decode()
    assert "25 questions more: [g]o on / [q]uit" in said
    assert "5 questions more: [g]o on / [q]uit" in said
    assert "ReviewQuestion 39?" in said
    assert "ReviewQuestion 40?" not in said
    assert "0 decisions written to entities.toml. 1 question left, those that you skipped among them." in said


def test_a_decision_can_be_taken_back_until_the_file_is_edited(archive: Path) -> None:
    lay(archive, f"-- content/entities.toml --\n{DECIDED}")
    run(archive, "confirm", "Jonas Aber", "--yes")
    run(archive, "ignore", "Ravnsborg", "--yes")
    assert "-ignore = " in run(archive, "undo", "--dry-run").stdout
    run(archive, "undo", "--yes")
    assert ["Nobody"] == decided(archive)["ignore"]
    assert ["Jonas Aber"] == decided(archive)["confirm"]
    run(archive, "undo", "--yes")
    assert DECIDED == (archive / "content/entities.toml").read_text("utf-8")
    done = run(archive, "undo", "--yes")
    assert 2 == done.exit_code
    assert "There is no decision that can be taken back." in done.stderr


def test_review_asks_first_about_the_newest_articles_and_about_what_the_models_doubt() -> None:
    names = {"new": "Garn", "newer": "Garn", "old": "Velm", "older": "Velm", **{f"b-{n}": "Lumen" for n in range(8)}}
    dates = {"new": "2025-01-02", "newer": "2025-01-03", "old": "2020-01-02", "older": "2020-01-01"}
    analyses = {}
    for article, form in names.items():
        name = Name(form, PRODUCT, ((form, 1),), certainty=9 if form == "Lumen" else 5)
        analyses[ArticleId(article)] = Analysis(ArticleId(article), (name,), (), (), (), (), Digest(""))
    heads = [ArticleHead(one, one, published=dates.get(one, "2024-01-01")) for one in analyses]
    found, _ = resolve(heads, tuple(analyses.values()), Decisions(), (), ())
    asked = questions(found, names_by_article(analyses), Decisions())
    assert [("garn",), ("velm",)] == [one.entities for one in asked]
    assert "The models give it at most 50 %." == asked[0].reason


def test_review_asks_about_names_that_differ_by_a_letter(archive: Path) -> None:
    lay(archive, "-- content/gazetteers/x.csv --\nname,type\nRavnsburg,place\n")
    lay(archive, "-- content/articles/typo.md --\nThey met in Ravnsburg.\n")
    asked = [one for one in json.loads(run(archive, "review", "--json").stdout) if one["kind"] == "spelling"]
    assert [["ravnsborg", "ravnsburg"]] == [one["entities"] for one in asked]
    run(archive, "not-the-same", "Ravnsborg", "Ravnsburg", "--yes")
    assert "Ravnsburg” and" not in run(archive, "review", "--list").stdout


def test_review_says_what_another_model_made_new_or_gone_or_of_another_type(archive: Path) -> None:
    assert "nothing to compare" in run(archive, "review", "--since").stdout
    lay(archive, "-- content/articles/again.md --\nJonas Aber sang again.\n")
    build(archive)
    settings = archive / "glossator.toml"
    # Without places the settings find less: to the memory that is another model.
    types = '["person", "organisation", "group"]'
    settings.write_text(f"{settings.read_text('utf-8')}[entities]\ntypes = {types}\n", "utf-8")
    changes = json.loads(run(archive, "review", "--since", "--json").stdout)
    assert [["ravnsborg", "Ravnsborg", "place"]] == changes["gone"]
    run(archive, "retype", "Jonas Aber", "group", "--yes")
    assert "retyped: 1\n  Jonas Aber (person -> group; jonas-aber)" in run(archive, "review", "--since").stdout
    run(archive, "rename", "Marta Lindqvist", "Marta Berg", "--yes")
    changes = json.loads(run(archive, "review", "--since", "--json").stdout)
    assert ["ravnsborg"] == [one[0] for one in changes["gone"]], "what moved is not gone"


def test_review_asks_for_the_type_that_the_articles_are_divided_on() -> None:
    analyses = {
        article: Analysis(article, (Name("Lumen", kind, (("Lumen", 1),)),), (), (), (), (), Digest(""))
        for article, kind in ((ArticleId("a"), PRODUCT), (ArticleId("b"), PRODUCT), (ArticleId("c"), ORGANISATION))
    }
    found, _ = resolve([ArticleHead(one, one) for one in analyses], tuple(analyses.values()), Decisions(), (), ())
    (asked,) = questions(found, names_by_article(analyses), Decisions())
    assert ("type", "Is “Lumen” a product?") == (asked.kind, asked.text)
    assert "Its mentions were taken for: product 2×, organisation 1×." == asked.reason
    assert (Decision("type", ("Lumen",), "product"), None) == (asked.yes, asked.no)


def test_review_asks_about_one_name_of_two_types_until_it_is_answered() -> None:
    analyses = {
        article: Analysis(article, (Name("Lumen", kind, (("Lumen", 1),)),), (), (), (), (), Digest(""))
        for article, kind in zip(map(ArticleId, "abcde"), [PLACE] * 2 + [ORGANISATION] * 3, strict=True)
    }
    heads, texts = [ArticleHead(one, one) for one in analyses], tuple(analyses.values())
    found, _ = resolve(heads, texts, Decisions(), (), ())
    asked = next(one for one in questions(found, names_by_article(analyses), Decisions()) if one.kind == "same")
    names = ("lumen", "lumen-place")
    assert ("Is the place “Lumen” the organisation of that name?", names) == (asked.text, asked.entities)
    assert (Decision("merge", names), Decision("not-the-same", names)) == (asked.yes, asked.no)
    merged, _ = resolve(heads, texts, Decisions(merge=((names[0], names[1:]),)), (), lock(found, ()))
    assert ["lumen"] == [one.id for one in merged.entities]
    apart = Decisions(not_the_same=(names,))
    kept, problems = resolve(heads, texts, apart, (), lock(found, ()))
    assert ((), False) == (
        problems,
        any(one.kind == "same" for one in questions(kept, names_by_article(analyses), apart)),
    )


def test_review_asks_first_what_has_one_answer() -> None:
    names = (
        ("a", ("Ada Lund", "Bea Lund", "Cora Venn", "Group Oslo")),
        ("b", ("Lund", "Venn", "Group A Cup", "Group B Cup")),
    )
    found, analyses = resolved([*names, ("c", names[0][1]), ("d", names[1][1])])
    asked = questions(found, names_by_article(analyses), Decisions())
    assert ["same", "same"] == [one.kind for one in asked], "a letter may be a word"
    assert [{"venn", "cora-venn"}, {"lund", "ada-lund"}] == [set(one.entities) for one in asked]


def test_review_asks_nothing_about_entities_without_a_page() -> None:
    found, analyses = resolved(
        [("a", ("Ada Lund", "Bea Lund", "Cora Venn", "Ravnsborgs")), ("b", ("Lund", "Ravnsborg"))]
    )
    assert (6, 0) == (len(found.entities), sum(entity.page for entity in found.entities))
    assert () == questions(found, names_by_article(analyses), Decisions())


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        ("Ravnsborg", "Ravnsburg", True),
        ("Skerry Harbour", "Skerryharbour", True),
        ("Iceland", "Ireland", False),
        ("Ravnsborg", "E. Ravnsborg", False),
        ("Ravnsborg A+", "Ravnsborg", False),
    ],
)
def test_review_asks_whether_a_name_is_misspelt_if_it_is_not_another_name(first: str, second: str, asked: bool) -> None:
    found, analyses = resolved([(article, (first, second)) for article in ("a", "b")])
    assert asked == any(one.kind == "spelling" for one in questions(found, names_by_article(analyses), Decisions()))


def resolved(articles: Iterable[tuple[str, Iterable[str]]]) -> tuple[Archive, dict[ArticleId, Analysis]]:
    """The archive of articles that name people, and groups as products, and the analyses of these."""
    analyses = {
        ArticleId(article): Analysis(
            ArticleId(article),
            tuple(
                Name(form, PRODUCT if form.startswith("Group") else EntityType.PERSON, ((form, 1),)) for form in forms
            ),
            (),
            (),
            (),
            (),
            Digest(""),
        )
        for article, forms in articles
    }
    found, _ = resolve([ArticleHead(one, one) for one in analyses], tuple(analyses.values()), Decisions(), (), ())
    return found, analyses


def test_review_does_not_take_bodies_of_one_name_for_misspelt() -> None:
    ministry = Name("Foreign Ministry", ORGANISATION, (("Foreign Ministry", 1),))
    analyses = {
        article: Analysis(article, (ministry, Name(land, PLACE, ((land, 2),))), (), (), (), (), Digest(""))
        for article, land in ((ArticleId("a"), "Kenya"), (ArticleId("b"), "Turkey"))
    }
    found, _ = resolve([ArticleHead(one, one) for one in analyses], tuple(analyses.values()), Decisions(), (), ())
    assert 4 == len(found.entities)
    assert [] == [one for one in questions(found, names_by_article(analyses), Decisions()) if one.kind != "name"]


def test_note_that_nobody_wrote_is_no_note(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "true")
    assert "You wrote nothing, so there is no note.\n" == run(archive, "note", "Marta Lindqvist").stdout
    assert [] == list((archive / "content/entities").iterdir())


def test_a_note_is_written_without_an_editor_if_asked(archive: Path) -> None:
    run(archive, "note", "Marta Lindqvist", "She keeps the harbour.", "-y")
    assert "She keeps the harbour." in (archive / "content/entities/marta-lindqvist.md").read_text("utf-8")
    done = run(archive, "note", "Marta Lindqvist", "-y")
    assert 2 == done.exit_code
    assert "Write the note after the name" in done.stderr


def test_rename_to_the_name_of_another_entity_writes_nothing_and_names_the_merge(archive: Path) -> None:
    before = contents(archive / "content")
    done = run(archive, "rename", "Jonas Aber", "marta lindqvist", "--yes")
    assert 2 == done.exit_code
    assert "“Marta Lindqvist” is another entity already. Nothing was written." in done.output
    assert 'glossator entity merge "Marta Lindqvist" "Jonas Aber"' in done.output
    assert before == contents(archive / "content")


def test_name_below_an_excerpt_is_said_to_be_in_text_that_is_not_published(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    text = "---\ntitle: Long\nrights: excerpt\n---\nOne.\n\nTwo.\n\nHalvard Brandvik came to the quay.\n"
    lay(archive, f"-- content/articles/long.md --\n{text}")
    done = run(archive, "show", "Halvard Brandvik")
    assert (2, True) == (done.exit_code, "“Halvard Brandvik” is only in text that is not published." in done.output)


def test_a_review_without_questions_says_what_else_there_is(archive: Path) -> None:
    options = ArchiveOptions(archive / "content", archive / "site", archive / "glossator.toml")
    with CliRunner().isolation() as (out, *_), open_survey(options) as survey:
        Interview(survey).run(())
        said = out.getvalue().decode()
    assert said.startswith("There is nothing to ask. `entity list` shows every name")
