"""The budget of the package: what is refused, and with which remedy."""

from pathlib import Path

import pytest

from bench.thresholds import thresholds
from requirements import budget

MODULE = '''"""A module.

Of two lines.
"""

# A comment.
LIMIT = 40


def f(text: str) -> bool:
    """Return."""
    return (
        len(text) > LIMIT
    )
'''


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A package of a stage of five lines with one number, a script of ten bytes, and a budget that allows just that."""
    for name, text in {
        "glossator/stages/plan/lists.py": MODULE,
        "templates/static/site.js": "x = 10;  \n",
        "docs/pages/decisions/0007-it-is-small.md": "# 7. It is small\n\n"
        "| code-lines | `stages/plan` | 5 |\n| bytes | `templates/*.js` | 10 |\n| numbers | `elsewhere` | 1 |\n",
        "budget.toml": '[code-lines]\n"stages/plan" = { most = 5, record = 7 }\n'
        '[bytes]\n"templates/*.js" = { most = 10, record = 7 }\n[numbers]\nelsewhere = { most = 1, record = 7 }\n',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def refusal(checkout: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What is said of a checkout that is refused."""
    assert 1 == budget.main([], checkout)
    return capsys.readouterr().err


def add(checkout: Path, name: str, text: str) -> None:
    path = checkout / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(path.read_text("utf-8") + text if path.exists() else text, "utf-8")


def test_package_within_its_budget_passes_silently(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(checkout, "glossator/stages/plan/lists.py", "\n\n# Blank lines and comments are free.\n")
    assert 0 == budget.main([], checkout)
    assert ("", "") == capsys.readouterr()


def test_one_line_too_many_is_refused_with_the_remedy(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(checkout, "glossator/stages/plan/lists.py", "print()\n")
    message = "budget.toml: [code-lines] stages/plan has 6, 5 are allowed: take something away, or write a record in"
    assert refusal(checkout, capsys).startswith(message)


def test_one_number_too_many_is_refused(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(checkout, "glossator/stages/plan/lists.py", "MORE = 0.3\n")
    assert "[numbers] elsewhere has 2, 1 are allowed" in refusal(checkout, capsys)


def test_longer_script_is_refused(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(checkout, "templates/static/site.js", "y\n")
    assert "[bytes] templates/*.js has 12, 10 are allowed" in refusal(checkout, capsys)


def test_new_folder_needs_a_budget(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(checkout, "glossator/maps/draw.py", "print()\n")
    assert "[code-lines] does not name maps, which has 1: add it" in refusal(checkout, capsys)


def test_part_that_is_gone_leaves_the_budget(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (checkout / "templates/static/site.js").unlink()
    assert "names templates/*.js, which is not there: remove the line" in refusal(checkout, capsys)


@pytest.mark.parametrize(("number", "record"), [(900, 7), (5, 8)])
def test_record_has_to_state_the_part_and_its_number(
    checkout: Path, number: int, record: int, capsys: pytest.CaptureFixture[str]
) -> None:
    path = checkout / "budget.toml"
    path.write_text(path.read_text("utf-8").replace("most = 5, record = 7", f"most = {number}, record = {record}"))
    message = refusal(checkout, capsys)
    assert f"record {record} in docs/pages/decisions/ has no row | code-lines | `stages/plan` | {number} |" in message


def test_line_of_another_form_is_a_sentence(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(checkout, "budget.toml", "other = 3\n")
    assert "a line is `part = { most = 100, record = 44 }`" in refusal(checkout, capsys)


def test_rows_for_a_record_have_a_little_to_spare(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == budget.main(["--table"], checkout)
    assert "| code-lines | `stages/plan` | 6 |" in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("source", "numbers"),
    [
        ("A = 64 * 1024", ["64 * 1024"]),
        ("A = {'x': 3, 'y': (2, 0.5)}", ["3", "2", "0.5"]),
        ("class A:\n    b: int = 7", ["7"]),
        ("def f(a, b=5):\n    return a < 30", ["30", "5"]),
        ("def f(a):\n    return a + 2 + a * 0.3", ["0.3"]),
        ("A = [0, 1, -1, 0.0, True, 0xFF, 0o644]\nB = A[3:5]", []),
        ("A = {b'IHDR': 13}", []),
    ],
)
def test_numbers_that_somebody_chose_are_counted(source: str, numbers: list[str]) -> None:
    assert sorted(numbers) == sorted(threshold.number for threshold in thresholds(source))
