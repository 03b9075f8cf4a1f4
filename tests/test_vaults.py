"""Notes of a vault: links between them, pictures from any folder, callouts, tasks, highlights, tags and other names."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator import markup
from glossator.check.claims import all_words, folded, told_words
from glossator.cli import main
from tests.sites import Seen, build, lay
from tests.test_own_texts import png

VAULT = """
-- vault/.obsidian/app.json --
{"attachmentFolderPath": "Files"}
-- vault/.trash/gone.md --
# Gone

Thrown away.
-- vault/Harbour/The lock.md --
---
aliases: [Sluice]
tags: [canals]
---
# How the lock works

The lock has ==two gates==. See [[Tides#Spring tides|the tides]], [[Sluice keeper]] and [[Nowhere]]. #harbour/tools

> [!tip]- Before you pass
> Look at the level, or read [[Secret plan]].

- [ ] Count the gates
- [x] Read [[Secret plan|the plan]]

![[wall.png|300]]
-- vault/Harbour/Tides.md --
# Tides

Twice a day. The [[the lock]] is shut then, and so is the [[Sluice]]; not in [[Harbour/The lock|this]] `[[the lock]]`.
-- vault/People/Sluice keeper.md --
He keeps [[../Harbour/Tides]].
-- vault/Secret plan.md --
---
publish: false
---
Nobody reads this.
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return an archive to which a vault was added and that was built."""
    lay(tmp_path, VAULT)
    (tmp_path / "vault/Files/2024").mkdir(parents=True)
    (tmp_path / "vault/Files/2024/wall.png").write_bytes(png())
    (tmp_path / "wall.png").write_bytes(png("outside"))
    (tmp_path / "content").mkdir(exist_ok=True)
    done = CliRunner().invoke(main, ["add", str(tmp_path / "vault"), "--content", str(tmp_path / "content")])
    assert 0 == done.exit_code, done.output
    build(tmp_path)
    return tmp_path


def page(archive: Path, name: str) -> str:
    return (archive / f"site/articles/{name}.html").read_text("utf-8")


def test_links_between_notes_lead_from_page_to_page(archive: Path) -> None:
    lock, tides = page(archive, "how-the-lock-works"), page(archive, "tides")
    assert '<a href="tides.html" class="archived">the tides</a>' in lock
    assert '<a href="sluice-keeper.html" class="archived">Sluice keeper</a>' in lock
    assert " and Nowhere." in lock
    assert '<a href="how-the-lock-works.html" class="archived">the lock</a> is shut' in tides
    assert '<a href="how-the-lock-works.html" class="archived">Sluice</a>' in tides
    assert '<a href="how-the-lock-works.html" class="archived">this</a> <code>[[the lock]]</code>' in tides
    assert 'href="tides.html" class="archived"' in page(archive, "sluice-keeper")
    assert "[[Tides#Spring tides|the tides]]" in (archive / "content/articles/how-the-lock-works.md").read_text()


def test_link_leads_to_a_note_that_comes_later_and_is_words_again_once_it_is_gone(archive: Path) -> None:
    lay(archive, "-- content/saved/vault/Nowhere.md --\nIt is found at last, behind the second gate of the lock.\n")
    build(archive)
    assert '<a href="nowhere.html" class="archived">Nowhere</a>' in page(archive, "how-the-lock-works")
    (archive / "content/articles/nowhere.md").unlink()
    build(archive)
    assert " and Nowhere." in page(archive, "how-the-lock-works")


def test_name_of_a_private_note_is_nowhere_on_the_site_until_the_note_is_public(archive: Path) -> None:
    shown = [file for file in (archive / "site").rglob("*") if file.is_file() and b"Secret plan" in file.read_bytes()]
    assert [] == shown
    assert "or read …." in Seen(page(archive, "how-the-lock-works")).text
    assert "Read the plan" in Seen(page(archive, "how-the-lock-works")).text
    note = archive / "content/articles/secret-plan.md"
    note.write_text(note.read_text().replace("rights: private", "rights: full"))
    build(archive)
    assert '<a href="secret-plan.html" class="archived">Secret plan</a>' in page(archive, "how-the-lock-works")


def test_callouts_tasks_and_highlights_are_shown(archive: Path) -> None:
    lock = page(archive, "how-the-lock-works")
    assert "<mark>two gates</mark>" in lock
    assert '<div class="callout">' in lock
    assert "<strong>Before you pass</strong>" in lock
    assert "☐ Count the gates" in lock
    assert "☑ Read" in lock


def test_tags_are_those_of_the_front_matter_and_of_the_text(archive: Path) -> None:
    article = (archive / "content/articles/how-the-lock-works.md").read_text()
    assert "tags:\n- canals\n- harbour/tools\naliases:\n- Sluice\n" in article


def test_picture_comes_from_any_folder_of_the_vault_and_from_nowhere_else(archive: Path) -> None:
    (published,) = (archive / "content/articles/images").iterdir()
    assert png() == published.read_bytes()
    assert f'src="../images/{published.name}"' in page(archive, "how-the-lock-works")


def test_nothing_of_the_program_and_of_its_bin_is_copied(archive: Path) -> None:
    copied = {path.relative_to(archive / "content/saved").parts[1] for path in (archive / "content/saved").rglob("*.*")}
    assert {"Harbour", "People", "Files", "Secret plan.md"} == copied


def test_check_of_claims_knows_that_a_name_is_hidden(archive: Path) -> None:
    lock = archive / "content/articles/how-the-lock-works.md"
    shown = markup.read(markup.without_names(lock.read_text(), {"secret plan"})).content
    assert folded("Look at the level, or read ….") in folded(shown)
    assert folded("Look at the level, or read ….") in told_words(lock)
    assert folded("Look at the level, or read ….") in all_words(lock)


def test_copies_for_other_programs_have_words_for_links(archive: Path) -> None:
    tides = markup.published_markdown((archive / "content/articles/tides.md").read_text())
    assert "The the lock is shut then, and so is the Sluice; not in this `[[the lock]]`." in tides


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("An ==odd *word*== here.", "<mark>odd <em>word</em></mark>"),
        ("**An ==odd== word**", "<strong>An <mark>odd</mark> word</strong>"),
        ("If a==b and c==d, then.", "If a==b and c==d, then."),
        ("`==x== [[y]]`", "<code>==x== [[y]]</code>"),
        ("| a | b |\n|---|---|\n| [[x\\|it]] | c |", "<td>it</td>"),
        ("[[1]](https://x.example/)", '<a href="https://x.example/"'),
        ("> [!note] A *fine* title\n> The text.", "<strong>A <em>fine</em> title</strong></p>\n<p>The text.</p>"),
        ("> [!note]\n> The text.", "<strong>Note</strong></p>\n<p>The text.</p>"),
        ("> Said [!note] by", "<blockquote>"),
    ],
)
def test_notation_of_notes_in_an_article(markdown: str, expected: str) -> None:
    assert expected in markup.weave(markdown).replace(' id="p1"', "").replace(' id="p2"', "")


def test_offsets_are_those_of_the_text_that_was_read() -> None:
    markdown = "> [!tip] Title\n> Some [[x|words]] and ==more== here.\n\n- [ ] Ada Marsh came."
    text = markup.read(markdown).content
    start = text.index("Ada Marsh")
    assert ">Ada Marsh</a> came" in markup.weave(markdown, (markup.Mark(start, start + 9, "a", "person", "a.html"),))
