"""A larger archive: an edit renders few pages, and after any edits the site equals that of a clean build.

A list of names stands in for the language model, so that the archive can be large enough for frequent names, lists that
are split over pages, and articles related to many others.
"""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bench import generate, standin
from glossator import pipeline
from glossator.cli.extensions import load_extended
from tests.sites import contents, leave_out_search, silent

EDITED = "content/articles/0000007.md"


@dataclass(frozen=True)
class Work:
    """Amount of work that a build did."""

    annotated: int
    """Articles in which names were looked for again."""
    articles: int
    """Article pages rendered."""
    entities: int
    """Entity pages rendered."""
    lists: int
    """Other pages rendered: the home page, indexes, and their parts."""
    written: int
    """Rendered pages whose bytes changed."""


def work(report: pipeline.Report) -> Work:
    articles = sum(page.startswith("articles/") for page in report.rendered)
    entities = sum(page.startswith("entities/") and page != "entities/index.html" for page in report.rendered)
    lists = len(report.rendered) - articles - entities
    return Work(report.annotated, articles, entities, lists, len(report.written))


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pipeline that knows the names of the archive."""
    folder = tmp_path_factory.mktemp("names") / "list"
    standin.write(folder)
    return folder


def grown(folder: Path, names: Path, articles: int) -> Path:
    generate.write(folder, articles, "markdown")
    (folder / "glossator.toml").write_text(f'[language.en]\nmodel = "{names}"\n', "utf-8")
    return folder


def build(folder: Path, workers: int = 1) -> pipeline.Report:
    config = load_extended(folder / "glossator.toml")
    config = replace(config, build=replace(config.build, workers=workers))
    return pipeline.bring_up_to_date(pipeline.ArchivePaths(folder / "content", folder / "site"), config, silent)


def add(folder: Path, name: str, sentence: str) -> pipeline.Report:
    path = folder / name
    path.write_text(f"{path.read_text('utf-8')}\n{sentence}\n", "utf-8")
    return build(folder)


@pytest.mark.slow
def test_of_a_hundred_articles_one_edit_renders_the_pages_that_show_it(
    tmp_path: Path, names: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    archive = grown(tmp_path, names, 100)
    assert len(build(archive).rendered) > 500

    # Every page of an entity that quotes the article is composed again, and as none of its passages changed, none is
    # rendered.
    unnamed = work(add(archive, EDITED, "It rained all night."))
    assert Work(annotated=1, articles=1, entities=0, lists=0, written=1) == unnamed
    # The numbers of mentions of two entities change, and with them the lists that show them.
    known = work(add(archive, EDITED, f"{generate.person(0)} returned to {generate.place(0)}."))
    assert Work(annotated=1, articles=1, entities=2, lists=8, written=11) == known
    # A new name has no page and is in no list. Which articles are related depends on their words, of which one is new.
    new = work(add(archive, EDITED, f"They spoke to {generate.person(12_345)} by the sea."))
    assert Work(annotated=1, articles=1, entities=0, lists=0, written=1) == new


def rewrite(folder: Path, chance: random.Random) -> None:
    """Add a sentence, drop a paragraph, or change the title or the day."""
    path = chance.choice(sorted((folder / "content/articles").glob("*.md")))
    text = path.read_text("utf-8")
    sentence = f"{generate.person(chance.randrange(200))} met {generate.person(chance.randrange(9))} at sea."
    changed = [
        f"{text}\n{sentence}\n",
        text.rpartition("\n\n")[0] + "\n",
        text.replace('title: "', 'title: "Again, ', 1),
    ]
    path.write_text(chance.choice([*changed, text.replace("published: 20", "published: 19", 1)]), "utf-8")


def write(folder: Path, chance: random.Random) -> None:
    number = chance.randrange(1000, 2000)
    (folder / f"content/articles/{number}.md").write_text(generate.markdown(generate.invent(number)), "utf-8")


def delete(folder: Path, chance: random.Random) -> None:
    chance.choice(sorted((folder / "content/articles").glob("*.md"))).unlink()


def decide(folder: Path, chance: random.Random) -> None:
    name, alias = (generate.firm(rank) for rank in chance.sample(range(8), 2))
    decision = (
        f'[rename]\n"{generate.person(chance.randrange(5))}" = "Somebody Else"\n[merge]\n"{name}" = ["{alias}"]\n'
    )
    (folder / "content/entities.toml").write_text(decision, "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_edits_of_every_kind_leave_the_site_that_a_clean_build_makes(
    tmp_path: Path, names: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    leave_out_search(monkeypatch)
    monkeypatch.setattr("glossator.stages.plan.catalogue.cut_long_lists.LONG", 20)
    monkeypatch.setattr("glossator.stages.plan.catalogue.lists.FURTHER", 0)
    chance = random.Random(seed)
    archive = grown(tmp_path / "archive", names, 60)
    build(archive)
    for step in range(4):
        for change in chance.choices([rewrite, rewrite, write, delete, decide], k=3):
            change(archive, chance)
            build(archive)
        clean = tmp_path / f"clean-{step}"
        shutil.copytree(archive / "content", clean / "content")
        shutil.copy(archive / "glossator.toml", clean)
        build(clean)
        assert contents(clean / "site") == contents(archive / "site")


@pytest.mark.slow
def test_workers_render_what_one_process_renders(tmp_path: Path, names: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    one, several = (grown(tmp_path / name, names, 40) for name in ("one", "several"))
    assert build(one) == build(several, workers=2)
    assert contents(one / "site") == contents(several / "site")
    for archive in (one, several):
        (archive / "templates").mkdir()
        (archive / "templates/search.html").write_text('{% extends "base.html" %}', "utf-8")
        (archive / "templates/parts.html").write_text(
            f"{(Path(__file__).parents[1] / 'templates/parts.html').read_text('utf-8')}{{# mine #}}", "utf-8"
        )
    assert build(one) == build(several, workers=2)
    assert contents(one / "site") == contents(several / "site")
