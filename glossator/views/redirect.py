"""The pages at old addresses: `redirect.html` of an entity, `moved-article.html`, and `moved-topic.html`."""

from __future__ import annotations

from glossator.views.common import ArticleLink, EntityLink, Frame, Link
from glossator.views.template_value import TemplateValue


class RedirectPage(TemplateValue, frozen=True):
    """A redirect from the address of an entity that was renamed or merged, or that has no page any more."""

    frame: Frame
    target: EntityLink
    article: ArticleLink | None
    """Article in whose glossary the entity stands, if it has no page; the target's address leads there."""


class MovedArticlePage(TemplateValue, frozen=True):
    """A redirect from the address that an article had before its file was renamed."""

    frame: Frame
    article: ArticleLink


class MovedTopicPage(TemplateValue, frozen=True):
    """A redirect from the address of a topic that is part of another one now, or none any more."""

    frame: Frame
    target: Link
    """The other topic; else the entity that gave the topic its address, or all topics."""
