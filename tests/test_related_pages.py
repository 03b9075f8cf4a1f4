"""Related articles on the site: on one subject, with a reason, and right after every edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import build, lay, leave_out_search, pages

ARCHIVE = """\
-- content/articles/dredging.md --
---
title: Dredging of the channel begins
---
A suction dredger deepens the channel; barges carry silt past the lighthouse, and pilots steer around the moorings.
-- content/articles/silt.md --
---
title: Where the silt goes
---
Barges with silt from the dredger pass the lighthouse; pilots complain about moorings in the deepened channel.
-- content/articles/board.md --
---
title: Suction dredger was hired late
---
The dredger deepens the channel at last, said Marta Lindqvist: barges, silt and moorings had waited for pilots.
-- content/articles/orchard.md --
---
title: Grafting in the orchard
---
Scions are cut in frost, and the rootstock is pruned before blossom. Marta Lindqvist grows cider apples.
"""

ALIKE = """\
-- content/articles/shed.md --
---
title: A shed for the barrow
---
The carpenter nailed the shed and its shelves in a weekend. He stored the rootstock, the frost fleece and the scions of
the neighbour there, beside paint, hinges, planks, gutters, brackets, a workbench, a vice, chisels, sandpaper, varnish,
trestles, a ladder, buckets, twine, tarpaulin, a lantern, the wheelbarrow, rakes and the blossom of last summer in jars.
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_search(monkeypatch)
    lay(tmp_path, ARCHIVE)
    build(tmp_path)
    return tmp_path


def related(folder: Path, article: str) -> str:
    """The text of the section of related articles; empty if the page has none."""
    text = " ".join(pages(folder / "site")[f"articles/{article}.html"].text.split())
    _, _, after = text.partition("Related articles")
    return after.partition("Older")[0].partition("Newer")[0]


def also(folder: Path, article: str) -> str:
    """The text of the section of other articles; empty if the page has none."""
    text = " ".join(pages(folder / "site")[f"articles/{article}.html"].text.split())
    return text.partition("Also in this archive")[2].partition("Older")[0].partition("Newer")[0]


def test_an_article_lists_those_on_its_subject_and_not_those_that_share_a_name(archive: Path) -> None:
    assert "Where the silt goes" in related(archive, "dredging")
    assert "Grafting in the orchard" not in related(archive, "board")


def test_an_article_without_a_relative_lists_none(archive: Path) -> None:
    assert "" == related(archive, "orchard")


def test_an_edit_reaches_the_lists_of_other_articles(archive: Path) -> None:
    orchard = archive / "content/articles/orchard.md"
    lay(archive, ARCHIVE.partition("-- content/articles/silt.md --")[0].replace("dredging.md", "orchard.md"))
    assert orchard.read_text("utf-8").startswith("---\ntitle: Dredging")
    build(archive)
    assert "Dredging of the channel begins" in related(archive, "silt")

    orchard.unlink()
    (archive / "content/articles/dredging.md").unlink()
    build(archive)
    assert "Dredging of the channel begins" not in related(archive, "silt")


def test_an_article_at_an_address_that_led_elsewhere_follows_what_it_lists(archive: Path) -> None:
    dredging, silt, orchard, cider = (
        archive / f"content/articles/{name}.md" for name in ("dredging", "silt", "orchard", "cider")
    )
    text = dredging.read_text("utf-8").replace("begins", "begins\npublished: 2024-05-02")
    dredging.write_text(text, "utf-8")
    orchard.rename(cider)
    build(archive)
    silt.rename(orchard)
    build(archive)
    assert "2 May 2024" in related(archive, "orchard")

    dredging.write_text(text.replace("05-02", "05-01"), "utf-8")
    build(archive)

    assert "1 May 2024" in related(archive, "orchard")


def test_the_settings_limit_the_list(archive: Path) -> None:
    (archive / "glossator.toml").write_text("[plan]\nrelated = 0\n", "utf-8")
    build(archive)
    assert "" == related(archive, "dredging")


def test_an_article_that_states_no_day_tells_what_was_before_and_since_the_day_of_its_save(archive: Path) -> None:
    board, silt = (archive / f"content/articles/{name}.md" for name in ("board", "silt"))
    board.write_text(board.read_text("utf-8").replace("late\n", "late\nsaved: 2024-03-05\nlanguage: en\n"), "utf-8")
    told = (
        "Marta Lindqvist hired the dredger on 4 February 2024.\n\nMarta Lindqvist sold two barges on 9 April 2024.\n\n"
        "Edda Holm gave Marta Lindqvist a cheque of the Skerry Harbour Board on 10 April 2024.\n\n"
        "Edda Holm met Marta Lindqvist on 11 April 2024.\n"
    )
    board.write_text(board.read_text("utf-8").replace("pilots.", "pilots of the Skerry Harbour Board."), "utf-8")
    head = "\npublished: 2024-05-02\nlanguage: en\n---\n"
    silt.write_text(silt.read_text("utf-8").replace("\n---\n", head) + "\n" + told, "utf-8")
    lay(archive, '-- content/entities.toml --\n[type]\n"Marta Lindqvist" = "person"\n"Edda Holm" = "person"\n')
    build(archive)
    foot = (
        pages(archive / "site")["articles/board.html"].text.partition("Before this")[2].partition("Related articles")[0]
    )
    before, _, since = foot.partition("Since")
    assert ("hired the dredger" in before, "sold two barges" in since) == (True, True)
    assert ("Edda Holm gave" in since, "Edda Holm met" in since) == (True, False), "it names two of the article's names"


def test_where_nothing_is_related_an_article_with_a_rare_name_in_common_is_offered(archive: Path) -> None:
    assert "Suction dredger was hired late" in also(archive, "orchard")
    assert "Both speak of Marta Lindqvist" in also(archive, "orchard")


def test_where_few_are_related_others_follow_without_words_as_a_reason(archive: Path) -> None:
    lay(archive, ALIKE)
    build(archive)
    assert "A shed for the barrow" in also(archive, "orchard")
    assert "rootstock" not in also(archive, "orchard")


def test_filler_text_gives_and_gets_no_other_article(archive: Path) -> None:
    filler = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, said Marta Lindqvist. " * 12
    for name in ("orchard", "filler"):
        (archive / f"content/articles/{name}.md").write_text(f"---\ntitle: Page {name}\n---\n{filler}\n", "utf-8")
    build(archive)
    assert ["", ""] == [also(archive, name) for name in ("orchard", "filler")]
    assert "Page filler" not in also(archive, "board")


def test_the_setting_of_no_related_articles_offers_no_others(archive: Path) -> None:
    (archive / "glossator.toml").write_text("[plan]\nrelated = 0\n", "utf-8")
    build(archive)
    assert "" == also(archive, "orchard")
