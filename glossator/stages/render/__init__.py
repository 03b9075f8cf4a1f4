"""Page -> bytes: the only module that knows Jinja2.

A template is given `page` and `site` and may ask nothing else; a name that neither has is an error with file and line.
"""

from __future__ import annotations

import hashlib
import json
import re
import traceback
import zlib
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache

import msgspec
from jinja2 import (
    BytecodeCache,
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
)
from jinja2.bccache import Bucket

from glossator import views
from glossator.errors import UserError
from glossator.model import Digest, Messages
from glossator.stages.render.compiler import FastEnvironment
from glossator.stages.render.wording import EXTENSION, add_words, lone_blocks
from glossator.views.coins import coins
from glossator.views.linked_data import linked_data

TEMPLATES: Mapping[type, str] = {
    views.ArticlePage: "article.html",
    views.EntityPage: "entity.html",
    views.EntityIndexPage: "entity-index.html",
    views.ArticleIndexPage: "article-index.html",
    views.HomePage: "home.html",
    views.TextPage: "text.html",
    views.SearchPage: "search.html",
    views.NotFoundPage: "not-found.html",
    views.RedirectPage: "redirect.html",
    views.MovedArticlePage: "moved-article.html",
    views.MovedTopicPage: "moved-topic.html",
    views.FeedPage: "feed.xml",
    views.SitemapPage: "sitemap.xml",
    views.RobotsPage: "robots.txt",
    views.SearchDescriptionPage: "opensearch.xml",
    views.TopicsPage: "topics.html",
    views.TopicPage: "topic.html",
    views.TiesPage: "ties.html",
    views.MapPage: "map.html",
}
"""File name of the template, by kind of page."""

ENGLISH = Messages()
FAST_PATH = True
"""True if templates are compiled and text is escaped through private interfaces of Jinja2 and markupsafe.

The plain path gives the same pages.
"""


class TemplateFault(UserError):
    """A template that cannot be parsed or rendered. Its arguments describe it completely, so it pickles."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(file, line, message)
        self.file = file
        self.line = line
        self.message = message

    def __str__(self) -> str:
        return f"templates/{self.file}, line {self.line}: {self.message}"


class _Compiled(BytecodeCache):
    """Compiled templates of earlier builds. State: `new` are those that had to be compiled now."""

    def __init__(self, known: Mapping[str, bytes], prefix: str = "") -> None:
        self.known, self.prefix, self.new = known, prefix, dict[str, bytes]()

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return self.prefix + super().get_cache_key(name, filename)

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(zlib.error):  # a damaged row counts as absent
            if row := self.known.get(bucket.key):
                bucket.bytecode_from_string(zlib.decompress(row))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.new[bucket.key] = zlib.compress(bucket.bytecode_to_string())


def environment(
    templates: Mapping[str, str], known: Mapping[str, bytes] | None = None, words: Messages = ENGLISH
) -> Environment:
    """Return Jinja2 with these templates (name -> source) and a few filters that only format their input.

    `known` is what `compiled` returned for these templates and these `words` before, with unchanged code of ours and of
    Jinja2.
    """
    jinja = _environment(tuple(sorted(templates.items())), FAST_PATH, words)
    if jinja.bytecode_cache is None:
        jinja.bytecode_cache = _Compiled(known or {})
        if isinstance(jinja, FastEnvironment) and jinja.careful:
            jinja.careful.bytecode_cache = _Compiled(known or {}, "careful ")
    return jinja


def compiled(environment: Environment) -> Mapping[str, bytes]:
    """Return the templates that had to be compiled, to be stored for the next build."""
    careful = environment.careful if isinstance(environment, FastEnvironment) else None
    caches = (jinja.bytecode_cache for jinja in (environment, careful) if jinja)
    return {key: row for cache in caches if isinstance(cache, _Compiled) for key, row in cache.new.items()}


@lru_cache(maxsize=2)
def _environment(sources: tuple[tuple[str, str], ...], fast: bool, words: Messages) -> Environment:
    """Build the environment once for a theme: it keeps what Jinja2 compiled."""
    templates = dict(sources)
    jinja = (FastEnvironment if fast else Environment)(
        # DictLoader calls every file "<template>": errors would lose the name.
        loader=FunctionLoader(lambda name: (templates[name], name, None) if name in templates else None),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=[EXTENSION],
    )
    if isinstance(jinja, FastEnvironment):
        jinja.words, jinja.lone = words, lone_blocks(templates.values())
    del jinja.globals["lipsum"], jinja.filters["random"]  # they are random: a page would not have the same bytes twice
    add_words(jinja, words)
    jinja.filters |= {"linked_data": linked_data, "coins": coins}
    jinja.policies |= {"json.dumps_function": _json, "json.dumps_kwargs": {}}
    if isinstance(jinja, FastEnvironment):
        jinja.add_careful()
    return jinja


def _json(value: object) -> str:
    try:
        return msgspec.json.encode(value, order="sorted").decode()
    except UnicodeEncodeError:  # half a character, which JSON can only escape
        return json.dumps(value, sort_keys=True)


def template_digests(templates: Mapping[str, str]) -> dict[str, Digest]:
    """Return, for each template, the digest of its source and of the templates it refers to, directly or indirectly.

    Raises TemplateFault if a template cannot be parsed.
    """
    return dict(_reach(tuple(sorted(templates.items()))))


@lru_cache(maxsize=2)
def _reach(sources: tuple[tuple[str, str], ...]) -> Mapping[str, Digest]:
    templates = dict(sources)
    direct = {name: _references(name, source, templates) for name, source in templates.items()}
    return {name: _digest(_closure(name, direct), templates) for name in templates}


def render(environment: Environment, page: views.AnyPage, site: views.Site) -> bytes:
    """Return the file of a page. Raises TemplateFault if a template is missing, malformed or names an unknown value."""
    if isinstance(page, views.DataFile):
        return page.content.encode("utf-8", "replace")
    name = TEMPLATES[type(page)]
    try:
        if isinstance(environment, FastEnvironment):
            return environment.render(name, page=page, site=site).encode("utf-8", "replace")
        return environment.get_template(name).render(page=page, site=site).encode("utf-8", "replace")
    except TemplateSyntaxError as error:
        raise TemplateFault(error.name or name, error.lineno, _sentence(error)) from None
    except Exception as error:  # a template can raise anything: it is a program of the theme's author
        raise _fault(name, environment, error) from error


def _references(name: str, source: str, templates: Mapping[str, str]) -> frozenset[str]:
    """Return the templates that a template names directly; one that computes a name may mean any of them."""
    try:
        found = tuple(
            meta.find_referenced_templates(Environment(autoescape=True, extensions=[EXTENSION]).parse(source, name))
        )
    except TemplateSyntaxError as error:
        raise TemplateFault(name, error.lineno, _sentence(error)) from None
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


def _fault(name: str, environment: Environment, error: Exception) -> TemplateFault:
    """Return the fault with the innermost line of a template that led to the error."""
    assert environment.loader is not None
    lines = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.endswith(".py")]
    file, line = (lines[-1].filename, lines[-1].lineno or 1) if lines else (name, 1)
    return TemplateFault(file, line, _sentence(error))


def _sentence(error: Exception) -> str:
    """Return a sentence with the cause of the error and its remedy."""
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error}. Correct the name, or write that file."
    what = (error.message if isinstance(error, TemplateError) else "") or f"{type(error).__name__}: {error}"
    what = re.sub(r"'glossator\.views\.(?:\w+\.)?(\w+) object'", r"\1", what).rstrip(".")
    if isinstance(error, TemplateSyntaxError):
        return f"{what}. Correct the template, or delete it to use the one that comes with Glossator."
    return f"{what}. The comment at the top of the template lists what `page` and `site` hold."
