"""Write docs/pages/behaviours.md: what each stage does, from the docstrings of its functions.

    python docs/behaviours.py > docs/pages/behaviours.md

Functions stand in the order in which they are reached from the beginning of their stage: a caller before what it calls,
and the members of a tuple of rules in their order. The program is read, and not imported.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
STAGES = ("extract", "annotate", "resolve", "topics", "relate", "chronology", "plan", "render", "proof")
"""Stages in the order in which a build runs them."""
SHARED = ("naming", "outlines", "well_known", "rights", "markup")
"""Packages whose rules several stages use."""
BEGINNING = """\
---
title: Behaviours
---
What the program does, in the order in which it does it, by stage. `docs/behaviours.py` writes this page from the
docstrings of the public functions of each stage, in the order in which they are reached from its beginning. Whoever
looks for a behaviour finds its module here; [Architecture](architecture.md) says how the stages fit together.
"""

Place = tuple[str, str]
"""Module and name of a function, a class, or a constant such as a tuple of rules."""


class Definition(NamedTuple):
    """A name defined at the top of a module: its node, and its docstring if it has one."""

    node: ast.stmt
    text: str


class Module:
    """A module as it is written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse(path.read_text("utf-8"))
        self.text = ast.get_docstring(self.tree) or ""
        self._mentions: dict[Place, list[Place]] = {}

    @cached_property
    def definitions(self) -> dict[str, Definition]:
        found: dict[str, Definition] = {}
        for node in self.tree.body:
            match node:
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    found[name] = Definition(node, ast.get_docstring(node) or "")
                case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                    found[name] = Definition(node, "")
        return found

    @cached_property
    def imports(self) -> dict[str, Place]:
        """What is imported from the program, anywhere in the module, by the name that it has there."""
        return {
            alias.asname or alias.name: (node.module, alias.name)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == "glossator"
            for alias in node.names
        }

    def mentions(self, place: Place) -> list[Place]:
        """Return what the code of a definition mentions of the program, in the order in which it is written."""
        if place not in self._mentions:
            self._mentions[place] = list(self._mentioned(place[0], self.definitions[place[1]].node))
        return self._mentions[place]

    def _mentioned(self, module: str, node: ast.AST) -> Iterator[Place]:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in self.imports:
            yield ".".join(self.imports[node.value.id]), node.attr
        if isinstance(node, ast.Name):
            yield module, node.id
        for field, value in ast.iter_fields(node):
            if field not in {"annotation", "returns"}:
                for child in value if isinstance(value, list) else [value]:
                    if isinstance(child, ast.AST):
                        yield from self._mentioned(module, child)


def read_modules(package: Path) -> dict[str, Module]:
    """Return the modules of a package and of those within it, by their dotted names."""
    parts = {path: path.relative_to(package.parent).with_suffix("").parts for path in sorted(package.rglob("*.py"))}
    return {".".join(name[:-1] if name[-1] == "__init__" else name): Module(path) for path, name in parts.items()}


def in_order(modules: dict[str, Module], package: str) -> list[Place]:
    """Return the functions of a package in the order in which they are reached from its face.

    What the face offers is taken by how much it reaches, most first: the whole stage before a part of it. What is only
    reached otherwise, for instance as a method of a value, comes last.
    """
    face = modules[package]
    offered = [(package, name) for name in (*face.definitions, *face.imports) if not name.startswith("_")]
    offered.sort(key=lambda place: -len(_reached(modules, [place])))
    inside = [name for name in modules if f"{name}.".startswith(f"{package}.")]
    rest = [(module, name) for module in inside for name in modules[module].definitions if not name.startswith("_")]
    found = _reached(modules, [*offered, *rest])
    return [(module, name) for module, name in found if module in inside and not name.startswith("_")]


def _reached(modules: dict[str, Module], beginnings: list[Place]) -> list[Place]:
    """Return the functions that are reached from some places: callers before what they call."""
    found: list[Place] = []
    seen: set[Place] = set()
    waiting = beginnings[::-1]
    while waiting:
        place = _defined(modules, *waiting.pop())
        if place is None or place in seen:
            continue
        seen.add(place)
        definition = modules[place[0]].definitions[place[1]]
        if isinstance(definition.node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append(place)
        waiting += modules[place[0]].mentions(place)[::-1]
    return found


def _defined(modules: dict[str, Module], module: str, name: str) -> Place | None:
    """Return where a name is defined that a module defines or imports; None if it is not the program's."""
    passed: set[Place] = set()
    while (found := modules.get(module)) and (module, name) not in passed:
        if name in found.definitions:
            return module, name
        passed.add((module, name))
        module, name = found.imports.get(name, ("", ""))
    return None


def sentence(text: str) -> str:
    """Return the first sentence of a docstring as an entry of a list: what is returned stands for itself."""
    first = re.split(r"(?<=[.!?])\s+(?=[A-Z`])", " ".join(text.split("\n\n", maxsplit=1)[0].split()))[0]
    first = re.sub(r"^(?:Return|Yield) ", "", first)
    first = re.sub(r"^True if ", "whether ", first)
    parts = re.split(r"(`[^`]*`)", first[:1].upper() + first[1:])
    return "".join(part if part.startswith("`") else re.sub(r"([\[\]<*_~\\])", r"\\\1", part) for part in parts)


def section(modules: dict[str, Module], package: str) -> Iterator[str]:
    """Yield the lines about a package: its modules in the order in which they are reached, and their functions."""
    entries: dict[str, list[str]] = {}
    for module, name in in_order(modules, package):
        if text := modules[module].definitions[name].text:
            entries.setdefault(module, []).append(f"- {sentence(text)}")
    for module, lines in entries.items():
        path = modules[module].path.relative_to(ROOT).as_posix()
        yield from (f"**{sentence(modules[module].text)}** `{path}`", "", *lines, "")


def page() -> str:
    """Return the page."""
    modules = read_modules(ROOT / "glossator")
    lines = [BEGINNING]
    for package in (*(f"glossator.stages.{stage}" for stage in STAGES), *(f"glossator.{name}" for name in SHARED)):
        if package in modules:
            lines += [f"## {package.rpartition('.')[2].capitalize()}", "", *section(modules, package)]
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    print(page(), end="")
