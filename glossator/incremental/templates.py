"""The templates of a theme, with what earlier builds found out about them: what they reach, and how they compile."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from jinja2 import Environment, TemplateError

from glossator.config import SiteError
from glossator.digest import digest
from glossator.incremental.cache import Cache
from glossator.incremental.namespace import Namespace, commit
from glossator.incremental.versions import RENDER_USES, code_digest
from glossator.model import Digest
from glossator.stages import render

PRESS, COMPILED, REACH = "press", "compiled", "reach"
"""The namespace, and its table of compiled templates; kept whole, for each template a digest of what it may show. Once
`reach` was asked, all that is there is of the same templates."""

Templates = Mapping[str, str]
"""Name -> source."""


def reach(cache: Cache, templates: Templates) -> dict[str, Digest]:
    """For each template a digest of all that it may show. Raises SiteError for one that cannot be parsed."""
    namespace = _room(cache, templates)
    known = namespace.whole(REACH, dict[str, Digest], {})
    if known:
        return known
    try:
        found = render.reach(templates)
    except render.TemplateFault as error:
        raise SiteError(str(error)) from None
    namespace.write_whole({REACH: found})
    commit(cache, namespace)
    return found


def environment(cache: Cache, templates: Templates) -> Environment:
    """What prints pages with these templates."""
    return render.environment(templates, _room(cache, templates).read_all(COMPILED))


def prepare(cache: Cache, templates: Templates, environment: Environment) -> None:
    """Compile all templates and keep them, so that no worker has to."""
    for name in sorted(templates):
        with suppress(TemplateError):  # who prints with it will say what is wrong
            environment.get_template(name)
    keep(cache, templates, environment)


def keep(cache: Cache, templates: Templates, environment: Environment) -> None:
    """Keep what had to be compiled."""
    if new := render.compiled(environment):
        namespace = _room(cache, templates)
        namespace.write({COMPILED: dict(new)})
        commit(cache, namespace)


def _room(cache: Cache, templates: Templates) -> Namespace:
    code = code_digest(("stages/render",), RENDER_USES)
    return Namespace(cache, PRESS, digest(code, repr(sorted(templates.items()))))
