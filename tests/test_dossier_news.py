"""What is new in a dossier since it was published, its feed, and the owner's notes beside its rows."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from glossator.cli import main
from glossator.content.highlights import ArticleHighlights, write_highlights
from glossator.model import ArticleId, Highlight
from tests.sites import build, contents, lay, leave_out_search, pages

ATOM = "{http://www.w3.org/2005/Atom}"
ARCHIVE = """\
-- glossator.toml --
[site]
title = "Velm"
url = "https://velm.example/"
-- content/entities.toml --
private = ["Jonas Canary"]
-- content/pages/story.md --
---
title: The story
---
```glossator
find: sentences
of: Marta Lindqvist
```

```glossator
find: articles
show: count
```
-- content/pages/plain.md --
# Without a question
-- content/articles/harbour.md --
---
title: The harbour
saved: 2024-03-05
---
Marta Lindqvist came to Ravnsborg. Marta Lindqvist praised the pier of stone.
-- content/articles/other.md --
---
title: Another matter
saved: 2024-03-09
---
The choir sang in the old town.
-- content/articles/canary1.md --
---
title: Kept back
rights: private
saved: 2024-03-06
---
Marta Lindqvist told the secret.
-- content/articles/quoted.md --
---
title: Jonas Canary at sea
saved: 2024-03-07
---
Marta Lindqvist sailed to Ravnsborg.
"""
NEWER = """\
-- content/articles/quay.md --
---
title: The quay
saved: 2024-04-05
---
Marta Lindqvist left Ravnsborg. She came back on Monday, said Marta Lindqvist.
"""
QUESTION = ("find=sentences", "of=Marta Lindqvist")


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    return lay(tmp_path / "archive", ARCHIVE)


def run(archive: Path, *arguments: str) -> Result:
    where = [f"--content={archive / 'content'}", f"--site={archive / 'site'}", "--workers=1"]
    return CliRunner(catch_exceptions=False).invoke(main, [*arguments, *where])


def test_ask_tells_what_is_new_since_the_last_publication(archive: Path) -> None:
    remote = archive.parent / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    assert 0 == run(archive, "publish", f"--to={remote}", "--yes", "--no-search").exit_code
    assert "new since" not in run(archive, "ask", *QUESTION).stdout
    lay(archive, NEWER)
    assert "2 new since your last publication." in run(archive, "ask", *QUESTION).stdout
    answer = json.loads(run(archive, "ask", *QUESTION, "--json").stdout)
    rows = {row["key"]: row["article"]["id"] for row in answer["rows"]}
    assert ["quay", "quay"] == [rows[key] for key in answer["new"]]
    unasked = json.loads(run(archive, "ask", "find=names", "--json").stdout)
    assert unasked["new"] is None
    assert 0 == run(archive, "publish", f"--to={remote}", "--yes", "--no-search").exit_code
    assert "new since" not in run(archive, "ask", *QUESTION).stdout


def test_nothing_is_new_where_nothing_was_published(archive: Path) -> None:
    assert "new since" not in run(archive, "ask", *QUESTION).stdout
    assert json.loads(run(archive, "ask", *QUESTION, "--json").stdout)["new"] is None


def test_a_page_that_asks_has_a_feed_of_the_articles_that_it_shows(archive: Path) -> None:
    build(archive)
    files = contents(archive / "site")
    assert {"pages/story.xml"} == {path for path in files if path.startswith("pages/") and path.endswith(".xml")}
    feed = ET.fromstring(files["pages/story.xml"])
    assert ["The harbour"] == [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert "The story – Velm" == feed.findtext(f"{ATOM}title")
    assert "https://velm.example/story.html" in {link.get("href") for link in feed.iter(f"{ATOM}link")}
    assert ("link", "pages/story.xml") in {
        (tag, each.get("href")) for tag, each in pages(archive / "site")["story.html"].elements
    }
    assert (
        b"canary"
        not in b"".join(path.encode() + content for path, content in files.items() if path.endswith(".xml")).lower()
    )
    lay(archive, NEWER)
    build(archive)
    feed = ET.fromstring((archive / "site/pages/story.xml").read_bytes())
    assert ["The quay", "The harbour"] == [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_a_site_without_an_address_has_no_feed_of_a_page(archive: Path) -> None:
    (archive / "glossator.toml").write_text('[site]\ntitle = "Velm"\n', "utf-8")
    build(archive)
    assert not [path for path in contents(archive / "site") if path.startswith("pages/") and path.endswith(".xml")]


def test_notes_of_highlights_stand_beside_their_rows_if_the_site_shows_highlights(archive: Path) -> None:
    highlights = (
        Highlight("a", "praised the pier of stone", note="I doubt it. CANARY2"),
        Highlight("b", "came to Ravnsborg", note="Jonas Canary was there"),
    )
    write_highlights(archive / "content", ArticleId("harbour"), ArticleHighlights("The harbour", highlights))
    build(archive)
    assert "CANARY2" not in (archive / "site/story.html").read_text("utf-8")
    settings = archive / "glossator.toml"
    settings.write_text(settings.read_text("utf-8") + "highlights = true\n", "utf-8")
    build(archive)
    page = (archive / "site/story.html").read_text("utf-8")
    noted = next(row for row in page.split("<li data-row=") if "praised the pier" in row)
    assert "I doubt it. CANARY2" in noted
    assert 1 == page.count("I doubt it.")
    assert "Jonas Canary was there" not in page


def test_an_edit_of_a_note_gives_the_bytes_of_a_clean_build(archive: Path, tmp_path: Path) -> None:
    settings = archive / "glossator.toml"
    settings.write_text(settings.read_text("utf-8") + "highlights = true\n", "utf-8")
    build(archive)
    for note in ("First.", "Second.", ""):
        items = (Highlight("a", "praised the pier of stone", note=note),) if note else ()
        write_highlights(archive / "content", ArticleId("harbour"), ArticleHighlights("The harbour", items))
        build(archive)
        clean = tmp_path / f"clean{note}"
        lay(clean, ARCHIVE)
        (clean / "glossator.toml").write_bytes(settings.read_bytes())
        write_highlights(clean / "content", ArticleId("harbour"), ArticleHighlights("The harbour", items))
        build(clean)
        assert contents(clean / "site") == contents(archive / "site")
