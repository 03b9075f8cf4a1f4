"""A page and the site, put into the page's template -> the bytes of its file."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Environment, TemplateSyntaxError

from glossator import views
from glossator.stages.render.template_faults import TemplateFault, fault_of, sentence

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
    views.ChronologyPage: "chronology.html",
}
"""File name of the template, by kind of page."""

_HARMFUL = "\0\u202d\u202e"
"""NUL, and the overrides of direction, which a text of any writing can do without."""


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
    for character in _HARMFUL:
        text = text.replace(character, "")
    return text.encode("utf-8", "replace")
