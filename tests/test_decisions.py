"""What people decide, in `entities.toml`, in lists of names and in the text itself: it is carried out, or it is told."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossator import markup
from glossator.config import AnnotateSettings, SiteError
from glossator.content.decision_edits import add
from glossator.content.decisions import parse_decisions
from glossator.content.gazetteers import read_gazetteers
from glossator.model import Analysis, ArticleId, Decision, Digest, EntityType, Mention, Name, Quote, Split
from glossator.stages.annotate import rematch
from glossator.stages.extract.escape_markdown import escape
from glossator.toml import entries
from tests.sites import build, contents, lay, leave_out_search, pages

GZIP = b"\x1f\x8b"
ARCHIVE = """\
-- content/articles/wall.md --
---
title: Harbour wall to be raised
---
Marta Lindqvist of the Skerry Harbour Board spoke in Ravnsborg. Lindqvist was content, and
so was the Skerry Harbour Board.
-- content/articles/choir.md --
---
title: The choir sang
---
Jonas Aber sang in Ravnsborg. Marta Lindqvist listened to Jonas Aber.
-- content/articles/swim.md --
---
title: A swim
---
Marta Lindqvist swam from Ravnsborg. Then Lindqvist slept.
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    return lay(tmp_path, ARCHIVE)


def decide(folder: Path, text: str) -> list[str]:
    """What a build says of these decisions: line and message."""
    lay(folder, f"-- content/entities.toml --\n{text}\n")
    return [f"{one.line}: {one.message}" for one in build(folder).problems if one.path == "entities.toml"]


def marks(folder: Path, article: str) -> list[str]:
    """The entities that an article's marks lead to, in the order of the text."""
    page = pages(folder / "site")[f"articles/{article}.html"]
    return [attrs["data-entity"] for tag, attrs in page.elements if tag == "a" and "data-entity" in attrs]


# ---- the file: what cannot be used is told with its line, and the rest holds ----------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('ignored = "A"', '1: "ignored" is not a kind of decision: did you mean ignore?'),
        ('ignore = "A"', '1: ignore is not a list of names: write ignore = ["One name", "Another"].'),
        ('[typ]\n"A" = "place"', '1: "typ" is not a kind of decision: did you mean type?'),
        (
            '[verified]\n"A" = "yesterday"',
            (
                '2: verified "A" does not say who decided and when: '
                'write "A" = "Your Name, 2026-05-01T12:00:00Z", or delete the line.'
            ),
        ),
        ('[type]\n"A" = "plaec"', '2: "plaec" is not a type: did you mean place?'),
        ('[merge]\n"A" = "B"', '2: "A" is not a list of names: write "A" = ["One name", "Another"].'),
        ('[rename]\n"A" = ""', '2: the new name of "A" is not a text: write "A" = "New name".'),
        ('rename = ["A"]', "1: rename is not a table: write [rename] on a line of its own, a name on each line below."),
        (
            'not-the-same = ["A", "B"]',
            '1: not-the-same is not a list of lists of names: write lists of names within a list: not-the-same = [["A", "B"]].',
        ),
        (
            '[type]\n"A" = "place"\nconfirm = ["A"]',
            "3: confirm stands below [type] and is taken for a name: move it above the first table.",
        ),
        ('[[split]]\nname = "A"', '1: a split has no as: write as = "..." below [[split]].'),
        (
            '[[split]]\nname = "A"\nas = "B"\n[[split]]\nname = "C"\nas = "D"\nwhere = []',
            '4: "where" is not a field of a split: known are name, as, in.',
        ),
    ],
)
def test_an_entry_that_cannot_be_used_is_told_with_its_line_and_the_rest_holds(text: str, message: str) -> None:
    made, problems = parse_decisions(f'{text}\n[ignore-in]\n"Pier" = ["wall"]\n')
    assert [(message, True)] == [(f"{one.line}: {one.message}", one.fatal) for one in problems]
    assert Split("Pier", "none", ("wall",), text.count("\n") + 3) in made.splits


@pytest.mark.parametrize(
    "text", ['privat = ["A"]', 'private = "A"', '[type]\n"B" = "place"\nprivate = ["A"]', 'private = ["A"\nB']
)
def test_a_private_that_cannot_be_understood_ends_the_build_before_anything_is_published(text: str) -> None:
    with pytest.raises(SiteError) as raised:
        parse_decisions(text)
    assert "line" in raised.value.message


def test_entries_are_found_in_any_layout() -> None:
    text = 'a = [\n  "x", # not "this"\n  [\'y\'],\n]\n\n[ "b c" ]\n"d\\"e" = """f\n"""\n[[s]]\n[[s]]\nk = 1\n'
    assert [
        ("", 0, "a", 1, 4, (("x", 2), ("y", 3))),
        ("b c", 0, "", 6, 6, ()),
        ("b c", 0, 'd"e', 7, 8, (("f\n", 7),)),
        ("s", 0, "", 9, 9, ()),
        ("s", 1, "", 10, 10, ()),
        ("s", 1, "k", 11, 11, ()),
    ] == [(one.table, one.number, one.key, one.line, one.end, one.texts) for one in entries(text)]


def test_a_name_that_no_article_has_is_told_with_its_line_and_the_nearest(archive: Path) -> None:
    said = decide(archive, '[rename]\n# a slip\n"Jonas Abre" = "Jon Aber"')
    assert ["3: rename: “Jonas Abre” is not a name in any article. Did you mean “Jonas Aber”?"] == said


def test_an_article_that_is_not_there_is_told(archive: Path) -> None:
    assert ["2: ignore-in: there is no article chior. Did you mean choir?"] == decide(
        archive, '[ignore-in]\n"Ravnsborg" = ["chior"]'
    )


def test_a_name_that_its_article_has_not_is_told(archive: Path) -> None:
    assert ["2: ignore-in: “Ravnsburg” is not a name in choir. Did you mean “Ravnsborg”?"] == decide(
        archive, '[ignore-in]\n"Ravnsburg" = ["choir"]'
    )


# ---- contradictions: both lines are named, one of them stands -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[rename]\n"Jonas Aber" = "Jon Aber"\n"jonas-aber" = "J. Aber"',
            (
                "3: rename: “jonas-aber” contradicts rename “Jonas Aber” in line 2; "
                "rename “Jonas Aber” in line 2 stands. Remove one of the two."
            ),
        ),
        (
            '[type]\n"Ravnsborg" = "place"\n"ravnsborg" = "event"',
            (
                "3: type: “ravnsborg” contradicts type “Ravnsborg” in line 2; "
                "type “Ravnsborg” in line 2 stands. Remove one of the two."
            ),
        ),
        (
            'ignore = ["Jonas Aber"]\nconfirm = ["jonas aber"]',
            (
                "1: ignore: “Jonas Aber” contradicts confirm “jonas aber” in line 2; "
                "ignore “Jonas Aber” in line 1 stands. Remove one of the two."
            ),
        ),
        (
            'private = ["Jonas Aber"]\nconfirm = ["jonas aber"]',
            (
                "1: private: “Jonas Aber” contradicts confirm “jonas aber” in line 2; "
                "private “Jonas Aber” in line 1 stands. Remove one of the two."
            ),
        ),
        (
            'not-the-same = [["Jonas Aber", "Marta Lindqvist"]]\n[merge]\n"Marta Lindqvist" = ["Jonas Aber"]',
            (
                "3: merge: “Jonas Aber” is merged into “Marta Lindqvist”, but not-the-same in line 1 keeps them apart. "
                "They stay apart; remove one of the two decisions."
            ),
        ),
        (
            '[merge]\n"Marta Lindqvist" = ["Jonas Aber"]\n"Ravnsborg" = ["Jonas Aber"]',
            (
                "3: merge: “Jonas Aber” contradicts merge “Jonas Aber” in line 2; "
                "merge “Jonas Aber” in line 2 stands. Remove one of the two."
            ),
        ),
    ],
)
def test_two_decisions_that_contradict_each_other_are_both_named(archive: Path, text: str, said: str) -> None:
    assert [said] == decide(archive, text)


# ---- one name, another entity ---------------------------------------------------------------------------------------------


def test_a_namesake_is_split_off_in_the_articles_that_speak_of_them(archive: Path) -> None:
    told = decide(archive, '[[split]]\nname = "Marta Lindqvist"\nas = "Marta Lindqvist (swimmer)"\nin = ["swim"]')
    assert [] == told
    assert ["marta-lindqvist-swimmer", "ravnsborg"] == marks(archive, "swim")
    assert ["jonas-aber", "ravnsborg", "marta-lindqvist"] == marks(archive, "choir")
    assert "Marta Lindqvist (swimmer)" in pages(archive / "site")["entities/marta-lindqvist-swimmer.html"].text


def test_a_wrong_join_within_an_article_is_parted_by_form(archive: Path) -> None:
    told = decide(archive, '[[split]]\nname = "Lindqvist"\nas = "Nils Lindqvist"\nin = ["wall"]')
    assert [] == told
    assert ["marta-lindqvist", "skerry-harbour-board", "ravnsborg", "nils-lindqvist"] == marks(archive, "wall")
    assert ["marta-lindqvist", "ravnsborg"] == marks(archive, "swim")


def test_a_split_without_articles_holds_everywhere_and_takes_a_known_entity(archive: Path) -> None:
    decide(archive, '[[split]]\nname = "Lindqvist"\nas = "jonas-aber"')
    assert "jonas-aber" == marks(archive, "wall")[3] == marks(archive, "swim")[2]


def test_a_split_stays_when_it_is_built_again(archive: Path) -> None:
    text = '[[split]]\nname = "Marta Lindqvist"\nas = "Marta Lindqvist (swimmer)"\nin = ["swim"]'
    decide(archive, text)
    before = contents(archive / "site")
    assert ([], before) == (decide(archive, text), contents(archive / "site"))


def test_a_name_is_ignored_in_one_article_only(archive: Path) -> None:
    decide(archive, '[ignore-in]\n"Ravnsborg" = ["choir"]')
    assert ["jonas-aber", "marta-lindqvist"] == marks(archive, "choir")
    assert "ravnsborg" in marks(archive, "wall")


def test_what_was_split_off_takes_decisions_of_its_own(archive: Path) -> None:
    text = '[[split]]\nname = "Marta Lindqvist"\nas = "Marta L. (swimmer)"\nin = ["swim"]\n[rename]\n"Marta L. (swimmer)" = "Marta Lund"'
    assert [] == decide(archive, text)
    assert "marta-lund" == marks(archive, "swim")[0]


def test_a_split_that_a_merge_undoes_is_told(archive: Path) -> None:
    text = '[merge]\n"Marta Lindqvist" = ["M. (swimmer)"]\n[[split]]\nname = "Marta Lindqvist"\nas = "M. (swimmer)"\nin = ["swim"]'
    (said,) = decide(archive, text)
    assert "split: “M. (swimmer)” is split off from “Marta Lindqvist”, but another decision joins the two." in said


# ---- a mark in the text ---------------------------------------------------------------------------------------------------


def edit(folder: Path, article: str, old: str, new: str) -> None:
    path = folder / f"content/articles/{article}.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_one_mention_is_given_to_an_entity(archive: Path) -> None:
    edit(archive, "wall", "Lindqvist was", "[Lindqvist]{entity=jonas-aber} was")
    build(archive)
    assert ["marta-lindqvist", "skerry-harbour-board", "ravnsborg", "jonas-aber"] == marks(archive, "wall")


def test_one_mention_is_given_to_nobody(archive: Path) -> None:
    edit(archive, "wall", "Ravnsborg", "[Ravnsborg]{entity=none}")
    build(archive)
    assert ["marta-lindqvist", "skerry-harbour-board"] == marks(archive, "wall")


def test_a_name_that_the_model_missed_is_marked_with_its_type(archive: Path) -> None:
    edit(archive, "wall", "was content", 'was content aboard the [Ellida]{entity="Ellida (ship)" type=product}')
    build(archive)
    page = pages(archive / "site")["entities/ellida-ship.html"]
    assert "ellida-ship" == marks(archive, "wall")[-1]
    assert "Product" in page.text
    assert "Ellida (ship)" in page.text


def test_a_mark_follows_a_rename(archive: Path) -> None:
    edit(archive, "wall", "Lindqvist was", '[Lindqvist]{entity="Jon Aber"} was')
    assert [] == decide(archive, '[rename]\n"Jonas Aber" = "Jon Aber"')
    assert "jon-aber" == marks(archive, "wall")[-1] == marks(archive, "choir")[0]


def test_a_mark_without_a_type_that_names_nobody_makes_no_person(archive: Path) -> None:
    edit(archive, "wall", "Lindqvist was", "[Lindqvist]{entity=jonas-abber} was")
    (problem,) = build(archive).problems
    text = (archive / "content/articles/wall.md").read_text("utf-8").splitlines()
    line = next(number for number, words in enumerate(text, 1) if "jonas-abber" in words)
    assert f"articles/wall.md, line {line}" == problem.where()
    assert "entity=jonas-abber names nobody and is left out. Did you mean “Jonas Aber”? " in problem.message
    assert "jonas-abber" not in (archive / "content/entities.lock.json").read_text("utf-8")
    assert ["marta-lindqvist", "skerry-harbour-board", "ravnsborg"] == marks(archive, "wall")


def test_a_mark_that_named_nobody_is_heard_once_an_article_names_it(archive: Path) -> None:
    edit(archive, "wall", "Lindqvist was", '[Lindqvist]{entity="Marta Lund"} was')
    build(archive)
    lay(
        archive,
        "-- content/articles/lund.md --\n---\ntitle: Lund\n---\n[She]{entity='Marta Lund' type=person} sings.\n",
    )
    assert () == build(archive).problems
    assert "marta-lund" == marks(archive, "wall")[-1]


def test_a_mark_leaves_nothing_of_itself_on_the_page_and_moves_no_offset() -> None:
    plain, marked = "Then *Ada* Lund left.", "Then [*Ada* Lund]{: entity='Ada Lund' type=person} left."
    assert markup.read(plain).content == markup.read(marked).content
    assert markup.weave(plain) == markup.weave(marked)
    (said,) = markup.read(marked).said
    assert (5, 13, "Ada Lund", EntityType.PERSON) == (said.start, said.end, said.entity, said.type)


@pytest.mark.parametrize(
    "text",
    [
        "[Ada]{entiti=x}",
        "[Ada]{entity=x colour=red}",
        "[Ada]{entity=x type=island}",
        "`[Ada]{entity=x}`",
        "\\[Ada]{entity=x}",
    ],
)
def test_what_is_not_quite_a_mark_stays_for_the_reader_to_see(text: str) -> None:
    read = markup.read(text)
    assert ((), text.strip("`").replace("\\", "")) == (read.said, read.content)


def test_the_words_of_a_saved_page_make_no_mark() -> None:
    words = "It said [Washington]{entity=none}, [a]{entity=b} and no more."
    read = markup.read(escape(words))
    assert ((), words) == (read.said, read.content)


def test_no_saved_file_can_make_a_mark_and_no_conversion_takes_one_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    text = "Then [Ravnsborg]{entity=none} slept, and Jonas Aber left the town of Ravnsborg at the end of it.\n\n## Later\n\n"
    text += "It was dark, and Ravnsborg had no lamp that Jonas Aber knew of."
    other = "-- content/articles/lamp.md --\n---\ntitle: A lamp\n---\nThe town of Ravnsborg bought a lamp.\n"
    build(lay(tmp_path, f"{other}-- content/saved/day.md --\n---\ntitle: A day\n---\n{text}\n"))
    assert ["jonas-aber", "ravnsborg", "ravnsborg", "jonas-aber"] == marks(tmp_path, "a-day")
    for mention in ("and Jonas Aber", "that Jonas Aber"):
        edit(tmp_path, "a-day", mention, mention.replace("Jonas Aber", "[Jonas Aber]{entity=none}"))
    build(tmp_path, reconvert=True)
    assert ["ravnsborg", "ravnsborg"] == marks(tmp_path, "a-day")


WORDS = ("Ada Lund", "Lund", "Nils Lund", "Tollan", "went", "and")


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(["none", "nils-lund", "Ada Holm"])), max_size=3),
    st.lists(st.tuples(st.integers(0, 11), st.sampled_from(["none", "Ada Holm"])), max_size=3),
)
def test_whatever_is_said_every_mention_is_a_stretch_of_the_text_and_has_a_name(
    words: list[str], splits: list[tuple[str, str]], said: list[tuple[int, str]]
) -> None:
    spans = dict(said)
    text = markup.read(" ".join(f"[{w}]{{entity='{spans[n]}'}}" if n in spans else w for n, w in enumerate(words)))
    found = list(re.finditer("(?:Ada |Nils )?Lund|Tollan", text.content))
    counts = Counter(match[0] for match in found)
    forms = sorted(counts)
    names = tuple(Name(form, EntityType.PERSON, ((form, counts[form]),)) for form in forms)
    mentions = tuple(Mention(match.start(), match.end(), forms.index(match[0])) for match in found)
    quotes = tuple(Quote(0, 1, "x", number) for number in range(len(names)))
    analysis = Analysis(ArticleId("a"), names, mentions, (), (), quotes, Digest(""))
    made = rematch(analysis, text, (), [Split(*one) for one in splits], AnnotateSettings())
    ends = [0, *(mention.end for mention in made.mentions)]
    assert all(end <= mention.start for end, mention in zip(ends, made.mentions, strict=False))
    assert set(range(len(made.names))) == {mention.name for mention in made.mentions}
    assert all(quote.name is None or quote.name < len(made.names) for quote in made.quotes)
    for number, name in enumerate(made.names):
        held = Counter(text.content[one.start : one.end] for one in made.mentions if one.name == number)
        assert (dict(held), True) == (dict(name.forms), name.form in held)


# ---- private --------------------------------------------------------------------------------------------------------------


def test_a_private_person_is_nowhere_but_in_the_words_of_the_articles(archive: Path) -> None:
    """The built site is searched byte by byte: pages, data of cards, index and all."""
    lay(archive, "-- content/gazetteers/people.csv --\nname,type,note\nJonas Aber,person,A singer\n")
    edit(archive, "wall", "Lindqvist was", "[Lindqvist]{entity=jonas-aber} was")
    decide(archive, 'private = ["Jonas Aber"]')
    site = contents(archive / "site")
    assert [] == [path for path, data in site.items() if b"jonas-aber" in path.encode() + data or b"A singer" in data]
    named = {path: data for path, data in site.items() if b"Jonas Aber" in data}
    assert {"articles/choir.html"} == set(named), "no other page quotes what names them"
    words = (b"Jonas Aber sang in ", b"listened to Jonas Aber.")
    assert all(data.count(b"Jonas Aber") == sum(map(data.count, words)) for data in named.values())
    assert "jonas-aber" not in marks(archive, "choir")


def test_a_private_person_is_in_no_index_of_the_search(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE)
    decide(tmp_path, 'private = ["Jonas Aber"]')
    index = contents(tmp_path / "site/pagefind")
    plain = {path: gzip.decompress(data) if data[:2] == GZIP else data for path, data in index.items()}
    assert any(b"entities/ravnsborg.html" in data for path, data in plain.items() if "/n-" in path), "others are"
    assert [] == [path for path, data in plain.items() if b"jonas-aber" in data]


# ---- lists of names -------------------------------------------------------------------------------------------------------

LIST = """\
-- content/gazetteers/ships.toml --
[[entity]]
name = "MS Ellida"
type = "product"
aliases = ["Ellida"]
note = "A *ferry*, built in 1971."
identifiers = { wikidata = "Q1", home = "https://ellida.example/" }

[[entity]]
name = "Nobody's Boat"
type = "product"
-- content/articles/ferry.md --
---
title: The ferry
---
The Ellida was late. The MS Ellida is old.
"""


def test_a_name_of_a_list_is_marked_and_has_what_the_list_says(archive: Path) -> None:
    lay(archive, LIST)
    report = build(archive)
    page = pages(archive / "site")["entities/ms-ellida.html"]
    assert ((), ["ms-ellida"]) == (report.problems, marks(archive, "ferry"))
    assert "A ferry, built in 1971." in page.text
    assert "From a list" in page.text
    assert {"https://www.wikidata.org/wiki/Q1", "https://ellida.example/"} <= set(page.addresses)


def test_without_a_model_lists_and_marks_and_decisions_still_work(archive: Path) -> None:
    lay(archive, LIST)
    edit(archive, "ferry", "title: The ferry", "title: The ferry\nlanguage: da")
    edit(archive, "ferry", "is old.", "is old. [Jonas]{entity=jonas-aber} and Marta Lindqvist swam.")
    assert [] == decide(archive, '[type]\n"Marta Lindqvist" = "person"')
    assert ["ms-ellida", "jonas-aber", "marta-lindqvist"] == marks(archive, "ferry")


def test_a_decision_goes_before_a_list(archive: Path) -> None:
    lay(archive, LIST)
    decide(archive, '[rename]\n"MS Ellida" = "Ellida II"\n[type]\n"Ellida" = "work"')
    page = pages(archive / "site")["entities/ellida-ii.html"]
    assert ("Confirmed" in page.text, "Work" in page.text) == (True, True)


def test_a_list_is_read_from_csv_with_several_aliases_in_a_cell(tmp_path: Path) -> None:
    text = 'name,type,aliases,identifiers\n"Lund, Ada",person,Ada Lund; A. Lund,wikidata=Q7; viaf: 12\n'
    ((one,), problems) = read_gazetteers(lay(tmp_path, f"-- gazetteers/a.csv --\n{text}"))
    assert ("Lund, Ada", EntityType.PERSON, ("Ada Lund", "A. Lund"), ()) == (one.name, one.type, one.aliases, problems)
    assert (("Wikidata", "https://www.wikidata.org/wiki/Q7"), ("VIAF", "https://viaf.org/viaf/12")) == one.links
    assert ("gazetteers/a.csv", 2) == (one.listed, one.line)


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("a.toml", '[[entity]]\nname = "A"\ntype = "plaec"', 'a.toml, 1: "plaec" is not a type: did you mean place?'),
        ("a.toml", '[[entity]]\nname = "A"\ntype = "place"\nalias = ["B"]', 'a.toml, 1: "alias" is not a field of an entry: did you mean aliases?'),
        ("a.toml", '\n[[entities]]\nname = "A"', 'a.toml, 2: "entities" is not known here: write each name below a line [[entity]]'),
        ("a.toml", "[[entity]\n", "a.toml, None: is not valid TOML"),
        ("a.csv", "name,type\nA,place\n,place\n", "a.csv, 3: an entry has no name: write one, or take the entry out"),
        ("a.csv", "name,typ\nA,place\n", 'a.csv, 1: "typ" is not a column: did you mean type?'),
        ("a.csv", "A,place\n", 'a.csv, 1: has no column "name"'),
        ("a.csv", 'name,type,identifiers\nA,place,wikdata=Q1\n', 'a.csv, 2: "wikdata" is no register'),
        ("a.xlsx", "A", "a.xlsx, None: is no list that is read here: write it as .toml or .csv"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_list_is_told_with_file_and_line(tmp_path: Path, file: str, text: str, message: str) -> None:
    _, problems = read_gazetteers(lay(tmp_path, f"-- gazetteers/{file} --\n{text}"))
    assert any(f"{one.path}, {one.line}: {one.message}".startswith(f"gazetteers/{message}") for one in problems), (
        problems
    )


def test_two_entries_on_one_entity_are_told(archive: Path) -> None:
    lay(archive, "-- content/gazetteers/a.csv --\nname,type\nJonas Aber,person\nJonas Aber,person\n")
    (said,) = build(archive).problems
    assert ("gazetteers/a.csv", 3) == (said.path, said.line)
    assert "is of the same entity as that in gazetteers/a.csv, line 2; put them into one." in said.message


# ---- writing --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ['A "quoted" name', "back\\slash", "Ünïcode’s", "# no comment", "[brackets]"])
def test_any_name_can_be_written_and_reads_back(name: str) -> None:
    text = add(add("", Decision("ignore", (name,))), Decision("rename", (name,), name))
    text = add(text, Decision("split", (name,), name, ("wall",)))
    made, problems = parse_decisions(text)
    assert ((name,), ((name, name),), ()) == (made.ignore, made.rename, problems)
    assert [(name, name, ("wall",))] == [(one.name, one.entity, one.articles) for one in made.splits]


def test_a_list_over_several_lines_grows_by_a_line() -> None:
    text = 'ignore = [\n  "A",  # why\n  "B",\n]\n'
    assert 'ignore = [\n  "A",  # why\n  "B",\n  "C",\n]\n' == add(text, Decision("ignore", ("C",)))


def test_the_memory_of_another_model_is_no_part_of_the_site(archive: Path) -> None:
    build(archive)
    kept = json.loads((archive / ".glossator/content.entities.json").read_text("utf-8"))
    assert ["Jonas Aber", "person"] == kept["entities"]["jonas-aber"]


def test_a_decision_fits_a_name_with_an_elided_article_and_without_one(tmp_path: Path) -> None:
    """In French, some sentences write the article with the name; the first build and a later one decide alike."""
    texts = {
        "quai": "L’Autorité portuaire de Velhaven a fermé le quai nord mardi. Selon Marta Lindqvist, directrice de "
        "l’Autorité portuaire, le quai restera fermé. Le ministre a visité l’Autorité portuaire mercredi.",
        "port": "Les travaux de l’Autorité portuaire coûteront dix millions d’euros. Marta Lindqvist a quitté "
        "l’Autorité portuaire en 2023.",
    }
    for name, text in texts.items():
        lay(tmp_path, f"-- content/articles/{name}.md --\n---\ntitle: {name}\nlanguage: fr\n---\n{text}\n")
    lay(tmp_path, '-- glossator.toml --\n[site]\nlanguage = "fr"\n')
    for written in ("L’Autorité", "l'Autorité", "Autorité"):
        assert [] == decide(tmp_path, "")
        assert "entities/autorite.html" in pages(tmp_path / "site")
        assert [] == decide(tmp_path, f'ignore = ["{written}"]')
        assert "entities/autorite.html" not in pages(tmp_path / "site")
