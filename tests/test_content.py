"""content/ and the values made of it: what is found, what is read, what is written and when."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from glossator.content.article_files import compose, write
from glossator.content.article_front_matter import is_edited
from glossator.content.article_store import ArticleStore, read_article_store
from glossator.content.decisions import read_decisions
from glossator.content.own_texts import OwnPages, read_notes, read_pages
from glossator.content.published_ids import read_lock, write_lock
from glossator.content.saved_files import find_saved
from glossator.content.theme import read_theme
from glossator.frontmatter import split
from glossator.model import ArticleHead, Conversion, EntityId, EntityType, Extracted, PublishedId
from tests.sites import contents, lay

MADE = Extracted(
    title="The crane: again",
    markdown="It *turns*.\n\nAnd so it goes.\n",
    conversion=Conversion("2024/crane.html", "0" * 64, "html", "html 1", (("title", "json-ld"),)),
    source="https://tidetable.example/crane",
    site="Tide Table",
    authors=("Ada Birk", "Bo Å. Holm"),
    published="2024-05-01T08:30:00+02:00",
    saved="2024-05-02",
    language="en-GB",
    description="# Not a heading, but a standfirst",
    image="https://tidetable.example/crane.jpg",
    tags=("cranes", "no"),
)


def head(text: str, folder: Path, name: str = "crane.md") -> ArticleHead:
    """The head that an article of this text has."""
    (folder / name).write_text(text, "utf-8")
    return read_article_store(folder).kept[0].head


# ---- saved files -----------------------------------------------------------------------------------------------------


def test_a_snapshot_of_archivebox_is_one_saved_file_with_its_index(tmp_path: Path) -> None:
    lay(
        tmp_path,
        "-- archive/1714550400.1/index.json --\n{}\n-- archive/1714550400.1/singlefile.html --\n1\n"
        "-- archive/1714550400.1/output.html --\n2\n-- archive/1714550400.1/media/film.txt --\n3\n"
        "-- archive/1714550401.1/index.json --\n{}\n-- archive/1714550401.1/readability/content.html --\n4\n"
        "-- other/index.html --\n5\n",
    )
    expected = [
        ("archive/1714550400.1/singlefile.html", "archive/1714550400.1/index.json"),
        ("archive/1714550401.1/readability/content.html", "archive/1714550401.1/index.json"),
        ("other/index.html", None),
    ]
    assert expected == [(file.path, file.about.path if file.about else None) for file in find_saved(tmp_path)[0]]


@pytest.mark.parametrize(
    ("folder", "file"),
    [
        ("readability", "content.html"),
        ("mercury", "content.html"),
        ("singlefile", "singlefile.html"),
        ("dom", "output.html"),
        ("a.example", "page.html"),
        ("warc", "1.warc"),
        ("htmltotext", "content.txt"),
    ],
)
@pytest.mark.parametrize("linked", ["folder", "file"])
def test_no_link_in_a_snapshot_of_archivebox_is_followed_and_each_is_named(
    tmp_path: Path, folder: str, file: str, linked: str
) -> None:
    lay(tmp_path, f"-- elsewhere/{file} --\n1\n-- saved/snap/index.json --\n{{}}\n-- saved/snap/output.html --\n2\n")
    snapshot, elsewhere = tmp_path / "saved/snap", tmp_path / "elsewhere"
    if linked == "folder":
        (snapshot / folder).symlink_to(elsewhere)
    else:
        (snapshot / folder).mkdir(exist_ok=True)
        (snapshot / folder / file).symlink_to(elsewhere / file)
    files, problems = find_saved(tmp_path / "saved")
    assert ["snap/output.html"] == [found.path for found in files]
    named = f"snap/{folder}" if linked == "folder" else f"snap/{folder}/{file}"
    assert [(named, "is a link, which is not followed: copy what it leads to")] == [
        (problem.path, problem.message) for problem in problems
    ]


def test_a_snapshot_that_holds_nothing_but_links_gives_no_page_and_each_is_named(tmp_path: Path) -> None:
    lay(tmp_path, "-- elsewhere/content.html --\n1\n-- saved/snap/index.json --\n{}\n")
    (tmp_path / "saved/snap/readability").symlink_to(tmp_path / "elsewhere")
    files, problems = find_saved(tmp_path / "saved")
    assert ["snap/index.json"] == [found.path for found in files]
    assert ["snap/readability"] == [problem.path for problem in problems]


def test_saved_files_are_found_in_folders_and_sorted(tmp_path: Path) -> None:
    lay(tmp_path, "-- b/two.txt --\n2\n-- b/a/one.html --\n1\n-- Zoë.md --\n3\n-- a --\n4\n")
    files, problems = find_saved(tmp_path)
    assert (["Zoë.md", "a", "b/a/one.html", "b/two.txt"], ()) == ([file.path for file in files], problems)
    assert [2, 2, 2, 2] == [file.size for file in files]


def test_pictures_that_a_browser_laid_beside_a_page_are_no_articles(tmp_path: Path) -> None:
    lay(
        tmp_path,
        "-- Crane.html --\n1\n-- Crane_files/logo.svg --\n2\n-- notes_files/own.txt --\n3\n-- .hidden/x.txt --\n4\n",
    )
    lay(tmp_path, "-- .DS_Store --\n5\n-- data.htm --\n6\n-- data.files/ad.html --\n7\n")
    assert ["Crane.html", "data.htm", "notes_files/own.txt"] == [file.path for file in find_saved(tmp_path)[0]]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert [((), ())] * 2 == [find_saved(missing), read_notes(missing)]
    assert OwnPages() == read_pages(missing)
    assert ArticleStore(missing, (), frozenset(), (), {}) == read_article_store(missing)


# ---- articles --------------------------------------------------------------------------------------------------------


def test_a_converted_article_reads_back_as_it_was_made(tmp_path: Path) -> None:
    write(tmp_path / "crane.md", MADE)
    shelf = read_article_store(tmp_path)
    (kept,) = shelf.kept
    fields = ("title", "source", "site", "authors", "published", "saved", "language", "description", "image", "tags")
    assert {field: getattr(MADE, field) for field in fields} == {field: getattr(kept.head, field) for field in fields}
    assert (MADE.markdown.strip(), MADE.conversion, ()) == (shelf.open(kept).markdown, kept.conversion, shelf.problems)


def test_an_article_s_file_says_where_each_value_was_found() -> None:
    fields, body = split(compose(MADE))
    conversion = fields["conversion"]
    assert isinstance(conversion, dict)
    assert ["file", "sha256", "format", "reader", "written", "from"] == list(conversion)
    assert ({"title": "json-ld"}, f"\n{MADE.markdown}") == (conversion["from"], body)


@pytest.mark.parametrize(
    ("old", "new"),
    [("turns", "stands"), ("Ada Birk", "Ada Birch"), ("site: Tide Table\n", ""), ("\n---\n", "\nmine: yes\n---\n")],
)
def test_a_change_of_text_or_of_a_field_is_an_edit(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "crane.md"
    write(path, MADE)
    assert not is_edited(path)
    path.write_text(compose(MADE).replace(old, new, 1), "utf-8")
    assert (True, True) == (is_edited(path), read_article_store(tmp_path).kept[0].edited)


def test_other_line_ends_and_blank_lines_at_the_end_are_no_edit(tmp_path: Path) -> None:
    path = tmp_path / "crane.md"
    path.write_bytes(f"{compose(MADE)}\n\n".replace("\n", "\r\n").encode())
    assert not read_article_store(tmp_path).kept[0].edited


def test_an_article_that_a_person_wrote_counts_as_edited(tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    assert not is_edited(path)
    path.write_text("# Mine\n\nAll of it.\n", "utf-8")
    assert is_edited(path)


def test_a_digest_follows_what_the_site_shows_and_not_the_file(tmp_path: Path) -> None:
    write(tmp_path / "crane.md", MADE)
    before = read_article_store(tmp_path).kept[0].digest
    write(
        tmp_path / "crane.md",
        msgspec.structs.replace(MADE, conversion=msgspec.structs.replace(MADE.conversion, sha256="1" * 64)),
    )
    assert before == read_article_store(tmp_path).kept[0].digest
    write(tmp_path / "crane.md", msgspec.structs.replace(MADE, tags=()))
    assert before != read_article_store(tmp_path).kept[0].digest


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: The  crane\n---\n# Another\n", "The crane"),
        ("---\nsite: Tide Table\n---\n\n# The crane\n\nIt turns.\n", "The crane"),
        ("It turns.\n", "the old crane"),
        ("---\ntitle: 1984\n---\nIt was a bright cold day.\n", "1984"),
    ],
)
def test_the_title_is_a_field_a_heading_or_the_file_s_name(tmp_path: Path, text: str, title: str) -> None:
    assert title == head(text, tmp_path, "the-old-crane.md").title


def test_a_heading_that_repeats_the_title_is_not_shown_twice(tmp_path: Path) -> None:
    head("---\ntitle: The crane\n---\n# The Crane\n\nIt turns.\n", tmp_path)
    shelf = read_article_store(tmp_path)
    assert "It turns." == shelf.open(shelf.kept[0]).markdown


def test_an_address_that_is_none_is_not_led_to(tmp_path: Path) -> None:
    made = head("---\ntitle: X\nsource: javascript:alert(1)\nimage: file:///etc/passwd\n---\nX.\n", tmp_path)
    assert (None, None) == (made.source, made.image)


def test_one_author_needs_no_list(tmp_path: Path) -> None:
    assert ("Ada Birk",) == head("---\ntitle: X\nauthors: Ada Birk\n---\nX.\n", tmp_path).authors


# ---- decisions, notes, ids -------------------------------------------------------------------------------------------


def test_every_kind_of_decision_is_read(tmp_path: Path) -> None:
    lay(
        tmp_path,
        """\
-- entities.toml --
ignore = ["Rope Street"]
private = ["Ulla Brandvik"]
not-the-same = [["Hanna Velling", "Tobias Velling"]]
[rename]
"SDU" = "Dockworkers"
[merge]
"Edmund Carrow" = ["Carrow", "E. Carrow"]
[type]
"Lyr" = "place"
""",
    )
    made, problems = read_decisions(tmp_path)
    assert () == problems
    assert (("Rope Street",), ("Ulla Brandvik",)) == (made.ignore, made.private)
    assert (("Hanna Velling", "Tobias Velling"),) == made.not_the_same
    assert (("SDU", "Dockworkers"),) == made.rename
    assert (("Edmund Carrow", ("Carrow", "E. Carrow")),) == made.merge
    assert (("Lyr", EntityType.PLACE),) == made.types


def test_a_note_is_read_with_its_links_and_leads_only_to_web_addresses(tmp_path: Path) -> None:
    lay(
        tmp_path,
        """\
-- marta-lindqvist.md --
---
name: Marta Lindqvist
type: person
aliases: the harbour master
links:
  Her page: https://example.org/marta
  Not hers: javascript:alert(1)
---
She keeps the harbour.
""",
    )
    ((note,), problems) = read_notes(tmp_path)
    assert ("marta-lindqvist", "Marta Lindqvist", EntityType.PERSON) == (note.slug, note.name, note.type)
    assert (("the harbour master",), (("Her page", "https://example.org/marta"),)) == (note.aliases, note.links)
    assert ("She keeps the harbour.", ()) == (note.markdown, problems)


def test_ids_that_were_given_out_read_back_sorted_and_are_written_only_when_they_differ(tmp_path: Path) -> None:
    ids = (
        PublishedId(EntityId("zoe"), "Zoë", EntityType.PERSON),
        PublishedId(EntityId("lyr"), "Lyr", EntityType.PLACE),
    )
    write_lock(tmp_path, ids)
    before = (tmp_path / "entities.lock.json").stat().st_ino
    write_lock(tmp_path, tuple(reversed(ids)))
    assert (ids[::-1], before) == (read_lock(tmp_path), (tmp_path / "entities.lock.json").stat().st_ino)


def test_a_save_by_an_editor_that_marks_utf8_reads_the_same(tmp_path: Path) -> None:
    (tmp_path / "entities.toml").write_bytes(b'\xef\xbb\xbfignore = ["Lyr"]\r\n')
    (tmp_path / "crane.md").write_bytes(b"\xef\xbb\xbf---\r\ntitle: The crane\r\n---\r\nIt turns.\r\n")
    assert ("Lyr",) == read_decisions(tmp_path)[0].ignore
    assert ["The crane"] == [kept.head.title for kept in read_article_store(tmp_path).kept]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("أعلنت وزارة الموانئ أمس أن الجدار سيُرفع مترين قبل نهاية العام، وقال المهندس إن العمل بدأ.", "ar"),
        ("وزیر راه اعلام کرد که دیوار بندر تا پایان سال دو متر بلندتر می‌شود و گفت کار آغاز شده است.", "fa"),
        ("משרד הנמלים הודיע אתמול כי הקיר יוגבה בשני מטרים עד סוף השנה.", "he"),
        ("Министерство сообщило вчера, что стену поднимут на два метра до конца года.", "ru"),
        ("港务局昨日宣布，防波堤将在年底前加高两米。", "zh"),
        ("港湾局は昨日、防波堤を年末までに二メートル高くすると発表した。", "ja"),
        ("The wall (in Arabic: الجدار) will be raised by two metres before the year ends.", None),
        ("Die Mauer wird erhöht – über zwei Meter, größer als je.", None),
    ],
)
def test_an_article_that_states_no_language_has_that_of_its_letters(
    tmp_path: Path, text: str, language: str | None
) -> None:
    (tmp_path / "wall.md").write_text(f"---\ntitle: X\n---\n{text}\n", "utf-8")
    (kept,) = read_article_store(tmp_path).kept
    assert language == kept.head.language


# ---- theme -----------------------------------------------------------------------------------------------------------


def test_a_template_or_file_of_the_user_s_replaces_ours_of_the_same_name(tmp_path: Path) -> None:
    ours = read_theme(tmp_path / "none")
    lay(tmp_path, "-- home.html --\nmine\n-- extra.html --\nmore\n-- static/site.css --\nred\n-- static/.swp --\nno\n")
    mixed = read_theme(tmp_path)
    assert {**ours.templates, "home.html": "mine\n", "extra.html": "more\n"} == mixed.templates
    assert {**ours.statics, "site.css": b"red\n"} == mixed.statics


def test_a_part_of_the_style_sheet_is_replaced_alone(tmp_path: Path) -> None:
    ours = read_theme(tmp_path / "none").statics["site.css"]
    before, after = ours.index(b".mark{"), ours.index(b".glossary h3{")
    lay(tmp_path, "-- styles/40-marks.css --\nred\n-- styles/95-mine.css --\nblue\n")
    assert ours[:before] + b"red\n" + ours[after:] + b"blue\n" == read_theme(tmp_path).statics["site.css"]


def test_a_joined_style_sheet_has_no_comments_and_keeps_what_stands_in_quotation_marks(tmp_path: Path) -> None:
    lay(
        tmp_path,
        '-- styles/lists/95-mine.css --\n/* why */\na::after {\n  content: "/* no */ – comment"; /* x */\n\n  color: red;\n}\n',
    )
    sheet = read_theme(tmp_path).statics["lists.css"]
    assert sheet.endswith('a::after{content:"/* no */ – comment";color:red}\n'.encode())


def test_our_markup_is_not_indented_and_that_of_a_user_stays_as_it_is(tmp_path: Path) -> None:
    lay(tmp_path, "-- home.html --\n{% extends 'glossator/home.html' %}\n<pre>\n  two\n</pre>\n")
    theme = read_theme(tmp_path)
    assert "\n  two\n" in theme.templates["home.html"]
    assert not [line for line in theme.templates["glossator/home.html"].splitlines() if line[:1].isspace()]


def test_a_folder_of_styles_is_a_style_sheet_of_its_own(tmp_path: Path) -> None:
    ours = read_theme(tmp_path / "none").statics
    lay(tmp_path, "-- styles/lists/95-mine.css --\nblue\n")
    mixed = read_theme(tmp_path).statics
    assert (ours["site.css"], ours["lists.css"] + b"blue\n") == (mixed["site.css"], mixed["lists.css"])


def test_reading_changes_nothing(tmp_path: Path) -> None:
    lay(tmp_path, "-- articles/a.md --\n---\ntitle: X\n---\nX\n-- entities/b.md --\nNote\n-- entities.toml --\n")
    before = contents(tmp_path)
    read_article_store(tmp_path / "articles")
    read_notes(tmp_path / "entities")
    read_decisions(tmp_path)
    assert before == contents(tmp_path)
