"""Blocks of a user's templates that fill nothing, because no template that they extend has a block of that name."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from jinja2 import Environment, TemplateSyntaxError, nodes

from glossator.config import SiteError

_PARSER = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])


def check_blocks(own: Mapping[str, str], every: Mapping[str, str]) -> None:
    """Raise SiteError for a block that nothing shows. `every` are the templates of the theme, `own` the user's.

    What is no template is reported when it is rendered.
    """
    for name, source in sorted(own.items()):
        if "extends" not in source:
            continue
        try:
            parent, blocks = _read(source)
            known = set(_blocks_above(parent, every))
        except (TemplateSyntaxError, RecursionError):
            continue
        for block, line in blocks.items():
            if known and block not in known:
                near = difflib.get_close_matches(block, sorted(known), 1)
                hint = f"Did you mean {near[0]}?" if near else f"Its blocks are: {', '.join(sorted(known))}."
                raise SiteError(f"templates/{name}, line {line}: {block} is no block of {parent}.", hint)


def _read(source: str) -> tuple[str, dict[str, int]]:
    """Return what a template extends, empty if nothing fixed, and the lines of its outermost blocks by their names."""
    tree = _PARSER.parse(source)
    extends = next((node for node in tree.body if isinstance(node, nodes.Extends)), None)
    parent = extends.template.value if extends and isinstance(extends.template, nodes.Const) else ""
    return str(parent), {node.name: node.lineno for node in tree.body if isinstance(node, nodes.Block)}


def _blocks_above(name: str, every: Mapping[str, str]) -> Iterator[str]:
    """Yield the blocks of a template and of those that it extends; none of a template that there is not."""
    seen: set[str] = set()
    while name in every and name not in seen:
        seen.add(name)
        tree = _PARSER.parse(every[name])
        yield from (block.name for block in tree.find_all(nodes.Block))
        name, _ = _read(every[name])
