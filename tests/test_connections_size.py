"""The file of a name that stands in very many articles stays small, and says that it is not all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sites import build, lay, leave_out_search

ARTICLES = 120
"""More than are read for a file, so that a thousand make it no larger."""
MOST = 40 * 1000
SENTENCE = (
    'Marta Lindqvist and {other} of the Harbour Board spoke for {number} minutes about the "pier" of "Ravnsborg", the '
    "lamps on the mole, the herrings, the price of the boat and of all the nets that the town had lost since the war.\n\n"
)


@pytest.mark.slow
def test_the_file_of_a_name_in_very_many_articles_has_forty_kilobytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_search(monkeypatch)
    others = [f"Åse Brøndsted-Ødegård {chr(65 + number)}øholm" for number in range(26)]
    names = "".join(f'"{name}" = "person"\n' for name in ("Marta Lindqvist", *others))
    files = [f'-- content/entities.toml --\n[type]\n{names}"Ravnsborg" = "place"\n"Harbour Board" = "organisation"\n']
    for number in range(ARTICLES):
        body = "".join(SENTENCE.format(other=others[(number + at) % 26], number=number) for at in range(4))
        site = "The 'Gazette' of \\\\ Ødegård " * 12
        title = f"The “pier” of Ravnsborg and all that was said of it by the board, part {number}"
        files.append(
            f"-- content/articles/{'a-long-name-of-an-article-' * 3}{number}.md --\n---\ntitle: {title}\nsite: {site}\n---\n{body}"
        )
    build(lay(tmp_path, "".join(files)))
    sizes = {path.name: path.stat().st_size for path in (tmp_path / "site/connections").iterdir()}
    assert "marta-lindqvist.json" in sizes
    assert MOST >= max(sizes.values()), sizes
    assert json.loads((tmp_path / "site/connections/marta-lindqvist.json").read_bytes())["limited"]
