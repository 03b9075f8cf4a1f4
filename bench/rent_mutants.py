"""Mutants of modules, each with a rule less: a function, a table, the body of an `if`, an operand, a condition."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import CodeType
from typing import NamedTuple

from requirements.budget import code_lines

KINDS = ("functions", "tables", "ifs", "operands", "conditions")
_NEUTRAL = {
    "str": "''",
    "bytes": "b''",
    "int": "0",
    "float": "0.0",
    "tuple": "()",
    "list": "[]",
    "dict": "{}",
    "Mapping": "{}",
    "Sequence": "()",
    "set": "set()",
    "frozenset": "frozenset()",
    "None": "None",
}
"""Type that a function returns -> the value that says nothing."""
_NEVER = re.compile(r"(?!)")
Function = ast.FunctionDef
Names = Mapping[str, Collection[str]]
"""Definition at the top of a module -> the names that it uses."""


class Mutant(NamedTuple):
    """One rule less."""

    name: str
    module: str
    path: str
    """Name of the function or table within the module."""
    code: CodeType | None
    """What the function runs now; None for a table."""
    lines: tuple[str, ...]
    """Lines, each as the name of its module and its number, of which one runs wherever the rule acts."""
    size: int
    """Lines of code that nothing else uses."""


def mutants(sources: Mapping[str, str], used: Names, kinds: Sequence[str]) -> Iterator[Mutant]:
    """Yield the mutants of modules.

    Args:
        sources: Source of each module by its name.
        used: What `names_of` says of them.
        kinds: Kinds of mutants that are wanted.
    """
    sizes = {key: code_lines(text) for key, text in _definitions(sources)}
    for module, source in sources.items():
        if "tables" in kinds:
            yield from _tables(module, source, sources, used, sizes)
        for path, function in _functions(ast.parse(source)):
            for number, (kind, mutated) in enumerate(_mutated(function, kinds)):
                code = _compiled(source, path, mutated)
                if code is None:
                    continue
                if kind == "functions":
                    size = lonely_lines(f"{module}:{path.partition('.')[0]}", used, sizes)
                    size = size if "." not in path else code_lines(ast.unparse(function))
                    lines = _lines(module, function.body)
                else:
                    size = mutated.size
                    lines = _lines(module, mutated.at)
                yield Mutant(f"{module}:{path} {mutated.what} {number}", module, path, code, lines, size)


class _Mutated(NamedTuple):
    what: str
    function: Function
    at: Sequence[ast.AST]
    size: int


def _mutated(function: Function, kinds: Sequence[str]) -> Iterator[tuple[str, _Mutated]]:
    if "functions" in kinds:
        for value in _neutral_values(function):
            body = ast.parse(f"def f():\n return {value}" + ("\n yield" if _is_generator(function) else "")).body
            assert isinstance(body[0], Function)
            yield (
                "functions",
                _Mutated(f"-> {value or 'nothing'}", _with_body(function, body[0].body), function.body, 0),
            )
    for node in ast.walk(function):
        if isinstance(node, ast.If) and "ifs" in kinds:
            kept, node.test = node.test, ast.copy_location(ast.Constant(False), node.test)
            what = f"if {ast.unparse(kept)[:60]} (line {node.lineno})"
            size = node.body[-1].end_lineno or 0
            yield "ifs", _Mutated(what, function, node.body, size - node.lineno + 1)
            node.test = kept
        elif isinstance(node, ast.BoolOp) and "operands" in kinds:
            values = node.values
            for place, operand in enumerate(values):
                node.values = [*values[:place], *values[place + 1 :]] * (2 if len(values) == 2 else 1)
                yield (
                    "operands",
                    _Mutated(f"without {ast.unparse(operand)[:60]} (line {operand.lineno})", function, [node], 1),
                )
            node.values = values
        elif isinstance(node, ast.comprehension) and "conditions" in kinds:
            conditions = node.ifs
            for place, condition in enumerate(conditions):
                node.ifs = [*conditions[:place], *conditions[place + 1 :]]
                what = f"without {ast.unparse(condition)[:60]} (line {condition.lineno})"
                yield "conditions", _Mutated(what, function, [condition], 1)
            node.ifs = conditions


def _with_body(function: Function, body: list[ast.stmt]) -> Function:
    changed = ast.parse(ast.unparse(function)).body[0]
    assert isinstance(changed, Function)
    changed.body = body
    return changed


def _is_generator(function: Function) -> bool:
    return any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(function))


def _neutral_values(function: Function) -> Iterator[str]:
    """Yield values that say nothing, as expressions: both of a predicate; a filter returns its first argument."""
    returns = ast.unparse(function.returns) if function.returns else "None"
    first = next((each for each in function.args.args if each.arg not in ("self", "cls")), None)
    if _is_generator(function):
        yield ""
    elif returns == "bool":
        yield from ("False", "True")
    elif first and first.annotation and ast.unparse(first.annotation) == returns:
        yield first.arg
    elif returns.endswith("| None"):
        yield "None"
    elif (kind := returns.partition("[")[0]) in _NEUTRAL and not (kind == "tuple" and "..." not in returns):
        yield _NEUTRAL[kind]


def _compiled(source: str, path: str, mutated: _Mutated) -> CodeType | None:
    """Return the code of the mutated function; None if its module does not compile so."""
    tree = ast.parse(source)
    body = tree.body
    for name in path.split("."):
        holder = next(node for node in body if isinstance(node, Function | ast.ClassDef) and node.name == name)
        if isinstance(holder, Function):
            body[body.index(holder)] = mutated.function
        body = holder.body
    code = compile(ast.fix_missing_locations(tree), "<mutant>", "exec")
    for name in path.split("."):
        found = [each for each in code.co_consts if isinstance(each, CodeType) and each.co_name == name]
        code = found[0]
    return None if code.co_freevars else code


def _functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    for node in tree.body:
        if isinstance(node, Function):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{each.name}", each) for each in node.body if isinstance(each, Function))


def _lines(module: str, nodes: Sequence[ast.AST]) -> tuple[str, ...]:
    numbers = {number for node in nodes for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)}  # type: ignore[attr-defined]
    return tuple(f"{module}:{number}" for number in sorted(numbers))


def _tables(
    module: str, source: str, sources: Mapping[str, str], used: Names, sizes: Mapping[str, int]
) -> Iterator[Mutant]:
    for node in ast.parse(source).body:
        name = _assigned(node)
        if name and name.strip("_").isupper() and not isinstance(getattr(node, "value", None), ast.Constant):
            users = [key for key, names in used.items() if name in names]
            lines = [
                line
                for key, function in _nodes(sources)
                if key in users and isinstance(function, Function)
                for line in _lines(key.partition(":")[0], function.body)
            ]
            yield Mutant(f"{module}:{name} empty", module, name, None, tuple(lines), sizes[f"{module}:{name}"])


def neutral_table(table: object) -> object:
    """Return the table without entries; a pattern that never matches. Raises TypeError if it is no table."""
    if isinstance(table, re.Pattern):
        return re.compile(_NEVER.pattern.encode()) if isinstance(table.pattern, bytes) else _NEVER
    if isinstance(table, str | bytes | tuple | list | frozenset | set | dict):
        return type(table)()
    if isinstance(table, Mapping):
        return {}
    raise TypeError(f"no table: {type(table).__name__}")


def names_of(sources: Mapping[str, str]) -> Names:
    """Return for each definition at the top of modules, as `module:name`, the names that it uses."""
    return {
        key: {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        | {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
        for key, node in _nodes(sources)
    }


def lonely_lines(key: str, used: Names, sizes: Mapping[str, int]) -> int:
    """Return the lines of code that go with a definition: its own, and of what then nothing else uses."""
    gone = {key}
    users = Counter(name for names in used.values() for name in names)
    while True:
        within = Counter(name for each in gone for name in used[each])
        more = {
            each
            for each in used
            if each not in gone and users[name := each.partition(":")[2]] and within[name] == users[name]
        }
        if not more:
            return sum(sizes[each] for each in gone)
        gone |= more


def _nodes(sources: Mapping[str, str]) -> Iterator[tuple[str, ast.stmt]]:
    for module, source in sources.items():
        for node in ast.parse(source).body:
            name = node.name if isinstance(node, Function | ast.ClassDef) else _assigned(node)
            if name:
                yield f"{module}:{name}", node


def _assigned(node: ast.stmt) -> str:
    """Return the name of a value that is assigned at the top of a module."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.AnnAssign):
        targets = [node.target]
    elif isinstance(node, ast.Assign):
        targets = node.targets
    return targets[0].id if len(targets) == 1 and isinstance(targets[0], ast.Name) else ""


def _definitions(sources: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for module, source in sources.items():
        lines = source.splitlines(keepends=True)
        for key, node in _nodes({module: source}):
            decorators = getattr(node, "decorator_list", [])
            start = min([node.lineno, *(each.lineno for each in decorators)])
            yield key, "".join(lines[start - 1 : node.end_lineno])
