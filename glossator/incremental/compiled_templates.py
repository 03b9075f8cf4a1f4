"""The templates of a theme, with what earlier builds found out: the sources that each can reach, and compiled code."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from jinja2 import Environment, TemplateError

from glossator.config import SiteError
from glossator.incremental.cache import Cache
from glossator.incremental.namespace import Namespace, commit
from glossator.incremental.schema import COMPILED, TEMPLATE_DIGESTS, TEMPLATES
from glossator.model import Digest, Messages
from glossator.stages import render

Templates = Mapping[str, str]
"""Name -> source."""


def template_digests(cache: Cache, templates: Templates, words: Messages) -> dict[str, Digest]:
    """Return for each template a digest of all sources that it can reach.

    Raises SiteError for a template that cannot be parsed.
    """
    namespace = _open(cache, templates, words)
    known = namespace.value(TEMPLATE_DIGESTS, {})
    if known:
        return known
    try:
        found = render.template_digests(templates)
    except render.TemplateFault as error:
        raise SiteError(str(error)) from None
    namespace.set_value(TEMPLATE_DIGESTS, found)
    commit(cache, namespace)
    return found


def environment(cache: Cache, templates: Templates, words: Messages) -> Environment:
    """Return the environment that renders pages with these templates and words, compiled as far as is remembered."""
    return render.environment(templates, _open(cache, templates, words).read_all(COMPILED), words)


def compile_all(cache: Cache, templates: Templates, environment: Environment, words: Messages) -> None:
    """Compile all templates and store the result, so that no worker has to."""
    for name in sorted(templates):
        with suppress(TemplateError):  # rendering with the template reports what is wrong
            environment.get_template(name)
    store_compiled(cache, templates, environment, words)


def store_compiled(cache: Cache, templates: Templates, environment: Environment, words: Messages) -> None:
    """Store the templates that had to be compiled."""
    if new := render.compiled(environment):
        namespace = _open(cache, templates, words)
        namespace.write(COMPILED, dict(new))
        commit(cache, namespace)


def _open(cache: Cache, templates: Templates, words: Messages) -> Namespace:
    return Namespace(cache, TEMPLATES, sources=repr(sorted(templates.items())), words=repr(words))
