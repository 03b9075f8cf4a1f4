"""Templates and words -> Jinja2's environment."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Hashable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any

import msgspec
from jinja2 import Environment, FunctionLoader, StrictUndefined, Template, TemplateRuntimeError

from glossator.model import Messages
from glossator.stages.render.template_words import EXTENSION, PART, PARTS, add_words, translate_constants
from glossator.views.metadata import coins, linked_data

ENGLISH = Messages()
PARTS_REMEMBERED = 500
"""Parts of pages kept: of the links of 5,826 invented pages of entities 85 in 100 were among them."""


class _TemplateLoader(FunctionLoader):
    """Loads templates with their texts in the language of the interface."""

    def __init__(self, templates: Mapping[str, str], words: Messages) -> None:
        # DictLoader calls every file "<template>": errors would lose the name.
        super().__init__(lambda name: (templates[name], name, None) if name in templates else None)
        self._words = words

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 -- named by Jinja2
    ) -> Template:
        source, filename, _ = self.get_source(environment, name)
        template = translate_constants(environment.parse(source, name, filename), self._words)
        code = environment.compile(template, name, filename)
        return environment.template_class.from_code(environment, code, environment.make_globals(globals))


def environment(templates: Mapping[str, str], words: Messages = ENGLISH) -> Environment:
    """Return Jinja2 with these templates (name -> source) and a few filters that only format their input."""
    return _environment(tuple(sorted(templates.items())), words)


@lru_cache(maxsize=2)
def _environment(sources: tuple[tuple[str, str], ...], words: Messages) -> Environment:
    """Build the environment once for a theme: it keeps what Jinja2 compiled."""
    templates = dict(sources)
    jinja = Environment(
        loader=_TemplateLoader(templates, words),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=[EXTENSION],
    )
    del jinja.globals["lipsum"], jinja.filters["random"]  # they are random: a page would not have the same bytes twice
    add_words(jinja, words)
    jinja.filters |= {"linked_data": linked_data, "coins": coins, PART: _parts_remembered(jinja, templates)}
    jinja.policies |= {"json.dumps_function": _json, "json.dumps_kwargs": {}}
    return jinja


def _parts_remembered(jinja: Environment, templates: Collection[str]) -> Callable[[Hashable, str], str]:
    """Return a filter that prints a value by a macro, given by name, of the first template that has it.

    What was printed last is kept.
    """

    @lru_cache(maxsize=PARTS_REMEMBERED, typed=True)  # typed, because HTML may equal a text that has to be escaped
    def part(value: Hashable, macro: str) -> str:
        printers = (getattr(jinja.get_template(name).module, macro, None) for name in PARTS if name in templates)
        printer: Callable[[Hashable], str] | None = next(filter(None, printers), None)
        if printer is None:
            raise TemplateRuntimeError(f"{PARTS[0]} has no macro {macro}")
        return printer(value)

    return part


def _json(value: object) -> str:
    try:
        return msgspec.json.encode(value, order="sorted").decode()
    except UnicodeEncodeError:  # half a character, which JSON can only escape
        return json.dumps(value, sort_keys=True)
