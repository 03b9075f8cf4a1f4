"""Counts the numbers that somebody chose: thresholds, limits and weights, each number of a table too.

usage: python bench/thresholds.py [--list] [FOLDER] [PART...]

FOLDER is a checkout, this one if none is given. Counted is a number in the value of a module or class, in a default of
a parameter, and in a comparison; a fraction is counted wherever it stands. An expression of numbers alone (`64 * 1024`)
is one. Not counted are 0 and 1, which say none and once; indexes and slices; hexadecimal, octal and binary numbers, in
which masks, modes and marks of files are written; and numbers beside a string of bytes, because these belong to the
format of a file.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_ARITHMETIC = (ast.BinOp, ast.UnaryOp)
_SAYS_NOTHING = re.compile(r"-?[01](?:\.0)?")
_MARK = re.compile(r"-?0[xob]", re.IGNORECASE)


class Threshold(NamedTuple):
    """A number that was chosen, and the line where it stands."""

    line: int
    number: str


def main(arguments: list[str]) -> int:
    """Print the numbers of each part, or with `--list` each number; return 0."""
    names = [argument for argument in arguments if argument != "--list"]
    root = Path(names[0]) if names else ROOT
    counts: Counter[str] = Counter()
    for path in modules(root):
        source = path.read_text("utf-8")
        part = part_of(path.relative_to(root / "glossator"))
        chosen = list(thresholds(source))
        counts[part] += len(chosen)
        if "--list" in arguments and (not names[1:] or part in names[1:]):
            lines = source.splitlines()
            for line, number in chosen:
                print(f"{path.relative_to(root)}:{line}: {number}    {lines[line - 1].strip()[:90]}")
    if "--list" not in arguments:
        for part, count in counts.most_common():
            print(f"{part:22}{count:6}")
        print(f"{'all':22}{counts.total():6}")
    return 0


def modules(root: Path) -> Iterator[Path]:
    """Yield the modules of the package of a checkout, in the order of their names."""
    yield from sorted((root / "glossator").rglob("*.py"))


def part_of(path: Path) -> str:
    """Return the part of the package to which a module belongs: its folder, its stage, or `*.py` for those at the top.

    Args:
        path: Path of the module below `glossator/`.
    """
    folders = path.parts[:-1]
    return "/".join(folders[: 2 if folders[0] == "stages" else 1]) if folders else "*.py"


def thresholds(source: str) -> Iterator[Threshold]:
    """Yield the numbers of a module that somebody chose, in the order of the tree."""
    tree = ast.parse(source)
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.expr)
            and _is_number(node)
            and not _is_number(above.get(node))
            and _is_chosen(node, above)
        ):
            number = ast.get_source_segment(source, node) or ""
            if not _SAYS_NOTHING.fullmatch(number) and not _MARK.match(number):
                yield Threshold(node.lineno, number)


def _is_number(node: ast.AST | None) -> bool:
    """True if a node is a number, or made of numbers alone."""
    if isinstance(node, _ARITHMETIC):
        operands = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
        return all(map(_is_number, operands))
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _is_chosen(node: ast.AST, above: dict[ast.AST, ast.AST]) -> bool:
    """True if a number stands where thresholds do."""
    compared = isinstance(node, ast.Constant) and isinstance(node.value, float) and not node.value.is_integer()
    while (parent := above.get(node)) is not None:
        if isinstance(parent, (ast.Subscript, ast.JoinedStr)) or _has_bytes(parent):
            return False
        if isinstance(parent, ast.arguments):
            return True
        if isinstance(parent, _FUNCTIONS):
            return compared
        compared |= isinstance(parent, ast.Compare)
        node = parent
    return True


def _has_bytes(node: ast.AST) -> bool:
    """True if a string of bytes stands directly in an expression, beside the number."""
    return isinstance(node, ast.expr) and any(
        isinstance(child, ast.Constant) and isinstance(child.value, bytes) for child in ast.iter_child_nodes(node)
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
