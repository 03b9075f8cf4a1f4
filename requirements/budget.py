"""Refuses a package that is larger than its budget: lines of code, bytes of scripts and styles, and numbers.

usage: python -m requirements.budget [--table]

Each number of `budget.toml` names the record in docs/pages/decisions/ that set it, and stands in a table there. With
`--table`, rows for a new record are printed: what the package measures, 2 % added.
"""

from __future__ import annotations

import ast
import io
import math
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from bench.thresholds import ROOT, modules, part_of, thresholds

SPARE = 1.02
"""What a new budget allows, as a share of what the package measures."""
_BLANK = frozenset(
    [tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER]
)
"""Tokens that make no line a line of code."""


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The largest size that a part may have, and the number of the record that says so."""

    most: int
    record: int


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Return 1 if the package of a checkout is over its budget, or if the records do not say what its budget is."""
    sizes = measure(root)
    if arguments == ["--table"]:
        parts = ((measured, part, size) for measured, sized in sizes.items() for part, size in sorted(sized.items()))
        print(*(row(measured, part, math.ceil(size * SPARE)) for measured, part, size in parts), sep="\n")
        return 0
    try:
        budget = msgspec.toml.decode((root / "budget.toml").read_bytes(), type=dict[str, dict[str, Limit]])
    except msgspec.DecodeError as error:
        print(f"budget.toml: {error}; a line is `part = {{ most = 100, record = 44 }}`.", file=sys.stderr)
        return 1
    problems = list(compare(sizes, budget, read_records(root)))
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    return 1 if problems else 0


def measure(root: Path) -> Mapping[str, Mapping[str, int]]:
    """Return the size of each part of the package of a checkout, by what is measured."""
    lines: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    for path in modules(root):
        source = path.read_text("utf-8")
        part = part_of(path.relative_to(root / "glossator"))
        lines[part] += code_lines(source)
        numbers[part if part == "stages/extract" else "elsewhere"] += len(list(thresholds(source)))
    for folder in ("templates", "glossator"):
        for path in (root / folder).rglob("*.*"):
            if path.suffix in (".css", ".js"):
                texts[f"{folder}/*{path.suffix}"] += path.stat().st_size
    return {"code-lines": +lines, "bytes": texts, "numbers": +numbers}


def code_lines(source: str) -> int:
    """Return the number of lines of a module that are neither blank, nor comment, nor docstring."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in _BLANK:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            lines.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(lines)


def row(measured: str, part: str, most: int) -> str:
    """Return the row of a record's table that allows a part a size."""
    return f"| {measured} | `{part}` | {most:,} |"


def read_records(root: Path) -> Mapping[int, str]:
    """Return the texts of the records of decisions, by number."""
    paths = (root / "docs" / "pages" / "decisions").glob("[0-9][0-9][0-9][0-9]-*.md")
    return {int(path.name[:4]): path.read_text("utf-8") for path in paths}


def compare(
    sizes: Mapping[str, Mapping[str, int]], budget: Mapping[str, Mapping[str, Limit]], records: Mapping[int, str]
) -> Iterator[str]:
    """Yield what is wrong with the sizes of a package or with its budget, each with what to do.

    Args:
        sizes: Size of each part, by what is measured.
        budget: Largest size of each part, by what is measured.
        records: Texts of the records of decisions, by number.
    """
    for measured in sorted({*sizes, *budget}):
        allowed, parts = budget.get(measured, {}), sizes.get(measured, {})
        for part in sorted({*allowed, *parts}):
            if part not in parts:
                yield f"budget.toml: [{measured}] names {part}, which is not there: remove the line."
            elif part not in allowed:
                yield (
                    f"budget.toml: [{measured}] does not name {part}, which has {parts[part]:,}: add it, with a record"
                    " in docs/pages/decisions/ that says what came and what left."
                )
            else:
                yield from _check_part(f"[{measured}] {part}", parts[part], allowed[part])
                if row(measured, part, allowed[part].most) not in records.get(allowed[part].record, ""):
                    yield (
                        f"budget.toml: [{measured}] {part}: record {allowed[part].record} in docs/pages/decisions/ has"
                        f" no row {row(measured, part, allowed[part].most)}: write there why, or name another record."
                    )


def _check_part(name: str, size: int, limit: Limit) -> Iterator[str]:
    """Yield that a part is too large, if it is."""
    if size > limit.most:
        yield (
            f"budget.toml: {name} has {size:,}, {limit.most:,} are allowed: take something away, or write a record in"
            " docs/pages/decisions/ that says what came and what left."
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
