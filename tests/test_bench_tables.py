"""Tables of costs: a measurement takes the place of the former one on a page, and says what grows too fast."""

from pathlib import Path

import pytest

from bench import build, measured, names

PAGE = """# Scale

`python bench/build.py --articles 5 10` (1 May 2026, a slow processor):

| invented | 10 articles |
|---|---|
| cold: CPU s | 9.0 |

Prose stays.

`python bench/build.py --articles 10 --stand-in` (1 May 2026, a slow processor):

| another | 10 articles |
|---|---|
| cold: CPU s | 9.0 |
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "scale.md"
    path.write_text(PAGE, "utf-8")
    return path


def test_a_new_table_replaces_the_one_of_the_command_with_other_sizes(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["bench/build.py", "--articles", "10", "--page", str(page)])
    monkeypatch.setattr(measured, "machine", lambda: "2 May 2026, a fast processor")
    measured.publish(page, measured.table(["invented", "10 articles"], [["cold: CPU s", "3.0"]]))
    changed = PAGE.replace("5 10` (1 May 2026, a slow", "10` (2 May 2026, a fast").replace("9.0", "3.0", 1)
    assert changed == page.read_text("utf-8")


def test_the_folder_of_somebodys_pages_is_not_published(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["bench/names.py", "--pages", "/home/me/saved", "--page", str(page)])
    measured.publish(page, measured.table(["real", "CPU s"], [["cold", "3.0"]]))
    assert "`python bench/names.py --pages FOLDER` (" in page.read_text("utf-8")
    assert str(page.parent) not in page.read_text("utf-8")


def test_a_cost_that_grows_faster_than_the_archive_is_bold() -> None:
    assert "1.00" == measured.exponent((10, 20), (3, 6))
    assert "**2.00**" == measured.exponent((10, 20), (3, 12))
    assert "–" == measured.exponent((10, 20), (0, 12))


def test_without_the_other_recogniser_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["bench/names.py"])
    monkeypatch.setattr(names, "SMALL", "a-model-that-nobody-has")
    with pytest.raises(SystemExit, match=r"-m pip install --no-deps a-model-that-nobody-has==3\.8\.0"):
        names.main()


def test_pages_that_were_drawn_once_are_drawn_again(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for number in range(9):
        (tmp_path / "pages" / f"{number}.html").write_text(str(number), "utf-8")
    drawn = []
    for name in ("once", "again"):
        names.copy_pages(tmp_path / "pages", tmp_path / name, 3)
        drawn.append(sorted(path.name for path in (tmp_path / name / "content/saved").iterdir()))
    assert 3 == len(drawn[0])
    assert drawn[0] == drawn[1]


def test_a_size_that_is_measured_by_itself_stands_beside_those_of_the_day(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["bench/build.py", "--stand-in", "--page", str(page), "--articles"]
    plan = build.Plan("markdown", "1", stand_in=True, url="", stages=False, dossiers=0)

    def measure(size: int, cost: float) -> str:
        monkeypatch.setattr("sys.argv", [*command, str(size)])
        figures = {**build.former_figures(measured.former_cells(page)), size: {"cold: CPU s": cost}}
        sizes = sorted(figures)
        measured.publish(page, build.growth(sizes, [figures[each] for each in sizes], plan), sizes)
        return page.read_text("utf-8")

    monkeypatch.setattr(measured, "machine", lambda: "2 May 2026, a fast processor")
    measure(2000, 1000)
    both = measure(4000, 2000)
    assert "--articles 2000 4000` (2 May 2026" in both
    assert "| stand-in, cold: CPU s | 1,000.0 | 2,000.0 | 1.00 |" in both
    monkeypatch.setattr(measured, "machine", lambda: "3 May 2026, a fast processor")
    assert "2,000 articles" not in measure(4000, 2000)
