"""Jinja2 with a compiler that makes faster code of templates, through private interfaces of Jinja2 and markupsafe.

The pages are those that Jinja2's own code makes. That spends half of its time on four things: on handing hundreds of
pieces of a page through three generators, on looking up attributes, on escaping, and on calling macros.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from contextlib import suppress
from keyword import iskeyword
from typing import Any

import markupsafe
from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing

from glossator.model import Html, Messages
from glossator.stages.render.template_words import fold

_escape = getattr(markupsafe, "_escape_inner", markupsafe.escape)
"""The part of `markupsafe.escape` that does the work: a sixth of its time."""


class _Generator(CodeGenerator):
    """Writes the code of a template. Methods are named and called by Jinja2."""

    environment: FastEnvironment

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Write the body of a template or a block so that it yields one text, and not hundreds of pieces."""
        outermost = frame.parent is None and frame.buffer is None
        if outermost:
            self.buffer(frame)
        super().blockvisit(nodes, frame)
        if outermost:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 -- named by Jinja2
        """Write `value.name` as what it is in Python; `careful` is for values that have no attribute of the name."""
        if self.environment.careful is None or iskeyword(node.attr) or not node.attr.isascii():
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """Write the beginning of a value that is printed; Jinja2 would make a Markup of each text."""
        if _is_escaped(frame, finalize):
            self.write("(environment.escape_text(printed) if type(printed := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if _is_escaped(frame, finalize):
            self.write(") is str else environment.escape_other(printed))")
        else:
            super()._output_child_post(node, frame, finalize)


def _is_escaped(frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> bool:
    return frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None


class _FastContext(Context):
    """Values that a template sees. Jinja2 examines each callable, and makes a Markup in Python's own code."""

    def call(self, function: Any, /, *arguments: Any, **named: Any) -> Any:
        """Return the result of a function or macro that a template calls."""
        if type(function) is not Macro or function.caller or function.catch_kwargs or not self.eval_ctx.autoescape:
            return super().call(function, *arguments, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        given, expected = len(arguments), function.arguments
        if given < len(expected):
            arguments += tuple([named.pop(name, missing) for name in expected[given:]])
        if named or given > len(expected) or function.catch_varargs:
            return super().call(function, *arguments, **named)
        return str.__new__(markupsafe.Markup, function._func(*arguments))  # noqa: SLF001 -- see the module


class FastEnvironment(Environment):
    """Templates that are compiled by this module. State: those that were loaded, and the unusual ones."""

    code_generator_class = _Generator
    context_class = _FastContext
    words = Messages()
    lone: frozenset[str] = frozenset()
    """Names of the blocks that only one template has."""
    careful: FastEnvironment | None = None
    """Environment of unusual templates: those that ask for a name which a value lacks, or which is a key of it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.loaded: dict[str, Template] = {}
        self._unusual: set[str] = set()

    def add_careful(self) -> None:
        """Add the environment of unusual templates, once this one has its filters and words."""
        careful = self.overlay()
        careful.loaded = {}
        self.careful = careful

    def render(self, name: str, **values: Any) -> str:
        """Return a page. Raises whatever Jinja2 raises."""
        if self.careful is None:
            return self.get_template(name).render(values)
        if name not in self._unusual:
            with suppress(AttributeError):
                return self.get_template(name).render(values)
            self._unusual.add(name)
        return self.careful.render(name, **values)

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 -- named by Jinja2
    ) -> Template:
        """Return a template; every page asks for three or four."""
        if isinstance(name, Template) or globals:
            return super().get_template(name, parent, globals)
        if name not in self.loaded:
            self.loaded[name] = super().get_template(name, parent)
        return self.loaded[name]

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        """Return the code of a template; Jinja2 calls this so that it can be overridden."""
        return super()._generate(fold(source, self.words, self.lone), name, filename, defer_init)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template as one dictionary: every page copies them, and Jinja2's chain is slow."""
        return {**self.globals, **(d or {})}

    escape_text = staticmethod(_escape)
    """Returns a text escaped."""

    @staticmethod
    def escape_other(value: object) -> str:
        """Return a value that may be no text, as it is printed on the page."""
        if type(value) is Html:
            return value
        return value if type(value) is markupsafe.Markup else markupsafe.escape(value)
