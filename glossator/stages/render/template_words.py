"""Words of a language -> what templates print: functions and filters, and constant texts translated once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from glossator import dates, translate
from glossator.model import Messages, in_context

EXTENSION = "jinja2.ext.i18n"
"""Jinja2's own notation: `_("Search")`, `{% trans day=... %}Saved {{ day }}{% endtrans %}`."""

PART = "part"
"""Filter that prints a value by a macro of one of PARTS."""
PARTS = ("parts.html", "glossator/parts.html")
"""The template with these macros, which may be a theme's, and ours, for those that it has not."""

_CONTEXTS = {"_": 0, "gettext": 0, "pgettext": 1}
"""Functions that translate a text, with the number of arguments before it."""
_PLACE = re.compile(r"%\((\w+)\)s")


def add_words(jinja: Environment, words: Messages) -> None:
    """Give templates the functions and filters that depend on the language of the interface."""

    def gettext(text: str, **values: Any) -> Markup:
        return _filled(words.texts.get(text, text), values)

    def pgettext(context: str, text: str, **values: Any) -> Markup:
        return _filled(words.texts.get(in_context(context, text), text), values)

    def ngettext(single: str, many: str, number: int, **values: Any) -> Markup:
        shown = {"num": translate.decimal(words.language, number), **values}
        return _filled(translate.plural(words, single, many, number), shown)

    jinja.policies["ext.i18n.trimmed"] = True
    jinja.newstyle_gettext = True  # type: ignore[attr-defined]  # the extension's switch for `%(name)s`
    jinja.globals |= {"_": gettext, "gettext": gettext, "pgettext": pgettext, "ngettext": ngettext}
    english = translate.is_english(words.language)
    jinja.filters["count"] = partial(translate.amount, words) if words.amounts else translate.english_amount
    jinja.filters["decimal"] = partial(translate.decimal, words.language)
    for name in ("language_name", "other_language"):
        jinja.filters[name] = partial(getattr(translate, name), words.language)
    for name in ("day", "day_of_year", "month", "month_name", "month_short"):
        jinja.filters[name] = getattr(dates, name) if english else partial(getattr(translate, name), words.language)


def _filled(text: str, values: Mapping[str, Any]) -> Markup:
    """Return a text of a template or a catalogue, neither of which holds markup, with values that are escaped."""
    return Markup(text) % values  # noqa: S704 -- see above: Jinja2 itself does so


def translate_constants(template: nodes.Template, words: Messages) -> nodes.Template:
    """Return a parsed template with its constant texts translated: a page has fifty, which cost a third of its time."""
    folded: nodes.Template = _Folding(words).visit(template)
    return folded


class _Folding(NodeTransformer):
    def __init__(self, words: Messages) -> None:
        self._words = words

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 -- named by Jinja2
        node.nodes = [part for child in node.nodes for part in self._parts(child)]
        self.generic_visit(node)
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 -- named by Jinja2
        self.generic_visit(node)
        text = self._text(node)
        if text is None or node.kwargs:
            return node
        return nodes.Const(text.replace("%%", "%"), lineno=node.lineno)

    def _parts(self, node: nodes.Expr) -> Iterator[nodes.Expr]:
        """Yield what prints a constant text and the values in it; any other expression as it is."""
        text = self._text(node)
        values = {value.key: value.value for value in node.kwargs} if isinstance(node, nodes.Call) else {}
        if text is None or not {*_PLACE.findall(text)} <= values.keys():
            yield node
            return
        for number, piece in enumerate(_PLACE.split(text)):
            if number % 2:
                yield values[piece]
            elif piece:
                yield nodes.TemplateData(piece.replace("%%", "%"), lineno=node.lineno)

    def _text(self, node: nodes.Expr) -> str | None:
        """Return the translated text of a call that translates a constant one."""
        if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in _CONTEXTS):
            return None
        constants: list[str] = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
        if node.dyn_args or node.dyn_kwargs or not len(constants) == len(node.args) == _CONTEXTS[node.node.name] + 1:
            return None
        key = in_context(*constants) if len(constants) > 1 else constants[0]
        return self._words.texts.get(key, constants[-1])
