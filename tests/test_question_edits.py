"""Dossiers after random edits: the site of a clean build, and none rendered whose answers are the same."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from bench import edits, generate, standin
from tests.sweeps import sweep

EDITS = 30
"""Edits of each seed's archive: ten seeds make three hundred."""
QUESTIONS = (
    "find: articles\nlimit: 3",
    "find: articles\nabout: {person}\norder: oldest",
    "find: sentences\nof: {person}",
    "find: sentences\nof: {person}\nwith: {firm}",
    "find: quotations\norder: oldest",
    "find: quotations\nof: {person}",
    "find: dates\nlimit: 5",
    "find: names\ntype: person\nlimit: 5",
    "find: names\nwith: {person}\norder: name",
    "find: names\norder: oldest\nshow: count",
    "find: articles\nwords: storm -dredger\ncolumns: title, authors, tags",
    "find: sentences\nwords: ships lost\ntype: person",
    "find: articles\norder: name\ntag: sea",
    "find: articles\nindependent: yes",
)


def dossier(number: int, chance: Random) -> str:
    """A page with prose and three questions."""
    names = {"person": generate.person(chance.randrange(9)), "firm": generate.firm(chance.randrange(6))}
    asked = (chance.choice(QUESTIONS).format(**names) for _ in range(3))
    return f"# Dossier {number}\n\n" + "\n\n".join(f"Prose.\n\n```glossator\n{question}\n```" for question in asked)


@pytest.mark.parametrize("seed", sweep(range(10), 1))
def test_an_edit_renders_only_dossiers_whose_answers_changed_and_leaves_the_site_of_a_clean_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    folder, names, chance = tmp_path / "archive", tmp_path / "names", Random(seed)
    folder.mkdir()
    standin.write(names)
    edits.grow(folder, names, 8)
    (folder / "content/pages").mkdir()
    paths = [folder / f"content/pages/dossier-{number}.md" for number in range(10)]
    for number, path in enumerate(paths):
        path.write_text(dossier(number, chance), "utf-8")
    needless: list[str] = []
    shown: dict[str, bytes] = {}
    building = edits.build

    def build(where: Path, *, search: bool = False) -> object:
        report = building(where, search=search)
        if where == folder:
            now = {page.name: page.read_bytes() for page in (where / "site").glob("dossier-*.html")}
            theme = where / "templates/parts.html"  # another template renders the pages that use it
            now["theme"] = theme.read_bytes() if theme.exists() else b""
            if shown.get("theme") == now["theme"]:
                needless.extend(name for name in report.rendered if name in now and shown.get(name) == now[name])
            shown.update(now)
        return report

    monkeypatch.setattr(edits, "build", build)
    for difference in edits.run(folder, EDITS, seed):
        assert difference is None
        if chance.random() < 0.2:
            number = chance.randrange(10)
            paths[number].write_text(dossier(number, chance), "utf-8")
    assert [] == needless
