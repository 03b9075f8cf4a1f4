"""A page put into its template -> bytes; faults of templates; digests by which pages are known to be stale."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Mapping
from functools import lru_cache

from jinja2 import Environment, TemplateError, TemplateNotFound, TemplateSyntaxError, meta, nodes

from glossator import views
from glossator.errors import UserError
from glossator.model import Digest
from glossator.stages.render.template_blocks import void_block
from glossator.stages.render.template_words import EXTENSION, PART, PARTS
from glossator.text import digest

TEMPLATES: Mapping[type, str] = {
    views.ArticlePage: "article.html",
    views.EntityPage: "entity.html",
    views.EntityIndexPage: "entity-index.html",
    views.ArticleIndexPage: "article-index.html",
    views.HomePage: "home.html",
    views.TextPage: "text.html",
    views.SearchPage: "search.html",
    views.HighlightsPage: "highlights.html",
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
    views.MapPage: "map.html",
    views.CorrectionsPage: "corrections.html",
    views.ChronologyPage: "chronology.html",
}
"""File name of the template, by kind of page."""

_HARMFUL = tuple(character.encode() for character in "\0\u202d\u202e")
"""NUL, and the overrides of direction, which a text of any writing can do without, as they are encoded."""


def render(environment: Environment, page: views.AnyPage, site: views.Site) -> bytes:
    """Return the file of a page. Raises TemplateFault if a template is missing, malformed or names an unknown value."""
    if isinstance(page, views.DataFile):
        return page.content.encode("utf-8", "replace")
    name = TEMPLATES[type(page)]
    try:
        return _encoded(environment.get_template(name).render(page=page, site=site))
    except TemplateSyntaxError as error:
        raise TemplateFault(error.name or name, error.lineno, sentence(error)) from None
    except Exception as error:  # a template can raise anything: it is a program of the theme's author
        raise fault_of(name, environment, error) from error


def _encoded(text: str) -> bytes:
    """Return the bytes of a page, without the characters that end a text, or show what follows them backwards."""
    encoded = text.encode("utf-8", "replace")
    for harmful in _HARMFUL:
        if harmful[-1:] in encoded:  # hardly any page has that byte, and one byte is found ten times as fast
            encoded = encoded.replace(harmful, b"")
    return encoded


class TemplateFault(UserError):
    """A template that cannot be parsed or rendered. Its arguments describe it completely, so it pickles."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(file, line, message)
        self.file = file
        self.line = line
        self.message = message

    def __str__(self) -> str:
        file = self.file if self.file.startswith("themes/") else f"templates/{self.file}"
        return f"{file}, line {self.line}: {self.message}"


def fault_of(name: str, environment: Environment, error: Exception) -> TemplateFault:
    """Return the fault with the innermost line of a template that led to the error."""
    assert environment.loader is not None
    lines = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.endswith(".py")]
    file, line = (lines[-1].filename, lines[-1].lineno or 1) if lines else (name, 1)
    return TemplateFault(file, line, sentence(error))


def sentence(error: Exception) -> str:
    """Return a sentence with the cause of the error and its remedy."""
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error}. Correct the name, or write that file."
    what = (error.message if isinstance(error, TemplateError) else "") or f"{type(error).__name__}: {error}"
    what = re.sub(r"'glossator\.views\.(?:\w+\.)?(\w+) object'", r"\1", what).rstrip(".")
    if isinstance(error, TemplateSyntaxError):
        return f"{what}. Correct the template, or delete it to use the one that comes with Glossator."
    return f"{what}. The page on template data lists what `page` and `site` hold."


def template_digests(templates: Mapping[str, str], own: Iterable[str] = ()) -> dict[str, Digest]:
    """Return, for each template, the digest of its source and of the templates it refers to, directly or indirectly.

    Raises TemplateFault if a template cannot be parsed, or if one of the user's `own` has a block that nothing shows.
    """
    return dict(_reach(tuple(sorted(templates.items())), tuple(sorted(own))))


@lru_cache(maxsize=2)
def _reach(sources: tuple[tuple[str, str], ...], own: tuple[str, ...]) -> Mapping[str, Digest]:
    templates = dict(sources)
    jinja = Environment(autoescape=True, extensions=[EXTENSION])
    direct = {name: _references(jinja, name, templates) for name in templates}
    if wrong := void_block(jinja, templates, own):
        raise TemplateFault(*wrong)
    return {name: _digest(_closure(name, direct), templates) for name in templates}


def _references(jinja: Environment, name: str, templates: Mapping[str, str]) -> frozenset[str]:
    """Return the templates that a template names directly; one that computes a name may mean any of them."""
    try:
        tree = jinja.parse(templates[name], name)
        referenced = [*meta.find_referenced_templates(tree)]
        if any(used.name == PART for used in tree.find_all(nodes.Filter)):
            # Ours differs from "parts.html" only if a theme has its own, which may lack a macro.
            referenced += {templates[part]: part for part in PARTS[::-1] if part in templates}.values()
    except TemplateSyntaxError as error:
        raise TemplateFault(name, error.lineno, sentence(error)) from None
    return frozenset(templates) if None in referenced else frozenset(reference for reference in referenced if reference)


def _closure(name: str, direct: Mapping[str, frozenset[str]]) -> list[str]:
    reached, open_ends = {name}, [name]
    while open_ends:
        further = direct.get(open_ends.pop(), frozenset()) - reached
        reached |= further
        open_ends.extend(further)
    return sorted(reached)


def _digest(names: list[str], templates: Mapping[str, str]) -> Digest:
    return digest(*(text for name in names for text in (name, templates.get(name, ""))))
