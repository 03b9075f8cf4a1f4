"""Digests of templates with all that they refer to, by which a page is known to be stale."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, meta

from glossator.model import Digest
from glossator.stages.render.template_faults import TemplateFault, sentence
from glossator.stages.render.template_words import EXTENSION


def template_digests(templates: Mapping[str, str]) -> dict[str, Digest]:
    """Return, for each template, the digest of its source and of the templates it refers to, directly or indirectly.

    Raises TemplateFault if a template cannot be parsed.
    """
    return dict(_reach(tuple(sorted(templates.items()))))


@lru_cache(maxsize=2)
def _reach(sources: tuple[tuple[str, str], ...]) -> Mapping[str, Digest]:
    templates = dict(sources)
    jinja = Environment(autoescape=True, extensions=[EXTENSION])
    direct = {name: _references(jinja, name, templates) for name in templates}
    return {name: _digest(_closure(name, direct), templates) for name in templates}


def _references(jinja: Environment, name: str, templates: Mapping[str, str]) -> frozenset[str]:
    """Return the templates that a template names directly; one that computes a name may mean any of them."""
    try:
        found = tuple(meta.find_referenced_templates(jinja.parse(templates[name], name)))
    except TemplateSyntaxError as error:
        raise TemplateFault(name, error.lineno, sentence(error)) from None
    return frozenset(templates) if None in found else frozenset(reference for reference in found if reference)


def _closure(name: str, direct: Mapping[str, frozenset[str]]) -> list[str]:
    reached, open_ends = {name}, [name]
    while open_ends:
        further = direct.get(open_ends.pop(), frozenset()) - reached
        reached |= further
        open_ends.extend(further)
    return sorted(reached)


def _digest(names: list[str], templates: Mapping[str, str]) -> Digest:
    hasher = hashlib.blake2b(digest_size=16)
    for name in names:
        source = templates.get(name, "").encode("utf-8", "surrogatepass")
        hasher.update(f"{name}\0{len(source)}\0".encode("utf-8", "surrogatepass") + source)
    return Digest(hasher.hexdigest())
