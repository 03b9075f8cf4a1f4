"""Blocks of templates that fill nothing, because no template that they extend has a block of that name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from jinja2 import Environment, nodes


class VoidBlock(NamedTuple):
    """A block that no template shows."""

    template: str
    line: int
    message: str


def void_block(jinja: Environment, templates: Mapping[str, str], own: Iterable[str]) -> VoidBlock | None:
    """Return the first block of the `own` templates that nothing shows; None if there is none."""
    for name in own:
        parent, blocks = _read(jinja, templates[name])
        above = set(_blocks_above(jinja, parent, templates))
        for block, line in blocks.items():
            if above and block not in above:
                near = difflib.get_close_matches(block, sorted(above), 1)
                hint = f"Did you mean {near[0]}?" if near else f"Its blocks are: {', '.join(sorted(above))}."
                return VoidBlock(name, line, f"{block} is no block of {parent}. {hint}")
    return None


def _read(jinja: Environment, source: str) -> tuple[str, dict[str, int]]:
    """Return what a template extends, empty if nothing fixed, and the lines of its outermost blocks by their names."""
    tree = jinja.parse(source)
    extends = next((node for node in tree.body if isinstance(node, nodes.Extends)), None)
    parent = extends.template.value if extends and isinstance(extends.template, nodes.Const) else ""
    return str(parent), {node.name: node.lineno for node in tree.body if isinstance(node, nodes.Block)}


def _blocks_above(jinja: Environment, name: str, templates: Mapping[str, str]) -> Iterator[str]:
    """Yield the blocks of a template and of those that it extends; none of a template that there is not."""
    seen: set[str] = set()
    while name in templates and name not in seen:
        seen.add(name)
        yield from (block.name for block in jinja.parse(templates[name]).find_all(nodes.Block))
        name, _ = _read(jinja, templates[name])
