"""One broken archive for each mistake, and the very sentence that a person reads. The rest is built all the same."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from glossator.python_command import runnable
from glossator.stages.render import TEMPLATES
from tests.sites import command, contents, lay, leave_out_search

ROOT = Path(__file__).resolve().parents[1]
SOUND = """\
-- glossator.toml --
[language.en]
model = ""
-- content/articles/wall.md --
---
title: Harbour wall to be raised
---
Work begins in May.
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of one article with nothing wrong in it, and a theme of few words, which is sooner read."""
    leave_out_search(monkeypatch)
    for template in TEMPLATES.values():
        if template.endswith(".html"):
            lay(tmp_path, f"-- templates/{template} --\n{{{{ page.frame.title }}}}\n")
    return lay(tmp_path, SOUND)


def built(folder: Path) -> bool:
    """Whether the sound article has its page."""
    return (folder / "site/articles/wall.html").exists()


def test_where_nothing_is_wrong_nothing_is_said(archive: Path) -> None:
    assert ((0, []), True) == (command(archive), built(archive))


# ---- saved files: named with the reason, left out, exit code 1 -------------------------------------------------------

SAVED_FILES: list[tuple[str, bytes, str]] = [
    ("empty.html", b"", "The file is empty; save the article again."),
    ("blank.txt", b" \n\n", "The file is empty; save the article again."),
    (
        "noise.bin",
        bytes(range(256)) * 8,
        "The file is neither text nor any format that Glossator knows; save the article as HTML, plain text or Markdown.",
    ),
    (
        "report.html",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        "The PDF is damaged or incomplete; save it again.",
    ),
    (
        "report.rtf",
        b"{\\rtf1 x}",
        "The file is an RTF document, which Glossator does not read yet; save the article as HTML, plain text or Markdown.",
    ),
    (
        "bare.md",
        b"---\ntitle: Nothing below\n---\n",
        "The file has no text below its front matter and title; save the article again.",
    ),
]


def test_a_picture_is_no_article_and_no_mistake(archive: Path) -> None:
    (archive / "content/saved").mkdir()
    (archive / "content/saved/photo.jpg").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert ((0, []), True) == (command(archive), built(archive))


@pytest.mark.parametrize(("name", "data", "message"), SAVED_FILES)
def test_a_saved_file_without_an_article(archive: Path, name: str, data: bytes, message: str) -> None:
    lay(archive, f"-- content/saved/2024/{name} --\n")
    (archive / "content/saved/2024" / name).write_bytes(data)
    assert (1, [f"saved/2024/{name}: {message}"]) == command(archive)
    assert (True, data) == (built(archive), (archive / "content/saved/2024" / name).read_bytes())


LINK = "is a link, which is not followed: copy the file itself"
SPECIAL_FILES: list[tuple[Callable[[Path], object], str]] = [
    (lambda path: path.symlink_to("/etc/hostname"), LINK),
    (lambda path: path.symlink_to(path.parent), LINK),
    (lambda path: path.symlink_to("nowhere"), LINK),
    (os.mkfifo, "is not a regular file: leave it elsewhere"),
]


@pytest.mark.parametrize(("make", "message"), SPECIAL_FILES, ids=["file", "loop", "nowhere", "pipe"])
def test_what_is_no_file_of_its_own(archive: Path, make: Callable[[Path], object], message: str) -> None:
    (archive / "content/saved").mkdir()
    make(archive / "content/saved/odd")
    assert ((1, [f"saved/odd: {message}"]), True) == (command(archive), built(archive))


def test_a_saved_file_of_too_many_bytes(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glossator.files.LARGEST", 100_000)
    lay(archive, f"-- content/saved/long.txt --\n{'word ' * 30_000}")
    said = "saved/long.txt: has 150,000 bytes, more than the limit of 100,000: split it"
    assert ((1, [said]), True) == (command(archive), built(archive))


@pytest.mark.parametrize("folder", ["saved", "articles", "entities", "pages", "gazetteers"])
def test_a_name_that_is_no_text(archive: Path, folder: str) -> None:
    name = os.fsdecode(b"caf\xe9.txt" if folder == "saved" else b"caf\xe9.md")
    (archive / "content" / folder).mkdir(exist_ok=True)
    (archive / "content" / folder / name).write_text("---\ntitle: Coffee\n---\nIt is served.", "utf-8")
    wrong = "has a name that is not valid UTF-8, or holds control characters: rename it"
    said = f"{folder}/caf\\udce9{Path(name).suffix}: {wrong}"
    assert ((1, [said]), True) == (command(archive), built(archive))
    assert (1, [said]) == command(archive)


def test_a_template_whose_name_is_no_text(archive: Path) -> None:
    (archive / "templates/static").mkdir(parents=True)
    (archive / "templates/static" / os.fsdecode(b"caf\xe9.css")).write_text("", "utf-8")
    wrong = "has a name that is not valid UTF-8, or holds control characters: rename it"
    assert (2, [f"templates/static/caf\\udce9.css {wrong}."]) == command(archive)


def test_every_mistake_is_told_in_the_order_of_the_files(archive: Path) -> None:
    lay(archive, "-- content/saved/c.txt --\n-- content/saved/b.txt --\n-- content/articles/a.md --\n---\na: [\n---\n")
    code, lines = command(archive)
    assert (1, ["articles/a.md, line 3", "saved/b.txt", "saved/c.txt"]) == (code, [one.split(": ")[0] for one in lines])


# ---- articles, notes, pages ------------------------------------------------------------------------------------------

TEXTS: list[tuple[str, str, int, str]] = [
    # file, its text; exit code; what is said of it
    (
        "articles/crane.md",
        "---\ntitle: The crane: again\n---\nIt turns.",
        1,
        (
            ", line 2: the front matter cannot be read here (mapping values are not allowed in this context); "
            "put a value that contains : # or quotes in single quotes."
        ),
    ),
    (
        "articles/crane.md",
        "---\ntitle: The crane\nIt turns.",
        1,
        ", line 1: the front matter has no end; close it with a line of three hyphens.",
    ),
    (
        "articles/crane.md",
        "---\ntitle: One\nsite: Tide Table\ntitle: Two\n---\nIt turns.",
        1,
        ", line 4: the field `title` stands there twice; remove one of them.",
    ),
    (
        "articles/crane.md",
        "---\ntitle: The crane\npublished: last May\n---\nIt turns.",
        0,
        ', line 3: published "last May" is no date such as 2026-03-14: it was passed over',
    ),
    (
        "articles/crane.md",
        "---\ntitle: The crane\nsaved: 2024-02-30\n---\nIt turns.",
        0,
        ', line 3: saved "2024-02-30" is no date such as 2026-03-14: it was passed over',
    ),
    (
        "articles/crane.md",
        "---\ntitle: The crane\nlanguage: plain English\n---\nIt turns.",
        0,
        ', line 3: language "plain English" is no language tag such as en or pt-BR: it was passed over',
    ),
    (
        "articles/crane.md",
        "---\ntitle: The crane\nsource: the Tide Table\n---\nIt turns.",
        0,
        ', line 3: source "the Tide Table" is no web address that begins with "https://": it was passed over',
    ),
    (
        "articles/crane.md",
        "---\ntitel: The crane\npublisher: The Tide\nmood: calm\n---\nIt turns.",
        0,
        ", line 2: titel is not read: did you mean title?",
    ),
    (
        "articles/crane.md",
        "---\ntitle: The crane\ntitel: Oops\n---\nIt turns.",
        0,
        ", line 3: titel is not read: did you mean title?",
    ),
    (
        "articles/crane.md",
        "---\ntitle: The crane\nprivat: true\n---\nIt turns.",
        1,
        ', line 3: "privat" is no field, but nearly private: write private, or another name: the article was left out',
    ),
    (
        "articles/crane.md",
        "---\ntitle: The crane\nrights: none\n---\nIt turns.",
        1,
        ', line 3: rights "none" is none of full, excerpt, metadata, private: the article was left out',
    ),
    (
        "articles/crane.md",
        f"---\ntitle: 0x{'f' * 60_000}\n---\nIt turns.",
        1,
        ", line 2: a number has more than 100 digits; put it in quotes if it is a text.",
    ),
    (
        "articles/crane.md",
        f"---\ntitle: The crane\ntags:\n- {'9' * 60_000}\n---\nIt turns.",
        1,
        ", line 4: a number has more than 100 digits; put it in quotes if it is a text.",
    ),
    (
        "pages/about.md",
        f"---\ntitle: 0b{'1' * 60_000}\n---\nWe are two.",
        1,
        ", line 2: a number has more than 100 digits; put it in quotes if it is a text.",
    ),
    (
        "gazetteers/ships.toml",
        '[[entity]]\n"name" = "Otter"\naliases = [\n  "a = b",\n  "Otty",\n',
        1,
        ": is not valid TOML: what begins in line 3 has no end. correcting.md in the documentation shows the notation",
    ),
    (
        "gazetteers/ships.toml",
        '[[entity]]\nname = "Otter"\naliases =',
        1,
        (
            ": is not valid TOML: the value in line 3 is not a text in quotes, a number, a list in brackets, true or "
            "false. correcting.md in the documentation shows the notation"
        ),
    ),
    (
        "gazetteers/ships.toml",
        f"entity = {'[' * 3000}",
        1,
        ": is not valid TOML: brackets are nested too deeply. correcting.md in the documentation shows the notation",
    ),
    (
        "gazetteers/ships.toml",
        f"entity = 0x{'f' * 60_000}",
        1,
        ": is not valid TOML: a number has too many digits. correcting.md in the documentation shows the notation",
    ),
    (
        "entities/marta.md",
        "---\nname: [Marta\n---\nShe.",
        1,
        (
            ", line 3: the front matter cannot be read here (did not find expected ',' or ']'); "
            "put a value that contains : # or quotes in single quotes."
        ),
    ),
    (
        "entities/marta.md",
        "---\nname: Marta\ntype: human\n---\nShe.",
        1,
        ': type "human" is none of person, organisation, place, group, law, work, event, product: write one of these',
    ),
    (
        "entities/marta.md",
        "---\nname: Marta\nlinks: https://example.org\n---\nShe.",
        1,
        ": links is not a list of lines `label: address`: write one below it for each link",
    ),
    (
        "entities.toml",
        '# mine\nignored = "Rope Street"',
        1,
        ', line 2: "ignored" is not a kind of decision: did you mean ignore?',
    ),
    (
        "entities.toml",
        '[type]\n"Lyr" = "iland"',
        1,
        (', line 2: "iland" is not a type: known are person, organisation, place, group, law, work, event, product.'),
    ),
    (
        "gazetteers/ships.csv",
        "name,type\nEllida,ship",
        1,
        (', line 2: "ship" is not a type: known are person, organisation, place, group, law, work, event, product.'),
    ),
    (
        "pages/about.md",
        "---\ntitle: Us\n\nWe are two.",
        1,
        ", line 1: the front matter has no end; close it with a line of three hyphens.",
    ),
]


@pytest.mark.parametrize(("file", "text", "code", "message"), TEXTS)
def test_a_text_of_ones_own_with_a_mistake(archive: Path, file: str, text: str, code: int, message: str) -> None:
    lay(archive, f"-- content/{file} --\n{text}\n")
    assert ((code, [file + message]), True) == (command(archive), built(archive))
    assert f"{text}\n" == (archive / "content" / file).read_text("utf-8"), "the file is left as it was"


def test_a_folder_with_the_name_of_an_article(archive: Path) -> None:
    (archive / "content/articles/crane.md").mkdir()
    said = "articles/crane.md: is not a regular file: leave it elsewhere"
    assert ((1, [said]), True) == (command(archive), built(archive))


HIDDEN = "\x00\x08\x1b\x7f\x85\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that nobody sees: some end a text, others show what follows it backwards."""


def test_a_title_with_hidden_characters_is_one_line_that_everybody_can_read(archive: Path) -> None:
    escaped = "".join(f"\\u{ord(character):04x}" for character in HIDDEN)
    lay(
        archive,
        f'-- content/articles/crane.md --\n---\ntitle: "The {escaped}crane"\nauthors: ["{escaped}Jo"]\n---\nIt turns.\n'
        f"-- content/articles/quay.md --\n# The {HIDDEN[9:]}quay\n\nIt is wide.\n"
        f'-- content/pages/about.md --\n---\ntitle: "{escaped}We"\n---\nTwo.\n'
        f'-- content/gazetteers/a.toml --\n[[entity]]\nname = "{escaped}Lyr"\ntype = "place"\n',
    )
    for template in ("home.html", "article.html"):
        (archive / "templates" / template).unlink()
    command(archive)
    shown = {path: page.decode() for path, page in contents(archive / "site").items() if path.endswith(".html")}
    assert [] == [path for path, page in shown.items() if any(character in page for character in HIDDEN)]
    assert all(f"<bdi>The {name}</bdi>" in shown["index.html"] for name in ("crane", "quay"))
    assert "<title>The crane" in shown["articles/crane.html"]


def test_no_page_has_a_character_that_ends_a_text_or_shows_it_backwards(archive: Path) -> None:
    text = "It \0turns \u202dround \u202eand&#x202e; round&#8237;."
    lay(
        archive,
        f"-- content/articles/crane.md --\n{text}\n-- content/pages/about.md --\n# About\n\n{text}\n"
        f"-- content/entities/wall.md --\n---\nname: The Wall\ntype: place\n---\n{text}\n"
        f"-- content/saved/page.html --\n<title>A quay</title><p>{text} It stands beside the harbour of the town.</p>\n",
    )
    (archive / "templates/article.html").unlink()
    command(archive)
    shown = {path: page.decode() for path, page in contents(archive / "site").items() if path.endswith(".html")}
    assert [] == [path for path, page in shown.items() if any(character in page for character in "\0\u202d\u202e")]
    assert "It turns round and round." in shown["articles/crane.html"]


def test_half_a_character_in_a_title(archive: Path) -> None:
    lay(archive, '-- content/articles/crane.md --\n---\ntitle: "The \\ud800 crane"\n---\nIt turns.\n')
    code, said = command(archive)
    assert ((1, True), True) == ((code, said[0].startswith("articles/crane.md, line 2: ")), built(archive))


def test_half_a_character_in_a_saved_file(archive: Path) -> None:
    page = "<title>The \ud800 crane</title><p>It \ud800 turns."
    lay(archive, "-- content/saved/odd.json --\n")
    (archive / "content/saved/odd.json").write_text(
        json.dumps([{"title": "The \ud800 crane", "url": "https://example.org/", "content": page, "is_archived": 0}]),
        "utf-8",
    )
    command(archive)
    assert built(archive)


def test_a_title_of_many_characters_is_cut_where_it_is_listed(archive: Path) -> None:
    lay(archive, f"-- content/articles/crane.md --\n---\ntitle: The {'c' * 5000}\n---\nIt turns.\n")
    for template in ("home.html", "article.html"):
        (archive / "templates" / template).unlink()
    assert (0, []) == command(archive)
    home = (archive / "site/index.html").read_text("utf-8")
    assert (True, False) == ("ccc…</bdi>" in home, "c" * 301 in home)
    assert f">The {'c' * 5000}</h1>" in (archive / "site/articles/crane.html").read_text("utf-8")


LOCKED_FOLDERS = {
    "saved/deep": "saved/deep",
    "articles/deep": "articles/deep/",
    "entities": "entities/",
    "gazetteers": "gazetteers/",
    "pages": "pages/",
    "articles/images": "articles/images/",
}


NEEDS_USERS = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system has no users")


@NEEDS_USERS
@pytest.mark.parametrize("mode", [0, 0o444])
@pytest.mark.parametrize("folder", LOCKED_FOLDERS)
def test_a_locked_folder_is_named_and_the_rest_is_built(archive: Path, folder: str, mode: int) -> None:
    locked = archive / "content" / folder
    locked.mkdir(parents=True)
    (locked / "a.md").write_text("It turns.", "utf-8")
    (locked / "a.png").write_bytes(b"")
    said = f"{LOCKED_FOLDERS[folder]}: is a folder that may not be read: change its permissions"
    with as_a_person(archive, locked, mode):
        assert ((1, [said]), True) == (command(archive), built(archive))


@NEEDS_USERS
@pytest.mark.parametrize("mode", [0, 0o444])
@pytest.mark.parametrize("folder", ["saved/deep", "articles/deep"])
def test_a_folder_that_is_locked_later_costs_no_article_its_record(archive: Path, folder: str, mode: int) -> None:
    lay(
        archive,
        "-- content/saved/deep/crane.txt --\nThe crane turns\n\nIt turns again over the harbour of Ravnsborg.\n",
    )
    assert (0, []) == command(archive)
    (archive / "content/articles/deep").mkdir()
    article = archive / "content/articles/the-crane-turns.md"
    if folder == "articles/deep":
        article = article.rename(archive / "content/articles/deep/the-crane-turns.md")
        assert (0, []) == command(archive)
    before = contents(archive)
    with as_a_person(archive, archive / "content" / folder, mode):
        code, said = command(archive)
    said_of_it = f"{folder.replace('articles/deep', 'articles/deep/')}: is a folder that may not be read"
    assert ((1, 1), True) == ((code, len(said)), said[0].startswith(said_of_it))
    kept = ("content/",) if folder == "articles/deep" else ("content/", "site/")
    assert [path for path in before if path.startswith(kept)] == [
        path for path, content in contents(archive).items() if path.startswith(kept) and before[path] == content
    ]
    assert (0, []) == command(archive)
    assert before.keys() == contents(archive).keys()


@NEEDS_USERS
@pytest.mark.parametrize("mode", [0, 0o444])
def test_a_theme_that_is_locked_is_not_taken_for_none(archive: Path, mode: int) -> None:
    lay(archive, "-- templates/static/a.css --\n* {}\n")
    with as_a_person(archive, archive / "templates/static", mode):
        assert (2, ["templates/static/ is a folder that may not be read: change its permissions."]) == command(archive)


@contextmanager
def as_a_person(folder: Path, locked: Path, mode: int) -> Iterator[None]:
    """Give the folder to an ordinary user who may not read what is locked: root may read everything."""
    user = 65534 if os.geteuid() == 0 else os.geteuid()
    for path in (*folder.parents, folder, *folder.rglob("*")):
        if path.is_relative_to(folder):
            os.chown(path, user, -1)
        elif path.stat().st_uid == os.geteuid() and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)
    # The program may lie below a folder of root alone.
    way = {
        path: path.stat().st_mode
        for path in (ROOT, *ROOT.parents)
        if path.stat().st_uid == os.geteuid() and path.parent != path
    }
    for path, usual in way.items():
        path.chmod(usual | 0o055)
    locked.chmod(mode)
    before = os.geteuid()
    os.seteuid(user)
    try:
        yield
    finally:
        os.seteuid(before)
        locked.chmod(0o755)
        for path, usual in way.items():
            path.chmod(usual)


def test_a_text_that_is_not_in_utf8(archive: Path) -> None:
    (archive / "content/articles/cafe.md").write_bytes(b"---\ntitle: Caf\xe9\n---\nIt is open.")
    said = "articles/cafe.md: is not UTF-8 (byte 14): save it as UTF-8"
    assert ((1, [said]), True) == (command(archive), built(archive))


def test_two_articles_of_one_address(archive: Path) -> None:
    lay(archive, "-- content/articles/Wall.md --\n---\ntitle: Another wall\n---\nIt stands.\n")
    said = "articles/wall.md: would have the address of Wall.md: rename one of them"
    assert ((1, [said]), True) == (command(archive), built(archive))


def test_a_decision_about_a_name_that_nobody_has(archive: Path) -> None:
    lay(archive, '-- content/entities.toml --\nignore = ["Marta Lindqvist"]\n')
    said = "entities.toml, line 1: ignore: “Marta Lindqvist” is not a name in any article. Correct or remove it."
    assert ((0, [said]), True) == (command(archive), built(archive))


def test_a_note_on_a_name_that_nobody_has(archive: Path) -> None:
    lay(archive, "-- content/entities/marta.md --\n---\nname: Marta Lindqvist\n---\nShe.\n")
    said = "entities/marta.md: The note “Marta Lindqvist” fits no name in any article; correct its name or aliases."
    assert ((0, [said]), True) == (command(archive), built(archive))


# ---- wrong set-up: a sentence and a hint, nothing built, exit code 2 --------------------------------------------------

SETUPS: list[tuple[str, str, list[str]]] = [
    # file, its text; the lines that are said
    (
        "content/entities.toml",
        '# mine\nprivat = ["Marta Lindqvist"]',
        ['entities.toml, line 2: "privat" is not a kind of decision: did you mean private?'],
    ),
    (
        "content/entities.toml",
        'private = "Marta Lindqvist"',
        ['entities.toml, line 1: private is not a list of names: write private = ["One name", "Another"].'],
    ),
    (
        "content/entities.toml",
        'ignore = ["Rope Street',
        [
            "entities.toml is not valid TOML: Illegal character '\\n' (at line 1, column 23).",
            "See correcting.md in the documentation for the notation.",
        ],
    ),
    (
        "content/entities.lock.json",
        '{"entities": {"lyr": {"name": "Lyr"}}}',
        [
            "entities.lock.json cannot be read: Object missing required field `type` - at `$.entities[...]`.",
            "Take it back from your version control, or delete it: the addresses of entities may then change.",
        ],
    ),
    (
        "content/entities.toml",
        '[rename]\n"SDU" = "Union"\n"SDU" = "The Union"',
        [
            'entities.toml is not valid TOML: "SDU" stands twice, the second time in line 3.',
            "See correcting.md in the documentation for the notation.",
        ],
    ),
    (
        "content/entities.toml",
        f"ignore = {'[' * 3000}",
        [
            "entities.toml is not valid TOML: brackets are nested too deeply.",
            "See correcting.md in the documentation for the notation.",
        ],
    ),
    (
        "content/entities.toml",
        f"[rename]\nLyr = 0x{'f' * 60_000}",
        [
            "entities.toml is not valid TOML: a number has too many digits.",
            "See correcting.md in the documentation for the notation.",
        ],
    ),
    (
        "content/entities.lock.json",
        '{"a":' * 20_000,
        [
            "entities.lock.json cannot be read: it is nested too deeply.",
            "Take it back from your version control, or delete it: the addresses of entities may then change.",
        ],
    ),
    (
        "content/entities.lock.json",
        '{"entities": {"lyr": {"name": "\\ud800", "type": "place"}}}',
        [
            "entities.lock.json cannot be read: JSON is malformed: unexpected end of escaped utf-16 surrogate pair in line 1.",
            "Take it back from your version control, or delete it: the addresses of entities may then change.",
        ],
    ),
    (
        "content/entities.lock.json",
        '{"entities": {\n<<<<<<< HEAD',
        [
            "entities.lock.json cannot be read: JSON is malformed: object keys must be strings in line 2.",
            "Take it back from your version control, or delete it: the addresses of entities may then change.",
        ],
    ),
    (
        "glossator.toml",
        '[site]\ntitel = "Cuttings"',
        ["glossator.toml, line 2: [site] titel is not a setting.", "Did you mean title?"],
    ),
    ("glossator.toml", "[sites]", ["glossator.toml, line 1: sites is not a setting.", "Did you mean site?"]),
    (
        "glossator.toml",
        "[build]\ncolour = 1",
        [
            "glossator.toml, line 2: [build] colour is not a setting.",
            "Known are: workers, executor, cache_limit, search, article_seconds, article_megabytes.",
        ],
    ),
    (
        "glossator.toml",
        "[site]\ntitle = 7",
        ["glossator.toml, line 2: [site] title is 7.", "It must be a text in quotes."],
    ),
    (
        "glossator.toml",
        "[site]\ntitle = My cuttings",
        [
            (
                "glossator.toml is not valid TOML: the value in line 2 is not a text in quotes, a number, a list in "
                "brackets, true or false."
            ),
            "See https://toml.io for the notation.",
        ],
    ),
    (
        "glossator.toml",
        f"[build]\nworkers = {'[' * 3000}",
        [
            "glossator.toml is not valid TOML: brackets are nested too deeply.",
            "See https://toml.io for the notation.",
        ],
    ),
    (
        "glossator.toml",
        f"[build]\nworkers = {'9' * 60_000}",
        [
            "glossator.toml is not valid TOML: a number has too many digits.",
            "See https://toml.io for the notation.",
        ],
    ),
    (
        "glossator.toml",
        '[plan]\nprivate_names = ["Ada Lund"]',
        [
            "glossator.toml, line 2: [plan] private_names is not a setting.",
            "Known are: newest, related, passages.",
        ],
    ),
    (
        "glossator.toml",
        "[plan]\nnewest = true",
        ["glossator.toml, line 2: [plan] newest is True.", "It must be a whole number, 0 or more."],
    ),
    (
        "glossator.toml",
        '[site]\nurl = "example.org"',
        ['glossator.toml, line 2: [site] url = "example.org" is no web address.', 'Write it as "https://...".'],
    ),
    (
        "glossator.toml",
        '[site]\ntouch = "open"',
        ['glossator.toml, line 2: [site] touch: "open" is not known.', "Write one of card, follow."],
    ),
    (
        "glossator.toml",
        '[site]\nurl = "javascript:alert(1)"',
        [
            'glossator.toml, line 2: [site] url = "javascript:alert(1)" is no web address.',
            'Write it as "https://...".',
        ],
    ),
    (
        "glossator.toml",
        '[language.en]\nmodel = ""\n[site]\nlanguage = "plain English"',
        [
            'glossator.toml, line 4: [site] language = "plain English" is no language tag.',
            "Write one such as en or pt-BR.",
        ],
    ),
    (
        "glossator.toml",
        "[language.de]\n[language.en]\nmodel = 5",
        ["glossator.toml, line 3: [language.en] model is 5.", "It must be a text in quotes."],
    ),
    (
        "glossator.toml",
        "[language]\nen = 5",
        [
            "glossator.toml, line 2: [language] en is not a table.",
            "Write [language.en] on a line of its own, its keys below.",
        ],
    ),
    (
        "glossator.toml",
        '[extract.site."courier.example"]\nkeep = ["div["]',
        [
            (
                'glossator.toml, line 2: [extract.site."courier.example"] keep: "div[" is no CSS selector '
                "(Expected ident or '*', got <EOF at 4>)."
            ),
            'Write one such as "article .body".',
        ],
    ),
    (
        "glossator.toml",
        '[extract.site."courier.example"]\ndropped = []',
        [
            'glossator.toml, line 2: [extract.site."courier.example"] dropped is not a setting.',
            "Did you mean drop?",
        ],
    ),
    (
        "glossator.toml",
        "[extract]\nlanguages = [1]",
        ["glossator.toml, line 2: [extract] languages is [1].", "It must be a list of texts in quotes."],
    ),
    (
        "glossator.toml",
        "[plan]\nrelated = -1",
        ["glossator.toml, line 2: [plan] related is -1.", "It must be a whole number, 0 or more."],
    ),
    (
        "glossator.toml",
        "[build]\nworkers = -2",
        ["glossator.toml, line 2: [build] workers is -2.", "It must be a whole number, 0 or more."],
    ),
    (
        "glossator.toml",
        "[entities]\ntypes = 5",
        ["glossator.toml, line 2: [entities] types is 5.", "It must be a list of texts in quotes."],
    ),
    (
        "glossator.toml",
        '[entities]\ndemonyms = "yes"',
        ["glossator.toml, line 2: [entities] demonyms is 'yes'.", "It must be true or false."],
    ),
    (
        "glossator.toml",
        '[entities]\ntypes = ["human"]',
        [
            'glossator.toml, line 2: [entities] types: "human" is not known.',
            "Write one of person, organisation, place, group, law, work, event, product.",
        ],
    ),
    (
        "glossator.toml",
        'site = "Cuttings"',
        ["glossator.toml, line 1: site is not a table.", "Write [site] on a line of its own, its keys below."],
    ),
    (
        "glossator.toml",
        "[site\n",
        [
            "glossator.toml is not valid TOML: Expected ']' at the end of a table declaration (at line 1, column 6).",
            "See https://toml.io for the notation.",
        ],
    ),
    (
        "glossator.toml",
        '[language.en]\nmodel = "en_made_up"',
        [
            (
                "The spaCy pipeline en_made_up for the language en is not installed; "
                + runnable("to install it: python -m spacy download en_made_up")
            )
        ],
    ),
    (
        "templates/article.html",
        '{% extends "base.html" %}\n{% block main %}\n{% if page.titel %}',
        [
            (
                "templates/article.html, line 3: Unexpected end of template. Jinja was looking for the following tags: "
                "'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'. "
                "Correct the template, or delete it to use the one that comes with Glossator."
            )
        ],
    ),
    (
        "templates/article.html",
        '{% extends "base.html" %}\n{% block main %}\n{{ page.titel }}\n{% endblock %}',
        [
            (
                "templates/article.html, line 3: ArticlePage has no attribute 'titel'. "
                "The page on template data lists what `page` and `site` hold."
            )
        ],
    ),
    (
        "templates/home.html",
        '{% extends "bass.html" %}',
        ["templates/home.html, line 1: there is no template bass.html. Correct the name, or write that file."],
    ),
]


@pytest.mark.parametrize(("file", "text", "lines"), SETUPS)
def test_a_wrong_setup(archive: Path, file: str, text: str, lines: list[str]) -> None:
    lay(archive, f"-- {file} --\n{text}\n")
    before = contents(archive / "content")
    assert (2, lines) == command(archive)
    assert before.items() <= contents(archive / "content").items(), "nothing of the person's was touched"


def test_no_archive(tmp_path: Path) -> None:
    said = [
        f"There is no folder {tmp_path}/content.",
        "`glossator init DIR` makes an archive. Work in the folder of one, or name it: --content DIR/content.",
    ]
    assert (2, said) == command(tmp_path)
    assert [] == list(tmp_path.iterdir())


def test_a_wrong_setup_leaves_the_last_good_site(archive: Path) -> None:
    command(archive)
    before = contents(archive / "site")
    lay(archive, '-- content/entities.toml --\nprivat = ["Rope Street"]\n')
    assert (2, before) == (command(archive)[0], contents(archive / "site"))


def test_an_option_that_nobody_knows(archive: Path) -> None:
    code, lines = command(archive, "--reconvrt")
    assert (2, True) == (code, lines[-1].startswith("Error: No such option '--reconvrt'"))
